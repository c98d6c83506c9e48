#include "cli/steer.h"

#include "base/arena.h"
#include "base/file.h"
#include "cli/terminal.h"
#include "delivery/delivery.h"

#include <string.h>

enum { LOG_BYTES_MAX = 1 << 30 };

bool steer_asked(const struct cli *c)
{
	const struct arguments *a = &c->arguments;
	return arguments_flag(a, "pause") || arguments_flag(a, "cancel") ||
	       arguments_flag(a, "resolve") || arguments_flag(a, "decide");
}

/* What a sender at work has in hand it gives back, but for what is on the wire. */
static void tell_cancelled(struct cli *c, struct store *s, struct str issue, int64_t rows)
{
	struct issue_status *list;
	size_t count;
	int64_t in_hand = 0;
	if (delivery_status(s, c->arena, issue, &list, &count) && count)
		in_hand = list[0].by_state[DELIVERY_CLAIMED] + list[0].by_state[DELIVERY_INTENT];
	if (in_hand)
		terminal_say(c->terminal,
			     "%.*s: %lld will not get it, nor will those of %lld in the sender's "
			     "hands that are not yet on the wire. glos send %.*s --resume takes it "
			     "back",
			     STR_ARG(issue), (long long)rows, (long long)in_hand, STR_ARG(issue));
	else
		terminal_say(c->terminal,
			     "%.*s: %lld will not get it. glos send %.*s --resume takes it back",
			     STR_ARG(issue), (long long)rows, STR_ARG(issue));
}

static int control(struct cli *c, struct store *s, struct str issue)
{
	bool cancel = arguments_flag(&c->arguments, "cancel");
	int64_t rows;
	if (!issue_set_control(s, issue, cancel ? ISSUE_CANCELLED : ISSUE_PAUSED, &rows))
		return EXIT_WORLD;
	if (cancel)
		tell_cancelled(c, s, issue, rows);
	else
		terminal_say(c->terminal,
			     "%.*s is paused; what is on the wire is finished. glos send %.*s "
			     "--resume goes on",
			     STR_ARG(issue), STR_ARG(issue));
	return EXIT_DONE;
}

static bool read_decision(struct cli *c, enum resolve_decision *decision)
{
	static const struct {
		const char *name;
		enum resolve_decision decision;
	} known[] = { { "sent", RESOLVE_SENT },
		      { "failed", RESOLVE_FAILED },
		      { "again", RESOLVE_AGAIN } };
	struct str given = str_from(arguments_value(&c->arguments, "decide"));
	*decision = RESOLVE_HOLD;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_equal(given, str_from(known[i].name)))
			*decision = known[i].decision;
	return given.len == 0 || *decision != RESOLVE_HOLD;
}

static int resolve(struct cli *c, struct store *s, struct str issue)
{
	struct resolve_options o = { .address_count = c->arguments.positional_count - 1 };
	struct resolve_result r;
	const char *log = arguments_value(&c->arguments, "resolve");
	struct str *addresses = NEW_ARRAY(c->arena, struct str, o.address_count);
	for (size_t i = 0; i < o.address_count; i++)
		addresses[i] = cli_argument(c, i + 1);
	o.addresses = addresses;
	if (!read_decision(c, &o.others))
		return cli_usage(c, "--decide is sent, failed or again");
	bool piped = log && strcmp(log, "-") == 0;
	struct place place = { piped ? STR("standard input") : str_from(log), 0, 0 };
	if (log && !file_read_piped(c->arena, log, LOG_BYTES_MAX, c->diags, place, &o.log))
		return EXIT_DONE; /* main raises it by the diagnostics */
	if (!delivery_resolve(s, issue, &o, &r))
		return diags_failed(c->diags) ? EXIT_DONE : EXIT_WORLD;
	if (c->json)
		printf("{\"found\":%lld,\"decided\":%lld,\"held\":%lld}\n", (long long)r.found,
		       (long long)r.decided, (long long)r.held);
	else if (!c->quiet)
		printf("%.*s: %lld sent as the log says, %lld decided, %lld held still\n",
		       STR_ARG(issue), (long long)r.found, (long long)r.decided, (long long)r.held);
	return r.held ? EXIT_PART : EXIT_DONE;
}

int steer(struct cli *c, struct str issue)
{
	bool resolving =
		arguments_flag(&c->arguments, "resolve") || arguments_flag(&c->arguments, "decide");
	if (!resolving && c->arguments.positional_count > 1)
		return cli_usage(c, "one issue at a time");
	struct store *s = store_open(c->publication, STORE_WRITE, &c->world, c->diags);
	if (!s)
		return EXIT_DONE;
	int status = resolving ? resolve(c, s, issue) : control(c, s, issue);
	store_close(s);
	return status;
}
