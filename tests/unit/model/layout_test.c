#include "test.h"

#include "model/layout.h"

static struct grid a4(void)
{
	return (struct grid){ .width = unit_from_um(210000),
			      .height = unit_from_um(297000),
			      .inner = unit_from_um(18000),
			      .outer = unit_from_um(14000),
			      .top = unit_from_um(18000),
			      .bottom = unit_from_um(20000),
			      .units = 12,
			      .gutter = unit_from_um(4000),
			      .baseline = 13500 };
}

static void units_fill_the_text_area_exactly(void **state)
{
	(void)state;
	struct grid g = a4();
	assert_int_equal(grid_unit_x(&g, 1), g.inner);
	assert_int_equal(g.inner + grid_units_width(&g, 1, 12), g.width - g.outer);
	for (int u = 1; u < 12; u++)
		assert_int_equal(grid_unit_x(&g, u) + grid_units_width(&g, u, u) + g.gutter,
				 grid_unit_x(&g, u + 1));
	for (int u = 1; u < 12; u++)
		assert_int_equal(grid_units_width(&g, 1, u) + g.gutter +
					 grid_units_width(&g, u + 1, 12),
				 grid_units_width(&g, 1, 12));
}

static void contrast_is_wcags(void **state)
{
	(void)state;
	struct colour white = { .rgb = { 255, 255, 255 } }, grey = { .rgb = { 0x76, 0x76, 0x76 } },
		      black = { .rgb = { 0, 0, 0 } };
	assert_int_equal(colour_contrast(&white, &black), 2100);
	assert_int_equal(colour_contrast(&black, &white), 2100);
	assert_int_equal(colour_contrast(&grey, &white), 454);
}

static void the_nearest_face_is_chosen(void **state)
{
	(void)state;
	struct face regular = { .weight = 400 }, bold = { .weight = 700 },
		    italic = { .weight = 400, .italic = true };
	struct face *faces[] = { &regular, &bold, &italic };
	struct family f = { .faces = faces, .face_count = 3 };
	assert_ptr_equal(family_face(&f, 400, false), &regular);
	assert_ptr_equal(family_face(&f, 900, false), &bold);
	assert_ptr_equal(family_face(&f, 700, true), &italic);
	assert_ptr_equal(family_face(&f, 550, false), &bold);
	f.face_count = 0;
	assert_null(family_face(&f, 400, false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units_fill_the_text_area_exactly),
		cmocka_unit_test(contrast_is_wcags),
		cmocka_unit_test(the_nearest_face_is_chosen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
