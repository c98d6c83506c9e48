/* What people say of issues and of single deliveries, and what they are told in detail. */
#include "delivery/store_sqlite.h"

#include "base/arena.h"

#include <assert.h>

static_assert(BOUNCE_HARD == 0 && BOUNCE_SOFT == 1 && BOUNCE_POLICY == 2 && BOUNCE_COMPLAINT == 5 &&
		      ISSUE_CANCELLED == 3 && ISSUE_FORGOTTEN == 4,
	      "the SQL of this file has these numbers in it");

bool sqlite_control(struct store *s, struct str issue, enum issue_control control, int64_t *rows)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char set[] = "INSERT INTO issue(name, first_at, paused) VALUES(?1, ?2, ?3)"
				  " ON CONFLICT(name) DO UPDATE SET paused = ?3, words = ''"
				  " WHERE paused <> 4"; /* ISSUE_FORGOTTEN */
	static const char cancel[] = "UPDATE delivery SET state = 7, at = ?2 WHERE state = 0"
				     " AND issue_id = (SELECT id FROM issue WHERE name = ?1)";
	static const char revive[] =
		"UPDATE delivery SET state = 0, at = ?2, next_at = ?2 WHERE state = 7"
		" AND subscriber_id IS NOT NULL"
		" AND issue_id = (SELECT id FROM issue WHERE name = ?1)";
	int64_t now = s->world->clock(s->world->context);
	*rows = 0;
	if (!s->ops->begin(s))
		return false;
	bool ok = sql_run(q, set, "sii", issue, now, (int64_t)control);
	/* Of a forgotten issue nobody is pending, and nobody can be again. */
	if (ok && (control == ISSUE_CANCELLED || control == ISSUE_OPEN)) {
		ok = sql_run(q, control == ISSUE_OPEN ? revive : cancel, "si", issue, now);
		*rows = sqlite3_changes64(q->db);
	}
	if (!ok) {
		s->ops->rollback(s);
		return false;
	}
	return s->ops->commit(s);
}

bool sqlite_cancel_left(struct store *s, int64_t issue)
{
	static const char sql[] = "UPDATE delivery SET state = 7, at = ?2 WHERE state = 0"
				  " AND issue_id = (SELECT id FROM issue WHERE id = ?1"
				  " AND paused = 3)"; /* ISSUE_CANCELLED */
	return sql_run(store_sqlite_of(s), sql, "ii", issue, s->world->clock(s->world->context));
}

bool sqlite_controlled(struct store *s, int64_t issue, enum issue_control *control)
{
	struct store_sqlite *q = store_sqlite_of(s);
	sqlite3_stmt *st = sql_prepare(q, "SELECT paused FROM issue WHERE id = ?1");
	if (!st)
		return false;
	sql_bind(st, "i", issue);
	if (sql_step(q, st) != 1)
		return false;
	*control = (enum issue_control)sqlite3_column_int(st, 0);
	sql_reset(st);
	return true;
}

bool sqlite_settle(struct store *s, int64_t delivery, enum delivery_state state, struct str words)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char past[] = "INSERT INTO attempt(delivery_id, at, code, words, relay_id)"
				   " SELECT id, at, code, words, relay_id FROM delivery"
				   " WHERE id = ?1 AND state = 5";
	/* A line of a log may name who was erased meanwhile. */
	static const char sql[] = "UPDATE delivery SET state = ?2, code = 0,"
				  " words = iif(subscriber_id IS NULL, '', ?3), at = ?4,"
				  " next_at = ?4 WHERE id = ?1 AND state = 5";
	return sql_run(q, past, "i", delivery) &&
	       sql_run(q, sql, "iisi", delivery, (int64_t)state, words,
		       s->world->clock(s->world->context));
}

bool sqlite_attempts(struct store *s, struct arena *a, int64_t subscriber, struct attempt **list,
		     size_t *count)
{
	struct store_sqlite *q = store_sqlite_of(s);
#define ATTEMPTS(name, join)                                                                       \
	"SELECT t.delivery_id, t.at, t.code, t.words, " name " FROM delivery d"                    \
	" JOIN attempt t ON t.delivery_id = d.id " join                                            \
	" WHERE d.subscriber_id = ?1 ORDER BY t.rowid"
	static const char sql[] =
		ATTEMPTS("coalesce(r.name, '')", "LEFT JOIN relay r ON r.id = t.relay_id");
	static const char older[] = ATTEMPTS("''", ""); /* of databases that know no relays */
#undef ATTEMPTS
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	int row = sql_has_table(q, "attempt");
	int relays = row > 0 ? sql_has_table(q, "relay") : 0;
	if (row <= 0 || relays < 0)
		return row == 0;
	sqlite3_stmt *st = sql_prepare(q, relays ? sql : older);
	if (!st)
		return false;
	sql_bind(st, "i", subscriber);
	while ((row = sql_step(q, st)) > 0) {
		struct attempt attempt = { .delivery = sqlite3_column_int64(st, 0),
					   .at = sqlite3_column_int64(st, 1),
					   .code = sqlite3_column_int(st, 2),
					   .words = str_copy(a, sql_text(st, 3)),
					   .relay = str_copy(a, sql_text(st, 4)) };
		PUSH(a, *list, *count, capacity, attempt);
	}
	return row == 0;
}

/* The rows come by domain, each state on its own: the largest domains are kept. */
static bool read_domains(struct store_sqlite *q, struct arena *a, struct str issue,
			 struct issue_details *details)
{
	static const char sql[] =
		"SELECT coalesce(p.domain, ''), d.state, count(*),"
		" sum(count(*)) OVER (PARTITION BY p.domain) AS total"
		" FROM delivery d LEFT JOIN subscriber p ON p.id = d.subscriber_id"
		" WHERE d.issue_id = (SELECT id FROM issue WHERE name = ?1)"
		" GROUP BY p.domain, d.state ORDER BY total DESC, p.domain, d.state";
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "s", issue);
	details->domains = NEW_ARRAY(a, struct domain_status, DETAIL_DOMAINS);
	struct str last = { NULL, 0 };
	int row;
	while ((row = sql_step(q, st)) > 0) {
		struct str domain = sql_text(st, 0);
		if (!last.ptr || !str_equal(domain, last)) {
			last = str_copy(a, domain);
			if (details->domain_count == DETAIL_DOMAINS)
				details->more_domains++;
			else
				details->domains[details->domain_count++] = (struct domain_status){
					.domain = last, .total = sqlite3_column_int64(st, 3)
				};
		}
		if (details->more_domains == 0)
			details->domains[details->domain_count - 1]
				.by_state[sqlite3_column_int(st, 1) % DELIVERY_STATE_COUNT] =
				sqlite3_column_int64(st, 2);
	}
	return row == 0;
}

/* Adds to the domains what came back to them. */
static bool read_bounced(struct store_sqlite *q, struct str issue, struct issue_details *details)
{
	static const char sql[] =
		"SELECT coalesce(p.domain, ''), count(DISTINCT b.delivery_id) FROM bounce b"
		" CROSS JOIN delivery d ON d.id = b.delivery_id"
		" LEFT JOIN subscriber p ON p.id = d.subscriber_id"
		" WHERE d.issue_id = (SELECT id FROM issue WHERE name = ?1)"
		" AND b.kind IN (0, 1, 2, 5) GROUP BY 1"; /* not: delayed, delivered */
	int row = sql_has_table(q, "bounce");
	if (row <= 0)
		return row == 0;
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "s", issue);
	while ((row = sql_step(q, st)) > 0)
		for (size_t i = 0; i < details->domain_count; i++)
			if (str_equal(details->domains[i].domain, sql_text(st, 0)))
				details->domains[i].bounced = sqlite3_column_int64(st, 1);
	return row == 0;
}

static bool read_errors(struct store_sqlite *q, struct arena *a, struct str issue,
			struct issue_details *details)
{
	static const char sql[] =
		"SELECT at, state, domain, words, bounced FROM ("
		"  SELECT d.at AS at, d.state AS state, p.domain AS domain, d.words AS words,"
		"   0 AS bounced"
		"   FROM delivery d LEFT JOIN subscriber p ON p.id = d.subscriber_id"
		"   WHERE d.issue_id = ?1 AND d.state IN (0, 4, 5) AND d.words <> ''"
		"  UNION SELECT t.at, d.state, p.domain, t.words, 0 FROM attempt t"
		"   JOIN delivery d ON d.id = t.delivery_id"
		"   LEFT JOIN subscriber p ON p.id = d.subscriber_id"
		"   WHERE d.issue_id = ?1 AND t.words <> ''"
		/* hard, soft, policy */
		"  UNION SELECT b.at, d.state, p.domain, b.words, 1 FROM bounce b"
		"   CROSS JOIN delivery d ON d.id = b.delivery_id"
		"   LEFT JOIN subscriber p ON p.id = d.subscriber_id"
		"   WHERE d.issue_id = ?1 AND b.kind IN (0, 1, 2) AND b.words <> '')"
		" ORDER BY at DESC, words LIMIT ?2";
	static const char number[] = "SELECT id FROM issue WHERE name = ?1";
	/* Who only reads may meet a database from before attempts were kept. */
	int row = sql_has_table(q, "attempt");
	if (row <= 0)
		return row == 0;
	sqlite3_stmt *st = sql_prepare(q, number);
	if (!st)
		return false;
	sql_bind(st, "s", issue);
	row = sql_step(q, st);
	if (row <= 0)
		return row == 0;
	int64_t id = sqlite3_column_int64(st, 0);
	sql_reset(st);
	st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "ii", id, (int64_t)DETAIL_ERRORS);
	details->errors = NEW_ARRAY(a, struct last_error, DETAIL_ERRORS);
	while ((row = sql_step(q, st)) > 0)
		details->errors[details->error_count++] =
			(struct last_error){ .at = sqlite3_column_int64(st, 0),
					     .state =
						     (enum delivery_state)sqlite3_column_int(st, 1),
					     .bounced = sqlite3_column_int(st, 4) != 0,
					     .domain = str_copy(a, sql_text(st, 2)),
					     .words = str_copy(a, sql_text(st, 3)) };
	return row == 0;
}

bool sqlite_details(struct store *s, struct arena *a, struct str issue,
		    struct issue_details *details)
{
	struct store_sqlite *q = store_sqlite_of(s);
	*details = (struct issue_details){ 0 };
	return read_domains(q, a, issue, details) && read_bounced(q, issue, details) &&
	       read_errors(q, a, issue, details);
}
