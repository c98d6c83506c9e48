/* Inside the SQLite store: the connection, its statements, and short hands for
 * binding and reading. Shared by store_sqlite*.c alone. */
#ifndef DELIVERY_STORE_SQLITE_H
#define DELIVERY_STORE_SQLITE_H

#include "delivery/store.h"

#include <sqlite3.h>
#include <sys/types.h>

enum { SQLITE_STATEMENTS = 128 };

struct store_sqlite {
	struct store base; /* first: a struct store * is one of these */
	sqlite3 *db;
	int lock; /* file of the one sender, or -1 */
	bool has_intents; /* that sender's dots may have left, from its first turn with intents on */
	/* The file that was opened; device 0: none, or in memory. */
	dev_t device;
	ino_t file;
	int depth; /* of begin */
	bool missing; /* there is no file: an empty store in memory */
	sqlite3_stmt *put; /* of the table being filled */
	int64_t inserted; /* subscribers by this connection */
	/* Prepared once, found by the address of their text. */
	struct {
		const char *sql;
		sqlite3_stmt *statement;
	} prepared[SQLITE_STATEMENTS];
	size_t prepared_count;
	struct token_source *tokens;
};

static inline struct store_sqlite *store_sqlite_of(struct store *s)
{
	return (struct store_sqlite *)(void *)s;
}

/* The statement of a literal, ready to be bound; NULL, told, when the database
 * failed. */
sqlite3_stmt *sql_prepare(struct store_sqlite *q, const char *sql);

/* Parameters in order, one letter each: i int64_t, s struct str, t struct str or
 * NULL when empty, b SUPPRESSION_BYTES bytes (const unsigned char *). */
void sql_bind(sqlite3_stmt *st, const char *kinds, ...);

/* Prepares, binds, runs to the end; false and told on failure. */
bool sql_run(struct store_sqlite *q, const char *sql, const char *kinds, ...);

/* The next row: 1, the end: 0, failure: -1 and told. Resets unless a row came. */
int sql_step(struct store_sqlite *q, sqlite3_stmt *st);

/* 1: there is the table, 0: it is not there, -1: failure, told. Who only reads may meet
 * a database from before it was. */
int sql_has_table(struct store_sqlite *q, const char *name);
/* Ends a walk before its end. */
void sql_reset(sqlite3_stmt *st);

/* Text of a column, borrowed until the next step. */
struct str sql_text(sqlite3_stmt *st, int column);

/* Tells what the database says; returns false. */
bool sql_failed(struct store_sqlite *q);

/* Runs text of several statements without results. */
bool sql_script(struct store_sqlite *q, const char *script);

/* The operations, by file. */
bool sqlite_find(struct store *s, struct arena *a, struct str key, struct subscriber *found,
		 bool *is_there);
bool sqlite_insert(struct store *s, const struct subscriber *new, struct str key);
bool sqlite_update(struct store *s, const struct subscriber *changed);
bool sqlite_forget(struct store *s, int64_t subscriber);
bool sqlite_each(struct store *s, const struct roster_filter *f,
		 bool (*each)(void *context, const struct subscriber *s), void *context);
bool sqlite_suppression_find(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			     bool *is_there);
bool sqlite_suppression_put(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			    enum suppression_reason reason);
bool sqlite_suppression_remove(struct store *s, const unsigned char hash[SUPPRESSION_BYTES]);
bool sqlite_stats(struct store *s, struct arena *a, struct roster_stats *stats);

bool sqlite_dots_place(struct store *s, struct arena *a, struct dots_place *place);
bool sqlite_adopt(struct store *s, int64_t sender,
		  bool (*each)(void *context, const struct intended *i), void *context);
bool sqlite_intents(struct store *s, bool (*each)(void *context, const struct intended *i),
		    void *context);
bool sqlite_recover(struct store *s, bool resend);
bool sqlite_freeze(struct store *s, struct audience *a);
bool sqlite_turn(struct store *s, struct turn *t);
bool sqlite_remainder(struct store *s, int64_t issue, struct str region, struct remainder *r);
bool sqlite_bound_waits(struct store *s, int64_t issue, const struct wait_bounds *w);
bool sqlite_pause(struct store *s, int64_t issue, bool paused, struct str words);
bool sqlite_planned(struct store *s, int64_t issue, struct str region,
		    bool (*each)(void *context, const struct claim *c, const struct subscriber *s),
		    void *context);
bool sqlite_deliveries(struct store *s, const struct delivery_filter *f,
		       bool (*each)(void *context, const struct delivery *d), void *context);
bool sqlite_status(struct store *s, struct arena *a, struct str issue, struct issue_status **list,
		   size_t *count);
bool sqlite_control(struct store *s, struct str issue, enum issue_control control, int64_t *rows);
bool sqlite_cancel_left(struct store *s, int64_t issue);
bool sqlite_controlled(struct store *s, int64_t issue, enum issue_control *control);
bool sqlite_settle(struct store *s, int64_t delivery, enum delivery_state state, struct str words);
bool sqlite_attempts(struct store *s, struct arena *a, int64_t subscriber, struct attempt **list,
		     size_t *count);
bool sqlite_details(struct store *s, struct arena *a, struct str issue,
		    struct issue_details *details);

bool sqlite_words_forget(struct store *s, int64_t before, int64_t *rows);
bool sqlite_issues_forget(struct store *s, int64_t before, int64_t *issues);
bool sqlite_relay_number(struct store *s, struct str name, int64_t *number);
bool sqlite_relay_say(struct store *s, int64_t relay, int64_t issue, struct str words);
bool sqlite_relay_days(struct store *s, struct arena *a, int64_t relay, struct day_count **list,
		       size_t *count);
bool sqlite_relays(struct store *s, struct arena *a, struct str issue, struct relay_status **list,
		   size_t *count);

bool sqlite_any_issue(struct store *s, bool *any);
bool sqlite_bounced_find(struct store *s, struct arena *a, struct str token, struct bounced *found,
			 bool *is_there);
bool sqlite_bounce_put(struct store *s, const struct bounce_row *row, bool *fresh);
bool sqlite_soft_in_a_row(struct store *s, const struct bounced *b, int64_t *count);
bool sqlite_bounces_settle(struct store *s, int64_t subscriber);
bool sqlite_bounces(struct store *s, int64_t subscriber,
		    bool (*each)(void *context, const struct bounce *b), void *context);
bool sqlite_folder_find(struct store *s, struct str name, struct folder_place *place);
bool sqlite_folder_put(struct store *s, struct str name, const struct folder_place *place);

bool sqlite_by_token(struct store *s, struct arena *a, const struct token_range *range,
		     struct subscriber *list, size_t *count);
bool sqlite_request_by_token(struct store *s, struct arena *a, const struct token_range *range,
			     struct request *list, size_t *count);
bool sqlite_suppression_reason(struct store *s, const unsigned char hash[SUPPRESSION_BYTES],
			       enum suppression_reason *reason, bool *is_there);
bool sqlite_requests_between(struct store *s, struct str key, int64_t since, int64_t until,
			     int64_t *count, int64_t *newest);
bool sqlite_request_put(struct store *s, const struct request *new);
bool sqlite_request_due(struct store *s, struct arena *a, int64_t now, int64_t latest,
			struct request *r, bool *is_there);
bool sqlite_request_mark(struct store *s, const struct request *r, enum request_state was,
			 bool *moved);
bool sqlite_requests_forget(struct store *s, int64_t before, int64_t *requests);
bool sqlite_consent_words(struct store *s, struct str version, struct str words);
bool sqlite_consent_put(struct store *s, int64_t subscriber, const struct consent *c);
bool sqlite_consents(struct store *s, int64_t subscriber,
		     bool (*each)(void *context, const struct consent *c), void *context);
/* Whoever paused goes without this issue, and is active from then on. Part of freeze. */
bool sqlite_pass_over(struct store_sqlite *q, int64_t issue, struct str region, int64_t now);

bool sqlite_state(struct store *s, struct store_state *state);
bool sqlite_snapshot(struct store *s);
bool sqlite_table_each(struct store *s, const struct store_table *t,
		       bool (*each)(void *context, const struct str *cells), void *context);
bool sqlite_table_clear(struct store *s, const struct store_table *t);
bool sqlite_table_put(struct store *s, const struct store_table *t, const struct str *cells);
bool sqlite_table_end(struct store *s, const struct store_table *t);
bool sqlite_table_count(struct store *s, const struct store_table *t, int64_t *count);
bool sqlite_plain(struct store *s, const char *sql, int64_t *first);

/* Brings the schema up to date, if it may be written to: two programs starting at once do it once.
 * Reads the key of the suppression list. */
bool sqlite_schema_prepare(struct store_sqlite *q, bool may_write);
/* The version of its schema; 0: none yet. */
bool sqlite_version(struct store_sqlite *q, int64_t *version, int64_t *newest);

/* A subscriber from ten columns: SQL_SUBSCRIBER from column first on. */
#define SQL_SUBSCRIBER                                                                             \
	"s.id, s.address, s.name, s.language, s.regions, s.consent_at, s.consent_source, s.token," \
	" s.state, s.created_at"
struct subscriber sql_subscriber(sqlite3_stmt *st, int first);

#endif
