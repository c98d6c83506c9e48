/* Inside serve/: connections to the store, one for each thread that answers. One that
 * reported trouble is told of, closed, and opened anew the next time. */
#ifndef SERVE_STORES_H
#define SERVE_STORES_H

#include "serve/serve.h"

struct stores;
struct counters;

struct stores *stores_open(struct arena *a, const struct serve_options *o, const struct world *w,
			   struct counters *c, size_t most);
void stores_close(struct stores *s);

/* Waits while all are in use. NULL when the database cannot be opened (told), or was waited for
 * in vain a moment ago. */
struct store *stores_take(struct stores *s);
void stores_give_back(struct stores *s, struct store *taken);

/* Tells all reports of d but warnings, in order; whether there were any. */
bool stores_tell(const struct serve_options *o, const struct diags *d);

#endif
