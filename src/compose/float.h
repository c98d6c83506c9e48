/* Pictures and tables across columns, on one page. */
#ifndef COMPOSE_FLOAT_H
#define COMPOSE_FLOAT_H

#include "compose/flow.h"

enum { MAX_FLOATS = 24 /* on one page */ };

/* A block across columns with its place on the page. */
struct page_float {
	size_t block, area;
	const struct box *box;
	int first, columns; /* of the area's columns */
	int height; /* reserved: whole grid lines */
	bool top, inset;
	int sixths; /* of an inset: of the room above and below it, how much is above */
	int x, y; /* where it stands */
};

struct page_job {
	struct flow *flow;
	const struct area *areas;
	size_t area_count;
	bool force, all_up; /* all_up: the article ends here, nothing sinks to the foot */
	bool text_left;
	struct page_float floats[MAX_FLOATS];
	size_t float_count;
	size_t current; /* area being filled */
	struct stops out; /* the page's ends */
	bool ended; /* the text's end among them */
};

int area_width(const struct area *a, int first, int columns);
/* Whether a block across columns waits for a page. */
bool flow_any_waiting(const struct flow *f);

/* Reserves places for those that the page before had no room for. */
void floats_wait_no_more(struct page_job *j);
/* A block across columns was met: its place is here, or on the next page. */
void float_decide(struct page_job *j, size_t block);
/* Takes the places reserved in an area out of its columns. */
void floats_place(struct page_job *j, size_t index, struct area *area);

#endif
