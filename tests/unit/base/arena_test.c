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

static void arenas_are_joined(void **state)
{
	(void)state;
	for (int empty = 0; empty < 4; empty++) {
		struct arena *to = arena_open(), *from = arena_open();
		unsigned char *kept[2][300];
		for (size_t i = 0; i < 300; i++)
			for (int k = 0; k < 2; k++) {
				size_t size = i % 50 == 0 ? 30000 : 500;
				bool none = empty & (k + 1);
				kept[k][i] = none ? NULL : arena_alloc(k ? from : to, size);
				if (kept[k][i])
					memset(kept[k][i], (int)(i & 0xFF), size);
			}
		size_t used = arena_used(to) + arena_used(from);
		arena_join(to, from);
		assert_int_equal(arena_used(to), used);
		for (int i = 0; i < 300; i++)
			memset(arena_alloc(to, 500), 0xAA, 500);
		for (size_t i = 0; i < 300; i++)
			for (int k = 0; k < 2; k++)
				for (size_t b = 0; kept[k][i] && b < 500; b++)
					assert_int_equal(kept[k][i][b], i & 0xFF);
		arena_close(to);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_are_zeroed_apart_and_aligned),
		cmocka_unit_test(a_vector_grows),
		cmocka_unit_test(arenas_are_joined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
