#include "preview/raster.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/process.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { AT_ONCE = 2, LONGEST_MS = 30000 };

struct raster {
	struct arena *arena;
	char *const *variables;
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct process running[AT_ONCE];
	bool taken[AT_ONCE];
	unsigned drawn; /* distinguishes names of files being written */
	bool ending;
};

struct raster *raster_open(char *const variables[])
{
	struct arena *a = arena_open();
	struct raster *r = NEW(a, struct raster);
	r->arena = a;
	r->variables = variables;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->freed, NULL);
	return r;
}

void raster_end(struct raster *r)
{
	pthread_mutex_lock(&r->lock);
	r->ending = true;
	for (size_t i = 0; i < AT_ONCE; i++)
		if (r->running[i].pid) /* its thread waits for it */
			kill((pid_t)r->running[i].pid, SIGKILL);
	pthread_cond_broadcast(&r->freed);
	pthread_mutex_unlock(&r->lock);
}

void raster_close(struct raster *r)
{
	pthread_cond_destroy(&r->freed);
	pthread_mutex_destroy(&r->lock);
	arena_close(r->arena);
}

/* Nothing is said on standard output: it closes when the program ends. */
static void wait_for_end(const struct process *p)
{
	struct pollfd end = { .fd = p->output, .events = POLLIN };
	int n;
	do
		n = poll(&end, 1, LONGEST_MS);
	while (n < 0 && errno == EINTR);
	if (n == 0)
		kill((pid_t)p->pid, SIGKILL);
}

/* Draws on place `at`, which is ours. With the lock held, as when it returns. */
static enum raster_outcome draw(struct raster *r, size_t at, const char *const argv[])
{
	struct process p;
	int error = r->ending ? EINTR : process_start(&p, argv, r->variables);
	if (error)
		return error == ENOENT ? RASTER_NO_PROGRAM : RASTER_FAILED;
	r->running[at] = p;
	pthread_mutex_unlock(&r->lock);
	wait_for_end(&p);
	pthread_mutex_lock(&r->lock);
	r->running[at].pid = 0; /* before its number may belong to another */
	return process_wait(&p) == 0 ? RASTER_DONE : RASTER_FAILED;
}

static size_t take_place(struct raster *r)
{
	for (;;) {
		for (size_t i = 0; i < AT_ONCE; i++)
			if (!r->taken[i]) {
				r->taken[i] = true;
				return i;
			}
		pthread_cond_wait(&r->freed, &r->lock);
	}
}

/* With the lock held, as when it returns. partial: where to, without ".png". */
static enum raster_outcome draw_by_any(struct raster *r, size_t at, struct arena *a,
				       const struct raster_page *page, const char *partial)
{
	const char *dpi = str_format(a, "%u", page->dpi).ptr;
	const char *number = str_format(a, "%u", page->number).ptr;
	const char *const mutool[] = { "mutool",  "draw", "-q",
				       "-c",      "rgb",  "-r",
				       dpi,       "-o",   str_format(a, "%s.png", partial).ptr,
				       page->pdf, number, NULL };
	const char *const pdftoppm[] = { "pdftoppm", "-q",    "-png", "-singlefile", "-r",
					 dpi,        "-f",    number, "-l",          number,
					 page->pdf,  partial, NULL };
	enum raster_outcome outcome = RASTER_NO_PROGRAM;
	if (!page->of_inks)
		outcome = draw(r, at, mutool);
	return outcome == RASTER_NO_PROGRAM ? draw(r, at, pdftoppm) : outcome;
}

enum raster_outcome raster_draw(struct raster *r, const struct raster_page *page, const char *image)
{
	if (file_exists(image))
		return RASTER_DONE;
	struct arena *a = arena_open();
	enum raster_outcome outcome = RASTER_DONE;
	pthread_mutex_lock(&r->lock);
	size_t at = take_place(r);
	const char *partial = str_format(a, "%s.part-%u", image, ++r->drawn).ptr;
	const char *made = str_format(a, "%s.png", partial).ptr;
	if (!file_exists(image)) /* another thread may have drawn it meanwhile */
		outcome = draw_by_any(r, at, a, page, partial);
	r->taken[at] = false;
	pthread_cond_broadcast(&r->freed);
	pthread_mutex_unlock(&r->lock);
	/* Of a page that is not there mutool draws nothing, and is content. */
	if (outcome == RASTER_DONE && !file_exists(image) && rename(made, image) != 0)
		outcome = RASTER_FAILED;
	unlink(made);
	arena_close(a);
	return outcome;
}
