/* Option tables: parsing and help from one source. */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include "base/str.h"

struct arena;

struct option {
	const char *name; /* long form, without "--" */
	char letter; /* short form, or 0 */
	const char *argument; /* what it takes: "DIR"; NULL: a flag */
	const char *help;
};

/* What a command line said. */
struct arguments {
	struct arena *arena;
	const struct option *const *given; /* options in order of the command line */
	const char *const *values; /* their arguments; NULL for flags */
	size_t given_count;
	const char *const *positional;
	size_t positional_count;
};

/* Parses argv[0..argc): options of the two tables anywhere, "--" ends them,
 * "--name=value" and "-nvalue" allowed. False on a mistake, told in *mistake. */
bool arguments_parse(struct arena *a, int argc, char *const argv[], const struct option *common,
		     size_t common_count, const struct option *own, size_t own_count,
		     struct arguments *result, struct str *mistake);

/* Whether an option was given; its last argument, or NULL. */
bool arguments_flag(const struct arguments *a, const char *name);
const char *arguments_value(const struct arguments *a, const char *name);
/* The i-th argument of an option that may be repeated, or NULL. */
const char *arguments_nth(const struct arguments *a, const char *name, size_t i);

/* Appends one line for each option, aligned. */
void options_put_help(struct buf *out, const struct option *options, size_t count);

#endif
