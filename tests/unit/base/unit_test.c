#include "test.h"

#include "base/unit.h"

static void lengths_are_read_in_every_unit(void **state)
{
	(void)state;
	static const struct {
		struct str text;
		int length;
	} cases[] = {
		{ STR_INIT("12pt"), 12000 },   { STR_INIT("13.5 pt"), 13500 },
		{ STR_INIT("210mm"), 595276 }, { STR_INIT("3mm"), 8504 },
		{ STR_INIT("1in"), 72000 },    { STR_INIT("2.54cm"), 72000 },
		{ STR_INIT("1p"), 12000 },     { STR_INIT("10"), 10000 },
		{ STR_INIT("-0.5pt"), -500 },  { STR_INIT("3.175mm"), 9000 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int length = -1;
		assert_true(unit_parse(cases[i].text, &length));
		assert_int_equal(length, cases[i].length);
	}
}

static void what_is_no_length_is_refused(void **state)
{
	(void)state;
	static const struct str cases[] = { STR_INIT(""),
					    STR_INIT("pt"),
					    STR_INIT("12px"),
					    STR_INIT("1,5mm"),
					    STR_INIT("9999999mm"),
					    STR_INIT("--1pt"),
					    STR_INIT("."),
					    STR_INIT("99999999999999999999"),
					    STR_INIT("21474836470cm"),
					    STR_INIT("-21474836470cm") };
	int length;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_false(unit_parse(cases[i], &length));
}

static void lengths_are_written_in_points(void **state)
{
	(void)state;
	static const struct {
		int length;
		const char *text;
	} cases[] = { { 12000, "12pt" },
		      { 13500, "13.5pt" },
		      { 0, "0pt" },
		      { -7, "-0.007pt" },
		      { -1250, "-1.25pt" },
		      { 595276, "595.276pt" },
		      { INT32_MIN, "-2147483.648pt" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b;
		buf_init(&b, 64);
		unit_put(&b, cases[i].length);
		assert_string_equal(b.ptr, cases[i].text);
		buf_release(&b);
	}
}

static void scaling_rounds_to_nearest(void **state)
{
	(void)state;
	assert_int_equal(unit_scale(7, 1, 2), 4);
	assert_int_equal(unit_scale(-7, 1, 2), -4);
	assert_int_equal(unit_scale(2000000000, 1000, 2000), 1000000000);
	for (int um = -100000; um < 100000; um += 77)
		assert_true(unit_to_um(unit_from_um(um)) - um <= 1 &&
			    um - unit_to_um(unit_from_um(um)) <= 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_are_read_in_every_unit),
		cmocka_unit_test(what_is_no_length_is_refused),
		cmocka_unit_test(lengths_are_written_in_points),
		cmocka_unit_test(scaling_rounds_to_nearest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
