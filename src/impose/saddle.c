/* Saddle stitch: sheets folded once and put into one another.
 *
 * THE MODEL. Of n pages sheet s, counted from outside, has n - 2s and 2s + 1 on its
 * front, 2s + 2 and n - 2s - 1 on its back: the two of a side sum to n + 1, and the
 * front has the odd one at the right. Each sheet lies in the backs of those around it,
 * which push its leaves out at the fore-edge; the knife cuts all at one line. So the
 * pages of a sheet move to the fold by as much as it is pushed out: outer margins
 * stay alike throughout, and the strip is taken from the inner ones. */
#include "impose/impose.h"
#include "impose/side.h"

struct job {
	struct arena *arena;
	const struct pages *pages;
	struct sheets *sheets;
};

static void put_side(struct job *j, int push, size_t left, size_t right)
{
	const struct grid *g = &j->pages->layout->grid;
	int fold = g->width, out = 2 * g->width - push;
	struct side *side = side_open(j->arena, j->sheets, push, out);
	side_put(j->arena, side, j->sheets, &j->pages->page[left - 1], push, push - g->bleed, fold);
	side_put(j->arena, side, j->sheets, &j->pages->page[right - 1], fold - push, fold,
		 out + g->bleed);
	side_put_marks(j->arena, side, j->sheets, &fold, 1);
	const struct page *slugs = j->pages->sheet_slugs;
	side_put_slug(j->arena, side, j->sheets, slugs ? &slugs[j->sheets->count - 1] : NULL);
}

struct sheets *impose_saddle(struct arena *a, const struct pages *inner)
{
	const struct layout *l = inner->layout;
	size_t n = inner->count, sheets = n / 4;
	struct marks marks = l->marks;
	marks.crop = true; /* who folds and cuts sheets has nothing else to go by */
	struct job j = { a, inner, sheets_new(a, inner, 2 * l->grid.width, marks) };
	for (size_t s = 0; s < sheets; s++) {
		int push = production_push_out(&l->production, s, sheets);
		put_side(&j, push, n - 2 * s, 2 * s + 1);
		put_side(&j, push, 2 * s + 2, n - 2 * s - 1);
	}
	return j.sheets;
}
