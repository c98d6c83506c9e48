#include "base/late.h"

#include "test.h"

static void functions_are_found(void **state)
{
	(void)state;
	struct {
		double (*floor)(double);
		double (*pow)(double, double);
	} calls;
	static const char *const names[] = { "floor", "pow" };
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	assert_true(late_open("libm.so.6", names, &calls, 2, d));
	assert_true(calls.floor(2.5) == 2.0 && calls.pow(2, 10) == 1024.0);
	assert_int_equal(diags_count(d), 0);
	arena_close(a);
}

static void what_is_missing_is_told(void **state)
{
	(void)state;
	void (*calls[2])(void);
	static const char *const names[] = { "floor", "no_such_function" };
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	assert_false(late_open("libnowhere.so.9", names, calls, 2, d));
	assert_false(late_open("libm.so.6", names, calls, 2, d));
	assert_int_equal(diags_count(d), 2);
	for (size_t i = 0; i < 2; i++) {
		const struct diag *one = diags_at(d, i);
		assert_int_equal(one->code, DIAG_LIBRARY_MISSING);
		struct str wanted = i ? STR("no_such_function") : STR("libnowhere.so.9");
		assert_true(str_find(one->detail, wanted, 0) < one->detail.len);
	}
	assert_int_equal(diags_exit_status(d), 3);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_are_found),
		cmocka_unit_test(what_is_missing_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
