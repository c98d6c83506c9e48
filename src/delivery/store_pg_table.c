/* Whole tables of the PostgreSQL store, and what it is. Statements are made of the
 * tables' descriptions; rows come in by COPY. */
#include "delivery/store_pg.h"

#include "base/arena.h"

#include <string.h>

enum { COPY_BYTES = 64 << 20 };

/* One number of a statement that is not kept. */
static bool number(struct store_pg *q, const char *sql, int64_t *n)
{
	PGresult *r = pg_exec(q, sql);
	bool ok = pg_succeeded(q, r) && pg_rows(q, r) > 0;
	if (ok)
		*n = pg_int(q, r, 0, 0);
	pg_clear(q, r);
	return ok;
}

bool pg_state(struct store *s, struct store_state *state)
{
	struct store_pg *q = store_pg_of(s);
	static const char senders[] =
		"SELECT count(*) FROM worker WHERE NOT dead"
		" AND seen > clock_timestamp() - make_interval(secs => lease_s)";
	*state = (struct store_state){ 0 };
	if (!pg_version(q, &state->version, &state->newest))
		return false;
	if (q->missing) {
		state->version = 0;
		return true;
	}
	struct buf sql;
	buf_init(&sql, 1 << 16);
	buf_put_c(&sql,
		  "SELECT sum(pg_total_relation_size(to_regclass(name))) FROM (VALUES('worker')");
	for (const struct store_table *t = store_tables; t->name; t++)
		buf_format(&sql, ",('%s')", t->name);
	buf_put_c(&sql, ") AS t(name)");
	bool ok = number(q, sql.ptr, &state->bytes) && number(q, senders, &state->senders);
	buf_release(&sql);
	return ok;
}

bool pg_snapshot(struct store *s)
{
	struct store_pg *q = store_pg_of(s);
	bool ok = pg_script(q, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
	q->depth += ok;
	return ok;
}

/* The name of the i-th column of a list. */
static struct str column(const char *columns, size_t i)
{
	struct str rest = str_from(columns), name = { "", 0 };
	for (size_t n = 0; n <= i; n++)
		str_cut(&rest, ',', &name);
	return str_trim(name);
}

/* "\x…" into bytes, in place. */
static struct str bytes_of(struct buf *out, struct str hex)
{
	size_t from = out->len;
	for (size_t i = 2; i + 1 < hex.len; i += 2) {
		unsigned byte = 0;
		for (size_t j = i; j < i + 2; j++)
			byte = byte << 4 | (unsigned)(hex.ptr[j] <= '9' ? hex.ptr[j] - '0'
									: hex.ptr[j] - 'a' + 10);
		buf_put_byte(out, (char)byte);
	}
	return str_sub(buf_str(out), from, out->len - from);
}

bool pg_table_each(struct store *s, const struct store_table *t,
		   bool (*each)(void *context, const struct str *cells), void *context)
{
	struct store_pg *q = store_pg_of(s);
	struct str cells[STORE_COLUMNS];
	struct pg_walk w;
	struct buf sql, bytes;
	buf_init(&sql, 1 << 16);
	buf_init(&bytes, 1 << 16);
	buf_format(&sql, "DECLARE table_walk CURSOR FOR SELECT %s FROM %s ORDER BY ", t->columns,
		   t->name);
	for (size_t i = 0; i < t->keys; i++) /* as bytes, whatever the language of the database */
		buf_format(&sql, "%s%.*s%s", i ? ", " : "", STR_ARG(column(t->columns, i)),
			   t->kinds[i] == 's' ? " COLLATE \"C\"" : "");
	bool ok = pg_walk_open(&w, q, "FETCH 1000 FROM table_walk", sql.ptr, "");
	int row = -1;
	bool go_on = true;
	while (ok && go_on && (row = pg_walk_next(&w)) > 0) {
		buf_clear(&bytes);
		for (int i = 0; t->kinds[i]; i++) {
			cells[i] = pg_text(q, w.rows, w.row, i);
			if (q->pq.getisnull(w.rows, w.row, i))
				cells[i] = (struct str){ 0 };
			else if (t->kinds[i] == 'b') /* one a row: it does not move */
				cells[i] = bytes_of(&bytes, cells[i]);
		}
		go_on = each(context, cells);
	}
	ok = ok && pg_walk_close(&w, go_on && row == 0) && go_on && row == 0;
	buf_release(&bytes);
	buf_release(&sql);
	return ok;
}

bool pg_table_clear(struct store *s, const struct store_table *t)
{
	struct buf sql;
	buf_init(&sql, 1 << 16);
	buf_format(&sql, "DELETE FROM %s", t->name);
	bool ok = pg_script(store_pg_of(s), sql.ptr);
	buf_release(&sql);
	return ok;
}

/* Text of COPY: backslash and white space are escaped (PostgreSQL, COPY, text format). */
static void put_copied(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '\\' || c == '\n' || c == '\r' || c == '\t')
			buf_put_byte(out, '\\');
		buf_put_byte(out, c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c);
	}
}

bool pg_table_put(struct store *s, const struct store_table *t, const struct str *cells)
{
	struct store_pg *q = store_pg_of(s);
	struct buf *line = &q->text;
	buf_clear(line);
	if (q->filling != t) {
		buf_format(line, "COPY %s(%s) FROM STDIN", t->name, t->columns);
		if (!pg_script(q, line->ptr))
			return false;
		q->filling = t;
		buf_clear(line);
	}
	for (size_t i = 0; t->kinds[i]; i++) {
		buf_put_c(line, i ? "\t" : "");
		if (!cells[i].ptr) {
			buf_put_c(line, "\\N");
		} else if (t->kinds[i] == 'b') {
			buf_put_byte(line, '\\'); /* of the two before x */
			pg_put_hex(line, cells[i]);
		} else {
			put_copied(line, cells[i]);
		}
	}
	buf_put_byte(line, '\n');
	return pg_copy_put(q, buf_str(line)) || pg_failed(q, NULL);
}

bool pg_table_end(struct store *s, const struct store_table *t)
{
	struct store_pg *q = store_pg_of(s);
	bool ok = true;
	if (q->filling == t) {
		PGresult *r;
		ok = pg_copy_end(q) || pg_failed(q, NULL);
		while ((r = pg_next_result(q))) {
			ok = ok && pg_succeeded(q, r);
			pg_clear(q, r);
		}
	}
	q->filling = NULL;
	struct str first = column(t->columns, 0);
	if (ok && (str_equal(first, STR("id")) || str_equal(first, STR("rowid")))) {
		struct buf sql;
		int64_t next;
		buf_init(&sql, 1 << 16);
		buf_format(&sql,
			   "SELECT setval(pg_get_serial_sequence('%s', '%.*s'),"
			   " coalesce(max(%.*s), 1), max(%.*s) IS NOT NULL) FROM %s",
			   t->name, STR_ARG(first), STR_ARG(first), STR_ARG(first), t->name);
		ok = number(q, sql.ptr, &next);
		buf_release(&sql);
	}
	return ok;
}

bool pg_table_count(struct store *s, const struct store_table *t, int64_t *count)
{
	struct buf sql;
	buf_init(&sql, 1 << 16);
	buf_format(&sql, "SELECT count(*) FROM %s", t->name);
	bool ok = number(store_pg_of(s), sql.ptr, count);
	buf_release(&sql);
	return ok;
}

bool pg_plain(struct store *s, const char *sql, int64_t *first)
{
	struct store_pg *q = store_pg_of(s);
	return first ? number(q, sql, first) : pg_script(q, sql);
}
