/* delivery/: messages and subscribers become mail that left, and a truth about it.
 *
 * In: a publication's settings, the messages of an issue, files of subscribers, mail
 * that came back.
 * Out: mail on the wire, and a ledger with one row for each recipient and issue.
 * The room composes nothing and prints nothing; addresses leave it only by the
 * wire, by its return values, and by diagnostics about what the person typed.
 * Libraries: sqlite3, libpq, libcurl, openssl, libidn2, gmime. */
#ifndef DELIVERY_DELIVERY_H
#define DELIVERY_DELIVERY_H

#include "base/world.h"
#include "model/message.h"

struct arena;
struct store;

/* ---- the store ---- */

enum store_access {
	STORE_READ, /* never makes or changes anything; a missing database is an empty one */
	STORE_TRY, /* writes, but only to take it back: a missing one is an empty one */
	STORE_WRITE, /* makes the database when it is missing */
};

/* Opens what publication->store names. NULL and a diagnostic when it cannot be
 * used. The store, its publication, world and d live until store_close. */
struct store *store_open(const struct publication *p, enum store_access access,
			 const struct world *w, struct diags *d);
/* NULL is allowed. */
void store_close(struct store *s);
/* The same for who cannot wait: locks of other programs, or a server that does not answer, are a
 * failure after so long. 0: as long as a command waits. */
struct store *store_open_within(const struct publication *p, enum store_access access,
				int patience_ms, const struct world *w, struct diags *d);

struct tally {
	struct str name;
	int64_t count;
};

/* What a store is and holds. */
struct store_facts {
	int64_t version, newest; /* of its schema, and the newest that is known; version 0: none */
	int64_t bytes; /* on disk */
	int64_t senders; /* at work now */
	struct tally *tables; /* "subscribers", … */
	size_t table_count;
};

bool store_facts(struct store *s, struct arena *a, struct store_facts *facts)
	__attribute__((warn_unused_result));

/* Copies everything, for good or not at all, and reads it back. `to` has to be empty,
 * and nobody may be sending from `from`; what a killed sender left there is settled first. *rows: how many there were. False, told, when
 * it was not done. */
bool store_copy(struct store *from, struct store *to, int64_t *rows)
	__attribute__((warn_unused_result));

/* Takes the schema back to an older version, 1 or more, for a glos that knows no newer one;
 * whole or not at all. A store with something that one cannot keep is left as it is, all of
 * it told, unless it is to be discarded. Nobody may use the store meanwhile. */
bool store_go_back(struct store *s, int64_t version, bool discard)
	__attribute__((warn_unused_result));

/* ---- roster: who receives ---- */

enum subscriber_state {
	SUBSCRIBER_ACTIVE,
	SUBSCRIBER_UNCONFIRMED, /* asked to subscribe, has not confirmed yet */
	SUBSCRIBER_UNSUBSCRIBED, /* by their own will */
	SUBSCRIBER_SUPPRESSED, /* the address does not exist, or the editor said so */
	SUBSCRIBER_PAUSED, /* goes without the next issue by their own will, then is active again */
	SUBSCRIBER_STATE_COUNT
};

/* "active", "unconfirmed", …. */
struct str subscriber_state_name(enum subscriber_state state);

struct subscriber {
	int64_t id;
	struct str address; /* as it was given */
	struct str name;
	struct str language; /* BCP 47, or empty */
	struct str regions; /* joined with ";" */
	struct str consent_at, consent_source;
	struct str token; /* random: unsubscribe and preferences links */
	enum subscriber_state state;
	enum subscriber_state was; /* state, when it was looked up */
	int64_t created_at; /* seconds since 1970 */
};

/* Whether s can be an address, the same way everywhere in the room. problem
 * tells why not. */
bool address_is_valid(struct str s, const char **problem);

struct import_options {
	bool strict; /* one refused row: nothing is taken */
	/* Told of each refused row, in order. NULL: they go to diags, which keeps
	 * a thousand. */
	void (*refused)(void *context, const struct diag *refusal);
	void *context;
};

struct import_result {
	int64_t added, updated, unchanged;
	int64_t kept_out; /* unsubscribed or suppressed: left as they are */
	int64_t refused;
};

/* Takes the rows of a CSV file, whose columns glos(1) tells. file names it in
 * diagnostics. One transaction. False when nothing was taken: an unusable header
 * row, a refused row under strict, or the database failed. */
bool roster_import(struct store *s, struct str file, struct str csv, const struct import_options *o,
		   struct import_result *result) __attribute__((warn_unused_result));

/* Appends the CSV of one subscriber, or of the header row when NULL; cells that
 * a spreadsheet would read as a formula begin with an apostrophe. */
void roster_put_csv(struct buf *out, const struct subscriber *s);

enum roster_answer {
	ROSTER_DONE,
	ROSTER_UNCHANGED, /* it was so already */
	ROSTER_UNKNOWN, /* nobody has this address */
	ROSTER_KEPT_OUT, /* unsubscribed, erased or suppressed; ask for revival */
	ROSTER_FAILED, /* told in diags: not an address, or the database failed */
};

/* Adds or updates one person; empty fields leave what is there. revive: this
 * person asked anew, so that an earlier unsubscription no longer counts. */
enum roster_answer roster_add(struct store *s, const struct subscriber *wanted, bool revive);
/* Nobody at this address gets anything any more; history is kept. Works for
 * addresses that are not in the roster as well. */
enum roster_answer roster_suppress(struct store *s, struct str address);
/* Forgets the person; only a keyed hash stays, so that no import revives them. */
enum roster_answer roster_erase(struct store *s, struct str address);
/* The subscriber in a. */
enum roster_answer roster_find(struct store *s, struct arena *a, struct str address,
			       struct subscriber *found);

struct roster_filter {
	struct str region; /* empty: any */
	struct str language; /* empty: any */
	int states; /* a set of 1 << enum subscriber_state; 0: any */
};

/* Calls each for every match, in order of first subscription; the subscriber is
 * borrowed for the call. each returns false to stop. False when the database
 * failed. */
bool roster_each(struct store *s, const struct roster_filter *f,
		 bool (*each)(void *context, const struct subscriber *s), void *context)
	__attribute__((warn_unused_result));

/* Whether anybody, in whatever state, is of the region; if not, or when the database failed,
 * told. An empty one always is. */
bool roster_knows_region(struct store *s, struct str region) __attribute__((warn_unused_result));

struct roster_stats {
	int64_t by_state[SUBSCRIBER_STATE_COUNT];
	int64_t suppressions; /* hashes kept, those of erased people among them */
	/* Of the active, most first. Names are empty for those without. */
	struct tally *languages, *regions, *domains;
	size_t language_count, region_count, domain_count;
};

bool roster_stats(struct store *s, struct arena *a, struct roster_stats *stats)
	__attribute__((warn_unused_result));

/* ---- readers: what people do themselves ---- */

/* Whoever holds a token is taken for the person it was sent to. Tokens are found by their
 * first characters and compared whole in constant time, so that how long an answer takes
 * tells nothing of those that exist. */

/* A line of the consent log. The numbers are kept in the store. */
enum consent_state { CONSENT_ASKED = 1, CONSENT_CONFIRMED, CONSENT_WITHDRAWN };

/* "asked", …. */
struct str consent_state_name(enum consent_state state);

struct consent {
	enum consent_state state;
	int64_t at;
	struct str channel; /* "form", "mail", "page", "one-click" */
	struct str version; /* names the words; empty: none were shown */
	struct str words; /* what was agreed to, as it was shown */
};

/* Those of a subscriber, oldest first. */
bool consent_each(struct store *s, int64_t subscriber,
		  bool (*each)(void *context, const struct consent *c), void *context)
	__attribute__((warn_unused_result));

/* A request to subscribe lives so long, and so does its link, unless retention: tells
 * otherwise. */
enum { REQUEST_DAYS = 14 };
/* So long one lives by a publication's settings. */
int request_days(const struct publication *p);

/* Takes note that somebody asks for the publication at wanted->address (which has to be
 * valid); words: what they agreed to. Does not look whether the address is known, so
 * that the time it takes tells nothing: requests_send finds out. UNCHANGED: asked a
 * moment ago; KEPT_OUT: asked too often today. */
enum roster_answer roster_ask(struct store *s, const struct subscriber *wanted, struct str words);

/* Whose request a token is, with what would become theirs; in a. UNCHANGED: confirmed
 * before. UNKNOWN: there is none, or it is too old. */
enum roster_answer roster_asked(struct store *s, struct arena *a, struct str token,
				struct subscriber *found);
/* The person behind the address says yes: what they asked for is theirs. Answers as
 * above; the subscriber in a. */
enum roster_answer roster_confirm(struct store *s, struct arena *a, struct str token,
				  struct subscriber *confirmed);

/* By a subscriber's own token, which stands in every issue they get. */
enum roster_answer roster_by_token(struct store *s, struct arena *a, struct str token,
				   struct subscriber *found);
/* Gets nothing any more, from the next claim of a running campaign on. channel: for the
 * consent log. */
enum roster_answer roster_unsubscribe(struct store *s, struct str token, struct str channel);
/* Name, language and regions become what wanted says, empty ones too. */
enum roster_answer roster_change(struct store *s, struct str token,
				 const struct subscriber *wanted);
/* Goes without the next issue, or no longer does. KEPT_OUT: is not subscribed. */
enum roster_answer roster_pause(struct store *s, struct str token, bool pause);
enum roster_answer roster_erase_by_token(struct store *s, struct str token);

/* Appends a subscriber as a JSON object. */
void roster_put_subscriber(const struct subscriber *who, struct buf *json);
/* Appends all that is kept about one person, as one JSON object. */
bool roster_put_person(struct store *s, const struct subscriber *who, struct buf *json)
	__attribute__((warn_unused_result));

struct requests_result {
	int64_t sent, deferred, failed, withheld;
	bool shut; /* the way to the mail server: try again later */
};

/* Sends the messages that ask for confirmation: to each request that is due, in its
 * language, the first message when there is none in it. A token in them is that of the
 * request. A message is on its way at most once: one whose fate a crash left unknown is
 * not sent again. Ends when nothing is due or the world says so. False when the
 * database or the settings failed (told). */
bool requests_send(struct store *s, const struct message *const *messages, size_t message_count,
		   struct requests_result *result) __attribute__((warn_unused_result));

/* A keyed hash (HMAC-SHA-256) of text under the store's secret: the same for all programs
 * that share it. */
enum { SEAL_BYTES = 32 };
bool store_seal(const struct store *s, struct str text, unsigned char seal[SEAL_BYTES])
	__attribute__((warn_unused_result));

/* ---- ledger: what was sent ---- */

/* What is true of one recipient of one issue, at every instant; docs/ARCHITECTURE.md,
 * 6, draws how one becomes the other.
 *
 *   PENDING    nothing is on the wire; due at next_at
 *   CLAIMED    a sender has it in memory; its final dot has not left
 *   INTENT     durable before the final dot leaves: from here on it may be there
 *   SENT       the server took it
 *   FAILED     the server said it never will
 *   AMBIGUOUS  the dot left, no answer came, and nobody can know
 *   SUPPRESSED unsubscribed after the audience was frozen, before their turn
 *   CANCELLED  a person called the issue off before their turn */
enum delivery_state {
	DELIVERY_PENDING,
	DELIVERY_CLAIMED,
	DELIVERY_INTENT,
	DELIVERY_SENT,
	DELIVERY_FAILED,
	DELIVERY_AMBIGUOUS,
	DELIVERY_SUPPRESSED,
	DELIVERY_CANCELLED,
	DELIVERY_STATE_COUNT
};

/* "pending", …; INTENT is "sending", as people and scripts call it. */
struct str delivery_state_name(enum delivery_state state);

struct delivery {
	int64_t id;
	struct str issue;
	struct str address; /* empty when the person was erased */
	struct str message_id; /* with its angle brackets */
	enum delivery_state state;
	int attempts;
	int code; /* the server's last, or 0 */
	struct str words; /* the server's last, or ours */
	int64_t at; /* when state was last set */
	int64_t next_at; /* PENDING: when it is due */
	struct str relay; /* the mail server that it went to last; empty: to none yet */
};

struct delivery_filter {
	struct str issue; /* empty: any */
	int64_t subscriber_id; /* 0: any */
	int states; /* a set of 1 << enum delivery_state; 0: any */
};

/* As roster_each, oldest first. */
bool delivery_each(struct store *s, const struct delivery_filter *f,
		   bool (*each)(void *context, const struct delivery *d), void *context)
	__attribute__((warn_unused_result));

/* ---- retention: what is no longer kept ---- */

struct retention_result {
	int64_t requests; /* that nobody confirmed, with whoever is known by them alone */
	int64_t words; /* of servers: of deliveries, attempts, bounces */
	int64_t issues; /* of which nobody knows any more who got them; their counts stay */
};

/* Forgets what publication->retention no longer keeps. Consents, suppressions and people are
 * never among it. May run while an issue is sent, as often as one likes. */
bool retention_run(struct store *s, struct retention_result *r) __attribute__((warn_unused_result));

/* Whether an issue may be sent. The numbers are kept in the store. */
enum issue_control {
	ISSUE_OPEN,
	ISSUE_STOPPED, /* by a server's word; the next run tries again */
	ISSUE_PAUSED, /* by a person, until resumed by one */
	ISSUE_CANCELLED, /* the same; those pending are CANCELLED */
	ISSUE_FORGOTTEN, /* nobody knows any more who got it: it cannot be sent, for good */
};

/* Deliveries of an issue that came back, by what was meant; one may be in several. */
struct bounce_counts {
	int64_t hard, soft, policy, complaint;
};

struct issue_status {
	struct str issue;
	int64_t total;
	int64_t by_state[DELIVERY_STATE_COUNT];
	struct bounce_counts bounces;
	int64_t rate_per_s; /* of the last ten seconds */
	int64_t eta_s; /* 0 when nothing moves or nothing is left */
	int64_t next_at; /* earliest due time of the pending, or 0 */
	bool paused; /* stopped by a server's word, or paused by a person */
	enum issue_control control;
	struct str words; /* the server's */
};

/* The issue, or all that were ever sent when issue is empty, oldest first; an
 * issue never sent has all counts 0. */
bool delivery_status(struct store *s, struct arena *a, struct str issue, struct issue_status **list,
		     size_t *count) __attribute__((warn_unused_result));

/* How an issue goes at one domain of recipients. */
struct domain_status {
	struct str domain; /* empty: of people who were erased */
	int64_t by_state[DELIVERY_STATE_COUNT];
	int64_t total;
	int64_t bounced; /* hard, soft, policy or complaint */
};

/* Something a server said that was not a yes: while it was sent, or in what came back. */
struct last_error {
	int64_t at;
	enum delivery_state state; /* of the recipient, since */
	bool bounced; /* it came back; state is SENT */
	struct str domain, words;
};

/* How an issue goes at one relay: what it took, or said the last word on. */
struct relay_status {
	struct str name;
	struct str words; /* that it was set aside with; empty: it was not */
	int64_t by_state[DELIVERY_STATE_COUNT];
};

enum { DETAIL_DOMAINS = 12, DETAIL_ERRORS = 8 };

struct issue_details {
	struct domain_status *domains; /* the largest first; DETAIL_DOMAINS at most */
	size_t domain_count;
	int64_t more_domains;
	struct last_error *errors; /* the newest first; DETAIL_ERRORS at most */
	size_t error_count;
	struct relay_status *relays; /* those that were used */
	size_t relay_count;
};

bool delivery_details(struct store *s, struct arena *a, struct str issue,
		      struct issue_details *details) __attribute__((warn_unused_result));

/* An attempt that settled nothing; the last one is in the delivery itself. */
struct attempt {
	int64_t delivery;
	int64_t at;
	int code;
	struct str words;
	struct str relay; /* whose words they are; may be empty */
};

bool delivery_attempts(struct store *s, struct arena *a, int64_t subscriber, struct attempt **list,
		       size_t *count) __attribute__((warn_unused_result));

/* A person's word on an issue: a sender at work notices within a second or two, finishes
 * what is on the wire and ends. *rows: how many deliveries were cancelled by it, or are to
 * be sent again. */
bool issue_set_control(struct store *s, struct str issue, enum issue_control control, int64_t *rows)
	__attribute__((warn_unused_result));

/* ---- ambiguous deliveries are settled ---- */

enum resolve_decision {
	RESOLVE_HOLD, /* what the log does not tell stays ambiguous */
	RESOLVE_SENT,
	RESOLVE_FAILED,
	RESOLVE_AGAIN, /* pending: the next run sends it */
};

struct resolve_options {
	struct str log; /* of the relay; empty: none */
	enum resolve_decision others; /* of those the log does not have */
	const struct str *addresses; /* only these; none: all of the issue */
	size_t address_count;
};

struct resolve_result {
	int64_t found; /* the log has them: sent */
	int64_t decided, held;
};

/* Settles an issue's ambiguous deliveries: those whose Message-ID the relay's log has
 * as taken were sent. Postfix ("message-id=" and the queue id in the queue), Exim ("<=",
 * "id=") and lists of Message-IDs, one a line, are understood. No sender may be at work. Nothing
 * is settled, told, when an address has no ambiguous one. */
bool delivery_resolve(struct store *s, struct str issue, const struct resolve_options *o,
		      struct resolve_result *result) __attribute__((warn_unused_result));

/* ---- bounces: what comes back ---- */

/* What a mail that came back says of one delivery. The numbers are kept in the store. */
enum bounce_kind {
	BOUNCE_HARD, /* nobody lives at the address: suppressed */
	BOUNCE_SOFT, /* not now, or for no reason that can be relied on */
	BOUNCE_POLICY, /* refused for what we are or send: not the reader's doing */
	BOUNCE_DELAYED, /* the server still tries */
	BOUNCE_DELIVERED, /* it arrived, or went on to where no reports come from */
	BOUNCE_COMPLAINT, /* the reader called it unwanted: suppressed */
	BOUNCE_REPLY, /* a machine answered in a person's place; not kept */
	BOUNCE_UNKNOWN, /* comes back with no token of the ledger; not kept */
	BOUNCE_OTHER, /* no bounce at all, as a person's answer; not kept */
	BOUNCE_KIND_COUNT
};

/* "hard", …. */
struct str bounce_kind_name(enum bounce_kind kind);

/* So many issues in a row that come back soft suppress the address. */
enum { SOFT_BOUNCES_MOST = 5 };

/* What was read of one delivery. */
struct bounce {
	struct str issue;
	enum bounce_kind kind;
	struct str status; /* "5.1.1" (RFC 3463), or empty */
	struct str words; /* the server's */
	int64_t at; /* when the server wrote it; when it was read if that cannot be */
};

/* Those of a subscriber, oldest delivery first. */
bool bounce_each(struct store *s, int64_t subscriber,
		 bool (*each)(void *context, const struct bounce *b), void *context)
	__attribute__((warn_unused_result));

enum bounces_after {
	BOUNCES_MARK, /* what was understood counts as seen */
	BOUNCES_KEEP, /* the folder stays as it is */
	BOUNCES_DELETE, /* what was understood is deleted */
};

/* A mail that was looked at; borrowed for the call. */
struct bounce_notice {
	struct str place; /* the file's name, with ":N" its N-th mail; "UID 7" */
	enum bounce_kind kind;
	struct str issue, address; /* empty unless the token is known */
	struct str status, words;
	bool repeated; /* was read before: changes nothing */
	bool suppressed; /* because of it the address gets nothing any more */
	bool cut; /* longer than what is looked at */
};

struct bounces_options {
	enum bounces_after after;
	bool all; /* of folders, what was seen already, too */
	bool dry_run; /* changes neither store nor folder */
	/* IMAP: "imaps://host/Folder"; empty: the paths. */
	struct str imap, user;
	struct str password_env, password_file; /* one of them */
	struct str ca_file; /* empty: the system's */
	void (*each)(void *context, const struct bounce_notice *n); /* NULL: nobody listens */
	void *context;
};

struct bounces_result {
	int64_t read; /* mails */
	int64_t by_kind[BOUNCE_KIND_COUNT]; /* repeated ones left out */
	int64_t repeated, suppressed;
};

/* Reads what came back from paths (Maildirs, mbox files, single mails; "-" is standard
 * input) or from an IMAP folder, and settles what follows from it. A mail that was read
 * before counts once, so a run that was killed is simply run again. False when the
 * world failed (told); what was settled before stays settled. */
bool bounces_take(struct store *s, const struct str *paths, size_t path_count,
		  const struct bounces_options *o, struct bounces_result *result)
	__attribute__((warn_unused_result));

/* ---- sending ---- */

struct send_options {
	struct str region; /* only subscribers of this region; empty: everyone */
	bool include_new; /* also those who joined since the audience was frozen */
	bool retry_failed; /* those who failed get another chance */
	bool resend_ambiguous; /* so do those whose fate is unknown, for once */
	bool believe_unknown; /* of any number that nobody lives there */
	bool resume; /* the issue was paused or cancelled by a person */
	int64_t wait_s; /* how far ahead a retry may lie to be waited for */
	int64_t retry_after_s; /* first retry of a deferred recipient; later ones grow */
	int64_t reply_limit_ms; /* 0: RFC 5321's limits, phase by phase; else a cap on them */
	int64_t connect_limit_ms; /* TCP, TLS, greeting and login together */
	int64_t pause_ms; /* first pause when the server cannot be reached; doubles */
	int tries; /* so often a server is sought before the run ends */
};

/* What a person who gives no options gets. */
extern const struct send_options send_defaults;

/* The database failed before that could be asked. */
enum { LEFT_UNKNOWN = -1 };

struct send_result {
	int64_t sent, failed, deferred, ambiguous; /* in this run */
	int64_t left; /* not settled, of those the run was for, or LEFT_UNKNOWN */
	int64_t next_at; /* when the first of them is due, or 0 */
	int64_t unsent; /* failed or ambiguous of the issue, from this run or before */
	bool cancelled;
	bool spent; /* the warm-up allows no more today */
	enum issue_control control; /* PAUSED, CANCELLED: a person said so */
	int64_t elapsed_ms;
};

/* Whether all is there that sending needs, but for the servers: sender, passwords, keys. False:
 * it is not, told. */
bool campaign_is_ready(struct store *s, const struct message *const *messages, size_t message_count,
		       const struct send_options *o) __attribute__((warn_unused_result));

/* Tells in d which of the publication's DKIM keys cannot sign (DKIM_KEY), and which cannot be
 * looked at on this machine (DKIM_UNSEEN). */
void dkim_check(const struct publication *p, struct diags *d);

/* Sends an issue: freezes the audience, then delivers until nobody is due.
 *
 * messages: one for each segment, the first being the one for everyone else;
 * all of the same issue. A run that was killed is taken up where it stopped.
 * False when the world failed (told in diags); counts hold either way. */
bool campaign_send(struct store *s, const struct message *const *messages, size_t message_count,
		   const struct send_options *o, struct send_result *result)
	__attribute__((warn_unused_result));

/* The very message to these addresses alone, TEST_ADDRESSES_MOST at most: no ledger
 * row, no retry. Those who are in the roster get their own name, token and segment. */
enum { TEST_ADDRESSES_MOST = 100 };
bool campaign_test(struct store *s, const struct message *const *messages, size_t message_count,
		   const struct str *addresses, size_t address_count, const struct send_options *o,
		   struct send_result *result) __attribute__((warn_unused_result));

/* Who would get what: calls each for every recipient that a send would reach
 * now. Changes nothing and connects to nothing. */
bool campaign_plan(struct store *s, const struct message *const *messages, size_t message_count,
		   const struct send_options *o,
		   bool (*each)(void *context, const struct subscriber *s, const struct message *m),
		   void *context) __attribute__((warn_unused_result));

#endif
