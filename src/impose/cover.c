/* The cover: one sheet around everything.
 *
 *     outside                    inside
 *     back | spine | front       inside front | spine | inside back */
#include "impose/impose.h"
#include "impose/side.h"

/* Glue holds the cover on its inner spine and this far beside it, without ink. */
enum { GLUE_STRIP = 14173 };

struct job {
	struct arena *arena;
	struct sheets *sheets;
	int left, right; /* edges of the spine */
};

static void put_leaves(struct job *j, struct side *side, const struct page *left,
		       const struct page *right, int strip)
{
	const struct grid *g = &j->sheets->pages->layout->grid;
	side_put(j->arena, side, j->sheets, left, 0, -g->bleed, j->left - strip);
	side_put(j->arena, side, j->sheets, right, j->right, j->right + strip,
		 j->right + g->width + g->bleed);
}

/* The spine is composed lying; its words run down the cover or up. */
static void put_spine(struct job *j, struct side *side)
{
	const struct pages *p = j->sheets->pages;
	bool up = p->layout->details.spine_up;
	if (!p->spine || j->right == j->left)
		return;
	side_put(j->arena, side, j->sheets, p->spine, up ? j->left : j->right, j->left, j->right);
	struct placed *placed = &side->placed[side->placed_count - 1];
	placed->turn = up ? TURN_LEFT : TURN_RIGHT;
	placed->y = up ? p->layout->grid.height : 0;
}

static void put_marks(struct job *j, struct side *side, size_t number)
{
	const struct page *slugs = j->sheets->pages->cover_slugs;
	int folds[] = { j->left, j->right };
	side_put_marks(j->arena, side, j->sheets, folds, j->right > j->left ? 2 : 1);
	side_put_slug(j->arena, side, j->sheets, slugs ? &slugs[number] : NULL);
}

struct sheets *impose_cover(struct arena *a, const struct pages *p)
{
	const struct layout *l = p->layout;
	int spine = production_spine(&l->production, p->count - COVER_PAGES);
	int width = 2 * l->grid.width + spine;
	struct job j = { a, sheets_new(a, p, width, l->marks), l->grid.width,
			 l->grid.width + spine };
	struct side *side = side_open(a, j.sheets, 0, width);
	put_leaves(&j, side, &p->page[p->count - 1], &p->page[0], 0);
	put_spine(&j, side);
	put_marks(&j, side, 0);
	side = side_open(a, j.sheets, 0, width);
	put_leaves(&j, side, &p->page[1], &p->page[p->count - 2],
		   l->production.binding == BINDING_PERFECT ? GLUE_STRIP : 0);
	put_marks(&j, side, 1);
	return j.sheets;
}
