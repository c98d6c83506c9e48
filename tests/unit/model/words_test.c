#include "test.h"

#include "model/words.h"

static void words_are_in_the_language(void **state)
{
	(void)state;
	static const struct str languages[] = { STR_INIT("pl"), STR_INIT("nb"), STR_INIT("nn"),
						STR_INIT("uk"), STR_INIT("en"), STR_INIT("de") };
	assert_str(word(WORD_READ_ON, STR("pl-PL")), "Czytaj dalej");
	assert_str(word(WORD_READ_ON, STR("no")), "Les mer");
	assert_str(word(WORD_READ_ON, STR("fi")), "Read on");
	assert_str(word(WORD_READ_ON, STR("nn-NO")), "Les meir");
	assert_str(word(WORD_NOTES, STR("de")), "Anmerkungen");
	for (int w = 0; w < WORD_COUNT; w++)
		for (size_t i = 0; i < 6; i++)
			assert_true(word((enum word)w, languages[i]).len > 0);
}

static void dates_are_in_the_language(void **state)
{
	(void)state;
	static const struct {
		struct str language;
		const char *date, *month;
	} cases[] = {
		{ STR_INIT("pl"), "17\u00a0marca\u00a02026", "marzec\u00a02026" },
		{ STR_INIT("nb"), "17.\u00a0mars\u00a02026", "mars\u00a02026" },
		{ STR_INIT("nn"), "17.\u00a0mars\u00a02026", "mars\u00a02026" },
		{ STR_INIT("de"), "17.\u00a0März\u00a02026", "März\u00a02026" },
		{ STR_INIT("uk"), "17\u00a0березня\u00a02026", "березень\u00a02026" },
		{ STR_INIT("en"), "17\u00a0March\u00a02026", "March\u00a02026" },
	};
	struct buf b;
	buf_init(&b, 100);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&b);
		word_put_date(&b, (struct date){ 2026, 3, 17 }, cases[i].language);
		assert_str(buf_str(&b), cases[i].date);
		buf_clear(&b);
		word_put_month(&b, (struct date){ 2026, 3, 17 }, cases[i].language);
		assert_str(buf_str(&b), cases[i].month);
	}
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_in_the_language),
		cmocka_unit_test(dates_are_in_the_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
