/* What every page has around it: head, skip link, masthead, footer. */
#include "web/site.h"

struct str site_keep(struct site *s, struct buf *b)
{
	struct str kept = str_copy(s->arena, buf_str(b));
	buf_release(b);
	return kept;
}

struct str page_language(struct page_writer *p, struct str language)
{
	if (!language.len || str_equal(language, p->site->language))
		return STR("");
	struct buf b;
	buf_init(&b, 1024);
	HTML(&b, " lang=\"$\"", language);
	return site_keep(p->site, &b);
}

struct str page_link(struct page_writer *p, const struct article *a)
{
	if (!article_shows(a, EDITION_WEB, STR("")))
		return STR("");
	return str_format(p->site->arena, "%s%.*s/index.html", p->root, STR_ARG(a->slug));
}

void page_put_issue(struct page_writer *p)
{
	const struct document *d = p->site->doc;
	struct buf date;
	buf_init(&date, 256);
	word_put_date(&date, d->date, p->site->language);
	HTML(&p->out, "$\u00a0$ · <time datetime=\"", word(WORD_ISSUE_SHORT, p->site->language),
	     d->number);
	buf_format(&p->out, "%04d-%02d-%02d", d->date.year, d->date.month, d->date.day);
	HTML(&p->out, "\">$</time> · $", buf_str(&date), word(WORD_FREE, p->site->language));
	buf_release(&date);
}

/* For those who share a link; readers never see it. */
static void put_open_graph(struct page_writer *p, const struct page_facts *f)
{
	struct buf *b = &p->out;
	const struct document *d = p->site->doc;
	HTML(b,
	     "<meta property=\"og:type\" content=\"$\">\n<meta property=\"og:title\" "
	     "content=\"$\">\n",
	     f->is_article ? STR("article") : STR("website"), f->title);
	HTML(b, "<meta property=\"og:site_name\" content=\"$\">\n", d->publication->title);
	if (f->description.len)
		HTML(b, "<meta property=\"og:description\" content=\"$\">\n", f->description);
	if (!f->canonical.len)
		return;
	HTML(b, "<meta property=\"og:url\" content=\"$\">\n", f->canonical);
	if (!f->image || !f->image->path.len)
		return;
	struct buf url;
	buf_init(&url, 16 * 1024);
	site_put_picture(&url, d, f->image);
	HTML(b,
	     "<meta property=\"og:image\" content=\"$\">\n"
	     "<meta property=\"og:image:alt\" content=\"$\">\n",
	     buf_str(&url), f->image->alt);
	buf_release(&url);
}

void page_begin(struct page_writer *p, const struct page_facts *f)
{
	struct site *s = p->site;
	struct buf *b = &p->out;
	struct str root = str_from(p->root);
	HTML(b, "<!DOCTYPE html>\n<html lang=\"$\">\n<head>\n<meta charset=\"utf-8\">\n",
	     s->language);
	HTML(b,
	     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	     "<title@>$</title>\n",
	     page_language(p, f->language), f->title);
	if (f->description.len)
		HTML(b, "<meta name=\"description\" content=\"$\">\n", f->description);
	buf_put_c(b, "<meta name=\"referrer\" content=\"no-referrer\">\n"
		     "<meta name=\"color-scheme\" content=\"light dark\">\n"
		     "<meta name=\"generator\" content=\"glos\">\n");
	if (f->canonical.len)
		HTML(b, "<link rel=\"canonical\" href=\"$\">\n", f->canonical);
	HTML(b, "<link rel=\"stylesheet\" href=\"@style.css\">\n", root);
	HTML(b,
	     "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"$\" "
	     "href=\"@feed.xml\">\n",
	     s->doc->publication->title, root);
	put_open_graph(p, f);
	HTML(b, "</head>\n<body class=\"$\">\n<a class=\"skip\" href=\"#main\">$</a>\n",
	     f->is_article ? STR("page-article") : STR("page-issue"), word(WORD_SKIP, s->language));
	HTML(b,
	     "<header class=\"masthead\">\n<p class=\"name\"><a href=\"@index.html\">$</a></p>\n"
	     "<p class=\"issue\">",
	     root, s->doc->publication->title);
	page_put_issue(p);
	buf_put_c(b, "</p>\n</header>\n");
}

void page_end(struct page_writer *p)
{
	struct site *s = p->site;
	struct buf *b = &p->out;
	struct str root = str_from(p->root);
	const struct publication *publication = s->doc->publication;
	buf_put_c(b, "<footer class=\"foot\">\n");
	if (!p->article && s->doc->imprint) {
		HTML(b, "<section id=\"imprint\">\n<h2>$</h2>\n", word(WORD_IMPRINT, s->language));
		p->article = s->doc->imprint;
		p->heading = 3;
		page_put_blocks(p, s->doc->imprint->first);
		buf_put_c(b, "</section>\n");
		p->article = NULL;
	}
	HTML(b, "<p>$</p>\n<ul>\n", publication->publisher);
	HTML(b, "<li><a href=\"@index.html\">$</a></li>\n", root,
	     word(WORD_ALL_ARTICLES, s->language));
	HTML(b, "<li><a href=\"@../\">$</a></li>\n", root, word(WORD_ARCHIVE, s->language));
	HTML(b, "<li><a href=\"@feed.xml\">$</a></li>\n", root, word(WORD_FEED, s->language));
	if (s->doc->imprint)
		HTML(b, "<li><a href=\"@index.html#imprint\">$</a></li>\n", root,
		     word(WORD_IMPRINT, s->language));
	buf_put_c(b, "</ul>\n</footer>\n</body>\n</html>\n");
}
