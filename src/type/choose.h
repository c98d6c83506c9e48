/* The best set of lines among the places where lines may end. */
#ifndef TYPE_CHOOSE_H
#define TYPE_CHOOSE_H

#include "type/inside.h"

enum {
	/* Steps in which a justified line gives, see choose.c. */
	SPACES_FIRST = 13, /* spaces before letters, 1/100 of their width */
	LETTERS = 38, /* then letters, 1/1000 of their width */
	SPACES_NEXT = 16, /* then spaces up to here, before letters give more */
};

enum candidate_flag {
	CANDIDATE_HYPHEN = 1, /* the line gets a hyphen */
	CANDIDATE_FORCED = 2, /* the line must end here */
	CANDIDATE_EMERGENCY = 4, /* only when nothing else fits */
	CANDIDATE_DIVIDES = 8, /* stands within a word */
};

/* A place where a line may end. Sums run over the whole paragraph, so that a
 * line from a to b is b.end - a.start wide, its spaces b.end_space - a.start_space. */
struct candidate {
	int64_t end, start; /* width up to a line's end and start here */
	int64_t end_space, start_space; /* of that, spaces that may stretch */
	int penalty;
	unsigned flags;
	size_t piece; /* the last piece of the line, counted from 1; 0: none */
	unsigned at; /* bytes of it that are on the line; its length: all */
};

struct choice {
	const struct line_box *boxes;
	size_t box_count;
	int indent;
	int em; /* size of the text */
	bool justified, balance;
	int hyphens_in_row; /* at most */
};

/* Width of the box of line n, from 0, indent taken off. */
int choice_width(const struct choice *how, size_t line);

int choice_narrowest(const struct choice *how);

struct chosen {
	size_t *ends; /* candidates at which lines end, in order; in the scratch arena */
	size_t count;
	int64_t demerits;
	int letters_more; /* what loose lines' letters may give beyond LETTERS, 1/1000 */
};

/* The best set in out[1], and with others those of one line fewer and one more where
 * that is tolerable (type.h) beside it; count 0 where not. candidates: the first is the
 * start of the paragraph, the last is forced. */
void choose_lines(struct type *t, const struct candidate *c, size_t count, const struct choice *how,
		  bool others, struct chosen out[3]);

#endif
