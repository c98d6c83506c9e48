/* The cover: picture, masthead, issue, headline, teasers. */
#include "compose/front.h"
#include "compose/story.h"

#include "model/words.h"

struct cover_job {
	struct composer *c;
	struct galley galley; /* for making blocks and plates: the publication's voice */
	struct article voice;
	struct element *parent;
	const struct master *master;
	bool plain; /* drawn for a cover without a picture */
	size_t page;
	struct block **teasers; /* NULL: not made yet */
	size_t teaser_count;
	bool teasers_put;
	int lower; /* by so much the teasers stand lower, for the title's sake */
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

static bool has_picture(const struct composer *c)
{
	const struct picture *p = c->doc->cover.image;
	return p && p->path.len;
}

static void put_picture(struct cover_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	const struct picture *p = c->doc->cover.image;
	if (!has_picture(c)) { /* the ground of the words that stand there */
		page_fill(c, j->page, r, c->layout->accent, ARTIFACT_BACKGROUND, &f->place);
		return;
	}
	/* The credit stands on the contents page: nothing small on the cover. */
	struct picture bare = *p, *kept = NEW(c->arena, struct picture);
	bare.caption = bare.credit = STR("");
	*kept = bare;
	struct plate plate = plate_of(&j->galley, kept, j->parent);
	bool placed;
	struct box b =
		framed_picture(c, j->master, page_is_recto(c, j->page), f, r, &plate, &placed);
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

/* ---- the teasers ---- */

static void make_teasers(struct cover_job *j)
{
	struct composer *c = j->c;
	const struct cover *cover = &c->doc->cover;
	struct element *list = element_in(j, ELEMENT_LIST, j->parent);
	j->teasers = NEW_ARRAY(c->arena, struct block *, cover->line_count + 1);
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
		j->teasers[j->teaser_count++] = b->text.count ? b : NULL;
		if (!b->text.count)
			continue;
		if (a)
			b->text.spans[0].tag = article_tag(c, a, line->text);
		b->ruled = b->style->rule != NULL;
		add_page_number(j, b, a);
	}
}

/* In the cells of a frame, row by row; paint: else they are only measured. Returns the
 * height of the tallest cell. */
static int stack_teasers(struct cover_job *j, const struct frame *f, struct rect r, bool paint)
{
	struct composer *c = j->c;
	if (!j->teasers)
		make_teasers(j);
	struct area cells = area_of(c->layout, r, f->columns, f->gutter);
	int y[MAX_COLUMNS] = { 0 }, tallest = 0;
	for (size_t i = 0; i < j->teaser_count; i++) {
		struct block *b = j->teasers[i];
		if (!b)
			continue;
		int *at = &y[i % (size_t)cells.columns];
		struct rect cell = { cells.column[i % (size_t)cells.columns].x, r.y + *at,
				     cells.column[0].width, r.height };
		int foot = *at;
		if (paint) {
			foot = page_stack(c, j->page, &b, 1, cell) - r.y;
		} else {
			struct boxes made =
				blocks_set(c, &b, 1, cell.width, r.height > PT ? r.height : PT);
			foot += boxes_height(made.box, made.count);
		}
		tallest = foot > tallest ? foot : tallest;
		*at = foot + b->style->leading / 2;
	}
	return tallest;
}

static void put_teasers(struct cover_job *j, const struct frame *f, struct rect r)
{
	r.y += j->lower;
	stack_teasers(j, f, r, true);
	j->teasers_put = true;
}

/* How much lower the teasers can stand, to leave room to the title above them. */
static int room_of_teasers(struct cover_job *j, struct rect title)
{
	struct composer *c = j->c;
	const struct frame *f = master_frame(j->master, FRAME_TEASERS);
	if (!f || j->teasers_put)
		return 0;
	struct rect r = frame_rect(c->layout, f, page_is_recto(c, j->page));
	bool beside = r.x >= title.x + title.width || r.x + r.width <= title.x;
	if (beside || r.y < title.y + title.height)
		return 0;
	int room = r.height - stack_teasers(j, f, r, false);
	return room > 0 ? room : 0;
}

/* ---- headline and lead ---- */

/* A step smaller; the lines keep their distance in proportion. */
static void step_down(struct cover_job *j, struct block *b, const struct style *drawn, size_t step)
{
	struct style *s = NEW(j->c->arena, struct style);
	*s = *drawn;
	s->size = drawn->steps[step];
	s->leading = unit_scale(drawn->leading, s->size, drawn->size);
	b->style = s;
	b->settings = NULL;
	for (size_t i = 0; i < b->text.count; i++)
		b->text.spans[i].style = s;
}

/* Whether no word of a block is wider than that. */
static bool words_fit(struct cover_job *j, const struct block *b, int width)
{
	struct composer *c = j->c;
	struct str rest = b->text.spans[0].text, one;
	while (str_cut(&rest, ' ', &one)) {
		struct span s = b->text.spans[0];
		s.text = one;
		if (line_set(c->type, c->arena, &s, 1, c->diags).width > width)
			return false;
	}
	return true;
}

static int blocks_height(struct cover_job *j, struct block **blocks, size_t count, int width)
{
	struct boxes made = blocks_set(j->c, blocks, count, width, j->c->layout->grid.height);
	return boxes_height(made.box, made.count);
}

/* What stands on the cover is the editor's, the frame the designer's: it is the frame
 * that is too small when it does not hold a line. */
static void report_title(struct cover_job *j, const struct frame *f, const struct block *last,
			 const struct block *title, int over)
{
	struct composer *c = j->c;
	int lines = (over + last->style->leading - 1) / last->style->leading;
	if (!c->doc->title_place.line || f->rect.height < title->style->leading) {
		diag_report_hint(c->diags, DIAG_OVERSET, f->place,
				 STR("make the frame higher, or the letters smaller"),
				 "%.*s: %d lines", STR_ARG(frame_role_name(f->role)), lines);
		return;
	}
	diag_report_hint(
		c->diags, DIAG_OVERSET, c->doc->title_place,
		c->doc->lead.len || last == title
			? STR("shorten the title, or the lead below it")
			: STR("shorten the title, or write a short lead: for the cover; it "
			      "has that of its story"),
		"%d %s too many for the cover, in the smallest letters of its layout", lines,
		lines == 1 ? "line" : "lines");
}

/* In the largest letters that have room. */
static void fit_title(struct cover_job *j, const struct frame *f, struct rect *r,
		      struct block **blocks, size_t count)
{
	const struct style *drawn = blocks[0]->style;
	int free = room_of_teasers(j, *r), over = 0;
	for (size_t step = 0;; step++) {
		/* a hair more is the last line's own space */
		over = blocks_height(j, blocks, count, r->width) - r->height;
		bool fits = words_fit(j, blocks[0], r->width) &&
			    over - free <= blocks[count - 1]->style->leading / 4;
		if (fits || step == drawn->step_count)
			break;
		step_down(j, blocks[0], drawn, step);
	}
	if (over - free > blocks[count - 1]->style->leading / 4)
		report_title(j, f, blocks[count - 1], blocks[0], over - free);
	j->lower = over > free ? free : over > 0 ? over : 0;
	r->height += j->lower;
}

/* At its frame's top, middle or foot. */
static void put_title(struct cover_job *j, const struct frame *f, struct rect r)
{
	struct composer *c = j->c;
	struct block *blocks[2];
	size_t count = 0;
	if (c->doc->title.len) {
		blocks[count] = text_block(j, c->doc->title,
					   j->plain ? STYLE_COVER_TITLE_PLAIN : STYLE_COVER_TITLE,
					   element_in(j, ELEMENT_HEADING2, j->parent));
		blocks[count++]->balance = true;
	}
	const struct article *story = cover_story(c);
	struct str lead = c->doc->lead.len ? c->doc->lead : story ? story->lead : STR("");
	if (lead.len)
		blocks[count++] =
			text_block(j, lead, j->plain ? STYLE_COVER_LEAD_PLAIN : STYLE_COVER_LEAD,
				   element_in(j, ELEMENT_PARAGRAPH, j->parent));
	if (!count)
		return;
	fit_title(j, f, &r, blocks, count);
	int left = r.height - blocks_height(j, blocks, count, r.width);
	int down = left <= 0 || f->stand == STAND_TOP ? 0
		   : f->stand == STAND_FOOT           ? left
						      : left / 2;
	r.y += down;
	r.height -= down;
	page_stack(c, j->page, blocks, count, r);
}

/* Whether words of a master stand on one of its frames. */
static bool is_ground(const struct master *m, const struct frame *f)
{
	for (size_t i = 0; i < m->frame_count; i++) {
		const struct rect *o = &m->frames[i].rect;
		if (&m->frames[i] != f && m->frames[i].role != FRAME_FILL &&
		    o->x < f->rect.x + f->rect.width && f->rect.x < o->x + o->width &&
		    o->y < f->rect.y + f->rect.height && f->rect.y < o->y + o->height)
			return true;
	}
	return false;
}

/* Without a picture nothing stands for it, and what has words has its place. */
static const struct master *cover_master(struct composer *c)
{
	const struct layout *l = c->layout;
	if (has_picture(c))
		return l->cover;
	const struct master *m = l->cover_plain ? l->cover_plain : l->cover;
	unsigned vacant = 0;
	for (size_t i = 0; i < m->frame_count && i < MASTER_FRAMES_MAX; i++) {
		const struct frame *f = &m->frames[i];
		if ((f->role == FRAME_PICTURE && !is_ground(m, f)) ||
		    (f->role == FRAME_TEASERS && !f->fill && !c->doc->cover.line_count))
			vacant |= 1u << i;
	}
	return vacant ? master_without(c, m, vacant, 0) : m;
}

void cover_put(struct composer *c, struct element *parent)
{
	const struct master *m = cover_master(c);
	struct cover_job j = { .c = c, .parent = parent, .master = m };
	j.plain = !has_picture(c) && c->layout->cover_plain;
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
