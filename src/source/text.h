/* An editor's text file: read, checked, and brought to one form. */
#ifndef SOURCE_TEXT_H
#define SOURCE_TEXT_H

#include "source/reader.h"

/* Reads path whole: valid UTF-8 in NFC, without byte order mark, lines ending
 * in LF, no control characters but tab. file is how the editor calls it; the
 * text is remembered under that name. from is where the file was named.
 * Reports ENCODING (and returns false) and CONTROL_CHARACTER (and puts U+FFFD
 * in its place) at the byte's own line and column. */
bool text_read(struct reader *r, const char *path, struct str file, size_t max_bytes,
	       struct place from, struct str *text) __attribute__((warn_unused_result));

/* The same for bytes in hand. */
bool text_normalise(struct reader *r, struct str file, struct str bytes, struct str *text)
	__attribute__((warn_unused_result));

/* Line and column of a byte. Counts from the start of text: for messages only. */
struct place text_place(struct str file, struct str text, size_t offset);

#endif
