/* inspect: how coarse the pictures of another's page are where they stand on ours. */
#ifndef PDF_INSPECT_H
#define PDF_INSPECT_H

#include "base/arena.h"

#include "pdf/qpdf.h"
#include <stdbool.h>

/* Pixels an inch of the coarsest picture of more than a few pixels, on the page and in
 * the forms it calls; 0: none. scale: how much larger the page is painted than it is. loops: whether a form
 * draws itself, which ends the search. */
int coarsest_picture(struct arena *a, const struct qpdf *q, qpdf_oh page, double scale,
		     bool *loops);

#endif
