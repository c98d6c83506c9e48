/* The cover: picture, masthead, issue, headline, teasers. */
#include "compose/front.h"
#include "compose/story.h"

#include "model/words.h"

struct cover_job {
	struct composer *c;
	struct galley galley; /* for making blocks and plates: the publication's voice */
	struct article voice;
	struct element *parent;
	size_t page;
};

int opening_number(const struct composer *c, const struct article *a)
{
	for (size_t i = 0; i < c->opening_count; i++)
		if (c->openings[i].article == a)
			return c->openings[i].number;
	return 0;
}

int article_tag(struct composer *c, const struct article *a, struct str words)
{
	return composer_target(c, (struct target){ .destination = a->slug, .contents = words });
}

static struct element *element_in(struct cover_job *j, enum element_role r, struct element *parent)
{
	return element_new(j->c->arena, j->c->pages, r, parent);
}

static void put_picture(struct cover_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	const struct picture *p = c->doc->cover.image;
	if (!p || !p->path.len) { /* a cover of type alone */
		page_fill(c, j->page, r, c->layout->accent, ARTIFACT_BACKGROUND, &f->place);
		return;
	}
	/* The credit stands on the contents page: nothing small on the cover. */
	struct picture bare = *p, *kept = NEW(c->arena, struct picture);
	bare.caption = bare.credit = STR("");
	*kept = bare;
	struct plate plate = plate_of(&j->galley, kept, j->parent);
	bool placed;
	struct box b = framed_picture(c, c->layout->cover, page_is_recto(c, j->page), f, r, &plate,
				      &placed);
	box_paint(c, j->page, &b, 0, 0, false);
}

static struct block *text_block(struct cover_job *j, struct str words, enum style_role role,
				struct element *e)
{
	struct composer *c = j->c;
	const struct style *s = composer_style(c, NULL, role);
	struct block *b = block_new(&j->galley, BLOCK_TEXT, s, j->c->doc->place);
	b->text = text_plain(c->arena, words, s, c->doc->publication->language, e);
	b->opener = true;
	return b;
}

static void put_issue(struct cover_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	struct str language = c->doc->publication->language;
	struct buf month;
	buf_init(&month, 256);
	word_put_month(&month, c->doc->date, language);
	struct str words =
		str_format(c->arena, "%.*s\xc2\xa0%.*s\xe2\x80\xa8%.*s\xe2\x80\xa8%.*s",
			   STR_ARG(word(WORD_ISSUE_SHORT, language)), STR_ARG(c->doc->number),
			   STR_ARG(buf_str(&month)), STR_ARG(word(WORD_FREE, language)));
	buf_release(&month);
	struct block *b =
		text_block(j, words, STYLE_ISSUE, element_in(j, ELEMENT_PARAGRAPH, j->parent));
	page_stack_at(c, j->page, &b, 1, f, r);
}

/* Headline and lead. */
static void put_title(struct cover_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	struct block *blocks[2];
	size_t count = 0;
	if (c->doc->title.len) {
		blocks[count] = text_block(j, c->doc->title, STYLE_COVER_TITLE,
					   element_in(j, ELEMENT_HEADING2, j->parent));
		blocks[count++]->balance = true;
	}
	const struct article *story = cover_story(c);
	struct str lead = c->doc->lead.len ? c->doc->lead : story ? story->lead : STR("");
	if (lead.len)
		blocks[count++] = text_block(j, lead, STYLE_COVER_LEAD,
					     element_in(j, ELEMENT_PARAGRAPH, j->parent));
	page_stack_at(c, j->page, blocks, count, f, r);
}

static void add_page_number(struct cover_job *j, struct block *b, const struct article *a)
{
	struct composer *c = j->c;
	int number = a ? opening_number(c, a) : 0;
	if (!number)
		return;
	struct span s = b->text.spans[0];
	s.text = str_format(c->arena, " %.*s\xc2\xa0%d",
			    STR_ARG(word(WORD_PAGE_SHORT, c->doc->publication->language)), number);
	s.weight = 400;
	text_add(c->arena, &b->text, s);
}

static void put_teasers(struct cover_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	const struct cover *cover = &c->doc->cover;
	struct element *list = element_in(j, ELEMENT_LIST, j->parent);
	int columns = f->columns < 1 ? 1 : f->columns;
	struct area cells = area_of(c->layout, r, columns, f->gutter);
	int y[MAX_COLUMNS] = { 0 };
	for (size_t i = 0; i < cover->line_count; i++) {
		const struct cover_line *line = &cover->lines[i];
		struct element *item = element_in(j, ELEMENT_LIST_ITEM, list);
		struct element *body = element_in(j, ELEMENT_LIST_BODY, item);
		struct element *e = body;
		const struct article *a =
			line->article && opening_number(c, line->article) ? line->article : NULL;
		if (a)
			e = element_in(j, ELEMENT_LINK, body);
		struct block *b = text_block(j, line->text, STYLE_TEASER, e);
		if (!b->text.count)
			continue;
		if (a)
			b->text.spans[0].tag = article_tag(c, a, line->text);
		b->ruled = b->style->rule != NULL;
		add_page_number(j, b, a);
		size_t k = i % (size_t)cells.columns;
		struct rect cell = { cells.column[k].x, r.y + y[k], cells.column[k].width,
				     r.height };
		y[k] = page_stack(c, j->page, &b, 1, cell) - r.y + b->style->leading / 2;
	}
}

void cover_put(struct composer *c, struct element *parent)
{
	const struct master *m = c->layout->cover;
	struct cover_job j = { .c = c, .parent = parent };
	j.voice.language = c->doc->publication->language;
	j.galley = (struct galley){ .composer = c, .article = &j.voice };
	j.page = page_open(c, m, NULL);
	struct destination d = { STR("#cover"), (int)j.page, 0 };
	PUSH(c->arena, c->pages->destinations, c->pages->destination_count,
	     c->pages->destination_capacity, d);
	for (size_t i = 0; i < m->frame_count; i++) {
		const struct frame *f = &m->frames[i];
		struct rect r = frame_rect(c->layout, f, page_is_recto(c, j.page));
		if (f->role == FRAME_PICTURE)
			put_picture(&j, f, r);
		else if (f->role == FRAME_MASTHEAD)
			masthead_put(c, j.page, element_in(&j, ELEMENT_HEADING1, parent), r);
		else if (f->role == FRAME_ISSUE)
			put_issue(&j, f, r);
		else if (f->role == FRAME_COVER_TITLE)
			put_title(&j, f, r);
		else if (f->role == FRAME_TEASERS)
			put_teasers(&j, f, r);
	}
}
