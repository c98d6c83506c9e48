/* Sheets as a file: what others read and see on them. */
#include "pdf/sample.h"

#include "impose/impose.h"

static struct sample *numbered(size_t count)
{
	struct sample *s = sample_open(EDITION_PRINT);
	s->layout.text = &s->black;
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

static void the_same_sheets_the_same_bytes(void **state)
{
	(void)state;
	struct sample *one = numbered(12), *other = numbered(12);
	write_sheets(one, impose_cover(one->arena, &one->pages));
	write_sheets(other, impose_cover(other->arena, &other->pages));
	int status;
	said_by(one, &status, "cmp %s %s", one->path, other->path);
	assert_int_equal(status, 0);
	sample_close(one);
	sample_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_spine_stands_upright),
		cmocka_unit_test(the_same_sheets_the_same_bytes),
	};
	return cmocka_run_group_tests_name("sheets", tests, NULL, NULL);
}
