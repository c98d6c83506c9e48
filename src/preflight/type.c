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
			 "%.*s: %.*s in %.*s, %s, %.*s",
			 STR_ARG(r->style ? r->style->name : STR("text")), STR_ARG(buf_str(&size)),
			 STR_ARG(r->colour->name),
			 plates ? "several inks (GWG R0017)" : "white (GWG R0016)",
			 STR_ARG(page_name(f, page)));
	buf_release(&size);
}

/* The modules of a code are as fine as small letters, and telephones are stricter. */
static void judge_code(struct flight *f, const struct page *page, const struct item *i)
{
	const struct colour *c = i->shape.colour;
	struct rect bounds = item_shape_bounds(i);
	struct place place = shape_place(f, page, i);
	if (colour_plates(c) == 1 || !on_plate(f, &bounds) ||
	    !flight_first(f, DIAG_TYPE_INKS, place, c->name))
		return;
	diag_report_hint(f->diags, DIAG_TYPE_INKS, place, STR("print the code in black alone"),
			 "code in %.*s, %s, page %d", STR_ARG(c->name),
			 colour_plates(c) ? "several inks (GWG R0017)" : "white (GWG R0016)",
			 page->number);
}

void judge_type(struct flight *f, const struct page *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		if (p->items[i].kind == ITEM_GLYPHS)
			judge(f, p, &p->items[i]);
		else if (p->items[i].kind == ITEM_SHAPE)
			judge_code(f, p, &p->items[i]);
	}
}
