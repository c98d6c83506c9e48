/* The pages before the first article: cover and contents. */
#ifndef COMPOSE_FRONT_H
#define COMPOSE_FRONT_H

#include "compose/composer.h"

/* The article the cover is about: the first in the contents with picture and
 * lead. May be NULL. */
const struct article *cover_story(const struct composer *c);
/* The editorial that a frame of the contents page holds; NULL when none does. */
const struct article *framed_editorial(const struct composer *c);
/* The folio of the page an article begins on; 0 when it is on none. */
int opening_number(const struct composer *c, const struct article *a);

/* The publication's title in a rect, in lines that fit it. (masthead.c) */
void masthead_put(struct composer *c, size_t page, struct element *e, struct rect r);
void cover_put(struct composer *c, struct element *parent);
/* One page or more. */
void contents_put(struct composer *c, struct element *parent, struct element *editorial);

/* Text that leads to an article: a LINK below parent. */
int article_tag(struct composer *c, const struct article *a, struct str words);

#endif
