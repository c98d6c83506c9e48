/* The sample issue in its three paged editions: each word once and in order,
 * nothing overlapping, the page count a printer can bind. */
#include "compose/fixture.h"

#include "source/source.h"

/* The checkout: tests run from its root or from a folder below. */
static const char *root_of(struct arena *a)
{
	return publication_find(a, ".");
}

static struct pages *compose_sample(struct fixture *f, enum edition e)
{
	static const struct world world = { .now = 0 };
	*f = (struct fixture){ .arena = arena_open() };
	f->diags = diags_new(f->arena);
	const char *root = root_of(f->arena);
	assert_non_null(root);
	struct publication *p = publication_read(f->arena, root, f->diags);
	assert_non_null(p);
	struct document *doc = document_read(f->arena, p, STR("2026-1"), f->diags);
	assert_non_null(doc);
	f->doc = *doc;
	f->layout = layout_read(f->arena, p, STR(""), e, f->diags);
	assert_non_null(f->layout);
	for (size_t i = 0; i < f->layout->style_count; i++) /* capitals say other letters */
		f->layout->styles[i].uppercase = false;
	return compose_issue(f->arena, &f->doc, f->layout, &world, f->diags);
}

static bool has_button(const struct article *a)
{
	struct walk w;
	walk_start(&w, a->first, EDITION_ALL, STR(""));
	while (walk_next(&w))
		if (w.node->kind == NODE_BUTTON)
			return true;
	return false;
}

static void check_sample(struct fixture *f, const struct pages *p)
{
	for (size_t i = 0; i < f->doc.entry_count; i++) {
		struct article bare;
		const struct article *a = f->doc.entries[i].article;
		if (!a || !article_shows(a, f->layout->edition, STR("")))
			continue;
		bare = *a;
		if (str_equal(a->kicker, a->title))
			bare.kicker = STR("");
		if (f->layout->on_paper && has_button(a))
			continue; /* its address is said besides its words */
		check_words(f, p, &bare);
	}
	check_sheet(f, p);
	check_overlaps(p);
}

/* Lines of running text on the grid of baselines, in 1/1000 of all. */
static int lines_in_register(const struct fixture *f, const struct pages *p)
{
	const struct grid *g = &f->layout->grid;
	const struct style *body = f->layout->roles[STYLE_BODY];
	int64_t on = 0, all = 0;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind != ITEM_GLYPHS || !item->element ||
			    item->glyphs.size != body->size ||
			    !str_equal(item->glyphs.face->family, body->family->name))
				continue;
			all++;
			on += (item->glyphs.y - g->top) % g->baseline == 0;
		}
	return all ? (int)(on * 1000 / all) : 0;
}

static void print_edition(void **state)
{
	(void)state;
	struct fixture f;
	struct pages *p = compose_sample(&f, EDITION_PRINT);
	check_sample(&f, p);
	check_lonely_lines(p, p->structure);
	assert_true(lines_in_register(&f, p) >= 990);
	assert_int_equal(p->count % 4, 0);
	assert_int_equal(count_diags(&f, DIAG_OVERSET), 0);
	assert_int_equal(count_diags(&f, DIAG_CONTENTS_UNSETTLED), 0);
	arena_close(f.arena);
}

static void screen_edition(void **state)
{
	(void)state;
	struct fixture f;
	struct pages *p = compose_sample(&f, EDITION_SCREEN);
	check_sample(&f, p);
	/* every link leads somewhere, every bookmark too */
	size_t links = 0;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind != ITEM_LINK)
				continue;
			links++;
			bool found = item->link.url.len > 0;
			for (size_t d = 0; d < p->destination_count && !found; d++)
				found = str_equal(p->destinations[d].name, item->link.destination);
			assert_true(found);
			assert_int_equal(item->element->role, ELEMENT_LINK);
		}
	assert_true(links > 20);
	assert_true(p->bookmark_count > 30);
	arena_close(f.arena);
}

static void large_edition(void **state)
{
	(void)state;
	struct fixture f;
	struct pages *p = compose_sample(&f, EDITION_LARGE);
	check_sample(&f, p);
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind != ITEM_GLYPHS || !str_trim(item->glyphs.text).len)
				continue;
			bool note_number = item->element && item->element->parent &&
					   item->element->parent->role == ELEMENT_REFERENCE;
			assert_true(item->glyphs.size >= 18 * PT || note_number);
			assert_false(item->glyphs.face->italic);
		}
	arena_close(f.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(print_edition),
		cmocka_unit_test(screen_edition),
		cmocka_unit_test(large_edition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
