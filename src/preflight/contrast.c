/* Words that stand out too little from what is behind them (WCAG 2.2, 1.4.3; large
 * print 1.4.6 for letters of any size).
 *
 * The ground of a word is what was painted last below it: an area of colour, or the
 * bare page. A picture has many grounds: the worst below any of the words' letters is
 * judged, in parts as large as a small letter, since of a photograph each pixel says
 * little. What the editor's picture does is a warning, at the picture. */
#include "preflight/flight.h"

static const struct colour bare = { .name = STR_INIT("the page"), .rgb = { 255, 255, 255 } };

static bool holds(const struct rect *r, int x, int y)
{
	return x >= r->x && x < r->x + r->width && y >= r->y && y < r->y + r->height;
}

/* What words may stand on, of what a page has so far: few of a page's items. */
struct grounds {
	const struct item **item; /* in the order of painting */
	size_t count, capacity;
	/* Most words have the colours of the words before. */
	const struct colour *text, *ground;
	int contrast; /* of these two */
};

/* NULL: a picture. */
static const struct colour *ground_at(const struct grounds *g, int x, int y)
{
	for (size_t below = g->count; below-- > 0;) {
		const struct item *i = g->item[below];
		if (i->kind == ITEM_PICTURE && holds(&i->picture.frame, x, y))
			return NULL;
		if (i->kind == ITEM_FILL && holds(&i->fill.rect, x, y))
			return i->fill.colour;
	}
	return &bare;
}

/* Hundredths. */
static int contrast_of(struct grounds *g, const struct colour *text, const struct colour *ground)
{
	if (g->text != text || g->ground != ground)
		g->contrast = colour_contrast(text, ground);
	g->text = text;
	g->ground = ground;
	return g->contrast;
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

static void judge(struct flight *f, const struct page *p, struct grounds *g, const struct item *i,
		  struct rect area)
{
	const struct glyph_run *r = &i->glyphs;
	int least = least_contrast(f->layout, r), y = r->y - r->size / 4;
	/* A word that begins on one ground may end on another. */
	for (int third = 0; third < 3 && area.width > 0; third++) {
		int x = area.x + area.width * (2 * third + 1) / 6;
		const struct colour *ground = ground_at(g, x, y);
		int contrast = ground ? contrast_of(g, r->colour, ground) : least;
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

/* ---- on pictures ---- */

static bool meet(const struct rect *a, const struct rect *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
	       b->y < a->y + a->height;
}

/* Whether any picture whose pixels are known is below any of an area. */
static bool picture_below(const struct flight *f, const struct grounds *g, const struct rect *area)
{
	for (size_t n = 0; n < g->count; n++)
		if (g->item[n]->kind == ITEM_PICTURE && meet(&g->item[n]->picture.frame, area) &&
		    light_under(f->inks, g->item[n]->picture.picture))
			return true;
	return false;
}

/* What is seen at a point of the first grounds, and the picture that takes part in it. */
static struct colour seen_at(const struct flight *f, const struct grounds *g, size_t below, int x,
			     int y, const struct picture **on)
{
	struct colour own = bare;
	while (below-- > 0) {
		const struct item *i = g->item[below];
		if (i->kind == ITEM_FILL && holds(&i->fill.rect, x, y))
			return *i->fill.colour;
		if (i->kind != ITEM_PICTURE || !holds(&i->picture.frame, x, y))
			continue;
		const struct rect *w = &i->picture.whole;
		const struct picture_light *l = light_under(f->inks, i->picture.picture);
		if (!l || w->width <= 0 || w->height <= 0)
			continue;
		int column = (int)((int64_t)(x - w->x) * l->columns / w->width);
		int row = (int)((int64_t)(y - w->y) * l->rows / w->height);
		if (column < 0 || row < 0 || column >= l->columns || row >= l->rows)
			continue;
		const unsigned char *part =
			l->rgba + ((size_t)row * (size_t)l->columns + (size_t)column) * 4;
		if (part[3] < 255)
			own = seen_at(f, g, below, x, y, on);
		if (part[3] > 0)
			*on = i->picture.picture;
		for (int c = 0; c < 3; c++)
			own.rgb[c] = (unsigned char)((part[c] * part[3] +
						      own.rgb[c] * (255 - part[3]) + 127) /
						     255);
		return own;
	}
	return own;
}

static void judge_on_pictures(struct flight *f, const struct page *p, const struct grounds *g,
			      const struct glyph_run *r, struct rect area)
{
	enum { STEP = 3 * PT };
	int least = least_contrast(f->layout, r), worst = INT32_MAX;
	const struct picture *blamed = NULL;
	for (int y = area.y + STEP / 2; y < area.y + area.height; y += STEP)
		for (int x = area.x + STEP / 2; x < area.x + area.width; x += STEP) {
			const struct picture *on = NULL;
			struct colour ground = seen_at(f, g, g->count, x, y, &on);
			int contrast = on ? colour_contrast(r->colour, &ground) : worst;
			if (contrast >= worst)
				continue;
			worst = contrast;
			blamed = on;
		}
	struct str style = r->style ? r->style->name : STR("text");
	if (!blamed || worst >= least ||
	    !flight_first(f, DIAG_CONTRAST_PICTURE, blamed->place, style))
		return;
	diag_report_hint(f->diags, DIAG_CONTRAST_PICTURE, blamed->place,
			 str_format(f->arena,
				    "%d.%d:1 at least: a picture that is calm and %s there, or an "
				    "area of colour below the words",
				    least / 100, least / 10 % 10,
				    colour_contrast(r->colour, &bare) > 458 ? "light" : "dark"),
			 "%.*s in %.*s on %.*s: %d.%02d:1 where it is worst, page %d of %.*s",
			 STR_ARG(style), STR_ARG(r->colour->name), STR_ARG(blamed->src),
			 worst / 100, worst % 100, p->number,
			 STR_ARG(edition_name(f->layout->edition)));
}

void judge_contrast(struct flight *f, const struct page *p)
{
	struct grounds g = { .count = 0 };
	for (size_t n = 0; n < p->item_count; n++) {
		const struct item *i = &p->items[n];
		if (i->kind == ITEM_FILL || i->kind == ITEM_PICTURE)
			PUSH(f->arena, g.item, g.count, g.capacity, i);
		if (i->kind != ITEM_GLYPHS)
			continue;
		struct rect area = run_area(&i->glyphs);
		judge(f, p, &g, i, area);
		if (picture_below(f, &g, &area))
			judge_on_pictures(f, p, &g, &i->glyphs, area);
	}
}
