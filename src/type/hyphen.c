/* Dictionaries by language, and the languages' own rules on top of them.
 *
 * The dictionaries are libhyphen's, as Debian has them; they are read by liang.c.
 * libhyphen itself wants them prepared by substrings.pl, which those for Norwegian
 * and Ukrainian are not (three of four Norwegian words come out wrong), and takes
 * three seconds to load the German one. To liang.c preparation makes no difference:
 * the 200,000 Polish and 74,000 English words of Debian's lists that were tried
 * divide alike in both. What is lost are patterns that change letters with the
 * break; the dictionaries of Polish, Norwegian, Ukrainian, English and German have
 * none.
 *
 * The Ukrainian patterns also allow breaks that leave consonants alone
 * (пу-х-ли-на): a break is kept only if a vowel follows before the next break or
 * the word's end, which closes syllables (пух-ли-на); and the orthography's own
 * prohibitions hold over the patterns: no break before ь, й and the apostrophe,
 * which keeps its consonant (бур’-ян), none within дж and дз. */
#include "type/hyphen.h"

#include "base/file.h"
#include "base/language.h"
#include "base/utf8.h"
#include "type/letter.h"
#include "type/liang.h"

#include <iconv.h>
#include <string.h>

#define DICTIONARIES "/usr/share/hyphen"

enum { DICTIONARY_MAX = 16 * 1024 * 1024 };

/* Letters before and after a break, at least. */
struct language_rule {
	struct str language;
	const char *file; /* without ".dic" */
	size_t left, right;
	bool syllables; /* the Ukrainian rules */
};

static const struct language_rule rules[] = {
	{ STR_INIT("pl"), "hyph_pl_PL", 2, 3, false },
	{ STR_INIT("en-us"), "hyph_en_US", 3, 3, false },
	{ STR_INIT("en"), "hyph_en_GB", 3, 3, false },
	{ STR_INIT("nb"), "hyph_nb_NO", 2, 3, false },
	{ STR_INIT("no"), "hyph_nb_NO", 2, 3, false },
	{ STR_INIT("nn"), "hyph_nn_NO", 2, 3, false },
	{ STR_INIT("uk"), "hyph_uk_UA", 2, 2, true },
	{ STR_INIT("de"), "hyph_de_DE", 2, 3, false },
};

struct hyphenator {
	struct language_rule rule;
	struct liang *patterns; /* NULL: none installed */
};

/* "hyph_cs_CZ" for "cs": the first dictionary whose name begins so. */
static const char *installed_file(struct arena *a, struct str language)
{
	size_t count;
	const struct str *names = folder_list(a, DICTIONARIES, &count);
	struct str bare = str_format(a, "hyph_%.*s.", STR_ARG(language));
	struct str regional = str_format(a, "hyph_%.*s_", STR_ARG(language));
	for (size_t i = 0; i < count; i++)
		if ((str_starts(names[i], bare) || str_starts(names[i], regional)) &&
		    str_ends(names[i], STR(".dic")))
			return str_c(a, str_sub(names[i], 0, names[i].len - 4));
	return NULL;
}

static struct language_rule rule_for(struct arena *a, struct str language)
{
	struct str first = language_primary(language);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (str_equal_nocase(rules[i].language, language) ||
		    str_equal_nocase(rules[i].language, first)) {
			const char *path = str_format(a, DICTIONARIES "/%s.dic", rules[i].file).ptr;
			if (file_exists(path) || !str_equal(rules[i].language, STR("en-us")))
				return rules[i];
		}
	const char *file = first.len >= 2 ? installed_file(a, first) : NULL;
	return (struct language_rule){ first, file ? file : "", 2, 3, false };
}

/* Appends file in UTF-8; its first line names its encoding. */
static bool to_utf8(struct str file, struct buf *out)
{
	char name[32] = "";
	struct str rest = file, line;
	str_cut(&rest, '\n', &line);
	line = str_trim(line);
	if (line.len >= sizeof name)
		return false;
	memcpy(name, line.ptr, line.len);
	if (str_equal(line, STR("UTF-8"))) {
		buf_put(out, file);
		return true;
	}
	/* The name that Windows' Cyrillic has in dictionaries alone. */
	bool windows = str_equal_nocase(line, STR("microsoft-cp1251"));
	iconv_t convert = iconv_open("UTF-8", windows ? "CP1251" : name);
	/* POSIX errs: iconv only reads through this pointer. */
	char *in = (char *)(uintptr_t)file.ptr;
	size_t in_left = file.len;
	bool ok = convert != (iconv_t)-1;
	while (ok && in_left) {
		char piece[4096], *to = piece;
		size_t left = sizeof piece;
		size_t result = iconv(convert, &in, &in_left, &to, &left);
		buf_put_bytes(out, piece, sizeof piece - left);
		ok = result != (size_t)-1 || left < sizeof piece;
	}
	if (convert != (iconv_t)-1)
		iconv_close(convert);
	return ok && !out->overflowed;
}

static struct liang *open_patterns(struct type *t, const char *path)
{
	struct str file;
	struct buf text;
	struct liang *patterns = NULL;
	struct arena *a = arena_open();
	buf_init(&text, 2 * DICTIONARY_MAX);
	if (file_read(a, path, DICTIONARY_MAX, t->diags, (struct place){ 0 }, &file) &&
	    to_utf8(file, &text))
		patterns = liang_read(t->arena, buf_str(&text));
	buf_release(&text);
	arena_close(a);
	return patterns;
}

struct hyphenator *hyphenator_for(struct type *t, struct str language, struct place place)
{
	struct hyphenator *h = map_find(t->languages, language);
	if (!h) {
		h = NEW(t->arena, struct hyphenator);
		h->rule = rule_for(t->arena, language);
		const char *path =
			str_c(t->arena, str_format(t->arena, DICTIONARIES "/%s.dic", h->rule.file));
		if (file_exists(path))
			h->patterns = open_patterns(t, path);
		if (h->patterns)
			liang_least(h->patterns, &h->rule.left, &h->rule.right);
		if (!h->patterns)
			diag_report(t->diags, DIAG_HYPHENATION_MISSING, place, "%.*s",
				    STR_ARG(language));
		map_put(t->languages, language, h);
	}
	return h->patterns ? h : NULL;
}

void hyphenators_forget_missing(struct type *t)
{
	struct map *known = map_new(t->arena);
	for (size_t i = 0; i < map_count(t->languages); i++) {
		const struct map_entry *e = map_at(t->languages, i);
		if (((const struct hyphenator *)e->value)->patterns)
			map_put(known, e->key, e->value);
	}
	t->languages = known;
}

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x02BC;
}

/* The Ukrainian rules: see above. */
static void keep_syllables(const uint32_t *letters, size_t count, bool *may)
{
	for (size_t i = 1; i < count; i++) {
		uint32_t before = letters[i - 1], c = letters[i];
		if (i + 2 < count && letters[i + 1] == '\'' && may[i]) {
			may[i] = false;
			may[i + 2] = true;
		}
		if (c == 0x044C /* ь */ || c == 0x0439 /* й */ || c == '\'' ||
		    (before == 0x0434 && (c == 0x0436 || c == 0x0437) /* дж, дз */))
			may[i] = false;
	}
	bool vowel_before = false;
	for (size_t i = 0; i < count; i++) {
		if (may[i]) {
			bool vowel_after = false;
			for (size_t k = i; k < count && (k == i || !may[k]); k++)
				vowel_after |= letter_is_vowel(letters[k]);
			may[i] = vowel_before && vowel_after;
		}
		vowel_before |= letter_is_vowel(letters[i]);
	}
}

void hyphenator_points(struct hyphenator *h, const uint32_t *letters, size_t count, bool *may)
{
	uint32_t lower[HYPHEN_LONGEST];
	memset(may, 0, count * sizeof *may);
	if (count == 0 || count > HYPHEN_LONGEST || count < h->rule.left + h->rule.right)
		return;
	for (size_t i = 0; i < count; i++)
		lower[i] = is_apostrophe(letters[i]) ? '\'' : letter_lower(letters[i]);
	liang_points(h->patterns, lower, count, may);
	if (h->rule.syllables)
		keep_syllables(lower, count, may);
	for (size_t i = 0; i < count; i++)
		if (i < h->rule.left || count - i < h->rule.right)
			may[i] = false;
}
