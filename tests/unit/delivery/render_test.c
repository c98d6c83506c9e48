#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "delivery/render.h"

#include <string.h>

static void stuffed(const char *in, const char *expected)
{
	struct buf out;
	const char *problem;
	buf_init(&out, 1 << 16);
	bool ok = dot_stuff(&out, str_from(in), &problem);
	if (expected) {
		assert_true(ok);
		assert_string_equal(buf_str(&out).ptr, expected);
	} else {
		assert_false(ok);
		assert_non_null(problem);
	}
	buf_release(&out);
}

static void dots_are_doubled(void **state)
{
	(void)state;
	stuffed("a\r\n.\r\n..b\r\n.c.\r\n", "a\r\n..\r\n...b\r\n..c.\r\n");
	stuffed("a.\r\nb\r\n", "a.\r\nb\r\n");
	stuffed("", "");
}

/* Anything but CRLF could end the message early for some server. */
static void smuggling_is_refused(void **state)
{
	static const char *const bad[] = { "a\n.\r\n", "a\r.\r\n",     "a\r\r\n", "a\n\r\n", "a",
					   "a\r",      "a\r\n.\n\r\n", "\n",      "\r" };
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		stuffed(bad[i], NULL);
	struct buf out;
	const char *problem;
	buf_init(&out, 1 << 16);
	assert_false(dot_stuff(&out, STR("a\0b\r\n"), &problem));
	char line[1001];
	memset(line, 'x', sizeof line);
	memcpy(line + 998, "\r\n", 2);
	assert_true(dot_stuff(&out, (struct str){ line, 1000 }, &problem));
	memcpy(line + 998, "x\r\n", 3);
	assert_false(dot_stuff(&out, (struct str){ line, 1001 }, &problem));
	buf_release(&out);
}

static void a_message_is_rendered(void **state)
{
	static const struct chunk chunks[] = {
		{ .literal = STR_INIT("To: ") },
		{ .is_hole = true, .hole = HOLE_ADDRESS, .encoding = HOLE_HEADER },
		{ .literal = STR_INIT("\r\n\r\n.hidden\r\n") },
		{ .is_hole = true, .hole = HOLE_NAME, .encoding = HOLE_TEXT_QP },
		{ .literal = STR_INIT("\r\n") },
	};
	static const struct message m = { .chunks = (struct chunk *)(uintptr_t)chunks,
					  .chunk_count = sizeof chunks / sizeof *chunks };
	struct hole_values v = { .value = { [HOLE_ADDRESS] = STR_INIT("a@x.org"),
					    [HOLE_NAME] = STR_INIT("Zo\r\n.\r\nfia") } };
	(void)state;
	struct renderer r;
	struct buf wire;
	bool eight_bit;
	const char *problem;
	struct arena *a = arena_open();
	struct form *f = form_make(a, &m);
	renderer_init(&r, NULL);
	buf_init(&wire, 1 << 16);
	assert_true(render(&r, f, &v, 0, &wire, &eight_bit, &problem));
	assert_false(eight_bit);
	struct str text = buf_str(&wire);
	assert_true(str_starts(text, STR("To: a@x.org\r\n\r\n..hidden\r\n")));
	assert_int_equal(str_find(text, STR("\r\n.\r\n"), 0), text.len);
	buf_release(&wire);
	renderer_release(&r);
	form_release(f);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dots_are_doubled),
		cmocka_unit_test(smuggling_is_refused),
		cmocka_unit_test(a_message_is_rendered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
