/* Connections: libcurl's multi interface and our sessions in one epoll loop. */
#include "delivery/smtp.h"

#include "base/arena.h"
#include "base/diag.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS_AT_ONCE = 64, TEXTS_AT_ONCE = 4 };

/* epoll's word for a socket that libcurl is still opening; below it stand the
 * numbers of sessions. */
static const uint64_t curls = (uint64_t)1 << 40;
/* And its word for the caller's descriptor. */
static const uint64_t callers = (uint64_t)1 << 41;

static int64_t now_ms(const struct smtp *m)
{
	return m->world->monotonic_ms(m->world->context);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *socket_context)
{
	struct smtp *m = context;
	(void)easy, (void)socket_context;
	struct epoll_event e = { .data.u64 = curls | (uint64_t)(unsigned)fd };
	if (what == CURL_POLL_REMOVE) {
		epoll_ctl(m->epoll, EPOLL_CTL_DEL, fd, &e);
		return 0;
	}
	e.events = (what & CURL_POLL_IN ? EPOLLIN : 0U) | (what & CURL_POLL_OUT ? EPOLLOUT : 0U);
	if (epoll_ctl(m->epoll, EPOLL_CTL_MOD, fd, &e) != 0 && errno == ENOENT)
		epoll_ctl(m->epoll, EPOLL_CTL_ADD, fd, &e);
	return 0;
}

static int on_timer(CURLM *multi, long timeout_ms, void *context)
{
	struct smtp *m = context;
	(void)multi;
	m->timer_ms = timeout_ms < 0 ? -1 : now_ms(m) + timeout_ms;
	return 0;
}

bool smtp_open(struct smtp *m, struct arena *a, const struct smtp_params *params, int sessions,
	       const struct smtp_events *events, void *context, const struct world *w,
	       struct diags *d)
{
	*m = (struct smtp){ .params = params,
			    .events = events,
			    .context = context,
			    .world = w,
			    .epoll = -1,
			    .timer_ms = -1 };
	if (!curl_open(&m->curl, d))
		return false;
	m->curl_ready = m->curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
	m->multi = m->curl_ready ? m->curl.multi_init() : NULL;
	m->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (!m->multi || m->epoll < 0) {
		diag_report(d, DIAG_SMTP_CONNECT, (struct place){ 0 }, "%s",
			    m->epoll < 0 ? strerror(errno) : "libcurl cannot start");
		smtp_close(m);
		return false;
	}
	m->curl.multi_setopt(m->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	m->curl.multi_setopt(m->multi, CURLMOPT_SOCKETDATA, m);
	m->curl.multi_setopt(m->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	m->curl.multi_setopt(m->multi, CURLMOPT_TIMERDATA, m);
	m->sessions = NEW_ARRAY(a, struct session, sessions);
	m->session_count = sessions;
	m->window = NEW_ARRAY(a, char, WINDOW_BYTES);
	for (int i = 0; i < sessions; i++) {
		m->sessions[i].smtp = m;
		m->sessions[i].params = params;
		m->sessions[i].number = i;
		buf_init(&m->sessions[i].out, 64 * 1024);
		buf_init(&m->sessions[i].in, 2 * REPLY_BYTES + READ_BYTES);
	}
	return true;
}

void smtp_close(struct smtp *m)
{
	for (int i = 0; i < m->session_count; i++) {
		struct session *s = &m->sessions[i];
		if (s->state == SESSION_IDLE)
			session_quit(s);
		if (s->easy)
			smtp_drop(s);
		buf_release(&s->out);
		buf_release(&s->in);
	}
	if (m->multi)
		m->curl.multi_cleanup(m->multi);
	if (m->epoll >= 0)
		close(m->epoll);
	if (m->curl_ready)
		m->curl.global_cleanup();
	m->multi = NULL;
	m->epoll = -1;
	m->curl_ready = false;
	m->session_count = 0;
}

/* ---- one connection ---- */

void session_open(struct session *s)
{
	struct smtp *m = s->smtp;
	const struct smtp_params *p = s->params;
	assert(s->state == SESSION_CLOSED);
	CURL *e = s->easy = m->curl.easy_init();
	if (!e)
		out_of_memory();
	long security = p->tls == TLS_REQUIRED ? CURLUSESSL_ALL
			: p->tls == TLS_NEVER  ? CURLUSESSL_NONE
					       : CURLUSESSL_TRY;
	/* A password never crosses a network in the clear; nor does a certificate tell who
	 * we are without TLS. */
	if ((p->user && !p->loopback) || p->client_certificate)
		security = CURLUSESSL_ALL;
	m->curl.easy_setopt(e, CURLOPT_URL, p->url);
	m->curl.easy_setopt(e, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	m->curl.easy_setopt(e, CURLOPT_CONNECT_ONLY, 1L);
	m->curl.easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	m->curl.easy_setopt(e, CURLOPT_NOPROXY, "*");
	m->curl.easy_setopt(e, CURLOPT_USE_SSL, security);
	m->curl.easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	/* Debian's default folder of certificates would disable libcurl's cache of
	 * parsed ones: 45 ms a connection instead of 3. */
	m->curl.easy_setopt(e, CURLOPT_CAPATH, NULL);
	if (p->ca_file)
		m->curl.easy_setopt(e, CURLOPT_CAINFO, p->ca_file);
	if (p->client_certificate) {
		m->curl.easy_setopt(e, CURLOPT_SSLCERT, p->client_certificate);
		m->curl.easy_setopt(e, CURLOPT_SSLKEY, p->client_key);
		/* A key with a passphrase is refused; else OpenSSL would ask the terminal. */
		m->curl.easy_setopt(e, CURLOPT_KEYPASSWD, "");
	}
	s->token = p->token;
	if (p->user) {
		m->curl.easy_setopt(e, CURLOPT_LOGIN_OPTIONS, p->login_options);
		m->curl.easy_setopt(e, CURLOPT_USERNAME, p->user);
		m->curl.easy_setopt(e, CURLOPT_PASSWORD, p->password);
		m->curl.easy_setopt(e, CURLOPT_XOAUTH2_BEARER, p->token);
		m->curl.easy_setopt(e, CURLOPT_SASL_IR, 1L);
	}
	m->curl.easy_setopt(e, CURLOPT_HEADERFUNCTION, session_header);
	m->curl.easy_setopt(e, CURLOPT_HEADERDATA, s);
	m->curl.easy_setopt(e, CURLOPT_ERRORBUFFER, s->error);
	m->curl.easy_setopt(e, CURLOPT_PRIVATE, s);
	m->curl.easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)p->limits.connect);
	s->error[0] = s->last_line[0] = '\0';
	s->ehlo_goes_on = s->needs_rset = false;
	s->starttls = security != CURLUSESSL_NONE;
	s->encrypted = str_starts(str_from(p->url), STR("smtps:"));
	s->delivered = s->begun = 0;
	s->next = NULL;
	s->waiting_for = 0;
	s->socket = CURL_SOCKET_BAD;
	s->opened_ms = now_ms(m);
	s->deadline_ms = s->opened_ms + p->limits.connect;
	s->state = SESSION_CONNECTING;
	buf_clear(&s->in);
	m->curl.multi_add_handle(m->multi, e);
}

/* Forgets the connection without a word. */
void smtp_drop(struct session *s)
{
	if (s->waiting_for) {
		struct epoll_event e = { 0 };
		epoll_ctl(s->smtp->epoll, EPOLL_CTL_DEL, s->socket, &e);
	}
	s->waiting_for = 0;
	s->text_due = false;
	s->smtp->curl.multi_remove_handle(s->smtp->multi, s->easy);
	s->smtp->curl.easy_cleanup(s->easy);
	s->easy = NULL;
	s->state = SESSION_CLOSED;
}

void smtp_watch(struct session *s, unsigned events)
{
	if (s->waiting_for == events)
		return;
	struct epoll_event e = { .events = events, .data.u64 = (uint64_t)s->number };
	if (epoll_ctl(s->smtp->epoll, EPOLL_CTL_MOD, s->socket, &e) != 0 && errno == ENOENT)
		epoll_ctl(s->smtp->epoll, EPOLL_CTL_ADD, s->socket, &e);
	s->waiting_for = events;
}

static void tell_not_opened(struct session *s, CURLcode code)
{
	char words[CONNECT_WORDS_BYTES];
	enum connect_failure why = connect_failure(s, code, words);
	smtp_drop(s);
	s->smtp->events->not_opened(s->smtp->context, s, why, words);
}

/* Connections that libcurl finished opening, or gave up. */
static void take_finished(struct smtp *m)
{
	CURLMsg *message;
	int left;
	while ((message = m->curl.multi_info_read(m->multi, &left))) {
		if (message->msg != CURLMSG_DONE)
			continue;
		CURLcode code = message->data.result;
		char *private = NULL;
		m->curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
		struct session *s = (struct session *)(void *)private;
		if (code == CURLE_OK)
			m->curl.easy_getinfo(s->easy, CURLINFO_ACTIVESOCKET, &s->socket);
		/* libcurl goes on without a login when none is offered. */
		if (code == CURLE_OK && s->params->user && !s->offers.auth[0])
			code = CURLE_LOGIN_DENIED;
		if (code != CURLE_OK || s->socket == CURL_SOCKET_BAD)
			tell_not_opened(s, code);
		else
			session_connected(s);
	}
}

/* ---- the loop ---- */

static int64_t next_deadline(const struct smtp *m, int64_t now, int64_t wait_ms)
{
	int64_t first = now + wait_ms;
	if (m->timer_ms >= 0 && m->timer_ms < first)
		first = m->timer_ms;
	for (int i = 0; i < m->session_count; i++) {
		const struct session *s = &m->sessions[i];
		bool limited = s->state != SESSION_CLOSED && s->state != SESSION_IDLE &&
			       s->state != SESSION_HELD;
		if (limited && s->deadline_ms < first)
			first = s->deadline_ms;
	}
	return first > now ? first - now : 0;
}

static void expire(struct smtp *m)
{
	int64_t now = now_ms(m);
	for (int i = 0; i < m->session_count; i++) {
		struct session *s = &m->sessions[i];
		if (s->state == SESSION_CLOSED || s->state == SESSION_IDLE ||
		    s->state == SESSION_HELD || s->deadline_ms > now)
			continue;
		if (s->state == SESSION_CONNECTING)
			tell_not_opened(s, CURLE_OPERATION_TIMEDOUT);
		else
			session_timeout(s);
	}
}

bool smtp_listen(struct smtp *m, int descriptor)
{
	struct epoll_event e = { .events = EPOLLIN, .data.u64 = callers };
	return epoll_ctl(m->epoll, EPOLL_CTL_ADD, descriptor, &e) == 0;
}

/* A few of the texts that servers wait for, in turn: the intents of all of them are asked for
 * first, and dots leave in between. Whether there are more. */
static bool write_texts(struct smtp *m)
{
	int written = 0;
	for (int i = 0; i < m->session_count; i++) {
		struct session *s = &m->sessions[(m->text_first + i) % m->session_count];
		if (!s->text_due)
			continue;
		if (written == TEXTS_AT_ONCE) {
			m->text_first = s->number;
			return true;
		}
		session_write_text(s);
		written++;
	}
	return false;
}

void smtp_run(struct smtp *m, int64_t wait_ms)
{
	struct epoll_event events[EVENTS_AT_ONCE];
	int running;
	bool more = write_texts(m);
	int wait = more ? 0 : (int)next_deadline(m, now_ms(m), wait_ms);
	int count = epoll_wait(m->epoll, events, EVENTS_AT_ONCE, wait);
	for (int i = 0; i < count; i++) {
		bool in = events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR);
		bool out = events[i].events & EPOLLOUT;
		if (events[i].data.u64 & callers)
			continue;
		if (events[i].data.u64 & curls) {
			m->curl.multi_socket_action(m->multi,
						    (curl_socket_t)(events[i].data.u64 ^ curls),
						    (in ? CURL_CSELECT_IN : 0) |
							    (out ? CURL_CSELECT_OUT : 0),
						    &running);
			continue;
		}
		struct session *s = &m->sessions[events[i].data.u64];
		/* An event of this round may have closed it already. */
		if (s->state > SESSION_CONNECTING)
			session_event(s, in, out);
	}
	if (m->timer_ms >= 0 && m->timer_ms <= now_ms(m)) {
		m->timer_ms = -1;
		m->curl.multi_socket_action(m->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
	take_finished(m);
	expire(m);
}
