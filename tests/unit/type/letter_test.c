#include "../test.h"

#include "type/letter.h"

static struct str upper(struct buf *b, struct str text)
{
	buf_clear(b);
	letter_put_upper(b, text);
	return buf_str(b);
}

static void capitals_of_our_languages(void **state)
{
	(void)state;
	static const struct {
		struct str text;
		const char *capitals;
	} cases[] = {
		{ STR_INIT("zażółć gęślą jaźń"), "ZAŻÓŁĆ GĘŚLĄ JAŹŃ" },
		{ STR_INIT("blåbærsyltetøy"), "BLÅBÆRSYLTETØY" },
		{ STR_INIT("ґанок, їжак, єдність"), "ҐАНОК, ЇЖАК, ЄДНІСТЬ" },
		{ STR_INIT("große Straße"), "GROSSE STRASSE" },
		{ STR_INIT("ÿ ž ǆ 2026"), "Ÿ Ž ǆ 2026" },
		{ STR_INIT("σοφός"), "ΣΟΦΌΣ" },
	};
	struct buf b;
	buf_init(&b, 1024);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(upper(&b, cases[i].text), cases[i].capitals);
	buf_release(&b);
}

static void lower_undoes_upper(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x2000; c++) {
		uint32_t lower = letter_lower(c);
		if (lower != c) {
			assert_int_equal(letter_upper(lower), c == 0x1E9E ? lower : c);
			assert_int_equal(letter_lower(lower), lower);
		}
	}
}

static void kinds(void **state)
{
	(void)state;
	assert_true(letter_is('a') && letter_is(0x0142) && letter_is(0x0457));
	assert_false(letter_is('1') || letter_is('-') || letter_is(0x00D7) || letter_is(0x2019));
	assert_true(letter_is_digit('7'));
	assert_false(letter_is_digit('x') || letter_is_digit(0x0142));
	assert_true(letter_is_vowel(0x0119) && letter_is_vowel(0x0407) && letter_is_vowel('Y'));
	assert_false(letter_is_vowel('k') || letter_is_vowel(0x0439));
	assert_true(letter_is_invisible(0x200D) && letter_is_invisible(0xFE0F));
	assert_false(letter_is_invisible(' ') || letter_is_invisible(0x2011));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(capitals_of_our_languages),
		cmocka_unit_test(lower_undoes_upper),
		cmocka_unit_test(kinds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
