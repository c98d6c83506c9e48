/* Words that the handles of several threads share: whoever comes to one first shapes and
 * divides it for all. */
#ifndef TYPE_WORDBOOK_H
#define TYPE_WORDBOOK_H

#include "type/shape.h"

struct wordbook;

struct wordbook *wordbook_open(void);
void wordbook_close(struct wordbook *b);

/* The words of looks that are like l. */
struct map *wordbook_page(struct wordbook *b, const struct look *l);
/* NULL when nobody has shaped it. What is shared does not change. */
struct word *wordbook_find(struct wordbook *b, const struct map *page, struct str text);
/* A word just shaped; what there is of it when another was quicker. */
struct word *wordbook_add(struct wordbook *b, struct map *page, const struct word *w);
/* Whether somebody has divided the shared word behind w: w is divided alike. */
bool wordbook_divided(struct wordbook *b, struct word *w);
/* w has just been divided. */
void wordbook_divide(struct wordbook *b, const struct word *w);

#endif
