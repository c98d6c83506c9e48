/* Articles that jump: the pages named are true, the lines stand within the slot
 * and lead to one another, and the article reads through unbroken. */
#include "compose/fixture.h"

#include "model/words.h"

static const char long_text[] =
	"Koordynator leczenia pilnuje, żeby jedna rzecz wynikała z drugiej, a nikt nie zgubił się "
	"po drodze między gabinetami, rejestracją i oddziałem, na który wciąż się czeka.";

/* A shared page with slots side by side; slot names are "0", "1", "2". */
struct shared_page {
	struct frame slots[3];
	struct master master;
	struct template templates[4]; /* one for each slot; the last is the fixture's */
};

static void open_shared(struct fixture *f, struct shared_page *s, int slots, int lines)
{
	static const struct str names[] = { STR_INIT("0"), STR_INIT("1"), STR_INIT("2") };
	fixture_open(f, false);
	struct layout *l = f->layout;
	*s = (struct shared_page){ .master = { .name = STR("shared"), .folio = true } };
	s->master.frames = s->slots;
	s->master.frame_count = (size_t)slots;
	for (int i = 0; i < slots; i++) {
		s->slots[i] = (struct frame){
			.role = FRAME_SLOT, .slot = names[i], .columns = 1, .fixed = true
		};
		s->slots[i].rect = (struct rect){ l->grid.inner + i * 165 * PT, l->grid.top,
						  150 * PT, lines * l->grid.baseline };
		s->templates[i] = l->templates[0];
		s->templates[i].name = names[i];
		s->templates[i].slot = names[i];
		s->templates[i].opening = &s->master;
	}
	s->templates[3] = l->templates[0];
	l->fallback_template = &s->templates[3];
	l->templates = s->templates;
	l->template_count = 4;
}

static struct article *add_article(struct fixture *f, const char *slug, const char *template,
				   int paragraphs)
{
	struct article *a = fixture_article(f, slug, slug);
	a->template = str_from(template);
	for (int i = 0; i < paragraphs; i++)
		fixture_paragraph(f, a, NULL, long_text);
	return a;
}

/* The item that says so, or NULL; page gets the index of its page. */
static const struct item *find_words(const struct pages *p, const char *words, size_t *page)
{
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++)
			if (p->page[i].items[k].kind == ITEM_GLYPHS &&
			    str_equal(p->page[i].items[k].glyphs.text, str_from(words))) {
				*page = i;
				return &p->page[i].items[k];
			}
	return NULL;
}

/* The link of an element, and the page and place it leads to. */
static const struct destination *destination_of(const struct pages *p, const struct element *e)
{
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind != ITEM_LINK || item->element != e)
				continue;
			for (size_t d = 0; d < p->destination_count; d++)
				if (str_equal(p->destinations[d].name, item->link.destination))
					return &p->destinations[d];
		}
	fail();
	return NULL;
}

struct found {
	const struct item *on, *from;
	size_t on_page, from_page;
};

/* The two lines of an article that left the first page for another one, in the
 * words of its language. */
static struct found find_jump(const struct fixture *f, const struct pages *p,
			      const struct article *a, int on_number, int from_number)
{
	struct found found = { 0 };
	char on[100], from[100];
	snprintf(on, sizeof on, "%s\u00a0%d", word(WORD_JUMP_ON, a->language).ptr, on_number);
	snprintf(from, sizeof from, "%s\u00a0%d", word(WORD_JUMP_FROM, a->language).ptr,
		 from_number);
	found.on = find_words(p, on, &found.on_page);
	found.from = find_words(p, from, &found.from_page);
	if (!found.on || !found.from)
		print_error("not on the pages: \"%s\", \"%s\"\n", on, from);
	assert_non_null(found.on);
	assert_non_null(found.from);
	assert_int_equal(p->page[found.on_page].number, from_number);
	assert_int_equal(p->page[found.from_page].number, on_number);
	assert_int_equal(count_diags(f, DIAG_OVERSET), 0);
	return found;
}

static void both_lines_name_and_lead(void **state)
{
	(void)state;
	struct fixture f;
	struct shared_page s;
	open_shared(&f, &s, 2, 20);
	const struct article *a = add_article(&f, "a", "0", 12);
	add_article(&f, "b", "1", 1);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_int_equal(count_diags(&f, DIAG_JUMP), 1);
	struct found j = find_jump(&f, p, a, 2, 1);
	/* links to one another */
	assert_int_equal(j.on->element->role, ELEMENT_LINK);
	assert_int_equal(destination_of(p, j.on->element)->page, (int)j.from_page);
	assert_int_equal(destination_of(p, j.from->element)->page, (int)j.on_page);
	/* paragraphs behind the article, which holds its own words alone */
	const struct element *article = find_article(p->structure, a->title);
	assert_ptr_equal(article->next, j.on->element->parent);
	assert_ptr_equal(article->next->next, j.from->element->parent);
	assert_int_equal(article->next->role, ELEMENT_PARAGRAPH);
	/* the line stands right below the text, in its slot */
	int lowest = 0;
	for (size_t k = 0; k < p->page[0].item_count; k++) {
		const struct item *item = &p->page[0].items[k];
		if (item->kind == ITEM_GLYPHS && belongs(item->element, article) &&
		    item->glyphs.y > lowest)
			lowest = item->glyphs.y;
	}
	const struct rect *slot = &s.slots[0].rect;
	assert_int_equal(j.on->glyphs.y, lowest + 13500);
	assert_true(j.on->glyphs.y <= slot->y + slot->height);
	/* the title again, for who comes from there; an artifact above the text */
	size_t page = 0;
	const struct item *title = NULL;
	for (size_t k = 0; k < p->page[1].item_count; k++) {
		const struct item *item = &p->page[1].items[k];
		if (item->kind == ITEM_GLYPHS && str_equal(item->glyphs.text, STR("a")))
			title = item;
	}
	assert_non_null(title);
	assert_null(title->element);
	assert_true(title->glyphs.y > j.from->glyphs.y);
	assert_non_null(find_words(p, "b", &page));
	fixture_close(&f);
}

/* Whatever the slot's height and the text's length, nothing leaves the slot, and
 * the pages named are those where the article is. */
static void jumps_of_every_length(void **state)
{
	(void)state;
	for (int lines = 3; lines < 24; lines += 2)
		for (int length = 1; length < 40; length += 6) {
			struct fixture f;
			struct shared_page s;
			open_shared(&f, &s, 1, lines);
			const struct article *a = add_article(&f, "a", "0", length);
			struct pages *p = fixture_compose(&f);
			check_all(&f, p);
			const struct element *e = find_article(p->structure, a->title);
			const struct rect *slot = &s.slots[0].rect;
			bool begun = false;
			for (size_t k = 0; k < p->page[0].item_count; k++) {
				const struct item *item = &p->page[0].items[k];
				if (item->kind != ITEM_GLYPHS || !item->element ||
				    p->page[0].master != &s.master)
					continue;
				if (belongs(item->element, e) || item->element->parent == e->next)
					assert_true(item->glyphs.y <= slot->y + slot->height);
				begun = begun || belongs(item->element, e);
			}
			bool whole = p->count == 1;
			assert_int_equal(count_diags(&f, DIAG_JUMP), whole ? 0 : 1);
			assert_int_equal(count_diags(&f, DIAG_OVERSET), 0);
			if (begun && !whole)
				find_jump(&f, p, a, 2, 1);
			else
				assert_null(e->next);
			fixture_close(&f);
		}
}

/* Short ends do not take a page each. */
static void jumps_land_below_one_another(void **state)
{
	(void)state;
	struct fixture f;
	struct shared_page s;
	open_shared(&f, &s, 3, 14);
	const struct article *articles[3];
	static const char *const slugs[] = { "a", "b", "c" }, *const names[] = { "0", "1", "2" };
	for (int i = 0; i < 3; i++)
		articles[i] = add_article(&f, slugs[i], names[i], 4 + i);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_int_equal(p->count, 2);
	int y = 0;
	for (int i = 0; i < 3; i++) {
		char name[20];
		snprintf(name, sizeof name, "%s#landing", slugs[i]);
		bool found = false;
		for (size_t d = 0; d < p->destination_count; d++)
			if (str_equal(p->destinations[d].name, str_from(name))) {
				assert_int_equal(p->destinations[d].page, 1);
				assert_true(p->destinations[d].y > y);
				y = p->destinations[d].y;
				found = true;
			}
		assert_true(found);
	}
	find_jump(&f, p, articles[0], 2, 1);
	fixture_close(&f);
}

/* A rest of several pages: the next one lands on the last of them or behind. */
static void long_rests_take_their_pages(void **state)
{
	(void)state;
	struct fixture f;
	struct shared_page s;
	open_shared(&f, &s, 2, 14);
	add_article(&f, "a", "0", 90);
	add_article(&f, "b", "1", 6);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_true(p->count > 3);
	size_t page;
	char on[100];
	snprintf(on, sizeof on, "Ciąg dalszy na s.\u00a0%d", (int)p->count);
	const struct item *line = find_words(p, on, &page);
	assert_non_null(line);
	assert_int_equal(page, 0);
	assert_int_equal(destination_of(p, line->element)->page, (int)p->count - 1);
	assert_non_null(find_words(p, "Ciąg dalszy na s.\u00a02", &page));
	fixture_close(&f);
}

/* A title that fills the slot: the article stands elsewhere as a whole, and its
 * opening is told as the page where it stands. */
static void a_head_without_room_for_text(void **state)
{
	(void)state;
	struct fixture f;
	struct shared_page s;
	open_shared(&f, &s, 1, 4);
	struct article *a = add_article(&f, "a", "0", 2);
	a->title = STR("Konstantynopolitańczykowianeczka i inne bardzo długie słowa");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_int_equal(p->count, 2);
	assert_ptr_equal(p->page[1].article, a);
	assert_null(find_article(p->structure, a->title)->next);
	assert_int_equal(count_diags(&f, DIAG_JUMP), 1);
	for (size_t k = 0; k < p->page[0].item_count; k++)
		assert_null(p->page[0].items[k].element);
	fixture_close(&f);
}

/* The imprint in its frame. */
static void a_frame_too_small(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct layout *l = f.layout;
	struct frame frame = { .role = FRAME_IMPRINT,
			       .columns = 3,
			       .gutter = l->grid.gutter,
			       .inset = 10 * PT,
			       .fixed = true };
	frame.rect = (struct rect){ l->grid.inner, l->grid.top, 500 * PT, 12 * l->grid.baseline };
	struct master master = { .name = STR("imprint"), .frames = &frame, .frame_count = 1 };
	l->imprint_page = &master;
	add_article(&f, "a", "story", 1);
	struct article *imprint = add_article(&f, "stopka", "story", 9);
	f.doc.entry_count = 1;
	f.doc.imprint = imprint;
	struct pages *p = fixture_compose(&f);
	check_words(&f, p, imprint);
	check_sheet(&f, p);
	check_overlaps(p);
	struct found j = find_jump(&f, p, imprint, 3, 2);
	assert_true(j.on->glyphs.y <= frame.rect.y + frame.rect.height - frame.inset);
	assert_true(j.on->glyphs.x > frame.rect.x + frame.rect.width / 2);
	fixture_close(&f);
}

static void lines_speak_the_articles_language(void **state)
{
	(void)state;
	static const struct {
		struct str language;
		const char *on, *from;
	} cases[] = {
		{ STR_INIT("pl"), "Ciąg dalszy na s.\u00a02", "Dokończenie ze s.\u00a01" },
		{ STR_INIT("nb"), "Fortsettelse på s.\u00a02", "Fortsatt fra s.\u00a01" },
		{ STR_INIT("nn"), "Framhald på s.\u00a02", "Framhald frå s.\u00a01" },
		{ STR_INIT("uk"), "Продовження на с.\u00a02", "Закінчення. Початок на с.\u00a01" },
		{ STR_INIT("en"), "Continued on p.\u00a02", "Continued from p.\u00a01" },
		{ STR_INIT("de"), "Fortsetzung auf S.\u00a02", "Fortsetzung von S.\u00a01" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct shared_page s;
		open_shared(&f, &s, 1, 14);
		struct article *a = add_article(&f, "a", "0", 8);
		a->language = cases[i].language;
		struct pages *p = fixture_compose(&f);
		check_words(&f, p, a);
		size_t page;
		const struct item *on = find_words(p, cases[i].on, &page);
		assert_non_null(on);
		assert_non_null(find_words(p, cases[i].from, &page));
		assert_true(str_equal(on->element->parent->language,
				      i == 0 ? STR("") : cases[i].language));
		fixture_close(&f);
	}
}

/* Print has no links, and says the same. */
static void print_says_it_too(void **state)
{
	(void)state;
	struct fixture f;
	struct shared_page s;
	open_shared(&f, &s, 1, 14);
	f.layout->linked = false;
	const struct article *a = add_article(&f, "a", "0", 8);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	find_jump(&f, p, a, 2, 1);
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++)
			assert_int_not_equal(p->page[i].items[k].kind, ITEM_LINK);
	fixture_close(&f);
}

/* The section's name is heard before the articles it heads, not behind the first. */
static void the_sections_name_comes_first(void **state)
{
	(void)state;
	struct fixture f;
	struct shared_page s;
	open_shared(&f, &s, 2, 20);
	s.slots[1].role = FRAME_HEAD;
	const struct article *a = add_article(&f, "a", "0", 1);
	struct pages *p = fixture_compose(&f);
	size_t page;
	const struct item *name = find_words(p, "Dział", &page);
	assert_non_null(name);
	assert_int_equal(name->element->role, ELEMENT_HEADING1);
	assert_ptr_equal(name->element->next, find_article(p->structure, a->title));
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_lines_name_and_lead),
		cmocka_unit_test(jumps_of_every_length),
		cmocka_unit_test(jumps_land_below_one_another),
		cmocka_unit_test(long_rests_take_their_pages),
		cmocka_unit_test(a_head_without_room_for_text),
		cmocka_unit_test(a_frame_too_small),
		cmocka_unit_test(lines_speak_the_articles_language),
		cmocka_unit_test(print_says_it_too),
		cmocka_unit_test(the_sections_name_comes_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
