#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "delivery/pace.h"

/* How many tokens a bucket gives from 0 to end_ms, asked every millisecond. */
static int64_t given(struct rate rate, int64_t end_ms)
{
	struct bucket b;
	int64_t n = 0;
	bucket_init(&b, rate, 0);
	for (int64_t t = 0; t < end_ms; t++)
		while (bucket_wait_ms(&b, t) == 0) {
			bucket_take(&b);
			n++;
		}
	return n;
}

static void buckets_keep_the_pace(void **state)
{
	(void)state;
	assert_in_range(given((struct rate){ 50, 1000 }, 10000), 500, 503);
	assert_in_range(given((struct rate){ 5, 1000 }, 10000), 50, 51);
	assert_in_range(given((struct rate){ 30, 60000 }, 120000), 60, 61);
	assert_in_range(given((struct rate){ 3, 3600000 }, 3600000), 3, 4);
	assert_in_range(given((struct rate){ 20000, 1000 }, 1000), 19900, 21001);
}

static void no_limit_is_no_wait(void **state)
{
	(void)state;
	struct bucket b;
	bucket_init(&b, (struct rate){ 0, 0 }, 0);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(bucket_wait_ms(&b, 0), 0);
		bucket_take(&b);
	}
}

static void a_pause_is_not_made_up_for(void **state)
{
	(void)state;
	struct bucket b;
	int burst = 0;
	bucket_init(&b, (struct rate){ 10, 1000 }, 0);
	for (int64_t t = INT64_MAX / 4; bucket_wait_ms(&b, t) == 0; burst++)
		bucket_take(&b);
	assert_in_range(burst, 1, 2);
}

static void waiting_as_told_is_enough(void **state)
{
	(void)state;
	struct bucket b;
	int64_t now = 0;
	bucket_init(&b, (struct rate){ 7, 1000 }, 0);
	for (int i = 0; i < 70; i++) {
		int64_t wait = bucket_wait_ms(&b, now);
		now += wait;
		assert_int_equal(bucket_wait_ms(&b, now), 0);
		bucket_take(&b);
	}
	assert_in_range(now, 9700, 10000);
}

static void retries_come_later_and_later(void **state)
{
	static const int64_t minutes[] = { 1, 5, 15, 30, 60, 120, 240, 240, 240 };
	(void)state;
	for (int n = 1; n <= 9; n++) {
		int64_t base = minutes[n - 1] * 60;
		assert_int_equal(retry_delay_s(n, 60, 0), base);
		for (uint32_t random = 1; random < 1u << 31; random *= 3)
			assert_in_range(retry_delay_s(n, 60, random), base, base + base / 4);
	}
	assert_int_equal(retry_delay_s(0, 60, 0), 60);
	assert_int_equal(retry_delay_s(1000, 60, 0), 240 * 60);
	assert_int_equal(retry_delay_s(2, 0, 12345), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buckets_keep_the_pace),
		cmocka_unit_test(no_limit_is_no_wait),
		cmocka_unit_test(a_pause_is_not_made_up_for),
		cmocka_unit_test(waiting_as_told_is_enough),
		cmocka_unit_test(retries_come_later_and_later),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
