/* Requests to subscribe: asked for, and confirmed.
 *
 * Asking looks at earlier requests and at nothing else: who is in the roster is found
 * out when the message is sent, so that an answer's time tells nothing about that.
 * Nothing about a person changes before they confirm: anybody may type an address. */
#include "delivery/reader.h"

#include "base/arena.h"
#include "base/sha256.h"

enum {
	AGAIN_S = 600, /* the same address within this time: a second click */
	DAY_S = 24 * 3600,
	ASKED_MOST = 4, /* a day, for one address */
	VERSION_DIGITS = 16,
};

static int64_t now(const struct store *s)
{
	return s->world->clock(s->world->context);
}

/* The first digits of the digest of the words: changed words have another name. */
static struct str version_of(struct arena *a, struct str words)
{
	struct buf digits;
	buf_init(&digits, 128);
	struct sha256 sum = sha256_of(words);
	sha256_put(&digits, &sum);
	struct str version = str_copy(a, str_sub(buf_str(&digits), 0, VERSION_DIGITS));
	buf_release(&digits);
	return version;
}

static enum roster_answer ask(struct store *s, const struct request *r, struct str words)
{
	int64_t count, newest;
	/* Those of days to come were asked when the clock was ahead. */
	if (!s->ops->requests_between(s, r->key, r->asked_at - DAY_S, r->asked_at + AGAIN_S, &count,
				      &newest))
		return ROSTER_FAILED;
	if (newest && r->asked_at - newest < AGAIN_S)
		return ROSTER_UNCHANGED;
	if (count >= ASKED_MOST)
		return ROSTER_KEPT_OUT;
	return s->ops->consent_words(s, r->version, words) && s->ops->request_put(s, r)
		       ? ROSTER_DONE
		       : ROSTER_FAILED;
}

enum roster_answer roster_ask(struct store *s, const struct subscriber *wanted, struct str words)
{
	struct arena *a = arena_open();
	struct address address;
	char token[TOKEN_CHARS + 1];
	const char *problem = subscriber_problem(wanted);
	enum roster_answer answer = ROSTER_FAILED;
	if (problem || !address_parse(a, str_trim(wanted->address), &address, &problem)) {
		diag_report(s->diags, DIAG_ROW_INVALID, (struct place){ 0 }, "%s", problem);
	} else if (token_make(s->world, token) && s->ops->begin(s)) {
		const struct request r = {
			.token = str_from(token),
			.key = address.key,
			.address = str_trim(wanted->address),
			.name = wanted->name,
			.language = wanted->language,
			.regions = wanted->regions,
			.version = version_of(a, words),
			.asked_at = now(s),
		};
		answer = roster_settle(s, ask(s, &r, words));
	}
	arena_close(a);
	return answer;
}

/* ---- before the message ---- */

/* Whether nobody but the editor may bring this address back. */
static bool is_locked(struct store *s, struct str key, bool *locked)
{
	unsigned char hash[SUPPRESSION_BYTES];
	enum suppression_reason reason = SUPPRESSED_ERASED;
	bool is_there;
	if (!suppression_hash(s, key, hash) ||
	    !s->ops->suppression_reason(s, hash, &reason, &is_there))
		return false;
	*locked = is_there && (reason == SUPPRESSED_BY_EDITOR || reason == SUPPRESSED_BY_COMPLAINT);
	return true;
}

/* The person of a request; made when there is none. */
static bool find_or_make(struct store *s, struct arena *a, const struct request *r,
			 struct subscriber *who)
{
	bool is_there;
	if (!s->ops->find(s, a, r->key, who, &is_there))
		return false;
	if (is_there)
		return true;
	const struct subscriber fresh = { .address = r->address,
					  .name = r->name,
					  .language = r->language,
					  .regions = r->regions,
					  .state = SUBSCRIBER_UNCONFIRMED };
	return s->ops->insert(s, &fresh, r->key) && s->ops->find(s, a, r->key, who, &is_there) &&
	       is_there;
}

static bool prepare(struct store *s, struct arena *a, struct request *r, bool *wanted)
{
	struct subscriber who;
	bool locked, moved;
	if (!is_locked(s, r->key, &locked))
		return false;
	*wanted = !locked;
	bool first = r->first_at == 0;
	/* Nor may a clock that was ahead say for how long it is tried. */
	r->first_at = first || r->first_at > now(s) ? now(s) : r->first_at;
	r->state = locked ? REQUEST_WITHHELD : REQUEST_WAITING;
	if (!s->ops->request_mark(s, r, REQUEST_WAITING, &moved))
		return false;
	*wanted = *wanted && moved;
	return !*wanted || !first ||
	       (find_or_make(s, a, r, &who) &&
		consent_note(s, who.id, CONSENT_ASKED, STR("form"), r->version, r->asked_at));
}

bool request_prepare(struct store *s, struct arena *a, struct request *r, bool *wanted)
{
	if (!s->ops->begin(s))
		return false;
	if (prepare(s, a, r, wanted))
		return s->ops->commit(s);
	s->ops->rollback(s);
	return false;
}

/* ---- confirming ---- */

static enum roster_answer find_request(struct store *s, struct arena *a, struct str token,
				       struct request *found)
{
	char from[TOKEN_CHARS], to[TOKEN_CHARS];
	struct token_range range;
	struct request list[TOKEN_ROWS];
	size_t count;
	bool is_there = false;
	if (!token_is_sound(token))
		return ROSTER_UNKNOWN;
	token_range_make(token, from, to, &range);
	if (!s->ops->request_by_token(s, a, &range, list, &count))
		return ROSTER_FAILED;
	for (size_t i = 0; i < count; i++) {
		if (!token_equal(list[i].token, token))
			continue;
		*found = list[i];
		is_there = true;
	}
	if (!is_there || found->state == REQUEST_WITHHELD ||
	    now(s) - found->asked_at > (int64_t)request_days(s->publication) * DAY_S)
		return ROSTER_UNKNOWN;
	return found->state == REQUEST_CONFIRMED ? ROSTER_UNCHANGED : ROSTER_DONE;
}

/* Of a request that was confirmed before, the person as they are now: they may have left
 * since, or be forgotten. */
static enum roster_answer find_person(struct store *s, struct arena *a, const struct request *r,
				      struct subscriber *found)
{
	bool is_there;
	if (!s->ops->find(s, a, r->key, found, &is_there))
		return ROSTER_FAILED;
	return is_there ? ROSTER_UNCHANGED : ROSTER_UNKNOWN;
}

enum roster_answer roster_asked(struct store *s, struct arena *a, struct str token,
				struct subscriber *found)
{
	struct request r;
	enum roster_answer answer = find_request(s, a, token, &r);
	if (answer == ROSTER_UNCHANGED)
		return find_person(s, a, &r, found);
	if (answer == ROSTER_DONE)
		*found = (struct subscriber){ .address = r.address,
					      .name = r.name,
					      .language = r.language,
					      .regions = r.regions,
					      .state = SUBSCRIBER_UNCONFIRMED };
	return answer;
}

static enum roster_answer confirm(struct store *s, struct arena *a, struct request *r,
				  struct subscriber *who)
{
	unsigned char hash[SUPPRESSION_BYTES];
	bool locked, moved;
	if (!is_locked(s, r->key, &locked))
		return ROSTER_FAILED;
	if (locked)
		return ROSTER_UNKNOWN;
	enum request_state was = r->state;
	r->state = REQUEST_CONFIRMED;
	if (!find_or_make(s, a, r, who) || !s->ops->request_mark(s, r, was, &moved) ||
	    !suppression_hash(s, r->key, hash) || !s->ops->suppression_remove(s, hash))
		return ROSTER_FAILED;
	struct buf at;
	buf_init(&at, 64);
	time_put_rfc3339(&at, now(s));
	who->name = r->name;
	who->language = r->language;
	who->regions = r->regions;
	who->consent_at = str_copy(a, buf_str(&at));
	who->consent_source = STR("web form, confirmed by e-mail");
	who->state = SUBSCRIBER_ACTIVE;
	buf_release(&at);
	return s->ops->update(s, who) && consent_note(s, who->id, CONSENT_CONFIRMED, STR("mail"),
						      r->version, now(s))
		       ? ROSTER_DONE
		       : ROSTER_FAILED;
}

enum roster_answer roster_confirm(struct store *s, struct arena *a, struct str token,
				  struct subscriber *confirmed)
{
	struct request r;
	enum roster_answer answer = find_request(s, a, token, &r);
	if (answer == ROSTER_DONE) {
		answer = s->ops->begin(s) ? find_request(s, a, token, &r) : ROSTER_FAILED;
		if (answer == ROSTER_DONE)
			answer = confirm(s, a, &r, confirmed);
		else if (answer == ROSTER_UNCHANGED) /* by another click meanwhile */
			answer = find_person(s, a, &r, confirmed);
		return roster_settle(s, answer);
	}
	return answer == ROSTER_UNCHANGED ? find_person(s, a, &r, confirmed) : answer;
}
