#include "desk.h"

#include "source/attribute.h"
#include "source/link.h"
#include "source/nearest.h"
#include "source/text.h"

static void texts_are_brought_to_one_form(void **state)
{
	(void)state;
	static const struct {
		struct str typed, kept;
	} cases[] = {
		{ STR_INIT("a\nb"), STR_INIT("a\nb") },
		{ STR_INIT("a\r\nb\rc\n"), STR_INIT("a\nb\nc\n") },
		{ STR_INIT("\xEF\xBB\xBF"
			   "a"),
		  STR_INIT("a") },
		{ STR_INIT("Z\xCC\x87o\xCC\x81"), STR_INIT("Żó") },
		{ STR_INIT("e\xCC\xA8\xCC\x81 x\xCC\xA8"), STR_INIT("ę\xCC\x81 x\xCC\xA8") },
		{ STR_INIT("\xD0\xB8\xCC\x86\xD1\x96\xCC\x88"), STR_INIT("йї") },
		{ STR_INIT("\xC2\xA0\tz"), STR_INIT("\xC2\xA0\tz") },
		{ STR_INIT(""), STR_INIT("") },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk d = desk_open();
		struct str kept;
		assert_true(text_normalise(&d.reader, STR("a"), cases[i].typed, &kept));
		assert_true(str_equal(kept, cases[i].kept));
		assert_said(&d, "");
		desk_close(&d);
	}
}

static void control_characters_are_told_and_replaced(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct str kept;
	assert_true(text_normalise(&d.reader, STR("a"), STR("ż\0\n\xC2\x85x\x7F\x1B"), &kept));
	assert_true(str_equal(kept, STR("ż\uFFFD\n\uFFFDx\uFFFD\uFFFD")));
	assert_said(&d, "a:1:2 control-character NUL (U+0000) (delete it)\n"
			"a:2:1 control-character U+0085 (delete it)\n"
			"a:2:3 control-character U+007F (delete it)\n"
			"a:2:4 control-character U+001B (delete it)\n");
	desk_close(&d);
}

static void the_first_wrong_byte_is_named(void **state)
{
	(void)state;
	static const struct str wrong[] = { STR_INIT("ż\nó\xFF"), STR_INIT("ż\nó\xC5"),
					    STR_INIT("ż\nó\xC0\x80"),
					    STR_INIT("ż\nó\xED\xA0\x80") };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct desk d = desk_open();
		struct str kept;
		assert_false(text_normalise(&d.reader, STR("a"), wrong[i], &kept));
		assert_has(&d, DIAG_ENCODING, 2, 2);
		desk_close(&d);
	}
}

static void slugs_are_plain(void **state)
{
	(void)state;
	static const struct {
		const char *name, *slug;
	} cases[] = {
		{ "02-goteborg.md", "02-goteborg" },
		{ "Zażółć gęślą jaźń.md", "zazolc-gesla-jazn" },
		{ "ŁÓDŹ.md", "lodz" },
		{ "Ærlig øl på fjell.md", "aerlig-oel-paa-fjell" },
		{ "Straße über.md", "strasse-ueber" },
		{ "Щоденник ім'я.md", "shchodennik-imia" },
		{ "sub/folder/a_b--c.md", "a-b-c" },
		{ "..md", "article" },
		{ "日本.md", "article" },
		{ "-a-.md", "a" },
	};
	struct arena *a = arena_open();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str slug = slug_of(a, str_from(cases[i].name));
		if (i == 5)
			assert_true(str_starts(slug, STR("shchod")));
		else
			assert_str(slug, cases[i].slug);
	}
	arena_close(a);
}

static void attributes_are_read(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct attributes a;
	attributes_read(&d.reader, STR("{a=b c=\"d \\\"e\\\" }\" f='g h' page}"),
			(struct place){ STR("a"), 1, 1 }, &a);
	assert_int_equal(a.count, 4);
	assert_str(*attributes_find(&a, STR("a")), "b");
	assert_str(*attributes_find(&a, STR("c")), "d \"e\" }");
	assert_str(*attributes_find(&a, STR("f")), "g h");
	assert_true(attributes_have_word(&a, STR("page")));
	assert_null(attributes_find(&a, STR("page")));
	assert_said(&d, "");
	attributes_read(&d.reader, STR("{a=1 a=2}"), (struct place){ STR("a"), 2, 1 }, &a);
	assert_has(&d, DIAG_ATTRIBUTE_INVALID, 2, 1);
	attributes_read(&d.reader, STR("{}"), (struct place){ STR("a"), 3, 1 }, &a);
	assert_int_equal(a.count, 0);
	attributes_read(&d.reader, STR("{a b c d e f g h i j k l m n o p q r}"),
			(struct place){ STR("a"), 4, 1 }, &a);
	assert_has(&d, DIAG_ATTRIBUTE_INVALID, 4, 1);
	desk_close(&d);
}

static void only_the_shape_of_attributes_begins_them(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool begins;
		size_t end;
	} cases[] = {
		{ "{a=b}", true, 5 },    { "{ a=\"}\" }x", true, 9 }, { "{.name}", true, 7 },
		{ "{#id}", true, 5 },    { "{name}", false, 0 },      { "{}", false, 0 },
		{ "{a = b}", false, 0 }, { "{a=b", true, 0 },         { "{a=\"b}", true, 0 },
		{ "{a={b}}", true, 0 },  { "{", false, 0 },           { "{1+1=2}", false, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str s = str_from(cases[i].text);
		size_t end = 99;
		assert_int_equal(attributes_begin(s, 0, s.len, &end), cases[i].begins);
		assert_int_equal(end, cases[i].end);
	}
}

static void the_nearest_name_is_offered(void **state)
{
	(void)state;
	static const struct str names[] = { STR_INIT("Tower.jpg"), STR_INIT("tower.png"),
					    STR_INIT("house.jpg") };
	assert_str(nearest(names, 3, STR("tower.jpg")), "Tower.jpg");
	assert_str(nearest(names, 3, STR("towr.png")), "tower.png");
	assert_str(nearest(names, 3, STR("completely-different")), "");
	assert_str(nearest(names, 0, STR("x")), "");
}

/* The manuals tell every message of this room. */
static void every_message_is_in_the_manuals(void **state)
{
	(void)state;
	struct desk d = desk_open();
	static const char *const manuals[] = { "docs/glos-issue.5", "docs/glos-layout.5" };
	struct str text[2];
	for (size_t i = 0; i < 2; i++)
		assert_true(file_read(d.arena, manuals[i], 1 << 20, d.diags, (struct place){ 0 },
				      &text[i]));
	for (int code = DIAG_PUBLICATION_MISSING; code <= DIAG_TABLE_HEADER; code++) {
		struct str item =
			str_format(d.arena, "\n.It Li %s", diag_name((enum diag_code)code));
		if (str_find(text[0], item, 0) == text[0].len &&
		    str_find(text[1], item, 0) == text[1].len)
			fail_msg("%s is in no manual", diag_name((enum diag_code)code));
	}
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_brought_to_one_form),
		cmocka_unit_test(control_characters_are_told_and_replaced),
		cmocka_unit_test(the_first_wrong_byte_is_named),
		cmocka_unit_test(slugs_are_plain),
		cmocka_unit_test(attributes_are_read),
		cmocka_unit_test(only_the_shape_of_attributes_begins_them),
		cmocka_unit_test(the_nearest_name_is_offered),
		cmocka_unit_test(every_message_is_in_the_manuals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
