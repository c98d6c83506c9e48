/* Inside serve/: how often something may come from one network. Token buckets in a table
 * of fixed size, in memory alone: a network that was quiet for as long as its bucket
 * takes to fill leaves no trace that means anything, and is overwritten. */
#ifndef SERVE_LIMIT_H
#define SERVE_LIMIT_H

#include "serve/client.h"

struct arena;
struct limit;

struct limit_rate {
	int burst; /* so many at once */
	int64_t every_ms; /* one more after this time */
};

/* seed: random, so that nobody can choose who shares a place in the table. */
struct limit *limit_open(struct arena *a, struct limit_rate rate, uint64_t seed);
void limit_close(struct limit *l);
/* Counts one; false when it is too many. From any thread. */
bool limit_take(struct limit *l, const struct client *who, int64_t now_ms);

#endif
