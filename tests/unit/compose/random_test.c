/* Random issues, the same in every run: whatever editors write, each word stands
 * on a page once and in order, nothing overlaps or leaves the sheet. */
#include "compose/fixture.h"

static const char *const words[] = {
	"koordynator",          "i",       "leczenie", "w",      "szpitalu",  "pacjent",
	"biało-czerwony",       "zapytaj", "o",        "termin", "konsylium", "dokumentacja",
	"najnowocześniejszych", "z",       "życie",    "oraz",   "ból",       "odpowiedzialność",
	"psychoonkologiczny",   "a",       "to",       "jest",   "dzień",     "rozmowa",
};

static const char *sentence(struct fixture *f, int count)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < count; i++) {
		if (i)
			buf_put_byte(&b, ' ');
		buf_put_c(&b, words[fixture_random(f, (int)(sizeof words / sizeof *words))]);
		if (i % 9 == 8)
			buf_put_byte(&b, i % 2 ? ',' : '.');
	}
	char *s = str_c(f->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

struct maker {
	struct fixture *f;
	struct article *a;
	size_t note_capacity;
	int depth;
};

static void add_blocks(struct maker *m, struct node *parent, int count);

static void add_paragraph(struct maker *m, struct node *parent)
{
	struct fixture *f = m->f;
	struct node *p = fixture_paragraph(f, m->a, parent, sentence(f, 1 + fixture_random(f, 90)));
	if (fixture_random(f, 3) == 0) {
		enum node_kind kind = (enum node_kind)(NODE_EMPHASIS + fixture_random(f, 3));
		fixture_text(f, p, " ");
		fixture_text(f, node_new(f->arena, kind, p->place, p),
			     sentence(f, 1 + fixture_random(f, 6)));
	}
	if (fixture_random(f, 5) == 0) {
		struct node *link = node_new(f->arena, NODE_LINK, p->place, p);
		link->link.url = STR("https://example.org/");
		fixture_text(f, link, sentence(f, 2));
	}
	if (fixture_random(f, 6) == 0 && !parent) {
		struct node *note = node_new(f->arena, NODE_NOTE, p->place, NULL);
		fixture_paragraph(f, m->a, note, sentence(f, 1 + fixture_random(f, 30)));
		PUSH(f->arena, m->a->notes, m->a->note_count, m->note_capacity, note);
		note->note.number = (int)m->a->note_count;
		node_new(f->arena, NODE_NOTE_REFERENCE, p->place, p)->reference = note;
	}
}

static void add_list(struct maker *m, struct node *parent)
{
	struct node *list = fixture_block(m->f, m->a, parent, NODE_LIST);
	list->list.ordered = fixture_random(m->f, 2);
	list->list.start = 1 + fixture_random(m->f, 20);
	for (int i = 1 + fixture_random(m->f, 6); i > 0; i--) {
		struct node *item = fixture_block(m->f, m->a, list, NODE_ITEM);
		add_blocks(m, item, 1 + fixture_random(m->f, 2));
	}
}

static void add_table(struct maker *m, struct node *parent)
{
	struct fixture *f = m->f;
	struct node *table = fixture_block(f, m->a, parent, NODE_TABLE);
	table->table.columns = 1 + fixture_random(f, 6);
	table->table.alignments = NEW_ARRAY(f->arena, enum alignment, table->table.columns);
	for (int r = 1 + fixture_random(f, 20); r >= 0; r--) {
		struct node *row = fixture_block(f, m->a, table, NODE_ROW);
		for (int k = 0; k < table->table.columns; k++)
			fixture_text(f, fixture_block(f, m->a, row, NODE_CELL),
				     sentence(f, 1 + fixture_random(f, 8)));
	}
}

static struct node *add_figure(struct maker *m, struct node *parent)
{
	struct fixture *f = m->f;
	struct node *n = fixture_block(f, m->a, parent, NODE_FIGURE);
	n->picture =
		fixture_picture(f, 200 + fixture_random(f, 3000), 200 + fixture_random(f, 3000));
	n->picture->caption = str_from(sentence(f, 1 + fixture_random(f, 20)));
	n->picture->credit = STR("Fot. Redakcja");
	n->picture->width = (enum picture_width)fixture_random(f, PICTURE_BLEED + 1);
	return n;
}

static void add_block(struct maker *m, struct node *parent)
{
	struct fixture *f = m->f;
	int kind = fixture_random(f, m->depth > 3 ? 12 : 26);
	struct node *n;
	m->depth++;
	if (kind < 10) {
		add_paragraph(m, parent);
	} else if (kind < 12) {
		n = fixture_block(f, m->a, parent, NODE_HEADING);
		n->level = 2 + fixture_random(f, 3);
		fixture_text(f, n, sentence(f, 1 + fixture_random(f, 7)));
	} else if (kind < 14) {
		add_list(m, parent);
	} else if (kind == 14) {
		add_table(m, parent);
	} else if (kind == 15) {
		add_figure(m, parent);
	} else if (kind == 16) {
		n = fixture_block(f, m->a, parent, NODE_BOX);
		n->title = str_from(sentence(f, 3));
		add_blocks(m, n, 1 + fixture_random(f, 6));
	} else if (kind == 17) {
		n = fixture_block(f, m->a, parent, NODE_PULLQUOTE);
		fixture_paragraph(f, m->a, n, sentence(f, 3 + fixture_random(f, 20)));
	} else if (kind == 18) {
		add_blocks(m, fixture_block(f, m->a, parent, NODE_QUOTE), 2);
	} else if (kind == 19) {
		fixture_block(f, m->a, parent, NODE_RULE);
	} else if (kind == 20) {
		n = fixture_block(f, m->a, parent, NODE_BREAK);
		n->page = fixture_random(f, 2);
	} else if (kind == 21) {
		n = fixture_block(f, m->a, parent, NODE_GALLERY);
		for (int i = fixture_random(f, 9); i >= 0; i--)
			add_figure(m, n);
	} else if (kind == 22) {
		n = fixture_block(f, m->a, parent, NODE_CODE_BLOCK);
		n->text = STR("jeden dwa\n  trzy\ncztery\npięć");
	} else if (kind == 23) {
		n = fixture_block(f, m->a, parent, NODE_QA);
		for (int i = fixture_random(f, 5); i >= 0; i--) {
			add_blocks(m, fixture_block(f, m->a, n, NODE_QUESTION), 1);
			add_blocks(m, fixture_block(f, m->a, n, NODE_ANSWER), 2);
		}
	} else if (kind == 24) {
		n = fixture_paragraph(f, m->a, fixture_block(f, m->a, parent, NODE_BUTTON), "");
		n = node_new(f->arena, NODE_LINK, n->place, n);
		n->link.url = STR("https://example.org/lista");
		fixture_text(f, n, "Pobierz");
	} else {
		n = fixture_block(f, m->a, parent, NODE_CONTACT);
		fixture_paragraph(f, m->a, n, sentence(f, 4));
	}
	m->depth--;
}

static void add_blocks(struct maker *m, struct node *parent, int count)
{
	while (count-- > 0)
		add_block(m, parent);
}

static void random_issue(uint32_t seed, bool single)
{
	struct fixture f;
	fixture_open(&f, single);
	f.seed = seed;
	f.layout->templates[0].column_notes = seed % 2 == 0;
	static const char *const slugs[] = { "a", "b", "c" };
	for (int i = 0; i < 3; i++) {
		struct maker m = { .f = &f };
		m.a = fixture_article(&f, slugs[i],
				      str_c(f.arena, str_format(f.arena, "Tytuł %d", i)));
		m.a->lead = str_from(sentence(&f, fixture_random(&f, 40)));
		if (fixture_random(&f, 2))
			m.a->image = fixture_picture(&f, 1600, 1000);
		add_blocks(&m, NULL, fixture_random(&f, 40));
	}
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	fixture_close(&f);
}

static void random_issues_in_columns(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 60; seed++) {
		print_message("# seed %u\n", seed);
		random_issue(seed, false);
	}
}

static void random_issues_in_one_column(void **state)
{
	(void)state;
	for (uint32_t seed = 1000; seed < 1030; seed++)
		random_issue(seed, true);
}

/* Issues that once had: a line alone beside a crowded column, or behind pages left
 * nearly empty; a line alone on the way to fewer faults of another kind; notes that
 * ran into a picture between two columns. */
static void issues_that_had_faults(void **state)
{
	(void)state;
	static const uint32_t seeds[] = { 242, 274, 245, 914 };
	for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
		print_message("# seed %u\n", seeds[i]);
		random_issue(seeds[i], false);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_issues_in_columns),
		cmocka_unit_test(random_issues_in_one_column),
		cmocka_unit_test(issues_that_had_faults),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
