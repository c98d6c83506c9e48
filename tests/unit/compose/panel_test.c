/* Boxes and quotes: even within, even to what stands above and below, and the text
 * behind them on the grid. */
#include "compose/fixture.h"

#include "compose/setting.h"

enum { GRID = 13500 };

static const char long_text[] =
	"Koordynator leczenia pilnuje, żeby jedna rzecz wynikała z drugiej, a nikt nie zgubił się "
	"po drodze między gabinetami, rejestracją i oddziałem, na który wciąż się czeka.";

struct panel {
	struct fixture f;
	struct type *type;
	const struct style *body, *style;
	struct pages *pages;
	/* y of what is seen: */
	int above, below; /* the baselines above and below it */
	int first, last; /* its own first and last baselines */
	struct rect area; /* tint or rule */
};

static int caps(const struct panel *p, const struct style *s)
{
	return type_metrics(p->type, s).cap_height;
}

/* A panel between two paragraphs; kind is NODE_BOX or NODE_PULLQUOTE. */
static void open_panel(struct panel *p, enum node_kind kind, int leading)
{
	struct fixture *f = &p->f;
	fixture_open(f, true);
	enum style_role role = kind == NODE_BOX ? STYLE_BOX : STYLE_PULLQUOTE;
	struct style *s = &f->layout->styles[role];
	s->before = GRID;
	s->after = kind == NODE_BOX ? 5 * PT : 7 * PT;
	s->leading = leading;
	f->layout->templates[0].drop_cap_lines = 0;
	p->style = s;
	p->body = f->layout->roles[STYLE_BODY];
	p->type = type_open(f->layout, f->diags);
}

static void close_panel(struct panel *p)
{
	type_close(p->type);
	fixture_close(&p->f);
}

/* Within an element of this role, up to the article. */
static bool is_within(const struct element *e, enum element_role r)
{
	while (e && e->role != r && e->role != ELEMENT_ARTICLE)
		e = e->parent;
	return e && e->role == r;
}

/* Finds the panel on the pages, and its neighbours. */
static void look_at(struct panel *p, enum element_role role, const struct colour *colour)
{
	p->pages = fixture_compose(&p->f);
	check_all(&p->f, p->pages);
	p->above = p->below = p->first = p->last = 0;
	const struct page *page = &p->pages->page[0];
	for (size_t k = 0; k < page->item_count; k++) {
		const struct item *item = &page->items[k];
		if (item->kind == ITEM_FILL && item->fill.colour == colour)
			p->area = item->fill.rect;
		if (item->kind != ITEM_GLYPHS || !item->element)
			continue;
		int y = item->glyphs.y;
		if (is_within(item->element, role)) {
			p->first = p->first ? p->first : y;
			p->last = y;
		} else if (item->glyphs.size == p->body->size) {
			if (!p->first)
				p->above = y;
			else if (!p->below)
				p->below = y;
		}
	}
	assert_true(p->above && p->first && p->last && p->below);
	assert_int_equal((p->above - p->f.layout->grid.top) % GRID, 0);
	assert_int_equal((p->below - p->f.layout->grid.top) % GRID, 0);
}

static void between(int value, int least, int most)
{
	if (value < least || value > most)
		print_error("%d is not within %d and %d\n", value, least, most);
	assert_true(value >= least && value <= most);
}

static void boxes_are_even_within_and_without(void **state)
{
	(void)state;
	for (int count = 1; count <= 9; count++)
		for (int leading = 12 * PT; leading <= 14 * PT; leading += 700) {
			struct panel p;
			open_panel(&p, NODE_BOX, leading);
			struct article *a = fixture_article(&p.f, "a", "Tytuł");
			fixture_paragraph(&p.f, a, NULL, long_text);
			struct node *box = fixture_block(&p.f, a, NULL, NODE_BOX);
			for (int i = 0; i < count; i++)
				fixture_paragraph(&p.f, a, box, "Wiersz w ramce.");
			fixture_paragraph(&p.f, a, NULL, long_text);
			look_at(&p, ELEMENT_SECTION, p.f.layout->tint);
			int inside_top = p.first - caps(&p, p.style) - p.area.y;
			int inside_foot = p.area.y + p.area.height - p.last;
			int descender = type_metrics(p.type, p.style).descender;
			between(inside_foot - inside_top, 0, descender / 3 + 10);
			between(inside_top, p.style->left, p.style->left + GRID / 2);
			int over = p.area.y - p.above;
			int under = p.below - caps(&p, p.body) - p.area.y - p.area.height;
			assert_int_equal(over, GRID);
			assert_int_equal(under, 5 * PT + GRID - caps(&p, p.body));
			close_panel(&p);
		}
}

static void quotes_are_even_to_their_neighbours(void **state)
{
	(void)state;
	for (int count = 1; count <= 8; count++) {
		struct panel p;
		open_panel(&p, NODE_PULLQUOTE, 21 * PT);
		struct article *a = fixture_article(&p.f, "a", "Tytuł");
		fixture_paragraph(&p.f, a, NULL, long_text);
		struct node *quote = fixture_block(&p.f, a, NULL, NODE_PULLQUOTE);
		for (int i = 0; i < count; i++)
			fixture_paragraph(&p.f, a, quote, "Ktoś musi znać drogę.");
		p.f.layout->styles[STYLE_PULLQUOTE].indent = 0;
		fixture_paragraph(&p.f, a, NULL, long_text);
		look_at(&p, ELEMENT_BLOCK_QUOTE, p.f.layout->warm);
		int space = GRID - caps(&p, p.body);
		assert_int_equal(p.area.y - p.above, GRID + space);
		int under = p.below - caps(&p, p.body) - p.last;
		between(under, 7 * PT + space, 7 * PT + space + GRID * 3 / 5 + 10);
		int pad = p.first - caps(&p, p.style) - p.area.y - p.area.height;
		int least = 21 * PT - caps(&p, p.style);
		between(pad, least, least + GRID * 2 / 5 + 10);
		close_panel(&p);
	}
}

/* At a column's top the rule is level with the capitals of the column beside it,
 * as the top of a picture is. */
static void a_quotes_rule_is_level_with_capitals(void **state)
{
	(void)state;
	struct panel p;
	open_panel(&p, NODE_PULLQUOTE, 21 * PT);
	struct article *a = fixture_article(&p.f, "a", "Tytuł");
	fixture_paragraph(&p.f, a, NULL, long_text);
	struct node *b = fixture_block(&p.f, a, NULL, NODE_BREAK);
	b->page = true;
	struct node *quote = fixture_block(&p.f, a, NULL, NODE_PULLQUOTE);
	fixture_paragraph(&p.f, a, quote, "Ktoś musi znać drogę.");
	fixture_paragraph(&p.f, a, NULL, long_text);
	p.pages = fixture_compose(&p.f);
	const struct page *page = &p.pages->page[1];
	int y = 0;
	for (size_t k = 0; k < page->item_count; k++)
		if (page->items[k].kind == ITEM_FILL)
			y = page->items[k].fill.rect.y;
	assert_int_equal(y, p.f.layout->grid.top + GRID - caps(&p, p.body));
	close_panel(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boxes_are_even_within_and_without),
		cmocka_unit_test(quotes_are_even_to_their_neighbours),
		cmocka_unit_test(a_quotes_rule_is_level_with_capitals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
