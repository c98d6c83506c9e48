#include "cli/terminal.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "cli/cli.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SHOWN = 160, BAR_CELLS = 28, REDRAW_MS = 100, LINE_EVERY_MS = 5000 };

struct terminal {
	bool quiet, verbose, colour, is_terminal;
	pthread_mutex_t lock; /* of the bar: editions are made at the same time */
	char bar_of[64]; /* what the bar on screen is about; "" when none */
	int64_t drawn_ms, begun_ms;
};

struct terminal *terminal_new(struct arena *a, bool quiet, bool verbose, const char *colour)
{
	struct terminal *t = NEW(a, struct terminal);
	t->quiet = quiet;
	t->verbose = verbose;
	pthread_mutex_init(&t->lock, NULL);
	t->is_terminal = isatty(STDERR_FILENO);
	t->colour = colour ? strcmp(colour, "always") == 0 : t->is_terminal;
	return t;
}

/* ---- diagnostics ---- */

static const struct {
	const char *name, *ansi;
} levels[] = {
	[DIAG_LEVEL_WARNING] = { "warning", "\033[1;35m" },
	[DIAG_LEVEL_ERROR] = { "error", "\033[1;31m" },
	[DIAG_LEVEL_FAILURE] = { "failure", "\033[1;31m" },
};

/* Characters that would act on the terminal instead of showing. */
static void put_harmless(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.len;) {
		uint32_t c = utf8_next(s, &at);
		bool control = utf8_is_control(c) || c == UTF8_REPLACEMENT;
		utf8_put(out, c == '\t' ? ' ' : control ? UTF8_REPLACEMENT : c);
	}
}

/* The source line around the column, and a caret below it. */
static void put_source(struct buf *out, struct str line, int column, bool colour)
{
	size_t at = 0, start = 0;
	int caret = 0;
	for (int c = 1; c < column && at < line.len; c++)
		utf8_next(line, &at);
	size_t marked = at;
	while (marked - start > LINE_SHOWN / 2) /* long lines: begin near the mark */
		utf8_next(line, &start);
	for (at = start; at < marked; caret++)
		utf8_next(line, &at);
	size_t end = at;
	while (end < line.len && end - start < LINE_SHOWN)
		utf8_next(line, &end);
	buf_put_c(out, "    ");
	put_harmless(out, str_sub(line, start, end - start));
	buf_format(out, "\n    %*s%s^%s\n", caret, "", colour ? "\033[1;32m" : "",
		   colour ? "\033[0m" : "");
}

/* The line of a report, unless a password stands in it: terminals are logged. */
static struct str shown_line(const struct diags *d, struct place p)
{
	for (size_t i = 0; i < diags_count(d); i++) {
		const struct diag *told = diags_at(d, i);
		if (told->code == DIAG_PASSWORD_IN_FILE && told->place.line == p.line &&
		    str_equal(told->place.file, p.file))
			return STR("");
	}
	return diags_line(d, p);
}

void terminal_put_diag(struct buf *out, const struct diags *d, const struct diag *diag, bool colour)
{
	const char *off = colour ? "\033[0m" : "";
	struct place p = diag->place;
	if (p.file.len) {
		buf_put_c(out, colour ? "\033[1m" : "");
		put_harmless(out, p.file);
		if (p.line)
			buf_format(out, ":%d", p.line);
		if (p.line && p.column)
			buf_format(out, ":%d", p.column);
		buf_format(out, ":%s ", off);
	} else {
		buf_put_c(out, "glos: ");
	}
	buf_format(out, "%s%s:%s %s", colour ? levels[diag->level].ansi : "",
		   levels[diag->level].name, off, diag_text(diag->code));
	if (diag->detail.len) {
		buf_put_c(out, ": ");
		put_harmless(out, diag->detail);
	}
	buf_format(out, " [%s]\n", diag_name(diag->code));
	struct str line = shown_line(d, p);
	if (line.len && p.column)
		put_source(out, line, p.column, colour);
	if (diag->hint.len) {
		buf_put_c(out, "    hint: ");
		put_harmless(out, diag->hint);
		buf_put_byte(out, '\n');
	}
}

static void put_count(struct buf *out, size_t n, const char *noun, size_t *said)
{
	if (n)
		buf_format(out, "%s%zu %s%s", (*said)++ ? ", " : "", n, noun, n == 1 ? "" : "s");
}

static void end_bar(struct terminal *t)
{
	if (t->bar_of[0] && t->is_terminal)
		fputs("\r\033[K", stderr);
	t->bar_of[0] = '\0';
}

void terminal_show_diags(struct terminal *t, struct diags *d)
{
	struct buf out;
	size_t said = 0;
	buf_init(&out, SIZE_MAX / 2);
	diags_sort(d);
	for (size_t i = 0; i < diags_count(d); i++) {
		const struct diag *diag = diags_at(d, i);
		if (t->quiet && diag->level == DIAG_LEVEL_WARNING)
			continue;
		terminal_put_diag(&out, d, diag, t->colour);
		if (t->verbose)
			buf_format(&out, "    %s\n", diag_manual(diag->code));
	}
	size_t all = 0;
	for (int l = DIAG_LEVEL_WARNING; l <= DIAG_LEVEL_FAILURE; l++)
		all += diags_level_count(d, (enum diag_level)l);
	if (all > 1 && !t->quiet) {
		put_count(&out, diags_level_count(d, DIAG_LEVEL_FAILURE), "failure", &said);
		put_count(&out, diags_level_count(d, DIAG_LEVEL_ERROR), "error", &said);
		put_count(&out, diags_level_count(d, DIAG_LEVEL_WARNING), "warning", &said);
		if (all > diags_count(d))
			buf_format(&out, " (the first %zu are shown)", diags_count(d));
		buf_put_byte(&out, '\n');
	}
	end_bar(t);
	fwrite(buf_str(&out).ptr, 1, out.len, stderr);
	buf_release(&out);
}

void json_put_diag(struct buf *out, const struct diag *diag)
{
	struct buf message;
	buf_init(&message, 1 << 16);
	buf_put_c(&message, diag_text(diag->code));
	if (diag->detail.len) {
		buf_put_c(&message, ": ");
		buf_put(&message, diag->detail);
	}
	buf_format(out, "{\"code\":\"%s\",\"level\":\"%s\",\"file\":", diag_name(diag->code),
		   levels[diag->level].name);
	json_put(out, diag->place.file);
	buf_format(out, ",\"line\":%d,\"column\":%d,\"message\":", diag->place.line,
		   diag->place.column);
	json_put(out, buf_str(&message));
	buf_put_c(out, ",\"hint\":");
	json_put(out, diag->hint);
	buf_put_c(out, "}\n");
	buf_release(&message);
}

void json_show_diags(struct diags *d)
{
	struct buf out;
	buf_init(&out, SIZE_MAX / 2);
	diags_sort(d);
	for (size_t i = 0; i < diags_count(d); i++)
		json_put_diag(&out, diags_at(d, i));
	cli_print(&out);
	buf_release(&out);
}

/* ---- progress ---- */

static void put_bar(struct buf *b, struct str what, int64_t done, int64_t total, int64_t elapsed_ms)
{
	buf_format(b, "%.*s ", STR_ARG(what));
	if (total > 0) {
		int cells = (int)(done * BAR_CELLS / total);
		for (int i = 0; i < BAR_CELLS; i++)
			buf_put_c(b, i < cells ? "█" : "░");
		buf_format(b, " %lld/%lld", (long long)done, (long long)total);
	} else {
		buf_format(b, "%lld", (long long)done);
	}
	if (total > 0 && done > 0 && done < total && elapsed_ms > 2000)
		buf_format(b, ", %lld s left",
			   (long long)((total - done) * elapsed_ms / done / 1000));
}

static void show_progress(struct terminal *t, struct str what, int64_t done, int64_t total,
			  int64_t now_ms)
{
	bool same = strncmp(t->bar_of, what.ptr, what.len) == 0 && t->bar_of[what.len] == '\0' &&
		    t->bar_of[0];
	bool ends = total > 0 && done >= total;
	if (!same) {
		end_bar(t);
		snprintf(t->bar_of, sizeof t->bar_of, "%.*s", STR_ARG(what));
		t->begun_ms = now_ms;
		/* Short work never shows a bar where lines are kept. */
		t->drawn_ms = t->is_terminal ? 0 : now_ms;
	}
	int64_t pause = t->is_terminal ? REDRAW_MS : LINE_EVERY_MS;
	if (!ends && now_ms - t->drawn_ms < pause)
		return;
	if (ends) {
		end_bar(t);
		return;
	}
	t->drawn_ms = now_ms;
	struct buf line;
	buf_init(&line, 1024);
	put_bar(&line, what, done, total, now_ms - t->begun_ms);
	fprintf(stderr, t->is_terminal ? "\r\033[K%s" : "%s\n", line.ptr);
	fflush(stderr);
	buf_release(&line);
}

void terminal_progress(struct terminal *t, struct str what, int64_t done, int64_t total,
		       int64_t now_ms)
{
	if (t->quiet)
		return;
	pthread_mutex_lock(&t->lock);
	show_progress(t, what, done, total, now_ms);
	pthread_mutex_unlock(&t->lock);
}

void terminal_say(struct terminal *t, const char *format, ...)
{
	if (t->quiet)
		return;
	end_bar(t);
	va_list args;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

struct str terminal_word(struct arena *a, struct str word)
{
	bool plain = word.len > 0;
	for (size_t i = 0; i < word.len && plain; i++) {
		char c = word.ptr[i];
		plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ||
			(c && strchr("/._-+:,@%", c));
	}
	if (plain)
		return word;
	struct buf b;
	buf_init(&b, 4 * word.len + 3);
	buf_put_byte(&b, '\'');
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '\'')
			buf_put_c(&b, "'\\''");
		else
			buf_put_byte(&b, word.ptr[i]);
	}
	buf_put_byte(&b, '\'');
	word = str_copy(a, buf_str(&b));
	buf_release(&b);
	return word;
}
