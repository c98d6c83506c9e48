/* The ledger's part of the SQLite store.
 *
 * Numbers of states stand in the SQL as in enum delivery_state: 0 pending,
 * 1 claimed, 2 intent, 3 sent, 4 failed, 5 ambiguous, 6 suppressed, 7 cancelled. Every update
 * names the state it comes from, so that a row can only move along an arrow of
 * docs/ARCHITECTURE.md, 6. */
#include "delivery/store_sqlite.h"

#include "base/arena.h"
#include "delivery/address.h"

#include <assert.h>

static_assert(DELIVERY_PENDING == 0 && DELIVERY_CLAIMED == 1 && DELIVERY_INTENT == 2 &&
		      DELIVERY_SENT == 3 && DELIVERY_FAILED == 4 && DELIVERY_AMBIGUOUS == 5 &&
		      DELIVERY_SUPPRESSED == 6 && DELIVERY_CANCELLED == 7,
	      "the SQL of this file has these numbers in it");

bool sqlite_recover(struct store *s, bool resend)
{
	struct store_sqlite *q = store_sqlite_of(s);
	/* "IN (1, 2)" is the condition of delivery_live: without it a scan. */
	static const char claimed[] = "UPDATE delivery SET state = 0, attempts = attempts - 1"
				      " WHERE state IN (1, 2) AND state = 1";
	static const char held[] = "UPDATE delivery SET state = 5, at = ?1,"
				   " words = 'the sender died after the message was on its way'"
				   " WHERE state IN (1, 2) AND state = 2";
	static const char told[] =
		"INSERT INTO attempt(delivery_id, at, code, words, relay_id) SELECT id, ?1, 0,"
		" 'the sender died after the message was on its way', relay_id FROM delivery"
		" WHERE state IN (1, 2) AND state = 2";
	static const char resent[] = "UPDATE delivery SET state = 0, next_at = ?1"
				     " WHERE state IN (1, 2) AND state = 2";
	int64_t now = s->world->clock(s->world->context);
	if (!s->ops->begin(s))
		return false;
	bool ok = sql_run(q, claimed, "") && (!resend || sql_run(q, told, "i", now)) &&
		  sql_run(q, resend ? resent : held, "i", now);
	if (!ok)
		s->ops->rollback(s);
	return ok && s->ops->commit(s);
}

/* ---- the audience ---- */

/* One number, or -1 for none and -2 for a failure. */
static int64_t one_number(struct store_sqlite *q, sqlite3_stmt *st)
{
	int row = st ? sql_step(q, st) : -1;
	if (row <= 0)
		return row - 1;
	int64_t n = sqlite3_column_int64(st, 0);
	sql_reset(st);
	return n;
}

static bool put_segments(struct store_sqlite *q, const struct audience *a)
{
	static const char sql[] = "INSERT INTO segment(issue_id, language, region, domain)"
				  " VALUES(?1, ?2, ?3, ?4)"
				  " ON CONFLICT DO UPDATE SET domain = excluded.domain";
	struct buf region;
	buf_init(&region, 1 << 16);
	bool ok = true;
	for (size_t i = 0; ok && i < a->message_count; i++) {
		const struct message *m = a->messages[i];
		buf_clear(&region);
		fold_put(&region, m->region);
		ok = sql_run(q, sql, "isss", a->issue, m->language, buf_str(&region), m->domain);
	}
	buf_release(&region);
	return ok;
}

/* Everyone active who is not in yet, each in the segment that suits best: the
 * language first, then a region of theirs, in order of the messages. */
static bool put_deliveries(struct store_sqlite *q, const struct audience *a, struct str region,
			   int64_t now)
{
	static const char sql[] =
		"INSERT INTO delivery(issue_id, subscriber_id, segment_id, token, state, next_at, "
		"at)"
		" SELECT ?1, s.id,"
		/* The least of "rank, then number": misses in the bits above, the number
		 * below. SQLite cannot order by what stands outside of the subquery. */
		"  coalesce(nullif(?4, -1), (SELECT min(((NOT speaks(g.language, s.language)) << "
		"41)"
		"    | ((g.region = '') << 40) | g.id) & ((1 << 40) - 1)"
		"   FROM segment g WHERE g.issue_id = ?1 AND (g.region = '' OR EXISTS("
		"    SELECT 1 FROM subscriber_region r"
		"    WHERE r.subscriber_id = s.id AND r.fold = g.region)))),"
		"  token(), 0, 0, ?3 FROM subscriber s WHERE s.state = 0"
		" AND (?2 IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
		"  WHERE r.subscriber_id = s.id AND r.fold = ?2)) ON CONFLICT DO NOTHING";
	/* One for all need not be chosen for each, which takes a quarter of the time. */
	static const char only[] = "SELECT min(id) FROM segment WHERE issue_id = ?1"
				   " HAVING count(*) = 1 AND max(region) = ''";
	sqlite3_stmt *st = sql_prepare(q, only);
	if (!st)
		return false;
	sql_bind(st, "i", a->issue);
	int64_t segment = one_number(q, st);
	return segment >= -1 && sql_run(q, sql, "itii", a->issue, region, now, segment);
}

static bool freeze_now(struct store_sqlite *q, struct audience *a, struct str region)
{
	static const char issue[] = "INSERT INTO issue(name, first_at) VALUES(?1, ?2)"
				    " ON CONFLICT(name) DO UPDATE SET words = '',"
				    " paused = CASE paused WHEN 1 THEN 0 ELSE paused END"
				    " RETURNING id";
	static const char frozen[] = "SELECT count(*) FROM audience WHERE issue_id = ?1"
				     " AND region IN ('', ?2)";
	static const char freeze[] = "INSERT INTO audience(issue_id, region, frozen_at)"
				     " VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING";
	static const char retry[] =
		"UPDATE delivery SET state = 0, attempts = 0, next_at = ?2, first_at = 0"
		" WHERE issue_id = ?1 AND state = 4 AND subscriber_id IS NOT NULL";
	static const char resend[] = "UPDATE delivery SET state = 0, next_at = ?2"
				     " WHERE issue_id = ?1 AND state = 5"
				     " AND subscriber_id IS NOT NULL";
	static const char past[] =
		"INSERT INTO attempt(delivery_id, at, code, words, relay_id)"
		" SELECT id, at, code, words, relay_id FROM delivery"
		" WHERE issue_id = ?1 AND state = ?2 AND subscriber_id IS NOT NULL";
	int64_t rows;
	int64_t now = q->base.world->clock(q->base.world->context);
	sqlite3_stmt *st = sql_prepare(q, issue);
	if (!st)
		return false;
	sql_bind(st, "si", a->messages[0]->issue, now);
	a->issue = one_number(q, st);
	st = sql_prepare(q, frozen);
	if (a->issue < 0 || !st ||
	    (a->resume && !sqlite_control(&q->base, a->messages[0]->issue, ISSUE_OPEN, &rows)))
		return false;
	sql_bind(st, "is", a->issue, region);
	int64_t already = one_number(q, st);
	enum issue_control control;
	if (already < 0 || !sqlite_controlled(&q->base, a->issue, &control))
		return false;
	if (control == ISSUE_FORGOTTEN)
		return true;
	if (!put_segments(q, a))
		return false;
	if (already == 0 || a->include_new) {
		if (!put_deliveries(q, a, region, now))
			return false;
		a->added = sqlite3_changes64(q->db);
		/* Nobody yet: an audience of none would shut out those who come. */
		if (a->added && !sql_run(q, freeze, "isi", a->issue, region, now))
			return false;
		if (a->added && already == 0 && !sqlite_pass_over(q, a->issue, region, now))
			return false;
	}
	return (!a->retry_failed || (sql_run(q, past, "ii", a->issue, (int64_t)DELIVERY_FAILED) &&
				     sql_run(q, retry, "ii", a->issue, now))) &&
	       (!a->resend_ambiguous ||
		(sql_run(q, past, "ii", a->issue, (int64_t)DELIVERY_AMBIGUOUS) &&
		 sql_run(q, resend, "ii", a->issue, now)));
}

bool sqlite_freeze(struct store *s, struct audience *a)
{
	struct store_sqlite *q = store_sqlite_of(s);
	struct buf region;
	buf_init(&region, 1 << 16);
	fold_put(&region, a->region);
	/* What the rows point at is read in the same transaction: to look for it again, three
	 * times a row, takes a fifth of the time. Without effect within a transaction. */
	bool ok = sql_script(q, "PRAGMA foreign_keys = OFF") && s->ops->begin(s);
	if (ok && !freeze_now(q, a, buf_str(&region))) {
		s->ops->rollback(s);
		ok = false;
	}
	buf_release(&region);
	ok = ok && s->ops->commit(s);
	return sql_script(q, "PRAGMA foreign_keys = ON") && ok;
}

/* ---- a sender's turn ---- */

enum { IDS_BYTES = 1 << 20 }; /* beyond it JSON is not whole, and SQLite says so */

static bool suppress_recipient(struct store_sqlite *q, int64_t delivery)
{
	static const char whose[] = "SELECT s.id, s.key FROM delivery d"
				    " JOIN subscriber s ON s.id = d.subscriber_id WHERE d.id = ?1";
	static const char stop[] = "UPDATE subscriber SET state = 3, updated_at = ?2"
				   " WHERE id = ?1 AND state IN (0, 4)"; /* also who paused */
	struct store *s = &q->base;
	sqlite3_stmt *st = sql_prepare(q, whose);
	if (!st)
		return false;
	sql_bind(st, "i", delivery);
	int row = sql_step(q, st);
	if (row <= 0)
		return row == 0; /* erased meanwhile */
	unsigned char hash[SUPPRESSION_BYTES];
	int64_t id = sqlite3_column_int64(st, 0);
	bool ok = suppression_hash(s, sql_text(st, 1), hash);
	sql_reset(st);
	return ok && s->ops->suppression_put(s, hash, SUPPRESSED_BY_SERVER) &&
	       sql_run(q, stop, "ii", id, s->world->clock(s->world->context));
}

/* Of who was erased meanwhile no words are kept: they often repeat the address. */
static bool put_mark(struct store_sqlite *q, const struct mark *m, int64_t now)
{
	static const char back[] = "UPDATE delivery SET state = 0, attempts = attempts - 1,"
				   " next_at = ?2 WHERE id = ?1 AND state IN (1, 2)";
	static const char sql[] = "UPDATE delivery SET state = ?2, code = ?3,"
				  " words = iif(subscriber_id IS NULL, '', ?4), next_at = ?5,"
				  " at = ?6, relay_id = coalesce(nullif(?7, 0), relay_id)"
				  " WHERE id = ?1 AND state IN (1, 2)";
	static const char said[] = "UPDATE delivery SET code = ?2,"
				   " words = iif(subscriber_id IS NULL, '', ?3), at = ?4,"
				   " relay_id = coalesce(nullif(?5, 0), relay_id)"
				   " WHERE id = ?1 AND state IN (1, 2)";
	static const char attempt[] = "INSERT INTO attempt(delivery_id, at, code, words, relay_id)"
				      " SELECT id, ?2, ?3, iif(subscriber_id IS NULL, '', ?4),"
				      " nullif(?5, 0) FROM delivery"
				      " WHERE id = ?1 AND state IN (1, 2)";
	if (m->state == DELIVERY_PENDING && m->words.len &&
	    (!sql_run(q, attempt, "iiisi", m->id, now, (int64_t)m->code, m->words, m->relay) ||
	     !sql_run(q, said, "iisii", m->id, (int64_t)m->code, m->words, now, m->relay)))
		return false;
	if (m->give_back)
		return sql_run(q, back, "ii", m->id, m->next_at);
	return sql_run(q, sql, "iiisiii", m->id, (int64_t)m->state, (int64_t)m->code, m->words,
		       m->next_at, now, m->relay) &&
	       (!m->suppress || suppress_recipient(q, m->id));
}

/* Rows for one statement, in JSON: SQLite lists them in order and goes from one to the next. */
static void put_id(struct buf *ids, int64_t id)
{
	buf_format(ids, "%c%lld", ids->len ? ',' : '[', (long long)id);
}

static bool run_for(struct store_sqlite *q, const char *sql, struct buf *ids, int64_t value)
{
	if (ids->len == 0)
		return true;
	buf_put_byte(ids, ']');
	bool ok = sql_run(q, sql, "si", buf_str(ids), value);
	buf_clear(ids);
	return ok;
}

/* Due rows of the turn's region, the first that became so first. */
#define SQL_DUE                                                                                    \
	" WHERE d.issue_id = ?1 AND d.state = 0 AND d.next_at <= ?2"                               \
	" AND (?4 IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"                             \
	"  WHERE r.subscriber_id = d.subscriber_id AND r.fold = ?4))"                              \
	" ORDER BY d.next_at, d.id LIMIT ?3"

/* Hands out what put_claims is about to claim, as it will be then; or takes down whom nobody
 * may write to any more. All of it is one walk: rows that lie together are found together,
 * however many the ledger has. Outer joins alone: it has to be the rows that are claimed. */
static bool hand_out(struct store_sqlite *q, struct turn *t, struct buf *unwanted)
{
	static const char sql[] =
		"SELECT d.id, d.token, g.language, g.region, s.address, s.key, s.name, s.regions,"
		" s.token, d.attempts + 1, CASE d.first_at WHEN 0 THEN ?2 ELSE d.first_at END,"
		" s.state FROM delivery d LEFT JOIN segment g ON g.id = d.segment_id"
		" LEFT JOIN subscriber s ON s.id = d.subscriber_id" SQL_DUE;
	sqlite3_stmt *st = sql_prepare(q, sql);
	int row;
	if (!st)
		return false;
	sql_bind(st, "iiit", t->issue, t->now, (int64_t)t->want, t->region);
	while ((row = sql_step(q, st)) > 0) {
		const struct claim c = {
			.id = sqlite3_column_int64(st, 0),
			.token = sql_text(st, 1),
			.segment_language = sql_text(st, 2),
			.segment_region = sql_text(st, 3),
			.address = sql_text(st, 4),
			.key = sql_text(st, 5),
			.name = sql_text(st, 6),
			.regions = sql_text(st, 7),
			.subscriber_token = sql_text(st, 8),
			.attempts = sqlite3_column_int(st, 9),
			.first_at = sqlite3_column_int64(st, 10),
		};
		if (sqlite3_column_type(st, 11) == SQLITE_NULL ||
		    sqlite3_column_int(st, 11) != SUBSCRIBER_ACTIVE) {
			put_id(unwanted, c.id);
			t->suppressed_count++;
			continue;
		}
		t->claimed(t->context, &c);
		t->claimed_count++;
	}
	return row == 0;
}

static bool put_claims(struct store_sqlite *q, struct turn *t)
{
	static const char sql[] = "UPDATE delivery SET state = 1, attempts = attempts + 1, at = ?2,"
				  " first_at = CASE first_at WHEN 0 THEN ?2 ELSE first_at END"
				  " WHERE id IN (SELECT d.id FROM delivery d" SQL_DUE ")";
	static const char suppress[] = "UPDATE delivery SET state = 6, at = ?2"
				       " WHERE id IN (SELECT value FROM json_each(?1))";
	struct buf unwanted;
	buf_init(&unwanted, IDS_BYTES);
	bool ok = hand_out(q, t, &unwanted) &&
		  (t->claimed_count + t->suppressed_count == 0 ||
		   sql_run(q, sql, "iiit", t->issue, t->now, (int64_t)t->want, t->region)) &&
		  run_for(q, suppress, &unwanted, t->now);
	buf_release(&unwanted);
	return ok;
}

static int64_t relay_of_intent(const struct turn *t, size_t i)
{
	return t->intent_relays ? t->intent_relays[i] : 0;
}

/* One statement for all that go by one relay and stand side by side: mostly all of them. */
static bool put_intents(struct store_sqlite *q, const struct turn *t)
{
	static const char sql[] = "UPDATE delivery SET state = 2, relay_id = nullif(?2, 0)"
				  " WHERE id IN (SELECT value FROM json_each(?1)) AND state = 1";
	struct buf ids;
	bool ok = true;
	buf_init(&ids, IDS_BYTES);
	for (size_t i = 0; ok && i < t->intent_count; i++) {
		int64_t relay = relay_of_intent(t, i);
		put_id(&ids, t->intents[i]);
		if (i + 1 == t->intent_count || relay_of_intent(t, i + 1) != relay)
			ok = run_for(q, sql, &ids, relay);
	}
	buf_release(&ids);
	return ok;
}

static bool turn_now(struct store_sqlite *q, struct turn *t)
{
	for (size_t i = 0; i < t->mark_count; i++)
		if (!put_mark(q, &t->marks[i], t->now))
			return false;
	return put_intents(q, t) && (t->want == 0 || put_claims(q, t));
}

bool sqlite_turn(struct store *s, struct turn *t)
{
	t->claimed_count = t->suppressed_count = 0;
	store_sqlite_of(s)->has_intents |= t->intent_count > 0;
	if (!s->ops->begin(s))
		return false;
	if (!turn_now(store_sqlite_of(s), t)) {
		s->ops->rollback(s);
		return false;
	}
	return s->ops->commit(s);
}

bool sqlite_remainder(struct store *s, int64_t issue, struct str region, struct remainder *r)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char pending[] = "SELECT count(*), coalesce(min(d.next_at), 0),"
				      " coalesce(min(CASE WHEN d.attempts = 0 AND d.code = 0"
				      "  THEN max(d.next_at, 1) END), 0)"
				      " FROM delivery d WHERE d.issue_id = ?1 AND d.state = 0"
				      " AND (?2 IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
				      "  WHERE r.subscriber_id = d.subscriber_id AND r.fold = ?2))";
	static const char unsent[] =
		"SELECT count(*) FROM delivery WHERE issue_id = ?1 AND state IN (4, 5)";
	*r = (struct remainder){ 0 };
	sqlite3_stmt *st = sql_prepare(q, pending);
	if (!st)
		return false;
	sql_bind(st, "it", issue, region);
	if (sql_step(q, st) != 1)
		return false;
	r->pending = sqlite3_column_int64(st, 0);
	r->next_at = sqlite3_column_int64(st, 1);
	r->next_fresh = sqlite3_column_int64(st, 2);
	sql_reset(st);
	st = sql_prepare(q, unsent);
	if (!st)
		return false;
	sql_bind(st, "i", issue);
	r->unsent = one_number(q, st);
	return r->unsent >= 0;
}

bool sqlite_pause(struct store *s, int64_t issue, bool paused, struct str words)
{
	/* A person's word (2 to 4) counts more. */
	static const char sql[] = "UPDATE issue SET paused = ?2, words = ?3"
				  " WHERE id = ?1 AND paused IN (0, 1)";
	return sql_run(store_sqlite_of(s), sql, "iis", issue, (int64_t)paused, words);
}

bool sqlite_bound_waits(struct store *s, int64_t issue, const struct wait_bounds *w)
{
	static const char sql[] =
		"UPDATE delivery SET next_at = ?2 + CASE WHEN attempts + code = 0 THEN 0"
		"  WHEN attempts < 2 THEN ?3 ELSE ?4 END, first_at = min(first_at, ?2)"
		" WHERE issue_id = ?1 AND state = 0 AND next_at > ?2 AND next_at > ?2"
		"  + CASE WHEN attempts + code = 0 THEN 0 WHEN attempts < 2 THEN ?3"
		"    ELSE ?4 END";
	return sql_run(store_sqlite_of(s), sql, "iiii", issue, w->now, w->once_s, w->often_s);
}

bool sqlite_planned(struct store *s, int64_t issue, struct str region,
		    bool (*each)(void *context, const struct claim *c, const struct subscriber *s),
		    void *context)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] =
		"SELECT d.id, d.token, g.language, g.region, s.key, " SQL_SUBSCRIBER
		" FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id AND s.state = 0"
		" JOIN segment g ON g.id = d.segment_id WHERE d.issue_id = ?1 AND d.state = 0"
		" AND (?2 IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
		"  WHERE r.subscriber_id = s.id AND r.fold = ?2)) ORDER BY s.id";
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "it", issue, region);
	int row;
	while ((row = sql_step(q, st)) > 0) {
		struct subscriber who = sql_subscriber(st, 5);
		struct claim c = {
			.id = sqlite3_column_int64(st, 0),
			.token = sql_text(st, 1),
			.segment_language = sql_text(st, 2),
			.segment_region = sql_text(st, 3),
			.key = sql_text(st, 4),
			.address = who.address,
			.name = who.name,
			.regions = who.regions,
			.subscriber_token = who.token,
		};
		if (!each(context, &c, &who)) {
			sql_reset(st);
			return true;
		}
	}
	return row == 0;
}
