/* What readers do themselves, by a token: find, leave, change, pause, be forgotten.
 *
 * A token is looked up by its first TOKEN_SELECTS characters (20 bits), which an index may
 * take any time over; the other 22, more than 100 bits, are compared in constant time. */
#include "delivery/reader.h"

#include "base/arena.h"

#include <openssl/crypto.h>

#include <string.h>

bool token_is_sound(struct str token)
{
	bool sound = token.len == TOKEN_CHARS;
	for (size_t i = 0; sound && i < token.len; i++)
		sound = (token.ptr[i] >= 'a' && token.ptr[i] <= 'z') ||
			(token.ptr[i] >= '2' && token.ptr[i] <= '7');
	return sound;
}

void token_range_make(struct str token, char from[TOKEN_CHARS], char to[TOKEN_CHARS],
		      struct token_range *range)
{
	/* The least and the greatest digit, in every order of characters. */
	memset(from, '2', TOKEN_CHARS);
	memset(to, 'z', TOKEN_CHARS);
	memcpy(from, token.ptr, TOKEN_SELECTS);
	memcpy(to, token.ptr, TOKEN_SELECTS);
	*range = (struct token_range){ { from, TOKEN_CHARS }, { to, TOKEN_CHARS } };
}

bool token_equal(struct str a, struct str b)
{
	return a.len == TOKEN_CHARS && b.len == TOKEN_CHARS &&
	       CRYPTO_memcmp(a.ptr, b.ptr, TOKEN_CHARS) == 0;
}

enum roster_answer roster_by_token(struct store *s, struct arena *a, struct str token,
				   struct subscriber *found)
{
	char from[TOKEN_CHARS], to[TOKEN_CHARS];
	struct token_range range;
	struct subscriber list[TOKEN_ROWS];
	size_t count;
	enum roster_answer answer = ROSTER_UNKNOWN;
	if (!token_is_sound(token))
		return ROSTER_UNKNOWN;
	token_range_make(token, from, to, &range);
	if (!s->ops->by_token(s, a, &range, list, &count))
		return ROSTER_FAILED;
	for (size_t i = 0; i < count; i++) {
		if (!token_equal(list[i].token, token))
			continue;
		*found = list[i];
		answer = ROSTER_DONE;
	}
	return answer;
}

struct str consent_state_name(enum consent_state state)
{
	static const struct str names[] = {
		[CONSENT_ASKED] = STR_INIT("asked"),
		[CONSENT_CONFIRMED] = STR_INIT("confirmed"),
		[CONSENT_WITHDRAWN] = STR_INIT("withdrawn"),
	};
	return names[state];
}

bool consent_each(struct store *s, int64_t subscriber,
		  bool (*each)(void *context, const struct consent *c), void *context)
{
	return s->ops->consents(s, subscriber, each, context);
}

bool consent_note(struct store *s, int64_t subscriber, enum consent_state state, struct str channel,
		  struct str version, int64_t at)
{
	const struct consent c = {
		.state = state, .at = at, .channel = channel, .version = version
	};
	return s->ops->consent_put(s, subscriber, &c);
}

/* ---- changes, each within its transaction ---- */

struct change {
	struct str token, channel;
	const struct subscriber *wanted;
	bool pause;
};

static enum roster_answer run(struct store *s, const struct change *c,
			      enum roster_answer (*apply)(struct store *s, struct arena *a,
							  const struct change *c,
							  struct subscriber *who))
{
	struct arena *a = arena_open();
	struct subscriber who;
	enum roster_answer answer = roster_by_token(s, a, c->token, &who);
	/* Only who is known costs a transaction; what is written is read within it. */
	if (answer == ROSTER_DONE) {
		answer = s->ops->begin(s) ? roster_by_token(s, a, c->token, &who) : ROSTER_FAILED;
		if (answer == ROSTER_DONE)
			answer = apply(s, a, c, &who);
		answer = roster_settle(s, answer);
	}
	arena_close(a);
	return answer;
}

static enum roster_answer unsubscribe(struct store *s, struct arena *a, const struct change *c,
				      struct subscriber *who)
{
	(void)a;
	if (who->state == SUBSCRIBER_UNSUBSCRIBED || who->state == SUBSCRIBER_SUPPRESSED)
		return ROSTER_UNCHANGED;
	who->state = SUBSCRIBER_UNSUBSCRIBED;
	return s->ops->update(s, who) && consent_note(s, who->id, CONSENT_WITHDRAWN, c->channel,
						      STR(""), s->world->clock(s->world->context))
		       ? ROSTER_DONE
		       : ROSTER_FAILED;
}

enum roster_answer roster_unsubscribe(struct store *s, struct str token, struct str channel)
{
	return run(s, &(struct change){ .token = token, .channel = channel }, unsubscribe);
}

static enum roster_answer change(struct store *s, struct arena *a, const struct change *c,
				 struct subscriber *who)
{
	const struct subscriber *w = c->wanted;
	(void)a;
	if (str_equal(who->name, w->name) && str_equal(who->language, w->language) &&
	    str_equal(who->regions, w->regions))
		return ROSTER_UNCHANGED;
	who->name = w->name;
	who->language = w->language;
	who->regions = w->regions;
	return s->ops->update(s, who) ? ROSTER_DONE : ROSTER_FAILED;
}

enum roster_answer roster_change(struct store *s, struct str token, const struct subscriber *wanted)
{
	const char *problem = subscriber_problem(wanted);
	if (problem) {
		diag_report(s->diags, DIAG_ROW_INVALID, (struct place){ 0 }, "%s", problem);
		return ROSTER_FAILED;
	}
	return run(s, &(struct change){ .token = token, .wanted = wanted }, change);
}

static enum roster_answer pause_or_resume(struct store *s, struct arena *a, const struct change *c,
					  struct subscriber *who)
{
	(void)a;
	enum subscriber_state wanted = c->pause ? SUBSCRIBER_PAUSED : SUBSCRIBER_ACTIVE;
	if (who->state == wanted)
		return ROSTER_UNCHANGED;
	if (who->state != SUBSCRIBER_ACTIVE && who->state != SUBSCRIBER_PAUSED)
		return ROSTER_KEPT_OUT;
	who->state = wanted;
	return s->ops->update(s, who) ? ROSTER_DONE : ROSTER_FAILED;
}

enum roster_answer roster_pause(struct store *s, struct str token, bool pause)
{
	return run(s, &(struct change){ .token = token, .pause = pause }, pause_or_resume);
}

static enum roster_answer erase(struct store *s, struct arena *a, const struct change *c,
				struct subscriber *who)
{
	struct address address;
	const char *problem;
	(void)c;
	if (!address_parse(a, who->address, &address, &problem))
		return ROSTER_FAILED;
	return roster_keep_out(s, a, address.key, SUPPRESSED_ERASED);
}

enum roster_answer roster_erase_by_token(struct store *s, struct str token)
{
	return run(s, &(struct change){ .token = token }, erase);
}
