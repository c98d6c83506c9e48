#include "test.h"

#include "base/utf8.h"

static void every_code_point_survives_encode_and_decode(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		char bytes[4];
		size_t len = utf8_encode(c, bytes), at = 0;
		struct str s = { bytes, len };
		if (utf8_next(s, &at) != c || at != len)
			fail_msg("U+%04X decodes wrong", (unsigned)c);
		if (utf8_previous(s, &at) != c || at != 0)
			fail_msg("U+%04X decodes wrong backwards", (unsigned)c);
		if (utf8_invalid_at(s) != len)
			fail_msg("U+%04X is called invalid", (unsigned)c);
	}
}

static void broken_sequences_are_found_at_their_byte(void **state)
{
	(void)state;
	static const struct {
		struct str bytes;
		size_t at;
	} cases[] = {
		{ STR_INIT("ab\xFF"), 2 },
		{ STR_INIT("\xC0\xAF"), 0 }, /* overlong / */
		{ STR_INIT("\xED\xA0\x80"), 0 } /* surrogate */,
		{ STR_INIT("\xF4\x90\x80\x80"), 0 }, /* above U+10FFFF */
		{ STR_INIT("za\xC5"), 2 } /* cut off */,
		{ STR_INIT("\x80"), 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(utf8_invalid_at(cases[i].bytes), cases[i].at);
		size_t at = cases[i].at;
		assert_int_equal(utf8_next(cases[i].bytes, &at), UTF8_REPLACEMENT);
		assert_int_equal(at, cases[i].at + 1);
	}
}

static void random_bytes_are_walked_to_the_end(void **state)
{
	(void)state;
	uint64_t seed = 2;
	for (int round = 0; round < 20000; round++) {
		char bytes[16];
		size_t len = random_next(&seed) % sizeof bytes;
		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)random_next(&seed);
		struct str s = { bytes, len };
		size_t forwards = 0, backwards = 0, at = 0;
		for (; at < len; forwards++)
			utf8_next(s, &at);
		assert_int_equal(at, len);
		for (; at > 0; backwards++)
			utf8_previous(s, &at);
		assert_int_equal(utf8_count(s), forwards);
		if (utf8_invalid_at(s) == len)
			assert_int_equal(forwards, backwards);
	}
}

static void texts_are_cut_between_characters(void **state)
{
	(void)state;
	const struct str s = STR("aż🙂");
	const size_t floors[] = { 0, 1, 1, 3, 3, 3, 3, 7, 7 };
	for (size_t at = 0; at < sizeof floors / sizeof *floors; at++)
		assert_int_equal(utf8_floor(s, at), floors[at]);
	assert_int_equal(utf8_floor(STR("\x80\x80"), 1), 0);
}

static void controls_are_c0_del_and_c1(void **state)
{
	(void)state;
	size_t controls = 0;
	for (uint32_t c = 0; c <= 0x10FFFF; c++)
		controls += utf8_is_control(c);
	assert_int_equal(controls, 0x20 + 1 + 0x20);
	assert_true(utf8_is_control(0) && utf8_is_control(0x1F) && utf8_is_control(0x7F));
	assert_true(utf8_is_control(0x80) && utf8_is_control(0x9F));
	assert_false(utf8_is_control(' ') || utf8_is_control('~') || utf8_is_control(0xA0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_survives_encode_and_decode),
		cmocka_unit_test(broken_sequences_are_found_at_their_byte),
		cmocka_unit_test(random_bytes_are_walked_to_the_end),
		cmocka_unit_test(texts_are_cut_between_characters),
		cmocka_unit_test(controls_are_c0_del_and_c1),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
