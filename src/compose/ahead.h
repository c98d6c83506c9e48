/* Texts set side by side, before they are asked for. */
#ifndef COMPOSE_AHEAD_H
#define COMPOSE_AHEAD_H

#include "compose/galley.h"

/* One thread's means of setting text: its own faces, words and memory. */
struct hands;

/* As many hands as the world has processors; NULL where one does all. */
struct hands *hands_open(const struct composer *c);
void hands_forget_drafts(struct hands *h);
/* What is painted of what they set lives in the edition's arena from now on. */
void hands_close(struct hands *h, struct arena *edition);

/* Sets the texts among the next blocks at a width, unless the first of them is set
 * already. A text with something to report is left alone, so that block_set reports it in
 * its turn; others may be set at a width that they never get, which nobody sees. */
void set_ahead(struct composer *c, struct block **blocks, size_t count, int width, int max_height);

#endif
