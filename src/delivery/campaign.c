/* Sending an issue: one loop, and beside it a clerk for the ledger (turn.c).
 *
 * What the sessions tell becomes marks; texts on their way become intents; with them, in
 * the same transaction, new rows are claimed. When it is on the disk the dots leave. So at any
 * instant the ledger says the truth about every recipient, or less than happened
 * by at most one dot for each connection: those are the ambiguous ones. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "base/errand.h"
#include "base/language.h"
#include "model/mailbox.h"

#include <assert.h>
#include <limits.h>
#include <signal.h>
#include <string.h>

enum {
	WAIT_MS = 200, /* how long a person's Ctrl-C may go unnoticed */
	SET_BACK_S = 30, /* from when on a clock was not only corrected */
	ASK_ALIVE_MS = 250, /* leases are of two seconds or more */
};

const struct send_options send_defaults = {
	.wait_s = 120,
	.retry_after_s = 60,
	.connect_limit_ms = 30000,
	.pause_ms = 500,
	.tries = 5,
};

int64_t campaign_ms(const struct campaign *c)
{
	return c->world->monotonic_ms(c->world->context);
}

int64_t campaign_clock(const struct campaign *c)
{
	return c->world->clock(c->world->context);
}

static int cancelled(const struct campaign *c)
{
	return c->world->cancelled ? c->world->cancelled(c->world->context) : 0;
}

/* ---- beginning and end ---- */

static bool find_sender(struct campaign *c)
{
	const struct mail_settings *mail = &c->publication->mail;
	struct str named = mail->return_path.len ? mail->return_path : mail->from;
	struct address address;
	const char *problem;
	if (mail->from.len == 0 || c->publication->smtp.relay_count == 0) {
		diag_report(c->diags, DIAG_SENDER_INCOMPLETE,
			    (struct place){ STR("glos.yaml"), 0, 0 }, "%s",
			    mail->from.len == 0 ? "mail: from" : "smtp: url");
		return false;
	}
	if (!address_parse(c->arena, mailbox_of(named).address, &address, &problem) ||
	    address.needs_smtputf8) {
		diag_report(c->diags, DIAG_ADDRESS_INVALID, mail->place, "%.*s: %s", STR_ARG(named),
			    problem ? problem : "the sender's address must be ASCII");
		return false;
	}
	c->sender = address.wire;
	return true;
}

/* Everything but the ledger. What was opened is closed by campaign_close. */
static bool campaign_open(struct campaign *c, struct store *s,
			  const struct message *const *messages, size_t message_count,
			  const struct send_options *o, struct send_result *result)
{
	static const struct smtp_events events = { campaign_opened, campaign_not_opened,
						   campaign_settled, campaign_closed };
	*result = (struct send_result){ 0 };
	*c = (struct campaign){ .store = s,
				.world = s->world,
				.diags = s->diags,
				.publication = s->publication,
				.options = o,
				.result = result,
				.arena = arena_open(),
				.messages = messages,
				.message_count = message_count,
				.smtp = { .epoll = -1 },
				.more_due = true };
	c->begun_ms = campaign_ms(c);
	c->region = fold(c->arena, o->region);
	c->message_regions = NEW_ARRAY(c->arena, struct str, message_count);
	for (size_t i = 0; i < message_count; i++)
		c->message_regions[i] = fold(c->arena, messages[i]->region);
	lanes_init(c);
	int connections;
	if (!find_sender(c) || !relays_init(c, &connections))
		return false;
	if (c->publication->dkim.domain.len) {
		c->dkim = dkim_open(c->publication, c->diags);
		if (!c->dkim)
			return false;
	}
	if (!smtp_open(&c->smtp, c->arena, &c->relays[0].params, connections, &events, c, c->world,
		       c->diags))
		return false;
	letters_open(c);
	relays_join(c);
	return turns_open(c);
}

static void campaign_close(struct campaign *c)
{
	c->result->elapsed_ms = campaign_ms(c) - c->begun_ms;
	turns_close(c);
	smtp_close(&c->smtp);
	letters_close(c);
	dkim_close(c->dkim);
	jobs_close(c);
	arena_close(c->arena);
}

/* ---- the loop ---- */

static int busy_sessions(const struct campaign *c)
{
	int busy = 0;
	for (int i = 0; i < c->smtp.session_count; i++)
		busy += c->smtp.sessions[i].context != NULL;
	return busy;
}

/* Nothing is queued or on the wire. Whether the run is over; if not, *wait_ms is
 * how long nothing will be due.
 *
 * Refusals that are held wait for all that may still be answered, over any lull; but not for
 * what is in other hands, whose rows may wait for ours in the same way. */
static bool is_over(struct campaign *c, int64_t *wait_ms)
{
	struct remainder r;
	if (c->testing || c->stopping)
		return !campaign_settle_unknowns(c);
	if (!c->store->ops->remainder(c->store, c->issue, c->region, &r)) {
		c->failed = true;
		return true;
	}
	/* Those never tried wait for their lane; those deferred, only so long; those in
	 * other hands until it is known that nobody has to take them over. */
	int64_t now = campaign_clock(c), soonest = r.next_at;
	bool done = r.pending == 0 || (r.next_fresh == 0 && soonest > now + c->options->wait_s);
	if (done && campaign_settle_unknowns(c)) {
		*wait_ms = 0;
		return false;
	}
	if (done && r.elsewhere == 0)
		return true;
	c->more_due = r.pending && soonest <= now;
	c->ask_again_ms = campaign_ms(c) + ASK_AGAIN_MS;
	*wait_ms = c->more_due ? 0 : WAIT_MS;
	return false;
}

static void tell_progress(const struct campaign *c)
{
	if (c->world->progress && c->total > 0 && !c->testing)
		c->world->progress(c->world->context, STR("sending"), c->done, c->total);
}

/* Puts back what is queued, once nothing new will be begun. */
static void empty_queue(struct campaign *c)
{
	letters_take_back(c);
	for (struct job *j; (j = job_take_any(c));)
		campaign_give_back(c, j, campaign_clock(c));
}

static bool held_back(const struct campaign *c)
{
	return c->result->control == ISSUE_PAUSED || c->result->control == ISSUE_CANCELLED;
}

/* What rows wait for is told by a clock that people and servers set: where it was wrong, and
 * was put right, they would wait for a day that is long over. */
static bool bound_waits(struct campaign *c)
{
	const struct wait_bounds w = {
		.now = campaign_clock(c),
		.once_s = retry_delay_most_s(1, c->options->retry_after_s),
		.often_s = retry_delay_most_s(INT_MAX, c->options->retry_after_s),
	};
	c->clock_ahead_s = w.now - campaign_ms(c) / 1000;
	return c->store->ops->bound_waits(c->store, c->issue, &w);
}

static bool clock_was_set_back(const struct campaign *c)
{
	return campaign_clock(c) - campaign_ms(c) / 1000 < c->clock_ahead_s - SET_BACK_S;
}

/* Whether a person paused or cancelled the issue meanwhile. */
static bool read_control(struct campaign *c)
{
	if (c->testing || campaign_ms(c) < c->ask_control_ms)
		return true;
	c->ask_control_ms = campaign_ms(c) + ASK_AGAIN_MS;
	if (!turns_settle(c) || !c->store->ops->controlled(c->store, c->issue, &c->result->control))
		return false;
	c->stopping |= held_back(c);
	return !clock_was_set_back(c) || bound_waits(c);
}

/* Looks after those that died beside this one; whether it is not declared dead itself: after a
 * pause of any length it asks before the next dot leaves. */
static bool is_alive(struct campaign *c)
{
	if (c->testing || campaign_ms(c) < c->ask_alive_ms)
		return true;
	c->ask_alive_ms = campaign_ms(c) + ASK_ALIVE_MS;
	return turns_settle(c) && dots_look_after(c) && c->store->ops->beat(c->store);
}

/* False when it must end at once: the store failed, or the person insists. */
static bool one_turn(struct campaign *c, bool *over)
{
	int stop = cancelled(c);
	if (stop >= 2)
		return false;
	if (stop && !c->stopping)
		c->stopping = c->result->cancelled = true;
	/* What is on the wire may be refused, and another may go in its place. */
	if (!c->stopping && !c->testing && relays_are_spent(c) && !busy_sessions(c) &&
	    !letters_ahead(c))
		c->stopping = c->result->spent = true;
	if (c->stopping)
		empty_queue(c);
	if (!c->more_due && !c->stopping && campaign_ms(c) >= c->ask_again_ms)
		c->more_due = true;
	int64_t wait = WAIT_MS;
	if (!is_alive(c) || !read_control(c) || !turns_go_on(c, &wait)) {
		c->failed = true;
		return false;
	}
	letters_release(c);
	route_open_sessions(c);
	wait = letters_feed(c, wait);
	if (!errand_is_under_way(c->turns.clerk) && ((turns_want_claims(c) && !c->queue.first) ||
						     (c->turns.next.count && !busy_sessions(c))))
		wait = 0;
	if (!c->queued && !busy_sessions(c) && !letters_ahead(c) && turns_are_idle(c) &&
	    !(c->more_due && !c->stopping))
		*over = is_over(c, &wait);
	tell_progress(c);
	if (!*over)
		smtp_run(&c->smtp, wait);
	return true;
}

/* False when it ended with messages on the wire. */
static bool run(struct campaign *c)
{
	/* A connection that breaks while TLS writes must not end the program. */
	sigset_t pipe, before;
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, &before);
	bool over = false;
	while (!over && one_turn(c, &over))
		;
	(void)turns_settle(c);
	if (!over && cancelled(c))
		c->result->cancelled = true;
	const struct timespec at_once = { 0 };
	while (sigtimedwait(&pipe, NULL, &at_once) > 0)
		;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return over;
}

/* ---- the door ---- */

static bool freeze(struct campaign *c)
{
	struct store *s = c->store;
	const struct send_options *o = c->options;
	struct audience a = { .messages = c->messages,
			      .message_count = c->message_count,
			      .region = o->region,
			      .include_new = o->include_new,
			      .retry_failed = o->retry_failed,
			      .resend_ambiguous =
				      o->resend_ambiguous || c->publication->smtp.resend_ambiguous,
			      .resume = o->resume };
	struct remainder r;
	if (!ledger_recover(s, o, c->publication->smtp.resend_ambiguous) ||
	    !s->ops->freeze(s, &a) || !s->ops->remainder(s, a.issue, c->region, &r) ||
	    !s->ops->controlled(s, a.issue, &c->result->control))
		return false;
	if (c->result->control == ISSUE_FORGOTTEN) {
		diag_report(c->diags, DIAG_ISSUE_FORGOTTEN, (struct place){ 0 }, "%.*s",
			    STR_ARG(c->messages[0]->issue));
		return false;
	}
	c->issue = a.issue;
	c->total = r.pending;
	return bound_waits(c);
}

bool campaign_is_ready(struct store *s, const struct message *const *messages, size_t message_count,
		       const struct send_options *o)
{
	struct campaign c;
	struct send_result unused;
	bool ok = campaign_open(&c, s, messages, message_count, o, &unused);
	campaign_close(&c);
	return ok;
}

/* Rows that a run that ended at once leaves as they are, for the next to settle. */
static int64_t jobs_in_hand(const struct campaign *c)
{
	int64_t count = c->job_count;
	for (const struct job *j = c->free; j; j = j->next)
		count--;
	return count;
}

bool campaign_send(struct store *s, const struct message *const *messages, size_t message_count,
		   const struct send_options *o, struct send_result *result)
{
	struct campaign c;
	struct remainder r;
	bool ok = campaign_open(&c, s, messages, message_count, o, result) &&
		  s->ops->lock_sender(s) && freeze(&c) && relays_begin(&c);
	if (ok) {
		if (!held_back(&c)) {
			dots_begin(&c);
			ok = dots_end(&c, run(&c));
		}
		if (!c.turns.broken)
			relays_end(&c);
		ok &= !c.failed;
		/* Unless it was taken back meanwhile, by another sender perhaps. */
		if (result->control == ISSUE_CANCELLED)
			ok &= s->ops->cancel_left(s, c.issue);
		/* After a turn that failed nobody knows what was claimed. */
		if (!c.turns.broken && s->ops->remainder(s, c.issue, c.region, &r)) {
			result->left = r.pending + jobs_in_hand(&c);
			result->next_at = r.next_at;
			result->unsent = r.unsent;
		} else {
			result->left = LEFT_UNKNOWN;
		}
	} else if (cancelled(&c)) {
		result->cancelled = true;
		result->left = LEFT_UNKNOWN;
	}
	campaign_close(&c);
	return ok;
}

static bool enqueue_test(struct campaign *c, struct str address)
{
	char token[TOKEN_CHARS + 1], own_token[TOKEN_CHARS + 1];
	struct subscriber known = { .address = str_trim(address) };
	struct claim claim = { 0 };
	struct address parsed;
	const char *problem;
	bool is_there;
	if (!address_parse(c->arena, known.address, &parsed, &problem)) {
		diag_report(c->diags, DIAG_ADDRESS_INVALID, (struct place){ 0 }, "%.*s: %s",
			    STR_ARG(known.address), problem);
		return false;
	}
	if (!c->store->ops->find(c->store, c->arena, parsed.key, &known, &is_there) ||
	    !token_make(c->world, token) || !token_make(c->world, own_token))
		return false;
	claim.token = str_from(token);
	claim.address = known.address;
	claim.name = known.name;
	claim.regions = known.regions;
	claim.subscriber_token = is_there ? known.token : str_from(own_token);
	claim.segment_language = c->messages[0]->language;
	for (size_t i = c->message_count; i-- > 0;)
		if (known.language.len &&
		    language_is(c->messages[i]->language, language_primary(known.language)))
			claim.segment_language = c->messages[i]->language;
	/* The segment of a test follows --region, else the person's own. */
	struct str rest = c->options->region.len ? c->options->region : known.regions, region;
	while (rest.len && claim.segment_region.len == 0 && str_cut(&rest, ';', &region))
		for (size_t i = 0; i < c->message_count; i++)
			if (c->message_regions[i].len &&
			    str_equal(c->messages[i]->language, claim.segment_language) &&
			    str_equal(c->message_regions[i], fold(c->arena, str_trim(region))))
				claim.segment_region = c->message_regions[i];
	struct job *j = job_take_free(c);
	job_fill(c, j, &claim);
	j->intent = INTENT_DURABLE; /* there is no ledger that would have to know */
	job_enqueue(c, j);
	return true;
}

bool campaign_test(struct store *s, const struct message *const *messages, size_t message_count,
		   const struct str *addresses, size_t address_count, const struct send_options *o,
		   struct send_result *result)
{
	struct campaign c;
	bool ok = campaign_open(&c, s, messages, message_count, o, result);
	c.testing = true;
	c.more_due = false;
	c.lane_count = 0; /* a handful of messages disturbs nobody */
	assert(address_count <= TEST_ADDRESSES_MOST); /* far fewer than JOBS_MOST */
	for (size_t i = 0; ok && i < address_count; i++)
		ok = enqueue_test(&c, addresses[i]);
	if (ok) {
		(void)run(&c);
		ok = !c.failed && !result->cancelled;
	}
	campaign_close(&c);
	return ok;
}

/* ---- who would get what ---- */

struct plan {
	struct campaign *campaign;
	bool (*each)(void *context, const struct subscriber *s, const struct message *m);
	void *context;
};

static bool planned(void *context, const struct claim *claim, const struct subscriber *who)
{
	struct plan *p = context;
	const struct campaign *c = p->campaign;
	for (size_t i = 0; i < c->message_count; i++)
		if (str_equal(c->messages[i]->language, claim->segment_language) &&
		    str_equal(c->message_regions[i], claim->segment_region))
			return p->each(p->context, who, c->messages[i]);
	return p->each(p->context, who, c->messages[0]);
}

bool campaign_plan(struct store *s, const struct message *const *messages, size_t message_count,
		   const struct send_options *o,
		   bool (*each)(void *context, const struct subscriber *s, const struct message *m),
		   void *context)
{
	struct campaign c = { .store = s,
			      .messages = messages,
			      .message_count = message_count,
			      .arena = arena_open() };
	struct plan p = { &c, each, context };
	struct audience a = { .messages = messages,
			      .message_count = message_count,
			      .region = o->region,
			      .include_new = o->include_new,
			      .retry_failed = o->retry_failed,
			      .resend_ambiguous = o->resend_ambiguous ||
						  s->publication->smtp.resend_ambiguous };
	c.message_regions = NEW_ARRAY(c.arena, struct str, message_count);
	for (size_t i = 0; i < message_count; i++)
		c.message_regions[i] = fold(c.arena, messages[i]->region);
	/* The very audience a send would freeze, and then as if nothing had been. */
	bool ok = s->ops->begin(s) && s->ops->freeze(s, &a) &&
		  s->ops->planned(s, a.issue, fold(c.arena, o->region), planned, &p);
	s->ops->rollback(s);
	arena_close(c.arena);
	return ok;
}
