#include "serve/limit.h"

#include "base/arena.h"

#include <pthread.h>
#include <string.h>

enum { SETS = 2048, WAYS = 4 };

struct place {
	struct client who;
	int64_t full_at_ms; /* when its bucket will be full again; 0: never used */
};

struct limit {
	pthread_mutex_t lock;
	struct limit_rate rate;
	uint64_t seed;
	struct place places[SETS][WAYS];
};

struct limit *limit_open(struct arena *a, struct limit_rate rate, uint64_t seed)
{
	struct limit *l = NEW(a, struct limit);
	l->rate = rate;
	l->seed = seed | 1;
	pthread_mutex_init(&l->lock, NULL);
	return l;
}

void limit_close(struct limit *l)
{
	pthread_mutex_destroy(&l->lock);
}

static size_t set_of(const struct limit *l, const struct client *who)
{
	uint64_t h = l->seed;
	for (size_t i = 0; i < sizeof who->byte; i++) {
		h = (h ^ who->byte[i]) * 0x9E3779B97F4A7C15U;
		h ^= h >> 29;
	}
	return (size_t)(h % SETS);
}

/* The place of a network; else the one that will be full first, emptied. */
static struct place *place_of(struct limit *l, const struct client *who)
{
	struct place *set = l->places[set_of(l, who)], *oldest = &set[0];
	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].full_at_ms && memcmp(&set[i].who, who, sizeof *who) == 0)
			return &set[i];
		if (set[i].full_at_ms < oldest->full_at_ms)
			oldest = &set[i];
	}
	*oldest = (struct place){ .who = *who };
	return oldest;
}

bool limit_take(struct limit *l, const struct client *who, int64_t now_ms)
{
	pthread_mutex_lock(&l->lock);
	struct place *p = place_of(l, who);
	int64_t from = p->full_at_ms > now_ms ? p->full_at_ms : now_ms;
	bool may = from + l->rate.every_ms - now_ms <= l->rate.burst * l->rate.every_ms;
	if (may)
		p->full_at_ms = from + l->rate.every_ms;
	pthread_mutex_unlock(&l->lock);
	return may;
}
