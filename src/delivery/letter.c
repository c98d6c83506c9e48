/* The bytes of messages, from the job to the wire.
 *
 * Letters are written before their session can send them, so that the commands of the next can
 * leave in one write with the dot of the last. Signing takes most of the time by far: where
 * there is a key, letters are written by a crew, while the loop goes on; one that is not
 * written when its session can send it is written by the loop. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "base/crew.h"

enum {
	MESSAGES_MOST = 100, /* on one connection */
	WORKERS_MOST = 8,
};

/* "odbicia+TOKEN@domain": a bounce then says whose it is (VERP). */
static void put_sender(struct buf *out, struct str sender, struct str token)
{
	size_t at = str_find(sender, STR("@"), 0);
	buf_clear(out);
	buf_put(out, str_sub(sender, 0, at));
	if (token.len) {
		buf_put_byte(out, '+');
		buf_put(out, token);
	}
	buf_put(out, str_sub(sender, at, sender.len));
}

/* Fills the letter for its job; no two threads have the same renderer. */
static void write_letter(const struct campaign *c, struct renderer *r, struct letter *l)
{
	const struct job *j = l->job;
	bool eight_bit;
	struct buf date;
	buf_init(&date, 64);
	time_put_rfc5322(&date, c->writing_at);
	struct hole_values v = { .value = {
					 [HOLE_ADDRESS] = j->wire,
					 [HOLE_NAME] = j->name,
					 [HOLE_ORG] = c->publication->publisher,
					 [HOLE_TOKEN] = j->subscriber_token,
					 [HOLE_REGION] = j->regions,
					 [HOLE_MESSAGE_ID] = j->token,
					 [HOLE_DATE] = buf_str(&date),
				 } };
	l->written = render(r, j->form, &v, c->writing_at, &l->content, &eight_bit, &l->problem);
	buf_release(&date);
	put_sender(&l->sender, c->sender,
		   c->publication->mail.return_path.len ? j->token : STR(""));
	l->envelope = (struct envelope){ .sender = buf_str(&l->sender),
					 .recipient = j->wire,
					 .id = j->token,
					 .content = buf_str(&l->content),
					 .needs_smtputf8 = j->needs_smtputf8,
					 .eight_bit = eight_bit };
}

static void write_one(void *context, size_t worker, size_t i)
{
	struct campaign *c = context;
	write_letter(c, &c->renderers[worker + 1], c->writing[i]);
}

void letters_open(struct campaign *c, int sessions)
{
	size_t workers = c->dkim && c->world->processors > 1 ? c->world->processors - 1 : 0;
	workers = workers < WORKERS_MOST ? workers : WORKERS_MOST;
	c->forms = NEW_ARRAY(c->arena, struct form *, c->message_count);
	for (size_t i = 0; i < c->message_count; i++)
		c->forms[i] = form_make(c->arena, c->messages[i]);
	c->letter_count = LETTERS_EACH * sessions;
	c->letters = NEW_ARRAY(c->arena, struct letter, c->letter_count);
	c->ahead = NEW_ARRAY(c->arena, struct letter *, sessions);
	c->writing = NEW_ARRAY(c->arena, struct letter *, CREW_JOBS);
	for (int i = 0; i < c->letter_count; i++) {
		buf_init(&c->letters[i].sender, 1024);
		buf_init(&c->letters[i].content, 65 << 20);
	}
	c->renderer_count = workers + 1;
	c->renderers = NEW_ARRAY(c->arena, struct renderer, c->renderer_count);
	for (size_t i = 0; i < c->renderer_count; i++)
		renderer_init(&c->renderers[i], c->dkim);
	c->crew = workers ? crew_open(c->arena, workers, write_one, c) : NULL;
}

void letters_close(struct campaign *c)
{
	if (c->crew)
		crew_close(c->crew);
	for (size_t i = 0; i < c->renderer_count; i++)
		renderer_release(&c->renderers[i]);
	for (size_t i = 0; c->forms && i < c->message_count; i++)
		form_release(c->forms[i]);
	for (int i = 0; i < c->letter_count; i++) {
		buf_release(&c->letters[i].sender);
		buf_release(&c->letters[i].content);
	}
}

void letter_put_free(struct campaign *c, const struct session *s, const struct job *j)
{
	for (int i = 0; i < LETTERS_EACH; i++)
		if (c->letters[LETTERS_EACH * s->number + i].job == j)
			c->letters[LETTERS_EACH * s->number + i].job = NULL;
}

int letters_ahead(const struct campaign *c)
{
	int n = 0;
	for (int i = 0; i < c->smtp.session_count; i++)
		n += c->ahead[i] != NULL;
	return n;
}

/* ---- who writes ---- */

/* The crew lays down its pens: what it wrote can be read, the rest is anybody's. */
static void rest(struct campaign *c)
{
	if (c->writing_count)
		crew_rest(c->crew);
	for (size_t i = 0; i < c->writing_count; i++)
		c->writing[i]->place = LETTER_NOWHERE;
	c->writing_count = 0;
}

/* The letters not yet written are the crew's; without one, the caller's at once. */
static void give(struct campaign *c)
{
	c->writing_at = campaign_clock(c);
	for (int i = 0; i < c->smtp.session_count; i++) {
		struct letter *l = c->ahead[i];
		if (!l || l->written || l->problem)
			continue;
		if (!c->crew) {
			write_letter(c, &c->renderers[0], l);
		} else if (c->writing_count < CREW_JOBS) {
			l->place = c->writing_count;
			c->writing[c->writing_count++] = l;
		}
	}
	if (c->writing_count)
		crew_give(c->crew, c->writing_count);
}

/* Sees to it that the letter is written; false, told, when it cannot be. */
static bool finish(struct campaign *c, struct letter *l)
{
	if (l->place != LETTER_NOWHERE)
		crew_take(c->crew, l->place);
	if (!l->written && !l->problem)
		write_letter(c, &c->renderers[0], l);
	if (l->written)
		return true;
	if (!c->failed)
		diag_report(c->diags, DIAG_MESSAGE_UNSENDABLE, (struct place){ 0 }, "%s",
			    l->problem);
	c->stopping = c->failed = true;
	return false;
}

/* ---- which go when ---- */

static void take_back(struct campaign *c, struct letter **at)
{
	if (!*at)
		return;
	job_put_back(c, (*at)->job);
	relay_gave_back(relay_of(c, (*at)->session));
	(*at)->job = NULL;
	*at = NULL;
}

void letters_take_back(struct campaign *c)
{
	rest(c);
	for (int i = 0; i < c->smtp.session_count; i++)
		take_back(c, &c->ahead[i]);
}

/* Whether a session may be given another message. */
static bool has_room(const struct session *s)
{
	return s->begun < MESSAGES_MOST;
}

static void want(struct campaign *c, struct session *s, struct job *j)
{
	struct letter *l = &c->letters[LETTERS_EACH * s->number];
	while (l->job)
		l++; /* one is free: two are on the wire at most */
	*l = (struct letter){ .job = j,
			      .session = s,
			      .place = LETTER_NOWHERE,
			      .sender = l->sender,
			      .content = l->content };
	c->ahead[s->number] = l;
}

/* What is ahead of a session that will not carry it goes to others; who carried enough, or
 * leads to where we are not wanted, says goodbye. */
static void tidy(struct campaign *c)
{
	for (int i = 0; i < c->smtp.session_count; i++) {
		struct session *s = &c->smtp.sessions[i];
		const struct relay *r = relay_of(c, s);
		bool others = c->relay_count > 1 && !relay_is_usable(c, r);
		if (s->state == SESSION_CLOSED || others)
			take_back(c, &c->ahead[i]);
		if (s->state == SESSION_IDLE && (!has_room(s) || r->aside))
			session_quit(s);
	}
}

/* Jobs for sessions that have none. How many were given. */
static int choose_idle(struct campaign *c, int64_t *wait)
{
	int given = 0;
	bool paced = false;
	for (int i = 0; i < c->smtp.session_count && c->queue && !paced; i++) {
		struct session *s = &c->smtp.sessions[i];
		struct relay *r = relay_of(c, s);
		if (s->state != SESSION_IDLE || c->ahead[i] || !relay_may_take(c, r, wait))
			continue;
		struct job *j = job_next(c, wait);
		if (j) {
			want(c, s, j);
			relay_took(c, r);
			given++;
		}
		paced = !j;
	}
	return given;
}

/* Jobs to be written ahead, for sessions at work. How many were given. */
static int choose_ahead(struct campaign *c, int64_t *wait)
{
	int given = 0;
	for (int i = 0; i < c->smtp.session_count && c->queue && !c->testing; i++) {
		struct session *s = &c->smtp.sessions[i];
		struct relay *r = relay_of(c, s);
		if (s->state <= SESSION_IDLE || c->ahead[i] || !has_room(s) ||
		    r->pace.rate.count > 0 || !relay_may_take(c, r, wait))
			continue;
		struct job *j = job_ahead(c);
		if (!j)
			break;
		want(c, s, j);
		relay_took(c, r);
		given++;
	}
	return given;
}

/* Takes jobs off the queue for sessions that can use one. With several relays again and
 * again: what one took lets another take its own. */
static int64_t choose(struct campaign *c, int64_t wait)
{
	int given;
	tidy(c);
	do {
		given = choose_idle(c, &wait);
		given += choose_ahead(c, &wait);
	} while (given > 0 && c->relay_count > 1);
	return wait;
}

/* The letter that the session may send now, written; or NULL. */
static struct letter *next_of(struct campaign *c, const struct session *s)
{
	struct letter *l = c->ahead[s->number];
	const struct relay *r = relay_of(c, s);
	if (!l || c->stopping || r->aside || !route_is_open(c, r) || !has_room(s) || !finish(c, l))
		return NULL;
	c->ahead[s->number] = NULL;
	return l;
}

int64_t letters_feed(struct campaign *c, int64_t wait_ms)
{
	if (c->stopping)
		return wait_ms;
	rest(c);
	wait_ms = choose(c, wait_ms);
	give(c);
	for (int i = 0; i < c->smtp.session_count; i++) {
		struct session *s = &c->smtp.sessions[i];
		struct letter *l = s->state == SESSION_IDLE ? next_of(c, s) : NULL;
		if (!l)
			continue;
		s->context = l->job;
		session_start(s, &l->envelope);
	}
	return wait_ms;
}

/* What has not left need not: the issue is refused, or this relay refuses us and others
 * will do; or something failed that was told. */
static bool is_called_off(const struct campaign *c, const struct session *s)
{
	return !c->testing && ((c->stopping && c->failed) || relay_of(c, s)->aside);
}

void letters_release(struct campaign *c)
{
	for (int i = 0; i < c->smtp.session_count; i++) {
		struct session *s = &c->smtp.sessions[i];
		const struct job *j = s->context;
		if (s->state == SESSION_HELD && is_called_off(c, s)) {
			smtp_drop(s);
			campaign_settled(c, s, VERDICT_UNTRIED, PHASE_BODY, NULL, "called off");
			continue;
		}
		if (s->state != SESSION_HELD || j->intent != INTENT_DURABLE)
			continue;
		struct letter *l = next_of(c, s);
		dots_leave(c->dots, i);
		/* Whatever becomes of it, it is settled by the session from then on. */
		if (!session_release(s, l ? &l->envelope : NULL, l ? l->job : NULL) && l)
			c->ahead[i] = l;
	}
}
