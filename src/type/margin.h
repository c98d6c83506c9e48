/* Marks that hang into the margin, so that the edge of a column looks straight. */
#ifndef TYPE_MARGIN_H
#define TYPE_MARGIN_H

#include <stdint.h>

/* How much of the character's width may stand outside, 1/1000. */
int margin_left(uint32_t c);
int margin_right(uint32_t c);

#endif
