/* condition: a profile made for another way of printing than the layout names is told. */
#include "pdf/condition.h"
#include "pdf/sample.h"
#include "test.h"

static void profiles_say_what_they_were_made_for(void **state)
{
	(void)state;
	static const struct {
		const char *description, *measurements, *condition;
	} profiles[] = {
		{ "ISO Coated v2 300% (basICColor)", "", "FOGRA39" },
		{ "Coated FOGRA39L VIGC 260", "", "FOGRA39" },
		{ "PSO Coated v3", "", "FOGRA51" },
		{ "PSOcoated_v3", "", "FOGRA51" },
		{ "PSO Uncoated v3 (FOGRA52)", "", "FOGRA52" },
		{ "PSO Uncoated ISO12647 (ECI)", "", "FOGRA47" },
		{ "ISO Uncoated Yellowish", "", "FOGRA30" },
		{ "ISO Uncoated", "", "FOGRA29" },
		{ "WAN-IFRAnewspaper26v5", "", "IFRA26" },
		{ "U.S. Web Coated (SWOP) v2", "", "CGATS TR 001" },
		{ "GRACoL2006_Coated1v2", "", "CGATS TR 006" },
		{ "Druk 2026", "ISO28178\nORIGINATOR \"Fogra\"\nDESCRIPTOR \"FOGRA51L\"\n",
		  "FOGRA51" },
		{ "Druk 2026", "ORIGINATOR \"Fogra, www.fogra.org\"\n", "" },
		{ "Druk FOGRA", "", "" },
		{ "Druk FOGRA5", "", "" },
		{ "", "", "" },
	};
	struct arena *a = arena_open();
	for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
		assert_str(condition_of(a, str_from(profiles[i].description),
					str_from(profiles[i].measurements)),
			   profiles[i].condition);
	arena_close(a);
}

static void another_condition_is_told_at_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *condition;
		bool told;
	} layouts[] = {
		{ "FOGRA39", false },   { "FOGRA39L", false }, { "fogra 39", false },
		{ "FOGRA51", true },    { "FOGRA52L", true },  { "CGATS TR 001", true },
		{ "JC200103", true },   { "IFRA26", true },    { "", false },
		{ "Druk 2026", false }, /* the printer's own */
	};
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct sample *s = sample_open(EDITION_PRINT);
		sample_page(s);
		s->layout.output_condition = str_from(layouts[i].condition);
		s->layout.condition_place = (struct place){ STR("layouts/x/layout.yaml"), 7, 3 };
		sample_write(s);
		assert_int_equal(diags_count(s->diags), layouts[i].told);
		if (layouts[i].told) {
			const struct diag *d = diags_at(s->diags, 0);
			assert_int_equal(d->code, DIAG_PROFILE_CONDITION);
			assert_int_equal(d->place.line, 7);
			assert_true(str_find(d->detail, STR("is made for FOGRA39"), 0) <
				    d->detail.len);
			assert_true(str_starts(d->hint, STR("write condition: FOGRA39")));
		}
		sample_close(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(profiles_say_what_they_were_made_for),
		cmocka_unit_test(another_condition_is_told_at_its_place),
	};
	return cmocka_run_group_tests_name("condition", tests, NULL, NULL);
}
