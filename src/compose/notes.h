/* Notes at the feet of columns. */
#ifndef COMPOSE_NOTES_H
#define COMPOSE_NOTES_H

#include "compose/galley.h"

/* Whether all notes belong to lines of text, each of which leaves room for its own in
 * a column of g->note_width and half of g->max_height. */
bool notes_fit(struct galley *g);

/* A note set to a width, as one box; kept with the note. */
const struct box *note_box(struct composer *c, struct note *n, int width);
/* Height of the notes of a box, set to a width. notes: by number - 1. */
int notes_height(struct composer *c, struct note *notes, const struct box *b, int width);
/* Height of the rule above the first of them, with the space that sets it apart. */
int notes_rule_height(const struct composer *c, const struct style *s);
/* The rule as a box of that height. */
const struct box *notes_rule(struct composer *c, const struct style *s, int width);

#endif
