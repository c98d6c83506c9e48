/* The issue's page: cover, contents by section, downloads. */
#include "base/language.h"
#include "base/url.h"
#include "model/teaser.h"
#include "web/site.h"

static void put_cover_lines(struct page_writer *p)
{
	const struct cover *c = &p->site->doc->cover;
	if (!c->line_count)
		return;
	buf_put_c(&p->out, "<ul class=\"lines\">\n");
	for (size_t i = 0; i < c->line_count; i++) {
		const struct article *a = c->lines[i].article;
		struct str url = a ? page_link(p, a) : STR("");
		if (url.len)
			HTML(&p->out, "<li><a href=\"$\">$</a></li>\n", url, c->lines[i].text);
		else
			HTML(&p->out, "<li>$</li>\n", c->lines[i].text);
	}
	buf_put_c(&p->out, "</ul>\n");
}

static void put_cover(struct page_writer *p)
{
	const struct document *d = p->site->doc;
	struct buf *b = &p->out;
	bool pictured = d->cover.image && d->cover.image->path.len;
	HTML(b, "<section class=\"cover@\">\n<div class=\"words\">\n",
	     pictured ? STR("") : STR(" plain"));
	buf_put_c(b, "<h1");
	page_put_long_word(p, d->title);
	HTML(b, ">$</h1>\n", d->title);
	if (d->lead.len)
		HTML(b, "<p class=\"lead\">$</p>\n", d->lead);
	put_cover_lines(p);
	buf_put_c(b, "</div>\n");
	if (pictured)
		page_put_figure(p, d->cover.image, PLACE_COVER, true);
	buf_put_c(b, "</section>\n");
}

/* The title's link covers the card, so that all of it can be pressed and only
 * one link is read out. */
static void put_card(struct page_writer *p, const struct article *a, bool leads)
{
	struct buf *b = &p->out;
	const struct picture *picture = teaser_picture(a, EDITION_WEB, STR(""));
	struct buf words;
	buf_init(&words, PAGE_CEILING);
	teaser_put(&words, a, EDITION_WEB, STR(""));
	HTML(b, "<article class=\"card@@\"@>\n", leads ? STR(" leads") : STR(""),
	     picture ? STR("") : STR(" bare"), page_language(p, a->language));
	if (picture)
		page_put_image(p, picture, leads ? PLACE_LEADING_CARD : PLACE_CARD, false);
	buf_put_c(b, "<div>\n");
	/* The section's head said it already. */
	if (a->kicker.len && !str_equal_nocase(a->kicker, a->section))
		HTML(b, "<p class=\"kicker\">$</p>\n", a->kicker);
	if (a->number.len)
		HTML(b, "<p class=\"number\">$</p>\n", a->number);
	struct str title = a->title.len ? a->title : a->slug;
	buf_put_c(b, "<h3");
	page_put_long_word(p, title);
	HTML(b, "><a href=\"$\">$</a></h3>\n", page_link(p, a), title);
	if (words.len)
		HTML(b, "<p>$</p>\n", buf_str(&words));
	buf_put_c(b, "</div>\n</article>\n");
	buf_release(&words);
}

static void put_sections(struct page_writer *p)
{
	struct site *s = p->site;
	struct buf *b = &p->out;
	int number = 0;
	for (size_t i = 0; i < s->article_count;) {
		struct str section = s->articles[i]->section;
		struct str title = section.len ? section : word(WORD_CONTENTS, s->language);
		buf_format(b,
			   "<section class=\"section\" aria-labelledby=\"s%d\">\n<h2 id=\"s%d\">",
			   number, number);
		HTML(b, "$</h2>\n<div class=\"cards\">\n", title);
		bool leads = teaser_picture(s->articles[i], EDITION_WEB, STR("")) != NULL;
		for (; i < s->article_count && str_equal(s->articles[i]->section, section); i++) {
			put_card(p, s->articles[i], leads);
			leads = false;
		}
		buf_put_c(b, "</div>\n</section>\n");
		number++;
	}
}

/* "3,2 MB" */
static void put_size(struct buf *b, uint64_t bytes, struct str language)
{
	const char *point = language_is(language, STR("en")) ? "." : ",";
	if (bytes < 1000 * 1000)
		buf_format(b, "%llu\u00a0kB", (unsigned long long)(bytes + 999) / 1000);
	else
		buf_format(b, "%llu%s%llu\u00a0MB", (unsigned long long)(bytes / 1000000), point,
			   (unsigned long long)(bytes / 100000 % 10));
}

static void put_downloads(struct page_writer *p)
{
	struct site *s = p->site;
	struct buf *b = &p->out;
	if (!s->options->download_count)
		return;
	HTML(b,
	     "<section class=\"section downloads\" aria-labelledby=\"pdf\">\n<h2 "
	     "id=\"pdf\">$</h2>\n<ul>\n",
	     word(WORD_DOWNLOAD, s->language));
	for (size_t i = 0; i < s->options->download_count; i++) {
		const struct web_download *d = &s->options->downloads[i];
		bool large = d->edition == EDITION_LARGE;
		struct str name = str_format(s->arena, "%.*s%s.pdf", STR_ARG(s->doc->id),
					     large ? "-large" : "");
		/* Where the site stands elsewhere, its folder goes there alone. */
		if (!site_share(s, str_c(s->arena, name), d->path))
			continue;
		buf_put_c(b, "<li><a type=\"application/pdf\" href=\"");
		struct buf address;
		buf_init(&address, PAGE_CEILING);
		url_put_component(&address, name);
		HTML(b, "$\">$ <span>", site_keep(s, &address),
		     word(large ? WORD_PDF_LARGE : WORD_PDF_SCREEN, s->language));
		put_size(b, d->bytes, s->language);
		buf_put_c(b, "</span></a></li>\n");
	}
	buf_put_c(b, "</ul>\n</section>\n");
}

void site_write_index(struct site *s)
{
	const struct document *d = s->doc;
	struct page_writer p = { .site = s, .root = "", .heading = 3 };
	struct buf canonical, title;
	buf_init(&p.out, PAGE_CEILING);
	buf_init(&title, PAGE_CEILING);
	buf_put(&title, d->title);
	buf_put_c(&title, " – ");
	buf_put(&title, d->publication->title);
	buf_put_byte(&title, ' ');
	buf_put(&title, d->number);
	buf_init(&canonical, PAGE_CEILING);
	site_put_issue(&canonical, d);
	struct page_facts facts = {
		.title = buf_str(&title),
		.description = d->lead.len ? d->lead : d->preheader,
		.canonical = buf_str(&canonical),
		.card = site_card(s, NULL),
	};
	page_begin(&p, &facts);
	buf_put_c(&p.out, "<main id=\"main\">\n");
	put_cover(&p);
	put_sections(&p);
	put_downloads(&p);
	buf_put_c(&p.out, "</main>\n");
	page_end(&p, PAGE_ISSUE);
	site_write(s, "index.html", buf_str(&p.out));
	buf_release(&p.out);
	buf_release(&canonical);
	buf_release(&title);
}
