/* Several mail servers that take our messages, each its share.
 *
 * HOW IT WORKS: shares are kept by turns (stride scheduling): a message moves its relay's
 * turn on by SCALE / weight, and the relay whose turn is the least takes the next one; the
 * others wait for it. But nobody waits for a relay that cannot take anything, for its way
 * is or was just shut, its pace or the day's warm-up is used up, or it has been waited for
 * for some seconds: its share goes to the others, and when it comes back its turn is no earlier
 * than theirs, so that it makes up for nothing at once. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "delivery/password.h"
#include "delivery/warm_up.h"

#include <string.h>

enum { SHARE_SCALE = 1 << 20, WAITED_FOR_MS = 5000, DAY_S = 86400 };

static void apply_limits(const struct send_options *o, struct smtp_limits *l)
{
	l->connect = o->connect_limit_ms;
	for (int p = 0; p < PHASE_COUNT; p++)
		if (o->reply_limit_ms > 0 && l->reply[p] > o->reply_limit_ms)
			l->reply[p] = o->reply_limit_ms;
	if (o->reply_limit_ms > 0 && l->connect > o->reply_limit_ms)
		l->connect = o->reply_limit_ms;
}

bool relays_init(struct campaign *c, int *sessions)
{
	const struct smtp_settings *s = &c->publication->smtp;
	*sessions = 0;
	c->relay_count = s->relay_count;
	c->relays = NEW_ARRAY(c->arena, struct relay, s->relay_count);
	for (size_t i = 0; i < s->relay_count; i++) {
		struct relay *r = &c->relays[i];
		r->settings = &s->relays[i];
		r->session_count = r->most_sessions = r->settings->connections;
		r->allowed = -1;
		r->unknowns = NEW(c->arena, struct unknowns);
		bucket_init(&r->pace, r->settings->rate, campaign_ms(c));
		if (!smtp_params_make(c->arena, c->publication, r->settings, c->world, c->diags,
				      &r->params))
			return false;
		apply_limits(c->options, &r->params.limits);
		*sessions += r->session_count;
	}
	return true;
}

void relays_join(struct campaign *c)
{
	struct session *next = c->smtp.sessions;
	for (size_t i = 0; i < c->relay_count; i++) {
		struct relay *r = &c->relays[i];
		r->sessions = next;
		for (int n = 0; n < r->session_count; n++)
			(next++)->params = &r->params;
	}
}

struct relay *relay_of(const struct campaign *c, const struct session *s)
{
	size_t i = 0;
	while (s >= c->relays[i].sessions + c->relays[i].session_count)
		i++;
	return &c->relays[i];
}

/* ---- what the ledger knows ---- */

static int64_t today(const struct campaign *c)
{
	return campaign_clock(c) / DAY_S;
}

/* Senders that share a ledger share the day's number: each takes a little at a time. */
static bool take_share(struct campaign *c, struct relay *r)
{
	enum { SHARES = 50 };
	int64_t granted = 0, share = r->warm.limit / SHARES;
	if (c->store->ops->warm_up_take &&
	    (!turns_settle(c) || !c->store->ops->warm_up_take(c->store, r->number, &r->warm,
							      share > 0 ? share : 1, &granted)))
		return false;
	r->allowed += granted;
	r->spent = granted == 0;
	return true;
}

/* What the warm-up still allows today, by what was sent on this and earlier days. */
static bool read_warm_up(struct campaign *c, struct relay *r)
{
	const struct relay_settings *s = r->settings;
	struct day_count *days;
	size_t count;
	int64_t taken = 0;
	r->warm = (struct warm_day){ .day = today(c) };
	r->spent = false;
	if (s->warm_up_days == 0)
		return true;
	struct arena *a = arena_open();
	bool ok =
		turns_settle(c) && c->store->ops->relay_days(c->store, a, r->number, &days, &count);
	if (ok) {
		r->allowed = warm_up_allows(s->warm_up, s->warm_up_days, days, count, r->warm.day);
		for (size_t i = 0; i < count; i++)
			taken += days[i].day >= r->warm.day ? days[i].count : 0;
	}
	arena_close(a);
	if (!ok || r->allowed < 0)
		return ok;
	r->warm.limit = taken + r->allowed;
	if (!c->store->ops->warm_up_begin)
		return true; /* it is all ours */
	r->allowed = 0;
	return c->store->ops->warm_up_begin(c->store, r->number, &r->warm) && take_share(c, r);
}

void relays_end(struct campaign *c)
{
	int64_t granted;
	for (size_t i = 0; i < c->relay_count; i++) {
		struct relay *r = &c->relays[i];
		/* Should it fail it is only lost for today. */
		if (r->settings->warm_up_days && r->allowed > 0 && c->store->ops->warm_up_take)
			(void)c->store->ops->warm_up_take(c->store, r->number, &r->warm,
							  -r->allowed, &granted);
	}
}

bool relays_begin(struct campaign *c)
{
	for (size_t i = 0; i < c->relay_count; i++) {
		struct relay *r = &c->relays[i];
		if (!c->store->ops->relay_number(c->store, r->settings->name, &r->number) ||
		    !c->store->ops->relay_say(c->store, r->number, c->issue, STR("")) ||
		    !read_warm_up(c, r))
			return false;
	}
	return true;
}

/* Another day, another number. What is on the wire over midnight counts for the day
 * before, or the next: never twice for neither. */
static void look_at_the_day(struct campaign *c, struct relay *r)
{
	if (r->settings->warm_up_days == 0 || c->testing)
		return;
	if (r->warm.day != today(c) ? !read_warm_up(c, r)
				    : r->allowed == 0 && !r->spent && !take_share(c, r))
		c->failed = c->stopping = true;
}

bool relays_are_spent(struct campaign *c)
{
	size_t spent = 0;
	for (size_t i = 0; i < c->relay_count; i++) {
		look_at_the_day(c, &c->relays[i]);
		spent += c->relays[i].aside || c->relays[i].allowed == 0;
	}
	return spent == c->relay_count;
}

/* ---- whose turn it is ---- */

bool relay_is_usable(const struct campaign *c, const struct relay *r)
{
	return !r->aside && r->allowed != 0 && route_is_open(c, r);
}

/* Whether it leaves dots unanswered on all its connections. */
static bool is_silent(const struct relay *r)
{
	int hung = 0;
	for (int i = 0; i < r->session_count; i++) {
		const struct session *s = &r->sessions[i];
		if (s->state != SESSION_CLOSED && !session_is_hung(s))
			return false;
		hung += s->state != SESSION_CLOSED;
	}
	return hung > 0;
}

/* Whether others have to wait until it has had its share. */
static bool is_waited_for(struct campaign *c, struct relay *r, int64_t now)
{
	return relay_is_usable(c, r) && r->failures == 0 && bucket_wait_ms(&r->pace, now) == 0 &&
	       (r->waited_for_ms == 0 || now - r->waited_for_ms < WAITED_FOR_MS) && !is_silent(r);
}

bool relay_may_take(struct campaign *c, struct relay *r, int64_t *wait_ms)
{
	int64_t now = campaign_ms(c);
	look_at_the_day(c, r);
	if (!relay_is_usable(c, r))
		return false;
	int64_t wait = bucket_wait_ms(&r->pace, now);
	if (wait > 0) {
		*wait_ms = wait < *wait_ms ? wait : *wait_ms;
		return false;
	}
	int64_t turn = r->turn > c->turn ? r->turn : c->turn;
	for (size_t i = 0; i < c->relay_count; i++) {
		struct relay *other = &c->relays[i];
		if (other == r || other->turn >= turn || !is_waited_for(c, other, now))
			continue;
		if (other->waited_for_ms == 0)
			other->waited_for_ms = now;
		return false;
	}
	return true;
}

void relay_took(struct campaign *c, struct relay *r, struct job *j)
{
	if (r->turn < c->turn)
		r->turn = c->turn;
	c->turn = r->turn;
	r->turn += SHARE_SCALE / r->settings->weight;
	r->waited_for_ms = 0;
	j->warm_day = r->warm.day;
	if (r->allowed > 0)
		r->allowed--;
	bucket_take(&r->pace);
}

void relay_gave_back(struct relay *r, const struct job *j)
{
	if (r->allowed >= 0 && j->warm_day == r->warm.day)
		r->allowed++;
}

int relay_wants_sessions(const struct campaign *c, const struct relay *r)
{
	int64_t weights = 0;
	bool next = true;
	for (size_t i = 0; i < c->relay_count; i++) {
		const struct relay *other = &c->relays[i];
		if (other == r || !relay_is_usable(c, other))
			continue;
		weights += other->settings->weight;
		next &= r->turn < other->turn || (r->turn == other->turn && r < other);
	}
	weights += r->settings->weight;
	/* With fewer messages than relays only the one whose turn it is is bothered. */
	if (c->queued < (int)c->relay_count)
		return next ? c->queued : 0;
	return (int)(((int64_t)c->queued * r->settings->weight + weights - 1) / weights);
}

/* ---- refused for good ---- */

bool relay_is_last(const struct campaign *c, const struct relay *r)
{
	size_t left = 0;
	for (size_t i = 0; i < c->relay_count; i++)
		left += !c->relays[i].aside && &c->relays[i] != r;
	return left == 0;
}

void relay_put_aside(struct campaign *c, struct relay *r, enum diag_code code, const char *words)
{
	if (relay_is_last(c, r)) {
		campaign_stop(c, r, code, words);
		return;
	}
	if (r->aside)
		return; /* told already */
	r->aside = true;
	if (!c->testing &&
	    (!turns_settle(c) ||
	     !c->store->ops->relay_say(c->store, r->number, c->issue, str_from(words))))
		c->failed = c->stopping = true;
	diag_report(c->diags, DIAG_RELAY_ASIDE, r->settings->place, "%.*s: %s (%s)",
		    STR_ARG(r->settings->name), words, diag_name(code));
}

/* The loop stands still while a program is waited for: this sender is not to be taken for
 * dead by that, and who insists on an end does not wait. */
static bool stay_alive(void *context)
{
	struct campaign *c = context;
	if (!c->testing && !c->store->ops->beat(c->store))
		c->failed = c->stopping = true;
	return !c->failed && (!c->world->cancelled || c->world->cancelled(c->world->context) < 2);
}

bool relay_renew_token(struct campaign *c, struct relay *r, const struct session *s)
{
	if (!r->params.token)
		return false;
	if (s->token != r->params.token)
		return true; /* that was the old one */
	if (r->token_renewed)
		return false;
	const char *token;
	/* What goes wrong is told by the refusal of the token at hand. */
	struct diags *unheard = diags_new(c->arena);
	const struct meanwhile alive = { stay_alive, c };
	if (!turns_settle(c) ||
	    !token_read(c->arena, c->publication->root, r->settings, c->world, &alive, unheard,
			&token) ||
	    strcmp(token, r->params.token) == 0)
		return false;
	r->params.token = token;
	r->token_renewed = true;
	return true;
}
