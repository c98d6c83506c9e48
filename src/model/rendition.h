/* Renditions: a picture made for screens, smaller than the editor's file.
 *
 * web/ says what it wants, pdf/ has the libraries that make it, cli/ brings them
 * together: a maker is handed in, as the outside is. */
#ifndef MODEL_RENDITION_H
#define MODEL_RENDITION_H

#include "model/layout.h"

/* The size that those who share addresses ask for (ogp.me). */
enum { CARD_COLUMNS = 1200, CARD_ROWS = 630 };

/* What a card shows: a title and a picture of the publication's own design. */
struct card {
	const struct document *document; /* says of what publication and issue */
	const struct layout *layout;
	struct str title, kicker, language;
	const struct picture *picture; /* may be NULL */
};

struct rendition {
	/* Upright pixels; of other proportions than the picture's, its middle is
	 * taken, of a tall one a part above the middle, where heads are. Never more
	 * than the picture has: then it is made smaller, in the same proportions. */
	int columns, rows;
	/* A JPEG that would be larger is coded more coarsely, down to where faults
	 * would be seen. */
	size_t bytes_at_most;
};

struct rendition_maker {
	/* Appends renditions of one picture to as many buffers, upright, in sRGB or
	 * grey, with nothing that a camera noted: PNG with its alpha where
	 * picture_is_drawing, else JPEG. False when the file cannot be used
	 * (reported). Safe from several threads. */
	bool (*make)(void *context, const struct picture *p, const struct rendition *wanted,
		     size_t count, struct buf *out, struct diags *d);
	/* Appends a card as a JPEG. Equal keys stand for equal cards. */
	bool (*card)(void *context, const struct card *card, struct str key, struct buf *out,
		     struct diags *d);
	void *context;
};

#endif
