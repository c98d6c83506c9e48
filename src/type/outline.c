/* How far the ink of letters reaches: for what stands beside an initial.
 *
 * HarfBuzz walks a glyph's outline; curves are looked at in a few points, which at
 * the size of an initial err by less than a hair's breadth. Coordinates are 1/64
 * font units, in integers like all geometry. */
#include "type/font.h"

enum { POINTS = 12 /* of a curve */, FINE = 64 };

struct band {
	int64_t bottom, top;
	int64_t x, y; /* of the pen */
	int64_t right; /* the furthest so far */
	bool any;
};

static int64_t fine(float v)
{
	return (int64_t)(v * FINE); /* exact: outlines are whole or half units */
}

static void see(struct band *b, int64_t x, int64_t y)
{
	if (y < b->bottom || y > b->top)
		return;
	b->right = !b->any || x > b->right ? x : b->right;
	b->any = true;
}

/* A straight line: its ends, and where it crosses the band's edges. */
static void see_line(struct band *b, int64_t x, int64_t y)
{
	const int64_t edges[] = { b->bottom, b->top };
	see(b, x, y);
	for (int i = 0; i < 2; i++)
		if ((b->y < edges[i]) != (y < edges[i]))
			see(b, b->x + (x - b->x) * (edges[i] - b->y) / (y - b->y), edges[i]);
	b->x = x;
	b->y = y;
}

static void move_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y,
		    void *unused)
{
	(void)f, (void)s, (void)unused;
	struct band *b = data;
	b->x = fine(x);
	b->y = fine(y);
	see(b, b->x, b->y);
}

static void line_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y,
		    void *unused)
{
	(void)f, (void)s, (void)unused;
	see_line(data, fine(x), fine(y));
}

/* Points of a Bézier curve with four control points along one axis. */
static int64_t cubic(const int64_t p[4], int64_t i)
{
	int64_t u = POINTS - i, t = i;
	return (u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3]) /
	       (POINTS * POINTS * POINTS);
}

static void cubic_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float ax, float ay,
		     float bx, float by, float x, float y, void *unused)
{
	(void)f, (void)s, (void)unused;
	struct band *b = data;
	const int64_t xs[] = { b->x, fine(ax), fine(bx), fine(x) };
	const int64_t ys[] = { b->y, fine(ay), fine(by), fine(y) };
	for (int i = 1; i <= POINTS; i++)
		see_line(b, cubic(xs, i), cubic(ys, i));
}

/* A quadratic curve is a cubic one whose inner points lie two thirds of the way. */
static void quadratic_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float cx, float cy,
			 float x, float y, void *unused)
{
	(void)f, (void)s, (void)unused;
	struct band *b = data;
	int64_t qx = 2 * fine(cx), qy = 2 * fine(cy), ex = fine(x), ey = fine(y);
	const int64_t xs[] = { b->x, (b->x + qx) / 3, (ex + qx) / 3, ex };
	const int64_t ys[] = { b->y, (b->y + qy) / 3, (ey + qy) / 3, ey };
	for (int i = 1; i <= POINTS; i++)
		see_line(b, cubic(xs, i), cubic(ys, i));
}

static hb_draw_funcs_t *pens(void)
{
	hb_draw_funcs_t *f = hb_draw_funcs_create();
	hb_draw_funcs_set_move_to_func(f, move_to, NULL, NULL);
	hb_draw_funcs_set_line_to_func(f, line_to, NULL, NULL);
	hb_draw_funcs_set_quadratic_to_func(f, quadratic_to, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(f, cubic_to, NULL, NULL);
	return f;
}

/* The furthest ink of one run, from its beginning; least when the band is empty. */
static int run_right(struct type *t, hb_draw_funcs_t *f, const struct glyph_run *g, int bottom,
		     int top, int least)
{
	struct font *font = font_open(t, g->face);
	int pen = 0, right = least;
	for (size_t i = 0; font && i < g->glyph_count && g->size > 0; i++) {
		int64_t units = (int64_t)font->units * FINE;
		struct band b = { .bottom = bottom * units / g->size,
				  .top = top * units / g->size };
		hb_font_get_glyph_shape(font->hb, g->glyphs[i].id, f, &b);
		int x = pen + g->glyphs[i].dx + (int)(b.right * g->size / units);
		right = b.any && x > right ? x : right;
		pen += g->glyphs[i].advance;
	}
	return right;
}

int line_ink_right(struct type *t, const struct line *l, int bottom, int top)
{
	hb_draw_funcs_t *f = pens();
	int right = 0;
	for (size_t i = 0; i < l->run_count; i++) {
		const struct glyph_run *g = &l->runs[i].glyphs;
		int x = g->x + run_right(t, f, g, bottom, top, -g->x);
		right = x > right ? x : right;
	}
	hb_draw_funcs_destroy(f);
	return right;
}
