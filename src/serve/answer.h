/* Inside serve/: from a request to what it is answered, without a connection. */
#ifndef SERVE_ANSWER_H
#define SERVE_ANSWER_H

#include "base/world.h"
#include "delivery/delivery.h"
#include "serve/client.h"
#include "serve/counters.h"
#include "serve/limit.h"
#include "serve/leaf.h"

struct arena;

enum {
	BODY_MOST = 16 * 1024, /* bytes of a form: far more than ours can hold */
	PATH_MOST = 512,
};

/* All that answers depend on; shared by the threads, and const but for limit and counters. */
struct site {
	const struct publication *publication;
	const struct world *world;
	const struct look *look;
	const struct routes *routes;
	struct limit *limit;
	struct counters *counters;
	const struct network *proxies;
	size_t proxy_count;
	uint16_t port;
	/* Somebody asked: there is a message to send. */
	void (*wake)(void *context);
	void *context;
};

/* A request. */
struct visit {
	struct str method, path, query; /* as sent, percent-encoded */
	struct str host;
	size_t hosts; /* how many Host headers there are */
	struct str type; /* Content-Type */
	struct str languages; /* Accept-Language */
	struct str origin, fetch_site; /* Origin, Sec-Fetch-Site */
	struct str body;
	struct client client;
};

struct answer {
	unsigned status; /* HTTP's; 0: none yet */
	const char *type;
	const char *allow; /* methods, or NULL */
	bool download;
	bool later; /* Retry-After */
	bool is_plain; /* body is look->plain[plain][tongue], and says no more than that */
	enum plain plain;
	enum tongue tongue;
	struct str body; /* in the arena, or as long as the site */
};

/* What the headers alone are answered: refusals that need neither body nor database. Status
 * 0: go on. */
struct answer answer_early(const struct site *s, const struct visit *v);

struct answer answer_visit(const struct site *s, struct store *store, struct arena *a,
			   const struct visit *v);

/* A plain page in the language that the browser asks for. */
struct answer answer_plain(const struct site *s, const struct visit *v, unsigned status,
			   enum plain page);
/* The answer of such a page without a visit: all but its status. */
struct answer plain_of(const struct look *l, enum plain page, enum tongue t);

#endif
