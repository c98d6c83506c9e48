#include "delivery/intake.h"

#include "base/arena.h"
#include "base/file.h"
#include "delivery/roster.h"

#include <assert.h>
#include <string.h>

enum { DAY_S = 24 * 60 * 60, YEAR_2000 = 946684800 };

static_assert((int)BOUNCE_DIGEST_BYTES == (int)SUPPRESSION_BYTES, "the store keeps so many");

static bool is_kept(const struct verdict *v)
{
	return v->known && v->reading.kind <= BOUNCE_COMPLAINT;
}

bool verdict_is_done(const struct verdict *v)
{
	return is_kept(v) || v->reading.kind == BOUNCE_REPLY;
}

/* ---- settling ---- */

static bool suppress(struct intake *in, struct verdict *v, enum suppression_reason reason)
{
	struct store *s = in->store;
	enum roster_answer answer = roster_keep_out(s, in->batch, v->bounced.key, reason);
	v->suppressed = answer == ROSTER_DONE;
	return answer != ROSTER_FAILED && s->ops->bounces_settle(s, v->bounced.subscriber);
}

static bool settle(struct intake *in, struct verdict *v)
{
	struct store *s = in->store;
	struct bounce_row row = { v->bounced.delivery, v->digest,        v->reading.kind,
				  v->reading.status,   v->reading.words, v->at };
	bool fresh;
	if (!s->ops->bounce_put(s, &row, &fresh))
		return false;
	v->repeated = !fresh;
	if (!fresh || v->bounced.subscriber == 0)
		return true;
	if (v->reading.kind == BOUNCE_HARD)
		return suppress(in, v, SUPPRESSED_BY_BOUNCE);
	if (v->reading.kind == BOUNCE_COMPLAINT)
		return suppress(in, v, SUPPRESSED_BY_COMPLAINT);
	int64_t in_a_row = 0;
	if (v->reading.kind == BOUNCE_SOFT && !s->ops->soft_in_a_row(s, &v->bounced, &in_a_row))
		return false;
	return in_a_row < SOFT_BOUNCES_MOST || suppress(in, v, SUPPRESSED_BY_BOUNCE);
}

/* All of the batch, or nothing. */
static bool settle_batch(struct intake *in)
{
	struct store *s = in->store;
	bool any = false;
	for (size_t i = 0; i < in->count; i++)
		any |= is_kept(&in->verdicts[i]);
	if (!any)
		return true;
	bool ok = s->ops->begin(s);
	if (!ok)
		return false;
	for (size_t i = 0; ok && i < in->count; i++)
		ok = !is_kept(&in->verdicts[i]) || settle(in, &in->verdicts[i]);
	if (!ok || in->options->dry_run) {
		s->ops->rollback(s);
		return ok;
	}
	return s->ops->commit(s);
}

static void tell(struct intake *in, const struct verdict *v)
{
	struct bounces_result *r = in->result;
	r->read++;
	r->repeated += v->repeated;
	r->suppressed += v->suppressed;
	r->by_kind[v->reading.kind] += !v->repeated;
	struct bounce_notice n = { .place = v->place,
				   .kind = v->reading.kind,
				   .issue = v->bounced.issue,
				   .address = v->bounced.address,
				   .status = v->reading.status,
				   .words = v->reading.words,
				   .repeated = v->repeated,
				   .suppressed = v->suppressed,
				   .cut = v->cut };
	if (in->options->each)
		in->options->each(in->options->context, &n);
}

bool intake_flush(struct intake *in)
{
	if (!settle_batch(in))
		return false;
	for (size_t i = 0; i < in->count; i++)
		tell(in, &in->verdicts[i]);
	bool marks = in->count && in->settled && !in->options->dry_run;
	bool ok = !marks || in->settled(in->source, in->verdicts, in->count);
	in->verdicts = NULL;
	in->count = in->capacity = 0;
	arena_reset(in->batch);
	return ok;
}

/* ---- reading ---- */

static bool find_delivery(struct intake *in, const struct mail *m, struct verdict *v)
{
	struct store *s = in->store;
	struct str tokens[BOUNCE_TOKENS];
	size_t count = bounce_tokens(in->mail, m, tokens);
	for (size_t i = 0; i < count && !v->known; i++)
		if (!s->ops->bounced_find(s, in->batch, tokens[i], &v->bounced, &v->known))
			return false;
	return true;
}

bool intake_mail(struct intake *in, struct str bytes, bool cut, struct str place, struct str name,
		 int64_t uid)
{
	int64_t now = in->store->world->clock(in->store->world->context);
	struct verdict v = { .place = str_copy(in->batch, place),
			     .name = str_copy(in->batch, name),
			     .uid = uid,
			     .cut = cut };
	struct mail m;
	mail_parse(in->mail, &in->gmime, bytes, &m);
	bool ok = find_delivery(in, &m, &v);
	if (ok) {
		bounce_read(in->mail, &m, v.bounced.address, &v.reading);
		v.reading.status = str_copy(in->batch, v.reading.status);
		v.reading.words = str_copy(in->batch, v.reading.words);
		if (!v.known && v.reading.kind <= BOUNCE_COMPLAINT)
			v.reading.kind = BOUNCE_UNKNOWN;
		bounce_digest(in->mail, &m, v.digest);
		/* A clock of another that is wrong is not worth keeping. */
		v.at = m.date > YEAR_2000 && m.date <= now + DAY_S ? m.date : now;
		PUSH(in->batch, in->verdicts, in->count, in->capacity, v);
	}
	arena_reset(in->mail);
	if (ok && in->count >= (in->options->dry_run ? BATCH_DRY : BATCH))
		ok = intake_flush(in);
	return ok;
}

/* ---- the door ---- */

static bool is_folder(struct str path)
{
	struct arena *a = arena_open();
	bool folder = !str_equal(path, STR("-")) && folder_exists(str_c(a, path));
	arena_close(a);
	return folder;
}

/* One source; what it leaves unsettled is forgotten, and read again by the next run. */
static bool take(struct intake *in, bool (*source)(struct intake *in, struct str path),
		 struct str path)
{
	in->settled = NULL;
	bool ok = source(in, path);
	in->verdicts = NULL;
	in->count = in->capacity = 0;
	arena_reset(in->batch);
	return ok;
}

bool bounces_take(struct store *s, const struct str *paths, size_t path_count,
		  const struct bounces_options *o, struct bounces_result *result)
{
	struct intake in = { .store = s, .options = o, .result = result };
	*result = (struct bounces_result){ 0 };
	if (!gmime_open(&in.gmime, s->diags))
		return false;
	in.mail = arena_open();
	in.batch = arena_open();
	bool ok = o->imap.len == 0 || take(&in, intake_imap, o->imap);
	/* A source that fails does not keep the others from being read. */
	for (size_t i = 0; i < path_count; i++)
		ok &= take(&in, is_folder(paths[i]) ? intake_maildir : intake_file, paths[i]);
	arena_close(in.mail);
	arena_close(in.batch);
	return ok;
}
