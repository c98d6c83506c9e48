/* rendition, draw: pictures and pages for screens that show no PDF. */
#include "pdf/drawing.h"
#include "pdf/jpeg.h"
#include "pdf/png.h"
#include "pdf/rendition.h"

#include "base/hash.h"

#include <stdlib.h>

static struct str make(struct sample *s, const struct picture *p, struct rendition r)
{
	struct buf out;
	buf_init(&out, 1 << 24);
	assert_true(pdf_renditions(NULL, p, &r, 1, &out, s->diags));
	struct str bytes = str_copy(s->arena, buf_str(&out));
	buf_release(&out);
	return bytes;
}

static struct raster decoded(struct sample *s, struct str bytes, int columns, int rows)
{
	struct raster r;
	struct str reason;
	struct wish w = { columns, rows, { 0, 0, columns, rows }, columns, rows, false };
	bool png = str_starts(bytes, STR("\x89PNG"));
	assert_true((png ? png_read : jpeg_read)(s->arena, bytes, &w, &r, &reason));
	return r;
}

static int sample_at(const struct raster *r, int x, int y, int channel)
{
	return r->pixels[(y * r->columns + x) * r->channels + channel];
}

static bool is_red(const struct raster *r, int x, int y)
{
	return sample_at(r, x, y, 0) > 180 && sample_at(r, x, y, 2) < 60;
}

/* Exif 2.3: where the stored upper left corner comes to lie. */
static void each_turn_stands_upright(void **state)
{
	(void)state;
	static const struct {
		bool right, foot;
	} corners[] = { [1] = { 0, 0 }, [2] = { 1, 0 }, [3] = { 1, 1 }, [4] = { 0, 1 },
			[5] = { 0, 0 }, [6] = { 1, 0 }, [7] = { 1, 1 }, [8] = { 0, 1 } };
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 160, 80, 3, false, STR(""));
	for (int turn = 1; turn <= 8; turn++) {
		p->orientation = turn;
		int columns = turn < 5 ? 80 : 40, rows = turn < 5 ? 40 : 80;
		struct str bytes = make(s, p, (struct rendition){ columns, rows, 1 << 20 });
		struct raster r = decoded(s, bytes, columns, rows);
		for (int i = 0; i < 4; i++) {
			bool right = i & 1, foot = i & 2;
			bool here = right == corners[turn].right && foot == corners[turn].foot;
			assert_int_equal(is_red(&r, right ? columns - 8 : 8, foot ? rows - 8 : 8),
					 here);
		}
		assert_false(has(bytes, "secret"));
		assert_false(has(bytes, "Exif"));
	}
	sample_close(s);
}

static void other_proportions_are_cut(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 400, 200, 3, false, STR(""));
	/* The middle square: red from its left edge to the picture's middle. */
	struct raster r = decoded(s, make(s, p, (struct rendition){ 100, 100, 1 << 20 }), 100, 100);
	assert_true(is_red(&r, 4, 4));
	assert_true(is_red(&r, 44, 44));
	assert_false(is_red(&r, 56, 4));
	assert_false(is_red(&r, 4, 56));
	/* A tall one: a quarter of what is left out is above. */
	p = draw_jpeg(s, "b.jpg", 200, 400, 3, false, STR(""));
	r = decoded(s, make(s, p, (struct rendition){ 100, 100, 1 << 20 }), 100, 100);
	assert_true(is_red(&r, 4, 70));
	assert_false(is_red(&r, 4, 80));
	sample_close(s);
}

static void none_is_larger_than_its_picture(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 60, 30, 3, false, STR(""));
	decoded(s, make(s, p, (struct rendition){ 1000, 500, 1 << 20 }), 60, 30);
	sample_close(s);
}

static void inks_and_greys_become_light(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 80, 40, 4, false, STR(""));
	struct raster r = decoded(s, make(s, p, (struct rendition){ 40, 20, 1 << 20 }), 40, 20);
	assert_int_equal(r.channels, 3);
	/* 220 of cyan, 20 of the others: black ink darkens the rest. */
	assert_in_range(sample_at(&r, 4, 4, 0), 0, 40);
	assert_in_range(sample_at(&r, 4, 4, 1), 190, 235);
	p = draw_jpeg(s, "b.jpg", 80, 40, 1, false, STR(""));
	r = decoded(s, make(s, p, (struct rendition){ 40, 20, 1 << 20 }), 40, 20);
	assert_int_equal(r.channels, 1);
	sample_close(s);
}

static void drawings_keep_what_they_let_through(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_png(s, "a.png", 80, 40, PNG_COLOR_TYPE_RGBA, 8, false);
	assert_true(picture_is_drawing(p));
	struct str bytes = make(s, p, (struct rendition){ 40, 20, 1 });
	struct raster r = decoded(s, bytes, 40, 20);
	assert_true(str_starts(bytes, STR("\x89PNG")));
	assert_non_null(r.alpha);
	assert_in_range(r.alpha[1], 240, 255);
	assert_in_range(r.alpha[38], 0, 16);
	/* One that does not pack is a photograph, on white. */
	p->bytes = 1 << 20;
	assert_false(picture_is_drawing(p));
	bytes = make(s, p, (struct rendition){ 40, 20, 1 << 20 });
	assert_true(str_starts(bytes, STR("\xFF\xD8")));
	r = decoded(s, bytes, 40, 20);
	assert_in_range(sample_at(&r, 38, 15, 1), 235, 255);
	sample_close(s);
}

static void large_files_are_coded_more_coarsely(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 400, 300, 3, false, STR(""));
	struct rendition r = { 400, 300, 1 << 20 };
	size_t fine = make(s, p, r).len;
	r.bytes_at_most = fine * 7 / 10;
	size_t coarse = make(s, p, r).len;
	assert_true(coarse < fine && coarse > 0);
	sample_close(s);
}

static void several_are_like_each_alone(void **state)
{
	(void)state;
	static const struct rendition wanted[] = { { 50, 25, 1 << 20 }, { 100, 50, 1 << 20 } };
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 200, 100, 3, false, STR(""));
	struct buf out[2];
	for (int i = 0; i < 2; i++)
		buf_init(&out[i], 1 << 24);
	assert_true(pdf_renditions(NULL, p, wanted, 2, out, s->diags));
	struct raster r = decoded(s, buf_str(&out[0]), 50, 25);
	assert_true(is_red(&r, 4, 4));
	assert_true(str_equal(buf_str(&out[1]), make(s, p, wanted[1])));
	for (int i = 0; i < 2; i++)
		buf_release(&out[i]);
	sample_close(s);
}

static void what_was_made_is_kept(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 80, 40, 3, false, STR(""));
	struct rendition wanted = { 40, 20, 1 << 20 };
	struct str file;
	struct buf first, second;
	char *root = path_join(s->arena, str_from(s->folder), STR("r"));
	assert_true(
		file_read(s->arena, str_c(s->arena, p->path), 1 << 20, s->diags, p->place, &file));
	p->hash = hash_of(file);
	p->bytes = file.len;
	buf_init(&first, 1 << 24);
	buf_init(&second, 1 << 24);
	assert_true(pdf_renditions(root, p, &wanted, 1, &first, s->diags));
	assert_int_equal(unlink(str_c(s->arena, p->path)), 0);
	assert_true(pdf_renditions(root, p, &wanted, 1, &second, s->diags));
	assert_true(str_equal(buf_str(&first), buf_str(&second)));
	buf_release(&first);
	buf_release(&second);
	int status;
	said_by(s, &status, "rm -r %s", root);
	sample_close(s);
}

static void damaged_files_are_told(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 80, 40, 3, false, STR(""));
	struct rendition wanted = { 40, 20, 1 << 20 };
	struct buf out;
	buf_init(&out, 1 << 24);
	p->rows = 41;
	assert_false(pdf_renditions(NULL, p, &wanted, 1, &out, s->diags));
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_IMAGE_DAMAGED);
	p->path = STR("/nie/ma.jpg");
	assert_false(pdf_renditions(NULL, p, &wanted, 1, &out, s->diags));
	assert_int_equal(diags_at(s->diags, 1)->code, DIAG_FILE_MISSING);
	buf_release(&out);
	sample_close(s);
}

static struct raster drawn(struct sample *s, int columns, int rows)
{
	struct buf out;
	buf_init(&out, 1 << 24);
	assert_true(pdf_draw(&s->pages, 0, columns, rows, &out, s->diags));
	struct raster r = decoded(s, str_copy(s->arena, buf_str(&out)), columns, rows);
	buf_release(&out);
	return r;
}

static void pages_are_drawn_in_their_order(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *page = sample_page(s);
	struct picture *p = draw_jpeg(s, "a.jpg", 20, 10, 3, false, STR(""));
	sample_fill(s, page, &s->teal, 0, 0, 100 * PT, 100 * PT);
	/* Fewer pixels than the frame has. */
	sample_picture(s, page, NULL, p, 100 * PT, 0, 80 * PT);
	sample_fill(s, page, &s->black, 40 * PT, 40 * PT, 20 * PT, 20 * PT);
	struct raster r = drawn(s, 200, 120);
	assert_in_range(sample_at(&r, 10, 10, 0), 5, 25);
	assert_in_range(sample_at(&r, 10, 10, 1), 97, 117);
	assert_true(is_red(&r, 110, 10));
	assert_false(is_red(&r, 170, 10));
	assert_in_range(sample_at(&r, 50, 50, 1), 16, 36);
	assert_in_range(sample_at(&r, 150, 110, 1), 245, 255);
	sample_close(s);
}

/* Ink of a letter: how much, and where it is. */
static void letters_have_their_shapes(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *page = sample_page(s);
	/* An O of Lato Black: a ring with a hole, about 0.72 em high. */
	sample_text(s, page, NULL, LATO, 100 * PT, 20 * PT, 100 * PT, "O");
	struct raster r = drawn(s, 120, 120);
	int left = 120, right = 0, top = 120, foot = 0, ink = 0;
	for (int y = 0; y < 120; y++)
		for (int x = 0; x < 120; x++) {
			if (sample_at(&r, x, y, 1) > 128)
				continue;
			ink++;
			left = x < left ? x : left;
			right = x > right ? x : right;
			top = y < top ? y : top;
			foot = y > foot ? y : foot;
		}
	assert_in_range(top, 24, 30);
	assert_in_range(foot, 98, 104);
	assert_in_range(left, 21, 26);
	assert_in_range(right - left, 70, 84);
	assert_in_range(sample_at(&r, (left + right) / 2, (top + foot) / 2, 1), 240, 255);
	/* The ring covers about half of what surrounds it. */
	assert_in_range(ink, 2400, 3800);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_turn_stands_upright),
		cmocka_unit_test(other_proportions_are_cut),
		cmocka_unit_test(none_is_larger_than_its_picture),
		cmocka_unit_test(inks_and_greys_become_light),
		cmocka_unit_test(drawings_keep_what_they_let_through),
		cmocka_unit_test(large_files_are_coded_more_coarsely),
		cmocka_unit_test(several_are_like_each_alone),
		cmocka_unit_test(what_was_made_is_kept),
		cmocka_unit_test(damaged_files_are_told),
		cmocka_unit_test(pages_are_drawn_in_their_order),
		cmocka_unit_test(letters_have_their_shapes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
