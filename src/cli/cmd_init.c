#include "base/arena.h"
#include "cli/cli.h"
#include "cli/starter.h"
#include "cli/terminal.h"

static int run_init(struct cli *c)
{
	struct str root = cli_argument(c, 0);
	struct str id = str_format(c->arena, "%d-1", date_from_days(c->world.now / 86400).year);
	if (!starter_publication(c, root) || !starter_issue(c, root, id))
		return EXIT_DONE; /* told: main raises the status */
	terminal_say(c->terminal, "\nNow: glos -C %.*s build",
		     STR_ARG(terminal_word(c->arena, root)));
	return EXIT_DONE;
}

const struct command command_init = {
	.name = "init",
	.arguments = "DIR",
	.summary = "Makes a new publication, ready to build.",
	.positional_min = 1,
	.positional_max = 1,
	.run = run_init,
};
