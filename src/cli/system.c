#include "cli/system.h"

#include "base/arena.h"
#include "base/file.h"
#include "cli/terminal.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <unistd.h>

extern char **environ;

/* What world.context points at. */
struct system {
	struct terminal **terminal;
	int signals; /* a signalfd, or -1 */
	atomic_int cancelled; /* signals read so far, by any thread */
	bool watched; /* by a thread that alone reads them */
	pthread_t watcher;
	int leaving; /* an eventfd: the program ends by itself */
	const char *last_words; /* the watcher's */
};

static int64_t system_clock(void *context)
{
	(void)context;
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec;
}

static int64_t system_monotonic_ms(void *context)
{
	(void)context;
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool system_random(void *context, void *ptr, size_t len)
{
	(void)context;
	char *at = ptr;
	while (len) {
		ssize_t n = getrandom(at, len, 0);
		if (n < 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static const char *system_environment(void *context, const char *name)
{
	(void)context;
	return getenv(name);
}

static void system_progress(void *context, struct str what, int64_t done, int64_t total)
{
	struct system *s = context;
	terminal_progress(*s->terminal, what, done, total, system_monotonic_ms(NULL));
}

static void read_signals(struct system *s)
{
	struct signalfd_siginfo info;
	while (s->signals >= 0 && read(s->signals, &info, sizeof info) == (ssize_t)sizeof info)
		atomic_fetch_add(&s->cancelled, 1);
}

static int system_cancelled(void *context)
{
	struct system *s = context;
	if (!s->watched)
		read_signals(s);
	int signals = atomic_load(&s->cancelled);
	return signals > 2 ? 2 : signals;
}

/* Linux alone tells it; random(4). */
static const char *boot_id(struct arena *a)
{
	static const char path[] = "/proc/sys/kernel/random/boot_id";
	struct arena *scratch = arena_open();
	struct str id;
	const char *word = NULL;
	if (file_read(scratch, path, 256, diags_new(scratch), (struct place){ 0 }, &id) &&
	    str_trim(id).len)
		word = str_c(a, str_trim(id));
	arena_close(scratch);
	return word;
}

void system_world(struct cli *c)
{
	struct system *s = NEW(c->arena, struct system);
	s->terminal = &c->terminal;
	s->signals = -1;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	c->world = (struct world){
		.now = system_clock(NULL),
		.clock = system_clock,
		.monotonic_ms = system_monotonic_ms,
		.random = system_random,
		.environment = system_environment,
		.progress = system_progress,
		.cancelled = system_cancelled,
		.context = s,
		.processors = processors > 0 ? (size_t)processors : 1,
		.boot = boot_id(c->arena),
		.variables = environ,
	};
	int64_t epoch;
	if (str_to_int(str_from(getenv("SOURCE_DATE_EPOCH")), &epoch))
		c->world.now = epoch;
}

bool cli_catch_signals(struct cli *c)
{
	struct system *s = c->world.context;
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return false;
	s->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return s->signals >= 0;
}

/* The program has a little while after the second signal to end by itself; where it
 * waits for a disk, a lock or another machine, it does not notice. */
static void *watch(void *arg)
{
	struct system *s = arg;
	enum { A_WHILE_MS = 700 };
	struct pollfd leaving = { .fd = s->leaving, .events = POLLIN };
	struct pollfd either[] = { leaving, { .fd = s->signals, .events = POLLIN } };
	for (; atomic_load(&s->cancelled) < 2; read_signals(s))
		if (poll(either, 2, -1) > 0 && either[0].revents)
			return NULL;
	if (poll(&leaving, 1, A_WHILE_MS) > 0)
		return NULL;
	ssize_t written = write(STDERR_FILENO, s->last_words, strlen(s->last_words));
	(void)written;
	_exit(EXIT_PART);
}

bool cli_end_at_second_signal(struct cli *c, const char *last_words)
{
	struct system *s = c->world.context;
	s->last_words = last_words;
	s->leaving = eventfd(0, EFD_CLOEXEC);
	s->watched = s->leaving >= 0;
	if (s->signals >= 0 && s->watched && pthread_create(&s->watcher, NULL, watch, s) == 0)
		return true;
	s->watched = false;
	return false;
}

void system_leave(const struct cli *c)
{
	struct system *s = c->world.context;
	const uint64_t once = 1;
	if (s->watched && write(s->leaving, &once, sizeof once) == (ssize_t)sizeof once)
		pthread_join(s->watcher, NULL);
}

int cli_signals(const struct cli *c)
{
	const struct system *s = c->world.context;
	return s->signals;
}

char *const *system_variables(void)
{
	return environ;
}

struct str system_data_folder(struct arena *a, const char *program)
{
	const char *named = getenv("GLOS_DATA");
	if (named && *named)
		return str_copy(a, str_from(named));
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
	struct str path = len > 0 ? (struct str){ self, (size_t)len } : str_from(program);
	/* Upwards from the program: bin/../share/glos, or the checkout. */
	for (int level = 0; level < 4 && path.len; level++) {
		while (path.len && path.ptr[path.len - 1] != '/')
			path.len--;
		if (path.len)
			path.len--;
		char *share = path_join(a, path, STR("share/glos"));
		if (folder_exists(share))
			return str_from(share);
		char *layouts = path_join(a, path, STR("layouts/glos/layout.yaml"));
		if (file_exists(layouts))
			return str_copy(a, path);
	}
	return STR("");
}
