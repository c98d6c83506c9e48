#include "model/trim_marks.h"

#include "base/arena.h"

struct job {
	struct arena *arena;
	struct page *page;
	const struct marked *what;
	int left, top, right, foot; /* of the trim */
};

static void put_area(struct job *j, struct rect r, const struct colour *colour)
{
	struct item *i = page_add(j->arena, j->page, ITEM_FILL);
	i->artifact = ARTIFACT_LAYOUT;
	i->fill.rect = r;
	i->fill.colour = colour;
}

static void line(struct job *j, int x, int y, int width, int height)
{
	put_area(j, (struct rect){ x, y, width, height }, &colour_registration);
}

static void put_crop_marks(struct job *j)
{
	const struct marks *m = &j->what->marks;
	for (int corner = 0; corner < 4; corner++) {
		bool right = corner & 1, low = corner & 2;
		int x = right ? j->right : j->left, y = low ? j->foot : j->top;
		line(j, right ? x + m->offset : x - m->offset - m->length, y - m->weight / 2,
		     m->length, m->weight);
		line(j, x - m->weight / 2, low ? y + m->offset : y - m->offset - m->length,
		     m->weight, m->length);
	}
}

/* Three dashes above the sheet and three below, as long together as a line. */
static void put_fold_marks(struct job *j, int x)
{
	const struct marks *m = &j->what->marks;
	int dash = m->length / 5;
	for (int i = 0; i < 3; i++) {
		int out = m->offset + 2 * i * dash;
		line(j, x - m->weight / 2, j->top - out - dash, m->weight, dash);
		line(j, x - m->weight / 2, j->foot + out, m->weight, dash);
	}
}

static struct rect around(int size)
{
	return (struct rect){ -size / 2, -size / 2, size, size };
}

/* A cross through a ring. */
static void put_target(struct job *j, int x, int y)
{
	const struct marks *m = &j->what->marks;
	int ring = m->length * 3 / 5;
	struct shape_part *parts = NEW_ARRAY(j->arena, struct shape_part, 2);
	parts[0] = (struct shape_part){ around(ring), true };
	parts[1] = (struct shape_part){ around(ring - 2 * m->weight), true };
	struct item *i = page_add(j->arena, j->page, ITEM_SHAPE);
	i->artifact = ARTIFACT_LAYOUT;
	i->shape.x = x;
	i->shape.y = y;
	i->shape.parts = parts;
	i->shape.count = 2;
	i->shape.colour = &colour_registration;
	line(j, x - m->length / 2, y - m->weight / 2, m->length, m->weight);
	line(j, x - m->weight / 2, y - m->length / 2, m->weight, m->length);
}

/* In the middle of each side, or of what is right of the folds, as far out as the
 * lines. */
static void put_targets(struct job *j)
{
	const struct marked *w = j->what;
	int out = w->marks.offset + w->marks.length / 2;
	int from = w->fold_count ? w->folds[w->fold_count - 1] : j->left;
	int x = from + (j->right - from) / 2, y = j->top + (j->foot - j->top) / 2;
	put_target(j, x, j->top - out);
	put_target(j, x, j->foot + out);
	put_target(j, j->left - out, y);
	put_target(j, j->right + out, y);
}

/* Solids of the four, their halves, and the grey that three of them make, which
 * turns a colour when one runs too fat. */
static const struct colour patches[] = {
	{ .name = STR_INIT("black"), .cmyk = { 0, 0, 0, 1000 }, .rgb = { 0, 0, 0 } },
	{ .name = STR_INIT("cyan"), .cmyk = { 1000, 0, 0, 0 }, .rgb = { 0, 158, 224 } },
	{ .name = STR_INIT("magenta"), .cmyk = { 0, 1000, 0, 0 }, .rgb = { 226, 0, 122 } },
	{ .name = STR_INIT("yellow"), .cmyk = { 0, 0, 1000, 0 }, .rgb = { 255, 237, 0 } },
	{ .name = STR_INIT("black 50"), .cmyk = { 0, 0, 0, 500 }, .rgb = { 157, 157, 156 } },
	{ .name = STR_INIT("cyan 50"), .cmyk = { 500, 0, 0, 0 }, .rgb = { 131, 208, 245 } },
	{ .name = STR_INIT("magenta 50"), .cmyk = { 0, 500, 0, 0 }, .rgb = { 241, 158, 194 } },
	{ .name = STR_INIT("yellow 50"), .cmyk = { 0, 0, 500, 0 }, .rgb = { 255, 246, 153 } },
	{ .name = STR_INIT("grey balance"),
	  .cmyk = { 500, 400, 400, 0 },
	  .rgb = { 148, 143, 140 } },
};

/* At the foot, between the left corner and the first fold or the middle. */
static void put_bar(struct job *j)
{
	enum { FOUR = sizeof patches / sizeof *patches };
	const struct marked *w = j->what;
	const struct layout *l = w->layout;
	const struct marks *m = &w->marks;
	int count = FOUR + (int)l->spot_count;
	int end = w->fold_count ? w->folds[0] : j->left + w->trim.width / 2;
	int room = end - j->left - 2 * m->length;
	int size = room / count < m->length ? room / count : m->length;
	int x = j->left + m->length, y = j->foot + m->offset + (m->length - size) / 2;
	for (int i = 0; i < count && size > 0; i++, x += size) {
		const struct colour *ink = &patches[i < FOUR ? i : 0];
		if (i >= FOUR) {
			const struct ink *spot = &l->spots[i - FOUR];
			struct colour *solid = NEW(j->arena, struct colour);
			*solid = (struct colour){ .name = spot->name, .spot = spot, .tint = 1000 };
			memcpy(solid->cmyk, spot->cmyk, sizeof solid->cmyk);
			ink = solid;
		}
		put_area(j, (struct rect){ x, y, size, size }, ink);
	}
}

void trim_marks_put(struct arena *a, struct page *p, const struct marked *m)
{
	const struct rect t = m->trim;
	struct job j = { a, p, m, t.x, t.y, t.x + t.width, t.y + t.height };
	if (m->marks.crop)
		put_crop_marks(&j);
	for (size_t i = 0; m->marks.crop && i < m->fold_count; i++)
		put_fold_marks(&j, m->folds[i]);
	if (m->marks.registration)
		put_targets(&j);
	if (m->marks.bar)
		put_bar(&j);
}

int slug_line(const struct marks *m, int size)
{
	/* Capitals are about seven tenths high. */
	return -m->offset - (m->length - unit_scale(size, 7, 10)) / 2;
}
