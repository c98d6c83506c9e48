/* Spine and creep against figures worked out by hand. */
#include "test.h"

#include "model/production.h"

static const struct place told = { STR_INIT("layout.yaml"), 3, 5 };

static void a_spine_is_its_leaves_and_glue(void **state)
{
	(void)state;
	struct production p = production_usual();
	p.binding = BINDING_PERFECT;
	p.paper.caliper = 90 * 1250; /* 90 g/m², 1.25 cm³/g: 112.5 µm */
	/* 16 leaves of 112.5 µm are 1.8 mm, 5.102 pt; 1 mm of glue, 2.835 pt */
	assert_int_equal(production_spine(&p, 32), 5102 + 2835);
	p.paper.caliper = 80 * 1300;
	p.glue = 0;
	/* 80 leaves of 104 µm are 8.32 mm */
	assert_int_equal(production_spine(&p, 160), 23584);
	assert_int_equal(production_spine(&p, 0), 0);
	p.spine = 12345;
	p.spine_place = told;
	assert_int_equal(production_spine(&p, 160), 12345);
	p.binding = BINDING_SADDLE;
	assert_int_equal(production_spine(&p, 160), 0);
}

static void creep_grows_by_a_leaf_a_sheet(void **state)
{
	(void)state;
	struct production p = production_usual();
	p.paper.caliper = 112500;
	assert_int_equal(production_push_out(&p, 0, 8), 0);
	assert_int_equal(production_push_out(&p, 1, 8), 319); /* 112.5 µm: 0.3189 pt */
	assert_int_equal(production_push_out(&p, 7, 8), 2232); /* 787.5 µm: 2.2323 pt */
	/* Within a cover of 180 µm, 0.5102 pt. */
	p.cover_apart = true;
	p.cover_paper.caliper = 180000;
	assert_int_equal(production_push_out(&p, 0, 8), 510);
	assert_int_equal(production_push_out(&p, 7, 8), 2743); /* 967.5 µm */
	p.cover_paper.caliper = 0; /* then it is of the same paper */
	assert_int_equal(production_push_out(&p, 0, 8), 319);
}

static void a_printers_creep_counts(void **state)
{
	(void)state;
	struct production p = production_usual();
	p.paper.caliper = 112500;
	p.creep = 2800;
	p.creep_place = told;
	assert_int_equal(production_push_out(&p, 0, 8), 0);
	assert_int_equal(production_push_out(&p, 2, 8), 800);
	assert_int_equal(production_push_out(&p, 7, 8), 2800);
	assert_int_equal(production_push_out(&p, 0, 1), 0);
}

static void only_what_was_told_is_laid_over(void **state)
{
	(void)state;
	struct production below = production_usual();
	below.cover_apart = true;
	below.cover_place = told;
	below.paper = (struct paper){ 90, 112500, told };
	struct production above = { .binding = BINDING_PERFECT, .glue = 7 };
	above.binding_place = told;
	above.cover_paper = (struct paper){ 250, 225000, told };
	production_lay_over(&below, &above);
	assert_int_equal(below.binding, BINDING_PERFECT);
	assert_true(below.cover_apart);
	assert_int_equal(below.paper.caliper, 112500);
	assert_int_equal(below.cover_paper.weight, 250);
	assert_int_equal(below.glue, 2835);
	above.cover_place = told; /* cover: self */
	production_lay_over(&below, &above);
	assert_false(below.cover_apart);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_spine_is_its_leaves_and_glue),
		cmocka_unit_test(creep_grows_by_a_leaf_a_sheet),
		cmocka_unit_test(a_printers_creep_counts),
		cmocka_unit_test(only_what_was_told_is_laid_over),
	};
	return cmocka_run_group_tests_name("production", tests, NULL, NULL);
}
