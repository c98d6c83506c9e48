/* Refusals that say "nobody lives there", and whether they can be believed.
 *
 * An address that is refused so is never written to again. But a relay that lost its table
 * of recipients says it of everybody. So a refusal is not acted upon before 63 more answers
 * have come from the same relay, or the run has nothing left to do: until then it is held,
 * and its row stays claimed. When too many of the last answers are of this kind they are
 * doubted all together, and each row goes back as if it had never been tried. */
#ifndef DELIVERY_UNKNOWN_H
#define DELIVERY_UNKNOWN_H

#include "delivery/reply.h"
#include "delivery/store.h"

enum { ANSWERS_LOOKED_AT = 64 };

/* Old lists: even where one address of seven is dead, none of these is met in a hundred
 * thousand recipients. */
enum {
	DOUBT_ANSWERS = 20, /* so many at least, and more than half are refusals */
	DOUBT_IN_A_ROW = 20, /* refusals */
	DOUBT_OF_ALL = 10, /* all that a whole run got, and none was taken */
	DOUBT_DOMAINS = 5, /* at so many domains: one that is gone is no wonder */
};

struct held_refusal {
	struct mark mark; /* its words stand in `words` */
	char words[WORDS_BYTES + 1];
	uint64_t domain; /* hash */
	int64_t answer; /* the how manieth answer it was */
};

/* One for each relay and run. All zero at the beginning. */
struct unknowns {
	struct held_refusal held[ANSWERS_LOOKED_AT]; /* in order of their coming */
	size_t count;
	int64_t answers;
	uint64_t history; /* a bit for each of the last answers, the newest lowest; 1: refused */
	int in_a_row;
};

/* Counts an answer that took a message. */
void unknowns_note_taken(struct unknowns *u);
/* Counts a refusal and holds it. There is room: unknowns_next was called before. */
void unknowns_hold(struct unknowns *u, const struct mark *m, const char *words, struct str domain);
/* Whether too many of the last answers were such refusals; at_end: nothing more will come. */
bool unknowns_are_doubtful(const struct unknowns *u, bool at_end);
/* The oldest that is no longer doubted, or of all when the end has come; out of those held
 * with the next call or hold. NULL: none. */
const struct held_refusal *unknowns_next(struct unknowns *u, bool at_end);

#endif
