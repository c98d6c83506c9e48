/* Marks outside the bleed, for who prints, folds and cuts: lines where the knife
 * goes, dashes where a sheet is folded, crosses that show whether the plates lie
 * upon one another, a bar of all inks to measure. Lines and crosses stand on every
 * plate. All artifacts. compose/ puts them around pages, impose/ around sheets. */
#ifndef MODEL_TRIM_MARKS_H
#define MODEL_TRIM_MARKS_H

#include "model/page.h"

struct marked {
	const struct layout *layout; /* whose inks the bar has */
	struct marks marks;
	struct rect trim; /* what they stand around */
	const int *folds; /* x of each, from the left; may be NULL */
	size_t fold_count;
};

/* Appends the marks to the page's items. Fold marks come with crop marks; where
 * there are folds the crosses at head and foot stand right of them. */
void trim_marks_put(struct arena *a, struct page *p, const struct marked *m);
/* The baseline of a slug, the line of words for the printer, from the top of the trim:
 * its capitals stand in the middle of the marks' lines. size: of the letters. */
int slug_line(const struct marks *m, int size);

#endif
