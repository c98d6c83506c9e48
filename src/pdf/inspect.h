/* inspect: what the contents of another's page paint, as far as a printer would mind:
 * colours of screens, and pictures of too few pixels. */
#ifndef PDF_INSPECT_H
#define PDF_INSPECT_H

#include "base/arena.h"

#include <qpdf/qpdf-c.h>
#include <stdbool.h>

struct inspection {
	bool rgb; /* a colour of screens is set */
	int ppi; /* pixels an inch of the coarsest picture of more than a few; 0: none */
};

/* Reads the page's contents, and those of the forms they call. scale: how much larger
 * the page is painted than it is. */
struct inspection inspect_page(struct arena *a, qpdf_data q, qpdf_oh page, double scale);

#endif
