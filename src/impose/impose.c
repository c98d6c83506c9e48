/* impose: what fits together, and what is inside the cover. */
#include "impose/impose.h"

#include "base/arena.h"

/* With bleed and marks: ISO 32000-1, annex C.2, 14,400 units. */
enum { SHEET_MOST = 14000 * PT };

static void put_mm(struct buf *b, int length)
{
	int64_t tenths = (unit_to_um(length) + 50) / 100;
	buf_format(b, "%lld.%lld mm", (long long)(tenths / 10), (long long)(tenths % 10));
}

static void check_spine(const struct pages *p, struct diags *d)
{
	/* What hot glue holds, and what may bear words (PRINT-REFERENCE: 6 mm). */
	enum { GLUED_UM = 3000, WORDS_UM = 6000 };
	const struct production *made = &p->layout->production;
	int spine = production_spine(made, p->count - COVER_PAGES);
	bool words = p->layout->roles[STYLE_SPINE] != NULL;
	struct buf width;
	if (spine >= unit_from_um(words ? WORDS_UM : GLUED_UM))
		return;
	bool glued = spine >= unit_from_um(GLUED_UM);
	buf_init(&width, 64);
	put_mm(&width, spine);
	diag_report_hint(d, DIAG_SPINE_THIN,
			 made->spine_place.line ? made->spine_place : made->cover_place,
			 glued ? STR("it stays without words")
			       : STR("bind it with binding: saddle, or take thicker paper"),
			 glued ? "%.*s around %zu pages, words want 6 mm"
			       : "%.*s around %zu pages, glue wants 3 mm",
			 STR_ARG(buf_str(&width)), p->count - COVER_PAGES);
	buf_release(&width);
}

bool impose_check(const struct pages *p, struct diags *d)
{
	const struct production *made = &p->layout->production;
	bool sheets = made->binding == BINDING_SADDLE;
	if (!made->cover_apart && !made->imposed)
		return true;
	struct place place = made->cover_apart ? made->cover_place : made->imposed_place;
	if (made->cover_apart && p->count <= COVER_PAGES) {
		diag_report_hint(d, DIAG_BINDING_PAGES, place,
				 STR("a separate cover is four pages, and more stand inside it"),
				 "%zu pages", p->count);
		return false;
	}
	if (p->count % (sheets ? 4 : 2) || p->count == 0) {
		diag_report_hint(
			d, DIAG_BINDING_PAGES, place,
			sheets ? STR("stitched sheets have four pages each; a filler under "
				     "pages: in the layout adds what is missing")
			       : STR("leaves have two pages each; a filler under pages: in "
				     "the layout adds what is missing"),
			"%zu pages", p->count);
		return false;
	}
	if (2 * (int64_t)p->layout->grid.width + production_spine(made, p->count) > SHEET_MOST) {
		diag_report_hint(d, DIAG_BINDING_PAGES, place,
				 STR("a page of a PDF is 14400pt wide at most; take smaller pages"),
				 "two pages are too wide for one sheet");
		return false;
	}
	if (made->cover_apart && made->binding == BINDING_PERFECT)
		check_spine(p, d);
	return true;
}

struct pages impose_inner(const struct pages *p)
{
	struct pages inner = *p;
	if (p->layout->production.cover_apart) {
		inner.page += COVER_PAGES / 2;
		inner.count -= COVER_PAGES;
	}
	return inner;
}
