/* What others do between two statements of a PostgreSQL store. */
#ifndef TESTS_DELIVERY_BETWEEN_H
#define TESTS_DELIVERY_BETWEEN_H

#include "fixture.h"

#include "delivery/store_pg.h"

static struct {
	int left; /* statements, until */
	void (*act)(void *context);
	void *context;
	__typeof__(PQsendQueryPrepared) *send;
} between;

static inline int act_between(PGconn *conn, const char *name, int count, const char *const *values,
			      const int *lengths, const int *formats, int format)
{
	if (--between.left == 0)
		between.act(between.context);
	return between.send(conn, name, count, values, lengths, formats, format);
}

/* Before the k-th statement of a store somebody else does something. */
static inline void act_before(struct store *s, int k, void (*act)(void *context), void *context)
{
	struct pq_calls *pq = &store_pg_of(s)->pq;
	between.send = pq->sendQueryPrepared;
	pq->sendQueryPrepared = act_between;
	between.left = k;
	between.act = act;
	between.context = context;
}

/* Whether it was done; if not, it never is. */
static inline bool was_done(struct store *s)
{
	store_pg_of(s)->pq.sendQueryPrepared = between.send;
	return between.left <= 0;
}

#endif
