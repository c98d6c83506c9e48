#include "test.h"

#include "base/str.h"

static void slices_compare_and_cut(void **state)
{
	(void)state;
	assert_true(str_equal(STR("żółw"), STR("żółw")));
	assert_false(str_equal(STR("a"), STR("ab")));
	assert_true(str_equal((struct str){ NULL, 0 }, STR("")));
	assert_true(str_compare(STR("a"), STR("ab")) < 0);
	assert_true(str_equal_nocase(STR("Wp.PL"), STR("wp.pl")));
	struct str rest = STR("a,,b"), piece;
	assert_true(str_cut(&rest, ',', &piece));
	assert_str(piece, "a");
	assert_true(str_cut(&rest, ',', &piece));
	assert_int_equal(piece.len, 0);
	assert_true(str_cut(&rest, ',', &piece));
	assert_str(piece, "b");
	assert_false(str_cut(&rest, ',', &piece));
}

static void find_agrees_with_a_plain_search(void **state)
{
	(void)state;
	uint64_t seed = 1;
	for (int round = 0; round < 5000; round++) {
		char text[24], needle[4];
		size_t text_len = random_next(&seed) % sizeof text;
		size_t needle_len = 1 + random_next(&seed) % (sizeof needle - 1);
		for (size_t i = 0; i < text_len; i++)
			text[i] = (char)('a' + random_next(&seed) % 2);
		for (size_t i = 0; i < needle_len; i++)
			needle[i] = (char)('a' + random_next(&seed) % 2);
		size_t expected = text_len;
		for (size_t i = 0; i + needle_len <= text_len && expected == text_len; i++)
			if (memcmp(text + i, needle, needle_len) == 0)
				expected = i;
		struct str t = { text, text_len }, n = { needle, needle_len };
		assert_int_equal(str_find(t, n, 0), expected);
	}
}

static void numbers_are_whole_and_bounded(void **state)
{
	(void)state;
	int64_t v = 7;
	assert_true(str_to_int(STR("-42"), &v));
	assert_int_equal(v, -42);
	assert_true(str_to_int(STR("9223372036854775807"), &v));
	assert_false(str_to_int(STR("9223372036854775808"), &v));
	assert_false(str_to_int(STR(""), &v));
	assert_false(str_to_int(STR("-"), &v));
	assert_false(str_to_int(STR("12a"), &v));
}

static void distance_counts_edits(void **state)
{
	(void)state;
	assert_int_equal(str_distance(STR("kitten"), STR("sitting")), 3);
	assert_int_equal(str_distance(STR(""), STR("abc")), 3);
	assert_int_equal(str_distance(STR("autor"), STR("author")), 1);
}

static void buffers_stop_at_their_ceiling(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 10);
	buf_put_c(&b, "12345");
	buf_put_c(&b, "67890");
	assert_false(b.overflowed);
	buf_put_byte(&b, 'x');
	assert_true(b.overflowed);
	assert_str(buf_str(&b), "1234567890");
	buf_clear(&b);
	buf_format(&b, "%d%s", 12, "ab");
	assert_str(buf_str(&b), "12ab");
	buf_release(&b);
}

static void long_formats_arrive_whole(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 10000);
	buf_format(&b, "%0500d|", 7);
	assert_int_equal(b.len, 501);
	assert_int_equal(b.ptr[500], '|');
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_compare_and_cut),
		cmocka_unit_test(find_agrees_with_a_plain_search),
		cmocka_unit_test(numbers_are_whole_and_bounded),
		cmocka_unit_test(distance_counts_edits),
		cmocka_unit_test(buffers_stop_at_their_ceiling),
		cmocka_unit_test(long_formats_arrive_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
