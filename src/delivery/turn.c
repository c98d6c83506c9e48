/* The ledger's turns: what the disk has to say yes to, beside the wire.
 *
 * HOW IT WORKS: one turn is one transaction: marks of what was answered, intents of
 * messages whose text is going out, claims of new rows. It ends with the disk's word that
 * it is written, which takes milliseconds. So a clerk, a thread of its own, takes the turn
 * while the loop goes on: texts go out and answers come in meanwhile, and are in the next
 * one. The clerk alone has the store until the turn is over; who needs it waits
 * (turns_settle).
 *
 * A message's intent is asked for as soon as the server has taken its envelope, so that the
 * disk works while the text is on its way; its dot leaves when both are done. On one
 * connection the mark of the last message is in the turn of the next one's intent, or in
 * an earlier one: never are two of a connection in doubt. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "base/errand.h"

#include <errno.h>
#include <string.h>

enum {
	MARKS_WAIT_MS = 100, /* what was answered may ride with the next intents so long */
	GATHER_MOST_MS = 5, /* an intent waits so long for others to share its turn */
	QUEUE_LEAST = 128, /* fewer that no lane keeps back: more are claimed */
	CLAIM_AT_ONCE = 64, /* little at a time: dots wait for claims */
	MARKS_MOST = 256, /* so many are enough for a turn */
};

/* On the clerk's side: a row claimed becomes a job. */
static void claimed(void *context, const struct claim *claim)
{
	struct campaign *c = context;
	struct turns *t = &c->turns;
	struct job *j = t->spare;
	t->spare = j->next;
	job_fill(c, j, claim);
	j->claimed_at = t->turn.now;
	j->next = NULL;
	*t->claimed_end = j;
	t->claimed_end = &j->next;
}

static bool do_turn(void *context)
{
	struct campaign *c = context;
	return c->testing || c->store->ops->turn(c->store, &c->turns.turn);
}

bool turns_open(struct campaign *c)
{
	struct turns *t = &c->turns;
	t->intents = NEW_ARRAY(c->arena, int64_t, c->smtp.session_count);
	t->intent_relays = NEW_ARRAY(c->arena, int64_t, c->smtp.session_count);
	t->clerk = errand_open(c->arena, do_turn, c);
	if (t->clerk && smtp_listen(&c->smtp, errand_descriptor(t->clerk)))
		return true;
	diag_report(c->diags, DIAG_STORE_FAILED, (struct place){ 0 }, "the ledger's clerk: %s",
		    strerror(errno));
	return false;
}

void turns_close(struct campaign *c)
{
	struct turns *t = &c->turns;
	if (t->clerk)
		errand_close(t->clerk);
	heap_free(t->out.list);
	heap_free(t->out.words);
	heap_free(t->next.list);
	heap_free(t->next.words);
}

void turns_put_mark(struct campaign *c, struct mark m, const char *words)
{
	struct mark_list *l = &c->turns.next;
	if (l->count == l->capacity) {
		size_t capacity = l->capacity ? 2 * l->capacity : 2 * MARKS_MOST;
		l->list = heap_resize(l->list, capacity * sizeof *l->list);
		l->words = heap_resize(l->words, capacity * sizeof *l->words);
		l->capacity = capacity;
	}
	/* words are set again at the turn: the table may move until then. */
	snprintf(l->words[l->count], sizeof *l->words, "%s", words);
	l->list[l->count++] = m;
}

/* ---- when ---- */

/* The server has taken the envelope, and the ledger does not know that the dot will leave. */
static bool should_ask(const struct session *s)
{
	const struct job *j = s->context;
	return (s->state == SESSION_BODY || s->state == SESSION_HELD) && j->intent == INTENT_NONE;
}

/* Who is claimed cannot leave any more: no more are than will soon be sent. */
bool turns_want_claims(struct campaign *c)
{
	return c->more_due && !c->stopping && job_is_to_be_had(c) && jobs_unpaced(c) < QUEUE_LEAST;
}

/* Whether the turn should begin now; if not, lowers *wait_ms to when.
 *
 * The more share a turn the better. So intents wait a little, half as long as a turn takes,
 * and to the clock's next tick where that is less than its ms, while other sessions are about
 * to have one: those whose server answered the last dot as soon. Marks alone can wait longer:
 * until they are written, a death makes them ambiguous, at most one for each connection as
 * ever. */
static bool turn_is_due(struct campaign *c, int64_t *wait_ms)
{
	struct turns *t = &c->turns;
	int64_t now = campaign_ms(c), gather = t->ms16 / 32 + 1;
	size_t asking = 0, nearly = 0, busy = 0, marks = t->next.count;
	gather = gather < GATHER_MOST_MS ? gather : GATHER_MOST_MS;
	for (int i = 0; i < c->smtp.session_count; i++) {
		const struct session *s = &c->smtp.sessions[i];
		asking += should_ask(s);
		nearly += s->state == SESSION_ENVELOPE ||
			  (s->state == SESSION_DOT && s->answer_ms <= gather);
		busy += s->context != NULL;
	}
	t->asked_since_ms = asking == 0 ? 0 : t->asked_since_ms ? t->asked_since_ms : now;
	t->marks_since_ms = marks == 0 ? 0 : t->marks_since_ms ? t->marks_since_ms : now;
	if ((turns_want_claims(c) && !c->queue.first) || marks > MARKS_MOST)
		return true;
	if (asking + marks == 0)
		return false;
	int64_t due = c->stopping || (!asking && !busy) ? now
		      : asking                          ? t->asked_since_ms + (nearly ? gather : 0)
							: t->marks_since_ms + MARKS_WAIT_MS;
	if (due <= now)
		return true;
	*wait_ms = due - now < *wait_ms ? due - now : *wait_ms;
	return false;
}

/* ---- a turn ---- */

static void ask_intents(struct campaign *c, struct turn *t)
{
	for (int i = 0; i < c->smtp.session_count; i++) {
		struct session *s = &c->smtp.sessions[i];
		if (!should_ask(s))
			continue;
		struct job *j = s->context;
		j->intent = INTENT_ASKED;
		dots_note(c, s);
		c->turns.intent_relays[t->intent_count] = relay_of(c, s)->number;
		c->turns.intents[t->intent_count++] = j->id;
	}
}

/* Free jobs for what is claimed: the loop does not touch them meanwhile. */
static size_t set_apart(struct campaign *c)
{
	struct turns *t = &c->turns;
	size_t n = 0;
	t->spare = t->claimed = NULL;
	t->claimed_end = &t->claimed;
	if (!turns_want_claims(c))
		return 0;
	for (; n < CLAIM_AT_ONCE && job_is_to_be_had(c); n++) {
		struct job *j = job_take_free(c);
		j->next = t->spare;
		t->spare = j;
	}
	return n;
}

static void begin(struct campaign *c)
{
	struct turns *t = &c->turns;
	const struct mark_list emptied = t->out;
	t->out = t->next;
	t->next = emptied;
	t->next.count = 0;
	for (size_t i = 0; i < t->out.count; i++)
		t->out.list[i].words = str_from(t->out.words[i]);
	t->turn = (struct turn){ .marks = t->out.list,
				 .mark_count = t->out.count,
				 .intents = t->intents,
				 .intent_relays = t->intent_relays,
				 .issue = c->issue,
				 .region = c->region,
				 .now = campaign_clock(c),
				 .claimed = claimed,
				 .context = c };
	ask_intents(c, &t->turn);
	t->turn.want = set_apart(c);
	c->more_due &= t->turn.want == 0;
	t->marks_since_ms = t->asked_since_ms = 0;
	if (t->turn.mark_count + t->turn.intent_count + t->turn.want == 0)
		return;
	t->begun_ms = campaign_ms(c);
	errand_begin(t->clerk);
}

/* The turn is on the disk: what is in it may leave, what it claimed may begin. */
static void take_note(struct campaign *c)
{
	struct turns *t = &c->turns;
	t->ms16 += (campaign_ms(c) - t->begun_ms) * 4 - t->ms16 / 4;
	for (int i = 0; i < c->smtp.session_count; i++) {
		struct job *j = c->smtp.sessions[i].context;
		if (j && j->intent == INTENT_ASKED)
			j->intent = INTENT_DURABLE;
	}
	while (t->claimed) {
		struct job *j = t->claimed;
		t->claimed = j->next;
		job_enqueue(c, j);
	}
	while (t->spare) {
		struct job *j = t->spare;
		t->spare = j->next;
		job_put_free(c, j);
	}
	c->done += (int64_t)t->turn.suppressed_count;
	if (t->turn.want) {
		/* Rows may have come due meanwhile: it is never taken back here. */
		c->more_due |= t->turn.claimed_count + t->turn.suppressed_count == t->turn.want;
		c->ask_again_ms = campaign_ms(c) + ASK_AGAIN_MS;
	}
}

bool turns_settle(struct campaign *c)
{
	struct turns *t = &c->turns;
	if (!errand_is_under_way(t->clerk))
		return true;
	if (!errand_end(t->clerk)) {
		c->failed = c->stopping = t->broken = true;
		return false;
	}
	take_note(c);
	return true;
}

bool turns_go_on(struct campaign *c, int64_t *wait_ms)
{
	struct turns *t = &c->turns;
	if (errand_is_done(t->clerk) && !turns_settle(c))
		return false;
	if (!t->broken && !errand_is_under_way(t->clerk) && turn_is_due(c, wait_ms))
		begin(c);
	return !t->broken;
}

bool turns_are_idle(const struct campaign *c)
{
	return c->turns.next.count == 0 && !errand_is_under_way(c->turns.clerk);
}
