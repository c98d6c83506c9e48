/* YAML as a tree that remembers where everything stands.
 *
 * What settings need of YAML and no more: tables, lists, texts. Anchors and
 * aliases, tags, several documents, keys that are not texts, and a key given
 * twice are mistakes. Texts stay texts; what they mean is for keys.h. */
#ifndef SOURCE_YAML_H
#define SOURCE_YAML_H

#include "source/reader.h"

enum yaml_kind {
	YAML_EMPTY, /* nothing, ~ or null */
	YAML_TEXT,
	YAML_LIST,
	YAML_TABLE,
};

enum { YAML_DEPTH_MAX = 32 };

struct yaml {
	enum yaml_kind kind;
	struct place place;
	struct str text; /* TEXT */
	struct yaml *first, *last; /* of a LIST or TABLE, in the file's order */
	size_t count;
	struct yaml *next;
	/* Within a TABLE. */
	struct str key;
	struct place key_place;
};

/* Parses text, which stands in file from first_line on. NULL when it is not
 * YAML (reported); an empty text is an empty table. The tree borrows nothing. */
struct yaml *yaml_read(struct reader *r, struct str file, struct str text, int first_line);

/* The value of a key; NULL when table is NULL, no table, or has no such key. */
const struct yaml *yaml_find(const struct yaml *table, struct str key);

/* "a list", "a text", … for messages. */
const char *yaml_kind_name(enum yaml_kind k);

/* base with changes laid over it: tables merge key by key, everything else is
 * replaced, an empty value removes the key. Neither is modified; what did not
 * change is shared. */
const struct yaml *yaml_merge(struct arena *a, const struct yaml *base, const struct yaml *changes);

#endif
