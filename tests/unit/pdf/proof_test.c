/* proof: pictures that are damaged inside are told where they are shown, once decoded. */
#include "pdf/drawing.h"

#include "base/hash.h"

static struct str bytes_of(struct sample *s, const struct picture *p)
{
	struct str bytes;
	assert_true(
		file_read(s->arena, str_c(s->arena, p->path), 1 << 24, s->diags, p->place, &bytes));
	return bytes;
}

static void put(struct sample *s, const struct picture *p, struct str head, struct str middle,
		struct str tail)
{
	struct buf bytes;
	buf_init(&bytes, 1 << 24);
	buf_put(&bytes, head);
	buf_put(&bytes, middle);
	buf_put(&bytes, tail);
	assert_true(file_replace(str_c(s->arena, p->path), buf_str(&bytes), s->diags));
	buf_release(&bytes);
}

static void prove(struct sample *s, struct str root, struct picture *p)
{
	pdf_prove_pictures(root, &p, 1, &s->world, s->diags);
}

static void sound_ones_stay(void **unused)
{
	(void)unused;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *list[] = {
		draw_jpeg(s, "a.jpg", 160, 80, 3, false, STR("")),
		draw_jpeg(s, "b.jpg", 160, 80, 4, true, STR("")),
		draw_jpeg(s, "c.jpg", 7, 3, 1, false, STR("")),
		draw_png(s, "d.png", 90, 50, PNG_COLOR_TYPE_RGBA, 16, true),
		draw_png(s, "e.png", 1, 1, PNG_COLOR_TYPE_PALETTE, 1, false),
	};
	/* Cameras fill up before the end. */
	struct str whole = bytes_of(s, list[0]);
	put(s, list[0], str_sub(whole, 0, whole.len - 2), (struct str){ "\0\0\0\0\0", 5 },
	    STR("\xFF\xD9 and a film"));
	pdf_prove_pictures(STR(""), list, 5, &s->world, s->diags);
	assert_int_equal(diags_count(s->diags), 0);
	for (int i = 0; i < 5; i++)
		assert_true(list[i]->path.len > 0);
	sample_close(s);
}

static void damage_is_told_wherever_it_shows(void **unused)
{
	(void)unused;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_png(s, "a.png", 90, 50, PNG_COLOR_TYPE_RGB, 8, false);
	struct picture again = *p;
	struct str whole = bytes_of(s, p);
	size_t data = str_find(whole, STR("IDAT"), 0) + 20;
	char flipped = (char)(whole.ptr[data] ^ 1);
	put(s, p, str_sub(whole, 0, data), (struct str){ &flipped, 1 },
	    str_sub(whole, data + 1, whole.len));
	again.place.line = 9;
	struct picture *list[] = { p, &again };
	pdf_prove_pictures(STR(""), list, 2, &s->world, s->diags);
	assert_int_equal(diags_count(s->diags), 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(diags_at(s->diags, i)->code, DIAG_IMAGE_DAMAGED);
		assert_int_equal(diags_at(s->diags, i)->place.line, i ? 9 : 7);
		assert_int_equal(list[i]->path.len, 0);
	}
	sample_close(s);
}

static void a_jpeg_without_its_middle_is_damaged(void **unused)
{
	(void)unused;
	for (int progressive = 0; progressive < 2; progressive++) {
		struct sample *s = sample_open(EDITION_SCREEN);
		struct picture *p = draw_jpeg(s, "a.jpg", 160, 80, 3, progressive, STR(""));
		struct str whole = bytes_of(s, p);
		put(s, p, str_sub(whole, 0, whole.len - 120), STR("\xFF\xD9"), STR(""));
		prove(s, STR(""), p);
		assert_true(reported(s, DIAG_IMAGE_DAMAGED));
		assert_int_equal(p->path.len, 0);
		sample_close(s);
	}
}

static void what_is_left_over_is_a_doubt(void **unused)
{
	(void)unused;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct picture *p = draw_jpeg(s, "a.jpg", 160, 80, 3, false, STR(""));
	struct str whole = bytes_of(s, p);
	put(s, p, str_sub(whole, 0, whole.len - 2), STR("glosglos"), STR("\xFF\xD9"));
	prove(s, STR(""), p);
	assert_int_equal(diags_count(s->diags), 1);
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_IMAGE_DOUBTFUL);
	assert_true(p->path.len > 0);
	sample_close(s);
}

/* The file is gone and nobody notices; a doubt is not forgotten. */
static void what_was_found_is_remembered(void **unused)
{
	(void)unused;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct str root = str_from(path_join(s->arena, str_from(s->folder), STR("r")));
	for (int doubtful = 0; doubtful < 2; doubtful++) {
		struct picture *p = draw_jpeg(s, "a.jpg", 160, 80, 3, false, STR(""));
		struct str whole = bytes_of(s, p);
		if (doubtful)
			put(s, p, str_sub(whole, 0, whole.len - 2), STR("glos"), STR("\xFF\xD9"));
		whole = bytes_of(s, p);
		p->hash = hash_of(whole);
		p->bytes = whole.len;
		struct picture again = *p;
		prove(s, root, p);
		assert_int_equal(unlink(str_c(s->arena, p->path)), 0);
		again.place.line = 9;
		prove(s, root, &again);
		assert_true(again.path.len > 0);
		assert_int_equal(diags_count(s->diags), 2 * doubtful);
		again.hash++; /* what is not known is looked at */
		prove(s, root, &again);
		assert_true(reported(s, DIAG_FILE_MISSING));
		assert_int_equal(again.path.len, 0);
		s->diags = diags_new(s->arena);
	}
	int status;
	said_by(s, &status, "rm -r %s", root.ptr);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_ones_stay),
		cmocka_unit_test(damage_is_told_wherever_it_shows),
		cmocka_unit_test(a_jpeg_without_its_middle_is_damaged),
		cmocka_unit_test(what_is_left_over_is_a_doubt),
		cmocka_unit_test(what_was_found_is_remembered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
