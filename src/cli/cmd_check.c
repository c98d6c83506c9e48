/* glos check: everything an editor or a printer would stumble on. Composes every
 * edition, so that text which does not fit is found, judges its pages as a printer and
 * a reader would, and the settings as glos send and glos serve would, and writes nothing
 * but, into the cache, which pictures are sound. */
#include "base/arena.h"
#include "cli/cli.h"
#include "cli/issue.h"
#include "cli/renditions.h"
#include "cli/terminal.h"
#include "delivery/delivery.h"
#include "email/email.h"
#include "serve/serve.h"

#include <stdint.h>

static void check_messages(struct cli *c, const struct document *doc, const struct layout *l)
{
	struct arena *a = arena_open();
	size_t count;
	const struct segment *segments = email_segments(a, doc, &count);
	for (size_t i = 0; i < count; i++)
		email_compose(a, doc, l, &segments[i], mail_renditions(c), &c->world, c->diags);
	arena_close(a);
}

/* trouble: errors and failures told before that are not this issue's. */
static void check_issue(struct cli *c, struct str id, size_t trouble)
{
	struct layout *layouts[EDITION_COUNT];
	const struct document *doc = issue_read(c, c->arena, id, EDITION_ALL, layouts);
	if (!doc || diags_trouble(c->diags) > trouble)
		return; /* composing would only repeat what is told already */
	for (size_t i = 0; i < EDITION_COUNT; i++) {
		if (!layouts[i])
			continue;
		if (edition_at(i) == EDITION_EMAIL) {
			check_messages(c, doc, layouts[i]);
		} else if (edition_at(i) != EDITION_WEB) {
			struct arena *a = arena_open();
			issue_pages(c, a, doc, layouts[i], &c->world, NULL);
			arena_close(a);
		}
	}
	if (diags_trouble(c->diags) == trouble)
		terminal_say(c->terminal, "%.*s: %zu %s, no errors", STR_ARG(id), doc->entry_count,
			     doc->entry_count == 1 ? "entry" : "entries");
}

/* What sending and serving would find out, as far as that can be known without a network. */
static void check_delivery(struct cli *c)
{
	dkim_check(c->publication, c->diags);
	if (c->publication->serve.place.line)
		serve_check(c->publication, c->diags);
}

static int run_check(struct cli *c)
{
	size_t count;
	struct str *ids = issues_named(c, 0, &count);
	bool settings_failed = diags_failed(c->diags);
	for (size_t i = 0; i < count; i++)
		check_issue(c, ids[i], settings_failed ? 0 : diags_trouble(c->diags));
	check_delivery(c);
	return EXIT_DONE; /* main raises it by the diagnostics */
}

const struct command command_check = {
	.name = "check",
	.arguments = "[ISSUE…]",
	.summary = "Tells every mistake in an issue, with its place and what to do.",
	.help = "With --json one object a diagnostic: code, level, file, line, column, message, "
		"hint.",
	.positional_max = SIZE_MAX,
	.needs_publication = true,
	.run = run_check,
};
