/* The door: what answers, what sends, and what they share. */
#include "serve/serve.h"

#include "base/arena.h"
#include "delivery/delivery.h"
#include "serve/gate.h"
#include "serve/letter.h"
#include "serve/postman.h"
#include "serve/setting.h"

/* Requests to subscribe from one network. */
static const struct limit_rate asking = { .burst = 20, .every_ms = 30000 };

struct serve {
	struct arena *arena;
	struct serve_options options;
	struct counters counters;
	struct setting setting;
	struct site site;
	struct stores *stores;
	struct postman *postman;
	struct gate *http, *metrics;
	struct str address, metrics_address;
};

/* Tries the database, so that a mistake is told at once and not to a reader. */
static bool try_store(struct serve *s, struct diags *d)
{
	struct store *store = store_open(s->options.publication, STORE_WRITE, s->options.world, d);
	store_close(store);
	return store != NULL;
}

static const struct message **make_letters(struct serve *s)
{
	const struct message **letters = NEW_ARRAY(s->arena, const struct message *, TONGUE_COUNT);
	struct palette colours;
	enum tongue own;
	palette_light(&colours, s->options.layout);
	if (!tongue_from(s->options.publication->language, &own))
		own = TONGUE_EN;
	/* The first is for languages that are not ours. */
	for (int i = 0; i < TONGUE_COUNT; i++)
		letters[i] = letter_make(s->arena, s->options.publication, &colours,
					 s->setting.routes.url[ROUTE_CONFIRM],
					 (enum tongue)(((int)own + i) % TONGUE_COUNT),
					 request_days(s->options.publication));
	return letters;
}

static struct str address_of(struct serve *s, struct str listen, uint16_t port, struct str path)
{
	size_t colon = listen.len;
	while (colon && listen.ptr[colon - 1] != ':')
		colon--;
	struct str host = colon > 1 ? str_sub(listen, 0, colon - 1) : STR("127.0.0.1");
	return str_format(s->arena, "http://%.*s:%u%.*s", STR_ARG(host), (unsigned)port,
			  STR_ARG(path));
}

static bool open_metrics(struct serve *s, struct diags *d)
{
	const struct doorway *w = &s->setting.metrics;
	uint16_t port = w->port;
	if (w->text.len == 0)
		return true;
	s->metrics = gate_open_metrics(&s->site, s->stores, w->address, &port, d);
	s->metrics_address = address_of(s, w->text, port, STR("/metrics"));
	return s->metrics != NULL;
}

static bool open_all(struct serve *s, struct diags *d)
{
	const struct serve_options *o = &s->options;
	const struct setting *set = &s->setting;
	uint64_t seed = 0;
	if (!setting_read(s->arena, o, &s->setting, d) || !try_store(s, d) ||
	    !o->world->random(o->world->context, &seed, sizeof seed))
		return false;
	s->site.publication = o->publication;
	s->site.world = o->world;
	s->site.routes = &set->routes;
	s->site.proxies = set->proxies;
	s->site.proxy_count = set->proxy_count;
	s->site.look = look_make(s->arena, o->publication, &set->routes, o->layout);
	s->site.counters = &s->counters;
	s->site.limit = limit_open(s->arena, asking, seed);
	s->stores = stores_open(s->arena, o, o->world, &s->counters, ANSWERING_THREADS + 1);
	s->postman = postman_open(s->arena, o, make_letters(s), TONGUE_COUNT, &s->counters);
	s->site.wake = postman_wake;
	s->site.context = s->postman;
	if (!s->postman)
		return false;
	s->http = gate_open(&s->site, s->stores, set->pages.address, set->pages.port, d);
	s->address =
		address_of(s, set->pages.text, s->site.port, set->routes.before[ROUTE_SUBSCRIBE]);
	return s->http && open_metrics(s, d);
}

void serve_check(const struct publication *p, struct diags *d)
{
	struct arena *a = arena_open();
	struct setting s;
	setting_read(a, &(struct serve_options){ .publication = p }, &s, d);
	arena_close(a);
}

struct serve *serve_open(const struct serve_options *o, struct diags *d)
{
	struct arena *a = arena_open();
	struct serve *s = NEW(a, struct serve);
	s->arena = a;
	s->options = *o;
	if (open_all(s, d))
		return s;
	serve_close(s);
	return NULL;
}

void serve_close(struct serve *s)
{
	if (!s)
		return;
	gate_close(s->http);
	gate_close(s->metrics);
	postman_close(s->postman);
	if (s->stores)
		stores_close(s->stores);
	if (s->site.limit)
		limit_close(s->site.limit);
	arena_close(s->arena);
}

struct str serve_address(const struct serve *s)
{
	return s->address;
}

struct str serve_metrics_address(const struct serve *s)
{
	return s->metrics_address;
}
