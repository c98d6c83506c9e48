/* writer: the objects of a PDF and the file they become.
 *
 * Of a file for the press libharu keeps the objects, numbers them, and writes
 * header, cross-reference table and trailer; files for readers are packed by
 * compact.c. What stands inside a dictionary comes from us as bytes: libharu's own
 * arrays end at 32,767 entries and strings at 65,535 bytes, its reals are floats,
 * its names are not escaped. Outside writer.c an object is its number. */
#ifndef PDF_WRITER_H
#define PDF_WRITER_H

#include "base/diag.h"

struct writer;

/* PDF/X: version 1.4 or 1.6 with a plain cross-reference table; else 1.7, packed. */
enum pdf_file { PDF_14_PLAIN, PDF_16_PLAIN, PDF_17_PACKED };

/* What is handed to the writer must live as long as a; the caller closes. */
struct writer *writer_open(struct arena *a, enum pdf_file file);
void writer_close(struct writer *w);

/* A dictionary whose entries come later; until then it may be referred to. */
int writer_reserve(struct writer *w);
/* "/Key value …" of a reserved object; once each. */
void writer_fill(struct writer *w, int object, struct str entries);
int writer_dictionary(struct writer *w, struct str entries);
/* A stream with its data already encoded; entries, which name the filter, come
 * later as those of a reserved dictionary. */
int writer_reserve_stream(struct writer *w, struct str data);
int writer_stream(struct writer *w, struct str entries, struct str data);

/* The node that all pages have as /Parent. */
int writer_page_tree(const struct writer *w);
/* Appends a page: entries without /Parent and /Type. */
void writer_page(struct writer *w, int object, struct str entries);

/* Entries of the three objects that exist from the start; once each. */
void writer_catalog(struct writer *w, struct str entries);
void writer_info(struct writer *w, struct str entries);
void writer_trailer(struct writer *w, struct str entries);

/* A digest of everything handed over so far: equal for equal content. */
void writer_digest(const struct writer *w, unsigned char digest[16]);

/* Puts the whole file through put(context, ptr, len). Reports PDF_FAILED when
 * libharu refused something on the way, or its file exceeds 2 GB. */
bool writer_save(struct writer *w, void (*put)(void *context, const void *ptr, size_t len),
		 void *context, struct diags *d) __attribute__((warn_unused_result));

/* The library's own words for its version. */
const char *writer_library_version(void);
const char *writer_library_built_for(void);

#endif
