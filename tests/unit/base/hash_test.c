#include "test.h"

#include "base/hash.h"

/* Vectors of the algorithm's own page (Landon Curt Noll, "FNV Hash", test suite). */
static void known_answers(void **state)
{
	(void)state;
	assert_true(hash_of(STR("")) == UINT64_C(0xCBF29CE484222325));
	assert_true(hash_of(STR("a")) == UINT64_C(0xAF63DC4C8601EC8C));
	assert_true(hash_of(STR("foobar")) == UINT64_C(0x85944171F73967E8));
}

static void pieces_give_the_whole(void **state)
{
	(void)state;
	assert_true(hash_more(hash_of(STR("foo")), STR("bar")) == hash_of(STR("foobar")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_answers),
		cmocka_unit_test(pieces_give_the_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
