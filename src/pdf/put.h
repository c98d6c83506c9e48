/* put: PDF's written forms (ISO 32000-1, 7.3), appended to a buf. Nothing here
 * passes through floating point or the locale. */
#ifndef PDF_PUT_H
#define PDF_PUT_H

#include "base/str.h"

struct arena;

/* Room for any part of a PDF; beyond it the file would exceed 2 GB anyway. */
#define PUT_CEILING ((size_t)1 << 31)

/* Thousandths as a decimal without trailing zeros: 12500 is "12.5". */
void put_milli(struct buf *b, int64_t thousandths);
/* The same of ten-thousandths. */
void put_tenth_milli(struct buf *b, int64_t ten_thousandths);
void put_int(struct buf *b, int64_t value);
/* "12 0 R" */
void put_reference(struct buf *b, int object);
/* "[x1 y1 x2 y2]" in thousandths. */
void put_box(struct buf *b, int64_t x1, int64_t y1, int64_t x2, int64_t y2);
/* A text string: a literal when it is ASCII, else UTF-16BE with its mark. */
void put_text(struct buf *b, struct str utf8);
/* Code points as UTF-16BE digits, without brackets or mark. */
void put_utf16_digits(struct buf *b, struct str utf8);
/* A literal string of any bytes. */
void put_literal(struct buf *b, struct str bytes);
/* "<0A1B>" */
void put_hex(struct buf *b, const void *ptr, size_t len);
/* "/Name", everything but letters, digits and plain signs escaped. */
void put_name(struct buf *b, struct str name);

/* The contents of b moved into a; b is released. */
struct str put_settle(struct arena *a, struct buf *b);

#endif
