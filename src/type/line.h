/* Lines from pieces: what stands where, and its text. */
#ifndef TYPE_LINE_H
#define TYPE_LINE_H

#include "type/choose.h"
#include "type/pieces.h"

/* Everything the lines of one paragraph have in common. */
struct line_maker {
	struct type *type;
	struct arena *arena; /* of the lines */
	const struct pieces *pieces;
	const struct choice *how;
	enum text_align align;
	int letters_more; /* 1/1000 of their width, in loose justified lines */
};

/* The line between two candidates, as the n-th of its paragraph. natural: as wide
 * as it comes, without a box. */
struct line line_make(const struct line_maker *m, const struct candidate *from,
		      const struct candidate *to, size_t n, bool natural);

#endif
