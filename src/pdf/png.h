/* png: PNG files in, by libpng. */
#ifndef PDF_PNG_H
#define PDF_PNG_H

#include "pdf/raster.h"

/* Decodes what is wished, of any colour type, depth and interlacing. False when
 * the data is damaged or not what its header was, with the reason. */
bool png_read(struct arena *a, struct str bytes, const struct wish *w, struct raster *r,
	      struct str *reason) __attribute__((warn_unused_result));

#endif
