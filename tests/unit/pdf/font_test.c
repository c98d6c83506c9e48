/* font: what is embedded of a face, and the two ways of TrueType and CFF. */
#include "pdf/sample.h"

#define CFF "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf"

static struct sample *with_cff(struct page **page)
{
	struct sample *s = sample_open(EDITION_SCREEN);
	*page = sample_page(s);
	s->faces[SERIF].path = STR(CFF);
	if (!file_exists(CFF)) {
		sample_close(s);
		print_message("# no fonts-linuxlibertine\n");
		skip();
	}
	return s;
}

static void cff_text_reads_back(void **state)
{
	(void)state;
	struct page *p;
	struct sample *s = with_cff(&p);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 100 * PT, "Zażółć gęślą jaźń, ефект ");
	struct item *item = sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 120 * PT, "ooo immuno-");
	item->glyphs.text = STR("xyz immuno\xC2\xAD");
	sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 140 * PT, "terapia o -");
	sample_write(s);
	int status;
	struct str text = said_by(s, &status, "pdftotext %s -", s->path);
	assert_has(text, "Zażółć gęślą jaźń, ефект");
	assert_has(text, "xyz ");
	assert_has(text, "terapia o -");
	struct str heard = said_by(s, &status, "pdfinfo -struct-text %s", s->path);
	assert_has(heard, "ефект xyz immunoterapia o -");
	struct str fonts = said_by(s, &status, "pdffonts %s", s->path);
	assert_has(fonts, "CID Type 0C");
	assert_has(fonts, "yes yes yes");
	sample_close(s);
}

static void cff_is_drawn(void **state)
{
	(void)state;
	struct page *p;
	struct sample *s = with_cff(&p);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	sample_text(s, p, e, SERIF, 200 * PT, 50 * PT, 200 * PT, "I");
	sample_write(s);
	int status; /* the stem of the letter: black in a white field */
	struct str ppm =
		said_by(s, &status, "pdftoppm -gray -r 72 -x 50 -y 130 -W 80 -H 1 %s", s->path);
	size_t dark = 0;
	for (size_t i = ppm.len - 80; i < ppm.len; i++)
		dark += (unsigned char)ppm.ptr[i] < 80;
	assert_true(dark > 8 && dark < 40);
	sample_close(s);
}

static void only_used_glyphs_are_embedded(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	s->layout.profile = STR("");
	struct page *p = sample_page(s);
	sample_text(s, p, NULL, LATO, 12 * PT, 60 * PT, 100 * PT, "abc");
	uint64_t bytes;
	assert_true(pdf_write(&s->pages, s->path, &s->world, s->diags, &bytes));
	assert_true(bytes < 8000); /* the face has 600 KB */
	struct str plain = sample_plain(s);
	assert_has(plain, "/CIDToGIDMap ");
	assert_has(plain, "<0001> <0061>\n<0002> <0062>\n<0003> <0063>\n");
	sample_close(s);
}

static void name_of_subset_follows_its_glyphs(void **state)
{
	(void)state;
	static const char *const texts[] = { "abc", "abc", "abd" };
	struct str names[3];
	struct arena *a = arena_open();
	for (size_t i = 0; i < 3; i++) {
		struct sample *s = sample_open(EDITION_PRINT);
		sample_text(s, sample_page(s), NULL, LATO, 12 * PT, 60 * PT, 100 * PT, texts[i]);
		sample_write(s);
		int status;
		names[i] = str_copy(a, said_by(s, &status, "pdffonts %s | tail -1 | cut -c1-17",
					       s->path));
		assert_has(names[i], "+Lato-Black");
		sample_close(s);
	}
	assert_true(str_equal(names[0], names[1]));
	assert_false(str_equal(names[0], names[2]));
	arena_close(a);
}

/* The character that no font has shows nothing rather than .notdef, which the
 * standards forbid. */
static void missing_glyph_is_not_shown(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item = sample_text(s, sample_page(s), e, LATO, 12 * PT, 60 * PT, 100 * PT,
					"a\xE4\xB8\xADz");
	assert_int_equal(item->glyphs.glyphs[1].id, 0);
	sample_write(s);
	int status;
	struct str trace = said_by(s, &status, "mutool trace %s", s->path);
	assert_has(trace, "unicode=\"a\"");
	assert_has(trace, "unicode=\"z\"");
	assert_false(has(trace, "glyph=\".notdef\""));
	assert_false(has(trace, "gid=\"0\""));
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cff_text_reads_back),
		cmocka_unit_test(cff_is_drawn),
		cmocka_unit_test(only_used_glyphs_are_embedded),
		cmocka_unit_test(name_of_subset_follows_its_glyphs),
		cmocka_unit_test(missing_glyph_is_not_shown),
	};
	return cmocka_run_group_tests_name("font", tests, NULL, NULL);
}
