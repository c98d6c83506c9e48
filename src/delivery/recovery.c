/* What senders that died left: the ledger knows which messages may have left, their files of
 * dots (dots.h) which did.
 *
 * A dot that had not left costs no attempt and is no doubt: the row is as if never claimed. One
 * that was answered is marked with the answer, by the code that marks those of a living sender.
 * What remains may have arrived, and is parked or sent again, as the publication has it.
 *
 * Files are settled in a transaction, then removed, and before the first intent of the next
 * sender: whoever dies in between settles them again, and finds nothing to do. On PostgreSQL what
 * one that dies had just adopted is in no file of its own, and parked. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "base/file.h"

#include <errno.h>
#include <string.h>

/* Senders that died at once, of one ledger and folder; the others' turn comes later. */
enum { FILES_MOST = 64 };

struct recovery {
	struct store *store;
	struct arena *arena;
	const char *boot;
	struct dots_place place;
	struct dots_past files[FILES_MOST];
	bool remove[FILES_MOST];
	size_t file_count;
	/* Of the sender whose intents are told now, and of no other: a row given back and claimed
	 * by the next within a second looks the same in the files of both. */
	const struct dots_past *at;
	bool at_once; /* those LEAVING are parked here; else ops->recover parks all that is left */
	struct campaign campaign; /* as much of one as marks need: clock, list, counts */
	struct send_result counts; /* which nobody reads: they are of another run */
};

static struct dot dot_of(int64_t id, int64_t attempts, int64_t claimed_at, struct str token)
{
	struct dot d = { .id = id, .attempts = attempts, .claimed_at = claimed_at };
	if (token.len < sizeof d.token)
		memcpy(d.token, token.ptr, token.len);
	return d;
}

/* ---- this sender's own ---- */

static void tell_unkept(struct store *s, const char *problem)
{
	diag_report(s->diags, DIAG_DOTS_UNKEPT, (struct place){ 0 }, "%s", problem);
}

void dots_begin(struct campaign *c)
{
	struct dots_place place;
	const char *problem;
	if (!c->store->ops->dots_place(c->store, c->arena, &place)) {
		c->failed = c->stopping = true;
		return;
	}
	if (!place.path)
		return;
	c->dots_beside = place.folder != NULL;
	if (place.folder && !folder_make(place.folder)) {
		tell_unkept(c->store,
			    str_format(c->arena, "%s: %s", place.folder, strerror(errno)).ptr);
		return;
	}
	c->dots = dots_open(c->arena, &place, c->world->boot, c->smtp.session_count, &problem);
	if (!c->dots)
		tell_unkept(c->store, problem);
}

void dots_note(struct campaign *c, const struct session *s)
{
	const struct job *j = s->context;
	const struct dot dot = dot_of(j->id, j->attempts, j->claimed_at, j->token);
	dots_hold(c->dots, s->number, &dot);
}

/* ---- those of others ---- */

static bool judge_intent(void *context, const struct intended *i)
{
	struct recovery *r = context;
	const struct dot dot = dot_of(i->id, i->attempts, i->claimed_at, i->token);
	const struct past_dot *past = dots_find(r->at, &dot);
	const struct job j = { .id = i->id, .attempts = (int)i->attempts, .first_at = i->first_at };
	if (past && past->state == DOT_ANSWERED)
		campaign_recall(&r->campaign, &j, &past->reply);
	else if (past && past->state == DOT_LEAVING && r->at_once)
		campaign_recall(&r->campaign, &j, NULL);
	else if (past && past->state == DOT_HELD)
		turns_put_mark(&r->campaign,
			       (struct mark){ .id = i->id,
					      .state = DELIVERY_PENDING,
					      .next_at = campaign_clock(&r->campaign),
					      .give_back = true },
			       "");
	return true;
}

static bool put_marks(struct recovery *r)
{
	struct mark_list *l = &r->campaign.turns.next;
	struct turn t = { .marks = l->list,
			  .mark_count = l->count,
			  .now = campaign_clock(&r->campaign) };
	for (size_t i = 0; i < l->count; i++)
		l->list[i].words = str_from(l->words[i]);
	return l->count == 0 || r->store->ops->turn(r->store, &t);
}

static void read_file(struct recovery *r, const char *path)
{
	struct dots_past *past = &r->files[r->file_count];
	enum dots_found found = dots_read(r->arena, path, &r->place, r->boot, past);
	/* Where there is one sender alone, no other file than its own may stand in this place. */
	bool remove = !r->place.folder || found == DOTS_VOID || found == DOTS_READ;
	if (remove)
		r->remove[r->file_count++] = true;
	else
		(void)dots_forget(past, false); /* the place is for one of the dead */
}

static void read_files(struct recovery *r)
{
	size_t count = 0;
	if (!r->place.folder) {
		read_file(r, r->place.path);
		return;
	}
	struct str *names = folder_list(r->arena, r->place.folder, &count);
	for (size_t i = 0; i < count && r->file_count < FILES_MOST; i++) {
		const char *path = path_join(r->arena, str_from(r->place.folder), names[i]);
		if (!str_starts(names[i], STR("sender-")))
			continue;
		if (str_ends(names[i], STR(".dots")))
			read_file(r, path);
		else if (!r->at_once && str_ends(names[i], STR(".dots.new")))
			dots_clear(path);
	}
}

/* Who cannot remove a file must not go on: it would be taken for what this sender left. */
static bool forget_files(struct recovery *r, bool settled)
{
	bool ok = true;
	for (size_t i = 0; i < r->file_count; i++)
		if (!dots_forget(&r->files[i], settled && r->remove[i])) {
			diag_report(r->store->diags, DIAG_STORE_FAILED, (struct place){ 0 },
				    "%s: %s", r->files[i].path, strerror(errno));
			ok = false;
		}
	return ok;
}

static void begin(struct recovery *r, struct store *s, const struct send_options *o)
{
	*r = (struct recovery){ .store = s, .arena = arena_open(), .boot = s->world->boot };
	r->campaign = (struct campaign){ .store = s,
					 .world = s->world,
					 .diags = s->diags,
					 .publication = s->publication,
					 .options = o,
					 .result = &r->counts };
}

static void end(struct recovery *r)
{
	heap_free(r->campaign.turns.next.list);
	heap_free(r->campaign.turns.next.words);
	arena_close(r->arena);
}

/* Reads what is there, and marks what it knows. */
static bool settle_files(struct recovery *r)
{
	struct store *s = r->store;
	bool ok = s->ops->dots_place(s, r->arena, &r->place);
	if (ok && r->place.path)
		read_files(r);
	for (size_t i = 0; i < r->file_count && ok; i++)
		if (r->files[i].count) {
			r->at = &r->files[i];
			ok = s->ops->adopt(s, r->at->sender, judge_intent, r);
		}
	return ok && put_marks(r);
}

bool ledger_recover(struct store *s, const struct send_options *o, bool resend)
{
	struct recovery r;
	begin(&r, s, o);
	bool ok = settle_files(&r) && s->ops->recover(s, resend);
	ok = forget_files(&r, ok) && ok;
	end(&r);
	return ok;
}

bool dots_look_after(struct campaign *c)
{
	struct recovery r;
	if (!c->dots_beside)
		return true;
	begin(&r, c->store, c->options);
	r.at_once = true;
	/* This one's own intents are in no file but its own, which it does not read. */
	bool ok = settle_files(&r);
	ok = forget_files(&r, ok) && ok;
	end(&r);
	return ok;
}

bool dots_end(struct campaign *c, bool over)
{
	struct recovery r;
	bool ok = true, settled = over;
	if (!c->dots)
		return true;
	if (!over && !c->failed) { /* a person insisted */
		begin(&r, c->store, c->options);
		dots_recall(r.arena, c->dots, &r.files[r.file_count]);
		r.at = &r.files[r.file_count++];
		settled = ok = c->store->ops->intents(c->store, judge_intent, &r) && put_marks(&r);
		end(&r);
	}
	dots_close(c->dots, !settled);
	c->dots = NULL;
	return ok;
}
