#include "test.h"

#include "base/language.h"

static void the_first_part_counts(void **state)
{
	(void)state;
	assert_str(language_primary(STR("pl-PL")), "pl");
	assert_str(language_primary(STR("uk")), "uk");
	assert_str(language_primary(STR("")), "");
	assert_true(language_is(STR("PL-pl"), STR("pl")));
	assert_true(language_is(STR("nb"), STR("nb")));
	assert_false(language_is(STR("pll"), STR("pl"))); /* another language */
	assert_false(language_is(STR("p"), STR("pl")));
	assert_false(language_is(STR(""), STR("pl")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_part_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
