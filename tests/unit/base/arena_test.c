#include "test.h"

static void objects_are_zeroed_apart_and_aligned(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	uint64_t seed = 3;
	unsigned char *objects[2000];
	size_t sizes[2000];
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 2000; i++) {
			sizes[i] = random_next(&seed) % (i % 100 == 0 ? 100000 : 300);
			objects[i] = arena_alloc(a, sizes[i]);
			assert_int_equal((uintptr_t)objects[i] % 16, 0);
			for (size_t b = 0; b < sizes[i]; b++)
				assert_int_equal(objects[i][b], 0);
			memset(objects[i], (int)(i & 0xFF), sizes[i]);
		}
		for (size_t i = 0; i < 2000; i++)
			for (size_t b = 0; b < sizes[i]; b++)
				assert_int_equal(objects[i][b], i & 0xFF);
		arena_reset(a);
		assert_int_equal(arena_used(a), 0);
	}
	arena_close(a);
}

static void a_vector_grows(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	int *items = NULL;
	size_t count = 0, capacity = 0;
	for (int i = 0; i < 1000; i++)
		PUSH(a, items, count, capacity, i);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_are_zeroed_apart_and_aligned),
		cmocka_unit_test(a_vector_grows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
