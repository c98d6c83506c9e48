/* Inside serve/: what a request's path asks for. Paths are those of the public addresses
 * in glos.yaml. */
#ifndef SERVE_ROUTE_H
#define SERVE_ROUTE_H

#include "base/diag.h"
#include "model/publication.h"

struct arena;

enum route_kind {
	ROUTE_NONE,
	ROUTE_SUBSCRIBE, /* mail.subscribe */
	ROUTE_CONFIRM, /* mail.confirm */
	ROUTE_UNSUBSCRIBE, /* mail.unsubscribe */
	ROUTE_PREFERENCES, /* mail.preferences */
	ROUTE_ERASE, /* mail.preferences + "/erase" */
	ROUTE_EXPORT, /* mail.preferences + "/data.json" */
	ROUTE_COUNT
};

/* The public addresses, and what stands before the token in each path. */
struct routes {
	struct str url[ROUTE_COUNT]; /* with {token}, but for SUBSCRIBE */
	struct str before[ROUTE_COUNT], after[ROUTE_COUNT];
	struct str hosts[ROUTE_COUNT]; /* as in a Host header, without repetition */
	size_t host_count;
};

/* False, told, when unsubscribe or preferences is missing, an address has no path that
 * ends in {token}, or two are the same. */
bool routes_make(struct arena *a, const struct publication *p, struct routes *r, struct diags *d);

struct route {
	enum route_kind kind;
	struct str token; /* a slice of path; as sent, of whatever shape */
};

struct route routes_find(const struct routes *r, struct str path);

/* Whether a Host header names us: a host of the public addresses, or, for those who try
 * it on the machine itself, loopback with the port we listen on. */
bool routes_have_host(const struct routes *r, struct str host, uint16_t port);

/* The public address of a kind, with this token where it has one. */
struct str route_url(const struct routes *r, struct arena *a, enum route_kind kind,
		     struct str token);

#endif
