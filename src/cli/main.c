/* glos: the command table, and what all commands have in common. */
#include "base/arena.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/system.h"
#include "cli/terminal.h"
#include "source/source.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

const struct command *const commands[] = {
	&command_init,  &command_new,         &command_check,   &command_build,  &command_preview,
	&command_dump,  &command_subscribers, &command_send,    &command_status, &command_bounces,
	&command_serve, &command_store,       &command_version, &command_help,   NULL,
};

static const struct option common_options[] = {
	{ "directory", 'C', "DIR", "the publication's folder (else the nearest with glos.yaml)" },
	{ "quiet", 'q', NULL, "say nothing but mistakes and what was asked for" },
	{ "verbose", 'v', NULL, "with each mistake, what it means" },
	{ "json", 0, NULL, "results for scripts, one object a line" },
	{ "colour", 0, "WHEN", "always or never; else as the terminal can" },
	{ "help", 'h', NULL, "this text" },
};
enum { COMMON_OPTIONS = sizeof common_options / sizeof *common_options };

int cli_usage(struct cli *c, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("glos: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	if (c->command)
		fprintf(stderr, "usage: glos %s %s\n", c->command->name, c->command->arguments);
	else
		fputs("glos help lists the commands\n", stderr);
	return EXIT_USAGE;
}

struct str cli_argument(const struct cli *c, size_t i)
{
	return i < c->arguments.positional_count ? str_from(c->arguments.positional[i]) : STR("");
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static int unknown_command(struct cli *c, const char *name)
{
	const char *near = NULL;
	size_t distance = 3;
	for (size_t i = 0; commands[i]; i++) {
		size_t d = str_distance(str_from(name), str_from(commands[i]->name));
		if (d < distance) {
			distance = d;
			near = commands[i]->name;
		}
	}
	if (near)
		return cli_usage(c, "no command %s; did you mean %s?", name, near);
	return cli_usage(c, "no command %s", name);
}

void cli_show_help(const struct cli *c)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	buf_format(&out, "usage: glos %s %s\n\n%s\n", c->command->name, c->command->arguments,
		   c->command->summary);
	if (c->command->help)
		buf_format(&out, "\n%s\n", c->command->help);
	if (c->command->option_count)
		buf_put_c(&out, "\n");
	options_put_help(&out, c->command->options, c->command->option_count);
	buf_put_c(&out, "\nEvery command takes\n");
	options_put_help(&out, common_options, COMMON_OPTIONS);
	cli_print(&out);
	buf_release(&out);
}

/* Reads glos.yaml of the folder named, or found. */
static bool open_publication(struct cli *c)
{
	const char *named = arguments_value(&c->arguments, "directory");
	char *root = publication_find(c->arena, named ? named : ".");
	if (named && root) {
		/* -C names the folder itself, not one above it. */
		char *exact = path_join(c->arena, str_from(named), STR("glos.yaml"));
		if (file_absent(exact))
			root = NULL;
	}
	if (!root) {
		diag_report(c->diags, DIAG_PUBLICATION_MISSING, (struct place){ 0 }, "%s",
			    named ? named : "");
		return false;
	}
	c->publication = publication_read(c->arena, root, c->diags);
	return c->publication != NULL;
}

static int run(struct cli *c)
{
	int status = EXIT_DONE;
	if (c->command->needs_publication && !open_publication(c))
		status = EXIT_DONE; /* raised by the diagnostics */
	else
		status = c->command->run(c);
	if (c->json && c->command == &command_check)
		json_show_diags(c->diags);
	else
		terminal_show_diags(c->terminal, c->diags);
	if (status == EXIT_DONE)
		status = diags_exit_status(c->diags);
	/* Results that did not reach their reader are a failure too. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "glos: cannot write to standard output: %s\n", strerror(errno));
		status = EXIT_WORLD;
	}
	return status;
}

static int parse_and_run(struct cli *c, int argc, char *argv[])
{
	struct str mistake;
	if (!arguments_parse(c->arena, argc, argv, common_options, COMMON_OPTIONS,
			     c->command->options, c->command->option_count, &c->arguments,
			     &mistake))
		return cli_usage(c, "%.*s", STR_ARG(mistake));
	const char *colour = arguments_value(&c->arguments, "colour");
	if (colour && strcmp(colour, "always") != 0 && strcmp(colour, "never") != 0)
		return cli_usage(c, "--colour is always or never");
	const char *no_colour = getenv("NO_COLOR"); /* no-color.org: set and not empty */
	if (!colour && no_colour && *no_colour)
		colour = "never";
	c->quiet = arguments_flag(&c->arguments, "quiet");
	c->json = arguments_flag(&c->arguments, "json");
	c->terminal =
		terminal_new(c->arena, c->quiet, arguments_flag(&c->arguments, "verbose"), colour);
	if (arguments_flag(&c->arguments, "help")) {
		cli_show_help(c);
		return EXIT_DONE;
	}
	size_t given = c->arguments.positional_count;
	if (given < c->command->positional_min)
		return cli_usage(c, "something is missing");
	if (given > c->command->positional_max)
		return cli_usage(c, "too much: %s",
				 c->arguments.positional[c->command->positional_max]);
	return run(c);
}

/* Whether an option takes the word behind it: "-C", "--colour", not "--colour=never". */
static bool takes_next(const char *word)
{
	for (size_t i = 0; i < COMMON_OPTIONS; i++) {
		const struct option *o = &common_options[i];
		if (!o->argument)
			continue;
		if (word[1] == '-' ? strcmp(word + 2, o->name) == 0
				   : o->letter && word[strlen(word) - 1] == o->letter)
			return true;
	}
	return false;
}

/* Options may stand before the command: glos -C DIR build. */
static int command_at(int argc, char *const argv[])
{
	int at = 1;
	while (at < argc && argv[at][0] == '-')
		at += takes_next(argv[at]) ? 2 : 1;
	return at;
}

int main(int argc, char *argv[])
{
	struct arena *a = arena_open();
	struct cli c = { .arena = a, .diags = diags_new(a), .command = &command_help };
	int status = EXIT_USAGE;
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write, not the end */
	signal(SIGXFSZ, SIG_IGN); /* so is a file at its limit: nothing is left half-written */
	system_world(&c);
	c.data_folder = system_data_folder(a, argv[0]);
	int at = command_at(argc, argv);
	if (at >= argc) {
		status = parse_and_run(&c, argc - 1, argv + 1);
	} else {
		c.command = find_command(argv[at]);
		if (!c.command) {
			status = unknown_command(&c, argv[at]);
		} else {
			char **rest = NEW_ARRAY(a, char *, argc);
			int n = 0;
			for (int i = 1; i < argc; i++)
				if (i != at)
					rest[n++] = argv[i];
			status = parse_and_run(&c, n, rest);
		}
	}
	system_leave(&c);
	arena_close(a);
	return status;
}
