/* What the PostgreSQL ledger tells: deliveries one by one, and issues in numbers. */
#include "delivery/store_pg.h"

#include "base/arena.h"

enum { RATE_SECONDS = 10 };

bool pg_deliveries(struct store *s, const struct delivery_filter *f,
		   bool (*each)(void *context, const struct delivery *d), void *context)
{
	struct store_pg *q = store_pg_of(s);
#define DELIVERIES(relay, join)                                                                    \
	"DECLARE delivery_walk CURSOR FOR SELECT i.name, coalesce(p.address, ''),"                 \
	" '<' || i.name || '.' || g.language || '.' || d.token || '@' || g.domain || '>',"         \
	" d.state, d.attempts, d.code, d.words, d.at, d.next_at, d.id, " relay                     \
	" FROM delivery d JOIN issue i ON i.id = d.issue_id"                                       \
	" JOIN segment g ON g.id = d.segment_id"                                                   \
	" LEFT JOIN subscriber p ON p.id = d.subscriber_id " join                                  \
	" WHERE ($1::text IS NULL OR i.name = $1)"                                                 \
	" AND ($2::bigint = 0 OR d.subscriber_id = $2)"                                            \
	" AND ($3::bigint = 0 OR ($3::bigint >> d.state::int) & 1 = 1) ORDER BY i.id, d.id"
	static const char sql[] =
		DELIVERIES("coalesce(r.name, '')", "LEFT JOIN relay r ON r.id = d.relay_id");
	static const char older[] = DELIVERIES("''", ""); /* of databases that know no relays */
#undef DELIVERIES
	int relays = pg_has_table(q, "relay");
	struct pg_walk w;
	if (relays < 0 ||
	    !pg_walk_open(&w, q, "FETCH 1000 FROM delivery_walk", relays ? sql : older, "tii",
			  f->issue, f->subscriber_id, (int64_t)f->states))
		return false;
	int row;
	while ((row = pg_walk_next(&w)) > 0) {
		struct delivery d = {
			.issue = pg_text(q, w.rows, w.row, 0),
			.address = pg_text(q, w.rows, w.row, 1),
			.message_id = pg_text(q, w.rows, w.row, 2),
			.state = (enum delivery_state)pg_int(q, w.rows, w.row, 3),
			.attempts = (int)pg_int(q, w.rows, w.row, 4),
			.code = (int)pg_int(q, w.rows, w.row, 5),
			.words = pg_text(q, w.rows, w.row, 6),
			.at = pg_int(q, w.rows, w.row, 7),
			.next_at = pg_int(q, w.rows, w.row, 8),
			.id = pg_int(q, w.rows, w.row, 9),
			.relay = pg_text(q, w.rows, w.row, 10),
		};
		if (!each(context, &d))
			break;
	}
	return pg_walk_close(&w, row >= 0);
}

/* Fills the counts of one issue. */
static bool count_issue(struct store_pg *q, int64_t issue, struct issue_status *status)
{
	static const char counts[] = "SELECT state, count(*) FROM delivery WHERE issue_id = $1"
				     " GROUP BY state";
	static const char recent_sql[] = "SELECT count(*) FROM delivery"
					 " WHERE issue_id = $1 AND state = 3 AND at > $2";
	static const char next[] = "SELECT coalesce(min(next_at), 0) FROM delivery"
				   " WHERE issue_id = $1 AND state = 0";
	int64_t recent = 0, since = q->base.world->clock(q->base.world->context) - RATE_SECONDS;
	PGresult *r = pg_query(q, counts, "i", issue);
	for (int i = 0; r && i < pg_rows(q, r); i++) {
		int64_t n = pg_int(q, r, i, 1);
		status->total += n;
		status->by_state[pg_int(q, r, i, 0) % DELIVERY_STATE_COUNT] = n;
	}
	pg_clear(q, r);
	if (!r || !pg_number(q, &recent, recent_sql, "ii", issue, since) ||
	    !pg_number(q, &status->next_at, next, "i", issue))
		return false;
	int64_t left = status->by_state[DELIVERY_PENDING] + status->by_state[DELIVERY_CLAIMED] +
		       status->by_state[DELIVERY_INTENT];
	if (left > 0 && recent > 0) {
		status->rate_per_s = (recent + RATE_SECONDS - 1) / RATE_SECONDS;
		status->eta_s = left * RATE_SECONDS / recent;
	}
	return true;
}

/* From what came back to its deliveries: it is little, and they are many. */
static bool count_bounces(struct store_pg *q, int64_t issue, struct bounce_counts *counts)
{
	static const char sql[] = "SELECT b.kind, count(DISTINCT b.delivery_id) FROM bounce b"
				  " JOIN delivery d ON d.id = b.delivery_id"
				  " WHERE d.issue_id = $1 GROUP BY b.kind";
	int64_t by_kind[BOUNCE_KIND_COUNT] = { 0 };
	int there = pg_has_table(q, "bounce");
	if (there <= 0)
		return there == 0;
	PGresult *r = pg_query(q, sql, "i", issue);
	for (int i = 0; r && i < pg_rows(q, r); i++)
		by_kind[pg_int(q, r, i, 0) % BOUNCE_KIND_COUNT] = pg_int(q, r, i, 1);
	pg_clear(q, r);
	*counts = (struct bounce_counts){ .hard = by_kind[BOUNCE_HARD],
					  .soft = by_kind[BOUNCE_SOFT],
					  .policy = by_kind[BOUNCE_POLICY],
					  .complaint = by_kind[BOUNCE_COMPLAINT] };
	return r != NULL;
}

bool pg_status(struct store *s, struct arena *a, struct str issue, struct issue_status **list,
	       size_t *count)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] = "SELECT id, name, paused, words FROM issue"
				  " WHERE $1::text IS NULL OR name = $1 ORDER BY id";
	size_t capacity = 0;
	*list = NULL;
	*count = 0;
	PGresult *r = pg_query(q, sql, "t", issue);
	bool ok = r != NULL;
	for (int i = 0; ok && i < pg_rows(q, r); i++) {
		struct issue_status status = {
			.issue = str_copy(a, pg_text(q, r, i, 1)),
			.paused = pg_int(q, r, i, 2) == ISSUE_STOPPED ||
				  pg_int(q, r, i, 2) == ISSUE_PAUSED,
			.control = (enum issue_control)pg_int(q, r, i, 2),
			.words = str_copy(a, pg_text(q, r, i, 3)),
		};
		int64_t id = pg_int(q, r, i, 0);
		ok = count_issue(q, id, &status) && count_bounces(q, id, &status.bounces);
		PUSH(a, *list, *count, capacity, status);
	}
	pg_clear(q, r);
	if (ok && issue.len && *count == 0)
		PUSH(a, *list, *count, capacity, ((struct issue_status){ .issue = issue }));
	return ok;
}
