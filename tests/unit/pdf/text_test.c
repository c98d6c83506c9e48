/* text: what is set can be read again, and stands where it was put. */
#include "pdf/sample.h"

static const char *const sentences[] = {
	"Zażółć gęślą jaźń: efekt finału, „próba” – koordynator.",
	"Vær så snill: blåbærsyltetøy på Ås, «æøå».",
	"З’їзд пацієнтів: «Ґанок», їжак, щастя — №1.",
	"Five efficient officers (fluffy) \\ 50% x 2\r",
};

static void fill(struct sample *s)
{
	struct page *p = sample_page(s);
	for (size_t i = 0; i < 4; i++) {
		struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
		sample_text(s, p, e, i % 2 ? SANS_BOLD : SERIF, 11 * PT, 60 * PT,
			    (100 + 30 * (int)i) * PT, sentences[i]);
	}
}

static void reads_back(enum edition edition)
{
	struct sample *s = sample_open(edition);
	fill(s);
	sample_write(s);
	int status;
	struct str text = said_by(s, &status, "pdftotext -layout %s -", s->path);
	for (size_t i = 0; i < 3; i++)
		assert_has(text, sentences[i]);
	assert_has(text, "Five efficient officers (fluffy) \\ 50% x 2");
	struct str fonts = said_by(s, &status, "pdffonts %s", s->path);
	struct str line, rest = fonts;
	size_t count = 0;
	for (int n = 0; str_cut(&rest, '\n', &line); n++)
		if (n > 1 && line.len) {
			assert_has(line, "yes yes yes");
			assert_true(line.ptr[6] == '+');
			count++;
		}
	assert_int_equal(count, 2);
	sample_close(s);
}

static void text_of_print_reads_back(void **state)
{
	(void)state;
	reads_back(EDITION_PRINT);
}

static void text_of_screen_reads_back(void **state)
{
	(void)state;
	reads_back(EDITION_SCREEN);
}

static void text_of_large_reads_back(void **state)
{
	(void)state;
	reads_back(EDITION_LARGE);
}

static void small_caps_read_as_letters(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item = sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 100 * PT, "");
	item->glyphs = sample_shape(s, SERIF, 12 * PT, "głos pacjenta 1/2026", "smcp");
	item->glyphs.x = 60 * PT;
	item->glyphs.y = 100 * PT;
	sample_write(s);
	int status;
	assert_has(said_by(s, &status, "pdftotext %s -", s->path), "głos pacjenta 1/2026");
	sample_close(s);
}

/* A glyph that says two things (the same outline for Latin o and Cyrillic о is
 * forced here) is read as what it says at each place. */
static void one_glyph_says_two_things(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 100 * PT, "ooo");
	struct item *other = sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 130 * PT, "ooo");
	other->glyphs.text = STR("xyz");
	sample_write(s);
	int status;
	struct str text = said_by(s, &status, "pdftotext %s -", s->path);
	assert_has(text, "ooo");
	assert_has(text, "xyz");
	sample_close(s);
}

/* A cluster of several glyphs is read as its text, once. */
static void cluster_of_glyphs_reads_as_its_text(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item = sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 100 * PT, "ab1/2cd");
	item->glyphs.text = STR("ab½cd");
	static const unsigned short clusters[] = { 0, 1, 2, 2, 2, 4, 5 };
	assert_int_equal(item->glyphs.glyph_count, 7);
	for (size_t i = 0; i < 7; i++)
		item->glyphs.glyphs[i].text = clusters[i];
	sample_write(s);
	int status;
	assert_has(said_by(s, &status, "pdftotext %s -", s->path), "ab½cd");
	sample_close(s);
}

/* Two glyphs, two characters, one cluster: each says its own. */
static void letter_and_mark_read_as_two(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item = sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 100 * PT, "xab");
	item->glyphs.text = STR("xq\xCC\x81"); /* q and U+0301 */
	item->glyphs.glyphs[2].text = 1;
	sample_write(s);
	int status;
	assert_has(said_by(s, &status, "pdftotext %s -", s->path), "xq\xCC\x81");
	assert_false(has(sample_plain(s), "ActualText"));
	sample_close(s);
}

/* U+00AD within a line is a place for a division that was not needed. */
static void unused_division_is_silent(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	sample_text(s, p, e, SERIF, 12 * PT, 60 * PT, 100 * PT,
		    "immuno\xC2\xADterapia\xE2\x80\x8B!");
	sample_write(s);
	int status;
	assert_has(said_by(s, &status, "pdftotext %s -", s->path), "immunoterapia!");
	sample_close(s);
}

static struct str struct_text(struct sample *s)
{
	int status;
	return said_by(s, &status, "pdfinfo -struct-text %s", s->path);
}

static void divided_word_is_rebuilt(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item =
		sample_text(s, p, e, SERIF, 11 * PT, 60 * PT, 100 * PT, "o self-made immuno-");
	/* as type/ gives a hyphen that is not in the text */
	item->glyphs.text = STR("o self-made immuno\xC2\xAD");
	sample_text(s, p, e, SERIF, 11 * PT, 60 * PT, 113 * PT, "terapia pomaga");
	sample_write(s);
	struct str text = struct_text(s);
	assert_has(text, "immunoterapia");
	assert_has(text, "self-made");
	assert_false(has(text, "immuno-"));
	sample_close(s);
}

/* Type/ leaves spaces at line ends without glyphs; words must not join. */
static void words_of_two_lines_stay_two(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item = sample_text(s, p, e, SERIF, 11 * PT, 60 * PT, 100 * PT, "pierwszy");
	item->glyphs.text = STR("pierwszy ");
	sample_text(s, p, e, SERIF, 11 * PT, 60 * PT, 113 * PT, "drugi");
	sample_write(s);
	assert_has(struct_text(s), "pierwszy drugi");
	sample_close(s);
}

/* Left edge of a word, in 1/1000 pt, as poppler places it. */
static int left_edge(struct sample *s, const char *word)
{
	int status;
	struct str boxes = said_by(s, &status, "pdftotext -bbox %s -", s->path);
	struct str marker = str_format(s->arena, ">%s</word>", word);
	size_t at = str_find(boxes, marker, 0);
	assert_true(at < boxes.len);
	while (at && !str_starts(str_sub(boxes, at, boxes.len), STR("xMin=\"")))
		at--;
	struct str number = str_sub(boxes, at + 6, 24);
	struct str digits;
	assert_true(str_cut(&number, '"', &digits));
	int length;
	assert_true(unit_parse(digits, &length));
	return length;
}

/* The last word of a long line stands where the sum of advances says, though
 * every word space was changed by an odd amount. */
static void justified_line_does_not_drift(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item =
		sample_text(s, p, e, SERIF, 9700, 60 * PT, 100 * PT,
			    "a b c d e f g h i j k l m n o p q r s t u v w x y z koniec");
	struct glyph_run *r = &item->glyphs;
	r->stretch = 985;
	int64_t expected = r->x;
	for (size_t i = 0; i < r->glyph_count; i++) {
		r->glyphs[i].advance = r->glyphs[i].advance * 985 / 1000;
		if (r->text.ptr[r->glyphs[i].text] == ' ')
			r->glyphs[i].advance += 1237;
		if (i < r->glyph_count - 6)
			expected += r->glyphs[i].advance;
	}
	sample_write(s);
	assert_has(sample_plain(s), "98.5 Tz");
	int found = left_edge(s, "koniec");
	assert_true(found > expected - 15 && found < expected + 15);
	sample_close(s);
}

/* What stands between all letters is told once; it moves nothing, whether the
 * advances hold it or not. */
static void letter_space_is_told_once(void **state)
{
	(void)state;
	static const int spaces[] = { 0, 137400, -62100 }; /* 1/1000 of 1/1000 pt */
	for (size_t n = 0; n < 6; n++) {
		struct sample *s = sample_open(EDITION_SCREEN);
		struct page *p = sample_page(s);
		struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
		struct item *item = sample_text(s, p, e, SERIF, 9700, 60 * PT, 100 * PT,
						"koordynator leczenia onkologicznego koniec");
		struct glyph_run *r = &item->glyphs;
		r->stretch = 1020;
		int64_t expected = r->x;
		for (size_t i = 0; i < r->glyph_count; i++) {
			struct glyph *g = &r->glyphs[i];
			g->advance = g->advance * 1020 / 1000;
			if (r->text.ptr[g->text] == ' ')
				g->advance += 431;
			else if (n % 2 == 0 && r->text.ptr[g->text + 1] != ' ')
				g->advance += spaces[n / 2] / 1000;
			if (i < r->glyph_count - 6)
				expected += g->advance;
		}
		r->letter_space = spaces[n / 2];
		sample_text(s, p, e, SERIF, 9700, 60 * PT, 120 * PT, "tor nowy");
		sample_write(s);
		int found = left_edge(s, "koniec"), plain = left_edge(s, "nowy");
		assert_true(found > expected - 15 && found < expected + 15);
		struct str stream = sample_plain(s);
		assert_int_equal(has(stream, " Tc"), spaces[n / 2] != 0);
		/* The next run is spaced as it was before. */
		assert_int_equal(has(stream, "\n0 Tc"), spaces[n / 2] != 0);
		assert_true(plain > 60 * PT && plain < 80 * PT);
		sample_close(s);
	}
}

/* One number a word, not one a letter. */
static void spaced_letters_need_no_numbers(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item = sample_text(s, p, e, SERIF, 10 * PT, 60 * PT, 100 * PT, "nnnnnnnnnn");
	for (size_t i = 0; i < 10; i++)
		item->glyphs.glyphs[i].advance += 50 + (int)(i % 2);
	item->glyphs.letter_space = 50500;
	sample_write(s);
	struct str stream = sample_plain(s);
	size_t start = str_find(stream, STR("["), str_find(stream, STR("0.0505 Tc"), 0));
	size_t end = str_find(stream, STR("]TJ"), start);
	assert_true(end < stream.len);
	assert_int_equal(str_find(stream, STR(">"), start), end - 1); /* one string */
	sample_close(s);
}

static void raised_text_is_lowered_again(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_PARAGRAPH, NULL);
	struct item *item = sample_text(s, p, e, SERIF, 10 * PT, 60 * PT, 100 * PT, "abc");
	item->glyphs.glyphs[1].dy = 3500;
	sample_write(s);
	struct str plain = sample_plain(s);
	size_t up = str_find(plain, STR("3.5 Ts"), 0);
	assert_true(up < plain.len);
	assert_true(str_find(plain, STR("\n0 Ts"), up) < plain.len);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_of_print_reads_back),
		cmocka_unit_test(text_of_screen_reads_back),
		cmocka_unit_test(text_of_large_reads_back),
		cmocka_unit_test(small_caps_read_as_letters),
		cmocka_unit_test(one_glyph_says_two_things),
		cmocka_unit_test(cluster_of_glyphs_reads_as_its_text),
		cmocka_unit_test(letter_and_mark_read_as_two),
		cmocka_unit_test(unused_division_is_silent),
		cmocka_unit_test(divided_word_is_rebuilt),
		cmocka_unit_test(words_of_two_lines_stay_two),
		cmocka_unit_test(justified_line_does_not_drift),
		cmocka_unit_test(letter_space_is_told_once),
		cmocka_unit_test(spaced_letters_need_no_numbers),
		cmocka_unit_test(raised_text_is_lowered_again),
	};
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
