/* What the PostgreSQL ledger knows of relays: which took what, and when. */
#include "delivery/store_pg.h"

#include "base/arena.h"

static bool number_once(struct store_pg *q, struct str name, int64_t *number)
{
	static const char put[] = "INSERT INTO relay(name) VALUES($1) ON CONFLICT DO NOTHING";
	/* Most are known: a number is not used up for those. */
	return pg_number(q, number, "SELECT coalesce(max(id), 0) FROM relay WHERE name = $1", "s",
			 name) &&
	       (*number ||
		(pg_run(q, NULL, put, "s", name) &&
		 pg_number(q, number, "SELECT id FROM relay WHERE name = $1", "s", name)));
}

bool pg_relay_number(struct store *s, struct str name, int64_t *number)
{
	struct store_pg *q = store_pg_of(s);
	bool ok;
	do
		ok = number_once(q, name, number);
	while (!ok && pg_persist(q));
	return ok;
}

static bool say_once(struct store_pg *q, int64_t relay, int64_t issue, struct str words)
{
	/* What another one at work was told is true until it ends. */
	static const char sql[] =
		"UPDATE relay SET issue_id = $2, words = $3 WHERE id = $1"
		" AND ($3 <> '' OR NOT EXISTS(SELECT 1 FROM worker WHERE NOT dead AND id <> $4"
		"  AND seen > clock_timestamp() - make_interval(secs => lease_s)))";
	if (!pg_script(q, "BEGIN"))
		return false;
	if ((q->worker && !pg_fence(q)) ||
	    !pg_run(q, NULL, sql, "iisi", relay, issue, words, q->worker)) {
		pg_rollback(&q->base);
		return false;
	}
	q->depth = 1;
	return pg_commit(&q->base);
}

bool pg_relay_say(struct store *s, int64_t relay, int64_t issue, struct str words)
{
	struct store_pg *q = store_pg_of(s);
	bool ok;
	do
		ok = say_once(q, relay, issue, words);
	while (!ok && pg_persist(q));
	return ok;
}

static bool days_once(struct store_pg *q, struct arena *a, int64_t relay, struct day_count **list,
		      size_t *count)
{
	static const char sql[] = "SELECT at / 86400, count(*) FROM delivery"
				  " WHERE relay_id = $1 AND state IN (2, 3, 5)"
				  " GROUP BY 1 ORDER BY 1";
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	PGresult *r = pg_query(q, sql, "i", relay);
	for (int i = 0; r && i < pg_rows(q, r); i++) {
		struct day_count day = { pg_int(q, r, i, 0), pg_int(q, r, i, 1) };
		PUSH(a, *list, *count, capacity, day);
	}
	pg_clear(q, r);
	return r != NULL;
}

/* A walk over all deliveries, once a run with a warm-up: an index for it would cost every
 * message sent. */
bool pg_relay_days(struct store *s, struct arena *a, int64_t relay, struct day_count **list,
		   size_t *count)
{
	struct store_pg *q = store_pg_of(s);
	bool ok;
	do
		ok = days_once(q, a, relay, list, count);
	while (!ok && pg_persist(q));
	return ok;
}

/* ---- warm-up ---- */

/* What senders at work have taken of a day together. It is made when it is first needed and of no
 * use to any other store: who begins alone counts anew, by the deliveries. A row for each day:
 * where clocks differ, one sender has begun the next while another has not. */
static bool make_table(struct store_pg *q)
{
	static const char table[] =
		"CREATE TABLE IF NOT EXISTS warm_up_day(relay_id bigint, day bigint,"
		" taken bigint NOT NULL, PRIMARY KEY(relay_id, day))";
	int there = pg_has_table(q, "warm_up_day");
	if (there != 0)
		return there > 0;
	if (!pg_begin(&q->base))
		return false;
	if (pg_script(q, table))
		return pg_commit(&q->base);
	pg_rollback(&q->base);
	return false;
}

/* Not under the writers' lock: an import must not keep a sender waiting. What is counted is
 * kept by the lock of its row. */
static bool begin_counting(struct store_pg *q)
{
	if (!pg_script(q, "BEGIN"))
		return false;
	if (!q->worker || pg_fence(q))
		return true;
	pg_rollback(&q->base);
	return false;
}

static bool end_counting(struct store_pg *q, bool ok)
{
	if (!ok) {
		pg_rollback(&q->base);
		return false;
	}
	q->depth = 1;
	return pg_commit(&q->base);
}

/* The next statement sees what the one before had to wait for. */
static const char lock_day[] = "SELECT 1 FROM warm_up_day WHERE relay_id = $1 AND day = $2"
			       " FOR UPDATE";

/* Counted behind the lock: what was counted before it may be less than what others, who are
 * gone since, sent meanwhile. Who is not known to be dead may yet send what it took. */
static bool begin_once(struct store_pg *q, int64_t relay, const struct warm_day *d)
{
	static const char row[] = "INSERT INTO warm_up_day(relay_id, day, taken) VALUES($1, $2, 0)"
				  " ON CONFLICT DO NOTHING";
	static const char sql[] =
		"UPDATE warm_up_day SET taken = CASE"
		"  WHEN EXISTS(SELECT 1 FROM worker WHERE NOT dead AND id <> $3)"
		"  THEN greatest(taken, n) ELSE n END"
		" FROM (SELECT count(*) AS n FROM delivery"
		"  WHERE relay_id = $1 AND state IN (2, 3, 5) AND at / 86400 >= $2) AS counted"
		" WHERE relay_id = $1 AND day = $2";
	return make_table(q) && begin_counting(q) &&
	       end_counting(q, pg_run(q, NULL, row, "ii", relay, d->day) &&
				       pg_run(q, NULL, lock_day, "ii", relay, d->day) &&
				       pg_run(q, NULL, sql, "iii", relay, d->day, q->worker));
}

bool pg_warm_up_begin(struct store *s, int64_t relay, const struct warm_day *d)
{
	struct store_pg *q = store_pg_of(s);
	bool ok;
	do
		ok = begin_once(q, relay, d);
	while (!ok && pg_persist(q));
	return ok;
}

static bool take_once(struct store_pg *q, int64_t relay, const struct warm_day *d, int64_t want,
		      int64_t *granted)
{
	static const char take[] =
		"WITH w AS (SELECT least($3::bigint, $4::bigint - taken) AS n FROM warm_up_day"
		"   WHERE relay_id = $1 AND day = $2 AND taken < $4),"
		" u AS (UPDATE warm_up_day SET taken = taken + w.n FROM w"
		"   WHERE relay_id = $1 AND day = $2 RETURNING w.n)"
		" SELECT coalesce(max(n), 0) FROM u";
	static const char give[] = "UPDATE warm_up_day SET taken = taken + $3"
				   " WHERE relay_id = $1 AND day = $2";
	*granted = 0;
	if (!begin_counting(q))
		return false;
	return end_counting(q, pg_run(q, NULL, lock_day, "ii", relay, d->day) &&
				       (want < 0 ? pg_run(q, NULL, give, "iii", relay, d->day, want)
						 : pg_number(q, granted, take, "iiii", relay,
							     d->day, want, d->limit)));
}

bool pg_warm_up_take(struct store *s, int64_t relay, const struct warm_day *d, int64_t want,
		     int64_t *granted)
{
	struct store_pg *q = store_pg_of(s);
	bool ok = take_once(q, relay, d, want, granted);
	/* It may have happened. To take twice wastes some of a day; to give back twice is more
	 * than there was. */
	while (!ok && pg_persist(q))
		ok = want < 0 || take_once(q, relay, d, want, granted);
	return ok;
}

bool pg_relays(struct store *s, struct arena *a, struct str issue, struct relay_status **list,
	       size_t *count)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] =
		"WITH this AS (SELECT id FROM issue WHERE name = $1),"
		" counts AS (SELECT relay_id, state, count(*) AS n FROM delivery"
		"  WHERE issue_id = (SELECT id FROM this) GROUP BY relay_id, state),"
		" said AS (SELECT id, name, CASE WHEN issue_id = (SELECT id FROM this)"
		"  THEN words ELSE '' END AS words FROM relay)"
		" SELECT r.name, coalesce(c.state, 0), coalesce(c.n, 0), r.words"
		" FROM said r LEFT JOIN counts c ON c.relay_id = r.id"
		" WHERE c.n IS NOT NULL OR r.words <> '' ORDER BY r.id, c.state";
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	/* Who only reads may meet a database from before relays were told apart. */
	int there = pg_has_table(q, "relay");
	if (there <= 0)
		return there == 0;
	PGresult *r = pg_query(q, sql, "s", issue);
	for (int i = 0; r && i < pg_rows(q, r); i++) {
		struct str name = pg_text(q, r, i, 0);
		if (*count == 0 || !str_equal((*list)[*count - 1].name, name))
			PUSH(a, *list, *count, capacity,
			     ((struct relay_status){ .name = str_copy(a, name),
						     .words = str_copy(a, pg_text(q, r, i, 3)) }));
		(*list)[*count - 1].by_state[pg_int(q, r, i, 1) % DELIVERY_STATE_COUNT] =
			pg_int(q, r, i, 2);
	}
	pg_clear(q, r);
	return r != NULL;
}
