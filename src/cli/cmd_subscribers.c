/* glos subscribers: who receives. */
#include "base/arena.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/terminal.h"
#include "delivery/delivery.h"

#include <stdint.h>

static const struct option options[] = {
	{ "strict", 0, NULL, "import: one refused row, and nothing is taken" },
	{ "name", 0, "NAME", "add: what the person is called" },
	{ "language", 0, "TAG", "add, list, export: pl, nb, uk, …" },
	{ "region", 0, "REGION", "add (several: \"a;b\"), list, export" },
	{ "consent-at", 0, "DATE", "add: when the person agreed" },
	{ "consent-source", 0, "TEXT", "add: where and how" },
	{ "revive", 0, NULL, "add: the person asked anew after leaving" },
	{ "state", 0, "STATE", "list: active, paused, unconfirmed, unsubscribed, suppressed, all" },
};

enum { CSV_BYTES_MAX = 256 << 20 };

static struct str value(const struct cli *c, const char *name)
{
	return str_from(arguments_value(&c->arguments, name));
}

/* ---- import ---- */

struct refusals {
	struct cli *cli;
	int64_t count;
};

/* Every refused row is told, however many there are. */
static void show_refusal(void *context, const struct diag *refusal)
{
	struct refusals *r = context;
	struct buf out;
	buf_init(&out, 1 << 16);
	terminal_put_diag(&out, r->cli->diags, refusal, false);
	fwrite(buf_str(&out).ptr, 1, out.len, stderr);
	buf_release(&out);
	r->count++;
}

static int import(struct cli *c, struct store *s)
{
	struct str csv, file = cli_argument(c, 1);
	struct refusals refusals = { c, 0 };
	struct import_options o = { .strict = arguments_flag(&c->arguments, "strict"),
				    .refused = show_refusal,
				    .context = &refusals };
	struct import_result r;
	const char *path = str_c(c->arena, file);
	if (str_equal(file, STR("-")))
		file = STR("standard input");
	if (!file_read_piped(c->arena, path, CSV_BYTES_MAX, c->diags, (struct place){ file, 0, 0 },
			     &csv))
		return diags_exit_status(c->diags); /* missing, or too large */
	bool taken = roster_import(s, file, csv, &o, &r);
	if (c->json)
		printf("{\"taken\":%s,\"added\":%lld,\"updated\":%lld,\"unchanged\":%lld,"
		       "\"kept_out\":%lld,\"refused\":%lld}\n",
		       taken ? "true" : "false", (long long)r.added, (long long)r.updated,
		       (long long)r.unchanged, (long long)r.kept_out, (long long)r.refused);
	else if (!taken)
		terminal_say(c->terminal, "nothing was taken");
	else if (!c->quiet)
		printf("%lld added, %lld updated, %lld unchanged, %lld kept out, %lld refused\n",
		       (long long)r.added, (long long)r.updated, (long long)r.unchanged,
		       (long long)r.kept_out, (long long)r.refused);
	if (taken && r.refused == 0)
		return EXIT_DONE;
	return diags_exit_status(c->diags) == EXIT_WORLD ? EXIT_WORLD : EXIT_MISTAKES;
}

/* ---- reading ---- */

/* States by name, as a set; false and told when there is no such. */
static bool states_named(struct cli *c, int *states)
{
	struct str named = value(c, "state");
	*states = named.len ? 0 : 1 << SUBSCRIBER_ACTIVE;
	if (str_equal(named, STR("all")))
		return true;
	for (int s = 0; named.len && s < SUBSCRIBER_STATE_COUNT; s++)
		if (str_equal(named, subscriber_state_name((enum subscriber_state)s)))
			*states = 1 << s;
	if (named.len && *states == 0)
		cli_usage(c, "no state %.*s", STR_ARG(named));
	return *states != 0;
}

static bool export_one(void *context, const struct subscriber *s)
{
	struct buf *out = context;
	roster_put_csv(out, s);
	if (out->len > 1 << 16) {
		cli_print(out);
		buf_clear(out);
	}
	return !ferror(stdout);
}

static int export(struct cli *c, struct store *s)
{
	struct roster_filter f = { value(c, "region"), value(c, "language"),
				   1 << SUBSCRIBER_ACTIVE };
	struct buf out;
	if (!roster_knows_region(s, f.region))
		return EXIT_DONE; /* main raises it by the diagnostics */
	buf_init(&out, 1 << 20);
	roster_put_csv(&out, NULL);
	bool ok = roster_each(s, &f, export_one, &out);
	cli_print(&out);
	buf_release(&out);
	return ok ? EXIT_DONE : EXIT_WORLD;
}

struct listing {
	const struct cli *cli;
	struct buf out;
};

static bool list_one(void *context, const struct subscriber *s)
{
	struct listing *l = context;
	buf_clear(&l->out);
	if (l->cli->json) {
		roster_put_subscriber(s, &l->out);
	} else {
		buf_format(&l->out, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s", STR_ARG(s->address),
			   STR_ARG(s->name), STR_ARG(s->language), STR_ARG(s->regions),
			   STR_ARG(subscriber_state_name(s->state)));
	}
	buf_put_byte(&l->out, '\n');
	cli_print(&l->out);
	return !ferror(stdout);
}

static int list(struct cli *c, struct store *s)
{
	struct roster_filter f = { value(c, "region"), value(c, "language"), 0 };
	struct listing l = { .cli = c };
	if (!states_named(c, &f.states))
		return EXIT_USAGE;
	buf_init(&l.out, 1 << 20);
	bool ok = roster_knows_region(s, f.region) && roster_each(s, &f, list_one, &l);
	buf_release(&l.out);
	return ok || diags_failed(c->diags) ? EXIT_DONE : EXIT_WORLD;
}

/* A person being shown. */
struct shown {
	struct buf *out;
	const struct attempt *attempts; /* that settled nothing, of all deliveries */
	size_t attempt_count;
};

static bool show_delivery(void *context, const struct delivery *d)
{
	const struct shown *p = context;
	struct buf at;
	buf_init(&at, 64);
	for (size_t i = 0; i < p->attempt_count; i++) {
		const struct attempt *t = &p->attempts[i];
		if (t->delivery != d->id)
			continue;
		buf_clear(&at);
		time_put_rfc3339(&at, t->at);
		buf_format(p->out, "  %-10.*s %-10s %.*s  %.*s%s%.*s\n", STR_ARG(d->issue),
			   "not yet", STR_ARG(buf_str(&at)), STR_ARG(t->relay),
			   t->relay.len ? ": " : "", STR_ARG(t->words));
	}
	buf_clear(&at);
	time_put_rfc3339(&at, d->at);
	buf_format(p->out, "  %-10.*s %-10.*s %.*s  attempt %d  %.*s%s%.*s\n", STR_ARG(d->issue),
		   STR_ARG(delivery_state_name(d->state)), STR_ARG(buf_str(&at)), d->attempts,
		   STR_ARG(d->relay), d->relay.len ? ": " : "", STR_ARG(d->words));
	buf_release(&at);
	return true;
}

static bool show_bounce(void *context, const struct bounce *b)
{
	struct buf *out = context, at;
	buf_init(&at, 64);
	time_put_rfc3339(&at, b->at);
	buf_format(out, "  %-10.*s bounce: %-10.*s %.*s  %.*s  %.*s\n", STR_ARG(b->issue),
		   STR_ARG(bounce_kind_name(b->kind)), STR_ARG(buf_str(&at)), STR_ARG(b->status),
		   STR_ARG(b->words));
	buf_release(&at);
	return true;
}

static bool show_consent(void *context, const struct consent *c)
{
	struct buf *out = context, at;
	buf_init(&at, 64);
	time_put_rfc3339(&at, c->at);
	buf_format(out, "  consent %-10.*s %.*s  %.*s  %.*s\n",
		   STR_ARG(consent_state_name(c->state)), STR_ARG(buf_str(&at)),
		   STR_ARG(c->channel), STR_ARG(c->version));
	buf_release(&at);
	return true;
}

static bool show_words(struct store *s, struct arena *a, const struct subscriber *who,
		       struct buf *out)
{
	struct attempt *attempts;
	struct shown shown = { .out = out };
	if (!delivery_attempts(s, a, who->id, &attempts, &shown.attempt_count))
		return false;
	shown.attempts = attempts;
	const struct delivery_filter f = { .subscriber_id = who->id };
	buf_format(out,
		   "address   %.*s\nname      %.*s\nlanguage  %.*s\nregion    %.*s\n"
		   "consent   %.*s %.*s\nstate     %.*s\n",
		   STR_ARG(who->address), STR_ARG(who->name), STR_ARG(who->language),
		   STR_ARG(who->regions), STR_ARG(who->consent_at), STR_ARG(who->consent_source),
		   STR_ARG(subscriber_state_name(who->state)));
	return consent_each(s, who->id, show_consent, out) &&
	       delivery_each(s, &f, show_delivery, &shown) &&
	       bounce_each(s, who->id, show_bounce, out);
}

static int show(struct cli *c, struct store *s)
{
	struct subscriber who;
	struct buf out;
	enum roster_answer answer = roster_find(s, c->arena, cli_argument(c, 1), &who);
	if (answer == ROSTER_UNKNOWN)
		diag_report(c->diags, DIAG_SUBSCRIBER_UNKNOWN, (struct place){ 0 }, "%.*s",
			    STR_ARG(cli_argument(c, 1)));
	if (answer != ROSTER_DONE)
		return EXIT_DONE; /* main raises it by the diagnostics */
	buf_init(&out, 64 << 20);
	bool ok = c->json ? roster_put_person(s, &who, &out) : show_words(s, c->arena, &who, &out);
	buf_put_c(&out, c->json ? "\n" : "");
	cli_print(&out);
	buf_release(&out);
	return ok ? EXIT_DONE : EXIT_WORLD;
}

static void put_tallies(struct buf *out, bool json, const char *name, const struct tally *t,
			size_t n)
{
	buf_format(out, json ? ",\"%s\":{" : "%s\n", name);
	for (size_t i = 0; i < n; i++) {
		if (json) {
			buf_put_c(out, i ? "," : "");
			json_put(out, t[i].name);
			buf_format(out, ":%lld", (long long)t[i].count);
		} else {
			buf_format(out, "%9lld %.*s\n", (long long)t[i].count,
				   STR_ARG(t[i].name.len ? t[i].name : STR("(none)")));
		}
	}
	buf_put_c(out, json ? "}" : "");
}

static int stats(struct cli *c, struct store *s)
{
	struct roster_stats r;
	struct buf out;
	if (!roster_stats(s, c->arena, &r))
		return EXIT_WORLD;
	buf_init(&out, 16 << 20);
	for (int i = 0; i < SUBSCRIBER_STATE_COUNT; i++) {
		struct str name = subscriber_state_name((enum subscriber_state)i);
		if (c->json)
			buf_format(&out, "%s\"%.*s\":%lld", i ? "," : "{", STR_ARG(name),
				   (long long)r.by_state[i]);
		else
			buf_format(&out, "%9lld %.*s\n", (long long)r.by_state[i], STR_ARG(name));
	}
	buf_format(&out, c->json ? ",\"suppression_list\":%lld" : "%9lld on the suppression list\n",
		   (long long)r.suppressions);
	put_tallies(&out, c->json, "languages", r.languages, r.language_count);
	put_tallies(&out, c->json, "regions", r.regions, r.region_count);
	put_tallies(&out, c->json, "domains", r.domains, r.domain_count);
	buf_put_c(&out, c->json ? "}\n" : "");
	cli_print(&out);
	buf_release(&out);
	return EXIT_DONE;
}

/* ---- changing one person ---- */

static int tell_answer(struct cli *c, enum roster_answer answer, struct str address,
		       const char *done, const char *unchanged)
{
	if (answer == ROSTER_UNKNOWN)
		diag_report(c->diags, DIAG_SUBSCRIBER_UNKNOWN, (struct place){ 0 }, "%.*s",
			    STR_ARG(address));
	else if (answer == ROSTER_KEPT_OUT)
		diag_report_hint(c->diags, DIAG_ADDRESS_SUPPRESSED, (struct place){ 0 },
				 STR("if the person asked anew: add --revive"), "%.*s",
				 STR_ARG(address));
	else if (answer == ROSTER_DONE || answer == ROSTER_UNCHANGED)
		terminal_say(c->terminal, "%.*s: %s", STR_ARG(address),
			     answer == ROSTER_DONE ? done : unchanged);
	return answer == ROSTER_KEPT_OUT ? EXIT_MISTAKES : EXIT_DONE;
}

static int add(struct cli *c, struct store *s)
{
	int status = EXIT_DONE;
	for (size_t i = 1; i < c->arguments.positional_count; i++) {
		struct subscriber wanted = { .address = cli_argument(c, i),
					     .name = value(c, "name"),
					     .language = value(c, "language"),
					     .regions = value(c, "region"),
					     .consent_at = value(c, "consent-at"),
					     .consent_source = value(c, "consent-source") };
		enum roster_answer answer =
			roster_add(s, &wanted, arguments_flag(&c->arguments, "revive"));
		int told = tell_answer(c, answer, wanted.address, "added", "unchanged");
		status = told ? told : status;
	}
	return status;
}

static int erase(struct cli *c, struct store *s)
{
	for (size_t i = 1; i < c->arguments.positional_count; i++)
		tell_answer(c, roster_erase(s, cli_argument(c, i)), cli_argument(c, i),
			    "erased; only a keyed hash is kept, so that no import brings them back",
			    "was erased already");
	return EXIT_DONE;
}

static int suppress(struct cli *c, struct store *s)
{
	for (size_t i = 1; i < c->arguments.positional_count; i++)
		tell_answer(c, roster_suppress(s, cli_argument(c, i)), cli_argument(c, i),
			    "suppressed: gets nothing any more", "was suppressed already");
	return EXIT_DONE;
}

/* ---- what has an age ---- */

static int expire(struct cli *c, struct store *s)
{
	struct retention_result r;
	if (!retention_run(s, &r))
		return diags_failed(c->diags) ? EXIT_DONE : EXIT_WORLD;
	if (c->json)
		printf("{\"requests\":%lld,\"words\":%lld,\"issues\":%lld}\n",
		       (long long)r.requests, (long long)r.words, (long long)r.issues);
	else if (!c->quiet)
		printf("forgotten: %lld requests to subscribe, %lld words of servers, readers of "
		       "%lld issues\n",
		       (long long)r.requests, (long long)r.words, (long long)r.issues);
	return EXIT_DONE;
}

/* ---- the table ---- */

static const struct verb {
	const char *name;
	int (*run)(struct cli *c, struct store *s);
	size_t least, most; /* arguments behind the verb */
	enum store_access access;
} verbs[] = {
	{ "import", import, 1, 1, STORE_WRITE },
	{ "export", export, 0, 0, STORE_READ },
	{ "add", add, 1, SIZE_MAX, STORE_WRITE },
	{ "show", show, 1, 1, STORE_READ },
	{ "erase", erase, 1, SIZE_MAX, STORE_WRITE },
	{ "suppress", suppress, 1, SIZE_MAX, STORE_WRITE },
	{ "list", list, 0, 0, STORE_READ },
	{ "stats", stats, 0, 0, STORE_READ },
	{ "expire", expire, 0, 0, STORE_WRITE },
};

static int run_subscribers(struct cli *c)
{
	const struct verb *v = NULL;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (str_equal(cli_argument(c, 0), str_from(verbs[i].name)))
			v = &verbs[i];
	if (!v)
		return cli_usage(c, "no subscribers %.*s", STR_ARG(cli_argument(c, 0)));
	size_t given = c->arguments.positional_count - 1;
	if (given < v->least || given > v->most)
		return cli_usage(c, "subscribers %s: %s", v->name,
				 given < v->least ? "something is missing" : "too much");
	struct store *s = store_open(c->publication, v->access, &c->world, c->diags);
	int status = s ? v->run(c, s) : EXIT_DONE;
	store_close(s);
	return status;
}

const struct command command_subscribers = {
	.name = "subscribers",
	.arguments = "import FILE.csv | export | add ADDRESS… | show ADDRESS | erase ADDRESS… |\n"
		     "       suppress ADDRESS… | list | stats | expire",
	.summary = "Keeps the list of those who receive the publication.",
	.help = "import takes CSV whose first line names columns: email, name, language, region,\n"
		"consent_at, consent_source. It may be repeated; it never brings back who left. "
		"FILE\n"
		"may be a pipe; - is standard input.\n"
		"export writes the active subscribers as the same CSV to standard output.\n"
		"show tells all that is kept about a person (consents, what was sent to them "
		"and came\n"
		"back), with --json as one object to hand to them; erase forgets all but a keyed "
		"hash.\n"
		"expire forgets what retention: of glos.yaml no longer keeps; glos serve does it, "
		"too.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_min = 1,
	.positional_max = SIZE_MAX,
	.needs_publication = true,
	.run = run_subscribers,
};
