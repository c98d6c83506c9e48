/* Who receives: one person at a time. The rules of the roster stand here, whatever
 * the database: one mailbox is one person however it is spelled, and nobody who
 * left is brought back unless they asked anew. */
#include "delivery/roster.h"

#include "base/arena.h"
#include "base/language.h"
#include "base/utf8.h"

static struct str at_most(struct str s)
{
	return str_sub(s, 0, 80);
}

/* Takes an address apart, or tells what is wrong with it. */
static bool parse(struct store *s, struct arena *a, struct str address, struct address *parsed)
{
	const char *problem;
	if (address_parse(a, str_trim(address), parsed, &problem))
		return true;
	diag_report(s->diags, DIAG_ADDRESS_INVALID, (struct place){ 0 }, "%.*s: %s",
		    STR_ARG(at_most(address)), problem);
	return false;
}

static bool found_one(void *context, const struct subscriber *s)
{
	bool *found = context;
	(void)s;
	*found = true;
	return false;
}

/* The regions there are, the largest first. */
static struct str name_regions(struct arena *a, const struct roster_stats *stats)
{
	enum { NAMED_MOST = 20 };
	struct str names = STR("");
	size_t named = 0;
	for (size_t i = 0; i < stats->region_count && named < NAMED_MOST; i++) {
		if (stats->regions[i].name.len == 0)
			continue;
		names = str_format(a, "%.*s%s%.*s", STR_ARG(names),
				   named ? ", " : "known are: ", STR_ARG(stats->regions[i].name));
		named++;
	}
	return named ? names : STR("no subscriber has a region: glos subscribers import");
}

bool roster_knows_region(struct store *s, struct str region)
{
	struct roster_filter f = { .region = region };
	struct roster_stats stats;
	bool found = region.len == 0;
	if (found)
		return true;
	if (!roster_each(s, &f, found_one, &found) || found)
		return found;
	struct arena *a = arena_open();
	if (roster_stats(s, a, &stats))
		diag_report_hint(s->diags, DIAG_REGION_UNKNOWN, (struct place){ 0 },
				 name_regions(a, &stats), "%.*s", STR_ARG(at_most(region)));
	arena_close(a);
	return false;
}

bool roster_is_kept_out(struct store *s, struct str key, bool *kept_out)
{
	unsigned char hash[SUPPRESSION_BYTES];
	return suppression_hash(s, key, hash) && s->ops->suppression_find(s, hash, kept_out);
}

const char *subscriber_problem(const struct subscriber *s)
{
	const struct str fields[] = { s->name, s->language, s->regions, s->consent_at,
				      s->consent_source };
	for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
		for (size_t at = 0; at < fields[f].len;)
			if (utf8_is_control(utf8_next(fields[f], &at)))
				return "control character";
	if (s->language.len && !language_is_tag(s->language))
		return "language is a tag like pl or nb";
	struct date d;
	if (s->consent_at.len && (!date_parse(str_sub(s->consent_at, 0, 10), &d) ||
				  (s->consent_at.len > 10 && s->consent_at.ptr[10] != 'T' &&
				   s->consent_at.ptr[10] != ' ')))
		return "consent_at is a date like 2026-03-17 or 2026-03-17T08:00:00Z";
	return NULL;
}

static void take(struct str *kept, struct str given, bool *changed)
{
	if (given.len == 0 || str_equal(*kept, given))
		return;
	*kept = given;
	*changed = true;
}

bool subscriber_merge(struct subscriber *kept, const struct subscriber *given)
{
	bool changed = false;
	/* Another spelling of the same mailbox is no news. */
	take(&kept->name, given->name, &changed);
	take(&kept->language, given->language, &changed);
	take(&kept->regions, given->regions, &changed);
	take(&kept->consent_at, given->consent_at, &changed);
	take(&kept->consent_source, given->consent_source, &changed);
	return changed;
}

/* ---- the door ---- */

static enum roster_answer add_known(struct store *s, struct subscriber *kept,
				    const struct subscriber *wanted, bool revive)
{
	bool changed = subscriber_merge(kept, wanted);
	bool gone = kept->state == SUBSCRIBER_UNSUBSCRIBED || kept->state == SUBSCRIBER_SUPPRESSED;
	if (gone && !revive)
		return ROSTER_KEPT_OUT;
	if (!gone && !changed)
		return ROSTER_UNCHANGED;
	if (kept->state != SUBSCRIBER_PAUSED)
		kept->state = SUBSCRIBER_ACTIVE;
	return s->ops->update(s, kept) ? ROSTER_DONE : ROSTER_FAILED;
}

static enum roster_answer add(struct store *s, struct arena *a, const struct address *address,
			      const struct subscriber *wanted, bool revive)
{
	unsigned char hash[SUPPRESSION_BYTES];
	struct subscriber kept;
	bool kept_out, is_there;
	if (!roster_is_kept_out(s, address->key, &kept_out) ||
	    !s->ops->find(s, a, address->key, &kept, &is_there))
		return ROSTER_FAILED;
	if (kept_out && !revive)
		return ROSTER_KEPT_OUT;
	if (kept_out &&
	    (!suppression_hash(s, address->key, hash) || !s->ops->suppression_remove(s, hash)))
		return ROSTER_FAILED;
	if (is_there)
		return add_known(s, &kept, wanted, revive);
	struct subscriber fresh = *wanted;
	fresh.address = str_trim(wanted->address);
	fresh.state = SUBSCRIBER_ACTIVE;
	return s->ops->insert(s, &fresh, address->key) ? ROSTER_DONE : ROSTER_FAILED;
}

enum roster_answer roster_settle(struct store *s, enum roster_answer answer)
{
	if (answer == ROSTER_FAILED) {
		s->ops->rollback(s);
		return ROSTER_FAILED;
	}
	return s->ops->commit(s) ? answer : ROSTER_FAILED;
}

enum roster_answer roster_add(struct store *s, const struct subscriber *wanted, bool revive)
{
	struct arena *a = arena_open();
	struct address address;
	enum roster_answer answer = ROSTER_FAILED;
	const char *problem = subscriber_problem(wanted);
	if (problem)
		diag_report(s->diags, DIAG_ROW_INVALID, (struct place){ 0 }, "%s", problem);
	else if (parse(s, a, wanted->address, &address) && s->ops->begin(s))
		answer = roster_settle(s, add(s, a, &address, wanted, revive));
	arena_close(a);
	return answer;
}

enum roster_answer roster_keep_out(struct store *s, struct arena *a, struct str key,
				   enum suppression_reason reason)
{
	unsigned char hash[SUPPRESSION_BYTES];
	struct subscriber kept;
	bool is_there, kept_out;
	if (!suppression_hash(s, key, hash) || !s->ops->suppression_find(s, hash, &kept_out) ||
	    !s->ops->find(s, a, key, &kept, &is_there))
		return ROSTER_FAILED;
	if (reason == SUPPRESSED_ERASED && !is_there)
		return kept_out ? ROSTER_UNCHANGED : ROSTER_UNKNOWN; /* nothing to forget */
	if (!s->ops->suppression_put(s, hash, reason))
		return ROSTER_FAILED;
	if (reason == SUPPRESSED_ERASED)
		return s->ops->forget(s, kept.id) ? ROSTER_DONE : ROSTER_FAILED;
	bool active = is_there &&
		      (kept.state == SUBSCRIBER_ACTIVE || kept.state == SUBSCRIBER_UNCONFIRMED ||
		       kept.state == SUBSCRIBER_PAUSED);
	kept.state = SUBSCRIBER_SUPPRESSED;
	if (active && !s->ops->update(s, &kept))
		return ROSTER_FAILED;
	return active || !kept_out ? ROSTER_DONE : ROSTER_UNCHANGED;
}

enum roster_answer roster_suppress(struct store *s, struct str address)
{
	struct arena *a = arena_open();
	struct address parsed;
	enum roster_answer answer = ROSTER_FAILED;
	if (parse(s, a, address, &parsed) && s->ops->begin(s))
		answer = roster_settle(s, roster_keep_out(s, a, parsed.key, SUPPRESSED_BY_EDITOR));
	arena_close(a);
	return answer;
}

enum roster_answer roster_erase(struct store *s, struct str address)
{
	struct arena *a = arena_open();
	struct address parsed;
	enum roster_answer answer = ROSTER_FAILED;
	if (parse(s, a, address, &parsed) && s->ops->begin(s))
		answer = roster_settle(s, roster_keep_out(s, a, parsed.key, SUPPRESSED_ERASED));
	arena_close(a);
	return answer;
}

enum roster_answer roster_find(struct store *s, struct arena *a, struct str address,
			       struct subscriber *found)
{
	struct address parsed;
	bool is_there;
	if (!parse(s, a, address, &parsed) || !s->ops->find(s, a, parsed.key, found, &is_there))
		return ROSTER_FAILED;
	return is_there ? ROSTER_DONE : ROSTER_UNKNOWN;
}

bool roster_each(struct store *s, const struct roster_filter *f,
		 bool (*each)(void *context, const struct subscriber *s), void *context)
{
	return s->ops->each(s, f, each, context);
}

bool roster_stats(struct store *s, struct arena *a, struct roster_stats *stats)
{
	return s->ops->stats(s, a, stats);
}
