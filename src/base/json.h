/* JSON (RFC 8259), as far as the program writes it. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/str.h"

/* Appends a string with its quotes. Control characters are escaped; what is not
 * UTF-8 becomes U+FFFD. */
void json_put(struct buf *b, struct str s);

#endif
