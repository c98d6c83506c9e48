/* Words as glyphs, shaped once. */
#ifndef TYPE_SHAPE_H
#define TYPE_SHAPE_H

#include "type/font.h"

struct division;

/* One way of setting words: a font and the features that a style asks for. Size
 * is no part of it: glyphs are measured in font units. */
struct look {
	struct look *next;
	const struct type *owner;
	struct font *font;
	struct str language;
	hb_language_t hb_language;
	enum figure_style figures;
	bool small_caps, uppercase, spaced;
	hb_feature_t features[4];
	unsigned feature_count;
	struct map *words; /* struct word, by text */
	struct map *page; /* of the book that is shared; NULL: none is */
};

struct word_glyph {
	unsigned short id;
	int advance, dx, dy; /* font units */
	unsigned text; /* first byte of the cluster */
	bool tied; /* would change if the word ended before it */
};

struct word {
	struct str text;
	struct word_glyph *glyphs; /* in visual order */
	size_t glyph_count;
	int width; /* font units */
	/* How far its ends may hang into the margins, font units. */
	int hang_left, hang_right;
	bool leftwards; /* script runs from right to left */
	/* Where it may be divided; known once asked for (division.h). */
	bool divided;
	struct division *divisions;
	size_t division_count;
	struct word *shared; /* in the book; NULL: there is none */
};

struct look *look_find(struct type *t, struct font *f, const struct style *s, struct str language);

/* The handle's own look that sets words as l does, which may be another handle's at work. */
struct look *look_own(struct type *t, struct look *l);

/* text as glyphs; U+00AD shows as a hyphen. Borrowed from the handle. */
struct word *look_word(struct type *t, struct look *l, struct str text);

#endif
