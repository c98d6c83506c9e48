/* standard: what PDF/X-4, PDF/UA-1 and PDF/A-2a ask of a file as a whole: boxes,
 * metadata, output intent, identifiers. Print is PDF/X-4, or PDF/X-1a where the layout asks for it, when its
 * profile is at hand, screen PDF/UA-1 and PDF/A-2a, large PDF/UA-1. */
#ifndef PDF_STANDARD_H
#define PDF_STANDARD_H

#include "pdf/make.h"

/* Sets the making's margin, width and height. */
void standard_media(struct making *m);

/* The boxes of a page of the file. */
struct str standard_boxes(const struct making *m, size_t page);

/* Objects the catalog refers to; 0: absent. */
struct catalog {
	int structure, destinations, outline;
};

/* Writes metadata, output intent, catalog, Info and ID. The last thing written,
 * as the identifiers are made from all the rest. */
void standard_write(struct making *m, const struct catalog *c);

#endif
