/* A wait ends when its time is over by the clock that it was reckoned by: that of the wall stands
 * decades further on, and would end it at once. */
#include "base/monotonic.h"
#include "test.h"

#include <errno.h>

static void a_wait_goes_by_the_clock_it_was_reckoned_by(void **state)
{
	(void)state;
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t change;
	monotonic_cond_init(&change);
	pthread_mutex_lock(&lock);
	struct timespec begun = monotonic_in(0), until = monotonic_in(1);
	int why = 0;
	while (why == 0)
		why = pthread_cond_timedwait(&change, &lock, &until);
	struct timespec now = monotonic_in(0);
	pthread_mutex_unlock(&lock);
	pthread_cond_destroy(&change);
	assert_int_equal(why, ETIMEDOUT);
	assert_true((now.tv_sec - begun.tv_sec) * 1000 + (now.tv_nsec - begun.tv_nsec) / 1000000 >=
		    1000);
}

static void seconds_are_counted_from_now(void **state)
{
	(void)state;
	struct timespec now = monotonic_in(0), hour = monotonic_in(3600);
	assert_in_range(hour.tv_sec - now.tv_sec, 3600, 3601);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wait_goes_by_the_clock_it_was_reckoned_by),
		cmocka_unit_test(seconds_are_counted_from_now),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
