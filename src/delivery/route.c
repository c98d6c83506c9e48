/* The way to the mail server: when to connect, when to wait, when to give up.
 *
 * A server that cannot be reached, or says it closes (421), costs no recipient an
 * attempt: the way pauses, each time twice as long. When one connection fails
 * while others work, the server allows no more of them: fewer are used for a
 * while. */
#include "delivery/campaign.h"

#include "base/diag.h"

#include <string.h>

enum { PAUSE_MOST_MS = 30000, MORE_AGAIN_MS = 60000 };

/* How many sessions are connected. */
static int live_sessions(const struct campaign *c)
{
	int live = 0;
	for (int i = 0; i < c->smtp.session_count; i++)
		live += c->smtp.sessions[i].state > SESSION_CONNECTING;
	return live;
}

void route_worked(struct campaign *c)
{
	c->route.failures = 0;
	c->route.ever_worked = true;
}

bool route_is_open(const struct campaign *c)
{
	return campaign_ms(c) >= c->route.paused_until_ms;
}

void route_failed(struct campaign *c, enum diag_code code, const char *words)
{
	struct route *r = &c->route;
	if (!route_is_open(c))
		return; /* connections that fail together are one failure */
	r->failures++;
	if (r->ever_worked && r->failures == 1)
		return; /* one connection that broke among others that work */
	/* A server that worked may be restarting: it gets longer. */
	int patience = r->ever_worked ? 2 * c->options->tries + 2 : c->options->tries;
	if (r->failures >= patience) {
		campaign_stop(c, code, words);
		return;
	}
	int64_t pause = c->options->pause_ms;
	for (int i = r->ever_worked ? 2 : 1; i < r->failures && pause < PAUSE_MOST_MS; i++)
		pause *= 2;
	r->paused_until_ms = campaign_ms(c) + (pause < PAUSE_MOST_MS ? pause : PAUSE_MOST_MS);
}

void campaign_opened(void *context, struct session *s)
{
	(void)context, (void)s; /* it shows in the session's state */
}

void campaign_not_opened(void *context, struct session *s, enum connect_failure why,
			 const char *words)
{
	struct campaign *c = context;
	int live = live_sessions(c);
	(void)s;
	if (why == CONNECT_TLS) {
		campaign_stop(c, DIAG_SMTP_TLS, words);
	} else if (why == CONNECT_LOGIN) {
		campaign_stop(c, DIAG_SMTP_AUTH, words);
	} else if (live > 0) {
		c->route.most_sessions = live;
		c->route.more_at_ms = campaign_ms(c) + MORE_AGAIN_MS;
	} else {
		route_failed(c, DIAG_SMTP_CONNECT, words);
	}
}

void campaign_closed(void *context, struct session *s, const char *words)
{
	struct campaign *c = context;
	/* Servers close what idles, and after so many messages: no failure. One that
	 * closes before it took anything would be asked again without end. */
	if (s->begun == 0)
		route_failed(c, DIAG_SMTP_CONNECT, words);
}

void route_open_sessions(struct campaign *c)
{
	struct route *r = &c->route;
	int wanted = c->queued, open = 0;
	if (campaign_ms(c) >= r->more_at_ms)
		r->most_sessions = c->smtp.session_count;
	/* Until one has worked, one is tried. */
	int most = r->ever_worked || live_sessions(c) ? r->most_sessions : 1;
	for (int i = 0; i < c->smtp.session_count; i++) {
		enum session_state state = c->smtp.sessions[i].state;
		open += state != SESSION_CLOSED;
		wanted -= state == SESSION_IDLE || state == SESSION_CONNECTING;
	}
	for (int i = 0; i < c->smtp.session_count && open < most && wanted > 0; i++) {
		if (c->stopping || !route_is_open(c))
			return;
		if (c->smtp.sessions[i].state != SESSION_CLOSED)
			continue;
		session_open(&c->smtp.sessions[i]);
		open++;
		wanted--;
	}
}
