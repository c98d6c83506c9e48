#include "../test.h"

#include "type/linebreak.h"

/* The text with a bar wherever a line may end, two where it must. */
static void expect(struct str text, const char *marked)
{
	char ends[256], out[512];
	size_t len = 0;
	line_ends(text, ends);
	for (size_t i = 0; i < text.len; i++) {
		out[len++] = text.ptr[i];
		if (i + 1 < text.len && ends[i] == LINE_END_MAY)
			out[len++] = '|';
		if (i + 1 < text.len && ends[i] == LINE_END_MUST) {
			out[len++] = '|';
			out[len++] = '|';
		}
	}
	out[len] = '\0';
	assert_string_equal(out, marked);
}

static void ends_follow_uax14(void **state)
{
	(void)state;
	expect(STR("Ala ma  kota"), "Ala |ma  |kota");
	expect(STR("w\u00a0domu"), "w\u00a0domu");
	expect(STR("„Tak”, rzekł"), "„Tak”, |rzekł");
	expect(STR("1234,50 zł"), "1234,50 |zł");
	expect(STR("biało-czerwony"), "biało-|czerwony");
	expect(STR("pierwszy\u2028drugi"), "pierwszy\u2028||drugi");
	expect(STR("(10–15)"), "(10–|15)");
	expect(STR("nie\u2060łam"), "nie\u2060łam");
	expect(STR("łam\u200btu"), "łam\u200b|tu");
}

static void bytes_within_characters_are_no_ends(void **state)
{
	(void)state;
	char ends[4];
	line_ends(STR("ąę"), ends);
	assert_int_equal(ends[0], LINE_END_INSIDE);
	assert_int_equal(ends[1], LINE_END_NEVER);
	assert_int_equal(ends[2], LINE_END_INSIDE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_follow_uax14),
		cmocka_unit_test(bytes_within_characters_are_no_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
