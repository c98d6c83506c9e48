#include "test.h"

#include "base/utf8.h"

static struct place at(const char *file, int line, int column)
{
	return (struct place){ str_from(file), line, column };
}

static void reports_are_sorted_and_counted(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	diag_report(d, DIAG_IMAGE_MISSING, at("b.md", 9, 1), "%s", "x.jpg");
	diag_report(d, DIAG_KEY_UNKNOWN, at("a.md", 2, 1), "%s", "autor");
	diag_report(d, DIAG_IMAGE_ALT, at("b.md", 3, 7), "%s", "");
	diags_sort(d);
	assert_str(diags_at(d, 0)->place.file, "b.md");
	assert_int_equal(diags_at(d, 0)->place.line, 3);
	assert_str(diags_at(d, 2)->place.file, "a.md");
	assert_int_equal(diags_level_count(d, DIAG_LEVEL_ERROR), 2);
	assert_int_equal(diags_level_count(d, DIAG_LEVEL_WARNING), 1);
	assert_int_equal(diags_exit_status(d), 1);
	arena_close(a);
}

static void the_same_report_twice_is_one(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	for (int i = 0; i < 5; i++)
		diag_report(d, DIAG_IMAGE_MISSING, at("b.md", 9, 1), "%s", "x.jpg");
	diag_report(d, DIAG_IMAGE_MISSING, at("b.md", 9, 1), "%s", "y.jpg");
	assert_int_equal(diags_count(d), 2);
	assert_int_equal(diags_trouble(d), 6);
	diag_report(d, DIAG_KEY_UNKNOWN, at("b.md", 9, 1), "%s", "autor");
	assert_int_equal(diags_trouble(d), 6); /* a warning is none */
	arena_close(a);
}

static void a_flood_is_counted_but_not_kept(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	for (int i = 0; i < 1500; i++)
		diag_report(d, DIAG_RAW_HTML, at("b.md", i + 1, 1), "%d", i);
	assert_int_equal(diags_count(d), 1000);
	assert_int_equal(diags_level_count(d, DIAG_LEVEL_ERROR), 1500);
	arena_close(a);
}

static void long_details_are_cut_between_characters(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	for (size_t odd = 0; odd < 2; odd++) {
		char *text = arena_alloc(a, 6001);
		memset(text, 'x', odd);
		for (size_t i = odd; i + 2 < 6000; i += 2)
			memcpy(text + i, "ż", 2);
		diag_report(d, DIAG_IMAGE_MISSING, at("b.md", 9, 1 + (int)odd), "%s", text);
		struct str said = diags_at(d, odd)->detail;
		assert_in_range(said.len, 2040, 2047);
		assert_int_equal(utf8_invalid_at(said), said.len);
	}
	arena_close(a);
}

static void reports_of_two_readers_are_joined(void **state)
{
	(void)state;
	struct arena *a = arena_open(), *b = arena_open();
	struct diags *all = diags_new(a), *other = diags_new(b);
	diag_report(all, DIAG_IMAGE_ALT, at("a.md", 3, 1), "one");
	diag_report(other, DIAG_IMAGE_ALT, at("a.md", 3, 1), "one");
	diag_report(other, DIAG_IMAGE_MISSING, at("b.md", 1, 1), "two");
	for (int i = 0; i < 1200; i++)
		diag_report(other, DIAG_IMAGE_MISSING, at("b.md", 2 + i, 1), "more");
	diags_add_text(other, STR("b.md"), STR("first\nsecond\n"));
	diags_join(all, other);
	assert_int_equal(diags_level_count(all, DIAG_LEVEL_ERROR), 1202);
	assert_int_equal(diags_count(all), 1000);
	assert_int_equal(diags_trouble(all), diags_trouble(other) + 1);
	arena_close(b);
	assert_str(diags_at(all, 1)->detail, "two");
	assert_str(diags_line(all, diags_at(all, 2)->place), "second");
	arena_close(a);
}

static void the_line_of_a_place_is_found(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	diags_add_text(d, STR("a.md"), STR("one\r\ntwo\nthree"));
	assert_str(diags_line(d, at("a.md", 1, 1)), "one");
	assert_str(diags_line(d, at("a.md", 3, 1)), "three");
	assert_str(diags_line(d, at("a.md", 4, 1)), "");
	assert_str(diags_line(d, at("b.md", 1, 1)), "");
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_are_sorted_and_counted),
		cmocka_unit_test(the_same_report_twice_is_one),
		cmocka_unit_test(a_flood_is_counted_but_not_kept),
		cmocka_unit_test(long_details_are_cut_between_characters),
		cmocka_unit_test(reports_of_two_readers_are_joined),
		cmocka_unit_test(the_line_of_a_place_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
