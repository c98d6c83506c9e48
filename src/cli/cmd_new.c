#include "base/arena.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/starter.h"
#include "cli/terminal.h"
#include "source/source.h"

/* An article of no issue would be found by nobody. */
static bool issue_is_there(struct cli *c, struct str id)
{
	struct str file = str_format(c->arena, "issues/%.*s/issue.yaml", STR_ARG(id));
	if (!file_absent(path_join(c->arena, c->publication->root, file)))
		return true;
	diag_report_hint(c->diags, DIAG_ISSUE_MISSING, (struct place){ 0 },
			 str_format(c->arena, "glos new issue %.*s makes it",
				    STR_ARG(terminal_word(c->arena, id))),
			 "%.*s", STR_ARG(id));
	return false;
}

static int run_new(struct cli *c)
{
	struct str kind = cli_argument(c, 0), path = cli_argument(c, 1);
	if (str_find(path, STR(".."), 0) < path.len || str_starts(path, STR("/")))
		return cli_usage(c, "a name below issues/, not a path");
	path = issue_spelled(c->arena, c->publication, path);
	if (str_equal(kind, STR("issue"))) {
		if (issue_name_check(c->arena, path, c->diags))
			starter_issue(c, c->publication->root, path);
	} else if (str_equal(kind, STR("article"))) {
		if (str_find(path, STR("/"), 0) == path.len)
			return cli_usage(c, "an article belongs to an issue: 2026-1/05-wywiad");
		if (issue_is_there(c, str_sub(path, 0, str_find(path, STR("/"), 0))) &&
		    starter_article(c, c->publication->root, path))
			terminal_say(c->terminal,
				     "Name it in the running order of issue.yaml, under contents.");
	} else {
		return cli_usage(c, "new issue or new article, not new %.*s", STR_ARG(kind));
	}
	return EXIT_DONE; /* main raises it by the diagnostics */
}

const struct command command_new = {
	.name = "new",
	.arguments = "issue 2026-2 | article 2026-1/05-wywiad",
	.summary = "Makes a new issue or article to fill.",
	.positional_min = 2,
	.positional_max = 2,
	.needs_publication = true,
	.run = run_new,
};
