/* What a sender that died left in the SQLite store. */
#include "delivery/store_sqlite.h"

#include "base/arena.h"
#include "delivery/dots.h"

bool sqlite_dots_place(struct store *s, struct arena *a, struct dots_place *place)
{
	const struct store_sqlite *q = store_sqlite_of(s);
	const char *path = sqlite3_db_filename(q->db, "main");
	*place = (struct dots_place){ 0 };
	if (q->device == 0 || !path || !*path)
		return true; /* in memory */
	/* A copy of the folder is another file, and its dots are those of the first one. */
	*place = (struct dots_place){ .path = str_format(a, "%s.dots", path).ptr,
				      .device = (int64_t)q->device,
				      .file = (int64_t)q->file };
	if (!store_seal(s, STR("dots"), place->ledger))
		place->path = NULL;
	return true;
}

bool sqlite_intents(struct store *s, bool (*each)(void *context, const struct intended *i),
		    void *context)
{
	struct store_sqlite *q = store_sqlite_of(s);
	static const char sql[] = "SELECT id, token, attempts, at, first_at FROM delivery"
				  " WHERE state IN (1, 2) AND state = 2";
	sqlite3_stmt *st = sql_prepare(q, sql);
	int row = st ? 1 : -1;
	while (row > 0 && (row = sql_step(q, st)) > 0) {
		const struct intended i = { .id = sqlite3_column_int64(st, 0),
					    .token = sql_text(st, 1),
					    .attempts = sqlite3_column_int(st, 2),
					    .claimed_at = sqlite3_column_int64(st, 3),
					    .first_at = sqlite3_column_int64(st, 4) };
		if (!each(context, &i)) {
			sql_reset(st);
			return true;
		}
	}
	return row == 0;
}

/* The lock says who sends: whoever asks has it, and so all that is on its way. */
bool sqlite_adopt(struct store *s, int64_t sender,
		  bool (*each)(void *context, const struct intended *i), void *context)
{
	(void)sender;
	return sqlite_intents(s, each, context);
}
