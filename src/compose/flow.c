/* Pages are filled.
 *
 * THE MODEL. The text runs through the columns of each area in turn. Some blocks
 * stand across columns: pictures and small tables float to the top or foot of the
 * page on which they are met (or of the next one); galleries and long tables cut
 * the area into bands, the text above them being balanced.
 *
 * HOW IT WORKS. A page is tried from all the stops the page before has left; when
 * a block across columns is met, a place is reserved for it and the page is tried
 * again. Each such block is decided upon once a page, so trials end. When the
 * text is at its end, the cheapest chain of placements is taken. */
#include "compose/ahead.h"
#include "compose/float.h"

enum {
	MOST_STUCK = 3, /* empty pages in a row */
	MOST_ELASTIC = 1500, /* blocks; longer articles are poured once */
	MOST_LEFT = 10, /* lines below a last page that is nearly full */
};

void flow_start(struct flow *f, struct composer *c, struct block **blocks, size_t count,
		int max_height)
{
	arena_reset(c->scratch);
	*f = (struct flow){
		.composer = c, .blocks = blocks, .count = count, .max_height = max_height
	};
	f->fates = NEW_ARRAY(c->arena, enum fate, count + 1);
}

bool flow_any_waiting(const struct flow *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->fates[i] == FATE_WAITING)
			return true;
	return false;
}

bool flow_is_done(const struct flow *f)
{
	return f->at.block >= f->count && f->at.deferred_count == 0 && !flow_any_waiting(f);
}
/* ---- bands ---- */

static size_t next_band(struct flow *f, const struct progress *p, const struct area *area)
{
	size_t i = p->block;
	while (i < f->count && flow_stance(f, p, area, i) != STANCE_BAND)
		i++;
	return i;
}

/* What is left of an area below y. */
static struct area area_below(const struct composer *c, const struct area *a, int y)
{
	struct area left = *a;
	y = grid_line_down(c->layout, y);
	for (int i = 0; i < left.columns; i++) {
		struct column *col = &left.column[i];
		int bottom = col->y + col->height;
		if (col->y < y)
			col->y = y;
		col->height = bottom > col->y ? bottom - col->y : 0;
	}
	return left;
}

/* All columns as one. */
static struct area area_across(const struct area *a)
{
	struct area one = { .columns = 1, .balance = a->balance };
	struct column c = a->column[0];
	int bottom = c.y + c.height;
	for (int i = 1; i < a->columns; i++) {
		if (a->column[i].y > c.y)
			c.y = a->column[i].y;
		if (a->column[i].y + a->column[i].height < bottom)
			bottom = a->column[i].y + a->column[i].height;
	}
	c.width = area_width(a, 0, a->columns);
	c.height = bottom > c.y ? bottom - c.y : 0;
	one.column[0] = c;
	return one;
}

/* Where the placements behind a stop's beginning end, at the lowest. */
static int lowest(const struct flow *f, const struct stop *s, int from, int y)
{
	for (int k = s->placed; k >= 0 && k != from && flow_tried(f, k)->page == f->page;
	     k = flow_tried(f, k)->previous) {
		int bottom = flow_tried(f, k)->y + flow_tried(f, k)->box->height;
		y = bottom > y ? bottom : y;
	}
	return y;
}

/* Whether an article's last lines, if they stand here, have a page for themselves. */
static bool is_lonely(const struct page_job *j, const struct area *area)
{
	return j->flow->page > 0 && j->area_count == 1 && area->columns == 1 && !j->float_count;
}

/* Fills one area band by band; now holds the stops before and behind. */
static bool fill_area(struct page_job *j, struct stops *now, struct area area,
		      enum fill_result *result)
{
	struct flow *f = j->flow;
	*result = FILL_END;
	while (*result == FILL_END && now->count &&
	       (now->stop[0].at.block < f->count || now->stop[0].at.deferred_count)) {
		const struct progress *p = &now->stop[0].at;
		bool across = p->block < f->count && p->deferred_count == 0 &&
			      flow_stance(f, p, &area, p->block) == STANCE_BAND;
		if (across)
			now->count = 1;
		size_t limit = across ? p->block + 1 : next_band(f, p, &area);
		struct area band = across ? area_across(&area) : area;
		bool ends = limit == f->count;
		int from = now->stop[0].placed;
		bool fresh = from < 0 || flow_tried(f, from)->page != f->page;
		struct band_task task = { .flow = f,
					  .area = &band,
					  .limit = limit,
					  .balance = !across && (!ends || area.balance),
					  .lonely = ends && is_lonely(j, &area) && fresh,
					  .force = j->force && fresh };
		struct stops out;
		if (!band_fill(&task, now, &out, result))
			return false;
		*now = out;
		if (*result == FILL_END && (across || !ends)) {
			int y = lowest(f, &now->stop[0], from, area.column[0].y);
			y = area_clear(&area, y);
			area = area_below(f->composer, &area,
					  y + f->composer->layout->grid.baseline / 2);
		}
	}
	return true;
}

/* ---- pages ---- */

static bool try_page(struct page_job *j, const struct stops *in)
{
	struct stops now = *in;
	j->out = (struct stops){ .eager = in->eager };
	j->ended = false;
	for (size_t i = 0; i < j->area_count && now.count && !j->ended; i++) {
		struct area area = j->areas[i];
		enum fill_result r;
		floats_place(j, i, &area);
		j->current = i;
		if (!fill_area(j, &now, area, &r))
			return false;
		j->ended = r == FILL_END;
		struct stops on = { .eager = now.eager };
		for (size_t k = 0; k < now.count; k++)
			stops_keep(now.stop[k].result == FILL_BREAK_PAGE ? &j->out : &on,
				   &now.stop[k]);
		now = on;
		if (j->area_count > 1 && now.count > 1)
			now.count = 1; /* what floats in one area may not in the next */
	}
	if (j->ended)
		j->out.count = 0;
	for (size_t k = 0; k < now.count; k++)
		stops_keep(&j->out, &now.stop[k]);
	return true;
}

/* Whether something stands below the text that ends here: at the foot, or in the way
 * of lines that there are none of. */
static bool hangs(const struct page_job *j)
{
	for (size_t i = 0; i < j->float_count; i++) {
		const struct page_float *pf = &j->floats[i];
		int end = lowest(j->flow, &j->out.stop[0], -1, 0);
		if (!pf->top && (!pf->inset || pf->y + pf->box->height > end))
			return true;
	}
	return false;
}

/* The floats of a page are chosen whatever text is. */
static void choose_floats(struct page_job *j)
{
	struct flow *f = j->flow;
	for (size_t i = 0; i < j->float_count; i++) {
		const struct page_float *pf = &j->floats[i];
		f->fates[pf->block] = FATE_DONE;
		struct placement p = { .box = pf->box,
				       .x = pf->x,
				       .y = pf->y,
				       .page = f->page,
				       .kind = PLACED_APART,
				       .previous = -1 };
		PUSH(f->composer->scratch, f->placed, f->placed_count, f->placed_capacity, p);
	}
}

static bool has_placed(const struct page_job *j)
{
	const struct flow *f = j->flow;
	for (size_t i = 0; i < j->out.count; i++) {
		int k = j->out.stop[i].placed;
		if (k >= 0 && flow_tried(f, k)->page == f->page)
			return true;
	}
	return j->float_count > 0;
}

/* Stops that have not moved would move on for ever. */
static void drop_unmoved(struct page_job *j)
{
	const struct flow *f = j->flow;
	size_t kept = 0;
	for (size_t i = 0; i < j->out.count; i++) {
		int k = j->out.stop[i].placed;
		bool moved = k >= 0 && flow_tried(f, k)->page == f->page;
		if (moved || j->float_count || j->ended)
			j->out.stop[kept++] = j->out.stop[i];
	}
	j->out.count = kept;
}

/* Whether a block, or its beginning, stands on the pages before. */
static bool has_passed(const struct stop *s, size_t block)
{
	return s->at.block > block || (s->at.block == block && s->at.box > 0);
}

/* A place on the page counts for all stops: those that have the block where their
 * columns were too narrow to let it float go another way than those that have not.
 * The cheapest decides. True when the block still wants its place. */
static bool agree(struct stops *in, size_t block)
{
	bool passed = has_passed(&in->stop[0], block);
	size_t kept = 0;
	for (size_t i = 0; i < in->count; i++)
		if (has_passed(&in->stop[i], block) == passed)
			in->stop[kept++] = in->stop[i];
	in->count = kept;
	return !passed;
}

static bool has_inset_at_will(const struct page_job *j)
{
	for (size_t i = 0; i < j->float_count; i++)
		if (j->floats[i].inset && !j->floats[i].top)
			return true;
	return false;
}

static bool try_height(struct page_job *j, const struct stops *in, int sixths)
{
	for (size_t i = 0; i < j->float_count; i++)
		j->floats[i].sixths = sixths;
	return try_page(j, in);
}

/* What runs round an inset and what cannot depends on how high it stands. */
static void choose_height(struct page_job *j, const struct stops *in)
{
	int best = 2; /* above the middle, where it is seen first */
	int64_t least = j->out.stop[0].cost;
	for (int sixths = 1; sixths <= 5; sixths++)
		if (try_height(j, in, sixths) && j->out.stop[0].cost < least) {
			least = j->out.stop[0].cost;
			best = sixths;
		}
	try_height(j, in, best);
}

/* Fills one page from the stops before it. */
static void fill_page(struct page_job *j, struct stops in)
{
	struct flow *f = j->flow;
	j->text_left = in.stop[0].at.block < f->count || in.stop[0].at.deferred_count;
	floats_wait_no_more(j);
	for (;;) {
		if (!try_page(j, &in)) {
			if (agree(&in, f->met))
				float_decide(j, f->met);
			continue;
		}
		if (!j->ended || flow_any_waiting(f) || j->all_up || !hangs(j)) {
			if (has_inset_at_will(j))
				choose_height(j, &in);
			return;
		}
		j->all_up = true;
		for (size_t i = 0; i < j->float_count; i++) {
			j->floats[i].top = true;
			j->floats[i].first = 0;
		}
	}
}

/* The chain behind a stop, from its beginning on. */
static void choose(struct flow *f, const struct stop *s)
{
	ahead_go_on(f->composer); /* nothing of a filling goes on behind it */
	size_t count = 0;
	for (int k = s->placed; k >= 0; k = flow_tried(f, k)->previous)
		count++;
	struct placement none = { 0 };
	for (size_t i = 0; i < count; i++)
		PUSH(f->composer->scratch, f->placed, f->placed_count, f->placed_capacity, none);
	size_t at = f->placed_count;
	for (int k = s->placed; k >= 0; k = flow_tried(f, k)->previous)
		f->placed[--at] = *flow_tried(f, k);
	f->at = s->at;
}

/* A page for a few lines is a page too many; a few lines left at its foot are a
 * page that was nearly filled. */
static int64_t last_page_cost(const struct flow *f, const struct page_job *j)
{
	const struct area *a = &j->areas[0];
	const struct column *c = &a->column[0];
	if (j->area_count > 1)
		return 0;
	int used = lowest(f, &j->out.stop[0], -1, c->y) - c->y;
	int left = (c->height - used) / f->composer->layout->grid.baseline;
	int64_t cost = COST_FOOT * (left < MOST_LEFT ? left : MOST_LEFT);
	if (f->page > 0 && !j->float_count && a->columns > 1)
		cost += flow_fewness(f, used);
	return cost;
}

/* One pass over all pages, from the beginning. */
static int64_t fill_pages(struct flow *f, const struct sheets *s)
{
	struct stops now = { .count = 1, .eager = f->eager };
	now.stop[0] = (struct stop){ .at = f->at, .placed = -1 };
	bool force = false, over = false;
	int stuck = 0;
	f->placed_count = 0;
	for (f->page = 0; !over && stuck < MOST_STUCK;) {
		bool first = f->page == 0, recto = s->recto == (f->page % 2 == 0);
		struct page_job j = { .flow = f,
				      .areas = first ? s->first : s->next[recto],
				      .area_count = first ? s->first_count : s->next_count[recto],
				      .force = force };
		fill_page(&j, now);
		bool placed = has_placed(&j);
		over = j.ended && !flow_any_waiting(f);
		force = !placed && !first;
		stuck = force ? stuck + 1 : 0;
		if (force && !over) /* nothing stands on it: no page yet */
			continue;
		if (placed)
			drop_unmoved(&j);
		if (over)
			j.out.stop[0].cost += last_page_cost(f, &j);
		choose_floats(&j);
		now = j.out;
		for (size_t i = 0; i < now.count; i++) {
			now.stop[i].cost += COST_PAGE;
			now.stop[i].result = FILL_FULL;
		}
		f->page++;
	}
	f->stuck = !over;
	f->pages = f->page;
	choose(f, &now.stop[0]);
	return now.stop[0].cost;
}

/* Where a filling began, and what it came to. */
struct outcome {
	struct progress at;
	enum fate *fates;
	struct placement *placed;
	size_t placed_count, placed_capacity;
	int pages;
	bool stuck;
};

static enum fate *copy_fates(const struct flow *f)
{
	enum fate *fates = NEW_ARRAY(f->composer->scratch, enum fate, f->count + 1);
	for (size_t i = 0; i < f->count; i++)
		fates[i] = f->fates[i];
	return fates;
}

static struct outcome outcome_of(const struct flow *f)
{
	return (struct outcome){ f->at,           copy_fates(f),      f->placed,
				 f->placed_count, f->placed_capacity, f->pages,
				 f->stuck };
}

static void return_to(struct flow *f, const struct outcome *o)
{
	f->at = o->at;
	for (size_t i = 0; i < f->count; i++)
		f->fates[i] = o->fates[i];
	f->placed = o->placed;
	f->placed_count = o->placed_count;
	f->placed_capacity = o->placed_capacity;
	f->pages = o->pages;
	f->stuck = o->stuck;
}

static void forget(struct flow *f)
{
	f->tried = NULL;
	f->placed = NULL;
	f->tried_count = f->row_count = f->row_capacity = 0;
	f->placed_count = f->placed_capacity = 0;
	f->pages = 0;
}

/* One pass more, which counts if it costs less than those before. */
static int64_t fill_better(struct flow *f, const struct sheets *s, const struct outcome *begin,
			   int64_t cost)
{
	struct outcome before = outcome_of(f);
	return_to(f, begin);
	int64_t better = fill_pages(f, s);
	if (better < cost)
		return better;
	return_to(f, &before);
	return cost;
}

int64_t flow_fill(struct flow *f, const struct sheets *s, bool quick)
{
	forget(f);
	struct outcome begin = outcome_of(f);
	f->elastic = f->eager = false;
	int64_t cost = fill_pages(f, s);
	if (quick || cost <= f->pages * COST_PAGE + COST_GOOD || f->count > MOST_ELASTIC)
		return cost;
	f->elastic = true;
	cost = fill_better(f, s, &begin, cost);
	f->eager = true;
	if (cost - f->pages * COST_PAGE >= COST_BAD)
		cost = fill_better(f, s, &begin, cost);
	return cost;
}

/* One pass over one area. */
static int64_t fill_one(struct flow *f, const struct area *area, int *bottom)
{
	struct stops now = { .count = 1 };
	now.stop[0] = (struct stop){ .at = f->at, .placed = -1 };
	struct page_job j = { .flow = f, .areas = area, .area_count = 1 };
	f->placed_count = 0;
	f->page = 0;
	enum fill_result r;
	fill_area(&j, &now, *area, &r); /* nothing floats, so nothing is met */
	*bottom = lowest(f, &now.stop[0], -1, area->column[0].y);
	f->pages = 1;
	choose(f, &now.stop[0]);
	return now.stop[0].cost;
}

int flow_fill_area(struct flow *f, const struct area *area)
{
	int bottom, lower;
	forget(f);
	struct outcome begin = outcome_of(f);
	f->plain = true;
	f->elastic = false;
	int64_t cost = fill_one(f, area, &bottom);
	if (cost > COST_GOOD && area->columns > 1 && flow_is_done(f)) {
		struct outcome plain = outcome_of(f);
		return_to(f, &begin);
		f->elastic = true;
		if (fill_one(f, area, &lower) < cost && flow_is_done(f))
			bottom = lower;
		else
			return_to(f, &plain);
	}
	f->plain = false;
	return bottom;
}

static void paint_those(struct flow *f, int filled, size_t page, bool apart)
{
	for (size_t i = 0; i < f->placed_count; i++) {
		const struct placement *p = &f->placed[i];
		bool is_apart = p->kind == PLACED_APART || p->kind == PLACED_AT_FOOT;
		if (p->page == filled && is_apart == apart)
			box_paint(f->composer, page, p->box, p->x, p->y, p->kind == PLACED_AGAIN);
	}
}

/* What stands apart is painted behind the page's text, whose words it does not
 * interrupt: where no structure tells the order, that of painting does. */
void flow_paint(struct flow *f, int filled, size_t page)
{
	paint_those(f, filled, page, false);
	paint_those(f, filled, page, true);
}
