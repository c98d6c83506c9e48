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
#include "compose/flow.h"

enum {
	MAX_FLOATS = 24, /* on one page */
	MOST_STUCK = 3, /* empty pages in a row */
	MOST_ELASTIC = 1500, /* blocks; longer articles are poured once */
	FEW_LINES = 10, /* on a last page: too few, or too few to leave empty */
};

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

void flow_start(struct flow *f, struct composer *c, struct block **blocks, size_t count,
		int max_height)
{
	arena_reset(c->scratch);
	*f = (struct flow){
		.composer = c, .blocks = blocks, .count = count, .max_height = max_height
	};
	f->fates = NEW_ARRAY(c->arena, enum fate, count + 1);
}

static bool any_waiting(const struct flow *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->fates[i] == FATE_WAITING)
			return true;
	return false;
}

bool flow_is_done(const struct flow *f)
{
	return f->at.block >= f->count && f->at.deferred_count == 0 && !any_waiting(f);
}

/* ---- stances ---- */

static int area_width(const struct area *a, int first, int columns)
{
	const struct column *last = &a->column[first + columns - 1];
	return last->x + last->width - a->column[first].x;
}

static int area_height(const struct area *a)
{
	return a->column[0].height;
}

static bool is_inset(const struct block *b)
{
	return b->kind == BLOCK_FIGURE && b->plates[0].picture->width == PICTURE_INSET;
}

static int gutter_of(const struct area *a)
{
	return a->column[1].x - a->column[0].x - a->column[0].width;
}

/* How far an inset reaches into each of its two columns: a third of their units. */
static int inset_depth(const struct area *a)
{
	return (a->column[0].width - 2 * gutter_of(a)) / 3;
}

/* Whether lines beside an inset still hold some words. */
static bool leaves_room(const struct composer *c, const struct area *a)
{
	enum { EMS = 12 };
	int room = a->column[0].width - inset_depth(a) - gutter_of(a);
	return room >= EMS * composer_style(c, NULL, STYLE_BODY)->size;
}

enum stance flow_stance(struct flow *f, const struct progress *p, const struct area *area,
			size_t block)
{
	struct composer *c = f->composer;
	/* what has begun cannot float any more */
	enum stance floating =
		f->plain || (p->block == block && p->box > 0) ? STANCE_BAND : STANCE_FLOAT;
	struct block *b = f->blocks[block];
	if (f->fates[block] != FATE_OPEN) /* it has its place, wherever the text is now */
		return STANCE_FLOAT;
	if (area->columns < 2)
		return STANCE_COLUMN;
	if (b->kind == BLOCK_TABLE) {
		int least, natural, column = area->column[0].width;
		table_widths(c, b, &least, &natural);
		if (least <= column && natural <= column * 9 / 4)
			return STANCE_COLUMN;
		int width = area_width(area, 0, area->columns);
		const struct setting *s = block_set(c, b, width, f->max_height);
		int height = boxes_height(s->boxes.box, s->boxes.count);
		return height <= area_height(area) * 9 / 20 ? floating : STANCE_BAND;
	}
	if (!b->spans_columns)
		return STANCE_COLUMN;
	if (is_inset(b))
		return f->plain || !leaves_room(c, area) ? STANCE_COLUMN : floating;
	return b->kind == BLOCK_FIGURE ? floating : STANCE_BAND;
}

/* ---- pictures across columns ---- */

static int float_columns(const struct block *b, const struct area *a)
{
	bool wide = b->kind == BLOCK_FIGURE && b->plates[0].picture->width == PICTURE_WIDE;
	return (wide || is_inset(b)) && a->columns > 2 ? 2 : a->columns;
}

/* A picture across the whole sheet, its caption within the frame, whose left edge
 * is x from the trim's. */
static const struct box *bleeding_box(struct flow *f, struct block *b, int x, int width)
{
	struct composer *c = f->composer;
	const struct grid *g = &c->layout->grid;
	int top = cap_offset(c, composer_style(c, NULL, STYLE_BODY));
	int height = picture_height(b->plates[0].picture, g->width), most = f->max_height * 11 / 20;
	height = height < most ? height : most;
	struct box *box = NEW(c->arena, struct box);
	box->place = b->place;
	box_picture(c, box, &b->plates[0],
		    (struct rect){ -x - g->bleed, top, g->width + 2 * g->bleed, height });
	box->height = box_caption(c, box, &b->plates[0], 0, top + height, width);
	return box->height <= f->max_height ? box : NULL;
}

static const struct box *float_box(struct flow *f, struct block *b, const struct area *a, int width)
{
	struct composer *c = f->composer;
	bool bleeds = b->kind == BLOCK_FIGURE && b->plates[0].picture->width == PICTURE_BLEED;
	const struct box *bleeding = bleeds ? bleeding_box(f, b, a->column[0].x, width) : NULL;
	if (bleeding)
		return bleeding;
	const struct setting *s = block_set(c, b, width, f->max_height);
	if (s->boxes.count == 1)
		return &s->boxes.box[0];
	struct box *whole = NEW(c->arena, struct box);
	whole->height = box_stack(c->arena, whole, s->boxes.box, s->boxes.count, 0, 0);
	whole->place = b->place;
	return whole;
}

static int reserved(const struct page_job *j, size_t area)
{
	int height = 0;
	for (size_t i = 0; i < j->float_count; i++)
		if (j->floats[i].area == area)
			height += j->floats[i].height;
	return height;
}

/* One to an area: text between two of them would be in shreds. */
static bool has_inset(const struct page_job *j, size_t area)
{
	for (size_t i = 0; i < j->float_count; i++)
		if (j->floats[i].inset && j->floats[i].area == area)
			return true;
	return false;
}

/* Reserves a place; false when the page has no room for one more. hungry: there
 * is no text to keep room for. */
static bool reserve(struct page_job *j, size_t block, size_t area, bool top, bool hungry)
{
	struct flow *f = j->flow;
	const struct area *a = &j->areas[area];
	struct block *b = f->blocks[block];
	bool inset = is_inset(b);
	if (j->float_count == MAX_FLOATS || (inset && has_inset(j, area)))
		return false;
	int columns = float_columns(b, a), first = top ? 0 : a->columns - columns;
	int width = inset ? 2 * inset_depth(a) + gutter_of(a) : area_width(a, first, columns);
	const struct box *box = float_box(f, b, a, width);
	int half = f->composer->layout->grid.baseline / 2;
	int height = grid_up(f->composer->layout, box->height + half);
	int room = area_height(a) - reserved(j, area);
	int limit = hungry ? room : area_height(a) * 13 / 20 - reserved(j, area);
	if (height > limit && !(hungry && j->force && j->float_count == 0))
		return false;
	j->floats[j->float_count++] = (struct page_float){ .block = block,
							   .area = area,
							   .box = box,
							   .first = first,
							   .columns = columns,
							   .height = height,
							   .top = top && !inset,
							   .inset = inset,
							   .sixths = 2 };
	f->fates[block] = FATE_HERE;
	return true;
}

static size_t roomiest_area(const struct page_job *j)
{
	size_t best = 0;
	for (size_t i = 1; i < j->area_count; i++)
		if (j->areas[i].columns > 1 &&
		    (j->areas[best].columns < 2 ||
		     area_height(&j->areas[i]) > area_height(&j->areas[best])))
			best = i;
	return best;
}

/* Those that the page before had no room for. */
static void place_waiting(struct page_job *j)
{
	struct flow *f = j->flow;
	size_t area = roomiest_area(j);
	for (size_t i = 0; i < f->count; i++) {
		if (f->fates[i] != FATE_WAITING)
			continue;
		bool hungry = !j->text_left || j->float_count == 0;
		if (!reserve(j, i, area, true, hungry))
			return;
	}
}

/* A block across columns was met: here, or on the next page. */
static void decide(struct page_job *j, size_t block)
{
	struct flow *f = j->flow;
	size_t area = j->current;
	bool foot_taken = false;
	for (size_t i = 0; i < j->float_count; i++)
		foot_taken = foot_taken || (j->floats[i].area == area && !j->floats[i].top &&
					    !j->floats[i].inset);
	bool waits = any_waiting(f); /* pictures keep their order */
	if (waits || !reserve(j, block, area, foot_taken || j->all_up, false))
		f->fates[block] = FATE_WAITING;
}

/* Stands in the way of two columns. */
static void place_inset(const struct layout *l, struct page_float *pf, const struct area *area,
			struct column *columns)
{
	struct column *left = &columns[pf->first], *right = left + 1;
	int gutter = gutter_of(area), depth = inset_depth(area);
	int top = left->y > right->y ? left->y : right->y;
	int room = left->y + left->height - top - pf->height;
	pf->x = left->x + left->width - depth;
	pf->y = top + (pf->top || room <= 0 ? 0 : grid_up(l, room * pf->sixths / 6));
	struct obstacle way = { .top = pf->y, .bottom = pf->y + pf->height };
	left->way = right->way = way;
	left->way.right = right->way.left = depth + gutter;
}

/* Takes a place at the top or foot of what is left of its columns. */
static void place_float(struct page_float *pf, struct column *columns)
{
	struct column *c = &columns[pf->first];
	int top = c->y, bottom = c->y + c->height;
	for (int i = pf->first; i < pf->first + pf->columns; i++) {
		if (columns[i].y > top)
			top = columns[i].y;
		if (columns[i].y + columns[i].height < bottom)
			bottom = columns[i].y + columns[i].height;
	}
	pf->x = c->x;
	pf->y = pf->top ? top : bottom - pf->box->height;
	for (int i = pf->first; i < pf->first + pf->columns; i++) {
		int new_top = pf->top ? top + pf->height : columns[i].y;
		int new_bottom = pf->top ? columns[i].y + columns[i].height : bottom - pf->height;
		columns[i].y = new_top;
		columns[i].height = new_bottom > new_top ? new_bottom - new_top : 0;
	}
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
	for (int k = s->placed; k >= 0 && k != from && f->tried[k].page == f->page;
	     k = f->tried[k].previous) {
		int bottom = f->tried[k].y + f->tried[k].box->height;
		y = bottom > y ? bottom : y;
	}
	return y;
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
		bool fresh = from < 0 || f->tried[from].page != f->page;
		struct band_task task = { .flow = f,
					  .area = &band,
					  .limit = limit,
					  .balance = !across && (!ends || area.balance),
					  .force = j->force && fresh };
		struct stops out = { .count = 0 };
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
	j->out.count = 0;
	j->ended = false;
	for (size_t i = 0; i < j->area_count && now.count && !j->ended; i++) {
		struct area area = j->areas[i];
		enum fill_result r;
		for (size_t k = 0; k < j->float_count; k++)
			if (j->floats[k].area == i && !j->floats[k].inset)
				place_float(&j->floats[k], area.column);
		for (size_t k = 0; k < j->float_count; k++)
			if (j->floats[k].area == i && j->floats[k].inset)
				place_inset(j->flow->composer->layout, &j->floats[k], &area,
					    area.column);
		j->current = i;
		if (!fill_area(j, &now, area, &r))
			return false;
		j->ended = r == FILL_END;
		struct stops on = { .count = 0 };
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
		if (k >= 0 && f->tried[k].page == f->page)
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
		bool moved = k >= 0 && f->tried[k].page == f->page;
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
	place_waiting(j);
	for (;;) {
		if (!try_page(j, &in)) {
			if (agree(&in, f->met))
				decide(j, f->met);
			continue;
		}
		if (!j->ended || any_waiting(f) || j->all_up || !hangs(j)) {
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
	size_t count = 0;
	for (int k = s->placed; k >= 0; k = f->tried[k].previous)
		count++;
	struct placement none = { 0 };
	for (size_t i = 0; i < count; i++)
		PUSH(f->composer->scratch, f->placed, f->placed_count, f->placed_capacity, none);
	size_t at = f->placed_count;
	for (int k = s->placed; k >= 0; k = f->tried[k].previous)
		f->placed[--at] = f->tried[k];
	f->at = s->at;
}

/* A page for a few lines is a page too many; a few lines left at its foot are a
 * page that was nearly filled. */
static int64_t last_page_cost(const struct flow *f, const struct page_job *j)
{
	const struct column *c = &j->areas[0].column[0];
	int line = f->composer->layout->grid.baseline;
	if (j->area_count > 1)
		return 0;
	int64_t used = (lowest(f, &j->out.stop[0], -1, c->y) - c->y) / line;
	int64_t left = c->height / line - used, missing = FEW_LINES - used;
	int64_t cost = COST_FOOT * (left < FEW_LINES ? left : FEW_LINES);
	if (f->page > 0 && !j->float_count && missing > 0)
		cost += COST_LINE * missing * missing;
	return cost;
}

/* One pass over all pages, from the beginning. */
static int64_t fill_pages(struct flow *f, const struct sheets *s)
{
	struct stops now = { .count = 1 };
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
		over = j.ended && !any_waiting(f);
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
	f->tried = f->placed = NULL;
	f->tried_count = f->tried_capacity = f->placed_count = f->placed_capacity = 0;
	f->pages = 0;
}

int64_t flow_fill(struct flow *f, const struct sheets *s, bool quick)
{
	forget(f);
	struct outcome begin = outcome_of(f);
	f->elastic = false;
	int64_t cost = fill_pages(f, s);
	if (quick || cost <= f->pages * COST_PAGE + COST_GOOD || f->count > MOST_ELASTIC)
		return cost;
	struct outcome plain = outcome_of(f);
	return_to(f, &begin);
	f->elastic = true;
	int64_t better = fill_pages(f, s);
	if (better < cost)
		return better;
	return_to(f, &plain);
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
