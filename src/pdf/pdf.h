/* pdf/: pages become a PDF file.
 *
 * In: composed pages. Out: one file, whole or not at all. For print: CMYK, bleed
 * and trim boxes, output intent, no links. For screens: sRGB, structure, links,
 * bookmarks. Decides nothing about what stands where. Libraries: libharu for
 * objects and the file, hb-subset for fonts, lcms2, libpng and libjpeg for
 * pictures, zlib for streams, qpdf for other people's pages and to pack
 * what screens show. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/world.h"
#include "model/page.h"

/* Writes pages to path. False when the file could not be made (reported). The
 * kind of PDF follows pages->layout->edition. bytes may be NULL. */
bool pdf_write(const struct pages *p, const char *path, const struct world *w, struct diags *d,
	       uint64_t *bytes) __attribute__((warn_unused_result));

/* Version of the PDF library, for `glos version`; reports PDF_FAILED when the
 * program was built for another one (2.3 and 2.4 differ in ABI). */
bool pdf_library_fits(struct diags *d);

#endif
