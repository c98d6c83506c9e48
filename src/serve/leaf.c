#include "serve/leaf.h"

#include "base/arena.h"
#include "base/html.h"
#include "base/language.h"
#include "model/mailbox.h"

/* ---- the frame ---- */

static void put_switches(struct buf *out, enum tongue t)
{
	HTML(out, "<nav aria-label=\"$\"><ul>", say(SAY_LANGUAGES, t));
	for (int i = 0; i < TONGUE_COUNT; i++) {
		enum tongue to = (enum tongue)i;
		HTML(out, "<li><a href=\"?lang=@\" lang=\"@\" hreflang=\"@\"@>$</a></li>",
		     tongue_tag(to), tongue_tag(to), tongue_tag(to),
		     to == t ? STR(" aria-current=\"true\"") : STR(""), say(SAY_OWN_NAME, to));
	}
	buf_put_c(out, "</ul></nav>");
}

void leaf_begin(struct buf *out, const struct look *l, enum tongue t, enum say heading,
		bool switches)
{
	const struct publication *p = l->publication;
	HTML(out,
	     "<!DOCTYPE html>\n<html lang=\"@\">\n<head>\n<meta charset=\"utf-8\">\n"
	     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	     "<meta name=\"robots\" content=\"noindex\">\n<title>$ – $</title>\n",
	     tongue_tag(t), say(heading, t), p->title);
	buf_put_c(out, "<style>");
	buf_put(out, l->style);
	buf_put_c(out, "</style>\n</head>\n<body>\n<header><p>");
	struct str language = language_is(p->language, tongue_tag(t)) ? STR("") : p->language;
	if (p->site.len)
		HTML(out, "<a href=\"$\" lang=\"$\">$</a>", p->site,
		     language.len ? language : tongue_tag(t), p->title);
	else
		HTML(out, "<span lang=\"$\">$</span>", language.len ? language : tongue_tag(t),
		     p->title);
	buf_put_c(out, "</p>");
	if (switches)
		put_switches(out, t);
	HTML(out, "</header>\n<main>\n<h1>$</h1>\n", say(heading, t));
}

void leaf_end(struct buf *out, const struct look *l, enum tongue t)
{
	const struct publication *p = l->publication;
	/* Who is lost writes to somebody. */
	struct str contact =
		mailbox_of(p->mail.reply_to.len ? p->mail.reply_to : p->mail.from).address;
	buf_put_c(out, "</main>\n<footer>\n");
	if (p->publisher.len || p->mail.postal_address.len)
		HTML(out, "<p>$@$</p>\n", p->publisher,
		     p->publisher.len && p->mail.postal_address.len ? STR("<br>") : STR(""),
		     p->mail.postal_address);
	if (contact.len) {
		buf_put_c(out, "<p><a href=\"mailto:");
		html_put_url(out, contact);
		HTML(out, "\">$</a></p>\n", contact);
	}
	if (p->serve.privacy.len)
		HTML(out, "<p><a href=\"$\">$</a></p>\n", p->serve.privacy, say(SAY_PRIVACY, t));
	buf_put_c(out, "</footer>\n</body>\n</html>\n");
}

void leaf_paragraph(struct buf *out, enum tongue t, enum say what)
{
	HTML(out, "<p>$</p>\n", say(what, t));
}

void leaf_address(struct buf *out, struct str address)
{
	HTML(out, "<p class=\"address\">$</p>\n", address);
}

void leaf_make_plain(struct arena *a, struct look *l)
{
	static const struct {
		enum say heading, sentence;
	} pages[] = {
#define PLAIN(name, heading, sentence, allow) { SAY_##heading, SAY_##sentence },
		PLAINS(PLAIN)
#undef PLAIN
	};
	struct buf out;
	buf_init(&out, 1 << 20);
	for (int i = 0; i < PLAIN_COUNT * TONGUE_COUNT; i++) {
		int page = i / TONGUE_COUNT;
		enum tongue t = (enum tongue)(i % TONGUE_COUNT);
		buf_clear(&out);
		leaf_begin(&out, l, t, pages[page].heading, false);
		if (pages[page].sentence != pages[page].heading)
			leaf_paragraph(&out, t, pages[page].sentence);
		leaf_end(&out, l, t);
		l->plain[page][t] = str_copy(a, buf_str(&out));
	}
	buf_release(&out);
}

/* ---- forms ---- */

void form_begin(struct buf *out, struct str action, struct str token)
{
	HTML(out,
	     "<form method=\"post\" action=\"$\" accept-charset=\"utf-8\" novalidate>\n"
	     "<input type=\"hidden\" name=\"form\" value=\"$\">\n",
	     action, token);
}

void form_end(struct buf *out, struct str button)
{
	HTML(out, "<p><button type=\"submit\">$</button></p>\n</form>\n", button);
}

bool list_has(struct str list, struct str item)
{
	struct str rest = list, one;
	while (rest.len && str_cut(&rest, ';', &one))
		if (str_equal(str_trim(one), item))
			return true;
	return false;
}

static void put_name(struct buf *out, enum tongue t, const struct answers *given)
{
	HTML(out,
	     "<div class=\"field\"><label for=\"name\">$ <span class=\"hint\">($)</span></label>\n",
	     say(SAY_NAME, t), say(SAY_OPTIONAL, t));
	if (given->name_wrong)
		HTML(out, "<p class=\"error\" id=\"name-error\">$</p>\n", say(SAY_NAME_WRONG, t));
	HTML(out,
	     "<input id=\"name\" name=\"name\" type=\"text\" autocomplete=\"name\" "
	     "maxlength=\"200\" value=\"$\"@></div>\n",
	     given->name,
	     given->name_wrong ? STR(" aria-invalid=\"true\" aria-describedby=\"name-error\"")
			       : STR(""));
}

/* What a language calls itself, of those the pages speak; else its tag. */
static struct str own_name(struct str tag)
{
	enum tongue t;
	return tongue_from(tag, &t) ? say(SAY_OWN_NAME, t) : tag;
}

static void put_languages(struct buf *out, const struct look *l, enum tongue t, struct str chosen)
{
	const struct serve_settings *s = &l->publication->serve;
	if (s->language_count < 2)
		return;
	HTML(out, "<fieldset><legend>$</legend>\n", say(SAY_LANGUAGE, t));
	for (size_t i = 0; i < s->language_count; i++) {
		struct str tag = s->languages[i];
		bool same = language_is(chosen, language_primary(tag));
		HTML(out,
		     "<label class=\"choice\"><input type=\"radio\" name=\"language\" "
		     "value=\"$\"@> <span lang=\"$\">$</span></label>\n",
		     tag, same ? STR(" checked") : STR(""), tag, own_name(tag));
	}
	buf_put_c(out, "</fieldset>\n");
}

static void put_regions(struct buf *out, const struct look *l, enum tongue t, struct str chosen)
{
	const struct serve_settings *s = &l->publication->serve;
	if (s->region_count == 0)
		return;
	HTML(out, "<fieldset><legend>$ <span class=\"hint\">($)</span></legend>\n",
	     say(SAY_REGIONS, t), say(SAY_OPTIONAL, t));
	for (size_t i = 0; i < s->region_count; i++)
		HTML(out,
		     "<label class=\"choice\"><input type=\"checkbox\" name=\"region\" "
		     "value=\"$\"@> <span lang=\"$\">$</span></label>\n",
		     s->regions[i], list_has(chosen, s->regions[i]) ? STR(" checked") : STR(""),
		     l->publication->language, s->regions[i]);
	buf_put_c(out, "</fieldset>\n");
}

void leaf_put_fields(struct buf *out, const struct look *l, enum tongue t,
		     const struct answers *given)
{
	put_name(out, t, given);
	put_languages(out, l, t, given->language);
	put_regions(out, l, t, given->regions);
}

void leaf_put_errors(struct buf *out, enum tongue t, const struct answers *given)
{
	const struct {
		bool wrong;
		const char *link;
		enum say words;
	} all[] = {
		{ given->expired, NULL, SAY_EXPIRED },
		{ given->address_wrong, "email", SAY_EMAIL_WRONG },
		{ given->name_wrong, "name", SAY_NAME_WRONG },
	};
	if (!given->expired && !given->address_wrong && !given->name_wrong)
		return;
	HTML(out, "<div class=\"errors\" role=\"alert\" id=\"errors\"><h2>$</h2><ul>",
	     say(SAY_ERRORS, t));
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (!all[i].wrong)
			continue;
		if (all[i].link)
			HTML(out, "<li><a href=\"#@\">$</a></li>", str_from(all[i].link),
			     say(all[i].words, t));
		else
			HTML(out, "<li>$</li>", say(all[i].words, t));
	}
	buf_put_c(out, "</ul></div>\n");
}

struct str leaf_consent(struct arena *a, const struct publication *p, enum tongue t)
{
	struct str pattern = say(SAY_CONSENT, t);
	const struct str values[] = { p->title, p->publisher.len ? p->publisher : p->title };
	struct buf out;
	buf_init(&out, 64 * 1024);
	for (size_t i = 0, v = 0; i < pattern.len; i++)
		if (pattern.ptr[i] == '$')
			buf_put(&out, values[v++]);
		else
			buf_put_byte(&out, pattern.ptr[i]);
	struct str words = str_copy(a, buf_str(&out));
	buf_release(&out);
	return words;
}

void leaf_put_subscribe(struct buf *out, struct arena *a, const struct look *l, enum tongue t,
			const struct answers *given, struct str token)
{
	leaf_begin(out, l, t, SAY_SUBSCRIBE, true);
	leaf_put_errors(out, t, given);
	leaf_paragraph(out, t, SAY_SUBSCRIBE_INTRO);
	form_begin(out, l->routes->before[ROUTE_SUBSCRIBE], token);
	HTML(out, "<input type=\"hidden\" name=\"lang\" value=\"@\">\n", tongue_tag(t));
	HTML(out, "<div class=\"field\"><label for=\"email\">$</label>\n", say(SAY_EMAIL, t));
	if (given->address_wrong)
		HTML(out, "<p class=\"error\" id=\"email-error\">$</p>\n", say(SAY_EMAIL_WRONG, t));
	HTML(out,
	     "<input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"email\" "
	     "maxlength=\"254\" required value=\"$\"@></div>\n",
	     given->address,
	     given->address_wrong ? STR(" aria-invalid=\"true\" aria-describedby=\"email-error\"")
				  : STR(""));
	leaf_put_fields(out, l, t, given);
	HTML(out, "<p>$</p>\n<p>$</p>\n", leaf_consent(a, l->publication, t),
	     say(SAY_CONSENT_NOTE, t));
	form_end(out, say(SAY_SUBSCRIBE, t));
	leaf_end(out, l, t);
}
