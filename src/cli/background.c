#include "cli/background.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/process.h"
#include "cli/issue.h"

enum { PAGED = 3, OUTPUT_CEILING = 64 << 20 }; /* print, screen, large */

#define ALL_PAGED ((unsigned)EDITION_PRINT | EDITION_SCREEN | EDITION_LARGE)

struct background {
	struct arena *arena;
	struct background_options options;
	struct preview_state state;
	/* Diagnostics, one JSON object a line: what the last reading told, and what the
	 * last check found beyond what the reading before it had told. */
	struct buf told, found;
	/* What is still to be made, and what is being made: an edition, or 0, a check. */
	unsigned waiting;
	bool check_waiting;
	struct process running;
	enum edition making;
	struct buf output;
	unsigned build; /* of the last edition begun; grows */
	unsigned builds[PAGED][2]; /* shown and the one before; 0: none */
};

struct background *background_open(const struct background_options *o)
{
	struct arena *a = arena_open();
	struct background *b = NEW(a, struct background);
	b->arena = a;
	b->options = *o;
	b->running.output = -1;
	buf_init(&b->told, OUTPUT_CEILING);
	buf_init(&b->found, OUTPUT_CEILING);
	buf_init(&b->output, OUTPUT_CEILING);
	return b;
}

void background_close(struct background *b)
{
	process_kill(&b->running);
	buf_release(&b->output);
	buf_release(&b->found);
	buf_release(&b->told);
	arena_close(b->arena);
}

/* ---- what is told ---- */

static bool has_line(struct str lines, struct str sought)
{
	struct str line;
	while (str_cut(&lines, '\n', &line))
		if (str_equal(line, sought))
			return true;
	return false;
}

/* Appends the lines that are not among the others. */
static void put_others(struct buf *out, struct str lines, struct str others)
{
	struct str line;
	while (str_cut(&lines, '\n', &line)) {
		if (line.len == 0 || has_line(others, line))
			continue;
		buf_put(out, line);
		buf_put_byte(out, '\n');
	}
}

static void tell(struct background *b)
{
	struct buf lines;
	buf_init(&lines, OUTPUT_CEILING);
	buf_put(&lines, buf_str(&b->told));
	put_others(&lines, buf_str(&b->found), buf_str(&b->told));
	b->state.diagnostics = buf_str(&lines);
	b->state.making = b->running.pid ? b->making : (enum edition)0;
	preview_tell(b->options.preview, &b->state);
	b->state.diagnostics = STR("");
	buf_release(&lines);
}

/* ---- one after the other ---- */

static struct str result_folder(const struct background *b, struct arena *a, enum edition e,
				unsigned build)
{
	return str_format(a, "%.*s/%.*s-%u", STR_ARG(b->options.folder), STR_ARG(edition_name(e)),
			  build);
}

static void remove_result(struct background *b, enum edition e, unsigned build)
{
	struct arena *a = arena_open();
	if (build)
		folder_remove(result_folder(b, a, e, build).ptr);
	arena_close(a);
}

static bool start(struct background *b, enum edition e)
{
	struct arena *a = arena_open();
	static const char program[] = "/proc/self/exe"; /* the very file that runs */
	const char *root = str_c(a, b->options.root), *issue = str_c(a, b->options.issue);
	const char *const check[] = { program, "-C", root, "check", issue, "--json", NULL };
	const char *folder = e ? result_folder(b, a, e, b->build + 1).ptr : "";
	const char *const build[] = { program,
				      "-C",
				      root,
				      "build",
				      issue,
				      "-e",
				      e ? str_c(a, edition_name(e)) : "",
				      "-o",
				      folder,
				      "--draft",
				      "--json",
				      "--quiet",
				      NULL };
	buf_clear(&b->output);
	bool started = process_start(&b->running, e ? build : check, b->options.variables) == 0;
	if (started) {
		if (!e || !preview_looked_at(b->options.preview, e))
			process_yield(&b->running);
		b->making = e;
		b->build += e != 0;
	}
	arena_close(a);
	return started;
}

/* Starts what is next, if anything is. */
static void start_next(struct background *b)
{
	while (b->running.pid == 0 && (b->waiting || b->check_waiting)) {
		enum edition e = preview_looked_at(b->options.preview, b->waiting);
		if (!e && !b->check_waiting)
			e = (enum edition)(b->waiting & (~b->waiting + 1)); /* the lowest */
		if (e)
			b->waiting &= ~(unsigned)e;
		else
			b->check_waiting = false;
		if (!start(b, e)) {
			b->state.failed = (enum edition)((unsigned)b->state.failed | e);
			b->state.checking &= e != 0;
		}
	}
	tell(b);
}

static void stop(struct background *b)
{
	if (b->running.pid == 0)
		return;
	process_kill(&b->running);
	if (b->making)
		remove_result(b, b->making, b->build);
}

void background_interrupt(struct background *b)
{
	stop(b);
	b->waiting = 0;
	b->check_waiting = false;
	b->state.checking = true;
	b->state.outdated = (enum edition)ALL_PAGED;
	tell(b);
}

void background_begin(struct background *b, struct str told)
{
	/* What the last check found stays until the next one is done, but for what the
	 * reading told: that is known anew. */
	buf_clear(&b->told);
	buf_put(&b->told, told);
	b->waiting = ALL_PAGED;
	b->check_waiting = true;
	b->state = (struct preview_state){ .checking = true, .outdated = (enum edition)ALL_PAGED };
	start_next(b);
}

void background_tell(struct background *b, struct str told)
{
	buf_clear(&b->told);
	buf_put(&b->told, told);
	tell(b);
}

void background_refuse(struct background *b, struct str told)
{
	buf_clear(&b->told);
	buf_put(&b->told, told);
	buf_clear(&b->found); /* it would not get so far */
	b->state = (struct preview_state){ .stale = true, .outdated = (enum edition)ALL_PAGED };
	tell(b);
}

int background_descriptor(const struct background *b)
{
	return b->running.output;
}

static size_t paged_index(enum edition e)
{
	size_t i = 0;
	while (i < PAGED && edition_at(i) != e)
		i++;
	return i;
}

const char *background_pdf(const struct background *b, struct arena *a, enum edition e)
{
	unsigned build = b->builds[paged_index(e)][0];
	if (build == 0)
		return NULL;
	return str_format(a, "%.*s/%.*s/%.*s.pdf", STR_ARG(result_folder(b, a, e, build)),
			  STR_ARG(b->options.issue), STR_ARG(edition_name(e)))
		.ptr;
}

static void take_edition(struct background *b, enum edition e)
{
	unsigned *builds = b->builds[paged_index(e)];
	struct arena *a = arena_open();
	struct str result = result_folder(b, a, e, b->build);
	bool made = file_exists(str_format(a, "%.*s/%.*s/%.*s.pdf", STR_ARG(result),
					   STR_ARG(b->options.issue), STR_ARG(edition_name(e)))
					.ptr);
	arena_close(a);
	if (!made) {
		remove_result(b, e, b->build);
		b->state.failed = (enum edition)((unsigned)b->state.failed | e);
		return;
	}
	unsigned oldest = builds[1];
	builds[1] = builds[0];
	builds[0] = b->build;
	b->state.outdated = (enum edition)((unsigned)b->state.outdated & ~(unsigned)e);
	preview_show_pages(b->options.preview, e, b->build, buf_str(&b->output));
	remove_result(b, e, oldest);
}

void background_go_on(struct background *b)
{
	if (b->running.pid && process_read(&b->running, &b->output))
		return;
	enum edition e = b->making;
	int status = process_wait(&b->running);
	if (e) {
		take_edition(b, e);
	} else {
		b->state.checking = false;
		buf_clear(&b->found);
		if (status >= 0)
			put_others(&b->found, buf_str(&b->output), buf_str(&b->told));
	}
	start_next(b);
}

void background_reorder(struct background *b)
{
	enum edition wanted = preview_looked_at(b->options.preview, b->waiting);
	if (!wanted || b->running.pid == 0 ||
	    (b->making && preview_looked_at(b->options.preview, b->making)))
		return;
	enum edition e = b->making;
	stop(b);
	if (e)
		b->waiting |= e;
	else
		b->check_waiting = true;
	start_next(b);
}
