/* What lists of messages show of an issue, and its messages in other languages. */
#ifndef SOURCE_INBOX_H
#define SOURCE_INBOX_H

#include "model/document.h"
#include "source/keys.h"

/* The subject is the title unless told; both get plain spaces. Reports what is longer
 * than lists of messages show. table: where subject, preheader and title stand. */
void inbox_words_finish(struct reader *r, const struct yaml *table, struct str title,
			struct str *subject, struct str *preheader);

/* Where those words stand in the table, or what stands in their place. */
struct head_places inbox_places(const struct yaml *table);

/* The table of languages that have a message of their own, into d, whose articles and
 * cover are there already. */
void translations_read(struct reader *r, struct document *d, const struct yaml *languages);

#endif
