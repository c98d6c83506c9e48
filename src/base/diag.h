/* What we tell the editor: code, place, detail, hint. All mistakes are collected
 * and told at once, in the order of the files' places. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/str.h"

struct arena;

/* Where something stands in the editor's files. line and column count from 1;
 * column counts code points; 0 means the whole file. file is relative to the
 * publication's root, as the editor would type it. */
struct place {
	struct str file;
	int line, column;
};

enum diag_level {
	DIAG_LEVEL_WARNING, /* exit 0 */
	DIAG_LEVEL_ERROR, /* a mistake in the issue or the input: exit 1 */
	DIAG_LEVEL_FAILURE, /* the world failed: exit 3 */
};

enum diag_code {
#define DIAG_CODE(name, level, slug, text, manual) DIAG_##name,
#include "base/diag_codes.h"
#undef DIAG_CODE
	DIAG_CODE_COUNT
};

struct diag {
	enum diag_code code;
	enum diag_level level;
	struct place place; /* file may be empty */
	struct str detail; /* what of it: "img/tower.jpg"; may be empty */
	struct str hint; /* may be empty */
};

struct diags;

/* Diagnostics live in a. Safe to report to from several threads. */
struct diags *diags_new(struct arena *a);

/* Reports; detail is printf's format and may be "". Reports beyond 1,000 of a
 * run are counted but not kept; the same report twice is one. */
void diag_report(struct diags *d, enum diag_code code, struct place place, const char *detail, ...)
	__attribute__((format(printf, 4, 5)));
/* The same, with a hint. */
void diag_report_hint(struct diags *d, enum diag_code code, struct place place, struct str hint,
		      const char *detail, ...) __attribute__((format(printf, 5, 6)));

/* Remembers a file's text, so that a message can show the line. text must live
 * as long as d. */
void diags_add_text(struct diags *d, struct str file, struct str text);
/* The line of a remembered file, without its end; empty when unknown. */
struct str diags_line(const struct diags *d, struct place place);

/* Reports to d what was reported to other, which nobody reports to any more; the texts
 * that other remembers are remembered. */
void diags_join(struct diags *d, const struct diags *other);

size_t diags_count(const struct diags *d);
const struct diag *diags_at(const struct diags *d, size_t i);
/* How many were reported at this level, kept or not. */
size_t diags_level_count(const struct diags *d, enum diag_level level);
/* True when an error or failure was reported. */
bool diags_failed(const struct diags *d);
/* How many errors and failures were reported so far, the same one again counted
 * again: more than before means that something went wrong since. */
size_t diags_trouble(const struct diags *d);
/* 0, 1 or 3: what the program ends with. */
int diags_exit_status(const struct diags *d);
/* By file in order of first mention, then line and column; stable. */
void diags_sort(struct diags *d);

/* From the table. */
const char *diag_name(enum diag_code code);
const char *diag_text(enum diag_code code);
const char *diag_manual(enum diag_code code);
enum diag_level diag_level_of(enum diag_code code);

#endif
