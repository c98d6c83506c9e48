/* Marks outside the bleed, for who prints, folds and cuts: lines where the knife
 * goes, crosses that show whether the plates lie upon one another, a bar of all inks
 * to measure. Lines and crosses stand on every plate. All artifacts. */
#include "compose/sheet.h"

static void line(struct composer *c, size_t page, int x, int y, int width, int height)
{
	page_fill(c, page, (struct rect){ x, y, width, height }, &colour_registration,
		  ARTIFACT_LAYOUT);
}

static void put_crop_marks(struct composer *c, size_t page)
{
	const struct grid *g = &c->layout->grid;
	const struct marks *m = &c->layout->marks;
	for (int corner = 0; corner < 4; corner++) {
		bool right = corner & 1, low = corner & 2;
		int x = right ? g->width : 0, y = low ? g->height : 0;
		line(c, page, right ? x + m->offset : x - m->offset - m->length, y - m->weight / 2,
		     m->length, m->weight);
		line(c, page, x - m->weight / 2, low ? y + m->offset : y - m->offset - m->length,
		     m->weight, m->length);
	}
}

static struct rect around(int size)
{
	return (struct rect){ -size / 2, -size / 2, size, size };
}

/* A cross through a ring. */
static void put_target(struct composer *c, size_t page, int x, int y)
{
	const struct marks *m = &c->layout->marks;
	int ring = m->length * 3 / 5;
	struct shape_part *parts = NEW_ARRAY(c->arena, struct shape_part, 2);
	parts[0] = (struct shape_part){ around(ring), true };
	parts[1] = (struct shape_part){ around(ring - 2 * m->weight), true };
	struct item *i = page_add(c->arena, &c->pages->page[page], ITEM_SHAPE);
	i->artifact = ARTIFACT_LAYOUT;
	i->shape.x = x;
	i->shape.y = y;
	i->shape.parts = parts;
	i->shape.count = 2;
	i->shape.colour = &colour_registration;
	line(c, page, x - m->length / 2, y - m->weight / 2, m->length, m->weight);
	line(c, page, x - m->weight / 2, y - m->length / 2, m->weight, m->length);
}

/* In the middle of each side, as far out as the lines. */
static void put_targets(struct composer *c, size_t page)
{
	const struct grid *g = &c->layout->grid;
	int out = c->layout->marks.offset + c->layout->marks.length / 2;
	put_target(c, page, g->width / 2, -out);
	put_target(c, page, g->width / 2, g->height + out);
	put_target(c, page, -out, g->height / 2);
	put_target(c, page, g->width + out, g->height / 2);
}

/* Solids of the four, their halves, and the grey that three of them make, which
 * turns a colour when one runs too fat. */
static const struct colour patches[] = {
	{ STR_INIT("black"), { 0, 0, 0, 1000 }, { 0, 0, 0 }, NULL, 0 },
	{ STR_INIT("cyan"), { 1000, 0, 0, 0 }, { 0, 158, 224 }, NULL, 0 },
	{ STR_INIT("magenta"), { 0, 1000, 0, 0 }, { 226, 0, 122 }, NULL, 0 },
	{ STR_INIT("yellow"), { 0, 0, 1000, 0 }, { 255, 237, 0 }, NULL, 0 },
	{ STR_INIT("black 50"), { 0, 0, 0, 500 }, { 157, 157, 156 }, NULL, 0 },
	{ STR_INIT("cyan 50"), { 500, 0, 0, 0 }, { 131, 208, 245 }, NULL, 0 },
	{ STR_INIT("magenta 50"), { 0, 500, 0, 0 }, { 241, 158, 194 }, NULL, 0 },
	{ STR_INIT("yellow 50"), { 0, 0, 500, 0 }, { 255, 246, 153 }, NULL, 0 },
	{ STR_INIT("grey balance"), { 500, 400, 400, 0 }, { 148, 143, 140 }, NULL, 0 },
};

/* At the foot, between the left corner and the middle. */
static void put_bar(struct composer *c, size_t page)
{
	enum { FOUR = sizeof patches / sizeof *patches };
	const struct layout *l = c->layout;
	const struct marks *m = &l->marks;
	int count = FOUR + (int)l->spot_count;
	int room = l->grid.width / 2 - 2 * m->length;
	int size = room / count < m->length ? room / count : m->length;
	int x = m->length, y = l->grid.height + m->offset + (m->length - size) / 2;
	for (int i = 0; i < count && size > 0; i++, x += size) {
		const struct colour *ink = &patches[i < FOUR ? i : 0];
		if (i >= FOUR) {
			const struct ink *spot = &l->spots[i - FOUR];
			struct colour *solid = NEW(c->arena, struct colour);
			*solid = (struct colour){ .name = spot->name, .spot = spot, .tint = 1000 };
			memcpy(solid->cmyk, spot->cmyk, sizeof solid->cmyk);
			ink = solid;
		}
		page_fill(c, page, (struct rect){ x, y, size, size }, ink, ARTIFACT_LAYOUT);
	}
}

void trim_marks_put(struct composer *c, size_t page)
{
	if (c->layout->marks.crop)
		put_crop_marks(c, page);
	if (c->layout->marks.registration)
		put_targets(c, page);
	if (c->layout->marks.bar)
		put_bar(c, page);
}
