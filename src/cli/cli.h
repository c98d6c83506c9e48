/* cli/: the doorstep for the terminal. Words from a person become calls through
 * the rooms' doors; nouns and diagnostics become words for a person. The only
 * room that reads argv, the environment, the clock. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/diag.h"
#include "base/json.h"
#include "base/world.h"
#include "cli/option.h"
#include "model/publication.h"

#include <stdio.h>

struct arena;
struct terminal;

enum exit_status {
	EXIT_DONE = 0,
	EXIT_MISTAKES = 1, /* in the issue or the input */
	EXIT_USAGE = 2,
	EXIT_WORLD = 3, /* disk, network, database */
	EXIT_PART = 4, /* sent in part */
};

/* What every command gets. */
struct cli {
	struct arena *arena; /* lives as long as the program */
	struct diags *diags;
	struct world world;
	struct terminal *terminal;
	struct arguments arguments;
	const struct command *command;
	struct publication *publication; /* when the command needs one, else NULL */
	struct str data_folder; /* layouts/ and fonts/ that come with the program */
	bool quiet, json;
};

/* One command: one file, one of these. */
struct command {
	const char *name; /* "build" */
	const char *arguments; /* "[ISSUE…]" */
	const char *summary; /* one line */
	const char *help; /* more, or NULL */
	const struct option *options;
	size_t option_count;
	size_t positional_min, positional_max; /* max 0: none; SIZE_MAX: any number */
	bool needs_publication;
	/* Returns an exit status. Diagnostics left in cli->diags are told by main,
	 * and raise the status to 1 or 3 when they are errors or failures. */
	int (*run)(struct cli *c);
};

extern const struct command command_init, command_new, command_check, command_build,
	command_preview, command_subscribers, command_send, command_status, command_bounces,
	command_serve, command_store, command_dump, command_version, command_help;

/* The command table, ended by NULL; for main and help. */
extern const struct command *const commands[];

/* A mistake in how the command was called: told on stderr, returns EXIT_USAGE. */
int cli_usage(struct cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What c->command does, takes and is called with, on stdout. */
void cli_show_help(const struct cli *c);

/* The i-th positional argument as a slice. */
struct str cli_argument(const struct cli *c, size_t i);

/* Results, on stdout. */
void cli_print(const struct buf *out);

/* From now on SIGINT and SIGTERM no longer end the program but show in
 * world.cancelled: 1 after the first, 2 after the second. For long work that
 * must end in order. */
bool cli_catch_signals(struct cli *c);
/* The same, and the second one ends the program within a second whatever it waits for, with
 * these words and EXIT_PART: for what loses nothing by that. They stay. */
bool cli_end_at_second_signal(struct cli *c, const char *last_words);
/* A descriptor that can be read when such a signal came; -1 before. */
int cli_signals(const struct cli *c);

#endif
