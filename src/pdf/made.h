/* made: a picture as it goes into a PDF, and how it is kept for the next build. */
#ifndef PDF_MADE_H
#define PDF_MADE_H

#include "base/str.h"

struct arena;
struct cache;

struct made {
	struct str data, filter; /* filter: /Filter and what belongs to it */
	struct str mask, mask_filter; /* alpha; empty: opaque */
	struct str icc; /* to embed; empty: the device's colours */
	int channels, columns, rows;
	int notes; /* a set of bits to be told of, each time */
};

/* False when nothing is kept under key. What is found lives in a. */
bool made_recall(const struct cache *c, struct arena *a, struct str key, struct made *made);
void made_keep(const struct cache *c, struct str key, const struct made *made);

#endif
