/* The messages that ask for confirmation, one after the other on one connection.
 *
 * As with issues the intent is durable before the final dot leaves, and whoever moves a
 * row there first sends it: neither a crash nor a second program makes two messages of
 * one request. They have no envelope token: a bounce of theirs says nothing that the
 * missing confirmation does not. */
#include "delivery/reader.h"

#include "base/arena.h"
#include "base/language.h"
#include "delivery/pace.h"
#include "delivery/render.h"
#include "delivery/smtp.h"
#include "model/mailbox.h"

#include <limits.h>
#include <string.h>

enum {
	WAIT_MS = 200,
	RETRY_AFTER_S = 60,
	GIVE_UP_S = 24 * 3600, /* who asked has gone away by then */
	LETTER_BYTES = 1 << 20,
};

struct post {
	struct store *store;
	const struct world *world;
	struct arena *arena;
	const struct message *const *messages;
	size_t message_count;
	struct requests_result *result;
	struct smtp_params params[RELAYS_MOST];
	size_t relay; /* that takes them; the next one when it does not */
	struct smtp smtp;
	struct dkim *dkim;
	struct form **forms; /* of the messages */
	struct renderer renderer;
	struct bucket pace;
	struct str sender;
	struct buf content;
	struct str text; /* of it, as the envelope has it */
	struct envelope envelope;
	struct request *now; /* on the wire, or NULL */
	bool failed; /* the database or the settings; told */
};

static int64_t clock_of(const struct post *p)
{
	return p->world->clock(p->world->context);
}

static bool is_cancelled(const struct post *p)
{
	return p->world->cancelled && p->world->cancelled(p->world->context) > 0;
}

static void shut(struct post *p, enum diag_code code, const char *words)
{
	const struct smtp_settings *s = &p->store->publication->smtp;
	const struct relay_settings *r = &s->relays[p->relay];
	if (p->relay + 1 < s->relay_count) {
		diag_report(p->store->diags, DIAG_RELAY_ASIDE, r->place, "%.*s: %s (%s)",
			    STR_ARG(r->name), words, diag_name(code));
		p->relay++;
		return;
	}
	p->result->shut = true;
	diag_report(p->store->diags, code, r->place, "%.*s: %s", STR_ARG(r->url), words);
}

bool request_next(struct store *s, struct arena *a, struct request *r, bool *is_there)
{
	int64_t now = s->world->clock(s->world->context);
	int64_t latest = now + retry_delay_most_s(INT_MAX, RETRY_AFTER_S);
	return s->ops->request_due(s, a, now, latest, r, is_there);
}

/* ---- what the session tells ---- */

static void opened(void *context, struct session *s)
{
	(void)context;
	(void)s;
}

static void not_opened(void *context, struct session *s, enum connect_failure why,
		       const char *words)
{
	(void)s;
	shut(context,
	     why == CONNECT_TLS     ? DIAG_SMTP_TLS
	     : why == CONNECT_LOGIN ? DIAG_SMTP_AUTH
				    : DIAG_SMTP_CONNECT,
	     words);
}

static void closed(void *context, struct session *s, const char *words)
{
	(void)context;
	(void)s;
	(void)words;
}

/* From state `was` to r->state. */
static bool mark(struct post *p, struct request *r, enum request_state was, bool *moved)
{
	if (p->store->ops->request_mark(p->store, r, was, moved))
		return true;
	p->failed = true;
	return false;
}

static void settled(void *context, struct session *s, enum verdict v, enum phase at,
		    const struct reply *reply, const char *words)
{
	struct post *p = context;
	struct request *r = p->now;
	enum request_state was = r->state; /* WAITING, or SENDING when the dot had left */
	bool moved;
	(void)s;
	(void)at;
	(void)reply;
	p->now = NULL;
	uint32_t random = 0;
	if (!p->world->random(p->world->context, &random, sizeof random))
		random = (uint32_t)r->id;
	r->state = REQUEST_WAITING;
	if (v == VERDICT_SENT) {
		r->state = REQUEST_SENT;
		p->result->sent++;
	} else if (v == VERDICT_AMBIGUOUS) {
		r->state = REQUEST_SENDING; /* it may be there: not again */
		p->result->failed++;
	} else if (v == VERDICT_ROUTE || v == VERDICT_STOP) {
		shut(p, v == VERDICT_STOP ? DIAG_SMTP_REFUSED : DIAG_SMTP_CONNECT, words);
	} else if (v == VERDICT_FAILED || clock_of(p) - r->first_at > GIVE_UP_S) {
		r->state = REQUEST_FAILED;
		p->result->failed++;
	} else {
		r->attempts++;
		r->next_at = clock_of(p) + retry_delay_s(r->attempts, RETRY_AFTER_S, random);
		p->result->deferred++;
	}
	mark(p, r, was, &moved);
}

/* ---- one message ---- */

static const struct form *form_for(const struct post *p, const struct request *r)
{
	for (size_t i = 0; i < p->message_count; i++)
		if (language_is(p->messages[i]->language, language_primary(r->language)))
			return p->forms[i];
	return p->forms[0];
}

static bool write_letter(struct post *p, struct arena *a, const struct request *r)
{
	struct address address;
	const char *problem;
	bool eight_bit = false;
	struct buf date;
	int64_t now = clock_of(p);
	if (!address_parse(a, r->address, &address, &problem))
		return false;
	buf_init(&date, 64);
	time_put_rfc5322(&date, now);
	/* The link's token stays out of headers: another one names the message. */
	char id[TOKEN_CHARS + 1];
	bool ok = token_make(p->world, id);
	const struct hole_values v = { .value = { [HOLE_ADDRESS] = address.wire,
						  [HOLE_ORG] = p->store->publication->publisher,
						  [HOLE_TOKEN] = r->token,
						  [HOLE_MESSAGE_ID] = str_from(id),
						  [HOLE_DATE] = buf_str(&date) } };
	ok = ok && render(&p->renderer, form_for(p, r), &v, now, &p->content, &eight_bit, &problem);
	buf_release(&date);
	p->text = buf_str(&p->content);
	p->envelope = (struct envelope){ .sender = p->sender,
					 .recipient = address.wire,
					 .id = str_copy(a, str_from(ok ? id : "")),
					 .content = text_of(&p->text, 1),
					 .needs_smtputf8 = address.needs_smtputf8,
					 .eight_bit = eight_bit };
	return ok;
}

/* The text is out but for its dot. */
static void release(struct post *p, struct session *s)
{
	struct request *r = p->now;
	bool moved;
	r->state = REQUEST_SENDING;
	if (mark(p, r, REQUEST_WAITING, &moved) && moved) {
		(void)session_release(s, NULL, NULL); /* one letter at a time */
		return;
	}
	p->now = NULL; /* another program's, or confirmed by now */
	smtp_drop(s);
}

static void wait_for_pace(struct post *p)
{
	int64_t ms;
	while (!is_cancelled(p) &&
	       (ms = bucket_wait_ms(&p->pace, p->world->monotonic_ms(p->world->context))) > 0)
		smtp_run(&p->smtp, ms < WAIT_MS ? ms : WAIT_MS);
	if (bucket_wait_ms(&p->pace, p->world->monotonic_ms(p->world->context)) == 0)
		bucket_take(&p->pace);
}

static void send_one(struct post *p, struct arena *a, struct request *r)
{
	struct session *s = &p->smtp.sessions[0];
	wait_for_pace(p);
	if (s->state == SESSION_IDLE && s->params != &p->params[p->relay])
		session_quit(s);
	s->params = &p->params[p->relay];
	if (s->state == SESSION_CLOSED)
		session_open(s);
	while (s->state == SESSION_CONNECTING)
		smtp_run(&p->smtp, WAIT_MS);
	if (s->state != SESSION_IDLE || is_cancelled(p))
		return;
	if (!write_letter(p, a, r)) {
		diag_report(p->store->diags, DIAG_MESSAGE_UNSENDABLE, (struct place){ 0 }, "%s",
			    "the message that asks for confirmation");
		p->failed = true;
		return;
	}
	p->now = r;
	session_start(s, &p->envelope);
	while (p->now) {
		if (s->state == SESSION_HELD)
			release(p, s);
		else
			smtp_run(&p->smtp, WAIT_MS);
	}
}

static void run(struct post *p)
{
	while (!p->failed && !p->result->shut && !is_cancelled(p)) {
		struct arena *a = arena_open();
		struct request r;
		bool is_there, wanted;
		bool ok = request_next(p->store, a, &r, &is_there);
		if (ok && is_there && (ok = request_prepare(p->store, a, &r, &wanted))) {
			if (wanted)
				send_one(p, a, &r);
			else
				p->result->withheld++;
		}
		arena_close(a);
		p->failed |= !ok;
		if (ok && !is_there)
			return;
	}
}

/* ---- the door ---- */

static bool find_sender(struct post *p)
{
	const struct publication *pub = p->store->publication;
	struct str named = pub->mail.return_path.len ? pub->mail.return_path : pub->mail.from;
	struct address address;
	const char *problem = "the sender's address must be ASCII";
	if (pub->mail.from.len == 0 || pub->smtp.relay_count == 0) {
		diag_report(p->store->diags, DIAG_SENDER_INCOMPLETE,
			    (struct place){ STR("glos.yaml"), 0, 0 }, "%s",
			    pub->mail.from.len == 0 ? "mail: from" : "smtp: url");
		return false;
	}
	if (!address_parse(p->arena, mailbox_of(named).address, &address, &problem) ||
	    address.needs_smtputf8) {
		diag_report(p->store->diags, DIAG_ADDRESS_INVALID, pub->mail.place, "%.*s: %s",
			    STR_ARG(named), problem);
		return false;
	}
	p->sender = address.wire;
	return true;
}

static bool open_post(struct post *p)
{
	static const struct smtp_events events = { opened, not_opened, settled, closed };
	const struct publication *pub = p->store->publication;
	struct diags *d = p->store->diags;
	if (!find_sender(p))
		return false;
	for (size_t i = 0; i < pub->smtp.relay_count; i++)
		if (!smtp_params_make(p->arena, pub, &pub->smtp.relays[i], p->world, d,
				      &p->params[i]))
			return false;
	if (pub->dkim.domain.len) {
		p->dkim = dkim_open(pub, d);
		if (!p->dkim)
			return false;
	}
	renderer_init(&p->renderer, p->dkim);
	p->forms = NEW_ARRAY(p->arena, struct form *, p->message_count);
	for (size_t i = 0; i < p->message_count; i++)
		p->forms[i] = form_make(p->arena, p->messages[i]);
	bucket_init(&p->pace, pub->smtp.rate, p->world->monotonic_ms(p->world->context));
	return smtp_open(&p->smtp, p->arena, p->params, 1, &events, p, p->world, d);
}

bool requests_send(struct store *s, const struct message *const *messages, size_t message_count,
		   struct requests_result *result)
{
	struct arena *a = arena_open();
	struct post p = { .store = s,
			  .world = s->world,
			  .arena = a,
			  .messages = messages,
			  .message_count = message_count,
			  .result = result,
			  .smtp = { .epoll = -1 } };
	struct request r;
	bool is_there = false;
	*result = (struct requests_result){ 0 };
	buf_init(&p.content, LETTER_BYTES);
	renderer_init(&p.renderer, NULL);
	p.failed = !request_next(s, a, &r, &is_there);
	if (is_there) {
		p.failed = !open_post(&p);
		if (!p.failed)
			run(&p);
		smtp_close(&p.smtp);
	}
	renderer_release(&p.renderer);
	dkim_close(p.dkim);
	for (size_t i = 0; p.forms && i < message_count; i++)
		form_release(p.forms[i]);
	buf_release(&p.content);
	arena_close(a);
	return !p.failed;
}
