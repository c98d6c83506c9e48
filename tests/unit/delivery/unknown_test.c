/* When refusals that say "nobody lives there" are doubted, from both sides of each limit. */
#include "fixture.h"

#include "delivery/unknown.h"

static void refuse(struct unknowns *u, int domain)
{
	char name[32];
	snprintf(name, sizeof name, "d%d.example", domain);
	const struct mark m = { .id = u->answers };
	while (unknowns_next(u, false))
		;
	unknowns_hold(u, &m, "550 5.1.1 no such user", str_from(name));
}

static void a_row_of_refusals_is_doubted(void **state)
{
	(void)state;
	struct unknowns u = { 0 };
	for (int i = 0; i < 100; i++)
		unknowns_note_taken(&u);
	for (int i = 0; i < DOUBT_IN_A_ROW - 1; i++)
		refuse(&u, i);
	assert_false(unknowns_are_doubtful(&u, false));
	refuse(&u, 99);
	assert_true(unknowns_are_doubtful(&u, false));
	assert_int_equal(u.count, DOUBT_IN_A_ROW);
	unknowns_note_taken(&u);
	assert_false(unknowns_are_doubtful(&u, false));
}

static void most_of_the_first_are_doubted(void **state)
{
	(void)state;
	struct unknowns u = { 0 };
	for (int i = 0; i < DOUBT_ANSWERS / 2; i++) {
		refuse(&u, i);
		unknowns_note_taken(&u);
	}
	assert_false(unknowns_are_doubtful(&u, true)); /* half */
	refuse(&u, 99);
	assert_true(unknowns_are_doubtful(&u, false));
}

static void a_domain_that_is_gone_is_believed(void **state)
{
	(void)state;
	struct unknowns u = { 0 };
	for (int i = 0; i < ANSWERS_LOOKED_AT - 1; i++)
		refuse(&u, i % (DOUBT_DOMAINS - 1));
	assert_false(unknowns_are_doubtful(&u, true));
	refuse(&u, 0);
	assert_true(
		unknowns_are_doubtful(&u, false)); /* as many as are looked at, and nothing else */
}

static void a_short_list_of_nobody_is_doubted_at_its_end(void **state)
{
	(void)state;
	struct unknowns u = { 0 };
	for (int i = 0; i < DOUBT_OF_ALL - 1; i++)
		refuse(&u, i);
	assert_false(unknowns_are_doubtful(&u, true));
	refuse(&u, 99);
	assert_false(unknowns_are_doubtful(&u, false));
	assert_true(unknowns_are_doubtful(&u, true));
}

/* A hundred thousand, of whom so many in a hundred are dead. */
static void old_lists_are_believed(void **state)
{
	(void)state;
	for (unsigned dead = 8; dead <= 15; dead += 7) {
		struct unknowns u = { 0 };
		uint64_t seed = 20260317;
		int64_t believed = 0, refused = 0;
		for (int i = 0; i < 100000; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			while (unknowns_next(&u, false))
				believed++;
			if ((seed >> 33) % 100 < dead) {
				refuse(&u, i % 500);
				refused++;
			} else {
				unknowns_note_taken(&u);
			}
			assert_false(unknowns_are_doubtful(&u, false));
		}
		while (unknowns_next(&u, true))
			believed++;
		assert_true(refused > 1000 * (int)dead - 500);
		assert_int_equal(believed, refused);
	}
}

/* Each is handed out once, the oldest first, and not before so many answers came. */
static void refusals_are_held_for_as_long_as_they_are_looked_at(void **state)
{
	(void)state;
	struct unknowns u = { 0 };
	refuse(&u, 1);
	refuse(&u, 2);
	for (int i = 0; i < ANSWERS_LOOKED_AT - 3; i++)
		unknowns_note_taken(&u);
	assert_null(unknowns_next(&u, false));
	unknowns_note_taken(&u);
	assert_int_equal(unknowns_next(&u, false)->mark.id, 0);
	assert_null(unknowns_next(&u, false));
	assert_int_equal(unknowns_next(&u, true)->mark.id, 1);
	assert_null(unknowns_next(&u, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_of_refusals_is_doubted),
		cmocka_unit_test(most_of_the_first_are_doubted),
		cmocka_unit_test(a_domain_that_is_gone_is_believed),
		cmocka_unit_test(a_short_list_of_nobody_is_doubted_at_its_end),
		cmocka_unit_test(old_lists_are_believed),
		cmocka_unit_test(refusals_are_held_for_as_long_as_they_are_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
