/* Connections: which stay open after a refusal, and which are shut because they are late. A
 * request that finds no page needs no store, so there is none here. */
#include "test.h"

#include "base/arena.h"
#include "base/diag.h"
#include "serve/gate.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000 };

static int64_t clock_of(void *context)
{
	return atomic_load((_Atomic int64_t *)context);
}

struct fixture {
	_Atomic int64_t now_ms;
	struct arena *arena;
	struct world world;
	struct routes routes;
	struct look look;
	struct counters counters;
	struct site site;
	struct diags *diags;
	struct gate *gate;
};

static void fixture_open(struct fixture *f)
{
	struct client address;
	uint16_t port;
	memset(f, 0, sizeof *f);
	f->arena = arena_open();
	f->diags = diags_new(f->arena);
	f->world = (struct world){ .monotonic_ms = clock_of, .context = &f->now_ms };
	for (int i = 0; i < PLAIN_COUNT * TONGUE_COUNT; i++)
		f->look.plain[i / TONGUE_COUNT][i % TONGUE_COUNT] = STR("a page");
	f->look.policy = STR("default-src 'none'");
	/* Nobody asks for these. */
	for (int k = 0; k < ROUTE_COUNT; k++)
		f->routes.before[k] = str_format(f->arena, "/%d/", k);
	struct publication *p = NEW(f->arena, struct publication);
	p->language = STR("pl");
	f->site = (struct site){ .publication = p,
				 .world = &f->world,
				 .look = &f->look,
				 .routes = &f->routes,
				 .counters = &f->counters };
	assert_true(listen_read(STR("127.0.0.1:0"), &address, &port));
	f->gate = gate_open(&f->site, NULL, address, port, f->diags);
	assert_non_null(f->gate);
}

static void fixture_close(struct fixture *f)
{
	gate_close(f->gate);
	arena_close(f->arena);
}

static int connected(const struct fixture *f)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(f->site.port) };
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int s = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(connect(s, (struct sockaddr *)&to, sizeof to), 0);
	return s;
}

static void say_it(int s, const char *text)
{
	assert_int_equal(send(s, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* Until text came; false when the connection ended before. */
static bool hear(int s, const char *text)
{
	char got[4096];
	size_t count = 0;
	for (;;) {
		struct pollfd p = { .fd = s, .events = POLLIN };
		assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
		ssize_t n = recv(s, got + count, sizeof got - 1 - count, 0);
		if (n <= 0)
			return false;
		count += (size_t)n;
		got[count] = '\0';
		if (strstr(got, text))
			return true;
	}
}

/* Until the gate, too, is through with what was answered. */
static void settle(const struct fixture *f)
{
	const struct timespec nap = { 0, 1000000 };
	for (int i = 0; i < PATIENCE_MS && gate_under_way(f->gate) > 0; i++)
		nanosleep(&nap, NULL);
	assert_int_equal(gate_under_way(f->gate), 0);
}

static void ask(const struct fixture *f, int s, const char *line, const char *more)
{
	char text[10000];
	snprintf(text, sizeof text, "%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s\r\n", line,
		 (unsigned)f->site.port, more);
	say_it(s, text);
}

static void refusals_keep_a_connection_unless_a_body_comes(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	int s = connected(&f);
	for (int i = 0; i < 3; i++) {
		ask(&f, s, i == 1 ? "POST /nowhere" : "GET /nowhere", "");
		assert_true(hear(s, "a page"));
	}
	ask(&f, s, "POST /nowhere", "Content-Length: 5\r\n");
	assert_true(hear(s, "a page"));
	assert_false(hear(s, "HTTP")); /* closed without a look at the body */
	close(s);
	s = connected(&f);
	ask(&f, s, "POST /nowhere", "Transfer-Encoding: chunked\r\n");
	assert_true(hear(s, "a page"));
	assert_false(hear(s, "HTTP"));
	close(s);
	assert_int_equal(atomic_load(&f.counters.value[COUNTER_ANSWER_4XX]), 5);
	fixture_close(&f);
}

static void who_is_late_is_shut_and_nobody_else(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	int silent = connected(&f), slow = connected(&f), good = connected(&f);
	const int first[] = { silent, slow, good };
	/* Whoever was answered is known to be connected. */
	for (size_t i = 0; i < 3; i++) {
		ask(&f, first[i], "GET /nowhere", "");
		assert_true(hear(first[i], "a page"));
	}
	settle(&f); /* or their time would begin when the clock has moved */
	say_it(slow, "GET /nowhere HTTP/1.1\r\nHost: ");
	atomic_store(&f.now_ms, 20000);
	int later = connected(&f);
	ask(&f, later, "GET /nowhere", "");
	assert_true(hear(later, "a page"));
	say_it(later, "GET /nowhere HTTP/1.1\r\n");
	ask(&f, good, "GET /nowhere", "");
	assert_true(hear(good, "a page"));
	atomic_store(&f.now_ms, 30500);
	assert_false(hear(slow, "HTTP"));
	assert_false(hear(silent, "HTTP"));
	say_it(later, "Host: 127.0.0.1\r\n\r\n");
	assert_true(hear(later, "a page"));
	ask(&f, good, "GET /nowhere", "");
	assert_true(hear(good, "a page"));
	atomic_store(&f.now_ms, 61000);
	assert_false(hear(good, "HTTP"));
	assert_false(hear(later, "HTTP"));
	const int all[] = { silent, slow, good, later };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		close(all[i]);
	fixture_close(&f);
}

static void long_lines_are_read_and_the_end_shuts_all(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	int s = connected(&f);
	/* A long line: the memory of the connection grows on the way. */
	char line[9000] = "GET /";
	memset(line + 5, 'a', sizeof line - 6);
	ask(&f, s, line, "");
	assert_true(hear(s, "414"));
	fixture_close(&f);
	assert_false(hear(s, "HTTP"));
	close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals_keep_a_connection_unless_a_body_comes),
		cmocka_unit_test(who_is_late_is_shut_and_nobody_else),
		cmocka_unit_test(long_lines_are_read_and_the_end_shuts_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
