/* An article of the HTML part: whole, or as a teaser.
 *
 * The first teaser of a section has its picture above the words, tall ones and the
 * following have it beside them: two inline blocks that fall below each other on a narrow
 * screen without any style sheet, two cells of a table for Outlook. */
#include "email/mail.h"
#include "model/teaser.h"

enum {
	INNER = PAGE_WIDTH - 2 * PAGE_INSET,
	SIDE_PICTURE = 196,
	SIDE_GAP = 20,
	TALL_PICTURE = 320,
	THUMBS = 3,
	THUMB_GAP = 9, /* a multiple of THUMBS */
};

static const enum dress title_dress[] = { DRESS_H1, DRESS_H1, DRESS_H2, DRESS_H3 };

/* " lang=…" when the article's language is not the message's. */
static struct str language_attribute(struct mail *m, const struct article *a)
{
	if (str_equal(a->language, m->language))
		return STR("");
	struct buf b;
	buf_init(&b, 1024);
	HTML(&b, " lang=\"$\"", a->language);
	struct str s = str_copy(m->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static void put_kicker(struct mail *m, const struct article *a)
{
	/* The section's head said it already. */
	if (a->kicker.len && !str_equal_nocase(a->kicker, a->section))
		HTML(&m->html, "<p class=\"w\" style=\"@\">$</p>\n", m->dress[DRESS_KICKER],
		     mail_words(m, a->kicker, a->at.kicker));
}

void html_title(struct mail *m, int level, enum dress dress, struct str title, struct str url)
{
	/* of most telephones, less our inset */
	enum { ROOM = 360 - 2 * PAGE_INSET };
	struct buf *b = &m->html;
	bool wide = html_longest(title, dress_size(dress)) > ROOM;
	buf_format(b, "<h%d", level);
	HTML(b, "@ style=\"@@\">", wide ? STR(" class=\"f\"") : STR(""), m->dress[dress],
	     html_breaking(title, dress_size(dress)));
	if (url.len)
		HTML(b, "<a class=\"h\" style=\"@\" href=\"$\">$</a>", m->dress[DRESS_TITLE_LINK],
		     url, title);
	else
		html_put(b, title);
	buf_format(b, "</h%d>\n", level);
}

/* url: where the title leads; empty for a whole article. */
static void put_title(struct mail *m, const struct article *a, struct str url, bool large)
{
	if (a->title.len)
		html_title(m, m->heading, large ? DRESS_H2 : title_dress[m->heading],
			   mail_words(m, a->title, a->place), url);
}

static void put_byline(struct mail *m, const struct article *a)
{
	if (a->author.len)
		HTML(&m->html, "<p class=\"m\" style=\"@\">$</p>\n", m->dress[DRESS_BYLINE],
		     mail_words(m, a->author, a->at.author));
}

static void put_whole(struct mail *m, const struct article *a, bool large)
{
	struct buf *b = &m->html;
	put_kicker(m, a);
	if (a->number.len)
		HTML(b, "<p class=\"l\" style=\"@\">$</p>\n", m->dress[DRESS_NUMBER], a->number);
	put_title(m, a, STR(""), large);
	if (a->lead.len)
		HTML(b, "<p style=\"@\">$</p>\n", m->dress[DRESS_LEAD],
		     mail_words(m, a->lead, a->at.lead));
	put_byline(m, a);
	if (a->image) {
		int width = picture_is_tall(a->image) ? TALL_PICTURE : INNER;
		buf_format(b, "<div style=\"max-width:%dpx;padding:6px 0 0\">", width);
		html_picture(m, a->image, width, true, STR(""));
		buf_put_c(b, "</div>\n");
	}
	html_blocks(m, a->first);
	html_notes(m, a);
}

static void put_words_of_teaser(struct mail *m, const struct article *a, struct str url, bool large)
{
	struct buf *b = &m->html;
	struct str words = mail_teaser(m, a), title = mail_words(m, a->title, a->place);
	put_kicker(m, a);
	put_title(m, a, url, large);
	if (words.len)
		HTML(b, "<p style=\"@\">$</p>\n", m->dress[DRESS_TEASER], words);
	/* The title in the link says where it leads to those who hear only links. */
	HTML(b, "<p style=\"@@\"><a class=\"l\" style=\"@\" href=\"$\">$: $</a></p>\n",
	     m->dress[DRESS_TEASER], html_breaking(title, LINK_SIZE), m->dress[DRESS_LONE_LINK],
	     url, word(WORD_READ_ON, a->language), title);
}

/* A tall picture would fill the screen of a telephone: it stays as wide there. */
static void put_beside(struct mail *m, const struct article *a, const struct picture *p,
		       struct str url, bool large)
{
	struct buf *b = &m->html;
	buf_format(b,
		   "<!--[if mso]><table role=\"presentation\" width=\"100%%\"><tr>"
		   "<td width=\"%d\" valign=\"top\"><![endif]-->"
		   "<div%s style=\"display:inline-block;width:100%%;max-width:%dpx;"
		   "vertical-align:top\"><div style=\"padding:5px 0 14px\">",
		   SIDE_PICTURE + SIDE_GAP, picture_is_tall(p) ? "" : " class=\"c\"", SIDE_PICTURE);
	html_picture(m, p, SIDE_PICTURE, false, url);
	buf_format(b,
		   "</div></div><!--[if mso]></td><td valign=\"top\"><![endif]-->"
		   "<div class=\"c\" style=\"display:inline-block;width:100%%;max-width:%dpx;"
		   "vertical-align:top\"><div class=\"s\" style=\"padding:0 0 0 %dpx\">\n",
		   INNER - SIDE_PICTURE, SIDE_GAP);
	put_words_of_teaser(m, a, url, large);
	buf_put_c(b, "</div></div><!--[if mso]></td></tr></table><![endif]-->\n");
}

static void put_thumbs(struct mail *m, const struct picture *const *pictures, size_t count,
		       struct str url)
{
	struct buf *b = &m->html;
	int width = (INNER - (THUMBS - 1) * THUMB_GAP) / THUMBS;
	buf_put_c(b, "<table role=\"presentation\" style=\"width:100%;margin:0 0 16px;"
		     "border-collapse:collapse\"><tr>");
	for (size_t i = 0; i < count; i++) {
		/* Cells are equally wide: each gives the same to the gaps. */
		int left = (int)i * THUMB_GAP / THUMBS;
		buf_format(b, "<td style=\"width:%d%%;padding:0 %dpx 0 %dpx;vertical-align:top\">",
			   100 / THUMBS, THUMB_GAP - left - THUMB_GAP / THUMBS, left);
		html_picture(m, pictures[i], width, false, url);
		buf_put_c(b, "</td>");
	}
	buf_put_c(b, "</tr></table>\n");
}

static void put_teaser(struct mail *m, const struct article *a, bool leads_section)
{
	const struct picture *gallery[THUMBS];
	const struct picture *p = teaser_picture(a, EDITION_EMAIL, m->region);
	size_t thumbs = a->image ? 0 : teaser_gallery(a, EDITION_EMAIL, m->region, THUMBS, gallery);
	struct str url = mail_article_url(m, a);
	if (thumbs == THUMBS) {
		put_thumbs(m, gallery, thumbs, url);
		put_words_of_teaser(m, a, url, false);
	} else if (p && (!leads_section || picture_is_tall(p))) {
		put_beside(m, a, p, url, leads_section);
	} else {
		if (p) {
			buf_put_c(&m->html, "<div style=\"margin:0 0 16px\">");
			html_picture(m, p, INNER, false, url);
			buf_put_c(&m->html, "</div>\n");
		}
		put_words_of_teaser(m, a, url, leads_section);
	}
}

void html_article(struct mail *m, const struct article *a, bool leads_section)
{
	struct str language = language_attribute(m, a);
	m->article = a;
	HTML(&m->html, "<div@@>\n", language,
	     leads_section ? STR("")
			   : str_format(m->arena, " class=\"r\" style=\"%.*s\"",
					STR_ARG(m->dress[DRESS_NEXT])));
	if (mail_is_whole(m, a))
		put_whole(m, a, leads_section);
	else
		put_teaser(m, a, leads_section);
	buf_put_c(&m->html, "</div>");
}
