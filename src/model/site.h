/* Where an issue stands on the web: what its pages and pictures are called. The
 * web edition writes them, the e-mail points to them. */
#ifndef MODEL_SITE_H
#define MODEL_SITE_H

#include "model/document.h"

/* Whether the publication has a site that can be linked to. */
bool site_is_known(const struct document *d);

/* Appends https://SITE/ISSUE/, https://SITE/ISSUE/SLUG/ and
 * https://SITE/ISSUE/img/NAME, ready for a header or plain text; html_put makes
 * an attribute of them. Nothing without a site. */
void site_put_issue(struct buf *b, const struct document *d);
void site_put_article(struct buf *b, const struct document *d, const struct article *a);
void site_put_picture(struct buf *b, const struct document *d, const struct picture *p);

/* Appends the name of a picture's file in img/: its own name in plain ASCII, eight
 * digits that change with its content, the ending of its format. Pictures can so
 * be kept by browsers and mail programs for ever. */
void picture_put_name(struct buf *b, const struct picture *p);

#endif
