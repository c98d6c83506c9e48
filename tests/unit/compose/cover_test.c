/* The cover and the pages around it, where an issue has less than the design expects. */
#include "compose/fixture.h"

#include "model/layout.h"

/* ---- the masthead ---- */

/* The lines of the masthead in order, joined by "/"; their sizes. */
struct heading {
	struct str words;
	int sizes[8];
	int right; /* of the widest */
	size_t lines;
};

static struct heading masthead_of(struct fixture *f, const struct pages *p)
{
	struct heading h = { 0 };
	struct buf words;
	int y = -1;
	buf_init(&words, 1000);
	for (size_t k = 0; k < p->page[0].item_count; k++) {
		const struct item *i = &p->page[0].items[k];
		if (i->kind != ITEM_GLYPHS || !i->element || i->element->role != ELEMENT_HEADING1)
			continue;
		struct rect r = item_rect(i);
		h.right = r.x + r.width > h.right ? r.x + r.width : h.right;
		if (i->glyphs.y != y) {
			if (h.lines)
				buf_put_c(&words, "/");
			h.sizes[h.lines++] = i->glyphs.size;
		}
		y = i->glyphs.y;
		buf_put(&words, str_trim(i->glyphs.text));
	}
	h.words = str_copy(f->arena, buf_str(&words));
	buf_release(&words);
	return h;
}

static struct heading masthead(struct fixture *f, const char *title, int width, int height)
{
	fixture_open(f, true);
	struct style *s = f->layout->styles;
	s[STYLE_MASTHEAD].size = s[STYLE_MASTHEAD].leading = 40 * PT;
	s[STYLE_MASTHEAD_SECOND].size = s[STYLE_MASTHEAD_SECOND].leading = 30 * PT;
	struct frame frame = { .role = FRAME_MASTHEAD, .columns = 1 };
	frame.rect = (struct rect){ 50 * PT, 50 * PT, width, height };
	struct master cover = { .name = STR("cover"), .frames = &frame, .frame_count = 1 };
	f->layout->cover = &cover;
	f->publication.title = str_from(title);
	fixture_paragraph(f, fixture_article(f, "a", "Tytuł"), NULL, "Treść");
	struct heading h = masthead_of(f, fixture_compose(f));
	f->layout->cover = NULL;
	return h;
}

static void assert_lines(const struct heading *h, const char *want)
{
	if (!str_equal(h->words, str_from(want)))
		print_error("\"%.*s\", not \"%s\"\n", STR_ARG(h->words), want);
	assert_true(str_equal(h->words, str_from(want)));
}

static void a_masthead_that_fits_stands_as_drawn(void **state)
{
	(void)state;
	static const struct {
		const char *title, *lines;
	} cases[] = {
		{ "Głos", "Głos" },
		{ "Nasz biuletyn", "Nasz/biuletyn" },
		{ "Głos Pacjenta Onkologicznego", "Głos Pacjenta/Onkologicznego" },
		/* no line ends on a word that leads to the next */
		{ "Zdrowie i życie", "Zdrowie/i życie" },
		{ "Nytt om oss", "Nytt/om oss" },
		{ "Надія та ми", "Надія/та ми" },
		/* but for a title of nothing else */
		{ "To my", "To/my" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct heading h = masthead(&f, cases[i].title, 480 * PT, 90 * PT);
		assert_lines(&h, cases[i].lines);
		assert_int_equal(h.sizes[0], 40 * PT);
		if (h.lines > 1)
			assert_int_equal(h.sizes[1], 30 * PT);
		fixture_close(&f);
	}
}

static void a_longer_masthead_is_balanced_in_one_size(void **state)
{
	(void)state;
	static const struct {
		const char *title, *lines;
	} cases[] = {
		{ "Kreftbladet for pårørende og pasienter",
		  "Kreftbladet for pårørende/og pasienter" },
		{ "Biuletyn informacyjny szpitala w Kielcach",
		  "Biuletyn informacyjny/szpitala w Kielcach" },
		{ "Вісник для пацієнтів та їхніх родин", "Вісник для пацієнтів/та їхніх родин" },
		{ "Wiadomościonkologiczne Świętokrzyskiecentrum",
		  "Wiadomościonkologiczne/Świętokrzyskiecentrum" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct heading h = masthead(&f, cases[i].title, 300 * PT, 90 * PT);
		assert_lines(&h, cases[i].lines);
		assert_int_equal(h.lines, 2);
		assert_int_equal(h.sizes[0], h.sizes[1]);
		assert_true(h.sizes[0] < 40 * PT && h.sizes[0] > 15 * PT);
		assert_true(h.right <= 350 * PT + 100);
		fixture_close(&f);
	}
}

/* A name in many words takes more lines before it is smaller than the text. */
static void a_masthead_is_not_smaller_than_the_text(void **state)
{
	(void)state;
	struct fixture f;
	const char *title = "Kwartalnik Ogólnopolskiego Stowarzyszenia Pacjentów Poradni "
			    "Onkologicznych przy Szpitalach Klinicznych";
	struct heading h = masthead(&f, title, 200 * PT, 90 * PT);
	assert_true(h.lines > 2);
	for (size_t i = 0; i < h.lines; i++) {
		assert_true(h.sizes[i] >= 10 * PT);
		assert_int_equal(h.sizes[i], h.sizes[0]);
	}
	assert_true(h.right <= 250 * PT + 100);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_masthead_that_fits_stands_as_drawn),
		cmocka_unit_test(a_longer_masthead_is_balanced_in_one_size),
		cmocka_unit_test(a_masthead_is_not_smaller_than_the_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
