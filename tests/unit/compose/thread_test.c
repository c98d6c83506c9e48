/* Where the text runs in one column, what was put off to the next page never stands
 * within a sentence or a list that goes on there. */
#include "compose/fixture.h"

static const char *const words[] = {
	"koordynator", "i",     "leczenie", "w",   "szpitalu", "pacjent", "zapytaj", "o",
	"termin",      "życie", "rozmowa",  "ból", "dzień",    "karta",   "wizyta",  "czas",
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

static void add_list(struct fixture *f, struct article *a, struct node *parent, int items)
{
	struct node *list = fixture_block(f, a, parent, NODE_LIST);
	for (int i = 0; i < items; i++)
		fixture_paragraph(f, a, fixture_block(f, a, list, NODE_ITEM),
				  sentence(f, 10 + fixture_random(f, 40)));
}

static void add_box(struct fixture *f, struct article *a)
{
	struct node *box = fixture_block(f, a, NULL, NODE_BOX);
	box->title = STR("Ramka");
	add_list(f, a, box, 3 + fixture_random(f, 6));
}

static void add_something(struct fixture *f, struct article *a, bool lists)
{
	switch (fixture_random(f, 4)) {
	case 0:
		add_box(f, a);
		break;
	case 1:
		fixture_paragraph(f, a, fixture_block(f, a, NULL, NODE_PULLQUOTE), sentence(f, 9));
		break;
	case 2:
		fixture_block(f, a, NULL, NODE_FIGURE)->picture = fixture_picture(f, 1600, 1000);
		break;
	default:
		if (lists)
			add_list(f, a, NULL, 4);
	}
}

static const struct element *ancestor(const struct element *e, enum element_role r)
{
	while (e && e->role != r)
		e = e->parent;
	return e;
}

/* What an item belongs to that shall not be parted: a list of the running text, or a
 * paragraph of it; NULL: neither. */
static const struct element *whole_of(const struct element *e)
{
	const struct element *whole = NULL;
	for (; e && e->parent; e = e->parent)
		if (e->parent->role == ELEMENT_ARTICLE &&
		    (e->role == ELEMENT_LIST || e->role == ELEMENT_PARAGRAPH))
			whole = e;
	return whole;
}

static int height_of(const struct item *i)
{
	return i->kind == ITEM_PICTURE ? i->picture.frame.y : i->glyphs.y;
}

static bool stands_on(const struct page *p, const struct element *whole)
{
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].kind == ITEM_GLYPHS && whole_of(p->items[i].element) == whole)
			return true;
	return false;
}

/* Of a page and the one before it. */
struct turn {
	int first, line; /* of a whole that goes on: its first line here; in the source */
	int highest; /* of all that stands here */
	bool put_off; /* something stands here that comes before it in the source */
};

static bool counts(const struct item *i)
{
	return (i->kind == ITEM_GLYPHS || i->kind == ITEM_PICTURE) &&
	       ancestor(i->element, ELEMENT_ARTICLE);
}

static struct turn turn_of(const struct page *before, const struct page *p)
{
	struct turn t = { INT32_MAX, 0, INT32_MAX, false };
	for (size_t i = 0; i < p->item_count; i++) {
		const struct item *item = &p->items[i];
		if (!counts(item))
			continue;
		int y = height_of(item);
		const struct element *whole = whole_of(item->element);
		if (whole && y < t.first && stands_on(before, whole)) {
			t.first = y;
			t.line = whole->place.line;
		}
		t.highest = y < t.highest ? y : t.highest;
	}
	for (size_t i = 0; i < p->item_count; i++)
		t.put_off = t.put_off ||
			    (counts(&p->items[i]) && p->items[i].element->place.line < t.line);
	return t;
}

static void nothing_parts(bool lists)
{
	size_t put_off = 0;
	for (uint32_t seed = 1; seed <= 60; seed++) {
		struct fixture f;
		fixture_open(&f, true);
		f.seed = seed;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		for (int i = 0; i < 50; i++) {
			fixture_paragraph(&f, a, NULL, sentence(&f, 20 + fixture_random(&f, 90)));
			if (i % 3 == 0)
				add_something(&f, a, lists);
		}
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		for (size_t i = 1; i < p->count; i++) {
			struct turn t = turn_of(&p->page[i - 1], &p->page[i]);
			put_off += t.put_off;
			if (t.line && t.highest < t.first)
				print_error("seed %u, page %zu\n", seed, i + 1);
			assert_false(t.line && t.highest < t.first);
		}
		fixture_close(&f);
	}
	assert_true(put_off > 20); /* else nothing was shown */
}

static void no_sentence_is_parted(void **state)
{
	(void)state;
	nothing_parts(false);
}

static void no_list_is_parted(void **state)
{
	(void)state;
	nothing_parts(true);
}

/* Whether the text went on above a picture that had room below its paragraph's end,
 * with some lines to spare: pictures are cropped by a line, or taller. */
static bool was_passed(const struct fixture *f, const struct page *before,
		       const struct item *picture, const struct node *above)
{
	const struct grid *g = &f->layout->grid;
	int last = 0;
	bool went_on = false;
	for (size_t k = 0; k < before->item_count; k++) {
		const struct item *item = &before->items[k];
		if (item->kind != ITEM_GLYPHS || !item->element)
			continue;
		int line = item->element->place.line;
		if (line == above->place.line && item->glyphs.y > last)
			last = item->glyphs.y;
		went_on = went_on || line > above->place.line;
	}
	return last && went_on &&
	       last + picture->picture.frame.height + 3 * g->baseline < g->height - g->bottom;
}

/* A picture with room where it is written stands there, though it might fill the pages
 * better elsewhere. */
static void one_column_keeps_its_order(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 60; seed++) {
		struct fixture f;
		fixture_open(&f, true);
		f.seed = seed;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		const struct node *above[12];
		for (int i = 0; i < 36; i++) {
			struct node *p =
				fixture_paragraph(&f, a, NULL,
						  sentence(&f, 20 + fixture_random(&f, 90)));
			if (i % 3)
				continue;
			above[i / 3] = p;
			fixture_block(&f, a, NULL, NODE_FIGURE)->picture =
				fixture_picture(&f, 1600, 400);
		}
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		size_t met = 0;
		for (size_t i = 0; i < p->count; i++)
			for (size_t k = 0; k < p->page[i].item_count; k++) {
				const struct item *item = &p->page[i].items[k];
				if (item->kind != ITEM_PICTURE)
					continue;
				assert_true(met < 12);
				assert_false(i &&
					     was_passed(&f, &p->page[i - 1], item, above[met]));
				met++;
			}
		assert_int_equal(met, 12);
		fixture_close(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_sentence_is_parted),
		cmocka_unit_test(no_list_is_parted),
		cmocka_unit_test(one_column_keeps_its_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
