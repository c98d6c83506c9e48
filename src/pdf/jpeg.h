/* jpeg: JPEG files in and out, by libjpeg. */
#ifndef PDF_JPEG_H
#define PDF_JPEG_H

#include "pdf/raster.h"

/* Decodes what is wished. False when the data is damaged or not what its header
 * was, with the reason. */
bool jpeg_read(struct arena *a, struct str bytes, const struct wish *w, struct raster *r,
	       struct str *reason) __attribute__((warn_unused_result));

/* A copy without comments, EXIF and profile. False when readers of PDF could not
 * decode it (arithmetic coding, lossless, other than 8 bits). */
bool jpeg_strip(struct arena *a, struct str bytes, struct str *stripped);

/* Name and version of what decodes and codes. */
const char *jpeg_library(void);

/* full_colour: no subsampling of colour differences, and sooner done. */
struct str jpeg_write(struct arena *a, const struct raster *r, int quality, bool full_colour);

#endif
