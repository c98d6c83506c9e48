/* The store in one SQLite file: opening, statements, transactions.
 *
 * WAL, so that readers never wait for the sender; synchronous=FULL, because an
 * intent must be on the disk before the dot is on the wire: with NORMAL a power
 * loss would forget intents of messages that arrived, and send them twice.
 * secure_delete, because forgetting a person must overwrite the bytes. */
#include "delivery/store_sqlite.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/language.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How long another program's lock is waited for; from when on that is told. */
enum { BUSY_MS = 30000, TELL_BUSY_MS = 2000 };

static int cancelled(const struct store_sqlite *q)
{
	const struct world *w = q->base.world;
	return w->cancelled ? w->cancelled(w->context) : 0;
}

/* Whether a person no longer wants to wait for the lock. One word is enough to a sender as long
 * as no dot can have left. Behind its first intent it is not: what was accepted, or will be by
 * those on the wire, has its mark in a turn to come, and a turn that fails ends all of them. The
 * file of dots knows the answers, but not those still to come, and is worth nothing after a loss
 * of power. Nor is it to glos serve, which answers what is under way. */
static bool is_given_up(const struct store_sqlite *q)
{
	return cancelled(q) >= (q->lock >= 0 && !q->has_intents ? 1 : 2);
}

bool sql_failed(struct store_sqlite *q)
{
	bool busy = q->db && (sqlite3_errcode(q->db) & 0xff) == SQLITE_BUSY;
	if (busy && is_given_up(q))
		return false; /* whoever waits no longer knows it */
	if (busy) {
		diag_report_hint(q->base.diags, DIAG_STORE_FAILED, (struct place){ 0 },
				 STR("another program holds its lock: let it finish, or end it"),
				 "%s (%.*s)", sqlite3_errmsg(q->db),
				 STR_ARG(q->base.publication->store));
		return false;
	}
	diag_report(q->base.diags, DIAG_STORE_FAILED, (struct place){ 0 }, "%s (%.*s)",
		    q->db ? sqlite3_errmsg(q->db) : "out of memory",
		    STR_ARG(q->base.publication->store));
	return false;
}

bool sql_script(struct store_sqlite *q, const char *script)
{
	return sqlite3_exec(q->db, script, NULL, NULL, NULL) == SQLITE_OK || sql_failed(q);
}

sqlite3_stmt *sql_prepare(struct store_sqlite *q, const char *sql)
{
	for (size_t i = 0; i < q->prepared_count; i++)
		if (q->prepared[i].sql == sql)
			return q->prepared[i].statement;
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v3(q->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK) {
		sql_failed(q);
		return NULL;
	}
	assert(q->prepared_count < SQLITE_STATEMENTS);
	q->prepared[q->prepared_count].sql = sql;
	q->prepared[q->prepared_count++].statement = st;
	return st;
}

static void bind_all(sqlite3_stmt *st, const char *kinds, va_list args)
{
	for (int i = 1; kinds[i - 1]; i++) {
		if (kinds[i - 1] == 'i') {
			sqlite3_bind_int64(st, i, va_arg(args, int64_t));
		} else if (kinds[i - 1] == 'b') {
			sqlite3_bind_blob(st, i, va_arg(args, const unsigned char *),
					  SUPPRESSION_BYTES, SQLITE_TRANSIENT);
		} else {
			struct str s = va_arg(args, struct str);
			if (kinds[i - 1] == 't' && s.len == 0)
				sqlite3_bind_null(st, i);
			else
				sqlite3_bind_text64(st, i, s.ptr ? s.ptr : "", s.len,
						    SQLITE_TRANSIENT, SQLITE_UTF8);
		}
	}
}

void sql_bind(sqlite3_stmt *st, const char *kinds, ...)
{
	va_list args;
	va_start(args, kinds);
	bind_all(st, kinds, args);
	va_end(args);
}

int sql_step(struct store_sqlite *q, sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		return 1;
	if (rc != SQLITE_DONE)
		sql_failed(q);
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

void sql_reset(sqlite3_stmt *st)
{
	sqlite3_reset(st);
}

bool sql_run(struct store_sqlite *q, const char *sql, const char *kinds, ...)
{
	sqlite3_stmt *st = sql_prepare(q, sql);
	if (!st)
		return false;
	va_list args;
	va_start(args, kinds);
	bind_all(st, kinds, args);
	va_end(args);
	int row = sql_step(q, st);
	if (row > 0)
		sql_reset(st);
	return row >= 0;
}

struct str sql_text(sqlite3_stmt *st, int column)
{
	const unsigned char *text = sqlite3_column_text(st, column);
	return (struct str){ (const char *)text, (size_t)sqlite3_column_bytes(st, column) };
}

/* ---- transactions ---- */

/* Whether a path still leads to a file. */
static bool leads_to(const char *path, dev_t device, ino_t file)
{
	struct stat now;
	return stat(path, &now) == 0 && now.st_dev == device && now.st_ino == file;
}

/* A file that was removed or replaced goes on being written to, and nobody will ever read
 * it; without the lock's, two send. */
static bool is_in_place(struct store_sqlite *q)
{
	const char *path = sqlite3_db_filename(q->db, "main");
	bool ok = q->device == 0 || leads_to(path, q->device, q->file);
	if (ok && q->lock >= 0) {
		struct buf name;
		struct stat held;
		buf_init(&name, 1 << 16);
		buf_format(&name, "%s.lock", path);
		ok = fstat(q->lock, &held) == 0 && leads_to(name.ptr, held.st_dev, held.st_ino);
		buf_release(&name);
	}
	if (!ok)
		diag_report(q->base.diags, DIAG_STORE_REPLACED, (struct place){ 0 }, "%s", path);
	return ok;
}

static bool sqlite_begin(struct store *s)
{
	struct store_sqlite *q = store_sqlite_of(s);
	if (q->depth == 0 && (!is_in_place(q) || !sql_run(q, "BEGIN IMMEDIATE", "")))
		return false;
	q->depth++;
	return true;
}

static void sqlite_rollback(struct store *s)
{
	struct store_sqlite *q = store_sqlite_of(s);
	q->depth = 0;
	/* A failed statement may have ended the transaction already. */
	if (!sqlite3_get_autocommit(q->db))
		sqlite3_exec(q->db, "ROLLBACK", NULL, NULL, NULL);
}

static bool sqlite_commit(struct store *s)
{
	struct store_sqlite *q = store_sqlite_of(s);
	if (--q->depth > 0 || sql_run(q, "COMMIT", ""))
		return true;
	sqlite_rollback(s); /* a full disk leaves the transaction open */
	return false;
}

static void sqlite_close(struct store *s)
{
	struct store_sqlite *q = store_sqlite_of(s);
	struct arena *a = s->arena;
	sqlite_rollback(s);
	sqlite3_finalize(q->put);
	for (size_t i = 0; i < q->prepared_count; i++)
		sqlite3_finalize(q->prepared[i].statement);
	sqlite3_close(q->db);
	if (q->lock >= 0)
		close(q->lock);
	arena_close(a);
}

static bool sqlite_lock_sender(struct store *s)
{
	struct store_sqlite *q = store_sqlite_of(s);
	struct buf name;
	buf_init(&name, 1 << 16);
	buf_format(&name, "%s.lock", sqlite3_db_filename(q->db, "main"));
	q->lock = open(name.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	bool ours = q->lock >= 0 && flock(q->lock, LOCK_EX | LOCK_NB) == 0;
	if (!ours) {
		enum diag_code code = q->lock >= 0 && errno == EWOULDBLOCK ? DIAG_STORE_LOCKED
									   : DIAG_STORE_FAILED;
		diag_report(s->diags, code, (struct place){ 0 }, "%s%s%s", name.ptr,
			    code == DIAG_STORE_FAILED ? ": " : "",
			    code == DIAG_STORE_FAILED ? strerror(errno) : "");
	}
	buf_release(&name);
	return ours;
}

/* The lock says it: a sender that died holds it no longer. */
static bool sqlite_beat(struct store *s)
{
	(void)s;
	return true;
}

static const struct store_ops sqlite_ops = {
	.close = sqlite_close,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.lock_sender = sqlite_lock_sender,
	.no_senders = sqlite_lock_sender,
	.beat = sqlite_beat,
	.find = sqlite_find,
	.insert = sqlite_insert,
	.update = sqlite_update,
	.forget = sqlite_forget,
	.each = sqlite_each,
	.suppression_find = sqlite_suppression_find,
	.suppression_put = sqlite_suppression_put,
	.suppression_remove = sqlite_suppression_remove,
	.stats = sqlite_stats,
	.dots_place = sqlite_dots_place,
	.adopt = sqlite_adopt,
	.intents = sqlite_intents,
	.recover = sqlite_recover,
	.freeze = sqlite_freeze,
	.turn = sqlite_turn,
	.remainder = sqlite_remainder,
	.pause = sqlite_pause,
	.bound_waits = sqlite_bound_waits,
	.planned = sqlite_planned,
	.deliveries = sqlite_deliveries,
	.status = sqlite_status,
	.control = sqlite_control,
	.cancel_left = sqlite_cancel_left,
	.controlled = sqlite_controlled,
	.settle = sqlite_settle,
	.attempts = sqlite_attempts,
	.details = sqlite_details,
	.words_forget = sqlite_words_forget,
	.issues_forget = sqlite_issues_forget,
	.relay_number = sqlite_relay_number,
	.relay_say = sqlite_relay_say,
	.relay_days = sqlite_relay_days,
	.relays = sqlite_relays,
	.any_issue = sqlite_any_issue,
	.bounced_find = sqlite_bounced_find,
	.bounce_put = sqlite_bounce_put,
	.soft_in_a_row = sqlite_soft_in_a_row,
	.bounces_settle = sqlite_bounces_settle,
	.bounces = sqlite_bounces,
	.folder_find = sqlite_folder_find,
	.folder_put = sqlite_folder_put,
	.by_token = sqlite_by_token,
	.request_by_token = sqlite_request_by_token,
	.suppression_reason = sqlite_suppression_reason,
	.requests_between = sqlite_requests_between,
	.request_put = sqlite_request_put,
	.request_due = sqlite_request_due,
	.request_mark = sqlite_request_mark,
	.requests_forget = sqlite_requests_forget,
	.consent_words = sqlite_consent_words,
	.consent_put = sqlite_consent_put,
	.consents = sqlite_consents,
	.state = sqlite_state,
	.snapshot = sqlite_snapshot,
	.table_each = sqlite_table_each,
	.table_clear = sqlite_table_clear,
	.table_put = sqlite_table_put,
	.table_end = sqlite_table_end,
	.table_count = sqlite_table_count,
	.plain = sqlite_plain,
};

/* ---- opening ---- */

/* SQL function token(): a fresh random token. */
static void sql_token(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct token_source *tokens = sqlite3_user_data(context);
	char token[TOKEN_CHARS + 1];
	(void)count, (void)values;
	if (token_take(tokens, token))
		sqlite3_result_text(context, token, TOKEN_CHARS, SQLITE_TRANSIENT);
	else
		sqlite3_result_error(context, "the system has no randomness", -1);
}

/* SQL function speaks(tag, other): whether both are the same language, wherever spoken. */
static void sql_speaks(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct str tag[2];
	(void)count;
	for (int i = 0; i < 2; i++) {
		const unsigned char *text = sqlite3_value_text(values[i]);
		tag[i] = (struct str){ (const char *)text, (size_t)sqlite3_value_bytes(values[i]) };
	}
	sqlite3_result_int(context, language_is(tag[0], language_primary(tag[1])));
}

/* The file is made here and not by SQLite, whose files others may read. One that is there
 * is not opened: to close it would take away the locks that other connections of this
 * program hold on it (POSIX, fcntl), and another program could then remove the log from
 * under them. */
static bool make_private_file(const char *path)
{
	if (!folder_make_for(path))
		return false;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		return close(fd) == 0;
	struct stat st;
	if (errno != EEXIST || stat(path, &st) != 0)
		return false;
	if (access(path, R_OK | W_OK) != 0)
		return false;
	/* One restored from a backup may be open to others; it holds addresses. */
	if ((st.st_mode & 077) && chmod(path, 0600) != 0)
		errno = 0; /* another's file: nothing we may change */
	return true;
}

/* Another program has the lock: whether to try again. */
static int wait_for_lock(void *context, int tries)
{
	enum { BRIEFLY = 10, BRIEFLY_MS = 2, LONGER_MS = 25 };
	struct store_sqlite *q = context;
	const struct world *w = q->base.world;
	int pause = tries < BRIEFLY ? BRIEFLY_MS : LONGER_MS;
	int waited = tries < BRIEFLY ? tries * BRIEFLY_MS
				     : BRIEFLY * BRIEFLY_MS + (tries - BRIEFLY) * LONGER_MS;
	if (waited >= (q->base.patience_ms ? q->base.patience_ms : BUSY_MS) || is_given_up(q))
		return 0;
	if (waited >= TELL_BUSY_MS && w->progress)
		w->progress(w->context, STR("waiting for the database"), 0, 0);
	const struct timespec nap = { .tv_nsec = pause * 1000000L };
	nanosleep(&nap, NULL);
	return 1;
}

static bool connect_to(struct store_sqlite *q, const char *path, bool in_memory)
{
	bool may_write = in_memory || q->base.access != STORE_READ;
	int flags = SQLITE_OPEN_NOMUTEX |
		    (may_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
	if (sqlite3_open_v2(in_memory ? ":memory:" : path, &q->db, flags, NULL) != SQLITE_OK)
		return sql_failed(q);
	sqlite3_busy_handler(q->db, wait_for_lock, q);
	q->tokens = NEW(q->base.arena, struct token_source);
	q->tokens->world = q->base.world;
	sqlite3_create_function(q->db, "token", 0, SQLITE_UTF8, q->tokens, sql_token, NULL, NULL);
	sqlite3_create_function(q->db, "speaks", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
				sql_speaks, NULL, NULL);
	if (may_write && !in_memory && !sql_script(q, "PRAGMA journal_mode = WAL"))
		return false;
	return sql_script(q, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
			     "PRAGMA secure_delete = ON;"
			     /* 2 MB, which stay in the processor's caches while turns go over
			      * them again and again; half of SQLite's own measure. */
			     "PRAGMA wal_autocheckpoint = 500;"
			     /* 16 MB: the audience of a large issue is one transaction. */
			     "PRAGMA cache_size = -16384;") &&
	       sqlite_schema_prepare(q, may_write);
}

/* Whether there is no database yet; an empty file, left by a full disk, is none either. False
 * when nobody can tell: a database that must not be seen is not an empty one. */
static bool look_for(const char *path, bool *missing)
{
	struct stat info;
	bool found = stat(path, &info) == 0;
	*missing = found ? info.st_size == 0 : errno == ENOENT;
	return found || *missing;
}

struct store *store_sqlite_open(const struct publication *p, const char *path,
				enum store_access access, int patience_ms, const struct world *w,
				struct diags *d)
{
	struct arena *a = arena_open();
	struct store_sqlite *q = NEW(a, struct store_sqlite);
	q->base = (struct store){ .ops = &sqlite_ops,
				  .publication = p,
				  .world = w,
				  .diags = d,
				  .arena = a,
				  .access = access,
				  .patience_ms = patience_ms };
	q->lock = -1;
	struct stat info;
	if (access == STORE_WRITE ? !make_private_file(path) : !look_for(path, &q->missing)) {
		diag_report(d, DIAG_STORE_FAILED, (struct place){ 0 }, "%s (%s)", strerror(errno),
			    path);
		arena_close(a);
		return NULL;
	}
	if (!connect_to(q, path, q->missing)) {
		sqlite_close(&q->base);
		return NULL;
	}
	if (!q->missing && stat(path, &info) == 0) {
		q->device = info.st_dev;
		q->file = info.st_ino;
	}
	return &q->base;
}
