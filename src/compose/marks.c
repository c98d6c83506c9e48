/* What stands around the text: running heads, folios, marks. All artifacts.
 *
 * The folio stands at the outer edge of the foot with the publication's title,
 * the issue's number at the inner edge; the layout says which of them. The
 * running head names the section or, where the layout wants it so, the article. */
#include "compose/sheet.h"

#include "model/trim_marks.h"
#include "model/words.h"

struct furniture {
	struct composer *c;
	size_t page;
	const struct master *master;
};

static struct text furniture_text(struct furniture *f, struct str words, enum style_role role,
				  int weight)
{
	const struct style *s = composer_style(f->c, NULL, role);
	struct text t = text_plain(f->c->arena, words, s, f->c->doc->publication->language, NULL);
	for (size_t i = 0; i < t.count; i++) {
		t.spans[i].weight = weight;
		t.spans[i].colour = f->master->furniture_colour;
	}
	return t;
}

static int text_width(struct composer *c, struct text t)
{
	return t.count ? line_set(c->type, c->arena, t.spans, t.count, c->diags).width : 0;
}

/* Puts words with their outer end at the outer margin, shift further in; returns
 * their width. Artifacts keep their kind: heads and feet are pagination. */
static int put_outer(struct furniture *f, struct text t, int y, int shift, enum artifact kind)
{
	struct composer *c = f->c;
	bool recto = page_is_recto(c, f->page);
	struct rect r = margins_rect(c->layout, recto);
	int width = text_width(c, t);
	size_t first = c->pages->page[f->page].item_count;
	page_words(c, f->page, t, recto ? r.x + r.width - width - shift : r.x + shift, y);
	for (size_t i = first; i < c->pages->page[f->page].item_count; i++)
		c->pages->page[f->page].items[i].artifact = kind;
	return width;
}

/* Where an article begins its title stands below anyway, and a page of several has no
 * title of its own: there the section is named. */
static bool names_article(const struct composer *c, size_t page)
{
	const struct page *p = &c->pages->page[page];
	return c->layout->details.head_names_article && page > 0 && p->article &&
	       c->pages->page[page - 1].article == p->article;
}

/* The title in one line: what is too long for it ends with an ellipsis. */
static struct text title_in_line(struct furniture *f, const struct article *a)
{
	const struct grid *g = &f->c->layout->grid;
	const int measure = g->width - g->inner - g->outer;
	struct str title = a->title;
	for (struct str said = title;;) {
		struct text t = furniture_text(f, said, STYLE_RUNNING_HEAD, 0);
		for (size_t i = 0; i < t.count; i++)
			t.spans[i].language = a->language;
		if (text_width(f->c, t) <= measure)
			return t;
		while (title.len && title.ptr[title.len - 1] != ' ')
			title.len--;
		if (!title.len)
			return t;
		title.len--;
		said = str_format(f->c->arena, "%.*s\xe2\x80\xa6", STR_ARG(title));
	}
}

static void put_running_head(struct furniture *f)
{
	struct composer *c = f->c;
	const struct page *p = &c->pages->page[f->page];
	struct str section = p->article ? p->article->section : STR("");
	if (!section.len)
		return;
	const struct style *s = composer_style(c, NULL, STYLE_RUNNING_HEAD);
	struct text t = names_article(c, f->page)
				? title_in_line(f, p->article)
				: furniture_text(f, section, STYLE_RUNNING_HEAD, 0);
	int y = c->layout->details.head_line;
	if (!y)
		y = c->layout->grid.top * 11 / 20 + s->size / 4;
	put_outer(f, t, y, 0, ARTIFACT_HEADER);
}

/* Number and title at the outer edge; how far they reach. */
static int put_outer_folio(struct furniture *f, int y)
{
	struct composer *c = f->c;
	const struct details *d = &c->layout->details;
	const struct style *s = composer_style(c, NULL, STYLE_FOLIO);
	struct str number = str_format(c->arena, "%d", c->pages->page[f->page].number);
	int w = 0;
	if (d->folio & FOLIO_NUMBER)
		w = put_outer(f, furniture_text(f, number, STYLE_FOLIO, d->strong_weight), y, 0,
			      ARTIFACT_FOOTER);
	if (!(d->folio & FOLIO_TITLE))
		return w;
	w += w ? s->size * 11 / 10 : 0;
	struct str title = c->doc->publication->title;
	return w + put_outer(f, furniture_text(f, title, STYLE_FOLIO, 0), y, w, ARTIFACT_FOOTER);
}

static void put_folio(struct furniture *f)
{
	struct composer *c = f->c;
	const struct grid *g = &c->layout->grid;
	const struct details *d = &c->layout->details;
	const struct style *s = composer_style(c, NULL, STYLE_FOLIO);
	int y = d->foot_line ? g->height - d->foot_line
			     : g->height - g->bottom * 9 / 20 + s->size / 4;
	int w = put_outer_folio(f, y);
	if (!(d->folio & FOLIO_ISSUE) || !c->doc->number.len)
		return;
	struct str issue =
		str_format(c->arena, "%.*s\xc2\xa0%.*s",
			   STR_ARG(word(WORD_ISSUE_SHORT, c->doc->publication->language)),
			   STR_ARG(c->doc->number));
	struct text t = furniture_text(f, issue, STYLE_FOLIO, 0);
	int measure = g->width - g->inner - g->outer, own = text_width(c, t);
	if (measure - own > w + s->size)
		put_outer(f, t, y, measure - own, ARTIFACT_FOOTER);
}

/* A picture over the page's top leaves no place for words there. */
static bool top_is_free(const struct composer *c, size_t page)
{
	const struct page *p = &c->pages->page[page];
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].kind == ITEM_PICTURE &&
		    p->items[i].picture.frame.y < c->layout->grid.top * 2 / 3)
			return false;
	return true;
}

static void put_trim_marks(struct composer *c, size_t page)
{
	const struct grid *g = &c->layout->grid;
	struct page *p = &c->pages->page[page];
	size_t own = p->item_count;
	trim_marks_put(c->arena, p,
		       &(struct marked){ .layout = c->layout,
					 .marks = c->layout->marks,
					 .trim = { 0, 0, g->width, g->height } });
	if (p->item_count > own)
		page_slug_put(c, page);
	p->mark_count = p->item_count - own;
}

void marks_put(struct composer *c)
{
	for (size_t i = 0; i < c->pages->count; i++) {
		struct furniture f = { c, i, c->pages->page[i].master };
		static const struct master plain = { .running_head = true, .folio = true };
		if (!f.master)
			f.master = &plain;
		if (f.master->running_head && top_is_free(c, i))
			put_running_head(&f);
		if (f.master->folio && !c->pages->page[i].advertisement)
			put_folio(&f);
		put_trim_marks(c, i);
	}
}
