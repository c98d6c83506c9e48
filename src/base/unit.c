#include "base/unit.h"

#include <limits.h>

static int64_t divide_rounded(int64_t a, int64_t b)
{
	return a >= 0 ? (a + b / 2) / b : -((-a + b / 2) / b);
}

int unit_from_um(int64_t micrometres)
{
	/* 1 inch = 25,400 um = 72,000 units */
	return (int)divide_rounded(micrometres * 72000, 25400);
}

int64_t unit_to_um(int length)
{
	return divide_rounded((int64_t)length * 25400, 72000);
}

void unit_put(struct buf *b, int length)
{
	int64_t v = length < 0 ? -(int64_t)length : length;
	buf_format(b, "%s%d", length < 0 ? "-" : "", (int)(v / PT));
	for (int rest = (int)(v % PT), place = PT / 10; rest; rest %= place, place /= 10)
		buf_format(b, "%s%d", place == PT / 10 ? "." : "", rest / place);
	buf_put_c(b, "pt");
}

/* A decimal number as ten-thousandths, and where it ends. Its whole part is at most
 * INT_MAX, so that the factors below do not overflow. */
static bool decimal(struct str s, int64_t *value, size_t *end)
{
	size_t i = 0;
	bool negative = s.len && s.ptr[0] == '-';
	if (negative)
		i++;
	int64_t v = 0;
	int digits = 0, decimals = -1;
	for (; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '.' && decimals < 0) {
			decimals = 0;
		} else if (c >= '0' && c <= '9') {
			digits++;
			if (decimals < 4)
				v = 10 * v + (c - '0');
			if (decimals < 0 && v > INT_MAX)
				return false;
			if (decimals >= 0 && decimals < 4)
				decimals++;
		} else {
			break;
		}
	}
	for (int d = decimals < 0 ? 0 : decimals; d < 4; d++)
		v *= 10;
	*value = negative ? -v : v;
	*end = i;
	return digits > 0;
}

bool unit_parse(struct str s, int *length)
{
	/* Numerator and denominator from ten-thousandths of the unit to 1/1000 pt. */
	static const struct {
		struct str name;
		int64_t numerator, denominator;
	} units[] = {
		{ STR_INIT(""), 1, 10 },         { STR_INIT("pt"), 1, 10 },
		{ STR_INIT("p"), 12, 10 },       { STR_INIT("in"), 72, 10 },
		{ STR_INIT("mm"), 7200, 25400 }, { STR_INIT("cm"), 72000, 25400 },
	};
	int64_t value;
	size_t end;
	if (!decimal(s, &value, &end))
		return false;
	struct str unit = str_trim(str_sub(s, end, s.len));
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (!str_equal(unit, units[i].name))
			continue;
		int64_t v = divide_rounded(value * units[i].numerator, units[i].denominator);
		if (v > INT_MAX || v < INT_MIN)
			return false;
		*length = (int)v;
		return true;
	}
	return false;
}
