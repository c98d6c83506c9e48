/* About how wide words stand on a screen, where their font is the reader's: for layouts that
 * ask whether a telephone has room. */
#ifndef MODEL_PIXELS_H
#define MODEL_PIXELS_H

#include "base/str.h"

/* CSS pixels of a line of text at 16 to 17 of them an em; wide letters are allowed for. */
int pixels_of(struct str words);
/* The same of the longest of words that spaces part. */
int pixels_of_longest(struct str words);

#endif
