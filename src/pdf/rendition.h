/* rendition: pictures for screens, as pixels. */
#ifndef PDF_RENDITION_H
#define PDF_RENDITION_H

#include "pdf/raster.h"

#include "base/diag.h"

struct picture;

/* A part of the upright picture in at most so many pixels, in sRGB or grey, opaque unless it
 * is a drawing; lives in a. False when the file cannot be used (reported). */
bool rendition_cut(struct arena *a, const struct picture *p, struct area upright, int columns,
		   int rows, struct raster *r, struct diags *d) __attribute__((warn_unused_result));

#endif
