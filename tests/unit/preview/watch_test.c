#include "test.h"

#include "base/file.h"
#include "preview/preview.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A publication's folder, watched. */
struct field {
	struct arena *arena;
	char root[32];
	struct watch *watch;
};

static const char *inside(struct field *f, const char *name)
{
	return path_join(f->arena, str_from(f->root), str_from(name));
}

static void write_file(struct field *f, const char *name)
{
	FILE *file = fopen(inside(f, name), "w");
	assert_non_null(file);
	fputs("x", file);
	fclose(file);
}

static int set_up(void **state)
{
	static const char pattern[] = "/tmp/glos-watch-XXXXXX";
	struct arena *a = arena_open();
	struct field *f = NEW(a, struct field);
	f->arena = a;
	memcpy(f->root, pattern, sizeof pattern);
	if (!mkdtemp(f->root) || !folder_make(inside(f, "issues/1/images")) ||
	    !folder_make(inside(f, "out")) || !folder_make(inside(f, "beside")))
		return -1;
	write_file(f, "issues/1/a.md");
	write_file(f, "glos.yaml");
	f->watch = watch_open(str_from(f->root), diags_new(a));
	*state = f;
	return f->watch ? 0 : -1;
}

static int tear_down(void **state)
{
	struct field *f = *state;
	watch_close(f->watch);
	folder_remove(f->root);
	arena_close(f->arena);
	return 0;
}

/* The kernel has told of what a system call did before it returns. */
#define assert_seen(f) assert_true(watch_changed((f)->watch))
#define assert_not_seen(f) assert_false(watch_changed((f)->watch))

static void a_save_is_seen(void **state)
{
	struct field *f = *state;
	assert_not_seen(f);
	write_file(f, "issues/1/a.md");
	assert_seen(f);
	assert_not_seen(f);
	write_file(f, "issues/1/images/x.jpg");
	assert_seen(f);
	write_file(f, "glos.yaml");
	assert_seen(f);
	unlink(inside(f, "issues/1/a.md"));
	assert_seen(f);
}

static void a_save_by_rename_is_seen(void **state)
{
	struct field *f = *state;
	write_file(f, "issues/1/a.md~");
	assert_not_seen(f);
	rename(inside(f, "issues/1/a.md~"), inside(f, "issues/1/a.md"));
	assert_seen(f);
	write_file(f, "beside/x");
	rename(inside(f, "beside/x"), inside(f, "glos.yaml"));
	assert_seen(f);
	write_file(f, "beside/x");
	assert_int_equal(link(inside(f, "beside/x"), inside(f, "issues/1/b.md")), 0);
	assert_seen(f);
	assert_int_equal(symlink("b.md", inside(f, "issues/1/c.md")), 0);
	assert_seen(f);
}

static void half_a_file_is_not(void **state)
{
	struct field *f = *state;
	int fd = open(inside(f, "issues/1/a.md"), O_WRONLY | O_TRUNC);
	assert_not_seen(f);
	assert_int_equal(write(fd, "x", 1), 1);
	assert_not_seen(f);
	close(fd);
	assert_seen(f);
	fd = open(inside(f, "issues/1/new.md"), O_WRONLY | O_CREAT, 0666);
	assert_not_seen(f);
	close(fd);
	assert_seen(f);
	fd = open(inside(f, "issues/1/new.md"), O_RDONLY);
	close(fd);
	assert_not_seen(f);
}

static void what_is_no_source_is_not(void **state)
{
	static const char *const names[] = { "issues/1/.a.md.swp", "issues/1/a.md~",
					     "issues/1/#a.md#",    "issues/1/4913",
					     "issues/1/x.tmp",     "out/x",
					     "beside/x",           "x",
					     "glos.yaml~" };
	struct field *f = *state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		write_file(f, names[i]);
	assert_true(folder_make(inside(f, "var")));
	assert_true(folder_make(inside(f, "issues/.git")));
	assert_not_seen(f);
}

static void new_folders_are_watched(void **state)
{
	struct field *f = *state;
	assert_true(folder_make(inside(f, "issues/2/a/b")));
	assert_seen(f);
	write_file(f, "issues/2/a/b/x.md");
	assert_seen(f);
	/* One that comes with others in it. */
	assert_true(folder_make(inside(f, "beside/c/d")));
	assert_int_equal(rename(inside(f, "beside/c"), inside(f, "issues/c")), 0);
	assert_seen(f);
	write_file(f, "issues/c/d/x.md");
	assert_seen(f);
	/* One with another name than it had. */
	assert_int_equal(rename(inside(f, "issues/c"), inside(f, "issues/e")), 0);
	assert_seen(f);
	assert_true(folder_make(inside(f, "issues/e/d/g")));
	assert_seen(f);
	write_file(f, "issues/e/d/g/x.md");
	assert_seen(f);
	/* One of ours that was not there in the beginning, and one that went and came. */
	assert_true(folder_make(inside(f, "layouts/x")));
	assert_seen(f);
	write_file(f, "layouts/x/layout.yaml");
	assert_seen(f);
	assert_true(folder_remove(inside(f, "layouts")));
	assert_seen(f);
	assert_true(folder_make(inside(f, "layouts/x")));
	assert_seen(f);
	write_file(f, "layouts/x/layout.yaml");
	assert_seen(f);
}

static void a_ring_of_links_has_an_end(void **state)
{
	struct field *f = *state;
	assert_true(folder_make(inside(f, "beside/r/s")));
	assert_int_equal(symlink("..", inside(f, "beside/r/s/up")), 0);
	assert_int_equal(symlink("../../..", inside(f, "beside/r/s/top")), 0);
	assert_int_equal(rename(inside(f, "beside/r"), inside(f, "issues/r")), 0);
	assert_seen(f);
	write_file(f, "issues/r/s/x.md");
	assert_seen(f);
}

/* More than the kernel keeps for us: what was dropped is looked for. */
static void a_flood_is_survived(void **state)
{
	struct field *f = *state;
	const char *names[] = { inside(f, "issues/1/a.md"), inside(f, "issues/1/b.md") };
	for (int i = 0; i < 12000; i++) /* two events each */
		assert_int_equal(rename(names[i % 2], names[1 - i % 2]), 0);
	assert_true(folder_make(inside(f, "issues/3/late")));
	assert_seen(f);
	write_file(f, "issues/3/late/x.md");
	assert_seen(f);
}

static void what_cannot_be_watched_is_told(void **state)
{
	struct field *f = *state;
	struct diags *d = diags_new(f->arena);
	assert_null(watch_open(STR("/nowhere/at/all"), d));
	assert_int_equal(diags_count(d), 1);
	assert_int_equal(diags_at(d, 0)->code, DIAG_WATCH_FAILED);
}

static void saves_settle(void **state)
{
	struct field *f = *state;
	struct pollfd p = { .fd = watch_descriptor(f->watch), .events = POLLIN };
	write_file(f, "issues/1/a.md");
	assert_int_equal(poll(&p, 1, 0), 1);
	watch_settle(f->watch);
	assert_int_equal(poll(&p, 1, 0), 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_save_is_seen),
		CASE(a_save_by_rename_is_seen),
		CASE(half_a_file_is_not),
		CASE(what_is_no_source_is_not),
		CASE(new_folders_are_watched),
		CASE(a_ring_of_links_has_an_end),
		CASE(a_flood_is_survived),
		CASE(what_cannot_be_watched_is_told),
		CASE(saves_settle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
