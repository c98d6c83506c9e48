/* Escapes are decoded once, and nothing comes of wrong ones. */
#include "base/url.h"
#include "test.h"

static void escapes_are_decoded(void **state)
{
	(void)state;
	static const struct {
		const char *text, *decoded; /* NULL: refused */
		bool plus;
	} cases[] = {
		{ "", "", false },
		{ "a%20b+c", "a b+c", false },
		{ "a%20b+c%2B", "a b c+", true },
		{ "%C5%bc%c3%B3%C5%82w", "żółw", false },
		{ "%2525", "%25", false }, /* once */
		{ "100%", NULL, false },
		{ "%2", NULL, false },
		{ "%g0", NULL, false },
		{ "a%00b", NULL, false },
		{ "%FF", NULL, false },
		{ "%C5", NULL, false },
	};
	struct arena *a = arena_open();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str decoded;
		bool ok = url_decode(a, str_from(cases[i].text), cases[i].plus, &decoded);
		assert_int_equal(ok, cases[i].decoded != NULL);
		if (ok)
			assert_str(decoded, cases[i].decoded);
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(escapes_are_decoded) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
