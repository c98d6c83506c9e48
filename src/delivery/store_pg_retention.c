/* What the PostgreSQL store forgets by age. Numbers of states stand in the SQL as in enum
 * delivery_state and enum issue_control. */
#include "delivery/store_pg.h"

#include <assert.h>

static_assert(DELIVERY_PENDING == 0 && DELIVERY_CLAIMED == 1 && DELIVERY_INTENT == 2 &&
		      DELIVERY_CANCELLED == 7 && ISSUE_FORGOTTEN == 4,
	      "the SQL of this file has these numbers in it");

/* Deliveries looked at in one transaction, whose rows senders wait for. */
enum { ROWS_AT_ONCE = 50000 };

/* ---- words ---- */

static bool forget_words_of(struct store_pg *q, int64_t after, int64_t to, int64_t before,
			    int64_t *rows)
{
	static const char deliveries[] = "UPDATE delivery SET words = '' WHERE id > $1 AND id <= $2"
					 " AND at < $3 AND state > 2 AND words <> ''";
	static const char attempts[] = "DELETE FROM attempt WHERE delivery_id > $1"
				       " AND delivery_id <= $2 AND at < $3";
	static const char bounces[] =
		"UPDATE bounce SET words = '' WHERE delivery_id > $1 AND delivery_id <= $2"
		" AND at < $3 AND words <> ''";
	int64_t some[3] = { 0 };
	bool ok = pg_run(q, &some[0], deliveries, "iii", after, to, before) &&
		  pg_run(q, &some[1], attempts, "iii", after, to, before) &&
		  pg_run(q, &some[2], bounces, "iii", after, to, before);
	*rows += some[0] + some[1] + some[2];
	return ok;
}

bool pg_words_forget(struct store *s, int64_t before, int64_t *rows)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] = "SELECT coalesce(max(id), 0) FROM"
				  " (SELECT id FROM delivery WHERE id > $1 ORDER BY id LIMIT $2) d";
	int64_t after = 0, to;
	*rows = 0;
	for (;; after = to) {
		if (!pg_number(q, &to, sql, "ii", after, (int64_t)ROWS_AT_ONCE))
			return false;
		if (to == 0)
			return true;
		if (!pg_begin(s))
			return false;
		if (!forget_words_of(q, after, to, before, rows)) {
			pg_rollback(s);
			return false;
		}
		if (!pg_commit(s))
			return false;
	}
}

/* ---- who got an issue ---- */

/* One whose last word is old enough, and which nobody is sending; 0: none. */
static bool find_old_issue(struct store_pg *q, int64_t before, int64_t *issue)
{
	static const char sql[] =
		"SELECT coalesce(min(id), 0) FROM issue i WHERE first_at < $1 AND paused <> 4"
		" AND (SELECT max(at) FROM delivery d WHERE d.issue_id = i.id) < $1"
		" AND NOT EXISTS(SELECT 1 FROM delivery d"
		"  WHERE d.state IN (1, 2) AND d.issue_id = i.id)";
	return pg_number(q, issue, sql, "i", before);
}

/* The rows stay, as counts: who they were for goes. */
static bool forget_issue(struct store_pg *q, int64_t issue)
{
	static const char tokens[] = "DELETE FROM token WHERE issue_id = $1";
	static const char attempts[] = "DELETE FROM attempt WHERE delivery_id IN"
				       " (SELECT id FROM delivery WHERE issue_id = $1)";
	static const char bounces[] = "UPDATE bounce SET words = '' WHERE words <> ''"
				      " AND delivery_id IN"
				      " (SELECT id FROM delivery WHERE issue_id = $1)";
	static const char deliveries[] = "UPDATE delivery SET subscriber_id = NULL, words = '',"
					 " token = '',"
					 " state = CASE state WHEN 0 THEN 7 ELSE state END"
					 " WHERE issue_id = $1";
	static const char close[] = "UPDATE issue SET paused = 4, words = '' WHERE id = $1";
	return pg_run(q, NULL, tokens, "i", issue) && pg_run(q, NULL, attempts, "i", issue) &&
	       pg_run(q, NULL, bounces, "i", issue) && pg_run(q, NULL, deliveries, "i", issue) &&
	       pg_run(q, NULL, close, "i", issue);
}

/* Senders do not take turns with other writers. Once there is an issue to be forgotten they
 * wait until it is, and it is looked for again: none of it can be claimed in between. */
static bool forget_one(struct store_pg *q, int64_t before, int64_t *issue)
{
	static const char lock[] = "LOCK TABLE delivery IN SHARE ROW EXCLUSIVE MODE";
	if (!find_old_issue(q, before, issue) || *issue == 0)
		return *issue == 0;
	return pg_script(q, lock) && find_old_issue(q, before, issue) &&
	       (*issue == 0 || forget_issue(q, *issue));
}

bool pg_issues_forget(struct store *s, int64_t before, int64_t *issues)
{
	struct store_pg *q = store_pg_of(s);
	*issues = 0;
	for (;;) {
		int64_t issue = -1;
		if (!pg_begin(s))
			return false;
		if (!forget_one(q, before, &issue)) {
			pg_rollback(s);
			return false;
		}
		if (!pg_commit(s))
			return false;
		if (!issue)
			return true;
		++*issues;
	}
}
