/* pdf/: pages become a PDF file.
 *
 * In: composed pages. Out: one file, whole or not at all. For print: CMYK, bleed
 * and trim boxes, output intent, no links. For screens: sRGB, structure, links,
 * bookmarks. Decides nothing about what stands where. Libraries: libharu for
 * objects and the file, hb-subset for fonts, lcms2, libpng and libjpeg for
 * pictures, libdeflate for streams, qpdf for other people's pages. Beside them: the printer's job sheet, and, as the libraries for
 * pictures are here, renditions of pictures and drawings of pages for the web edition. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/world.h"
#include "model/ink.h"
#include "model/rendition.h"
#include "model/sheet.h"

/* Writes pages to path. False when the file could not be made (reported). The
 * kind of PDF follows pages->layout->edition. bytes may be NULL. */
bool pdf_write(const struct pages *p, const char *path, const struct world *w, struct diags *d,
	       uint64_t *bytes) __attribute__((warn_unused_result));

/* The same of sheets: each side becomes a page of the file, with the pages that
 * stand on it turned and clipped, as shapes and letters. */
bool pdf_write_sheets(const struct sheets *s, const char *path, const struct world *w,
		      struct diags *d, uint64_t *bytes) __attribute__((warn_unused_result));

/* A file that the printer gets. */
struct job_file {
	struct str name; /* as the printer sees it: "print.pdf" */
	const char *path;
	size_t pages;
	const struct sheets *sheets; /* whose sides they are; NULL: pages by themselves */
};

/* A job for the printer: all pages of the issue, and the files made of them. How they
 * are bound and on what paper their layout's production tells. */
struct job {
	const struct pages *pages;
	const struct job_file *files;
	size_t file_count;
};

/* Writes the job sheet, UTF-8 text, to path. Reads the files for their sums. False
 * when one cannot be read or the sheet not be written (reported). */
bool jobsheet_write(const struct job *j, const char *path, struct diags *d, uint64_t *bytes)
	__attribute__((warn_unused_result));

/* "Głos Pacjenta 1/2026 – Koordynator prowadzi pacjenta" */
struct str pdf_title(struct arena *a, const struct document *d);

/* What the file will be told by its fonts and pictures, for preflight: reports fonts
 * that cannot or may not be embedded, and pictures that it had to open and could not.
 * Ink is measured for the press alone. Writes nothing. */
const struct inks *pdf_foresee(struct arena *a, const struct pages *p, const struct world *w,
			       struct diags *d);

/* Makes renditions of a picture for screens: a rendition_maker's make. root: as char *, of
 * the publication, where they are kept for the next build; NULL: they are not. */
bool pdf_renditions(void *root, const struct picture *p, const struct rendition *wanted,
		    size_t count, struct buf *out, struct diags *d);

/* Decodes each file once, on w's processors: those that are damaged inside are reported at
 * each place that shows them, and lose their path there, so that no edition names what
 * cannot be made. root: of the publication, where it is remembered which are sound; empty:
 * nowhere. */
void pdf_prove_pictures(struct str root, struct picture *const *pictures, size_t count,
			const struct world *w, struct diags *d);

/* Draws a page of plain areas, pictures and words as a JPEG of so many pixels, appended to
 * out. False when a font or a picture of it cannot be used (reported). */
bool pdf_draw(const struct pages *p, size_t page, int columns, int rows, struct buf *out,
	      struct diags *d);

/* Version of the PDF library, for `glos version`; reports PDF_FAILED when the
 * program was built for another one (2.3 and 2.4 differ in ABI). */
bool pdf_library_fits(struct diags *d);

#endif
