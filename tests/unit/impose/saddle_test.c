/* Sheets of a stitched magazine: order, places and creep, worked out by hand. */
#include "bench.h"

static void sixteen_pages_stand_in_the_printers_order(void **state)
{
	(void)state;
	static const int order[][2] = { { 16, 1 }, { 2, 15 }, { 14, 3 }, { 4, 13 },
					{ 12, 5 }, { 6, 11 }, { 10, 7 }, { 8, 9 } };
	struct bench *b = bench_open(16);
	struct sheets *s = impose_saddle(b->arena, &b->pages);
	assert_int_equal(s->count, 8);
	for (size_t i = 0; i < 8; i++)
		for (size_t k = 0; k < 2; k++)
			assert_int_equal(s->sides[i].placed[k].page->number, order[i][k]);
	bench_close(b);
}

/* Folded, put into one another and read leaf by leaf, any number of sheets is the
 * issue again. */
static void folded_sheets_read_in_order(void **state)
{
	(void)state;
	for (size_t count = 4; count <= 128; count += 4) {
		struct bench *b = bench_open(count);
		struct sheets *s = impose_saddle(b->arena, &b->pages);
		size_t n = s->count / 2;
		int next = 1;
		for (size_t sheet = 0; sheet < n; sheet++) { /* right leaves, from outside */
			assert_int_equal(s->sides[2 * sheet].placed[1].page->number, next++);
			assert_int_equal(s->sides[2 * sheet + 1].placed[0].page->number, next++);
		}
		for (size_t sheet = n; sheet-- > 0;) { /* left leaves, from inside */
			assert_int_equal(s->sides[2 * sheet + 1].placed[1].page->number, next++);
			assert_int_equal(s->sides[2 * sheet].placed[0].page->number, next++);
		}
		assert_int_equal(next, (int)count + 1);
		bench_close(b);
	}
}

static void creep_moves_pages_to_the_fold(void **state)
{
	(void)state;
	struct bench *b = bench_open(12);
	struct sheets *s = impose_saddle(b->arena, &b->pages);
	assert_rect(s->media, -REACH, -REACH, 400 * PT + 2 * REACH, 300 * PT + 2 * REACH);
	/* The outermost sheet: nothing moves, each page bleeds but over the fold. */
	const struct side *outer = &s->sides[0];
	assert_rect(outer->trim, 0, 0, 400 * PT, 300 * PT);
	assert_int_equal(outer->placed[0].x, 0);
	assert_int_equal(outer->placed[1].x, 200 * PT);
	assert_rect(outer->placed[0].clip, -9 * PT, -9 * PT, 209 * PT, 318 * PT);
	assert_rect(outer->placed[1].clip, 200 * PT, -9 * PT, 209 * PT, 318 * PT);
	/* The third lies in two backs of 100 µm: 200 µm are 0.567 pt. */
	for (size_t i = 4; i < 6; i++) {
		const struct side *inner = &s->sides[i];
		assert_rect(inner->trim, 567, 0, 400 * PT - 2 * 567, 300 * PT);
		assert_int_equal(inner->placed[0].x, 567);
		assert_int_equal(inner->placed[1].x, 200 * PT - 567);
		assert_rect(inner->placed[0].clip, 567 - 9 * PT, -9 * PT, 209 * PT - 567, 318 * PT);
		assert_rect(inner->placed[1].clip, 200 * PT, -9 * PT, 209 * PT - 567, 318 * PT);
		assert_int_equal(inner->placed[0].y, 0);
	}
	bench_close(b);
}

/* Every mark stands outside the bleed and on the media; lines and crosses are on all
 * plates. Sheets are cut and folded by them whether pages have any or not. */
static void marks_touch_nothing(void **state)
{
	(void)state;
	struct bench *b = bench_open(8);
	b->layout.marks.registration = b->layout.marks.bar = true;
	struct sheets *s = impose_saddle(b->arena, &b->pages);
	size_t at_fold = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct side *side = &s->sides[i];
		assert_int_equal(side->placed_count, 3);
		const struct page *marks = side->placed[2].page;
		assert_int_equal(marks->item_count, 8 + 6 + 4 * 3 + 9);
		for (size_t k = 0; k < marks->item_count; k++) {
			const struct item *item = &marks->items[k];
			bool shape = item->kind == ITEM_SHAPE;
			struct rect r = shape ? item_shape_bounds(item) : item->fill.rect;
			struct rect t = side->trim;
			const struct colour *c = shape ? item->shape.colour : item->fill.colour;
			assert_true(k >= 8 + 6 + 4 * 3 || c == &colour_registration);
			bool outside = r.x + r.width <= t.x - BLEED ||
				       r.x >= t.x + t.width + BLEED || r.y + r.height <= -BLEED ||
				       r.y >= HEIGHT + BLEED;
			bool there = r.x >= s->media.x && r.y >= s->media.y &&
				     r.x + r.width <= s->media.x + s->media.width &&
				     r.y + r.height <= s->media.y + s->media.height;
			assert_true(outside && there);
			at_fold += r.x + r.width / 2 == WIDTH;
			assert_true(r.x + r.width / 2 == WIDTH || r.x + r.width <= WIDTH ||
				    r.x >= WIDTH);
		}
	}
	assert_int_equal(at_fold, 6 * s->count);
	bench_close(b);
}

static void pages_must_fill_sheets(void **state)
{
	(void)state;
	for (size_t count = 0; count <= 8; count++) {
		struct bench *b = bench_open(count);
		b->layout.production.imposed = true;
		bool whole = count && count % 4 == 0;
		assert_int_equal(impose_check(&b->pages, b->diags), whole);
		assert_int_equal(diags_level_count(b->diags, DIAG_LEVEL_ERROR), !whole);
		struct str said = bench_said(b);
		if (!whole)
			assert_str(said,
				   str_format(b->arena, "binding-pages %zu pages", count).ptr);
		bench_close(b);
	}
}

/* Each side has its line, at the left above the bleed, among the marks. */
static void slugs_stand_among_the_marks(void **state)
{
	(void)state;
	struct bench *b = bench_open(12);
	struct item words = { .kind = ITEM_GLYPHS, .glyphs.size = 6 * PT };
	b->pages.sheet_slugs = NEW_ARRAY(b->arena, struct page, 6);
	for (size_t i = 0; i < 6; i++)
		b->pages.sheet_slugs[i] = (struct page){ .items = &words, .item_count = 1 };
	struct sheets *s = impose_saddle(b->arena, &b->pages);
	for (size_t i = 0; i < 6; i++) {
		const struct side *side = &s->sides[i];
		const struct placed *slug = &side->placed[side->placed_count - 1];
		assert_ptr_equal(slug->page, &b->pages.sheet_slugs[i]);
		assert_int_equal(slug->x, side->trim.x + 15 * PT);
		assert_true(slug->y < -11 * PT && slug->y - 6 * PT > -11 * PT - 15 * PT);
		assert_int_equal(slug->turn, TURN_NONE);
	}
	bench_close(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sixteen_pages_stand_in_the_printers_order),
		cmocka_unit_test(folded_sheets_read_in_order),
		cmocka_unit_test(creep_moves_pages_to_the_fold),
		cmocka_unit_test(marks_touch_nothing),
		cmocka_unit_test(pages_must_fill_sheets),
		cmocka_unit_test(slugs_stand_among_the_marks),
	};
	return cmocka_run_group_tests_name("saddle", tests, NULL, NULL);
}
