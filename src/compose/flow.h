/* Blocks flow into the columns of pages. */
#ifndef COMPOSE_FLOW_H
#define COMPOSE_FLOW_H

#include "compose/frames.h"
#include "compose/setting.h"

/* What became of a block that stands across columns. */
enum fate { FATE_OPEN, FATE_HERE, FATE_WAITING, FATE_DONE };

enum { MAX_DEFERRED = 32 };

/* How far an article's text has come. A value: trials copy it. */
struct progress {
	size_t block, box;
	int width; /* box counts in the setting at this width */
	struct block *rest; /* stands for the block when its beginning is elsewhere */
	size_t deferred[MAX_DEFERRED]; /* floating blocks on their way to the next column */
	size_t deferred_count;
	size_t deferred_box; /* of the first of them: it may be divided at this width */
};

struct placement {
	const struct box *box;
	int x, y, bottom;
	bool artifact, pinned;
	struct progress after; /* where the text goes on behind it */
};

/* Boxes at their place, not yet painted. */
struct trial {
	struct placement *items;
	size_t count, capacity;
};

struct flow {
	struct composer *composer;
	struct block **blocks;
	size_t count;
	enum fate *fates;
	int max_height;
	int narrowest; /* column the text may meet; 0: all alike */
	struct progress at;
	struct trial trial;
	/* Of the page being filled: */
	size_t met; /* a block across columns that wants a place */
	int worst; /* the highest price paid for a column's end in this band */
	bool plain; /* nothing floats: what stands across columns stands where it is met */
};

void flow_start(struct flow *f, struct composer *c, struct block **blocks, size_t count,
		int max_height);
bool flow_is_done(const struct flow *f);

/* Fills the areas of one page as far as they go and leaves the placements in
 * f->trial; bottom gets where the lowest ends. Never stands still: what fits
 * nowhere is placed over the frame's edge when force is set. */
void flow_fill_page(struct flow *f, const struct area *areas, size_t count, bool force);
/* The same for one area, without pictures across columns: slots and panels.
 * Returns where the text ends. */
int flow_fill_area(struct flow *f, const struct area *area);
/* Paints the placements. */
void flow_paint(struct flow *f, size_t page);

/* ---- within flow ---- */

enum fill_result { FILL_FULL, FILL_END, FILL_BREAK_COLUMN, FILL_BREAK_PAGE, FILL_FLOAT };

/* How a block stands in an area: in a column, across columns where there is
 * room, or across columns right there. */
enum stance { STANCE_COLUMN, STANCE_FLOAT, STANCE_BAND };
enum stance flow_stance(struct flow *f, const struct progress *p, const struct area *area,
			size_t block);

/* Fills one column up to (not including) block limit. */
enum fill_result column_fill(struct flow *f, struct progress *p, const struct area *area,
			     struct column col, size_t limit, bool force);
/* Fills the columns of an area in turn, balanced when asked and the limit is
 * reached; bottom gets the end of the longest. */
enum fill_result band_fill(struct flow *f, struct progress *p, const struct area *area,
			   size_t limit, bool balance, bool force, int *bottom);

#endif
