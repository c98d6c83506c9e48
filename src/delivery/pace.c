#include "delivery/pace.h"

enum { BURST_MS = 50 };

void bucket_init(struct bucket *b, struct rate rate, int64_t now_ms)
{
	*b = (struct bucket){ .rate = rate, .level = rate.per_ms, .at_ms = now_ms };
}

int64_t bucket_wait_ms(struct bucket *b, int64_t now_ms)
{
	if (b->rate.count <= 0 || b->rate.per_ms <= 0)
		return 0;
	int64_t most = b->rate.per_ms + BURST_MS * b->rate.count;
	int64_t elapsed = now_ms - b->at_ms;
	/* After a long pause the product could overflow; the bucket is full anyway. */
	if (elapsed > most / b->rate.count)
		b->level = most;
	else if (elapsed > 0)
		b->level += elapsed * b->rate.count;
	if (b->level > most)
		b->level = most;
	b->at_ms = now_ms;
	int64_t missing = b->rate.per_ms - b->level;
	return missing <= 0 ? 0 : (missing + b->rate.count - 1) / b->rate.count;
}

void bucket_take(struct bucket *b)
{
	b->level -= b->rate.per_ms;
}

void bucket_give_back(struct bucket *b)
{
	b->level += b->rate.per_ms; /* what is too much is cut when it is looked at */
}

static int64_t shortest_delay_s(int attempts, int64_t first_s)
{
	static const int times[] = { 1, 5, 15, 30, 60, 120, 240 };
	enum { STEPS = sizeof times / sizeof *times };
	int step = attempts < 1 ? 0 : attempts > STEPS ? STEPS - 1 : attempts - 1;
	return first_s * times[step];
}

int64_t retry_delay_s(int attempts, int64_t first_s, uint32_t random)
{
	int64_t delay = shortest_delay_s(attempts, first_s);
	return delay + (int64_t)(random % (uint32_t)(delay / 4 + 1));
}

int64_t retry_delay_most_s(int attempts, int64_t first_s)
{
	int64_t delay = shortest_delay_s(attempts, first_s);
	return delay + delay / 4;
}
