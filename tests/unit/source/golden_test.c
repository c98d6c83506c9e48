/* Golden cases: tests/golden/source/NAME.md is read as an article of a small
 * issue; the document must be NAME.document, what is said of it NAME.diag.
 *
 * GLOS_GOLDEN_ACCEPT=NAME (or all) rewrites what is expected; review the diff. */
#include "desk.h"

static const char cases_folder[] = "tests/golden/source";

static const char *case_path(struct arena *a, struct str name, const char *end)
{
	return str_format(a, "%s/%.*s%s", cases_folder, STR_ARG(name), end).ptr;
}

static struct str content_of(struct arena *a, const char *path)
{
	struct diags *d = diags_new(a);
	struct str bytes = { "", 0 };
	if (file_exists(path) && !file_read(a, path, 1 << 24, d, (struct place){ 0 }, &bytes))
		return STR("");
	return bytes;
}

/* An issue with pictures to show and an article to link to. */
static void issue_prepare(struct desk *d, struct str name, struct str text)
{
	desk_issue(d, str_format(d->arena, "%.*s.md, 02-goteborg.md", STR_ARG(name)).ptr);
	desk_put(d, str_format(d->arena, "issues/x/%.*s.md", STR_ARG(name)).ptr, text);
	desk_write(d, "issues/x/02-goteborg.md", "---\ntitle: Göteborg\n---\n\nTekst.\n");
	desk_put(d, "issues/x/images/photo.jpg", tiny_jpeg());
	desk_put(d, "issues/x/images/Drawing.png", tiny_png());
	desk_put(d, "issues/x/images/cut.jpg", str_sub(tiny_jpeg(), 0, 30));
	desk_put(d, "issues/x/images/wrong.jpg", tiny_png());
}

/* Says where two texts part. */
static void differ(const char *what, struct str expected, struct str actual)
{
	struct str e = { "", 0 }, a = { "", 0 };
	int line = 0;
	do {
		line++;
		if (!str_cut(&expected, '\n', &e))
			e = STR("(end)");
		if (!str_cut(&actual, '\n', &a))
			a = STR("(end)");
	} while (str_equal(e, a));
	print_error("%s, line %d\n  expected: %.*s\n  is:       %.*s\n", what, line, STR_ARG(e),
		    STR_ARG(a));
}

static bool matches(struct desk *d, struct str name, const char *end, struct str actual)
{
	const char *accept = getenv("GLOS_GOLDEN_ACCEPT");
	const char *path = case_path(d->arena, name, end);
	struct str expected = content_of(d->arena, path);
	bool present = file_exists(path);
	if (accept && (strcmp(accept, "all") == 0 || str_equal(str_from(accept), name))) {
		assert_true(file_replace(path, actual, d->diags));
		return true;
	}
	if (present && str_equal(expected, actual))
		return true;
	differ(path, expected, actual);
	return false;
}

static bool case_holds(struct str name)
{
	struct desk d = desk_open();
	struct str text = content_of(d.arena, case_path(d.arena, name, ".md"));
	issue_prepare(&d, name, text);
	struct document *doc = desk_read(&d);
	assert_non_null(doc);
	doc->entry_count = 1; /* the case alone */
	bool right = matches(&d, name, ".document", desk_dump(&d, doc));
	right &= matches(&d, name, ".diag", desk_said(&d));
	desk_close(&d);
	return right;
}

static void golden_cases_hold(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	size_t count, cases = 0, wrong = 0;
	struct str *names = folder_list(a, cases_folder, &count);
	for (size_t i = 0; i < count; i++) {
		if (!str_ends(names[i], STR(".md")))
			continue;
		cases++;
		wrong += !case_holds(str_sub(names[i], 0, names[i].len - 3));
	}
	arena_close(a);
	assert_true(cases >= 15);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_cases_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
