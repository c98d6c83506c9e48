/* serve/: where readers subscribe, confirm, change their settings and leave.
 *
 * In: requests over HTTP, from behind a proxy that speaks TLS. Out: pages; changes of the
 * roster, through the door of delivery/; and the message that asks for confirmation, which
 * delivery/ sends. The room keeps no record of a reader, sets no cookie, knows no SQL and
 * no SMTP. Library: libmicrohttpd, opened when it is needed. */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "base/world.h"
#include "model/layout.h"

struct arena;
struct diags;
struct diag;
struct publication;

struct serve_options {
	const struct publication *publication;
	const struct layout *layout; /* its colours are the pages' */
	const struct world *world;
	struct str listen; /* instead of serve.listen; may be empty */
	struct str metrics; /* instead of serve.metrics; may be empty */
	/* Told, from any thread, of what goes wrong while it runs. */
	void (*tell)(void *context, const struct diags *d, const struct diag *report);
	void *context;
};

/* Tells in d what of the settings serve_open would refuse; opens nothing. */
void serve_check(const struct publication *p, struct diags *d);

struct serve;

/* Begins to answer. NULL, told in d, when the settings will not do, an address cannot be
 * listened on, or the database or the library is missing. What o points to lives until
 * serve_close. */
struct serve *serve_open(const struct serve_options *o, struct diags *d);
/* Takes no more connections, finishes the requests that are under way, and ends. What a
 * reader was told is done. NULL is allowed. */
void serve_close(struct serve *s);

/* "http://127.0.0.1:8017/s": the form, as it is reached on this machine. */
struct str serve_address(const struct serve *s);
/* "http://127.0.0.1:9117/metrics"; empty when there is none. */
struct str serve_metrics_address(const struct serve *s);

#endif
