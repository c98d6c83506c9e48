/* failure: disks that are full, folders that are not there, fonts that are
 * broken or forbidden: told, with nothing half-written. */
#include "pdf/whole.h"

#include <signal.h>
#include <sys/resource.h>

static void assert_only(const struct sample *s, enum diag_code code)
{
	assert_int_equal(diags_count(s->diags), 1);
	assert_string_equal(diag_name(diags_at(s->diags, 0)->code), diag_name(code));
}

/* sample_close fails if a temporary file was left. */
static void full_disk_leaves_the_old_file(void **state)
{
	(void)state;
	static const enum edition editions[] = { EDITION_PRINT, EDITION_SCREEN };
	for (size_t i = 0; i < 2; i++) {
		struct sample *s = whole_sample(editions[i]);
		assert_true(file_replace(s->path, STR("old"), s->diags));
		struct rlimit before, limit;
		assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
		limit = before;
		limit.rlim_cur = 4096;
		signal(SIGXFSZ, SIG_IGN); /* the write fails instead */
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
		bool ok = pdf_write(&s->pages, s->path, &s->world, s->diags, NULL);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
		assert_false(ok);
		assert_only(s, DIAG_FILE_WRITE);
		struct str bytes;
		assert_true(
			file_read(s->arena, s->path, 10, s->diags, (struct place){ 0 }, &bytes));
		assert_true(str_equal(bytes, STR("old")));
		sample_close(s);
	}
}

static void folder_that_is_not_there_is_told(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	char *path = path_join(s->arena, str_from(s->folder), STR("none/out.pdf"));
	assert_false(pdf_write(&s->pages, path, &s->world, s->diags, NULL));
	assert_only(s, DIAG_FILE_WRITE);
	sample_close(s);
}

static void folder_for_reading_only_is_told(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_PRINT);
	/* root may write anywhere but here */
	const char *path = geteuid() == 0 ? "/proc/out.pdf" : s->path;
	chmod(s->folder, 0500);
	assert_false(pdf_write(&s->pages, path, &s->world, s->diags, NULL));
	assert_only(s, DIAG_FILE_WRITE);
	sample_close(s);
}

/* The serif face replaced by bytes; the sample uses it. */
static struct sample *with_font(struct str bytes)
{
	struct sample *s = sample_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	sample_text(s, p, NULL, SERIF, 10 * PT, 60 * PT, 60 * PT, "Zażółć");
	sample_text(s, p, NULL, LATO, 10 * PT, 60 * PT, 90 * PT, "gęślą");
	char *path = path_join(s->arena, str_from(s->folder), STR("font.ttf"));
	assert_true(file_replace(path, bytes, s->diags));
	s->faces[SERIF].path = str_from(path);
	return s;
}

static struct str serif_bytes(struct arena *a, struct diags *d)
{
	struct str bytes;
	assert_true(file_read(a, NOTO "NotoSerif-Regular.ttf", 1 << 26, d, (struct place){ 0 },
			      &bytes));
	return bytes;
}

static void broken_font_is_told(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct str bytes = serif_bytes(a, diags_new(a));
	struct str cuts[] = { str_sub(bytes, 0, bytes.len - 1),
			      str_sub(bytes, 0, bytes.len / 2),
			      str_sub(bytes, 0, 300),
			      str_sub(bytes, 0, 5),
			      STR(""),
			      STR("This is no font, however long one reads it.") };
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		struct sample *s = with_font(cuts[i]);
		assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
		assert_only(s, DIAG_FONT_DAMAGED);
		assert_true(str_ends(diags_at(s->diags, 0)->detail, STR("font.ttf")));
		assert_false(file_exists(s->path));
		sample_close(s);
	}
	arena_close(a);
}

/* Where a table of a font begins. */
static size_t table_at(struct str font, const char *tag)
{
	for (size_t at = 12; at + 16 <= font.len; at += 16)
		if (memcmp(font.ptr + at, tag, 4) == 0) {
			size_t offset = 0;
			for (size_t i = 8; i < 12; i++)
				offset = offset << 8 | (unsigned char)font.ptr[at + i];
			return offset;
		}
	fail();
	return 0;
}

static void forbidden_font_is_told(void **state)
{
	(void)state;
	static const struct {
		unsigned char high, low;
		bool allowed;
	} types[] = {
		{ 0, 0, true },  { 0, 2, false }, { 0, 4, true }, { 0, 8, true },
		{ 1, 0, false }, { 2, 0, false }, { 0, 6, true },
	};
	struct arena *a = arena_open();
	struct str bytes = serif_bytes(a, diags_new(a));
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		char *changed = str_c(a, bytes);
		size_t at = table_at(bytes, "OS/2") + 8;
		changed[at] = (char)types[i].high;
		changed[at + 1] = (char)types[i].low;
		struct sample *s = with_font((struct str){ changed, bytes.len });
		assert_int_equal(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL),
				 types[i].allowed);
		if (!types[i].allowed)
			assert_only(s, DIAG_FONT_EMBEDDING);
		sample_close(s);
	}
	arena_close(a);
}

static void missing_font_is_told_once(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	s->faces[LATO].path = STR("/nowhere/Lato.ttf");
	assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
	assert_only(s, DIAG_FILE_MISSING);
	sample_close(s);
}

static void empty_pages_make_a_file(void **state)
{
	(void)state;
	static const enum edition editions[] = { EDITION_PRINT, EDITION_SCREEN, EDITION_LARGE };
	for (size_t i = 0; i < 3; i++) {
		struct sample *s = sample_open(editions[i]);
		for (int n = 0; n < 3; n++)
			sample_page(s);
		sample_write(s);
		sample_close(s);
	}
}

static void library_is_the_one_built_for(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	assert_true(pdf_library_fits(d));
	assert_int_equal(diags_count(d), 0);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_disk_leaves_the_old_file),
		cmocka_unit_test(folder_that_is_not_there_is_told),
		cmocka_unit_test(folder_for_reading_only_is_told),
		cmocka_unit_test(broken_font_is_told),
		cmocka_unit_test(forbidden_font_is_told),
		cmocka_unit_test(missing_font_is_told_once),
		cmocka_unit_test(empty_pages_make_a_file),
		cmocka_unit_test(library_is_the_one_built_for),
	};
	return cmocka_run_group_tests_name("failure", tests, NULL, NULL);
}
