/* The frame of the HTML part: head, preheader, plate, cover, contents, articles,
 * footer.
 *
 * One presentation table of at most 600 px, a ghost table of 600 for Outlook,
 * which knows no max-width; a row for each part. The first words of the body are
 * the preheader, the second the link to the web: nothing is hidden, some
 * receivers forbid it. lang and dir stand on html and again on the wrapper,
 * because some readers drop html and body. The start tag of body is left out, which
 * HTML allows: many readers put a div without its styles in its place, so whatever
 * it would carry hangs on the wrapper. */
#include "base/language.h"
#include "email/mail.h"

static void put_head(struct mail *m, struct str subject)
{
	struct buf *b = &m->html;
	struct str dir = language_is_rtl(m->language) ? STR("rtl") : STR("ltr");
	HTML(b, "<!DOCTYPE html>\n<html lang=\"$\" dir=\"$\">\n<head>\n<meta charset=\"utf-8\">\n",
	     m->language, dir);
	buf_put_c(b, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
		     "<meta name=\"color-scheme\" content=\"light dark\">\n"
		     "<meta name=\"supported-color-schemes\" content=\"light dark\">\n");
	HTML(b, "<title>$</title>\n", subject);
	dress_put_block(m, b);
	HTML(b,
	     "</head>\n<div role=\"article\" aria-roledescription=\"email\" aria-label=\"$\" "
	     "lang=\"$\" "
	     "dir=\"$\" class=\"g\" style=\"@\">\n",
	     subject, m->language, dir, m->dress[DRESS_PAGE]);
	buf_put_c(b,
		  "<!--[if mso]><table role=\"presentation\" width=\"600\" align=\"center\" "
		  "cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->\n"
		  "<table role=\"presentation\" style=\"width:100%;max-width:600px;margin:0 auto;"
		  "border-collapse:collapse\">\n");
}

struct str html_together(struct mail *m, struct str words)
{
	struct buf out;
	buf_init(&out, 4096);
	for (size_t i = 0; i < words.len; i++)
		if (words.ptr[i] == ' ')
			buf_put_c(&out, "\u00a0");
		else
			buf_put_byte(&out, words.ptr[i]);
	struct str s = str_copy(m->arena, buf_str(&out));
	buf_release(&out);
	return s;
}

static void put_preheader(struct mail *m)
{
	struct buf *b = &m->html;
	struct str words = mail_words(m, m->preheader, m->at->preheader);
	HTML(b, "<tr><td style=\"@\" class=\"g\">", m->dress[DRESS_PREHEADER]);
	if (words.len)
		HTML(b, "$ ", words);
	if (m->site)
		HTML(b, "<a class=\"l\" style=\"@\" href=\"$\">$</a>", m->dress[DRESS_LINK],
		     m->issue_url, html_together(m, word(WORD_READ_ON_WEB, m->language)));
	buf_put_c(b, "</td></tr>\n");
}

/* A plate of its own colours, in light and dark the same: a dark scheme has
 * nothing to turn over there. */
static void put_plate(struct mail *m)
{
	struct buf *b = &m->html;
	struct str title = m->doc->publication->title;
	HTML(b, "<tr><td style=\"@\"><p style=\"@\">", m->dress[DRESS_PLATE],
	     m->dress[DRESS_PLATE_TITLE]);
	if (m->site)
		HTML(b, "<a style=\"@\" href=\"$\">$</a>", m->dress[DRESS_PLATE_LINK], m->issue_url,
		     title);
	else
		html_put(b, title);
	HTML(b, "</p>\n<p style=\"@\">$ · $ · $</p></td></tr>\n", m->dress[DRESS_PLATE_ISSUE],
	     mail_issue_number(m), mail_issue_date(m), word(WORD_FREE, m->language));
}

static void put_cover_lines(struct mail *m)
{
	const struct cover *c = &m->doc->cover;
	struct buf *b = &m->html;
	for (size_t i = 0; i < c->line_count; i++) {
		const struct cover_line *line = &c->lines[i];
		struct str text = mail_words(m, line->text, line->place);
		struct str url = line->article ? mail_article_url(m, line->article) : STR("");
		HTML(b, "<p class=\"r\" style=\"@@\">", m->dress[DRESS_COVER_LINE],
		     html_breaking(text, LINK_SIZE));
		if (url.len)
			HTML(b, "<a class=\"l\" style=\"@\" href=\"$\">$</a>",
			     m->dress[DRESS_LONE_LINK], url, text);
		else
			HTML(b, "<span style=\"@\">$</span>", m->dress[DRESS_COVER_WORDS], text);
		buf_put_c(b, "</p>\n");
	}
}

static void put_cover_picture(struct mail *m, const struct picture *cover)
{
	struct buf *b = &m->html;
	HTML(b, "<tr><td class=\"p\" style=\"@\">", m->dress[DRESS_COVER]);
	html_picture(m, cover, PAGE_WIDTH, false, m->issue_url);
	if (cover->credit.len)
		HTML(b, "<p class=\"m\" style=\"@\">$</p>\n", m->dress[DRESS_COVER_CREDIT],
		     cover->credit);
	buf_put_c(b, "</td></tr>\n");
}

/* Words first: on a telephone the picture alone is a screen. */
static void put_cover(struct mail *m)
{
	const struct picture *cover = mail_has_pictures(m) ? m->cover : NULL;
	struct buf *b = &m->html;
	HTML(b, "<tr><td class=\"p\" style=\"@\">", m->dress[DRESS_PANEL]);
	html_title(m, 1, DRESS_H1, mail_words(m, m->title, m->at->title), STR(""));
	if (m->lead.len)
		HTML(b, "<p style=\"@\">$</p>\n", m->dress[DRESS_ISSUE_LEAD],
		     mail_words(m, m->lead, m->at->lead));
	if (!m->translation) /* they are in the issue's language */
		put_cover_lines(m);
	buf_put_c(b, "</td></tr>\n");
	if (cover && cover->path.len)
		put_cover_picture(m, cover);
}

/* Whether the design lists an article, and there is a page to lead to. */
static bool is_listed(const struct mail *m, const struct article *a)
{
	const struct template *t = a ? layout_template(m->layout, a->template) : NULL;
	return a && a->title.len && mail_is_on_web(m, a) && (!t || t->in_contents);
}

static void put_pdf_link(struct mail *m, enum edition e, enum word name)
{
	struct str url = mail_pdf_url(m, e);
	if (url.len)
		HTML(&m->html, "<p style=\"@\"><a class=\"l\" style=\"@\" href=\"$\">$</a></p>\n",
		     m->dress[DRESS_CONTENTS_ITEM], m->dress[DRESS_LONE_LINK], url,
		     word(name, m->language));
}

static void put_pdf_links(struct mail *m)
{
	HTML(&m->html, "<p class=\"m\" style=\"@\">$</p>\n", m->dress[DRESS_CONTENTS_SECTION],
	     word(WORD_DOWNLOAD, m->language));
	put_pdf_link(m, EDITION_SCREEN, WORD_PDF_SCREEN);
	put_pdf_link(m, EDITION_LARGE, WORD_PDF_LARGE);
}

/* One article's line of the contents, under its section's when that begins. */
static void put_contents_item(struct mail *m, const struct article *a, bool begins)
{
	if (begins)
		HTML(&m->html, "<p class=\"m\" style=\"@\">$</p>\n",
		     m->dress[DRESS_CONTENTS_SECTION], mail_words(m, a->section, a->place));
	struct str title = mail_words(m, a->title, a->place);
	HTML(&m->html,
	     "<p style=\"@@\"><a class=\"l\" lang=\"$\" style=\"@\" href=\"$\">$</a></p>\n",
	     m->dress[DRESS_CONTENTS_ITEM], html_breaking(title, LINK_SIZE), a->language,
	     m->dress[DRESS_LONE_LINK], mail_article_url(m, a), title);
}

/* Listed articles under their sections, as links to the web; then the whole issue
 * as a PDF. */
static void put_contents(struct mail *m)
{
	struct buf *b = &m->html;
	struct str section = STR("");
	bool listed = false, pdf = mail_pdf_url(m, EDITION_SCREEN).len > 0;
	for (size_t i = 0; i < m->doc->entry_count; i++)
		listed = listed || is_listed(m, mail_article(m, i));
	if (!listed && !pdf)
		return;
	HTML(b, "<tr><td class=\"i\" style=\"@\">", m->dress[DRESS_CONTENTS]);
	if (listed)
		HTML(b, "<h2 style=\"@\">$</h2>\n", m->dress[DRESS_H2],
		     word(WORD_CONTENTS, m->language));
	for (size_t i = 0; i < m->doc->entry_count; i++) {
		const struct article *a = mail_article(m, i);
		if (!is_listed(m, a))
			continue;
		put_contents_item(m, a, !str_equal(section, mail_section(m, a)));
		section = mail_section(m, a);
	}
	if (pdf)
		put_pdf_links(m);
	buf_put_c(b, "</td></tr>\n");
}

static void put_articles(struct mail *m)
{
	struct buf *b = &m->html;
	struct str section = STR("");
	for (size_t i = 0; i < m->doc->entry_count; i++) {
		const struct article *a = mail_article(m, i);
		if (!a)
			continue;
		bool leads = !str_equal(section, mail_section(m, a));
		section = mail_section(m, a);
		struct weight w = { .article = a, .start = b->len };
		HTML(b, "<tr><td class=\"p\" style=\"@\">", m->dress[DRESS_PANEL]);
		if (leads && section.len)
			HTML(b, "<h2 class=\"l\" style=\"@\">$</h2>\n", m->dress[DRESS_SECTION],
			     mail_words(m, section, a->place));
		m->heading = section.len ? 3 : 2;
		html_article(m, a, leads);
		buf_put_c(b, "</td></tr>\n");
		w.end = b->len;
		PUSH(m->arena, m->weights, m->weight_count, m->weight_capacity, w);
	}
}

/* The links that must be there: out, and what is kept. */
static void put_footer_links(struct mail *m)
{
	const struct mail_settings *s = &m->doc->publication->mail;
	const struct {
		struct str url;
		enum word word;
	} links[] = { { s->unsubscribe, WORD_UNSUBSCRIBE }, { s->preferences, WORD_PREFERENCES } };
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (links[i].url.len)
			HTML(&m->html,
			     "<p style=\"@\"><a class=\"l\" style=\"@\" href=\"$\">$</a></p>\n",
			     m->dress[DRESS_FOOT_LINK], m->dress[DRESS_LONE_LINK],
			     mail_url(m, links[i].url, s->place), word(links[i].word, m->language));
}

static void put_footer(struct mail *m)
{
	const struct publication *p = m->doc->publication;
	struct buf *b = &m->html;
	HTML(b, "<tr><td class=\"g\" style=\"@\">", m->dress[DRESS_FOOT]);
	m->article = mail_imprint(m);
	if (m->article) {
		m->heading = 2;
		HTML(b, "<h2 style=\"@\">$</h2>\n", m->dress[DRESS_H3],
		     mail_words(m, m->article->title, m->article->place));
		html_blocks(m, m->article->first);
	}
	HTML(b, "<p style=\"@\"><strong>$</strong>", m->dress[DRESS_P], p->publisher);
	if (p->mail.postal_address.len) {
		buf_put_c(b, "<br>");
		html_words(m, p->mail.postal_address);
	}
	HTML(b, "</p>\n<p style=\"@\">$.</p>\n", m->dress[DRESS_P],
	     word(WORD_WHY_YOU, m->language));
	put_footer_links(m);
	buf_put_c(b, "</td></tr>\n");
}

void html_message(struct mail *m)
{
	put_head(m, mail_header_words(m, m->subject, m->at->subject));
	put_preheader(m);
	put_plate(m);
	put_cover(m);
	put_contents(m);
	put_articles(m);
	put_footer(m);
	buf_put_c(&m->html, "</table>\n<!--[if mso]></td></tr></table><![endif]-->\n"
			    "</div>\n</html>\n");
}
