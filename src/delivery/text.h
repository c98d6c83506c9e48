/* The text of a message on the wire, in parts: most of it is the same for everyone and stands
 * in memory once. */
#ifndef DELIVERY_TEXT_H
#define DELIVERY_TEXT_H

#include "base/str.h"

/* To be read one part after the other. Borrowed. */
struct text {
	const struct str *parts;
	size_t count;
	size_t len; /* bytes, of all */
};

struct text text_of(const struct str *parts, size_t count);
/* Appends it. */
void text_put(struct buf *out, const struct text *t);

/* A place in it; the beginning is all zero. */
struct text_at {
	size_t part, byte; /* of that part */
};

/* The next bytes: at most `most`, fewer only at the end. Where one part has them all they are
 * its own; else they are copied to `window`, which has room for as many. */
struct str text_peek(const struct text *t, struct text_at at, char *window, size_t most);
void text_skip(const struct text *t, struct text_at *at, size_t bytes);

#endif
