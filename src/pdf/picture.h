/* picture: pictures of the pages as image objects.
 *
 * HOW IT WORKS. While pages are painted, each use of a picture is turned into a
 * need: this part of the file, in so many pixels. Equal needs share one image.
 * Then all images are made, one job each: a JPEG that is fine as it is passes
 * through, everything else is decoded, averaged down, converted and encoded
 * again: photographs as JPEG, drawings without loss. What was made so is kept, by
 * content and need, for the next build. */
#ifndef PDF_PICTURE_H
#define PDF_PICTURE_H

#include "pdf/make.h"

struct image;
struct pictures;

/* From the unit square to the page (ISO 32000-1, 8.3.4), in thousandths. */
struct matrix {
	int64_t value[6];
};

/* root: of the publication, where made pictures are kept below out/.cache/ for the
 * next build; empty: they are not. */
struct pictures *pictures_open(struct arena *a, struct str root);
void pictures_close(struct pictures *p);
/* Where they are kept: for other pictures made here. */
struct cache *pictures_cache(struct arena *a, struct str root);

/* The image for an item of a page, and where to paint it. NULL when the item has no area
 * or no usable file. */
const struct image *pictures_use(struct pictures *p, struct making *m, const struct page *page,
				 const struct item *item, struct matrix *matrix);
int image_number(const struct image *i);
/* After pictures_write. */
int image_object(const struct image *i);
/* Whether what is below shows through. After pictures_prepare. */
bool image_transparent(const struct image *i);

size_t pictures_count(const struct pictures *p);
/* Makes the i-th image; several may be made at once. */
void pictures_prepare(struct pictures *p, struct making *m, size_t i);
/* Hands them to the writer; false when one is damaged, which is reported. */
bool pictures_write(struct pictures *p, struct making *m) __attribute__((warn_unused_result));

#endif
