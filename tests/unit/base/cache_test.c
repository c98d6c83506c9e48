/* cache: gives back what was put in, or nothing. */
#include "test.h"

#include "base/cache.h"
#include "base/file.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct desk {
	struct arena *arena;
	char folder[32];
	struct str place;
	struct cache *cache;
};

static int open_desk(void **state)
{
	struct arena *a = arena_open();
	struct desk *d = NEW(a, struct desk);
	d->arena = a;
	memcpy(d->folder, "/tmp/glos-cache-XXXXXX", 23);
	if (!mkdtemp(d->folder))
		return -1;
	d->place = str_from(path_join(a, str_from(d->folder), STR("deep/place")));
	d->cache = cache_open(a, d->place);
	*state = d;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *d = *state;
	char *command = str_c(d->arena, str_format(d->arena, "chmod -R u+w %s; rm -rf %s",
						   d->folder, d->folder));
	int status = system(command);
	arena_close(d->arena);
	return status;
}

/* The only file in the folder. */
static char *entry(struct desk *d)
{
	size_t count;
	struct str *names = folder_list(d->arena, d->place.ptr, &count);
	assert_int_equal(count, 1);
	return path_join(d->arena, d->place, names[0]);
}

static void gives_back_what_was_put(void **state)
{
	struct desk *d = *state;
	struct str got;
	assert_false(cache_get(d->cache, d->arena, STR("a"), &got));
	cache_put(d->cache, STR("a"), STR("one"));
	cache_put(d->cache, STR("b"), (struct str){ "two\0three\n", 10 });
	cache_put(d->cache, STR("empty"), STR(""));
	assert_true(cache_get(d->cache, d->arena, STR("a"), &got));
	assert_str(got, "one");
	assert_true(cache_get(d->cache, d->arena, STR("b"), &got));
	assert_int_equal(got.len, 10);
	assert_memory_equal(got.ptr, "two\0three\n", 10);
	assert_true(cache_get(d->cache, d->arena, STR("empty"), &got));
	assert_int_equal(got.len, 0);
	cache_put(d->cache, STR("a"), STR("another"));
	assert_true(cache_get(cache_open(d->arena, d->place), d->arena, STR("a"), &got));
	assert_str(got, "another");
	assert_false(cache_get(d->cache, d->arena, STR("c"), &got));
}

static void keeps_nothing_without_a_folder(void **state)
{
	struct desk *d = *state;
	struct str got;
	struct cache *none = cache_open(d->arena, STR(""));
	cache_put(none, STR("a"), STR("one"));
	assert_false(cache_get(none, d->arena, STR("a"), &got));
	cache_trim(none, 0);
	/* A file where the folder should be. */
	struct diags *diags = diags_new(d->arena);
	assert_true(file_replace(path_join(d->arena, str_from(d->folder), STR("deep")), STR("x"),
				 diags));
	cache_put(d->cache, STR("a"), STR("one"));
	assert_false(cache_get(d->cache, d->arena, STR("a"), &got));
	cache_trim(d->cache, 0);
}

/* Every byte changed, every length cut: never anything but the whole or nothing. */
static void damage_is_as_good_as_none(void **state)
{
	struct desk *d = *state;
	struct diags *diags = diags_new(d->arena);
	cache_put(d->cache, STR("key"), STR("some bytes"));
	char *path = entry(d);
	struct str whole, got;
	assert_true(file_read(d->arena, path, 1000, diags, (struct place){ 0 }, &whole));
	for (size_t i = 0; i < whole.len; i++) {
		char *bytes = str_c(d->arena, whole);
		bytes[i] ^= 1;
		assert_true(file_replace(path, (struct str){ bytes, whole.len }, diags));
		assert_false(cache_get(d->cache, d->arena, STR("key"), &got));
		assert_str(got, "");
		assert_true(file_replace(path, str_sub(whole, 0, i), diags));
		assert_false(cache_get(d->cache, d->arena, STR("key"), &got));
	}
	/* Another key's content under this one's name. */
	cache_put(d->cache, STR("yek"), STR("some bytes"));
	assert_true(file_replace(path, whole, diags));
	assert_true(cache_get(d->cache, d->arena, STR("key"), &got));
	cache_put(d->cache, STR("key"), STR("mended"));
	assert_true(cache_get(d->cache, d->arena, STR("key"), &got));
	assert_str(got, "mended");
	assert_int_equal(mkdir(path_join(d->arena, d->place, STR("x")), 0700), 0);
	cache_trim(d->cache, 0); /* leaves what is no file */
}

/* Times of files are no finer than this. */
static void wait_a_tick(void)
{
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
}

static void least_used_goes_first(void **state)
{
	struct desk *d = *state;
	char thousand[1000] = { 0 };
	for (int i = 0; i < 10; i++) {
		struct str key = str_format(d->arena, "%d", i);
		cache_put(d->cache, key, (struct str){ thousand, sizeof thousand });
		wait_a_tick();
	}
	cache_trim(d->cache, 20000);
	struct str got;
	for (int i = 0; i < 10; i++)
		assert_true(cache_get(d->cache, d->arena, str_format(d->arena, "%d", i), &got));
	wait_a_tick();
	assert_true(cache_get(d->cache, d->arena, STR("2"), &got));
	assert_true(cache_get(d->cache, d->arena, STR("0"), &got));
	cache_trim(d->cache, 6000);
	size_t count;
	folder_list(d->arena, d->place.ptr, &count);
	assert_int_equal(count, 2);
	assert_true(cache_get(d->cache, d->arena, STR("0"), &got));
	assert_true(cache_get(d->cache, d->arena, STR("2"), &got));
}

enum { HANDS = 4, ROUNDS = 200 };

/* All put and get the same few entries: what comes back is whole. */
static void *handle(void *context)
{
	struct desk *d = context;
	struct arena *a = arena_open();
	size_t wrong = 0;
	for (int i = 0; i < ROUNDS; i++) {
		struct str key = str_format(a, "%d", i % 3), got;
		char *bytes = arena_alloc(a, 30000);
		memset(bytes, 'a' + i % 3, 30000);
		cache_put(d->cache, key, (struct str){ bytes, 30000 });
		if (i % 50 == 0)
			cache_trim(d->cache, 1000);
		if (cache_get(d->cache, a, key, &got) &&
		    !str_equal(got, (struct str){ bytes, 30000 }))
			wrong++;
	}
	arena_close(a);
	return wrong ? d : NULL;
}

static void several_may_use_it_at_once(void **state)
{
	struct desk *d = *state;
	pthread_t hands[HANDS];
	for (size_t i = 0; i < HANDS; i++)
		assert_int_equal(pthread_create(&hands[i], NULL, handle, d), 0);
	for (size_t i = 0; i < HANDS; i++) {
		void *wrong;
		pthread_join(hands[i], &wrong);
		assert_null(wrong);
	}
}

int main(void)
{
#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)
	const struct CMUnitTest tests[] = {
		DESK_TEST(gives_back_what_was_put),    DESK_TEST(keeps_nothing_without_a_folder),
		DESK_TEST(damage_is_as_good_as_none),  DESK_TEST(least_used_goes_first),
		DESK_TEST(several_may_use_it_at_once),
	};
	return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
