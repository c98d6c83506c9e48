/* What settings mean: typed values of a table's keys.
 *
 * Every function takes the table and the key's name, leaves *value as it was
 * when the key is absent or empty, and reports a value of the wrong type at its
 * place. table may be NULL, which holds nothing. The bool says whether a usable
 * value was there. */
#ifndef SOURCE_KEYS_H
#define SOURCE_KEYS_H

#include "source/yaml.h"

/* Reports KEY_UNKNOWN for keys that are not in the list, with the nearest. */
void keys_known(struct reader *r, const struct yaml *table, const struct str *names, size_t count);
#define KEYS_KNOWN(r, table, names) keys_known(r, table, names, sizeof(names) / sizeof *(names))

/* False, with KEY_MISSING, when the key is absent (at the table's place) or there with nothing
 * behind it (at its own). */
bool keys_require(struct reader *r, const struct yaml *table, const char *key);

bool keys_text(struct reader *r, const struct yaml *table, const char *key, struct str *value);
bool keys_bool(struct reader *r, const struct yaml *table, const char *key, bool *value);
bool keys_int(struct reader *r, const struct yaml *table, const char *key, int least, int most,
	      int *value);
/* A length, see base/unit.h; keys_length_in: from least to most. */
bool keys_length(struct reader *r, const struct yaml *table, const char *key, int *value);
bool keys_length_in(struct reader *r, const struct yaml *table, const char *key, int least,
		    int most, int *value);
/* The same for the item of a list. key: the list's name, for messages. */
bool keys_item_length_in(struct reader *r, const struct yaml *item, const char *key, int least,
			 int most, int *value);
/* One of names; *value becomes its index. */
bool keys_choice(struct reader *r, const struct yaml *table, const char *key,
		 const struct str *names, size_t count, int *value);
/* A list of texts; a single text is a list of one. *count 0 when absent. */
struct str *keys_texts(struct reader *r, const struct yaml *table, const char *key, size_t *count);
/* Where each of them stands. */
struct place *keys_texts_places(struct reader *r, const struct yaml *table, const char *key);
/* A table or a list; NULL when absent or of another type (reported). */
const struct yaml *keys_table(struct reader *r, const struct yaml *table, const char *key);
const struct yaml *keys_list(struct reader *r, const struct yaml *table, const char *key);

/* Reports VALUE_TYPE: "KEY: WANTED was expected, this is a list", with a hint
 * how the wanted thing is written. */
void keys_wrong_type(struct reader *r, const struct yaml *value, const char *wanted);
/* Where the value of a key stands; the table's own place when absent. */
struct place keys_place(const struct yaml *table, const char *key);

#endif
