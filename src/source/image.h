/* Pictures: what their files' headers say. */
#ifndef SOURCE_IMAGE_H
#define SOURCE_IMAGE_H

#include "model/document.h"
#include "source/reader.h"

/* Fills path, format, columns, rows, components, orientation and bytes of a
 * picture whose src and place are set; folder is what src is relative to. False
 * (and reported; path stays empty) when the file is missing, no JPEG or PNG,
 * named as what it is not, or truncated. */
bool image_read(struct reader *r, struct str folder, struct picture *p);

#endif
