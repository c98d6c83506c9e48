/* link: areas that lead somewhere, places they lead to, bookmarks. */
#ifndef PDF_LINK_H
#define PDF_LINK_H

#include "pdf/make.h"

/* The annotation of a link item; 0 when the edition has no links (print) or the
 * destination does not exist in it. */
int link_write(struct making *m, size_t page, const struct item *item);

/* Destinations by name. */
struct map *destinations_index(struct arena *a, const struct pages *p);

/* The tree of named destinations; 0 when there are none. */
int destinations_write(struct making *m);

/* The root of the outline; 0 when there are no bookmarks. */
int outline_write(struct making *m);

#endif
