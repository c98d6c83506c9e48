/* Typography once, per language, for all editions: quotes, dashes, ellipses,
 * apostrophes, ranges, and the no-break spaces that hold together what must not
 * be torn apart at a line's end. */
#ifndef SOURCE_TYPOGRAPH_H
#define SOURCE_TYPOGRAPH_H

#include "model/document.h"

struct arena;

/* strict binds two-letter words too: headings, titles, captions. */
struct str typograph(struct arena *a, struct str text, struct str language, bool strict);

/* The texts below a block of inlines, as one running text: a quotation may open
 * before an emphasis and close within a link. Code, addresses and links that
 * spell out their own address stay untouched. */
void typograph_block(struct arena *a, struct node *block, struct str language, bool strict);

/* All blocks and notes of an article, in its language. Articles have nothing in common:
 * several may be done at once. */
void article_typograph(struct arena *a, struct article *article);

#endif
