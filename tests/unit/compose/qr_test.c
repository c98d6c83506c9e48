/* Codes: right modules of a size that telephones read, on light ground, in print alone. */
#include "compose/fixture.h"
#include "compose/qr.h"

enum { LEAST = 1134, USUAL = 1417, QUIET = 4 };

static struct node *add_button(struct fixture *f, struct article *a, struct node *parent,
			       const char *url, const char *words)
{
	struct node *button = fixture_block(f, a, parent, NODE_BUTTON);
	button->qr = true;
	struct node *paragraph = fixture_block(f, a, button, NODE_PARAGRAPH);
	struct node *link = node_new(f->arena, NODE_LINK, button->place, paragraph);
	link->link.url = str_from(url);
	fixture_text(f, link, words);
	return button;
}

static void open_print(struct fixture *f, int columns)
{
	fixture_open(f, false);
	f->layout->linked = false;
	f->layout->on_paper = true;
	for (size_t m = 0; m < f->layout->master_count; m++)
		for (size_t i = 0; i < f->layout->masters[m].frame_count; i++)
			if (f->layout->masters[m].frames[i].role == FRAME_TEXT)
				f->layout->masters[m].frames[i].columns = columns;
}

/* The one shape of the pages; *page: where. */
static const struct item *shape_of(const struct pages *p, size_t *page)
{
	const struct item *found = NULL;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++)
			if (p->page[i].items[k].kind == ITEM_SHAPE) {
				assert_null(found);
				found = &p->page[i].items[k];
				*page = i;
			}
	return found;
}

static bool is_dark(const struct item *shape, int module, int column, int row)
{
	for (size_t i = 0; i < shape->shape.count; i++) {
		struct rect r = shape->shape.parts[i].rect;
		int x = column * module + module / 2, y = row * module + module / 2;
		if (x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height)
			return true;
	}
	return false;
}

/* Whether the pages have these words, wherever lines end. */
static bool says(const struct pages *p, const char *words)
{
	struct buf have, want;
	buf_init(&have, 1 << 20);
	buf_init(&want, 1 << 16);
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++)
			if (p->page[i].items[k].kind == ITEM_GLYPHS)
				put_solid(&have, p->page[i].items[k].glyphs.text);
	put_solid(&want, str_from(words));
	bool found = str_find(buf_str(&have), buf_str(&want), 0) < have.len;
	buf_release(&have);
	buf_release(&want);
	return found;
}

/* Every module is where the encoder has it; around it the quiet zone is light, and
 * no letter stands in it. */
static void check_code(const struct fixture *f, const struct pages *p, const char *url, int module)
{
	size_t page = 0;
	const struct item *shape = shape_of(p, &page);
	assert_non_null(shape);
	const struct qr *q = qr_encode(f->arena, str_from(url));
	struct rect r = item_shape_bounds(shape);
	assert_int_equal(r.width, q->side * module);
	assert_int_equal(r.height, q->side * module);
	for (int row = 0; row < q->side; row++)
		for (int column = 0; column < q->side; column++)
			assert_int_equal(is_dark(shape, module, column, row),
					 q->dark[row * q->side + column]);
	assert_int_equal(shape->shape.colour->cmyk[3], 1000);
	assert_int_equal(shape->shape.colour->cmyk[0], 0);
	struct rect quiet = { r.x - QUIET * module, r.y - QUIET * module,
			      r.width + 2 * QUIET * module, r.height + 2 * QUIET * module };
	bool light = false;
	for (size_t k = 0; k < p->page[page].item_count; k++) {
		const struct item *i = &p->page[page].items[k];
		if (i == shape)
			break;
		light = i->kind == ITEM_FILL && i->fill.colour == f->layout->paper &&
			memcmp(&i->fill.rect, &quiet, sizeof quiet) == 0;
	}
	assert_true(light);
	for (size_t k = 0; k < p->page[page].item_count; k++) {
		const struct glyph_run *g = &p->page[page].items[k].glyphs;
		if (p->page[page].items[k].kind == ITEM_GLYPHS)
			assert_false(g->x < quiet.x + quiet.width && g->x >= quiet.x &&
				     g->y > quiet.y && g->y - g->size / 2 < quiet.y + quiet.height);
	}
}

static void stands_beside_its_words(void **state)
{
	(void)state;
	static const char url[] = "https://glos.example.org/pytania?nr=1&wersja=druk";
	struct fixture f;
	open_print(&f, 2);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	fixture_paragraph(&f, a, NULL, "Przed kodem stoi akapit.");
	add_button(&f, a, NULL, url, "Lista pytań");
	struct pages *p = fixture_compose(&f);
	check_code(&f, p, url, USUAL);
	assert_true(says(p, "Lista pytań"));
	assert_true(says(p, "glos.example.org/pytania?nr=1&wersja=druk"));
	assert_int_equal(diags_count(f.diags), 0);
	fixture_close(&f);
}

/* On a tint, in a box whose width leaves no room beside it, with an address that
 * asks for smaller modules. */
static void keeps_its_ground_in_a_box(void **state)
{
	(void)state;
	char url[600] = "https://glos.example.org/";
	for (size_t n = strlen(url); n < 330; n++)
		url[n] = (char)('a' + n % 26);
	struct fixture f;
	open_print(&f, 4);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *box = fixture_block(&f, a, NULL, NODE_BOX);
	add_button(&f, a, box, url, "Długi adres");
	const struct qr *q = qr_encode(f.arena, str_from(url));
	struct pages *p = fixture_compose(&f);
	size_t page;
	const struct item *shape = shape_of(p, &page);
	assert_non_null(shape);
	int module = item_shape_bounds(shape).width / q->side;
	assert_in_range(module, LEAST, USUAL - 1);
	check_code(&f, p, url, module);
	fixture_close(&f);
}

static void too_long_addresses_are_told(void **state)
{
	(void)state;
	static const size_t lengths[] = { 1500, 5000 }; /* wider than a column; than any code */
	for (size_t i = 0; i < 2; i++) {
		struct fixture f;
		open_print(&f, 4);
		char *url = arena_alloc(f.arena, lengths[i] + 1);
		memset(url, 'a', lengths[i]);
		memcpy(url, "https://x.pl/", 13);
		assert_int_equal(!qr_encode(f.arena, str_from(url)), i == 1);
		struct article *a = fixture_article(&f, "a", "Tytuł");
		add_button(&f, a, NULL, url, "Lista");
		struct pages *p = fixture_compose(&f);
		size_t page;
		assert_null(shape_of(p, &page));
		assert_int_equal(count_diags(&f, DIAG_CODE_LARGE), 1);
		assert_true(says(p, "Lista"));
		fixture_close(&f);
	}
}

static void where_links_work_is_no_code(void **state)
{
	(void)state;
	for (int paper = 0; paper < 2; paper++) {
		struct fixture f;
		fixture_open(&f, true);
		f.layout->on_paper = paper;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		add_button(&f, a, NULL, "https://glos.example.org/x", "Lista");
		struct pages *p = fixture_compose(&f);
		size_t page;
		assert_null(shape_of(p, &page));
		assert_int_equal(says(p, "glos.example.org/x"), paper);
		fixture_close(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stands_beside_its_words),
		cmocka_unit_test(keeps_its_ground_in_a_box),
		cmocka_unit_test(too_long_addresses_are_told),
		cmocka_unit_test(where_links_work_is_no_code),
	};
	return cmocka_run_group_tests_name("qr", tests, NULL, NULL);
}
