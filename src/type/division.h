/* Where a line may end inside a word. */
#ifndef TYPE_DIVISION_H
#define TYPE_DIVISION_H

#include "type/shape.h"

enum {
	PENALTY_HYPHEN = 50,
	PENALTY_NAME = 90, /* a capitalised word */
	PENALTY_COMPOUND = 30, /* at a hyphen that is written anyway */
	PENALTY_PART = 120, /* within a part of a hyphenated compound */
	PENALTY_ADDRESS = 100, /* within a URL */
	PENALTY_SLASH = 60, /* after another mark within a word */
};

struct division {
	unsigned at; /* the new line begins with this byte of the word's text */
	bool hyphen; /* the line gets a hyphen that is not in the text */
	bool patterns; /* comes from hyphenation */
	bool sliced; /* nothing ties the halves: they are the word's glyphs, cut */
	int penalty;
	/* The halves in font units, the hyphen with the first: width, number of
	 * glyphs, and how far they may hang out at the division. */
	int before, after, before_glyphs, after_glyphs, hang_before, hang_after;
};

/* Fills word->divisions, in order. */
void word_divide(struct type *t, struct look *l, struct word *w, struct place place);

/* The division at a byte of the word, or NULL. */
const struct division *word_division(const struct word *w, size_t at);

/* The letter that ends before byte `at` of a word as it stands at a line's end: with
 * a hyphen. *from: where the letter begins. */
const struct word *word_last_letter(struct type *t, struct look *l, const struct word *w, size_t at,
				    size_t *from);

#endif
