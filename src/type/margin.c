/* The values follow the habit of Hàn Thế Thành's thesis ("Micro-typographic
 * extensions to the TeX typesetting system", 2000): small dark marks hang far,
 * open letters a little. */
#include "type/margin.h"

#include <stddef.h>

static const struct {
	uint32_t c;
	int left, right;
} hanging[] = {
	{ '"', 300, 300 },    { '\'', 400, 400 },   { '(', 100, 0 },      { ')', 0, 200 },
	{ ',', 0, 500 },      { '-', 300, 500 },    { '.', 0, 600 },      { ':', 0, 400 },
	{ ';', 0, 400 },      { '!', 0, 100 },      { '?', 0, 100 },      { 'A', 50, 50 },
	{ 'T', 50, 50 },      { 'V', 50, 50 },      { 'W', 40, 40 },      { 'Y', 50, 50 },
	{ 'k', 0, 50 },       { 'r', 0, 50 },       { 't', 0, 50 },       { 'v', 40, 40 },
	{ 'w', 40, 40 },      { 'y', 40, 50 },      { 0x00AB, 300, 300 }, { 0x00AD, 0, 500 },
	{ 0x00BB, 300, 300 }, { 0x2010, 300, 500 }, { 0x2013, 200, 250 }, { 0x2014, 150, 200 },
	{ 0x2018, 400, 400 }, { 0x2019, 400, 400 }, { 0x201A, 400, 400 }, { 0x201C, 350, 350 },
	{ 0x201D, 350, 350 }, { 0x201E, 350, 350 }, { 0x2026, 0, 200 },   { 0x0410, 50, 50 },
	{ 0x0413, 0, 60 },    { 0x0422, 50, 50 },   { 0x0443, 40, 50 },
};

static size_t row(uint32_t c)
{
	size_t i = 0;
	while (i < sizeof hanging / sizeof *hanging && hanging[i].c != c)
		i++;
	return i;
}

int margin_left(uint32_t c)
{
	size_t i = row(c);
	return i < sizeof hanging / sizeof *hanging ? hanging[i].left : 0;
}

int margin_right(uint32_t c)
{
	size_t i = row(c);
	return i < sizeof hanging / sizeof *hanging ? hanging[i].right : 0;
}
