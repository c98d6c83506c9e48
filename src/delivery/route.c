/* The way to a mail server: when to connect, when to wait, when to give up.
 *
 * A server that cannot be reached, or says it closes (421), costs no recipient an
 * attempt: the way pauses, each time twice as long; other relays take its share
 * meanwhile. When a connection cannot be made while others stand, the server may allow no
 * more of them: fewer are used for a while, each time twice as long. One that breaks while
 * others carry messages says nothing of the way: networks lose connections. */
#include "delivery/campaign.h"

#include "base/diag.h"

#include <string.h>

enum { PAUSE_MOST_MS = 30000, MORE_LEAST_MS = 1000, MORE_MOST_MS = 60000, REFUSED_LEAST = 2 };

/* How many sessions are connected. */
static int live_sessions(const struct relay *r)
{
	int live = 0;
	for (int i = 0; i < r->session_count; i++)
		live += r->sessions[i].state > SESSION_CONNECTING;
	return live;
}

void route_worked(const struct campaign *c, struct relay *r)
{
	r->failures = 0;
	r->ever_worked = true;
	r->worked_at_ms = campaign_ms(c);
}

bool route_is_doubtful(const struct campaign *c, const struct session *s)
{
	const struct relay *r = relay_of(c, s);
	return s->delivered == 0 &&
	       !(r->ever_worked && campaign_ms(c) - r->worked_at_ms < c->options->pause_ms);
}

bool route_is_open(const struct campaign *c, const struct relay *r)
{
	return campaign_ms(c) >= r->paused_until_ms;
}

/* Whether it was sought in vain often enough. */
static bool is_lost(const struct campaign *c, const struct relay *r)
{
	/* A server that worked may be restarting: it gets longer. */
	return r->failures >= (r->ever_worked ? 2 * c->options->tries + 2 : c->options->tries);
}

/* Whether it is of no use any more in this run. */
static bool is_gone(const struct campaign *c, const struct relay *r)
{
	return r->aside || r->allowed == 0 || is_lost(c, r);
}

void route_failed(struct campaign *c, struct relay *r, enum diag_code code, const char *words)
{
	if (!route_is_open(c, r) || r->aside)
		return; /* connections that fail together are one failure */
	r->failures++;
	if (r->ever_worked && r->failures == 1)
		return; /* one connection that broke among others that work */
	size_t gone = 0;
	for (size_t i = 0; i < c->relay_count; i++)
		gone += is_gone(c, &c->relays[i]);
	if (is_lost(c, r) && gone == c->relay_count) {
		campaign_stop(c, r, code, words);
		return;
	}
	int64_t pause = c->options->pause_ms;
	for (int i = r->ever_worked ? 2 : 1; i < r->failures && pause < PAUSE_MOST_MS; i++)
		pause *= 2;
	r->paused_until_ms = campaign_ms(c) + (pause < PAUSE_MOST_MS ? pause : PAUSE_MOST_MS);
}

/* Another connection could not be made. Once may be the network's doing. */
static void use_fewer(const struct campaign *c, struct relay *r, int live)
{
	if (++r->refused_beside < REFUSED_LEAST)
		return;
	r->more_after_ms *= 2;
	if (r->more_after_ms < MORE_LEAST_MS)
		r->more_after_ms = MORE_LEAST_MS;
	if (r->more_after_ms > MORE_MOST_MS)
		r->more_after_ms = MORE_MOST_MS;
	r->most_sessions = r->refused_at = live;
	r->more_at_ms = campaign_ms(c) + r->more_after_ms;
}

void campaign_opened(void *context, struct session *s)
{
	struct relay *r = relay_of(context, s);
	r->token_renewed = false;
	r->refused_beside = 0;
	/* It was no limit. */
	if (live_sessions(r) > r->refused_at)
		r->more_after_ms = 0;
}

void campaign_not_opened(void *context, struct session *s, enum connect_failure why,
			 const char *words)
{
	struct campaign *c = context;
	struct relay *r = relay_of(c, s);
	int live = live_sessions(r);
	if (why == CONNECT_LOGIN && relay_renew_token(c, r, s)) {
		return; /* another one is at hand */
	} else if (why != CONNECT_UNREACHABLE) {
		relay_put_aside(c, r, why == CONNECT_TLS ? DIAG_SMTP_TLS : DIAG_SMTP_AUTH, words);
	} else if (live > 0) {
		use_fewer(c, r, live);
	} else if (!r->ever_worked || r->worked_at_ms < s->opened_ms) {
		route_failed(c, r, DIAG_SMTP_CONNECT, words);
	}
}

void campaign_closed(void *context, struct session *s, const char *words)
{
	struct campaign *c = context;
	/* Servers close what idles, and after so many messages: no failure. One that
	 * closes before it took anything would be asked again without end. */
	if (s->begun == 0 && route_is_doubtful(c, s))
		route_failed(c, relay_of(c, s), DIAG_SMTP_CONNECT, words);
}

static void open_sessions(struct campaign *c, struct relay *r)
{
	int wanted = relay_wants_sessions(c, r), open = 0;
	if (campaign_ms(c) >= r->more_at_ms)
		r->most_sessions = r->session_count;
	/* Until one has worked, one is tried. */
	int most = r->ever_worked || live_sessions(r) ? r->most_sessions : 1;
	for (int i = 0; i < r->session_count; i++) {
		enum session_state state = r->sessions[i].state;
		open += state != SESSION_CLOSED;
		wanted -= state == SESSION_IDLE || state == SESSION_CONNECTING;
	}
	for (int i = 0; i < r->session_count && open < most && wanted > 0; i++) {
		if (c->stopping || !relay_is_usable(c, r))
			return;
		if (r->sessions[i].state != SESSION_CLOSED)
			continue;
		session_open(&r->sessions[i]);
		open++;
		wanted--;
	}
}

void route_open_sessions(struct campaign *c)
{
	for (size_t i = 0; i < c->relay_count; i++)
		open_sessions(c, &c->relays[i]);
}
