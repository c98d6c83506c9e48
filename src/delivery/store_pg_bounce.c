/* The bounces' part of the PostgreSQL store. Numbers of kinds stand in the SQL as in
 * enum bounce_kind: 0 hard, 1 soft, 2 policy. */
#include "delivery/store_pg.h"

#include "base/arena.h"

#include <assert.h>

static_assert(BOUNCE_HARD == 0 && BOUNCE_SOFT == 1 && BOUNCE_POLICY == 2 && DELIVERY_SENT == 3,
	      "the SQL of this file has these numbers in it");

enum { TOKENS_AT_ONCE = 200000 };

/* So long servers try before they give a message back (RFC 5321, 4.5.4.1). */
enum { SERVERS_TRY_S = 5 * 24 * 60 * 60 };

/* ---- tokens ---- */

bool pg_any_issue(struct store *s, bool *any)
{
	int64_t n = 0;
	bool ok = pg_number(store_pg_of(s), &n, "SELECT EXISTS(SELECT 1 FROM issue)::int", "");
	*any = n > 0;
	return ok;
}

static bool tokens_until(struct store_pg *q, int64_t *until, int64_t *newest)
{
	return pg_number(q, until, "SELECT delivery_id FROM token_until", "") &&
	       pg_number(q, newest, "SELECT coalesce(max(id), 0) FROM delivery", "");
}

/* Audiences are frozen under the same lock as this: a number above all that were
 * taken is never committed later. */
static bool take_tokens_now(struct store_pg *q, int64_t *until, int64_t *newest)
{
	static const char take[] =
		"INSERT INTO token(issue_id, token, delivery_id)"
		" SELECT issue_id, token, id FROM delivery WHERE id > $1 AND id <= $2"
		" AND token <> '' ORDER BY issue_id, token ON CONFLICT DO NOTHING";
	static const char move[] = "UPDATE token_until SET delivery_id = $1";
	if (!tokens_until(q, until, newest))
		return false;
	int64_t to = *until + TOKENS_AT_ONCE < *newest ? *until + TOKENS_AT_ONCE : *newest;
	if (to <= *until)
		return true;
	bool ok = pg_run(q, NULL, take, "ii", *until, to) && pg_run(q, NULL, move, "i", to);
	*until = to;
	return ok;
}

static bool take_tokens(struct store_pg *q, bool *grew)
{
	struct store *s = &q->base;
	int64_t until, newest;
	*grew = false;
	if (!tokens_until(q, &until, &newest))
		return false;
	while (until < newest) {
		if (!pg_begin(s))
			return false;
		if (!take_tokens_now(q, &until, &newest)) {
			pg_rollback(s);
			return false;
		}
		if (!pg_commit(s))
			return false;
		*grew = true;
	}
	return true;
}

/* 1: there, 0: not, -1: failed. */
static int find_token(struct store_pg *q, struct arena *a, struct str token, struct bounced *found)
{
	static const char sql[] = "SELECT d.id, coalesce(p.id, 0), i.name, coalesce(p.address, ''),"
				  " coalesce(p.key, '') FROM issue i"
				  " JOIN token t ON t.issue_id = i.id AND t.token = $1"
				  " JOIN delivery d ON d.id = t.delivery_id AND d.token = $1"
				  " LEFT JOIN subscriber p ON p.id = d.subscriber_id";
	PGresult *r = pg_query(q, sql, "s", token);
	if (!r)
		return -1;
	int there = pg_rows(q, r) > 0;
	if (there)
		*found = (struct bounced){ .delivery = pg_int(q, r, 0, 0),
					   .subscriber = pg_int(q, r, 0, 1),
					   .issue = str_copy(a, pg_text(q, r, 0, 2)),
					   .address = str_copy(a, pg_text(q, r, 0, 3)),
					   .key = str_copy(a, pg_text(q, r, 0, 4)) };
	pg_clear(q, r);
	return there;
}

bool pg_bounced_find(struct store *s, struct arena *a, struct str token, struct bounced *found,
		     bool *is_there)
{
	struct store_pg *q = store_pg_of(s);
	bool grew;
	int row = find_token(q, a, token, found);
	if (row == 0 && !take_tokens(q, &grew))
		row = -1;
	else if (row == 0 && grew)
		row = find_token(q, a, token, found);
	*is_there = row > 0;
	return row >= 0;
}

/* ---- bounces ---- */

bool pg_bounce_put(struct store *s, const struct bounce_row *row, bool *fresh)
{
	/* Of who was erased meanwhile no words are kept: they often repeat the address. */
	static const char sql[] =
		"INSERT INTO bounce(delivery_id, digest, kind, status, words, at)"
		" SELECT d.id, $2::bytea, $3::bigint, $4::text,"
		" CASE WHEN d.subscriber_id IS NULL THEN '' ELSE $5::text END, $6::bigint"
		" FROM delivery d WHERE d.id = $1 ON CONFLICT DO NOTHING";
	int64_t changed;
	if (!pg_run(store_pg_of(s), &changed, sql, "ibissi", row->delivery, row->digest,
		    (int64_t)row->kind, row->status, row->words, row->at))
		return false;
	*fresh = changed > 0;
	return true;
}

bool pg_soft_in_a_row(struct store *s, const struct bounced *b, int64_t *count)
{
	struct store_pg *q = store_pg_of(s);
	/* Issues refused for what we are, or while they were sent, say nothing of the
	 * mailbox: they are passed over. */
	static const char sql[] =
		"SELECT d.id, d.at,"
		" EXISTS(SELECT 1 FROM bounce b WHERE b.delivery_id = d.id AND b.kind = 1"
		"  AND b.settled = 0)::int,"
		" EXISTS(SELECT 1 FROM bounce b"
		"  WHERE b.delivery_id = d.id AND b.kind IN (0, 2))::int"
		" FROM delivery d WHERE d.state = 3 AND " PG_OF_SUBSCRIBER("d.",
									   "$1") " ORDER BY d.id";
	int64_t now = s->world->clock(s->world->context);
	*count = 0;
	PGresult *r = pg_query(q, sql, "i", b->subscriber);
	if (!r)
		return false;
	bool inside = false; /* the run has b in it */
	for (int i = 0; i < pg_rows(q, r); i++) {
		bool soft = pg_int(q, r, i, 2), passed_over = pg_int(q, r, i, 3);
		bool decided = pg_int(q, r, i, 1) + SERVERS_TRY_S < now;
		if (soft) {
			inside |= pg_int(q, r, i, 0) == b->delivery;
			++*count;
		} else if (!passed_over && inside && !decided) {
			break; /* it and all later ones may still come back */
		} else if (!passed_over) {
			*count = 0;
			if (inside)
				break;
		}
	}
	pg_clear(q, r);
	if (!inside)
		*count = 0;
	return true;
}

bool pg_bounces_settle(struct store *s, int64_t subscriber)
{
	static const char sql[] = "UPDATE bounce SET settled = 1 WHERE delivery_id IN"
				  " (SELECT id FROM delivery WHERE " PG_OF_SUBSCRIBER("", "$1") ")";
	return pg_run(store_pg_of(s), NULL, sql, "i", subscriber);
}

bool pg_bounces(struct store *s, int64_t subscriber,
		bool (*each)(void *context, const struct bounce *b), void *context)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] =
		"SELECT i.name, b.kind, b.status, b.words, b.at FROM bounce b"
		" JOIN delivery d ON d.id = b.delivery_id JOIN issue i ON i.id = d.issue_id"
		" WHERE " PG_OF_SUBSCRIBER("d.", "$1") " ORDER BY d.id, b.at";
	/* Who only reads may meet a database from before there were bounces. */
	int there = pg_has_table(q, "bounce");
	if (there <= 0)
		return there == 0;
	PGresult *r = pg_query(q, sql, "i", subscriber);
	for (int i = 0; r && i < pg_rows(q, r); i++) {
		struct bounce b = {
			.issue = pg_text(q, r, i, 0),
			.kind = (enum bounce_kind)(pg_int(q, r, i, 1) % BOUNCE_KIND_COUNT),
			.status = pg_text(q, r, i, 2),
			.words = pg_text(q, r, i, 3),
			.at = pg_int(q, r, i, 4),
		};
		if (!each(context, &b))
			break;
	}
	pg_clear(q, r);
	return r != NULL;
}

/* ---- folders of mail servers ---- */

bool pg_folder_find(struct store *s, struct str name, struct folder_place *place)
{
	struct store_pg *q = store_pg_of(s);
	*place = (struct folder_place){ 0 };
	PGresult *r = pg_query(q, "SELECT validity, uid FROM folder WHERE name = $1", "s", name);
	if (r && pg_rows(q, r) > 0)
		*place = (struct folder_place){ pg_int(q, r, 0, 0), pg_int(q, r, 0, 1) };
	pg_clear(q, r);
	return r != NULL;
}

bool pg_folder_put(struct store *s, struct str name, const struct folder_place *place)
{
	static const char sql[] =
		"INSERT INTO folder(name, validity, uid) VALUES($1, $2, $3)"
		" ON CONFLICT(name) DO UPDATE SET validity = excluded.validity, uid = excluded.uid";
	return pg_run(store_pg_of(s), NULL, sql, "sii", name, place->validity, place->uid);
}
