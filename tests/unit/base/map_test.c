#include "test.h"

#include "base/map.h"

static void finds_what_was_put_in_order(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct map *m = map_new(a);
	int values[1000];
	for (int i = 0; i < 1000; i++)
		map_put(m, str_format(a, "key-%d", i), &values[i]);
	map_put(m, STR("key-7"), &values[8]);
	assert_int_equal(map_count(m), 1000);
	assert_ptr_equal(map_find(m, STR("key-999")), &values[999]);
	assert_ptr_equal(map_find(m, STR("key-7")), &values[8]);
	assert_null(map_find(m, STR("key-1000")));
	assert_str(map_at(m, 500)->key, "key-500");
	arena_close(a);
}

static void the_nearest_key_is_near(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct map *m = map_new(a);
	int value;
	map_put(m, STR("author"), &value);
	map_put(m, STR("title"), &value);
	assert_str(map_nearest(m, STR("autor")), "author");
	assert_str(map_nearest(m, STR("tilte")), "title");
	assert_str(map_nearest(m, STR("region")), "");
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_was_put_in_order),
		cmocka_unit_test(the_nearest_key_is_near),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
