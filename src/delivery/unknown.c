#include "delivery/unknown.h"

#include "base/hash.h"

#include <string.h>

static void count_answer(struct unknowns *u, bool refused)
{
	u->answers++;
	u->history = u->history << 1 | refused;
	u->in_a_row = refused ? u->in_a_row + 1 : 0;
}

void unknowns_note_taken(struct unknowns *u)
{
	count_answer(u, false);
}

void unknowns_hold(struct unknowns *u, const struct mark *m, const char *words, struct str domain)
{
	struct held_refusal *h = &u->held[u->count++];
	count_answer(u, true);
	*h = (struct held_refusal){ .mark = *m, .domain = hash_of(domain), .answer = u->answers };
	snprintf(h->words, sizeof h->words, "%s", words);
}

static int domains(const struct unknowns *u)
{
	int n = 0;
	for (size_t i = 0; i < u->count; i++) {
		bool met = false;
		for (size_t j = 0; j < i && !met; j++)
			met = u->held[j].domain == u->held[i].domain;
		n += !met;
	}
	return n;
}

bool unknowns_are_doubtful(const struct unknowns *u, bool at_end)
{
	int64_t looked_at = u->answers < ANSWERS_LOOKED_AT ? u->answers : ANSWERS_LOOKED_AT;
	int refused = __builtin_popcountll(u->history);
	bool most = looked_at >= DOUBT_ANSWERS && 2 * refused > looked_at;
	bool streak = u->in_a_row >= DOUBT_IN_A_ROW;
	bool all = at_end && u->answers >= DOUBT_OF_ALL && u->in_a_row == u->answers;
	return (most || streak || all) &&
	       (domains(u) >= DOUBT_DOMAINS || u->in_a_row >= ANSWERS_LOOKED_AT);
}

const struct held_refusal *unknowns_next(struct unknowns *u, bool at_end)
{
	if (u->count == 0 || (!at_end && u->answers - u->held[0].answer < ANSWERS_LOOKED_AT - 1))
		return NULL;
	/* Behind those that stay: there it lies until another is held. */
	struct held_refusal first = u->held[0];
	u->count--;
	memmove(u->held, u->held + 1, u->count * sizeof *u->held);
	u->held[u->count] = first;
	return &u->held[u->count];
}
