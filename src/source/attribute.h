/* Attributes in Pandoc's notation: {key=value other="with spaces"}. */
#ifndef SOURCE_ATTRIBUTE_H
#define SOURCE_ATTRIBUTE_H

#include "source/reader.h"

enum { ATTRIBUTES_MAX = 16 };

struct attribute {
	struct str key; /* empty for a bare word */
	struct str value; /* empty when there is none */
};

struct attributes {
	struct attribute list[ATTRIBUTES_MAX];
	size_t count;
	struct place place; /* of the opening brace */
};

/* Whether attributes begin at text[at], which is a brace: a known shape must
 * follow, so that "{name}" in a text stays text. *end becomes the position
 * behind the closing brace, or 0 when that is missing before limit. */
bool attributes_begin(struct str text, size_t at, size_t limit, size_t *end);

/* Parses "{…}". Reports ATTRIBUTE_INVALID at place for what is no attribute. */
void attributes_read(struct reader *r, struct str text, struct place place,
		     struct attributes *attributes);

/* The value of a key; NULL when absent. */
const struct str *attributes_find(const struct attributes *attributes, struct str key);
bool attributes_have_word(const struct attributes *attributes, struct str word);

/* Sets *language to the value of lang; reports one that is no tag, and leaves
 * *language as it is. */
void attributes_language(struct reader *r, const struct attributes *attributes,
			 struct str *language);

/* Reports attributes whose key, or whose bare word, is not in the list. */
void attributes_known(struct reader *r, const struct attributes *attributes, const struct str *keys,
		      size_t count);

#endif
