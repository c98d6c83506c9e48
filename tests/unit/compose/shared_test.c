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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_next_page_says_that_it_goes_on),
		cmocka_unit_test(a_picture_stands_with_its_own_article),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
