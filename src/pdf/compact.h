/* compact: a finished PDF once through qpdf, which packs small objects into
 * compressed streams: half the size for a tagged file. */
#ifndef PDF_COMPACT_H
#define PDF_COMPACT_H

#include "base/diag.h"

/* Hands the packed file to put. Reports PDF_FAILED in qpdf's words. */
bool compact(struct str pdf, void (*put)(void *context, const void *ptr, size_t len), void *context,
	     struct diags *d) __attribute__((warn_unused_result));

#endif
