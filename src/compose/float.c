/* What stands across columns: where it comes to rest.
 *
 * A picture or a small table floats to the foot of the page on which it is met, or
 * to its top when something stands there already or the article ends; one that
 * finds no room waits for the next page, and those behind it with it. An inset
 * stands between two columns, in the way of their lines. */
#include "compose/float.h"

/* ---- stances ---- */

int area_width(const struct area *a, int first, int columns)
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

static int float_columns(const struct block *b, const struct area *a)
{
	bool wide = b->kind == BLOCK_FIGURE && b->plates[0].picture->width == PICTURE_WIDE;
	return (wide || is_inset(b)) && a->columns > 2 ? 2 : a->columns;
}

/* How wide a block stands across the columns of an area. */
static int float_width(const struct block *b, const struct area *a)
{
	return is_inset(b) ? 2 * inset_depth(a) + gutter_of(a)
			   : area_width(a, 0, float_columns(b, a));
}

/* Whether a picture has so long a caption that both are no single box: such a one
 * goes with the text, which can be divided. */
static bool is_parted(struct flow *f, struct block *b, const struct area *a)
{
	return block_set(f->composer, b, float_width(b, a), f->max_height)->boxes.count > 1;
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
		return f->plain || !leaves_room(c, area) || is_parted(f, b, area) ? STANCE_COLUMN
										  : floating;
	return b->kind == BLOCK_FIGURE && !is_parted(f, b, area) ? floating : STANCE_BAND;
}

/* ---- pictures across columns ---- */

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
	whole->height = box_stack(c, whole, s->boxes.box, s->boxes.count, 0, 0);
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
	const struct box *box = float_box(f, b, a, float_width(b, a));
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
void floats_wait_no_more(struct page_job *j)
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
void float_decide(struct page_job *j, size_t block)
{
	struct flow *f = j->flow;
	size_t area = j->current;
	bool foot_taken = false;
	for (size_t i = 0; i < j->float_count; i++)
		foot_taken = foot_taken || (j->floats[i].area == area && !j->floats[i].top &&
					    !j->floats[i].inset);
	bool waits = flow_any_waiting(f); /* pictures keep their order */
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

void floats_place(struct page_job *j, size_t index, struct area *area)
{
	for (size_t k = 0; k < j->float_count; k++)
		if (j->floats[k].area == index && !j->floats[k].inset)
			place_float(&j->floats[k], area->column);
	for (size_t k = 0; k < j->float_count; k++)
		if (j->floats[k].area == index && j->floats[k].inset)
			place_inset(j->flow->composer->layout, &j->floats[k], area, area->column);
}
