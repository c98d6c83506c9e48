/* The bytes of messages, from the job to the wire.
 *
 * Letters are written before their session can send them, so that the commands of the next can
 * leave in one write with the dot of the last. Signing takes most of the time by far: where
 * there is a key, letters are written by scribes, threads of their own, while the loop goes
 * on. A scribe who is free takes at once what there is to write; what comes meanwhile is
 * written together, which costs less for each (sha256_many.h). A session whose letter is not
 * written yet waits for it, the loop does not. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "base/errand.h"

enum {
	MESSAGES_MOST = 100, /* on one connection */
	SCRIBES_MOST = 8,
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

static struct envelope envelope_of(const struct rendering *of, const struct letter *l)
{
	const struct job *j = l->job;
	return (struct envelope){ .sender = buf_str(&l->sender),
				  .recipient = j->wire,
				  .id = j->token,
				  .content = wire_text(&l->content),
				  .needs_smtputf8 = j->needs_smtputf8,
				  .eight_bit = of->eight_bit };
}

/* Fills the letters for their jobs. */
static bool write_letters(void *context)
{
	struct scribe *s = context;
	const struct campaign *c = s->campaign;
	struct rendering of[RENDERINGS_AT_ONCE];
	if (s->date.len == 0 || s->dated != s->now) {
		buf_clear(&s->date);
		time_put_rfc5322(&s->date, s->now);
		s->dated = s->now;
	}
	for (size_t i = 0; i < s->count; i++) {
		const struct job *j = s->letters[i]->job;
		of[i] = (struct rendering){ .form = j->form,
					    .values = { .value = {
								[HOLE_ADDRESS] = j->wire,
								[HOLE_NAME] = j->name,
								[HOLE_ORG] = c->publication->publisher,
								[HOLE_TOKEN] = j->subscriber_token,
								[HOLE_REGION] = j->regions,
								[HOLE_MESSAGE_ID] = j->token,
								[HOLE_DATE] = buf_str(&s->date),
							} },
					    .wire = &s->letters[i]->content };
	}
	render_many(&s->renderer, of, s->count, s->now);
	for (size_t i = 0; i < s->count; i++) {
		struct letter *l = s->letters[i];
		put_sender(&l->sender, c->sender,
			   c->publication->mail.return_path.len ? l->job->token : STR(""));
		l->problem = of[i].problem;
		l->written = !l->problem;
		l->envelope = envelope_of(&of[i], l);
	}
	return true;
}

static void scribe_init(struct scribe *s, const struct campaign *c)
{
	s->campaign = c;
	buf_init(&s->date, 64);
	renderer_init(&s->renderer, c->dkim);
}

static void scribe_release(struct scribe *s)
{
	buf_release(&s->date);
	renderer_release(&s->renderer);
}

/* Fewer hands, same work: without any the loop writes. */
static void open_scribes(struct campaign *c)
{
	size_t count = !c->dkim ? 0 : c->world->processors > 1 ? c->world->processors : 1;
	count = count < SCRIBES_MOST ? count : SCRIBES_MOST;
	c->scribes = NEW_ARRAY(c->arena, struct scribe, count);
	for (size_t i = 0; i < count; i++) {
		struct scribe *s = &c->scribes[i];
		s->errand = errand_open(c->arena, write_letters, s);
		if (!s->errand)
			return;
		if (!smtp_listen(&c->smtp, errand_descriptor(s->errand))) {
			errand_close(s->errand);
			return;
		}
		scribe_init(s, c);
		c->scribe_count++;
	}
}

void letters_open(struct campaign *c)
{
	int sessions = c->smtp.session_count;
	c->forms = NEW_ARRAY(c->arena, struct form *, c->message_count);
	for (size_t i = 0; i < c->message_count; i++)
		c->forms[i] = form_make(c->arena, c->messages[i]);
	c->letter_count = LETTERS_EACH * sessions;
	c->letters = NEW_ARRAY(c->arena, struct letter, c->letter_count);
	c->ahead = arena_alloc(c->arena, (size_t)sessions * sizeof *c->ahead);
	for (int i = 0; i < c->letter_count; i++) {
		buf_init(&c->letters[i].sender, 1024);
		wire_init(&c->letters[i].content);
	}
	scribe_init(&c->own, c);
	open_scribes(c);
}

void letters_close(struct campaign *c)
{
	for (size_t i = 0; i < c->scribe_count; i++) {
		errand_close(c->scribes[i].errand);
		scribe_release(&c->scribes[i]);
	}
	if (c->own.campaign)
		scribe_release(&c->own);
	for (size_t i = 0; c->forms && i < c->message_count; i++)
		form_release(c->forms[i]);
	for (int i = 0; i < c->letter_count; i++) {
		buf_release(&c->letters[i].sender);
		wire_release(&c->letters[i].content);
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
		for (int d = 0; d < AHEAD_MOST; d++)
			n += c->ahead[i][d] != NULL;
	return n;
}

/* ---- who writes ---- */

/* What the scribe wrote can be read; waits for it. */
static void end_writing(struct scribe *s)
{
	(void)errand_end(s->errand);
	for (size_t i = 0; i < s->count; i++)
		s->letters[i]->scribe = NULL;
	s->count = 0;
}

static void collect(struct campaign *c)
{
	for (size_t i = 0; i < c->scribe_count; i++)
		if (errand_is_done(c->scribes[i].errand))
			end_writing(&c->scribes[i]);
}

/* The next letter that nobody has begun, from place *at on; or NULL. Those that sessions send
 * first come first. */
static struct letter *next_unwritten(const struct campaign *c, int *at)
{
	int sessions = c->smtp.session_count;
	while (*at < AHEAD_MOST * sessions) {
		struct letter *l = c->ahead[*at % sessions][*at / sessions];
		++*at;
		if (l && !l->scribe && !l->written && !l->problem)
			return l;
	}
	return NULL;
}

static void begin_writing(struct scribe *s)
{
	for (size_t i = 0; i < s->count; i++)
		s->letters[i]->scribe = s;
	errand_begin(s->errand);
}

/* The loop writes itself. */
static void write_own(struct campaign *c)
{
	struct letter *l;
	int at = 0;
	c->own.now = campaign_clock(c);
	while ((l = next_unwritten(c, &at))) {
		c->own.letters[0] = l;
		c->own.count = 1;
		write_letters(&c->own);
	}
}

static size_t count_unwritten(const struct campaign *c)
{
	size_t n = 0;
	int at = 0;
	while (next_unwritten(c, &at))
		n++;
	return n;
}

/* The letters not yet written go to scribes that are free. While others are at work a few
 * letters wait for more, which come before long; nobody at work, nobody waits. */
static void give(struct campaign *c)
{
	size_t most = c->dkim ? dkim_at_once(c->dkim) : 0, left = count_unwritten(c), busy = 0;
	int at = 0;
	if (c->scribe_count == 0) {
		write_own(c);
		return;
	}
	for (size_t i = 0; i < c->scribe_count; i++)
		busy += errand_is_under_way(c->scribes[i].errand);
	for (size_t i = 0; i < c->scribe_count && left > (busy ? most - 1 : 0); i++) {
		struct scribe *s = &c->scribes[i];
		if (errand_is_under_way(s->errand))
			continue;
		for (; s->count < most && left; left--)
			s->letters[s->count++] = next_unwritten(c, &at);
		s->now = campaign_clock(c);
		begin_writing(s);
		busy++;
	}
}

/* Whether the letter is written. One that cannot be is told, and the run stops. */
static bool is_written(struct campaign *c, const struct letter *l)
{
	if (l->scribe || l->written)
		return !l->scribe;
	if (!l->problem)
		return false;
	if (!c->failed)
		diag_report(c->diags, DIAG_MESSAGE_UNSENDABLE, (struct place){ 0 }, "%s",
			    l->problem);
	c->stopping = c->failed = true;
	return false;
}

/* ---- which go when ---- */

/* How many a session has ahead. */
static int count_ahead(const struct campaign *c, const struct session *s)
{
	int n = 0;
	while (n < AHEAD_MOST && c->ahead[s->number][n])
		n++;
	return n;
}

static void put_first(struct campaign *c, const struct session *s, struct letter *l)
{
	struct letter **ahead = c->ahead[s->number];
	for (int d = AHEAD_MOST - 1; d > 0; d--)
		ahead[d] = ahead[d - 1];
	ahead[0] = l;
}

static void take_first(struct campaign *c, const struct session *s)
{
	struct letter **ahead = c->ahead[s->number];
	for (int d = 1; d < AHEAD_MOST; d++)
		ahead[d - 1] = ahead[d];
	ahead[AHEAD_MOST - 1] = NULL;
}

/* The last one first: then they are in the queue in their order. */
static void take_back(struct campaign *c, const struct session *s)
{
	for (int d = count_ahead(c, s); d-- > 0;) {
		struct letter *l = c->ahead[s->number][d];
		if (l->scribe)
			end_writing(l->scribe);
		job_put_back(c, l->job);
		relay_gave_back(relay_of(c, s), l->job);
		l->job = NULL;
		c->ahead[s->number][d] = NULL;
	}
}

void letters_take_back(struct campaign *c)
{
	for (int i = 0; i < c->smtp.session_count; i++)
		take_back(c, &c->smtp.sessions[i]);
}

/* Whether a session may be given another message, behind so many. */
static bool has_room(const struct session *s, int behind)
{
	return s->begun + behind < MESSAGES_MOST;
}

static void want(struct campaign *c, struct session *s, struct job *j)
{
	struct letter *l = &c->letters[LETTERS_EACH * s->number];
	while (l->job)
		l++; /* one is free: two are on the wire at most, and one less than it may have ahead */
	*l = (struct letter){ .job = j, .session = s, .sender = l->sender, .content = l->content };
	c->ahead[s->number][count_ahead(c, s)] = l;
}

/* What is ahead of a session that will not carry it goes to others; who carried enough, or
 * leads to where we are not wanted, says goodbye. A day's warm-up that is used up takes nothing
 * back: what is ahead has had its part of it. */
static void tidy(struct campaign *c)
{
	for (int i = 0; i < c->smtp.session_count; i++) {
		struct session *s = &c->smtp.sessions[i];
		const struct relay *r = relay_of(c, s);
		bool others = c->relay_count > 1 && (r->aside || !route_is_open(c, r));
		if (s->state == SESSION_CLOSED || others || session_is_hung(s))
			take_back(c, s);
		if (s->state == SESSION_IDLE && (!has_room(s, 0) || r->aside))
			session_quit(s);
	}
}

/* Jobs for sessions that have none. How many were given. */
static int choose_idle(struct campaign *c, int64_t *wait)
{
	int given = 0;
	bool paced = false;
	for (int i = 0; i < c->smtp.session_count && c->queued && !paced; i++) {
		struct session *s = &c->smtp.sessions[i];
		struct relay *r = relay_of(c, s);
		if (s->state != SESSION_IDLE || c->ahead[i][0] || !relay_may_take(c, r, wait))
			continue;
		struct job *j = job_next(c, wait);
		if (j) {
			want(c, s, j);
			relay_took(c, r, j);
			given++;
		}
		paced = !j;
	}
	return given;
}

/* A job to be written ahead, for a session at work that has so many already. */
static bool choose_another(struct campaign *c, struct session *s, int has, int64_t *wait)
{
	struct relay *r = relay_of(c, s);
	if (s->state <= SESSION_IDLE || session_is_hung(s) || count_ahead(c, s) != has ||
	    !has_room(s, has) || r->pace.rate.count > 0 || !relay_may_take(c, r, wait))
		return false;
	struct job *j = job_ahead(c);
	if (!j)
		return false;
	want(c, s, j);
	relay_took(c, r, j);
	return true;
}

/* How many were given. A second one each only to scribes: the more there are to write at once
 * the less each costs. */
static int choose_ahead(struct campaign *c, int64_t *wait)
{
	int given = 0, most = c->scribe_count ? AHEAD_MOST : 1;
	for (int has = 0; has < most; has++)
		for (int i = 0; i < c->smtp.session_count && c->queue.first && !c->testing; i++)
			given += choose_another(c, &c->smtp.sessions[i], has, wait);
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
	struct letter *l = c->ahead[s->number][0];
	const struct relay *r = relay_of(c, s);
	if (!l || c->stopping || r->aside || !route_is_open(c, r) || !has_room(s, 0) ||
	    !is_written(c, l))
		return NULL;
	take_first(c, s);
	return l;
}

int64_t letters_feed(struct campaign *c, int64_t wait_ms)
{
	if (c->stopping)
		return wait_ms;
	collect(c);
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
	collect(c);
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
			put_first(c, s, l);
	}
}
