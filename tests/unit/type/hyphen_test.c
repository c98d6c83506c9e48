#include "sample.h"

#include "base/file.h"
#include "base/utf8.h"
#include "type/hyphen.h"
#include "type/liang.h"

/* The word with hyphens where it may be divided. */
static struct str divided(struct sample *s, const char *language, const char *word)
{
	struct hyphenator *h = hyphenator_for(s->type, str_from(language), (struct place){ 0 });
	assert_non_null(h);
	uint32_t letters[HYPHEN_LONGEST];
	bool may[HYPHEN_LONGEST];
	size_t count = 0;
	struct str text = str_from(word);
	for (size_t at = 0; at < text.len;)
		letters[count++] = utf8_next(text, &at);
	hyphenator_points(h, letters, count, may);
	struct buf b;
	buf_init(&b, 1024);
	for (size_t i = 0; i < count; i++) {
		if (may[i])
			buf_put_byte(&b, '-');
		utf8_put(&b, letters[i]);
	}
	struct str result = str_copy(s->arena, buf_str(&b));
	buf_release(&b);
	return result;
}

/* Takes the hyphens out of each expected word, and asks for them back. */
static void expect(const char *language, const char *const *words)
{
	struct sample *s = sample_open();
	for (; *words; words++) {
		char plain[256];
		size_t len = 0;
		for (const char *c = *words; *c; c++)
			if (*c != '-')
				plain[len++] = *c;
		plain[len] = '\0';
		assert_str(divided(s, language, plain), *words);
	}
	assert_int_equal(diags_count(s->diags), 0);
	sample_close(s);
}

static void polish(void **state)
{
	(void)state;
	static const char *const words[] = { "im-mu-no-te-ra-pia",
					     "che-mio-te-ra-pia",
					     "he-ma-to-on-ko-lo-gia",
					     "psy-cho-on-ko-lo-gia",
					     "świę-to-krzy-skiego",
					     "on-ko-lo-gicz-nego",
					     "im-mu-no-che-mio-te-ra-pia",
					     "Ko-or-dy-na-tor",
					     "ŚWIĘ-TO-KRZY-SKIE",
					     "oko",
					     "źle",
					     NULL };
	expect("pl", words);
}

/* The dictionary as shipped is unprepared: libhyphen misses these. */
static void norwegian(void **state)
{
	(void)state;
	static const char *const words[] = {
		"kje-mo-te-rapi",    "ben-margs-prøve",    "stråle-be-hand-ling",
		"helse-per-so-nell", "kreft-for-enin-gen", "uni-ver-si-tets-syke-hus",
		"pa-si-ent-for-løp", "Æres-gjest",         NULL
	};
	expect("nb", words);
	expect("no", words);
	expect("nn", words);
}

static void ukrainian(void **state)
{
	(void)state;
	static const char *const words[] = {
		"пух-ли-на",   "ван-на",  "лі-ку-ван-ня",     "мед-сест-ра",
		"май-бут-ній", "знан-ня", "хі-міо-те-ра-пія", "іму-но-те-ра-пія",
		"дже-ре-ло",   "бур’-ян", "до-по-мо-га",      "Укра-ї-на",
		NULL
	};
	expect("uk", words);
}

static void english_and_german(void **state)
{
	(void)state;
	static const char *const english[] = { "com-mu-nic-a-tion", "hos-pital", "medi-cine",
					       NULL };
	static const char *const german[] = { "kran-ken-ver-si-che-rung", "strah-len-the-ra-pie",
					      "Grö-ßen-ord-nung", NULL };
	expect("en", english);
	expect("en-GB", english);
	if (file_exists("/usr/share/hyphen/hyph_de_DE.dic")) /* the sample issue has no German */
		expect("de", german);
}

static void unknown_language_is_told_once(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct place place = { STR("a.md"), 7, 2 };
	assert_null(hyphenator_for(s->type, STR("xx"), place));
	assert_null(hyphenator_for(s->type, STR("xx"), place));
	assert_null(hyphenator_for(s->type, STR(""), place));
	assert_null(hyphenator_for(s->type, STR("../../etc"), place));
	assert_int_equal(diags_count(s->diags), 3);
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_HYPHENATION_MISSING);
	assert_int_equal(diags_at(s->diags, 0)->place.line, 7);
	sample_close(s);
}

static void patterns_compete(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct liang *l =
		liang_read(a, STR("UTF-8\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\n"
				  "# no pattern\n"
				  "hy3ph\nhe2n\nhena4\nhen5at\n1na\nn2at\n1tio\n2io\no2n\n"));
	const uint32_t word[] = { 'h', 'y', 'p', 'h', 'e', 'n', 'a', 't', 'i', 'o', 'n' };
	bool odd[11];
	liang_points(l, word, 11, odd);
	for (size_t i = 0; i < 11; i++) /* hy-phen-ation, Liang's own example */
		assert_int_equal(odd[i], i == 2 || i == 6);
	size_t before = 1, after = 3;
	liang_least(l, &before, &after);
	assert_int_equal(before, 2);
	assert_int_equal(after, 3);
	arena_close(a);
}

/* The largest number at a place wins, wherever its pattern begins and however many
 * there are: against the same by brute force, over random patterns and words. */
static void many_patterns_compete(void **state)
{
	(void)state;
	enum { PATTERNS = 3000, LETTERS = 12 };
	struct arena *a = arena_open();
	struct buf file;
	static struct {
		char letter[6];
		int number[7];
		size_t count;
	} p[PATTERNS];
	uint64_t seed = 5;
	buf_init(&file, 1 << 20);
	buf_put_c(&file, "UTF-8\n");
	for (size_t i = 0; i < PATTERNS; i++) {
		p[i].count = 1 + random_next(&seed) % 6;
		for (size_t k = 0; k <= p[i].count; k++) {
			uint64_t r = random_next(&seed);
			p[i].number[k] = r % 3 ? 0 : (int)((r >> 8) % 6);
			if (p[i].number[k])
				buf_format(&file, "%d", p[i].number[k]);
			if (k == p[i].count)
				break;
			bool edge = (k == 0 || k + 1 == p[i].count) && r % 5 == 0;
			p[i].letter[k] = edge ? '.' : (char)('a' + (r >> 16) % 6);
			buf_put_byte(&file, p[i].letter[k]);
		}
		buf_put_byte(&file, '\n');
		for (size_t k = 0; k < i; k++) /* of two alike the later one counts */
			if (p[k].count == p[i].count &&
			    memcmp(p[k].letter, p[i].letter, p[i].count) == 0)
				p[k].count = 0;
	}
	const struct liang *l = liang_read(a, buf_str(&file));
	for (int n = 0; n < 200; n++) {
		char word[LETTERS + 2] = ".";
		uint32_t letters[LETTERS];
		bool odd[LETTERS];
		int most[LETTERS + 3] = { 0 };
		for (size_t i = 0; i < LETTERS; i++)
			letters[i] = (uint32_t)(word[i + 1] = (char)('a' + random_next(&seed) % 6));
		word[LETTERS + 1] = '.';
		for (size_t i = 0; i < PATTERNS; i++)
			for (size_t at = 0; p[i].count && at + p[i].count <= sizeof word; at++)
				for (size_t k = 0;
				     memcmp(word + at, p[i].letter, p[i].count) == 0 &&
				     k <= p[i].count;
				     k++)
					if (p[i].number[k] > most[at + k])
						most[at + k] = p[i].number[k];
		liang_points(l, letters, LETTERS, odd);
		for (size_t i = 0; i < LETTERS; i++)
			assert_int_equal(odd[i], most[i + 1] & 1);
	}
	buf_release(&file);
	arena_close(a);
}

static void odd_words_do_no_harm(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	static const char *const languages[] = { "pl", "nb", "uk", "en", "de" };
	uint64_t seed = 7;
	for (int n = 0; n < 2000; n++) {
		struct hyphenator *h =
			hyphenator_for(s->type, str_from(languages[n % 5]), (struct place){ 0 });
		uint32_t letters[HYPHEN_LONGEST];
		bool may[HYPHEN_LONGEST];
		size_t count = 1 + random_next(&seed) % HYPHEN_LONGEST;
		for (size_t i = 0; i < count; i++) {
			uint64_t r = random_next(&seed);
			letters[i] = (uint32_t)(r % 4 == 0   ? 0x400 + (r >> 8) % 0x60
						: r % 4 == 1 ? 0x100 + (r >> 8) % 0x80
						: r % 4 == 2 ? 0x10000 + (r >> 8) % 0x800
							     : 'a' + (r >> 8) % 26);
		}
		hyphenator_points(h, letters, count, may);
		assert_false(may[0] || (count > 1 && (may[1] || may[count - 1])));
	}
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(polish),
		cmocka_unit_test(norwegian),
		cmocka_unit_test(ukrainian),
		cmocka_unit_test(english_and_german),
		cmocka_unit_test(unknown_language_is_told_once),
		cmocka_unit_test(patterns_compete),
		cmocka_unit_test(many_patterns_compete),
		cmocka_unit_test(odd_words_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
