/* Pages are begun, dressed and finished. */
#ifndef COMPOSE_SHEET_H
#define COMPOSE_SHEET_H

#include "compose/frames.h"
#include "compose/setting.h"

/* A new page behind the last; its index. Background and plain areas are painted.
 * master may be NULL: a page of the margins alone. article: the one it begins
 * with, or NULL. */
size_t page_open(struct composer *c, const struct master *m, const struct article *article);
bool page_is_recto(const struct composer *c, size_t page);
/* Whether the next page would be one. */
bool next_is_recto(const struct composer *c);

/* A picture in its frame, cropped to fill, with its caption below it. placed: tells
 * whether the caption found room within the margins and above the master's next frame; else the picture stands alone. */
struct box framed_picture(struct composer *c, const struct master *m, bool recto,
			  const struct frame *f, struct rect r, const struct plate *plate,
			  bool *placed);
/* Blocks below one another in a rect, without the grid; returns where they end.
 * They are painted even when they are taller. */
int page_stack(struct composer *c, size_t page, struct block **blocks, size_t count, struct rect r);
/* The same in a frame that stands at r, at its top, middle or foot as it says.
 * What is higher than the frame is reported, by lines of the last block. */
int page_stack_at(struct composer *c, size_t page, struct block **blocks, size_t count,
		  const struct frame *f, struct rect r);
/* An area of colour, an artifact. design: what of the layout wants it, or NULL. */
void page_fill(struct composer *c, size_t page, struct rect r, const struct colour *colour,
	       enum artifact kind, const struct place *design);
/* Ruled lines to write on. */
void page_lines(struct composer *c, size_t page, const struct frame *f);
/* Words as the only line at x, y; an artifact when element is NULL. */
int page_words(struct composer *c, size_t page, struct text t, int x, int y);

/* Running heads, folios and the layout's marks on every page. */
void marks_put(struct composer *c);
/* The spine of a separate cover, when it has one. (spine.c) */
void spine_put(struct composer *c);

/* The lines for the printer of a separate cover and of sheets. (slug.c) */
void slugs_put(struct composer *c);
/* That of a page with marks, above its left half. */
void page_slug_put(struct composer *c, size_t page);
/* Sections, articles and headings. */
void bookmarks_put(struct composer *c);

#endif
