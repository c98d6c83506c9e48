/* Addresses: which may be linked to, and how they are written. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/str.h"

struct arena;

/* Whether an address may stand behind a link: http, https, mailto or tel, and
 * no control character in it. */
bool url_allowed(struct str url);

/* Appends url with every byte percent-encoded that RFC 3986 does not allow in an
 * address: spaces, quotes, brackets, controls, all that is not ASCII. An escape
 * that is there already stays. */
void url_put(struct buf *b, struct str url);

/* Decodes percent-escapes, and + as a blank where it is one. False for wrong escapes, NUL
 * and what is not UTF-8 then. The decoded text lives in a. */
bool url_decode(struct arena *a, struct str text, bool plus, struct str *decoded);

/* Appends text as one component: all but letters, digits and - . _ ~ encoded. */
void url_put_component(struct buf *b, struct str text);

#endif
