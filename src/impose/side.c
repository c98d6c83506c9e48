#include "impose/side.h"

#include "model/trim_marks.h"

struct sheets *sheets_new(struct arena *a, const struct pages *p, int width, struct marks marks)
{
	const struct grid *g = &p->layout->grid;
	struct sheets *s = NEW(a, struct sheets);
	int margin = marks_reach(&marks, g->bleed);
	s->pages = p;
	s->marks = marks;
	s->media = (struct rect){ -margin, -margin, width + 2 * margin, g->height + 2 * margin };
	return s;
}

struct side *side_open(struct arena *a, struct sheets *s, int left, int right)
{
	struct side side = { .trim = { left, 0, right - left, s->pages->layout->grid.height } };
	PUSH(a, s->sides, s->count, s->capacity, side);
	return &s->sides[s->count - 1];
}

void side_put(struct arena *a, struct side *side, const struct sheets *s, const struct page *page,
	      int x, int left, int right)
{
	const struct grid *g = &s->pages->layout->grid;
	struct placed placed = { .page = page,
				 .x = x,
				 .clip = { left, -g->bleed, right - left,
					   g->height + 2 * g->bleed } };
	PUSH(a, side->placed, side->placed_count, side->placed_capacity, placed);
}

void side_put_marks(struct arena *a, struct side *side, const struct sheets *s, const int *folds,
		    size_t fold_count)
{
	struct page *marks = NEW(a, struct page);
	trim_marks_put(a, marks,
		       &(struct marked){ .layout = s->pages->layout,
					 .marks = s->marks,
					 .trim = side->trim,
					 .folds = folds,
					 .fold_count = fold_count });
	struct placed placed = { .page = marks, .clip = s->media };
	if (marks->item_count)
		PUSH(a, side->placed, side->placed_count, side->placed_capacity, placed);
}

void side_put_slug(struct arena *a, struct side *side, const struct sheets *s,
		   const struct page *slug)
{
	const struct marks *m = &s->marks;
	if (!slug || !slug->item_count)
		return;
	struct placed placed = { .page = slug,
				 .x = side->trim.x + m->length,
				 .y = side->trim.y + slug_line(m, slug->items[0].glyphs.size),
				 .clip = s->media };
	PUSH(a, side->placed, side->placed_count, side->placed_capacity, placed);
}
