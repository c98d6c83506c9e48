/* libunibreak implements UAX #14 by its pair table; this file is its only
 * customer. Its language parameter changes the treatment of quotation marks in
 * ways that differ between versions, so none is given: the rules for all languages
 * are enough where typography has already placed the no-break spaces. */
#include "type/linebreak.h"

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

void line_ends(struct str text, char *ends)
{
	set_linebreaks_utf8((const utf8_t *)text.ptr, text.len, NULL, ends);
}
