/* Breaking paragraphs is half the work of composing, and none needs another. So when
 * a flow comes to a text that is not set yet, other hands begin with those behind it,
 * while it goes on. What it comes to before them is its own. When it leaves them nothing,
 * because it compares ways to fill its pages, they begin with the article behind.
 *
 * HOW IT WORKS. What a text comes to does not depend on the hand. Reports would: a
 * missing character is told of once, wherever it is met first, and hands do not go
 * in order. So they report to nobody and remember nothing that they told; a block with
 * something to report is left to be set in its turn.
 *
 * A block given to the hands has its job's number; whoever wants to look into it or to
 * change it takes it first (ahead_take). */
#include "compose/ahead.h"

#include "base/crew.h"
#include "compose/setting.h"

#include <assert.h>

enum { TEXTS_AHEAD = 96 };
static_assert((int)TEXTS_AHEAD <= (int)CREW_JOBS, "given at once");

/* Texts that may be set at a width. */
struct texts {
	struct block **blocks;
	size_t count;
	int width, max_height;
};

struct job {
	struct block *block;
	int width, max_height;
	bool next; /* of the article behind */
};

struct hands {
	struct crew *crew;
	struct texts next; /* of the article behind */
	struct job job[TEXTS_AHEAD]; /* what they were given last */
	size_t given;
	size_t count;
	struct hand {
		struct composer composer; /* a copy with its own arena, type and diags */
		struct arena *drafts, *drafts_next;
	} hand[];
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
	const struct job *j = &h->job[i];
	struct hand *hand = &h->hand[worker];
	struct composer *c = &hand->composer;
	struct setting *before = j->block->settings;
	size_t told = told_to(c->diags);
	c->drafts = j->next ? hand->drafts_next : hand->drafts;
	block_set(c, j->block, j->width, j->max_height);
	if (told_to(c->diags) == told)
		return;
	j->block->settings = before;
	j->block->waits = true;
	type_forget_told(c->type);
}

struct hands *hands_open(const struct composer *c)
{
	size_t count = c->world ? c->world->processors : 1;
	if (count-- < 2)
		return NULL;
	count = count < TEXTS_AHEAD ? count : TEXTS_AHEAD;
	struct hands *h = arena_alloc(c->arena, sizeof *h + count * sizeof *h->hand);
	h->count = count;
	for (size_t i = 0; i < count; i++) {
		struct hand *hand = &h->hand[i];
		struct composer *own = &hand->composer;
		*own = *c;
		own->scratch = NULL; /* the flow's own */
		own->hands = NULL;
		own->arena = arena_open();
		own->diags = diags_new(own->arena);
		own->type = type_open_beside(c->type, own->diags);
		hand->drafts = arena_open();
		hand->drafts_next = arena_open();
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
		type_close(h->hand[i].composer.type);
		arena_close(h->hand[i].drafts);
		arena_close(h->hand[i].drafts_next);
		arena_join(edition, h->hand[i].composer.arena);
	}
}

/* Bars and what they dress copy each other. */
static bool may_be_set(const struct block *b, int width)
{
	return b->kind == BLOCK_TEXT && !b->waits && !b->spans_columns && !b->bar &&
	       !b->bar_block && !block_is_set(b, width);
}

/* As many as there is room for. */
static void add_jobs(struct hands *h, const struct texts *t, bool next)
{
	for (size_t i = 0; i < t->count && h->given < TEXTS_AHEAD; i++) {
		struct block *b = t->blocks[i];
		if (!may_be_set(b, t->width))
			continue;
		h->job[h->given++] = (struct job){ b, t->width, t->max_height, next };
		b->job = h->given;
	}
}

static void give(const struct composer *c, const struct texts *now)
{
	struct hands *h = c->hands;
	if (now)
		add_jobs(h, now, false);
	add_jobs(h, &h->next, true);
	for (size_t i = 0; i < h->count; i++) { /* what has changed since */
		struct composer *own = &h->hand[i].composer;
		own->targets = c->targets;
		own->target_count = c->target_count;
		own->pages = c->pages;
	}
	if (h->given)
		crew_give(h->crew, h->given);
}

bool ahead_is_due(const struct composer *c, const struct block *b, int width)
{
	return c->hands && !b->job && may_be_set(b, width);
}

void set_ahead(struct composer *c, struct block **blocks, size_t count, int width, int max_height)
{
	if (!c->hands || !c->hands->crew)
		return;
	ahead_rest(c);
	give(c, &(struct texts){ blocks, count, width, max_height });
}

void ahead_offer(struct composer *c, struct block **blocks, size_t count, int width, int max_height)
{
	if (c->hands)
		c->hands->next = (struct texts){ blocks, count, width, max_height };
}

void ahead_go_on(struct composer *c)
{
	if (!c->hands || !c->hands->crew)
		return;
	ahead_rest(c);
	give(c, NULL);
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
		h->job[i].block->job = 0;
	h->given = 0;
}

void ahead_forget_drafts(struct composer *c)
{
	struct hands *h = c->hands;
	ahead_rest(c);
	for (size_t i = 0; h && i < h->count; i++) {
		struct hand *hand = &h->hand[i];
		struct arena *forgotten = hand->drafts;
		arena_reset(forgotten);
		hand->drafts = hand->drafts_next;
		hand->drafts_next = forgotten;
	}
	if (h)
		h->next.count = 0;
}
