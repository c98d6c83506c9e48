/* The tables of the SQLite store, and what a store is asked for when it is opened: its version,
 * and the key of the suppression list. */
#include "delivery/store_sqlite.h"

#include "base/diag.h"

#include <string.h>

/* Step by step from an empty file to today's schema; a released step is never
 * changed, only followed by another. */
static const char *const migrations[] = {
	"CREATE TABLE secret(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE subscriber("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" key TEXT NOT NULL UNIQUE," /* the same for all spellings of the address */
	" domain TEXT NOT NULL,"
	" address TEXT NOT NULL,"
	" name TEXT NOT NULL,"
	" language TEXT NOT NULL,"
	" regions TEXT NOT NULL," /* as given, joined with ';' */
	" consent_at TEXT NOT NULL,"
	" consent_source TEXT NOT NULL,"
	" token TEXT NOT NULL UNIQUE,"
	" state INTEGER NOT NULL,"
	" created_at INTEGER NOT NULL,"
	" updated_at INTEGER NOT NULL);"
	"CREATE TABLE subscriber_region("
	" subscriber_id INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,"
	" fold TEXT NOT NULL," /* in lower case */
	" PRIMARY KEY(subscriber_id, fold)) WITHOUT ROWID;"
	"CREATE TABLE suppression("
	" hash BLOB PRIMARY KEY,"
	" reason INTEGER NOT NULL,"
	" at INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE issue("
	" id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE,"
	" first_at INTEGER NOT NULL,"
	" paused INTEGER NOT NULL DEFAULT 0,"
	" words TEXT NOT NULL DEFAULT '');"
	"CREATE TABLE audience("
	" issue_id INTEGER NOT NULL REFERENCES issue,"
	" region TEXT NOT NULL," /* folded; '' is everyone */
	" frozen_at INTEGER NOT NULL,"
	" PRIMARY KEY(issue_id, region)) WITHOUT ROWID;"
	"CREATE TABLE segment("
	" id INTEGER PRIMARY KEY,"
	" issue_id INTEGER NOT NULL REFERENCES issue,"
	" language TEXT NOT NULL,"
	" region TEXT NOT NULL," /* folded; '' is everyone else */
	" domain TEXT NOT NULL," /* right part of the Message-ID */
	" UNIQUE(issue_id, language, region));"
	"CREATE TABLE delivery("
	" id INTEGER PRIMARY KEY,"
	" issue_id INTEGER NOT NULL REFERENCES issue,"
	" subscriber_id INTEGER REFERENCES subscriber ON DELETE SET NULL,"
	" segment_id INTEGER NOT NULL REFERENCES segment,"
	" token TEXT NOT NULL,"
	" state INTEGER NOT NULL,"
	" attempts INTEGER NOT NULL DEFAULT 0,"
	" next_at INTEGER NOT NULL DEFAULT 0,"
	" first_at INTEGER NOT NULL DEFAULT 0,"
	" at INTEGER NOT NULL,"
	" code INTEGER NOT NULL DEFAULT 0,"
	" words TEXT NOT NULL DEFAULT '');"
	"CREATE UNIQUE INDEX delivery_once ON delivery(issue_id, subscriber_id);"
	"CREATE INDEX delivery_of ON delivery(subscriber_id);"
	"CREATE INDEX delivery_due ON delivery(issue_id, next_at, id) WHERE state = 0;"
	"CREATE INDEX delivery_live ON delivery(state) WHERE state IN (1, 2);",
	/* Bounces name a token. Filled when bounces are read, in order: an index would fill
	 * in random order while an issue is sent, and cost a tenth of its sending. */
	"CREATE TABLE token("
	" issue_id INTEGER NOT NULL,"
	" token TEXT NOT NULL,"
	" delivery_id INTEGER NOT NULL,"
	" PRIMARY KEY(issue_id, token)) WITHOUT ROWID;"
	"CREATE TABLE token_until(delivery_id INTEGER NOT NULL);" /* filled so far */
	"INSERT INTO token_until VALUES(0);"
	"CREATE TABLE bounce("
	" delivery_id INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,"
	" digest BLOB NOT NULL," /* of the mail's Message-ID: each mail counts once */
	" kind INTEGER NOT NULL,"
	" status TEXT NOT NULL,"
	" words TEXT NOT NULL,"
	" at INTEGER NOT NULL,"
	" settled INTEGER NOT NULL DEFAULT 0," /* counted for a suppression already */
	" PRIMARY KEY(delivery_id, digest)) WITHOUT ROWID;"
	"CREATE TABLE folder("
	" name TEXT PRIMARY KEY,"
	" validity INTEGER NOT NULL,"
	" uid INTEGER NOT NULL) WITHOUT ROWID;",
	/* Attempts that settled nothing; the last one stands in the delivery. Most have one
	 * attempt alone and cost nothing here. */
	"CREATE TABLE attempt("
	" delivery_id INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,"
	" at INTEGER NOT NULL,"
	" code INTEGER NOT NULL,"
	" words TEXT NOT NULL);"
	"CREATE INDEX attempt_of ON attempt(delivery_id);",
	/* What readers do themselves. No network address is kept. */
	"CREATE TABLE request("
	" id INTEGER PRIMARY KEY,"
	" token TEXT NOT NULL UNIQUE,"
	" key TEXT NOT NULL,"
	" address TEXT NOT NULL,"
	" name TEXT NOT NULL,"
	" language TEXT NOT NULL,"
	" regions TEXT NOT NULL,"
	" version TEXT NOT NULL,"
	" asked_at INTEGER NOT NULL,"
	" state INTEGER NOT NULL,"
	" attempts INTEGER NOT NULL,"
	" next_at INTEGER NOT NULL,"
	" first_at INTEGER NOT NULL);"
	"CREATE INDEX request_of ON request(key, asked_at);"
	"CREATE INDEX request_due ON request(next_at, id) WHERE state = 0;"
	"CREATE TABLE consent_text(version TEXT PRIMARY KEY, words TEXT NOT NULL);"
	"CREATE TABLE consent("
	" id INTEGER PRIMARY KEY,"
	" subscriber_id INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,"
	" state INTEGER NOT NULL,"
	" at INTEGER NOT NULL,"
	" channel TEXT NOT NULL,"
	" version TEXT NOT NULL);"
	"CREATE INDEX consent_of ON consent(subscriber_id);",
	/* Which of several mail servers took a message, or said the words. They are never
	 * forgotten, so that no reference has to be checked with each message. */
	"CREATE TABLE relay("
	" id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE,"
	" issue_id INTEGER," /* of which it refused to take more */
	" words TEXT NOT NULL DEFAULT '');" /* that it refused with */
	"ALTER TABLE delivery ADD COLUMN relay_id INTEGER;"
	"ALTER TABLE attempt ADD COLUMN relay_id INTEGER;",
};
enum { SCHEMA_VERSION = sizeof migrations / sizeof *migrations };

int sql_has_table(struct store_sqlite *q, const char *name)
{
	sqlite3_stmt *st = sql_prepare(q, "SELECT 1 FROM sqlite_schema WHERE name = ?1");
	if (!st)
		return -1;
	sql_bind(st, "s", str_from(name));
	int row = sql_step(q, st);
	if (row > 0)
		sql_reset(st);
	return row;
}

static bool schema_version(struct store_sqlite *q, int64_t *version)
{
	static const char newest[] = "SELECT coalesce(max(version), 0) FROM schema_version";
	*version = 0;
	int row = sql_has_table(q, "schema_version");
	if (row <= 0)
		return row == 0;
	sqlite3_stmt *st = sql_prepare(q, newest);
	if (!st || sql_step(q, st) != 1)
		return false;
	*version = sqlite3_column_int64(st, 0);
	sql_reset(st);
	return true;
}

bool sqlite_version(struct store_sqlite *q, int64_t *version, int64_t *newest)
{
	*newest = SCHEMA_VERSION;
	return schema_version(q, version);
}

static bool make_secret(struct store_sqlite *q)
{
	const struct world *w = q->base.world;
	if (!w->random(w->context, q->base.secret, SECRET_BYTES)) {
		diag_report(q->base.diags, DIAG_STORE_FAILED, (struct place){ 0 },
			    "the system has no randomness");
		return false;
	}
	return sql_run(q, "INSERT INTO secret(name, value) VALUES('suppression', ?1)", "b",
		       q->base.secret);
}

static bool migrate(struct store_sqlite *q, int64_t version)
{
	const struct world *w = q->base.world;
	if (!sql_script(q, "CREATE TABLE IF NOT EXISTS schema_version("
			   "version INTEGER PRIMARY KEY, at INTEGER NOT NULL)"))
		return false;
	bool fresh = version == 0;
	for (; version < SCHEMA_VERSION; version++)
		if (!sql_script(q, migrations[version]) ||
		    !sql_run(q, "INSERT INTO schema_version(version, at) VALUES(?1, ?2)", "ii",
			     version + 1, w->clock(w->context)))
			return false;
	return !fresh || make_secret(q);
}

static bool read_secret(struct store_sqlite *q)
{
	sqlite3_stmt *st = sql_prepare(q, "SELECT value FROM secret WHERE name = 'suppression'");
	if (!st || sql_step(q, st) != 1)
		return false;
	bool whole = sqlite3_column_bytes(st, 0) == SECRET_BYTES;
	if (whole)
		memcpy(q->base.secret, sqlite3_column_blob(st, 0), SECRET_BYTES);
	sql_reset(st);
	if (!whole)
		diag_report(q->base.diags, DIAG_STORE_FAILED, (struct place){ 0 },
			    "the key of the suppression list is damaged");
	return whole;
}

bool sqlite_schema_prepare(struct store_sqlite *q, bool may_write)
{
	int64_t version;
	if (!schema_version(q, &version))
		return false;
	if (version > SCHEMA_VERSION) {
		diag_report(q->base.diags, DIAG_STORE_FAILED, (struct place){ 0 },
			    "%.*s was made by a newer glos (schema %lld, known %d)",
			    STR_ARG(q->base.publication->store), (long long)version,
			    SCHEMA_VERSION);
		return false;
	}
	if (version < SCHEMA_VERSION && may_write) {
		if (!q->base.ops->begin(&q->base))
			return false;
		/* Again, now that nobody else can write. */
		if (!schema_version(q, &version) || !migrate(q, version)) {
			q->base.ops->rollback(&q->base);
			return false;
		}
		if (!q->base.ops->commit(&q->base))
			return false;
	}
	return read_secret(q);
}
