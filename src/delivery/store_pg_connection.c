/* The connection of the PostgreSQL store, and what is done when it is lost.
 *
 * A lost connection is fatal to a command, whose transaction then did not happen. One that
 * was lost while nothing was under way is made anew: `glos serve` outlives its server. A
 * sender waits for the server and goes on: see pg_persist, and store_pg_worker.c on how
 * it learns what happened. */
#include "delivery/store_pg.h"

#include <string.h>
#include <time.h>

enum {
	RECONNECT_MS = 5 * 60 * 1000, /* so long a sender waits for its server */
	LOSSES_MOST = 50, /* in a row, and a server all the same */
	PAUSE_MS = 100, /* before the first try; doubles */
	PAUSE_MOST_MS = 3000,
	PAUSE_SLICE_MS = 50, /* how long a Ctrl-C may go unnoticed */
	LOCK_MS = 60 * 1000, /* how long others' locks are waited for */
	FINISH_MS = 10000, /* who asked for an end waits so long for what was begun to be kept */
};

static void no_notice(void *context, const char *message)
{
	(void)context, (void)message;
}

void pg_disconnect(struct store_pg *q)
{
	if (q->conn)
		q->pq.finish(q->conn);
	q->conn = NULL;
	q->prepared_count = 0;
	q->depth = 0;
	q->serial = false;
}

/* Statements that set something, where the server or the URL have not. */
static bool set(struct store_pg *q, const char *sql)
{
	PGresult *r = pg_exec(q, sql);
	bool ok = r && q->pq.resultStatus(r) == PGRES_TUPLES_OK;
	pg_clear(q, r);
	return ok;
}

bool pg_bound_stops(struct store_pg *q)
{
	char sql[160];
	snprintf(sql, sizeof sql,
		 "SELECT set_config('idle_in_transaction_session_timeout', '%ds', false)"
		 " WHERE current_setting('idle_in_transaction_session_timeout') = '0'",
		 q->lease_s);
	return set(q, sql);
}

/* False when it is not there or not of use; conn then holds the reason. */
static bool dial(struct store_pg *q)
{
	/* What the URL says counts more than what stands before it here. */
	const char *const keys[] = { "fallback_application_name",
				     "connect_timeout",
				     "keepalives_idle",
				     "keepalives_interval",
				     "keepalives_count",
				     "tcp_user_timeout",
				     "dbname",
				     "client_encoding",
				     q->password ? "password" : NULL,
				     NULL };
	const char *timeout = q->base.patience_ms ? "2" : "10"; /* s; less is not possible */
	const char *const values[] = { "glos",  timeout, "10",   "5",         "3",
				       "30000", q->url,  "UTF8", q->password, NULL };
	/* Stronger settings of the server (remote_apply) stay, and limits of its own. */
	static const char durable[] =
		"SELECT set_config('synchronous_commit', 'on', false)"
		" WHERE current_setting('synchronous_commit') IN ('off', 'local')";
	char patient[128];
	snprintf(patient, sizeof patient,
		 "SELECT set_config('lock_timeout', '%d', false)"
		 " WHERE current_setting('lock_timeout') = '0'",
		 q->base.patience_ms ? q->base.patience_ms : LOCK_MS);
	pg_disconnect(q);
	q->conn = q->pq.connectdbParams(keys, values, 1);
	if (!q->conn || q->pq.status(q->conn) != CONNECTION_OK)
		return false;
	q->pq.setNoticeProcessor(q->conn, no_notice, NULL);
	if (q->pq.setnonblocking(q->conn, 1) != 0)
		return false;
	return set(q, durable) && set(q, patient) && (!q->worker || pg_bound_stops(q));
}

bool pg_connect(struct store_pg *q)
{
	if (!dial(q))
		return pg_failed(q, NULL);
	const char *encoding = q->pq.parameterStatus(q->conn, "server_encoding");
	if (encoding && strcmp(encoding, "UTF8") == 0)
		return true;
	pg_tell(q, STR("the database is not in UTF-8: CREATE DATABASE … ENCODING 'UTF8'"));
	return false;
}

static void pause_slice(void)
{
	const struct timespec slice = { .tv_nsec = PAUSE_SLICE_MS * 1000000L };
	nanosleep(&slice, NULL);
}

/* Adds to *waited. False when the person no longer wants to wait: what was accepted and is
 * not kept would be in doubt, so that one word to end is not enough at once. */
static bool pause_for(struct store_pg *q, int ms, int *waited)
{
	const struct world *w = q->base.world;
	for (; ms > 0; ms -= PAUSE_SLICE_MS, *waited += PAUSE_SLICE_MS) {
		int stop = w->cancelled ? w->cancelled(w->context) : 0;
		if (stop >= 2 || (stop == 1 && *waited >= FINISH_MS))
			return false;
		pause_slice();
	}
	return true;
}

bool pg_persist(struct store_pg *q)
{
	const struct world *w = q->base.world;
	int pause = PAUSE_MS, waited = 0;
	if (!q->lost || q->ended)
		return false;
	q->lost = false;
	if (!q->gone && q->losses++ < LOSSES_MOST) {
		pg_rollback(&q->base); /* the transaction alone was lost */
		pause_slice();
		return true;
	}
	while (q->losses < LOSSES_MOST && waited < RECONNECT_MS && pause_for(q, pause, &waited)) {
		if (w->progress)
			w->progress(w->context, STR("waiting for the database"), 0, 0);
		int64_t begun_ms = w->monotonic_ms(w->context);
		bool back = dial(q);
		waited += (int)(w->monotonic_ms(w->context) - begun_ms);
		if (back) {
			q->gone = false;
			q->losses++;
			return true;
		}
		pause = 2 * pause < PAUSE_MOST_MS ? 2 * pause : PAUSE_MOST_MS;
	}
	if (!q->ended)
		pg_tell(q, buf_str(&q->words));
	return false;
}

void pg_revive(struct store_pg *q)
{
	if (q->worker || q->depth || q->missing || q->ended || q->closing)
		return;
	if (!q->conn) {
		dial(q);
		return;
	}
	PGTransactionStatusType under_way = q->pq.transactionStatus(q->conn);
	if (under_way != PQTRANS_IDLE && under_way != PQTRANS_UNKNOWN)
		return;
	/* The server's last words are read first, only then the end. */
	if (!q->pq.consumeInput(q->conn) || !q->pq.consumeInput(q->conn) ||
	    q->pq.status(q->conn) != CONNECTION_OK)
		dial(q);
}
