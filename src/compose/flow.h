/* Blocks flow into the columns of pages.
 *
 * THE MODEL. Text is poured as lines are broken: not the first way that fits, but
 * the set of column ends whose faults together are least (Plass, "Optimal
 * Pagination Techniques for Automatic Typesetting Systems", 1981). A stop is a way
 * of having filled the columns so far: where the text goes on, what that cost, and
 * the placements behind it. Of the stops at each column's end the cheapest few are
 * kept, and each is a beginning of the next column.
 *
 *   stops.c    which ways of having filled are kept
 *   column.c   one column: all good ways to fill it, of column_options.c (the ways to
 *              set a block) and column_stops.c (what it costs to end behind one)
 *   thread.c   where the reader must not lose the thread
 *   band.c     columns side by side, level where the text ends
 *   float.c    what stands across columns
 *   flow.c     pages: band after band
 *
 * The first pass knows only the best setting of each block. Where that leaves
 * faults, the second one may also set a paragraph a line longer or shorter, crop a
 * picture by a line, open the space above a box or a picture by a line, and let a
 * floating box wait for the next column. Where even that leaves a line alone, the third one
 * keeps those ways as well that cost most at first and come furthest. */
#ifndef COMPOSE_FLOW_H
#define COMPOSE_FLOW_H

#include "compose/frames.h"
#include "compose/notes.h"
#include "compose/setting.h"

/* What became of a block that stands across columns. */
enum fate { FATE_OPEN, FATE_HERE, FATE_WAITING, FATE_DONE };

enum { MAX_DEFERRED = 8, MAX_STOPS = 10, MAX_PAGE_AREAS = 16 };

/* How far an article's text has come. A value. */
struct progress {
	size_t block, box;
	const struct setting *setting; /* that box counts in, when it is not 0 */
	struct block *rest; /* stands for the block when its beginning is elsewhere */
	unsigned deferred[MAX_DEFERRED]; /* floating blocks on their way to the next column */
	unsigned deferred_count;
	unsigned deferred_box; /* of the first of them: it may be divided at its width */
};

enum placement_kind {
	PLACED_TEXT, /* where the text has it */
	PLACED_AGAIN, /* repeated above what goes on: an artifact */
	PLACED_APART, /* not where the text has it */
	PLACED_AT_FOOT, /* notes */
};

/* A box at its place. */
struct placement {
	const struct box *box;
	int x, y;
	int page; /* of the filling, from 0 */
	enum placement_kind kind;
	int previous; /* the one before it, an index; -1: none */
};

enum fill_result { FILL_FULL, FILL_END, FILL_BREAK_COLUMN, FILL_BREAK_PAGE };

/* A way of having filled the columns so far. */
struct stop {
	struct progress at;
	int64_t cost;
	int placed; /* the last placement, an index; -1: none */
	enum fill_result result;
};

/* The cheapest ones, best first; those that go on alike count once. */
struct stops {
	struct stop stop[MAX_STOPS];
	size_t count;
	bool eager; /* the one that comes furthest is kept whatever it costs */
};

void stops_keep(struct stops *s, const struct stop *one);

/* The text areas of an article's pages: its first page, then the others, verso and
 * recto in turn. */
struct sheets {
	struct area first[MAX_PAGE_AREAS];
	size_t first_count;
	struct area next[2][MAX_PAGE_AREAS]; /* [1]: recto */
	size_t next_count[2];
	bool recto; /* the first page */
};

struct flow {
	struct composer *composer;
	struct block **blocks;
	size_t count;
	enum fate *fates;
	int max_height;
	int narrowest; /* column the text may meet; 0: all alike */
	struct note *notes; /* for the columns' feet, by number - 1, or NULL */
	const struct style *note_style;
	bool plain; /* nothing floats: what stands across columns stands where it is met */
	bool elastic; /* the second pass */
	bool eager; /* the third pass */
	struct progress at; /* where the text goes on behind what was filled */
	/* What was tried, in the composer's scratch arena. */
	struct placement **tried; /* rows of TRIED_ROW each: see flow_tried */
	size_t tried_count, row_count, row_capacity;
	/* What was chosen: in the order of painting, page by page. */
	struct placement *placed;
	size_t placed_count, placed_capacity;
	int pages; /* filled */
	bool stuck; /* something fits nowhere */
	/* Of the page being filled: */
	int page;
	size_t met; /* a block across columns that wants a place */
};

enum { TRIED_ROW = 512 };

/* Placement k of those tried. There are many, so they stay where they are put. */
static inline struct placement *flow_tried(const struct flow *f, int k)
{
	return &f->tried[(unsigned)k / TRIED_ROW][(unsigned)k % TRIED_ROW];
}

/* Forgets what was tried and chosen before, in this flow and in others. */
void flow_start(struct flow *f, struct composer *c, struct block **blocks, size_t count,
		int max_height);
bool flow_is_done(const struct flow *f);

/* Fills pages until the text ends; what was chosen stands in f->placed. Returns
 * what the faults cost. What fits nowhere is placed over the frame's edge.
 * quick: the first pass alone, to compare plans. */
int64_t flow_fill(struct flow *f, const struct sheets *s, bool quick);
/* Fills one area, without pictures across columns: slots and panels. Returns where
 * the text ends; what is left goes on at f->at. */
int flow_fill_area(struct flow *f, const struct area *area);
/* Paints what was chosen for one page of the filling. */
void flow_paint(struct flow *f, int filled, size_t page);

/* ---- within flow ---- */

/* A block as it is set where the text has come to it: a paragraph behind a table that
 * floats follows the words before the table. */
static inline struct block *flow_block(const struct flow *f, size_t i)
{
	struct block *b = f->blocks[i];
	return b->apart && i > 0 && f->fates[i - 1] != FATE_OPEN ? b->apart : b;
}

/* How a block stands in an area: in a column, across columns where there is
 * room, or across columns right there. */
enum stance { STANCE_COLUMN, STANCE_FLOAT, STANCE_BAND };
enum stance flow_stance(struct flow *f, const struct progress *p, const struct area *area,
			size_t block);

/* Whether the text stands within a block, whose beginning is behind it. */
static inline bool flow_goes_on(const struct progress *p)
{
	return p->box > 0 || p->rest;
}
/* Between two blocks: whether what stood here would part items of a list, paragraphs
 * of a quotation, or a heading from what it heads. */
bool flow_joins(const struct flow *f, const struct progress *p);
/* Between two items: whether a column's end would leave the first one behind, or
 * carry only the last one over. */
bool flow_parts_list(const struct flow *f, const struct progress *p);

/* One column to be filled from each of several beginnings. */
struct column_task {
	struct flow *flow;
	const struct area *area;
	struct column column;
	size_t limit; /* up to (not including) this block */
	bool last; /* of the page: behind it the reader turns or moves on */
	bool level; /* the columns of a band that ends in them */
	bool lonely; /* the text ends here, on a page that shows nothing else */
	bool force; /* what does not fit is placed nevertheless */
};

/* Adds the good ways to fill the column to out, those that reach the limit to ends.
 * False when a block across columns was met that has no place yet: f->met. */
bool column_fill(const struct column_task *t, const struct stop *begin, struct stops *out,
		 struct stops *ends);
/* What it costs that a column ends so far above the foot. */
int64_t column_shortness(const struct column_task *t, int bottom);

/* What it costs that the text stands no higher on an article's last page. Where it runs in
 * one column column_fill counts it, so that the page before may end earlier. */
int64_t flow_fewness(const struct flow *f, int height);

/* Columns side by side, up to block limit. */
struct band_task {
	struct flow *flow;
	const struct area *area;
	size_t limit;
	bool balance; /* level columns where the limit is reached */
	bool lonely; /* as above */
	bool force;
};
/* FILL_END: the limit was reached, by the one stop in out; FILL_FULL: by none.
 * False as above. */
bool band_fill(const struct band_task *t, const struct stops *in, struct stops *out,
	       enum fill_result *result);

#endif
