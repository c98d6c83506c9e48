/* Which ways of having filled the columns are kept. */
#include "compose/flow.h"

static bool comes_further(const struct stop *one, const struct stop *other)
{
	const struct progress *a = &one->at, *b = &other->at;
	return a->block > b->block || (a->block == b->block && a->box > b->box);
}

static bool comes_furthest(const struct stops *s, size_t k)
{
	for (size_t i = 0; i < s->count; i++)
		if (i != k && !comes_further(&s->stop[k], &s->stop[i]))
			return false;
	return true;
}

/* Makes room for one more among as many as there may be; false when that one is not
 * worth it. */
static bool make_room(struct stops *s, const struct stop *one)
{
	size_t last = s->count - 1;
	bool furthest = s->eager;
	for (size_t i = 0; furthest && i < s->count; i++)
		furthest = comes_further(one, &s->stop[i]);
	if (s->eager && !furthest && comes_furthest(s, last))
		last--;
	if (!furthest && s->stop[last].cost <= one->cost)
		return false;
	s->count--;
	for (; last < s->count; last++)
		s->stop[last] = s->stop[last + 1];
	return true;
}

void stops_keep(struct stops *s, const struct stop *one)
{
	size_t at = s->count;
	for (size_t i = 0; i < s->count; i++) {
		const struct progress *a = &s->stop[i].at, *b = &one->at;
		if (a->block != b->block || a->box != b->box || a->setting != b->setting ||
		    a->rest != b->rest || a->deferred_count != b->deferred_count ||
		    s->stop[i].result != one->result)
			continue;
		if (s->stop[i].cost <= one->cost)
			return;
		at = i;
		break;
	}
	if (at == s->count) {
		if (s->count == MAX_STOPS && !make_room(s, one))
			return;
		at = s->count++;
	}
	for (; at > 0 && s->stop[at - 1].cost > one->cost; at--)
		s->stop[at] = s->stop[at - 1];
	s->stop[at] = *one;
}
