/* Inside a campaign: what campaign.c (the loop), outcome.c (what became of each),
 * route.c (the way to the server) and lane.c (pace by domain) share. */
#ifndef DELIVERY_CAMPAIGN_H
#define DELIVERY_CAMPAIGN_H

#include "delivery/address.h"
#include "delivery/pace.h"
#include "delivery/render.h"
#include "delivery/smtp.h"
#include "delivery/store.h"

enum { WINDOW = 512 }; /* rows claimed at once, at most */

/* One recipient in memory. Slots are used again; text keeps its memory. */
struct job {
	struct job *next; /* in the queue, or among the free */
	int64_t id;
	int attempts;
	int64_t first_at;
	const struct message *message;
	struct lane *lane; /* NULL: only the pace of the whole */
	struct buf text; /* what the slices below point into */
	struct str token, address, wire, name, regions, subscriber_token;
	bool needs_smtputf8;
};

/* What one session is sending: the bytes of a job, as long as it is on the wire. */
struct letter {
	struct envelope envelope;
	struct buf sender, content;
};

/* A recipient domain with a pace of its own. */
struct lane {
	struct str domain;
	struct bucket bucket;
	int waiting; /* jobs in the queue */
	int64_t full_until_ms; /* when those turned away so far will all have gone */
};

/* The way to the mail server, as a circuit breaker: each failure doubles the
 * pause; one success closes it again. */
struct route {
	int failures; /* in a row */
	int64_t paused_until_ms;
	int most_sessions; /* fewer than asked for when the server allows no more */
	int64_t more_at_ms; /* when to try more again */
	bool ever_worked; /* in this run */
};

struct campaign {
	struct store *store;
	const struct world *world;
	struct diags *diags;
	const struct publication *publication;
	const struct send_options *options;
	struct send_result *result;
	struct arena *arena;
	const struct message *const *messages;
	struct str *message_regions; /* folded */
	size_t message_count;
	bool testing; /* no ledger */

	int64_t issue;
	struct str region; /* folded */
	struct str sender; /* envelope sender, without the VERP token */
	struct smtp_params params;
	struct smtp smtp;
	struct dkim *dkim;
	struct renderer renderer;
	struct route route;
	struct bucket pace;
	struct lane *lanes;
	size_t lane_count;

	struct letter *letters; /* by number of session */
	int letter_count;
	struct job *jobs; /* WINDOW of them */
	struct job *free;
	struct job *queue, **queue_end;
	int queued;
	struct mark *marks; /* for the next turn; their words live in mark_words */
	size_t mark_count, mark_capacity;
	char (*mark_words)[WORDS_BYTES + 1];

	bool more_due; /* the ledger may have rows to claim */
	int64_t ask_again_ms;
	int64_t ask_control_ms; /* when a person's word is looked for */
	bool stopping; /* nothing new is begun */
	bool failed; /* the world failed; told */
	int refusals; /* in a row, of those that blame us */
	int64_t done, total; /* for progress */
	int64_t begun_ms;
};

int64_t campaign_ms(const struct campaign *c);
int64_t campaign_clock(const struct campaign *c);

/* ---- outcome.c ---- */

/* Takes the verdict on a session's job: a mark for the next turn. */
void campaign_settled(void *context, struct session *s, enum verdict v, enum phase at,
		      const struct reply *reply, const char *words);
/* A mark that the row is as if never claimed, due at next_at. */
void campaign_give_back(struct campaign *c, struct job *j, int64_t next_at);
/* No more is begun; why is told. */
void campaign_stop(struct campaign *c, enum diag_code code, const char *words);

/* ---- route.c ---- */

void route_worked(struct campaign *c);
/* Counts a failure and pauses; gives up when there were too many. */
void route_failed(struct campaign *c, enum diag_code code, const char *words);
bool route_is_open(const struct campaign *c);
void campaign_opened(void *context, struct session *s);
void campaign_not_opened(void *context, struct session *s, enum connect_failure why,
			 const char *words);
void campaign_closed(void *context, struct session *s, const char *words);
/* Opens as many sessions as there is work and leave for. */
void route_open_sessions(struct campaign *c);

/* ---- lane.c: the queue, and who is next in it ---- */

void lanes_init(struct campaign *c);
/* A free job, or NULL. */
struct job *job_take_free(struct campaign *c);
void job_put_free(struct campaign *c, struct job *j);
/* Fills j from a claim and puts it last in the queue; or gives it back until
 * later when its domain's lane is full. */
void job_enqueue(struct campaign *c, struct job *j, const struct claim *claim);
/* The first job whose domain may go now, out of the queue; NULL when none may.
 * Lowers *wait_ms to the time until one may. */
struct job *job_next(struct campaign *c, int64_t *wait_ms);

#endif
