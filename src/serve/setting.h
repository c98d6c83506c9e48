/* Inside serve/: what the settings say, read before anything is opened. */
#ifndef SERVE_SETTING_H
#define SERVE_SETTING_H

#include "serve/client.h"
#include "serve/route.h"
#include "serve/serve.h"

/* Where to listen, and how that was written. */
struct doorway {
	struct str text; /* empty: nowhere */
	struct client address;
	uint16_t port;
};

struct setting {
	struct routes routes;
	struct network *proxies;
	size_t proxy_count;
	struct doorway pages, metrics;
};

/* False when one of them will not do; all that will not are told, each at its place. */
bool setting_read(struct arena *a, const struct serve_options *o, struct setting *s,
		  struct diags *d);

#endif
