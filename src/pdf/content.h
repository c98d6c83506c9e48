/* content: what a page shows, as its content stream (ISO 32000-1, 7.8.2).
 *
 * HOW IT WORKS. Items are painted in their order. A painter remembers the state
 * a reader of the stream would be in (font, size, colour, open text object, open
 * marked content) and writes only what changes. */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "pdf/font.h"
#include "pdf/make.h"

struct image;

/* What came of a page, and what it needs. */
struct content {
	struct str stream; /* not deflated */
	bool *fonts; /* by number of the face */
	const struct image **images;
	size_t image_count, image_capacity;
	bool overprints;
	const struct ink **spots; /* the n-th is /Sn */
	size_t spot_count, spot_capacity;
	int *forms; /* objects of ready-made pages, painted as /X0, /X1 */
	size_t form_count, form_capacity;
	int *annotations; /* objects */
	size_t annotation_count, annotation_capacity;
};

struct painter {
	struct making *m;
	size_t page; /* index */
	const struct page *noun; /* whose items are painted */
	struct content *content;
	struct buf *out;
	/* open marked content; element NULL and marked: an artifact */
	bool in_text, marked;
	const struct element *element;
	enum artifact artifact;
	/* the state of the stream's reader */
	const struct font *font;
	unsigned variant;
	int size, stretch, rise, letter_space; /* letter_space: 1/10000 pt */
	int64_t line_x, line_y; /* where the text line began */
	const struct colour *colour;
	bool overprint;
};

/* The stream of a page of the file: a page, or the side of a sheet with several.
 * Fonts, pictures and structure are asked on the way. */
void content_make(struct making *m, size_t page, struct content *c);

/* The same for one run; the painter is in a text object. (text.c) */
void text_show(struct painter *p, const struct glyph_run *r);

/* The number of an ink's colour space on the page. (spot.c) */
size_t spot_use(struct content *c, struct arena *a, const struct ink *spot);
/* The /ColorSpace of the page's resources, if it needs one. */
void spot_put_resources(struct buf *b, const struct content *c);

/* The same for one shape. (shape.c) */
void shape_paint(struct painter *p, const struct item *item);

void paint_colour(struct painter *p, const struct colour *colour, bool overprint);

#endif
