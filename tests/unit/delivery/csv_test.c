/* Rows as spreadsheets write them, and as enemies do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "delivery/csv.h"

#include <string.h>

/* All rows as "[a|b]", bad ones as "!line:column problem!". */
static struct str read_all(struct arena *a, struct str text)
{
	struct csv *c = NEW(a, struct csv);
	struct buf out;
	buf_init(&out, 1 << 20);
	csv_start(c, text);
	for (enum csv_answer answer; (answer = csv_next(c, a)) != CSV_END;) {
		if (answer == CSV_BAD) {
			buf_format(&out, "!%d:%d %s!", c->problem_line, c->problem_column,
				   c->problem);
			continue;
		}
		buf_put_c(&out, "[");
		for (size_t i = 0; i < c->count; i++)
			buf_format(&out, "%s%.*s", i ? "|" : "", STR_ARG(c->field[i].value));
		buf_put_c(&out, "]");
	}
	struct str all = str_copy(a, buf_str(&out));
	buf_release(&out);
	return all;
}

static void reads(const char *text, const char *expected)
{
	struct arena *a = arena_open();
	struct str got = read_all(a, str_from(text));
	assert_string_equal(got.ptr, expected);
	arena_close(a);
}

static void plain_rows(void **state)
{
	(void)state;
	reads("email,name\na@x,Anna\r\nb@x,Jan", "[email|name][a@x|Anna][b@x|Jan]");
	reads("\xEF\xBB\xBF"
	      "email;name\r\na@x;Anna\r\n",
	      "[email|name][a@x|Anna]");
	reads("email\tname\na@x\tAnna, z Kielc\n", "[email|name][a@x|Anna, z Kielc]");
	reads("sep=;\r\nemail,x;name\r\n", "[email,x|name]");
	reads("one\rtwo\r", "[one][two]");
	reads("\n\r\n\na,b\n\n\nc,d\n", "[a|b][c|d]");
	reads("a,,\n,,b\n", "[a||][||b]");
	reads("", "");
	reads("\xEF\xBB\xBF", "");
}

static void quoted_fields(void **state)
{
	(void)state;
	reads("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", "[a|b][x,y|say \"hi\"]");
	reads("a,b\n\"line\r\nbreak\",z\n", "[a|b][line\r\nbreak|z]");
	reads("\"a;b\";c\n", "[a;b|c]");
	reads("a,b\n\"\",\"\"\n", "[a|b][|]");
}

static void mistakes_cost_their_row_alone(void **state)
{
	(void)state;
	reads("a,b\nx,\"open\ny,z\n", "[a|b]!2:3 quote is not closed![y|z]");
	reads("a,b\nx,mid\"dle\ny,z\n", "[a|b]!2:6 quote inside an unquoted field![y|z]");
	reads("a,b\n\"x\"y,1\nz,2\n", "[a|b]!2:4 text after the closing quote![z|2]");
	reads("a,b\nx,\"open\ny,z\nu,\"v\"\n", "[a|b]!2:3 quote is not closed![y|z][u|v]");
	reads("a,b\nx,\xB1\nz,2\n", "[a|b]!2:3 not UTF-8![z|2]");
	reads("ą,b\nąę,\"c\nz,2\n", "[ą|b]!2:4 quote is not closed![z|2]");
}

static void nul_bytes_are_refused(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct str got = read_all(a, STR("a,b\nx,\0y\nz,2\n"));
	assert_string_equal(got.ptr, "[a|b]!2:3 NUL byte![z|2]");
	arena_close(a);
}

static void lines_are_counted_through_fields(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct csv *c = NEW(a, struct csv);
	csv_start(c, STR("a,b\n\"1\n2\n3\",x\ny,z\n"));
	assert_int_equal(csv_next(c, a), CSV_ROW);
	assert_int_equal(csv_next(c, a), CSV_ROW);
	assert_int_equal(c->field[0].line, 2);
	assert_int_equal(c->field[1].line, 4);
	assert_int_equal(c->field[1].column, 4);
	assert_int_equal(csv_next(c, a), CSV_ROW);
	assert_int_equal(c->field[0].line, 5);
	arena_close(a);
}

static void long_fields_are_refused(void **state)
{
	(void)state;
	enum { LENGTH = 10 << 20 };
	struct arena *a = arena_open();
	struct csv *c = NEW(a, struct csv);
	struct buf text;
	buf_init(&text, LENGTH + 100);
	for (int quoted = 0; quoted < 2; quoted++) {
		buf_clear(&text);
		buf_put_c(&text, quoted ? "a,b\n\"" : "a,b\n");
		for (int i = 0; i < LENGTH; i++)
			buf_put_byte(&text, i % 50 == 49 && quoted ? '\n' : 'x');
		buf_put_c(&text, quoted ? "\",1\nz,2\n" : ",1\nz,2\n");
		csv_start(c, buf_str(&text));
		assert_int_equal(csv_next(c, a), CSV_ROW);
		assert_int_equal(csv_next(c, a), CSV_BAD);
		assert_string_equal(c->problem, "field is too long");
		assert_int_equal(c->problem_line, 2);
		assert_int_equal(csv_next(c, a), CSV_ROW);
		assert_string_equal(str_c(a, c->field[0].value), "z");
		assert_int_equal(csv_next(c, a), CSV_END);
	}
	buf_release(&text);
	arena_close(a);
}

static void too_many_fields_are_refused(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct csv *c = NEW(a, struct csv);
	struct buf text;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 1000; i++)
		buf_put_c(&text, "x,");
	buf_put_c(&text, "\ny\n");
	csv_start(c, buf_str(&text));
	assert_int_equal(csv_next(c, a), CSV_BAD);
	assert_int_equal(csv_next(c, a), CSV_ROW);
	assert_int_equal(c->count, 1);
	buf_release(&text);
	arena_close(a);
}

/* What csv_put_harmless writes, csv_next and csv_harmless_original give back. */
static void harmless_cells_come_back(void **state)
{
	(void)state;
	static const struct str cells[] = {
		STR_INIT("=HYPERLINK(\"http://x\")"),
		STR_INIT("+48 600"),
		STR_INIT("-1"),
		STR_INIT("@SUM(A1)"),
		STR_INIT("'=1"),
		STR_INIT("''+1"),
		STR_INIT("'quoted'"),
		STR_INIT("O'Hara"),
		STR_INIT(""),
		STR_INIT("a;b"),
		STR_INIT(" edge "),
		STR_INIT("'"),
		STR_INIT("say \"hi\", they"),
		STR_INIT("\tx"),
	};
	struct arena *a = arena_open();
	struct csv *c = NEW(a, struct csv);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct buf out;
		buf_init(&out, 1 << 16);
		buf_put_c(&out, "x,");
		csv_put_harmless(&out, cells[i]);
		buf_put_c(&out, "\r\n");
		csv_start(c, buf_str(&out));
		c->separator = ',';
		assert_int_equal(csv_next(c, a), CSV_ROW);
		assert_int_equal(c->count, 2);
		struct str stored = c->field[1].value;
		if (stored.len)
			assert_null(strchr("=+-@\t", stored.ptr[0]));
		assert_true(str_equal(csv_harmless_original(stored), cells[i]));
		buf_release(&out);
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_rows),
		cmocka_unit_test(quoted_fields),
		cmocka_unit_test(mistakes_cost_their_row_alone),
		cmocka_unit_test(nul_bytes_are_refused),
		cmocka_unit_test(lines_are_counted_through_fields),
		cmocka_unit_test(long_fields_are_refused),
		cmocka_unit_test(too_many_fields_are_refused),
		cmocka_unit_test(harmless_cells_come_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
