/* Inside the PostgreSQL store: the connection, its statements, and short hands for
 * binding and reading. Shared by store_pg*.c alone; what an operation promises stands
 * in store.h. */
#ifndef DELIVERY_STORE_PG_H
#define DELIVERY_STORE_PG_H

#include "delivery/pq.h"
#include "delivery/store.h"

enum { PG_STATEMENTS = 128, PG_PARAMETERS = 12, PG_LEASE_S = 30 };

struct store_pg {
	struct store base; /* first: a struct store * is one of these */
	struct pq_calls pq;
	PGconn *conn; /* NULL: none */
	const char *url;
	const char *password; /* NULL: libpq finds it */
	int depth; /* of begin */
	bool missing; /* no tables there: empty ones, of this connection */
	const struct store_table *filling; /* the table that COPY is filling, or NULL */
	bool serial; /* this transaction keeps others from writing */
	const char *prepared[PG_STATEMENTS]; /* on this connection, by address of their text */
	size_t prepared_count;
	/* The statement at hand. */
	struct buf text;
	const char *values[PG_PARAMETERS];
	int value_count;

	/* A sender; store_pg_worker.c. */
	int64_t worker; /* its row; 0: not one */
	int64_t turn; /* the last one begun */
	int lease_s;
	int64_t beat_ms; /* when it last looked after the others, too */
	bool resend; /* what became of a dead one's intents */
	bool lost; /* the connection, or a transaction that can be tried again */
	bool gone; /* it was the connection */
	int losses; /* since something succeeded */
	bool ended; /* the person insists on an end: nothing more is told */
	const char *given_up; /* why there is no connection */
	bool refused; /* declared dead, or the turn happened before */
	bool closing; /* what fails now is not told */
	struct buf words; /* why it was lost */
};

static inline struct store_pg *store_pg_of(struct store *s)
{
	return (struct store_pg *)(void *)s;
}

/* ---- statements; parameters in order, one letter each: i int64_t, s struct str,
 * t struct str or NULL when empty, b SUPPRESSION_BYTES bytes ---- */

/* The result, to be cleared, of a literal; NULL, told, when it failed. What a sender
 * can try again is not told but marked as lost. */
PGresult *pg_query(struct store_pg *q, const char *sql, const char *kinds, ...);
/* The same without a result; *changed, if not NULL: rows it touched. */
bool pg_run(struct store_pg *q, int64_t *changed, const char *sql, const char *kinds, ...);
/* A statement that is not prepared, without a result. */
bool pg_script_bound(struct store_pg *q, const char *sql, const char *kinds, ...);
/* Several statements without parameters; the last one's result counts. */
bool pg_script(struct store_pg *q, const char *script);
/* One number of one row; false when it failed or there is none (*there). */
bool pg_number(struct store_pg *q, int64_t *number, const char *sql, const char *kinds, ...);
void pg_clear(struct store_pg *q, PGresult *r);

int pg_rows(struct store_pg *q, const PGresult *r);
int64_t pg_int(struct store_pg *q, const PGresult *r, int row, int column);
/* Borrowed until the result is cleared. */
struct str pg_text(struct store_pg *q, const PGresult *r, int row, int column);

/* Statements sent in one go. All of them are prepared beforehand. */
bool pg_prepare(struct store_pg *q, const char *sql);
bool pg_send(struct store_pg *q, const char *sql, const char *kinds, ...);
/* Whether a result is one of success; else told, or marked as lost. */
bool pg_succeeded(struct store_pg *q, const PGresult *r);
/* Tells these words, and which store it is. */
void pg_tell(struct store_pg *q, struct str words);
/* Tells what the server says, or why there is none; returns false. */
bool pg_failed(struct store_pg *q, const PGresult *r);

/* Text as PostgreSQL takes it: no NUL, nothing that is not UTF-8. */
void pg_put_clean(struct buf *out, struct str text);
void pg_put_hex(struct buf *out, struct str bytes);
/* Array literals: items of "{…}", the braces put by the caller. */
void pg_put_item(struct buf *out, struct str text);
void pg_put_item_int(struct buf *out, int64_t n);

/* ---- waiting for the server; store_pg_wait.c. As libpq's calls of these names, but a server
 * that does not answer is given up: NULL, and no connection ---- */

PGresult *pg_exec(struct store_pg *q, const char *script);
/* With the parameters at hand. */
PGresult *pg_exec_bound(struct store_pg *q, const char *sql);
PGresult *pg_exec_prepared(struct store_pg *q, const char *name);
PGresult *pg_exec_prepare(struct store_pg *q, const char *name, const char *sql);
PGresult *pg_next_result(struct store_pg *q);
bool pg_copy_put(struct store_pg *q, struct str rows);
bool pg_copy_end(struct store_pg *q);

/* ---- walks over many rows, a portion in memory ---- */

struct pg_walk {
	struct store_pg *store;
	const char *fetch; /* "FETCH 1000 FROM name" */
	PGresult *rows;
	int row;
	bool own; /* a transaction of its own */
};

/* sql: "DECLARE name CURSOR FOR …". */
bool pg_walk_open(struct pg_walk *w, struct store_pg *q, const char *fetch, const char *sql,
		  const char *kinds, ...);
/* The next row, in w->rows at w->row: 1, the end: 0, failure: -1 and told. */
int pg_walk_next(struct pg_walk *w);
/* Returns ok, unless the end fails. */
bool pg_walk_close(struct pg_walk *w, bool ok);

/* ---- connection ---- */

bool pg_connect(struct store_pg *q);
void pg_disconnect(struct store_pg *q);
/* A connection that the server closed meanwhile is opened again when nothing was under way on
 * it: nobody can have missed anything. Failure is told by who uses it next. */
void pg_revive(struct store_pg *q);
/* A sender that stands still within a transaction, in which nobody can declare it dead, loses it
 * when its lease is over; for the connection at hand and those made anew. */
bool pg_bound_stops(struct store_pg *q);
/* After a failure: whether what failed was lost and may be tried again, on a new
 * connection if need be. False, told, when there is none for a long time. */
bool pg_persist(struct store_pg *q);

bool pg_begin(struct store *s);
bool pg_commit(struct store *s);
void pg_rollback(struct store *s);

/* 1: there is the table, 0: it is not there, -1: failure, told. Who only reads may meet a
 * database from before it was. */
int pg_has_table(struct store_pg *q, const char *name);
/* Brings the schema up to date; reads the key of the suppression list. */
bool pg_schema(struct store_pg *q);

/* ---- senders ---- */

/* Makes this store a sender, once. */
bool pg_enlist(struct store_pg *q);
/* The sender lives: in the transaction at hand, or one of its own. False, told, when
 * it was declared dead. */
bool pg_fence(struct store_pg *q);
/* The end of a sender in order: its rows are free for others. */
void pg_retire(struct store *s);
bool pg_told_dead(struct store_pg *q);

/* ---- the operations, by file ---- */

bool pg_lock_sender(struct store *s);
bool pg_no_senders(struct store *s);
bool pg_beat(struct store *s);
bool pg_dots_place(struct store *s, struct arena *a, struct dots_place *place);
bool pg_adopt(struct store *s, int64_t sender,
	      bool (*each)(void *context, const struct intended *i), void *context);
bool pg_intents(struct store *s, bool (*each)(void *context, const struct intended *i),
		void *context);
bool pg_recover(struct store *s, bool resend);
bool pg_turn(struct store *s, struct turn *t);

bool pg_find(struct store *s, struct arena *a, struct str key, struct subscriber *found,
	     bool *is_there);
bool pg_insert(struct store *s, const struct subscriber *new, struct str key);
bool pg_update(struct store *s, const struct subscriber *changed);
bool pg_forget(struct store *s, int64_t subscriber);
bool pg_each(struct store *s, const struct roster_filter *f,
	     bool (*each)(void *context, const struct subscriber *s), void *context);
bool pg_suppression_find(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			 bool *is_there);
bool pg_suppression_put(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			enum suppression_reason reason);
bool pg_suppression_remove(struct store *s, const unsigned char hash[SUPPRESSION_BYTES]);
bool pg_stats(struct store *s, struct arena *a, struct roster_stats *stats);

bool pg_freeze(struct store *s, struct audience *a);
bool pg_remainder(struct store *s, int64_t issue, struct str region, struct remainder *r);
bool pg_bound_waits(struct store *s, int64_t issue, const struct wait_bounds *w);
bool pg_pause(struct store *s, int64_t issue, bool paused, struct str words);
bool pg_planned(struct store *s, int64_t issue, struct str region,
		bool (*each)(void *context, const struct claim *c, const struct subscriber *s),
		void *context);
bool pg_deliveries(struct store *s, const struct delivery_filter *f,
		   bool (*each)(void *context, const struct delivery *d), void *context);
bool pg_status(struct store *s, struct arena *a, struct str issue, struct issue_status **list,
	       size_t *count);

bool pg_any_issue(struct store *s, bool *any);
bool pg_bounced_find(struct store *s, struct arena *a, struct str token, struct bounced *found,
		     bool *is_there);
bool pg_bounce_put(struct store *s, const struct bounce_row *row, bool *fresh);
bool pg_soft_in_a_row(struct store *s, const struct bounced *b, int64_t *count);
bool pg_bounces_settle(struct store *s, int64_t subscriber);
bool pg_bounces(struct store *s, int64_t subscriber,
		bool (*each)(void *context, const struct bounce *b), void *context);
bool pg_folder_find(struct store *s, struct str name, struct folder_place *place);
bool pg_folder_put(struct store *s, struct str name, const struct folder_place *place);

bool pg_state(struct store *s, struct store_state *state);
bool pg_snapshot(struct store *s);
bool pg_table_each(struct store *s, const struct store_table *t,
		   bool (*each)(void *context, const struct str *cells), void *context);
bool pg_table_clear(struct store *s, const struct store_table *t);
bool pg_table_put(struct store *s, const struct store_table *t, const struct str *cells);
bool pg_table_end(struct store *s, const struct store_table *t);
bool pg_table_count(struct store *s, const struct store_table *t, int64_t *count);
bool pg_plain(struct store *s, const char *sql, int64_t *first);

/* The version of the schema; 0: none yet. */
bool pg_version(struct store_pg *q, int64_t *version, int64_t *newest);

bool pg_control(struct store *s, struct str issue, enum issue_control control, int64_t *rows);
bool pg_cancel_left(struct store *s, int64_t issue);
bool pg_controlled(struct store *s, int64_t issue, enum issue_control *control);
bool pg_settle(struct store *s, int64_t delivery, enum delivery_state state, struct str words);
bool pg_attempts(struct store *s, struct arena *a, int64_t subscriber, struct attempt **list,
		 size_t *count);
bool pg_details(struct store *s, struct arena *a, struct str issue, struct issue_details *details);

bool pg_relay_number(struct store *s, struct str name, int64_t *number);
bool pg_relay_say(struct store *s, int64_t relay, int64_t issue, struct str words);
bool pg_relay_days(struct store *s, struct arena *a, int64_t relay, struct day_count **list,
		   size_t *count);
bool pg_warm_up_begin(struct store *s, int64_t relay, const struct warm_day *d);
bool pg_warm_up_take(struct store *s, int64_t relay, const struct warm_day *d, int64_t want,
		     int64_t *granted);
bool pg_relays(struct store *s, struct arena *a, struct str issue, struct relay_status **list,
	       size_t *count);

bool pg_by_token(struct store *s, struct arena *a, const struct token_range *range,
		 struct subscriber *list, size_t *count);
bool pg_request_by_token(struct store *s, struct arena *a, const struct token_range *range,
			 struct request *list, size_t *count);
bool pg_suppression_reason(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			   enum suppression_reason *reason, bool *is_there);
bool pg_requests_between(struct store *s, struct str key, int64_t since, int64_t until,
			 int64_t *count, int64_t *newest);
bool pg_request_put(struct store *s, const struct request *new);
bool pg_request_due(struct store *s, struct arena *a, int64_t now, int64_t latest,
		    struct request *r, bool *is_there);
bool pg_request_mark(struct store *s, const struct request *r, enum request_state was, bool *moved);
bool pg_requests_forget(struct store *s, int64_t before, int64_t *requests);
bool pg_words_forget(struct store *s, int64_t before, int64_t *rows);
bool pg_issues_forget(struct store *s, int64_t before, int64_t *issues);
bool pg_consent_words(struct store *s, struct str version, struct str words);
bool pg_consent_put(struct store *s, int64_t subscriber, const struct consent *c);
bool pg_consents(struct store *s, int64_t subscriber,
		 bool (*each)(void *context, const struct consent *c), void *context);
/* Everyone active who is not in yet becomes a row. Part of freeze; store_pg_fanout.c. */
bool pg_fan_out(struct store_pg *q, int64_t issue, struct str region, int64_t now, int64_t *added);
/* Whoever paused goes without this issue, and is active from then on. Part of freeze. */
bool pg_pass_over(struct store_pg *q, int64_t issue, struct str region, int64_t now);

/* Deliveries of a subscriber, by the index that begins with the issue. */
#define PG_OF_SUBSCRIBER(table, subscriber)                                                        \
	table "issue_id = ANY(ARRAY(SELECT id FROM issue)) AND " table "subscriber_id "            \
	      "= " subscriber

/* Deletes people, to be done under the writers' lock; their deliveries stay, nobody's. */
#define PG_DELETE_SUBSCRIBERS(where)                                                               \
	"WITH gone AS (DELETE FROM subscriber s WHERE " where " RETURNING s.id)"                   \
	" UPDATE delivery SET subscriber_id = NULL FROM gone"                                      \
	" WHERE " PG_OF_SUBSCRIBER("", "gone.id")

/* A token as token_make's for each row of x: 26 of 32 digits, all equally likely, of a hash of
 * a seed and x.id. Letters of base 64 come in two cases, twelve other digits become six
 * (translate() would take twice as long). The seed, 244 random bits, is PG_SEED of the same
 * statement and kept nowhere. */
#define PG_SEED                                                                                    \
	"seed AS MATERIALIZED (SELECT uuid_send(gen_random_uuid())"                                \
	" || uuid_send(gen_random_uuid()) AS bytes)"
#define PG_TOKEN                                                                                   \
	"replace(replace(replace(replace(replace(replace(lower(left(encode("                       \
	"sha256((SELECT bytes FROM seed) || int8send(x.id)), 'base64'), 26) COLLATE \"C\"),"       \
	" '0', '2'), '1', '3'), '8', '4'), '9', '5'), '+', '6'), '/', '7')"

/* A subscriber from ten columns: PG_SUBSCRIBER from column first on. */
#define PG_SUBSCRIBER                                                                              \
	"s.id, s.address, s.name, s.language, s.regions, s.consent_at, s.consent_source, s.token," \
	" s.state, s.created_at"
struct subscriber pg_subscriber(struct store_pg *q, const PGresult *r, int row, int first);

#endif
