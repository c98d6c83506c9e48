/* glos store: where subscribers and deliveries are kept, and a move to another place. */
#include "base/arena.h"
#include "cli/cli.h"
#include "cli/terminal.h"
#include "delivery/delivery.h"

enum { OUT_BYTES = 1 << 16 };

static const struct option options[] = {
	{ "to", 0, "VERSION", "migrate back to an older schema, for an older glos" },
	{ "discard", 0, NULL, "even if the older schema cannot keep all" },
};

static void put_facts(struct buf *out, struct str url, const struct store_facts *f)
{
	buf_format(out, "%.*s\n", STR_ARG(url));
	if (f->version == 0) {
		buf_put_c(out, "  nothing there yet; it is made when it is first written to\n");
		return;
	}
	buf_format(out, "  schema %lld%s, %lld kB\n", (long long)f->version,
		   f->version < f->newest ? ", an older one: glos store migrate" : "",
		   (long long)(f->bytes + 1023) / 1024);
	for (size_t i = 0; i < f->table_count; i++)
		buf_format(out, "%11lld %.*s\n", (long long)f->tables[i].count,
			   STR_ARG(f->tables[i].name));
	if (f->senders)
		buf_format(out, "%11lld sending now\n", (long long)f->senders);
}

static void put_facts_json(struct buf *out, struct str url, const struct store_facts *f)
{
	buf_put_c(out, "{\"store\":");
	json_put(out, url);
	buf_format(out, ",\"version\":%lld,\"newest\":%lld,\"bytes\":%lld,\"senders\":%lld",
		   (long long)f->version, (long long)f->newest, (long long)f->bytes,
		   (long long)f->senders);
	for (size_t i = 0; i < f->table_count; i++)
		buf_format(out, ",\"%.*s\":%lld", STR_ARG(f->tables[i].name),
			   (long long)f->tables[i].count);
	buf_put_c(out, "}\n");
}

/* Opens, looks, closes. */
static bool look(struct cli *c, enum store_access access, struct store_facts *facts)
{
	struct store *s = store_open(c->publication, access, &c->world, c->diags);
	bool ok = s && store_facts(s, c->arena, facts);
	store_close(s);
	return ok;
}

static int show(struct cli *c)
{
	struct store_facts facts;
	struct buf out;
	if (!look(c, STORE_READ, &facts))
		return EXIT_DONE; /* main raises it by the diagnostics */
	buf_init(&out, OUT_BYTES);
	if (c->json)
		put_facts_json(&out, c->publication->store, &facts);
	else
		put_facts(&out, c->publication->store, &facts);
	cli_print(&out);
	buf_release(&out);
	return EXIT_DONE;
}

/* Opens, which brings the schema up to date, and goes back from there; what was not there
 * before is empty. */
static bool go_back(struct cli *c, int64_t version, struct store_facts *after)
{
	bool discard = arguments_flag(&c->arguments, "discard");
	struct store *s = store_open(c->publication, STORE_WRITE, &c->world, c->diags);
	bool ok = s && store_go_back(s, version, discard);
	store_close(s);
	return ok && look(c, STORE_READ, after);
}

/* Opening for writing brings a store up to date; here it is said. */
static int migrate(struct cli *c)
{
	struct store_facts before, after;
	int64_t version;
	const char *given = arguments_value(&c->arguments, "to");
	if (!look(c, STORE_READ, &before))
		return EXIT_DONE;
	if (!given)
		version = before.newest;
	else if (!str_to_int(str_from(given), &version) || version < 1 || version > before.newest)
		return cli_usage(c, "--to: a version from 1 to %lld", (long long)before.newest);
	if (version < before.newest ? !go_back(c, version, &after) : !look(c, STORE_WRITE, &after))
		return EXIT_DONE;
	if (c->json)
		printf("{\"from\":%lld,\"to\":%lld}\n", (long long)before.version,
		       (long long)after.version);
	else if (before.version == after.version)
		terminal_say(c->terminal,
			     version < before.newest ? "schema %lld already"
						     : "schema %lld is the newest",
			     (long long)after.version);
	else
		terminal_say(c->terminal, "schema %lld became %lld", (long long)before.version,
			     (long long)after.version);
	return EXIT_DONE;
}

static int copy(struct cli *c)
{
	struct publication source = *c->publication, target = *c->publication;
	int64_t rows = 0;
	source.store = cli_argument(c, 1);
	target.store = cli_argument(c, 2);
	if (str_equal(source.store, target.store))
		return cli_usage(c, "a store is not copied onto itself");
	struct store *from = store_open(&source, STORE_READ, &c->world, c->diags);
	struct store *to = from ? store_open(&target, STORE_WRITE, &c->world, c->diags) : NULL;
	bool ok = from && to && store_copy(from, to, &rows);
	store_close(to);
	store_close(from);
	if (!ok)
		return diags_exit_status(c->diags) == EXIT_DONE ? EXIT_WORLD : EXIT_DONE;
	if (c->json)
		printf("{\"rows\":%lld}\n", (long long)rows);
	else
		terminal_say(c->terminal,
			     "%lld rows copied and read back. To use them, write store: %.*s",
			     (long long)rows, STR_ARG(target.store));
	return EXIT_DONE;
}

static int run_store(struct cli *c)
{
	size_t given = c->arguments.positional_count;
	struct str verb = cli_argument(c, 0);
	if (given == 0)
		return show(c);
	if (str_equal(verb, STR("migrate")))
		return given == 1 ? migrate(c) : cli_usage(c, "store migrate: too much");
	if (str_equal(verb, STR("copy")))
		return given == 3 ? copy(c) : cli_usage(c, "store copy: from where to where");
	return cli_usage(c, "no store %.*s", STR_ARG(verb));
}

const struct command command_store = {
	.name = "store",
	.arguments = "[migrate [--to VERSION [--discard]] | copy FROM TO]",
	.summary = "Tells where subscribers and deliveries are kept, and moves them.",
	.help = "Without arguments: the place, the version of its schema, what it holds.\n"
		"migrate brings the schema up to date, which the first command that writes would "
		"do\n"
		"as well; with --to it goes back to that of an older glos, unless something would "
		"be\n"
		"lost by it. copy takes everything from one store to another that is empty, as "
		"from\n"
		"sqlite:var/glos.db to postgresql://HOST/DATABASE or back; it happens whole or "
		"not at\n"
		"all, and is read back before it counts. Nobody may be sending meanwhile.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_max = 3,
	.needs_publication = true,
	.run = run_store,
};
