#include "test.h"

#include "cli/terminal.h"

static struct str shown(struct arena *a, struct diags *d)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	terminal_put_diag(&b, d, diags_at(d, 0), false);
	struct str s = str_copy(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void a_mistake_shows_its_line_and_a_caret(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	diags_add_text(d, STR("a.md"), STR("x\nżółw ![](b.jpg)\n"));
	diag_report_hint(d, DIAG_IMAGE_MISSING, (struct place){ STR("a.md"), 2, 6 },
			 STR("the folder has B.jpg"), "%s", "b.jpg");
	assert_str(shown(a, d), "a.md:2:6: error: image not found: b.jpg [image-missing]\n"
				"    żółw ![](b.jpg)\n"
				"         ^\n"
				"    hint: the folder has B.jpg\n");
	arena_close(a);
}

static void a_line_with_a_password_is_not_repeated(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct str file = STR("glos.yaml");
	struct buf out;
	buf_init(&out, 1 << 20);
	diags_add_text(d, file, STR("smtp: {colour: red, password: tajne}\nstore: x\n"));
	diag_report(d, DIAG_KEY_UNKNOWN, (struct place){ file, 1, 8 }, "colour");
	diag_report(d, DIAG_PASSWORD_IN_FILE, (struct place){ file, 1, 21 }, "password");
	diag_report(d, DIAG_KEY_UNKNOWN, (struct place){ file, 2, 1 }, "store");
	for (size_t i = 0; i < 3; i++)
		terminal_put_diag(&out, d, diags_at(d, i), false);
	struct str said = buf_str(&out);
	assert_true(str_find(said, STR("tajne"), 0) == said.len);
	assert_true(str_find(said, STR("store: x"), 0) < said.len);
	buf_release(&out);
	arena_close(a);
}

static void what_would_act_on_the_terminal_is_made_harmless(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	diags_add_text(d, STR("a.md"), STR("\x1b[2Jx\ty\xff"));
	diag_report(d, DIAG_CONTROL_CHARACTER, (struct place){ STR("a.md"), 1, 1 }, "%s",
		    "\x1b]0;");
	assert_str(shown(a, d), "a.md:1:1: error: control character in text: \uFFFD]0; "
				"[control-character]\n"
				"    \uFFFD[2Jx y\uFFFD\n"
				"    ^\n");
	arena_close(a);
}

static void a_very_long_line_is_cut_around_the_mark(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	char *line = NEW_ARRAY(a, char, 100001);
	memset(line, 'x', 100000);
	line[50000] = 'Y';
	diags_add_text(d, STR("a.md"), str_from(line));
	diag_report(d, DIAG_RAW_HTML, (struct place){ STR("a.md"), 1, 50001 }, "%s", "");
	struct str s = shown(a, d);
	assert_true(s.len < 1000);
	size_t source = str_find(s, STR("\n"), 0) + 1;
	size_t mark = str_find(s, STR("Y"), source), end = str_find(s, STR("\n"), source);
	size_t caret = str_find(s, STR("^"), end);
	assert_int_equal(mark - source, caret - end - 1);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mistake_shows_its_line_and_a_caret),
		cmocka_unit_test(a_line_with_a_password_is_not_repeated),
		cmocka_unit_test(what_would_act_on_the_terminal_is_made_harmless),
		cmocka_unit_test(a_very_long_line_is_cut_around_the_mark),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
