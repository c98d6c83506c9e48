#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LESS_URGENT = 10, LOOK_MS = 5 };

/* Signals that we block or ignore would stay so in the other program. */
static void set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(attributes);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setsigdefault(attributes, &all);
	posix_spawnattr_setpgroup(attributes, 0);
	posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
						     POSIX_SPAWN_SETPGROUP);
}

int process_start(struct process *p, const char *const argv[], char *const variables[])
{
	int ends[2]; /* a pair of sockets closes on exec from the beginning; a pipe does not */
	*p = (struct process){ 0, -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return errno;
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	set_attributes(&attributes);
	pid_t pid = 0;
	/* POSIX: the words are not written to; their type is older than const. */
	char *const *words;
	memcpy(&words, &argv, sizeof words);
	int error = posix_spawnp(&pid, argv[0], &files, &attributes, words, variables);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		return error;
	}
	*p = (struct process){ (int)pid, ends[0] };
	return 0;
}

void process_yield(const struct process *p)
{
	setpriority(PRIO_PROCESS, (id_t)p->pid, LESS_URGENT); /* where refused, it hurries */
}

bool process_read(struct process *p, struct buf *out)
{
	char some[16384];
	ssize_t n = read(p->output, some, sizeof some);
	if (n > 0)
		buf_put_bytes(out, some, (size_t)n);
	return n > 0 || (n < 0 && errno == EINTR);
}

static void close_output(struct process *p)
{
	if (p->output >= 0)
		close(p->output);
	p->output = -1;
}

/* options of waitpid; false: it still runs. */
static bool reap(struct process *p, int options, int *exit_status)
{
	int status = 0;
	pid_t ended;
	do
		ended = waitpid((pid_t)p->pid, &status, options);
	while (ended < 0 && errno == EINTR);
	if (ended == 0)
		return false;
	close_output(p);
	p->pid = 0;
	*exit_status = ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return true;
}

int process_wait(struct process *p)
{
	int status;
	reap(p, 0, &status);
	return status;
}

bool process_ends(struct process *p, int ms, int *status)
{
	const struct timespec some = { .tv_nsec = LOOK_MS * 1000000L };
	for (; !reap(p, WNOHANG, status); ms -= LOOK_MS) {
		if (ms <= 0)
			return false;
		nanosleep(&some, NULL);
	}
	return true;
}

void process_kill(struct process *p)
{
	if (p->pid == 0)
		return;
	kill((pid_t)p->pid, SIGKILL);
	process_wait(p);
}
