#include "pdf/ground.h"

#include "base/arena.h"

static bool meet(const struct rect *a, const struct rect *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
	       b->y < a->y + a->height;
}

/* About where letters have ink: a height above the baseline, a third below. */
static struct rect words_area(const struct glyph_run *r)
{
	struct rect area = { r->x, r->y - r->size, 0, r->size + r->size / 3 };
	for (size_t i = 0; i < r->glyph_count; i++)
		area.width += r->glyphs[i].advance;
	return area;
}

struct ground ground_below(struct arena *a, const struct page *page, const struct item *picture)
{
	struct ground g = { .bare = true, .whole = picture->picture.whole };
	const struct rect *frame = &picture->picture.frame;
	for (const struct item *i = page->items; i < picture; i++) {
		struct rect area = { 0 };
		if (i->kind == ITEM_FILL)
			area = i->fill.rect;
		else if (i->kind == ITEM_PICTURE)
			area = i->picture.frame;
		else if (i->kind == ITEM_GLYPHS)
			area = words_area(&i->glyphs);
		else if (i->kind == ITEM_SHAPE)
			area = item_shape_bounds(i);
		if (!meet(&area, frame))
			continue;
		g.bare = false;
		if (i->kind == ITEM_FILL)
			PUSH(a, g.tints, g.tint_count, g.tint_capacity, i);
		else
			g.mixed = true;
	}
	return g;
}

struct str ground_key(struct arena *a, const struct ground *g)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	buf_format(&b, "%d at %d %d %d %d", g->mixed, g->whole.x, g->whole.y, g->whole.width,
		   g->whole.height);
	for (size_t i = 0; i < g->tint_count; i++) {
		const struct rect *r = &g->tints[i]->fill.rect;
		const int *ink = g->tints[i]->fill.colour->cmyk;
		buf_format(&b, ", %d %d %d %d: %d %d %d %d", r->x, r->y, r->width, r->height,
			   ink[0], ink[1], ink[2], ink[3]);
	}
	struct str key = str_copy(a, buf_str(&b));
	buf_release(&b);
	return key;
}

/* The middle of the n-th of count parts of the file's pixels from first on, of all
 * of them, on the page. */
static int64_t place(int n, int count, int first, int seen, int all, int from, int length)
{
	int64_t twice = (2 * (int64_t)n + 1) * seen; /* of 2 * count */
	return from + ((int64_t)first * 2 * count + twice) * length / ((int64_t)all * 2 * count);
}

/* The colour of the topmost tint at (x, y), or of paper. */
static const int *colour_at(const struct ground *g, int64_t x, int64_t y)
{
	static const int paper[4] = { 0 };
	for (size_t i = g->tint_count; i-- > 0;) {
		const struct rect *r = &g->tints[i]->fill.rect;
		if (x >= r->x && x < (int64_t)r->x + r->width && y >= r->y &&
		    y < (int64_t)r->y + r->height)
			return g->tints[i]->fill.colour->cmyk;
	}
	return paper;
}

void ground_mix(const struct ground *g, const struct wish *w, struct raster *r)
{
	const struct area *area = &w->area;
	unsigned char *ink = r->pixels;
	const unsigned char *alpha = r->alpha;
	for (int row = 0; row < r->rows; row++) {
		int64_t y = place(row, r->rows, area->y, area->rows, w->file_rows, g->whole.y,
				  g->whole.height);
		for (int column = 0; column < r->columns; column++, ink += 4, alpha++) {
			if (*alpha == 255)
				continue;
			int64_t x = place(column, r->columns, area->x, area->columns,
					  w->file_columns, g->whole.x, g->whole.width);
			const int *below = colour_at(g, x, y);
			for (int k = 0; k < 4; k++) {
				int ground = (below[k] * 255 + 500) / 1000;
				ink[k] = (unsigned char)((ink[k] * *alpha +
							  ground * (255 - *alpha) + 127) /
							 255);
			}
		}
	}
	r->alpha = NULL;
}
