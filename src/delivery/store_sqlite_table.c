/* Whole tables of the SQLite store, and what it is. Statements are made of the tables'
 * descriptions, so they are not kept as the others are. */
#include "delivery/store_sqlite.h"

#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* The SQL is head, the table's columns or name, tail. */
static sqlite3_stmt *prepare(struct store_sqlite *q, const struct buf *sql)
{
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v2(q->db, sql->ptr, -1, &st, NULL) != SQLITE_OK)
		sql_failed(q);
	return st;
}

/* One number; statement is finalized. */
static bool number(struct store_sqlite *q, const struct buf *sql, int64_t *n)
{
	sqlite3_stmt *st = prepare(q, sql);
	bool ok = st && sqlite3_step(st) == SQLITE_ROW;
	if (ok)
		*n = sqlite3_column_int64(st, 0);
	else if (st)
		sql_failed(q);
	sqlite3_finalize(st);
	return ok;
}

static bool number_of(struct store_sqlite *q, const char *text, int64_t *n)
{
	struct buf sql;
	buf_init(&sql, 1 << 16);
	buf_put_c(&sql, text);
	bool ok = number(q, &sql, n);
	buf_release(&sql);
	return ok;
}

/* Whether a sender holds the lock; nobody does when there is no such file. */
static bool sender_is_at_work(struct store_sqlite *q)
{
	struct buf name;
	buf_init(&name, 1 << 16);
	buf_format(&name, "%s.lock", sqlite3_db_filename(q->db, "main"));
	int fd = open(name.ptr, O_RDWR | O_CLOEXEC);
	bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
	if (fd >= 0)
		close(fd);
	buf_release(&name);
	return held;
}

bool sqlite_state(struct store *s, struct store_state *state)
{
	struct store_sqlite *q = store_sqlite_of(s);
	int64_t pages = 0, size = 0;
	*state = (struct store_state){ 0 };
	if (!sqlite_version(q, &state->version, &state->newest))
		return false;
	if (q->missing) {
		state->version = 0;
		return true;
	}
	state->senders = sender_is_at_work(q);
	if (!number_of(q, "PRAGMA page_count", &pages) || !number_of(q, "PRAGMA page_size", &size))
		return false;
	state->bytes = pages * size;
	return true;
}

bool sqlite_snapshot(struct store *s)
{
	struct store_sqlite *q = store_sqlite_of(s);
	int64_t n;
	/* The first statement that reads fixes the instant. */
	return sql_script(q, "BEGIN") && number_of(q, "SELECT count(*) FROM sqlite_schema", &n);
}

bool sqlite_table_each(struct store *s, const struct store_table *t,
		       bool (*each)(void *context, const struct str *cells), void *context)
{
	struct store_sqlite *q = store_sqlite_of(s);
	struct str cells[STORE_COLUMNS];
	struct buf sql;
	buf_init(&sql, 1 << 16);
	buf_format(&sql, "SELECT %s FROM %s ORDER BY 1", t->columns, t->name);
	for (size_t i = 1; i < t->keys; i++)
		buf_format(&sql, ", %zu", i + 1);
	sqlite3_stmt *st = prepare(q, &sql);
	buf_release(&sql);
	int rc = st ? SQLITE_ROW : SQLITE_ERROR;
	bool go_on = true;
	while (go_on && rc == SQLITE_ROW && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		for (int i = 0; t->kinds[i]; i++)
			cells[i] = sqlite3_column_type(st, i) == SQLITE_NULL ? (struct str){ 0 }
				   : t->kinds[i] == 'b'
					   ? (struct str){ sqlite3_column_blob(st, i),
							   (size_t)sqlite3_column_bytes(st, i) }
					   : sql_text(st, i);
		go_on = each(context, cells);
	}
	if (st && rc != SQLITE_ROW && rc != SQLITE_DONE)
		sql_failed(q);
	sqlite3_finalize(st);
	return go_on && rc == SQLITE_DONE;
}

bool sqlite_table_clear(struct store *s, const struct store_table *t)
{
	struct buf sql;
	buf_init(&sql, 1 << 16);
	buf_format(&sql, "DELETE FROM %s", t->name);
	bool ok = sql_script(store_sqlite_of(s), sql.ptr);
	buf_release(&sql);
	return ok;
}

bool sqlite_table_put(struct store *s, const struct store_table *t, const struct str *cells)
{
	struct store_sqlite *q = store_sqlite_of(s);
	if (!q->put) {
		struct buf sql;
		buf_init(&sql, 1 << 16);
		buf_format(&sql, "INSERT INTO %s(%s) VALUES(?1", t->name, t->columns);
		for (size_t i = 1; t->kinds[i]; i++)
			buf_format(&sql, ", ?%zu", i + 1);
		buf_put_byte(&sql, ')');
		q->put = prepare(q, &sql);
		buf_release(&sql);
		if (!q->put)
			return false;
	}
	for (int i = 0; t->kinds[i]; i++) {
		struct str c = cells[i];
		int64_t n = 0;
		if (!c.ptr)
			sqlite3_bind_null(q->put, i + 1);
		else if (t->kinds[i] == 'i' && str_to_int(c, &n))
			sqlite3_bind_int64(q->put, i + 1, n);
		else if (t->kinds[i] == 'b')
			sqlite3_bind_blob64(q->put, i + 1, c.ptr, c.len, SQLITE_STATIC);
		else
			sqlite3_bind_text64(q->put, i + 1, c.ptr, c.len, SQLITE_STATIC,
					    SQLITE_UTF8);
	}
	bool ok = sqlite3_step(q->put) == SQLITE_DONE || sql_failed(q);
	sqlite3_reset(q->put);
	return ok;
}

bool sqlite_table_end(struct store *s, const struct store_table *t)
{
	struct store_sqlite *q = store_sqlite_of(s);
	(void)t; /* AUTOINCREMENT goes on behind the numbers that were put */
	sqlite3_finalize(q->put);
	q->put = NULL;
	return true;
}

bool sqlite_table_count(struct store *s, const struct store_table *t, int64_t *count)
{
	struct buf sql;
	buf_init(&sql, 1 << 16);
	buf_format(&sql, "SELECT count(*) FROM %s", t->name);
	bool ok = number(store_sqlite_of(s), &sql, count);
	buf_release(&sql);
	return ok;
}

bool sqlite_plain(struct store *s, const char *sql, int64_t *first)
{
	struct store_sqlite *q = store_sqlite_of(s);
	return first ? number_of(q, sql, first) : sql_script(q, sql);
}
