/* colour: ICC profiles, and pixels from a file's colours to the edition's.
 *
 * Pictures for the press are converted (relative colorimetric with black point
 * compensation) into the printing condition's profile; greys stay on the black
 * plate. Without a profile the plain formulas of ISO 32000-1, 10.3 take its
 * place. For screens everything is sRGB or grey. CMYK pictures are taken as
 * separated for this press already, unless they bring a profile by which their
 * inks look otherwise. The layout's own colours are never
 * converted: the designer gave both kinds. */
#ifndef PDF_COLOUR_H
#define PDF_COLOUR_H

#include "pdf/make.h"
#include "pdf/raster.h"

struct colours;

/* Loads layout->profile when the edition prints with inks. One that is missing is
 * warned of (PROFILE_MISSING); with one that cannot be used nothing is made
 * (PROFILE_INVALID, m->failed). */
struct colours *colours_open(struct making *m);
void colours_close(struct colours *c);

/* The press profile's bytes; empty when there is none. */
struct str colours_profile(const struct colours *c);
/* What a profile calls itself; empty when it does not say or is none. */
struct str profile_description(struct arena *a, const char *path);
/* The same of the press profile. */
struct str colours_description(const struct colours *c, struct arena *a);
/* Deflates the press profile: a job beside others, as it takes as long as the pages
 * of a magazine. Before colours_write_profile. */
void colours_pack(struct colours *c);
/* The stream of the profile for the output intent: the press's, else sRGB. */
int colours_write_profile(struct colours *c, struct writer *w);

/* Tells the edition's colours apart from others' by what pictures become in them:
 * the press profile's digest, or 0. */
uint64_t colours_key(struct colours *c);
/* Name and version of what converts. */
struct str colours_library(struct arena *a);

/* The most that the press's separation lays on one spot, all inks together, 1/10 %. */
int colours_most_ink(struct colours *c);

/* Brings a raster's pixels into the edition's colours. Safe from several
 * threads; new pixels live in a. for_jpeg: they
 * may stay RGB until jpeg_write, see raster.separation. False when the file's own
 * profile was of no use and the pixels were converted as if it had none. */
bool colours_convert(struct colours *c, struct arena *a, struct raster *r, bool for_jpeg);

/* Whether icc describes colours of so many channels, so that it may be embedded
 * with a picture. */
bool colours_profile_fits(struct str icc, int channels);
bool colours_is_srgb(struct str icc);

#endif
