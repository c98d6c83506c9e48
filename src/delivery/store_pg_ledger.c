/* The ledger's part of the PostgreSQL store: the audience, and what is left of it.
 * Numbers of states stand in the SQL as in enum delivery_state (store_sqlite_ledger.c
 * has them by name). */
#include "delivery/store_pg.h"

#include "base/arena.h"
#include "delivery/address.h"

#include <assert.h>

static_assert(DELIVERY_PENDING == 0 && DELIVERY_CLAIMED == 1 && DELIVERY_INTENT == 2 &&
		      DELIVERY_FAILED == 4 && DELIVERY_AMBIGUOUS == 5,
	      "the SQL of this file has these numbers in it");

/* From so many new rows on the planner must hear of them at once. */
enum { ANALYZE_FROM = 5000 };

static bool put_segments(struct store_pg *q, const struct audience *a)
{
	static const char sql[] =
		"INSERT INTO segment(issue_id, language, region, domain) VALUES($1, $2, $3, $4)"
		" ON CONFLICT(issue_id, language, region) DO UPDATE SET domain = excluded.domain";
	struct buf region;
	buf_init(&region, 1 << 16);
	bool ok = true;
	for (size_t i = 0; ok && i < a->message_count; i++) {
		const struct message *m = a->messages[i];
		buf_clear(&region);
		fold_put(&region, m->region);
		ok = pg_run(q, NULL, sql, "isss", a->issue, m->language, buf_str(&region),
			    m->domain);
	}
	buf_release(&region);
	return ok;
}

static bool freeze_now(struct store_pg *q, struct audience *a, struct str region)
{
	static const char issue[] = "INSERT INTO issue(name, first_at) VALUES($1, $2)"
				    " ON CONFLICT(name) DO UPDATE SET words = '', paused ="
				    "  CASE issue.paused WHEN 1 THEN 0 ELSE issue.paused END"
				    " RETURNING id";
	static const char frozen[] = "SELECT count(*) FROM audience WHERE issue_id = $1"
				     " AND region IN ('', $2)";
	static const char freeze[] = "INSERT INTO audience(issue_id, region, frozen_at)"
				     " VALUES($1, $2, $3) ON CONFLICT DO NOTHING";
	static const char retry[] =
		"UPDATE delivery SET state = 0, attempts = 0, next_at = $2, first_at = 0"
		" WHERE issue_id = $1 AND state = 4 AND subscriber_id IS NOT NULL";
	static const char resend[] = "UPDATE delivery SET state = 0, next_at = $2"
				     " WHERE issue_id = $1 AND state = 5"
				     " AND subscriber_id IS NOT NULL";
	static const char past[] =
		"INSERT INTO attempt(delivery_id, at, code, words, relay_id)"
		" SELECT id, at, code, words, relay_id FROM delivery"
		" WHERE issue_id = $1 AND state = $2 AND subscriber_id IS NOT NULL";
	int64_t now = q->base.world->clock(q->base.world->context), already = 0, rows;
	a->added = 0;
	enum issue_control held = ISSUE_OPEN;
	if (!pg_number(q, &a->issue, issue, "si", a->messages[0]->issue, now) ||
	    (a->resume && !pg_control(&q->base, a->messages[0]->issue, ISSUE_OPEN, &rows)) ||
	    !pg_number(q, &already, frozen, "is", a->issue, region) ||
	    !pg_controlled(&q->base, a->issue, &held))
		return false;
	if (held == ISSUE_FORGOTTEN)
		return true;
	if (!put_segments(q, a))
		return false;
	if (already == 0 || a->include_new) {
		if (!pg_fan_out(q, a->issue, region, now, &a->added))
			return false;
		/* Nobody yet: an audience of none would shut out those who come. */
		if (a->added && !pg_run(q, NULL, freeze, "isi", a->issue, region, now))
			return false;
		if (a->added && already == 0 && !pg_pass_over(q, a->issue, region, now))
			return false;
	}
	return (!a->retry_failed ||
		(pg_run(q, NULL, past, "ii", a->issue, (int64_t)DELIVERY_FAILED) &&
		 pg_run(q, NULL, retry, "ii", a->issue, now))) &&
	       (!a->resend_ambiguous ||
		(pg_run(q, NULL, past, "ii", a->issue, (int64_t)DELIVERY_AMBIGUOUS) &&
		 pg_run(q, NULL, resend, "ii", a->issue, now)));
}

static bool freeze_once(struct store_pg *q, struct audience *a, struct str region)
{
	struct store *s = &q->base;
	if (!pg_begin(s))
		return false;
	if (!freeze_now(q, a, region)) {
		pg_rollback(s);
		return false;
	}
	return pg_commit(s);
}

bool pg_freeze(struct store *s, struct audience *a)
{
	struct store_pg *q = store_pg_of(s);
	struct buf region;
	buf_init(&region, 1 << 16);
	fold_put(&region, a->region);
	bool ok;
	do
		ok = freeze_once(q, a, buf_str(&region));
	while (!ok && pg_persist(q));
	buf_release(&region);
	/* Without it all is only slower; and who lost the connection by it learns that next. */
	if (ok && a->added >= ANALYZE_FROM && q->depth == 0)
		pg_clear(q, pg_exec(q, "ANALYZE delivery"));
	return ok;
}

static bool remainder_once(struct store_pg *q, int64_t issue, struct str region,
			   struct remainder *r)
{
#define OF_REGION                                                                                  \
	" AND ($2::text IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"                       \
	"  WHERE r.subscriber_id = d.subscriber_id AND r.fold = $2))"
	/* One statement: what others give back meanwhile is pending or theirs, not neither. */
	static const char sql[] =
		"SELECT pending.*, unsent.*, elsewhere.* FROM"
		" (SELECT count(*), coalesce(min(d.next_at), 0),"
		"  coalesce(min(CASE WHEN d.attempts = 0 AND d.code = 0"
		"   THEN greatest(d.next_at, 1) END), 0)"
		"  FROM delivery d WHERE d.issue_id = $1 AND d.state = 0" OF_REGION ") AS pending,"
		" (SELECT count(*) FROM delivery WHERE issue_id = $1 AND state IN (4, 5)) AS "
		"unsent,"
		" (SELECT count(*) FROM delivery d WHERE d.state IN (1, 2) AND d.issue_id = $1"
		"  AND d.worker IS DISTINCT FROM $3" OF_REGION ") AS elsewhere";
#undef OF_REGION
	PGresult *found = pg_query(q, sql, "iti", issue, region, q->worker);
	if (!found)
		return false;
	*r = (struct remainder){ .pending = pg_int(q, found, 0, 0),
				 .next_at = pg_int(q, found, 0, 1),
				 .next_fresh = pg_int(q, found, 0, 2),
				 .unsent = pg_int(q, found, 0, 3),
				 .elsewhere = pg_int(q, found, 0, 4) };
	pg_clear(q, found);
	return true;
}

bool pg_remainder(struct store *s, int64_t issue, struct str region, struct remainder *r)
{
	struct store_pg *q = store_pg_of(s);
	bool ok;
	do
		ok = remainder_once(q, issue, region, r);
	while (!ok && pg_persist(q));
	return ok;
}

/* One statement under the writers' lock. */
static bool run_once(struct store_pg *q, const char *sql, int64_t issue, int64_t numbers[3],
		     struct str words)
{
	if (!pg_begin(&q->base))
		return false;
	if (words.ptr ? pg_run(q, NULL, sql, "iis", issue, numbers[0], words)
		      : pg_run(q, NULL, sql, "iiii", issue, numbers[0], numbers[1], numbers[2]))
		return pg_commit(&q->base);
	pg_rollback(&q->base);
	return false;
}

bool pg_pause(struct store *s, int64_t issue, bool paused, struct str words)
{
	struct store_pg *q = store_pg_of(s);
	/* A person's word (2 to 4) counts more. */
	static const char sql[] = "UPDATE issue SET paused = $2, words = $3"
				  " WHERE id = $1 AND paused IN (0, 1)";
	bool ok;
	do
		ok = run_once(q, sql, issue, (int64_t[3]){ paused }, words.ptr ? words : STR(""));
	while (!ok && pg_persist(q));
	return ok;
}

bool pg_bound_waits(struct store *s, int64_t issue, const struct wait_bounds *w)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] =
		"UPDATE delivery SET next_at = $2 + CASE WHEN attempts + code = 0 THEN 0"
		"  WHEN attempts < 2 THEN $3 ELSE $4 END, first_at = least(first_at, $2)"
		" WHERE issue_id = $1 AND state = 0 AND next_at > $2 AND next_at > $2"
		"  + CASE WHEN attempts + code = 0 THEN 0 WHEN attempts < 2 THEN $3"
		"    ELSE $4 END";
	bool ok;
	do
		ok = run_once(q, sql, issue, (int64_t[3]){ w->now, w->once_s, w->often_s },
			      (struct str){ 0 });
	while (!ok && pg_persist(q));
	return ok;
}

bool pg_planned(struct store *s, int64_t issue, struct str region,
		bool (*each)(void *context, const struct claim *c, const struct subscriber *s),
		void *context)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] =
		"DECLARE plan_walk CURSOR FOR"
		" SELECT d.id, d.token, g.language, g.region, s.key, " PG_SUBSCRIBER
		" FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id AND s.state = 0"
		" JOIN segment g ON g.id = d.segment_id WHERE d.issue_id = $1 AND d.state = 0"
		" AND ($2::text IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
		"  WHERE r.subscriber_id = s.id AND r.fold = $2)) ORDER BY s.id";
	struct pg_walk w;
	if (!pg_walk_open(&w, q, "FETCH 1000 FROM plan_walk", sql, "it", issue, region))
		return false;
	int row;
	while ((row = pg_walk_next(&w)) > 0) {
		struct subscriber who = pg_subscriber(q, w.rows, w.row, 5);
		struct claim c = {
			.id = pg_int(q, w.rows, w.row, 0),
			.token = pg_text(q, w.rows, w.row, 1),
			.segment_language = pg_text(q, w.rows, w.row, 2),
			.segment_region = pg_text(q, w.rows, w.row, 3),
			.key = pg_text(q, w.rows, w.row, 4),
			.address = who.address,
			.name = who.name,
			.regions = who.regions,
			.subscriber_token = who.token,
		};
		if (!each(context, &c, &who))
			break;
	}
	return pg_walk_close(&w, row >= 0);
}
