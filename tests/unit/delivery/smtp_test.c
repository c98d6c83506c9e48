/* Connections when the system has nothing left to give. */
#include "test.h"

#include "delivery/smtp.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

static int64_t still(void *context)
{
	(void)context;
	return 0;
}

static const struct world world = { .monotonic_ms = still };
static const struct smtp_params params = { 0 };
static const struct smtp_events events = { 0 };

static void closing_twice_closes_once(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct smtp m;
	assert_true(smtp_open(&m, a, &params, 2, &events, NULL, &world, d));
	smtp_close(&m);
	int next = open("/dev/null", O_RDONLY); /* has the number of what was closed */
	smtp_close(&m);
	assert_int_not_equal(fcntl(next, F_GETFD), -1);
	close(next);
	arena_close(a);
}

static void no_descriptor_left_is_told(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct rlimit usual, none;
	struct smtp m;
	int first = open("/dev/null", O_RDONLY);
	close(first);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
	none = (struct rlimit){ (rlim_t)first, usual.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	bool opened = smtp_open(&m, a, &params, 2, &events, NULL, &world, d);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
	assert_false(opened);
	assert_int_equal(diags_count(d), 1);
	assert_int_equal(diags_at(d, 0)->code, DIAG_SMTP_CONNECT);
	smtp_close(&m); /* as whoever opens several things does when one fails */
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closing_twice_closes_once),
		cmocka_unit_test(no_descriptor_left_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
