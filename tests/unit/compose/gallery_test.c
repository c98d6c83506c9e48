/* Galleries and small pictures: rows fill their width and stand level, nothing is
 * cropped or enlarged beyond its pixels, captions stay with their pictures. */
#include "compose/fixture.h"

#include "compose/setting.h"

static struct node *add_gallery(struct fixture *f, struct article *a)
{
	fixture_paragraph(f, a, NULL, "Akapit przed galerią.");
	return fixture_block(f, a, NULL, NODE_GALLERY);
}

static struct picture *add_picture(struct fixture *f, struct article *a, struct node *gallery,
				   int columns, int rows, const char *caption)
{
	struct node *n = fixture_block(f, a, gallery, NODE_FIGURE);
	n->picture = fixture_picture(f, columns, rows);
	n->picture->caption = str_from(caption);
	return n->picture;
}

/* The pictures on the pages, in order. */
struct shown {
	const struct item *item;
	size_t page;
};

static size_t find_pictures(const struct pages *p, struct shown shown[], size_t capacity)
{
	size_t count = 0;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++)
			if (p->page[i].items[k].kind == ITEM_PICTURE && count < capacity)
				shown[count++] = (struct shown){ &p->page[i].items[k], i };
	return count;
}

static bool same_row(const struct shown *a, const struct shown *b)
{
	return a->page == b->page && a->item->picture.frame.y == b->item->picture.frame.y;
}

static int full_width(const struct fixture *f)
{
	const struct grid *g = &f->layout->grid;
	return g->width - g->inner - g->outer;
}

/* One row: level, a gutter apart, no picture cropped or too large for its pixels.
 * Returns whether it fills the width. */
static bool check_row(const struct fixture *f, const struct shown *row, size_t count)
{
	int gutter = f->layout->grid.gutter;
	for (size_t i = 0; i < count; i++) {
		const struct rect *r = &row[i].item->picture.frame;
		const struct rect *whole = &row[i].item->picture.whole;
		assert_int_equal(r->height, row[0].item->picture.frame.height);
		assert_true(whole->width - r->width <= 12 && whole->height - r->height <= 12);
		assert_true(r->width <= picture_widest(row[i].item->picture.picture) + 12);
		if (i)
			assert_int_equal(r->x - gutter,
					 row[i - 1].item->picture.frame.x +
						 row[i - 1].item->picture.frame.width);
	}
	const struct rect *last = &row[count - 1].item->picture.frame;
	int width = last->x + last->width - row[0].item->picture.frame.x;
	assert_true(width <= full_width(f));
	return width >= full_width(f) - 2; /* what columns alike leave of three */
}

/* Counts rows and those that do not fill the width. */
static size_t check_rows(const struct fixture *f, const struct pages *p, size_t pictures,
			 size_t *unfilled)
{
	struct shown shown[64];
	size_t count = find_pictures(p, shown, 64), rows = 0;
	assert_int_equal(count, pictures);
	*unfilled = 0;
	for (size_t i = 0, n; i < count; i += n, rows++) {
		n = 1;
		while (i + n < count && same_row(&shown[i], &shown[i + n]))
			n++;
		*unfilled += !check_row(f, &shown[i], n);
	}
	return rows;
}

static void rows_fill_the_width(void **state)
{
	(void)state;
	static const int counts[] = { 1, 2, 3, 5, 7, 13 };
	for (int seed = 1; seed <= 12; seed++)
		for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
			struct fixture f;
			fixture_open(&f, false);
			f.seed = (uint32_t)seed;
			struct article *a = fixture_article(&f, "a", "Tytuł");
			struct node *g = add_gallery(&f, a);
			for (int i = 0; i < counts[k]; i++)
				add_picture(&f, a, g, 2000 + fixture_random(&f, 1200),
					    2000 + fixture_random(&f, 1200),
					    i % 3 ? "" : "Podpis w kilku słowach.");
			struct pages *p = fixture_compose(&f);
			check_all(&f, p);
			size_t unfilled, rows = check_rows(&f, p, (size_t)counts[k], &unfilled);
			/* only a picture that is alone and upright may stand smaller */
			if (unfilled && counts[k] > 1)
				print_error("%d pictures, seed %d: %zu of %zu rows unfilled\n",
					    counts[k], seed, unfilled, rows);
			assert_true(unfilled == 0 || counts[k] == 1);
			assert_true(rows <= (size_t)(counts[k] + 1) / 2 || counts[k] <= 2);
			fixture_close(&f);
		}
}

/* No row is more than four times as tall as another, whatever is left for the last. */
static void the_last_row_is_like_the_others(void **state)
{
	(void)state;
	for (int count = 4; count <= 13; count++) {
		struct fixture f;
		fixture_open(&f, false);
		struct article *a = fixture_article(&f, "a", "Tytuł");
		struct node *g = add_gallery(&f, a);
		for (int i = 0; i < count; i++)
			add_picture(&f, a, g, i % 3 ? 2100 : 1500, i % 3 ? 1500 : 2100, "");
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		struct shown shown[64];
		size_t shown_count = find_pictures(p, shown, 64);
		int least = INT32_MAX, most = 0;
		for (size_t i = 0; i < shown_count; i++) {
			int h = shown[i].item->picture.frame.height;
			least = h < least ? h : least;
			most = h > most ? h : most;
		}
		assert_true(most <= 2 * least);
		fixture_close(&f);
	}
}

/* 300 pixels are good for 144 pt; the others of its row stay as low, or it stands
 * in a row of its own. */
static void few_pixels_stay_small(void **state)
{
	(void)state;
	for (int others = 0; others < 4; others++) {
		struct fixture f;
		fixture_open(&f, false);
		struct article *a = fixture_article(&f, "a", "Tytuł");
		struct node *g = add_gallery(&f, a);
		add_picture(&f, a, g, 300, 200, "Mały.");
		for (int i = 0; i < others; i++)
			add_picture(&f, a, g, 2100, 1500, "Duży.");
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		size_t unfilled;
		check_rows(&f, p, (size_t)others + 1, &unfilled);
		fixture_close(&f);
	}
	/* and in a column */
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	fixture_paragraph(&f, a, NULL, "Akapit.");
	struct node *n = fixture_block(&f, a, NULL, NODE_FIGURE);
	n->picture = fixture_picture(&f, 300, 200);
	struct pages *p = fixture_compose(&f);
	struct shown shown[2];
	assert_int_equal(find_pictures(p, shown, 2), 1);
	assert_int_equal(shown[0].item->picture.frame.width, 144 * PT);
	fixture_close(&f);
}

/* A picture as narrow as a ribbon shares its row, uncropped; its caption finds
 * room below. */
static void ribbons_share_a_row(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *g = add_gallery(&f, a);
	add_picture(&f, a, g, 2100, 1500, "Żurawie wracają co roku.");
	add_picture(&f, a, g, 500, 2500, "Wstążka w oknie.");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	size_t unfilled;
	assert_int_equal(check_rows(&f, p, 2, &unfilled), 1);
	assert_int_equal(unfilled, 0);
	fixture_close(&f);
}

/* Pictures a pixel wide or high. */
static void ribbons_of_a_pixel(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *g = add_gallery(&f, a);
	add_picture(&f, a, g, 60000, 1, "Płaska.");
	add_picture(&f, a, g, 1, 60000, "Smukła.");
	add_picture(&f, a, g, 1, 1, "Mała.");
	add_picture(&f, a, g, 2100, 1500, "Zwykła.");
	for (int i = 0; i < 3; i++) {
		struct node *n = fixture_block(&f, a, NULL, NODE_FIGURE);
		n->picture = fixture_picture(&f, i == 0 ? 60000 : 1, i == 1 ? 60000 : 1);
	}
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	fixture_close(&f);
}

static const struct item *words_of(const struct pages *p, const char *text)
{
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++)
			if (p->page[i].items[k].kind == ITEM_GLYPHS &&
			    str_equal(p->page[i].items[k].glyphs.text, str_from(text)))
				return &p->page[i].items[k];
	print_error("not on the pages: \"%s\"\n", text);
	fail();
	return NULL;
}

/* Under its picture where there are several; beside it where one leaves room. */
static void captions_stand_by_their_pictures(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *g = add_gallery(&f, a);
	add_picture(&f, a, g, 2100, 1500, "Pierwszy.");
	add_picture(&f, a, g, 2100, 1500, "Drugi.");
	g = add_gallery(&f, a);
	add_picture(&f, a, g, 1500, 2100, "Sam jeden.");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	struct shown shown[3];
	assert_int_equal(find_pictures(p, shown, 3), 3);
	for (int i = 0; i < 2; i++) {
		const struct rect *r = &shown[i].item->picture.frame;
		const struct glyph_run *caption = &words_of(p, i ? "Drugi." : "Pierwszy.")->glyphs;
		assert_int_equal(caption->x, r->x);
		assert_true(caption->y > r->y + r->height &&
			    caption->y < r->y + r->height + 15 * PT);
	}
	const struct rect *r = &shown[2].item->picture.frame;
	const struct glyph_run *caption = &words_of(p, "Sam jeden.")->glyphs;
	assert_true(caption->x > r->x + r->width);
	assert_int_equal(caption->y, r->y + r->height);
	assert_true(r->height <= f.layout->grid.height * 6 / 10);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_fill_the_width),
		cmocka_unit_test(the_last_row_is_like_the_others),
		cmocka_unit_test(few_pixels_stay_small),
		cmocka_unit_test(ribbons_share_a_row),
		cmocka_unit_test(ribbons_of_a_pixel),
		cmocka_unit_test(captions_stand_by_their_pictures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
