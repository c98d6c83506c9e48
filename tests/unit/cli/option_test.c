#include "test.h"

#include "cli/option.h"

static const struct option common[] = { { "quiet", 'q', NULL, "" },
					{ "directory", 'C', "DIR", "" } };
static const struct option own[] = { { "edition", 'e', "EDITION", "" }, { "draft", 0, NULL, "" } };

static bool parse(struct arena *a, int argc, const char *const *argv, struct arguments *r,
		  struct str *mistake)
{
	char **copy = NEW_ARRAY(a, char *, argc);
	for (int i = 0; i < argc; i++)
		copy[i] = str_c(a, str_from(argv[i]));
	return arguments_parse(a, argc, copy, common, 2, own, 2, r, mistake);
}

static void options_stand_anywhere(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct arguments r;
	struct str mistake;
	const char *argv[] = {
		"2026-1", "-qCdir", "--edition=print", "-e", "web", "--", "--draft"
	};
	assert_true(parse(a, 7, argv, &r, &mistake));
	assert_true(arguments_flag(&r, "quiet"));
	assert_string_equal(arguments_value(&r, "directory"), "dir");
	assert_string_equal(arguments_value(&r, "edition"), "web");
	assert_string_equal(arguments_nth(&r, "edition", 0), "print");
	assert_null(arguments_nth(&r, "edition", 2));
	assert_false(arguments_flag(&r, "draft"));
	assert_int_equal(r.positional_count, 2);
	assert_string_equal(r.positional[1], "--draft");
	arena_close(a);
}

static void mistakes_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *argument, *mistake;
	} cases[] = {
		{ "--editon", "no option --editon; did you mean --edition?" },
		{ "--zzz", "no option --zzz" },
		{ "-x", "no option -x" },
		{ "--draft=1", "--draft takes no argument" },
		{ "-e", "--edition needs an argument: EDITION" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *a = arena_open();
		struct arguments r;
		struct str mistake;
		assert_false(parse(a, 1, &cases[i].argument, &r, &mistake));
		assert_str(mistake, cases[i].mistake);
		arena_close(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(mistakes_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
