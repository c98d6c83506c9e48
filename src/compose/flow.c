/* A page's areas are filled.
 *
 * THE MODEL. The text runs through the columns of each area in turn. Some blocks
 * stand across columns: pictures and small tables float to the top or foot of the
 * page on which they are met (or of the next one); galleries and long tables cut
 * the area into bands, the text above them being balanced.
 *
 * HOW IT WORKS. A page is tried; when a block across columns is met, a place is
 * reserved for it and the page is tried again from its start. Each such block is
 * decided upon once a page, so trials end. */
#include "compose/flow.h"

enum { MAX_FLOATS = 24 };

/* A block across columns with its place on the page. */
struct page_float {
	size_t block, area;
	const struct box *box;
	int first, columns; /* of the area's columns */
	int height; /* reserved: whole grid lines */
	bool top;
};

struct page_job {
	struct flow *flow;
	const struct area *areas;
	size_t area_count;
	bool force, all_up; /* all_up: the article ends here, nothing sinks to the foot */
	struct page_float floats[MAX_FLOATS];
	size_t float_count;
	size_t current; /* area being filled */
};

void flow_start(struct flow *f, struct composer *c, struct block **blocks, size_t count,
		int max_height)
{
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
	return b->kind == BLOCK_FIGURE ? floating : STANCE_BAND;
}

/* ---- pictures across columns ---- */

static int float_columns(const struct block *b, const struct area *a)
{
	bool wide = b->kind == BLOCK_FIGURE && b->plates[0].picture->width == PICTURE_WIDE;
	return wide && a->columns > 2 ? 2 : a->columns;
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

/* Reserves a place; false when the page has no room for one more. hungry: there
 * is no text to keep room for. */
static bool reserve(struct page_job *j, size_t block, size_t area, bool top, bool hungry)
{
	struct flow *f = j->flow;
	const struct area *a = &j->areas[area];
	struct block *b = f->blocks[block];
	if (j->float_count == MAX_FLOATS)
		return false;
	int columns = float_columns(b, a), first = top ? 0 : a->columns - columns;
	const struct box *box = float_box(f, b, a, area_width(a, first, columns));
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
							   .top = top };
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
	bool text_left = f->at.block < f->count || f->at.deferred_count;
	for (size_t i = 0; i < f->count; i++) {
		if (f->fates[i] != FATE_WAITING)
			continue;
		bool hungry = !text_left || j->float_count == 0;
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
		foot_taken = foot_taken || (j->floats[i].area == area && !j->floats[i].top);
	bool waits = any_waiting(f); /* pictures keep their order */
	if (waits || !reserve(j, block, area, foot_taken || j->all_up, false))
		f->fates[block] = FATE_WAITING;
}

static void place_float(struct page_job *j, const struct page_float *pf, struct column *columns)
{
	struct trial *t = &j->flow->trial;
	struct column *c = &columns[pf->first];
	int top = c->y, bottom = c->y + c->height;
	for (int i = pf->first; i < pf->first + pf->columns; i++) {
		if (columns[i].y > top)
			top = columns[i].y;
		if (columns[i].y + columns[i].height < bottom)
			bottom = columns[i].y + columns[i].height;
	}
	int y = pf->top ? top : bottom - pf->box->height;
	struct placement p = { .box = pf->box,
			       .x = c->x,
			       .y = y,
			       .bottom = y + pf->box->height,
			       .pinned = true,
			       .after = j->flow->at };
	PUSH(j->flow->composer->arena, t->items, t->count, t->capacity, p);
	for (int i = pf->first; i < pf->first + pf->columns; i++) {
		int new_top = pf->top ? top + pf->height : columns[i].y;
		int new_bottom = pf->top ? columns[i].y + columns[i].height : bottom - pf->height;
		columns[i].y = new_top;
		columns[i].height = new_bottom > new_top ? new_bottom - new_top : 0;
	}
}

/* ---- bands ---- */

static int lowest(const struct trial *t, size_t from, int bottom)
{
	for (size_t i = from; i < t->count; i++)
		if (t->items[i].bottom > bottom)
			bottom = t->items[i].bottom;
	return bottom;
}

/* The columns down to a common foot. */
static enum fill_result try_band(struct flow *f, struct progress *p, const struct area *area,
				 size_t limit, bool force, int foot)
{
	enum fill_result r = FILL_FULL;
	f->worst = 0;
	for (int i = 0; i < area->columns; i++) {
		struct column c = area->column[i];
		if (c.y + c.height > foot)
			c.height = foot > c.y ? foot - c.y : 0;
		r = column_fill(f, p, area, c, limit, force && i == 0);
		if (r == FILL_BREAK_PAGE || r == FILL_FLOAT)
			return r;
		if (r == FILL_END && p->deferred_count == 0)
			return r;
	}
	return r == FILL_END ? FILL_FULL : r == FILL_BREAK_COLUMN ? FILL_FULL : r;
}

/* Where the columns would end if their filling could be shared out evenly:
 * balanced columns cannot end higher. */
static int mean_foot(const struct flow *f, const struct area *area, size_t from)
{
	int64_t sum = 0, room = 0;
	int foot = area->column[0].y, line = f->composer->layout->grid.baseline;
	for (int i = 0; i < area->columns; i++) {
		int y = area->column[i].y;
		for (size_t k = from; k < f->trial.count; k++)
			if (f->trial.items[k].x == area->column[i].x &&
			    f->trial.items[k].bottom > y)
				y = f->trial.items[k].bottom;
		sum += y - area->column[i].y;
		if (area->column[i].y < foot)
			foot = area->column[i].y;
	}
	while (room < sum) {
		foot += line;
		room = 0;
		for (int i = 0; i < area->columns; i++)
			if (foot > area->column[i].y)
				room += foot - area->column[i].y;
	}
	return foot;
}

enum fill_result band_fill(struct flow *f, struct progress *p, const struct area *area,
			   size_t limit, bool balance, bool force, int *bottom)
{
	struct progress begin = *p;
	size_t from = f->trial.count;
	int line = f->composer->layout->grid.baseline, full = area->column[0].y;
	for (int i = 0; i < area->columns; i++)
		if (area->column[i].y + area->column[i].height > full)
			full = area->column[i].y + area->column[i].height;
	enum fill_result r = try_band(f, p, area, limit, force, full);
	if (r == FILL_END && balance && area->columns > 1) {
		int foot = mean_foot(f, area, from) - line, price = f->worst;
		/* no lonely lines for the sake of balance */
		for (r = FILL_FULL; (r != FILL_END || f->worst > price) && foot < full;) {
			foot += line;
			*p = begin;
			f->trial.count = from;
			r = try_band(f, p, area, limit, force, foot);
		}
		if (r != FILL_END) {
			*p = begin;
			f->trial.count = from;
			r = try_band(f, p, area, limit, force, full);
		}
	}
	*bottom = lowest(&f->trial, from, area->column[0].y);
	return r;
}

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

/* Fills one area band by band. */
static enum fill_result fill_area(struct flow *f, struct progress *p, struct area area, bool force,
				  int *bottom)
{
	enum fill_result r = FILL_END;
	while (r == FILL_END && (p->block < f->count || p->deferred_count)) {
		bool across = p->block < f->count && p->deferred_count == 0 &&
			      flow_stance(f, p, &area, p->block) == STANCE_BAND;
		size_t limit = across ? p->block + 1 : next_band(f, p, &area);
		struct area band = across ? area_across(&area) : area;
		bool ends = limit == f->count;
		r = band_fill(f, p, &band, limit, !across && (!ends || area.balance),
			      force && f->trial.count == 0, bottom);
		if (r == FILL_END && (across || !ends))
			area = area_below(f->composer, &area,
					  *bottom + f->composer->layout->grid.baseline / 2);
	}
	return r;
}

static enum fill_result try_page(struct page_job *j)
{
	struct flow *f = j->flow;
	enum fill_result r = FILL_END;
	for (size_t i = 0; i < j->area_count; i++) {
		struct area area = j->areas[i];
		for (size_t k = 0; k < j->float_count; k++)
			if (j->floats[k].area == i)
				place_float(j, &j->floats[k], area.column);
		j->current = i;
		int bottom;
		r = fill_area(f, &f->at, area, j->force, &bottom);
		if (r == FILL_FLOAT || r == FILL_BREAK_PAGE)
			return r;
	}
	return r;
}

static bool has_foot(const struct page_job *j)
{
	for (size_t i = 0; i < j->float_count; i++)
		if (!j->floats[i].top)
			return true;
	return false;
}

void flow_fill_page(struct flow *f, const struct area *areas, size_t count, bool force)
{
	struct page_job j = { .flow = f, .areas = areas, .area_count = count, .force = force };
	struct progress begin = f->at;
	place_waiting(&j);
	for (;;) {
		f->at = begin;
		f->trial.count = 0;
		enum fill_result r = try_page(&j);
		if (r == FILL_FLOAT) {
			decide(&j, f->met);
			continue;
		}
		if (flow_is_done(f) && has_foot(&j) && !j.all_up) {
			j.all_up = true;
			for (size_t i = 0; i < j.float_count; i++) {
				j.floats[i].top = true;
				j.floats[i].first = 0;
			}
			continue;
		}
		break;
	}
	for (size_t i = 0; i < j.float_count; i++)
		f->fates[j.floats[i].block] = FATE_DONE;
}

int flow_fill_area(struct flow *f, const struct area *area)
{
	int bottom = area->column[0].y;
	f->trial.count = 0;
	f->plain = true;
	fill_area(f, &f->at, *area, false, &bottom);
	f->plain = false;
	return bottom;
}

void flow_paint(struct flow *f, size_t page)
{
	for (size_t i = 0; i < f->trial.count; i++) {
		const struct placement *p = &f->trial.items[i];
		box_paint(f->composer, page, p->box, p->x, p->y, p->artifact);
	}
	f->trial.count = 0;
}
