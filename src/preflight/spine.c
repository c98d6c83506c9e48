/* The spine of a separate cover: a page of another shape, which is judged by what can
 * go wrong there. Its words lie along x, as high as the spine is wide. */
#include "preflight/flight.h"

enum {
	LEAST = 5 * PT, /* letters in one ink; the printers' usual limit */
	FOLD_UM = 1500, /* folds are never quite where they should be */
};

static void judge_size(struct flight *f, const struct item *i)
{
	const struct glyph_run *r = &i->glyphs;
	struct place place = run_place(i);
	if (r->size >= LEAST || !flight_first(f, DIAG_SPINE_TYPE, place, STR("size")))
		return;
	diag_report_hint(f->diags, DIAG_SPINE_TYPE, place,
			 STR("a shorter title, or none on the spine: it was set smaller to fit"),
			 "%d.%d pt, below 5 pt: %.*s", r->size / PT, r->size % PT / 100,
			 STR_ARG(r->text));
}

/* From its folds, and from where the cover is cut at its head and foot. */
static void judge_room(struct flight *f, const struct item *i, int width)
{
	struct rect r = run_area(&i->glyphs);
	struct place place = run_place(i);
	int fold = r.y < width - r.y - r.height ? r.y : width - r.y - r.height;
	int length = f->layout->grid.height;
	int cut = r.x < length - r.x - r.width ? r.x : length - r.x - r.width;
	if (fold < unit_from_um(FOLD_UM) && flight_first(f, DIAG_SPINE_TYPE, place, STR("fold")))
		diag_report_hint(f->diags, DIAG_SPINE_TYPE, place,
				 STR("smaller letters: 1.5 mm from the folds at least"),
				 "%lld µm from the fold: %.*s", (long long)unit_to_um(fold),
				 STR_ARG(i->glyphs.text));
	if (cut < f->layout->safety && flight_first(f, DIAG_SAFETY_ZONE, place, STR("spine")))
		diag_report_hint(f->diags, DIAG_SAFETY_ZONE, place,
				 STR("larger margins at head and foot of the pages"),
				 "%lld µm from the end of the spine: %.*s",
				 (long long)unit_to_um(cut), STR_ARG(i->glyphs.text));
}

void judge_spine(struct flight *f, const struct page *spine, int width)
{
	judge_colours(f, spine);
	judge_lines(f, spine);
	judge_type(f, spine);
	for (size_t n = 0; n < spine->item_count; n++) {
		const struct item *i = &spine->items[n];
		if (i->kind != ITEM_GLYPHS || !run_is_seen(&i->glyphs))
			continue;
		judge_size(f, i);
		judge_room(f, i, width);
	}
}
