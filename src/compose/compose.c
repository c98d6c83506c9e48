/* The issue: cover and contents, the running order, the back.
 *
 * HOW IT WORKS. The articles are composed first, behind as many empty pages as
 * cover and contents will take: those are composed beforehand, with made-up numbers,
 * to be counted and thrown away. Then cover and contents, which now know every page
 * number. When they took another number of pages, all begins again; after the first
 * time only for more, as they might go back and forth; four times at most. Each pass makes
 * its own pages and structure; what each reports again is told once. */
#include "compose/compose.h"

#include "compose/ahead.h"
#include "compose/filler.h"
#include "compose/front.h"
#include "compose/story.h"
#include "model/words.h"

enum { MAX_PASSES = 4 };

struct issue_job {
	struct composer *c;
	size_t front; /* pages reserved for cover and contents */
	struct element *cover, *contents, *editorial;
	struct shared *shared;
	struct element *section;
	struct str section_title;
	const struct article *back;
	struct story *next; /* made ready before its turn; NULL: none */
};

static const struct article *back_cover(const struct composer *c)
{
	for (size_t i = c->doc->entry_count; i-- > 0;) {
		const struct article *a = c->doc->entries[i].article;
		if (a && composer_shows(c, a) && composer_template(c, a)->back_cover)
			return a;
	}
	return NULL;
}

static void close_shared(struct issue_job *j)
{
	if (j->shared)
		shared_close(j->shared);
	j->shared = NULL;
}

static void begin_section(struct issue_job *j, struct str title)
{
	struct composer *c = j->c;
	if (j->section && str_equal(title, j->section_title))
		return;
	close_shared(j);
	j->section = element_new(c->arena, c->pages, ELEMENT_SECTION, c->pages->structure);
	j->section->title = title;
	j->section_title = title;
}

static void put_advertisement(struct issue_job *j, const struct advertisement *ad)
{
	close_shared(j);
	struct composer *c = j->c;
	size_t page = page_open(c, NULL, NULL);
	c->pages->page[page].advertisement = ad;
	if (!ad->alt.len)
		return;
	/* A section may go on behind it: there it stands within. */
	struct element *parent = j->section ? j->section : c->pages->structure;
	struct element *figure = element_new(c->arena, c->pages, ELEMENT_FIGURE, parent);
	figure->alternative = ad->alt;
	figure->place = ad->place;
	c->pages->page[page].ready_made = figure;
}

/* Whether an article has pages of its own. */
static bool is_apart(const struct composer *c, const struct article *a)
{
	const struct template *t = composer_template(c, a);
	return !t->slot.len || !t->opening;
}

/* Whether the running order puts the article, if it is one. */
static bool is_in_order(const struct issue_job *j, const struct article *a)
{
	return a && composer_shows(j->c, a) && a != framed_editorial(j->c) && a != j->back;
}

/* Makes the next article from entry i on ready, if that has its own pages. */
static void make_next(struct issue_job *j, size_t i)
{
	const struct document *doc = j->c->doc;
	while (i < doc->entry_count && !is_in_order(j, doc->entries[i].article))
		i++;
	const struct article *a = i < doc->entry_count ? doc->entries[i].article : NULL;
	j->next = a && is_apart(j->c, a) ? story_make_next(j->c, a) : NULL;
}

static void put_apart(struct issue_job *j, size_t i)
{
	struct composer *c = j->c;
	close_shared(j); /* its pages stand before the article's */
	struct story *s = j->next ? j->next : story_make(c, c->doc->entries[i].article);
	story_begin(s, j->section);
	make_next(j, i + 1);
	story_put(s);
}

static void put_sharing(struct issue_job *j, const struct article *a)
{
	struct composer *c = j->c;
	const struct template *t = composer_template(c, a);
	if (j->shared && shared_master(j->shared) != t->opening)
		close_shared(j);
	if (!j->shared)
		j->shared = shared_open(c, t->opening, j->section_title, j->section);
	shared_add(j->shared, a);
}

static void put_running_order(struct issue_job *j)
{
	struct composer *c = j->c;
	for (size_t i = 0; i < c->doc->entry_count; i++) {
		const struct entry *e = &c->doc->entries[i];
		if (e->kind == ENTRY_ADVERTISEMENT) {
			put_advertisement(j, e->advertisement);
			continue;
		}
		if (!is_in_order(j, e->article))
			continue;
		begin_section(j, e->section);
		if (is_apart(c, e->article))
			put_apart(j, i);
		else
			put_sharing(j, e->article);
		if (!j->shared)
			composer_forget_drafts(c);
		if (c->world && c->world->progress)
			c->world->progress(c->world->context, STR("compose"), (int64_t)i + 1,
					   (int64_t)c->doc->entry_count);
	}
	close_shared(j);
}

/* ---- the end of the issue ---- */

static void put_imprint(struct issue_job *j)
{
	struct composer *c = j->c;
	const struct article *a = c->doc->imprint;
	const struct master *m = c->layout->imprint_page;
	if (!a || !composer_shows(c, a))
		return;
	const struct frame *f = master_frame(m, FRAME_IMPRINT);
	if (!f) {
		story_compose(c, a, c->pages->structure);
		return;
	}
	size_t page = page_open(c, m, a);
	for (size_t i = 0; i < m->frame_count; i++)
		if (m->frames[i].role == FRAME_LINES)
			page_lines(c, page, &m->frames[i]);
	story_in_frame(c, page, f, a, c->pages->structure);
}

static void fill_up(struct composer *c, size_t pages_to_come)
{
	if (!c->layout->stitched || !c->layout->filler)
		return;
	while ((c->pages->count + pages_to_come) % 4)
		filler_put(c);
}

/* Whether the page that would be left over at the end becomes a back cover. */
static bool makes_back(const struct issue_job *j, size_t pages_to_come)
{
	const struct layout *l = j->c->layout;
	size_t missing = (4 - (j->c->pages->count + pages_to_come) % 4) % 4;
	return l->stitched && l->back && !j->back && (l->filler ? missing > 0 : missing == 1);
}

/* Fillers, imprint, back cover: the last page lands on a multiple of four. Where a page
 * would be left over and the issue has no back cover, one is made for it. */
static void put_end(struct issue_job *j)
{
	struct composer *c = j->c;
	bool imprint = c->doc->imprint && composer_shows(c, c->doc->imprint);
	size_t back = j->back ? 1 : 0;
	bool made = makes_back(j, imprint ? 1 : 0);
	if (made)
		back = 1;
	fill_up(c, back + (imprint ? 1 : 0));
	put_imprint(j);
	fill_up(c, back);
	if (j->back)
		story_compose(c, j->back, c->pages->structure);
	else if (made)
		back_put(c);
	if (c->layout->stitched && c->pages->count % 4)
		diag_report(c->diags, DIAG_PAGE_COUNT, c->doc->place, "%zu pages", c->pages->count);
}

/* ---- the beginning ---- */

/* Cover and contents on the pages kept for them; how many they took. */
static size_t put_front(struct issue_job *j)
{
	struct composer *c = j->c;
	struct pages *p = c->pages;
	struct page *pages = p->page;
	size_t count = p->count, capacity = p->capacity;
	p->page = NULL;
	p->count = p->capacity = 0;
	if (c->layout->cover)
		cover_put(c, j->cover);
	if (c->layout->contents)
		contents_put(c, j->contents, j->editorial);
	size_t taken = p->count;
	for (size_t i = 0; i < taken && i < j->front; i++)
		pages[i] = p->page[i];
	p->page = pages;
	p->count = count;
	p->capacity = capacity;
	return taken;
}

static struct element *part(struct composer *c, enum element_role r, struct str title)
{
	struct element *e = element_new(c->arena, c->pages, r, c->pages->structure);
	e->title = title;
	return e;
}

/* How many pages cover and contents will take. */
static size_t expected_front(struct composer *c)
{
	enum { SOME_NUMBER = 88 };
	struct composer trial = *c;
	trial.arena = arena_open();
	trial.pages = NEW(trial.arena, struct pages);
	trial.pages->document = c->doc;
	trial.pages->layout = c->layout;
	trial.pages->structure = element_new(trial.arena, trial.pages, ELEMENT_DOCUMENT, NULL);
	for (size_t i = 0; i < c->doc->entry_count; i++) {
		struct opening o = { c->doc->entries[i].article, SOME_NUMBER };
		PUSH(trial.arena, trial.openings, trial.opening_count, trial.opening_capacity, o);
	}
	if (c->layout->cover)
		page_open(&trial, NULL, NULL);
	if (c->layout->contents)
		contents_put(&trial, trial.pages->structure, trial.pages->structure);
	size_t pages = trial.pages->count;
	ahead_rest(c); /* the hands have looked at the trial's targets */
	arena_close(trial.arena);
	return pages;
}

/* No page yet, and of the structure what stands before the articles. */
static void begin_pages(struct issue_job *j)
{
	struct composer *c = j->c;
	struct str language = c->doc->publication->language;
	c->pages = NEW(c->arena, struct pages);
	c->pages->document = c->doc;
	c->pages->layout = c->layout;
	c->pages->structure = element_new(c->arena, c->pages, ELEMENT_DOCUMENT, NULL);
	c->pages->structure->language = language;
	c->target_count = c->opening_count = 0;
	if (c->layout->cover)
		j->cover = part(c, ELEMENT_PART, word(WORD_COVER, language));
	if (c->layout->contents) {
		j->contents = part(c, ELEMENT_PART, word(WORD_CONTENTS, language));
		j->editorial = j->contents;
	}
}

/* One pass; true when cover and contents took the pages kept for them. */
static bool compose_pass(struct composer *c, bool first, size_t *front)
{
	struct issue_job j = { .c = c, .front = *front, .back = back_cover(c) };
	begin_pages(&j);
	make_next(&j, 0);
	if (first) { /* the hands have the first article to set meanwhile */
		ahead_go_on(c);
		*front = j.front = expected_front(c);
	}
	composer_forget_drafts(c); /* the first article's turn has come */
	for (size_t i = 0; i < j.front; i++)
		page_open(c, NULL, NULL);
	put_running_order(&j);
	put_end(&j);
	size_t taken = put_front(&j);
	bool settled = taken == *front;
	if (first || taken > *front)
		*front = taken;
	return settled;
}

struct pages *compose_issue(struct arena *a, const struct document *doc, const struct layout *l,
			    const struct world *w, struct diags *d)
{
	struct composer c = { .arena = a, .doc = doc, .layout = l, .world = w, .diags = d };
	c.type = type_open(l, d);
	c.drafts = arena_open();
	c.drafts_next = arena_open();
	c.scratch = arena_open();
	c.hands = hands_open(&c);
	size_t front = 0;
	int passes = 0;
	while (!compose_pass(&c, passes == 0, &front) && ++passes < MAX_PASSES)
		;
	if (passes == MAX_PASSES)
		diag_report(d, DIAG_CONTENTS_UNSETTLED, doc->place, "%d passes", passes);
	slugs_put(&c);
	spine_put(&c);
	marks_put(&c);
	bookmarks_put(&c);
	arena_close(c.scratch);
	arena_close(c.drafts);
	arena_close(c.drafts_next);
	hands_close(c.hands, a);
	type_close(c.type);
	return c.pages;
}
