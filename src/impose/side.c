#include "impose/side.h"

/* Marks stand this far outside the bleed; a mark is 5 mm long, a hairline thick. */
enum { OFF = 5669, LENGTH = 14173, WEIGHT = 250 };

struct sheets *sheets_new(struct arena *a, const struct pages *p, int width, bool marks)
{
	const struct grid *g = &p->layout->grid;
	struct sheets *s = NEW(a, struct sheets);
	int margin = g->bleed + (marks ? SLUG : 0);
	s->pages = p;
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

static void put_line(struct arena *a, const struct sheets *s, struct page *marks, struct rect r)
{
	struct item *i = page_add(a, marks, ITEM_FILL);
	i->artifact = ARTIFACT_LAYOUT;
	i->fill.rect = r;
	i->fill.colour = s->pages->layout->text;
}

static void put_crop_marks(struct arena *a, const struct sheets *s, struct page *marks,
			   struct rect trim)
{
	int out = s->pages->layout->grid.bleed + OFF;
	for (int corner = 0; corner < 4; corner++) {
		bool right = corner & 1, low = corner & 2;
		int x = trim.x + (right ? trim.width : 0), y = trim.y + (low ? trim.height : 0);
		put_line(a, s, marks,
			 (struct rect){ right ? x + out : x - out - LENGTH, y - WEIGHT / 2, LENGTH,
					WEIGHT });
		put_line(a, s, marks,
			 (struct rect){ x - WEIGHT / 2, low ? y + out : y - out - LENGTH, WEIGHT,
					LENGTH });
	}
}

/* Three dashes above the sheet and three below. */
static void put_fold_marks(struct arena *a, const struct sheets *s, struct page *marks, int x)
{
	enum { DASH = LENGTH / 5 };
	const struct grid *g = &s->pages->layout->grid;
	for (int i = 0; i < 3; i++) {
		int out = g->bleed + OFF + 2 * i * DASH;
		put_line(a, s, marks, (struct rect){ x - WEIGHT / 2, -out - DASH, WEIGHT, DASH });
		put_line(a, s, marks,
			 (struct rect){ x - WEIGHT / 2, g->height + out, WEIGHT, DASH });
	}
}

void side_put_marks(struct arena *a, struct side *side, const struct sheets *s, const int *folds,
		    size_t fold_count)
{
	struct page *marks = NEW(a, struct page);
	put_crop_marks(a, s, marks, side->trim);
	for (size_t i = 0; i < fold_count; i++)
		put_fold_marks(a, s, marks, folds[i]);
	struct placed placed = { .page = marks, .clip = s->media };
	PUSH(a, side->placed, side->placed_count, side->placed_capacity, placed);
}
