/* Pages that short articles share. */
#include "compose/fixture.h"

#include "model/words.h"

/* A page with a head and one slot as wide as the page. */
struct shared_page {
	struct frame frames[2];
	struct master master;
	struct template templates[2]; /* of the slot; of other articles */
};

static void open_shared(struct fixture *f, struct shared_page *s)
{
	fixture_open(f, true);
	struct layout *l = f->layout;
	const struct grid *g = &l->grid;
	int width = g->width - g->inner - g->outer;
	*s = (struct shared_page){ .master = { .name = STR("shared"), .folio = true } };
	s->frames[0] = (struct frame){ .role = FRAME_HEAD, .columns = 1, .fixed = true };
	s->frames[0].rect = (struct rect){ g->inner, g->top, width, 4 * g->baseline };
	s->frames[1] = (struct frame){
		.role = FRAME_SLOT, .slot = STR("news"), .columns = 1, .fixed = true
	};
	s->frames[1].rect =
		(struct rect){ g->inner, g->top + 4 * g->baseline, width, 40 * g->baseline };
	s->master.frames = s->frames;
	s->master.frame_count = 2;
	s->templates[0] = s->templates[1] = l->templates[0];
	s->templates[0].name = s->templates[0].slot = STR("news");
	s->templates[0].opening = &s->master;
	l->fallback_template = &s->templates[1];
	l->templates = s->templates;
	l->template_count = 2;
}

static struct article *add_news(struct fixture *f, const char *title, int paragraphs)
{
	struct article *a = fixture_article(f, title, title);
	a->template = STR("news");
	for (int i = 0; i < paragraphs; i++)
		fixture_paragraph(f, a, NULL,
				  "Numer telefonu zapisz dużymi cyframi i powieś na lodówce, "
				  "żeby każdy w domu wiedział, gdzie dzwonić w sobotę.");
	return a;
}

static const struct item *find_words(const struct page *p, struct str words)
{
	for (size_t k = 0; k < p->item_count; k++)
		if (p->items[k].kind == ITEM_GLYPHS && str_equal(p->items[k].glyphs.text, words))
			return &p->items[k];
	return NULL;
}

/* The section's name is said once; where its pages go on, that it is there again. */
static void the_next_page_says_that_it_goes_on(void **state)
{
	(void)state;
	struct fixture f;
	struct shared_page s;
	open_shared(&f, &s);
	static const char *const titles[] = { "Raz", "Dwa", "Trzy", "Cztery" };
	for (int i = 0; i < 4; i++)
		add_news(&f, titles[i], 12);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_true(p->count >= 3);
	struct str again =
		str_format(f.arena, "Dział (%.*s)", STR_ARG(word(WORD_CONTINUED, STR("pl"))));
	for (size_t i = 0; i < p->count; i++) {
		const struct item *title = find_words(&p->page[i], i ? again : STR("Dział"));
		assert_non_null(title);
		assert_true(i ? !title->element : title->element->role == ELEMENT_HEADING1);
		assert_null(find_words(&p->page[i], i ? STR("Dział") : again));
	}
	fixture_close(&f);
}

static int picture_top(const struct page *p)
{
	for (size_t k = 0; k < p->item_count; k++)
		if (p->items[k].kind == ITEM_PICTURE)
			return p->items[k].picture.frame.y;
	fail_msg("no picture");
	return 0;
}

/* A picture above the title begins a slot; below another article it would be taken
 * for part of that one. */
static void a_picture_stands_with_its_own_article(void **state)
{
	(void)state;
	for (int follows = 0; follows < 2; follows++) {
		struct fixture f;
		struct shared_page s;
		open_shared(&f, &s);
		if (follows)
			add_news(&f, "Raz", 1);
		add_news(&f, "Dwa", 2)->image = fixture_picture(&f, 1600, 400);
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		const struct item *title = find_words(&p->page[0], STR("Dwa"));
		assert_non_null(title);
		assert_true(follows ? picture_top(&p->page[0]) > title->glyphs.y
				    : picture_top(&p->page[0]) < title->glyphs.y);
		fixture_close(&f);
	}
}

/* ---- slots without an article ---- */

enum { NEWS_Y = 120 * PT, NEWS_HEIGHT = 400 * PT, CELLS_Y = 550 * PT, CELLS_HEIGHT = 150 * PT };

/* "left" and "right" above a rule, "first" and "second" below it. */
struct news_page {
	struct frame frames[5];
	struct master master;
	struct template templates[5];
};

static void open_news(struct fixture *f, struct news_page *s)
{
	static const struct str names[] = { STR_INIT("left"), STR_INIT("right"), STR_INIT("first"),
					    STR_INIT("second") };
	fixture_open(f, true);
	struct layout *l = f->layout;
	*s = (struct news_page){ .master = { .name = STR("news"), .folio = true } };
	for (int i = 0; i < 4; i++) {
		struct rect r = { 50 * PT + i % 2 * 240 * PT, i < 2 ? NEWS_Y : CELLS_Y, 228 * PT,
				  i < 2 ? NEWS_HEIGHT : CELLS_HEIGHT };
		s->frames[i] = (struct frame){ .role = FRAME_SLOT,
					       .slot = names[i],
					       .columns = 1,
					       .gutter = 12 * PT,
					       .rect = r,
					       .fixed = true };
		s->templates[i] = l->templates[0];
		s->templates[i].name = s->templates[i].slot = names[i];
		s->templates[i].opening = &s->master;
	}
	s->frames[4] = (struct frame){ .role = FRAME_FILL, .fill = l->accent, .fixed = true };
	s->frames[4].rect = (struct rect){ 50 * PT, 535 * PT, 468 * PT, PT };
	s->master.frames = s->frames;
	s->master.frame_count = 5;
	s->templates[4] = l->templates[0];
	l->fallback_template = &s->templates[4];
	l->templates = s->templates;
	l->template_count = 5;
}

static void add_to(struct fixture *f, const char *slot, const char *title, int paragraphs)
{
	add_news(f, title, paragraphs)->template = str_from(slot);
}

static bool has_rule(const struct page *p)
{
	for (size_t k = 0; k < p->item_count; k++)
		if (p->items[k].kind == ITEM_FILL && p->items[k].fill.rect.height == PT)
			return true;
	return false;
}

/* Briefs alone stand side by side over the whole page, as even as can be. */
static void briefs_alone_take_the_page(void **state)
{
	(void)state;
	static const char *const titles[] = { "Raz", "Dwa", "Trzy", "Cztery" };
	struct fixture f;
	struct news_page s;
	open_news(&f, &s);
	for (int i = 0; i < 4; i++)
		add_to(&f, "right", titles[i], 2);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_int_equal(p->count, 1);
	for (int i = 0; i < 4; i++) {
		const struct item *title = find_words(&p->page[0], str_from(titles[i]));
		assert_int_equal(title->glyphs.x, i < 2 ? 50 * PT : 290 * PT);
		assert_true(title->glyphs.y < NEWS_Y + 200 * PT);
	}
	assert_false(has_rule(&p->page[0]));
	fixture_close(&f);
}

/* Many of them fill the first page's slot, and all of the next page. */
static void briefs_that_go_on_take_the_next_page(void **state)
{
	(void)state;
	struct fixture f;
	struct news_page s;
	open_news(&f, &s);
	add_to(&f, "left", "Lewy", 2);
	for (int i = 0; i < 8; i++)
		add_to(&f, "right", str_c(f.arena, str_format(f.arena, "Nr %d", i)), 3);
	add_to(&f, "first", "Pierwszy", 1);
	add_to(&f, "second", "Drugi", 1);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_int_equal(p->count, 2);
	assert_true(has_rule(&p->page[0]));
	assert_false(has_rule(&p->page[1]));
	assert_int_equal(find_words(&p->page[0], STR("Pierwszy"))->glyphs.x, 50 * PT);
	assert_int_equal(find_words(&p->page[0], STR("Drugi"))->glyphs.x, 290 * PT);
	bool sides[2] = { false, false };
	for (int i = 0; i < 8; i++) {
		struct str title = str_format(f.arena, "Nr %d", i);
		const struct item *first = find_words(&p->page[0], title);
		const struct item *second = find_words(&p->page[1], title);
		assert_true(!first != !second);
		if (first)
			assert_int_equal(first->glyphs.x, 290 * PT);
		else
			sides[second->glyphs.x > 200 * PT] = true;
	}
	assert_true(sides[0] && sides[1]);
	fixture_close(&f);
}

/* One article of its own has its text in the columns that there are now. */
static void a_story_alone_has_columns(void **state)
{
	(void)state;
	struct fixture f;
	struct news_page s;
	open_news(&f, &s);
	add_to(&f, "left", "Lewy", 12);
	add_to(&f, "second", "Drugi", 1);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	int right = 0;
	for (size_t k = 0; k < p->page[0].item_count; k++) {
		const struct item *i = &p->page[0].items[k];
		right += i->kind == ITEM_GLYPHS && i->glyphs.y < CELLS_Y && i->glyphs.x == 290 * PT;
	}
	assert_true(right > 5);
	assert_true(has_rule(&p->page[0]));
	/* it begins where its row begins */
	assert_int_equal(find_words(&p->page[0], STR("Drugi"))->glyphs.x, 50 * PT);
	assert_true(find_words(&p->page[0], STR("Drugi"))->glyphs.y > CELLS_Y);
	fixture_close(&f);
}

static void rules_part_two_things(void **state)
{
	(void)state;
	struct fixture f;
	struct news_page s;
	open_news(&f, &s); /* nothing below it: what is above may reach as far */
	add_to(&f, "left", "Lewy", 12);
	add_to(&f, "right", "Prawy", 11);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_int_equal(count_diags(&f, DIAG_JUMP), 0);
	assert_int_equal(p->count, 1);
	assert_false(has_rule(&p->page[0]));
	fixture_close(&f);
	open_news(&f, &s); /* nothing above it: what is below moves up */
	add_to(&f, "first", "Pierwszy", 1);
	add_to(&f, "second", "Drugi", 1);
	p = fixture_compose(&f);
	check_all(&f, p);
	assert_true(find_words(&p->page[0], STR("Pierwszy"))->glyphs.y < NEWS_Y + 40 * PT);
	assert_false(has_rule(&p->page[0]));
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_next_page_says_that_it_goes_on),
		cmocka_unit_test(a_picture_stands_with_its_own_article),
		cmocka_unit_test(briefs_alone_take_the_page),
		cmocka_unit_test(briefs_that_go_on_take_the_next_page),
		cmocka_unit_test(a_story_alone_has_columns),
		cmocka_unit_test(rules_part_two_things),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
