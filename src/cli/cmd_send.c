/* glos send: an issue leaves for its subscribers. */
#include "base/arena.h"
#include "cli/cli.h"
#include "cli/issue.h"
#include "cli/renditions.h"
#include "cli/moment.h"
#include "cli/steer.h"
#include "cli/terminal.h"
#include "delivery/delivery.h"
#include "email/email.h"

#include <stdint.h>
#include <string.h>

enum { LATE_S = 60 }; /* a person types "now" */

static const struct option options[] = {
	{ "test", 0, "ADDRESS…", "the very message, to these alone; nothing is recorded" },
	{ "dry-run", 0, NULL, "list who would get what; nothing leaves" },
	{ "region", 0, "REGION", "only subscribers of this region" },
	{ "new", 0, NULL, "also those who joined since the issue was first sent" },
	{ "retry-failed", 0, NULL, "try those again whom the server refused" },
	{ "resend-ambiguous", 0, NULL, "send again what may have arrived: some may get it twice" },
	{ "believe-refusals", 0, NULL, "also when most addresses are refused as unknown" },
	{ "at", 0, "TIME", "wait until then: 2026-03-17T08:00, or 8:00 for the next one" },
	{ "pause", 0, NULL, "a sending at work ends in order, and none begins" },
	{ "resume", 0, NULL, "go on with what was paused; take a cancellation back" },
	{ "cancel", 0, NULL, "those who did not get it yet will not" },
	{ "resolve", 0, "LOG", "settle ambiguous ones by the relay's log: what it took was sent" },
	{ "decide", 0, "WORD", "settle the other ambiguous ones: sent, failed or again" },
	{ "wait", 0, "SECONDS", "wait for retries that are due within so long (else 120)" },
	{ "retry-after", 0, "SECONDS",
	  "first retry of a deferred recipient (else 60); later ones grow" },
	{ "time-limit", 0, "SECONDS", "longest wait for an answer (else RFC 5321's limits)" },
	{ "tries", 0, "N", "seek an unreachable server so often (else 5)" },
};

/* A number within bounds; false and told when it is none. */
static bool number_option(struct cli *c, const char *name, int64_t most, int64_t *number)
{
	const char *given = arguments_value(&c->arguments, name);
	if (!given)
		return true;
	if (str_to_int(str_from(given), number) && *number >= 0 && *number <= most)
		return true;
	cli_usage(c, "--%s is a number from 0 to %lld", name, (long long)most);
	return false;
}

/* What a sending can be told to be; each alone. A slip here reaches everybody, or nobody. */
static bool one_thing_is_asked(struct cli *c)
{
	/* beside: the one before that it may stand with */
	static const struct {
		const char *name, *beside;
	} things[] = {
		{ "test", "" },     { "dry-run", "" }, { "at", "" },      { "pause", "" },
		{ "resume", "at" }, { "cancel", "" },  { "resolve", "" }, { "decide", "resolve" },
	};
	const char *asked = NULL;
	for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
		const char *name = things[i].name;
		if (!arguments_value(&c->arguments, name) && !arguments_flag(&c->arguments, name))
			continue;
		if (asked && strcmp(asked, things[i].beside) != 0) {
			cli_usage(c, "--%s and --%s exclude each other", asked, name);
			return false;
		}
		asked = name;
	}
	return true;
}

static bool read_options(struct cli *c, struct send_options *o)
{
	enum { TWO_DAYS = 48 * 3600 };
	int64_t limit_s = 0, tries = send_defaults.tries;
	*o = send_defaults;
	o->region = str_from(arguments_value(&c->arguments, "region"));
	o->include_new = arguments_flag(&c->arguments, "new");
	o->retry_failed = arguments_flag(&c->arguments, "retry-failed");
	o->resend_ambiguous = arguments_flag(&c->arguments, "resend-ambiguous");
	o->believe_unknown = arguments_flag(&c->arguments, "believe-refusals");
	o->resume = arguments_flag(&c->arguments, "resume");
	if (!number_option(c, "wait", TWO_DAYS, &o->wait_s) ||
	    !number_option(c, "retry-after", 3600, &o->retry_after_s) ||
	    !number_option(c, "time-limit", 3600, &limit_s) ||
	    !number_option(c, "tries", 1000, &tries))
		return false;
	o->reply_limit_ms = limit_s * 1000;
	o->tries = tries < 1 ? 1 : (int)tries;
	return true;
}

/* The issue's messages, one a language and segment, the first for everyone else. NULL when
 * the issue has errors: nothing may be sent then. */
static const struct message **compose_messages(struct cli *c, struct str id, size_t *count)
{
	struct layout *layouts[EDITION_COUNT];
	const struct document *doc = issue_read(c, c->arena, id, EDITION_EMAIL, layouts);
	const struct layout *layout = NULL;
	for (size_t i = 0; i < EDITION_COUNT; i++)
		layout = layouts[i] ? layouts[i] : layout;
	if (!doc || !layout || diags_failed(c->diags))
		return NULL;
	const struct segment *segments = email_segments(c->arena, doc, count);
	const struct message **messages = NEW_ARRAY(c->arena, const struct message *, *count);
	for (size_t i = 0; i < *count; i++)
		messages[i] = email_compose(c->arena, doc, layout, &segments[i], mail_renditions(c),
					    &c->world, c->diags);
	return diags_failed(c->diags) ? NULL : messages;
}

static void tell_result(struct cli *c, struct str issue, const struct send_result *r)
{
	if (c->json) {
		struct buf out;
		buf_init(&out, 1 << 16);
		buf_put_c(&out, "{\"issue\":");
		json_put(&out, issue);
		buf_format(&out,
			   ",\"sent\":%lld,\"failed\":%lld,\"deferred\":%lld,\"ambiguous\":%lld,"
			   "\"left\":",
			   (long long)r->sent, (long long)r->failed, (long long)r->deferred,
			   (long long)r->ambiguous);
		if (r->left == LEFT_UNKNOWN)
			buf_put_c(&out, "null");
		else
			buf_format(&out, "%lld", (long long)r->left);
		buf_format(&out, ",\"cancelled\":%s,\"ms\":%lld}\n",
			   r->cancelled ? "true" : "false", (long long)r->elapsed_ms);
		cli_print(&out);
		buf_release(&out);
		return;
	}
	if (c->quiet)
		return;
	printf("%.*s: %lld sent, %lld failed, %lld ambiguous, ", STR_ARG(issue), (long long)r->sent,
	       (long long)r->failed, (long long)r->ambiguous);
	if (r->left == LEFT_UNKNOWN)
		printf("how many are left is unknown");
	else
		printf("%lld left", (long long)r->left);
	int64_t rate = r->elapsed_ms ? r->sent * 1000 / r->elapsed_ms : 0;
	printf(" (%lld ms", (long long)r->elapsed_ms);
	if (rate)
		printf(", %lld/s", (long long)rate);
	printf(")\n");
}

/* What the person can do about those who did not get it. */
static void tell_advice(struct cli *c, struct str issue, const struct send_result *r)
{
	if (r->control == ISSUE_PAUSED || r->control == ISSUE_CANCELLED) {
		terminal_say(c->terminal, "%.*s is %s: glos send %.*s --resume", STR_ARG(issue),
			     r->control == ISSUE_PAUSED ? "paused" : "cancelled", STR_ARG(issue));
	} else if (r->left && r->spent) {
		terminal_say(c->terminal,
			     "%lld wait: the warm-up allows no more today (UTC): run glos send "
			     "%.*s again tomorrow",
			     (long long)r->left, STR_ARG(issue));
	} else if (r->left && r->next_at > c->world.clock(c->world.context)) {
		struct buf at;
		buf_init(&at, 64);
		time_put_rfc3339(&at, r->next_at);
		terminal_say(c->terminal,
			     "%lld wait for their turn from %.*s on: run glos send %.*s again",
			     (long long)r->left, STR_ARG(buf_str(&at)), STR_ARG(issue));
		buf_release(&at);
	} else if (r->left) {
		terminal_say(c->terminal, "glos send %.*s goes on where this stopped",
			     STR_ARG(issue));
	}
	if (r->unsent)
		terminal_say(c->terminal,
			     "%lld did not get it: glos status %.*s --failed --ambiguous",
			     (long long)r->unsent, STR_ARG(issue));
}

/* Whether the ledger has anybody at all for the issue. */
static bool audience_is_known(struct cli *c, struct store *s, struct str issue)
{
	struct issue_status *list;
	size_t count;
	return delivery_status(s, c->arena, issue, &list, &count) && count && list[0].total;
}

/* The audience is frozen only then: who leaves or joins before counts. False when the
 * person ends the waiting. */
static bool wait_until(struct cli *c, struct str issue, int64_t at)
{
	const struct world *w = &c->world;
	const struct timespec nap = { 0, 200 * 1000000L };
	if (at > w->clock(w->context)) {
		struct buf when;
		buf_init(&when, 64);
		time_put_rfc3339(&when, at);
		terminal_say(c->terminal, "%.*s is ready and leaves at %.*s", STR_ARG(issue),
			     STR_ARG(buf_str(&when)));
		buf_release(&when);
	}
	while (at > w->clock(w->context)) {
		if (w->cancelled(w->context))
			return false;
		nanosleep(&nap, NULL);
	}
	return true;
}

static void catch_signals(struct cli *c, struct str issue)
{
	struct str words = str_format(c->arena,
				      "glos: ended at once; what was on its way is in the ledger: "
				      "glos send %.*s goes on where this stopped\n",
				      STR_ARG(issue));
	if (!cli_catch_signals(c) || !cli_end_at_second_signal(c, str_c(c->arena, words)))
		terminal_say(c->terminal, "Ctrl-C will end this at once");
}

/* Before anybody waits for hours: what would fail for certain fails now. */
static bool is_ready(struct cli *c, const struct message *const *messages, size_t count,
		     const struct send_options *o)
{
	struct store *s = store_open(c->publication, STORE_READ, &c->world, c->diags);
	if (!s)
		return false;
	bool ready = roster_knows_region(s, o->region) && campaign_is_ready(s, messages, count, o);
	store_close(s);
	return ready;
}

static int send_all(struct cli *c, struct str issue, const struct message *const *messages,
		    size_t count, const struct send_options *o, int64_t at)
{
	struct send_result r = { 0 };
	catch_signals(c, issue);
	if (at > c->world.clock(c->world.context) && !is_ready(c, messages, count, o))
		return EXIT_DONE; /* main raises it by the diagnostics */
	if (!wait_until(c, issue, at))
		return EXIT_PART;
	struct store *s = store_open(c->publication, STORE_WRITE, &c->world, c->diags);
	if (!s)
		return EXIT_DONE; /* main raises it by the diagnostics */
	if (!roster_knows_region(s, o->region)) {
		store_close(s);
		return EXIT_DONE;
	}
	bool ok = campaign_send(s, messages, count, o, &r);
	bool anyone = !ok || audience_is_known(c, s, issue);
	store_close(s);
	if (!anyone)
		terminal_say(c->terminal, "Nobody is subscribed%s%.*s: glos subscribers import",
			     o->region.len ? " in " : "", STR_ARG(o->region));
	if (!diags_failed(c->diags) || r.sent)
		tell_result(c, issue, &r);
	tell_advice(c, issue, &r);
	if (!ok && !r.cancelled)
		return diags_failed(c->diags) ? EXIT_DONE : EXIT_WORLD;
	bool held_back = r.control == ISSUE_PAUSED || r.control == ISSUE_CANCELLED;
	return r.cancelled || r.left || r.unsent || held_back ? EXIT_PART : EXIT_DONE;
}

static int send_test(struct cli *c, struct str issue, const struct message *const *messages,
		     size_t count, const struct send_options *o)
{
	size_t n = 0, most = c->arguments.given_count + c->arguments.positional_count;
	struct str *addresses = NEW_ARRAY(c->arena, struct str, most);
	struct send_result r = { 0 };
	const char *given;
	while ((given = arguments_nth(&c->arguments, "test", n)))
		addresses[n++] = str_from(given);
	for (size_t i = 1; i < c->arguments.positional_count; i++)
		addresses[n++] = cli_argument(c, i);
	if (n > TEST_ADDRESSES_MOST)
		return cli_usage(c, "a test goes to %d addresses at most", TEST_ADDRESSES_MOST);
	struct store *s = store_open(c->publication, STORE_READ, &c->world, c->diags);
	if (!s)
		return EXIT_DONE;
	catch_signals(c, issue);
	bool ok = campaign_test(s, messages, count, addresses, n, o, &r);
	store_close(s);
	if (!diags_failed(c->diags) || r.sent)
		tell_result(c, issue, &r);
	if (r.cancelled)
		return EXIT_PART;
	return ok || diags_failed(c->diags) ? EXIT_DONE : EXIT_WORLD;
}

struct plan {
	struct cli *cli;
	int64_t count;
	struct buf out;
};

static bool plan_one(void *context, const struct subscriber *who, const struct message *m)
{
	struct plan *p = context;
	p->count++;
	buf_clear(&p->out);
	if (p->cli->json) {
		buf_put_c(&p->out, "{\"address\":");
		json_put(&p->out, who->address);
		buf_put_c(&p->out, ",\"language\":");
		json_put(&p->out, m->language);
		buf_put_c(&p->out, ",\"region\":");
		json_put(&p->out, m->region);
		buf_put_c(&p->out, "}\n");
	} else {
		buf_format(&p->out, "%.*s\t%.*s\t%.*s\n", STR_ARG(who->address),
			   STR_ARG(m->language), STR_ARG(m->region));
	}
	cli_print(&p->out);
	return !ferror(stdout);
}

static int send_nothing(struct cli *c, struct str issue, const struct message *const *messages,
			size_t count, const struct send_options *o)
{
	struct plan p = { .cli = c };
	struct store *s = store_open(c->publication, STORE_TRY, &c->world, c->diags);
	if (!s)
		return EXIT_DONE;
	buf_init(&p.out, 1 << 16);
	bool ok = roster_knows_region(s, o->region) &&
		  campaign_plan(s, messages, count, o, plan_one, &p);
	buf_release(&p.out);
	store_close(s);
	if (ok)
		terminal_say(c->terminal, "%lld would get %.*s: %.*s", (long long)p.count,
			     STR_ARG(issue), STR_ARG(messages[0]->subject));
	return ok || diags_failed(c->diags) ? EXIT_DONE : EXIT_WORLD;
}

static int run_send(struct cli *c)
{
	struct send_options o;
	size_t count;
	bool test = arguments_value(&c->arguments, "test") != NULL;
	int64_t at = 0;
	const char *moment = arguments_value(&c->arguments, "at");
	if (c->arguments.positional_count > 1 && !test && !steer_asked(c))
		return cli_usage(c, "one issue at a time");
	if (!one_thing_is_asked(c) || !read_options(c, &o))
		return EXIT_USAGE;
	int64_t now = c->world.clock(c->world.context);
	if (moment && !moment_parse(str_from(moment), now, &at))
		return cli_usage(c, "--at is like 2026-03-17T08:00, or 8:00");
	if (moment && at < now - LATE_S)
		return cli_usage(c, "--at %s is past; without --at the issue leaves now", moment);
	struct str issue = issues_named(c, 0, &count)[0];
	if (steer_asked(c))
		return steer(c, issue);
	const struct message *const *messages = compose_messages(c, issue, &count);
	if (!messages)
		return EXIT_DONE; /* main raises it by the diagnostics */
	if (test)
		return send_test(c, issue, messages, count, &o);
	if (arguments_flag(&c->arguments, "dry-run"))
		return send_nothing(c, issue, messages, count, &o);
	return send_all(c, issue, messages, count, &o, at);
}

const struct command command_send = {
	.name = "send",
	.arguments = "ISSUE [--test ADDRESS… | --dry-run] [--region REGION] [OPTION…]",
	.summary = "Sends an issue to its subscribers, once each.",
	.help = "The audience is frozen at the first sending; a run that was interrupted or "
		"killed\n"
		"goes on where it stopped. A server that cannot be reached costs nobody an "
		"attempt.\n"
		"Ctrl-C finishes what is on the wire; a second one ends at once. Exit status 4: "
		"some\n"
		"did not get it (yet); glos status tells who and why.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_min = 1,
	.positional_max = SIZE_MAX,
	.needs_publication = true,
	.run = run_send,
};
