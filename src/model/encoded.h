/* Words of headers that are not ASCII: RFC 2047. */
#ifndef MODEL_ENCODED_H
#define MODEL_ENCODED_H

#include "base/str.h"

/* Whether text may stand in a header as it is: printable ASCII, and nothing a
 * reader could take for an encoded word. */
bool encoded_is_needless(struct str text);

/* Appends UTF-8 text as encoded words, B or Q, whichever is shorter, fit for
 * any place that takes them. Each word is at most 75 long and holds whole
 * characters; where a line would pass 76, the next word stands on a folded one
 * (RFC 2047, 2). column: bytes the line holds already. Control characters become
 * spaces, broken UTF-8 U+FFFD. Nothing for empty text. */
void encoded_put(struct buf *out, struct str text, size_t column);

#endif
