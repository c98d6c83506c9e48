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

/* Those who get the same message. */
struct segment {
	struct str language, region; /* region empty: everyone else */
};

/* All segments of an issue: languages in their order, the publication's first; in each,
 * everyone first, then the regions that an article or a passage is meant for, sorted. */
struct segment *email_segments(struct arena *a, const struct document *doc, size_t *count);

/* Makes pictures that travel within the message; handed in, as the outside is. */
struct picture_maker {
	/* Appends a JPEG or PNG of at most so many pixels across and, where that can
	 * be, of at most so many bytes: upright, with nothing that a camera noted.
	 * False when the file cannot be used (reported). */
	bool (*make)(void *context, const struct picture *p, int columns, size_t bytes_at_most,
		     struct buf *out, struct diags *d);
	void *context;
};

/* The message of a segment. Never NULL; reports what is too large or cannot be a
 * header. inside: pictures are parts of the message; NULL: they stand on the site, or
 * there are none. */
struct message *email_compose(struct arena *a, const struct document *doc, const struct layout *l,
			      const struct segment *segment, const struct picture_maker *inside,
			      const struct world *w, struct diags *d);

#endif
