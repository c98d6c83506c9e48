/* Breaking paragraphs is half the work of composing, and none needs another. So when
 * a flow comes to a text that is not set yet, the next ones are set with it, by all
 * hands.
 *
 * HOW IT WORKS. What a text comes to does not depend on the hand. Reports would: each
 * hand tells of a missing character once, wherever it meets it first. So hands report
 * to nobody, and a block with something to report is left to be set in its turn. */
#include "compose/ahead.h"

#include "base/pool.h"
#include "compose/setting.h"

#include <stdatomic.h>

enum { TEXTS_AHEAD = 16 };

struct hands {
	size_t count;
	struct composer composer[]; /* copies, each with its own arena, type and diags */
};

struct ahead {
	struct hands *hands;
	struct block *blocks[TEXTS_AHEAD];
	size_t count;
	int width, max_height;
	atomic_size_t next;
};

struct hands *hands_open(const struct composer *c)
{
	size_t count = c->world ? c->world->processors : 1;
	if (count < 2)
		return NULL;
	count = count < TEXTS_AHEAD ? count : TEXTS_AHEAD;
	struct hands *h = arena_alloc(c->arena, sizeof *h + count * sizeof *h->composer);
	h->count = count;
	for (size_t i = 0; i < count; i++) {
		struct composer *hand = &h->composer[i];
		*hand = *c;
		hand->scratch = NULL; /* the flow's own */
		hand->hands = NULL;
		hand->arena = arena_open();
		hand->drafts = arena_open();
		hand->diags = diags_new(hand->arena);
		hand->type = type_open(c->layout, hand->diags);
	}
	return h;
}

void hands_forget_drafts(struct hands *h)
{
	for (size_t i = 0; h && i < h->count; i++)
		arena_reset(h->composer[i].drafts);
}

void hands_close(struct hands *h, struct arena *edition)
{
	for (size_t i = 0; h && i < h->count; i++) {
		type_close(h->composer[i].type);
		arena_close(h->composer[i].drafts);
		arena_join(edition, h->composer[i].arena);
	}
}

/* Reports so far, kept or not. */
static size_t told_to(const struct diags *d)
{
	return diags_level_count(d, DIAG_LEVEL_WARNING) + diags_level_count(d, DIAG_LEVEL_ERROR) +
	       diags_level_count(d, DIAG_LEVEL_FAILURE);
}

static void set_one(struct composer *hand, struct block *b, const struct ahead *a)
{
	struct setting *before = b->settings;
	size_t told = told_to(hand->diags);
	block_set(hand, b, a->width, a->max_height);
	if (told_to(hand->diags) == told)
		return;
	b->settings = before;
	b->waits = true;
}

static void set_some(void *context, size_t hand)
{
	struct ahead *a = context;
	for (size_t i = atomic_fetch_add(&a->next, 1); i < a->count;
	     i = atomic_fetch_add(&a->next, 1))
		set_one(&a->hands->composer[hand], a->blocks[i], a);
}

/* Bars and what they dress copy each other. */
static bool may_be_set(const struct block *b, int width)
{
	return b->kind == BLOCK_TEXT && !b->waits && !b->spans_columns && !b->bar &&
	       !b->bar_block && !block_is_set(b, width);
}

void set_ahead(struct composer *c, struct block **blocks, size_t count, int width, int max_height)
{
	struct ahead a = { .hands = c->hands, .width = width, .max_height = max_height };
	if (!c->hands || !count || !may_be_set(blocks[0], width))
		return;
	for (size_t i = 0; i < count && a.count < TEXTS_AHEAD; i++)
		if (may_be_set(blocks[i], width))
			a.blocks[a.count++] = blocks[i];
	for (size_t i = 0; i < c->hands->count; i++) { /* what has changed since */
		c->hands->composer[i].targets = c->targets;
		c->hands->composer[i].target_count = c->target_count;
		c->hands->composer[i].pages = c->pages;
	}
	pool_run(c->hands->count, c->hands->count, set_some, &a);
}
