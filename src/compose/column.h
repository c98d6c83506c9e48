/* Within column.c and its neighbours: a column being filled. */
#ifndef COMPOSE_COLUMN_H
#define COMPOSE_COLUMN_H

#include "compose/flow.h"

enum { MAX_SPOTS = 12, MAX_OPTIONS = 4 };

/* A way of having filled the column down to a block's beginning. */
struct spot {
	struct progress at;
	int y; /* end of the last box, from the column's top */
	int after; /* its space after */
	int notes; /* height of those referred to so far, at the column's foot */
	int placed;
	int64_t cost;
	bool first; /* nothing stands yet */
	bool fresh; /* nothing but what had been put off */
	bool late; /* what had been put off waits for the end of what goes on */
};

struct layer {
	struct spot spot[MAX_SPOTS];
	size_t count;
};

/* A column being filled. */
struct filling {
	const struct column_task *task;
	struct flow *flow;
	const struct block *block; /* being laid; NULL: what had been put off */
	const struct stop *begin;
	struct stops *out, *ends;
	struct layer *next; /* those at the beginning of the block behind */
};

/* One way to set a block. */
struct option {
	const struct setting *setting;
	int space; /* above it, beyond its own */
	int64_t cost;
};

/* ---- column.c ---- */

/* A box at a height of the column, behind another placement; its index. */
int filling_place(struct filling *f, int previous, const struct box *b, int top,
		  enum placement_kind kind);

/* ---- column_options.c ---- */

struct block *flow_block_at(const struct flow *f, const struct progress *p);
/* A panel that must be divided is set for the narrowest column it may meet, so
 * that its pieces fit wherever they come to stand. */
const struct setting *flow_panel(struct flow *f, struct block *b, int width);
bool filling_has_way(const struct filling *f);
/* A paragraph longer than any reader's patience is not set anew for every height at
 * which it may meet a picture: its lines go below. */
bool block_runs_round(const struct block *b);
/* The ways to set the block a spot has come to; o has room for MAX_OPTIONS. */
size_t filling_options(struct filling *f, struct spot *s, struct option *o);

/* ---- column_stops.c ---- */

void filling_add_stop(struct filling *f, const struct spot *s, enum fill_result r, int64_t price);
/* What the lines cost that are left empty between text and foot, or text and notes. */
int64_t filling_shortness(const struct filling *f, const struct spot *s);
/* What it costs that the text ends here: unlike its neighbours, or on a page of its own. */
int64_t filling_end_cost(const struct filling *f, const struct spot *s);
/* The column may end behind the box just placed. */
void filling_end_behind(struct filling *f, const struct spot *s, const struct box *b);

#endif
