/* The schema's versions, both ways, with data in the store. */
#include "filled.h"

#include <string.h>

static int64_t number(struct fixture *f, const char *sql)
{
	int64_t n = -1;
	assert_true(f->store->ops->plain(f->store, sql, &n));
	return n;
}

static int64_t version(struct fixture *f)
{
	struct store_state state;
	assert_true(f->store->ops->state(f->store, &state));
	return state.version;
}

static int64_t newest(struct fixture *f)
{
	struct store_state state;
	assert_true(f->store->ops->state(f->store, &state));
	return state.newest;
}

struct listing {
	struct buf text;
	const struct store_table *table;
};

static bool put_row(void *context, const struct str *cells)
{
	struct listing *l = context;
	for (size_t i = 0; l->table->kinds[i]; i++)
		buf_format(&l->text, "%.*s|", STR_ARG(cells[i]));
	buf_put_byte(&l->text, '\n');
	return true;
}

/* A table without the columns that were added later; they are its last ones. */
static struct store_table columns_until(struct fixture *f, const struct store_table *t,
					int64_t until)
{
	static const char relay[] = ", relay_id";
	struct store_table table = *t;
	const char *at = strstr(t->columns, relay);
	if (at && until < 5) {
		table.columns =
			str_format(f->arena, "%.*s", (int)(at - t->columns), t->columns).ptr;
		table.kinds = str_format(f->arena, "%.*s", (int)strlen(t->kinds) - 1, t->kinds).ptr;
	}
	return table;
}

/* Every cell of the tables that a version has. */
static struct str contents(struct fixture *f, int64_t until)
{
	struct listing l;
	buf_init(&l.text, 1 << 20);
	assert_true(f->store->ops->snapshot(f->store));
	for (l.table = store_tables; l.table->name; l.table++) {
		if (l.table->since > until)
			continue;
		buf_format(&l.text, "%s\n", l.table->name);
		struct store_table table = columns_until(f, l.table, until);
		const struct store_table *whole = l.table;
		l.table = &table;
		assert_true(f->store->ops->table_each(f->store, &table, put_row, &l));
		l.table = whole;
	}
	f->store->ops->rollback(f->store);
	struct str copy = str_copy(f->arena, buf_str(&l.text));
	buf_release(&l.text);
	return copy;
}

/* Tables, columns and indices as the database tells them, as one number. */
static int64_t shape(struct fixture *f)
{
	static const char pg[] =
		"SELECT ('x' || left(md5(string_agg(line, ';' ORDER BY line COLLATE \"C\")), 15))"
		"::bit(60)::bigint FROM (SELECT table_name || column_name || data_type ||"
		"  is_nullable || coalesce(column_default, '') || coalesce(collation_name, '')"
		"  AS line FROM information_schema.columns WHERE table_schema = current_schema()"
		" UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()"
		" UNION ALL SELECT conrelid::regclass || pg_get_constraintdef(oid)"
		"  FROM pg_constraint WHERE connamespace = current_schema()::regnamespace) x";
	static const char sqlite[] =
		"WITH RECURSIVE t(s) AS (SELECT group_concat(sql, ';') FROM (SELECT sql FROM"
		"  sqlite_schema ORDER BY type, name)), n(i, h) AS (SELECT 1, 7 UNION ALL SELECT"
		"  i + 1, (h * 31 + unicode(substr(s, i, 1))) % 1000000007 FROM n, t"
		"  WHERE i <= length(s)) SELECT h FROM n ORDER BY i DESC LIMIT 1";
	return number(f, fixture_is_pg(f) ? pg : sqlite);
}

/* What is told when an older schema cannot keep all. */
static bool is_told(struct fixture *f, const char *what)
{
	for (size_t i = 0; i < diags_count(f->diags); i++)
		if (strstr(diags_at(f->diags, i)->detail.ptr, what))
			return true;
	return false;
}

static void nothing_is_lost_unasked(void **state)
{
	struct fixture *f = *state;
	static const char *const by_version[][4] = {
		[1] = { "1 bounces", "1 places" },
		[2] = { "1 earlier attempts", "cancelled deliveries", "1 issues" },
		[4] = { "1 relays" },
		[3] = { "1 requests", "2 lines", "1 texts", "1 readers who paused" },
	};
	filled(f);
	struct str before = contents(f, newest(f));
	for (int64_t v = newest(f) - 1; v >= 1; v--) {
		assert_false(store_go_back(f->store, v, false));
		assert_int_equal(version(f), newest(f));
		for (size_t i = 0; i < 4 && by_version[v][i]; i++)
			if (!is_told(f, by_version[v][i]))
				fail_msg("not told: %s", by_version[v][i]);
	}
	assert_int_equal(diags_exit_status(f->diags), 1);
	struct str after = contents(f, newest(f));
	assert_true(str_equal(before, after));
}

/* Back to each version, whose own tables keep all that fits in, and up again: what was kept
 * is still there, and the schema is that of a store that was never older. */
static void back_and_up_again(void **state)
{
	struct fixture *f = *state;
	int64_t fresh = shape(f), last = newest(f), rows;
	filled(f);
	for (int64_t v = last - 1; v >= 1; v--) {
		/* Beside what the step itself turns, nothing changes. */
		static const char *const turn[] = {
			[2] = "UPDATE delivery SET state = 6 WHERE state = 7;"
			      "UPDATE issue SET paused = 1 WHERE paused > 1",
			[3] = "UPDATE subscriber SET state = 2 WHERE state = 4",
		};
		int64_t people = number(f, "SELECT count(*) FROM subscriber");
		if (v < (int64_t)(sizeof turn / sizeof *turn) && turn[v])
			assert_true(f->store->ops->plain(f->store, turn[v], NULL));
		struct str before = contents(f, v);
		f->now++;
		assert_true(store_go_back(f->store, v, true));
		assert_int_equal(version(f), v);
		if (v <= 3)
			assert_int_equal(number(f,
						"SELECT count(*) FROM subscriber WHERE state > 3"),
					 0);
		if (v <= 2) {
			assert_int_equal(number(f, "SELECT count(*) FROM delivery WHERE state = 7"),
					 0);
			assert_int_equal(number(f, "SELECT count(*) FROM issue WHERE paused > 1"),
					 0);
		}
		assert_int_equal(number(f, "SELECT count(*) FROM subscriber"), people);
		struct str old = contents(f, v);
		assert_true(str_equal(before, old));
		assert_true(shape(f) != fresh);
		fixture_reopen(f);
		assert_int_equal(version(f), last);
		assert_true(shape(f) == fresh);
		struct str again = contents(f, v);
		assert_true(str_equal(old, again));
		for (const struct store_table *t = store_tables; t->name; t++) {
			assert_true(f->store->ops->table_count(f->store, t, &rows));
			assert_true(t->since <= v ? rows > 0 : rows <= 1); /* token_until has one */
		}
	}
	/* It is of use. */
	struct subscriber next = { .address = STR("next@x.org") };
	assert_int_equal(roster_add(f->store, &next, false), ROSTER_DONE);
	assert_true(issue_set_control(f->store, STR("2026-1"), ISSUE_PAUSED, &rows));
	assert_int_equal(diags_count(f->diags), 0);
}

/* What an older glos does not know as closed it would send anew. */
static void a_forgotten_issue_is_named(void **state)
{
	struct fixture *f = *state;
	static const char put[] =
		"INSERT INTO issue(name, first_at, paused) VALUES('2020-1', 1577836800, 4)";
	static const char closed[] = "SELECT count(*) FROM issue WHERE paused = 4";
	int64_t last = newest(f);
	assert_true(f->store->ops->plain(f->store, put, NULL));
	assert_false(store_go_back(f->store, last - 1, false));
	assert_int_equal(version(f), last);
	assert_int_equal(diags_count(f->diags), 1);
	assert_true(is_told(f, "1 issues whose readers are forgotten"));
	assert_true(store_go_back(f->store, last - 1, true));
	fixture_reopen(f);
	assert_int_equal(version(f), last);
	assert_int_equal(number(f, closed), 1); /* and up again it is closed as before */
}

static void an_empty_store_goes_back_freely(void **state)
{
	struct fixture *f = *state;
	int64_t fresh = shape(f);
	assert_true(store_go_back(f->store, 1, false));
	assert_int_equal(version(f), 1);
	fixture_reopen(f);
	assert_int_equal(version(f), newest(f));
	assert_true(shape(f) == fresh);
	assert_int_equal(diags_count(f->diags), 0);
}

static void who_reads_meets_every_older_schema(void **state)
{
	struct fixture *f = *state;
	filled(f);
	for (int64_t v = newest(f) - 1; v >= 1; v--) {
		struct issue_status *list;
		struct issue_details details;
		struct subscriber who;
		struct buf json;
		size_t n;
		assert_true(store_go_back(f->store, v, true));
		store_close(f->store);
		f->store = store_open(&f->publication, STORE_READ, &f->world, f->diags);
		assert_non_null(f->store);
		assert_int_equal(version(f), v);
		assert_true(delivery_status(f->store, f->arena, STR(""), &list, &n));
		assert_true(delivery_details(f->store, f->arena, STR("2026-1"), &details));
		assert_int_equal(roster_find(f->store, f->arena, STR("a@x.org"), &who),
				 ROSTER_DONE);
		buf_init(&json, 1 << 20);
		assert_true(roster_put_person(f->store, &who, &json));
		buf_release(&json);
		fixture_reopen(f);
	}
	assert_int_equal(diags_count(f->diags), 0);
}

static void a_sender_at_work_forbids_going_back(void **state)
{
	struct fixture *f = *state;
	assert_true(f->store->ops->lock_sender(f->store));
	struct store *other = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_false(store_go_back(other, 1, true));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_LOCKED);
	store_close(other);
	assert_int_equal(version(f), newest(f));
}

static void *send_from_now_on(void *store)
{
	const struct timespec nap = { .tv_nsec = 300000000 };
	struct store *s = store;
	nanosleep(&nap, NULL);
	return s->ops->lock_sender(s) && s->ops->commit(s) ? store : NULL;
}

/* Who begins while the writers' lock is waited for is at work when it is had. */
static void a_sender_that_begins_forbids_going_back(void **state)
{
	struct fixture *f = *state;
	struct store *other = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	pthread_t thread;
	assert_true(other->ops->begin(other));
	assert_int_equal(pthread_create(&thread, NULL, send_from_now_on, other), 0);
	assert_false(store_go_back(f->store, 1, true));
	fixture_committed(thread);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_LOCKED);
	store_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE(nothing_is_lost_unasked),
		FIXTURE(back_and_up_again),
		FIXTURE(a_forgotten_issue_is_named),
		FIXTURE(an_empty_store_goes_back_freely),
		FIXTURE(who_reads_meets_every_older_schema),
		FIXTURE(a_sender_at_work_forbids_going_back),
		FIXTURE(a_sender_that_begins_forbids_going_back),
	};
	return fixture_run(tests, sizeof tests / sizeof *tests, NULL, 0);
}
