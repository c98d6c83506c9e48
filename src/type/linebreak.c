/* libunibreak implements UAX #14 by its pair table; this file is its only
 * customer. Its language parameter changes the treatment of quotation marks in
 * ways that differ between versions, so none is given: the rules for all languages
 * are enough where typography has already placed the no-break spaces.
 *
 * Looking every character up in its table of ranges made the library one of the
 * slowest parts of composing. Text that has nothing but Latin and Cyrillic letters,
 * figures, spaces and the marks of every day is therefore judged here, by the
 * library's own answers for pairs of such characters; a test compares both. */
#include "type/linebreak.h"

#include "base/utf8.h"

#include <linebreak.h>

_Static_assert(LINE_END_MUST == LINEBREAK_MUSTBREAK && LINE_END_MAY == LINEBREAK_ALLOWBREAK &&
		       LINE_END_NEVER == LINEBREAK_NOBREAK &&
		       LINE_END_INSIDE == LINEBREAK_INSIDEACHAR,
	       "libunibreak's answers");

/* The library builds an index for itself. Before main() it is built once, for
 * all threads that will come. */
__attribute__((constructor)) static void prepare_library(void)
{
	init_linebreak();
}

/* Characters of every day, by how lines end at them: UAX #14's classes, where they
 * differ among these. */
enum everyday { EX, QU, AL, PR, OP, CP, IS, HY, SY, NU, BA, CL, GL, B2, IN, SP, OTHER };

static enum everyday everyday_class(uint32_t c)
{
	static const unsigned char ascii[0x80 - 0x20] = {
		SP, EX, QU, AL, PR, PR, AL, QU, OP, CP, AL, PR, IS, HY, IS, SY,    NU, NU, NU, NU,
		NU, NU, NU, NU, NU, NU, IS, IS, AL, AL, AL, EX, AL, AL, AL, AL,    AL, AL, AL, AL,
		AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL,    AL, AL, AL, OP,
		PR, CP, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL,    AL, AL, AL, AL,
		AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, OP, BA, CL, AL, OTHER,
	};
	if (c < 0x80)
		return c < 0x20 ? OTHER : ascii[c - 0x20];
	if ((c >= 0xC0 && c < 0x180) || (c >= 0x400 && c < 0x460) || c == 0x490 || c == 0x491)
		return AL;
	switch (c) {
	case 0x00A0:
	case 0x2011:
	case 0x202F:
		return GL;
	case 0x00AB:
	case 0x00BB:
	case 0x2018:
	case 0x2019:
	case 0x201C:
	case 0x201D:
		return QU;
	case 0x00B0:
		return PR;
	case 0x201A:
	case 0x201E:
		return OP;
	case 0x2010:
	case 0x2013:
		return BA;
	case 0x2014:
		return B2;
	case 0x2026:
		return IN;
	default:
		return OTHER;
	}
}

/* What a line may do between two of them: n never, m may. Behind the first, and
 * behind spaces after it. */
static const char direct[SP][SP + 1] = {
	/* clang-format off: by the order of the classes */
	[EX] = "nnmmmnnnnmnnnmm", [QU] = "nnnnnnnnnnnnnnn", [AL] = "nnnmnnnnnnnnnmn",
	[PR] = "nnnmnnnnnnnnnmm", [OP] = "nnnnnnnnnnnnnnn", [CP] = "nnnnmnnnnnnnnmm",
	[IS] = "nnnmmnnnnnnnnmm", [HY] = "nnmmmnnnnnnnmmm", [SY] = "nnmmmnnnnnnnnmm",
	[NU] = "nnnnnnnnnnnnnmn", [BA] = "nnmmmnnnnmnnmmm", [CL] = "nnmnmnnnnmnnnmm",
	[GL] = "nnnnnnnnnnnnnnn", [B2] = "nnmmmnnnnmnnnnm", [IN] = "nnmmmnnnnmnnnmn",
	/* clang-format on */
};
static const char spaced[SP][SP + 1] = {
	/* clang-format off */
	[EX] = "nmmmmnnmnmmnmmm", [QU] = "nmmmnnnmnmmnmmm", [AL] = "nmmmmnnmnmmnmmm",
	[PR] = "nmmmmnnmnmmnmmm", [OP] = "nnnnnnnnnnnnnnn", [CP] = "nmmmmnnmnmmnmmm",
	[IS] = "nmmmmnnmnmmnmmm", [HY] = "nmmmmnnmnmmnmmm", [SY] = "nmmmmnnmnmmnmmm",
	[NU] = "nmmmmnnmnmmnmmm", [BA] = "nmmmmnnmnmmnmmm", [CL] = "nmmmmnnmnmmnmmm",
	[GL] = "nmmmmnnmnmmnmmm", [B2] = "nmmmmnnmnmmnmnm", [IN] = "nmmmmnnmnmmnmmm",
	/* clang-format on */
};

/* False when there is another character in it. */
static bool everyday_ends(struct str text, char *ends)
{
	enum everyday before = GL; /* the last that is no space */
	bool space = false; /* between that and here */
	for (size_t at = 0; at < text.len;) {
		size_t here = at;
		enum everyday c = everyday_class(utf8_next(text, &at));
		if (c == OTHER)
			return false;
		if (c == SP && here == 0)
			c = GL; /* a space at the start binds what follows */
		for (size_t i = here; i < at; i++)
			ends[i] = LINE_END_INSIDE;
		if (here > 0) {
			bool may = c != SP && (space ? spaced : direct)[before][c] == 'm';
			ends[here - 1] = may ? LINE_END_MAY : LINE_END_NEVER;
		}
		space = c == SP;
		before = space ? before : c;
	}
	if (text.len)
		ends[text.len - 1] = LINE_END_MUST;
	return true;
}

void line_ends(struct str text, char *ends)
{
	if (!everyday_ends(text, ends))
		set_linebreaks_utf8((const utf8_t *)text.ptr, text.len, NULL, ends);
}
