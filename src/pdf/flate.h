/* flate: deflate for streams that are handed over encoded. */
#ifndef PDF_FLATE_H
#define PDF_FLATE_H

#include "base/str.h"

struct arena;

/* How hard to look for repetitions. At FLATE_TEXT text comes out as short as at any
 * other level, to half a percent; tables of a colour profile hardly repeat. */
enum flate_effort { FLATE_QUICK = 1, FLATE_TEXT = 5, FLATE_NORMAL = 6 };

/* data in zlib's format, in a. */
struct str flate(struct arena *a, struct str data, enum flate_effort effort);

#endif
