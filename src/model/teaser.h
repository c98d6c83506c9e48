/* The teaser: a few words and a picture that stand for an article elsewhere. */
#ifndef MODEL_TEASER_H
#define MODEL_TEASER_H

#include "model/document.h"

/* Appends the article's lead or, without one, its first sentences: up to some 240
 * characters, an ellipsis where a sentence was cut. */
void teaser_put(struct buf *b, const struct article *a, enum edition e, struct str region);

/* The opening picture, or the first usable one of the text; NULL when none. */
const struct picture *teaser_picture(const struct article *a, enum edition e, struct str region);

/* Up to max pictures of the article's galleries into pictures; how many. They
 * stand side by side: all of them lie, when there are enough that do. */
size_t teaser_gallery(const struct article *a, enum edition e, struct str region, size_t max,
		      const struct picture **pictures);

#endif
