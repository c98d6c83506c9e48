/* The store in a PostgreSQL database: connection, statements, transactions.
 *
 * synchronous_commit is on, because an intent must be on the server's disk before the
 * dot is on the wire. Commands that write hold one lock of the database while they do,
 * as SQLite's writers do, so that what was looked up is still so when it is changed;
 * senders' turns do not, they claim by SKIP LOCKED. Of people they change nothing but the
 * state, to suppressed. */
#include "delivery/store_pg.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "delivery/password.h"

#include <assert.h>
#include <string.h>

enum { TEXT_BYTES = 64 << 20 };

/* ---- what went wrong ---- */

/* The server's words on one line. */
static void put_words(struct store_pg *q, struct buf *out, const PGresult *r)
{
	const char *primary = r ? q->pq.resultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	const char *why = primary ? primary : q->conn ? q->pq.errorMessage(q->conn) : "";
	struct str line, rest = str_trim(str_from(why));
	for (bool first = true; str_cut(&rest, '\n', &line); first = false) {
		buf_put_c(out, first ? "" : "; ");
		buf_put(out, str_trim(line));
	}
	if (out->len == 0)
		buf_put_c(out, q->given_up ? q->given_up : "no connection");
}

void pg_tell(struct store_pg *q, struct str words)
{
	diag_report(q->base.diags, DIAG_STORE_FAILED, (struct place){ 0 }, "%.*s (%.*s)",
		    STR_ARG(words), STR_ARG(q->base.publication->store));
}

/* Errors after which the same transaction may succeed: it lost a race with another, stood
 * still for too long, or the server is going down or coming up (PostgreSQL, appendix A). */
static bool may_be_tried_again(const char *state)
{
	static const char *const classes[] = { "08", "25P03", "40", "57P" };
	for (size_t i = 0; state && i < sizeof classes / sizeof *classes; i++)
		if (strncmp(state, classes[i], strlen(classes[i])) == 0)
			return true;
	return false;
}

bool pg_failed(struct store_pg *q, const PGresult *r)
{
	const char *state = r ? q->pq.resultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	/* What has no code did not come from the server. */
	bool gone = !state || q->pq.status(q->conn) != CONNECTION_OK;
	if (q->closing || q->ended)
		return false;
	if (q->worker && state && strcmp(state, "22012") == 0) { /* division by zero: a fence */
		q->refused = true;
		return false;
	}
	struct buf words;
	buf_init(&words, 1 << 16);
	put_words(q, &words, r);
	if (state && strcmp(state, "55P03") == 0) /* lock_not_available */
		buf_put_c(&words,
			  ": another program keeps what it needs: let it finish, or end it");
	if (q->worker && (gone || may_be_tried_again(state))) {
		q->lost = true;
		q->gone |= gone;
		buf_clear(&q->words);
		buf_put(&q->words, buf_str(&words));
	} else {
		pg_tell(q, buf_str(&words));
	}
	buf_release(&words);
	return false;
}

bool pg_succeeded(struct store_pg *q, const PGresult *r)
{
	ExecStatusType status = r ? q->pq.resultStatus(r) : PGRES_FATAL_ERROR;
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN)
		return true;
	return pg_failed(q, r);
}

/* ---- parameters ---- */

void pg_put_clean(struct buf *out, struct str text)
{
	if (utf8_invalid_at(text) == text.len && (!text.len || !memchr(text.ptr, 0, text.len))) {
		buf_put(out, text);
		return;
	}
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		if (c)
			utf8_put(out, c);
	}
}

void pg_put_item(struct buf *out, struct str text)
{
	if (out->len > 1)
		buf_put_byte(out, ',');
	buf_put_byte(out, '"');
	size_t from = out->len;
	pg_put_clean(out, text);
	/* Quotes and backslashes are rare: look before the text is written anew. */
	if (str_find(text, STR("\""), 0) < text.len || str_find(text, STR("\\"), 0) < text.len) {
		struct buf quoted;
		buf_init(&quoted, TEXT_BYTES);
		for (size_t i = from; i < out->len; i++) {
			if (out->ptr[i] == '"' || out->ptr[i] == '\\')
				buf_put_byte(&quoted, '\\');
			buf_put_byte(&quoted, out->ptr[i]);
		}
		out->len = from;
		buf_put(out, buf_str(&quoted));
		buf_release(&quoted);
	}
	buf_put_byte(out, '"');
}

void pg_put_item_int(struct buf *out, int64_t n)
{
	if (out->len > 1)
		buf_put_byte(out, ',');
	buf_put_int(out, n);
}

void pg_put_hex(struct buf *out, struct str bytes)
{
	static const char digits[] = "0123456789abcdef";
	buf_put_c(out, "\\x");
	for (size_t i = 0; i < bytes.len; i++) {
		buf_put_byte(out, digits[(unsigned char)bytes.ptr[i] >> 4]);
		buf_put_byte(out, digits[(unsigned char)bytes.ptr[i] & 15]);
	}
}

static void bind(struct store_pg *q, const char *kinds, va_list args)
{
	size_t at[PG_PARAMETERS];
	int n = 0;
	buf_clear(&q->text);
	for (; kinds[n]; n++) {
		assert(n < PG_PARAMETERS);
		at[n] = q->text.len;
		if (kinds[n] == 'i') {
			buf_put_int(&q->text, va_arg(args, int64_t));
		} else if (kinds[n] == 'b') {
			const void *bytes = va_arg(args, const unsigned char *);
			pg_put_hex(&q->text, (struct str){ bytes, SUPPRESSION_BYTES });
		} else {
			struct str s = va_arg(args, struct str);
			if (kinds[n] == 't' && s.len == 0)
				at[n] = SIZE_MAX;
			else
				pg_put_clean(&q->text, s);
		}
		buf_put_byte(&q->text, '\0');
	}
	for (int i = 0; i < n; i++) /* the text may have moved until now */
		q->values[i] = at[i] == SIZE_MAX ? NULL : q->text.ptr + at[i];
	q->value_count = n;
}

/* ---- statements ---- */

static void statement_name(char name[16], size_t number)
{
	snprintf(name, 16, "s%zu", number);
}

/* Its number, or -1, told. */
static int find_statement(struct store_pg *q, const char *sql)
{
	char name[16];
	for (size_t i = 0; i < q->prepared_count; i++)
		if (q->prepared[i] == sql)
			return (int)i;
	assert(q->prepared_count < PG_STATEMENTS);
	statement_name(name, q->prepared_count);
	PGresult *r = pg_exec_prepare(q, name, sql);
	bool ok = pg_succeeded(q, r);
	pg_clear(q, r);
	if (!ok)
		return -1;
	q->prepared[q->prepared_count] = sql;
	return (int)q->prepared_count++;
}

bool pg_prepare(struct store_pg *q, const char *sql)
{
	return find_statement(q, sql) >= 0;
}

static PGresult *run(struct store_pg *q, const char *sql, const char *kinds, va_list args)
{
	char name[16];
	bind(q, kinds, args);
	pg_revive(q);
	int number = find_statement(q, sql);
	if (number < 0)
		return NULL;
	statement_name(name, (size_t)number);
	PGresult *r = pg_exec_prepared(q, name);
	if (pg_succeeded(q, r))
		return r;
	pg_clear(q, r);
	return NULL;
}

PGresult *pg_query(struct store_pg *q, const char *sql, const char *kinds, ...)
{
	va_list args;
	va_start(args, kinds);
	PGresult *r = run(q, sql, kinds, args);
	va_end(args);
	return r;
}

bool pg_run(struct store_pg *q, int64_t *changed, const char *sql, const char *kinds, ...)
{
	va_list args;
	va_start(args, kinds);
	PGresult *r = run(q, sql, kinds, args);
	va_end(args);
	if (r && changed && !str_to_int(str_from(q->pq.cmdTuples(r)), changed))
		*changed = 0;
	pg_clear(q, r);
	return r != NULL;
}

bool pg_number(struct store_pg *q, int64_t *number, const char *sql, const char *kinds, ...)
{
	va_list args;
	va_start(args, kinds);
	PGresult *r = run(q, sql, kinds, args);
	va_end(args);
	bool there = r && pg_rows(q, r) > 0;
	if (there)
		*number = pg_int(q, r, 0, 0);
	pg_clear(q, r);
	return there;
}

bool pg_send(struct store_pg *q, const char *sql, const char *kinds, ...)
{
	char name[16];
	va_list args;
	va_start(args, kinds);
	bind(q, kinds, args);
	va_end(args);
	statement_name(name, (size_t)find_statement(q, sql));
	return q->pq.sendQueryPrepared(q->conn, name, q->value_count, q->values, NULL, NULL, 0) ==
	       1;
}

bool pg_script(struct store_pg *q, const char *script)
{
	PGresult *r = pg_exec(q, script);
	bool ok = pg_succeeded(q, r);
	pg_clear(q, r);
	return ok;
}

bool pg_script_bound(struct store_pg *q, const char *sql, const char *kinds, ...)
{
	va_list args;
	va_start(args, kinds);
	bind(q, kinds, args);
	va_end(args);
	PGresult *r = pg_exec_bound(q, sql);
	bool ok = pg_succeeded(q, r);
	pg_clear(q, r);
	return ok;
}

void pg_clear(struct store_pg *q, PGresult *r)
{
	if (r)
		q->pq.clear(r);
}

int pg_rows(struct store_pg *q, const PGresult *r)
{
	return q->pq.ntuples(r);
}

struct str pg_text(struct store_pg *q, const PGresult *r, int row, int column)
{
	return (struct str){ q->pq.getvalue(r, row, column),
			     (size_t)q->pq.getlength(r, row, column) };
}

int64_t pg_int(struct store_pg *q, const PGresult *r, int row, int column)
{
	int64_t n = 0;
	return str_to_int(pg_text(q, r, row, column), &n) ? n : 0;
}

/* ---- walks ---- */

bool pg_walk_open(struct pg_walk *w, struct store_pg *q, const char *fetch, const char *sql,
		  const char *kinds, ...)
{
	*w = (struct pg_walk){ .store = q, .fetch = fetch, .own = q->depth == 0 };
	va_list args;
	va_start(args, kinds);
	bind(q, kinds, args);
	va_end(args);
	pg_revive(q);
	if (w->own && !pg_script(q, "BEGIN"))
		return false;
	q->depth += w->own;
	PGresult *r = pg_exec_bound(q, sql);
	bool ok = pg_succeeded(q, r);
	pg_clear(q, r);
	if (!ok && w->own)
		pg_rollback(&q->base);
	return ok;
}

int pg_walk_next(struct pg_walk *w)
{
	struct store_pg *q = w->store;
	if (w->rows && ++w->row < pg_rows(q, w->rows))
		return 1;
	pg_clear(q, w->rows);
	w->row = 0;
	w->rows = pg_exec(q, w->fetch);
	if (!pg_succeeded(q, w->rows)) {
		pg_clear(q, w->rows);
		w->rows = NULL;
		return -1;
	}
	return pg_rows(q, w->rows) > 0;
}

bool pg_walk_close(struct pg_walk *w, bool ok)
{
	struct store_pg *q = w->store;
	char close[64];
	pg_clear(q, w->rows);
	if (w->own && !ok)
		pg_rollback(&q->base);
	else if (w->own)
		ok = pg_commit(&q->base);
	else if (ok) {
		snprintf(close, sizeof close, "CLOSE %s", strrchr(w->fetch, ' ') + 1);
		ok = pg_script(q, close);
	}
	return ok;
}

/* ---- transactions ---- */

bool pg_begin(struct store *s)
{
	/* A command that is stopped in the middle must not lock out all others for good. */
	static const char begin[] = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '5min'";
	static const char lock[] = "SELECT pg_advisory_xact_lock(20260317)";
	struct store_pg *q = store_pg_of(s);
	pg_revive(q);
	/* The fence comes first: nobody declares this sender dead while it waits. */
	if ((q->depth == 0 && (!pg_script(q, begin) || (q->worker && !pg_fence(q)))) ||
	    (!q->serial && !pg_script(q, lock))) {
		if (q->depth == 0)
			pg_rollback(s);
		return false;
	}
	q->serial = true;
	q->depth++;
	return true;
}

void pg_rollback(struct store *s)
{
	struct store_pg *q = store_pg_of(s);
	q->depth = 0;
	q->serial = false;
	if (q->conn && q->pq.transactionStatus(q->conn) != PQTRANS_IDLE)
		pg_clear(q, pg_exec(q, "ROLLBACK"));
}

bool pg_commit(struct store *s)
{
	struct store_pg *q = store_pg_of(s);
	if (--q->depth > 0)
		return true;
	q->serial = false;
	PGresult *r = pg_exec(q, "COMMIT");
	bool ok = pg_succeeded(q, r);
	/* The answer to COMMIT is ROLLBACK when a statement before failed. */
	if (ok && strcmp(q->pq.cmdStatus(r), "COMMIT") != 0) {
		pg_tell(q, STR("the transaction was taken back"));
		ok = false;
	}
	q->losses = ok ? 0 : q->losses;
	pg_clear(q, r);
	return ok;
}

/* ---- opening ---- */

static void pg_close(struct store *s)
{
	struct store_pg *q = store_pg_of(s);
	struct arena *a = s->arena;
	q->closing = true;
	pg_rollback(s);
	pg_retire(s);
	pg_disconnect(q);
	buf_release(&q->text);
	buf_release(&q->words);
	arena_close(a);
}

static const struct store_ops pg_ops = {
	.close = pg_close,
	.begin = pg_begin,
	.commit = pg_commit,
	.rollback = pg_rollback,
	.lock_sender = pg_lock_sender,
	.no_senders = pg_no_senders,
	.beat = pg_beat,
	.retire = pg_retire,
	.find = pg_find,
	.insert = pg_insert,
	.update = pg_update,
	.forget = pg_forget,
	.each = pg_each,
	.suppression_find = pg_suppression_find,
	.suppression_put = pg_suppression_put,
	.suppression_remove = pg_suppression_remove,
	.stats = pg_stats,
	.dots_place = pg_dots_place,
	.adopt = pg_adopt,
	.intents = pg_intents,
	.recover = pg_recover,
	.freeze = pg_freeze,
	.turn = pg_turn,
	.remainder = pg_remainder,
	.pause = pg_pause,
	.bound_waits = pg_bound_waits,
	.planned = pg_planned,
	.deliveries = pg_deliveries,
	.status = pg_status,
	.control = pg_control,
	.cancel_left = pg_cancel_left,
	.controlled = pg_controlled,
	.settle = pg_settle,
	.attempts = pg_attempts,
	.details = pg_details,
	.relay_number = pg_relay_number,
	.relay_say = pg_relay_say,
	.relay_days = pg_relay_days,
	.warm_up_begin = pg_warm_up_begin,
	.warm_up_take = pg_warm_up_take,
	.relays = pg_relays,
	.words_forget = pg_words_forget,
	.issues_forget = pg_issues_forget,
	.any_issue = pg_any_issue,
	.bounced_find = pg_bounced_find,
	.bounce_put = pg_bounce_put,
	.soft_in_a_row = pg_soft_in_a_row,
	.bounces_settle = pg_bounces_settle,
	.bounces = pg_bounces,
	.folder_find = pg_folder_find,
	.folder_put = pg_folder_put,
	.by_token = pg_by_token,
	.request_by_token = pg_request_by_token,
	.suppression_reason = pg_suppression_reason,
	.requests_between = pg_requests_between,
	.request_put = pg_request_put,
	.request_due = pg_request_due,
	.request_mark = pg_request_mark,
	.requests_forget = pg_requests_forget,
	.consent_words = pg_consent_words,
	.consent_put = pg_consent_put,
	.consents = pg_consents,
	.state = pg_state,
	.snapshot = pg_snapshot,
	.table_each = pg_table_each,
	.table_clear = pg_table_clear,
	.table_put = pg_table_put,
	.table_end = pg_table_end,
	.table_count = pg_table_count,
	.plain = pg_plain,
};

/* A command line can be read by others, and settings are copied and mailed. */
static bool url_is_discreet(struct str url)
{
	size_t start = str_find(url, STR("://"), 0) + 3;
	size_t end = str_find(url, STR("/"), start);
	struct str host = str_sub(url, start, end - start);
	size_t at = str_find(host, STR("@"), 0);
	return (at == host.len || str_find(str_sub(host, 0, at), STR(":"), 0) == at) &&
	       str_find(url, STR("password="), 0) == url.len;
}

struct store *store_pg_open(const struct publication *p, enum store_access access, int patience_ms,
			    const struct world *w, struct diags *d)
{
	const struct postgresql_settings *settings = &p->postgresql;
	if (!url_is_discreet(p->store)) {
		diag_report_hint(d, DIAG_STORE_SETTING, (struct place){ 0 },
				 STR("PGPASSWORD or ~/.pgpass tell it"),
				 "a password in an address can be read by others");
		return NULL;
	}
	struct arena *a = arena_open();
	struct store_pg *q = NEW(a, struct store_pg);
	q->base = (struct store){ .ops = &pg_ops,
				  .publication = p,
				  .world = w,
				  .diags = d,
				  .arena = a,
				  .access = access,
				  .patience_ms = patience_ms };
	q->url = str_c(a, p->store);
	q->lease_s = settings->lease_s ? settings->lease_s : PG_LEASE_S;
	buf_init(&q->text, TEXT_BYTES);
	buf_init(&q->words, 1 << 16);
	bool login = settings->password_env.len || settings->password_file.len;
	if (pq_open(&q->pq, d) &&
	    (!login || password_read(a, p->root, settings->password_env, settings->password_file, w,
				     d, DIAG_STORE_SETTING, settings->place, &q->password)) &&
	    pg_connect(q) && pg_schema(q))
		return &q->base;
	pg_close(&q->base);
	return NULL;
}
