/* glos bounces: what came back, and what follows from it. */
#include "base/arena.h"
#include "cli/cli.h"
#include "cli/terminal.h"
#include "delivery/delivery.h"

#include <stdint.h>

static const struct option options[] = {
	{ "imap", 0, "URL", "a folder of a mail server: imaps://host/Folder" },
	{ "user", 0, "NAME", "who reads it" },
	{ "password-env", 0, "NAME", "the variable that holds the password" },
	{ "password-file", 0, "FILE", "the file that holds it" },
	{ "ca-file", 0, "FILE", "certificates to trust instead of the system's" },
	{ "keep", 0, NULL, "leave the folder as it is: nothing is marked as seen" },
	{ "delete", 0, NULL, "delete from the folder what was understood" },
	{ "all", 0, NULL, "read also what was seen already" },
	{ "dry-run", 'n', NULL, "tell what would follow; change nothing" },
};

static struct str value(const struct cli *c, const char *name)
{
	return str_from(arguments_value(&c->arguments, name));
}

struct listing {
	const struct cli *cli;
	bool all; /* a line for each mail, not for the unknown alone */
	struct buf out;
};

static void put_notice_json(struct buf *out, const struct bounce_notice *n)
{
	const struct {
		const char *name;
		struct str value;
	} fields[] = {
		{ "place", n->place },   { "kind", bounce_kind_name(n->kind) },
		{ "issue", n->issue },   { "address", n->address },
		{ "status", n->status }, { "words", n->words },
	};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		buf_format(out, "%s\"%s\":", i ? "," : "{", fields[i].name);
		json_put(out, fields[i].value);
	}
	buf_format(out, ",\"repeated\":%s,\"suppressed\":%s}\n", n->repeated ? "true" : "false",
		   n->suppressed ? "true" : "false");
}

static void list_one(void *context, const struct bounce_notice *n)
{
	struct listing *l = context;
	if (!l->all && n->kind != BOUNCE_UNKNOWN)
		return;
	buf_clear(&l->out);
	if (l->cli->json)
		put_notice_json(&l->out, n);
	else
		buf_format(&l->out, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s%s%s%s\n",
			   STR_ARG(bounce_kind_name(n->kind)), STR_ARG(n->place), STR_ARG(n->issue),
			   STR_ARG(n->address), STR_ARG(n->status), STR_ARG(n->words),
			   n->suppressed ? "\t(suppressed)" : "",
			   n->repeated ? "\t(read before)" : "",
			   n->cut ? "\t(only its first 2 MB were looked at)" : "");
	cli_print(&l->out);
}

static void put_result(struct buf *out, bool json, const struct bounces_result *r)
{
	static const char *const meanings[] = {
		[BOUNCE_HARD] = "nobody lives at the address",
		[BOUNCE_SOFT] = "mailbox full, server down, or no clear reason",
		[BOUNCE_POLICY] = "refused for what we are or send",
		[BOUNCE_DELAYED] = "the server still tries",
		[BOUNCE_DELIVERED] = "reported as arrived",
		[BOUNCE_COMPLAINT] = "called unwanted by the reader",
		[BOUNCE_REPLY] = "automatic replies",
		[BOUNCE_UNKNOWN] = "of no delivery that the ledger knows",
		[BOUNCE_OTHER] = "other mail",
	};
	buf_format(out, json ? "{\"read\":%lld" : "%9lld read\n", (long long)r->read);
	for (int k = 0; k < BOUNCE_KIND_COUNT; k++) {
		struct str name = bounce_kind_name((enum bounce_kind)k);
		if (json)
			buf_format(out, ",\"%.*s\":%lld", STR_ARG(name), (long long)r->by_kind[k]);
		else if (r->by_kind[k])
			buf_format(out, "%9lld %-10.*s %s\n", (long long)r->by_kind[k],
				   STR_ARG(name), meanings[k]);
	}
	if (json)
		buf_format(out, ",\"repeated\":%lld,\"suppressed\":%lld}\n", (long long)r->repeated,
			   (long long)r->suppressed);
	else if (r->repeated)
		buf_format(out, "%9lld repeated   read before\n", (long long)r->repeated);
	if (!json)
		buf_format(out, "%9lld %s suppressed\n", (long long)r->suppressed,
			   r->suppressed == 1 ? "address" : "addresses");
}

static int take(struct cli *c, struct store *s, const struct bounces_options *o)
{
	size_t count = c->arguments.positional_count;
	struct str *paths = NEW_ARRAY(c->arena, struct str, count + 1);
	for (size_t i = 0; i < count; i++)
		paths[i] = cli_argument(c, i);
	if (count == 0 && o->imap.len == 0)
		paths[count++] = STR("-");
	struct bounces_result r;
	bool ok = bounces_take(s, paths, count, o, &r);
	struct buf out;
	buf_init(&out, 1 << 16);
	if (c->json || !c->quiet)
		put_result(&out, c->json, &r);
	cli_print(&out);
	buf_release(&out);
	if (o->dry_run)
		terminal_say(c->terminal, "nothing was changed");
	/* An error in the settings is a mistake of the person; main tells by it. */
	return ok || diags_exit_status(c->diags) != EXIT_DONE ? EXIT_DONE : EXIT_WORLD;
}

static int run_bounces(struct cli *c)
{
	bool keep = arguments_flag(&c->arguments, "keep");
	bool delete = arguments_flag(&c->arguments, "delete");
	struct listing l = { .cli = c, .all = arguments_flag(&c->arguments, "verbose") };
	struct bounces_options o = {
		.after = delete ? BOUNCES_DELETE
			 : keep ? BOUNCES_KEEP
				: BOUNCES_MARK,
		.all = arguments_flag(&c->arguments, "all"),
		.dry_run = arguments_flag(&c->arguments, "dry-run"),
		.imap = value(c, "imap"),
		.user = value(c, "user"),
		.password_env = value(c, "password-env"),
		.password_file = value(c, "password-file"),
		.ca_file = value(c, "ca-file"),
		.each = c->quiet ? NULL : list_one,
		.context = &l,
	};
	if (keep && delete)
		return cli_usage(c, "--keep and --delete exclude each other");
	if (o.imap.len == 0 && (o.user.len || o.password_env.len || o.password_file.len))
		return cli_usage(c, "--user and --password-… are for --imap");
	if (c->arguments.positional_count && o.imap.len)
		return cli_usage(c, "either --imap or files");
	struct store *s = store_open(c->publication, o.dry_run ? STORE_TRY : STORE_WRITE, &c->world,
				     c->diags);
	int status = EXIT_DONE;
	if (s) {
		buf_init(&l.out, 1 << 16);
		status = take(c, s, &o);
		buf_release(&l.out);
	}
	store_close(s);
	return status;
}

const struct command command_bounces = {
	.name = "bounces",
	.arguments = "[MAILDIR | FILE… | -] [--imap URL --user NAME --password-env NAME]",
	.summary = "Reads what came back, and suppresses addresses that do not exist.",
	.help = "Takes Maildirs, mbox files, files of one mail, or one mail from standard input.\n"
		"Whose delivery a mail is about is told by the random token of its envelope "
		"address or\n"
		"Message-ID alone. Hard bounces and complaints suppress, soft ones after five "
		"issues in\n"
		"a row; the same mail counts once. With -v a line for each mail; mails of no "
		"known\n"
		"delivery are always listed. With --json one object of counts at the end:\n"
		"read, hard, soft, policy, delayed, delivered, complaint, reply, unknown, other,\n"
		"repeated, suppressed.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_max = SIZE_MAX,
	.needs_publication = true,
	.run = run_bounces,
};
