#include "pdf/outline.h"

#include "base/arena.h"

#include <string.h>

enum { SUB = 256, LEVELS = 16, POINTS = 8 /* of a curve */, FINE = 64 };

/* One glyph being walked. */
struct pen {
	struct outline *outline;
	int64_t x, y; /* the glyph's origin */
	int64_t em, units; /* units in 1/FINE */
	int at_x, at_y, start_x, start_y;
};

static int scaled(const struct pen *p, float v, int64_t origin, int64_t sign)
{
	int64_t fine = (int64_t)(v * FINE); /* exact: outlines are whole or half units */
	return (int)(origin + sign * fine * p->em / p->units);
}

static void line(struct pen *p, int x, int y)
{
	struct outline *o = p->outline;
	struct edge e = { p->at_x, p->at_y, x, y, 1 };
	if (y < p->at_y)
		e = (struct edge){ x, y, p->at_x, p->at_y, -1 };
	if (y != p->at_y)
		PUSH(o->arena, o->edges, o->count, o->capacity, e);
	p->at_x = x;
	p->at_y = y;
}

static void close_path(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, void *unused)
{
	(void)f, (void)s, (void)unused;
	struct pen *p = data;
	line(p, p->start_x, p->start_y);
}

static void move_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y,
		    void *unused)
{
	(void)f, (void)s, (void)unused;
	struct pen *p = data;
	p->at_x = p->start_x = scaled(p, x, p->x, 1);
	p->at_y = p->start_y = scaled(p, y, p->y, -1);
}

static void line_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y,
		    void *unused)
{
	(void)f, (void)s, (void)unused;
	struct pen *p = data;
	line(p, scaled(p, x, p->x, 1), scaled(p, y, p->y, -1));
}

/* Points of a Bézier curve with four control points along one axis. */
static int cubic(int64_t a, int64_t b, int64_t c, int64_t d, int64_t i)
{
	int64_t u = POINTS - i, t = i;
	return (int)((u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d) /
		     (POINTS * POINTS * POINTS));
}

static void curve(struct pen *p, int bx, int by, int cx, int cy, int dx, int dy)
{
	int ax = p->at_x, ay = p->at_y;
	for (int i = 1; i <= POINTS; i++)
		line(p, cubic(ax, bx, cx, dx, i), cubic(ay, by, cy, dy, i));
}

static void cubic_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float ax, float ay,
		     float bx, float by, float x, float y, void *unused)
{
	(void)f, (void)s, (void)unused;
	struct pen *p = data;
	curve(p, scaled(p, ax, p->x, 1), scaled(p, ay, p->y, -1), scaled(p, bx, p->x, 1),
	      scaled(p, by, p->y, -1), scaled(p, x, p->x, 1), scaled(p, y, p->y, -1));
}

/* A quadratic curve is a cubic one whose inner points lie two thirds of the way. */
static void quadratic_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float qx, float qy,
			 float x, float y, void *unused)
{
	(void)f, (void)s, (void)unused;
	struct pen *p = data;
	int cx = scaled(p, qx, p->x, 1), cy = scaled(p, qy, p->y, -1);
	int dx = scaled(p, x, p->x, 1), dy = scaled(p, y, p->y, -1);
	curve(p, (p->at_x + 2 * cx) / 3, (p->at_y + 2 * cy) / 3, (dx + 2 * cx) / 3,
	      (dy + 2 * cy) / 3, dx, dy);
}

void outline_open(struct outline *o, struct arena *a)
{
	*o = (struct outline){ .arena = a, .pens = hb_draw_funcs_create() };
	hb_draw_funcs_set_move_to_func(o->pens, move_to, NULL, NULL);
	hb_draw_funcs_set_line_to_func(o->pens, line_to, NULL, NULL);
	hb_draw_funcs_set_quadratic_to_func(o->pens, quadratic_to, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(o->pens, cubic_to, NULL, NULL);
	hb_draw_funcs_set_close_path_func(o->pens, close_path, NULL, NULL);
}

void outline_close(struct outline *o)
{
	hb_draw_funcs_destroy(o->pens);
}

void outline_clear(struct outline *o)
{
	o->count = 0;
}

void outline_add(struct outline *o, hb_font_t *font, unsigned glyph, int64_t x, int64_t y,
		 int64_t em, int64_t units)
{
	struct pen p = { .outline = o, .x = x, .y = y, .em = em, .units = units * FINE };
	hb_font_get_glyph_shape(font, glyph, o->pens, &p);
}

/* Where edges cross one level, from left to right. */
struct crossing {
	int x, winding;
};

/* The edges that reach into a row of pixels. */
static size_t edges_of_row(const struct outline *o, int y, const struct edge **edges)
{
	size_t count = 0;
	for (size_t i = 0; i < o->count; i++)
		if (o->edges[i].y0 < (y + 1) * SUB && o->edges[i].y1 > y * SUB)
			edges[count++] = &o->edges[i];
	return count;
}

static size_t cross(const struct edge **edges, size_t edge_count, int y, struct crossing *crossings)
{
	size_t count = 0;
	for (size_t i = 0; i < edge_count; i++) {
		const struct edge *e = edges[i];
		if (y < e->y0 || y >= e->y1)
			continue;
		int64_t run = (int64_t)(e->x1 - e->x0) * (y - e->y0) / (e->y1 - e->y0);
		struct crossing c = { e->x0 + (int)run, e->winding };
		size_t at = count++;
		for (; at > 0 && crossings[at - 1].x > c.x; at--)
			crossings[at] = crossings[at - 1];
		crossings[at] = c;
	}
	return count;
}

/* Adds how much of each pixel lies between two places of a level. */
static void cover_span(int *sums, int columns, int from, int to)
{
	from = from < 0 ? 0 : from;
	to = to > columns * SUB ? columns * SUB : to;
	while (from < to) {
		int column = from / SUB, end = (column + 1) * SUB;
		end = end < to ? end : to;
		sums[column] += end - from;
		from = end;
	}
}

static void cover_level(const struct crossing *c, size_t count, int *sums, int columns)
{
	int winding = 0;
	for (size_t i = 0; i + 1 < count; i++) {
		winding += c[i].winding;
		if (winding)
			cover_span(sums, columns, c[i].x, c[i + 1].x);
	}
}

static void bounds(const struct outline *o, int rows, int *first, int *end)
{
	int low = rows * SUB, high = 0;
	for (size_t i = 0; i < o->count; i++) {
		low = o->edges[i].y0 < low ? o->edges[i].y0 : low;
		high = o->edges[i].y1 > high ? o->edges[i].y1 : high;
	}
	*first = low < 0 ? 0 : low / SUB;
	*end = (high + SUB - 1) / SUB;
	*end = *end > rows ? rows : *end;
}

void outline_fill(const struct outline *o, int columns, int rows,
		  void (*row)(void *context, int y, const unsigned char *cover), void *context)
{
	struct arena *a = arena_open();
	struct crossing *crossings = NEW_ARRAY(a, struct crossing, o->count + 1);
	const struct edge **edges = NEW_ARRAY(a, const struct edge *, o->count + 1);
	int *sums = NEW_ARRAY(a, int, columns);
	unsigned char *cover = arena_alloc(a, (size_t)columns);
	int first, end;
	bounds(o, rows, &first, &end);
	for (int y = first; y < end; y++) {
		memset(sums, 0, (size_t)columns * sizeof *sums);
		size_t count = edges_of_row(o, y, edges);
		for (int k = 0; k < LEVELS; k++) {
			int level = y * SUB + (2 * k + 1) * SUB / (2 * LEVELS);
			cover_level(crossings, cross(edges, count, level, crossings), sums,
				    columns);
		}
		for (int x = 0; x < columns; x++)
			cover[x] = (unsigned char)(sums[x] * 255 / (SUB * LEVELS));
		row(context, y, cover);
	}
	arena_close(a);
}
