/* Texts set side by side, before they are asked for. */
#ifndef COMPOSE_AHEAD_H
#define COMPOSE_AHEAD_H

#include "compose/galley.h"

/* One thread's means of setting text: its own faces, words and memory. */
struct hands;

/* The world's processors but for the caller's; NULL where the caller does all. */
struct hands *hands_open(const struct composer *c);
/* What is painted of what they set lives in the edition's arena from now on. */
void hands_close(struct hands *h, struct arena *edition);

/* Lets the hands begin with the texts among these blocks, at a width, instead of what
 * they were at. A text with something to report is left alone, so that block_set reports
 * it in its turn; others may be set at a width that they never get, which nobody sees. */
void set_ahead(struct composer *c, struct block **blocks, size_t count, int width, int max_height);
/* Texts of the article behind, for whenever this one leaves the hands nothing to do; until
 * it is forgotten. What they come to lies in the drafts of that article. */
void ahead_offer(struct composer *c, struct block **blocks, size_t count, int width,
		 int max_height);
/* Whether the block is a text that neither has been set at a width nor was given to the
 * hands: they are behind. */
bool ahead_is_due(const struct composer *c, const struct block *b, int width);
/* The block is the caller's alone from now on. */
void ahead_take(struct composer *c, struct block *b);
/* All blocks are. */
void ahead_rest(struct composer *c);
/* All but those that were offered: the hands are at these now. */
void ahead_go_on(struct composer *c);
/* Forgets the drafts of the hands; those of the article behind are this one's now. */
void ahead_forget_drafts(struct composer *c);

#endif
