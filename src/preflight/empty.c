/* Pages on which nothing stands (GWG 2022, R0005). A folio is not something. */
#include "preflight/flight.h"

static bool is_something(const struct flight *f, const struct item *i)
{
	if (i->kind == ITEM_LINK)
		return false;
	if (!i->element && i->artifact != ARTIFACT_LAYOUT)
		return false;
	struct rect r = i->kind == ITEM_GLYPHS  ? run_area(&i->glyphs)
			: i->kind == ITEM_SHAPE ? item_shape_bounds(i)
			: i->kind == ITEM_FILL  ? i->fill.rect
						: i->picture.frame;
	if (r.width <= 0 || r.height <= 0 || !on_plate(f, &r)) /* marks are beside it */
		return false;
	return i->kind != ITEM_FILL || colour_plates(i->fill.colour) > 0;
}

/* The page belongs to the article it begins with, else to the one that follows. */
static struct place page_place(const struct flight *f, size_t page)
{
	for (size_t i = page; i < f->pages->count; i++)
		if (f->pages->page[i].article)
			return f->pages->page[i].article->place;
	return f->pages->document->place;
}

void judge_emptiness(struct flight *f, size_t page)
{
	const struct page *p = &f->pages->page[page];
	if (p->advertisement)
		return;
	for (size_t i = 0; i < p->item_count; i++)
		if (is_something(f, &p->items[i]))
			return;
	diag_report_hint(f->diags, DIAG_PAGE_EMPTY, page_place(f, page),
			 STR("put something on it, or take what makes it away"),
			 "page %d (GWG R0005)", p->number);
}
