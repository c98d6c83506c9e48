#include "serve/postman.h"

#include "base/arena.h"
#include "base/monotonic.h"
#include "delivery/delivery.h"
#include "serve/counters.h"
#include "serve/stores.h"

#include <pthread.h>
#include <time.h>

enum {
	LOOK_S = 30, /* how often for what came due, or came by another program */
	SHUT_S = 20, /* how long after the mail server could not be reached; doubles */
	SHUT_MOST_S = 600,
	FORGET_S = 3600,
};

struct postman {
	const struct serve_options *options;
	const struct message *const *messages;
	size_t message_count;
	struct counters *counters;
	struct world world; /* the outer one, but cancelled by us */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool woken;
	_Atomic bool ending;
	int64_t shut_s;
};

/* ---- the world, with an end of its own ---- */

static int64_t outer_clock(void *context)
{
	const struct world *w = ((struct postman *)context)->options->world;
	return w->clock(w->context);
}

static int64_t outer_monotonic_ms(void *context)
{
	const struct world *w = ((struct postman *)context)->options->world;
	return w->monotonic_ms(w->context);
}

static bool outer_random(void *context, void *ptr, size_t len)
{
	const struct world *w = ((struct postman *)context)->options->world;
	return w->random(w->context, ptr, len);
}

static const char *outer_environment(void *context, const char *name)
{
	const struct world *w = ((struct postman *)context)->options->world;
	return w->environment(w->context, name);
}

static int is_ending(void *context)
{
	return atomic_load(&((struct postman *)context)->ending);
}

/* ---- rounds ---- */

static void count_all(struct postman *p, const struct requests_result *r)
{
	count(p->counters, COUNTER_MAIL_SENT, r->sent);
	count(p->counters, COUNTER_MAIL_DEFERRED, r->deferred);
	count(p->counters, COUNTER_MAIL_FAILED, r->failed);
	count(p->counters, COUNTER_MAIL_WITHHELD, r->withheld);
}

/* Sends what is due; seconds until the next look. */
static int64_t round_of(struct postman *p, bool forget)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct requests_result r = { 0 };
	struct store *s = store_open(p->options->publication, STORE_WRITE, &p->world, d);
	struct retention_result forgotten;
	bool unsure = p->options->publication->retention.unsure; /* told at the beginning */
	bool ok = s && (!forget || unsure || retention_run(s, &forgotten)) &&
		  requests_send(s, p->messages, p->message_count, &r);
	store_close(s);
	count_all(p, &r);
	bool trouble = !ok || r.shut;
	p->shut_s = !trouble    ? 0
		    : p->shut_s ? (p->shut_s * 2 < SHUT_MOST_S ? p->shut_s * 2 : SHUT_MOST_S)
				: SHUT_S;
	atomic_store(&p->counters->mail_failed, trouble);
	stores_tell(p->options, d);
	arena_close(a);
	return trouble ? p->shut_s : LOOK_S;
}

static void wait_for_work(struct postman *p, int64_t seconds)
{
	const struct timespec until = monotonic_in(seconds);
	pthread_mutex_lock(&p->lock);
	/* While the way is shut nobody is in a hurry. */
	while (!p->ending && !(p->woken && p->shut_s == 0) &&
	       pthread_cond_timedwait(&p->changed, &p->lock, &until) == 0)
		;
	p->woken = false;
	pthread_mutex_unlock(&p->lock);
}

static void *run(void *context)
{
	struct postman *p = context;
	int64_t forgotten_ms = 0;
	while (!atomic_load(&p->ending)) {
		int64_t now = outer_monotonic_ms(p);
		bool forget = forgotten_ms == 0 || now - forgotten_ms > FORGET_S * 1000;
		int64_t wait = round_of(p, forget);
		forgotten_ms = forget ? now : forgotten_ms;
		wait_for_work(p, wait);
	}
	return NULL;
}

struct postman *postman_open(struct arena *a, const struct serve_options *o,
			     const struct message *const *messages, size_t count_of,
			     struct counters *c)
{
	struct postman *p = NEW(a, struct postman);
	p->options = o;
	p->messages = messages;
	p->message_count = count_of;
	p->counters = c;
	p->world = (struct world){ .now = o->world->now,
				   .clock = outer_clock,
				   .monotonic_ms = outer_monotonic_ms,
				   .random = outer_random,
				   .environment = outer_environment,
				   .cancelled = is_ending,
				   .context = p,
				   .processors = o->world->processors };
	pthread_mutex_init(&p->lock, NULL);
	monotonic_cond_init(&p->changed);
	if (pthread_create(&p->thread, NULL, run, p) == 0)
		return p;
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	return NULL;
}

void postman_wake(void *postman)
{
	struct postman *p = postman;
	pthread_mutex_lock(&p->lock);
	p->woken = true;
	pthread_cond_signal(&p->changed);
	pthread_mutex_unlock(&p->lock);
}

void postman_close(struct postman *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->ending = true;
	pthread_cond_signal(&p->changed);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
}
