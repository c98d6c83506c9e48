/* The dialogue on one connection.
 *
 * HOW IT WORKS: an envelope is a short list of phases: RSET when the last one was
 * refused, MAIL, RCPT, DATA. Where the server offers PIPELINING all go out in one
 * write, else one after the other's reply. Replies come in the same order. The
 * first refusal is remembered and all replies are read before it is told, so
 * that the connection stays in step and can be used again.
 *
 * After 354 the text is due, and smtp_run begins to write it: a few texts at a time, so that
 * who asks for intents need not wait for the texts of all. It goes out whole, but for the dot.
 * There the session waits: the caller writes its intent to disk, then releases the dot, and
 * behind it in the same write the commands of the next envelope. */
#include "delivery/smtp.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>
#include <sys/epoll.h>

static int64_t now_ms(const struct session *s)
{
	return s->smtp->world->monotonic_ms(s->smtp->world->context);
}

static void limit(struct session *s, enum phase p)
{
	s->deadline_ms = now_ms(s) + s->params->limits.reply[p];
}

/* ---- what the server offers ---- */

static void note_offer(struct session *s, struct str line)
{
	struct str rest = line, word;
	if (!str_cut(&rest, ' ', &word))
		return;
	s->offers.pipelining |= str_equal_nocase(word, STR("PIPELINING"));
	s->offers.eight_bit |= str_equal_nocase(word, STR("8BITMIME"));
	s->offers.utf8 |= str_equal_nocase(word, STR("SMTPUTF8"));
	s->offers.dsn |= str_equal_nocase(word, STR("DSN"));
	if (str_equal_nocase(word, STR("AUTH")) && rest.ptr)
		snprintf(s->offers.auth, sizeof s->offers.auth, "%.*s", STR_ARG(str_trim(rest)));
	if (str_equal_nocase(word, STR("SIZE"))) {
		s->offers.size = true;
		if (!rest.ptr || !str_to_int(str_trim(rest), &s->offers.size_most))
			s->offers.size_most = 0;
	}
}

/* libcurl hands us each line while it connects: the greeting, EHLO's answer (twice
 * with STARTTLS; the last counts), login. */
size_t session_header(char *ptr, size_t size, size_t count, void *context)
{
	struct session *s = context;
	struct str line = str_trim((struct str){ ptr, size * count });
	snprintf(s->last_line, sizeof s->last_line, "%.*s", STR_ARG(str_sub(line, 0, 240)));
	for (char *c = s->last_line; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7F)
			*c = '?';
	/* As libcurl takes it: from any line, whatever code and whatever follows. */
	s->encrypted |= s->starttls &&
			str_equal_nocase(str_sub(line, 4, strlen("STARTTLS")), STR("STARTTLS"));
	if (str_starts(line, STR("250")) && line.len > 3) {
		if (!s->ehlo_goes_on)
			memset(&s->offers, 0, sizeof s->offers);
		else
			note_offer(s, str_sub(line, 4, line.len));
		s->ehlo_goes_on = line.ptr[3] == '-';
	}
	return size * count;
}

void session_connected(struct session *s)
{
	s->state = SESSION_IDLE;
	smtp_watch(s, EPOLLIN);
	s->smtp->events->opened(s->smtp->context, s);
}

/* ---- endings ---- */

static void settle(struct session *s, enum verdict v, enum phase at, const struct reply *r,
		   const char *words)
{
	s->smtp->events->settled(s->smtp->context, s, v, at, r, words);
}

static enum phase phase_now(const struct session *s)
{
	if (s->state == SESSION_ENVELOPE)
		return s->phases[s->replied < s->phase_count ? s->replied : s->phase_count - 1];
	return s->state == SESSION_DOT ? PHASE_DOT : PHASE_BODY;
}

/* The commands behind a dot went nowhere. */
static void settle_next(struct session *s)
{
	if (!s->next)
		return;
	s->next = NULL;
	s->context = s->next_context;
	settle(s, VERDICT_UNTRIED, PHASE_MAIL, NULL, "the connection closed before");
}

/* The connection is gone, by the server's doing or ours. */
static void lose(struct session *s, const char *why)
{
	enum session_state was = s->state;
	enum phase at = phase_now(s);
	char words[160];
	snprintf(words, sizeof words, "%s at %s", why, phase_name(at));
	struct reply refusal = s->failure_reply;
	bool refused = was == SESSION_ENVELOPE && s->failure != VERDICT_GO_ON;
	smtp_drop(s);
	if (was == SESSION_IDLE)
		s->smtp->events->closed(s->smtp->context, s, why);
	else if (refused) /* it told why before it went */
		settle(s, s->failure, s->failed_at, &refusal, refusal.words);
	else
		settle(s, was == SESSION_DOT ? VERDICT_AMBIGUOUS : VERDICT_LOST, at, NULL, words);
	settle_next(s);
}

void session_timeout(struct session *s)
{
	lose(s, "no answer in time");
}

void session_quit(struct session *s)
{
	size_t sent;
	/* Nothing hangs on the answer. */
	if (s->smtp->curl.easy_send(s->easy, "QUIT\r\n", 6, &sent) != CURLE_OK)
		sent = 0;
	smtp_drop(s);
}

/* ---- writing ---- */

enum written { WRITTEN, WRITTEN_LATER, WRITTEN_NEVER };

/* Writes some of it. LATER: when there is room again; NEVER: the connection is lost, told. */
static enum written write_some(struct session *s, struct str bytes, size_t *sent)
{
	*sent = 0;
	CURLcode code = s->smtp->curl.easy_send(s->easy, bytes.ptr, bytes.len, sent);
	if (code == CURLE_AGAIN) {
		smtp_watch(s, EPOLLIN | EPOLLOUT);
		return WRITTEN_LATER;
	}
	if (code == CURLE_OK)
		return WRITTEN;
	lose(s, "connection lost");
	return WRITTEN_NEVER;
}

static bool write_commands(struct session *s)
{
	enum written w;
	for (size_t sent; s->going.len; s->going = str_sub(s->going, sent, s->going.len))
		if ((w = write_some(s, s->going, &sent)) != WRITTEN)
			return w != WRITTEN_NEVER;
	smtp_watch(s, EPOLLIN);
	return true;
}

/* The window is the same for all sessions. TLS has to be offered again what it did not take:
 * the same bytes, in the same place, as the same step of the text puts them there. */
static bool write_text(struct session *s)
{
	const struct text *t = &s->envelope->content;
	struct str bytes;
	enum written w;
	for (size_t sent; (bytes = text_peek(t, s->text_at, s->smtp->window, WINDOW_BYTES)).len;
	     text_skip(t, &s->text_at, sent)) {
		if ((w = write_some(s, bytes, &sent)) != WRITTEN)
			return w != WRITTEN_NEVER;
		limit(s, PHASE_BODY); /* of each block */
	}
	smtp_watch(s, EPOLLIN);
	s->state = SESSION_HELD;
	return true;
}

/* Writes on; false when the connection is lost, which is told already. */
static bool write_on(struct session *s)
{
	return s->state == SESSION_BODY ? write_text(s) : write_commands(s);
}

static void put_command(struct session *s, enum phase p)
{
	const struct envelope *e = s->envelope;
	struct buf *out = &s->out;
	if (p == PHASE_MAIL) {
		buf_put_c(out, "MAIL FROM:<");
		buf_put(out, e->sender);
		buf_put_byte(out, '>');
		if (s->offers.size)
			buf_format(out, " SIZE=%zu", e->content.len);
		if (e->eight_bit)
			buf_put_c(out, " BODY=8BITMIME");
		if (e->needs_smtputf8)
			buf_put_c(out, " SMTPUTF8");
		if (s->offers.dsn) {
			buf_put_c(out, " RET=HDRS ENVID=");
			buf_put(out, e->id);
		}
	} else if (p == PHASE_RCPT) {
		buf_put_c(out, "RCPT TO:<");
		buf_put(out, e->recipient);
		buf_put_byte(out, '>');
		if (s->offers.dsn)
			buf_put_c(out, " NOTIFY=FAILURE");
	} else {
		buf_put_c(out, phase_name(p)); /* DATA, RSET */
	}
	buf_put_c(out, "\r\n");
}

/* Sends the commands whose turn it is. */
static void send_commands(struct session *s)
{
	buf_clear(&s->out);
	int last = s->offers.pipelining ? s->phase_count : s->sent + 1;
	while (s->sent < last)
		put_command(s, s->phases[s->sent++]);
	s->going = buf_str(&s->out);
	limit(s, s->phases[s->replied]);
	write_on(s);
}

/* Why this server cannot carry an envelope; NULL: it can. */
static const char *refusal_of(const struct session *s, const struct envelope *e,
			      enum verdict *verdict)
{
	/* An address beyond ASCII stands in the header, too: without it there is neither. */
	bool of_recipient = e->needs_smtputf8 && (!s->offers.utf8 || !s->offers.eight_bit);
	*verdict = of_recipient ? VERDICT_FAILED : VERDICT_STOP;
	if (of_recipient)
		return "the mail server does not take addresses with such letters (SMTPUTF8)";
	if (e->eight_bit && !s->offers.eight_bit)
		return "the mail server takes no 8-bit messages (8BITMIME)";
	if (s->offers.size_most > 0 && e->content.len > (size_t)s->offers.size_most)
		return "the message is larger than the mail server takes (SIZE)";
	return NULL;
}

void session_start(struct session *s, const struct envelope *e)
{
	assert(s->state == SESSION_IDLE);
	s->envelope = e;
	enum verdict v;
	const char *refusal = refusal_of(s, e, &v);
	if (refusal) { /* told as if the server had said so itself */
		settle(s, v, PHASE_MAIL, NULL, refusal);
		return;
	}
	s->phase_count = s->sent = s->replied = 0;
	s->failure = VERDICT_GO_ON;
	s->begun++;
	if (s->needs_rset)
		s->phases[s->phase_count++] = PHASE_RSET;
	s->phases[s->phase_count++] = PHASE_MAIL;
	s->phases[s->phase_count++] = PHASE_RCPT;
	s->phases[s->phase_count++] = PHASE_DATA;
	s->needs_rset = false;
	s->state = SESSION_ENVELOPE;
	send_commands(s);
}

/* Puts the commands of the next envelope behind the dot, if the server will have them. */
static bool put_next(struct session *s, const struct envelope *next, void *next_context)
{
	enum verdict v;
	if (!next || !s->offers.pipelining || refusal_of(s, next, &v))
		return false;
	const struct envelope *first = s->envelope;
	s->envelope = next;
	put_command(s, PHASE_MAIL);
	put_command(s, PHASE_RCPT);
	put_command(s, PHASE_DATA);
	s->envelope = first;
	s->next = next;
	s->next_context = next_context;
	s->begun++;
	return true;
}

bool session_release(struct session *s, const struct envelope *next, void *next_context)
{
	assert(s->state == SESSION_HELD);
	size_t sent = 0;
	buf_clear(&s->out);
	buf_put_c(&s->out, ".\r\n");
	bool both = put_next(s, next, next_context);
	s->going = buf_str(&s->out);
	CURLcode code = s->smtp->curl.easy_send(s->easy, s->going.ptr, s->going.len, &sent);
	if (code != CURLE_OK && code != CURLE_AGAIN) {
		lose(s, "connection lost"); /* still HELD: no byte of the dot has left */
		return both;
	}
	s->state = SESSION_DOT;
	s->going = str_sub(s->going, sent, s->going.len);
	limit(s, PHASE_DOT);
	smtp_watch(s, s->going.len ? EPOLLIN | EPOLLOUT : EPOLLIN);
	return both;
}

/* ---- replies ---- */

/* All replies of a refused envelope are read: the session is free again. */
static void end_refused(struct session *s)
{
	struct reply refusal = s->failure_reply;
	s->needs_rset = true;
	s->state = SESSION_IDLE;
	settle(s, s->failure, s->failed_at, &refusal, refusal.words);
}

static void envelope_reply(struct session *s, const struct reply *r)
{
	enum phase p = s->phases[s->replied++];
	enum verdict v = reply_verdict(p, r);
	if (v != VERDICT_GO_ON && s->failure == VERDICT_GO_ON) {
		s->failure = v;
		s->failed_at = p;
		s->failure_reply = *r;
	}
	if (r->code == 421) { /* it hangs up now */
		lose(s, "connection closed");
		return;
	}
	bool all = s->replied == s->phase_count;
	if (s->failure != VERDICT_GO_ON && all && r->code == 354) {
		/* It waits for a text that has no recipient. Nothing was sent; an empty
		 * one might be delivered. */
		lose(s, "connection closed");
		return;
	}
	if (s->failure != VERDICT_GO_ON) {
		if (all || s->sent == s->replied)
			end_refused(s);
		return;
	}
	if (!all) {
		limit(s, s->phases[s->replied]);
		if (s->sent == s->replied)
			send_commands(s);
		return;
	}
	if (s->going.len) { /* of our DATA a part has not left, so this answers something else */
		lose(s, "an answer before its command");
		return;
	}
	s->state = SESSION_BODY;
	s->text_at = (struct text_at){ 0 };
	s->text_due = true;
	limit(s, PHASE_BODY);
}

void session_write_text(struct session *s)
{
	s->text_due = false;
	write_on(s);
}

/* The dot is answered: the envelope whose commands went with it is at hand. */
static void begin_next(struct session *s)
{
	s->envelope = s->next;
	s->context = s->next_context;
	s->next = NULL;
	s->phases[0] = PHASE_MAIL;
	s->phases[1] = PHASE_RCPT;
	s->phases[2] = PHASE_DATA;
	s->phase_count = s->sent = 3;
	s->replied = 0;
	s->failure = VERDICT_GO_ON;
	s->state = SESSION_ENVELOPE;
	limit(s, PHASE_MAIL);
}

enum { HUNG_MS = 2000, HUNG_TIMES = 2 };

/* How long the answer to its dot is waited for; 0: it waits for none. */
static int64_t waits_ms(const struct session *s)
{
	int64_t left_at = s->deadline_ms - s->params->limits.reply[PHASE_DOT];
	return s->state == SESSION_DOT ? now_ms(s) - left_at : 0;
}

bool session_is_hung(const struct session *s)
{
	int64_t usual = s->answer_ms * HUNG_TIMES; /* some look long at each message */
	return waits_ms(s) >= (usual > HUNG_MS ? usual : HUNG_MS);
}

static void dot_reply(struct session *s, const struct reply *r)
{
	enum verdict v = reply_verdict(PHASE_DOT, r);
	struct reply said = *r;
	s->delivered += v == VERDICT_SENT;
	s->answer_ms = waits_ms(s);
	if (r->code == 421)
		smtp_drop(s);
	else
		s->state = SESSION_IDLE;
	settle(s, v, PHASE_DOT, &said, said.words);
	if (s->state == SESSION_CLOSED)
		settle_next(s);
	else if (s->next)
		begin_next(s);
}

static void take_reply(struct session *s, const struct reply *r)
{
	if (s->state == SESSION_ENVELOPE) {
		envelope_reply(s, r);
	} else if (s->state == SESSION_DOT) {
		dot_reply(s, r);
	} else {
		/* Unasked: a farewell while idle, or a refusal in the middle of the text.
		 * The dot has not left. */
		struct reply said = *r;
		bool idle = s->state == SESSION_IDLE;
		smtp_drop(s);
		if (idle)
			s->smtp->events->closed(s->smtp->context, s, said.words);
		else
			settle(s, said.code == 421 ? VERDICT_ROUTE : VERDICT_LOST, PHASE_BODY,
			       &said, said.words);
	}
}

/* Takes the whole replies that have come; false when the session is closed. */
static bool take_replies(struct session *s)
{
	const CURL *connection = s->easy;
	struct str rest = buf_str(&s->in);
	struct reply r;
	int taken;
	while (rest.len && (taken = reply_take(&rest, &r)) != 0) {
		if (taken < 0) {
			lose(s, "not an answer of SMTP");
			return false;
		}
		/* Keep what follows before the caller may start something new. */
		size_t left = rest.len;
		memmove(s->in.ptr, rest.ptr, left);
		s->in.len = left;
		take_reply(s, &r);
		if (s->easy != connection || s->state <= SESSION_CONNECTING)
			return false;
		rest = buf_str(&s->in);
	}
	return true;
}

void session_event(struct session *s, bool readable, bool writable)
{
	if (writable && !write_on(s))
		return;
	char bytes[READ_BYTES];
	size_t n = sizeof bytes;
	/* TLS may hold bytes that epoll does not see: read until there are none. */
	while (readable && (s->encrypted || n == sizeof bytes)) {
		n = 0;
		CURLcode code = s->smtp->curl.easy_recv(s->easy, bytes, sizeof bytes, &n);
		if (code == CURLE_AGAIN)
			return;
		if (code != CURLE_OK || n == 0) {
			lose(s, "connection lost");
			return;
		}
		buf_put_bytes(&s->in, bytes, n);
		if (s->in.overflowed) {
			lose(s, "too long an answer");
			return;
		}
		if (!take_replies(s))
			return;
	}
}
