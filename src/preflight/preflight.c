#include "preflight/flight.h"

void preflight(const struct pages *p, const struct inks *inks, struct diags *d)
{
	static void (*const of_press[])(struct flight * f, const struct page *p) = {
		judge_resolution, judge_ink, judge_lines, judge_type, judge_edges,
	};
	struct arena *a = arena_open();
	struct flight f = {
		.arena = a,
		.pages = p,
		.layout = p->layout,
		.inks = inks,
		.diags = d,
		.told = map_new(a),
	};
	for (size_t i = 0; i < p->count; i++) {
		if (p->layout->edition != EDITION_PRINT) {
			judge_contrast(&f, &p->page[i]);
			continue;
		}
		for (size_t k = 0; k < sizeof of_press / sizeof *of_press; k++)
			of_press[k](&f, &p->page[i]);
		judge_emptiness(&f, i);
		judge_tail(&f, i);
	}
	const struct production *made = &p->layout->production;
	if (p->spine && p->layout->edition == EDITION_PRINT && p->count > COVER_PAGES)
		judge_spine(&f, p->spine, production_spine(made, p->count - COVER_PAGES));
	arena_close(a);
}
