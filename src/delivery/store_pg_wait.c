/* Waiting for a PostgreSQL server that may never answer.
 *
 * libpq's own calls wait for ever: a server that is stopped, or behind a network that swallows
 * all, keeps the connection up and says nothing. Here the socket is waited for instead, in
 * slices, between which it is told that one waits, the person's second Ctrl-C is seen, and the
 * server is asked, on a connection of its own, whether it lives: who is only busy, or waits for a
 * lock, answers that. One who does not is given up, and the connection with it. Locks have
 * their own limit, the server's lock_timeout (store_pg_connection.c). */
#include "delivery/store_pg.h"

#include <errno.h>
#include <poll.h>

enum {
	SLICE_MS = 100, /* how long a Ctrl-C may go unnoticed */
	TELL_MS = 2000, /* from when on it is told */
	ASK_EVERY_MS = 5000, /* whether it lives */
	MISSES_MOST = 2, /* in a row */
	SILENT_MOST_MS = 15 * 60 * 1000, /* one statement, whatever else the server does */
};

struct patience {
	int waited_ms, asked_ms, misses;
};

static bool lives(struct store_pg *q)
{
	/* What stands behind the URL here counts more than what it says. */
	const char *const keys[] = { "dbname", "connect_timeout", NULL };
	const char *const values[] = { q->url, q->base.patience_ms ? "2" : "5", NULL };
	PGPing answer = q->pq.pingParams(keys, values, 1);
	return answer == PQPING_OK || answer == PQPING_REJECT;
}

/* Nobody answers: whatever was under way is lost with the connection. */
static bool give_up(struct store_pg *q, const char *why)
{
	pg_disconnect(q);
	q->given_up = why;
	return false;
}

static bool wait_for(struct store_pg *q, struct patience *p, short events)
{
	const struct world *w = q->base.world;
	for (;;) {
		struct pollfd server = { .fd = q->pq.socket(q->conn), .events = events };
		int ready = server.fd < 0 ? 1 : poll(&server, 1, SLICE_MS);
		if (ready > 0 || (ready < 0 && errno != EINTR))
			return true;
		p->waited_ms += SLICE_MS;
		if (w->cancelled && w->cancelled(w->context) >= 2) {
			q->ended = true;
			return give_up(q, "ended before the database answered");
		}
		if (p->waited_ms >= TELL_MS && w->progress)
			w->progress(w->context, STR("waiting for the database"), 0, 0);
		if (p->waited_ms >= SILENT_MOST_MS)
			return give_up(
				q, "the database server did not answer for a quarter of an hour");
		int patience = q->base.patience_ms ? q->base.patience_ms : ASK_EVERY_MS;
		if (p->waited_ms - p->asked_ms < patience)
			continue;
		p->misses = lives(q) ? 0 : p->misses + 1;
		p->asked_ms = p->waited_ms;
		if (p->misses >= (q->base.patience_ms ? 1 : MISSES_MOST))
			return give_up(q, "the database server no longer answers");
	}
}

/* All that was sent is on its way. */
static bool flush(struct store_pg *q, struct patience *p)
{
	while (q->conn && q->pq.flush(q->conn) == 1) {
		if (!wait_for(q, p, POLLIN | POLLOUT))
			return false;
		if (!q->pq.consumeInput(q->conn))
			return true; /* the result tells why */
	}
	return q->conn != NULL;
}

PGresult *pg_next_result(struct store_pg *q)
{
	struct patience p = { 0 };
	if (!q->conn || !flush(q, &p))
		return NULL;
	while (q->pq.isBusy(q->conn)) {
		if (!wait_for(q, &p, POLLIN))
			return NULL;
		if (!q->pq.consumeInput(q->conn))
			break;
	}
	return q->pq.getResult(q->conn);
}

/* The last result of what was sent, or the one that asks for rows; sent: whether it was. */
static PGresult *last_result(struct store_pg *q, int sent)
{
	PGresult *r, *last = NULL;
	while (sent && (r = pg_next_result(q))) {
		pg_clear(q, last);
		last = r;
		if (q->pq.resultStatus(r) == PGRES_COPY_IN)
			break;
	}
	if (!q->conn) { /* given up in the middle */
		pg_clear(q, last);
		last = NULL;
	}
	return last;
}

PGresult *pg_exec(struct store_pg *q, const char *script)
{
	return last_result(q, q->conn && q->pq.sendQuery(q->conn, script));
}

PGresult *pg_exec_bound(struct store_pg *q, const char *sql)
{
	return last_result(q, q->conn && q->pq.sendQueryParams(q->conn, sql, q->value_count, NULL,
							       q->values, NULL, NULL, 0));
}

PGresult *pg_exec_prepared(struct store_pg *q, const char *name)
{
	return last_result(q, q->conn && q->pq.sendQueryPrepared(q->conn, name, q->value_count,
								 q->values, NULL, NULL, 0));
}

PGresult *pg_exec_prepare(struct store_pg *q, const char *name, const char *sql)
{
	return last_result(q, q->conn && q->pq.sendPrepare(q->conn, name, sql, 0, NULL));
}

bool pg_copy_put(struct store_pg *q, struct str rows)
{
	struct patience p = { 0 };
	int taken = q->conn ? q->pq.putCopyData(q->conn, rows.ptr, (int)rows.len) : -1;
	while (taken == 0 && flush(q, &p))
		taken = q->pq.putCopyData(q->conn, rows.ptr, (int)rows.len);
	return taken == 1;
}

bool pg_copy_end(struct store_pg *q)
{
	struct patience p = { 0 };
	int taken = q->conn ? q->pq.putCopyEnd(q->conn, NULL) : -1;
	while (taken == 0 && flush(q, &p))
		taken = q->pq.putCopyEnd(q->conn, NULL);
	return taken == 1;
}
