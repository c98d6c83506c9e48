/* Which page, and what it changes. GET changes nothing: programs that look for bad links
 * follow all that is in a message. */
#include "serve/answer.h"

#include "base/arena.h"
#include "base/html.h"
#include "base/language.h"
#include "base/utf8.h"
#include "serve/form.h"

enum { PAGE_BYTES = 4 << 20, NAME_CHARACTERS = 100 };

/* One request on its way to an answer. */
struct turn {
	const struct site *site;
	struct store *store;
	struct arena *arena;
	const struct visit *visit;
	struct route route;
	enum tongue tongue;
	struct form form; /* empty unless something was posted */
	struct sealer sealer;
	struct buf out;
};

static int64_t now(const struct site *s)
{
	return s->world->clock(s->world->context);
}

static bool is_post(const struct visit *v)
{
	return str_equal(v->method, STR("POST"));
}

/* ---- answers ---- */

static struct answer give(struct arena *a, struct buf *out, unsigned status)
{
	const struct answer answer = { .status = status,
				       .type = "text/html; charset=utf-8",
				       .body = str_copy(a, buf_str(out)) };
	buf_release(out);
	return answer;
}

/* What the browser asks for, or the publication's. */
static enum tongue tongue_of(const struct site *s, const struct visit *v)
{
	enum tongue own;
	if (!tongue_from(s->publication->language, &own))
		own = TONGUE_EN;
	return tongue_choose(v->languages, own);
}

struct answer plain_of(const struct look *l, enum plain page, enum tongue t)
{
	static const char *const allow[] = {
#define PLAIN(name, heading, sentence, methods) methods,
		PLAINS(PLAIN)
#undef PLAIN
	};
	return (struct answer){ .type = "text/html; charset=utf-8",
				.allow = allow[page],
				.later = page == PLAIN_BUSY || page == PLAIN_FAILED,
				.is_plain = true,
				.plain = page,
				.tongue = t,
				.body = l->plain[page][t] };
}

struct answer answer_plain(const struct site *s, const struct visit *v, unsigned status,
			   enum plain page)
{
	struct answer answer = plain_of(s->look, page, tongue_of(s, v));
	answer.status = status;
	return answer;
}

struct answer answer_early(const struct site *s, const struct visit *v)
{
	bool get = str_equal(v->method, STR("GET")) || str_equal(v->method, STR("HEAD"));
	struct route route = routes_find(s->routes, v->path);
	if (v->hosts != 1 || !routes_have_host(s->routes, v->host, s->port)) {
		count(s->counters, COUNTER_REFUSED_HOST, 1);
		return answer_plain(s, v, 421, PLAIN_MISSING); /* RFC 9110, 15.5.20 */
	}
	if (v->path.len > PATH_MOST || route.kind == ROUTE_NONE)
		return answer_plain(s, v, v->path.len > PATH_MOST ? 414 : 404, PLAIN_MISSING);
	if (get || (is_post(v) && route.kind != ROUTE_EXPORT))
		return (struct answer){ 0 };
	return answer_plain(s, v, 405,
			    route.kind == ROUTE_EXPORT ? PLAIN_READ_ONLY : PLAIN_NO_METHOD);
}

static struct answer turn_end(struct turn *t, unsigned status)
{
	leaf_end(&t->out, t->site->look, t->tongue);
	return give(t->arena, &t->out, status);
}

static struct answer turn_plain(const struct turn *t, unsigned status, enum plain page)
{
	struct answer answer = plain_of(t->site->look, page, t->tongue);
	answer.status = status;
	return answer;
}

static struct answer turn_failed(struct turn *t, enum roster_answer answer)
{
	if (answer == ROSTER_FAILED)
		return turn_plain(t, 503, PLAIN_FAILED);
	count(t->site->counters, COUNTER_REFUSED_TOKEN, 1);
	return turn_plain(t, 404, PLAIN_LOST);
}

/* ---- what is posted ---- */

static bool seal(void *context, struct str text, unsigned char out[32])
{
	return store_seal(context, text, out);
}

static struct str purpose(const struct turn *t)
{
	return str_format(t->arena, "%d %.*s", (int)t->route.kind, STR_ARG(t->route.token));
}

static struct str form_token(struct turn *t)
{
	struct buf out;
	buf_init(&out, 256);
	form_token_put(&out, &t->sealer, purpose(t), now(t->site));
	struct str token = str_copy(t->arena, buf_str(&out));
	buf_release(&out);
	return token;
}

/* Whether another site made the browser send this (Fetch Metadata; where a browser has
 * none, Origin, which is "null" here: our pages send no referrer). */
static bool is_foreign(const struct turn *t)
{
	const struct visit *v = t->visit;
	if (v->fetch_site.len)
		return !str_equal(v->fetch_site, STR("same-origin")) &&
		       !str_equal(v->fetch_site, STR("none"));
	size_t host = str_find(v->origin, STR("://"), 0) + 3;
	return v->origin.len && !str_equal(v->origin, STR("null")) &&
	       !routes_have_host(t->site->routes, str_sub(v->origin, host, v->origin.len),
				 t->site->port);
}

/* A refusal, or status 0. *expired: the form was ours, but is too old. */
static struct answer check_form(struct turn *t, bool *expired)
{
	*expired = false;
	if (is_foreign(t)) {
		count(t->site->counters, COUNTER_REFUSED_SITE, 1);
		return turn_plain(t, 403, PLAIN_REFUSED);
	}
	*expired = !form_token_is_good(form_value(&t->form, "form"), &t->sealer, purpose(t),
				       now(t->site));
	if (*expired)
		count(t->site->counters, COUNTER_REFUSED_FORM, 1);
	return (struct answer){ 0 };
}

/* ---- subscribing ---- */

/* One of those on offer. */
static struct str language_chosen(const struct turn *t, struct str wanted)
{
	const struct serve_settings *s = &t->site->publication->serve;
	struct str own = t->site->publication->language;
	for (size_t i = 0; i < s->language_count; i++)
		if (str_equal_nocase(s->languages[i], wanted))
			return s->languages[i];
	for (size_t i = 0; i < s->language_count; i++)
		if (language_is(s->languages[i], tongue_tag(t->tongue)))
			return s->languages[i];
	return s->language_count ? s->languages[0] : own;
}

/* Those on offer that were ticked; and of what is kept already, what is not on offer. */
static struct str regions_chosen(const struct turn *t, struct str kept)
{
	const struct serve_settings *s = &t->site->publication->serve;
	struct str offered = STR(""), rest = kept, one;
	struct buf out;
	buf_init(&out, 64 * 1024);
	for (size_t i = 0; i < s->region_count; i++) {
		bool ticked = false;
		offered =
			str_format(t->arena, "%.*s;%.*s", STR_ARG(offered), STR_ARG(s->regions[i]));
		for (size_t f = 0; f < t->form.count; f++)
			ticked |= str_equal(t->form.fields[f].name, STR("region")) &&
				  str_equal(t->form.fields[f].value, s->regions[i]);
		if (ticked)
			buf_format(&out, "%s%.*s", out.len ? ";" : "", STR_ARG(s->regions[i]));
	}
	while (rest.len && str_cut(&rest, ';', &one))
		if (str_trim(one).len && !list_has(offered, str_trim(one)))
			buf_format(&out, "%s%.*s", out.len ? ";" : "", STR_ARG(str_trim(one)));
	struct str regions = str_copy(t->arena, buf_str(&out));
	buf_release(&out);
	return regions;
}

static bool name_is_good(struct str name)
{
	for (size_t at = 0; at < name.len;)
		if (utf8_is_control(utf8_next(name, &at)))
			return false;
	return utf8_count(name) <= NAME_CHARACTERS;
}

static struct answers given_in_form(const struct turn *t)
{
	return (struct answers){
		.address = str_trim(form_value(&t->form, "email")),
		.name = str_trim(form_value(&t->form, "name")),
		.language = language_chosen(t, form_value(&t->form, "language")),
		.regions = regions_chosen(t, STR("")),
	};
}

static struct answer show_subscribe(struct turn *t, const struct answers *given, unsigned status)
{
	leaf_put_subscribe(&t->out, t->arena, t->site->look, t->tongue, given, form_token(t));
	return give(t->arena, &t->out, status);
}

static struct answer take_subscription(struct turn *t)
{
	const struct site *s = t->site;
	const char *problem;
	struct answers given = given_in_form(t);
	struct answer refused = check_form(t, &given.expired);
	if (refused.status)
		return refused;
	given.address_wrong = !address_is_valid(given.address, &problem);
	given.name_wrong = !name_is_good(given.name);
	if (given.expired || given.address_wrong || given.name_wrong)
		return show_subscribe(t, &given, 422);
	struct client prefix = client_prefix(t->visit->client);
	if (!limit_take(s->limit, &prefix, s->world->monotonic_ms(s->world->context))) {
		count(s->counters, COUNTER_REFUSED_LIMIT, 1);
		return turn_plain(t, 429, PLAIN_BUSY);
	}
	const struct subscriber wanted = { .address = given.address,
					   .name = given.name,
					   .language = given.language,
					   .regions = given.regions };
	enum roster_answer answer =
		roster_ask(t->store, &wanted, leaf_consent(t->arena, s->publication, t->tongue));
	if (answer == ROSTER_FAILED)
		return turn_failed(t, answer);
	count(s->counters, answer == ROSTER_DONE ? COUNTER_ASKED : COUNTER_REPEATED, 1);
	if (answer == ROSTER_DONE && s->wake)
		s->wake(s->context);
	/* Whatever was found: the same. */
	return turn_plain(t, 200, PLAIN_ASKED);
}

/* "lang=nb" of the query or of the form chooses the page's language. */
static void choose_tongue(struct turn *t)
{
	struct str rest = t->visit->query, pair, named = form_value(&t->form, "lang");
	enum tongue chosen;
	while (rest.len && str_cut(&rest, '&', &pair))
		if (str_starts(pair, STR("lang=")))
			named = str_sub(pair, 5, pair.len);
	if (tongue_from(named, &chosen))
		t->tongue = chosen;
}

static struct answer subscribe(struct turn *t)
{
	choose_tongue(t);
	if (is_post(t->visit))
		return take_subscription(t);
	const struct answers nothing = { .language = language_chosen(t, STR("")) };
	return show_subscribe(t, &nothing, 200);
}

/* ---- confirming ---- */

static void speak_to(struct turn *t, const struct subscriber *who)
{
	enum tongue theirs;
	if (tongue_from(who->language, &theirs))
		t->tongue = theirs;
}

static struct answer show_confirmed(struct turn *t, const struct subscriber *who)
{
	const struct routes *r = t->site->routes;
	speak_to(t, who);
	if (who->state != SUBSCRIBER_ACTIVE && who->state != SUBSCRIBER_PAUSED)
		return turn_plain(t, 404, PLAIN_LOST); /* left since */
	leaf_begin(&t->out, t->site->look, t->tongue, SAY_CONFIRMED, false);
	leaf_paragraph(&t->out, t->tongue, SAY_CONFIRMED_TEXT);
	leaf_address(&t->out, who->address);
	HTML(&t->out, "<p><a href=\"$\">$</a></p>\n",
	     str_join(t->arena, r->before[ROUTE_PREFERENCES], who->token),
	     say(SAY_PREFERENCES, t->tongue));
	return turn_end(t, 200);
}

static struct answer confirm(struct turn *t)
{
	struct subscriber who;
	bool expired = false;
	enum roster_answer answer = roster_asked(t->store, t->arena, t->route.token, &who);
	if (answer == ROSTER_DONE || answer == ROSTER_UNCHANGED)
		speak_to(t, &who);
	if (answer == ROSTER_DONE && is_post(t->visit)) {
		struct answer refused = check_form(t, &expired);
		if (refused.status)
			return refused;
		if (!expired) {
			answer = roster_confirm(t->store, t->arena, t->route.token, &who);
			count(t->site->counters, COUNTER_CONFIRMED, answer == ROSTER_DONE);
			if (answer == ROSTER_DONE)
				return show_confirmed(t, &who);
		}
	}
	if (answer == ROSTER_UNCHANGED)
		return show_confirmed(t, &who);
	if (answer != ROSTER_DONE)
		return turn_failed(t, answer);
	const struct answers late = { .expired = expired };
	leaf_begin(&t->out, t->site->look, t->tongue, SAY_CONFIRM, false);
	leaf_put_errors(&t->out, t->tongue, &late);
	leaf_paragraph(&t->out, t->tongue, SAY_CONFIRM_TEXT);
	leaf_address(&t->out, who.address);
	form_begin(&t->out, t->visit->path, form_token(t));
	form_end(&t->out, say(SAY_CONFIRM_BUTTON, t->tongue));
	return turn_end(t, expired ? 422 : 200);
}

/* ---- leaving ---- */

static struct answer show_unsubscribed(struct turn *t)
{
	leaf_begin(&t->out, t->site->look, t->tongue, SAY_UNSUBSCRIBED, false);
	leaf_paragraph(&t->out, t->tongue, SAY_UNSUBSCRIBED_TEXT);
	HTML(&t->out, "<p>$ <a href=\"$\">$</a></p>\n", say(SAY_BACK_TO_LIST, t->tongue),
	     t->site->routes->before[ROUTE_SUBSCRIBE], say(SAY_SUBSCRIBE, t->tongue));
	return turn_end(t, 200);
}

static struct answer unsubscribe(struct turn *t)
{
	struct subscriber who;
	bool expired = false;
	/* RFC 8058, 3.1: comes from a mail program's server; the token alone has to do. */
	bool one_click = is_post(t->visit) &&
			 str_equal(form_value(&t->form, "List-Unsubscribe"), STR("One-Click"));
	enum roster_answer answer = roster_by_token(t->store, t->arena, t->route.token, &who);
	if (answer != ROSTER_DONE)
		return turn_failed(t, answer);
	speak_to(t, &who);
	if (is_post(t->visit) && !one_click) {
		struct answer refused = check_form(t, &expired);
		if (refused.status)
			return refused;
	}
	if (is_post(t->visit) && !expired) {
		answer = roster_unsubscribe(t->store, t->route.token,
					    one_click ? STR("one-click") : STR("page"));
		if (answer != ROSTER_DONE && answer != ROSTER_UNCHANGED)
			return turn_failed(t, answer);
		count(t->site->counters,
		      one_click ? COUNTER_UNSUBSCRIBED_CLICK : COUNTER_UNSUBSCRIBED_PAGE,
		      answer == ROSTER_DONE);
		return show_unsubscribed(t);
	}
	if (who.state == SUBSCRIBER_UNSUBSCRIBED || who.state == SUBSCRIBER_SUPPRESSED)
		return show_unsubscribed(t);
	const struct answers late = { .expired = expired };
	leaf_begin(&t->out, t->site->look, t->tongue, SAY_UNSUBSCRIBE, false);
	leaf_put_errors(&t->out, t->tongue, &late);
	leaf_paragraph(&t->out, t->tongue, SAY_UNSUBSCRIBE_TEXT);
	leaf_address(&t->out, who.address);
	form_begin(&t->out, t->visit->path, form_token(t));
	form_end(&t->out, say(SAY_UNSUBSCRIBE_BUTTON, t->tongue));
	HTML(&t->out, "<p><a href=\"$\">$</a></p>\n",
	     str_join(t->arena, t->site->routes->before[ROUTE_PREFERENCES], t->route.token),
	     say(SAY_PREFERENCES, t->tongue));
	return turn_end(t, expired ? 422 : 200);
}

/* ---- settings ---- */

static void put_pause(struct turn *t, const struct subscriber *who, struct str token)
{
	bool paused = who->state == SUBSCRIBER_PAUSED;
	HTML(&t->out, "<h2>$</h2>\n<p>$</p>\n", say(SAY_PAUSE, t->tongue),
	     say(paused ? SAY_PAUSED : SAY_PAUSE_TEXT, t->tongue));
	form_begin(&t->out, t->visit->path, token);
	HTML(&t->out, "<input type=\"hidden\" name=\"do\" value=\"@\">\n",
	     paused ? STR("resume") : STR("pause"));
	form_end(&t->out, say(paused ? SAY_RESUME_BUTTON : SAY_PAUSE_BUTTON, t->tongue));
}

static void put_data(struct turn *t)
{
	const struct routes *r = t->site->routes;
	struct str before = str_join(t->arena, r->before[ROUTE_PREFERENCES], t->route.token);
	HTML(&t->out,
	     "<h2>$</h2>\n<p><a href=\"$/data.json\">$</a></p>\n"
	     "<p><a href=\"$/erase\">$</a></p>\n",
	     say(SAY_DATA, t->tongue), before, say(SAY_EXPORT, t->tongue), before,
	     say(SAY_ERASE, t->tongue));
}

/* done: what was just done, or SAY_COUNT. */
static struct answer show_preferences(struct turn *t, const struct subscriber *who,
				      const struct answers *given, enum say done)
{
	const struct routes *r = t->site->routes;
	bool in = who->state == SUBSCRIBER_ACTIVE || who->state == SUBSCRIBER_PAUSED;
	struct str token = form_token(t);
	leaf_begin(&t->out, t->site->look, t->tongue, SAY_PREFERENCES, false);
	leaf_put_errors(&t->out, t->tongue, given);
	if (done != SAY_COUNT)
		HTML(&t->out, "<p class=\"done\" role=\"status\">$</p>\n", say(done, t->tongue));
	HTML(&t->out, "<p>$: <span class=\"address\">$</span></p>\n", say(SAY_ADDRESS, t->tongue),
	     who->address);
	if (in) {
		form_begin(&t->out, t->visit->path, token);
		buf_put_c(&t->out, "<input type=\"hidden\" name=\"do\" value=\"save\">\n");
		leaf_put_fields(&t->out, t->site->look, t->tongue, given);
		form_end(&t->out, say(SAY_SAVE, t->tongue));
		put_pause(t, who, token);
		HTML(&t->out, "<h2>$</h2>\n<p><a href=\"$\">$</a></p>\n",
		     say(SAY_UNSUBSCRIBE, t->tongue),
		     str_join(t->arena, r->before[ROUTE_UNSUBSCRIBE], t->route.token),
		     say(SAY_UNSUBSCRIBE, t->tongue));
	} else {
		HTML(&t->out, "<p>$</p>\n<p><a href=\"$\">$</a></p>\n",
		     say(SAY_UNSUBSCRIBED_TEXT, t->tongue), r->before[ROUTE_SUBSCRIBE],
		     say(SAY_SUBSCRIBE, t->tongue));
	}
	put_data(t);
	return turn_end(t, given->expired || given->name_wrong ? 422 : 200);
}

static enum roster_answer apply(struct turn *t, const struct subscriber *who,
				const struct answers *given, enum say *done)
{
	struct str action = form_value(&t->form, "do");
	enum roster_answer answer;
	if (str_equal(action, STR("pause")) || str_equal(action, STR("resume"))) {
		bool pause = str_equal(action, STR("pause"));
		answer = roster_pause(t->store, who->token, pause);
		count(t->site->counters, COUNTER_PAUSED, pause && answer == ROSTER_DONE);
		*done = pause ? SAY_PAUSED : SAY_RESUMED;
	} else {
		const struct subscriber wanted = { .name = given->name,
						   .language = given->language,
						   .regions = given->regions };
		answer = roster_change(t->store, who->token, &wanted);
		count(t->site->counters, COUNTER_CHANGED, answer == ROSTER_DONE);
		*done = SAY_SAVED;
	}
	if (answer == ROSTER_KEPT_OUT)
		*done = SAY_COUNT;
	return answer;
}

static struct answer preferences(struct turn *t)
{
	struct subscriber who;
	enum say done = SAY_COUNT;
	enum roster_answer answer = roster_by_token(t->store, t->arena, t->route.token, &who);
	if (answer != ROSTER_DONE)
		return turn_failed(t, answer);
	speak_to(t, &who);
	struct answers given = { .name = who.name,
				 .language = who.language,
				 .regions = who.regions };
	if (is_post(t->visit)) {
		struct str action = form_value(&t->form, "do");
		bool saves = str_equal(action, STR("save"));
		struct answer refused = check_form(t, &given.expired);
		if (refused.status)
			return refused;
		if (saves) {
			given.name = str_trim(form_value(&t->form, "name"));
			given.regions = regions_chosen(t, who.regions);
			if (form_value(&t->form, "language").len)
				given.language =
					language_chosen(t, form_value(&t->form, "language"));
			given.name_wrong = !name_is_good(given.name);
		} else if (!str_equal(action, STR("pause")) && !str_equal(action, STR("resume"))) {
			return turn_plain(t, 400, PLAIN_REFUSED);
		}
		if (!given.expired && !given.name_wrong) {
			answer = apply(t, &who, &given, &done);
			if (answer == ROSTER_FAILED || answer == ROSTER_UNKNOWN)
				return turn_failed(t, answer);
			if (roster_by_token(t->store, t->arena, t->route.token, &who) !=
			    ROSTER_DONE)
				return turn_failed(t, ROSTER_UNKNOWN);
			given.language = who.language;
			speak_to(t, &who);
		}
	}
	return show_preferences(t, &who, &given, done);
}

/* ---- one's data ---- */

static struct answer erase(struct turn *t)
{
	struct subscriber who;
	bool expired = false;
	enum roster_answer answer = roster_by_token(t->store, t->arena, t->route.token, &who);
	if (answer != ROSTER_DONE)
		return turn_failed(t, answer);
	speak_to(t, &who);
	if (is_post(t->visit)) {
		struct answer refused = check_form(t, &expired);
		if (refused.status)
			return refused;
	}
	if (is_post(t->visit) && !expired) {
		answer = roster_erase_by_token(t->store, t->route.token);
		if (answer != ROSTER_DONE)
			return turn_failed(t, answer);
		count(t->site->counters, COUNTER_ERASED, 1);
		return turn_plain(t, 200, PLAIN_ERASED);
	}
	const struct answers late = { .expired = expired };
	leaf_begin(&t->out, t->site->look, t->tongue, SAY_ERASE, false);
	leaf_put_errors(&t->out, t->tongue, &late);
	leaf_paragraph(&t->out, t->tongue, SAY_ERASE_TEXT);
	leaf_address(&t->out, who.address);
	form_begin(&t->out, t->visit->path, form_token(t));
	form_end(&t->out, say(SAY_ERASE_BUTTON, t->tongue));
	HTML(&t->out, "<p><a href=\"$\">$</a></p>\n",
	     str_join(t->arena, t->site->routes->before[ROUTE_PREFERENCES], t->route.token),
	     say(SAY_CANCEL, t->tongue));
	return turn_end(t, expired ? 422 : 200);
}

static struct answer export(struct turn *t)
{
	struct subscriber who;
	enum roster_answer answer = roster_by_token(t->store, t->arena, t->route.token, &who);
	if (answer == ROSTER_DONE && !roster_put_person(t->store, &who, &t->out))
		answer = ROSTER_FAILED;
	if (answer != ROSTER_DONE)
		return turn_failed(t, answer);
	buf_put_byte(&t->out, '\n');
	count(t->site->counters, COUNTER_EXPORTED, 1);
	struct answer given = give(t->arena, &t->out, 200);
	given.type = "application/json";
	given.download = true;
	return given;
}

struct answer answer_visit(const struct site *s, struct store *store, struct arena *a,
			   const struct visit *v)
{
	static struct answer (*const answers[ROUTE_COUNT])(struct turn *) = {
		[ROUTE_SUBSCRIBE] = subscribe,
		[ROUTE_CONFIRM] = confirm,
		[ROUTE_UNSUBSCRIBE] = unsubscribe,
		[ROUTE_PREFERENCES] = preferences,
		[ROUTE_ERASE] = erase,
		[ROUTE_EXPORT] = export,
	};
	struct turn t = { .site = s,
			  .store = store,
			  .arena = a,
			  .visit = v,
			  .route = routes_find(s->routes, v->path),
			  .tongue = tongue_of(s, v),
			  .sealer = { seal, store } };
	if (is_post(v) && !form_read(a, v->type, v->body, &t.form)) {
		count(s->counters, COUNTER_REFUSED_FORM, 1);
		return answer_plain(s, v, 400, PLAIN_REFUSED);
	}
	buf_init(&t.out, PAGE_BYTES);
	struct answer answer = answers[t.route.kind](&t);
	buf_release(&t.out);
	return answer;
}
