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
#include "model/rendition.h"

struct arena;

/* Those who get the same message. */
struct segment {
	struct str language, region; /* region empty: everyone else */
};

/* All segments of an issue: languages in their order, the publication's first; in each,
 * everyone first, then the regions that an article or a passage is meant for, sorted. */
struct segment *email_segments(struct arena *a, const struct document *doc, size_t *count);

/* The message of a segment. Never NULL; reports what is too large or cannot be a
 * header. inside: pictures are parts of the message; NULL: they stand on the site, or
 * there are none. */
struct message *email_compose(struct arena *a, const struct document *doc, const struct layout *l,
			      const struct segment *segment, const struct rendition_maker *inside,
			      const struct world *w, struct diags *d);

#endif
