/* A store copied whole, from either database into a file and back. */
#include "filled.h"

#include "delivery/store_sqlite.h"

#include <string.h>

/* The first value on either database; 0 when there is none. */
static int64_t number(struct fixture *f, const char *sql)
{
	if (fixture_is_pg(f))
		return fixture_sql(f, sql);
	sqlite3_stmt *st = NULL;
	assert_int_equal(sqlite3_prepare_v2(store_sqlite_of(f->store)->db, sql, -1, &st, NULL),
			 SQLITE_OK);
	int64_t n = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return n;
}

static struct store *open_other(struct fixture *f, struct publication *p, enum store_access access)
{
	*p = f->publication;
	p->store = STR("sqlite:var/copy.db");
	p->root = str_from(f->folder);
	return store_open(p, access, &f->world, f->diags);
}

static void remove_other(struct fixture *f)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		unlink(str_format(f->arena, "%s/var/copy.db%s", f->folder, ends[i]).ptr);
}

static void a_copy_is_like_the_original(void **state)
{
	struct fixture *f = *state;
	struct publication p;
	struct store_facts old, new;
	struct subscriber who;
	int64_t rows, again;
	filled(f);
	struct store *copy = open_other(f, &p, STORE_WRITE);
	assert_true(store_copy(f->store, copy, &rows));
	assert_true(store_facts(f->store, f->arena, &old));
	assert_true(store_facts(copy, f->arena, &new));
	assert_int_equal(old.table_count, new.table_count);
	for (size_t i = 0; i < old.table_count; i++)
		assert_int_equal(old.tables[i].count, new.tables[i].count);
	store_close(copy);
	/* The key of the suppression list came along: who left stays away there, too. */
	copy = open_other(f, &p, STORE_WRITE);
	assert_memory_equal(f->store->secret, copy->secret, SECRET_BYTES);
	struct subscriber back = { .address = STR("c@x.org") };
	assert_int_equal(roster_add(copy, &back, false), ROSTER_KEPT_OUT);
	struct subscriber next = { .address = STR("n@x.org") };
	assert_int_equal(roster_add(copy, &next, false), ROSTER_DONE);
	assert_int_equal(roster_find(copy, f->arena, STR("a@x.org"), &who), ROSTER_DONE);
	assert_string_equal(who.name.ptr, "A \\ B");
	assert_int_equal(diags_count(f->diags), 0);
	/* What is not empty is never written over. */
	assert_false(store_copy(f->store, copy, &again));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_SETTING);
	store_close(copy);
	remove_other(f);
}

/* And back into an empty one of the first kind. */
static void a_copy_comes_back(void **state)
{
	struct fixture *f = *state;
	struct publication p;
	int64_t there, back;
	filled(f);
	struct store *copy = open_other(f, &p, STORE_WRITE);
	assert_true(store_copy(f->store, copy, &there));
	store_close(copy);
	copy = open_other(f, &p, STORE_READ);
	static const char *const all[] = { "attempt",   "request",  "consent", "consent_text",
					   "bounce",    "token",    "folder",  "delivery",
					   "segment",   "audience", "issue",   "suppression",
					   "subscriber" };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		number(f, str_format(f->arena, "DELETE FROM %s", all[i]).ptr);
	assert_true(store_copy(copy, f->store, &back));
	assert_int_equal(back, there);
	store_close(copy);
	struct subscriber next = { .address = STR("n@x.org") };
	assert_int_equal(roster_add(f->store, &next, false), ROSTER_DONE);
	remove_other(f);
}

static void a_sender_at_work_forbids_it(void **state)
{
	struct fixture *f = *state;
	struct publication p;
	int64_t rows;
	filled(f);
	assert_true(f->store->ops->lock_sender(f->store));
	struct store *source = store_open(&f->publication, STORE_READ, &f->world, f->diags);
	struct store *copy = open_other(f, &p, STORE_WRITE);
	assert_false(store_copy(source, copy, &rows));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_LOCKED);
	store_close(source);
	store_close(copy);
	remove_other(f);
}

/* It was empty when it was looked at, but others were writing to it. */
static void what_comes_meanwhile_is_not_written_over(void **state)
{
	struct fixture *f = *state;
	struct publication p;
	struct subscriber old = { .address = STR("old@x.org") },
			  new = { .address = STR("n@x.org") };
	int64_t rows;
	struct store *from = open_other(f, &p, STORE_WRITE);
	assert_int_equal(roster_add(from, &old, false), ROSTER_DONE);
	struct store *writer = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(writer->ops->begin(writer));
	assert_int_equal(roster_add(writer, &new, false), ROSTER_DONE);
	pthread_t written = fixture_commits(writer);
	assert_false(store_copy(from, f->store, &rows));
	fixture_committed(written);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_SETTING);
	assert_int_equal(roster_find(f->store, f->arena, new.address, &old), ROSTER_DONE);
	store_close(writer);
	store_close(from);
	remove_other(f);
}

static void nothing_is_no_source(void **state)
{
	struct fixture *f = *state;
	struct publication p;
	int64_t rows;
	struct store *nothing = open_other(f, &p, STORE_READ);
	assert_false(store_copy(nothing, f->store, &rows));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_SETTING);
	store_close(nothing);
}

/* A table that is added must be in the list, or copies would lose it. */
static void no_table_is_forgotten(void **state)
{
	struct fixture *f = *state;
	struct buf sql;
	buf_init(&sql, 1 << 16);
	bool pg = fixture_is_pg(f);
	buf_format(&sql, "SELECT count(*) FROM %s name NOT IN ('schema_version', 'worker'",
		   pg ? "(SELECT tablename AS name FROM pg_tables WHERE schemaname ="
			" current_schema()) t WHERE"
		      : "sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND");
	for (const struct store_table *t = store_tables; t->name; t++)
		buf_format(&sql, ", '%s'", t->name);
	buf_put_byte(&sql, ')');
	assert_int_equal(number(f, sql.ptr), 0);
	buf_release(&sql);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE(a_copy_is_like_the_original),
		FIXTURE(a_copy_comes_back),
		FIXTURE(a_sender_at_work_forbids_it),
		FIXTURE(nothing_is_no_source),
		FIXTURE(what_comes_meanwhile_is_not_written_over),
		FIXTURE(no_table_is_forgotten),
	};
	return fixture_run(tests, sizeof tests / sizeof *tests, NULL, 0);
}
