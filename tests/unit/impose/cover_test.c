/* The cover's spread, and what is left inside it. */
#include "bench.h"

static struct bench *perfect(size_t count)
{
	struct bench *b = bench_open(count);
	b->layout.production.binding = BINDING_PERFECT;
	b->layout.production.cover_apart = true;
	return b;
}

static void back_spine_front(void **state)
{
	(void)state;
	/* 100 leaves of 100 µm and 1 mm: 11 mm, 28.346 + 2.835 pt */
	enum { SPINE = 28346 + 2835 };
	struct bench *b = perfect(204);
	b->pages.spine = NEW(b->arena, struct page);
	struct sheets *s = impose_cover(b->arena, &b->pages);
	assert_int_equal(s->count, 2);
	assert_rect(s->media, -BLEED, -BLEED, 400 * PT + SPINE + 2 * BLEED, 318 * PT);
	const struct side *out = &s->sides[0], *in = &s->sides[1];
	assert_rect(out->trim, 0, 0, 400 * PT + SPINE, 300 * PT);
	assert_int_equal(out->placed_count, 3);
	assert_int_equal(out->placed[0].page->number, 204);
	assert_int_equal(out->placed[0].x, 0);
	assert_rect(out->placed[0].clip, -BLEED, -BLEED, 200 * PT + BLEED, 318 * PT);
	assert_int_equal(out->placed[1].page->number, 1);
	assert_int_equal(out->placed[1].x, 200 * PT + SPINE);
	assert_rect(out->placed[1].clip, 200 * PT + SPINE, -BLEED, 200 * PT + BLEED, 318 * PT);
	/* Words that run down begin at the head, at the spine's right edge. */
	assert_ptr_equal(out->placed[2].page, b->pages.spine);
	assert_int_equal(out->placed[2].turn, TURN_RIGHT);
	assert_int_equal(out->placed[2].x, 200 * PT + SPINE);
	assert_int_equal(out->placed[2].y, 0);
	assert_rect(out->placed[2].clip, 200 * PT, -BLEED, SPINE, 318 * PT);
	/* Inside glue needs paper without ink: the spine and 5 mm on both sides. */
	assert_int_equal(in->placed_count, 2);
	assert_int_equal(in->placed[0].page->number, 2);
	assert_int_equal(in->placed[1].page->number, 203);
	assert_rect(in->placed[0].clip, -BLEED, -BLEED, 200 * PT + BLEED - 14173, 318 * PT);
	assert_rect(in->placed[1].clip, 200 * PT + SPINE + 14173, -BLEED, 200 * PT + BLEED - 14173,
		    318 * PT);
	bench_close(b);
}

static void words_may_run_up(void **state)
{
	(void)state;
	struct bench *b = perfect(204);
	b->pages.spine = NEW(b->arena, struct page);
	b->layout.details.spine_up = true;
	const struct placed *spine = &impose_cover(b->arena, &b->pages)->sides[0].placed[2];
	assert_int_equal(spine->turn, TURN_LEFT);
	assert_int_equal(spine->x, 200 * PT);
	assert_int_equal(spine->y, 300 * PT);
	bench_close(b);
}

static void a_stitched_cover_has_no_spine(void **state)
{
	(void)state;
	struct bench *b = perfect(12);
	b->layout.production.binding = BINDING_SADDLE;
	b->layout.marks.crop = true;
	struct sheets *s = impose_cover(b->arena, &b->pages);
	assert_rect(s->media, -REACH, -REACH, 400 * PT + 2 * REACH, 300 * PT + 2 * REACH);
	assert_rect(s->sides[0].trim, 0, 0, 400 * PT, 300 * PT);
	assert_int_equal(s->sides[0].placed[1].x, 200 * PT);
	assert_rect(s->sides[1].placed[0].clip, -BLEED, -BLEED, 200 * PT + BLEED, 318 * PT);
	/* eight crop marks, one fold */
	assert_int_equal(s->sides[0].placed[2].page->item_count, 8 + 6);
	bench_close(b);
}

static void a_spine_is_folded_twice(void **state)
{
	(void)state;
	struct bench *b = perfect(204);
	b->layout.marks.crop = true;
	const struct side *side = &impose_cover(b->arena, &b->pages)->sides[1];
	assert_int_equal(side->placed[side->placed_count - 1].page->item_count, 8 + 12);
	bench_close(b);
}

/* What stands around print.pdf's pages stands around the cover. */
static void marks_are_the_layouts(void **state)
{
	(void)state;
	struct bench *b = perfect(204);
	struct ink spot = { STR_INIT("PANTONE 300 C"), { 1000, 440, 0, 0 } };
	b->layout.spots = &spot;
	b->layout.spot_count = 1;
	b->layout.marks.registration = b->layout.marks.bar = true;
	struct sheets *s = impose_cover(b->arena, &b->pages);
	assert_int_equal(s->media.x, -REACH);
	const struct page *marks = s->sides[0].placed[2].page;
	/* four targets of a ring and two lines, nine patches and the ink; no crop, no fold */
	assert_int_equal(marks->item_count, 4 * 3 + 10);
	int spine = production_spine(&b->layout.production, 200);
	assert_int_equal(marks->items[0].kind, ITEM_SHAPE);
	assert_int_equal(marks->items[0].shape.x, WIDTH + spine + WIDTH / 2);
	assert_int_equal(marks->items[0].shape.y, -(11 * PT + 15 * PT / 2));
	assert_ptr_equal(marks->items[0].shape.colour, &colour_registration);
	const struct item *last = &marks->items[marks->item_count - 1];
	assert_ptr_equal(last->fill.colour->spot, &spot);
	assert_true(last->fill.rect.x + last->fill.rect.width <= WIDTH - 15 * PT);
	bench_close(b);
}

static void inside_are_the_others_with_their_folios(void **state)
{
	(void)state;
	struct bench *b = perfect(12);
	struct pages inner = impose_inner(&b->pages);
	assert_int_equal(inner.count, 8);
	assert_int_equal(inner.page[0].number, 3);
	assert_int_equal(inner.page[7].number, 10);
	b->layout.production.cover_apart = false;
	assert_int_equal(impose_inner(&b->pages).count, 12);
	bench_close(b);
}

/* pages, caliper in µm, words wanted, what is said */
static void check(size_t count, int caliper, bool words, bool fits, const char *said)
{
	static const struct style style = { .name = STR_INIT("spine") };
	struct bench *b = perfect(count);
	b->layout.production.paper.caliper = caliper * 1000;
	b->layout.roles[STYLE_SPINE] = words ? &style : NULL;
	assert_int_equal(impose_check(&b->pages, b->diags), fits);
	assert_str(bench_said(b), said);
	assert_int_equal(diags_failed(b->diags), !fits);
	bench_close(b);
}

static void thin_spines_and_lone_covers_are_told(void **state)
{
	(void)state;
	check(104, 100, true, true, ""); /* 6 mm */
	check(102, 100, true, true, "spine-thin 5.9 mm around 98 pages, words want 6 mm");
	check(102, 100, false, true, "");
	check(44, 100, false, true, ""); /* 3 mm */
	check(42, 100, false, true, "spine-thin 2.9 mm around 38 pages, glue wants 3 mm");
	check(42, 100, true, true, "spine-thin 2.9 mm around 38 pages, glue wants 3 mm");
	check(4, 100, false, false, "binding-pages 4 pages");
	check(1, 100, false, false, "binding-pages 1 pages");
	check(103, 200, false, false, "binding-pages 103 pages");
}

static void sheets_beyond_what_pdf_holds_are_told(void **state)
{
	(void)state;
	struct bench *b = perfect(204);
	b->layout.grid.width = 7000 * PT;
	assert_false(impose_check(&b->pages, b->diags));
	assert_str(bench_said(b), "binding-pages two pages are too wide for one sheet");
	bench_close(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(back_spine_front),
		cmocka_unit_test(words_may_run_up),
		cmocka_unit_test(a_stitched_cover_has_no_spine),
		cmocka_unit_test(a_spine_is_folded_twice),
		cmocka_unit_test(marks_are_the_layouts),
		cmocka_unit_test(inside_are_the_others_with_their_folios),
		cmocka_unit_test(thin_spines_and_lone_covers_are_told),
		cmocka_unit_test(sheets_beyond_what_pdf_holds_are_told),
	};
	return cmocka_run_group_tests_name("cover", tests, NULL, NULL);
}
