/* What the knife does: sheets are cut a millimetre off now and then. What touches the
 * trim must reach the end of the bleed, and no letter and no code stands near the trim. */
#include "preflight/flight.h"

enum edge_side { SIDE_LEFT, SIDE_RIGHT, SIDE_TOP, SIDE_FOOT, SIDE_COUNT };

static const char *side_name(enum edge_side s, bool recto)
{
	if (s == SIDE_TOP)
		return "top";
	if (s == SIDE_FOOT)
		return "foot";
	return (s == SIDE_LEFT) == recto ? "inner edge" : "outer edge";
}

/* How far inside the trim an area ends on each side; negative: outside of it. */
static void insides_of(const struct grid *g, const struct rect *r, int insides[SIDE_COUNT])
{
	insides[SIDE_LEFT] = r->x;
	insides[SIDE_RIGHT] = g->width - r->x - r->width;
	insides[SIDE_TOP] = r->y;
	insides[SIDE_FOOT] = g->height - r->y - r->height;
}

static bool on_sheet(const struct grid *g, const struct rect *r)
{
	return r->width > 0 && r->height > 0 && r->x < g->width && r->x + r->width > 0 &&
	       r->y < g->height && r->y + r->height > 0;
}

static void put_mm(struct buf *b, int length)
{
	int64_t tenths = (unit_to_um(length) + 1) / 100; /* never nearer to a limit than it is */
	buf_format(b, "%lld.%lld mm", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* ---- bleed ---- */

static struct place bled_place(struct flight *f, const struct page *p, const struct item *i,
			       const struct rect *r)
{
	if (i->kind == ITEM_FILL)
		return fill_place(i);
	const struct frame *frame = page_frame_at(f, p, r->x + r->width / 2, r->y + r->height / 2);
	bool framed = frame && frame->role == FRAME_PICTURE;
	return framed ? frame->place : i->picture.picture->place;
}

static void judge_bleed(struct flight *f, const struct page *p, const struct item *i,
			const struct rect *r)
{
	const struct grid *g = &f->layout->grid;
	/* A sheet without bleed has nothing to reach: printers then want 3 mm of it. */
	int wanted = g->bleed ? g->bleed : unit_from_um(3000), near = unit_from_um(1000);
	enum { HAIR = 20 }; /* what rounding of units may leave */
	int insides[SIDE_COUNT];
	if (!on_sheet(g, r))
		return;
	insides_of(g, r, insides);
	for (int s = 0; s < SIDE_COUNT; s++) {
		const char *side = side_name((enum edge_side)s, p->recto);
		if (insides[s] >= near || insides[s] <= HAIR - wanted)
			continue;
		struct place place = bled_place(f, p, i, r);
		if (!flight_first(f, DIAG_BLEED_SHORT, place, str_from(side)))
			continue;
		struct buf hint, reach;
		buf_init(&hint, 256);
		buf_init(&reach, 64);
		buf_put_c(&hint, "let it bleed by ");
		put_mm(&hint, wanted);
		buf_put_c(&hint, ", or end inside the page");
		put_mm(&reach, insides[s] < 0 ? -insides[s] : insides[s]);
		diag_report_hint(f->diags, DIAG_BLEED_SHORT, place, buf_str(&hint),
				 "it ends %.*s %s the trim, %s of page %d",
				 STR_ARG(buf_str(&reach)), insides[s] < 0 ? "beyond" : "within",
				 side, p->number);
		buf_release(&reach);
		buf_release(&hint);
	}
}

/* ---- the safety zone ---- */

static struct place safe_place(struct flight *f, const struct page *p, const struct item *i)
{
	if (i->kind == ITEM_SHAPE)
		return shape_place(f, p, i);
	const struct frame *frame = page_frame_at(f, p, i->glyphs.x, i->glyphs.y);
	return frame ? frame->place : run_place(i);
}

static void judge_safety(struct flight *f, const struct page *p, const struct item *i)
{
	const struct grid *g = &f->layout->grid;
	bool code = i->kind == ITEM_SHAPE;
	struct rect r = code ? item_shape_bounds(i) : run_area(&i->glyphs);
	struct str words = code ? STR("a code") : i->glyphs.text;
	int insides[SIDE_COUNT];
	if (!on_sheet(g, &r))
		return;
	insides_of(g, &r, insides);
	for (int s = 0; s < SIDE_COUNT; s++) {
		const char *side = side_name((enum edge_side)s, p->recto);
		if (insides[s] >= f->layout->safety)
			continue;
		struct place place = safe_place(f, p, i);
		if (!flight_first(f, DIAG_SAFETY_ZONE, place, str_from(side)))
			continue;
		struct buf hint, far;
		buf_init(&hint, 256);
		buf_init(&far, 64);
		buf_put_c(&hint, code ? "keep codes " : "keep letters ");
		put_mm(&hint, f->layout->safety);
		buf_put_c(&hint, " from the trim");
		put_mm(&far, insides[s] < 0 ? 0 : insides[s]);
		diag_report_hint(f->diags, DIAG_SAFETY_ZONE, place, buf_str(&hint),
				 "%.*s from the %s, page %d: %.*s", STR_ARG(buf_str(&far)), side,
				 p->number, (int)(words.len < 40 ? words.len : 0), words.ptr);
		buf_release(&far);
		buf_release(&hint);
	}
}

void judge_edges(struct flight *f, const struct page *p)
{
	for (size_t n = 0; n < p->item_count; n++) {
		const struct item *i = &p->items[n];
		if (i->kind == ITEM_FILL)
			judge_bleed(f, p, i, &i->fill.rect);
		else if (i->kind == ITEM_PICTURE)
			judge_bleed(f, p, i, &i->picture.frame);
		else if (i->kind == ITEM_GLYPHS || i->kind == ITEM_SHAPE)
			judge_safety(f, p, i);
	}
}
