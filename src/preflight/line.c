/* Lines that the press loses (GWG 2022, R0018, R0019, and what printers ask for).
 *
 * A rule is an area thinner than two points. In one ink a quarter of a point holds;
 * white or of several inks it needs twice that, or plates a hair apart close it or
 * show their colours. */
#include "preflight/flight.h"

enum {
	LINE = 2 * PT, /* what is thicker is an area */
	LEAST = PT / 4,
	LEAST_OF_MANY = PT / 2,
};

static void judge(struct flight *f, const struct page *page, const struct item *i)
{
	const struct rect *r = &i->fill.rect;
	const struct colour *c = i->fill.colour;
	int weight = r->width < r->height ? r->width : r->height, plates = colour_plates(c);
	int least = plates == 1 ? LEAST : LEAST_OF_MANY;
	if (weight <= 0 || weight >= LINE || weight >= least || !on_plate(f, r))
		return;
	struct place place = fill_place(i);
	if (!flight_first(f, DIAG_HAIRLINE, place, c->name))
		return;
	const char *kind = plates == 0 ? "white" : plates == 1 ? "one ink" : "several inks";
	const char *rule = plates == 1 ? "" : plates ? ", GWG R0019" : ", GWG R0018";
	struct buf hint;
	buf_init(&hint, 256);
	buf_put_c(&hint, "make it ");
	unit_put(&hint, least);
	buf_put_c(&hint, plates == 1 ? " at least" : " at least, or of one ink");
	struct buf width;
	buf_init(&width, 64);
	unit_put(&width, weight);
	diag_report_hint(f->diags, DIAG_HAIRLINE, place, buf_str(&hint),
			 "%.*s in %.*s (%s%s), %.*s", STR_ARG(buf_str(&width)), STR_ARG(c->name),
			 kind, rule, STR_ARG(page_name(f, page)));
	buf_release(&width);
	buf_release(&hint);
}

/* Modules of a code, which is no code any more when they run together. */
static void judge_shape(struct flight *f, const struct page *page, const struct item *i)
{
	enum { MODULE_LEAST_UM = 400 };
	struct rect bounds = item_shape_bounds(i);
	int finest = INT32_MAX;
	for (size_t n = 0; n < i->shape.count; n++) {
		const struct rect *r = &i->shape.parts[n].rect;
		int side = r->width < r->height ? r->width : r->height;
		finest = side < finest ? side : finest;
	}
	struct place place = shape_place(f, page, i);
	if (finest >= unit_from_um(MODULE_LEAST_UM) - 1 || !on_plate(f, &bounds) ||
	    !flight_first(f, DIAG_CODE_FINE, place, STR("")))
		return;
	diag_report_hint(f->diags, DIAG_CODE_FINE, place,
			 STR("a shorter address, or more room for the code"),
			 "modules of %lld µm, page %d", (long long)unit_to_um(finest),
			 page->number);
}

void judge_lines(struct flight *f, const struct page *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		if (p->items[i].kind == ITEM_FILL)
			judge(f, p, &p->items[i]);
		else if (p->items[i].kind == ITEM_SHAPE)
			judge_shape(f, p, &p->items[i]);
	}
}
