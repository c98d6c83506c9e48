/* glos status: how far an issue is, and who did not get it. */
#include "base/arena.h"
#include "cli/cli.h"
#include "cli/issue.h"
#include "cli/terminal.h"
#include "delivery/delivery.h"
#include "source/source.h"

#include <unistd.h>

static const struct option options[] = {
	{ "failed", 0, NULL, "list whom the mail server refused, with its words" },
	{ "ambiguous", 0, NULL, "list those whose message may or may not have arrived" },
	{ "details", 0, NULL, "as JSON: by domain, and the last errors, too" },
	{ "watch", 0, NULL, "again every second or two, until nothing is left" },
};

enum { OUT_BYTES_MAX = 1 << 30, WATCH_MS = 1500 };

/* What a domain's row of the table has, in this order. */
static const struct {
	const char *name;
	int states; /* a set */
} columns[] = {
	{ "sent", 1 << DELIVERY_SENT },
	{ "waiting", 1 << DELIVERY_PENDING | 1 << DELIVERY_CLAIMED | 1 << DELIVERY_INTENT },
	{ "failed", 1 << DELIVERY_FAILED },
	{ "ambiguous", 1 << DELIVERY_AMBIGUOUS },
	{ "left", 1 << DELIVERY_SUPPRESSED | 1 << DELIVERY_CANCELLED },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static int64_t column_of(const int64_t *by_state, size_t column)
{
	int64_t n = 0;
	for (int i = 0; i < DELIVERY_STATE_COUNT; i++)
		n += (columns[column].states >> i) & 1 ? by_state[i] : 0;
	return n;
}

static struct str domain_name(struct str domain)
{
	return domain.len ? domain : STR("(erased)");
}

static void put_heading(struct buf *out, const char *what)
{
	buf_format(out, "\n  %-28s %9s", what, "total");
	for (size_t c = 0; c < COLUMNS; c++)
		buf_format(out, " %9s", columns[c].name);
}

/* With one relay there is nothing to tell apart. */
static void put_relays(struct buf *out, const struct issue_details *d)
{
	if (d->relay_count < 2)
		return;
	put_heading(out, "relay");
	buf_put_byte(out, '\n');
	for (size_t i = 0; i < d->relay_count; i++) {
		const struct relay_status *r = &d->relays[i];
		int64_t total = 0;
		for (int s = 0; s < DELIVERY_STATE_COUNT; s++)
			total += r->by_state[s];
		buf_format(out, "  %-28.*s %9lld", STR_ARG(r->name), (long long)total);
		for (size_t c = 0; c < COLUMNS; c++)
			buf_format(out, " %9lld", (long long)column_of(r->by_state, c));
		buf_put_byte(out, '\n');
		if (r->words.len)
			buf_format(out, "    set aside: %.*s\n", STR_ARG(r->words));
	}
}

static void put_details(struct buf *out, const struct issue_details *d)
{
	struct buf at;
	buf_init(&at, 64);
	put_heading(out, "domain");
	buf_format(out, " %9s\n", "bounced");
	for (size_t i = 0; i < d->domain_count; i++) {
		buf_format(out, "  %-28.*s %9lld", STR_ARG(domain_name(d->domains[i].domain)),
			   (long long)d->domains[i].total);
		for (size_t c = 0; c < COLUMNS; c++)
			buf_format(out, " %9lld", (long long)column_of(d->domains[i].by_state, c));
		buf_format(out, " %9lld\n", (long long)d->domains[i].bounced);
	}
	if (d->more_domains)
		buf_format(out, "  and %lld domains more\n", (long long)d->more_domains);
	put_relays(out, d);
	if (d->error_count)
		buf_put_c(out, "\n  last errors\n");
	for (size_t i = 0; i < d->error_count; i++) {
		const struct last_error *e = &d->errors[i];
		buf_clear(&at);
		time_put_rfc3339(&at, e->at);
		buf_format(out, "  %.*s  %.*s (%s%.*s): %.*s\n", STR_ARG(buf_str(&at)),
			   STR_ARG(domain_name(e->domain)), e->bounced ? "" : "now ",
			   STR_ARG(e->bounced ? STR("bounced") : delivery_state_name(e->state)),
			   STR_ARG(e->words));
	}
	buf_release(&at);
}

static void put_details_json(struct buf *out, const struct issue_details *d)
{
	buf_put_c(out, ",\"domains\":[");
	for (size_t i = 0; i < d->domain_count; i++) {
		buf_put_c(out, i ? ",{\"domain\":" : "{\"domain\":");
		json_put(out, d->domains[i].domain);
		buf_format(out, ",\"total\":%lld", (long long)d->domains[i].total);
		for (int s = 0; s < DELIVERY_STATE_COUNT; s++)
			buf_format(out, ",\"%.*s\":%lld",
				   STR_ARG(delivery_state_name((enum delivery_state)s)),
				   (long long)d->domains[i].by_state[s]);
		buf_format(out, ",\"bounced\":%lld}", (long long)d->domains[i].bounced);
	}
	buf_format(out, "],\"more_domains\":%lld,\"errors\":[", (long long)d->more_domains);
	for (size_t i = 0; i < d->error_count; i++) {
		const struct last_error *e = &d->errors[i];
		buf_put_c(out, i ? ",{\"at\":\"" : "{\"at\":\"");
		time_put_rfc3339(out, e->at);
		buf_format(out, "\",\"state\":\"%.*s\",\"bounced\":%s,\"domain\":",
			   STR_ARG(delivery_state_name(e->state)), e->bounced ? "true" : "false");
		json_put(out, e->domain);
		buf_put_c(out, ",\"words\":");
		json_put(out, e->words);
		buf_put_c(out, "}");
	}
	buf_put_c(out, "],\"relays\":[");
	for (size_t i = 0; i < d->relay_count; i++) {
		buf_put_c(out, i ? ",{\"relay\":" : "{\"relay\":");
		json_put(out, d->relays[i].name);
		buf_put_c(out, ",\"words\":");
		json_put(out, d->relays[i].words);
		for (int s = 0; s < DELIVERY_STATE_COUNT; s++)
			buf_format(out, ",\"%.*s\":%lld",
				   STR_ARG(delivery_state_name((enum delivery_state)s)),
				   (long long)d->relays[i].by_state[s]);
		buf_put_c(out, "}");
	}
	buf_put_c(out, "]");
}

static void put_bounces(struct buf *out, bool json, const struct bounce_counts *b)
{
	const struct {
		const char *name;
		int64_t count;
	} kinds[] = { { "hard", b->hard },
		      { "soft", b->soft },
		      { "policy", b->policy },
		      { "complaint", b->complaint } };
	const char *before = json ? "" : "\n  came back: ";
	buf_put_c(out, json ? ",\"bounces\":{" : "");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		long long count = (long long)kinds[i].count;
		if (json)
			buf_format(out, "%s\"%s\":%lld", before, kinds[i].name, count);
		else if (count)
			buf_format(out, "%s%lld %s", before, count, kinds[i].name);
		before = json ? "," : count ? ", " : before;
	}
	buf_put_c(out, json ? "}" : "");
}

/* Seconds as people say them. */
static void put_duration(struct buf *out, int64_t s)
{
	if (s >= 3600)
		buf_format(out, "%lld h %lld min", (long long)(s / 3600), (long long)(s / 60 % 60));
	else if (s >= 120)
		buf_format(out, "%lld min", (long long)((s + 30) / 60));
	else
		buf_format(out, "%lld s", (long long)s);
}

static void put_status_json(struct buf *out, const struct issue_status *s,
			    const struct issue_details *details)
{
	buf_put_c(out, "{\"issue\":");
	json_put(out, s->issue);
	buf_format(out, ",\"total\":%lld", (long long)s->total);
	for (int i = 0; i < DELIVERY_STATE_COUNT; i++)
		buf_format(out, ",\"%.*s\":%lld",
			   STR_ARG(delivery_state_name((enum delivery_state)i)),
			   (long long)s->by_state[i]);
	put_bounces(out, true, &s->bounces);
	buf_format(out,
		   ",\"rate_per_s\":%lld,\"eta_s\":%lld,\"paused\":%s"
		   ",\"forgotten\":%s",
		   (long long)s->rate_per_s, (long long)s->eta_s, s->paused ? "true" : "false",
		   s->control == ISSUE_FORGOTTEN ? "true" : "false");
	if (details)
		put_details_json(out, details);
	buf_put_c(out, "}");
}

static void put_status(struct buf *out, const struct issue_status *s)
{
	buf_format(out, "%.*s: %lld of %lld sent", STR_ARG(s->issue),
		   (long long)s->by_state[DELIVERY_SENT], (long long)s->total);
	for (int i = 0; i < DELIVERY_STATE_COUNT; i++)
		if (i != DELIVERY_SENT && s->by_state[i])
			buf_format(out, ", %lld %.*s", (long long)s->by_state[i],
				   STR_ARG(delivery_state_name((enum delivery_state)i)));
	if (s->rate_per_s) {
		buf_format(out, "; %lld/s, ", (long long)s->rate_per_s);
		put_duration(out, s->eta_s);
		buf_put_c(out, " left");
	}
	if (s->by_state[DELIVERY_PENDING] && s->next_at) {
		buf_put_c(out, "; next due ");
		time_put_rfc3339(out, s->next_at);
	}
	put_bounces(out, false, &s->bounces);
	if (s->control == ISSUE_STOPPED)
		buf_format(out, "\n  stopped: %.*s", STR_ARG(s->words));
	if (s->control == ISSUE_FORGOTTEN)
		buf_put_c(out, "\n  who got it is no longer known: it was too long ago");
	if (s->control == ISSUE_PAUSED || s->control == ISSUE_CANCELLED)
		buf_format(out, "\n  %s: glos send %.*s --resume",
			   s->control == ISSUE_PAUSED ? "paused" : "cancelled", STR_ARG(s->issue));
	if (s->by_state[DELIVERY_AMBIGUOUS])
		buf_format(out,
			   "\n  the ambiguous: glos status %.*s --ambiguous; then glos send "
			   "%.*s --resolve LOG",
			   STR_ARG(s->issue), STR_ARG(s->issue));
	buf_put_byte(out, '\n');
}

struct listing {
	bool json;
	size_t count;
	struct buf out;
};

static bool list_one(void *context, const struct delivery *d)
{
	struct listing *l = context;
	struct str address = d->address.len ? d->address : STR("(erased)");
	if (!l->json) {
		buf_format(&l->out, "%.*s\t%.*s\t%.*s\t%d\t%.*s\t%.*s\n",
			   STR_ARG(delivery_state_name(d->state)), STR_ARG(address),
			   STR_ARG(d->message_id), d->attempts, STR_ARG(d->words),
			   STR_ARG(d->relay));
	} else {
		buf_put_c(&l->out, l->count ? ",{\"issue\":" : "{\"issue\":");
		json_put(&l->out, d->issue);
		buf_format(&l->out, ",\"state\":\"%.*s\",\"address\":",
			   STR_ARG(delivery_state_name(d->state)));
		json_put(&l->out, d->address);
		buf_put_c(&l->out, ",\"message_id\":");
		json_put(&l->out, d->message_id);
		buf_format(&l->out, ",\"attempts\":%d,\"code\":%d,\"words\":", d->attempts,
			   d->code);
		json_put(&l->out, d->words);
		buf_put_c(&l->out, ",\"relay\":");
		json_put(&l->out, d->relay);
		buf_put_c(&l->out, ",\"at\":\"");
		time_put_rfc3339(&l->out, d->at);
		buf_put_c(&l->out, "\"}");
	}
	l->count++;
	return true;
}

static bool list_deliveries(struct cli *c, struct store *s, struct str issue, int states)
{
	struct listing l = { .json = c->json };
	struct delivery_filter f = { .issue = issue, .states = states };
	buf_init(&l.out, OUT_BYTES_MAX);
	buf_put_c(&l.out, c->json ? "[" : "");
	bool ok = delivery_each(s, &f, list_one, &l);
	buf_put_c(&l.out, c->json ? "]\n" : "");
	cli_print(&l.out);
	buf_release(&l.out);
	return ok;
}

static bool show_status(struct cli *c, struct store *s, struct str issue, bool *moving)
{
	bool detailed = issue.len && (!c->json || arguments_flag(&c->arguments, "details"));
	struct issue_details details = { 0 };
	struct issue_status *list;
	size_t count;
	if (!delivery_status(s, c->arena, issue, &list, &count) ||
	    (detailed && !delivery_details(s, c->arena, issue, &details)))
		return false;
	*moving = false;
	for (size_t i = 0; i < count; i++)
		*moving |= list[i].by_state[DELIVERY_PENDING] + list[i].by_state[DELIVERY_CLAIMED] +
				   list[i].by_state[DELIVERY_INTENT] >
			   0;
	struct buf out;
	buf_init(&out, OUT_BYTES_MAX);
	bool array = c->json && issue.len == 0;
	buf_put_c(&out, array ? "[" : "");
	for (size_t i = 0; i < count; i++) {
		if (!c->json) {
			put_status(&out, &list[i]);
			if (details.domain_count)
				put_details(&out, &details);
			continue;
		}
		buf_put_c(&out, i ? "," : "");
		put_status_json(&out, &list[i], detailed ? &details : NULL);
	}
	buf_put_c(&out, array ? "]\n" : c->json ? "\n" : "");
	if (count == 0 && !c->json)
		terminal_say(c->terminal, "nothing was sent yet");
	cli_print(&out);
	buf_release(&out);
	return true;
}

/* Whether the issue is in the publication or in the ledger. */
static bool issue_exists(struct cli *c, struct store *s, struct str issue)
{
	struct issue_status *list;
	size_t count;
	struct str *ids = issue_list(c->arena, c->publication, &count);
	for (size_t i = 0; i < count; i++)
		if (str_equal(ids[i], issue))
			return true;
	if (delivery_status(s, c->arena, issue, &list, &count) && count && list[0].total)
		return true;
	diag_report(c->diags, DIAG_ISSUE_MISSING, (struct place){ 0 }, "%.*s", STR_ARG(issue));
	return false;
}

/* Shows the status, and with --watch again until nothing is left or Ctrl-C. */
static bool watch(struct cli *c, struct store *s, struct str issue)
{
	const struct timespec nap = { 0, 100 * 1000000L };
	const struct world *w = &c->world;
	bool watching = arguments_flag(&c->arguments, "watch"), moving = true, told = true;
	if (watching && !cli_catch_signals(c))
		watching = false;
	do {
		if (watching && !c->json && isatty(STDOUT_FILENO))
			fputs("\033[H\033[2J", stdout);
		told = show_status(c, s, issue, &moving);
		fflush(stdout);
		int64_t until = w->monotonic_ms(w->context) + WATCH_MS;
		while (watching && told && moving && !w->cancelled(w->context) &&
		       w->monotonic_ms(w->context) < until)
			nanosleep(&nap, NULL);
	} while (watching && told && moving && !w->cancelled(w->context) && !ferror(stdout));
	return told;
}

static int run_status(struct cli *c)
{
	struct str issue = STR("");
	size_t count;
	if (c->arguments.positional_count)
		issue = issues_named(c, 0, &count)[0];
	int states = (arguments_flag(&c->arguments, "failed") ? 1 << DELIVERY_FAILED : 0) |
		     (arguments_flag(&c->arguments, "ambiguous") ? 1 << DELIVERY_AMBIGUOUS : 0);
	struct store *s = store_open(c->publication, STORE_READ, &c->world, c->diags);
	if (s && (issue.len == 0 || issue_exists(c, s, issue))) {
		/* What went wrong is in the diagnostics; main raises the status by them. */
		bool told = states ? list_deliveries(c, s, issue, states) : watch(c, s, issue);
		if (!told)
			terminal_say(c->terminal, "the list is not complete");
	}
	store_close(s);
	return EXIT_DONE;
}

const struct command command_status = {
	.name = "status",
	.arguments = "[ISSUE] [--failed] [--ambiguous] [--watch] [--details]",
	.summary = "Tells how far the sending of an issue is.",
	.help = "Of one issue also by domain of the recipients, and the last errors in the "
		"servers'\n"
		"words. With --json one object: issue, total, pending, claimed, sending, sent, "
		"failed,\n"
		"ambiguous, suppressed, cancelled, bounces (of hard, soft, policy, complaint), "
		"rate_per_s,\n"
		"eta_s, paused, forgotten; without an issue an array of them.\n"
		"--failed and --ambiguous list addresses, Message-ID, attempts, the server's "
		"words\n"
		"and which relay that was.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_max = 1,
	.needs_publication = true,
	.run = run_status,
};
