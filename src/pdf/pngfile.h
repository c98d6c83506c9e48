/* pngfile: PNG files out, by libpng. */
#ifndef PDF_PNGFILE_H
#define PDF_PNGFILE_H

#include "pdf/raster.h"

/* Grey or RGB pixels, with their alpha if they have one, as a PNG file (ISO/IEC 15948) of
 * 8 bits a sample, in a. */
struct str png_write(struct arena *a, const struct raster *r);

#endif
