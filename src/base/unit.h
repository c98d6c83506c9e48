/* Lengths are int, 1/1000 pt (1 pt = 1/72 inch): exact on every machine, room
 * for 757 metres. The only place where mm, cm, in, pica and pt are converted. */
#ifndef BASE_UNIT_H
#define BASE_UNIT_H

#include "base/str.h"

enum { PT = 1000, PICA = 12 * PT, INCH = 72 * PT };

/* "12pt", "3 mm", "2.5cm", "1in", "1p" (pica); a bare number is points.
 * false when s is no length or does not fit. */
bool unit_parse(struct str s, int *length);
/* Appends it in points, as people write it: "12pt", "13.5pt". */
void unit_put(struct buf *b, int length);
/* Thousandths of a millimetre to length, rounded to nearest. */
int unit_from_um(int64_t micrometres);
/* Length to thousandths of a millimetre, rounded to nearest. */
int64_t unit_to_um(int length);
/* a * b / c without overflow, rounded to nearest, half away from zero; c > 0. */
static inline int unit_scale(int a, int b, int c)
{
	int64_t product = (int64_t)a * b;
	uint64_t size = (product < 0 ? 0 - (uint64_t)product : (uint64_t)product) + (unsigned)c / 2;
	/* Glyphs ask for this by the million, and short numbers divide in half the time. */
	int64_t quotient = size <= UINT32_MAX ? (int64_t)((uint32_t)size / (unsigned)c)
					      : (int64_t)(size / (unsigned)c);
	return (int)(product < 0 ? -quotient : quotient);
}

#endif
