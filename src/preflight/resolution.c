/* Pixels an inch of each picture as it stands on the page (GWG 2022, R0031, R0032). */
#include "preflight/flight.h"

struct limits {
	const char *rule;
	int coarse, soft; /* pixels an inch: an error below, a warning below */
};

static const struct limits photographs = { "R0031", 150, 225 };
static const struct limits line_art = { "R0032", 550, 800 };

static bool is_judged(const struct item *i)
{
	enum { SPECK = 16 }; /* pixels: a picture of so few is a plain area */
	const struct picture *p = i->picture.picture;
	return p->path.len && p->columns > 0 && p->rows > 0 && i->picture.whole.width > 0 &&
	       i->picture.whole.height > 0 && (int64_t)p->columns * p->rows > SPECK;
}

/* The side that is enlarged more decides. */
static int64_t ppi_of(const struct item *i)
{
	const struct picture *p = i->picture.picture;
	const struct rect *w = &i->picture.whole;
	int64_t across = (int64_t)picture_upright_columns(p) * INCH;
	int64_t down = (int64_t)picture_upright_rows(p) * INCH;
	across = (across + w->width / 2) / w->width;
	down = (down + w->height / 2) / w->height;
	return across < down ? across : down;
}

/* Whether the picture stands larger elsewhere: one message says it all. */
static bool stands_larger(const struct flight *f, const struct picture *p, int64_t ppi)
{
	for (size_t n = 0; n < f->pages->count; n++)
		for (size_t k = 0; k < f->pages->page[n].item_count; k++) {
			const struct item *i = &f->pages->page[n].items[k];
			if (i->kind == ITEM_PICTURE && i->picture.picture == p && is_judged(i) &&
			    ppi_of(i) < ppi)
				return true;
		}
	return false;
}

static void judge(struct flight *f, const struct page *page, const struct item *i)
{
	const struct picture *p = i->picture.picture;
	if (!is_judged(i))
		return;
	const struct limits *l = p->line_art ? &line_art : &photographs;
	int64_t ppi = ppi_of(i);
	if (ppi >= l->soft || stands_larger(f, p, ppi) ||
	    !flight_first(f, DIAG_IMAGE_RESOLUTION, p->place, p->src))
		return;
	bool coarse = ppi < l->coarse;
	int64_t wanted =
		((int64_t)picture_upright_columns(p) * l->soft + ppi) / (ppi > 0 ? ppi : 1);
	diag_report_hint(f->diags, coarse ? DIAG_IMAGE_COARSE : DIAG_IMAGE_RESOLUTION, p->place,
			 str_format(f->arena, "take one that is %lld pixels wide%s",
				    (long long)wanted, coarse ? ", or let it stand smaller" : ""),
			 "%.*s: %lld ppi on page %d (GWG %s)", STR_ARG(p->src), (long long)ppi,
			 page->number, l->rule);
}

void judge_resolution(struct flight *f, const struct page *p)
{
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].kind == ITEM_PICTURE)
			judge(f, p, &p->items[i]);
}
