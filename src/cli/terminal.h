/* What the person at the terminal sees: diagnostics with caret, a progress bar. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/diag.h"

struct arena;
struct terminal;

/* People read stderr. verbose: with each message what the manual says of it. colour:
 * NULL follows the terminal, else "always"/"never". */
struct terminal *terminal_new(struct arena *a, bool quiet, bool verbose, const char *colour);

/* One diagnostic: file:line:col, text, source line, caret, hint. */
void terminal_put_diag(struct buf *out, const struct diags *d, const struct diag *diag,
		       bool colour);
/* All of them, sorted, and a last line that counts. Warnings are left out when
 * quiet. */
void terminal_show_diags(struct terminal *t, struct diags *d);
/* One diagnostic as a JSON object and a line feed. */
void json_put_diag(struct buf *out, const struct diag *diag);
/* All of them, sorted, on stdout. */
void json_show_diags(struct diags *d);

/* A bar that is redrawn ten times a second on a terminal; elsewhere a line every
 * few seconds. total 0: only a count. done == total ends the bar. Safe to call from several
 * threads. */
void terminal_progress(struct terminal *t, struct str what, int64_t done, int64_t total,
		       int64_t now_ms);
/* A word as a shell takes it: in single quotes where it needs them. */
struct str terminal_word(struct arena *a, struct str word);
/* A line for people on stderr; nothing when quiet. */
void terminal_say(struct terminal *t, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
