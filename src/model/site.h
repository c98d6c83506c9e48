/* Where an issue stands on the web: what its pages and pictures are called. The
 * web edition writes them, the e-mail points to them. */
#ifndef MODEL_SITE_H
#define MODEL_SITE_H

#include "model/document.h"

/* Whether the publication has a site that can be linked to. */
bool site_is_known(const struct document *d);

/* Appends https://SITE/, https://SITE/ISSUE/, https://SITE/ISSUE/SLUG/ and
 * https://SITE/ISSUE/img/NAME, ready for a header or plain text; html_put makes
 * an attribute of them. Nothing without a site. */
void site_put_root(struct buf *b, const struct document *d);
void site_put_issue(struct buf *b, const struct document *d);
void site_put_article(struct buf *b, const struct document *d, const struct article *a);
void site_put_picture(struct buf *b, const struct document *d, const struct picture *p);

/* Pixels across of the picture that the e-mail shows and every browser can fall back
 * to, at most: a column of 600 pixels, twice as fine, and some more. */
enum { SITE_PICTURE_COLUMNS = 1280 };

/* Appends the name of that picture's file in img/: its own name in plain ASCII, eight
 * digits that change with its content, the ending of its format there. Pictures can
 * so be kept by browsers and mail programs for ever. */
void picture_put_name(struct buf *b, const struct picture *p);
/* The same of another rendition of it: "swit-nad-1a2b3c4d-480.jpg". */
void picture_put_name_of(struct buf *b, const struct picture *p, struct str rendition);

#endif
