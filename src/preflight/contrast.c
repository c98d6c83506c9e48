/* Words that stand out too little from what is behind them (WCAG 2.2, 1.4.3; large
 * print 1.4.6 for letters of any size).
 *
 * The ground of a word is what was painted last below it: an area of colour, or the
 * bare page. Upon a picture nothing is said. */
#include "preflight/flight.h"

static const struct colour bare = { .name = STR_INIT("the page"), .rgb = { 255, 255, 255 } };

static bool holds(const struct rect *r, int x, int y)
{
	return x >= r->x && x < r->x + r->width && y >= r->y && y < r->y + r->height;
}

/* NULL: a picture. */
static const struct colour *ground_at(const struct page *p, size_t below, int x, int y)
{
	while (below-- > 0) {
		const struct item *i = &p->items[below];
		if (i->kind == ITEM_PICTURE && holds(&i->picture.frame, x, y))
			return NULL;
		if (i->kind == ITEM_FILL && holds(&i->fill.rect, x, y))
			return i->fill.colour;
	}
	return &bare;
}

/* Hundredths. */
static int least_contrast(const struct layout *l, const struct glyph_run *r)
{
	/* WCAG 2.2: large is 18 pt, or 14 pt bold. */
	bool large = r->size >= 18 * PT || (r->size >= 14 * PT && r->face->weight >= 700);
	if (l->edition == EDITION_LARGE)
		return 700;
	return large ? 300 : 450;
}

/* Where the words were given their colour. */
static struct place colour_place_of(const struct item *i)
{
	const struct glyph_run *r = &i->glyphs;
	if (r->style && r->colour == r->style->colour)
		return r->style->colour_place;
	return r->colour->place.line ? r->colour->place : run_place(i);
}

static void judge(struct flight *f, const struct page *p, size_t n)
{
	const struct item *i = &p->items[n];
	const struct glyph_run *r = &i->glyphs;
	struct rect area = run_area(r);
	int least = least_contrast(f->layout, r), y = r->y - r->size / 4;
	/* A word that begins on one ground may end on another. */
	for (int third = 0; third < 3 && area.width > 0; third++) {
		int x = area.x + area.width * (2 * third + 1) / 6;
		const struct colour *ground = ground_at(p, n, x, y);
		int contrast = ground ? colour_contrast(r->colour, ground) : least;
		if (contrast >= least)
			continue;
		struct place place = colour_place_of(i);
		struct str style = r->style ? r->style->name : STR("text");
		struct str pair = str_format(f->arena, "%.*s in %.*s on %.*s", STR_ARG(style),
					     STR_ARG(r->colour->name), STR_ARG(ground->name));
		if (!flight_first(f, DIAG_CONTRAST, place, pair))
			continue;
		diag_report_hint(f->diags, DIAG_CONTRAST, place,
				 str_format(f->arena,
					    "%d.%d:1 at least: a darker colour, a paler "
					    "ground, or the other way round",
					    least / 100, least / 10 % 10),
				 "%.*s: %d.%02d:1, page %d of %.*s", STR_ARG(pair), contrast / 100,
				 contrast % 100, p->number,
				 STR_ARG(edition_name(f->layout->edition)));
	}
}

void judge_contrast(struct flight *f, const struct page *p)
{
	for (size_t n = 0; n < p->item_count; n++)
		if (p->items[n].kind == ITEM_GLYPHS)
			judge(f, p, n);
}
