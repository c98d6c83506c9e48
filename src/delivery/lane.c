/* The queue of claimed rows, and lanes for domains that ask for a slower pace.
 *
 * A slow domain must not fill the queue and keep the others waiting. So its jobs wait in a
 * lane of their own, which holds what it can send in the next few seconds; who comes beyond
 * goes back to the ledger, due when the lane will have room. */
#include "delivery/campaign.h"

#include "base/arena.h"

enum {
	LANE_SECONDS = 3,
	LANE_LEAST = 4,
	LANED_MOST = JOBS_MOST / 4 * 3, /* all lanes together; the rest is for the others */
};

/* ---- queues ---- */

static void queue_init(struct queue *q)
{
	*q = (struct queue){ .end = &q->first };
}

static void put_last(struct queue *q, struct job *j)
{
	j->next = NULL;
	*q->end = j;
	q->end = &j->next;
	q->count++;
}

static void put_first(struct queue *q, struct job *j)
{
	j->next = q->first;
	q->first = j;
	if (!j->next)
		q->end = &j->next;
	q->count++;
}

static struct job *take_first(struct queue *q)
{
	struct job *j = q->first;
	q->first = j->next;
	if (!q->first)
		q->end = &q->first;
	q->count--;
	return j;
}

static struct queue *queue_of(struct campaign *c, const struct job *j)
{
	return j->lane ? &j->lane->queue : &c->queue;
}

static struct job *take(struct campaign *c, struct queue *q)
{
	c->queued--;
	return take_first(q);
}

/* ---- jobs in memory ---- */

bool job_is_to_be_had(const struct campaign *c)
{
	return c->free || c->job_count < JOBS_MOST;
}

struct job *job_take_free(struct campaign *c)
{
	struct job *j = c->free;
	if (j) {
		c->free = j->next;
		return j;
	}
	j = NEW(c->arena, struct job);
	buf_init(&j->text, 1 << 20);
	j->made_before = c->jobs;
	c->jobs = j;
	c->job_count++;
	return j;
}

void job_put_free(struct campaign *c, struct job *j)
{
	j->next = c->free;
	c->free = j;
}

void jobs_close(struct campaign *c)
{
	for (struct job *j = c->jobs; j; j = j->made_before)
		buf_release(&j->text);
}

/* ---- lanes ---- */

void lanes_init(struct campaign *c)
{
	const struct smtp_settings *s = &c->publication->smtp;
	c->lanes = NEW_ARRAY(c->arena, struct lane, s->domain_rate_count);
	for (size_t i = 0; i < s->domain_rate_count; i++) {
		if (s->domain_rates[i].rate.count <= 0)
			continue;
		struct lane *l = &c->lanes[c->lane_count++];
		l->domain = fold(c->arena, s->domain_rates[i].domain);
		bucket_init(&l->bucket, s->domain_rates[i].rate, campaign_ms(c));
		queue_init(&l->queue);
	}
	bucket_init(&c->pace, s->rate, campaign_ms(c));
	queue_init(&c->queue);
}

static struct lane *lane_of(const struct campaign *c, struct str domain)
{
	for (size_t i = 0; i < c->lane_count; i++)
		if (str_equal(c->lanes[i].domain, domain))
			return &c->lanes[i];
	return NULL;
}

static const struct form *form_of(const struct campaign *c, const struct claim *claim)
{
	for (size_t i = 0; i < c->message_count; i++)
		if (str_equal(c->messages[i]->language, claim->segment_language) &&
		    str_equal(c->message_regions[i], claim->segment_region))
			return c->forms[i];
	return c->forms[0]; /* the segment is gone from the issue */
}

/* Copies slices into the job's own text, which may move while it grows. */
static void keep_text(struct job *j, const struct claim *claim, struct str wire)
{
	const struct str from[] = { claim->token, claim->address, wire,
				    claim->name,  claim->regions, claim->subscriber_token };
	struct str *const to[] = { &j->token, &j->address, &j->wire,
				   &j->name,  &j->regions, &j->subscriber_token };
	buf_clear(&j->text);
	for (size_t i = 0; i < sizeof from / sizeof *from; i++)
		buf_put(&j->text, from[i]);
	struct str rest = buf_str(&j->text);
	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		*to[i] = str_sub(rest, 0, from[i].len);
		rest = str_sub(rest, from[i].len, rest.len);
	}
}

/* Whether the lane has no room; then *next_at is when it will. */
static bool lane_is_full(struct campaign *c, struct lane *l, int64_t *next_at)
{
	const struct rate *r = &l->bucket.rate;
	int64_t most = LANE_SECONDS * 1000 * r->count / r->per_ms;
	if (l->queue.count < (most > LANE_LEAST ? most : LANE_LEAST) &&
	    c->queued - c->queue.count < LANED_MOST)
		return false;
	int64_t now = (campaign_ms(c) - c->begun_ms) * r->count;
	int64_t earliest = now + l->queue.count * r->per_ms;
	if (l->full_until < earliest)
		l->full_until = earliest;
	int64_t wait_s = (l->full_until - now) / r->count / 1000;
	*next_at = campaign_clock(c) + (wait_s > 0 ? wait_s : 1);
	l->full_until += r->per_ms;
	return true;
}

void job_fill(const struct campaign *c, struct job *j, const struct claim *claim)
{
	struct arena *a = arena_open();
	struct address address;
	/* What the roster holds was checked when it came in; but by another glos, perhaps, or
	 * where a library was that is missing here. A server would answer to what is wrong
	 * with it that nobody lives there. */
	bool valid = address_parse(a, claim->address, &address, &j->problem);
	j->id = claim->id;
	j->attempts = claim->attempts;
	j->first_at = claim->first_at;
	j->intent = INTENT_NONE;
	j->form = form_of(c, claim);
	j->lane = valid ? lane_of(c, address.domain) : NULL;
	j->needs_smtputf8 = valid && address.needs_smtputf8;
	keep_text(j, claim, valid ? address.wire : claim->address);
	arena_close(a);
}

/* ---- in, and out again ---- */

void job_enqueue(struct campaign *c, struct job *j)
{
	int64_t next_at;
	if (j->problem) {
		campaign_give_up(c, j);
		return;
	}
	if (j->lane && lane_is_full(c, j->lane, &next_at)) {
		campaign_give_back(c, j, next_at);
		return;
	}
	j->number = c->enqueued++;
	put_last(queue_of(c, j), j);
	c->queued++;
}

void job_put_back(struct campaign *c, struct job *j)
{
	put_first(queue_of(c, j), j);
	c->queued++;
	bucket_give_back(&c->pace);
	if (j->lane)
		bucket_give_back(&j->lane->bucket);
}

int jobs_unpaced(struct campaign *c)
{
	int64_t now = campaign_ms(c);
	int count = c->queue.count;
	for (struct lane *l = c->lanes; l < c->lanes + c->lane_count; l++)
		if (l->queue.first && bucket_wait_ms(&l->bucket, now) == 0)
			count += l->queue.count;
	return count;
}

/* The queue whose first job is the oldest of those that may go now. */
static struct queue *next_queue(struct campaign *c, int64_t now, int64_t *wait_ms)
{
	struct queue *next = c->queue.first ? &c->queue : NULL;
	for (struct lane *l = c->lanes; l < c->lanes + c->lane_count; l++) {
		if (!l->queue.first)
			continue;
		int64_t wait = bucket_wait_ms(&l->bucket, now);
		if (wait > 0)
			*wait_ms = wait < *wait_ms ? wait : *wait_ms;
		else if (!next || l->queue.first->number < next->first->number)
			next = &l->queue;
	}
	return next;
}

struct job *job_next(struct campaign *c, int64_t *wait_ms)
{
	int64_t now = campaign_ms(c), wait = bucket_wait_ms(&c->pace, now);
	if (wait > 0) {
		*wait_ms = wait < *wait_ms ? wait : *wait_ms;
		return NULL;
	}
	struct queue *q = next_queue(c, now, wait_ms);
	if (!q)
		return NULL;
	struct job *j = take(c, q);
	bucket_take(&c->pace);
	if (j->lane)
		bucket_take(&j->lane->bucket);
	return j;
}

struct job *job_ahead(struct campaign *c)
{
	int64_t wait = 0;
	/* What is older and may go in a moment is for who is idle then. */
	bool is_next = next_queue(c, campaign_ms(c), &wait) == &c->queue;
	return is_next && c->pace.rate.count <= 0 ? take(c, &c->queue) : NULL;
}

struct job *job_take_any(struct campaign *c)
{
	struct queue *q = &c->queue;
	for (struct lane *l = c->lanes; !q->first && l < c->lanes + c->lane_count; l++)
		q = &l->queue;
	return q->first ? take(c, q) : NULL;
}
