/* The store: where roster and ledger keep what they know. One interface, one family of
 * files a database. Everything above speaks in subscribers and deliveries; SQL stays
 * below this line.
 *
 * All operations return false when the database failed, and have told so in
 * diags. Between begin and commit they are one transaction; outside each is its
 * own. Slices handed to callbacks are borrowed for the call. */
#ifndef DELIVERY_STORE_H
#define DELIVERY_STORE_H

#include "delivery/delivery.h"

struct dots_place;

enum { SECRET_BYTES = 32, SUPPRESSION_BYTES = 32, TOKEN_CHARS = 26 };

/* Why an address is kept out; kept with its hash. */
enum suppression_reason {
	SUPPRESSED_BY_EDITOR,
	SUPPRESSED_ERASED,
	SUPPRESSED_BY_SERVER, /* refused while it was sent */
	SUPPRESSED_BY_BOUNCE,
	SUPPRESSED_BY_COMPLAINT,
};

/* A row claimed: all that is needed to send it. */
struct claim {
	int64_t id; /* of the delivery */
	struct str token; /* of the delivery: Message-ID, VERP */
	struct str segment_language, segment_region; /* the message's; region folded */
	struct str address, key; /* as in the roster */
	struct str name, regions, subscriber_token;
	int attempts; /* this one counted */
	int64_t first_at; /* when the first attempt began; this one's time when it is the first */
};

/* What became of a claimed row. */
struct mark {
	int64_t id;
	enum delivery_state state; /* PENDING: due again at next_at */
	int code;
	struct str words;
	int64_t next_at;
	bool give_back; /* the attempt does not count; words, if any, are kept */
	int64_t relay; /* whose words they are; 0: nobody's */
	bool suppress; /* nobody lives there: the subscriber, too */
};

/* One transaction of a sender. The order within is: marks, intents, claims. */
struct turn {
	const struct mark *marks;
	size_t mark_count;
	const int64_t *intents; /* rows whose final dot leaves after the commit */
	const int64_t *intent_relays; /* to which relay each of them; NULL: not known */
	size_t intent_count;
	/* Claims: up to `want` rows of the issue that are due at `now`. Rows whose
	 * subscriber is no longer active become SUPPRESSED instead. */
	int64_t issue;
	struct str region; /* folded; empty: any */
	size_t want;
	int64_t now;
	void (*claimed)(void *context, const struct claim *c);
	void *context;
	size_t claimed_count; /* out */
	size_t suppressed_count; /* out */
};

/* Who an issue is for, and in which segments. */
struct audience {
	const struct message *const *messages; /* the first is for everyone else */
	size_t message_count;
	struct str region; /* as typed; empty: everyone */
	bool include_new; /* freeze again, adding those who joined since */
	bool retry_failed;
	bool resend_ambiguous;
	bool resume; /* paused or cancelled by a person: no longer */
	int64_t issue; /* out: the issue's number in the store */
	int64_t added; /* out: rows made */
};

/* What remains of an issue for one run. */
struct remainder {
	int64_t pending; /* of the run's region */
	int64_t next_at; /* the earliest due time of those, or 0 */
	int64_t next_fresh; /* the same of those nobody has answered for yet, or 0 */
	int64_t unsent; /* failed and ambiguous of the issue */
	int64_t elsewhere; /* in the hands of other senders, of the run's region */
};

/* A row whose final dot may have left. */
struct intended {
	int64_t id;
	struct str token;
	int64_t attempts, claimed_at, first_at;
};

/* How long at most a row waits for its next attempt, in seconds from now. */
struct wait_bounds {
	int64_t now, once_s, often_s; /* after the first attempt; after more */
};

/* The delivery that a token names. */
struct bounced {
	int64_t delivery;
	int64_t subscriber; /* 0: erased meanwhile; address and key are empty then */
	struct str issue, address, key;
};

/* Messages that a relay took on one day. */
struct day_count {
	int64_t day; /* since 1970, UTC */
	int64_t count;
};

/* A day of a relay's warm-up, and what it may take in all. */
struct warm_day {
	int64_t day, limit;
};

/* A bounce as it is kept. */
struct bounce_row {
	int64_t delivery;
	const unsigned char *digest; /* SUPPRESSION_BYTES that tell the mail from others */
	enum bounce_kind kind;
	struct str status, words;
	int64_t at;
};

/* How far a folder of a mail server was read (RFC 9051, 2.3.1.1). */
struct folder_place {
	int64_t validity; /* UIDVALIDITY; 0: never read */
	int64_t uid; /* all up to this one were settled */
};

/* What became of a request to subscribe. The numbers are kept. */
enum request_state {
	REQUEST_WAITING, /* its message has not left; due at next_at */
	REQUEST_SENDING, /* durable before the final dot leaves */
	REQUEST_SENT,
	REQUEST_FAILED, /* the server said it never will */
	REQUEST_WITHHELD, /* the address is kept out: nothing was sent */
	REQUEST_CONFIRMED,
};

struct request {
	int64_t id;
	struct str token, key;
	struct str address, name, language, regions, version; /* of the words agreed to */
	int64_t asked_at;
	enum request_state state;
	int attempts;
	int64_t next_at;
	int64_t first_at; /* of the first attempt; 0: none yet */
};

/* So many rows at most that a token's beginning finds. */
enum { TOKEN_ROWS = 8 };

/* Tokens from the first to the last one with the beginning of a token. */
struct token_range {
	struct str from, to;
};

/* A table, for copies. Columns of its key come first. */
struct store_table {
	const char *name;
	const char *columns; /* joined by ", " */
	const char *kinds; /* of each: i a number, s text, b bytes */
	size_t keys;
	int since; /* version of the schema */
	const char *meaning; /* what it holds, for people; NULL: nothing they count */
};

/* What holds whatever has to be copied, in an order that satisfies references.
 * Ended by one without a name. */
extern const struct store_table store_tables[];
enum { STORE_COLUMNS = 20 };

/* What the database says of itself. */
struct store_state {
	int64_t version, newest; /* of the schema; version 0: nothing there */
	int64_t bytes;
	int64_t senders; /* at work now */
};

struct store_ops {
	void (*close)(struct store *s);
	bool (*begin)(struct store *s);
	bool (*commit)(struct store *s);
	void (*rollback)(struct store *s);
	/* Begins to send. Where one sender a ledger is allowed: false, told, when there
	 * is another. */
	bool (*lock_sender)(struct store *s);
	/* What began by recover, not by lock_sender, is a sender no more: failures are told from
	 * here on, as any command's. NULL where there is none by that. */
	void (*retire)(struct store *s);
	/* False, told, when a sender is at work. The caller is none itself; where one sender
	 * a ledger is allowed, none begins before the store is closed. */
	bool (*no_senders)(struct store *s);
	/* A sender is alive; to be called again and again, several times a second or
	 * when nothing else is done. Others that are not have their rows taken back.
	 * False, told, when this one was declared dead: it must send nothing more. */
	bool (*beat)(struct store *s);

	/* roster */
	bool (*find)(struct store *s, struct arena *a, struct str key, struct subscriber *found,
		     bool *is_there);
	bool (*insert)(struct store *s, const struct subscriber *new, struct str key);
	/* Whose state is no longer what it was keeps it. */
	bool (*update)(struct store *s, const struct subscriber *changed);
	/* Removes the person; deliveries stay as counts without a name. */
	bool (*forget)(struct store *s, int64_t subscriber);
	bool (*each)(struct store *s, const struct roster_filter *f,
		     bool (*each)(void *context, const struct subscriber *s), void *context);
	bool (*suppression_find)(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
				 bool *is_there);
	bool (*suppression_put)(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
				enum suppression_reason reason);
	bool (*suppression_remove)(struct store *s, const unsigned char hash[SUPPRESSION_BYTES]);
	bool (*stats)(struct store *s, struct arena *a, struct roster_stats *stats);

	/* ledger */
	/* Where a sender keeps what became of its dots (dots.h); in a. path is NULL: nowhere. */
	bool (*dots_place)(struct store *s, struct arena *a, struct dots_place *place);
	/* Another sender is known to have died: its CLAIMED are PENDING, its INTENT this one's, and
	 * told, none of those that were this one's already. each returns false to stop. */
	bool (*adopt)(struct store *s, int64_t sender,
		      bool (*each)(void *context, const struct intended *i), void *context);
	/* The rows in INTENT of this sender. each returns false to stop. */
	bool (*intents)(struct store *s, bool (*each)(void *context, const struct intended *i),
			void *context);
	/* A sender that died, and what this one left: CLAIMED is PENDING again, INTENT is AMBIGUOUS, or
	 * PENDING when ambiguous ones are sent again. For all issues. */
	bool (*recover)(struct store *s, bool resend);
	bool (*freeze)(struct store *s, struct audience *a);
	/* Not between begin and commit. When it returns true, it happened once and is
	 * durable, even if the connection to the database was lost in between. */
	bool (*turn)(struct store *s, struct turn *t);
	bool (*remainder)(struct store *s, int64_t issue, struct str region, struct remainder *r);
	/* A relay's word on an issue; one that a person paused or cancelled stays so. */
	bool (*pause)(struct store *s, int64_t issue, bool paused, struct str words);
	/* No row waits longer than its retry can be put off, which clocks that were set back may
	 * ask for: who was never answered waits for nothing. */
	bool (*bound_waits)(struct store *s, int64_t issue, const struct wait_bounds *w);
	/* Those a run would send to, in order of the roster. each returns false to stop. */
	bool (*planned)(struct store *s, int64_t issue, struct str region,
			bool (*each)(void *context, const struct claim *c,
				     const struct subscriber *s),
			void *context);
	bool (*deliveries)(struct store *s, const struct delivery_filter *f,
			   bool (*each)(void *context, const struct delivery *d), void *context);
	bool (*status)(struct store *s, struct arena *a, struct str issue,
		       struct issue_status **list, size_t *count);
	/* A person's word on an issue that is not forgotten; rows: how many changed their state by
	 * it. An issue never sent is made, so that it can be paused beforehand. */
	bool (*control)(struct store *s, struct str issue, enum issue_control control,
			int64_t *rows);
	/* Those of an issue who are pending although it is cancelled are not any more: they were in
	 * a sender's hands when it was. */
	bool (*cancel_left)(struct store *s, int64_t issue);
	/* What holds for the issue now; cheap. */
	bool (*controlled)(struct store *s, int64_t issue, enum issue_control *control);
	/* AMBIGUOUS becomes state, for the reason that words tell. Other rows stay. */
	bool (*settle)(struct store *s, int64_t delivery, enum delivery_state state,
		       struct str words);
	/* Attempts of a subscriber that settled nothing, oldest first; in a. */
	bool (*attempts)(struct store *s, struct arena *a, int64_t subscriber,
			 struct attempt **list, size_t *count);
	bool (*details)(struct store *s, struct arena *a, struct str issue,
			struct issue_details *details);
	/* The number of a relay, by its name; a new one when it was never used. */
	bool (*relay_number)(struct store *s, struct str name, int64_t *number);
	/* The words with which a relay refused an issue; empty: it does no longer, unless
	 * another sender at work says so. */
	bool (*relay_say)(struct store *s, int64_t relay, int64_t issue, struct str words);
	/* What a relay took, of all issues, day by day in order; in a. What may have arrived
	 * counts. */
	bool (*relay_days)(struct store *s, struct arena *a, int64_t relay, struct day_count **list,
			   size_t *count);
	/* A day of warm-up begins for a sender, or its share of what all may take together is asked
	 * for, or given back (want < 0). Counts no more than limit. NULL where there is one sender
	 * alone. */
	bool (*warm_up_begin)(struct store *s, int64_t relay, const struct warm_day *d);
	bool (*warm_up_take)(struct store *s, int64_t relay, const struct warm_day *d, int64_t want,
			     int64_t *granted);
	/* What the relays took of an issue, or refused it with, by relay; in a. */
	bool (*relays)(struct store *s, struct arena *a, struct str issue,
		       struct relay_status **list, size_t *count);

	/* retention */
	/* Words of settled deliveries, attempts and words of bounces from before; *rows: how many
	 * there were. In portions that no sender waits long for. */
	bool (*words_forget)(struct store *s, int64_t before, int64_t *rows);
	/* Issues of which nothing happened since before and nothing is on its way: their
	 * deliveries no longer name a subscriber, those pending are CANCELLED, tokens, attempts
	 * and words are gone, and the issue is ISSUE_FORGOTTEN, which freeze and control leave
	 * as it is. */
	bool (*issues_forget)(struct store *s, int64_t before, int64_t *issues);

	/* bounces */
	/* Whether an issue was ever sent. */
	bool (*any_issue)(struct store *s, bool *any);
	/* Outside of a transaction; strings in a. */
	bool (*bounced_find)(struct store *s, struct arena *a, struct str token,
			     struct bounced *found, bool *is_there);
	/* *fresh: false when this mail was kept for this delivery already. */
	bool (*bounce_put)(struct store *s, const struct bounce_row *row, bool *fresh);
	/* How many issues in a row came back soft to the subscriber of a delivery, that
	 * one among them; 0 when a later one got through, which is known since none came
	 * back within the time that servers try. */
	bool (*soft_in_a_row)(struct store *s, const struct bounced *b, int64_t *count);
	/* What came back to the subscriber so far is settled: soft ones count anew. */
	bool (*bounces_settle)(struct store *s, int64_t subscriber);
	bool (*bounces)(struct store *s, int64_t subscriber,
			bool (*each)(void *context, const struct bounce *b), void *context);
	bool (*folder_find)(struct store *s, struct str name, struct folder_place *place);
	bool (*folder_put)(struct store *s, struct str name, const struct folder_place *place);

	/* readers */
	/* Up to TOKEN_ROWS of them, in a. */
	bool (*by_token)(struct store *s, struct arena *a, const struct token_range *range,
			 struct subscriber *list, size_t *count);
	bool (*request_by_token)(struct store *s, struct arena *a, const struct token_range *range,
				 struct request *list, size_t *count);
	bool (*suppression_reason)(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
				   enum suppression_reason *reason, bool *is_there);
	/* How many requests of this key came after since and before until, and when the last did. */
	bool (*requests_between)(struct store *s, struct str key, int64_t since, int64_t until,
				 int64_t *count, int64_t *newest);
	bool (*request_put)(struct store *s, const struct request *new);
	/* The first that is due, in a; those that wait for a time behind latest are. */
	bool (*request_due)(struct store *s, struct arena *a, int64_t now, int64_t latest,
			    struct request *r, bool *is_there);
	/* Sets state, attempts, next_at and first_at if the state was this one; else *moved is
	 * false: another program was quicker. */
	bool (*request_mark)(struct store *s, const struct request *r, enum request_state was,
			     bool *moved);
	/* And whoever is known by them alone. */
	bool (*requests_forget)(struct store *s, int64_t before, int64_t *requests);
	bool (*consent_words)(struct store *s, struct str version, struct str words);
	bool (*consent_put)(struct store *s, int64_t subscriber, const struct consent *c);
	bool (*consents)(struct store *s, int64_t subscriber,
			 bool (*each)(void *context, const struct consent *c), void *context);

	/* whole tables */
	bool (*state)(struct store *s, struct store_state *state);
	/* From here on to rollback all is read as of one instant. */
	bool (*snapshot)(struct store *s);
	/* Rows in order of their key; numbers in decimal, what is NULL without ptr. */
	bool (*table_each)(struct store *s, const struct store_table *t,
			   bool (*each)(void *context, const struct str *cells), void *context);
	bool (*table_clear)(struct store *s, const struct store_table *t);
	/* Between begin and commit, no other operation in between: rows, then the end. */
	bool (*table_put)(struct store *s, const struct store_table *t, const struct str *cells);
	bool (*table_end)(struct store *s, const struct store_table *t);
	bool (*table_count)(struct store *s, const struct store_table *t, int64_t *count);
	/* Statements that both databases know. *first, unless NULL: the one number of the one
	 * row of a query. */
	bool (*plain)(struct store *s, const char *sql, int64_t *first);
};

struct store {
	const struct store_ops *ops;
	const struct publication *publication;
	const struct world *world;
	struct diags *diags;
	struct arena *arena; /* as long as the store */
	unsigned char secret[SECRET_BYTES]; /* key of the suppression hashes */
	enum store_access access;
	int patience_ms; /* of store_open_within */
};

/* NULL, told, when it cannot be opened. path is absolute. */
struct store *store_sqlite_open(const struct publication *p, const char *path,
				enum store_access access, int patience_ms, const struct world *w,
				struct diags *d);

/* The same of a PostgreSQL database. Several senders may share it. */
struct store *store_pg_open(const struct publication *p, enum store_access access, int patience_ms,
			    const struct world *w, struct diags *d);

/* A random token of 128 bits: base 32 in small letters, so that it survives mail
 * servers that change case. False when the system has no randomness. */
bool token_make(const struct world *w, char token[TOKEN_CHARS + 1]);

/* Tokens for a million rows: randomness is fetched some kilobytes at a time. */
struct token_source {
	const struct world *world;
	unsigned char bytes[4096];
	size_t left; /* unused ones, at the end */
};
bool token_take(struct token_source *t, char token[TOKEN_CHARS + 1]);

struct subscriber subscriber_copy(struct arena *a, struct subscriber s);

/* HMAC-SHA-256 of an address key under the store's secret. */
bool suppression_hash(const struct store *s, struct str key, unsigned char hash[SUPPRESSION_BYTES]);

#endif
