/* THE MODEL. "Ciąg dalszy na s. 12" stands below the last line of the first part,
 * where the eye has arrived; "Dokończenie ze s. 4" and the title above the second,
 * for who comes from there. Both lines lead to one another.
 *
 * In the structure the article is whole: its element holds its own words and
 * nothing between them, so that it reads through where a paragraph goes on on
 * another page. The two lines would best be artifacts, as who listens has no use for
 * them; but they are links, which who points or tabs does use, and the words of a link
 * have to be in the structure (ISO 14289-1, 7.18.5). So they are paragraphs behind the
 * article, each of one link: there they interrupt nobody. The title above the second
 * part is an artifact: it has been read. */
#include "compose/jump.h"

#include "model/words.h"

#include <assert.h>

enum { LEAST_LINES = 8 }; /* of text below a head, not to begin on a new page */

/* ---- the first part ---- */

static const struct style *line_style(const struct composer *c, const struct template *t)
{
	return composer_style(c, t, STYLE_JUMP);
}

int jump_height(const struct composer *c, const struct template *t)
{
	const struct style *s = line_style(c, t);
	return grid_up(c->layout, s->before + s->leading);
}

/* Right behind the article, or the line before it: other articles may be made already. */
static struct element *line_element(struct story *s, struct element *before)
{
	struct composer *c = s->galley.composer;
	const struct article *a = s->galley.article;
	struct element *e = element_new(c->arena, c->pages, ELEMENT_PARAGRAPH, NULL);
	element_follow(before, e);
	e->place = a->place;
	if (!str_equal(a->language, c->doc->publication->language))
		e->language = a->language;
	return element_new(c->arena, c->pages, ELEMENT_LINK, e);
}

void jump_leave(struct story *s, size_t page, const struct column *last)
{
	const struct flow *f = &s->flow;
	s->jump = (struct jump){
		.left = true, .page = page, .x = last->x, .y = last->y, .width = last->width
	};
	for (size_t i = 0; i < f->placed_count; i++) {
		int bottom = f->placed[i].y + f->placed[i].box->height;
		if (f->placed[i].x == last->x && bottom > s->jump.y)
			s->jump.y = bottom;
	}
	s->jump.on = line_element(s, s->galley.element);
	s->jump.from = line_element(s, s->jump.on->parent);
}

/* ---- lines ---- */

static struct str place_of(struct story *s, const char *part)
{
	return str_format(s->galley.composer->arena, "%.*s#%s", STR_ARG(s->galley.article->slug),
			  part);
}

/* "Ciąg dalszy na s. 12", leading there. */
static struct text line_text(struct story *s, enum word w, size_t page, struct element *e,
			     const char *destination)
{
	struct composer *c = s->galley.composer;
	struct str language = s->galley.article->language;
	struct str words = str_format(c->arena, "%.*s\xc2\xa0%d", STR_ARG(word(w, language)),
				      c->pages->page[page].number);
	struct target target = { .destination = place_of(s, destination), .contents = words };
	struct text t = text_plain(c->arena, words, line_style(c, s->galley.template), language, e);
	t.spans[0].tag = composer_target(c, target);
	return t;
}

static void put_line_on(struct story *s, size_t page)
{
	struct composer *c = s->galley.composer;
	const struct jump *j = &s->jump;
	const struct style *style = line_style(c, s->galley.template);
	struct text t = line_text(s, WORD_JUMP_ON, page, j->on, "landing");
	struct line line = line_set(c->type, c->arena, t.spans, t.count, c->diags);
	struct box b = { .anchor = place_of(s, "jump") };
	int left = j->width - line.width;
	if (left < 0 || style->align == TEXT_LEFT || style->align == TEXT_JUSTIFIED)
		left = 0;
	else if (style->align == TEXT_CENTRED)
		left /= 2;
	box_line(c, &b, &line, left, style->before + style->leading);
	box_paint(c, j->page, &b, j->x, j->y, false);
}

static struct block *head_block(struct story *s, struct text t, const struct style *style)
{
	struct block *b = block_new(&s->galley, BLOCK_TEXT, style, s->galley.article->place);
	b->text = t;
	b->opener = b->balance = b->keep_next = true;
	b->left = style->left;
	b->right = style->right;
	b->ruled = style->rule != NULL;
	b->bar_block = NULL;
	return b;
}

/* The line at the left, whatever its alignment at the foot, and the title. */
static struct boxes head_of(struct story *s, int width)
{
	struct composer *c = s->galley.composer;
	const struct article *a = s->galley.article;
	struct boxes none = { 0 };
	if (!s->jump.left)
		return none;
	struct style *left = NEW(c->arena, struct style);
	*left = *line_style(c, s->galley.template);
	left->align = TEXT_LEFT;
	left->before = 0;
	const struct style *title = composer_style(c, s->galley.template, STYLE_JUMP_TITLE);
	struct text t = line_text(s, WORD_JUMP_FROM, s->jump.page, s->jump.from, "jump");
	struct block *blocks[] = {
		head_block(s, t, left),
		head_block(s, text_plain(c->arena, a->title, title, a->language, NULL), title),
	};
	blocks[0]->anchor = place_of(s, "landing");
	return blocks_set(c, blocks, 2, width, s->galley.max_height);
}

/* ---- the second part ---- */

struct arrival {
	struct story *story;
	const struct master *master;
	struct sheets sheets;
	struct boxes head;
	int x, y; /* of the head */
};

static int width_of(const struct area *a)
{
	const struct column *last = &a->column[a->columns - 1];
	return last->x + last->width - a->column[0].x;
}

/* Takes the place of the head, from y on, off the first page's areas; true when text
 * has come to stand below it. */
static bool arrive(struct arrival *a, bool recto, int y)
{
	struct sheets *s = &a->sheets;
	const struct layout *l = a->story->galley.composer->layout;
	s->recto = recto;
	s->first_count = s->next_count[recto];
	a->x = s->next[recto][0].column[0].x;
	a->y = y ? y : s->next[recto][0].column[0].y;
	a->head = head_of(a->story, width_of(&s->next[recto][0]));
	int top = a->y;
	if (a->head.count)
		top += boxes_height(a->head.box, a->head.count);
	top = grid_line_down(l, top);
	for (size_t i = 0; i < s->first_count; i++) {
		s->first[i] = s->next[recto][i];
		for (int k = 0; k < s->first[i].columns; k++) {
			struct column *column = &s->first[i].column[k];
			int foot = column->y + column->height;
			column->y = top > column->y ? top : column->y;
			column->height = foot > column->y ? foot - column->y : 0;
		}
	}
	if (y && s->first[0].column[0].height < LEAST_LINES * l->grid.baseline)
		return false;
	struct flow *f = &a->story->flow;
	flow_fill(f, s, false);
	for (size_t i = 0; i < f->placed_count; i++)
		if (f->placed[i].page == 0)
			return true;
	return false;
}

/* Below what stands on the page already; nothing has changed when it is false. */
static bool arrive_below(struct arrival *a, const struct landing *l)
{
	struct composer *c = a->story->galley.composer;
	struct flow *f = &a->story->flow, begin = *f;
	if (!l->y || l->master != a->master || l->page + 1 != c->pages->count)
		return false;
	bool recto = page_is_recto(c, l->page);
	if (a->sheets.next_count[recto] != 1)
		return false;
	enum fate *fates = NEW_ARRAY(c->arena, enum fate, f->count + 1);
	for (size_t i = 0; i < f->count; i++)
		fates[i] = f->fates[i];
	if (arrive(a, recto, l->y))
		return true;
	*f = begin;
	for (size_t i = 0; i < f->count; i++)
		f->fates[i] = fates[i];
	return false;
}

/* Where the next article may begin. */
static void move_on(struct landing *l, const struct arrival *a)
{
	struct composer *c = a->story->galley.composer;
	const struct flow *f = &a->story->flow;
	l->master = a->master;
	l->page = c->pages->count - 1;
	l->y = 0;
	for (size_t i = 0; i < f->placed_count; i++) {
		int bottom = f->placed[i].y + f->placed[i].box->height;
		if (f->placed[i].page + 1 == f->pages && bottom > l->y)
			l->y = bottom;
	}
	if (l->y)
		l->y = grid_line_down(c->layout, l->y + 2 * c->layout->grid.baseline);
}

void jump_land(struct landing *l, struct story *s, const struct master *m)
{
	struct composer *c = s->galley.composer;
	struct arrival a = { .story = s, .master = m };
	story_sheets(c, m, &a.sheets);
	size_t page = l->page;
	if (!arrive_below(&a, l)) {
		arrive(&a, next_is_recto(c), 0);
		page = page_open(c, m, s->galley.article);
	}
	int y = a.y;
	for (size_t i = 0; i < a.head.count; i++) {
		box_paint(c, page, &a.head.box[i], a.x, y, false);
		y += a.head.box[i].height;
	}
	story_paint(s, m, page);
	if (s->jump.left) {
		assert(page != s->jump.page);
		put_line_on(s, page);
	} else {
		story_opened(c, s->galley.article, page);
	}
	move_on(l, &a);
}
