/* glos dump: a noun as canonical text. */
#include "base/arena.h"
#include "cli/cli.h"
#include "cli/issue.h"
#include "cli/renditions.h"
#include "compose/compose.h"
#include "email/email.h"
#include "model/dump.h"

#include <stdint.h>

static const struct option options[] = {
	{ "edition", 'e', "EDITION", "which edition's layout, pages (else print)" },
	{ "region", 0, "REGION", "which segment's message" },
	{ "language", 0, "LANGUAGE", "in which language (else the publication's)" },
};

enum noun { NOUN_DOCUMENT, NOUN_LAYOUT, NOUN_PAGE, NOUN_MESSAGE, NOUN_COUNT };

static const char *const nouns[NOUN_COUNT] = { "document", "layout", "page", "message" };

static void dump(struct cli *c, struct buf *out, enum noun noun, const struct document *doc,
		 const struct layout *l)
{
	if (noun == NOUN_DOCUMENT) {
		dump_document(out, doc);
	} else if (noun == NOUN_LAYOUT) {
		dump_layout(out, l);
	} else if (noun == NOUN_PAGE) {
		dump_pages(out, compose_issue(c->arena, doc, l, &c->world, c->diags));
	} else {
		struct str region = str_from(arguments_value(&c->arguments, "region"));
		struct str language = str_from(arguments_value(&c->arguments, "language"));
		struct segment s = { language.len ? language : doc->publication->language, region };
		dump_message(out, email_compose(c->arena, doc, l, &s, mail_renditions(c), &c->world,
						c->diags));
	}
}

static int run_dump(struct cli *c)
{
	size_t noun = 0, edition = 0;
	while (noun < NOUN_COUNT && !str_equal(str_from(nouns[noun]), cli_argument(c, 0)))
		noun++;
	if (noun == NOUN_COUNT)
		return cli_usage(c, "dump document, layout, page or message");
	enum edition set = noun == NOUN_MESSAGE ? EDITION_EMAIL : EDITION_PRINT;
	const char *named = arguments_value(&c->arguments, "edition");
	if (named && !editions_parse(c, named, &set))
		return EXIT_USAGE;
	while (edition < EDITION_COUNT && edition_at(edition) != set)
		edition++;
	if (edition == EDITION_COUNT)
		return cli_usage(c, "dump one edition at a time");
	struct layout *layouts[EDITION_COUNT];
	const struct document *doc = issue_read(c, c->arena, cli_argument(c, 1), set, layouts);
	if (!doc || !layouts[edition])
		return EXIT_MISTAKES;
	struct buf out;
	buf_init(&out, SIZE_MAX / 2);
	dump(c, &out, (enum noun)noun, doc, layouts[edition]);
	cli_print(&out);
	buf_release(&out);
	return EXIT_DONE;
}

const struct command command_dump = {
	.name = "dump",
	.arguments = "document|layout|page|message ISSUE [-e EDITION]",
	.summary = "Prints what the program understood, as canonical text.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_min = 2,
	.positional_max = 2,
	.needs_publication = true,
	.run = run_dump,
};
