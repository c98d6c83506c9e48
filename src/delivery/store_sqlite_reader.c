/* What readers do themselves, in the SQLite store: tokens, requests, consents.
 *
 * States stand in the SQL as in enum request_state (0 waiting) and enum
 * subscriber_state (0 active, 1 unconfirmed, 4 paused). */
#include "delivery/store_sqlite.h"

#include "base/arena.h"

#include <assert.h>

static_assert(REQUEST_WAITING == 0 && SUBSCRIBER_ACTIVE == 0 && SUBSCRIBER_UNCONFIRMED == 1 &&
		      SUBSCRIBER_PAUSED == 4 && DELIVERY_SUPPRESSED == 6,
	      "the SQL of this file has these numbers in it");

bool sqlite_by_token(struct store *s, struct arena *a, const struct token_range *range,
		     struct subscriber *list, size_t *count)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT " SQL_SUBSCRIBER " FROM subscriber s"
				  " WHERE s.token >= ?1 AND s.token <= ?2 LIMIT 8";
	sqlite3_stmt *st = sql_prepare(q, sql);
	int row = -1;
	*count = 0;
	if (!st)
		return false;
	sql_bind(st, "ss", range->from, range->to);
	while ((row = sql_step(q, st)) > 0)
		list[(*count)++] = subscriber_copy(a, sql_subscriber(st, 0));
	return row == 0;
}

/* ---- requests ---- */

#define SQL_REQUEST                                                                                \
	"id, token, key, address, name, language, regions, version, asked_at, state, attempts,"    \
	" next_at, first_at"

static struct request read_request(struct arena *a, sqlite3_stmt *st)
{
	return (struct request){
		.id = sqlite3_column_int64(st, 0),
		.token = str_copy(a, sql_text(st, 1)),
		.key = str_copy(a, sql_text(st, 2)),
		.address = str_copy(a, sql_text(st, 3)),
		.name = str_copy(a, sql_text(st, 4)),
		.language = str_copy(a, sql_text(st, 5)),
		.regions = str_copy(a, sql_text(st, 6)),
		.version = str_copy(a, sql_text(st, 7)),
		.asked_at = sqlite3_column_int64(st, 8),
		.state = (enum request_state)sqlite3_column_int(st, 9),
		.attempts = sqlite3_column_int(st, 10),
		.next_at = sqlite3_column_int64(st, 11),
		.first_at = sqlite3_column_int64(st, 12),
	};
}

bool sqlite_request_by_token(struct store *s, struct arena *a, const struct token_range *range,
			     struct request *list, size_t *count)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT " SQL_REQUEST " FROM request"
				  " WHERE token >= ?1 AND token <= ?2 LIMIT 8";
	sqlite3_stmt *st = sql_prepare(q, sql);
	int row = -1;
	*count = 0;
	if (!st)
		return false;
	sql_bind(st, "ss", range->from, range->to);
	while ((row = sql_step(q, st)) > 0)
		list[(*count)++] = read_request(a, st);
	return row == 0;
}

bool sqlite_requests_between(struct store *s, struct str key, int64_t since, int64_t until,
			     int64_t *count, int64_t *newest)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT count(*), coalesce(max(asked_at), 0) FROM request"
				  " WHERE key = ?1 AND asked_at > ?2 AND asked_at < ?3";
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "sii", key, since, until);
	if (sql_step(q, st) != 1)
		return false;
	*count = sqlite3_column_int64(st, 0);
	*newest = sqlite3_column_int64(st, 1);
	sql_reset(st);
	return true;
}

bool sqlite_request_put(struct store *s, const struct request *r)
{
	static const char sql[] =
		"INSERT INTO request(token, key, address, name, language, regions, version,"
		" asked_at, state, attempts, next_at, first_at)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?8, 0)";
	return sql_run(store_sqlite_of(s), sql, "sssssssii", r->token, r->key, r->address, r->name,
		       r->language, r->regions, r->version, r->asked_at, (int64_t)r->state);
}

bool sqlite_request_due(struct store *s, struct arena *a, int64_t now, int64_t latest,
			struct request *r, bool *is_there)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT " SQL_REQUEST " FROM request"
				  " WHERE state = 0 AND (next_at <= ?1 OR next_at > ?2)"
				  " ORDER BY next_at, id LIMIT 1";
	sqlite3_stmt *st = sql_prepare(q, sql);
	*is_there = false;
	if (!st)
		return false;
	sql_bind(st, "ii", now, latest);
	int row = sql_step(q, st);
	if (row > 0) {
		*is_there = true;
		*r = read_request(a, st);
		sql_reset(st);
	}
	return row >= 0;
}

bool sqlite_request_mark(struct store *s, const struct request *r, enum request_state was,
			 bool *moved)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "UPDATE request SET state = ?3, attempts = ?4, next_at = ?5,"
				  " first_at = ?6 WHERE id = ?1 AND state = ?2";
	bool ok = sql_run(q, sql, "iiiiii", r->id, (int64_t)was, (int64_t)r->state,
			  (int64_t)r->attempts, r->next_at, r->first_at);
	*moved = ok && sqlite3_changes64(q->db) == 1;
	return ok;
}

bool sqlite_requests_forget(struct store *s, int64_t before, int64_t *count)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char requests[] = "DELETE FROM request WHERE asked_at < ?1";
	static const char people[] =
		"DELETE FROM subscriber WHERE state = 1 AND created_at < ?1 AND NOT EXISTS("
		"SELECT 1 FROM request r WHERE r.key = subscriber.key)";
	*count = 0;
	if (!s->ops->begin(s))
		return false;
	if (sql_run(q, requests, "i", before)) {
		*count = sqlite3_changes64(q->db);
		if (sql_run(q, people, "i", before))
			return s->ops->commit(s);
	}
	s->ops->rollback(s);
	return false;
}

/* ---- consents ---- */

bool sqlite_consent_words(struct store *s, struct str version, struct str words)
{
	static const char sql[] = "INSERT INTO consent_text(version, words) VALUES(?1, ?2)"
				  " ON CONFLICT DO NOTHING";
	return sql_run(store_sqlite_of(s), sql, "ss", version, words);
}

bool sqlite_consent_put(struct store *s, int64_t subscriber, const struct consent *c)
{
	static const char sql[] = "INSERT INTO consent(subscriber_id, state, at, channel, version)"
				  " VALUES(?1, ?2, ?3, ?4, ?5)";
	return sql_run(store_sqlite_of(s), sql, "iiiss", subscriber, (int64_t)c->state, c->at,
		       c->channel, c->version);
}

bool sqlite_consents(struct store *s, int64_t subscriber,
		     bool (*each)(void *context, const struct consent *c), void *context)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] =
		"SELECT c.state, c.at, c.channel, c.version, coalesce(t.words, '')"
		" FROM consent c LEFT JOIN consent_text t"
		" ON t.version = c.version"
		" WHERE c.subscriber_id = ?1 ORDER BY c.id";
	int row = sql_has_table(q, "consent");
	if (row <= 0)
		return row == 0;
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "i", subscriber);
	while ((row = sql_step(q, st)) > 0) {
		const struct consent c = {
			.state = (enum consent_state)sqlite3_column_int(st, 0),
			.at = sqlite3_column_int64(st, 1),
			.channel = sql_text(st, 2),
			.version = sql_text(st, 3),
			.words = sql_text(st, 4),
		};
		if (!each(context, &c)) {
			sql_reset(st);
			return true;
		}
	}
	return row == 0;
}

bool sqlite_suppression_reason(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			       enum suppression_reason *reason, bool *is_there)
{
	struct store_sqlite *q = store_sqlite_of(s);
	sqlite3_stmt *st = sql_prepare(q, "SELECT reason FROM suppression WHERE hash = ?1");
	*is_there = false;
	if (!st)
		return false;
	sql_bind(st, "b", hash);
	int row = sql_step(q, st);
	if (row > 0) {
		*is_there = true;
		*reason = (enum suppression_reason)sqlite3_column_int(st, 0);
		sql_reset(st);
	}
	return row >= 0;
}

/* ---- pauses ---- */

bool sqlite_pass_over(struct store_sqlite *q, int64_t issue, struct str region, int64_t now)
{
	/* A row of theirs tells why they did not get it, and keeps them out when the
	 * audience is frozen again. */
	static const char rows[] =
		"INSERT INTO delivery(issue_id, subscriber_id, segment_id, token, state, next_at,"
		" at, words)"
		" SELECT ?1, s.id, (SELECT min(id) FROM segment WHERE issue_id = ?1), token(), 6, "
		"0,"
		"  ?3, 'paused by the reader' FROM subscriber s WHERE s.state = 4"
		" AND (?2 IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
		"  WHERE r.subscriber_id = s.id AND r.fold = ?2)) ON CONFLICT DO NOTHING";
	static const char over[] =
		"UPDATE subscriber SET state = 0, updated_at = ?2 WHERE state = 4 AND id IN"
		" (SELECT subscriber_id FROM delivery WHERE issue_id = ?1 AND state = 6)";
	return sql_run(q, rows, "iti", issue, region, now) && sql_run(q, over, "ii", issue, now);
}
