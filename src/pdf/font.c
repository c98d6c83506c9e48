#include "pdf/font.h"

#include "base/file.h"

#include <hb-ot.h>

enum { FONT_BYTES_AT_MOST = 64 * 1024 * 1024 };

struct fonts *fonts_open(struct arena *a, const struct layout *l)
{
	struct fonts *f = NEW(a, struct fonts);
	f->count = l->face_count;
	f->list = NEW_ARRAY(a, struct font *, l->face_count + 1);
	return f;
}

void fonts_close(struct fonts *f)
{
	for (size_t i = 0; i < f->count; i++) {
		if (!f->list[i])
			continue;
		hb_font_destroy(f->list[i]->metrics);
		hb_face_destroy(f->list[i]->hb);
		file_unmap(f->list[i]->bytes);
		arena_close(f->list[i]->arena);
	}
}

static unsigned number16(struct str s, size_t at)
{
	return at + 2 <= s.len
		       ? (unsigned)((unsigned char)s.ptr[at] << 8 | (unsigned char)s.ptr[at + 1])
		       : 0;
}

static size_t number32(struct str s, size_t at)
{
	return (size_t)number16(s, at) << 16 | number16(s, at + 2);
}

/* Whether every table of the directory lies within the file: HarfBuzz takes a
 * table that does not for one that is missing, and a half would be embedded. */
static bool is_whole(struct str bytes)
{
	enum { HEADER = 12, ENTRY = 16 };
	unsigned tables = number16(bytes, 4);
	if (tables == 0 || bytes.len < HEADER + (size_t)ENTRY * tables)
		return false;
	for (size_t at = HEADER; at < HEADER + (size_t)ENTRY * tables; at += ENTRY)
		if (number32(bytes, at + 8) + number32(bytes, at + 12) > bytes.len)
			return false;
	return true;
}

static unsigned table_len(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *table = hb_face_reference_table(face, tag);
	unsigned len = hb_blob_get_length(table);
	hb_blob_destroy(table);
	return len;
}

/* Why the face may not be embedded (OpenType OS/2, fsType), or NULL. */
static const char *forbidden(hb_face_t *face)
{
	enum {
		RESTRICTED = 0x0002,
		PREVIEW = 0x0004,
		EDITABLE = 0x0008,
		NO_SUBSET = 0x0100,
		BITMAPS = 0x0200
	};
	hb_blob_t *table = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
	unsigned len;
	const char *data = hb_blob_get_data(table, &len);
	unsigned type = number16((struct str){ data, len }, 8);
	hb_blob_destroy(table);
	if ((type & (RESTRICTED | PREVIEW | EDITABLE)) == RESTRICTED)
		return "restricted licence embedding";
	if (type & NO_SUBSET)
		return "no subsetting";
	if (type & BITMAPS)
		return "bitmap embedding only";
	return NULL;
}

static bool look_at(struct font *f, struct making *m)
{
	const struct face *face = f->face;
	f->cff = table_len(f->hb, HB_TAG('C', 'F', 'F', ' ')) > 0;
	bool outlines = f->cff || (table_len(f->hb, HB_TAG('g', 'l', 'y', 'f')) > 0 &&
				   table_len(f->hb, HB_TAG('l', 'o', 'c', 'a')) > 0);
	f->glyph_count = hb_face_get_glyph_count(f->hb);
	if (!is_whole(f->bytes) || !outlines || f->glyph_count == 0 || f->glyph_count > 65535 ||
	    table_len(f->hb, HB_TAG('h', 'm', 't', 'x')) == 0 ||
	    table_len(f->hb, HB_TAG('h', 'e', 'a', 'd')) < 54) {
		diag_report(m->diags, DIAG_FONT_DAMAGED, face->place, "%.*s", STR_ARG(face->path));
		return false;
	}
	const char *reason = forbidden(f->hb);
	if (reason)
		diag_report(m->diags, DIAG_FONT_EMBEDDING, face->place, "%.*s: %s",
			    STR_ARG(face->path), reason);
	return !reason;
}

static struct font *font_open(struct making *m, const struct face *face)
{
	struct arena *a = arena_open();
	struct font *f = NEW(a, struct font);
	f->arena = a;
	f->face = face;
	f->variant_count = 1;
	bool read = file_map(str_c(a, face->path), FONT_BYTES_AT_MOST, m->diags,
			     (struct place){ 0 }, &f->bytes);
	hb_blob_t *blob = hb_blob_create(f->bytes.ptr, (unsigned)f->bytes.len,
					 HB_MEMORY_MODE_READONLY, NULL, NULL);
	f->hb = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	f->metrics = hb_font_create(f->hb);
	f->units = hb_face_get_upem(f->hb);
	f->usable = read && look_at(f, m);
	f->first = NEW_ARRAY(a, unsigned, f->glyph_count + 1);
	f->widths = NEW_ARRAY(a, int, f->glyph_count + 1);
	for (unsigned i = 0; i < f->glyph_count; i++)
		f->widths[i] = -1;
	return f;
}

struct font *fonts_use(struct fonts *f, struct making *m, const struct face *face)
{
	size_t number = (size_t)face->number;
	if (!f->list[number]) {
		f->list[number] = font_open(m, face);
		if (!f->list[number]->usable)
			f->failed = true;
	}
	return f->list[number]->usable ? f->list[number] : NULL;
}

unsigned font_glyph(const struct font *f, uint32_t character)
{
	hb_codepoint_t glyph;
	return hb_font_get_nominal_glyph(f->metrics, character, &glyph) ? glyph : 0;
}

int font_width(struct font *f, unsigned glyph)
{
	if (glyph >= f->glyph_count)
		return 0;
	if (f->widths[glyph] < 0) {
		int64_t advance = hb_font_get_glyph_h_advance(f->metrics, glyph);
		int64_t units = f->units;
		f->widths[glyph] = (int)((advance * 100000 + units / 2) / units);
	}
	return f->widths[glyph];
}

struct sign font_sign(struct font *f, unsigned glyph, struct str text)
{
	if (glyph >= f->glyph_count)
		glyph = 0;
	unsigned others = 0;
	for (unsigned at = f->first[glyph]; at; at = f->meanings[at - 1].next, others++)
		if (str_equal(f->meanings[at - 1].text, text))
			return (struct sign){ f->meanings[at - 1].code,
					      f->meanings[at - 1].variant };
	enum { CODES = 65535 }; /* besides 0, which is .notdef */
	unsigned next = (unsigned)f->meaning_count;
	struct sign sign = { f->cff ? glyph : next % CODES + 1, f->cff ? others : next / CODES };
	struct meaning meaning = { str_copy(f->arena, text), (unsigned short)glyph,
				   (unsigned short)sign.code, sign.variant, f->first[glyph] };
	PUSH(f->arena, f->meanings, f->meaning_count, f->meaning_capacity, meaning);
	f->first[glyph] = (unsigned)f->meaning_count;
	if (sign.variant >= f->variant_count)
		f->variant_count = sign.variant + 1;
	return sign;
}

void font_put_name(struct buf *b, const struct font *f, unsigned variant)
{
	buf_put_c(b, "/F");
	put_int(b, f->face->number);
	if (variant) {
		buf_put_byte(b, '-');
		put_int(b, variant);
	}
	buf_put_byte(b, ' ');
}

void font_put_resources(struct buf *b, const struct font *f)
{
	for (unsigned i = 0; i < f->variant_count; i++) {
		font_put_name(b, f, i);
		put_reference(b, f->variants[i].object);
	}
}
