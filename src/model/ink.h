/* How much ink pictures lay on the sheet: what only the room that separates their
 * colours can tell, and the judges of pages need. In 1/10 %, all inks together:
 * 0 to 4000. */
#ifndef MODEL_INK_H
#define MODEL_INK_H

#include "model/document.h"

struct picture_ink {
	const struct picture *picture;
	int most; /* no part of it has more */
	/* Means of its parts, row by row of the upright picture; columns 0: nobody
	 * measured it, since `most` is within the layout's limit. */
	int columns, rows;
	unsigned short *mean;
};

/* How a picture that words stand on looks, small: red, green, blue and alpha of its
 * parts, row by row of the upright picture. */
struct picture_light {
	const struct picture *picture;
	int columns, rows;
	unsigned char *rgba;
};

struct inks {
	struct picture_ink *list; /* of each picture that the pages show, once */
	size_t count;
	struct picture_light *lights; /* in editions for screens; each once */
	size_t light_count;
};

/* NULL when the picture is not among them. */
const struct picture_ink *inks_of(const struct inks *inks, const struct picture *p);

const struct picture_light *light_under(const struct inks *inks, const struct picture *p);

#endif
