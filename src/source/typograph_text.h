/* A paragraph as typography sees it: one running text of characters, each of
 * which knows the node it came from. Private to typograph*.c. */
#ifndef SOURCE_TYPOGRAPH_TEXT_H
#define SOURCE_TYPOGRAPH_TEXT_H

#include "model/document.h"
#include "source/typograph_rules.h"

enum { NBSP = 0xA0, EN_DASH = 0x2013, EM_DASH = 0x2014, ELLIPSIS = 0x2026, APOSTROPHE = 0x2019 };
enum { QUOTES_MAX = 8 };

struct letter {
	uint32_t code;
	uint32_t segment : 31; /* which of the running text's segments it belongs to */
	uint32_t fixed : 1; /* code or address: read, never changed */
};

struct segment {
	struct node *node; /* TEXT, or NULL for what only stands in between */
	const struct typograph_rules *rules;
};

struct running {
	struct letter *letters; /* heap */
	size_t count, capacity;
	struct segment *segments; /* heap */
	size_t segment_count, segment_capacity;
	uint32_t before; /* the last character of the part already done; 0: none */
	uint32_t closers[QUOTES_MAX]; /* of the quotations that are open */
	size_t open;
	bool strict;
};

/* The character at i, or 0 at and beyond the end. */
uint32_t running_at(const struct running *t, size_t i);
/* The one before i, also when that stands in the part already done. */
uint32_t running_before(const struct running *t, size_t i);
const struct typograph_rules *running_rules(const struct running *t, size_t i);

bool code_is_letter(uint32_t c);
bool code_is_upper(uint32_t c);
bool code_is_digit(uint32_t c);
/* A space of any kind, a line's end, or nothing. */
bool code_is_gap(uint32_t c);
uint32_t code_lower(uint32_t c);

/* Characters for characters: quotes, dashes, ellipses, apostrophes. */
void typograph_signs(struct running *t);
/* Spaces that become no-break spaces. */
void typograph_bonds(struct running *t);

#endif
