/* Inside a campaign: what campaign.c (the loop), outcome.c (what became of each),
 * turn.c (the ledger's turns), letter.c (bytes), route.c (the way to the server), lane.c
 * (pace by domain) and recovery.c (what a sender that died left) share. */
#ifndef DELIVERY_CAMPAIGN_H
#define DELIVERY_CAMPAIGN_H

#include "delivery/address.h"
#include "delivery/dots.h"
#include "delivery/pace.h"
#include "delivery/render.h"
#include "delivery/smtp.h"
#include "delivery/store.h"
#include "delivery/unknown.h"

enum {
	JOBS_MOST = 16384, /* rows in hand: what lanes hold, and a few for each connection */
	ASK_AGAIN_MS = 1000, /* how often the ledger is asked for what came due */
};

/* Whether the ledger knows that a job's dot will leave. */
enum intent { INTENT_NONE, INTENT_ASKED, INTENT_DURABLE };

/* One recipient in memory. Slots are used again; text keeps its memory. */
struct job {
	struct job *next; /* in its queue, or among the free */
	struct job *made_before;
	int64_t number; /* rises in the order in which they came */
	int64_t id;
	int attempts;
	int64_t first_at, claimed_at;
	int64_t warm_day; /* of its relay's warm-up, when that took it */
	enum intent intent;
	const struct form *form;
	struct lane *lane; /* NULL: only the pace of the whole */
	struct buf text; /* what the slices below point into */
	struct str token, address, wire, name, regions, subscriber_token;
	bool needs_smtputf8;
	const char *problem; /* why it cannot be sent to; NULL: it can. Static */
};

/* The bytes of a job, from when they are written until it is settled. Each session has four:
 * what it sends, what follows behind that dot, and two that are written meanwhile. */
struct letter {
	struct job *job; /* NULL: free */
	struct session *session;
	bool written;
	struct scribe *scribe; /* who is at it; NULL: nobody, it can be read */
	const char *problem; /* why it could not be */
	struct envelope envelope;
	struct buf sender;
	struct wire content;
};

enum { AHEAD_MOST = 2, LETTERS_EACH = 2 + AHEAD_MOST };

/* A thread that writes letters, several at once; see letter.c. */
struct scribe {
	const struct campaign *campaign;
	struct errand *errand; /* has the rest while it is under way */
	struct renderer renderer;
	struct letter *letters[RENDERINGS_AT_ONCE];
	size_t count;
	int64_t now; /* their date, */
	int64_t dated; /* which is written already when it is this one: */
	struct buf date;
};

/* Jobs that wait, the oldest first. */
struct queue {
	struct job *first, **end;
	int count;
};

/* A recipient domain with a pace of its own. */
struct lane {
	struct str domain;
	struct bucket bucket;
	struct queue queue;
	int64_t full_until; /* when those turned away so far will all have gone: from the run's
			     * beginning, in ms / bucket.rate.count */
};

/* A mail server that takes our messages, and the way to it, as a circuit breaker: each
 * failure doubles the pause; one success closes it again. */
struct relay {
	const struct relay_settings *settings;
	struct smtp_params params;
	struct session *sessions; /* of the campaign's, those that lead here */
	int session_count;
	int64_t number; /* in the ledger; 0: there is none */

	int failures; /* in a row */
	int64_t paused_until_ms;
	int most_sessions; /* fewer than asked for when the server allows no more */
	int64_t more_at_ms; /* when to try more again */
	int64_t more_after_ms; /* how long that was last put off */
	int refused_beside; /* connections that could not be made while others stood, in a row */
	int refused_at; /* so many stood then */
	int64_t worked_at_ms; /* when it last did */
	bool ever_worked; /* in this run */
	int refusals; /* in a row, of those that blame us */
	struct unknowns *unknowns; /* refusals of this run not yet acted upon */
	bool doubted; /* it said of too many that nobody lives there; told */
	bool aside; /* refused us for good: not used any more in this run; told */
	bool token_renewed; /* since it last let us in */

	struct bucket pace;
	int64_t turn; /* rises with each message by what its weight tells: the least is next */
	int64_t waited_for_ms; /* since when others wait for it to take its share; 0: none do */
	struct warm_day warm; /* the day of its warm-up */
	int64_t allowed; /* messages of it that are ours to send; -1: any number */
	bool spent; /* no more are to be had that day */
};

/* Marks and the words they borrow. */
struct mark_list {
	struct mark *list;
	char (*words)[WORDS_BYTES + 1];
	size_t count, capacity;
};

/* See turn.c. */
struct turns {
	struct errand *clerk; /* has the store, and what follows, while a turn is under way */
	struct turn turn;
	struct mark_list out; /* of this turn */
	int64_t *intents, *intent_relays;
	struct job *spare, *claimed, **claimed_end; /* jobs for claims; those filled */
	/* the loop's own */
	struct mark_list next; /* for the next turn */
	int64_t begun_ms;
	int64_t ms16; /* how long a turn takes, sixteenths of ms, on average */
	int64_t asked_since_ms; /* when the first of the intents not yet asked for came; 0: none */
	int64_t marks_since_ms; /* the same of marks */
	bool broken; /* the ledger failed; told */
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
	struct form **forms; /* of the messages */
	struct str *message_regions; /* folded */
	size_t message_count;
	bool testing; /* no ledger */

	int64_t issue;
	struct str region; /* folded */
	struct str sender; /* envelope sender, without the VERP token */
	struct relay *relays;
	size_t relay_count;
	int64_t turn; /* of the relay that took the last message */
	struct smtp smtp;
	struct dkim *dkim;
	struct bucket pace;
	struct lane *lanes;
	size_t lane_count;

	struct letter *letters; /* LETTERS_EACH for each session, by its number */
	int letter_count;
	struct letter *(*ahead)[AHEAD_MOST]; /* by number of session: what it is to send next, in
					      * order; NULL: nothing */
	struct scribe *scribes;
	size_t scribe_count;
	struct scribe own; /* the loop itself, where there are none */
	struct job *jobs, *free; /* all; those of use for another row */
	int job_count;
	struct queue queue; /* those that are in no lane */
	int queued; /* those of the lanes, too */
	int64_t enqueued; /* so far */
	struct turns turns;
	struct dots *dots; /* NULL: they are not kept */
	bool dots_beside; /* others of this ledger may keep theirs beside it */

	bool more_due; /* the ledger may have rows to claim */
	int64_t ask_again_ms;
	int64_t ask_control_ms; /* when a person's word is looked for */
	int64_t clock_ahead_s; /* of the clock that never jumps: less when it was set back */
	int64_t ask_alive_ms; /* when the store is told again that this sender lives */
	bool stopping; /* nothing new is begun */
	bool failed; /* the world failed; told */
	int64_t done, total; /* for progress */
	int64_t begun_ms;
};

int64_t campaign_ms(const struct campaign *c);
int64_t campaign_clock(const struct campaign *c);

/* ---- turn.c ---- */

bool turns_open(struct campaign *c);
void turns_close(struct campaign *c);
/* A mark for the next turn. */
void turns_put_mark(struct campaign *c, struct mark m, const char *words);
bool turns_want_claims(struct campaign *c);
/* Takes note of a turn that is over and begins the next one when it is due; if it is not,
 * lowers *wait_ms to when. False: the ledger failed, told. */
bool turns_go_on(struct campaign *c, int64_t *wait_ms);
/* Waits for the turn under way: then the store is free. False: it failed. */
bool turns_settle(struct campaign *c);
/* No turn is under way and no mark waits for one. */
bool turns_are_idle(const struct campaign *c);

/* ---- outcome.c ---- */

/* Takes the verdict on a session's job: a mark for the next turn. */
void campaign_settled(void *context, struct session *s, enum verdict v, enum phase at,
		      const struct reply *reply, const char *words);
/* A mark that the row is as if never claimed, due at next_at. */
void campaign_give_back(struct campaign *c, struct job *j, int64_t next_at);
/* A mark that it cannot be sent to; the reader stays as they are. */
void campaign_give_up(struct campaign *c, struct job *j);
/* What a server had answered the dot of a sender that died, as if it said so now; NULL: nobody
 * knows whether it did. */
void campaign_recall(struct campaign *c, const struct job *j, const struct reply *reply);
/* What was held of refusals, when nothing is left that this run would wait for: acted upon, or
 * the rows are as if never tried. Whether there were any. */
bool campaign_settle_unknowns(struct campaign *c);
/* No more is begun; why is told: what the relay said. */
void campaign_stop(struct campaign *c, const struct relay *r, enum diag_code code,
		   const char *words);

/* ---- recovery.c: what senders that died left, and what this one leaves if it does ---- */

/* Their rows are no longer in anybody's hands. The store is the caller's alone, as
 * lock_sender or no_senders have it. */
bool ledger_recover(struct store *s, const struct send_options *o, bool resend);
/* From here on it is kept what becomes of each dot; told, when it cannot be. */
void dots_begin(struct campaign *c);
/* The intent of a session's message is about to be asked for. */
void dots_note(struct campaign *c, const struct session *s);
/* Takes over those of the same machine that died meanwhile, before others do who know less. */
bool dots_look_after(struct campaign *c);
/* The run is over, or ended with messages on the wire, which are settled as far as is known.
 * False: the store failed. */
bool dots_end(struct campaign *c, bool over);

/* ---- relay.c: which of several relays takes a message ---- */

/* Makes them of the settings, with sessions for each; false, told, when they cannot be
 * used. *sessions: how many in all. */
bool relays_init(struct campaign *c, int *sessions);
/* Gives each its sessions. */
void relays_join(struct campaign *c);
/* Looks up what the ledger knows of them. */
bool relays_begin(struct campaign *c);
struct relay *relay_of(const struct campaign *c, const struct session *s);
/* Whether messages may go there at all now. */
bool relay_is_usable(const struct campaign *c, const struct relay *r);
/* Whether the next message is this one's: the pace, the warm-up and the share of the
 * others allow it. Lowers *wait_ms to when that may change. */
bool relay_may_take(struct campaign *c, struct relay *r, int64_t *wait_ms);
void relay_took(struct campaign *c, struct relay *r, struct job *j);
/* What it took it has not sent: it may take another in its place on the same day. */
void relay_gave_back(struct relay *r, const struct job *j);
/* How many connections are of use, of the messages in the queue. */
int relay_wants_sessions(const struct campaign *c, const struct relay *r);
/* Whether all others are set aside. */
bool relay_is_last(const struct campaign *c, const struct relay *r);
/* It refused us for good. The issue stops when none is left. */
void relay_put_aside(struct campaign *c, struct relay *r, enum diag_code code, const char *words);
/* The token was refused: whether another one can be tried. */
bool relay_renew_token(struct campaign *c, struct relay *r, const struct session *s);
/* What is left of their warm-up is for other senders. */
void relays_end(struct campaign *c);
/* Whether none can take anything more today. */
bool relays_are_spent(struct campaign *c);

/* ---- route.c ---- */

void route_worked(const struct campaign *c, struct relay *r);
/* Whether a connection that broke tells about the way: it carried nothing, nor did another
 * one of late. */
bool route_is_doubtful(const struct campaign *c, const struct session *s);
/* Counts a failure and pauses; ends the run when there were too many, at all relays. */
void route_failed(struct campaign *c, struct relay *r, enum diag_code code, const char *words);
bool route_is_open(const struct campaign *c, const struct relay *r);
void campaign_opened(void *context, struct session *s);
void campaign_not_opened(void *context, struct session *s, enum connect_failure why,
			 const char *words);
void campaign_closed(void *context, struct session *s, const char *words);
/* Opens as many sessions as there is work and leave for. */
void route_open_sessions(struct campaign *c);

/* ---- lane.c: the queue, and who is next in it ---- */

void lanes_init(struct campaign *c);
/* Releases all jobs. */
void jobs_close(struct campaign *c);
/* A free job, if one is to be had. */
bool job_is_to_be_had(const struct campaign *c);
struct job *job_take_free(struct campaign *c);
void job_put_free(struct campaign *c, struct job *j);
/* Fills j from a claim. Touches j alone: the clerk calls it, too. */
void job_fill(const struct campaign *c, struct job *j, const struct claim *claim);
/* Puts it last in its queue; or gives it back until later when its domain's lane is full, or
 * up when it has a problem. */
void job_enqueue(struct campaign *c, struct job *j);
/* How many wait for a server or for the pace of the whole, not for that of their domain. */
int jobs_unpaced(struct campaign *c);
/* The first job whose domain may go now, out of its queue; NULL when none may.
 * Lowers *wait_ms to the time until one may. */
struct job *job_next(struct campaign *c, int64_t *wait_ms);

/* The same, but one that no pace holds back; to be written ahead of its turn. */
struct job *job_ahead(struct campaign *c);
/* The same, whether it may go or not. */
struct job *job_take_any(struct campaign *c);
/* First in its queue again; what it took of the pace is there again, too. */
void job_put_back(struct campaign *c, struct job *j);

/* ---- letter.c: the bytes of messages ---- */

/* After smtp_open. */
void letters_open(struct campaign *c);
void letters_close(struct campaign *c);
/* Gives work to sessions that have none, and writes ahead for those that have; returns
 * how long until there may be more to give. */
int64_t letters_feed(struct campaign *c, int64_t wait_ms);
/* The dots held whose intent is durable leave, each with the next envelope behind it. */
void letters_release(struct campaign *c);
/* How many are not yet on the wire. */
int letters_ahead(const struct campaign *c);
/* Those go back to the queue. */
void letters_take_back(struct campaign *c);
/* The job is settled: its bytes are no longer needed. */
void letter_put_free(struct campaign *c, const struct session *s, const struct job *j);

#endif
