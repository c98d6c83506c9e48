#include "cli/cli.h"

static const struct option options[] = {
	{ "diagnostics", 0, NULL, "list every message an editor may meet, and what it means" },
};

static void show_commands(void)
{
	puts("glos makes a periodical out of Markdown: print, screen, large print, web, e-mail.\n");
	for (size_t i = 0; commands[i]; i++)
		printf("  %-12s %s\n", commands[i]->name, commands[i]->summary);
	puts("\nglos COMMAND --help tells more. Begin with: glos init my-magazine");
}

static void show_diagnostics(void)
{
	static const char *const levels[] = { "warning", "error", "failure" };
	for (int code = 0; code < DIAG_CODE_COUNT; code++) {
		enum diag_code d = (enum diag_code)code;
		printf("%s (%s): %s\n    %s\n", diag_name(d), levels[diag_level_of(d)],
		       diag_text(d), diag_manual(d));
	}
}

static int run_help(struct cli *c)
{
	struct str name = cli_argument(c, 0);
	if (arguments_flag(&c->arguments, "diagnostics")) {
		show_diagnostics();
		return EXIT_DONE;
	}
	if (name.len == 0) {
		show_commands();
		return EXIT_DONE;
	}
	for (size_t i = 0; commands[i]; i++)
		if (str_equal(str_from(commands[i]->name), name)) {
			c->command = commands[i];
			cli_show_help(c);
			return EXIT_DONE;
		}
	return cli_usage(c, "no command %.*s", STR_ARG(name));
}

const struct command command_help = {
	.name = "help",
	.arguments = "[COMMAND]",
	.summary = "Lists the commands, or tells about one.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_max = 1,
	.run = run_help,
};
