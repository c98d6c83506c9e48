#include "sample.h"

#include "type/division.h"
#include "type/shape.h"

static struct look *look_of(struct sample *s, int face, const struct style *style)
{
	return look_find(s->type, font_open(s->type, &s->faces[face]), style, STR("pl"));
}

static void a_word_is_shaped_once(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct look *l = look_of(s, SERIF, &s->body);
	struct style larger = s->body;
	larger.size = 24000;
	assert_ptr_equal(look_of(s, SERIF, &larger), l); /* size is no part of it */
	assert_ptr_equal(look_word(s->type, l, STR("Kielce")),
			 look_word(s->type, l, STR("Kielce")));
	assert_ptr_not_equal(look_of(s, SERIF_BOLD, &s->body), l);
	sample_close(s);
}

static void features_follow_the_style(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct style old = s->body, small = s->body, tabular = s->body, spaced = s->body;
	old.figures = FIGURES_OLD;
	tabular.figures = FIGURES_TABULAR;
	small.small_caps = true;
	spaced.tracking = 50;
	struct word *lining = look_word(s->type, look_of(s, SERIF, &s->body), STR("2026"));
	struct word *hanging = look_word(s->type, look_of(s, SERIF, &old), STR("2026"));
	assert_int_not_equal(lining->glyphs[1].id, hanging->glyphs[1].id);
	struct word *plain = look_word(s->type, look_of(s, SERIF, &s->body), STR("nfz"));
	struct word *capitals = look_word(s->type, look_of(s, SERIF, &small), STR("nfz"));
	assert_int_not_equal(plain->glyphs[0].id, capitals->glyphs[0].id);
	struct word *one = look_word(s->type, look_of(s, LATO_REGULAR, &tabular), STR("1"));
	struct word *eight = look_word(s->type, look_of(s, LATO_REGULAR, &tabular), STR("8"));
	assert_int_equal(one->width, eight->width);
	struct word *tied = look_word(s->type, look_of(s, LATO_REGULAR, &s->body), STR("fi"));
	struct word *apart = look_word(s->type, look_of(s, LATO_REGULAR, &spaced), STR("fi"));
	assert_int_equal(tied->glyph_count, 1);
	assert_int_equal(apart->glyph_count, 2);
	sample_close(s);
}

static void kerning_counts(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct look *l = look_of(s, LATO_REGULAR, &s->body);
	int apart = look_word(s->type, l, STR("A"))->width + look_word(s->type, l, STR("V"))->width;
	assert_true(look_word(s->type, l, STR("AV"))->width < apart);
	sample_close(s);
}

static void special_characters_show(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct look *l = look_of(s, SERIF, &s->body);
	struct word *hyphen = look_word(s->type, l, STR("a-"));
	struct word *soft = look_word(s->type, l, STR("a\u00ad"));
	assert_int_equal(soft->glyph_count, 2);
	assert_int_equal(soft->glyphs[1].id, hyphen->glyphs[1].id);
	assert_int_equal(soft->glyphs[1].text, 1);
	assert_int_equal(look_word(s->type, l, STR("\u00a0"))->width,
			 look_word(s->type, l, STR(" "))->width);
	/* where a face has no minus sign, the dash that looks like it */
	struct word *minus = look_word(s->type, l, STR("\u2212"));
	struct word *dash = look_word(s->type, l, STR("\u2013"));
	assert_int_equal(minus->glyphs[0].id, dash->glyphs[0].id);
	assert_true(str_equal(minus->text, STR("\u2212")));
	static const char *const shown[] = { "\u2011", "\u2009", "\u202f", "ą\u0301",
					     "\U00010300" };
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		struct word *w = look_word(s->type, l, str_from(shown[i]));
		for (size_t g = 0; g < w->glyph_count; g++)
			assert_int_not_equal(w->glyphs[g].id, 0); /* never .notdef */
	}
	sample_close(s);
}

/* Halves measure what they will when they are shaped. */
static void check_halves(struct sample *s, struct look *l, const struct word *w,
			 const struct division *d)
{
	struct str first = str_sub(w->text, 0, d->at);
	if (d->hyphen)
		first = str_join(s->arena, first, STR("\u00ad"));
	const struct word *before = look_word(s->type, l, first);
	const struct word *after = look_word(s->type, l, str_sub(w->text, d->at, w->text.len));
	assert_int_equal(d->before, before->width);
	assert_int_equal(d->after, after->width);
	assert_int_equal(d->before_glyphs, before->glyph_count);
	assert_int_equal(d->after_glyphs, after->glyph_count);
	assert_int_equal(d->hang_before, before->hang_right);
	assert_int_equal(d->hang_after, after->hang_left);
}

/* The word with bars where it may be divided; "=" where a hyphen is added. */
static struct str divided(struct sample *s, struct look *l, const char *text)
{
	struct word *w = look_word(s->type, l, str_from(text));
	if (!w->divided)
		word_divide(s->type, l, w, (struct place){ 0 });
	struct str out = STR("");
	size_t from = 0;
	for (size_t i = 0; i < w->division_count; i++) {
		const struct division *d = &w->divisions[i];
		assert_true(d->at > from || (from == 0 && d->at > 0));
		check_halves(s, l, w, d);
		out = str_join(s->arena, out, str_sub(w->text, from, d->at - from));
		out = str_join(s->arena, out, d->hyphen ? STR("=") : STR("|"));
		from = d->at;
	}
	return str_join(s->arena, out, str_sub(w->text, from, w->text.len));
}

static void words_divide_by_their_kind(void **state)
{
	(void)state;
	static const struct {
		const char *text, *divided;
	} cases[] = {
		{ "„koordynatora”,", "„ko=or=dy=na=tora”," },
		{ "biało-czerwony", "biało=-czer=wony" },
		{ "e-mail", "e-mail" },
		{ "NFZ", "NFZ" },
		{ "SZPITALE", "SZPITALE" },
		{ "mRNA-owe", "mRNA=-owe" },
		{ "COVID-19", "COVID-19" },
		{ "38-letniego", "38-letniego" },
		{ "B12zależny", "B12zależny" },
		{ "2014–2020", "2014–2020" },
		{ "Kielce–Warszawa", "Kielce–|War=szawa" },
		{ "m.in.", "m.in." },
		{ "https://glos.example.org/2026-1/temat",
		  "https://glos.|example.|org/|2026-|1/|temat" },
		{ "www.pkopo.pl", "www.|pkopo.pl" },
		{ "glospacjenta.pl", "glospacjenta.pl" },
		{ "redakcja-numeru@glos.example.org", "redakcja-numeru@glos.example.org" },
		{ "lekarz/pielęgniarka", "le=karz/|pie=lę=gniarka" },
		{ "oko", "oko" },
	};
	struct sample *s = sample_open();
	struct look *l = look_of(s, SERIF, &s->body);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(divided(s, l, cases[i].text), cases[i].divided);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		divided(s, look_of(s, LATO_BOLD, &s->body), cases[i].text); /* much kerning */
	/* Norwegian does not repeat the hyphen; capitals of a style are words. */
	struct look *nb = look_find(s->type, l->font, &s->body, STR("nb-NO"));
	assert_str(divided(s, nb, "norsk-polsk"), "norsk-|polsk");
	struct style capitals = s->body;
	capitals.uppercase = true;
	assert_str(divided(s, look_of(s, SERIF, &capitals), "SZPITALE"), "SZPI=TALE");
	sample_close(s);
}

/* Who comes first shapes and divides for both; words of unlike looks are not mixed up. */
static void handles_share_their_words(void **state)
{
	(void)state;
	struct sample *s = sample_open(), second;
	struct type *beside = type_open_beside(s->type, s->diags);
	second = *s;
	second.type = beside;
	struct look *l = look_of(s, SERIF, &s->body), *m = look_of(&second, SERIF, &s->body);
	assert_str(divided(s, l, "onkologicznego"), "on=ko=lo=gicz=nego");
	struct word *one = look_word(s->type, l, STR("onkologicznego"));
	struct word *two = look_word(beside, m, STR("onkologicznego"));
	assert_ptr_not_equal(one, two);
	assert_ptr_equal(one->glyphs, two->glyphs);
	assert_int_equal(one->width, two->width);
	assert_false(two->divided);
	assert_str(divided(&second, m, "onkologicznego"), "on=ko=lo=gicz=nego");
	assert_ptr_equal(one->shared, two->shared);

	struct look *lato = look_of(&second, LATO_REGULAR, &s->body);
	assert_ptr_not_equal(look_word(beside, lato, STR("onkologicznego"))->glyphs, one->glyphs);
	struct look *norwegian = look_find(beside, m->font, &s->body, STR("nb"));
	assert_str(divided(&second, norwegian, "norsk-polsk"), "norsk-|polsk");
	assert_str(divided(s, l, "norsk-polsk"), "norsk=-polsk");
	type_close(beside);
	sample_close(s);
}

/* A language without patterns is told of by each handle, whoever divided first. */
static void each_handle_tells_of_missing_patterns(void **state)
{
	(void)state;
	struct sample *s = sample_open(), second;
	struct diags *told = diags_new(s->arena);
	struct type *beside = type_open_beside(s->type, told);
	second = *s;
	second.type = beside;
	struct look *l =
		look_find(s->type, font_open(s->type, &s->faces[SERIF]), &s->body, STR("x-none"));
	struct look *m =
		look_find(beside, font_open(beside, &s->faces[SERIF]), &s->body, STR("x-none"));
	divided(s, l, "onkologicznego");
	assert_int_equal(diags_level_count(s->diags, DIAG_LEVEL_WARNING), 1);
	assert_int_equal(diags_level_count(told, DIAG_LEVEL_WARNING), 0);
	divided(&second, m, "onkologicznego");
	assert_int_equal(diags_level_count(told, DIAG_LEVEL_WARNING), 1);
	type_close(beside);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_shaped_once),
		cmocka_unit_test(features_follow_the_style),
		cmocka_unit_test(kerning_counts),
		cmocka_unit_test(special_characters_show),
		cmocka_unit_test(words_divide_by_their_kind),
		cmocka_unit_test(handles_share_their_words),
		cmocka_unit_test(each_handle_tells_of_missing_patterns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
