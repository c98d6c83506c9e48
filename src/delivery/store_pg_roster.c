/* The roster's part of the PostgreSQL store. */
#include "delivery/store_pg.h"

#include "base/arena.h"
#include "delivery/address.h"

struct subscriber pg_subscriber(struct store_pg *q, const PGresult *r, int row, int first)
{
	return (struct subscriber){
		.id = pg_int(q, r, row, first),
		.address = pg_text(q, r, row, first + 1),
		.name = pg_text(q, r, row, first + 2),
		.language = pg_text(q, r, row, first + 3),
		.regions = pg_text(q, r, row, first + 4),
		.consent_at = pg_text(q, r, row, first + 5),
		.consent_source = pg_text(q, r, row, first + 6),
		.token = pg_text(q, r, row, first + 7),
		.state = (enum subscriber_state)pg_int(q, r, row, first + 8),
		.was = (enum subscriber_state)pg_int(q, r, row, first + 8),
		.created_at = pg_int(q, r, row, first + 9),
	};
}

bool pg_find(struct store *s, struct arena *a, struct str key, struct subscriber *found,
	     bool *is_there)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] = "SELECT " PG_SUBSCRIBER " FROM subscriber s WHERE s.key = $1";
	*is_there = false;
	PGresult *r = pg_query(q, sql, "s", key);
	if (!r)
		return false;
	if (pg_rows(q, r) > 0) {
		*is_there = true;
		*found = subscriber_copy(a, pg_subscriber(q, r, 0, 0));
	}
	pg_clear(q, r);
	return true;
}

/* One row a region, folded, so that segments are found by index. */
static bool put_regions(struct store_pg *q, int64_t subscriber, struct str regions)
{
	static const char put[] = "INSERT INTO subscriber_region(subscriber_id, fold)"
				  " SELECT $1::bigint, unnest($2::text[]) ON CONFLICT DO NOTHING";
	struct str rest = regions, region;
	struct buf list, folded;
	buf_init(&list, 1 << 20);
	buf_init(&folded, 1 << 20);
	buf_put_byte(&list, '{');
	while (regions.len && str_cut(&rest, ';', &region)) {
		buf_clear(&folded);
		fold_put(&folded, str_trim(region));
		if (folded.len)
			pg_put_item(&list, buf_str(&folded));
	}
	bool none = list.len == 1;
	buf_put_byte(&list, '}');
	bool ok = none || pg_run(q, NULL, put, "is", subscriber, buf_str(&list));
	buf_release(&folded);
	buf_release(&list);
	return ok;
}

bool pg_insert(struct store *s, const struct subscriber *new, struct str key)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] =
		"INSERT INTO subscriber(key, domain, address, name, language, regions, consent_at,"
		" consent_source, token, state, created_at, updated_at)"
		" VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) RETURNING id";
	char token[TOKEN_CHARS + 1];
	int64_t id;
	size_t at = key.len;
	while (at && key.ptr[at - 1] != '@')
		at--;
	if (!token_make(s->world, token)) {
		diag_report(s->diags, DIAG_STORE_FAILED, (struct place){ 0 },
			    "the system has no randomness");
		return false;
	}
	return pg_number(q, &id, sql, "sssssssssii", key, str_sub(key, at, key.len), new->address,
			 new->name, new->language, new->regions, new->consent_at,
			 new->consent_source, str_from(token), (int64_t) new->state,
			 s->world->clock(s->world->context)) &&
	       put_regions(q, id, new->regions);
}

bool pg_update(struct store *s, const struct subscriber *c)
{
	struct store_pg *q = store_pg_of(s);
	/* Senders suppress beside the writers' lock. */
	static const char sql[] =
		"UPDATE subscriber SET address = $2, name = $3, language = $4, regions = $5,"
		" consent_at = $6, consent_source = $7, updated_at = $9,"
		" state = CASE state WHEN $10 THEN $8 ELSE state END WHERE id = $1";
	static const char clear[] = "DELETE FROM subscriber_region WHERE subscriber_id = $1";
	return pg_run(q, NULL, sql, "issssssiii", c->id, c->address, c->name, c->language,
		      c->regions, c->consent_at, c->consent_source, (int64_t)c->state,
		      s->world->clock(s->world->context), (int64_t)c->was) &&
	       pg_run(q, NULL, clear, "i", c->id) && put_regions(q, c->id, c->regions);
}

bool pg_forget(struct store *s, int64_t subscriber)
{
	struct store_pg *q = store_pg_of(s);
	/* Words of servers often repeat the address. Whoever was still to get an
	 * issue will not; what is on its way stays true as it is. */
	static const char words[] =
		"UPDATE delivery SET words = '' WHERE " PG_OF_SUBSCRIBER("", "$1");
	static const char bounces[] =
		"UPDATE bounce SET words = '' WHERE delivery_id IN"
		" (SELECT id FROM delivery WHERE " PG_OF_SUBSCRIBER("", "$1") ")";
	static const char attempts[] =
		"UPDATE attempt SET words = '' WHERE delivery_id IN"
		" (SELECT id FROM delivery WHERE " PG_OF_SUBSCRIBER("", "$1") ")";
	static const char pending[] = "UPDATE delivery SET state = 6, at = $2"
				      " WHERE state = 0 AND " PG_OF_SUBSCRIBER("", "$1");
	static const char requests[] = "DELETE FROM request WHERE key ="
				       " (SELECT key FROM subscriber WHERE id = $1)";
	static const char person[] = PG_DELETE_SUBSCRIBERS("s.id = $1");
	return pg_run(q, NULL, words, "i", subscriber) &&
	       pg_run(q, NULL, bounces, "i", subscriber) &&
	       pg_run(q, NULL, attempts, "i", subscriber) &&
	       pg_run(q, NULL, pending, "ii", subscriber, s->world->clock(s->world->context)) &&
	       pg_run(q, NULL, requests, "i", subscriber) &&
	       pg_run(q, NULL, person, "i", subscriber);
}

bool pg_each(struct store *s, const struct roster_filter *f,
	     bool (*each)(void *context, const struct subscriber *s), void *context)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] =
		"DECLARE roster_walk CURSOR FOR SELECT " PG_SUBSCRIBER " FROM subscriber s"
		" WHERE ($1::text IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
		"  WHERE r.subscriber_id = s.id AND r.fold = $1))"
		" AND ($2::text IS NULL OR lower(s.language) = lower($2)"
		"  OR lower(s.language) LIKE lower($2) || '-%')"
		" AND ($3::bigint = 0 OR ($3::bigint >> s.state::int) & 1 = 1) ORDER BY s.id";
	struct pg_walk w;
	struct buf region;
	buf_init(&region, 1 << 16);
	fold_put(&region, f->region);
	bool ok = pg_walk_open(&w, q, "FETCH 1000 FROM roster_walk", sql, "tti", buf_str(&region),
			       f->language, (int64_t)f->states);
	buf_release(&region);
	if (!ok)
		return false;
	int row;
	while ((row = pg_walk_next(&w)) > 0) {
		struct subscriber found = pg_subscriber(q, w.rows, w.row, 0);
		if (!each(context, &found))
			break;
	}
	return pg_walk_close(&w, row >= 0);
}

bool pg_suppression_find(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			 bool *is_there)
{
	int64_t n = 0;
	bool ok = pg_number(store_pg_of(s), &n, "SELECT count(*) FROM suppression WHERE hash = $1",
			    "b", hash);
	*is_there = n > 0;
	return ok;
}

bool pg_suppression_put(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			enum suppression_reason reason)
{
	static const char sql[] = "INSERT INTO suppression(hash, reason, at) VALUES($1, $2, $3)"
				  " ON CONFLICT DO NOTHING";
	return pg_run(store_pg_of(s), NULL, sql, "bii", hash, (int64_t)reason,
		      s->world->clock(s->world->context));
}

bool pg_suppression_remove(struct store *s, const unsigned char hash[SUPPRESSION_BYTES])
{
	return pg_run(store_pg_of(s), NULL, "DELETE FROM suppression WHERE hash = $1", "b", hash);
}

/* ---- counts ---- */

/* Rows of (name, count). */
static bool tally(struct store_pg *q, struct arena *a, const char *sql, struct tally **list,
		  size_t *count)
{
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	PGresult *r = pg_query(q, sql, "");
	for (int i = 0; r && i < pg_rows(q, r); i++) {
		struct tally t = { str_copy(a, pg_text(q, r, i, 0)), pg_int(q, r, i, 1) };
		PUSH(a, *list, *count, capacity, t);
	}
	pg_clear(q, r);
	return r != NULL;
}

bool pg_stats(struct store *s, struct arena *a, struct roster_stats *stats)
{
	struct store_pg *q = store_pg_of(s);
	static const char states[] = "SELECT state, count(*) FROM subscriber GROUP BY state"
				     " UNION ALL SELECT -1, count(*) FROM suppression";
	static const char languages[] = "SELECT language, count(*) FROM subscriber WHERE state = 0"
					" GROUP BY 1 ORDER BY 2 DESC, language COLLATE \"C\"";
	static const char regions[] =
		"SELECT r.fold, count(*) FROM subscriber_region r"
		" JOIN subscriber s ON s.id = r.subscriber_id WHERE s.state = 0"
		" GROUP BY 1 ORDER BY 2 DESC, r.fold COLLATE \"C\"";
	static const char domains[] = "SELECT domain, count(*) FROM subscriber WHERE state = 0"
				      " GROUP BY 1 ORDER BY 2 DESC, domain COLLATE \"C\" LIMIT 20";
	*stats = (struct roster_stats){ 0 };
	PGresult *r = pg_query(q, states, "");
	for (int i = 0; r && i < pg_rows(q, r); i++) {
		int64_t state = pg_int(q, r, i, 0), n = pg_int(q, r, i, 1);
		if (state < 0)
			stats->suppressions = n;
		else if (state < SUBSCRIBER_STATE_COUNT)
			stats->by_state[state] = n;
	}
	pg_clear(q, r);
	return r && tally(q, a, languages, &stats->languages, &stats->language_count) &&
	       tally(q, a, regions, &stats->regions, &stats->region_count) &&
	       tally(q, a, domains, &stats->domains, &stats->domain_count);
}
