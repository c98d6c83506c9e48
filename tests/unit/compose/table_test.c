/* Tables: numbers stand under one another, columns are as wide as saves lines,
 * words stay whole, and the header stands above every part. */
#include "compose/fixture.h"

#include "compose/decimal.h"

/* ---- what is a number ---- */

struct reading {
	const char *language, *text;
	int units; /* bytes up to behind the units digit; -1: no number */
};

static void numbers_are_told_from_words(void **state)
{
	(void)state;
	static const struct reading readings[] = {
		{ "pl", "86,00", 2 },
		{ "pl", "1179,50", 4 },
		{ "pl", "1 179,50 zł", 5 },
		{ "pl", "1\u00a0179,50\u00a0zł", 6 },
		{ "pl", "12\u202f345\u202f678", 14 },
		{ "pl", "12.345.678,90", 10 },
		{ "pl", "112", 3 },
		{ "pl", "17,–", 2 },
		{ "pl", "+2,5 %", 2 },
		{ "pl", "−12 %", 5 },
		{ "pl", "ok. 3,5 mg", 5 },
		{ "pl", "< 0,05", 3 },
		{ "pl", "€ 12,50", 6 },
		{ "pl", "1,5*", 1 },
		{ "pl", "45 kg/m2", 2 },
		{ "pl", "6 osób", 1 },
		{ "pl", "–", 3 },
		{ "nb", "1 200,50 kr", 5 },
		{ "nn-NO", "3,5", 1 },
		{ "uk", "3,5 ₴", 1 },
		{ "de", "1.179,50 €", 5 },
		{ "en", "$1,179.50", 6 },
		{ "en-GB", "0.75%", 1 },
		{ "en", "12,345", 6 },
		{ "pl", "", -1 },
		{ "pl", "brak", -1 },
		{ "pl", "wcale nie", -1 },
		{ "pl", "12.03.2026", -1 },
		{ "pl", "22 123 45 67", -1 },
		{ "pl", "10–20", -1 },
		{ "pl", "8.30", -1 },
		{ "pl", "1 2 3", -1 },
		{ "pl", "12 345 67", -1 },
		{ "pl", "– brak", -1 },
		{ "pl", "3 wizyty, potem kontrola co pół roku", -1 },
		{ "en", "1.2.3", -1 },
		{ "en", "3,14", -1 },
	};
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		const struct reading *r = &readings[i];
		size_t units = 0;
		bool number = decimal_find(str_from(r->text), str_from(r->language), &units);
		if ((number ? (int)units : -1) != r->units)
			print_error("%s \"%s\": %d\n", r->language, r->text,
				    number ? (int)units : -1);
		assert_int_equal(number ? (int)units : -1, r->units);
	}
}

/* ---- tables made by hand ---- */

static struct node *add_table(struct fixture *f, struct article *a, int columns)
{
	struct node *table = fixture_block(f, a, NULL, NODE_TABLE);
	table->table.columns = columns;
	table->table.alignments = NEW_ARRAY(f->arena, enum alignment, columns);
	return table;
}

/* Cells are divided by bars. */
static void add_row(struct fixture *f, struct article *a, struct node *table, const char *cells)
{
	struct node *row = fixture_block(f, a, table, NODE_ROW);
	struct str rest = str_from(cells), cell;
	while (str_cut(&rest, '|', &cell))
		fixture_text(f, fixture_block(f, a, row, NODE_CELL), str_c(f->arena, cell));
}

/* A glyph run of the page with its text, or NULL. */
static const struct glyph_run *find_run(const struct pages *p, const char *text)
{
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++)
			if (p->page[i].items[k].kind == ITEM_GLYPHS &&
			    str_equal(str_trim(p->page[i].items[k].glyphs.text), str_from(text)))
				return &p->page[i].items[k].glyphs;
	print_error("not on the pages: \"%s\"\n", text);
	fail();
	return NULL;
}

/* The pen's place behind the first `bytes` of a run. */
static int x_behind(const struct pages *p, const char *text, size_t bytes)
{
	const struct glyph_run *g = find_run(p, text);
	int x = g->x;
	for (size_t i = 0; i < g->glyph_count; i++)
		if (g->glyphs[i].text < bytes)
			x += g->glyphs[i].advance;
	return x;
}

static void assert_near(int a, int b)
{
	if (a - b > 5 || b - a > 5)
		print_error("%d is not %d\n", a, b);
	assert_true(a - b <= 5 && b - a <= 5);
}

static struct pages *compose_numbers(struct fixture *f, struct article *a, const char *head,
				     const char *const *rows, size_t count)
{
	struct node *table = add_table(f, a, 2);
	table->table.alignments[1] = ALIGN_RIGHT;
	add_row(f, a, table, head);
	for (size_t i = 0; i < count; i++)
		add_row(f, a, table, rows[i]);
	struct pages *p = fixture_compose(f);
	check_all(f, p);
	return p;
}

static void numbers_stand_under_one_another(void **state)
{
	(void)state;
	static const char *const rows[] = { "a|86,00", "b|1 179,5", "c|25", "d|−0,75 %",
					    "e|brak",  "f|–",       "g|" };
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct pages *p = compose_numbers(&f, a, "Pozycja|Kwota", rows, 7);
	int units = x_behind(p, "86,00", 2);
	assert_near(x_behind(p, "1 179,5", 5), units);
	assert_near(x_behind(p, "25", 2), units);
	assert_near(x_behind(p, "−0,75 %", 4), units);
	assert_near(x_behind(p, "–", 3), units);
	/* words and the header end where the widest number ends */
	int edge = x_behind(p, "−0,75 %", 20);
	assert_true(edge > units + 10 * PT);
	assert_near(x_behind(p, "brak", 20), edge);
	assert_near(x_behind(p, "Kwota", 20), edge);
	fixture_close(&f);
}

static void the_point_counts_in_english(void **state)
{
	(void)state;
	static const char *const rows[] = { "a|86.00", "b|1,179.5", "c|25" };
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Title");
	a->language = STR("en");
	struct pages *p = compose_numbers(&f, a, "Item|Sum", rows, 3);
	assert_near(x_behind(p, "1,179.5", 5), x_behind(p, "86.00", 2));
	assert_near(x_behind(p, "25", 2), x_behind(p, "86.00", 2));
	fixture_close(&f);
}

/* The mark of a note is no figure of the number, and hangs out to its right. */
static void marks_of_notes_do_not_shift_numbers(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *table = add_table(&f, a, 2);
	table->table.alignments[1] = ALIGN_RIGHT;
	add_row(&f, a, table, "Pozycja|Kwota");
	add_row(&f, a, table, "a|86");
	add_row(&f, a, table, "b|125");
	struct node *note = node_new(f.arena, NODE_NOTE, table->place, NULL);
	note->note.number = 1;
	fixture_paragraph(&f, a, note, "Według cennika.");
	a->notes = NEW_ARRAY(f.arena, struct node *, 1);
	a->notes[a->note_count++] = note;
	struct node *cell = table->last->last;
	node_new(f.arena, NODE_NOTE_REFERENCE, cell->place, cell)->reference = note;
	struct pages *p = fixture_compose(&f);
	check_words(&f, p, a);
	assert_near(x_behind(p, "125", 3), x_behind(p, "86", 2));
	assert_true(x_behind(p, "Kwota", 20) > x_behind(p, "125", 3) + PT);
	fixture_close(&f);
}

/* Words with a number now and then are words. */
static void words_stay_at_the_right_edge(void **state)
{
	(void)state;
	static const char *const rows[] = { "a|rano", "b|wieczorem", "c|2,5", "d|zawsze" };
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct pages *p = compose_numbers(&f, a, "Kto|Kiedy", rows, 4);
	assert_near(x_behind(p, "2,5", 20), x_behind(p, "wieczorem", 20));
	fixture_close(&f);
}

/* ---- widths ---- */

/* Baselines of the article's table cells: lines that the table is tall. */
static size_t table_lines(const struct pages *p)
{
	size_t n = 0;
	int last = -1;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind != ITEM_GLYPHS || !item->element ||
			    (item->element->role != ELEMENT_TABLE_DATA &&
			     item->element->role != ELEMENT_TABLE_HEADER))
				continue;
			if (item->glyphs.y > last) {
				n++;
				last = item->glyphs.y;
			}
		}
	return n;
}

/* The middle column has the longest cell, but in the header alone: a share by what
 * each wants would give it room that saves nothing below. */
static void room_goes_where_it_saves_lines(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *table = add_table(&f, a, 3);
	add_row(&f, a, table,
		"Słowo|Ile razy w tygodniu trzeba to zmierzyć i zapisać w dzienniczku pacjenta, "
		"żeby lekarz mógł porównać wyniki|Co to znaczy");
	for (int i = 0; i < 9; i++)
		add_row(&f, a, table,
			"badanie|raz|mierzy się zawsze o tej samej porze, na czczo i przed "
			"lekami, przez tydzień");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	/* a line for each row; the header takes what it takes */
	assert_true(table_lines(p) <= 9 + 9);
	assert_near(find_run(p, "raz")->y,
		    find_run(p, "mierzy się zawsze o tej samej porze, na czczo i przed lekami, "
				"przez tydzień")
			    ->y);
	fixture_close(&f);
}

/* Where few letters stand in a line, what names a row stands above it. */
static void a_narrow_first_column_stands_above(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->grid.inner += 60 * PT;
	f.layout->masters[0].frames[1].rect.width = 230 * PT;
	f.layout->masters[0].frames[1].columns = 1;
	f.layout->masters[1].frames[0].rect.width = 230 * PT;
	f.layout->masters[1].frames[0].columns = 1;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *table = add_table(&f, a, 4);
	add_row(&f, a, table, "Sprawa|Koordynator|Lekarz|Kto jeszcze");
	add_row(&f, a, table, "Zmiana terminu z powodu infekcji|tak|tak|psychoonkolog");
	add_row(&f, a, table, "Termin badania lub przyjęcia|tak||rejestracja");
	add_row(&f, a, table, "Brakujący dokument albo skierowanie|tak||sekretariat");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_int_equal(table_lines(p), 8);
	const struct glyph_run *name = find_run(p, "Brakujący dokument albo skierowanie");
	const struct glyph_run *cell = find_run(p, "sekretariat");
	assert_int_equal(cell->y - name->y, 13500);
	assert_int_equal(name->face->weight, 700);
	fixture_close(&f);
}

/* As long as a column holds its longest word no word is divided. */
static void words_stay_whole(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *table = add_table(&f, a, 2);
	add_row(&f, a, table, "Słowo|Wyjaśnienie");
	for (int i = 0; i < 5; i++)
		add_row(&f, a, table,
			"konsylium|spotkanie najważniejszych specjalistów, którzy odpowiedzialnie "
			"przygotowują indywidualny program leczenia onkologicznego");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind == ITEM_GLYPHS)
				assert_false(str_ends(item->glyphs.text, STR("\u00ad")));
		}
	fixture_close(&f);
}

/* One column wants more than there is: the others keep their words whole. */
static void narrow_columns_keep_their_words(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *table = add_table(&f, a, 5);
	table->table.alignments[4] = ALIGN_RIGHT;
	add_row(&f, a, table, "Pierwsza|B|C|D|E");
	for (int i = 0; i < 12; i++)
		add_row(&f, a, table,
			"Konstantynopolitańczykowianeczkaodpowiedzialnaimmunohistochemicznie"
			"Konstantynopolitańczykowianeczkaodpowiedzialnaimmunohistochemicznie"
			"Konstantynopolitańczykowianeczka|tak|nie|wcale|17,5");
	struct pages *p = fixture_compose(&f);
	check_words(&f, p, a);
	check_sheet(&f, p);
	check_overlaps(p);
	find_run(p, "17,5");
	find_run(p, "wcale");
	fixture_close(&f);
}

/* ---- rows and headers ---- */

/* Cells of the header end on one line, above its rule. */
static void the_header_stands_on_its_rule(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *table = add_table(&f, a, 2);
	add_row(&f, a, table,
		"Kto|Ile razy w tygodniu trzeba to zmierzyć i zapisać w dzienniczku pacjenta, "
		"żeby lekarz mógł porównać wyniki z poprzednimi, a także z tymi, które będą, "
		"i żeby pacjent sam widział, co się zmienia");
	add_row(&f, a, table, "pacjent|raz");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	int lowest = 0, highest = INT32_MAX;
	for (size_t k = 0; k < p->page[0].item_count; k++) {
		const struct item *item = &p->page[0].items[k];
		if (item->kind != ITEM_GLYPHS || !item->element ||
		    item->element->role != ELEMENT_TABLE_HEADER)
			continue;
		lowest = item->glyphs.y > lowest ? item->glyphs.y : lowest;
		highest = item->glyphs.y < highest ? item->glyphs.y : highest;
	}
	assert_true(highest < lowest);
	assert_int_equal(find_run(p, "Kto")->y, lowest);
	fixture_close(&f);
}

/* Each column that goes on with the table begins with the header, an artifact, its
 * words above the same columns; and no column ends with it. */
static void the_header_stands_above_every_part(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *table = add_table(&f, a, 2);
	table->table.alignments[1] = ALIGN_RIGHT;
	add_row(&f, a, table, "Nazwa|Suma");
	for (int i = 0; i < 150; i++)
		add_row(&f, a, table,
			str_c(f.arena, str_format(f.arena, "wiersz %d|%d,50", i, i * 7)));
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_true(p->count >= 4);
	int distance = find_run(p, "Suma")->x - find_run(p, "Nazwa")->x;
	for (size_t i = 1; i < p->count; i++) {
		const struct item *first = &p->page[i].items[0], *second = &p->page[i].items[1];
		assert_int_equal(first->kind, ITEM_GLYPHS);
		assert_true(str_equal(first->glyphs.text, STR("Nazwa")));
		assert_null(first->element);
		assert_int_equal(first->artifact, ARTIFACT_LAYOUT);
		assert_true(str_equal(second->glyphs.text, STR("Suma")));
		assert_int_equal(second->glyphs.x - first->glyphs.x, distance);
		const struct item *row = &p->page[i].items[2];
		while (row->kind != ITEM_GLYPHS)
			row++;
		assert_true(str_starts(row->glyphs.text, STR("wiersz")));
		assert_non_null(row->element);
		assert_true(row->glyphs.y > first->glyphs.y);
	}
	fixture_close(&f);
}

/* How far the first line of the paragraph behind a table stands in from its column. */
static int indent_behind(const char *cells, bool *floated)
{
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	fixture_paragraph(&f, a, NULL, "Początek.");
	struct node *table = add_table(&f, a, 4);
	for (int i = 0; i < 3; i++)
		add_row(&f, a, table, cells);
	fixture_paragraph(&f, a, NULL, "Dalej mowa o czym innym.");
	for (int i = 0; i < 60; i++)
		fixture_paragraph(&f, a, NULL,
				  "Zdanie, które zajmuje więcej niż jeden wiersz tej szpalty, "
				  "bo tyle właśnie ma do powiedzenia o całej sprawie.");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	const struct glyph_run *behind = find_run(p, "Dalej mowa o czym innym.");
	*floated = find_run(p, "pierwsza")->y > behind->y;
	int in = behind->x - f.layout->grid.inner;
	fixture_close(&f);
	return in;
}

/* Where a table floats to the foot, the paragraph behind it follows another one. */
static void words_behind_a_table_stand_in_where_it_floats(void **state)
{
	(void)state;
	bool floated;
	assert_int_equal(indent_behind("pierwsza|b|c|d", &floated), 0);
	assert_false(floated);
	assert_int_equal(indent_behind("pierwsza|kolumna ma tu wiele słów|i druga też niemało"
				       "|a trzecia jeszcze więcej, co zajmuje miejsce, którego "
				       "jedna szpalta już nie ma, choćby była szeroka",
				       &floated),
			 10 * PT);
	assert_true(floated);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_told_from_words),
		cmocka_unit_test(numbers_stand_under_one_another),
		cmocka_unit_test(the_point_counts_in_english),
		cmocka_unit_test(marks_of_notes_do_not_shift_numbers),
		cmocka_unit_test(words_stay_at_the_right_edge),
		cmocka_unit_test(room_goes_where_it_saves_lines),
		cmocka_unit_test(a_narrow_first_column_stands_above),
		cmocka_unit_test(words_stay_whole),
		cmocka_unit_test(narrow_columns_keep_their_words),
		cmocka_unit_test(the_header_stands_on_its_rule),
		cmocka_unit_test(the_header_stands_above_every_part),
		cmocka_unit_test(words_behind_a_table_stand_in_where_it_floats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
