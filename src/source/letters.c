/* The table follows Unicode's canonical decompositions of Latin and Cyrillic
 * letters with one mark: for each mark the bases and, in step, their letters. */
#include "source/letters.h"

#include "base/utf8.h"

#include <string.h>

static const struct {
	uint32_t mark;
	struct str bases, letters;
} table[] = {
	{ 0x0300, STR_INIT("AEINOUaeinouЕИеи"), STR_INIT("ÀÈÌǸÒÙàèìǹòùЀЍѐѝ") },
	{ 0x0301, STR_INIT("ACEGILNORSUYZacegilnorsuyzГКгк"),
	  STR_INIT("ÁĆÉǴÍĹŃÓŔŚÚÝŹáćéǵíĺńóŕśúýźЃЌѓќ") },
	{ 0x0302, STR_INIT("ACEGHIJOSUWYaceghijosuwy"), STR_INIT("ÂĈÊĜĤÎĴÔŜÛŴŶâĉêĝĥîĵôŝûŵŷ") },
	{ 0x0303, STR_INIT("AINOUainou"), STR_INIT("ÃĨÑÕŨãĩñõũ") },
	{ 0x0304, STR_INIT("AEIOUYaeiouyИУиу"), STR_INIT("ĀĒĪŌŪȲāēīōūȳӢӮӣӯ") },
	{ 0x0306, STR_INIT("AEGIOUaegiouАЕЖИУаежиу"), STR_INIT("ĂĔĞĬŎŬăĕğĭŏŭӐӖӁЙЎӑӗӂйў") },
	{ 0x0307, STR_INIT("ACEGIOZacegoz"), STR_INIT("ȦĊĖĠİȮŻȧċėġȯż") },
	{ 0x0308, STR_INIT("AEIOUYaeiouyІАЕЖЗИОУЧЫЭаежзиоучыэі"),
	  STR_INIT("ÄËÏÖÜŸäëïöüÿЇӒЁӜӞӤӦӰӴӸӬӓёӝӟӥӧӱӵӹӭї") },
	{ 0x030A, STR_INIT("AUau"), STR_INIT("ÅŮåů") },
	{ 0x030B, STR_INIT("OUouУу"), STR_INIT("ŐŰőűӲӳ") },
	{ 0x030C, STR_INIT("ACDEGHIKLNORSTUZacdeghijklnorstuz"),
	  STR_INIT("ǍČĎĚǦȞǏǨĽŇǑŘŠŤǓŽǎčďěǧȟǐǰǩľňǒřšťǔž") },
	{ 0x030F, STR_INIT("AEIORUaeioru"), STR_INIT("ȀȄȈȌȐȔȁȅȉȍȑȕ") },
	{ 0x0311, STR_INIT("AEIORUaeioru"), STR_INIT("ȂȆȊȎȒȖȃȇȋȏȓȗ") },
	{ 0x031B, STR_INIT("OUou"), STR_INIT("ƠƯơư") },
	{ 0x0326, STR_INIT("STst"), STR_INIT("ȘȚșț") },
	{ 0x0327, STR_INIT("CEGKLNRSTcegklnrst"), STR_INIT("ÇȨĢĶĻŅŖŞŢçȩģķļņŗşţ") },
	{ 0x0328, STR_INIT("AEIOUaeiou"), STR_INIT("ĄĘĮǪŲąęįǫų") },
};

bool letters_combine_at(struct str s, size_t i)
{
	return i + 1 < s.len && (unsigned char)s.ptr[i] == 0xCC &&
	       (unsigned char)s.ptr[i + 1] >= 0x80;
}

size_t letters_compose(struct str s, size_t i, char out[4], size_t *eaten)
{
	if (((unsigned char)s.ptr[i] & 0xC0) == 0x80)
		return 0;
	size_t at = i;
	uint32_t base = utf8_next(s, &at);
	if (!letters_combine_at(s, at))
		return 0;
	uint32_t mark = utf8_next(s, &at);
	for (size_t row = 0; row < sizeof table / sizeof *table; row++) {
		if (table[row].mark != mark)
			continue;
		size_t b = 0, l = 0;
		while (b < table[row].bases.len) {
			uint32_t letter = utf8_next(table[row].letters, &l);
			if (utf8_next(table[row].bases, &b) == base) {
				*eaten = at - i;
				return utf8_encode(letter, out);
			}
		}
	}
	return 0;
}

struct str letters_composed(struct arena *a, struct str s)
{
	size_t i = 0, eaten;
	char letter[4];
	while (i < s.len && !letters_combine_at(s, i))
		i++;
	if (i == s.len)
		return s;
	char *out = arena_alloc(a, s.len + 1);
	size_t len = 0;
	for (i = 0; i < s.len;) {
		size_t put = letters_compose(s, i, letter, &eaten);
		memcpy(out + len, put ? letter : s.ptr + i, put ? put : 1);
		len += put ? put : 1;
		i += put ? eaten : 1;
	}
	return (struct str){ out, len };
}
