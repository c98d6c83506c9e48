/* How fast, and when again: token buckets and the schedule of retries. Integers
 * throughout, so that the same clock gives the same pace on every machine. */
#ifndef DELIVERY_PACE_H
#define DELIVERY_PACE_H

#include "model/publication.h"

/* Fills at rate.count tokens every rate.per_ms, holds one token and what 50 ms
 * bring: a pause is not made up for by a burst. */
struct bucket {
	struct rate rate;
	int64_t level; /* in 1/per_ms of a token */
	int64_t at_ms; /* when level was true */
};

void bucket_init(struct bucket *b, struct rate rate, int64_t now_ms);
/* Milliseconds until a token is there; 0: now. Always 0 when unlimited. */
int64_t bucket_wait_ms(struct bucket *b, int64_t now_ms);
/* Takes one; bucket_wait_ms must have been 0. */
void bucket_take(struct bucket *b);
/* One that was taken was not used. */
void bucket_give_back(struct bucket *b);

/* Seconds to wait after the n-th failed attempt (n from 1): first_s, then 5, 15,
 * 30, 60, 120 times that, then 240 times again and again; up to a quarter more,
 * by random, so that those deferred together do not come back together. */
int64_t retry_delay_s(int attempts, int64_t first_s, uint32_t random);

/* The most that it can be. */
int64_t retry_delay_most_s(int attempts, int64_t first_s);

enum { RETRY_FOR_S = 48 * 3600 };

#endif
