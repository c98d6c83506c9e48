/* What readers do themselves, in the PostgreSQL store: tokens, requests, consents.
 *
 * States stand in the SQL as in enum request_state (0 waiting) and enum
 * subscriber_state (0 active, 1 unconfirmed, 4 paused). Tokens are compared as bytes:
 * their columns are of COLLATE "C". */
#include "delivery/store_pg.h"

#include "base/arena.h"

#include <assert.h>

static_assert(REQUEST_WAITING == 0 && SUBSCRIBER_ACTIVE == 0 && SUBSCRIBER_UNCONFIRMED == 1 &&
		      SUBSCRIBER_PAUSED == 4 && DELIVERY_SUPPRESSED == 6 && TOKEN_ROWS == 8,
	      "the SQL of this file has these numbers in it");

bool pg_by_token(struct store *s, struct arena *a, const struct token_range *range,
		 struct subscriber *list, size_t *count)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] = "SELECT " PG_SUBSCRIBER " FROM subscriber s"
				  " WHERE s.token >= $1 AND s.token <= $2 LIMIT 8";
	*count = 0;
	PGresult *r = pg_query(q, sql, "ss", range->from, range->to);
	for (int i = 0; r && i < pg_rows(q, r); i++)
		list[(*count)++] = subscriber_copy(a, pg_subscriber(q, r, i, 0));
	pg_clear(q, r);
	return r != NULL;
}

/* ---- requests ---- */

#define PG_REQUEST                                                                                 \
	"id, token, key, address, name, language, regions, version, asked_at, state, attempts,"    \
	" next_at, first_at"

static struct request read_request(struct store_pg *q, struct arena *a, const PGresult *r, int row)
{
	return (struct request){
		.id = pg_int(q, r, row, 0),
		.token = str_copy(a, pg_text(q, r, row, 1)),
		.key = str_copy(a, pg_text(q, r, row, 2)),
		.address = str_copy(a, pg_text(q, r, row, 3)),
		.name = str_copy(a, pg_text(q, r, row, 4)),
		.language = str_copy(a, pg_text(q, r, row, 5)),
		.regions = str_copy(a, pg_text(q, r, row, 6)),
		.version = str_copy(a, pg_text(q, r, row, 7)),
		.asked_at = pg_int(q, r, row, 8),
		.state = (enum request_state)pg_int(q, r, row, 9),
		.attempts = (int)pg_int(q, r, row, 10),
		.next_at = pg_int(q, r, row, 11),
		.first_at = pg_int(q, r, row, 12),
	};
}

bool pg_request_by_token(struct store *s, struct arena *a, const struct token_range *range,
			 struct request *list, size_t *count)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] = "SELECT " PG_REQUEST " FROM request"
				  " WHERE token >= $1 AND token <= $2 LIMIT 8";
	/* The postman moves requests on beside the writers' lock. */
	static const char kept[] = "SELECT " PG_REQUEST " FROM request"
				   " WHERE token >= $1 AND token <= $2 LIMIT 8 FOR UPDATE";
	*count = 0;
	PGresult *r = pg_query(q, q->serial ? kept : sql, "ss", range->from, range->to);
	for (int i = 0; r && i < pg_rows(q, r); i++)
		list[(*count)++] = read_request(q, a, r, i);
	pg_clear(q, r);
	return r != NULL;
}

bool pg_requests_between(struct store *s, struct str key, int64_t since, int64_t until,
			 int64_t *count, int64_t *newest)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] = "SELECT count(*), coalesce(max(asked_at), 0) FROM request"
				  " WHERE key = $1 AND asked_at > $2 AND asked_at < $3";
	PGresult *r = pg_query(q, sql, "sii", key, since, until);
	if (!r)
		return false;
	*count = pg_int(q, r, 0, 0);
	*newest = pg_int(q, r, 0, 1);
	pg_clear(q, r);
	return true;
}

bool pg_request_put(struct store *s, const struct request *r)
{
	static const char sql[] =
		"INSERT INTO request(token, key, address, name, language, regions, version,"
		" asked_at, state, attempts, next_at, first_at)"
		" VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $8, 0)";
	return pg_run(store_pg_of(s), NULL, sql, "sssssssii", r->token, r->key, r->address, r->name,
		      r->language, r->regions, r->version, r->asked_at, (int64_t)r->state);
}

bool pg_request_due(struct store *s, struct arena *a, int64_t now, int64_t latest,
		    struct request *r, bool *is_there)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] = "SELECT " PG_REQUEST " FROM request"
				  " WHERE state = 0 AND (next_at <= $1 OR next_at > $2)"
				  " ORDER BY next_at, id LIMIT 1";
	*is_there = false;
	PGresult *found = pg_query(q, sql, "ii", now, latest);
	if (found && pg_rows(q, found) > 0) {
		*is_there = true;
		*r = read_request(q, a, found, 0);
	}
	pg_clear(q, found);
	return found != NULL;
}

bool pg_request_mark(struct store *s, const struct request *r, enum request_state was, bool *moved)
{
	static const char sql[] = "UPDATE request SET state = $3, attempts = $4, next_at = $5,"
				  " first_at = $6 WHERE id = $1 AND state = $2";
	int64_t changed = 0;
	bool ok = pg_run(store_pg_of(s), &changed, sql, "iiiiii", r->id, (int64_t)was,
			 (int64_t)r->state, (int64_t)r->attempts, r->next_at, r->first_at);
	*moved = ok && changed == 1;
	return ok;
}

bool pg_requests_forget(struct store *s, int64_t before, int64_t *count)
{
	struct store_pg *q = store_pg_of(s);
	static const char requests[] = "DELETE FROM request WHERE asked_at < $1";
	static const char people[] = PG_DELETE_SUBSCRIBERS(
		"s.state = 1 AND s.created_at < $1"
		" AND NOT EXISTS(SELECT 1 FROM request r WHERE r.key = s.key)");
	*count = 0;
	if (!pg_begin(s))
		return false;
	if (pg_run(q, count, requests, "i", before) && pg_run(q, NULL, people, "i", before))
		return pg_commit(s);
	pg_rollback(s);
	return false;
}

/* ---- consents ---- */

bool pg_consent_words(struct store *s, struct str version, struct str words)
{
	static const char sql[] = "INSERT INTO consent_text(version, words) VALUES($1, $2)"
				  " ON CONFLICT DO NOTHING";
	return pg_run(store_pg_of(s), NULL, sql, "ss", version, words);
}

bool pg_consent_put(struct store *s, int64_t subscriber, const struct consent *c)
{
	static const char sql[] = "INSERT INTO consent(subscriber_id, state, at, channel, version)"
				  " VALUES($1, $2, $3, $4, $5)";
	return pg_run(store_pg_of(s), NULL, sql, "iiiss", subscriber, (int64_t)c->state, c->at,
		      c->channel, c->version);
}

bool pg_consents(struct store *s, int64_t subscriber,
		 bool (*each)(void *context, const struct consent *c), void *context)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] =
		"SELECT c.state, c.at, c.channel, c.version, coalesce(t.words, '')"
		" FROM consent c LEFT JOIN consent_text t ON t.version = c.version"
		" WHERE c.subscriber_id = $1 ORDER BY c.id";
	int there = pg_has_table(q, "consent");
	if (there <= 0)
		return there == 0;
	PGresult *r = pg_query(q, sql, "i", subscriber);
	for (int i = 0; r && i < pg_rows(q, r); i++) {
		const struct consent c = {
			.state = (enum consent_state)pg_int(q, r, i, 0),
			.at = pg_int(q, r, i, 1),
			.channel = pg_text(q, r, i, 2),
			.version = pg_text(q, r, i, 3),
			.words = pg_text(q, r, i, 4),
		};
		if (!each(context, &c))
			break;
	}
	pg_clear(q, r);
	return r != NULL;
}

bool pg_suppression_reason(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			   enum suppression_reason *reason, bool *is_there)
{
	struct store_pg *q = store_pg_of(s);
	*is_there = false;
	PGresult *r = pg_query(q, "SELECT reason FROM suppression WHERE hash = $1", "b", hash);
	if (r && pg_rows(q, r) > 0) {
		*is_there = true;
		*reason = (enum suppression_reason)pg_int(q, r, 0, 0);
	}
	pg_clear(q, r);
	return r != NULL;
}

/* ---- pauses ---- */

bool pg_pass_over(struct store_pg *q, int64_t issue, struct str region, int64_t now)
{
	/* A row of theirs tells why they did not get it, and keeps them out when the
	 * audience is frozen again. */
	static const char rows[] =
		"WITH " PG_SEED
		" INSERT INTO delivery(issue_id, subscriber_id, segment_id, token, state, next_at,"
		" at, words)"
		" SELECT $1::bigint, x.id, (SELECT min(id) FROM segment WHERE issue_id = $1),"
		" " PG_TOKEN ", 6, 0, $3::bigint, 'paused by the reader' FROM subscriber x"
		" WHERE x.state = 4"
		" AND ($2::text IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
		"  WHERE r.subscriber_id = x.id AND r.fold = $2)) ON CONFLICT DO NOTHING";
	static const char over[] =
		"UPDATE subscriber SET state = 0, updated_at = $2 WHERE state = 4 AND id IN"
		" (SELECT subscriber_id FROM delivery WHERE issue_id = $1 AND state = 6)";
	return pg_run(q, NULL, rows, "iti", issue, region, now) &&
	       pg_run(q, NULL, over, "ii", issue, now);
}
