/* Questions with their answers, numbers and bullets with their items. */
#include "compose/fixture.h"

static const char long_text[] =
	"Koordynator leczenia pilnuje, żeby jedna rzecz wynikała z drugiej, a nikt nie zgubił się "
	"po drodze między gabinetami, rejestracją i oddziałem, na który wciąż się czeka.";

/* Lines that push what follows down the column. */
static void add_filler(struct fixture *f, struct article *a, int lines)
{
	struct node *filler = fixture_block(f, a, NULL, NODE_CODE_BLOCK);
	struct buf b;
	buf_init(&b, 1 << 16);
	for (int i = 0; i < lines; i++)
		buf_put_c(&b, "wiersz\n");
	filler->text = str_copy(f->arena, buf_str(&b));
	buf_release(&b);
}

static bool same_column(size_t page, const struct item *a, size_t other, const struct item *b)
{
	return page == other && b->glyphs.y > a->glyphs.y && b->glyphs.y - a->glyphs.y < 60 * 13500;
}

/* ---- questions ---- */

struct line {
	const struct item *item;
	size_t page;
};

/* Lines of an element, in order. */
static size_t lines_of(const struct pages *p, const struct element *e, struct line lines[],
		       size_t capacity)
{
	size_t count = 0;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind != ITEM_GLYPHS || !belongs(item->element, e) ||
			    count == capacity)
				continue;
			if (count && lines[count - 1].page == i &&
			    lines[count - 1].item->glyphs.y == item->glyphs.y)
				continue;
			lines[count++] = (struct line){ item, i };
		}
	return count;
}

/* Wherever the column ends, a question stands whole above two lines of its answer
 * at least; one answer is a single line, one question takes two. */
static void questions_stay_with_their_answers(void **state)
{
	(void)state;
	for (int lines = 0; lines < 60; lines++) {
		struct fixture f;
		fixture_open(&f, false);
		f.layout->styles[STYLE_QUESTION].before = 13500;
		f.layout->styles[STYLE_QUESTION].keep_next = true;
		struct article *a = fixture_article(&f, "a", "Rozmowa");
		add_filler(&f, a, 20 + lines);
		struct node *qa = fixture_block(&f, a, NULL, NODE_QA);
		for (int i = 0; i < 7; i++) {
			struct node *q = fixture_block(&f, a, qa, NODE_QUESTION);
			fixture_paragraph(&f, a, q,
					  i % 2 ? "Czy to pytanie jest tak długie, że potrzebuje "
						  "dwóch albo i trzech wierszy w kolumnie?"
						: "Krótkie pytanie?");
			struct node *answer = fixture_block(&f, a, qa, NODE_ANSWER);
			for (int k = 0; k <= i % 3; k++)
				fixture_paragraph(&f, a, answer, i == 3 ? "Tak." : long_text);
		}
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		/* paragraphs in order: filler, then question and answers in turn */
		const struct element *e = find_article(p->structure, STR("Rozmowa"))->first;
		size_t questions = 0;
		for (; e; e = e->next) {
			struct line own[8], next[8];
			struct buf words;
			buf_init(&words, 1 << 12);
			put_element(&words, p, e);
			bool question = str_ends(buf_str(&words), STR("?"));
			buf_release(&words);
			if (!question)
				continue;
			questions++;
			assert_non_null(e->next);
			size_t n = lines_of(p, e, own, 8), m = lines_of(p, e->next, next, 8);
			assert_true(n >= 1 && m >= 1);
			for (size_t i = 1; i < n; i++)
				assert_true(same_column(own[i - 1].page, own[i - 1].item,
							own[i].page, own[i].item));
			/* two lines of the answer, or all of it */
			for (size_t i = 0; i < 2 && i < m; i++)
				assert_true(same_column(own[n - 1].page, own[n - 1].item,
							next[i].page, next[i].item));
		}
		assert_int_equal(questions, 7);
		fixture_close(&f);
	}
}

/* ---- lists ---- */

struct label {
	const struct item *label, *word; /* its number or bullet, its first word */
	size_t page, word_page;
	int depth;
};

static int depth_of(const struct element *e)
{
	int depth = 0;
	for (; e; e = e->parent)
		depth += e->role == ELEMENT_LIST;
	return depth;
}

static void find_first_word(const struct pages *p, struct label *l)
{
	const struct element *body = l->label->element->next;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (l->word || item->kind != ITEM_GLYPHS || !belongs(item->element, body) ||
			    item->element->role == ELEMENT_LABEL)
				continue;
			l->word = item;
			l->word_page = i;
		}
}

static size_t find_labels(const struct pages *p, struct label labels[], size_t capacity)
{
	size_t count = 0;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind != ITEM_GLYPHS || !item->element ||
			    item->element->role != ELEMENT_LABEL || count == capacity)
				continue;
			labels[count] = (struct label){ .label = item,
							.page = i,
							.depth = depth_of(item->element) };
			find_first_word(p, &labels[count++]);
		}
	return count;
}

static int right_edge(const struct item *item)
{
	return item->glyphs.x + glyphs_width(&item->glyphs);
}

/* On the baseline of its item's first line, to its left, never alone. */
static void check_labels(const struct label *labels, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct label *l = &labels[i];
		assert_non_null(l->word);
		assert_int_equal(l->page, l->word_page);
		assert_int_equal(l->label->glyphs.y, l->word->glyphs.y);
		assert_true(right_edge(l->label) < l->word->glyphs.x);
	}
}

/* Numbers end before a common edge, from the list's own start on, over one digit
 * and two. */
static void numbers_align_and_count(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *list = fixture_block(&f, a, NULL, NODE_LIST);
	list->list.ordered = true;
	list->list.start = 7;
	for (int i = 0; i < 8; i++)
		fixture_paragraph(&f, a, fixture_block(&f, a, list, NODE_ITEM), long_text);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	struct label labels[20];
	size_t count = find_labels(p, labels, 20);
	assert_int_equal(count, 8);
	check_labels(labels, count);
	for (size_t i = 0; i < count; i++) {
		char want[8];
		snprintf(want, sizeof want, "%d.", (int)i + 7);
		assert_true(str_equal(labels[i].label->glyphs.text, str_from(want)));
		int off = right_edge(labels[i].label) - right_edge(labels[0].label);
		assert_true(off >= -10 && off <= 10);
		assert_int_equal(labels[i].word->glyphs.x, labels[0].word->glyphs.x);
	}
	fixture_close(&f);
}

/* Each level further in than the one around it; wherever the column ends no label
 * is parted from its words. */
static void lists_nest(void **state)
{
	(void)state;
	for (int lines = 0; lines < 40; lines++) {
		struct fixture f;
		fixture_open(&f, false);
		struct article *a = fixture_article(&f, "a", "Tytuł");
		add_filler(&f, a, 30 + lines);
		struct node *at = NULL;
		for (int level = 0; level < 4; level++) {
			struct node *list = fixture_block(&f, a, at, NODE_LIST);
			list->list.ordered = level % 2;
			list->list.start = 1;
			for (int i = 0; i < 3; i++) {
				struct node *item = fixture_block(&f, a, list, NODE_ITEM);
				fixture_paragraph(&f, a, item,
						  "Punkt z kilkoma słowami, które zajmą w kolumnie "
						  "więcej niż jeden wiersz.");
				at = item;
			}
		}
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		struct label labels[20];
		size_t count = find_labels(p, labels, 20);
		assert_int_equal(count, 12);
		check_labels(labels, count);
		for (size_t i = 1; i < count; i++) {
			const struct label *l = &labels[i], *before = &labels[i - 1];
			if (!same_column(before->page, before->label, l->page, l->label))
				continue;
			int in = l->word->glyphs.x - before->word->glyphs.x;
			if (l->depth > before->depth)
				assert_true(in > 5 * PT);
			else if (l->depth == before->depth)
				assert_int_equal(in, 0);
			else
				assert_true(in < -5 * PT);
		}
		fixture_close(&f);
	}
}

/* A second paragraph of an item stands below its first, without a label. */
static void items_hold_paragraphs(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *list = fixture_block(&f, a, NULL, NODE_LIST);
	list->list.ordered = true;
	list->list.start = 1;
	for (int i = 0; i < 2; i++) {
		struct node *item = fixture_block(&f, a, list, NODE_ITEM);
		fixture_paragraph(&f, a, item, i ? "Drugi punkt." : "Pierwszy punkt.");
		fixture_paragraph(&f, a, item, i ? "Ciąg drugiego." : "Ciąg pierwszego.");
	}
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	struct label labels[4];
	assert_int_equal(find_labels(p, labels, 4), 2);
	check_labels(labels, 2);
	int x = 0;
	for (size_t k = 0; k < p->page[0].item_count; k++) {
		const struct item *item = &p->page[0].items[k];
		if (item->kind == ITEM_GLYPHS &&
		    str_equal(item->glyphs.text, STR("Ciąg pierwszego.")))
			x = item->glyphs.x;
	}
	assert_int_equal(x, labels[0].word->glyphs.x);
	fixture_close(&f);
}

/* Where the words stand: page, column by x, height. */
static struct line line_saying(const struct pages *p, const char *words)
{
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind == ITEM_GLYPHS &&
			    str_equal(str_trim(item->glyphs.text), str_from(words)))
				return (struct line){ item, i };
		}
	fail_msg("nowhere: %s", words);
	return (struct line){ 0 };
}

static bool stand_together(const struct pages *p, const char *above, const char *below)
{
	struct line a = line_saying(p, above), b = line_saying(p, below);
	return same_column(a.page, a.item, b.page, b.item);
}

/* Wherever the column ends, what announces a list stands above two of its items at
 * least, and no item stands alone behind the others. */
static void lists_stay_with_what_announces_them(void **state)
{
	(void)state;
	static const char *const items[] = { "pierwsze,", "drugie,", "trzecie,", "czwarte,",
					     "piąte." };
	size_t divided = 0;
	for (int lines = 1; lines < 60; lines++) {
		struct fixture f;
		fixture_open(&f, false);
		struct article *a = fixture_article(&f, "a", "Tytuł");
		add_filler(&f, a, lines);
		fixture_paragraph(&f, a, NULL, "Trzeba zabrać:");
		struct node *list = fixture_block(&f, a, NULL, NODE_LIST);
		for (int i = 0; i < 5; i++)
			fixture_paragraph(&f, a, fixture_block(&f, a, list, NODE_ITEM), items[i]);
		for (int i = 0; i < 12; i++)
			fixture_paragraph(&f, a, NULL, long_text);
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		assert_true(stand_together(p, "Trzeba zabrać:", items[0]));
		assert_true(stand_together(p, items[0], items[1]));
		assert_true(stand_together(p, items[3], items[4]));
		divided += !stand_together(p, items[0], items[4]);
		fixture_close(&f);
	}
	assert_true(divided > 0); /* it may be divided between two and two */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_stay_with_their_answers),
		cmocka_unit_test(numbers_align_and_count),
		cmocka_unit_test(lists_nest),
		cmocka_unit_test(items_hold_paragraphs),
		cmocka_unit_test(lists_stay_with_what_announces_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
