/* Faces, opened when first asked for. */
#ifndef TYPE_FONT_H
#define TYPE_FONT_H

#include "type/inside.h"

enum { FONT_KNOWN = 0x600 }; /* code points whose coverage is remembered */

struct font {
	const struct face *face;
	hb_font_t *hb; /* NULL: not opened, or not usable */
	struct str file; /* mapped */
	bool tried;
	int units; /* per em */
	int ascender, descender, cap_height, x_height; /* font units, positive */
	unsigned char known[FONT_KNOWN]; /* 0: not asked yet, 1: covered, 2: not */
};

/* The open font of a face; NULL when it is damaged (reported once). */
struct font *font_open(struct type *t, const struct face *f);
void font_close_all(struct type *t);

/* The code point whose glyph stands for c: c itself, or what a reader takes for
 * it (a hyphen for the no-break hyphen); 0 when the font has nothing. */
uint32_t font_shown(struct font *f, uint32_t c);

/* The usable font of a family nearest to weight and slant, or NULL. */
struct font *font_of_family(struct type *t, const struct family *family, int weight, bool italic);

/* The font for a character: first, if it has the character, else the first
 * fallback family that has it. NULL when none has. */
struct font *font_for(struct type *t, struct font *first, int weight, bool italic, uint32_t c);

#endif
