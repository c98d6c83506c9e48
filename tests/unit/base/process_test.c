#include "test.h"

#include "base/process.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static char *const no_variables[] = { NULL };

static int run(const char *script, struct buf *out)
{
	const char *const argv[] = { "/bin/sh", "-c", script, NULL };
	struct process p;
	buf_init(out, 1 << 24);
	assert_int_equal(process_start(&p, argv, no_variables), 0);
	while (process_read(&p, out))
		;
	return process_wait(&p);
}

static void what_it_says_is_read(void **state)
{
	struct buf out;
	(void)state;
	assert_int_equal(run("echo one; echo lost >&2; echo two; exit 7", &out), 7);
	assert_str(buf_str(&out), "one\ntwo\n");
	buf_release(&out);
	assert_int_equal(run("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done",
			     &out),
			 0);
	assert_int_equal(out.len, 220000);
	buf_release(&out);
}

static void it_reads_nothing(void **state)
{
	struct buf out;
	(void)state;
	assert_int_equal(run("cat; echo end", &out), 0);
	assert_str(buf_str(&out), "end\n");
	buf_release(&out);
}

/* What we block or ignore is no business of other programs. */
static void signals_are_as_a_program_finds_them(void **state)
{
	struct buf out;
	sigset_t set, old;
	(void)state;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &set, &old);
	int status = run("kill -TERM $$; echo alive", &out);
	assert_int_equal(status, -1);
	buf_release(&out);
	assert_int_equal(run("kill -PIPE $$; echo alive", &out), -1);
	sigprocmask(SIG_SETMASK, &old, NULL);
	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

static void it_can_be_ended(void **state)
{
	const char *const argv[] = { "/bin/sh", "-c", "while :; do :; done", NULL };
	struct process p;
	(void)state;
	assert_int_equal(process_start(&p, argv, no_variables), 0);
	int pid = p.pid;
	process_kill(&p);
	assert_int_equal(p.pid, 0);
	assert_int_equal(kill((pid_t)pid, 0), -1);
	assert_int_equal(errno, ESRCH);
	process_kill(&p); /* again is nothing */
}

static void it_is_waited_for_so_long(void **state)
{
	const char *const soon[] = { "/bin/sh", "-c", "exit 7", NULL };
	const char *const late[] = { "/bin/sh", "-c", "while :; do :; done", NULL };
	struct process p;
	int status = -2;
	(void)state;
	assert_int_equal(process_start(&p, soon, no_variables), 0);
	assert_true(process_ends(&p, 60000, &status));
	assert_int_equal(status, 7);
	assert_int_equal(p.pid, 0);
	assert_int_equal(p.output, -1);
	status = -2;
	assert_int_equal(process_start(&p, late, no_variables), 0);
	assert_false(process_ends(&p, 0, &status));
	assert_false(process_ends(&p, 20, &status));
	assert_int_equal(status, -2);
	assert_int_not_equal(p.pid, 0);
	process_kill(&p);
}

static void what_is_not_there_is_told(void **state)
{
	const char *const argv[] = { "no-program-has-this-name", NULL };
	struct process p;
	(void)state;
	assert_int_equal(process_start(&p, argv, no_variables), ENOENT);
	assert_int_equal(p.pid, 0);
	process_kill(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_says_is_read),
		cmocka_unit_test(it_reads_nothing),
		cmocka_unit_test(signals_are_as_a_program_finds_them),
		cmocka_unit_test(it_can_be_ended),
		cmocka_unit_test(it_is_waited_for_so_long),
		cmocka_unit_test(what_is_not_there_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
