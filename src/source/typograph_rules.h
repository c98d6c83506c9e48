/* What typography wants of each language. */
#ifndef SOURCE_TYPOGRAPH_RULES_H
#define SOURCE_TYPOGRAPH_RULES_H

#include "base/str.h"

/* Words are lower case; lists end with an empty slice. After PWN's rules and
 * advice and the EU Interinstitutional Style Guide (pl), Språkrådet (nb), the
 * Pravopys of 2019 (uk). */
struct typograph_rules {
	struct str language; /* first subtag */
	uint32_t quotes[4]; /* outer open, close; inner open, close */
	uint32_t single[2]; /* what '…' in the source becomes */
	bool dash_binds_left; /* a no-break space before a spaced dash */
	struct str one_letter; /* letters that never stand at a line's end as words */
	const struct str *short_words; /* bound to what follows in strict texts */
	const struct str *before; /* abbreviations bound to what follows */
	const struct str *before_digit; /* bound to a number that follows */
	const struct str *units; /* bound to a number before them */
	const struct str *after; /* bound to what stands before them */
	const struct str *months; /* bound to the day before them */
};

/* English for languages not known. */
const struct typograph_rules *typograph_rules(struct str language);

/* Whether a lower-case word is in a list. */
bool typograph_listed(const struct str *list, struct str word);

#endif
