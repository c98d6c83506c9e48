/* However a text is cut into parts, and however much is taken at a time, it is the same. */
#include "base/arena.h"
#include "delivery/text.h"
#include "test.h"

#include <string.h>

enum { WINDOW = 16, ROUNDS = 2000, PARTS_MOST = 12 };

static const char whole[] =
	"To: anna@x.example\r\n\r\nZa\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87 g\xC4\x99\xC5\x9Bl\xC4\x85"
	" ja\xC5\xBA\xC5\x84, and a line that is longer than any window here.\r\n";

static unsigned next(unsigned *random)
{
	*random = *random * 1664525 + 1013904223;
	return *random >> 16;
}

static size_t cut(struct str *parts, unsigned *random)
{
	size_t count = 0, at = 0, len = sizeof whole - 1;
	while (count < PARTS_MOST - 1 && at < len) {
		size_t n = next(random) % (len / 3);
		parts[count] = str_sub((struct str){ whole, len }, at, n);
		at += parts[count++].len;
	}
	parts[count++] = str_sub((struct str){ whole, len }, at, len);
	return count;
}

static void any_cut_reads_as_the_whole(void **state)
{
	(void)state;
	unsigned random = 2026;
	for (int round = 0; round < ROUNDS; round++) {
		struct str parts[PARTS_MOST], bytes;
		char window[WINDOW], again[WINDOW];
		struct buf out, put;
		struct text t = text_of(parts, cut(parts, &random));
		struct text_at at = { 0 };
		buf_init(&out, 1 << 12);
		buf_init(&put, 1 << 12);
		while ((bytes = text_peek(&t, at, window, WINDOW)).len) {
			/* Never fewer than there is room for, but at the end. */
			assert_true(bytes.len == WINDOW || out.len + bytes.len == t.len);
			/* What was not taken is there again, the same. */
			struct str same = text_peek(&t, at, again, WINDOW);
			assert_int_equal(same.len, bytes.len);
			assert_memory_equal(same.ptr, bytes.ptr, bytes.len);
			assert_true(bytes.ptr == window ? same.ptr == again
							: same.ptr == bytes.ptr);
			size_t taken = next(&random) % (bytes.len + 1);
			buf_put(&out, str_sub(bytes, 0, taken));
			text_skip(&t, &at, taken);
		}
		text_put(&put, &t);
		assert_int_equal(t.len, sizeof whole - 1);
		assert_string_equal(buf_str(&out).ptr, whole);
		assert_string_equal(buf_str(&put).ptr, whole);
		buf_release(&out);
		buf_release(&put);
	}
}

static void nothing_is_a_text_too(void **state)
{
	(void)state;
	const struct str empty[] = { STR(""), STR("") };
	char window[WINDOW];
	for (size_t count = 0; count <= 2; count++) {
		struct text t = text_of(empty, count);
		struct text_at at = { 0 };
		assert_int_equal(t.len, 0);
		assert_int_equal(text_peek(&t, at, window, WINDOW).len, 0);
		text_skip(&t, &at, 0);
		assert_int_equal(text_peek(&t, at, window, WINDOW).len, 0);
	}
}

static void one_part_is_not_copied(void **state)
{
	(void)state;
	const struct str part = STR("a text longer than the window");
	struct text t = text_of(&part, 1);
	char window[WINDOW];
	assert_ptr_equal(text_peek(&t, (struct text_at){ 0 }, window, WINDOW).ptr, part.ptr);
	assert_ptr_equal(text_peek(&t, (struct text_at){ 0, 20 }, window, WINDOW).ptr,
			 part.ptr + 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_cut_reads_as_the_whole),
		cmocka_unit_test(nothing_is_a_text_too),
		cmocka_unit_test(one_part_is_not_copied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
