#include "desk.h"

#include "source/keys.h"

static const struct yaml *parse(struct desk *d, const char *text)
{
	return yaml_read(&d->reader, STR("a.yaml"), str_from(text), 1);
}

static void a_tree_remembers_where_everything_stands(void **state)
{
	(void)state;
	struct desk d = desk_open();
	const struct yaml *t = parse(&d, "tytuł: Żółw\nlist:\n  - a\n  - {k: \"v\", n: }\n");
	const struct yaml *title = yaml_find(t, STR("tytuł")), *list = yaml_find(t, STR("list"));
	assert_int_equal(title->place.line, 1);
	assert_int_equal(title->place.column, 8);
	assert_int_equal(title->key_place.column, 1);
	assert_str(title->text, "Żółw");
	assert_int_equal(list->count, 2);
	assert_int_equal(list->first->place.line, 3);
	assert_int_equal(list->first->place.column, 5);
	const struct yaml *inner = list->first->next;
	assert_int_equal(yaml_find(inner, STR("k"))->place.column, 9);
	assert_int_equal(yaml_find(inner, STR("n"))->kind, YAML_EMPTY);
	assert_null(yaml_find(inner, STR("x")));
	assert_null(yaml_find(NULL, STR("x")));
	assert_null(yaml_find(title, STR("x")));
	assert_said(&d, "");
	desk_close(&d);
}

static void mistakes_have_a_place_and_a_hint(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "a: 1\nb:\n\tc: 2\n",
		  "a.yaml:3:1 yaml-syntax found character that cannot start any token (indent with "
		  "spaces: a tab stands here)\n" },
		{ "a: b: c\n",
		  "a.yaml:1:5 yaml-syntax mapping values are not allowed in this context (put the "
		  "value in quotes: it holds a colon and a space)\n" },
		{ "a: 1\na: 2\n", "a.yaml:2:1 yaml-duplicate a (it stands in line 1 already)\n" },
		{ "a: \"open\nb: 1\n",
		  "a.yaml:1:4 yaml-syntax found unexpected end of stream (a quotation mark is not "
		  "closed)\n" },
		{ "a:\n- [1, 2\n",
		  "a.yaml:2:3 yaml-syntax did not find expected ',' or ']' (a bracket is not "
		  "closed, or a comma is missing)\n" },
		{ "ó:x\nb: 1\n",
		  "a.yaml:1:2 yaml-syntax mapping values are not allowed in this context (write "
		  "key: value, with a space after the colon)\n" },
		{ "a: &x 1\nb: *x\n", "a.yaml:2:4 yaml-syntax aliases (*name) are not used here "
				      "(write the value out; put "
				      "it in quotes if it begins with *)\n" },
		{ "a: 1\n---\nb: 2\n", "a.yaml:2:1 yaml-syntax a second document (only one "
				       "document stands in a file)\n" },
		{ "[a, b]: 1\n", "a.yaml:1:1 yaml-syntax a key must be a text (put the value in "
				 "quotes if it begins "
				 "with a bracket)\n" },
		{ "a: [1, 2\nb: 3\n", "a.yaml:2:2 yaml-syntax did not find expected ',' or ']' (a "
				      "bracket is not closed, "
				      "or a comma is missing)\n" },
		{ "a: @x\n", "a.yaml:1:4 yaml-syntax found character that cannot start any token "
			     "(put the value "
			     "in quotes)\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk d = desk_open();
		parse(&d, cases[i].text);
		assert_said(&d, cases[i].said);
		desk_close(&d);
	}
}

static void escapes_bring_in_no_control_characters(void **state)
{
	(void)state;
	static const char hint[] = "leave the escape out; a line break may be one too many";
	static const struct {
		const char *text, *place, *character;
	} cases[] = {
		{ "a: \"\\0\"\n", "a.yaml:1:4", "U+0000" },
		{ "a:\n  - b\n  - \"x\\x9bc\"\n", "a.yaml:3:5", "U+009B" },
		{ "a: [b, \"\\e[31m\\a\"]\n", "a.yaml:1:8", "U+001B" },
		{ "a: \"b\\rc\"\n", "a.yaml:1:4", "U+000D" },
		{ "a: \"b\\Nc\"\n", "a.yaml:1:4", "U+0085" },
		{ "a: \"\\u007F\"\n", "a.yaml:1:4", "U+007F" },
		{ "a: \"\\U00000001\"\n", "a.yaml:1:4", "U+0001" },
		{ "x: 1\n\"\\0a\": 2\n", "a.yaml:2:1", "U+0000" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk d = desk_open();
		parse(&d, cases[i].text);
		char said[256];
		snprintf(said, sizeof said, "%s control-character %s (%s)\n", cases[i].place,
			 cases[i].character, hint);
		assert_said(&d, said);
		desk_close(&d);
	}
	struct desk d = desk_open();
	const struct yaml *t = parse(&d, "a: \"\\0z\\x9bo\\ny\\t\\u0142\"\n");
	assert_str(yaml_find(t, STR("a"))->text, " z o\ny\tł");
	desk_close(&d);
}

static void nothing_is_an_empty_table(void **state)
{
	(void)state;
	static const char *const texts[] = { "", "\n", "# only a comment\n", "---\n", "~\n" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct desk d = desk_open();
		const struct yaml *t = parse(&d, texts[i]);
		assert_non_null(t);
		assert_int_equal(t->kind, YAML_TABLE);
		assert_int_equal(t->count, 0);
		desk_close(&d);
	}
}

static struct str repeated(struct desk *d, const char *piece, size_t times)
{
	struct buf b;
	buf_init(&b, SETTINGS_MAX);
	for (size_t i = 0; i < times; i++)
		buf_put_c(&b, piece);
	struct str s = str_copy(d->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static void depth_is_bounded(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct str inner = str_format(d.arena, "a: %.*sx%.*s\n", STR_ARG(repeated(&d, "[", 31)),
				      STR_ARG(repeated(&d, "]", 31)));
	assert_non_null(yaml_read(&d.reader, STR("a.yaml"), inner, 1));
	assert_int_equal(diags_count(d.diags), 0);
	struct str deep = str_format(d.arena, "a: %.*s\n", STR_ARG(repeated(&d, "[", 5000)));
	assert_null(yaml_read(&d.reader, STR("a.yaml"), deep, 1));
	assert_has(&d, DIAG_YAML_DEPTH, 1, 35);
	desk_close(&d);
}

/* Four megabytes of what is hard for parsers take seconds at most. */
static void hostile_texts_end_soon(void **state)
{
	(void)state;
	static const char *const pieces[] = { "[",     "{",    "- ",  "? ",  "a: ", "\"",
					      "{a: ",  "- - ", "&a ", "*a ", "!",   "a\n",
					      "- a\n", "'",    "|\n", "#" };
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct desk d = desk_open();
		struct str text = repeated(&d, pieces[i], 200000 / strlen(pieces[i]));
		time_t start = time(NULL);
		yaml_read(&d.reader, STR("a.yaml"), text, 1);
		assert_true(time(NULL) - start < 20);
		desk_close(&d);
	}
}

static void values_have_types(void **state)
{
	(void)state;
	struct desk d = desk_open();
	const struct yaml *t =
		parse(&d, "text: [1]\nint: x\nbool: maybe\nlength: 3km\n"
			  "choice: rde\nrange: 500\ntable: a\nlist: a\ntexts: {a: b}\n");
	static const struct str colours[] = { STR_INIT("red"), STR_INIT("green") };
	struct str s = STR("kept");
	int n = 7;
	bool b = true;
	size_t count = 9;
	assert_false(keys_text(&d.reader, t, "text", &s));
	assert_false(keys_int(&d.reader, t, "int", 0, 9, &n));
	assert_false(keys_bool(&d.reader, t, "bool", &b));
	assert_false(keys_length(&d.reader, t, "length", &n));
	assert_false(keys_choice(&d.reader, t, "choice", colours, 2, &n));
	assert_false(keys_int(&d.reader, t, "range", 0, 99, &n));
	assert_null(keys_table(&d.reader, t, "table"));
	assert_null(keys_list(&d.reader, t, "list"));
	assert_null(keys_texts(&d.reader, t, "texts", &count));
	assert_int_equal(count, 0);
	assert_str(s, "kept");
	assert_int_equal(n, 7);
	assert_true(b);
	assert_said(
		&d,
		"a.yaml:1:7 value-type text: a text was expected, this is a list (write text: one "
		"text, without brackets)\n"
		"a.yaml:2:6 value-type int: a whole number was expected, this is \"x\" (from 0 to "
		"9)\n"
		"a.yaml:3:7 value-type bool: true or false was expected, this is \"maybe\" (write "
		"bool: true, or false)\n"
		"a.yaml:4:9 value-type length: a length was expected, this is \"3km\" (write "
		"12pt, 3mm, 1.5cm or 1in)\n"
		"a.yaml:5:9 value-invalid choice: rde (did you mean red?)\n"
		"a.yaml:6:8 value-invalid range: 500 (from 0 to 99)\n"
		"a.yaml:7:8 value-type table: a table of keys was expected, this is a text (write "
		"table: {name: value}, or such lines further in)\n"
		"a.yaml:8:7 value-type list: a list was expected, this is a text (write list: "
		"[one, "
		"two], or lines that begin with a hyphen)\n"
		"a.yaml:9:8 value-type texts: a list of texts was expected, this is a table of "
		"keys (write texts: [one, two])\n");
	desk_close(&d);
}

static void right_values_are_taken(void **state)
{
	(void)state;
	struct desk d = desk_open();
	const struct yaml *t = parse(&d, "int: -3\nyes: Yes\nno: off\nlength: 1in\nchoice: green\n"
					 "one: a\nmany: [a, 'b']\nempty:\n");
	static const struct str colours[] = { STR_INIT("red"), STR_INIT("green") };
	int n = 0, length = 0, choice = 0;
	bool yes = false, no = true;
	size_t one, many, none;
	struct str s = STR("default");
	assert_true(keys_int(&d.reader, t, "int", -9, 9, &n));
	assert_true(keys_bool(&d.reader, t, "yes", &yes));
	assert_true(keys_bool(&d.reader, t, "no", &no));
	assert_true(keys_length(&d.reader, t, "length", &length));
	assert_true(keys_choice(&d.reader, t, "choice", colours, 2, &choice));
	keys_texts(&d.reader, t, "one", &one);
	const struct str *list = keys_texts(&d.reader, t, "many", &many);
	assert_null(keys_texts(&d.reader, t, "none", &none));
	assert_false(keys_text(&d.reader, t, "empty", &s));
	assert_false(keys_text(&d.reader, NULL, "any", &s));
	assert_int_equal(n, -3);
	assert_true(yes && !no);
	assert_int_equal(length, 72000);
	assert_int_equal(choice, 1);
	assert_int_equal(one, 1);
	assert_int_equal(many, 2);
	assert_int_equal(none, 0);
	assert_str(list[1], "b");
	assert_str(s, "default");
	assert_said(&d, "");
	assert_false(keys_require(&d.reader, t, "empty"));
	assert_has(&d, DIAG_KEY_MISSING, 8, 1);
	assert_false(keys_require(&d.reader, t, "absent"));
	assert_has(&d, DIAG_KEY_MISSING, 1, 1);
	desk_close(&d);
}

static void unknown_keys_name_the_nearest(void **state)
{
	(void)state;
	static const struct str known[] = { STR_INIT("title"), STR_INIT("author") };
	struct desk d = desk_open();
	KEYS_KNOWN(&d.reader, parse(&d, "title: a\nautor: b\nzzzzzz: c\n"), known);
	assert_said(&d, "a.yaml:2:1 key-unknown autor (did you mean author?)\n"
			"a.yaml:3:1 key-unknown zzzzzz (known are: title, author)\n");
	desk_close(&d);
}

static void tables_merge_and_null_removes(void **state)
{
	(void)state;
	struct desk d = desk_open();
	const struct yaml *base = parse(&d, "a: {x: 1, y: 2}\nb: [1, 2]\nc: 3\n");
	const struct yaml *changes = parse(&d, "a: {y: 9, z: 8}\nb: [5]\nc: null\nd: 4\n");
	const struct yaml *m = yaml_merge(d.arena, base, changes);
	assert_int_equal(m->count, 3);
	assert_str(yaml_find(yaml_find(m, STR("a")), STR("x"))->text, "1");
	assert_str(yaml_find(yaml_find(m, STR("a")), STR("y"))->text, "9");
	assert_str(yaml_find(yaml_find(m, STR("a")), STR("z"))->text, "8");
	assert_int_equal(yaml_find(m, STR("b"))->count, 1);
	assert_null(yaml_find(m, STR("c")));
	assert_str(yaml_find(m, STR("d"))->text, "4");
	assert_str(yaml_find(yaml_find(base, STR("a")), STR("y"))->text, "2");
	assert_int_equal(yaml_find(base, STR("b"))->count, 2);
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tree_remembers_where_everything_stands),
		cmocka_unit_test(mistakes_have_a_place_and_a_hint),
		cmocka_unit_test(escapes_bring_in_no_control_characters),
		cmocka_unit_test(nothing_is_an_empty_table),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(hostile_texts_end_soon),
		cmocka_unit_test(values_have_types),
		cmocka_unit_test(right_values_are_taken),
		cmocka_unit_test(unknown_keys_name_the_nearest),
		cmocka_unit_test(tables_merge_and_null_removes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
