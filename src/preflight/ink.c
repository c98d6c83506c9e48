/* Ink on ink: what does not dry, and sets off on the next sheet.
 *
 * HOW IT WORKS. A colour that alone is above the limit is told at its place in the
 * layout. Then each page on which anything can be above it is laid out in cells of a
 * millimetre, painted like the page, and the mean of every 15 × 15 mm of it is taken
 * (GWG 2022, R0026). Letters are left out: they cover about a fifth of where they
 * stand, and each one's own ink is judged above. */
#include "preflight/flight.h"

enum {
	WINDOW = 15, /* cells */
	ROUNDING = 10, /* 1/10 %: what 8 bits of each ink leave unsure */
	TYPE_BLACK = 850,
	TYPE_MOST = 2800, /* GWG 2022, R0015 */
};

/* ---- colours ---- */

static void judge_colour(struct flight *f, const struct page *p, const struct colour *c, int limit,
			 const char *rule)
{
	if (colour_ink(c) <= limit || !flight_first(f, DIAG_INK_COLOUR, c->place, STR("")))
		return;
	diag_report_hint(f->diags, DIAG_INK_COLOUR, c->place,
			 str_format(f->arena, "%d %% at most, all inks together", limit / 10),
			 "%.*s: %d %%, %.*s%s", STR_ARG(c->name), colour_ink(c) / 10,
			 STR_ARG(page_name(f, p)), rule);
}

static bool is_printed(const struct flight *f, const struct item *shape)
{
	struct rect r = item_shape_bounds(shape);
	return on_plate(f, &r);
}

void judge_colours(struct flight *f, const struct page *p)
{
	int limit = f->layout->ink_limit;
	for (size_t n = 0; n < p->item_count; n++) {
		const struct item *i = &p->items[n];
		if (i->kind == ITEM_FILL && on_plate(f, &i->fill.rect))
			judge_colour(f, p, i->fill.colour, limit, "");
		if (i->kind == ITEM_SHAPE && is_printed(f, i))
			judge_colour(f, p, i->shape.colour, limit, "");
		if (i->kind != ITEM_GLYPHS || !run_is_seen(&i->glyphs))
			continue;
		const struct colour *c = i->glyphs.colour;
		bool rich = c->cmyk[3] >= TYPE_BLACK && limit > TYPE_MOST;
		judge_colour(f, p, c, rich ? TYPE_MOST : limit, rich ? " (GWG R0015)" : "");
	}
}

/* ---- the sheet ---- */

struct sheet {
	struct flight *flight;
	const struct page *page;
	int cell; /* length of a side */
	int columns, rows;
	int x, y; /* of the first cell */
	unsigned short *ink; /* 1/10 % */
	unsigned short *owner; /* 1 + item painted last over most of the cell */
	int64_t *sums; /* of all cells above and left; one column and row more */
};

/* Whether an item can bring a mean above the limit. */
static bool is_heavy(const struct flight *f, const struct item *i)
{
	int limit = f->layout->ink_limit + ROUNDING;
	if (i->kind == ITEM_FILL)
		return colour_ink(i->fill.colour) > limit;
	if (i->kind != ITEM_PICTURE)
		return false;
	const struct picture_ink *ink = inks_of(f->inks, i->picture.picture);
	return ink && ink->most > limit;
}

static int64_t overlap(int64_t a, int64_t a_end, int64_t b, int64_t b_end)
{
	int64_t from = a > b ? a : b, to = a_end < b_end ? a_end : b_end;
	return to > from ? to - from : 0;
}

/* The mean ink of a picture below a cell. */
static int picture_ink_at(const struct picture_ink *ink, const struct rect *whole, int x, int y,
			  int cell)
{
	if (!ink || !ink->columns)
		return ink ? ink->most : 0;
	int64_t left = (int64_t)(x - whole->x) * ink->columns / whole->width;
	int64_t right = ((int64_t)(x - whole->x) + cell) * ink->columns / whole->width;
	int64_t top = (int64_t)(y - whole->y) * ink->rows / whole->height;
	int64_t foot = ((int64_t)(y - whole->y) + cell) * ink->rows / whole->height;
	int64_t sum = 0, count = 0;
	for (int64_t row = top; row <= foot; row++)
		for (int64_t column = left; column <= right; column++) {
			if (row < 0 || column < 0 || row >= ink->rows || column >= ink->columns)
				continue;
			sum += ink->mean[row * ink->columns + column];
			count++;
		}
	return count ? (int)(sum / count) : 0;
}

static void paint_cell(struct sheet *s, size_t item, const struct rect *r, int column, int row)
{
	const struct item *i = &s->page->items[item];
	int x = s->x + column * s->cell, y = s->y + row * s->cell;
	int64_t all = (int64_t)s->cell * s->cell;
	int64_t covered = overlap(x, x + s->cell, r->x, (int64_t)r->x + r->width) *
			  overlap(y, y + s->cell, r->y, (int64_t)r->y + r->height);
	if (!covered)
		return;
	int own = i->kind == ITEM_FILL
			  ? colour_ink(i->fill.colour)
			  : picture_ink_at(inks_of(s->flight->inks, i->picture.picture),
					   &i->picture.whole, x, y, s->cell);
	size_t at = (size_t)row * (size_t)s->columns + (size_t)column;
	s->ink[at] = (unsigned short)((own * covered + s->ink[at] * (all - covered)) / all);
	if (2 * covered >= all)
		s->owner[at] = (unsigned short)(item + 1);
}

static int between(int64_t v, int most)
{
	return v < 0 ? 0 : v > most ? most : (int)v;
}

static void paint_item(struct sheet *s, size_t item)
{
	const struct item *i = &s->page->items[item];
	if (i->kind != ITEM_FILL && i->kind != ITEM_PICTURE)
		return;
	const struct rect *r = i->kind == ITEM_FILL ? &i->fill.rect : &i->picture.frame;
	if (r->width <= 0 || r->height <= 0 ||
	    (i->kind == ITEM_PICTURE &&
	     (i->picture.whole.width <= 0 || i->picture.whole.height <= 0)))
		return;
	int64_t right = (int64_t)r->x + r->width, foot = (int64_t)r->y + r->height;
	int from = between(((int64_t)r->x - s->x) / s->cell, s->columns);
	int to = between((right - s->x + s->cell - 1) / s->cell, s->columns);
	int last = between((foot - s->y + s->cell - 1) / s->cell, s->rows);
	for (int row = between(((int64_t)r->y - s->y) / s->cell, s->rows); row < last; row++)
		for (int column = from; column < to; column++)
			paint_cell(s, item, r, column, row);
}

static void sum_up(struct sheet *s)
{
	size_t wide = (size_t)s->columns + 1;
	for (int row = 0; row < s->rows; row++) {
		int64_t line = 0;
		for (int column = 0; column < s->columns; column++) {
			size_t at = (size_t)(row + 1) * wide + (size_t)column + 1;
			line += s->ink[(size_t)row * (size_t)s->columns + (size_t)column];
			s->sums[at] = s->sums[at - wide] + line;
		}
	}
}

static int64_t sum_of(const struct sheet *s, int column, int row, int columns, int rows)
{
	size_t wide = (size_t)s->columns + 1;
	size_t top = (size_t)row * wide, foot = (size_t)(row + rows) * wide;
	size_t left = (size_t)column, right = (size_t)(column + columns);
	return s->sums[foot + right] - s->sums[foot + left] - s->sums[top + right] +
	       s->sums[top + left];
}

/* Notes for every item that is heavy within a window the heaviest mean it is part of. */
static void blame(const struct sheet *s, int column, int row, int columns, int rows, int mean,
		  int *worst)
{
	for (int r = row; r < row + rows; r++)
		for (int c = column; c < column + columns; c++) {
			size_t at = (size_t)r * (size_t)s->columns + (size_t)c;
			unsigned short owner = s->owner[at];
			if (owner && s->ink[at] > s->flight->layout->ink_limit &&
			    mean > worst[owner - 1])
				worst[owner - 1] = mean;
		}
}

static void look(const struct sheet *s, int *worst)
{
	int columns = s->columns < WINDOW ? s->columns : WINDOW;
	int rows = s->rows < WINDOW ? s->rows : WINDOW;
	int64_t limit = (int64_t)(s->flight->layout->ink_limit + ROUNDING) * columns * rows;
	for (int row = 0; row + rows <= s->rows; row++)
		for (int column = 0; column + columns <= s->columns; column++) {
			int64_t sum = sum_of(s, column, row, columns, rows);
			if (sum > limit)
				blame(s, column, row, columns, rows, (int)(sum / (columns * rows)),
				      worst);
		}
}

static void report(struct flight *f, const struct page *p, const struct item *i, int mean)
{
	bool picture = i->kind == ITEM_PICTURE;
	struct place place = picture ? i->picture.picture->place : fill_place(i);
	struct str what = picture ? i->picture.picture->src : i->fill.colour->name;
	if (!flight_first(f, DIAG_INK_TOTAL, place, what))
		return;
	diag_report_hint(f->diags, DIAG_INK_TOTAL, place,
			 picture ? STR("have it separated for the printing condition, or bring it "
				       "as RGB")
				 : STR("take less of each ink"),
			 "%.*s: %d %% on 15 × 15 mm of page %d, the limit is %d %% (GWG R0026)",
			 STR_ARG(what), mean / 10, p->number, f->layout->ink_limit / 10);
}

static void judge_means(struct flight *f, const struct page *p)
{
	const struct grid *g = &f->layout->grid;
	struct arena *a = arena_open();
	struct sheet s = { .flight = f, .page = p, .cell = unit_from_um(1000) };
	s.x = s.y = -g->bleed;
	s.columns = (g->width + 2 * g->bleed) / s.cell + 1;
	s.rows = (g->height + 2 * g->bleed) / s.cell + 1;
	size_t cells = (size_t)s.columns * (size_t)s.rows;
	s.ink = NEW_ARRAY(a, unsigned short, cells);
	s.owner = NEW_ARRAY(a, unsigned short, cells);
	s.sums = NEW_ARRAY(a, int64_t, ((size_t)s.columns + 1) * ((size_t)s.rows + 1));
	for (size_t i = 0; i < p->item_count && i < UINT16_MAX; i++)
		paint_item(&s, i);
	sum_up(&s);
	int *worst = NEW_ARRAY(a, int, p->item_count + 1);
	look(&s, worst);
	for (size_t i = 0; i < p->item_count; i++)
		if (worst[i])
			report(f, p, &p->items[i], worst[i]);
	arena_close(a);
}

void judge_ink(struct flight *f, const struct page *p)
{
	judge_colours(f, p);
	for (size_t i = 0; i < p->item_count; i++)
		if (is_heavy(f, &p->items[i])) {
			judge_means(f, p);
			return;
		}
}
