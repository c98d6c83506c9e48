/* One column.
 *
 * HOW IT WORKS. Boxes are placed from the top until one does not fit. A floating
 * one is put off to the top of the next column and the text goes on; for any
 * other the column ends, behind the placed box where ending costs least: each box
 * has its price (widows, headings without text), each grid line left empty costs
 * more than the one before. Everything is integer and depends on nothing but the
 * blocks, so a trial may be thrown away and repeated.
 * The road not taken yet: choosing all breaks of an article together (Plass); the
 * prices and the trials are made for it. */
#include "compose/flow.h"

struct filling {
	struct flow *flow;
	struct progress *at;
	const struct area *area;
	struct column column;
	size_t start; /* of this column's placements in the trial */
	int y; /* end of the last box, from the column's top */
	int after; /* its space after */
	bool first; /* nothing stands yet */
	struct progress begin; /* behind what had been put off */
};

static struct block *block_at(const struct flow *f, const struct progress *p)
{
	return p->rest ? p->rest : f->blocks[p->block];
}

/* A panel that must be divided is set for the narrowest column it may meet, so
 * that its pieces fit wherever they come to stand. */
static const struct setting *panel_at(struct flow *f, struct block *b, int width)
{
	const struct setting *s = block_set(f->composer, b, width, f->max_height);
	if (s->boxes.count < 2 || !f->narrowest || f->narrowest >= width)
		return s;
	return block_set(f->composer, b, f->narrowest, f->max_height);
}

/* The setting in which p->box counts. A text that goes on at another width is
 * set anew from where it stopped. */
static const struct setting *setting_at(struct flow *f, struct progress *p, int width)
{
	struct composer *c = f->composer;
	struct block *b = block_at(f, p);
	if (b->kind == BLOCK_PANEL)
		return panel_at(f, b, p->box ? p->width : width);
	if (p->box == 0 || p->width == width)
		return block_set(c, b, width, f->max_height);
	const struct setting *old = block_set(c, b, p->width, f->max_height);
	if (b->kind == BLOCK_TEXT) {
		struct block *rest = block_rest(c, b, old->boxes.box, p->box);
		if (!rest)
			return old;
		p->rest = rest;
		p->box = 0;
		return block_set(c, rest, width, f->max_height);
	}
	size_t plates = old->boxes.box[p->box - 1].plates;
	if (b->kind == BLOCK_GALLERY && plates && plates < b->plate_count) {
		struct block *rest = NEW(c->arena, struct block);
		*rest = *b;
		rest->plates += plates;
		rest->plate_count -= plates;
		rest->settings = NULL;
		p->rest = rest;
		p->box = 0;
		return block_set(c, rest, width, f->max_height);
	}
	const struct setting *new = block_set(c, b, width, f->max_height);
	bool rows = b->kind == BLOCK_TABLE && new->boxes.count == b->rows;
	return rows && new->boxes.count == old->boxes.count ? new : old;
}

static void step(struct progress *p, const struct setting *s, int width)
{
	p->width = width;
	if (++p->box < s->boxes.count)
		return;
	p->block++;
	p->box = 0;
	p->rest = NULL;
}

static void place(struct filling *f, const struct box *b, int top, bool artifact, bool pinned)
{
	struct trial *t = &f->flow->trial;
	struct placement p = { .box = b,
			       .x = f->column.x,
			       .y = f->column.y + top,
			       .bottom = f->column.y + top + b->height,
			       .artifact = artifact,
			       .pinned = pinned };
	PUSH(f->flow->composer->arena, t->items, t->count, t->capacity, p);
	f->y = top + b->height;
	f->after = b->after;
	f->first = false;
}

/* Where the box's top would be, from the column's. */
static int top_of(const struct filling *f, const struct box *b, int extra)
{
	int top = f->first ? 0 : f->y + (f->after > b->before ? f->after : b->before);
	if (!b->snap)
		return top + extra;
	return grid_up(f->flow->composer->layout, top + extra + b->height) - b->height;
}

static bool fits(const struct filling *f, const struct box *b, int top)
{
	return top + b->height <= f->column.height;
}

/* What was put off comes first. */
static void place_deferred(struct filling *f, bool force)
{
	struct progress *p = f->at;
	while (p->deferred_count) {
		struct block *b = f->flow->blocks[p->deferred[0]];
		const struct setting *s = panel_at(f->flow, b, f->column.width);
		size_t k = p->deferred_box < s->boxes.count ? p->deferred_box : s->boxes.count - 1;
		const struct box *box = &s->boxes.box[k];
		int top = top_of(f, box, 0);
		if (!fits(f, box, top) && !(force && f->first))
			return;
		place(f, box, top, false, true);
		f->flow->trial.items[f->flow->trial.count - 1].after = *p;
		p->deferred_box = k + 1;
		if (p->deferred_box < s->boxes.count)
			continue;
		p->deferred_box = 0;
		for (size_t i = 1; i < p->deferred_count; i++)
			p->deferred[i - 1] = p->deferred[i];
		p->deferred_count--;
	}
}

/* The head of a table or the bar of a region above the first box of a column. */
static void place_repeat(struct filling *f, const struct box *b)
{
	if (!f->first || !b->repeat)
		return;
	int top = top_of(f, b->repeat, 0);
	if (top + b->repeat->height + b->height > f->column.height)
		return;
	place(f, b->repeat, top, true, true);
	f->flow->trial.items[f->flow->trial.count - 1].after = *f->at;
}

/* A word divided where the page is turned is hard on the reader; two empty lines
 * are better. Within the page the eye finds the next column. */
static int division_cost(const struct filling *f, const struct box *b)
{
	const struct column *last = &f->area->column[f->area->columns - 1];
	bool divided = b->line && b->line->hyphenated;
	return divided && f->column.x == last->x ? COST_DIVIDED : COST_FREE;
}

static int64_t price(const struct filling *f, const struct placement *last,
		     const struct placement *p)
{
	int64_t lines = (last->bottom - p->bottom) / f->flow->composer->layout->grid.baseline;
	return p->box->break_cost + division_cost(f, p->box) + COST_LINE * lines * lines;
}

/* Better nothing than a lonely heading: takes all text out of the column, down to
 * what had been put off, when that is cheaper. */
static bool clear_column(struct filling *f, int64_t least)
{
	struct trial *t = &f->flow->trial;
	size_t keep = f->start;
	while (keep < t->count && t->items[keep].pinned && !t->items[keep].artifact)
		keep++;
	int top = keep > f->start ? t->items[keep - 1].bottom : f->column.y;
	int64_t lines =
		(f->column.y + f->column.height - top) / f->flow->composer->layout->grid.baseline;
	if ((keep == f->start && lines > 20) || COST_LINE * lines * lines >= least)
		return false;
	t->count = keep;
	*f->at = f->begin;
	return true;
}

/* Takes back what stands behind the cheapest end of the column. */
static void end_column(struct filling *f, bool force)
{
	struct trial *t = &f->flow->trial;
	if (t->count == f->start)
		return;
	const struct placement *last = &t->items[t->count - 1];
	size_t best = t->count;
	int64_t least = INT64_MAX;
	for (size_t i = t->count; i-- > f->start && !t->items[i].pinned;) {
		int64_t cost = price(f, last, &t->items[i]);
		if (cost < least) {
			least = cost;
			best = i;
		}
	}
	if (best == t->count) /* only what was pinned */
		return;
	if (!force && least >= COST_WIDOW && clear_column(f, least))
		return;
	if (t->items[best].box->break_cost > f->flow->worst)
		f->flow->worst = t->items[best].box->break_cost;
	if (best + 1 == t->count)
		return;
	*f->at = t->items[best].after;
	t->count = best + 1;
}

static bool defer(struct filling *f, const struct box *b, const struct setting *s)
{
	struct progress *p = f->at;
	if (!b->floats || s->boxes.count > 1 || p->deferred_count == MAX_DEFERRED)
		return false;
	p->deferred[p->deferred_count++] = p->block;
	p->block++;
	p->box = 0;
	p->rest = NULL;
	return true;
}

/* A break the editor asked for; it does nothing where a column begins. */
static bool obey_break(struct filling *f, enum fill_result *result)
{
	const struct block *b = block_at(f->flow, f->at);
	f->at->block++;
	f->at->box = 0;
	if (f->first && !(b->page && f->flow->trial.count))
		return false;
	*result = b->page ? FILL_BREAK_PAGE : FILL_BREAK_COLUMN;
	return true;
}

/* One block or box further. False when the column is at its end. */
static bool advance(struct filling *f, bool force, enum fill_result *result)
{
	struct flow *flow = f->flow;
	struct progress *p = f->at;
	struct block *b = block_at(flow, p);
	if (b->kind == BLOCK_BREAK)
		return !obey_break(f, result);
	if (flow_stance(flow, p, f->area, p->block) == STANCE_FLOAT) {
		if (flow->fates[p->block] == FATE_OPEN) {
			flow->met = p->block;
			*result = FILL_FLOAT;
			return false;
		}
		p->block++;
		p->box = 0;
		return true;
	}
	const struct setting *s = setting_at(flow, p, f->column.width);
	if (p->box >= s->boxes.count) {
		p->block++;
		p->box = 0;
		p->rest = NULL;
		return true;
	}
	const struct box *box = &s->boxes.box[p->box];
	if (box->vanishes && f->first) {
		step(p, s, s->width);
		return true;
	}
	if (box->floats && p->deferred_count && !force && defer(f, box, s))
		return true;
	struct filling before = *f;
	size_t count = flow->trial.count;
	place_repeat(f, box);
	int top = top_of(f, box, 0);
	if (!fits(f, box, top) && !(force && flow->trial.count == f->start)) {
		*f = before;
		flow->trial.count = count;
		if (defer(f, box, s))
			return true;
		end_column(f, force);
		*result = FILL_FULL;
		return false;
	}
	place(f, box, top, false, false);
	step(p, s, s->width);
	flow->trial.items[flow->trial.count - 1].after = *p;
	return true;
}

enum fill_result column_fill(struct flow *flow, struct progress *p, const struct area *area,
			     struct column col, size_t limit, bool force)
{
	struct filling f = { .flow = flow,
			     .at = p,
			     .area = area,
			     .column = col,
			     .start = flow->trial.count,
			     .first = true };
	enum fill_result result = FILL_END;
	place_deferred(&f, force);
	f.begin = *p;
	while (p->block < limit && advance(&f, force, &result))
		;
	return result;
}
