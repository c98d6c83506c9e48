/* Picture files, read no further than needed: the header for size, components
 * and turn; the end for truncation.
 *
 * JPEG: ITU-T T.81, B.1 (markers), B.2.2 (frame header); EXIF 2.3, 4.6.
 * PNG: ISO/IEC 15948, 5 and 11.2. */
#include "source/image.h"

#include "base/file.h"
#include "base/hash.h"
#include "source/nearest.h"

#include <errno.h>
#include <stdio.h>

enum {
	DIMENSION_MAX = 60000,
	PROGRESSIVE = 0xC2, /* marker of a frame */
	PROGRESSIVE_SAMPLES_MAX = 400 * 1000 * 1000,
	/* Bytes after the end marker that cameras are known to leave. */
	TRAILER_MAX = 64 * 1024,
};

/* A picture's file being looked through. */
struct image {
	FILE *stream;
	uint64_t size;
	const char *fault; /* why it is damaged, or NULL */
	const char *hint; /* what to do; NULL: copy it again */
};

static bool bytes_at(struct image *im, uint64_t at, unsigned char *out, size_t len)
{
	return at + len <= im->size && fseeko(im->stream, (off_t)at, SEEK_SET) == 0 &&
	       fread(out, 1, len, im->stream) == len;
}

static unsigned big16(const unsigned char *p)
{
	return (unsigned)(p[0] << 8 | p[1]);
}

static uint32_t big32(const unsigned char *p)
{
	return (uint32_t)big16(p) << 16 | big16(p + 2);
}

static bool size_fits(struct image *im, uint32_t columns, uint32_t rows, struct picture *p)
{
	if (columns == 0 || rows == 0 || columns > DIMENSION_MAX || rows > DIMENSION_MAX) {
		im->fault = "the header has an impossible size";
		return false;
	}
	p->columns = (int)columns;
	p->rows = (int)rows;
	return true;
}

/* ---- PNG ---- */

static bool png_read(struct image *im, struct picture *p)
{
	unsigned char h[33];
	if (!bytes_at(im, 0, h, sizeof h) || memcmp(h + 12, "IHDR", 4) != 0) {
		im->fault = "the header is cut off";
		return false;
	}
	/* colour type: grey, RGB, palette, grey and alpha, RGB and alpha */
	static const int components[] = { 1, 0, 3, 3, 1, 0, 3 };
	unsigned type = h[25];
	p->line_art = h[24] == 1;
	p->components = type < 7 ? components[type] : 0;
	if (p->components == 0) {
		im->fault = "the header has an unknown colour type";
		return false;
	}
	if (!size_fits(im, big32(h + 16), big32(h + 20), p))
		return false;
	unsigned char chunk[8];
	bool data = false;
	for (uint64_t at = 8; bytes_at(im, at, chunk, 8);) {
		uint64_t next = at + 12 + big32(chunk);
		data |= memcmp(chunk + 4, "IDAT", 4) == 0;
		if (next > im->size)
			break;
		if (memcmp(chunk + 4, "IEND", 4) == 0 && data)
			return true;
		at = next;
	}
	im->fault = "the file is cut off";
	return false;
}

/* ---- JPEG ---- */

/* The orientation in an EXIF block, which begins behind "Exif\0\0"; 1 if none. */
static int exif_orientation(const unsigned char *t, size_t len)
{
	if (len < 14 || (memcmp(t, "II*\0", 4) != 0 && memcmp(t, "MM\0*", 4) != 0))
		return 1;
	bool big = t[0] == 'M';
#define EXIF16(at) (big ? big16(t + (at)) : (unsigned)(t[(at) + 1] << 8 | t[at]))
	size_t at = big ? big32(t + 4)
			: (size_t)t[7] << 24 | (size_t)t[6] << 16 | (size_t)t[5] << 8 | t[4];
	if (at > len - 2)
		return 1;
	unsigned entries = EXIF16(at);
	for (at += 2; entries-- > 0 && at + 12 <= len; at += 12) {
		if (EXIF16(at) != 0x0112)
			continue;
		unsigned value = EXIF16(at + 8);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
#undef EXIF16
	return 1;
}

static void exif_read(struct image *im, uint64_t at, unsigned len, struct picture *p)
{
	/* The orientation stands in the first directory, near the start. */
	unsigned char block[4096];
	size_t want = len < sizeof block ? len : sizeof block;
	if (want > 6 && bytes_at(im, at, block, want) && memcmp(block, "Exif\0", 6) == 0)
		p->orientation = exif_orientation(block + 6, want - 6);
}

/* A progressive JPEG comes line by line only when all of it was read: until then its
 * coefficients, two bytes a sample, stand in memory. */
static bool progressive_fits(struct image *im, const struct picture *p)
{
	if ((int64_t)p->columns * p->rows * p->components <= PROGRESSIVE_SAMPLES_MAX)
		return true;
	im->fault = "a progressive JPEG of so many pixels takes too much memory";
	im->hint = "save it as an ordinary one (baseline), or smaller";
	return false;
}

static bool frame_read(struct image *im, uint64_t at, unsigned marker, struct picture *p)
{
	unsigned char f[6];
	if (!bytes_at(im, at, f, sizeof f)) {
		im->fault = "the header is cut off";
		return false;
	}
	/* Baseline, extended, progressive; 8 bits: what every reader can show. */
	if (marker > 0xC2 || f[0] != 8) {
		im->fault = "an unusual kind of JPEG";
		im->hint = "save it as an ordinary one: 8 bits, baseline";
		return false;
	}
	p->components = f[5];
	if (f[5] != 1 && f[5] != 3 && f[5] != 4) {
		im->fault = "the header has an impossible number of colours";
		return false;
	}
	return size_fits(im, big16(f + 3), big16(f + 1), p) &&
	       (marker != PROGRESSIVE || progressive_fits(im, p));
}

/* Whether an end marker (FF D9) stands near the end, behind the scan's start. */
static bool jpeg_ends(struct image *im, uint64_t scan)
{
	unsigned char window[4096];
	uint64_t end = im->size, stop = end > TRAILER_MAX ? end - TRAILER_MAX : 0;
	if (stop < scan)
		stop = scan;
	while (end > stop) {
		uint64_t start = end - stop > sizeof window ? end - sizeof window : stop;
		size_t len = (size_t)(end - start);
		if (!bytes_at(im, start, window, len))
			return false;
		for (size_t i = len; i-- > 1;)
			if (window[i] == 0xD9 && window[i - 1] == 0xFF)
				return true;
		end = start == stop ? stop : start + 1; /* the marker may lie across */
	}
	return false;
}

static bool is_frame(unsigned marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
	       marker != 0xCC;
}

static bool jpeg_read(struct image *im, struct picture *p)
{
	unsigned char m[4];
	bool framed = false;
	uint64_t at = 2;
	while (bytes_at(im, at, m, 4) && m[0] == 0xFF) {
		if (m[1] == 0xFF) { /* fill byte */
			at++;
			continue;
		}
		unsigned len = big16(m + 2);
		if (len < 2)
			break;
		if (is_frame(m[1])) {
			if (!frame_read(im, at + 4, m[1], p))
				return false;
			framed = true;
		}
		if (m[1] == 0xE1)
			exif_read(im, at + 4, len - 2, p);
		if (m[1] == 0xDA) {
			if (framed && jpeg_ends(im, at + 2 + len))
				return true;
			break;
		}
		at += 2 + len;
	}
	im->fault = "the file is cut off";
	return false;
}

/* ---- both ---- */

static const struct {
	struct str magic;
	size_t at;
	const char *name;
} others[] = {
	{ STR_INIT("GIF8"), 0, "GIF" },       { STR_INIT("WEBP"), 8, "WebP" },
	{ STR_INIT("II*\0"), 0, "TIFF" },     { STR_INIT("MM\0*"), 0, "TIFF" },
	{ STR_INIT("ftypheic"), 4, "HEIC" },  { STR_INIT("ftypmif1"), 4, "HEIC" },
	{ STR_INIT("ftypavif"), 4, "AVIF" },  { STR_INIT("%PDF"), 0, "PDF" },
	{ STR_INIT("8BPS"), 0, "Photoshop" }, { STR_INIT("BM"), 0, "BMP" },
	{ STR_INIT("<svg"), 0, "SVG" },       { STR_INIT("<?xml"), 0, "SVG" },
};

static void refuse_format(struct reader *r, const struct picture *p, struct str head)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (!str_equal(str_sub(head, others[i].at, others[i].magic.len), others[i].magic))
			continue;
		diag_report_hint(r->diags, DIAG_IMAGE_FORMAT, p->place,
				 STR("save it as JPEG (photographs) or PNG (drawings)"),
				 "%.*s is %s", STR_ARG(p->src), others[i].name);
		return;
	}
	diag_report_hint(r->diags, DIAG_IMAGE_FORMAT, p->place,
			 STR("save it as JPEG (photographs) or PNG (drawings)"),
			 "%.*s is no picture", STR_ARG(p->src));
}

static struct str extension(struct str name)
{
	for (size_t i = name.len; i-- > 0 && name.ptr[i] != '/';)
		if (name.ptr[i] == '.')
			return str_sub(name, i, name.len);
	return STR("");
}

/* The name must say what the file is: web servers and mail clients go by it. */
static bool named_rightly(struct reader *r, const struct picture *p, bool png)
{
	struct str end = extension(p->src);
	if (png ? str_equal_nocase(end, STR(".png"))
		: str_equal_nocase(end, STR(".jpg")) || str_equal_nocase(end, STR(".jpeg")))
		return true;
	struct str stem = str_sub(p->src, 0, p->src.len - end.len);
	diag_report_hint(r->diags, DIAG_IMAGE_FORMAT, p->place,
			 str_format(r->arena, "rename it to %.*s%s", STR_ARG(stem),
				    png ? ".png" : ".jpg"),
			 "%.*s is %s", STR_ARG(p->src), png ? "PNG" : "JPEG");
	return false;
}

/* Of all the file: pages and messages name the picture's file after it. 0 when it
 * cannot be read. */
static uint64_t hash_all(struct image *im)
{
	char block[64 * 1024];
	uint64_t hash = HASH_START;
	size_t len;
	rewind(im->stream);
	while ((len = fread(block, 1, sizeof block, im->stream)) > 0)
		hash = hash_more(hash, (struct str){ block, len });
	return ferror(im->stream) ? 0 : hash;
}

static bool stream_read(struct reader *r, struct image *im, struct picture *p)
{
	unsigned char head[16] = { 0 };
	fseeko(im->stream, 0, SEEK_END);
	off_t size = ftello(im->stream);
	im->size = size > 0 ? (uint64_t)size : 0;
	p->bytes = im->size;
	bytes_at(im, 0, head, im->size < sizeof head ? (size_t)im->size : sizeof head);
	bool png = memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0;
	bool jpeg = memcmp(head, "\xFF\xD8\xFF", 3) == 0;
	if (im->size == 0) {
		im->fault = "the file is empty";
	} else if (!png && !jpeg) {
		refuse_format(r, p, (struct str){ (const char *)head, sizeof head });
		return false;
	} else if (!named_rightly(r, p, png)) {
		return false;
	} else if (png ? png_read(im, p) : jpeg_read(im, p)) {
		p->format = png ? PICTURE_PNG : PICTURE_JPEG;
		p->hash = hash_all(im);
		return true;
	}
	diag_report_hint(r->diags, DIAG_IMAGE_DAMAGED, p->place,
			 im->hint ? str_from(im->hint) : STR("copy it again from where it came"),
			 "%.*s: %s", STR_ARG(p->src), im->fault);
	return false;
}

bool image_read(struct reader *r, struct str folder, struct picture *p)
{
	p->orientation = 1;
	if (str_starts(p->src, STR("http://")) || str_starts(p->src, STR("https://"))) {
		diag_report_hint(r->diags, DIAG_IMAGE_MISSING, p->place,
				 STR("save the picture in the issue's folder"), "%.*s",
				 STR_ARG(p->src));
		return false;
	}
	if (!file_found(r, folder, &p->src, DIAG_IMAGE_MISSING, p->place))
		return false;
	char *path = path_join(r->arena, folder, p->src);
	struct image im = { .stream = file_stream(path) };
	if (!im.stream) {
		diag_report(r->diags, DIAG_FILE_READ, p->place, "%.*s: %s", STR_ARG(p->src),
			    strerror(errno));
		return false;
	}
	bool read = stream_read(r, &im, p);
	fclose(im.stream);
	if (read)
		p->path = str_from(path);
	return read;
}
