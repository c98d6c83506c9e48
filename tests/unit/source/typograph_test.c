#include "test.h"

#include "base/utf8.h"
#include "source/typograph.h"

/* ~ stands for the no-break space on both sides. */
struct sentence {
	const char *language, *typed, *set;
};

static struct str with_no_break(struct arena *a, const char *text)
{
	struct buf b;
	buf_init(&b, 1 << 16);
	for (; *text; text++) {
		if (*text == '~')
			utf8_put(&b, 0xA0);
		else
			buf_put_byte(&b, *text);
	}
	struct str s = str_copy(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void check(const struct sentence *list, size_t count, bool strict)
{
	struct arena *a = arena_open();
	for (size_t i = 0; i < count; i++) {
		struct str typed = with_no_break(a, list[i].typed);
		struct str set = typograph(a, typed, str_from(list[i].language), strict);
		assert_string_equal(str_c(a, set), str_c(a, with_no_break(a, list[i].set)));
		/* What is set already stays as it is. */
		struct str again = typograph(a, set, str_from(list[i].language), strict);
		assert_string_equal(str_c(a, again), str_c(a, set));
	}
	arena_close(a);
}

#define CHECK(list, strict) check((list), sizeof(list) / sizeof *(list), (strict))

static void one_letter_words_stay_with_what_follows(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "To jest w domu", "To jest w~domu" },
		{ "pl", "i w domu, a u nas z kimś o czymś", "i~w~domu, a~u~nas z~kimś o~czymś" },
		{ "pl", "W szpitalu. I co? A nic.", "W~szpitalu. I~co? A~nic." },
		{ "pl", "(w nawiasie) „i cytat” — a dalej", "(w~nawiasie) „i~cytat”~— a~dalej" },
		{ "pl", "grupa i, w końcu", "grupa i, w~końcu" },
		{ "pl", "mają do wyboru na co dzień", "mają do wyboru na co dzień" },
		{ "uk", "у лікаря і в місті", "у~лікаря і~в~місті" },
		{ "nb", "i Norge og å gå", "i Norge og å gå" },
		{ "en", "a house I know", "a house I know" },
	};
	CHECK(list, false);
}

static void short_words_are_bound_in_headings(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "Droga do domu i na wieś", "Droga do~domu i~na~wieś" },
		{ "pl", "Nie ma co się bać", "Nie~ma co~się~bać" },
		{ "uk", "Дорога до дому", "Дорога до~дому" },
		{ "nb", "Veien til deg", "Veien til deg" },
	};
	CHECK(list, true);
}

static void quotes_are_the_languages_own(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "Powiedział: \"tak\".", "Powiedział: „tak”." },
		{ "pl", "\"Tytuł \"w\" tytule\"", "„Tytuł »w« tytule”" },
		{ "pl", "„Zaczął \"tak\" i skończył\"", "„Zaczął »tak« i~skończył”" },
		{ "pl", "(\"w nawiasie\")", "(„w~nawiasie”)" },
		{ "pl", "słowo \"model\", \"sieć\" i \"plan\"", "słowo „model”, „sieć” i~„plan”" },
		{ "pl", "rura 5\" ma 20 cm", "rura 5\" ma 20~cm" },
		{ "pl", "słowo 'kot' znaczy", "słowo ‚kot’ znaczy" },
		{ "pl", "Kowalski'ego i O'Neill", "Kowalski’ego i~O’Neill" },
		{ "nb", "Han sa \"hei\" til \"den 'nye' naboen\"",
		  "Han sa «hei» til «den ‘nye’ naboen»" },
		{ "nn", "Ho sa \"hei\"", "Ho sa «hei»" },
		{ "no", "Hun sa \"hei\"", "Hun sa «hei»" },
		{ "uk", "Він сказав \"добре\" \"і \"так\" теж\"",
		  "Він сказав «добре» «і~„так“ теж»" },
		{ "uk", "м'яч, п'ять, об'єднання", "м’яч, п’ять, об’єднання" },
		{ "de", "Er sagte \"ja, \"genau\" so\"", "Er sagte „ja, ‚genau‘ so“" },
		{ "en", "She said \"yes\" and 'no' -- don't", "She said “yes” and ‘no’~– don’t" },
		{ "en-GB", "the dogs' bowls in the '90s", "the dogs’ bowls in the ’90s" },
		{ "sv", "\"unknown\" languages", "“unknown” languages" },
	};
	CHECK(list, false);
}

static void dashes_and_ellipses_are_set(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "Tak -- powiedział", "Tak~– powiedział" },
		{ "pl", "Tak --- powiedział", "Tak~— powiedział" },
		{ "pl", "Tak - powiedział", "Tak~– powiedział" },
		{ "pl", "-- Dzień dobry -- rzekł.", "–~Dzień dobry~– rzekł." },
		{ "pl", "biało-czerwony, polsko-norweski", "biało-czerwony, polsko-norweski" },
		{ "pl", "opcja --draft i ---- linia", "opcja --draft i~---- linia" },
		{ "pl", "Czekał...", "Czekał…" },
		{ "pl", "Czekał... i czekał....", "Czekał… i~czekał...." },
		{ "nb", "Ja -- kanskje", "Ja~– kanskje" },
		{ "uk", "Так -- сказав", "Так~– сказав" },
	};
	CHECK(list, false);
}

static void ranges_get_a_dash_and_names_of_numbers_do_not(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "w latach 2007-2013", "w~latach~2007–2013" },
		{ "pl", "2014--2020", "2014–2020" },
		{ "pl", "sezon 2007-08", "sezon 2007–08" },
		{ "pl", "od 10-15 osób", "od 10–15~osób" },
		{ "pl", "godz. 9.00-17.00", "godz.~9.00–17.00" },
		{ "pl", "1,5-2,5 mg", "1,5–2,5~mg" },
		{ "pl", "nr 3-4", "nr~3–4" },
		{ "pl", "dn. 12-14.05", "dn. 12–14.05" },
		{ "pl", "00-001 Warszawa", "00-001~Warszawa" },
		{ "pl", "58-400 Kamienna Góra", "58-400~Kamienna Góra" },
		{ "pl", "tel. 22-123", "tel.~22-123" },
		{ "pl", "22-123-45-67", "22-123-45-67" },
		{ "pl", "2026-03-17", "2026-03-17" },
		{ "pl", "ISBN 978-83-01-12345-6", "ISBN 978-83-01-12345-6" },
		{ "pl", "COVID-19, IL-6, B12-15", "COVID-19, IL-6, B12-15" },
		{ "pl", "80-letnia", "80-letnia" },
		{ "pl", "wygrał 3-1", "wygrał 3-1" },
		{ "pl", "NIP 123-456", "NIP 123-456" },
	};
	CHECK(list, false);
}

static void numbers_keep_their_units_and_dates_their_parts(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "17 marca 2023 r. w Kielcach", "17~marca 2023~r. w~Kielcach" },
		{ "pl", "ulica Jasna 1, 00-001 Warszawa", "ulica Jasna 1, 00-001~Warszawa" },
		{ "pl", "osób 10-200, 1-200 Warszawa", "osób 10–200, 1–200 Warszawa" },
		{ "pl", "18 XII 2011 r.", "18~XII~2011~r." },
		{ "pl", "w XX w. i w XIX wieku", "w~XX~w. i~w~XIX~wieku" },
		{ "pl", "5 mg, 20 ml, 100 zł, 3 mln osób", "5~mg, 20~ml, 100~zł, 3~mln osób" },
		{ "pl", "38,4 % oraz 37 °C", "38,4~% oraz 37~°C" },
		{ "pl", "ponad 100 000 pacjentów", "ponad 100~000 pacjentów" },
		{ "pl", "1 234 567 zł", "1~234~567~zł" },
		{ "pl", "tel. 800 000 000", "tel.~800~000~000" },
		{ "pl", "tel. 800 000 000, (22) 123 000.", "tel.~800~000~000, (22) 123~000." },
		{ "pl", "razem 1 178,50 zł", "razem 1~178,50~zł" },
		{ "pl", "+48 22 123 45 67", "+48~22~123~45~67" },
		{ "pl", "w 2023 100 osób", "w~2023 100~osób" },
		{ "nb", "22 33 44 55 og 35 000 kr", "22~33~44~55 og 35~000~kr" },
		{ "nb", "den 17. mars 2026 kl. 17", "den 17.~mars 2026 kl.~17" },
		{ "uk", "17 березня 2026 р., 5 мг", "17~березня 2026~р., 5~мг" },
		{ "en", "17 March 2026, March 17, 5 mg", "17~March 2026, March~17, 5~mg" },
		{ "de", "am 17. März, 20 kg", "am 17.~März, 20~kg" },
	};
	CHECK(list, false);
}

static void titles_names_and_abbreviations_hold_together(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "prof. dr hab. n. med. Jan Nowak", "prof.~dr~hab.~n.~med.~Jan Nowak" },
		{ "pl", "J.K. Bielecki i J. Kowalski", "J.K.~Bielecki i~J.~Kowalski" },
		{ "pl", "ul. Piękna 1, al. Lipowa", "ul.~Piękna 1, al.~Lipowa" },
		{ "pl", "np. kot, tj. zwierzę itd.", "np.~kot, tj.~zwierzę~itd." },
		{ "pl", "art. 5 ust. 2 pkt 3", "art.~5 ust.~2~pkt~3" },
		{ "pl", "nr 5, s. 12, rys. 3", "nr~5, s.~12, rys.~3" },
		{ "pl", "s. Maria", "s. Maria" },
		{ "pl", "m.in. w radzie", "m.in.~w~radzie" },
		{ "nb", "f.eks. dette osv.", "f.eks.~dette~osv." },
		{ "de", "z. B. heute", "z.~B. heute" },
	};
	CHECK(list, false);
}

static void addresses_stay_untouched(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "na https://a.pl/x--y\"z\"... i dalej",
		  "na https://a.pl/x--y\"z\"... i~dalej" },
		{ "pl", "pisz: a--b@example.org", "pisz: a--b@example.org" },
		{ "pl", "www.a--b.pl", "www.a--b.pl" },
	};
	CHECK(list, false);
}

static void spaces_are_one(void **state)
{
	(void)state;
	static const struct sentence list[] = {
		{ "pl", "dwa  słowa   trzy", "dwa słowa trzy" },
		{ "pl", "", "" },
		{ "pl", " ", " " },
		{ "pl", "-", "-" },
		{ "pl", "\"", "”" },
	};
	CHECK(list, false);
}

/* The rules see through the borders of nodes. */
static void quotations_run_across_emphasis_and_languages(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct place p = { 0 };
	struct node *block = node_new(a, NODE_PARAGRAPH, p, NULL);
	struct node *one = node_new(a, NODE_TEXT, p, block);
	struct node *strong = node_new(a, NODE_STRONG, p, block);
	struct node *two = node_new(a, NODE_TEXT, p, strong);
	struct node *code = node_new(a, NODE_CODE, p, block);
	struct node *span = node_new(a, NODE_SPAN, p, block);
	struct node *three = node_new(a, NODE_TEXT, p, span);
	struct node *four = node_new(a, NODE_TEXT, p, block);
	one->text = STR("Mówi: \"");
	two->text = STR("w");
	code->text = STR("\"--\"");
	span->language = STR("en");
	three->text = STR(" \"it's\" ");
	four->text = STR(" domu\" i");
	typograph_block(a, block, STR("pl"), false);
	assert_str(one->text, "Mówi: „");
	assert_str(two->text, "w");
	assert_str(code->text, "\"--\"");
	assert_str(three->text, " ‘it’s’ ");
	assert_str(four->text, "domu” i");
	arena_close(a);
}

/* Texts of any length are set in parts; quotations go on from part to part. */
static void long_texts_are_set_in_parts(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct place p = { 0 };
	struct node *block = node_new(a, NODE_PARAGRAPH, p, NULL);
	enum { PIECES = 60 };
	struct node *pieces[PIECES];
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < 1000; i++)
		buf_put_c(&b, "i słowa ");
	for (int i = 0; i < PIECES; i++) {
		pieces[i] = node_new(a, NODE_TEXT, p, block);
		pieces[i]->text = buf_str(&b);
	}
	pieces[0]->text = str_format(a, "\"%.*s", STR_ARG(buf_str(&b)));
	pieces[PIECES - 1]->text = STR("koniec\"");
	typograph_block(a, block, STR("pl"), false);
	assert_true(str_starts(pieces[0]->text, STR("„i\u00A0słowa")));
	assert_true(str_ends(pieces[PIECES / 2]->text, STR("i\u00A0słowa ")));
	assert_str(pieces[PIECES - 1]->text, "koniec”");
	buf_release(&b);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_letter_words_stay_with_what_follows),
		cmocka_unit_test(short_words_are_bound_in_headings),
		cmocka_unit_test(quotes_are_the_languages_own),
		cmocka_unit_test(dashes_and_ellipses_are_set),
		cmocka_unit_test(ranges_get_a_dash_and_names_of_numbers_do_not),
		cmocka_unit_test(numbers_keep_their_units_and_dates_their_parts),
		cmocka_unit_test(titles_names_and_abbreviations_hold_together),
		cmocka_unit_test(addresses_stay_untouched),
		cmocka_unit_test(spaces_are_one),
		cmocka_unit_test(quotations_run_across_emphasis_and_languages),
		cmocka_unit_test(long_texts_are_set_in_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
