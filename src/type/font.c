/* Opens faces, measures them, finds one that has a character.
 *
 * A layout may name twenty faces and an issue use five: a file is read when its
 * first character is asked for. HarfBuzz checks the tables it reads; what it
 * would quietly take for an empty table (a truncated file, a file without
 * outlines) is refused here, so that the editor hears of it. */
#include "type/font.h"

#include "base/file.h"
#include "type/letter.h"

#include <hb-ot.h>

enum { FONT_FILE_MAX = 64 * 1024 * 1024 };

static unsigned word_at(struct str bytes, size_t at, int count)
{
	unsigned value = 0;
	for (int i = 0; i < count; i++)
		value = value << 8 | (unsigned char)bytes.ptr[at + (size_t)i];
	return value;
}

/* The table directory (OpenType 1.9, "Organization of an OpenType Font"): every
 * table must end within the file. Returns what is wrong, or NULL. */
static const char *directory_fault(struct str bytes)
{
	enum { HEADER = 12, RECORD = 16 };
	if (bytes.len < HEADER)
		return "the file is too short";
	unsigned version = word_at(bytes, 0, 4);
	if (version != 0x00010000 && version != HB_TAG('O', 'T', 'T', 'O') &&
	    version != HB_TAG('t', 'r', 'u', 'e'))
		return "no TrueType or OpenType font";
	size_t tables = word_at(bytes, 4, 2);
	if (tables == 0 || HEADER + tables * RECORD > bytes.len)
		return "the file is truncated";
	for (size_t i = 0; i < tables; i++) {
		size_t record = HEADER + i * RECORD;
		size_t offset = word_at(bytes, record + 8, 4), len = word_at(bytes, record + 12, 4);
		if (offset > bytes.len || len > bytes.len - offset)
			return "the file is truncated";
	}
	return NULL;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *table = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(table) > 0;
	hb_blob_destroy(table);
	return has;
}

static const char *face_fault(hb_face_t *face)
{
	static const struct {
		hb_tag_t tag;
		const char *fault;
	} needed[] = {
		{ HB_TAG('h', 'e', 'a', 'd'), "no head table" },
		{ HB_TAG('m', 'a', 'x', 'p'), "no maxp table" },
		{ HB_TAG('h', 'h', 'e', 'a'), "no hhea table" },
		{ HB_TAG('h', 'm', 't', 'x'), "no hmtx table" },
		{ HB_TAG('c', 'm', 'a', 'p'), "no cmap table" },
	};
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!has_table(face, needed[i].tag))
			return needed[i].fault;
	bool outlines = (has_table(face, HB_TAG('g', 'l', 'y', 'f')) &&
			 has_table(face, HB_TAG('l', 'o', 'c', 'a'))) ||
			has_table(face, HB_TAG('C', 'F', 'F', ' '));
	if (!outlines)
		return "no outlines";
	if (hb_face_get_glyph_count(face) == 0)
		return "no glyphs";
	unsigned units = hb_face_get_upem(face);
	return units < 16 || units > 16384 ? "no units per em" : NULL;
}

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
	hb_position_t value = 0;
	hb_ot_metrics_get_position_with_fallback(font, tag, &value);
	return value < 0 ? -value : value;
}

static void measure(struct font *f)
{
	f->ascender = metric(f->hb, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
	f->descender = metric(f->hb, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
	f->cap_height = metric(f->hb, HB_OT_METRICS_TAG_CAP_HEIGHT);
	f->x_height = metric(f->hb, HB_OT_METRICS_TAG_X_HEIGHT);
}

static void report_damaged(struct type *t, const struct face *f, const char *fault)
{
	diag_report(t->diags, DIAG_FONT_DAMAGED, (struct place){ 0 }, "%.*s: %s", STR_ARG(f->path),
		    fault);
}

static void open_file(struct type *t, struct font *f, const struct face *face)
{
	struct str bytes;
	if (!file_map(str_c(t->arena, face->path), FONT_FILE_MAX, t->diags, (struct place){ 0 },
		      &bytes))
		return;
	f->file = bytes;
	const char *fault = directory_fault(bytes);
	if (fault) {
		report_damaged(t, face, fault);
		return;
	}
	hb_blob_t *blob =
		hb_blob_create(bytes.ptr, (unsigned)bytes.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *hb = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	fault = face_fault(hb);
	if (fault) {
		report_damaged(t, face, fault);
	} else {
		f->units = (int)hb_face_get_upem(hb);
		f->hb = hb_font_create(hb);
		hb_font_set_scale(f->hb, f->units, f->units);
		measure(f);
	}
	hb_face_destroy(hb); /* the font keeps its own reference */
}

struct font *font_open(struct type *t, const struct face *face)
{
	struct font *f = &t->fonts[face->number];
	if (!f->tried) {
		f->tried = true;
		f->face = face;
		open_file(t, f, face);
	}
	return f->hb ? f : NULL;
}

void font_close_all(struct type *t)
{
	for (size_t i = 0; i < t->layout->face_count; i++) {
		hb_font_destroy(t->fonts[i].hb); /* NULL is allowed */
		file_unmap(t->fonts[i].file);
	}
}

static bool has_glyph(const struct font *f, uint32_t c)
{
	hb_codepoint_t glyph;
	return hb_font_get_nominal_glyph(f->hb, c, &glyph) && glyph != 0;
}

/* Spaces that HarfBuzz makes of the plain space when a font lacks them. */
static bool is_made_of_space(uint32_t c)
{
	return (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

static uint32_t shown(const struct font *f, uint32_t c)
{
	if (c == 0x00A0 || c == '\t')
		return ' ';
	if (c == 0x00AD)
		return '-';
	if (has_glyph(f, c) || letter_is_invisible(c) || is_made_of_space(c))
		return c;
	if (c == 0x2010 || c == 0x2011)
		return has_glyph(f, 0x2010) ? 0x2010 : '-';
	if (c == 0x2212 && has_glyph(f, 0x2013)) /* Noto's text faces have no minus sign */
		return 0x2013;
	return 0;
}

uint32_t font_shown(struct font *f, uint32_t c)
{
	if (c >= FONT_KNOWN)
		return shown(f, c);
	if (f->known[c] == 1)
		return c;
	uint32_t found = f->known[c] == 2 ? 0 : shown(f, c);
	if (found == 0)
		f->known[c] = 2;
	else if (found == c)
		f->known[c] = 1;
	return found;
}

struct font *font_of_family(struct type *t, const struct family *family, int weight, bool italic)
{
	const struct face *best = family_face(family, weight, italic);
	struct font *f = best ? font_open(t, best) : NULL;
	/* A damaged face is stood in for by its siblings, those of its slant first. */
	for (int pass = 0; !f && pass < 2; pass++)
		for (size_t i = 0; !f && i < family->face_count; i++)
			if (pass || family->faces[i]->italic == italic)
				f = font_open(t, family->faces[i]);
	return f;
}

struct font *font_for(struct type *t, struct font *first, int weight, bool italic, uint32_t c)
{
	if (first && font_shown(first, c))
		return first;
	for (size_t i = 0; i < t->layout->fallback_count; i++) {
		struct font *f = font_of_family(t, t->layout->fallbacks[i], weight, italic);
		if (f && font_shown(f, c))
			return f;
	}
	return NULL;
}
