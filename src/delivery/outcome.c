/* What became of each message: the verdicts of reply.h in the ledger's terms. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "base/diag.h"

#include <string.h>

enum {
	REFUSALS_MOST = 3, /* in a row, of the message itself */
	BLAME_MOST = 10, /* in a row, "not you" at RCPT */
	LOSSES_AT_ONCE = 3, /* connections lost before a recipient has to wait */
};

void campaign_give_back(struct campaign *c, struct job *j, int64_t next_at)
{
	turns_put_mark(c,
		       (struct mark){ .id = j->id,
				      .state = DELIVERY_PENDING,
				      .next_at = next_at,
				      .give_back = true },
		       "");
	job_put_free(c, j);
}

void campaign_stop(struct campaign *c, const struct relay *r, enum diag_code code,
		   const char *words)
{
	if (c->stopping && c->failed)
		return; /* the first reason is the one that counts */
	c->stopping = c->failed = true;
	diag_report(c->diags, code, r->settings->place, "%.*s: %s", STR_ARG(r->settings->url),
		    words);
	/* A server that cannot be reached said nothing about the issue. */
	if (!c->testing && code != DIAG_SMTP_CONNECT && turns_settle(c) &&
	    !c->store->ops->pause(c->store, c->issue, true, str_from(words)))
		c->failed = true;
}

/* ---- verdicts ---- */

static int64_t later(const struct campaign *c, const struct job *j)
{
	uint32_t random = 0;
	/* Without randomness all would come back at once; that is no disaster. */
	if (!c->world->random(c->world->context, &random, sizeof random))
		random = (uint32_t)j->id;
	return campaign_clock(c) + retry_delay_s(j->attempts, c->options->retry_after_s, random);
}

static void mark_sent(struct campaign *c, const struct job *j, int code, const char *words)
{
	turns_put_mark(c, (struct mark){ .id = j->id, .state = DELIVERY_SENT, .code = code },
		       words);
	c->result->sent++;
	c->done++;
}

static void mark_failed(struct campaign *c, const struct job *j, int code, const char *words)
{
	turns_put_mark(c, (struct mark){ .id = j->id, .state = DELIVERY_FAILED, .code = code },
		       words);
	c->result->failed++;
	c->done++;
}

void campaign_give_up(struct campaign *c, struct job *j)
{
	char words[WORDS_BYTES + 1];
	snprintf(words, sizeof words, "not sent: the address cannot be used: %s", j->problem);
	mark_failed(c, j, 0, words);
	job_put_free(c, j);
}

static void mark_deferred(struct campaign *c, const struct job *j, int code, const char *words)
{
	if (campaign_clock(c) - j->first_at > RETRY_FOR_S) {
		mark_failed(c, j, code, words);
		return;
	}
	turns_put_mark(c,
		       (struct mark){ .id = j->id,
				      .state = DELIVERY_PENDING,
				      .code = code,
				      .next_at = later(c, j) },
		       words);
	c->result->deferred++;
}

static void mark_ambiguous(struct campaign *c, const struct job *j, const char *words)
{
	if (c->publication->smtp.resend_ambiguous) {
		turns_put_mark(c,
			       (struct mark){ .id = j->id,
					      .state = DELIVERY_PENDING,
					      .next_at = later(c, j) },
			       words);
		c->result->deferred++;
		return;
	}
	turns_put_mark(c, (struct mark){ .id = j->id, .state = DELIVERY_AMBIGUOUS }, words);
	c->result->ambiguous++;
	c->done++;
}

/* Lost before the dot: at once again, unless it is always this one. */
static void mark_lost(struct campaign *c, const struct job *j, const char *words)
{
	bool again = j->attempts < LOSSES_AT_ONCE;
	turns_put_mark(c,
		       (struct mark){ .id = j->id,
				      .state = DELIVERY_PENDING,
				      .next_at = again ? campaign_clock(c) : later(c, j) },
		       words);
	c->result->deferred += !again;
	c->more_due |= again;
}

/* The way is shut, or the issue is refused: as if never tried, but for the words. What the
 * server said of this recipient alone (4.7.x) may well be true of nobody else: the row
 * comes back later than others, so that they show whether the way is open. */
static void mark_held_up(struct campaign *c, const struct job *j, enum verdict v, enum phase at,
			 const struct reply *reply, const char *words)
{
	int code = reply ? reply->code : 0;
	bool of_recipient = v == VERDICT_ROUTE && at >= PHASE_RCPT && code && code != 421;
	if (of_recipient && campaign_clock(c) - j->first_at > RETRY_FOR_S) {
		mark_failed(c, j, code, words);
		return;
	}
	turns_put_mark(c,
		       (struct mark){ .id = j->id,
				      .state = DELIVERY_PENDING,
				      .code = code,
				      .next_at = of_recipient ? later(c, j) : campaign_clock(c),
				      .give_back = true },
		       words);
	c->result->deferred += of_recipient;
	c->more_due |= !of_recipient;
}

void campaign_recall(struct campaign *c, const struct job *j, const struct reply *reply)
{
	enum verdict v = reply ? reply_verdict(PHASE_DOT, reply) : VERDICT_AMBIGUOUS;
	if (v == VERDICT_AMBIGUOUS)
		mark_ambiguous(c, j, "the sender died after the message was on its way");
	else if (v == VERDICT_SENT)
		mark_sent(c, j, reply->code, reply->words);
	else if (v == VERDICT_DEFERRED)
		mark_deferred(c, j, reply->code, reply->words);
	else if (v == VERDICT_FAILED)
		mark_failed(c, j, reply->code, reply->words);
	else
		mark_held_up(c, j, v, PHASE_DOT, reply, reply->words);
}

/* Recipients refused in a row for what we are or send: the issue is refused. */
static void count_refusal(struct campaign *c, struct relay *r, enum phase at,
			  const struct reply *reply, const char *words)
{
	if (!reply || !reply_blames_us(at, reply))
		return;
	r->refusals++;
	if (r->refusals >= (at == PHASE_RCPT ? BLAME_MOST : REFUSALS_MOST))
		relay_put_aside(c, r, DIAG_SMTP_REFUSED, words);
}

/* What one relay says against us (5.7.x at RCPT: "relay access denied") another may take:
 * the recipient is tried again at once, a few times at most. */
static bool may_try_another(const struct campaign *c, const struct relay *r, const struct job *j,
			    enum phase at, const struct reply *reply)
{
	return at == PHASE_RCPT && reply && reply_blames_us(at, reply) &&
	       j->attempts < LOSSES_AT_ONCE && !relay_is_last(c, r);
}

/* ---- those who are said not to exist ---- */

static void put_held(struct campaign *c, const struct relay *r, const struct held_refusal *h,
		     bool believed)
{
	struct mark m = h->mark;
	if (believed) {
		m.suppress = true;
		c->result->failed++;
		c->done++;
	} else {
		m.state = DELIVERY_PENDING;
		m.next_at = campaign_clock(c);
		m.give_back = true;
		c->more_due = true;
	}
	m.relay = r->number;
	turns_put_mark(c, m, h->words);
}

static bool settle_held(struct campaign *c, struct relay *r, bool at_end, bool believed)
{
	const struct held_refusal *h;
	bool any = false;
	for (; (h = unknowns_next(r->unknowns, at_end)); any = true)
		put_held(c, r, h, believed);
	return any;
}

/* A table of recipients that was lost, or an old list? */
static void doubt(struct campaign *c, struct relay *r, bool at_end, const char *words)
{
	char said[2 * WORDS_BYTES];
	if (c->options->believe_unknown || r->doubted ||
	    !unknowns_are_doubtful(r->unknowns, at_end))
		return;
	r->doubted = true;
	snprintf(said, sizeof said, "%s (the last of %zu)", words, r->unknowns->count);
	(void)settle_held(c, r, true, false);
	relay_put_aside(c, r, DIAG_SMTP_UNKNOWN, said);
}

/* "Nobody lives there": for good, once it is known that this is not said of everybody. */
static void judge_unknown(struct campaign *c, struct relay *r, const struct job *j, int code,
			  const char *words)
{
	size_t at = j->address.len;
	while (at && j->address.ptr[at - 1] != '@')
		at--;
	const struct mark m = { .id = j->id, .state = DELIVERY_FAILED, .code = code };
	(void)settle_held(c, r, false, true);
	unknowns_hold(r->unknowns, &m, words, str_sub(j->address, at, j->address.len));
	if (r->doubted)
		(void)settle_held(c, r, true, false);
	doubt(c, r, false, words);
}

bool campaign_settle_unknowns(struct campaign *c)
{
	bool any = false;
	for (size_t i = 0; i < c->relay_count; i++) {
		struct relay *r = &c->relays[i];
		if (r->unknowns->count == 0)
			continue;
		char words[WORDS_BYTES + 1];
		snprintf(words, sizeof words, "%s",
			 r->unknowns->held[r->unknowns->count - 1].words);
		doubt(c, r, true, words);
		/* Who ended the run may have seen what we do not yet. A day of warm-up that is used
		 * up is an end like any other: the same would be refused again tomorrow. */
		bool ordinary = !c->stopping || (c->result->spent && !c->failed);
		any |= settle_held(c, r, true, ordinary) || r->doubted;
	}
	return any;
}

static void judge(struct campaign *c, struct session *s, struct job *j, enum verdict v,
		  enum phase at, const struct reply *reply, const char *words)
{
	int code = reply ? reply->code : 0;
	struct relay *r = relay_of(c, s);
	bool way_is_bad = route_is_doubtful(c, s);
	if (v == VERDICT_SENT) {
		mark_sent(c, j, code, words);
		unknowns_note_taken(r->unknowns);
		(void)settle_held(c, r, false, true);
		r->refusals = 0;
		route_worked(c, r);
	} else if (v == VERDICT_DEFERRED) {
		mark_deferred(c, j, code, words);
		route_worked(c, r);
	} else if (v == VERDICT_FAILED) {
		if (may_try_another(c, r, j, at, reply))
			mark_lost(c, j, words);
		else if (at == PHASE_RCPT && reply && reply_says_nobody(reply))
			judge_unknown(c, r, j, code, words);
		else
			mark_failed(c, j, code, words);
		route_worked(c, r);
		count_refusal(c, r, at, reply, words);
	} else if (v == VERDICT_AMBIGUOUS) {
		mark_ambiguous(c, j, words);
		if (way_is_bad)
			route_failed(c, r, DIAG_SMTP_CONNECT, words);
	} else if (v == VERDICT_UNTRIED) {
		turns_put_mark(c,
			       (struct mark){ .id = j->id,
					      .state = DELIVERY_PENDING,
					      .next_at = campaign_clock(c),
					      .give_back = true },
			       "");
		c->more_due = true;
	} else if (v == VERDICT_LOST) {
		mark_lost(c, j, words);
		if (way_is_bad)
			route_failed(c, r, DIAG_SMTP_CONNECT, words);
	} else {
		mark_held_up(c, j, v, at, reply, words);
		if (v == VERDICT_STOP)
			relay_put_aside(c, r,
					code == 530 || code == 535 ? DIAG_SMTP_AUTH
								   : DIAG_SMTP_REFUSED,
					words);
		else if (way_is_bad || s->state != SESSION_CLOSED)
			route_failed(c, r, DIAG_SMTP_CONNECT, words);
	}
}

static bool is_about_the_way(enum verdict v)
{
	return v == VERDICT_STOP || v == VERDICT_ROUTE || v == VERDICT_LOST;
}

/* A test message: told to the person who typed the address, never repeated. */
static void judge_test(struct campaign *c, const struct job *j, enum verdict v, const char *words)
{
	if (v == VERDICT_SENT) {
		c->result->sent++;
	} else {
		c->result->failed++;
		c->failed = true;
		diag_report(c->diags, DIAG_SMTP_REFUSED, (struct place){ 0 }, "%.*s: %s",
			    STR_ARG(j->address), words);
		if (v == VERDICT_STOP || v == VERDICT_ROUTE)
			c->stopping = true;
	}
	c->done++;
}

void campaign_settled(void *context, struct session *s, enum verdict v, enum phase at,
		      const struct reply *reply, const char *words)
{
	struct campaign *c = context;
	struct job *j = s->context;
	if (at == PHASE_DOT && reply)
		dots_answered(c->dots, s->number, j->id, reply);
	s->context = NULL;
	letter_put_free(c, s, j);
	if (v != VERDICT_SENT && v != VERDICT_AMBIGUOUS)
		relay_gave_back(relay_of(c, s), j);
	struct mark_list *marks = &c->turns.next;
	size_t first = marks->count;
	if (v == VERDICT_UNTRIED && j->intent == INTENT_NONE) {
		/* The ledger knows nothing of it: it is the next one again. Behind others, all
		 * those that lose their connection would come to stand side by side. */
		job_put_back(c, j);
		return;
	}
	if (c->testing && is_about_the_way(v) && !relay_is_last(c, relay_of(c, s))) {
		/* Another one may well take it. */
		relay_put_aside(c, relay_of(c, s), DIAG_SMTP_REFUSED, words);
		job_put_back(c, j);
		return;
	}
	if (c->testing)
		judge_test(c, j, v, words);
	else
		judge(c, s, j, v, at, reply, words);
	/* Rows that a turn just over gave back may stand among them. */
	for (size_t i = first; i < marks->count; i++)
		if (marks->list[i].id == j->id)
			marks->list[i].relay = relay_of(c, s)->number;
	job_put_free(c, j);
}
