/* Rows of comma-separated values, as RFC 4180 has them and as spreadsheets write
 * them: with or without BOM, "," or ";" or tab, CRLF, LF or CR. */
#ifndef DELIVERY_CSV_H
#define DELIVERY_CSV_H

#include "base/str.h"

struct arena;

enum { CSV_FIELD_BYTES = 16 * 1024, CSV_FIELDS = 256 };

struct csv_field {
	struct str value; /* unquoted; borrowed from the text or from the row's arena */
	int line, column; /* of its first character; column in code points from 1 */
};

enum csv_answer { CSV_ROW, CSV_BAD, CSV_END };

struct csv {
	struct str text;
	size_t at; /* start of the next row */
	int line; /* of at, from 1 */
	char separator;
	/* The last row. */
	struct csv_field field[CSV_FIELDS];
	size_t count;
	/* What is wrong with it, after CSV_BAD. */
	const char *problem;
	int problem_line, problem_column;
};

/* text must live as long as c. Skips a BOM and a "sep=;" line, and finds the
 * separator in the first row. */
void csv_start(struct csv *c, struct str text);

/* The next row that is not blank. After CSV_BAD the row is skipped and the next
 * call goes on behind it. Unquoted copies are made in a. */
enum csv_answer csv_next(struct csv *c, struct arena *a);

/* Appends a field, quoted when it must be for the separator ",". */
void csv_put(struct buf *out, struct str field);

/* A cell that begins with = + - @ or a tab runs as a formula in spreadsheets. On
 * the way out such a cell gets an apostrophe before it; a cell that looks as if
 * it had one already gets one more, so that the way back is exact. */
void csv_put_harmless(struct buf *out, struct str field);
/* The way back: without the apostrophe that csv_put_harmless put there. */
struct str csv_harmless_original(struct str field);

#endif
