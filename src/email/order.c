/* What this message shows, how, and where its links lead. */
#include "base/language.h"
#include "base/url.h"
#include "email/mail.h"
#include "model/teaser.h"

bool mail_is_on_web(const struct mail *m, const struct article *a)
{
	return m->site && article_shows(a, EDITION_WEB, STR(""));
}

bool mail_is_whole(const struct mail *m, const struct article *a)
{
	const struct template *t = layout_template(m->layout, a->template);
	if (!t)
		t = m->layout->fallback_template;
	return (t && t->email_whole) || !mail_is_on_web(m, a);
}

const struct article *mail_article(const struct mail *m, size_t i)
{
	const struct article *a = m->doc->entries[i].article;
	bool shows = a && article_shows(a, EDITION_EMAIL, m->region) &&
		     translation_has(m->translation, a);
	return shows ? a : NULL;
}

bool translation_has(const struct translation *t, const struct article *a)
{
	return !t || language_is(a->language, language_primary(t->language));
}

struct str mail_section(const struct mail *m, const struct article *a)
{
	return m->translation ? STR("") : a->section;
}

const struct article *mail_imprint(const struct mail *m)
{
	const struct article *a = m->doc->imprint;
	return a && translation_has(m->translation, a) ? a : NULL;
}

/* b's bytes in m's arena; b is released. */
static struct str kept(struct mail *m, struct buf *b)
{
	struct str s = str_copy(m->arena, buf_str(b));
	buf_release(b);
	return s;
}

struct str mail_article_url(struct mail *m, const struct article *a)
{
	struct buf b;
	buf_init(&b, MAIL_CEILING);
	if (mail_is_on_web(m, a))
		site_put_article(&b, m->doc, a);
	return kept(m, &b);
}

struct str mail_pdf_url(struct mail *m, enum edition e)
{
	struct buf b;
	buf_init(&b, MAIL_CEILING);
	if (m->site && !m->doc->publication->mail.without_pdf) {
		site_put_issue(&b, m->doc);
		url_put_component(&b, m->doc->id);
		buf_put_c(&b, e == EDITION_LARGE ? "-large.pdf" : ".pdf");
	}
	return kept(m, &b);
}

bool mail_has_pictures(const struct mail *m)
{
	return m->site || m->maker;
}

struct str mail_picture_url(struct mail *m, const struct picture *p)
{
	if (m->maker)
		return p->path.len ? inline_url(m, p) : STR("");
	struct buf b;
	buf_init(&b, MAIL_CEILING);
	if (p->path.len)
		site_put_picture(&b, m->doc, p);
	return kept(m, &b);
}

struct str mail_teaser(struct mail *m, const struct article *a)
{
	struct buf b;
	buf_init(&b, MAIL_CEILING);
	teaser_put(&b, a, EDITION_EMAIL, m->region);
	struct str text = kept(m, &b);
	return mail_words(m, text, a->lead.len ? a->at.lead : a->place);
}

struct str mail_issue_number(struct mail *m)
{
	return str_format(m->arena, "%.*s\u00a0%.*s", STR_ARG(word(WORD_ISSUE_SHORT, m->language)),
			  STR_ARG(m->doc->number));
}

struct str mail_issue_date(struct mail *m)
{
	struct buf b;
	buf_init(&b, 256);
	word_put_date(&b, m->doc->date, m->language);
	return kept(m, &b);
}

struct str mail_target(struct mail *m, const struct node *link)
{
	struct str url = link->link.url;
	if (str_starts(url, STR("#"))) {
		const struct article *a = document_article(m->doc, str_sub(url, 1, url.len));
		return a ? mail_article_url(m, a) : STR("");
	}
	return url_allowed(url) ? mail_url(m, url, link->place) : STR("");
}
