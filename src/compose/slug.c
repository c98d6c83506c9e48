/* The slug: a line outside the bleed of a page or sheet that tells printers what they hold,
 * when it has been cut from its file name: publication, number, page or sheet and side,
 * inks, date. In black alone, small, so that it can stand between any marks.
 *
 * Only compose/ can set words, and only impose/ knows where a sheet's marks are: its lines
 * are set here from 0, 0 on and put there, as the spine is. */
#include "compose/sheet.h"

#include "model/trim_marks.h"
#include "model/words.h"

enum { USUAL = 6 * PT };

static const struct colour black = { .name = STR_INIT("black"), .cmyk = { 0, 0, 0, 1000 } };

struct slug_job {
	struct composer *c;
	struct str language;
	struct str head, tail; /* what all lines begin and end with */
	int measure, most; /* room; size of letters */
};

static struct str inks_of_layout(struct composer *c)
{
	const struct layout *l = c->layout;
	struct str inks = l->cmyk ? STR("Cyan Magenta Yellow Black") : STR("RGB");
	for (size_t i = 0; i < l->spot_count; i++)
		inks = str_format(c->arena, "%.*s, %.*s", STR_ARG(inks), STR_ARG(l->spots[i].name));
	return inks;
}

static struct slug_job open_job(struct composer *c, const struct marks *m)
{
	struct slug_job j = { .c = c, .language = c->doc->publication->language };
	struct str number = c->doc->number;
	struct buf date;
	buf_init(&date, 64);
	time_put_rfc3339(&date, c->world ? c->world->now : 0);
	j.head = c->doc->publication->title;
	if (number.len)
		j.head = str_format(c->arena, "%.*s  %.*s\xc2\xa0%.*s", STR_ARG(j.head),
				    STR_ARG(word(WORD_ISSUE_SHORT, j.language)), STR_ARG(number));
	j.tail = str_format(c->arena, "%.*s  %.*s", STR_ARG(inks_of_layout(c)),
			    STR_ARG(str_sub(buf_str(&date), 0, strlen("2026-03-17"))));
	buf_release(&date);
	/* Between the mark at the corner and those of the fold. */
	j.measure = c->layout->grid.width - 2 * m->length;
	j.most = m->length / 2 < USUAL ? m->length / 2 : USUAL;
	return j;
}

static struct text text_of(struct slug_job *j, struct str what, int size)
{
	struct composer *c = j->c;
	struct str words = str_format(c->arena, "%.*s  %.*s  %.*s", STR_ARG(j->head), STR_ARG(what),
				      STR_ARG(j->tail));
	struct text t = text_plain(c->arena, words, composer_style(c, NULL, STYLE_FOLIO),
				   j->language, NULL);
	for (size_t i = 0; i < t.count; i++) {
		t.spans[i].size = size;
		t.spans[i].colour = &black;
	}
	return t;
}

/* In one line, and smaller where it would not fit. */
static struct text fitting(struct slug_job *j, struct str what)
{
	struct composer *c = j->c;
	struct text t = text_of(j, what, j->most);
	int width = line_set(c->type, c->arena, t.spans, t.count, c->diags).width;
	return width > j->measure ? text_of(j, what, unit_scale(j->most, j->measure, width)) : t;
}

static void put_slug(struct slug_job *j, struct str what, struct page *slug)
{
	struct composer *c = j->c;
	struct text t = fitting(j, what);
	size_t page = page_open(c, NULL, NULL);
	page_words(c, page, t, 0, 0);
	*slug = c->pages->page[--c->pages->count];
	slug->number = 0;
}

static void put_cover(struct composer *c)
{
	const struct marks *m = &c->layout->marks;
	struct str names[2];
	if (!c->layout->production.cover_apart || !(m->crop || m->registration || m->bar))
		return;
	struct slug_job j = open_job(c, m);
	names[0] = word(WORD_COVER_OUTSIDE, j.language);
	names[1] = word(WORD_COVER_INSIDE, j.language);
	c->pages->cover_slugs = NEW_ARRAY(c->arena, struct page, 2);
	for (size_t i = 0; i < 2; i++)
		put_slug(&j, names[i], &c->pages->cover_slugs[i]);
}

/* Sheets always have marks. */
static void put_sheets(struct composer *c)
{
	const struct production *made = &c->layout->production;
	size_t apart = made->cover_apart ? COVER_PAGES : 0;
	size_t count = c->pages->count > apart ? (c->pages->count - apart) / 4 : 0;
	if (!made->imposed || !count)
		return;
	struct slug_job j = open_job(c, &c->layout->marks);
	c->pages->sheet_slugs = NEW_ARRAY(c->arena, struct page, 2 * count);
	for (size_t i = 0; i < 2 * count; i++) {
		enum word side = i % 2 ? WORD_SHEET_BACK : WORD_SHEET_FRONT;
		put_slug(&j,
			 str_format(c->arena, "%.*s %zu/%zu %.*s",
				    STR_ARG(word(WORD_SHEET, j.language)), i / 2 + 1, count,
				    STR_ARG(word(side, j.language))),
			 &c->pages->sheet_slugs[i]);
	}
}

void page_slug_put(struct composer *c, size_t page)
{
	const struct marks *m = &c->layout->marks;
	struct slug_job j = open_job(c, m);
	/* Up to the cross in the middle, and a little less. */
	j.measure = c->layout->grid.width / 2 - 2 * m->length;
	if (m->length <= 0 || j.measure <= 0)
		return;
	struct str what =
		str_format(c->arena, "%.*s\xc2\xa0%d", STR_ARG(word(WORD_PAGE, j.language)),
			   c->pages->page[page].number);
	struct text t = fitting(&j, what);
	if (t.count)
		page_words(c, page, t, m->length, slug_line(m, t.spans[0].size));
}

void slugs_put(struct composer *c)
{
	if (c->layout->marks.length <= 0)
		return;
	put_cover(c);
	put_sheets(c);
}
