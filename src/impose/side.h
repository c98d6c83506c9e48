/* One side of a sheet while it is being made. Private to impose/. */
#ifndef IMPOSE_SIDE_H
#define IMPOSE_SIDE_H

#include "base/arena.h"
#include "model/sheet.h"

/* Sheets of this width and the pages' height, with room for the marks. */
struct sheets *sheets_new(struct arena *a, const struct pages *p, int width, struct marks marks);

/* A new side, empty; trimmed from left to right. Borrowed until the next. */
struct side *side_open(struct arena *a, struct sheets *s, int left, int right);

/* Puts a page with its corner at x, 0; it may print from left to right, with the
 * bleed above and below. */
void side_put(struct arena *a, struct side *side, const struct sheets *s, const struct page *page,
	      int x, int left, int right);

/* The sheets' marks around the trim, and where the sheet is folded. */
void side_put_marks(struct arena *a, struct side *side, const struct sheets *s, const int *folds,
		    size_t fold_count);

/* A line of words among the marks at the head, from the left corner on; NULL: none. */
void side_put_slug(struct arena *a, struct side *side, const struct sheets *s,
		   const struct page *slug);

#endif
