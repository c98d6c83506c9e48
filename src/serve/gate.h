/* Inside serve/: connections, by libmicrohttpd. */
#ifndef SERVE_GATE_H
#define SERVE_GATE_H

#include "serve/answer.h"
#include "serve/stores.h"

struct gate;

enum { ANSWERING_THREADS = 4 };

/* Listens on the address. site and stores live until gate_close. site->port is written.
 * NULL, told, when that cannot be. */
struct gate *gate_open(struct site *site, struct stores *stores, struct client address,
		       uint16_t port, struct diags *d);
/* The same for /metrics and /healthz, on loopback alone; *port becomes the one it is. */
struct gate *gate_open_metrics(struct site *site, struct stores *stores, struct client address,
			       uint16_t *port, struct diags *d);
/* Requests whose headers are there and whose answer is not out. An answer may be with its
 * reader a moment before it counts as out, and before the connection's time begins anew. */
int gate_under_way(const struct gate *h);
/* Takes no more, waits for what is under way, some seconds at most, and closes. NULL is
 * allowed. */
void gate_close(struct gate *h);

#endif
