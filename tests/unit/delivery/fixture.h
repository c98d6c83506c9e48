/* A world that stands still, and a store of its own: a file in a folder, or a schema of a
 * PostgreSQL server that the test program starts for itself. Tests named by FIXTURE_RUN
 * run on both; without PostgreSQL those on it are skipped, which is said. */
#ifndef TESTS_DELIVERY_FIXTURE_H
#define TESTS_DELIVERY_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "delivery/delivery.h"
#include "delivery/pq.h"
#include "delivery/store.h"

#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct fixture {
	struct arena *arena;
	struct diags *diags;
	struct world world;
	struct publication publication;
	struct store *store;
	int64_t now;
	uint64_t seed;
	char folder[64];
};

static inline int64_t fixture_clock(void *context)
{
	const struct fixture *f = context;
	return f->now;
}

static inline int64_t fixture_ms(void *context)
{
	const struct fixture *f = context;
	return f->now * 1000;
}

static inline bool fixture_random(void *context, void *ptr, size_t len)
{
	struct fixture *f = context;
	unsigned char *bytes = ptr;
	for (size_t i = 0; i < len; i++) {
		f->seed = f->seed * 6364136223846793005u + 1442695040888963407u;
		bytes[i] = (unsigned char)(f->seed >> 56);
	}
	return true;
}

static inline void fixture_reopen(struct fixture *f)
{
	store_close(f->store);
	f->store = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_non_null(f->store);
}

static inline bool fixture_is_pg(const struct fixture *f)
{
	return str_starts(f->publication.store, STR("postgresql:"));
}

/* ---- the server ---- */

static struct {
	pid_t process;
	int in, out; /* it serves until `in` is closed */
	char url[128]; /* empty: not installed */
	int schemas;
} fixture_server;

static inline void fixture_server_open(void)
{
	int in[2], out[2];
	const char *root = getenv("GLOS_ROOT");
	char script[512];
	snprintf(script, sizeof script, "%s/tests/servers/postgresql.py", root ? root : ".");
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	fixture_server.process = fork();
	if (fixture_server.process == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execl("/usr/bin/python3", "python3", script, (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	fixture_server.in = in[1];
	fixture_server.out = out[0];
	size_t len = 0;
	ssize_t n;
	while (len < sizeof fixture_server.url - 1 &&
	       (n = read(out[0], fixture_server.url + len, 1)) == 1 &&
	       fixture_server.url[len] != '\n')
		len++;
	fixture_server.url[len] = '\0';
	int status;
	if (len == 0 && (waitpid(fixture_server.process, &status, 0) < 0 || !WIFEXITED(status) ||
			 WEXITSTATUS(status) != 77)) {
		fprintf(stderr, "PostgreSQL is installed but does not start\n");
		exit(1);
	}
}

static inline void fixture_server_close(void)
{
	close(fixture_server.in);
	close(fixture_server.out);
	if (fixture_server.url[0])
		waitpid(fixture_server.process, NULL, 0);
}

/* Runs statements on a connection of its own, as another program would. The first value
 * of the last one as a number, or 0. */
static inline int64_t fixture_sql(struct fixture *f, const char *sql)
{
	struct pq_calls pq;
	const char *keys[] = { "dbname", NULL };
	const char *values[] = { str_c(f->arena, f->publication.store), NULL };
	assert_true(pq_open(&pq, f->diags));
	PGconn *conn = pq.connectdbParams(keys, values, 1);
	PGresult *r = pq.exec(conn, sql);
	if (pq.resultStatus(r) != PGRES_COMMAND_OK && pq.resultStatus(r) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, pq.errorMessage(conn));
	int64_t n = 0;
	if (pq.resultStatus(r) == PGRES_TUPLES_OK && pq.ntuples(r))
		str_to_int(str_from(pq.getvalue(r, 0, 0)), &n);
	pq.clear(r);
	pq.finish(conn);
	return n;
}

static inline void *fixture_commit_soon(void *store)
{
	const struct timespec nap = { .tv_nsec = 300000000 };
	struct store *s = store;
	nanosleep(&nap, NULL);
	return s->ops->commit(s) ? store : NULL;
}

/* What is under way there is committed while the test waits elsewhere for it. */
static inline pthread_t fixture_commits(struct store *s)
{
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, fixture_commit_soon, s), 0);
	return thread;
}

static inline void fixture_committed(pthread_t thread)
{
	void *well;
	assert_int_equal(pthread_join(thread, &well), 0);
	assert_non_null(well);
}

/* ---- beginning and end ---- */

static inline struct fixture *fixture_new(void)
{
	struct arena *a = arena_open();
	struct fixture *f = NEW(a, struct fixture);
	f->arena = a;
	f->diags = diags_new(a);
	f->now = 1773705600; /* 2026-03-17 */
	f->seed = 20260317;
	f->world = (struct world){ .now = f->now,
				   .clock = fixture_clock,
				   .monotonic_ms = fixture_ms,
				   .random = fixture_random,
				   .context = f };
	snprintf(f->folder, sizeof f->folder, "/tmp/glos-unit-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	f->publication.root = str_from(f->folder);
	return f;
}

static inline int fixture_open(void **state)
{
	struct fixture *f = fixture_new();
	f->publication.store = STR("sqlite:var/glos.db");
	fixture_reopen(f);
	*state = f;
	return 0;
}

static inline int fixture_open_pg(void **state)
{
	struct fixture *f = fixture_new();
	int schema = ++fixture_server.schemas;
	f->publication.store = str_from(fixture_server.url);
	fixture_sql(f, str_format(f->arena, "CREATE SCHEMA t%d", schema).ptr);
	f->publication.store =
		str_format(f->arena, "%s&options=-csearch_path%%3Dt%d", fixture_server.url, schema);
	fixture_reopen(f);
	*state = f;
	return 0;
}

static inline int fixture_close(void **state)
{
	struct fixture *f = *state;
	char path[128];
	static const char *const files[] = { "var/glos.db", "var/glos.db-wal", "var/glos.db-shm",
					     "var/glos.db.lock" };
	store_close(f->store);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s/%s", f->folder, files[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/var", f->folder);
	rmdir(path);
	rmdir(f->folder);
	arena_close(f->arena);
	return 0;
}

static inline void fixture_skipped(void **state)
{
	(void)state;
	print_message("PostgreSQL is not installed\n");
	skip();
}

#define FIXTURE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
#define FIXTURE_PG(name) cmocka_unit_test_setup_teardown(name, fixture_open_pg, fixture_close)

enum { FIXTURE_TESTS = 200 };

/* Runs `both` on either store, then those that are about one of them. */
static inline int fixture_run(const struct CMUnitTest *both, size_t both_count,
			      const struct CMUnitTest *more, size_t more_count)
{
	struct CMUnitTest all[FIXTURE_TESTS];
	struct arena *a = arena_open();
	size_t n = 0;
	fixture_server_open();
	for (size_t i = 0; i < both_count; i++) {
		all[n++] = both[i];
		all[n] = both[i];
		all[n].name = str_format(a, "postgresql: %s", both[i].name).ptr;
		all[n++].setup_func = fixture_open_pg;
	}
	for (size_t i = 0; i < more_count; i++)
		all[n++] = more[i];
	for (size_t i = 0; i < n; i++)
		if (all[i].setup_func == fixture_open_pg && !fixture_server.url[0])
			all[i] = (struct CMUnitTest){ .name = all[i].name,
						      .test_func = fixture_skipped };
	int failed = _cmocka_run_group_tests("store", all, n, NULL, NULL);
	fixture_server_close();
	arena_close(a);
	return failed;
}

#define FIXTURE_RUN(both, more)                                                                    \
	fixture_run(both, sizeof(both) / sizeof *(both), more, sizeof(more) / sizeof *(more))

#endif
