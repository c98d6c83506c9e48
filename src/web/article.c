/* An article's page. */
#include "base/utf8.h"
#include "model/teaser.h"
#include "web/site.h"

/* Cards at the foot: the articles before and behind. */
static void put_neighbour(struct page_writer *p, size_t index, enum word label, const char *rel)
{
	const struct article *a = p->site->articles[index];
	HTML(&p->out,
	     "<a class=\"@\" rel=\"@\" href=\"$\"><span class=\"label\">$</span> "
	     "<span class=\"title\"@>$</span></a>\n",
	     str_from(rel), str_from(rel), page_link(p, a), word(label, p->site->language),
	     page_language(p, a->language), a->title.len ? a->title : a->slug);
}

static void put_neighbours(struct page_writer *p, size_t index)
{
	struct site *s = p->site;
	HTML(&p->out, "<nav class=\"neighbours\" aria-label=\"$\">\n",
	     word(WORD_NAVIGATION, s->language));
	if (index > 0)
		put_neighbour(p, index - 1, WORD_PREVIOUS, "prev");
	if (index + 1 < s->article_count)
		put_neighbour(p, index + 1, WORD_NEXT, "next");
	buf_put_c(&p->out, "</nav>\n");
}

static void put_head(struct page_writer *p, const struct article *a)
{
	struct buf *b = &p->out;
	buf_put_c(b, "<header class=\"head\">\n");
	if (a->kicker.len)
		HTML(b, "<p class=\"kicker\">$</p>\n", a->kicker);
	buf_put_c(b, "<h1");
	page_put_long_word(p, a->title);
	HTML(b, ">$</h1>\n", a->title);
	if (a->lead.len)
		HTML(b, "<p class=\"lead\">$</p>\n", a->lead);
	if (a->author.len)
		HTML(b, "<p class=\"byline\">$</p>\n", a->author);
	buf_put_c(b, "</header>\n");
}

static bool has_drop_cap(const struct site *s, const struct article *a)
{
	const struct template *t = layout_template(s->layout, a->template);
	return t && t->drop_cap_lines > 0 && a->first && a->first->kind == NODE_PARAGRAPH;
}

static void put_article(struct page_writer *p, const struct article *a)
{
	struct buf *b = &p->out;
	HTML(b, "<main id=\"main\">\n<article@>\n", page_language(p, a->language));
	put_head(p, a);
	if (a->image) {
		/* A tall picture would fill the screen: it keeps to the column. */
		page_put_figure(p, a->image,
				picture_is_tall(a->image) ? PLACE_OPENING_TALL : PLACE_OPENING,
				true);
	}
	HTML(b, "<div class=\"text@\">\n", has_drop_cap(p->site, a) ? STR(" drop-cap") : STR(""));
	if (a->number.len)
		HTML(b, "<p class=\"number\">$</p>\n", a->number);
	page_put_blocks(p, a->first);
	page_put_notes(p, a);
	buf_put_c(b, "</div>\n</article>\n");
}

/* With the publication's name where there is room: what is longer is cut off in lists of
 * windows and of what was found. */
static struct str window_title(struct site *s, struct str title)
{
	enum { ROOM = 70 }; /* characters */
	struct str whole = str_join(s->arena, str_join(s->arena, title, STR(" – ")),
				    s->doc->publication->title);
	return utf8_count(whole) <= ROOM ? whole : title;
}

void site_write_article(struct site *s, size_t index)
{
	const struct article *a = s->articles[index];
	struct page_writer p = { .site = s, .root = "../", .article = a, .heading = 2 };
	p.referenced = NEW_ARRAY(s->arena, bool, a->note_count + 1);
	struct buf description, canonical;
	buf_init(&p.out, PAGE_CEILING);
	buf_init(&description, PAGE_CEILING);
	buf_init(&canonical, PAGE_CEILING);
	teaser_put(&description, a, EDITION_WEB, STR(""));
	site_put_article(&canonical, s->doc, a);
	struct page_facts facts = {
		.kind = PAGE_ARTICLE,
		.title = window_title(s, a->title.len ? a->title : a->slug),
		.language = a->language,
		.description = buf_str(&description),
		.canonical = buf_str(&canonical),
		.card = site_card(s, a),
	};
	page_begin(&p, &facts);
	put_article(&p, a);
	put_neighbours(&p, index);
	buf_put_c(&p.out, "</main>\n");
	page_end(&p, PAGE_ARTICLE);
	site_write(s, str_c(s->arena, str_format(s->arena, "%.*s/index.html", STR_ARG(a->slug))),
		   buf_str(&p.out));
	buf_release(&p.out);
	buf_release(&description);
	buf_release(&canonical);
}
