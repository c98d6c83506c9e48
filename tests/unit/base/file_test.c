#include "test.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct place nowhere = { 0 };

static int make_folder(void **state)
{
	static char const pattern[] = "/tmp/glos-file-XXXXXX";
	char *folder = malloc(sizeof pattern);
	memcpy(folder, pattern, sizeof pattern);
	*state = mkdtemp(folder);
	return *state ? 0 : -1;
}

static int remove_folder(void **state)
{
	struct arena *a = arena_open();
	size_t count;
	struct str *names = folder_list(a, *state, &count);
	for (size_t i = 0; i < count; i++)
		unlink(path_join(a, str_from(*state), names[i]));
	rmdir(*state);
	arena_close(a);
	free(*state);
	return 0;
}

static void a_file_is_replaced_whole(void **state)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	char *path = path_join(a, str_from(*state), STR("x"));
	struct str bytes;
	assert_true(file_replace(path, STR("one"), d));
	assert_true(file_replace(path, STR("two"), d));
	assert_true(file_read(a, path, 100, d, nowhere, &bytes));
	assert_str(bytes, "two");
	size_t count;
	folder_list(a, *state, &count);
	assert_int_equal(count, 1);
	arena_close(a);
}

/* A mapped file is what a read one is, and fails for the same reasons. */
static void a_file_is_mapped(void **state)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	char *path = path_join(a, str_from(*state), STR("x"));
	struct str bytes;
	assert_true(file_replace(path, STR("one"), d));
	assert_true(file_map(path, 3, d, nowhere, &bytes));
	assert_str(bytes, "one");
	assert_true(file_replace(path, STR("other"), d)); /* beside it, not into it */
	assert_str(bytes, "one");
	file_unmap(bytes);
	assert_true(file_replace(path, STR(""), d));
	assert_true(file_map(path, 3, d, nowhere, &bytes));
	assert_int_equal(bytes.len, 0);
	file_unmap(bytes);
	assert_int_equal(diags_count(d), 0);
	assert_true(file_replace(path, STR("four"), d));
	assert_false(file_map(path, 3, d, nowhere, &bytes));
	assert_false(file_map("/nowhere/x", 3, d, nowhere, &bytes));
	assert_false(file_map(*state, 3, d, nowhere, &bytes));
	static const enum diag_code expected[] = { DIAG_FILE_TOO_LARGE, DIAG_FILE_MISSING,
						   DIAG_FILE_READ };
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(diags_at(d, i)->code, expected[i]);
	arena_close(a);
}

static void an_abandoned_file_leaves_no_trace(void **state)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	char *path = path_join(a, str_from(*state), STR("x"));
	assert_true(file_replace(path, STR("old"), d));
	struct file_writer *w = file_writer_open(path);
	for (int i = 0; i < 100000; i++)
		file_writer_put(w, "0123456789", 10);
	assert_int_equal(file_writer_size(w), 1000000);
	file_writer_abandon(w);
	struct str bytes;
	size_t count;
	assert_true(file_read(a, path, 100, d, nowhere, &bytes));
	assert_str(bytes, "old");
	folder_list(a, *state, &count);
	assert_int_equal(count, 1);
	arena_close(a);
}

/* As after kill -9: the process is gone, its file never was. */
static void an_end_in_the_middle_leaves_no_trace(void **state)
{
	struct arena *a = arena_open();
	char *path = path_join(a, str_from(*state), STR("x"));
	pid_t child = fork();
	if (child == 0) {
		struct file_writer *w = file_writer_open(path);
		for (int i = 0; i < 100000; i++)
			file_writer_put(w, "0123456789", 10);
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	size_t count;
	folder_list(a, *state, &count);
	assert_int_equal(count, 0);
	arena_close(a);
}

static void what_cannot_be_written_is_told(void **state)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	assert_false(
		file_replace(path_join(a, str_from(*state), STR("no/such/folder")), STR("x"), d));
	assert_int_equal(diags_at(d, 0)->code, DIAG_FILE_WRITE);
	assert_int_equal(diags_exit_status(d), 3);
	arena_close(a);
}

static void what_cannot_be_read_is_told(void **state)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct str bytes;
	char *path = path_join(a, str_from(*state), STR("x"));
	assert_false(file_read(a, path, 100, d, nowhere, &bytes));
	assert_int_equal(diags_at(d, 0)->code, DIAG_FILE_MISSING);
	assert_false(file_read(a, *state, 100, d, nowhere, &bytes));
	assert_int_equal(diags_at(d, 1)->code, DIAG_FILE_READ);
	assert_true(file_replace(path, STR("12345"), d));
	assert_false(file_read(a, path, 4, d, nowhere, &bytes));
	assert_int_equal(diags_at(d, 2)->code, DIAG_FILE_TOO_LARGE);
	assert_true(file_read(a, path, 5, d, nowhere, &bytes));
	assert_true(file_read(a, "/proc/self/status", 1 << 20, d, nowhere, &bytes));
	assert_true(bytes.len > 0);
	arena_close(a);
}

/* In two parts, the first late; more than a pipe holds. */
static pid_t write_slowly(const char *path, bool late, size_t part)
{
	pid_t child = fork();
	if (child)
		return child;
	char *bytes = calloc(1, part);
	const struct timespec nap = { .tv_nsec = 100000000 };
	if (late)
		nanosleep(&nap, NULL);
	int fd = open(path, O_WRONLY);
	nanosleep(&nap, NULL);
	bool ok = write(fd, bytes, part) == (ssize_t)part;
	nanosleep(&nap, NULL);
	_exit(ok && write(fd, bytes, part) == (ssize_t)part ? 0 : 1);
}

static void a_pipe_is_read_until_its_end(void **state)
{
	enum { PART = 150000 };
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct str bytes;
	const char *path = path_join(a, str_from(*state), STR("x"));
	int status, ends[2];
	assert_int_equal(mkfifo(path, 0600), 0);
	/* One that waits for its reader, and one that comes a moment later. */
	for (int late = 0; late < 2; late++) {
		pid_t child = write_slowly(path, late, PART);
		assert_true(file_read_piped(a, path, 2 * PART, d, nowhere, &bytes));
		assert_int_equal(bytes.len, 2 * PART);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
	}
	/* A shell's: without a name, its writer gone. */
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "12345", 5), 5);
	close(ends[1]);
	path = str_format(a, "/dev/fd/%d", ends[0]).ptr;
	assert_true(file_read_piped(a, path, 5, d, nowhere, &bytes));
	assert_int_equal(bytes.len, 5);
	assert_int_equal(diags_count(d), 0);
	assert_false(file_read(a, path, 5, d, nowhere, &bytes));
	assert_int_equal(diags_at(d, 0)->code, DIAG_FILE_READ);
	close(ends[0]);
	arena_close(a);
}

static void no_pipe_is_waited_for_in_vain(void **state)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct str bytes;
	char *path = path_join(a, str_from(*state), STR("x"));
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_false(file_read_piped(a, path, 5, d, nowhere, &bytes)); /* nobody writes to it */
	assert_int_equal(diags_at(d, 0)->code, DIAG_FILE_READ);
	pid_t child = write_slowly(path, false, 10); /* no end to what comes */
	assert_false(file_read_piped(a, path, 9, d, nowhere, &bytes));
	assert_int_equal(diags_at(d, 1)->code, DIAG_FILE_TOO_LARGE);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_false(file_read_piped(a, "/dev/zero", 5, d, nowhere, &bytes));
	assert_int_equal(diags_at(d, 2)->code, DIAG_FILE_READ);
	assert_false(file_read_piped(a, *state, 5, d, nowhere, &bytes));
	assert_int_equal(diags_at(d, 3)->code, DIAG_FILE_READ);
	arena_close(a);
}

static void folders_are_made_for_a_file(void **state)
{
	struct arena *a = arena_open();
	char *outer = path_join(a, str_from(*state), STR("a"));
	char *inner = path_join(a, str_from(outer), STR("b"));
	assert_true(folder_make_for(path_join(a, str_from(inner), STR("x"))));
	assert_true(folder_exists(inner));
	assert_true(folder_make_for(path_join(a, str_from(inner), STR("y")))); /* again */
	assert_true(folder_make_for("here") && folder_make_for("/root"));
	assert_true(file_replace(path_join(a, str_from(inner), STR("f")), STR(""), diags_new(a)));
	assert_false(folder_make_for(path_join(a, str_from(inner), STR("f/x"))));
	assert_false(folder_make(""));
	assert_int_equal(unlink(path_join(a, str_from(inner), STR("f"))), 0);
	assert_int_equal(rmdir(inner), 0);
	assert_int_equal(rmdir(outer), 0);
	arena_close(a);
}

static void a_folder_goes_with_all_that_is_in_it(void **state)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct str folder = str_from(path_join(a, str_from(*state), STR("gone")));
	const char *kept = path_join(a, str_from(*state), STR("kept"));
	assert_true(folder_make(path_join(a, folder, STR("x/.y/z"))));
	assert_true(file_replace(path_join(a, folder, STR("x/.y/z/f")), STR("1"), d));
	assert_true(file_replace(kept, STR("1"), d));
	assert_int_equal(symlink("..", path_join(a, folder, STR("x/up"))), 0);
	assert_true(folder_remove(folder.ptr));
	assert_false(folder_exists(folder.ptr));
	assert_true(file_exists(kept));
	assert_true(folder_remove(folder.ptr)); /* it is gone already */
	arena_close(a);
}

static void what_is_no_file_is_told_as_what_it_is(void **state)
{
	(void)state;
	char name[] = "/tmp/glos-file-XXXXXX";
	struct arena *a = arena_open();
	assert_non_null(mkdtemp(name));
	struct str folder = str_from(name);
	const char *pipe = path_join(a, folder, STR("pipe")),
		   *link = path_join(a, folder, STR("l")),
		   *none = path_join(a, folder, STR("none"));
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_int_equal(symlink("none", link), 0);
	errno = 1;
	assert_string_equal(file_fault(name), "is a folder, not a file");
	assert_int_equal(errno, 0);
	assert_string_equal(file_fault(pipe), "is a pipe, socket or device, not a file");
	assert_string_equal(file_fault(link), "is a link that leads nowhere");
	assert_int_equal(errno, 0);
	assert_false(file_absent(link));
	assert_string_equal(file_fault(none), "No such file or directory");
	assert_int_equal(errno, ENOENT);
	assert_true(file_absent(none));
	assert_true(file_absent(path_join(a, str_from(pipe), STR("below"))));
	assert_null(folder_fault(name));
	assert_null(folder_fault(none));
	assert_string_equal(folder_fault(pipe), "Not a directory");
	/* What kept it from being made, not what the parents' lack led to. */
	assert_false(folder_make(path_join(a, str_from(pipe), STR("b/c"))));
	assert_int_equal(errno, ENOTDIR);
	assert_false(folder_make("/proc/glos/b"));
	assert_int_equal(errno, ENOENT);
	assert_int_equal(unlink(pipe) + unlink(link) + rmdir(name), 0);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_file_is_told_as_what_it_is),
		cmocka_unit_test_setup_teardown(a_file_is_replaced_whole, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(a_file_is_mapped, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(a_folder_goes_with_all_that_is_in_it, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(an_abandoned_file_leaves_no_trace, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(an_end_in_the_middle_leaves_no_trace, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(what_cannot_be_written_is_told, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(folders_are_made_for_a_file, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(a_pipe_is_read_until_its_end, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(no_pipe_is_waited_for_in_vain, make_folder,
						remove_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
