/* What the SQLite ledger knows of relays: which took what, and when. */
#include "delivery/store_sqlite.h"

#include "base/arena.h"

bool sqlite_relay_number(struct store *s, struct str name, int64_t *number)
{
	struct store_sqlite *q = store_sqlite_of(s);
	if (!sql_run(q, "INSERT INTO relay(name) VALUES(?1) ON CONFLICT DO NOTHING", "s", name))
		return false;
	sqlite3_stmt *st = sql_prepare(q, "SELECT id FROM relay WHERE name = ?1");
	if (!st)
		return false;
	sql_bind(st, "s", name);
	if (sql_step(q, st) != 1)
		return false;
	*number = sqlite3_column_int64(st, 0);
	sql_reset(st);
	return true;
}

bool sqlite_relay_say(struct store *s, int64_t relay, int64_t issue, struct str words)
{
	return sql_run(store_sqlite_of(s),
		       "UPDATE relay SET issue_id = ?2, words = ?3 WHERE id = ?1", "iis", relay,
		       issue, words);
}

/* A walk over all deliveries, once a run with a warm-up: an index for it would cost every
 * message sent. */
bool sqlite_relay_days(struct store *s, struct arena *a, int64_t relay, struct day_count **list,
		       size_t *count)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT at / 86400, count(*) FROM delivery"
				  " WHERE relay_id = ?1 AND state IN (2, 3, 5)"
				  " GROUP BY 1 ORDER BY 1";
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "i", relay);
	int row;
	while ((row = sql_step(q, st)) > 0) {
		struct day_count day = { sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1) };
		PUSH(a, *list, *count, capacity, day);
	}
	return row == 0;
}

bool sqlite_relays(struct store *s, struct arena *a, struct str issue, struct relay_status **list,
		   size_t *count)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] =
		"WITH this AS (SELECT id FROM issue WHERE name = ?1),"
		" counts AS (SELECT relay_id, state, count(*) AS n FROM delivery"
		"  WHERE issue_id = (SELECT id FROM this) GROUP BY relay_id, state)"
		" SELECT r.name, coalesce(c.state, 0), coalesce(c.n, 0),"
		"  iif(r.issue_id = (SELECT id FROM this), r.words, '') AS said"
		" FROM relay r LEFT JOIN counts c ON c.relay_id = r.id"
		" WHERE c.n IS NOT NULL OR said <> '' ORDER BY r.id, c.state";
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	/* Who only reads may meet a database from before relays were told apart. */
	int row = sql_has_table(q, "relay");
	if (row <= 0)
		return row == 0;
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "s", issue);
	while ((row = sql_step(q, st)) > 0) {
		struct str name = sql_text(st, 0);
		if (*count == 0 || !str_equal((*list)[*count - 1].name, name))
			PUSH(a, *list, *count, capacity,
			     ((struct relay_status){ .name = str_copy(a, name),
						     .words = str_copy(a, sql_text(st, 3)) }));
		(*list)[*count - 1].by_state[sqlite3_column_int(st, 1) % DELIVERY_STATE_COUNT] =
			sqlite3_column_int64(st, 2);
	}
	return row == 0;
}
