/* How far letters reach, by height. */
#include "type/sample.h"

enum { CAPS = 7140 }; /* of Noto Serif at 10 pt */

static int reach(struct sample *s, const char *letter, int bottom, int top)
{
	struct span span = sample_span(s, str_from(letter), "pl");
	struct line l = line_set(s->type, s->arena, &span, 1, s->diags);
	return line_ink_right(s->type, &l, bottom, top);
}

static int width(struct sample *s, const char *letter)
{
	struct span span = sample_span(s, str_from(letter), "pl");
	return line_set(s->type, s->arena, &span, 1, s->diags).width;
}

static void ink_follows_the_shape(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	assert_true(reach(s, "A", 0, 1000) > reach(s, "A", 6000, CAPS) + 1500);
	assert_true(reach(s, "L", 0, 1000) > reach(s, "L", 5000, CAPS) + 1500);
	assert_true(reach(s, "V", 6000, CAPS) > reach(s, "V", 0, 1000) + 1500);
	assert_true(reach(s, "T", 6000, CAPS) > reach(s, "T", 1000, 4000) + 1500);
	/* upright sides are straight */
	assert_in_range(reach(s, "H", 0, 1000), reach(s, "H", 6000, CAPS) - 100,
			reach(s, "H", 6000, CAPS) + 100);
	sample_close(s);
}

static void ink_ends_within_the_box_of_an_upright_letter(void **state)
{
	(void)state;
	static const char *const letters[] = { "A", "D", "H", "O", "S", "W", "Ś", "Ł" };
	struct sample *s = sample_open();
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		int ink = reach(s, letters[i], -3000, 12000), box = width(s, letters[i]);
		assert_in_range(ink, box - 1200, box + 300);
	}
	sample_close(s);
}

static void nothing_reaches_where_there_is_no_ink(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	assert_int_equal(reach(s, "a", 9000, 12000), 0);
	assert_int_equal(reach(s, " ", 0, CAPS), 0);
	assert_true(reach(s, "ai", 0, CAPS) > reach(s, "a", 0, CAPS));
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ink_follows_the_shape),
		cmocka_unit_test(ink_ends_within_the_box_of_an_upright_letter),
		cmocka_unit_test(nothing_reaches_where_there_is_no_ink),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
