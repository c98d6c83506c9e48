/* Case by ranges: the simple mappings of the Unicode Character Database for the
 * Latin, Greek, Cyrillic and Armenian alphabets, and ß by its full mapping. */
#include "type/letter.h"

#include "base/utf8.h"

#include <hb.h>
#include <uchar.h>

/* Capitals from first to last. step 1: each has its small letter distance
 * further on. step 2: capitals and small letters take turns. */
struct case_range {
	uint32_t first, last;
	int step, distance;
};

static const struct case_range ranges[] = {
	{ 0x0041, 0x005A, 1, 32 },    { 0x00C0, 0x00D6, 1, 32 },   { 0x00D8, 0x00DE, 1, 32 },
	{ 0x0100, 0x012E, 2, 1 },     { 0x0132, 0x0136, 2, 1 },    { 0x0139, 0x0147, 2, 1 },
	{ 0x014A, 0x0176, 2, 1 },     { 0x0178, 0x0178, 1, -121 }, { 0x0179, 0x017D, 2, 1 },
	{ 0x01CD, 0x01DB, 2, 1 },     { 0x01DE, 0x01EE, 2, 1 },    { 0x01F8, 0x021E, 2, 1 },
	{ 0x0222, 0x0232, 2, 1 },     { 0x0386, 0x0386, 1, 38 },   { 0x0388, 0x038A, 1, 37 },
	{ 0x038C, 0x038C, 1, 64 },    { 0x038E, 0x038F, 1, 63 },   { 0x0391, 0x03A1, 1, 32 },
	{ 0x03A3, 0x03AB, 1, 32 },    { 0x0400, 0x040F, 1, 80 },   { 0x0410, 0x042F, 1, 32 },
	{ 0x0460, 0x0480, 2, 1 },     { 0x048A, 0x04BE, 2, 1 },    { 0x04C1, 0x04CD, 2, 1 },
	{ 0x04D0, 0x052E, 2, 1 },     { 0x0531, 0x0556, 1, 48 },   { 0x1E00, 0x1E94, 2, 1 },
	{ 0x1E9E, 0x1E9E, 1, -7615 }, { 0x1EA0, 0x1EFE, 2, 1 },
};

enum { RANGES = sizeof ranges / sizeof *ranges };

uint32_t letter_lower(uint32_t c)
{
	for (size_t i = 0; i < RANGES && ranges[i].first <= c; i++) {
		const struct case_range *r = &ranges[i];
		if (c <= r->last && (c - r->first) % (uint32_t)r->step == 0)
			return (uint32_t)((int64_t)c + r->distance);
	}
	return c;
}

uint32_t letter_upper(uint32_t c)
{
	if (c == 0x0131) /* dotless i */
		return 'I';
	if (c == 0x017F) /* long s */
		return 'S';
	if (c == 0x03C2) /* final sigma */
		return 0x03A3;
	for (size_t i = 0; i < RANGES; i++) {
		const struct case_range *r = &ranges[i];
		int64_t capital = (int64_t)c - r->distance;
		if (capital >= r->first && capital <= r->last &&
		    (capital - r->first) % r->step == 0 && c != 0x00DF)
			return (uint32_t)capital;
	}
	return c;
}

bool letter_is_capital(uint32_t c)
{
	return letter_lower(c) != c;
}

bool letter_is(uint32_t c)
{
	if (c < 0x80)
		return (c | 32) >= 'a' && (c | 32) <= 'z';
	if (c >= 0xC0 && c < 0x250)
		return c != 0xD7 && c != 0xF7;
	switch ((int)hb_unicode_general_category(hb_unicode_funcs_get_default(), c)) {
	case HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_TITLECASE_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_MODIFIER_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
	case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
		return true;
	default:
		return false;
	}
}

bool letter_is_digit(uint32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9';
	return c >= 0x660 && hb_unicode_general_category(hb_unicode_funcs_get_default(), c) ==
				     HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER;
}

bool letter_is_vowel(uint32_t c)
{
	static const char32_t latin[] = U"aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿ"
					U"āăąēĕėęěĩīĭįıōŏőœũūŭůűų";
	static const char32_t others[] = U"аеєиіїоуюяёэыαεηιουωάέήίόύώ";
	c = letter_lower(c);
	const char32_t *v = c < 0x0250 ? latin : others;
	while (*v && *v != c)
		v++;
	return *v != 0;
}

bool letter_is_invisible(uint32_t c)
{
	return c >= 0x034F &&
	       (c == 0x034F || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
		(c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
		(c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0100 && c <= 0xE01EF));
}

void letter_put_upper(struct buf *b, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		if (c == 0x00DF)
			buf_put(b, STR("SS"));
		else
			utf8_put(b, letter_upper(c));
	}
}
