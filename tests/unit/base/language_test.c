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

static void tags_have_their_shape(void **state)
{
	(void)state;
	static const struct str tags[] = { STR_INIT("pl"),      STR_INIT("en-GB"),
					   STR_INIT("UK"),      STR_INIT("zh-Hant-TW"),
					   STR_INIT("de-1996"), STR_INIT("ast"),
					   STR_INIT("x1") };
	static const struct str others[] = {
		STR_INIT(""),    STR_INIT("p"),   STR_INIT("polski"),          STR_INIT("pl_PL"),
		STR_INIT("pl-"), STR_INIT("-pl"), STR_INIT("pl-verylongpart"), STR_INIT("pl PL"),
		STR_INIT("pł")
	};
	for (size_t i = 0; i + 1 < sizeof tags / sizeof *tags; i++)
		assert_true(language_is_tag(tags[i]));
	assert_false(language_is_tag(tags[6])); /* digits only behind the first part */
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(language_is_tag(others[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_part_counts),
		cmocka_unit_test(tags_have_their_shape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
