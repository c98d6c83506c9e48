/* Where lines of a text may end, by UAX #14. */
#ifndef TYPE_LINEBREAK_H
#define TYPE_LINEBREAK_H

#include "base/str.h"

enum line_end { LINE_END_MUST, LINE_END_MAY, LINE_END_NEVER, LINE_END_INSIDE };

/* ends[i]: whether a line may end behind byte i of text; LINE_END_INSIDE but for
 * the last byte of each character. ends has room for text.len. */
void line_ends(struct str text, char *ends);

#endif
