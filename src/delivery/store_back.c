/* The way back to an older schema, for who has to run an older glos again. What the steps say
 * is plain enough for both databases. */
#include "delivery/store.h"

#include "base/diag.h"

#include <assert.h>

enum { LOSSES = 5 };

/* From a version to the one before it: the statements, and what gets lost by them. */
struct step_back {
	const char *statements;
	struct {
		const char *count; /* a query for how many there are */
		const char *what;
	} losses[LOSSES];
};

/* The first leads from version 2 to 1. A store that nothing was added to loses nothing.
 * Who may not be sent to under the newer version is not sent to by the older one. */
static const struct step_back steps[] = {
	{ "DROP TABLE bounce; DROP TABLE folder; DROP TABLE token; DROP TABLE token_until;",
	  { { "SELECT count(*) FROM bounce", "bounces" },
	    { "SELECT count(*) FROM folder", "places up to which folders of mail were read" } } },
	{ "UPDATE delivery SET state = 6 WHERE state = 7;"
	  "UPDATE issue SET paused = 1 WHERE paused IN (2, 3);"
	  "DROP TABLE attempt;",
	  { { "SELECT count(*) FROM attempt", "earlier attempts" },
	    { "SELECT count(*) FROM delivery WHERE state = 7",
	      "cancelled deliveries, which become suppressed ones" },
	    { "SELECT count(*) FROM issue WHERE paused IN (2, 3)",
	      "issues that a person paused or cancelled, which the next run would send" } } },
	{ "UPDATE subscriber SET state = 2 WHERE state = 4;"
	  "DROP TABLE request; DROP TABLE consent; DROP TABLE consent_text;",
	  { { "SELECT count(*) FROM request", "requests to subscribe" },
	    { "SELECT count(*) FROM consent", "lines of the log of consents" },
	    { "SELECT count(*) FROM consent_text", "texts that readers agreed to" },
	    { "SELECT count(*) FROM subscriber WHERE state = 4",
	      "readers who paused, who become unsubscribed" } } },
	{ "ALTER TABLE delivery DROP COLUMN relay_id; ALTER TABLE attempt DROP COLUMN relay_id;"
	  "DROP TABLE relay;",
	  { { "SELECT count(*) FROM relay", "relays, of which it is known what they took" },
	    { "SELECT count(*) FROM issue WHERE paused = 4",
	      "issues whose readers are forgotten, which --new would send to everybody again" } } },
};
enum { NEWEST = sizeof steps / sizeof *steps + 1 };

/* Tells what would be lost; *nothing: unless there is something. */
static bool look(struct store *s, const struct step_back *step, bool *nothing)
{
	for (size_t i = 0; i < LOSSES && step->losses[i].count; i++) {
		int64_t n;
		if (!s->ops->plain(s, step->losses[i].count, &n))
			return false;
		if (n == 0)
			continue;
		*nothing = false;
		diag_report_hint(s->diags, DIAG_STORE_SETTING, (struct place){ 0 },
				 STR("--discard, perhaps after glos store copy"),
				 "the older schema cannot keep %lld %s", (long long)n,
				 step->losses[i].what);
	}
	return true;
}

static bool step_back(struct store *s, const struct step_back *step, int64_t to)
{
	struct buf forget;
	buf_init(&forget, 1 << 10);
	buf_format(&forget, "DELETE FROM schema_version WHERE version > %lld", (long long)to);
	bool ok = s->ops->plain(s, step->statements, NULL) && s->ops->plain(s, forget.ptr, NULL);
	buf_release(&forget);
	return ok;
}

bool store_go_back(struct store *s, int64_t version, bool discard)
{
	struct store_state state = { 0 };
	if (!s->ops->begin(s))
		return false;
	bool ok = s->ops->state(s, &state), nothing = true;
	assert(!ok || (version >= 1 && version <= state.newest && state.newest == NEWEST));
	if (state.senders) {
		diag_report(s->diags, DIAG_STORE_LOCKED, (struct place){ 0 }, "%.*s",
			    STR_ARG(s->publication->store));
		ok = false;
	}
	for (int64_t v = state.version; !discard && ok && v > version; v--)
		ok = look(s, &steps[v - 2], &nothing); /* all are looked at: all is told at once */
	for (int64_t v = state.version; ok && nothing && v > version; v--)
		ok = step_back(s, &steps[v - 2], v - 1);
	if (ok && nothing)
		return s->ops->commit(s);
	s->ops->rollback(s);
	return false;
}
