/* Articles on pages: of their own, in slots of a shared page, in a frame. */
#ifndef COMPOSE_STORY_H
#define COMPOSE_STORY_H

#include "compose/flow.h"
#include "compose/sheet.h"

/* An article for pages of its own, in three steps: its blocks, before its turn if need be;
 * its place in the structure, where its texts begin to be set; its pages, behind the last. */
struct story;
struct story *story_make(struct composer *c, const struct article *a);
void story_begin(struct story *s, struct element *parent);
void story_put(struct story *s);
/* All three. */
void story_compose(struct composer *c, const struct article *a, struct element *parent);
/* The first for the article behind, the hands being still at the one whose turn it is; they
 * set its texts whenever that one leaves them nothing to do. */
struct story *story_make_next(struct composer *c, const struct article *a);

/* The articles of a shared page, in the order of the issue. */
struct shared;
struct shared *shared_open(struct composer *c, const struct master *m, struct str section,
			   struct element *parent);
const struct master *shared_master(const struct shared *s);
void shared_add(struct shared *s, const struct article *a);
void shared_close(struct shared *s);

/* The whole article in a frame of an open page; what does not fit jumps to pages
 * behind it, and is reported. */
void story_in_frame(struct composer *c, size_t page, const struct frame *f, const struct article *a,
		    struct element *parent);

/* ---- within ---- */

/* Where an article left a page (jump.c). */
struct jump {
	bool left; /* it has left one */
	size_t page;
	int x, y, width; /* of its last column: nothing of it stands below y */
	struct element *on, *from; /* of the lines at the foot, and where it goes on */
};

/* An article made ready to flow. */
struct story {
	struct galley galley;
	struct flow flow;
	struct block **head;
	size_t head_count;
	int narrowest; /* column the text may meet */
	struct plate plate; /* the opening picture; picture NULL when there is none */
	struct jump jump;
};

/* Makes elements and blocks. note_width: of the narrowest column at whose foot notes
 * may stand, 0: they follow the text. */
void story_start(struct story *s, struct composer *c, const struct article *a,
		 struct element *parent, int max_height, int note_width, bool drop_cap);
/* Starts the flow over the galley's blocks as they are now. */
void story_restart(struct story *s);
/* Puts blocks before the flow's first. */
void story_prepend(struct story *s, struct block **blocks, size_t count);
/* The opening picture as a block of the flow. */
void story_picture_in_flow(struct story *s);
/* The head as part of the flow, across all columns. */
void story_head_in_flow(struct story *s);
/* The opening picture's caption as part of the flow. */
void story_caption_in_flow(struct story *s);
/* All pages of an article of its own; the first as its master wants it. */
void opening_put(struct story *s);
/* The pages of a master as sheets whose first is the next page, or the one behind
 * it: then the first areas are the caller's. */
void story_sheets(struct composer *c, const struct master *m, struct sheets *out);
/* Paints what was filled, the first of it on an open page, and says what found no
 * place. */
void story_paint(struct story *s, const struct master *m, size_t first_page);
/* Remembers the page an article begins on. */
void story_opened(struct composer *c, const struct article *a, size_t page);
/* Grid lines the flow still needs at a width, for messages. */
int story_lines_left(struct story *s, int width);

#endif
