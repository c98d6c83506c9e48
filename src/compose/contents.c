/* The contents: a photograph with the cover story, the running order with true
 * page numbers, the editorial. What does not fit its frame goes on on another
 * page. */
#include "compose/front.h"
#include "compose/story.h"

#include "model/words.h"

struct contents_job {
	struct composer *c;
	struct galley galley;
	struct article voice;
	struct element *parent, *toc;
	struct element *list; /* of the section; NULL before the first */
	struct master *master; /* without what this issue has nothing for */
	size_t page;
	int number_width;
	int foot; /* of what stands highest above the editorial */
};

static bool listed(const struct composer *c, const struct article *a)
{
	return a && composer_shows(c, a) && composer_template(c, a)->in_contents;
}

const struct article *cover_story(const struct composer *c)
{
	const struct article *any = NULL;
	for (size_t i = 0; i < c->doc->entry_count; i++) {
		const struct article *a = c->doc->entries[i].article;
		if (!listed(c, a) || composer_template(c, a)->slot.len)
			continue;
		if (a->image && a->lead.len)
			return a;
		if (!any)
			any = a;
	}
	return any;
}

const struct article *framed_editorial(const struct composer *c)
{
	if (!master_frame(c->layout->contents, FRAME_EDITORIAL))
		return NULL;
	for (size_t i = 0; i < c->doc->entry_count; i++) {
		const struct article *a = c->doc->entries[i].article;
		if (a && composer_shows(c, a) && !composer_template(c, a)->pages &&
		    !composer_template(c, a)->slot.len)
			return a;
	}
	return NULL;
}

static struct element *element_in(struct contents_job *j, enum element_role r,
				  struct element *parent)
{
	return element_new(j->c->arena, j->c->pages, r, parent);
}

static struct block *text_block(struct contents_job *j, struct str words, enum style_role role,
				struct element *e, const struct article *a)
{
	struct composer *c = j->c;
	const struct style *s = composer_style(c, NULL, role);
	struct block *b = block_new(&j->galley, BLOCK_TEXT, s, c->doc->place);
	struct str language = a ? a->language : c->doc->publication->language;
	b->text = text_plain(c->arena, words, s, language, e);
	b->opener = true;
	b->ruled = s->rule != NULL;
	if (a && b->text.count)
		b->text.spans[0].tag = article_tag(c, a, words);
	return b;
}

/* ---- the list ---- */

static void add_section(struct contents_job *j, struct str title)
{
	struct element *item = element_in(j, ELEMENT_TOC_ITEM, j->toc);
	struct element *e = element_in(j, ELEMENT_PARAGRAPH, item);
	struct block *b = text_block(j, title, STYLE_CONTENTS_SECTION, e, NULL);
	j->list = element_in(j, ELEMENT_TOC, item);
	b->keep_next = true;
	galley_push(&j->galley, b);
}

/* The number at the left, the title hanging beside it. */
static void add_entry(struct contents_job *j, const struct article *a)
{
	struct composer *c = j->c;
	struct element *item = element_in(j, ELEMENT_TOC_ITEM, j->list ? j->list : j->toc);
	struct element *reference = element_in(j, ELEMENT_REFERENCE, item);
	struct element *link = element_in(j, ELEMENT_LINK, reference);
	if (!str_equal(a->language, c->doc->publication->language))
		link->language = a->language;
	struct block *b = text_block(j, a->title, STYLE_CONTENTS_TITLE, link, a);
	const struct style *s = composer_style(c, NULL, STYLE_CONTENTS_NUMBER);
	int number = opening_number(c, a);
	b->text.spans[0].place = a->place;
	b->left = j->number_width;
	b->balance = true;
	if (number) {
		b->label = text_plain(c->arena, str_format(c->arena, "%d ", number), s,
				      c->doc->publication->language, link);
		b->label.spans[0].tag = b->text.spans[0].tag;
		b->label_at_edge = true;
	}
	galley_push(&j->galley, b);
}

/* Room for the widest number, and a gap. */
static int number_width(struct composer *c)
{
	const struct style *s = composer_style(c, NULL, STYLE_CONTENTS_NUMBER);
	int widest = s->size;
	for (size_t i = 0; i < c->opening_count; i++) {
		struct text t =
			text_plain(c->arena, str_format(c->arena, "%d", c->openings[i].number), s,
				   c->doc->publication->language, NULL);
		int w = line_set(c->type, c->arena, t.spans, t.count, c->diags).width;
		widest = w > widest ? w : widest;
	}
	return widest + s->size * 6 / 10;
}

static void make_list(struct contents_job *j)
{
	struct composer *c = j->c;
	j->number_width = number_width(c);
	struct str section = { 0 };
	j->galley.blocks = NULL;
	j->galley.count = j->galley.capacity = 0;
	const struct article *editorial = framed_editorial(c);
	for (size_t i = 0; i < c->doc->entry_count; i++) {
		const struct entry *e = &c->doc->entries[i];
		if (!listed(c, e->article) || e->article == editorial)
			continue;
		if (e->section.len && !str_equal(e->section, section))
			add_section(j, e->section);
		section = e->section;
		add_entry(j, e->article);
	}
}

static int gap_above(const struct box *b)
{
	return b->before > b[-1].after ? b->before : b[-1].after;
}

/* Whether a section's name begins with box n, behind which a column may end. */
static bool begins_section(const struct box *boxes, size_t count, size_t n)
{
	while (n < count && boxes[n].break_cost == COST_WIDOW)
		n++;
	return n < count && boxes[n].break_cost >= COST_KEEP;
}

/* How many boxes find room, at least one. A section's name is never the last. One that
 * would be divided in the last third goes on to the next column whole, where that has room
 * for all that is left. */
static size_t fitting(struct column col, const struct box *boxes, size_t count)
{
	int y = 0, whole_y = 0;
	size_t n = 0, good = 0, whole = 0;
	for (; n < count; n++) {
		int gap = n ? gap_above(&boxes[n]) : 0;
		if (n > 0 && y + gap + boxes[n].height > col.height)
			break;
		y += gap + boxes[n].height;
		if (boxes[n].break_cost >= COST_WIDOW)
			continue;
		good = n + 1;
		if (begins_section(boxes, count, good)) {
			whole = good;
			whole_y = y;
		}
	}
	if (n < count && whole && whole < good && whole_y >= col.height * 2 / 3 &&
	    boxes_height(&boxes[whole], count - whole) <= col.height)
		return whole;
	return good ? good : n;
}

/* Boxes from top to bottom of a column; returns how many found room. */
static size_t put_column(struct contents_job *j, struct column col, const struct box *boxes,
			 size_t count)
{
	size_t n = fitting(col, boxes, count);
	int y = 0;
	for (size_t i = 0; i < n; i++) {
		y += i ? gap_above(&boxes[i]) : 0;
		box_paint(j->c, j->page, &boxes[i], col.x, col.y + y, false);
		y += boxes[i].height;
	}
	if (col.y + y > j->foot)
		j->foot = col.y + y;
	return n;
}

static void put_list(struct contents_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	make_list(j);
	struct area a = area_of(c->layout, r, f ? f->columns : 1, c->layout->grid.gutter);
	struct boxes all = blocks_set(c, j->galley.blocks, j->galley.count, a.column[0].width,
				      c->layout->grid.height);
	size_t done = 0;
	for (int i = 0; i < a.columns && done < all.count; i++)
		done += put_column(j, a.column[i], &all.box[done], all.count - done);
	size_t first_page = j->page;
	int foot = j->foot;
	while (done < all.count) {
		j->page = page_open(c, NULL, NULL);
		struct rect m = margins_rect(c->layout, page_is_recto(c, j->page));
		struct column col = {
			.x = m.x, .y = m.y, .width = a.column[0].width, .height = m.height
		};
		done += put_column(j, col, &all.box[done], all.count - done);
	}
	j->page = first_page;
	j->foot = foot;
}

/* ---- the cover story ---- */

static void put_picture(struct contents_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	const struct article *a = cover_story(c);
	if (!a || !a->image || !a->image->path.len)
		return;
	struct plate plate = plate_of(&j->galley, a->image, j->parent);
	struct text credit = { 0 };
	const struct picture *cover = c->doc->cover.image;
	if (cover && cover->credit.len) { /* what the cover itself has no place for */
		const struct style *s = composer_style(c, NULL, STYLE_CREDIT);
		struct str words = str_format(c->arena, "%.*s: %.*s",
					      STR_ARG(word(WORD_COVER, j->voice.language)),
					      STR_ARG(cover->credit));
		struct element *e = plate.caption.count
					    ? plate.caption.spans[0].element
					    : element_in(j, ELEMENT_PARAGRAPH, j->parent);
		credit = text_plain(c->arena, words, s, j->voice.language, e);
		if (plate.caption.count)
			text_add(c->arena, &plate.caption,
				 text_plain(c->arena, STR("\xe2\x80\xa8"), s, j->voice.language, e)
					 .spans[0]);
		text_add(c->arena, &plate.caption, credit.spans[0]);
	}
	bool placed;
	struct box b =
		framed_picture(c, j->master, page_is_recto(c, j->page), f, r, &plate, &placed);
	if (!placed && credit.count) { /* the article's own words stand with the article */
		plate.caption = credit;
		b = framed_picture(c, j->master, page_is_recto(c, j->page), f, r, &plate, &placed);
	}
	box_paint(c, j->page, &b, 0, 0, false);
}

static void put_story(struct contents_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	const struct article *a = cover_story(c);
	if (!a)
		return;
	static const enum style_role roles[] = { STYLE_KICKER, STYLE_STORY_TITLE, STYLE_STORY_LEAD,
						 STYLE_STORY_NUMBER };
	struct str number = { 0 };
	if (opening_number(c, a))
		number = str_format(c->arena, "%d", opening_number(c, a));
	struct str words[] = { a->kicker, a->title, a->lead, number };
	struct block *blocks[4];
	size_t count = 0;
	for (size_t i = 0; i < 4; i++) {
		if (!words[i].len)
			continue;
		struct element *p = element_in(j, ELEMENT_PARAGRAPH, j->parent);
		struct element *link = element_in(j, ELEMENT_LINK, p);
		blocks[count] = text_block(j, words[i], roles[i], link, a);
		blocks[count]->balance = i < 3;
		count++;
	}
	int foot = page_stack_at(c, j->page, blocks, count, f, r);
	if (foot > j->foot)
		j->foot = foot;
}

static void put_head(struct contents_job *j, struct rect r)
{
	struct block *b = text_block(j, word(WORD_CONTENTS, j->voice.language), STYLE_CONTENTS_HEAD,
				     element_in(j, ELEMENT_HEADING1, j->parent), NULL);
	page_stack(j->c, j->page, &b, 1, r);
}

/* What the master has a place for, and this issue has not. */
static unsigned vacant_frames(const struct composer *c)
{
	const struct article *story = cover_story(c);
	const bool picture = story && story->image && story->image->path.len;
	unsigned vacant = 0;
	for (size_t i = 0; i < c->layout->contents->frame_count; i++) {
		enum frame_role r = c->layout->contents->frames[i].role;
		if ((r == FRAME_PICTURE && !picture) || (r == FRAME_STORY && !story) ||
		    (r == FRAME_EDITORIAL && !framed_editorial(c)))
			vacant |= 1u << i;
	}
	return vacant;
}

/* Where no picture stands above it the editorial follows what is there. */
static void put_editorial(struct contents_job *j, struct element *parent)
{
	struct composer *c = j->c;
	for (size_t i = 0; i < j->master->frame_count; i++) {
		struct frame *f = &j->master->frames[i];
		if (f->role != FRAME_EDITORIAL)
			continue;
		int line = grid_line_down(c->layout, j->foot) + 2 * c->layout->grid.baseline;
		if (!master_frame(j->master, FRAME_PICTURE) && line < f->rect.y)
			f->rect.y = line;
		story_in_frame(c, j->page, f, framed_editorial(c), parent);
		return;
	}
}

void contents_put(struct composer *c, struct element *parent, struct element *editorial)
{
	struct master *m = master_without(c, c->layout->contents, vacant_frames(c), 0);
	struct contents_job j = { .c = c, .parent = parent, .master = m };
	j.voice.language = c->doc->publication->language;
	j.galley = (struct galley){ .composer = c, .article = &j.voice };
	j.page = page_open(c, m, NULL);
	struct destination d = { STR("#contents"), (int)j.page, 0 };
	PUSH(c->arena, c->pages->destinations, c->pages->destination_count,
	     c->pages->destination_capacity, d);
	bool recto = page_is_recto(c, j.page);
	const struct frame *list = master_frame(m, FRAME_CONTENTS);
	for (size_t i = 0; i < m->frame_count; i++) {
		const struct frame *f = &m->frames[i];
		struct rect r = frame_rect(c->layout, f, recto);
		if (f->role == FRAME_HEAD)
			put_head(&j, r);
		else if (f->role == FRAME_PICTURE)
			put_picture(&j, f, r);
		else if (f->role == FRAME_STORY)
			put_story(&j, f, r);
	}
	j.toc = element_in(&j, ELEMENT_TOC, parent);
	put_list(&j, list,
		 list ? frame_rect(c->layout, list, recto) : margins_rect(c->layout, recto));
	put_editorial(&j, editorial);
}
