#include "serve/stores.h"

#include "base/arena.h"
#include "delivery/delivery.h"
#include "serve/counters.h"

#include <pthread.h>

/* Readers and the mail servers of one-click requests come again when they are told to; who waits
 * too long is not answered at all. After a wait in vain all are told so at once, for a while. */
enum { PATIENCE_MS = 5000, SLOW_MS = 1000, SHUT_MS = 1000 };

/* A place for one; NULL until it is first used. */
struct slot {
	struct arena *arena;
	struct diags *diags;
	struct store *store;
	bool taken;
	int64_t taken_ms; /* when */
};

struct stores {
	const struct serve_options *options;
	const struct world *world;
	struct counters *counters;
	pthread_mutex_t lock;
	pthread_cond_t free;
	struct slot *slots;
	size_t count;
	_Atomic int64_t shut_until_ms;
};

struct stores *stores_open(struct arena *a, const struct serve_options *o, const struct world *w,
			   struct counters *c, size_t most)
{
	struct stores *s = NEW(a, struct stores);
	s->options = o;
	s->world = w;
	s->counters = c;
	s->slots = NEW_ARRAY(a, struct slot, most);
	s->count = most;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->free, NULL);
	return s;
}

/* Puts a store into a taken place; NULL: closes what is there. Others look through all
 * places while they search, hence the lock. */
static void put(struct stores *s, struct slot *slot, struct store *opened)
{
	pthread_mutex_lock(&s->lock);
	struct store *before = slot->store;
	slot->store = opened;
	pthread_mutex_unlock(&s->lock);
	if (opened)
		return;
	store_close(before);
	if (slot->arena)
		arena_close(slot->arena);
	slot->arena = NULL;
}

void stores_close(struct stores *s)
{
	for (size_t i = 0; i < s->count; i++)
		put(s, &s->slots[i], NULL);
	pthread_cond_destroy(&s->free);
	pthread_mutex_destroy(&s->lock);
}

bool stores_tell(const struct serve_options *o, const struct diags *d)
{
	bool any = false;
	for (size_t i = 0; i < diags_count(d); i++) {
		if (diags_at(d, i)->level == DIAG_LEVEL_WARNING)
			continue;
		any = true;
		if (o->tell)
			o->tell(o->context, d, diags_at(d, i));
	}
	return any;
}

static int64_t now_ms(const struct stores *s)
{
	return s->world->monotonic_ms(s->world->context);
}

static struct slot *free_slot(struct stores *s)
{
	struct slot *found = NULL;
	pthread_mutex_lock(&s->lock);
	while (!found) {
		/* One that is open already, else the first. */
		for (size_t i = s->count; i-- > 0;)
			if (!s->slots[i].taken && (!found || !found->store || s->slots[i].store))
				found = &s->slots[i];
		if (!found)
			pthread_cond_wait(&s->free, &s->lock);
	}
	found->taken = true;
	found->taken_ms = now_ms(s);
	pthread_mutex_unlock(&s->lock);
	return found;
}

/* It failed. When that took long, the next would wait as long in vain. */
static void note_failure(struct stores *s, const struct slot *slot)
{
	if (now_ms(s) - slot->taken_ms >= SLOW_MS)
		atomic_store(&s->shut_until_ms, now_ms(s) + SHUT_MS);
	atomic_store(&s->counters->store_failed, true);
}

static void release(struct stores *s, struct slot *slot)
{
	pthread_mutex_lock(&s->lock);
	slot->taken = false;
	pthread_cond_signal(&s->free);
	pthread_mutex_unlock(&s->lock);
}

struct store *stores_take(struct stores *s)
{
	if (now_ms(s) < atomic_load(&s->shut_until_ms))
		return NULL;
	struct slot *slot = free_slot(s);
	if (slot->store)
		return slot->store;
	slot->arena = arena_open();
	slot->diags = diags_new(slot->arena);
	struct store *opened = store_open_within(s->options->publication, STORE_WRITE, PATIENCE_MS,
						 s->world, slot->diags);
	if (opened) {
		put(s, slot, opened);
		return opened;
	}
	stores_tell(s->options, slot->diags);
	note_failure(s, slot);
	put(s, slot, NULL);
	release(s, slot);
	return NULL;
}

/* The place of a store that is taken. */
static struct slot *slot_of(struct stores *s, const struct store *taken)
{
	struct slot *found = NULL;
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->count; i++)
		if (taken && s->slots[i].store == taken)
			found = &s->slots[i];
	pthread_mutex_unlock(&s->lock);
	return found;
}

void stores_give_back(struct stores *s, struct store *taken)
{
	struct slot *slot = slot_of(s, taken);
	if (!slot)
		return;
	bool trouble = stores_tell(s->options, slot->diags);
	if (trouble || diags_count(slot->diags))
		put(s, slot, NULL);
	atomic_store(&s->counters->store_failed, trouble);
	if (trouble)
		note_failure(s, slot);
	release(s, slot);
}
