/* What the SQLite ledger tells: deliveries one by one, and issues in numbers. */
#include "delivery/store_sqlite.h"

#include "base/arena.h"

enum { RATE_SECONDS = 10 };

bool sqlite_deliveries(struct store *s, const struct delivery_filter *f,
		       bool (*each)(void *context, const struct delivery *d), void *context)
{
	struct store_sqlite *q = store_sqlite_of(s);
#define DELIVERIES(relay, join)                                                                    \
	"SELECT i.name, coalesce(p.address, ''),"                                                  \
	" '<' || i.name || '.' || g.language || '.' || d.token || '@' || g.domain || '>',"         \
	" d.state, d.attempts, d.code, d.words, d.at, d.next_at, d.id, " relay                     \
	" FROM delivery d JOIN issue i ON i.id = d.issue_id"                                       \
	" JOIN segment g ON g.id = d.segment_id"                                                   \
	" LEFT JOIN subscriber p ON p.id = d.subscriber_id " join                                  \
	" WHERE (?1 IS NULL OR i.name = ?1) AND (?2 = 0 OR d.subscriber_id = ?2)"                  \
	" AND (?3 = 0 OR (?3 >> d.state) & 1) ORDER BY i.id, d.id"
	static const char sql[] =
		DELIVERIES("coalesce(r.name, '')", "LEFT JOIN relay r ON r.id = d.relay_id");
	static const char older[] = DELIVERIES("''", ""); /* of databases that know no relays */
#undef DELIVERIES
	int relays = sql_has_table(q, "relay");
	sqlite3_stmt *st = relays < 0 ? NULL : sql_prepare(q, relays ? sql : older);
	if (!st)
		return false;
	sql_bind(st, "tii", f->issue, f->subscriber_id, (int64_t)f->states);
	int row;
	while ((row = sql_step(q, st)) > 0) {
		struct delivery d = {
			.issue = sql_text(st, 0),
			.address = sql_text(st, 1),
			.message_id = sql_text(st, 2),
			.state = (enum delivery_state)sqlite3_column_int(st, 3),
			.attempts = sqlite3_column_int(st, 4),
			.code = sqlite3_column_int(st, 5),
			.words = sql_text(st, 6),
			.at = sqlite3_column_int64(st, 7),
			.next_at = sqlite3_column_int64(st, 8),
			.id = sqlite3_column_int64(st, 9),
			.relay = sql_text(st, 10),
		};
		if (!each(context, &d)) {
			sql_reset(st);
			return true;
		}
	}
	return row == 0;
}

/* Fills the counts of one issue. */
static bool count_issue(struct store_sqlite *q, int64_t issue, struct issue_status *status)
{
	static const char counts[] = "SELECT state, count(*) FROM delivery WHERE issue_id = ?1"
				     " GROUP BY state";
	static const char moving[] = "SELECT (SELECT count(*) FROM delivery"
				     "  WHERE issue_id = ?1 AND state = 3 AND at > ?2),"
				     " coalesce((SELECT min(next_at) FROM delivery WHERE issue_id "
				     "= ?1 AND state = 0), 0)";
	sqlite3_stmt *st = sql_prepare(q, counts);
	int row = -1;
	if (st)
		sql_bind(st, "i", issue);
	while (st && (row = sql_step(q, st)) > 0) {
		int64_t n = sqlite3_column_int64(st, 1);
		status->total += n;
		status->by_state[sqlite3_column_int(st, 0) % DELIVERY_STATE_COUNT] = n;
	}
	st = row == 0 ? sql_prepare(q, moving) : NULL;
	if (!st)
		return false;
	sql_bind(st, "ii", issue, q->base.world->clock(q->base.world->context) - RATE_SECONDS);
	if (sql_step(q, st) != 1)
		return false;
	int64_t recent = sqlite3_column_int64(st, 0);
	status->next_at = sqlite3_column_int64(st, 1);
	sql_reset(st);
	int64_t left = status->by_state[DELIVERY_PENDING] + status->by_state[DELIVERY_CLAIMED] +
		       status->by_state[DELIVERY_INTENT];
	if (left > 0 && recent > 0) {
		status->rate_per_s = (recent + RATE_SECONDS - 1) / RATE_SECONDS;
		status->eta_s = left * RATE_SECONDS / recent;
	}
	return true;
}

/* From what came back to its deliveries: it is little, and they are many. */
static bool count_bounces(struct store_sqlite *q, int64_t issue, struct bounce_counts *counts)
{
	static const char sql[] = "SELECT b.kind, count(DISTINCT b.delivery_id) FROM bounce b"
				  " CROSS JOIN delivery d ON d.id = b.delivery_id"
				  " WHERE d.issue_id = ?1 GROUP BY b.kind";
	int64_t by_kind[BOUNCE_KIND_COUNT] = { 0 };
	int row = sql_has_table(q, "bounce");
	if (row <= 0)
		return row == 0;
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "i", issue);
	while ((row = sql_step(q, st)) > 0)
		by_kind[sqlite3_column_int(st, 0) % BOUNCE_KIND_COUNT] =
			sqlite3_column_int64(st, 1);
	*counts = (struct bounce_counts){ .hard = by_kind[BOUNCE_HARD],
					  .soft = by_kind[BOUNCE_SOFT],
					  .policy = by_kind[BOUNCE_POLICY],
					  .complaint = by_kind[BOUNCE_COMPLAINT] };
	return row == 0;
}

bool sqlite_status(struct store *s, struct arena *a, struct str issue, struct issue_status **list,
		   size_t *count)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT id, name, paused, words FROM issue"
				  " WHERE ?1 IS NULL OR name = ?1 ORDER BY id";
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "t", issue);
	int row;
	while ((row = sql_step(q, st)) > 0) {
		struct issue_status status = {
			.issue = str_copy(a, sql_text(st, 1)),
			.paused = sqlite3_column_int(st, 2) == ISSUE_STOPPED ||
				  sqlite3_column_int(st, 2) == ISSUE_PAUSED,
			.control = (enum issue_control)sqlite3_column_int(st, 2),
			.words = str_copy(a, sql_text(st, 3)),
		};
		int64_t id = sqlite3_column_int64(st, 0);
		if (!count_issue(q, id, &status) || !count_bounces(q, id, &status.bounces)) {
			sql_reset(st);
			return false;
		}
		PUSH(a, *list, *count, capacity, status);
	}
	if (row == 0 && issue.len && *count == 0)
		PUSH(a, *list, *count, capacity, ((struct issue_status){ .issue = issue }));
	return row == 0;
}
