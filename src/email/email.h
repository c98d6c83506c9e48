/* email/: the document becomes a message.
 *
 * In: an issue, the layout (colours, which templates appear whole), a language
 * and a segment. Out: HTML that mail clients accept, the text part made from the
 * document, the MIME tree cut into chunks and holes. Knows no subscribers and
 * sends nothing. No library. */
#ifndef EMAIL_EMAIL_H
#define EMAIL_EMAIL_H

#include "base/world.h"
#include "model/layout.h"
#include "model/message.h"

struct arena;

/* Regions that any article or passage of the issue is meant for, sorted; a
 * subscriber of none of them gets the message of the empty region. */
struct str *email_regions(struct arena *a, const struct document *doc, size_t *count);

/* The message for a region (empty: everyone else). Never NULL; reports what is
 * too large or cannot be a header. */
struct message *email_compose(struct arena *a, const struct document *doc, const struct layout *l,
			      struct str region, const struct world *w, struct diags *d);

#endif
