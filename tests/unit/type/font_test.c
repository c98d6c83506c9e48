#include "sample.h"

#include "base/file.h"
#include "type/font.h"

#include <unistd.h>

static void nothing_is_opened_before_it_is_asked_for(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	s->faces[LATO_BOLD].path = STR("/nowhere/Lato-Bold.ttf");
	sample_set(s, STR("Dzień dobry"), "pl", 100000, TEXT_LEFT);
	assert_int_equal(diags_count(s->diags), 0);
	assert_null(font_open(s->type, &s->faces[LATO_BOLD]));
	assert_null(font_open(s->type, &s->faces[LATO_BOLD]));
	assert_int_equal(diags_count(s->diags), 1); /* told once */
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_FILE_MISSING);
	sample_close(s);
}

static void the_nearest_face_is_chosen(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	const struct family *serif = &s->families[0];
	assert_ptr_equal(font_of_family(s->type, serif, 400, false)->face, &s->faces[SERIF]);
	assert_ptr_equal(font_of_family(s->type, serif, 900, false)->face, &s->faces[SERIF_BOLD]);
	assert_ptr_equal(font_of_family(s->type, serif, 700, true)->face, &s->faces[SERIF_ITALIC]);
	sample_close(s);
}

static void metrics_are_the_fonts(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct type_metrics m = type_metrics(s->type, &s->body);
	assert_int_equal(m.ascender, 10690); /* Noto Serif: 1069/1000 */
	assert_int_equal(m.descender, 2930);
	assert_int_equal(m.cap_height, 7140);
	assert_int_equal(m.x_height, 5360);
	sample_close(s);
}

static void fallback_by_character(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct font *lato = font_open(s->type, &s->faces[LATO_REGULAR]);
	assert_ptr_equal(font_for(s->type, lato, 400, false, 'a'), lato);
	/* A letter of Abkhaz, which Noto Serif has; an Old Italic one, which none has. */
	assert_ptr_equal(font_for(s->type, lato, 700, false, 0x0515)->face, &s->faces[SERIF_BOLD]);
	assert_null(font_for(s->type, lato, 400, false, 0x10300));
	sample_close(s);
}

/* Writes the first len bytes of Lato, the byte at `at` changed, as a font of the sample. */
static struct sample *with_damaged(size_t len, size_t at, char byte, char *path)
{
	struct sample *s = sample_open();
	struct str file;
	assert_true(file_read(s->arena, LATO "Lato-Regular.ttf", 1 << 24, s->diags,
			      (struct place){ 0 }, &file));
	char *copy = arena_alloc(s->arena, file.len);
	memcpy(copy, file.ptr, file.len);
	copy[at] = byte;
	if (len > file.len)
		len = file.len;
	assert_true(file_replace(path, (struct str){ copy, len }, s->diags));
	s->faces[LATO_REGULAR].path = str_from(path);
	return s;
}

static void damaged_fonts_are_told_and_stood_in_for(void **state)
{
	(void)state;
	static const struct {
		size_t len, at;
		char byte;
	} cases[] = {
		{ 0, 0, 0 },       { 3, 0, 0 },         { 12, 0, 0 },
		{ 200, 0, 0 },     { 100000, 0, 0 },    { 1 << 30, 0, 'x' },
		{ 1 << 30, 5, 0 }, { 1 << 30, 4, 127 }, { 1 << 30, 20, 127 },
	};
	char path[] = "/tmp/glos-font-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample *s = with_damaged(cases[i].len, cases[i].at, cases[i].byte, path);
		s->body.family = &s->families[2];
		struct lines l = sample_set(s, STR("Szkoda czcionki"), "pl", 200000, TEXT_LEFT);
		assert_int_equal(l.count, 1);
		assert_ptr_equal(l.line[0].runs[0].glyphs.face, &s->faces[LATO_BOLD]);
		assert_int_equal(diags_count(s->diags), 1);
		assert_int_equal(diags_at(s->diags, 0)->code, DIAG_FONT_DAMAGED);
		sample_close(s);
	}
	unlink(path);
}

/* Whatever bytes a font file holds: a diagnostic or lines, never a crash. */
static void scrambled_fonts_do_no_harm(void **state)
{
	(void)state;
	char path[] = "/tmp/glos-font-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	uint64_t seed = 20260317;
	for (int n = 0; n < 60; n++) {
		size_t at = random_next(&seed) % (n % 2 ? 400 : 300000);
		struct sample *s =
			with_damaged(1 << 30, at, (char)(random_next(&seed) & 0xFF), path);
		s->body.family = &s->families[2];
		sample_set(s, STR("Zażółć gęślą jaźń – fi 123 Кирилиця"), "pl", 50000,
			   TEXT_JUSTIFIED);
		type_metrics(s->type, &s->body);
		sample_close(s);
	}
	unlink(path);
}

static void without_any_font_there_are_no_lines(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	for (int i = 0; i < SAMPLE_FACES; i++)
		s->faces[i].path = STR("/dev/null");
	struct lines l = sample_set(s, STR("Nic"), "pl", 100000, TEXT_JUSTIFIED);
	assert_int_equal(l.count, 0);
	assert_true(diags_failed(s->diags));
	struct span span = sample_span(s, STR("12"), "pl");
	assert_int_equal(line_set(s->type, s->arena, &span, 1, s->diags).run_count, 0);
	assert_true(type_metrics(s->type, &s->body).cap_height > 0);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_opened_before_it_is_asked_for),
		cmocka_unit_test(the_nearest_face_is_chosen),
		cmocka_unit_test(metrics_are_the_fonts),
		cmocka_unit_test(fallback_by_character),
		cmocka_unit_test(damaged_fonts_are_told_and_stood_in_for),
		cmocka_unit_test(scrambled_fonts_do_no_harm),
		cmocka_unit_test(without_any_font_there_are_no_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
