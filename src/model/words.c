#include "model/words.h"

#include "base/language.h"

enum { PL, NB, UK, EN, LANGUAGES, NN = LANGUAGES, DE, ALL_LANGUAGES };

static int language_of(struct str language)
{
	static const struct {
		struct str code;
		int index;
	} known[] = {
		{ STR_INIT("pl"), PL }, { STR_INIT("nb"), NB }, { STR_INIT("no"), NB },
		{ STR_INIT("nn"), NN }, { STR_INIT("uk"), UK }, { STR_INIT("en"), EN },
		{ STR_INIT("de"), DE },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (language_is(language, known[i].code))
			return known[i].index;
	return EN;
}

struct str word(enum word w, struct str language)
{
	static const struct str words[WORD_COUNT][LANGUAGES] = {
#define WORD(name, pl, nb, uk, en) { STR_INIT(pl), STR_INIT(nb), STR_INIT(uk), STR_INIT(en) },
		WORDS(WORD)
#undef WORD
	};
	static const struct str later[WORD_COUNT][ALL_LANGUAGES - LANGUAGES] = {
#define WORD(name, nn, de) [WORD_##name] = { STR_INIT(nn), STR_INIT(de) },
		WORDS_LATER(WORD)
#undef WORD
	};
	int l = language_of(language);
	if (l >= LANGUAGES && later[w][l - LANGUAGES].len)
		return later[w][l - LANGUAGES];
	return words[w][l == NN ? NB : l == DE ? EN : l];
}

/* Nominative for a month that stands alone, genitive within a date. */
static const char *const months_alone[ALL_LANGUAGES][12] = {
	[PL] = { "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień",
		 "wrzesień", "październik", "listopad", "grudzień" },
	[NB] = { "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
		 "oktober", "november", "desember" },
	[UK] = { "січень", "лютий", "березень", "квітень", "травень", "червень", "липень",
		 "серпень", "вересень", "жовтень", "листопад", "грудень" },
	[EN] = { "January", "February", "March", "April", "May", "June", "July", "August",
		 "September", "October", "November", "December" },
	[NN] = { "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
		 "oktober", "november", "desember" },
	[DE] = { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
		 "Oktober", "November", "Dezember" },
};

static const char *const months_in_date[2][12] = {
	{ "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
	  "września", "października", "listopada", "grudnia" },
	{ "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
	  "жовтня", "листопада", "грудня" },
};

void word_put_month(struct buf *b, struct date d, struct str language)
{
	buf_format(b, "%s\u00a0%d", months_alone[language_of(language)][d.month - 1], d.year);
}

void word_put_date(struct buf *b, struct date d, struct str language)
{
	int l = language_of(language);
	const char *month = l == PL   ? months_in_date[0][d.month - 1]
			    : l == UK ? months_in_date[1][d.month - 1]
				      : months_alone[l][d.month - 1];
	buf_format(b, "%d%s\u00a0%s\u00a0%d", d.day, l == NB || l == NN || l == DE ? "." : "",
		   month, d.year);
}
