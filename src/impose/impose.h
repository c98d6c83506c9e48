/* impose/: pages become sheets.
 *
 * In: the composed pages of a print edition. Out: the cover as one spread, outside
 * and inside, around a spine; stitched sheets with their pages in the order in
 * which they are printed, pushed back by the creep. It moves pages and cuts them at
 * folds; it sets nothing and changes nothing on them. No library. */
#ifndef IMPOSE_IMPOSE_H
#define IMPOSE_IMPOSE_H

#include "model/sheet.h"

struct arena;

/* Whether the pages can be bound as the layout's production says; reports
 * BINDING_PAGES when not, and SPINE_THIN. True when nothing special is asked. */
bool impose_check(const struct pages *p, struct diags *d);

/* The pages within a separate cover, which has the first two and the last two;
 * borrowed from p. All of them when the cover is not separate. */
struct pages impose_inner(const struct pages *p);

/* Two sides: back cover, spine, front cover; inside front, inside back. The pages
 * passed impose_check with a separate cover. */
struct sheets *impose_cover(struct arena *a, const struct pages *p);

/* Sheets for stitching, two pages a side, the outermost first. inner: as many as
 * impose_check let pass. */
struct sheets *impose_saddle(struct arena *a, const struct pages *inner);

#endif
