/* A picture's file without what its maker need not tell.
 *
 * A camera notes place and time in a photograph, an editing program the names of
 * people and earlier versions. A magazine for patients does not publish that, so
 * those parts of the file are left out; the picture itself is not touched.
 * JPEG: ITU-T T.81, annex B; turn: Exif 2.3, 4.6.4, tag 0x0112. PNG: ISO 15948. */
#include "web/site.h"

enum {
	SOI = 0xD8,
	EOI = 0xD9,
	SOS = 0xDA,
	APP0 = 0xE0,
	APP2 = 0xE2,
	APP14 = 0xEE,
	APP15 = 0xEF,
	COM = 0xFE,
	RST0 = 0xD0,
	RST7 = 0xD7,
	TEM = 0x01
};

static unsigned char byte_at(struct str s, size_t i)
{
	return i < s.len ? (unsigned char)s.ptr[i] : 0;
}

static size_t big_endian(struct str s, size_t i, size_t bytes)
{
	size_t value = 0;
	for (size_t k = 0; k < bytes; k++)
		value = value << 8 | byte_at(s, i + k);
	return value;
}

/* Kept: JFIF, an ICC profile, Adobe's note on how colours are coded. */
static bool segment_is_kept(struct str file, size_t at, unsigned char marker)
{
	if (marker == COM)
		return false;
	if (marker < APP0 || marker > APP15)
		return true;
	struct str body = str_sub(file, at + 4, file.len);
	return marker == APP0 || (marker == APP2 && str_starts(body, STR("ICC_PROFILE"))) ||
	       (marker == APP14 && str_starts(body, STR("Adobe")));
}

/* An Exif segment that says which way is up and nothing else. */
static void put_turn(struct buf *out, int orientation)
{
	unsigned char exif[] = {
		0xFF, 0xE1, 0,    34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M',
		0,    42,   0,    0,    0,   8, /* header, offset of the directory */
		0,    1,    0x01, 0x12, 0,   3,   0,   0,   0, 1, 0,   (unsigned char)orientation,
		0,    0,    0,    0,    0,   0
	};
	buf_put_bytes(out, exif, sizeof exif);
}

/* Position of the marker behind coded data that begins at i. */
static size_t skip_scan(struct str file, size_t i)
{
	for (; i + 1 < file.len; i++) {
		unsigned char next = byte_at(file, i + 1);
		if (byte_at(file, i) == 0xFF && next != 0 && next != 0xFF &&
		    (next < RST0 || next > RST7))
			break;
	}
	return i;
}

/* false when the file is not built like a JPEG; out then holds part of it. */
static bool put_clean_jpeg(struct buf *out, struct str file, int orientation)
{
	size_t at = 2;
	bool turned = orientation == 1;
	buf_put(out, str_sub(file, 0, 2));
	while (at + 1 < file.len && byte_at(file, at) == 0xFF) {
		unsigned char marker = byte_at(file, at + 1);
		if (marker == 0xFF) { /* fill */
			at++;
			continue;
		}
		if (marker == EOI) {
			/* What follows is no part of the picture: films, second
			 * pictures, and their notes. */
			buf_put(out, str_sub(file, at, 2));
			return true;
		}
		bool alone = marker == TEM || (marker >= RST0 && marker <= RST7);
		size_t len = alone ? 2 : 2 + big_endian(file, at + 2, 2);
		if (len < 2 || (!alone && len < 4) || at + len > file.len)
			return false;
		if (!turned && marker != APP0) {
			put_turn(out, orientation);
			turned = true;
		}
		if (segment_is_kept(file, at, marker))
			buf_put(out, str_sub(file, at, len));
		at += len;
		if (marker == SOS) {
			size_t end = skip_scan(file, at);
			buf_put(out, str_sub(file, at, end - at));
			at = end;
		}
	}
	return false;
}

static bool put_clean_png(struct buf *out, struct str file)
{
	static const char *const kept[] = {
		"tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD"
	};
	size_t at = 8;
	buf_put(out, str_sub(file, 0, at));
	while (at + 12 <= file.len) {
		size_t len = big_endian(file, at, 4) + 12;
		struct str type = str_sub(file, at + 4, 4);
		if (len > file.len - at)
			return false;
		bool keep = (type.ptr[0] & 0x20) == 0; /* critical */
		for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
			keep = keep || str_equal(type, str_from(kept[i]));
		if (keep)
			buf_put(out, str_sub(file, at, len));
		at += len;
		if (str_equal(type, STR("IEND")))
			return true;
	}
	return false;
}

void picture_put_clean(struct buf *out, struct str file, int orientation)
{
	size_t start = out->len;
	bool clean = false;
	if (str_starts(file, STR("\xFF\xD8")))
		clean = put_clean_jpeg(out, file,
				       orientation >= 1 && orientation <= 8 ? orientation : 1);
	else if (str_starts(file, STR("\x89PNG\r\n\x1A\n")))
		clean = put_clean_png(out, file);
	if (clean)
		return;
	out->len = start;
	buf_put(out, file);
}
