/* scan: a content stream of another's page as what it is made of (ISO 32000-1, 7.8.2):
 * operands, operators, and pictures that stand within it (8.9.7). Never fails: what is
 * broken comes as operators that nobody knows. */
#ifndef PDF_SCAN_H
#define PDF_SCAN_H

#include "base/str.h"

enum scan_kind {
	SCAN_NUMBER,
	SCAN_NAME, /* with its slash */
	SCAN_STRING,
	SCAN_MARK, /* brackets */
	SCAN_WORD, /* an operator, a keyword */
	SCAN_PICTURE, /* from BI to EI */
};

struct token {
	enum scan_kind kind;
	struct str raw; /* as it stands in the stream */
	double number;
	struct str entries, data; /* of a picture: between BI and ID; its bytes, coded */
};

/* Cuts the next token off rest; false at the end. Space and comments are passed over. */
bool scan_next(struct str *rest, struct token *t);

/* "/DeviceRGB" is DeviceRGB. */
bool token_is_name(const struct token *t, const char *name);
bool token_is_word(const struct token *t, const char *word);

#endif
