/* font: the faces a PDF uses, and the code each glyph is shown by.
 *
 * A code is two bytes (Identity-H). In TrueType faces a code stands for a glyph
 * together with what it says: a glyph that says two things has two codes, and
 * CIDToGIDMap leads both to the same outline. In CFF faces code and glyph number
 * are the same thing; there a second meaning needs a second font, a variant, on
 * the same outlines. ActualText would do as well, but poppler loses what follows
 * it in a paragraph. */
#ifndef PDF_FONT_H
#define PDF_FONT_H

#include "pdf/make.h"

#include <hb.h>

struct meaning {
	struct str text;
	unsigned short glyph, code;
	unsigned variant;
	unsigned next; /* other meaning of the same glyph, as 1 + index; 0: none */
};

/* A font dictionary upon the face's outlines: the codes of its meanings. */
struct variant {
	struct str map, widths, to_unicode;
	int object;
};

/* How a glyph is shown. */
struct sign {
	unsigned code, variant;
};

struct font {
	const struct face *face;
	struct arena *arena;
	struct str bytes; /* of the file, mapped */
	hb_face_t *hb;
	hb_font_t *metrics; /* scaled to units per em */
	bool cff;
	bool usable;
	unsigned glyph_count, units;
	unsigned *first; /* by glyph: its first meaning, as 1 + index; 0: unused */
	struct meaning *meanings;
	size_t meaning_count, meaning_capacity;
	unsigned variant_count; /* at least 1 */
	int *widths; /* by glyph, 1/100000 em; -1: not asked yet */
	/* Made by font_prepare. */
	struct str name, program, program_entries, descriptor;
	struct variant *variants;
	bool broken;
};

struct fonts {
	struct font **list; /* by number of the face; NULL: not opened */
	size_t count;
	bool failed; /* one could not be opened; reported */
};

struct fonts *fonts_open(struct arena *a, const struct layout *l);
void fonts_close(struct fonts *f);

/* The font of a face, opened at its first use. NULL when it cannot be used or
 * may not be embedded; reported once. */
struct font *fonts_use(struct fonts *f, struct making *m, const struct face *face);

/* The sign that shows glyph and says text. */
struct sign font_sign(struct font *f, unsigned glyph, struct str text);

/* The face's glyph for a character, or 0. */
unsigned font_glyph(const struct font *f, uint32_t character);

/* 1/100000 em. */
int font_width(struct font *f, unsigned glyph);

/* Subsets and encodes; touches nothing but f. Sets broken on failure. */
void font_prepare(struct font *f);
/* Hands the prepared font to the writer. */
void font_write(struct font *f, struct writer *w);
/* Its entries in a page's font resources. */
void font_put_resources(struct buf *b, const struct font *f);
/* "F3", or "F3-1" for a variant. */
void font_put_name(struct buf *b, const struct font *f, unsigned variant);

#endif
