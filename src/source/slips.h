/* Slips: what they are told with. Private to slips.c and slips_block.c. */
#ifndef SOURCE_SLIPS_H
#define SOURCE_SLIPS_H

#include "source/body.h"

enum { SLIP_REACH = 4096 }; /* bytes that are looked at behind a sign */

static inline bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* What stands from i to the end of its line. */
struct str line_from(const struct body *b, size_t i);

/* Shows the bytes from start to end, or as many of them as a message holds. */
void slip_report(struct body *b, size_t start, size_t end, struct str hint);

#endif
