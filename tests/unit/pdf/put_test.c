/* put: PDF's written forms. */
#include "pdf/sample.h"

#include "pdf/put.h"

static void assert_put(struct buf *b, const char *expected)
{
	assert_true(str_equal(buf_str(b), str_from(expected)));
	buf_release(b);
}

static void thousandths_are_exact(void **state)
{
	(void)state;
	static const struct {
		int64_t value;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 1, "0.001" },
		{ 10, "0.01" },
		{ 100, "0.1" },
		{ 1000, "1" },
		{ 12500, "12.5" },
		{ 841890, "841.89" },
		{ 595276, "595.276" },
		{ -1, "-0.001" },
		{ -12500, "-12.5" },
		{ 99999999, "99999.999" },
		{ 1050, "1.05" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b;
		buf_init(&b, 100);
		put_milli(&b, cases[i].value);
		assert_put(&b, cases[i].text);
	}
}

/* Reads back what put_milli wrote, over a sweep of values. */
static void thousandths_come_back(void **state)
{
	(void)state;
	for (int64_t value = -700000; value < 700000; value += 37) {
		struct buf b;
		buf_init(&b, 100);
		put_milli(&b, value);
		int length;
		assert_true(unit_parse(buf_str(&b), &length));
		assert_int_equal(length, value);
		buf_release(&b);
	}
}

static void ten_thousandths_are_exact(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 100);
	put_tenth_milli(&b, -1);
	buf_put_byte(&b, ' ');
	put_tenth_milli(&b, 1374);
	buf_put_byte(&b, ' ');
	put_tenth_milli(&b, 120000);
	assert_put(&b, "-0.0001 0.1374 12");
}

static void strings_are_escaped(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 1000);
	put_text(&b, STR("a(b)\\c"));
	assert_put(&b, "(a\\(b\\)\\\\c)");
	put_text(&b, STR("ż\xF0\x9F\x98\x80"));
	assert_put(&b, "<FEFF017CD83DDE00>");
	put_literal(&b, STR("\r\n"));
	assert_put(&b, "(\\r\n)");
	put_name(&b, STR("A B/#é"));
	assert_put(&b, "/A#20B#2F#23#C3#A9");
	put_hex(&b, "\x00\xFFz", 3);
	assert_put(&b, "<00FF7A>");
	put_box(&b, 0, -8504, 100, 841890);
	assert_put(&b, "[0 -8.504 0.1 841.89]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(thousandths_are_exact),
		cmocka_unit_test(thousandths_come_back),
		cmocka_unit_test(ten_thousandths_are_exact),
		cmocka_unit_test(strings_are_escaped),
	};
	return cmocka_run_group_tests_name("put", tests, NULL, NULL);
}
