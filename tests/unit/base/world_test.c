#include "test.h"

#include "base/world.h"

static void dates_and_days_are_inverse(void **state)
{
	(void)state;
	struct date before = date_from_days(-200000);
	for (int64_t day = -199999; day < 200000; day++) {
		struct date d = date_from_days(day);
		assert_int_equal(date_to_days(d), day);
		assert_true(d.day == before.day + 1 || d.day == 1);
		before = d;
	}
	struct date d = date_from_days(0);
	assert_int_equal(d.year, 1970);
	assert_int_equal(date_weekday((struct date){ 2026, 3, 17 }), 1);
}

static void only_dates_of_the_calendar_are_dates(void **state)
{
	(void)state;
	struct date d;
	assert_true(date_parse(STR("2024-02-29"), &d));
	assert_false(date_parse(STR("2026-02-29"), &d));
	assert_false(date_parse(STR("2026-13-01"), &d));
	assert_false(date_parse(STR("2026-3-1"), &d));
	assert_false(date_parse(STR("17.03.2026"), &d));
}

static void moments_are_written_as_the_standards_say(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 100);
	time_put_rfc5322(&b, 1773734400);
	assert_str(buf_str(&b), "Tue, 17 Mar 2026 08:00:00 +0000");
	buf_clear(&b);
	time_put_rfc3339(&b, 1773734400);
	assert_str(buf_str(&b), "2026-03-17T08:00:00Z");
	buf_clear(&b);
	time_put_rfc3339(&b, -1);
	assert_str(buf_str(&b), "1969-12-31T23:59:59Z");
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_and_days_are_inverse),
		cmocka_unit_test(only_dates_of_the_calendar_are_dates),
		cmocka_unit_test(moments_are_written_as_the_standards_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
