/* Sheets as a file: what others read and see on them. */
#include "pdf/sample.h"

#include "impose/impose.h"

static struct sample *numbered(size_t count)
{
	struct sample *s = sample_open(EDITION_PRINT);
	/* As layouts have them with 3 mm of bleed; the marks reach 10 mm. */
	s->layout.marks = (struct marks){ .offset = 9921, .length = 14173, .weight = 250 };
	s->layout.production = production_usual();
	s->layout.production.paper.caliper = 112500;
	for (size_t i = 0; i < count; i++) {
		struct str words = str_format(s->arena, "strona%zu", i + 1);
		sample_text(s, sample_page(s), NULL, SERIF, 12 * PT, 60 * PT, 60 * PT, words.ptr);
	}
	return s;
}

static void write_sheets(struct sample *s, const struct sheets *sheets)
{
	uint64_t bytes;
	assert_true(pdf_write_sheets(sheets, s->path, &s->world, s->diags, &bytes));
	int status;
	struct str words = said_by(s, &status, "qpdf --check %s", s->path);
	assert_int_equal(status, 0);
	assert_false(has(words, "WARNING"));
}

static void boxes_follow_the_creep(void **state)
{
	(void)state;
	struct sample *s = numbered(8);
	write_sheets(s, impose_saddle(s->arena, &s->pages));
	int status;
	struct str boxes = said_by(s, &status, "pdfinfo -box -l 9 %s", s->path);
	assert_has(boxes, "Pages:           4");
	assert_has(boxes, "PDF subtype:    PDF/X-4");
	/* 2 x 595.276 wide, 28.346 around; the inner sheet is pushed out by 0.319 */
	assert_has(boxes, "Page    1 MediaBox:      0.00     0.00  1247.24   898.58");
	assert_has(boxes, "Page    1 BleedBox:     19.84    19.84  1227.40   878.74");
	assert_has(boxes, "Page    1 TrimBox:      28.35    28.35  1218.90   870.24");
	assert_has(boxes, "Page    4 MediaBox:      0.00     0.00  1247.24   898.58");
	assert_has(boxes, "Page    4 TrimBox:      28.66    28.35  1218.58   870.24");
	struct str plain = sample_plain(s);
	assert_has(plain, "/GTS_PDFX\n");
	assert_has(plain, "/OutputConditionIdentifier (FOGRA39)");
	sample_close(s);
}

/* The words that stand on one half of a page of the file. */
static struct str half(struct sample *s, int page, bool right)
{
	int status;
	return said_by(s, &status, "pdftotext -f %d -l %d -r 72 -x %d -y 0 -W 623 -H 899 %s -",
		       page, page, right ? 624 : 0, s->path);
}

static void pages_stand_in_their_halves(void **state)
{
	(void)state;
	static const char *const order[][2] = { { "strona8\n", "strona1\n" },
						{ "strona2\n", "strona7\n" },
						{ "strona6\n", "strona3\n" },
						{ "strona4\n", "strona5\n" } };
	struct sample *s = numbered(8);
	write_sheets(s, impose_saddle(s->arena, &s->pages));
	for (int i = 0; i < 4; i++) {
		assert_true(str_starts(half(s, i + 1, false), str_from(order[i][0])));
		assert_true(str_starts(half(s, i + 1, true), str_from(order[i][1])));
	}
	sample_close(s);
}

static void fonts_are_there_once(void **state)
{
	(void)state;
	struct sample *s = numbered(8);
	write_sheets(s, impose_saddle(s->arena, &s->pages));
	int status;
	assert_true(str_starts(said_by(s, &status, "pdffonts %s | tail -n +3 | wc -l", s->path),
			       STR("1\n")));
	assert_false(has(sample_plain(s), "/Subtype /Image"));
	sample_close(s);
}

/* Grey of the page of the file at a point in pt from its top left corner. */
static int grey_at(struct sample *s, int page, int x, int y)
{
	int status;
	struct str pgm =
		said_by(s, &status, "pdftoppm -gray -r 72 -f %d -l %d -x %d -y %d -W 1 -H 1 %s",
			page, page, x, y, s->path);
	assert_true(str_starts(pgm, STR("P5")));
	return (unsigned char)pgm.ptr[pgm.len - 1];
}

/* A page coloured over all its edges: its bleed stays outside, the fold is sharp. */
static void bleed_ends_at_the_fold(void **state)
{
	(void)state;
	struct sample *s = numbered(4);
	sample_fill(s, &s->pages.page[3], &s->black, -8504, -8504, 612284, 858898);
	write_sheets(s, impose_saddle(s->arena, &s->pages));
	int fold = 28 + 595;
	assert_true(grey_at(s, 1, fold - 3, 400) < 100);
	assert_int_equal(grey_at(s, 1, fold + 4, 400), 255);
	assert_true(grey_at(s, 1, 24, 400) < 100); /* in the bleed at the left */
	assert_int_equal(grey_at(s, 1, 16, 400), 255);
	assert_true(grey_at(s, 1, 300, 24) < 100); /* and at the head */
	sample_close(s);
}

static void a_spine_stands_upright(void **state)
{
	(void)state;
	struct sample *s = numbered(12);
	struct page *spine = NEW(s->arena, struct page);
	s->layout.production.binding = BINDING_PERFECT;
	s->layout.production.cover_apart = true;
	s->layout.production.spine = 20 * PT;
	s->layout.production.spine_place.line = 1;
	sample_fill(s, spine, &s->teal, -8504, 0, 858898, 20 * PT);
	sample_text(s, spine, NULL, SERIF, 10 * PT, 100 * PT, 13 * PT, "grzbiet");
	s->pages.spine = spine;
	write_sheets(s, impose_cover(s->arena, &s->pages));
	int status;
	struct str boxes = said_by(s, &status, "pdfinfo -box -l 2 %s", s->path);
	assert_has(boxes, "Pages:           2");
	assert_has(boxes, "Page    2 TrimBox:       8.50     8.50  1219.06   850.39");
	/* What is set at x 108.504, y 837.394 stands 108.504 from the head, and 610.78 from
	 * the left: 8.504 + 595.276 + 20 - 13. */
	struct str trace = said_by(s, &status, "mutool trace %s 1", s->path);
	assert_has(trace, "<g unicode=\"g\" glyph=\"6\" x=\"108.504\" y=\"837.394\"");
	assert_has(trace, "transform=\"0 1 1 0 -226.61");
	assert_true(grey_at(s, 1, 8 + 595 + 10, 3) < 200); /* its ground bleeds */
	assert_int_equal(grey_at(s, 1, 8 + 595 + 24, 400), 255);
	assert_int_equal(grey_at(s, 1, 8 + 595 - 4, 400), 255);
	s->layout.details.spine_up = true;
	write_sheets(s, impose_cover(s->arena, &s->pages));
	trace = said_by(s, &status, "mutool trace %s 1", s->path);
	assert_has(trace, "transform=\"0 -1 -1 -0 1454.17");
	sample_close(s);
}

/* What pages are printed with, inks of their own and shapes among it, is on sheets;
 * the marks around them stay behind. */
static void inks_and_shapes_come_along(void **state)
{
	(void)state;
	struct sample *s = numbered(4);
	struct ink ink = { STR_INIT("PANTONE 300 C"), { 1000, 440, 0, 0 } };
	struct colour full = { .spot = &ink, .tint = 1000 };
	static const struct shape_part parts[] = { { { 0, 0, 30 * PT, 30 * PT }, false } };
	struct page *p = &s->pages.page[0];
	sample_fill(s, p, &full, 300 * PT, 300 * PT, 40 * PT, 40 * PT);
	struct item *code = page_add(s->arena, p, ITEM_SHAPE);
	code->shape.x = code->shape.y = 100 * PT;
	code->shape.parts = parts;
	code->shape.count = 1;
	code->shape.colour = &s->black;
	sample_fill(s, p, &colour_registration, 500 * PT, 500 * PT, 40 * PT, 40 * PT);
	p->mark_count = 1;
	s->layout.pdfx = PDFX_1A;
	write_sheets(s, impose_saddle(s->arena, &s->pages));
	assert_has(sample_plain(s), "/Separation\n");
	assert_has(sample_plain(s), "/PANTONE#20300#20C\n");
	int status, left = 28 + 595, top = 28;
	assert_true(grey_at(s, 1, left + 320, top + 320) < 160);
	assert_true(grey_at(s, 1, left + 115, top + 115) < 100);
	assert_int_equal(grey_at(s, 1, left + 520, top + 520), 255);
	struct str info = said_by(s, &status, "pdfinfo %s", s->path);
	assert_has(info, "PDF version:     1.4");
	assert_has(info, "PDF/X-1a:2003");
	sample_close(s);
}

static void the_same_sheets_the_same_bytes(void **state)
{
	(void)state;
	struct sample *one = numbered(8), *other = numbered(8);
	write_sheets(one, impose_saddle(one->arena, &one->pages));
	write_sheets(other, impose_saddle(other->arena, &other->pages));
	int status;
	said_by(one, &status, "cmp %s %s", one->path, other->path);
	assert_int_equal(status, 0);
	sample_close(one);
	sample_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boxes_follow_the_creep),
		cmocka_unit_test(pages_stand_in_their_halves),
		cmocka_unit_test(fonts_are_there_once),
		cmocka_unit_test(bleed_ends_at_the_fold),
		cmocka_unit_test(a_spine_stands_upright),
		cmocka_unit_test(inks_and_shapes_come_along),
		cmocka_unit_test(the_same_sheets_the_same_bytes),
	};
	return cmocka_run_group_tests_name("sheets", tests, NULL, NULL);
}
