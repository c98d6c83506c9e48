#include "../test.h"

#include "base/utf8.h"
#include "type/linebreak.h"

#include <linebreak.h>
#include <uchar.h>

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

/* Our answers for everyday characters are the library's, in pairs, behind spaces, and
 * in any text of them. */
static void everyday_text_ends_as_the_library_says(void **state)
{
	(void)state;
	static const char32_t plain[] =
		U"abzABZąłżÀßæøåőžЖяїґ0189   ‑!?\"'«»‘’“”#&*<=>@^_`~$%+\\°([{‚„)],.:;-/"
		U"|‐–}—…";
	static const char32_t others[] = U"­​⁠\ń中ש¿´";
	size_t plain_count = sizeof plain / sizeof *plain - 1;
	uint64_t seed = 14;
	for (size_t n = 0; n < 4 * plain_count * plain_count + 20000; n++) {
		char text[4 * 64], ours[4 * 64], theirs[4 * 64];
		size_t len = 0, pair = n / 4, count = 2 + random_next(&seed) % 40;
		if (pair < plain_count * plain_count) { /* every pair in four settings */
			len += utf8_encode(n & 1 ? 'x' : ' ', text + len);
			len += utf8_encode(plain[pair % plain_count], text + len);
			len += n & 2 ? utf8_encode(' ', text + len) : 0;
			len += utf8_encode(plain[pair / plain_count], text + len);
			count = 1;
		}
		for (size_t i = 0; i < count; i++) {
			uint64_t r = random_next(&seed);
			char32_t c = r % 5 == 0 ? U' ' : plain[(r >> 8) % plain_count];
			if (n % 10 == 0 && r % 7 == 0)
				c = others[(r >> 8) % (sizeof others / sizeof *others - 1)];
			len += utf8_encode(c, text + len);
		}
		line_ends((struct str){ text, len }, ours);
		set_linebreaks_utf8((const utf8_t *)text, len, NULL, theirs);
		if (memcmp(ours, theirs, len) != 0)
			fail_msg("\"%.*s\"", (int)len, text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_follow_uax14),
		cmocka_unit_test(bytes_within_characters_are_no_ends),
		cmocka_unit_test(everyday_text_ends_as_the_library_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
