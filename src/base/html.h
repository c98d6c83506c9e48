/* HTML: text made harmless, and a pattern to pour it into. */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/str.h"

/* Appends text for an element or a quoted attribute: & < > " ' become
 * references, control characters (C0, DEL, C1) spaces; tab and line feed stay. */
void html_put(struct buf *b, struct str text);

/* Appends an address for a quoted attribute: what may not stand in a URL is
 * percent-encoded, & becomes a reference. Whether it is an address that may be
 * linked to, url_allowed of base/url.h tells. */
void html_put_url(struct buf *b, struct str url);

/* Appends pattern; each $ in it takes the next value as html_put does, each @ the
 * next as it is (markup and addresses that are safe already). */
void html_fill(struct buf *b, const char *pattern, const struct str *values, size_t count);

/* HTML(b, "<h2 id=\"$\">$</h2>", slug, title) */
#define HTML(b, pattern, ...)                                                                      \
	html_fill((b), (pattern), (const struct str[]){ __VA_ARGS__ },                             \
		  sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))

#endif
