/* The roster's part of the SQLite store. */
#include "delivery/store_sqlite.h"

#include "base/arena.h"
#include "delivery/address.h"

#include <string.h>

struct subscriber sql_subscriber(sqlite3_stmt *st, int first)
{
	return (struct subscriber){
		.id = sqlite3_column_int64(st, first),
		.address = sql_text(st, first + 1),
		.name = sql_text(st, first + 2),
		.language = sql_text(st, first + 3),
		.regions = sql_text(st, first + 4),
		.consent_at = sql_text(st, first + 5),
		.consent_source = sql_text(st, first + 6),
		.token = sql_text(st, first + 7),
		.state = (enum subscriber_state)sqlite3_column_int(st, first + 8),
		.was = (enum subscriber_state)sqlite3_column_int(st, first + 8),
		.created_at = sqlite3_column_int64(st, first + 9),
	};
}

bool sqlite_find(struct store *s, struct arena *a, struct str key, struct subscriber *found,
		 bool *is_there)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT " SQL_SUBSCRIBER " FROM subscriber s WHERE s.key = ?1";
	sqlite3_stmt *st = sql_prepare(q, sql);
	*is_there = false;
	if (!st)
		return false;
	sql_bind(st, "s", key);
	int row = sql_step(q, st);
	if (row > 0) {
		*is_there = true;
		*found = subscriber_copy(a, sql_subscriber(st, 0));
		sql_reset(st);
	}
	return row >= 0;
}

/* One row a region, folded, so that segments are found by index. */
static bool put_regions(struct store_sqlite *q, int64_t subscriber, struct str regions)
{
	static const char put[] = "INSERT OR IGNORE INTO subscriber_region(subscriber_id, fold)"
				  " VALUES(?1, ?2)";
	bool ok = true;
	struct str rest = regions, region;
	struct buf folded;
	buf_init(&folded, 1 << 20);
	while (ok && regions.len && str_cut(&rest, ';', &region)) {
		buf_clear(&folded);
		fold_put(&folded, str_trim(region));
		if (folded.len)
			ok = sql_run(q, put, "is", subscriber, buf_str(&folded));
	}
	buf_release(&folded);
	return ok;
}

/* An import is one transaction. What does not fit into the cache goes to the log, is
 * changed, and goes there again: indices of keys and tokens grow everywhere at once. So it gets
 * more room; a sender never comes here. */
static bool make_room(struct store_sqlite *q)
{
	enum { MANY = 1000 };
	return ++q->inserted != MANY || sql_script(q, "PRAGMA cache_size = -65536");
}

bool sqlite_insert(struct store *s, const struct subscriber *new, struct str key)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] =
		"INSERT INTO subscriber(key, domain, address, name, language, regions, consent_at,"
		" consent_source, token, state, created_at, updated_at)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, token(), ?9, ?10, ?10)";
	size_t at = key.len;
	while (at && key.ptr[at - 1] != '@')
		at--;
	if (!make_room(q) ||
	    !sql_run(q, sql, "ssssssssii", key, str_sub(key, at, key.len), new->address, new->name,
		     new->language, new->regions, new->consent_at, new->consent_source,
		     (int64_t) new->state, s->world->clock(s->world->context)))
		return false;
	return new->regions.len == 0 ||
	       put_regions(q, sqlite3_last_insert_rowid(q->db), new->regions);
}

bool sqlite_update(struct store *s, const struct subscriber *c)
{
	static const char clear[] = "DELETE FROM subscriber_region WHERE subscriber_id = ?1";
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] =
		"UPDATE subscriber SET address = ?2, name = ?3, language = ?4, regions = ?5,"
		" consent_at = ?6, consent_source = ?7, state = ?8, updated_at = ?9 WHERE id = ?1";
	return sql_run(q, sql, "issssssii", c->id, c->address, c->name, c->language, c->regions,
		       c->consent_at, c->consent_source, (int64_t)c->state,
		       s->world->clock(s->world->context)) &&
	       sql_run(q, clear, "i", c->id) && put_regions(q, c->id, c->regions);
}

bool sqlite_forget(struct store *s, int64_t subscriber)
{
	struct store_sqlite *q = store_sqlite_of(s);
	/* Words of servers often repeat the address. Whoever was still to get an
	 * issue will not; what is on its way stays true as it is. */
	static const char words[] = "UPDATE delivery SET words = '' WHERE subscriber_id = ?1";
	static const char bounces[] = "UPDATE bounce SET words = '' WHERE delivery_id IN"
				      " (SELECT id FROM delivery WHERE subscriber_id = ?1)";
	static const char attempts[] = "UPDATE attempt SET words = '' WHERE delivery_id IN"
				       " (SELECT id FROM delivery WHERE subscriber_id = ?1)";
	static const char pending[] =
		"UPDATE delivery SET state = 6, at = ?2 WHERE subscriber_id = ?1 AND state = 0";
	static const char requests[] = "DELETE FROM request WHERE key ="
				       " (SELECT key FROM subscriber WHERE id = ?1)";
	static const char person[] = "DELETE FROM subscriber WHERE id = ?1";
	return sql_run(q, words, "i", subscriber) && sql_run(q, bounces, "i", subscriber) &&
	       sql_run(q, attempts, "i", subscriber) &&
	       sql_run(q, pending, "ii", subscriber, s->world->clock(s->world->context)) &&
	       sql_run(q, requests, "i", subscriber) && sql_run(q, person, "i", subscriber);
}

bool sqlite_each(struct store *s, const struct roster_filter *f,
		 bool (*each)(void *context, const struct subscriber *s), void *context)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT " SQL_SUBSCRIBER " FROM subscriber s"
				  " WHERE (?1 IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
				  "  WHERE r.subscriber_id = s.id AND r.fold = ?1))"
				  " AND (?2 IS NULL OR lower(s.language) = lower(?2)"
				  "  OR lower(s.language) LIKE lower(?2) || '-%')"
				  " AND (?3 = 0 OR (?3 >> s.state) & 1) ORDER BY s.id";
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	struct buf region;
	buf_init(&region, 1 << 16);
	fold_put(&region, f->region);
	sql_bind(st, "tti", buf_str(&region), f->language, (int64_t)f->states);
	int row;
	while ((row = sql_step(q, st)) > 0) {
		struct subscriber found = sql_subscriber(st, 0);
		if (!each(context, &found)) {
			sql_reset(st);
			row = 0;
			break;
		}
	}
	buf_release(&region);
	return row >= 0;
}

bool sqlite_suppression_find(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			     bool *is_there)
{
	struct store_sqlite *q = store_sqlite_of(s);
	sqlite3_stmt *st = sql_prepare(q, "SELECT 1 FROM suppression WHERE hash = ?1");
	if (!st)
		return false;
	sql_bind(st, "b", hash);
	int row = sql_step(q, st);
	if (row > 0)
		sql_reset(st);
	*is_there = row > 0;
	return row >= 0;
}

bool sqlite_suppression_put(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			    enum suppression_reason reason)
{
	static const char sql[] = "INSERT INTO suppression(hash, reason, at) VALUES(?1, ?2, ?3)"
				  " ON CONFLICT DO NOTHING";
	return sql_run(store_sqlite_of(s), sql, "bii", hash, (int64_t)reason,
		       s->world->clock(s->world->context));
}

bool sqlite_suppression_remove(struct store *s, const unsigned char hash[SUPPRESSION_BYTES])
{
	return sql_run(store_sqlite_of(s), "DELETE FROM suppression WHERE hash = ?1", "b", hash);
}

/* ---- counts ---- */

/* Rows of (name, count). */
static bool tally(struct store_sqlite *q, struct arena *a, const char *sql, struct tally **list,
		  size_t *count)
{
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	int row;
	while ((row = sql_step(q, st)) > 0) {
		struct tally t = { str_copy(a, sql_text(st, 0)), sqlite3_column_int64(st, 1) };
		PUSH(a, *list, *count, capacity, t);
	}
	return row == 0;
}

bool sqlite_stats(struct store *s, struct arena *a, struct roster_stats *stats)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char states[] = "SELECT state, count(*) FROM subscriber GROUP BY state"
				     " UNION ALL SELECT -1, count(*) FROM suppression";
	static const char languages[] = "SELECT language, count(*) FROM subscriber WHERE state = 0"
					" GROUP BY language ORDER BY 2 DESC, 1";
	static const char regions[] =
		"SELECT r.fold, count(*) FROM subscriber_region r"
		" JOIN subscriber s ON s.id = r.subscriber_id WHERE s.state = 0"
		" GROUP BY r.fold ORDER BY 2 DESC, 1";
	static const char domains[] = "SELECT domain, count(*) FROM subscriber WHERE state = 0"
				      " GROUP BY domain ORDER BY 2 DESC, 1 LIMIT 20";
	*stats = (struct roster_stats){ 0 };
	sqlite3_stmt *st = sql_prepare(q, states);
	int row = -1;
	while (st && (row = sql_step(q, st)) > 0) {
		int64_t state = sqlite3_column_int64(st, 0), n = sqlite3_column_int64(st, 1);
		if (state < 0)
			stats->suppressions = n;
		else if (state < SUBSCRIBER_STATE_COUNT)
			stats->by_state[state] = n;
	}
	return row == 0 && tally(q, a, languages, &stats->languages, &stats->language_count) &&
	       tally(q, a, regions, &stats->regions, &stats->region_count) &&
	       tally(q, a, domains, &stats->domains, &stats->domain_count);
}
