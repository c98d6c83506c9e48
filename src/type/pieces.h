/* A paragraph's spans as pieces: words and spaces, each set alike throughout. */
#ifndef TYPE_PIECES_H
#define TYPE_PIECES_H

#include "type/shape.h"

enum piece_kind {
	PIECE_WORD,
	PIECE_SPACE, /* one space, stretches; lines may end behind it */
	PIECE_BOUND, /* one no-break space, stretches */
	PIECE_FORCED, /* a forced line end; a space to who copies the text */
};

/* What may happen behind a piece. */
enum piece_end {
	PIECE_END_NEVER,
	PIECE_END_MAY,
	PIECE_END_SOFT, /* with a hyphen: the text has a soft one here */
};

struct piece {
	unsigned char kind; /* enum piece_kind; there are many pieces */
	unsigned char end; /* enum piece_end */
	bool joined_before, joined_after; /* a letter touches it: half a word */
	int size, tracking; /* tracking in 1/1000 pt a glyph */
	int width; /* 1/1000 pt, tracking included */
	const struct span *span;
	struct look *look;
	struct word *word;
};

struct pieces {
	struct piece *piece;
	size_t count;
};

/* Lives in the scratch arena. */
struct pieces pieces_of(struct type *t, const struct span *spans, size_t count, struct diags *d);

/* Width of glyphs set at a piece's size, from font units. */
int piece_measure(const struct piece *p, int units, size_t glyphs);

#endif
