/* outline: shapes of letters as pixels.
 *
 * HarfBuzz walks a glyph's outline; curves become short lines, lines are gathered for a
 * whole run, and each row of pixels is looked at on sixteen levels: what of a pixel lies
 * within, by the rule of windings that do not cancel (nonzero), is how much of it is
 * painted. Coordinates are 1/256 pixel, in integers like all geometry. */
#ifndef PDF_OUTLINE_H
#define PDF_OUTLINE_H

#include "base/str.h"

#include <hb.h>

struct edge {
	int x0, y0, x1, y1; /* y0 < y1 */
	int winding; /* 1 downwards, -1 upwards */
};

struct outline {
	struct arena *arena;
	struct edge *edges;
	size_t count, capacity;
	hb_draw_funcs_t *pens;
};

void outline_open(struct outline *o, struct arena *a);
void outline_close(struct outline *o);
/* Forgets what was gathered. */
void outline_clear(struct outline *o);
/* Adds a glyph of a font scaled to its units, with its origin at x, y, and so many
 * 1/256 pixels to `units` of the font. */
void outline_add(struct outline *o, hb_font_t *font, unsigned glyph, int64_t x, int64_t y,
		 int64_t em, int64_t units);
/* Calls row for each row of pixels that is touched, with 0 to 255 of each of its
 * columns. */
void outline_fill(const struct outline *o, int columns, int rows,
		  void (*row)(void *context, int y, const unsigned char *cover), void *context);

#endif
