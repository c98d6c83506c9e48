/* Articles that leave their slot or frame and go on elsewhere. */
#ifndef COMPOSE_JUMP_H
#define COMPOSE_JUMP_H

#include "compose/story.h"

/* Height to keep free at the foot of the last column, for the line that says where
 * the article goes on. */
int jump_height(const struct composer *c, const struct template *t);

/* The article leaves a page: what was filled of it stands there, down to the end of
 * this column, and the line about to come has its place below. */
void jump_leave(struct story *s, size_t page, const struct column *last);

/* Where articles go on: on pages of a master, below one another. Zeroed: on a new
 * page. */
struct landing {
	const struct master *master;
	size_t page;
	int y; /* the next may begin here; 0: not on this page */
};
/* The rest of an article that left a page, below a line that says where from and its
 * title; or all of one that has left none. Paints the line on the page it left. */
void jump_land(struct landing *l, struct story *s, const struct master *m);

#endif
