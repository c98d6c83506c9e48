/* What the SQLite store forgets by age. Numbers of states stand in the SQL as in enum
 * delivery_state and enum issue_control. */
#include "delivery/store_sqlite.h"

#include <assert.h>

static_assert(DELIVERY_PENDING == 0 && DELIVERY_CLAIMED == 1 && DELIVERY_INTENT == 2 &&
		      DELIVERY_CANCELLED == 7 && ISSUE_FORGOTTEN == 4,
	      "the SQL of this file has these numbers in it");

/* Deliveries looked at in one transaction: a sender at work waits for no longer. */
enum { ROWS_AT_ONCE = 50000 };

static bool number_of(struct store_sqlite *q, sqlite3_stmt *st, int64_t *number)
{
	int row = st ? sql_step(q, st) : -1;
	*number = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	if (row > 0)
		sql_reset(st);
	return row >= 0;
}

/* ---- words ---- */

static bool forget_words_of(struct store_sqlite *q, int64_t after, int64_t to, int64_t before,
			    int64_t *rows)
{
	static const char deliveries[] = "UPDATE delivery SET words = '' WHERE id > ?1 AND id <= ?2"
					 " AND at < ?3 AND state > 2 AND words <> ''";
	static const char attempts[] = "DELETE FROM attempt WHERE delivery_id > ?1"
				       " AND delivery_id <= ?2 AND at < ?3";
	static const char bounces[] =
		"UPDATE bounce SET words = '' WHERE delivery_id > ?1 AND delivery_id <= ?2"
		" AND at < ?3 AND words <> ''";
	const char *const all[] = { deliveries, attempts, bounces };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (!sql_run(q, all[i], "iii", after, to, before))
			return false;
		*rows += sqlite3_changes64(q->db);
	}
	return true;
}

bool sqlite_words_forget(struct store *s, int64_t before, int64_t *rows)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT coalesce(max(id), 0) FROM"
				  " (SELECT id FROM delivery WHERE id > ?1 ORDER BY id LIMIT ?2)";
	int64_t after = 0, to;
	*rows = 0;
	for (;; after = to) {
		sqlite3_stmt *st = sql_prepare(q, sql);
		if (st)
			sql_bind(st, "ii", after, (int64_t)ROWS_AT_ONCE);
		if (!number_of(q, st, &to))
			return false;
		if (to == 0)
			return true;
		if (!s->ops->begin(s))
			return false;
		if (!forget_words_of(q, after, to, before, rows)) {
			s->ops->rollback(s);
			return false;
		}
		if (!s->ops->commit(s))
			return false;
	}
}

/* ---- who got an issue ---- */

/* One whose last word is old enough, and which nobody is sending. */
static bool find_old_issue(struct store_sqlite *q, int64_t before, int64_t *issue)
{
	static const char sql[] =
		"SELECT id FROM issue i WHERE first_at < ?1 AND paused <> 4"
		" AND (SELECT max(at) FROM delivery d WHERE d.issue_id = i.id) < ?1"
		" AND NOT EXISTS(SELECT 1 FROM delivery d"
		"  WHERE d.state IN (1, 2) AND d.issue_id = i.id) LIMIT 1";
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (st)
		sql_bind(st, "i", before);
	return number_of(q, st, issue);
}

/* The rows stay, as counts: who they were for goes. */
static bool forget_issue(struct store_sqlite *q, int64_t issue)
{
	static const char tokens[] = "DELETE FROM token WHERE issue_id = ?1";
	static const char attempts[] = "DELETE FROM attempt WHERE delivery_id IN"
				       " (SELECT id FROM delivery WHERE issue_id = ?1)";
	static const char bounces[] = "UPDATE bounce SET words = '' WHERE words <> ''"
				      " AND delivery_id IN"
				      " (SELECT id FROM delivery WHERE issue_id = ?1)";
	static const char deliveries[] = "UPDATE delivery SET subscriber_id = NULL, words = '',"
					 " token = '',"
					 " state = CASE state WHEN 0 THEN 7 ELSE state END"
					 " WHERE issue_id = ?1";
	static const char close[] = "UPDATE issue SET paused = 4, words = '' WHERE id = ?1";
	const char *const all[] = { tokens, attempts, bounces, deliveries, close };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!sql_run(q, all[i], "i", issue))
			return false;
	return true;
}

bool sqlite_issues_forget(struct store *s, int64_t before, int64_t *issues)
{
	struct store_sqlite *q = store_sqlite_of(s);
	*issues = 0;
	for (;;) {
		int64_t issue = 0;
		if (!s->ops->begin(s))
			return false;
		if (!find_old_issue(q, before, &issue) || (issue && !forget_issue(q, issue))) {
			s->ops->rollback(s);
			return false;
		}
		if (!s->ops->commit(s))
			return false;
		if (!issue)
			return true;
		++*issues;
	}
}
