/* The bounces' part of the SQLite store. Numbers of kinds stand in the SQL as in enum
 * bounce_kind: 0 hard, 1 soft, 2 policy. */
#include "delivery/store_sqlite.h"

#include "base/arena.h"

#include <assert.h>

static_assert(BOUNCE_HARD == 0 && BOUNCE_SOFT == 1 && BOUNCE_POLICY == 2 && DELIVERY_SENT == 3,
	      "the SQL of this file has these numbers in it");

enum { TOKENS_AT_ONCE = 200000 };

/* So long servers try before they give a message back (RFC 5321, 4.5.4.1). */
enum { SERVERS_TRY_S = 5 * 24 * 60 * 60 };

/* ---- tokens ---- */

static bool one_number(struct store_sqlite *q, const char *sql, int64_t *number)
{
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st || sql_step(q, st) != 1)
		return false;
	*number = sqlite3_column_int64(st, 0);
	sql_reset(st);
	return true;
}

bool sqlite_any_issue(struct store *s, bool *any)
{
	int64_t n = 0;
	bool ok = one_number(store_sqlite_of(s), "SELECT EXISTS(SELECT 1 FROM issue)", &n);
	*any = n > 0;
	return ok;
}

/* How far tokens were taken, and how far deliveries go. */
static bool tokens_until(struct store_sqlite *q, int64_t *until, int64_t *newest)
{
	return one_number(q, "SELECT delivery_id FROM token_until", until) &&
	       one_number(q, "SELECT coalesce(max(id), 0) FROM delivery", newest);
}

static bool take_tokens_now(struct store_sqlite *q, int64_t *until, int64_t *newest)
{
	/* In order, so that each page of the tree is written once. */
	static const char take[] =
		"INSERT OR IGNORE INTO token(issue_id, token, delivery_id)"
		" SELECT issue_id, token, id FROM delivery WHERE id > ?1 AND id <= ?2"
		" AND token <> '' ORDER BY issue_id, token";
	static const char move[] = "UPDATE token_until SET delivery_id = ?1";
	if (!tokens_until(q, until, newest))
		return false; /* another may have come first */
	int64_t to = *until + TOKENS_AT_ONCE < *newest ? *until + TOKENS_AT_ONCE : *newest;
	if (to <= *until)
		return true;
	bool ok = sql_run(q, take, "ii", *until, to) && sql_run(q, move, "i", to);
	*until = to;
	return ok;
}

/* Takes the tokens of deliveries made since the last time, in portions, so that a
 * sender does not wait for long. */
static bool take_tokens(struct store_sqlite *q, bool *grew)
{
	struct store *s = &q->base;
	int64_t until, newest;
	*grew = false;
	if (!tokens_until(q, &until, &newest))
		return false;
	while (until < newest) {
		if (!s->ops->begin(s))
			return false;
		if (!take_tokens_now(q, &until, &newest)) {
			s->ops->rollback(s);
			return false;
		}
		if (!s->ops->commit(s))
			return false;
		*grew = true;
	}
	return true;
}

static int find_token(struct store_sqlite *q, struct arena *a, struct str token,
		      struct bounced *found)
{
	/* One look for each issue. */
	static const char sql[] = "SELECT d.id, coalesce(p.id, 0), i.name, coalesce(p.address, ''),"
				  " coalesce(p.key, '') FROM issue i"
				  " CROSS JOIN token t ON t.issue_id = i.id AND t.token = ?1"
				  " CROSS JOIN delivery d ON d.id = t.delivery_id AND d.token = ?1"
				  " LEFT JOIN subscriber p ON p.id = d.subscriber_id";
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return -1;
	sql_bind(st, "s", token);
	int row = sql_step(q, st);
	if (row > 0) {
		*found = (struct bounced){ .delivery = sqlite3_column_int64(st, 0),
					   .subscriber = sqlite3_column_int64(st, 1),
					   .issue = str_copy(a, sql_text(st, 2)),
					   .address = str_copy(a, sql_text(st, 3)),
					   .key = str_copy(a, sql_text(st, 4)) };
		sql_reset(st);
	}
	return row;
}

bool sqlite_bounced_find(struct store *s, struct arena *a, struct str token, struct bounced *found,
			 bool *is_there)
{
	struct store_sqlite *q = store_sqlite_of(s);
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

bool sqlite_bounce_put(struct store *s, const struct bounce_row *row, bool *fresh)
{
	struct store_sqlite *q = store_sqlite_of(s);
	/* Of who was erased meanwhile no words are kept: they often repeat the address. */
	static const char sql[] = "INSERT INTO bounce(delivery_id, digest, kind, status, words, at)"
				  " SELECT d.id, ?2, ?3, ?4, CASE WHEN d.subscriber_id IS NULL "
				  "THEN '' ELSE ?5 END, ?6"
				  " FROM delivery d WHERE d.id = ?1 ON CONFLICT DO NOTHING";
	if (!sql_run(q, sql, "ibissi", row->delivery, row->digest, (int64_t)row->kind, row->status,
		     row->words, row->at))
		return false;
	*fresh = sqlite3_changes(q->db) > 0;
	return true;
}

bool sqlite_soft_in_a_row(struct store *s, const struct bounced *b, int64_t *count)
{
	struct store_sqlite *q = store_sqlite_of(s);
	/* Issues refused for what we are, or while they were sent, say nothing of the
	 * mailbox: they are passed over. */
	static const char sql[] =
		"SELECT d.id, d.at,"
		" EXISTS(SELECT 1 FROM bounce b WHERE b.delivery_id = d.id AND b.kind = 1"
		"  AND NOT b.settled),"
		" EXISTS(SELECT 1 FROM bounce b WHERE b.delivery_id = d.id AND b.kind IN (0, 2))"
		" FROM delivery d WHERE d.subscriber_id = ?1 AND d.state = 3 ORDER BY d.id";
	int64_t now = s->world->clock(s->world->context);
	sqlite3_stmt *st = sql_prepare(q, sql);
	*count = 0;
	if (!st)
		return false;
	sql_bind(st, "i", b->subscriber);
	bool inside = false; /* the run has b in it */
	int row;
	while ((row = sql_step(q, st)) > 0) {
		bool soft = sqlite3_column_int(st, 2), passed_over = sqlite3_column_int(st, 3);
		bool decided = sqlite3_column_int64(st, 1) + SERVERS_TRY_S < now;
		if (soft) {
			inside |= sqlite3_column_int64(st, 0) == b->delivery;
			++*count;
		} else if (!passed_over && inside && !decided) {
			sql_reset(st); /* it and all later ones may still come back */
			return true;
		} else if (!passed_over) {
			*count = 0;
			if (inside)
				break;
		}
	}
	if (row > 0)
		sql_reset(st);
	if (!inside)
		*count = 0;
	return row >= 0;
}

bool sqlite_bounces_settle(struct store *s, int64_t subscriber)
{
	static const char sql[] = "UPDATE bounce SET settled = 1 WHERE delivery_id IN"
				  " (SELECT id FROM delivery WHERE subscriber_id = ?1)";
	return sql_run(store_sqlite_of(s), sql, "i", subscriber);
}

bool sqlite_bounces(struct store *s, int64_t subscriber,
		    bool (*each)(void *context, const struct bounce *b), void *context)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] =
		"SELECT i.name, b.kind, b.status, b.words, b.at FROM bounce b"
		" JOIN delivery d ON d.id = b.delivery_id JOIN issue i ON i.id = d.issue_id"
		" WHERE d.subscriber_id = ?1 ORDER BY d.id, b.at";
	int row = sql_has_table(q, "bounce");
	if (row <= 0)
		return row == 0;
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	sql_bind(st, "i", subscriber);
	while ((row = sql_step(q, st)) > 0) {
		struct bounce b = {
			.issue = sql_text(st, 0),
			.kind = (enum bounce_kind)(sqlite3_column_int(st, 1) % BOUNCE_KIND_COUNT),
			.status = sql_text(st, 2),
			.words = sql_text(st, 3),
			.at = sqlite3_column_int64(st, 4),
		};
		if (!each(context, &b)) {
			sql_reset(st);
			return true;
		}
	}
	return row == 0;
}

/* ---- folders of mail servers ---- */

bool sqlite_folder_find(struct store *s, struct str name, struct folder_place *place)
{
	struct store_sqlite *q = store_sqlite_of(s);
	*place = (struct folder_place){ 0 };
	sqlite3_stmt *st = sql_prepare(q, "SELECT validity, uid FROM folder WHERE name = ?1");
	if (!st)
		return false;
	sql_bind(st, "s", name);
	int row = sql_step(q, st);
	if (row > 0) {
		place->validity = sqlite3_column_int64(st, 0);
		place->uid = sqlite3_column_int64(st, 1);
		sql_reset(st);
	}
	return row >= 0;
}

bool sqlite_folder_put(struct store *s, struct str name, const struct folder_place *place)
{
	static const char sql[] =
		"INSERT INTO folder(name, validity, uid) VALUES(?1, ?2, ?3)"
		" ON CONFLICT(name) DO UPDATE SET validity = excluded.validity, uid = excluded.uid";
	return sql_run(store_sqlite_of(s), sql, "sii", name, place->validity, place->uid);
}
