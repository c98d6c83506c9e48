/* Letters too small for their inks (GWG 2022, R0016, R0017): plates a hair apart give
 * them coloured edges, and fill those that are left white. */
#include "preflight/flight.h"

static void judge(struct flight *f, const struct page *page, const struct item *i)
{
	enum { LEAST = 8 * PT };
	const struct glyph_run *r = &i->glyphs;
	int plates = colour_plates(r->colour);
	if (plates == 1 || r->size >= LEAST || !run_is_seen(r))
		return;
	struct place place = run_place(i);
	if (!flight_first(f, DIAG_TYPE_INKS, place, r->colour->name))
		return;
	struct buf size;
	buf_init(&size, 64);
	unit_put(&size, r->size);
	diag_report_hint(f->diags, DIAG_TYPE_INKS, place,
			 plates ? STR("make it 8pt at least, or print it in black alone")
				: STR("make it 8pt at least, or print it on a lighter ground"),
			 "%.*s: %.*s in %.*s, %s, page %d",
			 STR_ARG(r->style ? r->style->name : STR("text")), STR_ARG(buf_str(&size)),
			 STR_ARG(r->colour->name),
			 plates ? "several inks (GWG R0017)" : "white (GWG R0016)", page->number);
	buf_release(&size);
}

void judge_type(struct flight *f, const struct page *p)
{
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].kind == ITEM_GLYPHS)
			judge(f, p, &p->items[i]);
}
