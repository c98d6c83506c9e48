/* Columns that end level, notes at their feet, text that runs round a picture. */
#include "compose/fixture.h"

static const char *const words[] = {
	"koordynator", "i",     "leczenie", "w",    "szpitalu", "pacjent", "zapytaj", "o",
	"termin",      "oraz",  "życie",    "ból",  "rozmowa",  "dzień",   "to",      "jest",
	"odpowiedź",   "karta", "zeszyt",   "plan", "wizyta",   "zdanie",  "próba",   "czas",
};

static const char *sentence(struct fixture *f, int count)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < count; i++) {
		buf_put_c(&b, i ? " " : "");
		buf_put_c(&b, words[fixture_random(f, (int)(sizeof words / sizeof *words))]);
	}
	char *s = str_c(f->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static int column_of(const struct fixture *f, const struct page *p, const struct item *i,
		     int columns)
{
	const struct grid *g = &f->layout->grid;
	int left = p->recto ? g->inner : g->outer;
	int width = g->width - g->inner - g->outer + g->gutter;
	return (i->glyphs.x - left + 6 * PT) * columns / width;
}

static bool is_folio(const struct fixture *f, const struct item *i)
{
	return i->kind != ITEM_GLYPHS ||
	       i->glyphs.y > f->layout->grid.height - f->layout->grid.bottom + PT;
}

/* Where each column of the last page ends. */
static void column_ends(const struct fixture *f, const struct pages *p, int columns, int *ends)
{
	const struct page *last = &p->page[p->count - 1];
	for (int k = 0; k < columns; k++)
		ends[k] = 0;
	for (size_t i = 0; i < last->item_count; i++) {
		const struct item *item = &last->items[i];
		if (is_folio(f, item))
			continue;
		int k = column_of(f, last, item, columns);
		if (item->glyphs.y > ends[k])
			ends[k] = item->glyphs.y;
	}
}

/* An article of some pages and a few paragraphs more; how far its last columns end
 * apart. */
static int unevenness(uint32_t seed, int headings)
{
	struct fixture f;
	fixture_open(&f, false);
	f.seed = seed;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	for (int i = 20 + fixture_random(&f, 20); i > 0; i--) {
		if (headings && fixture_random(&f, headings) == 0) {
			struct node *h = fixture_block(&f, a, NULL, NODE_HEADING);
			h->level = 2;
			fixture_text(&f, h, sentence(&f, 3));
		}
		fixture_paragraph(&f, a, NULL, sentence(&f, 15 + fixture_random(&f, 70)));
	}
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	int ends[3], least = INT32_MAX, most = 0, columns = p->count == 1 ? 2 : 3;
	column_ends(&f, p, columns, ends);
	for (int k = 0; k < columns; k++) {
		least = ends[k] < least ? ends[k] : least;
		most = ends[k] > most ? ends[k] : most;
	}
	int line = f.layout->grid.baseline;
	fixture_close(&f);
	return (most - least + line / 2) / line;
}

static void columns_of_a_finished_article_end_level(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 60; seed++) {
		int lines = unevenness(seed, seed % 3 ? 4 : 0);
		if (lines > 1)
			print_error("seed %u: %d lines apart\n", seed, lines);
		assert_in_range(lines, 0, 1);
	}
}

/* How many lines stand on the last page of an article in one column; its pages behind the
 * first begin so many lines lower. */
static int lines_on_last_page(int count, int lower)
{
	struct fixture f;
	fixture_open(&f, true);
	struct rect *r = &f.layout->masters[1].frames[0].rect;
	r->y += lower * f.layout->grid.baseline;
	r->height -= lower * f.layout->grid.baseline;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	for (; count > 0; count -= 60)
		fixture_paragraph(&f, a, NULL, sentence(&f, count < 60 ? count : 60));
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	const struct page *last = &p->page[p->count - 1];
	int lines = 0, y = 0;
	for (size_t i = 0; i < last->item_count; i++) {
		const struct item *item = &last->items[i];
		lines += item->kind == ITEM_GLYPHS && !is_folio(&f, item) && item->glyphs.y != y;
		y = item->kind == ITEM_GLYPHS ? item->glyphs.y : y;
	}
	fixture_close(&f);
	return lines;
}

/* The pages before it give some of theirs. */
static void no_last_page_has_two_lines(void **state)
{
	(void)state;
	for (int count = 700; count < 2000; count += 18) {
		assert_in_range(lines_on_last_page(count, 0), 5, 60);
		assert_in_range(lines_on_last_page(count, 20), 5, 60);
	}
}

static const struct item *picture_on(const struct page *p)
{
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].kind == ITEM_PICTURE)
			return &p->items[i];
	return NULL;
}

/* It is company enough: nothing of it is cut off to make it higher. */
static void pictures_alone_on_the_last_page_stay_whole(void **state)
{
	(void)state;
	int alone = 0;
	for (int count = 500; count < 1200; count += 18) {
		struct fixture f;
		fixture_open(&f, true);
		struct article *a = fixture_article(&f, "a", "Tytuł");
		fixture_paragraph(&f, a, NULL, sentence(&f, count));
		struct node *n = fixture_block(&f, a, NULL, NODE_FIGURE);
		n->picture = fixture_picture(&f, 1200, 200);
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		const struct page *last = &p->page[p->count - 1];
		const struct item *picture = picture_on(last);
		if (picture && picture == last->items) {
			alone++;
			assert_int_equal(picture->picture.frame.height,
					 picture->picture.whole.height);
			assert_int_equal(picture->picture.frame.width,
					 picture->picture.whole.width);
		}
		fixture_close(&f);
	}
	assert_true(alone > 1);
}

/* From a heading to the line above it in its column; 0: it begins the column. */
static int space_above(const struct fixture *f, const struct page *p, const struct item *heading,
		       int columns)
{
	int above = 0;
	for (size_t k = 0; k < p->item_count; k++) {
		const struct item *item = &p->items[k];
		if (!is_folio(f, item) && item->glyphs.y < heading->glyphs.y &&
		    item->glyphs.y > above && item->glyphs.size != 30 * PT &&
		    column_of(f, p, item, columns) == column_of(f, p, heading, columns))
			above = item->glyphs.y;
	}
	return above ? heading->glyphs.y - above : 0;
}

/* Headings of one rank have one space above them; a line more is given only where columns would
 * else end unlike, which is seldom. */
static void headings_of_a_rank_stand_alike(void **state)
{
	(void)state;
	size_t seen = 0, opened = 0;
	for (uint32_t seed = 1; seed <= 40; seed++) {
		struct fixture f;
		fixture_open(&f, false);
		f.seed = seed;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		for (int i = 30 + fixture_random(&f, 20); i > 0; i--) {
			struct node *h = fixture_block(&f, a, NULL, NODE_HEADING);
			h->level = 2;
			fixture_text(&f, h, "Nagłówek");
			fixture_paragraph(&f, a, NULL, sentence(&f, 15 + fixture_random(&f, 70)));
		}
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		for (size_t i = 0; i < p->count; i++)
			for (size_t k = 0; k < p->page[i].item_count; k++) {
				const struct item *item = &p->page[i].items[k];
				if (item->kind != ITEM_GLYPHS || item->glyphs.size != 12 * PT)
					continue;
				int space = space_above(&f, &p->page[i], item, i ? 3 : 2);
				assert_true(space == 0 || space == 27000 || space == 40500);
				seen += space > 0;
				opened += space == 40500;
			}
		fixture_close(&f);
	}
	assert_true(seen > 500 && opened < seen / 100);
}

/* A thank-you of two lines is one, with its signature below it; six lines are shared. */
static void a_few_lines_stand_in_one_column(void **state)
{
	(void)state;
	for (int lines = 1; lines <= 8; lines++) {
		struct fixture f;
		fixture_open(&f, false);
		f.layout->templates[0].drop_cap_lines = 0;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		for (int i = 0; i < lines; i++)
			fixture_paragraph(&f, a, NULL, "Dziękuję za krzesło.");
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		int ends[2];
		column_ends(&f, p, 2, ends);
		assert_int_equal(p->count, 1);
		assert_int_equal(ends[1] > 0, lines >= 6);
		fixture_close(&f);
	}
}

/* ---- notes ---- */

static void add_note(struct fixture *f, struct article *a, size_t *capacity, struct node *p,
		     int length)
{
	struct node *note = node_new(f->arena, NODE_NOTE, p->place, NULL);
	fixture_paragraph(f, a, note, sentence(f, length));
	PUSH(f->arena, a->notes, a->note_count, *capacity, note);
	note->note.number = (int)a->note_count;
	node_new(f->arena, NODE_NOTE_REFERENCE, p->place, p)->reference = note;
	fixture_text(f, p, " ");
	fixture_text(f, p, sentence(f, 20));
}

struct spot {
	int page, column, y;
};

/* Where the digits of a reference, or of a note's label, stand. */
static struct spot find_number(const struct fixture *f, const struct pages *p, int number,
			       bool label, int opening)
{
	char digits[12];
	snprintf(digits, sizeof digits, "%d", number);
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			const struct element *e = item->element;
			if (item->kind != ITEM_GLYPHS || !e ||
			    !str_equal(item->glyphs.text, str_from(digits)))
				continue;
			bool is_label = e->role == ELEMENT_LABEL;
			bool is_link = e->role == ELEMENT_LINK;
			if (label ? is_label : is_link)
				return (struct spot){
					(int)i, column_of(f, &p->page[i], item, i ? 3 : opening),
					item->glyphs.y
				};
		}
	fail_msg("number %d stands nowhere", number);
	return (struct spot){ 0 };
}

static void notes_stand_at_the_foot_of_their_column(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->templates[0].column_notes = true;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	size_t capacity = 0;
	for (int i = 0; i < 40; i++) {
		struct node *p = fixture_paragraph(&f, a, NULL, sentence(&f, 40));
		if (i % 3 == 0)
			add_note(&f, a, &capacity, p, 5 + fixture_random(&f, 30));
	}
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	for (int n = 1; n <= (int)a->note_count; n++) {
		struct spot reference = find_number(&f, p, n, false, 2);
		struct spot note = find_number(&f, p, n, true, 2);
		assert_int_equal(note.page, reference.page);
		assert_int_equal(note.column, reference.column);
		assert_true(note.y > reference.y);
	}
	fixture_close(&f);
}

/* Nothing of the text stands below a column's notes. */
static void notes_are_last_in_their_column(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->templates[0].column_notes = true;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	size_t capacity = 0;
	for (int i = 0; i < 30; i++)
		add_note(&f, a, &capacity, fixture_paragraph(&f, a, NULL, sentence(&f, 30)), 12);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *note = &p->page[i].items[k];
			if (note->kind != ITEM_GLYPHS || !note->element ||
			    note->element->role != ELEMENT_LABEL)
				continue;
			int columns = i ? 3 : 2, column = column_of(&f, &p->page[i], note, columns);
			for (size_t t = 0; t < p->page[i].item_count; t++) {
				const struct item *text = &p->page[i].items[t];
				if (!is_folio(&f, text) && text->glyphs.size == 10 * PT &&
				    text->element && text->element->role != ELEMENT_HEADING1 &&
				    column_of(&f, &p->page[i], text, columns) == column)
					assert_true(text->glyphs.y < note->glyphs.y);
			}
		}
	fixture_close(&f);
}

static void notes_longer_than_a_column_follow_the_text(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->templates[0].column_notes = true;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	size_t capacity = 0;
	add_note(&f, a, &capacity, fixture_paragraph(&f, a, NULL, sentence(&f, 30)), 1500);
	add_note(&f, a, &capacity, fixture_paragraph(&f, a, NULL, sentence(&f, 30)), 5);
	check_all(&f, fixture_compose(&f));
	fixture_close(&f);
}

/* A box or a table may come to stand in no column at whose foot its note could be. */
static void notes_of_boxes_and_tables_are_not_lost(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->templates[0].column_notes = true;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	size_t capacity = 0;
	add_note(&f, a, &capacity, fixture_paragraph(&f, a, NULL, sentence(&f, 60)), 9);
	struct node *box = fixture_block(&f, a, NULL, NODE_BOX);
	box->title = STR("Ramka");
	add_note(&f, a, &capacity, fixture_paragraph(&f, a, box, sentence(&f, 9)), 9);
	struct node *table = fixture_block(&f, a, NULL, NODE_TABLE);
	table->table.columns = 5; /* too wide for a column: it floats */
	table->table.alignments = NEW_ARRAY(f.arena, enum alignment, 5);
	for (int r = 0; r < 3; r++) {
		struct node *row = fixture_block(&f, a, table, NODE_ROW);
		for (int k = 0; k < 5; k++) {
			struct node *cell = fixture_block(&f, a, row, NODE_CELL);
			fixture_text(&f, cell, "najnowocześniejszych dokumentacja");
			if (r == 1 && k == 1)
				add_note(&f, a, &capacity, cell, 9);
		}
	}
	for (int i = 0; i < 30; i++)
		fixture_paragraph(&f, a, NULL, sentence(&f, 60));
	check_all(&f, fixture_compose(&f));
	fixture_close(&f);
}

/* ---- what stands in the way ---- */

static void text_runs_round_an_inset_picture(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->templates[0].next = &f.layout->masters[0]; /* two columns */
	struct article *a = fixture_article(&f, "a", "Tytuł");
	for (int i = 0; i < 24; i++) {
		fixture_paragraph(&f, a, NULL, sentence(&f, 60));
		if (i != 4)
			continue;
		struct node *n = fixture_block(&f, a, NULL, NODE_FIGURE);
		n->picture = fixture_picture(&f, 1200, 1000);
		n->picture->width = PICTURE_INSET;
	}
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	int pictures = 0, beside = 0;
	for (size_t i = 0; i < p->page[0].item_count; i++) {
		const struct item *picture = &p->page[0].items[i];
		if (picture->kind != ITEM_PICTURE)
			continue;
		pictures++;
		struct rect r = picture->picture.frame;
		for (size_t k = 0; k < p->page[0].item_count; k++) {
			const struct item *t = &p->page[0].items[k];
			if (t->kind == ITEM_GLYPHS && t->glyphs.y > r.y &&
			    t->glyphs.y < r.y + r.height)
				beside++;
		}
		int middle = f.layout->grid.width / 2;
		assert_true(r.x < middle && r.x + r.width > middle);
	}
	assert_int_equal(pictures, 1);
	assert_true(beside >= 16); /* lines on both sides */
	fixture_close(&f);
}

/* A letter that becomes two in capitals counts once where a text goes on. */
static void capitals_go_on_at_another_width(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct style capitals = *f.layout->roles[STYLE_BODY];
	capitals.uppercase = true;
	f.layout->roles[STYLE_BODY] = f.layout->roles[STYLE_BODY_FIRST] = &capitals;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	a->language = STR("de");
	struct buf text;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 900; i++) /* over the first page, whose columns are wider */
		buf_format(&text, "%sgroße%d", i ? " " : "", i);
	fixture_paragraph(&f, a, NULL, str_c(f.arena, buf_str(&text)));
	buf_release(&text);
	struct pages *p = fixture_compose(&f);
	struct buf have;
	buf_init(&have, 1 << 20);
	put_element(&have, p, find_article(p->structure, a->title));
	for (int i = 0; i < 900; i++) {
		struct str word = str_format(f.arena, "SSE%d", i);
		assert_true(str_find(buf_str(&have), word, 0) < have.len);
	}
	buf_release(&have);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_of_a_finished_article_end_level),
		cmocka_unit_test(no_last_page_has_two_lines),
		cmocka_unit_test(pictures_alone_on_the_last_page_stay_whole),
		cmocka_unit_test(headings_of_a_rank_stand_alike),
		cmocka_unit_test(a_few_lines_stand_in_one_column),
		cmocka_unit_test(notes_stand_at_the_foot_of_their_column),
		cmocka_unit_test(notes_are_last_in_their_column),
		cmocka_unit_test(notes_longer_than_a_column_follow_the_text),
		cmocka_unit_test(notes_of_boxes_and_tables_are_not_lost),
		cmocka_unit_test(capitals_go_on_at_another_width),
		cmocka_unit_test(text_runs_round_an_inset_picture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
