/* Page masters become frames at their place on a recto or verso page. */
#ifndef COMPOSE_FRAMES_H
#define COMPOSE_FRAMES_H

#include "compose/composer.h"

/* What stands in a column's way: lines between top and bottom (y on the page, whole
 * grid lines) keep so far from the column's edges. bottom 0: nothing does. */
struct obstacle {
	int top, bottom, left, right;
};

/* One column of a frame; top and height are whole grid lines. */
struct column {
	int x, y, width, height;
	struct obstacle way;
};

enum { MAX_COLUMNS = FRAME_COLUMNS_MAX };

/* A text frame on a page, ready to be filled. */
struct area {
	struct column column[MAX_COLUMNS];
	int columns;
	bool balance;
};

/* The text area within the margins. */
struct rect margins_rect(const struct layout *l, bool recto);
/* Grid lines at or below, at or above y. */
int grid_line_down(const struct layout *l, int y);
int grid_line_up(const struct layout *l, int y);
/* Columns of a rect: count of them with gutters between, top and bottom on grid
 * lines. */
struct area area_of(const struct layout *l, struct rect r, int columns, int gutter);
/* The columns of a text frame that stands at r. */
struct area area_of_frame(const struct layout *l, const struct frame *f, struct rect r,
			  int head_bottom);
/* y, or below what stands in the columns' way. */
int area_clear(const struct area *a, int y);
/* The text frames of a master; head_bottom counts for those below the head. A
 * master without text frames gets one of the size of the margins. */
size_t areas_of(const struct layout *l, const struct master *m, bool recto, int head_bottom,
		struct area areas[], size_t capacity);
/* The first frame of a role, or NULL. */
const struct frame *master_frame(const struct master *m, enum frame_role r);
/* A master on a page where nothing stands in some of its frames (a set, bit by index):
 * without them, their neighbours having taken their place. split: slots (a set) that
 * become several frames of that name, rather than one of several columns, where they
 * have become so wide. (vacant.c) */
struct master *master_without(struct composer *c, const struct master *m, unsigned vacant,
			      unsigned split);
/* Height of the tallest text column of a master. */
int master_height(const struct layout *l, const struct master *m);
/* Width of its narrowest. */
int master_narrowest(const struct layout *l, const struct master *m);

#endif
