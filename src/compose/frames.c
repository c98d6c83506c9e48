#include "compose/frames.h"

struct rect margins_rect(const struct layout *l, bool recto)
{
	const struct grid *g = &l->grid;
	return (struct rect){ recto ? g->inner : g->outer, g->top, g->width - g->inner - g->outer,
			      g->height - g->top - g->bottom };
}

static int floor_div(int a, int b)
{
	return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* A frame drawn in millimetres may miss its line by a hair. */
static int hair(const struct layout *l)
{
	return l->grid.baseline / 16;
}

int grid_line_down(const struct layout *l, int y)
{
	int b = l->grid.baseline;
	return l->grid.top - floor_div(l->grid.top - (y - hair(l)), b) * b;
}

int grid_line_up(const struct layout *l, int y)
{
	int b = l->grid.baseline;
	return l->grid.top + floor_div(y + hair(l) - l->grid.top, b) * b;
}

struct area area_of(const struct layout *l, struct rect r, int columns, int gutter)
{
	struct area a = { .columns = columns < 1 ? 1 : columns };
	if (a.columns > MAX_COLUMNS)
		a.columns = MAX_COLUMNS;
	int top = grid_line_down(l, r.y), bottom = grid_line_up(l, r.y + r.height);
	if (bottom < top)
		bottom = top;
	/* All alike to the last unit: a text that goes on at another width is set anew. */
	int width = (r.width - (a.columns - 1) * gutter) / a.columns;
	for (int i = 0; i < a.columns; i++)
		a.column[i] = (struct column){ .x = r.x + i * (width + gutter),
					       .y = top,
					       .width = width,
					       .height = bottom - top };
	return a;
}

struct area area_of_frame(const struct layout *l, const struct frame *f, struct rect r,
			  int head_bottom)
{
	r.y += f->inset;
	r.height -= 2 * f->inset;
	if (f->below_head && head_bottom > 0) {
		int bottom = r.y + r.height;
		r.y = head_bottom;
		r.height = bottom - r.y;
	}
	r.x += f->inset;
	r.width -= 2 * f->inset;
	struct area a = area_of(l, r, f->columns, f->gutter);
	a.balance = f->balance;
	return a;
}

int area_clear(const struct area *a, int y)
{
	for (int i = 0; i < a->columns; i++)
		y = a->column[i].way.bottom > y ? a->column[i].way.bottom : y;
	return y;
}

size_t areas_of(const struct layout *l, const struct master *m, bool recto, int head_bottom,
		struct area areas[], size_t capacity)
{
	size_t count = 0;
	for (size_t i = 0; m && i < m->frame_count && count < capacity; i++)
		if (m->frames[i].role == FRAME_TEXT)
			areas[count++] =
				area_of_frame(l, &m->frames[i], frame_rect(l, &m->frames[i], recto),
					      head_bottom);
	if (count)
		return count;
	struct rect r = margins_rect(l, recto);
	if (head_bottom > r.y) {
		r.height -= head_bottom - r.y;
		r.y = head_bottom;
	}
	areas[0] = area_of(l, r, 1, l->grid.gutter);
	areas[0].balance = true;
	return 1;
}

const struct frame *master_frame(const struct master *m, enum frame_role r)
{
	for (size_t i = 0; m && i < m->frame_count; i++)
		if (m->frames[i].role == r)
			return &m->frames[i];
	return NULL;
}

int master_height(const struct layout *l, const struct master *m)
{
	struct area areas[16];
	size_t count = areas_of(l, m, true, 0, areas, 16);
	int height = 0;
	for (size_t i = 0; i < count; i++)
		if (areas[i].column[0].height > height)
			height = areas[i].column[0].height;
	return height;
}

int master_narrowest(const struct layout *l, const struct master *m)
{
	struct area areas[16];
	size_t count = areas_of(l, m, true, 0, areas, 16);
	int width = areas[0].column[0].width;
	for (size_t i = 1; i < count; i++)
		if (areas[i].column[0].width < width)
			width = areas[i].column[0].width;
	return width;
}
