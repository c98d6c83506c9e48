/* separation: RGB into inks by a table, for pictures of millions of pixels.
 *
 * HOW IT WORKS. The profiles' own conversion is asked for a grid of colours; a
 * pixel is interpolated between the four of them whose tetrahedron it lies in, all
 * four inks in one multiplication a corner. That is what lcms2 does as well, which
 * has to think of more than 8 bits in and out, in three times the time. */
#ifndef PDF_SEPARATION_H
#define PDF_SEPARATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct separation;

/* Grid points along each of red, green and blue. */
enum { SEPARATION_SIDE = 33, SEPARATION_POINTS = 33 * 33 * 33 };

/* The colours of the grid, SEPARATION_POINTS times red, green, blue; 65535 full. */
uint16_t *separation_points(struct arena *a);

/* The table of what these points are in inks: SEPARATION_POINTS times cyan,
 * magenta, yellow, black; 65535 full ink. Both live in a. */
const struct separation *separation_new(struct arena *a, const uint16_t *inks);

/* count pixels. The result is cyan, magenta, yellow, black, 255 full ink; or, as
 * JPEG keeps inks, lightness and two colour differences of the opposite of the
 * first three (as of red, green, blue; ITU-T T.871), and black. */
void separation_run(const struct separation *s, const unsigned char *rgb, unsigned char *inks,
		    size_t count, bool for_jpeg);

#endif
