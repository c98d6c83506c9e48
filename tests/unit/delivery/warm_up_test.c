#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "delivery/warm_up.h"

static const int64_t schedule[] = { 200, 500, 1000 };
enum { TODAY = 20529 };

static int64_t allows(const struct day_count *sent, size_t count)
{
	return warm_up_allows(schedule, 3, sent, count, TODAY);
}

static void the_first_day_begins_small(void **state)
{
	(void)state;
	assert_int_equal(allows(NULL, 0), 200);
	const struct day_count some[] = { { TODAY, 150 } };
	assert_int_equal(allows(some, 1), 50);
	const struct day_count all[] = { { TODAY, 200 } };
	assert_int_equal(allows(all, 1), 0);
	const struct day_count more[] = { { TODAY, 900 } }; /* before there was a warm-up */
	assert_int_equal(allows(more, 1), 0);
}

static void days_of_sending_count_and_no_others(void **state)
{
	(void)state;
	const struct day_count sent[] = { { TODAY - 40, 200 }, { TODAY - 3, 480 }, { TODAY, 1 } };
	assert_int_equal(allows(sent, 1), 500);
	assert_int_equal(allows(sent, 2), 1000);
	assert_int_equal(allows(sent, 3), 999);
}

static void a_handful_is_no_day(void **state)
{
	(void)state;
	const struct day_count sent[] = {
		{ TODAY - 9, 3 }, { TODAY - 8, 99 }, { TODAY - 7, 100 }, { TODAY - 6, 249 }
	};
	assert_int_equal(allows(sent, 2), 200);
	assert_int_equal(allows(sent, 3), 500);
	assert_int_equal(allows(sent, 4), 500);
}

static void after_the_last_day_there_is_no_limit(void **state)
{
	(void)state;
	const struct day_count sent[] = {
		{ TODAY - 3, 200 }, { TODAY - 2, 500 }, { TODAY - 1, 1000 }, { TODAY, 70000 }
	};
	assert_int_equal(allows(sent, 4), -1);
	assert_int_equal(warm_up_allows(NULL, 0, sent, 4, TODAY), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_day_begins_small),
		cmocka_unit_test(days_of_sending_count_and_no_others),
		cmocka_unit_test(a_handful_is_no_day),
		cmocka_unit_test(after_the_last_day_there_is_no_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
