/* What people say of issues and of single deliveries, and what they are told in detail,
 * in the PostgreSQL store. */
#include "delivery/store_pg.h"

#include "base/arena.h"

static bool control_once(struct store *s, struct str issue, enum issue_control control,
			 int64_t *rows)
{
	struct store_pg *q = store_pg_of(s);
	static const char set[] = "INSERT INTO issue(name, first_at, paused) VALUES($1, $2, $3)"
				  " ON CONFLICT(name) DO UPDATE SET paused = $3, words = ''"
				  " WHERE issue.paused <> 4"; /* ISSUE_FORGOTTEN */
	static const char cancel[] = "UPDATE delivery SET state = 7, at = $2 WHERE state = 0"
				     " AND issue_id = (SELECT id FROM issue WHERE name = $1)";
	static const char revive[] =
		"UPDATE delivery SET state = 0, at = $2, next_at = $2 WHERE state = 7"
		" AND subscriber_id IS NOT NULL"
		" AND issue_id = (SELECT id FROM issue WHERE name = $1)";
	int64_t now = s->world->clock(s->world->context);
	*rows = 0;
	if (!pg_begin(s))
		return false;
	/* Of a forgotten issue nobody is pending, and nobody can be again. */
	bool ok = pg_run(q, NULL, set, "sii", issue, now, (int64_t)control);
	if (ok && (control == ISSUE_CANCELLED || control == ISSUE_OPEN))
		ok = pg_run(q, rows, control == ISSUE_OPEN ? revive : cancel, "si", issue, now);
	if (!ok) {
		pg_rollback(s);
		return false;
	}
	return pg_commit(s);
}

bool pg_control(struct store *s, struct str issue, enum issue_control control, int64_t *rows)
{
	struct store_pg *q = store_pg_of(s);
	bool whole = q->depth == 0, ok; /* else who began the transaction tries it again */
	do
		ok = control_once(s, issue, control, rows);
	while (!ok && whole && pg_persist(q));
	return ok;
}

static bool cancel_left_once(struct store *s, int64_t issue)
{
	static const char sql[] = "UPDATE delivery SET state = 7, at = $2 WHERE state = 0"
				  " AND issue_id = (SELECT id FROM issue WHERE id = $1"
				  " AND paused = 3)"; /* ISSUE_CANCELLED */
	if (!pg_begin(s))
		return false;
	if (pg_run(store_pg_of(s), NULL, sql, "ii", issue, s->world->clock(s->world->context)))
		return pg_commit(s);
	pg_rollback(s);
	return false;
}

bool pg_cancel_left(struct store *s, int64_t issue)
{
	bool ok;
	do
		ok = cancel_left_once(s, issue);
	while (!ok && pg_persist(store_pg_of(s)));
	return ok;
}

bool pg_controlled(struct store *s, int64_t issue, enum issue_control *control)
{
	struct store_pg *q = store_pg_of(s);
	int64_t paused = ISSUE_OPEN;
	bool ok;
	do
		ok = pg_number(q, &paused, "SELECT paused FROM issue WHERE id = $1", "i", issue);
	while (!ok && pg_persist(q));
	*control = (enum issue_control)paused;
	return ok;
}

bool pg_settle(struct store *s, int64_t delivery, enum delivery_state state, struct str words)
{
	/* One statement: both parts see the row as it was. A line of a log may name who was
	 * erased meanwhile. */
	static const char sql[] =
		"WITH was AS (SELECT id, at, code, words, relay_id FROM delivery"
		"  WHERE id = $1 AND state = 5 FOR UPDATE),"
		" past AS (INSERT INTO attempt(delivery_id, at, code, words, relay_id) SELECT * "
		"FROM was)"
		" UPDATE delivery d SET state = $2, code = 0, at = $4, next_at = $4,"
		" words = CASE WHEN d.subscriber_id IS NULL THEN '' ELSE $3 END"
		" FROM was WHERE d.id = was.id";
	return pg_run(store_pg_of(s), NULL, sql, "iisi", delivery, (int64_t)state, words,
		      s->world->clock(s->world->context));
}

bool pg_attempts(struct store *s, struct arena *a, int64_t subscriber, struct attempt **list,
		 size_t *count)
{
	struct store_pg *q = store_pg_of(s);
#define ATTEMPTS(name, join)                                                                       \
	"SELECT t.delivery_id, t.at, t.code, t.words, " name " FROM delivery d"                    \
	" JOIN attempt t ON t.delivery_id = d.id " join                                            \
	" WHERE " PG_OF_SUBSCRIBER("d.", "$1") " ORDER BY t.rowid"
	static const char sql[] =
		ATTEMPTS("coalesce(r.name, '')", "LEFT JOIN relay r ON r.id = t.relay_id");
	static const char older[] = ATTEMPTS("''", ""); /* of databases that know no relays */
#undef ATTEMPTS
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	int there = pg_has_table(q, "attempt");
	int relays = there > 0 ? pg_has_table(q, "relay") : 0;
	if (there <= 0 || relays < 0)
		return there == 0;
	PGresult *r = pg_query(q, relays ? sql : older, "i", subscriber);
	for (int i = 0; r && i < pg_rows(q, r); i++) {
		struct attempt attempt = { .delivery = pg_int(q, r, i, 0),
					   .at = pg_int(q, r, i, 1),
					   .code = (int)pg_int(q, r, i, 2),
					   .words = str_copy(a, pg_text(q, r, i, 3)),
					   .relay = str_copy(a, pg_text(q, r, i, 4)) };
		PUSH(a, *list, *count, capacity, attempt);
	}
	pg_clear(q, r);
	return r != NULL;
}

/* The rows come by domain, each state on its own: the largest domains are kept. */
static bool read_domains(struct store_pg *q, struct arena *a, struct str issue,
			 struct issue_details *details)
{
	static const char sql[] =
		"SELECT coalesce(p.domain, ''), d.state, count(*),"
		" sum(count(*)) OVER (PARTITION BY p.domain) AS total"
		" FROM delivery d LEFT JOIN subscriber p ON p.id = d.subscriber_id"
		" WHERE d.issue_id = (SELECT id FROM issue WHERE name = $1)"
		" GROUP BY p.domain, d.state ORDER BY total DESC,"
		" p.domain COLLATE \"C\" NULLS FIRST, d.state";
	PGresult *r = pg_query(q, sql, "s", issue);
	if (!r)
		return false;
	details->domains = NEW_ARRAY(a, struct domain_status, DETAIL_DOMAINS);
	struct str last = { NULL, 0 };
	for (int i = 0; i < pg_rows(q, r); i++) {
		struct str domain = pg_text(q, r, i, 0);
		if (!last.ptr || !str_equal(domain, last)) {
			last = str_copy(a, domain);
			if (details->domain_count == DETAIL_DOMAINS)
				details->more_domains++;
			else
				details->domains[details->domain_count++] =
					(struct domain_status){ .domain = last,
								.total = pg_int(q, r, i, 3) };
		}
		if (details->more_domains == 0)
			details->domains[details->domain_count - 1]
				.by_state[pg_int(q, r, i, 1) % DELIVERY_STATE_COUNT] =
				pg_int(q, r, i, 2);
	}
	pg_clear(q, r);
	return true;
}

static bool read_errors(struct store_pg *q, struct arena *a, struct str issue,
			struct issue_details *details)
{
	static const char sql[] =
		"WITH i AS (SELECT id FROM issue WHERE name = $1)"
		" SELECT at, state, domain, words FROM ("
		"  SELECT d.at AS at, d.state AS state, p.domain AS domain, d.words AS words"
		"   FROM delivery d LEFT JOIN subscriber p ON p.id = d.subscriber_id"
		"   WHERE d.issue_id = (SELECT id FROM i) AND d.state IN (0, 4, 5)"
		"   AND d.words <> ''"
		"  UNION SELECT t.at, d.state, p.domain, t.words FROM attempt t"
		"   JOIN delivery d ON d.id = t.delivery_id"
		"   LEFT JOIN subscriber p ON p.id = d.subscriber_id"
		"   WHERE d.issue_id = (SELECT id FROM i) AND t.words <> '') e"
		" ORDER BY at DESC, words COLLATE \"C\" LIMIT $2";
	/* Who only reads may meet a database from before attempts were kept. */
	int there = pg_has_table(q, "attempt");
	if (there <= 0)
		return there == 0;
	PGresult *r = pg_query(q, sql, "si", issue, (int64_t)DETAIL_ERRORS);
	if (!r)
		return false;
	details->errors = NEW_ARRAY(a, struct last_error, DETAIL_ERRORS);
	for (int i = 0; i < pg_rows(q, r); i++)
		details->errors[details->error_count++] =
			(struct last_error){ .at = pg_int(q, r, i, 0),
					     .state = (enum delivery_state)pg_int(q, r, i, 1),
					     .domain = str_copy(a, pg_text(q, r, i, 2)),
					     .words = str_copy(a, pg_text(q, r, i, 3)) };
	pg_clear(q, r);
	return true;
}

bool pg_details(struct store *s, struct arena *a, struct str issue, struct issue_details *details)
{
	struct store_pg *q = store_pg_of(s);
	*details = (struct issue_details){ 0 };
	return read_domains(q, a, issue, details) && read_errors(q, a, issue, details);
}
