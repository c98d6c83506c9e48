/* glos status: how far an issue is, and who did not get it. */
#include "base/arena.h"
#include "cli/cli.h"
#include "cli/issue.h"
#include "cli/terminal.h"
#include "delivery/delivery.h"
#include "source/source.h"

static const struct option options[] = {
	{ "failed", 0, NULL, "list whom the mail server refused, with its words" },
	{ "ambiguous", 0, NULL, "list those whose message may or may not have arrived" },
};

enum { OUT_BYTES_MAX = 1 << 30 };

static void put_status_json(struct buf *out, const struct issue_status *s)
{
	buf_put_c(out, "{\"issue\":");
	json_put(out, s->issue);
	buf_format(out, ",\"total\":%lld", (long long)s->total);
	for (int i = 0; i < DELIVERY_STATE_COUNT; i++)
		buf_format(out, ",\"%.*s\":%lld",
			   STR_ARG(delivery_state_name((enum delivery_state)i)),
			   (long long)s->by_state[i]);
	buf_format(out, ",\"rate_per_s\":%lld,\"eta_s\":%lld,\"paused\":%s}",
		   (long long)s->rate_per_s, (long long)s->eta_s, s->paused ? "true" : "false");
}

static void put_status(struct buf *out, const struct issue_status *s)
{
	buf_format(out, "%.*s: %lld of %lld sent", STR_ARG(s->issue),
		   (long long)s->by_state[DELIVERY_SENT], (long long)s->total);
	for (int i = 0; i < DELIVERY_STATE_COUNT; i++)
		if (i != DELIVERY_SENT && s->by_state[i])
			buf_format(out, ", %lld %.*s", (long long)s->by_state[i],
				   STR_ARG(delivery_state_name((enum delivery_state)i)));
	if (s->rate_per_s)
		buf_format(out, "; %lld/s, %lld s left", (long long)s->rate_per_s,
			   (long long)s->eta_s);
	if (s->by_state[DELIVERY_PENDING] && s->next_at) {
		buf_put_c(out, "; next due ");
		time_put_rfc3339(out, s->next_at);
	}
	if (s->paused)
		buf_format(out, "\n  stopped: %.*s", STR_ARG(s->words));
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
		buf_format(&l->out, "%.*s\t%.*s\t%.*s\t%d\t%.*s\n",
			   STR_ARG(delivery_state_name(d->state)), STR_ARG(address),
			   STR_ARG(d->message_id), d->attempts, STR_ARG(d->words));
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

static bool show_status(struct cli *c, struct store *s, struct str issue)
{
	struct issue_status *list;
	size_t count;
	if (!delivery_status(s, c->arena, issue, &list, &count))
		return false;
	struct buf out;
	buf_init(&out, OUT_BYTES_MAX);
	bool array = c->json && issue.len == 0;
	buf_put_c(&out, array ? "[" : "");
	for (size_t i = 0; i < count; i++) {
		if (!c->json) {
			put_status(&out, &list[i]);
			continue;
		}
		buf_put_c(&out, i ? "," : "");
		put_status_json(&out, &list[i]);
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
		bool told =
			states ? list_deliveries(c, s, issue, states) : show_status(c, s, issue);
		if (!told)
			terminal_say(c->terminal, "the list is not complete");
	}
	store_close(s);
	return EXIT_DONE;
}

const struct command command_status = {
	.name = "status",
	.arguments = "[ISSUE] [--failed] [--ambiguous]",
	.summary = "Tells how far the sending of an issue is.",
	.help = "With --json one object: issue, total, pending, claimed, sending, sent, failed,\n"
		"ambiguous, suppressed, rate_per_s, eta_s, paused; without an issue an array of "
		"them.\n"
		"--failed and --ambiguous list addresses, Message-ID, attempts, the server's "
		"words.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_max = 1,
	.needs_publication = true,
	.run = run_status,
};
