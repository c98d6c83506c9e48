/* chroma: colours that a picture tells in numbers instead of a profile (PNG's gAMA and
 * cHRM), and greys that have a profile of their own. */
#ifndef PDF_CHROMA_H
#define PDF_CHROMA_H

#include "base/str.h"

struct arena;

/* In 1/100,000, as PNG has them (ISO/IEC 15948, 11.3.3.1 and 11.3.3.2). */
struct chroma {
	int channels; /* 1 or 3 */
	int gamma; /* of the file's samples; 0: not told, as sRGB */
	bool primaries; /* of RGB, told: */
	int white[2], red[2], green[2], blue[2]; /* x, y */
};

/* An ICC profile for these colours, in a; empty when they are those of sRGB within what
 * programs round (gamma 1/2.2 is how PNG says it), or impossible. */
struct str chroma_profile(struct arena *a, const struct chroma *c);

/* For each level of grey by this profile the level of sRGB that looks as light. False
 * when it is no profile of greys. */
bool chroma_levels(struct str icc, unsigned char levels[256]);

#endif
