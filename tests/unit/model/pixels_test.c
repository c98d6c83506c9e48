/* How wide words are taken to stand: capitals wider, by letters and not by bytes. */
#include "test.h"

#include "model/pixels.h"

static void letters_count_and_capitals_more(void **unused)
{
	(void)unused;
	assert_int_equal(pixels_of(STR("")), 0);
	assert_int_equal(pixels_of(STR("ab")), 18);
	assert_int_equal(pixels_of(STR("Ab")), 21);
	assert_int_equal(pixels_of(STR("żółw")), pixels_of(STR("abcd")));
}

static void the_longest_word_is_found_wherever_it_stands(void **unused)
{
	(void)unused;
	assert_int_equal(pixels_of_longest(STR("")), 0);
	assert_int_equal(pixels_of_longest(STR("aaaa bb c")), 36);
	assert_int_equal(pixels_of_longest(STR("c bb aaaa")), 36);
	assert_int_equal(pixels_of_longest(STR("abc ABC")), 36); /* by width, not by letters */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_count_and_capitals_more),
		cmocka_unit_test(the_longest_word_is_found_wherever_it_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
