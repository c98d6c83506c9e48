/* Breaking paragraphs is half the work of composing, and none needs another. So when
 * a flow comes to a text that is not set yet, other hands begin with those behind it,
 * while it goes on. What it comes to before them is its own.
 *
 * HOW IT WORKS. What a text comes to does not depend on the hand. Reports would: a
 * missing character is told of once, wherever it is met first, and hands do not go
 * in order. So they report to nobody and remember nothing that they told; a block with
 * something to report is left to be set in its turn.
 *
 * A block given to the hands has its job's number; whoever wants to look into it or to
 * change it takes it first (ahead_take). Lines are made from what a hand has chosen
 * only while all rest: making one may shape letters anew, in the hand's own look. */
#include "compose/ahead.h"

#include "base/crew.h"
#include "compose/setting.h"

#include <assert.h>

enum { TEXTS_AHEAD = 32 };
static_assert((int)TEXTS_AHEAD <= (int)CREW_JOBS, "given at once");

struct hands {
	struct crew *crew;
	/* What they were given last. */
	struct block *blocks[TEXTS_AHEAD];
	size_t given;
	int width, max_height;
	size_t count;
	struct composer composer[]; /* copies, each with its own arena, type and diags */
};

/* Reports so far, kept or not. */
static size_t told_to(const struct diags *d)
{
	return diags_level_count(d, DIAG_LEVEL_WARNING) + diags_level_count(d, DIAG_LEVEL_ERROR) +
	       diags_level_count(d, DIAG_LEVEL_FAILURE);
}

static void set_one(void *context, size_t worker, size_t i)
{
	struct hands *h = context;
	struct composer *hand = &h->composer[worker];
	struct block *b = h->blocks[i];
	struct setting *before = b->settings;
	size_t told = told_to(hand->diags);
	block_set(hand, b, h->width, h->max_height);
	if (told_to(hand->diags) == told)
		return;
	b->settings = before;
	b->waits = true;
	type_forget_told(hand->type);
}

struct hands *hands_open(const struct composer *c)
{
	size_t count = c->world ? c->world->processors : 1;
	if (count-- < 2)
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
		hand->type = type_open_beside(c->type, hand->diags);
	}
	h->crew = crew_open(c->arena, count, set_one, h);
	return h;
}

void hands_close(struct hands *h, struct arena *edition)
{
	if (!h)
		return;
	if (h->crew)
		crew_close(h->crew);
	for (size_t i = 0; i < h->count; i++) {
		type_close(h->composer[i].type);
		arena_close(h->composer[i].drafts);
		arena_join(edition, h->composer[i].arena);
	}
}

/* Bars and what they dress copy each other. */
static bool may_be_set(const struct block *b, int width)
{
	return b->kind == BLOCK_TEXT && !b->waits && !b->spans_columns && !b->bar &&
	       !b->bar_block && !block_is_set(b, width);
}

static void give(struct hands *h, const struct composer *c)
{
	for (size_t i = 0; i < h->count; i++) { /* what has changed since */
		h->composer[i].targets = c->targets;
		h->composer[i].target_count = c->target_count;
		h->composer[i].pages = c->pages;
	}
	crew_give(h->crew, h->given);
}

bool ahead_is_due(const struct composer *c, const struct block *b, int width)
{
	return c->hands && !b->job && may_be_set(b, width);
}

void set_ahead(struct composer *c, struct block **blocks, size_t count, int width, int max_height)
{
	struct hands *h = c->hands;
	if (!h || !h->crew)
		return;
	ahead_rest(c);
	h->width = width;
	h->max_height = max_height;
	for (size_t i = 0; i < count && h->given < TEXTS_AHEAD; i++) {
		if (!may_be_set(blocks[i], width))
			continue;
		h->blocks[h->given++] = blocks[i];
		blocks[i]->job = h->given;
	}
	if (h->given)
		give(h, c);
}

void ahead_take(struct composer *c, struct block *b)
{
	if (!c->hands || !b->job) /* the hands themselves have none */
		return;
	crew_take(c->hands->crew, b->job - 1);
	b->job = 0;
}

void ahead_rest(struct composer *c)
{
	struct hands *h = c->hands;
	if (!h || !h->given)
		return;
	crew_rest(h->crew);
	for (size_t i = 0; i < h->given; i++)
		h->blocks[i]->job = 0;
	h->given = 0;
}

void ahead_forget_drafts(struct composer *c)
{
	ahead_rest(c);
	for (size_t i = 0; c->hands && i < c->hands->count; i++)
		arena_reset(c->hands->composer[i].drafts);
}
