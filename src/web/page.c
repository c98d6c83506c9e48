/* What every page has around it: head, skip link, masthead, footer. */
#include "base/language.h"
#include "web/site.h"

struct str site_keep(struct site *s, struct buf *b)
{
	struct str kept = str_copy(s->arena, buf_str(b));
	buf_release(b);
	return kept;
}

void page_put_language(struct page_writer *p, struct str language)
{
	if (!language.len)
		return;
	HTML(&p->out, " lang=\"$\"", language);
	if (language_is_rtl(language))
		buf_put_c(&p->out, " dir=\"rtl\"");
	else if (language_is_rtl(p->site->language) ||
		 (p->article && language_is_rtl(p->article->language)))
		buf_put_c(&p->out, " dir=\"ltr\"");
}

struct str page_language(struct page_writer *p, struct str language)
{
	struct page_writer alone = { .site = p->site };
	if (!language.len || str_equal(language, p->site->language))
		return STR("");
	buf_init(&alone.out, 1024);
	page_put_language(&alone, language);
	return site_keep(p->site, &alone.out);
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

/* The folder that the issues stand in, where the archive and its feed are. */
static struct str page_above(const struct page_writer *p)
{
	return p->site->above ? str_from(p->root) : *p->root ? STR("../../") : STR("../");
}

/* For those who share a link; readers never see it. */
static void put_open_graph(struct page_writer *p, const struct page_facts *f)
{
	struct buf *b = &p->out;
	const struct document *d = p->site->doc;
	HTML(b,
	     "<meta property=\"og:type\" content=\"$\">\n<meta property=\"og:title\" "
	     "content=\"$\">\n",
	     f->kind == PAGE_ARTICLE ? STR("article") : STR("website"), f->title);
	HTML(b, "<meta property=\"og:site_name\" content=\"$\">\n", d->publication->title);
	if (f->description.len)
		HTML(b, "<meta property=\"og:description\" content=\"$\">\n", f->description);
	if (!f->canonical.len)
		return;
	HTML(b, "<meta property=\"og:url\" content=\"$\">\n", f->canonical);
	if (!f->card.len)
		return;
	struct buf url;
	buf_init(&url, 16 * 1024);
	site_put_issue(&url, d);
	HTML(b,
	     "<meta property=\"og:image\" content=\"$img/$\">\n"
	     "<meta property=\"og:image:alt\" content=\"$\">\n",
	     buf_str(&url), f->card, f->title);
	buf_format(b,
		   "<meta property=\"og:image:width\" content=\"%d\">\n"
		   "<meta property=\"og:image:height\" content=\"%d\">\n"
		   "<meta name=\"twitter:card\" content=\"summary_large_image\">\n",
		   CARD_COLUMNS, CARD_ROWS);
	buf_release(&url);
}

void page_begin(struct page_writer *p, const struct page_facts *f)
{
	static const struct str classes[] = { [PAGE_ISSUE] = STR_INIT("page-issue"),
					      [PAGE_ARTICLE] = STR_INIT("page-article"),
					      [PAGE_ARCHIVE] = STR_INIT("page-archive") };
	struct site *s = p->site;
	struct buf *b = &p->out;
	struct str root = str_from(p->root);
	HTML(b, "<!DOCTYPE html>\n<html lang=\"$\"@>\n<head>\n<meta charset=\"utf-8\">\n",
	     s->language, language_is_rtl(s->language) ? STR(" dir=\"rtl\"") : STR(""));
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
	     s->doc->publication->title, page_above(p));
	put_open_graph(p, f);
	HTML(b, "</head>\n<body class=\"$\">\n<a class=\"skip\" href=\"#main\">$</a>\n",
	     classes[f->kind], word(WORD_SKIP, s->language));
	HTML(b,
	     "<header class=\"masthead\">\n<p class=\"name\"><a href=\"@index.html\">$</a></p>\n"
	     "<p class=\"issue\">",
	     root, s->doc->publication->title);
	if (f->kind == PAGE_ARCHIVE)
		html_put(b, word(WORD_ARCHIVE, s->language));
	else
		page_put_issue(p);
	buf_put_c(b, "</p>\n</header>\n");
}

static void put_imprint(struct page_writer *p)
{
	HTML(&p->out, "<section id=\"imprint\">\n<h2>$</h2>\n",
	     word(WORD_IMPRINT, p->site->language));
	p->article = p->site->doc->imprint;
	p->heading = 3;
	page_put_blocks(p, p->article->first);
	buf_put_c(&p->out, "</section>\n");
	p->article = NULL;
}

void page_end(struct page_writer *p, enum page_kind kind)
{
	struct site *s = p->site;
	struct buf *b = &p->out;
	struct str root = str_from(p->root), above = page_above(p);
	const struct article *imprint = s->doc->imprint;
	buf_put_c(b, "<footer class=\"foot\">\n");
	if (kind == PAGE_ISSUE && imprint)
		put_imprint(p);
	HTML(b, "<p>$</p>\n<ul>\n", s->doc->publication->publisher);
	if (kind != PAGE_ARCHIVE)
		HTML(b,
		     "<li><a href=\"@index.html\">$</a></li>\n"
		     "<li><a href=\"@index.html\">$</a></li>\n",
		     root, word(WORD_ALL_ARTICLES, s->language), above,
		     word(WORD_ARCHIVE, s->language));
	HTML(b, "<li><a href=\"@feed.xml\">$</a></li>\n", above, word(WORD_FEED, s->language));
	if (kind != PAGE_ARCHIVE && imprint)
		HTML(b, "<li><a href=\"@index.html#imprint\">$</a></li>\n", root,
		     word(WORD_IMPRINT, s->language));
	buf_put_c(b, "</ul>\n</footer>\n</body>\n</html>\n");
}
