/* ground: what lies below a transparent picture in print.
 *
 * On bare paper it is composed over white: no transparency for the printer to mind.
 * Above anything else PDF/X-4 gets a soft mask, which is right whatever is below,
 * and keeps the edge of a cut-out photograph and of the tint apart. PDF/X-1a knows
 * no transparency: there the picture is mixed with the tints below it, ink by ink. */
#ifndef PDF_GROUND_H
#define PDF_GROUND_H

#include "model/page.h"
#include "pdf/raster.h"

struct ground {
	bool bare; /* only paper is below */
	bool mixed; /* pictures or words are, not tints alone */
	const struct item **tints; /* in the order of painting */
	size_t tint_count, tint_capacity;
	struct rect whole; /* where the whole picture lies */
};

/* Below a picture of this page. What is found lives in a. */
struct ground ground_below(struct arena *a, const struct page *page, const struct item *picture);

/* The tints as words, to tell grounds apart. */
struct str ground_key(struct arena *a, const struct ground *g);

/* Mixes r, in inks, with the tints by its alpha, which is gone then. area: of the
 * file's pixels what r shows. */
void ground_mix(const struct ground *g, const struct wish *w, struct raster *r);

#endif
