#include "desk.h"

#include "base/hash.h"
#include "source/image.h"

static struct picture picture_of(struct desk *d, const char *name, struct str bytes)
{
	struct picture p = { .src = str_from(name), .place = { STR("a.md"), 3, 1 } };
	desk_put(d, name, bytes);
	image_read(&d->reader, str_from(d->folder), &p);
	return p;
}

static void headers_tell_size_and_colours(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct picture png = picture_of(&d, "a.PNG", tiny_png());
	assert_int_equal(png.format, PICTURE_PNG);
	assert_int_equal(png.columns, 800);
	assert_int_equal(png.rows, 600);
	assert_int_equal(png.components, 3);
	assert_true(png.path.len > 0);
	assert_int_equal(png.bytes, tiny_png().len);
	struct picture jpeg = picture_of(&d, "a.jpeg", tiny_jpeg());
	assert_int_equal(jpeg.format, PICTURE_JPEG);
	assert_int_equal(jpeg.columns, 800);
	assert_int_equal(jpeg.rows, 600);
	assert_int_equal(jpeg.components, 3);
	assert_int_equal(jpeg.orientation, 1);
	assert_said(&d, "");
	desk_close(&d);
}

static void content_names_the_picture(void **state)
{
	(void)state;
	struct desk d = desk_open();
	/* Longer than one block of reading: every byte counts. */
	char tail[100 * 1024];
	memset(tail, 'x', sizeof tail);
	struct buf b;
	buf_init(&b, 1 << 20);
	buf_put(&b, str_sub(tiny_jpeg(), 0, tiny_jpeg().len - 2));
	buf_put_bytes(&b, tail, sizeof tail);
	buf_put_c(&b, "\xFF\xD9");
	struct picture p = picture_of(&d, "a.jpg", buf_str(&b));
	assert_true(p.hash == hash_of(buf_str(&b)));
	b.ptr[b.len - 3] = 'y';
	assert_true(picture_of(&d, "b.jpg", buf_str(&b)).hash != p.hash);
	assert_true(picture_of(&d, "c.jpg", tiny_jpeg()).hash == hash_of(tiny_jpeg()));
	assert_said(&d, "");
	buf_release(&b);
	desk_close(&d);
}

/* Puts an EXIF block with this orientation behind the JPEG's first marker. */
static struct str with_exif(struct arena *a, bool big, int orientation)
{
	char little[] = "\xFF\xE1\0\x22"
			"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
	char large[] = "\xFF\xE1\0\x22"
		       "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
	little[28] = (char)orientation;
	large[29] = (char)orientation;
	struct str exif = { big ? large : little, 36 };
	struct str start = str_sub(tiny_jpeg(), 0, 2), rest = str_sub(tiny_jpeg(), 2, 1000);
	struct buf b;
	buf_init(&b, 1000);
	buf_put(&b, start);
	buf_put(&b, exif);
	buf_put(&b, rest);
	struct str s = str_copy(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void exif_turns_are_known(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct picture p = picture_of(&d, "a.jpg", with_exif(d.arena, false, 6));
	assert_int_equal(p.orientation, 6);
	assert_int_equal(picture_upright_columns(&p), 600);
	assert_int_equal(picture_of(&d, "b.jpg", with_exif(d.arena, true, 8)).orientation, 8);
	assert_int_equal(picture_of(&d, "c.jpg", with_exif(d.arena, true, 99)).orientation, 1);
	assert_said(&d, "");
	desk_close(&d);
}

/* A file that ends anywhere is told, and never read beyond. */
static void every_truncation_is_told(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct str whole[] = { tiny_png(), with_exif(a, true, 3) };
	const char *names[] = { "a.png", "a.jpg" };
	for (size_t i = 0; i < 2; i++) {
		for (size_t len = 0; len < whole[i].len; len++) {
			struct desk d = desk_open();
			struct picture p = picture_of(&d, names[i], str_sub(whole[i], 0, len));
			assert_int_equal(p.path.len, 0);
			assert_int_equal(diags_level_count(d.diags, DIAG_LEVEL_ERROR), 1);
			desk_close(&d);
		}
	}
	arena_close(a);
}

static void what_cameras_leave_behind_the_end_is_no_damage(void **state)
{
	(void)state;
	struct desk d = desk_open();
	char tail[5000] = { 0 };
	struct buf b;
	buf_init(&b, 10000);
	buf_put(&b, tiny_jpeg());
	buf_put_bytes(&b, tail, sizeof tail);
	assert_true(picture_of(&d, "a.jpg", buf_str(&b)).path.len > 0);
	buf_release(&b);
	desk_close(&d);
}

/* Of 20,000 x 20,000 pixels: line by line, and only when all was read. */
static void large_pictures_are_fine_unless_progressive(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct desk d = desk_open();
		char *jpeg = str_c(d.arena, tiny_jpeg());
		jpeg[3] = (char)(i ? 0xC2 : 0xC0);
		memcpy(jpeg + 7, "\x4E\x20\x4E\x20", 4);
		struct picture p = picture_of(&d, "a.jpg", (struct str){ jpeg, tiny_jpeg().len });
		assert_int_equal(p.path.len > 0, !i);
		assert_said(&d, i ? "a.md:3:1 image-damaged a.jpg: a progressive JPEG of so many "
				    "pixels takes too much memory (save it as an ordinary one "
				    "(baseline), or smaller)\n"
				  : "");
		desk_close(&d);
	}
}

static void other_formats_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct str bytes;
		const char *said;
	} cases[] = {
		{ "a.jpg", STR_INIT("GIF89a.........."),
		  "a.md:3:1 image-format a.jpg is GIF (save it "
		  "as JPEG (photographs) or PNG (drawings))\n" },
		{ "a.webp", STR_INIT("RIFF....WEBPVP8 "),
		  "a.md:3:1 image-format a.webp is WebP (save "
		  "it as JPEG (photographs) or PNG "
		  "(drawings))\n" },
		{ "a.svg", STR_INIT("<svg xmlns='...'>"),
		  "a.md:3:1 image-format a.svg is SVG (save it "
		  "as JPEG (photographs) or PNG (drawings))\n" },
		{ "a.txt", STR_INIT("Just some words."),
		  "a.md:3:1 image-format a.txt is no picture "
		  "(save it as JPEG (photographs) or PNG "
		  "(drawings))\n" },
		{ "a.jpg", STR_INIT(""),
		  "a.md:3:1 image-damaged a.jpg: the file is empty (copy it again from where it "
		  "came)\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk d = desk_open();
		picture_of(&d, cases[i].name, cases[i].bytes);
		assert_said(&d, cases[i].said);
		desk_close(&d);
	}
	struct desk d = desk_open();
	picture_of(&d, "a.png", tiny_jpeg());
	assert_said(&d, "a.md:3:1 image-format a.png is JPEG (rename it to a.jpg)\n");
	desk_close(&d);
}

static void missing_pictures_name_the_nearest(void **state)
{
	(void)state;
	struct desk d = desk_open();
	desk_put(&d, "img/Tower.jpg", tiny_jpeg());
	struct picture p = { .src = STR("img/tower.jpg"), .place = { STR("a.md"), 3, 1 } };
	assert_false(image_read(&d.reader, str_from(d.folder), &p));
	p.src = STR("imgs/tower.jpg");
	assert_false(image_read(&d.reader, str_from(d.folder), &p));
	p.src = STR("img");
	assert_false(image_read(&d.reader, str_from(d.folder), &p));
	assert_said(&d, "a.md:3:1 image-missing img/tower.jpg (the folder has img/Tower.jpg)\n"
			"a.md:3:1 image-missing imgs/tower.jpg (there is no folder imgs/)\n"
			"a.md:3:1 image-missing img is a folder, not a file (name a file, or put "
			"one there)\n");
	desk_close(&d);
}

/* Any bytes whatever: told or taken, never a crash. */
static void random_bytes_do_no_harm(void **state)
{
	(void)state;
	uint64_t seed = 20260317;
	struct desk d = desk_open();
	for (int i = 0; i < 300; i++) {
		bool png = i % 2;
		struct str base = png ? tiny_png() : with_exif(d.arena, i % 4 == 0, 6);
		char bytes[128];
		memcpy(bytes, base.ptr, base.len);
		for (int k = 0; k < 3; k++)
			bytes[8 + random_next(&seed) % (base.len - 8)] = (char)random_next(&seed);
		picture_of(&d, png ? "a.png" : "a.jpg", (struct str){ bytes, base.len });
	}
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_tell_size_and_colours),
		cmocka_unit_test(content_names_the_picture),
		cmocka_unit_test(exif_turns_are_known),
		cmocka_unit_test(every_truncation_is_told),
		cmocka_unit_test(what_cameras_leave_behind_the_end_is_no_damage),
		cmocka_unit_test(large_pictures_are_fine_unless_progressive),
		cmocka_unit_test(other_formats_are_named),
		cmocka_unit_test(missing_pictures_name_the_nearest),
		cmocka_unit_test(random_bytes_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
