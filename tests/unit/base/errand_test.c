/* An errand is done once, beside the caller, who is told and sees what was done. */
#include "base/arena.h"
#include "base/errand.h"
#include "test.h"

#include <poll.h>
#include <pthread.h>

enum { ROUNDS = 500 };

struct work {
	int number; /* without a lock: the errand has to make it seen, both ways */
	int done;
	pthread_mutex_t gate; /* held: the errand does not end */
};

static bool run(void *context)
{
	struct work *w = context;
	pthread_mutex_lock(&w->gate);
	pthread_mutex_unlock(&w->gate);
	w->done += w->number;
	return w->number % 2 == 0;
}

static bool is_readable(const struct errand *e)
{
	struct pollfd p = { .fd = errand_descriptor(e), .events = POLLIN };
	return poll(&p, 1, 0) == 1;
}

static void the_caller_goes_on_meanwhile(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct work w = { .number = 2, .gate = PTHREAD_MUTEX_INITIALIZER };
	struct errand *e = errand_open(a, run, &w);
	assert_non_null(e);
	assert_false(errand_is_under_way(e));
	pthread_mutex_lock(&w.gate);
	errand_begin(e);
	assert_true(errand_is_under_way(e));
	assert_false(errand_is_done(e));
	assert_false(is_readable(e));
	pthread_mutex_unlock(&w.gate);
	struct pollfd p = { .fd = errand_descriptor(e), .events = POLLIN };
	assert_int_equal(poll(&p, 1, -1), 1);
	assert_true(errand_is_done(e));
	assert_true(errand_is_under_way(e));
	assert_true(errand_end(e));
	assert_int_equal(w.done, 2);
	assert_false(errand_is_under_way(e));
	assert_false(is_readable(e));
	errand_close(e);
	arena_close(a);
}

static void each_is_done_once_and_its_answer_is_its_own(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct work w = { .gate = PTHREAD_MUTEX_INITIALIZER };
	struct errand *e = errand_open(a, run, &w);
	assert_non_null(e);
	int sum = 0;
	for (int i = 1; i <= ROUNDS; i++) {
		w.number = i;
		sum += i;
		errand_begin(e);
		assert_int_equal(errand_end(e), i % 2 == 0);
		assert_int_equal(w.done, sum);
		assert_false(is_readable(e));
	}
	errand_close(e);
	arena_close(a);
}

static void closing_waits_for_what_is_under_way(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	for (int i = 0; i < ROUNDS; i++) {
		struct work w = { .number = 1, .gate = PTHREAD_MUTEX_INITIALIZER };
		struct errand *e = errand_open(a, run, &w);
		assert_non_null(e);
		errand_begin(e);
		errand_close(e);
		assert_int_equal(w.done, 1);
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_caller_goes_on_meanwhile),
		cmocka_unit_test(each_is_done_once_and_its_answer_is_its_own),
		cmocka_unit_test(closing_waits_for_what_is_under_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
