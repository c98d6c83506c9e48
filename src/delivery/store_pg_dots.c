/* What a sender of this machine that died left in the PostgreSQL store: its successor need
 * not wait for the lease to be over, as the lock of its file is free.
 *
 * Elsewhere nobody can see that file: who takes its rows over there, when the lease is over,
 * parks its intents. */
#include "delivery/store_pg.h"

#include "base/arena.h"
#include "base/file.h"
#include "delivery/dots.h"

#include <assert.h>

static_assert(DELIVERY_CLAIMED == 1 && DELIVERY_INTENT == 2,
	      "the SQL of this file has these numbers in it");

bool pg_dots_place(struct store *s, struct arena *a, struct dots_place *place)
{
	struct store_pg *q = store_pg_of(s);
	if (!pg_enlist(q))
		return false;
	/* Of this publication's folder; the database's own may be on another machine. */
	const char *folder = path_join(a, s->publication->root, STR("var"));
	*place = (struct dots_place){
		.path = str_format(a, "%s/sender-%lld.dots", folder, (long long)q->worker).ptr,
		.folder = folder,
		.sender = q->worker
	};
	if (!store_seal(s, STR("dots"), place->ledger))
		place->path = NULL;
	return true;
}

#define INTENDED "id, token, attempts, at, first_at"

static void each_intended(struct store_pg *q, PGresult *r,
			  bool (*each)(void *context, const struct intended *i), void *context)
{
	for (int row = 0; row < pg_rows(q, r); row++) {
		const struct intended i = { .id = pg_int(q, r, row, 0),
					    .token = pg_text(q, r, row, 1),
					    .attempts = pg_int(q, r, row, 2),
					    .claimed_at = pg_int(q, r, row, 3),
					    .first_at = pg_int(q, r, row, 4) };
		if (!each(context, &i))
			break;
	}
}

/* *found: those that became this one's. */
static bool adopt_once(struct store_pg *q, int64_t sender, PGresult **found)
{
	static const char bury[] = "UPDATE worker SET dead = true WHERE id = $1";
	static const char claimed[] =
		"UPDATE delivery SET state = 0, attempts = attempts - 1, worker = NULL"
		" WHERE worker = $1 AND state IN (1, 2) AND state = 1";
	static const char intended[] = "UPDATE delivery SET worker = $1 WHERE worker = $2"
				       " AND state IN (1, 2) AND state = 2 RETURNING " INTENDED;
	/* What it had sent off to the server before it died is waited for: the fence of its
	 * last turn has locked its row. */
	if (!pg_script(q, "BEGIN"))
		return false;
	PGresult *r = NULL;
	if (!pg_fence(q) || !pg_run(q, NULL, bury, "i", sender) ||
	    !pg_run(q, NULL, claimed, "i", sender) ||
	    !(r = pg_query(q, intended, "ii", q->worker, sender))) {
		pg_rollback(&q->base);
		return false;
	}
	/* When the answer to COMMIT was lost, they were found before. */
	if (!*found || pg_rows(q, r) > 0) {
		pg_clear(q, *found);
		*found = r;
	} else {
		pg_clear(q, r);
	}
	q->depth = 1;
	return pg_commit(&q->base);
}

bool pg_adopt(struct store *s, int64_t sender,
	      bool (*each)(void *context, const struct intended *i), void *context)
{
	struct store_pg *q = store_pg_of(s);
	PGresult *found = NULL;
	bool ok;
	if (!pg_enlist(q))
		return false;
	do
		ok = adopt_once(q, sender, &found);
	while (!ok && pg_persist(q));
	if (ok)
		each_intended(q, found, each, context);
	pg_clear(q, found);
	return ok;
}

bool pg_intents(struct store *s, bool (*each)(void *context, const struct intended *i),
		void *context)
{
	struct store_pg *q = store_pg_of(s);
	static const char sql[] = "SELECT " INTENDED " FROM delivery"
				  " WHERE worker = $1 AND state IN (1, 2) AND state = 2";
	PGresult *r;
	do
		r = pg_query(q, sql, "i", q->worker);
	while (!r && pg_persist(q));
	if (!r)
		return false;
	each_intended(q, r, each, context);
	pg_clear(q, r);
	return true;
}
