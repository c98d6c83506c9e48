/* What the files of this room share: the handle and its caches. Everything that
 * outlives one paragraph lies in one arena; a paragraph's own work in another,
 * which is emptied after each. */
#ifndef TYPE_INSIDE_H
#define TYPE_INSIDE_H

#include "base/arena.h"
#include "base/map.h"
#include "type/type.h"

#include <hb.h>

struct font;
struct look;
struct hyphenator;
struct wordbook;

struct type {
	struct arena *arena; /* as long as the handle */
	struct arena *scratch; /* one paragraph */
	const struct layout *layout;
	struct diags *diags;
	struct font *fonts; /* by face->number */
	struct look *looks; /* all that were asked for, newest first */
	hb_buffer_t *buffer;
	struct map *missing; /* characters reported, by their UTF-8 */
	struct map *languages; /* hyphenators, by language tag */
	struct wordbook *book; /* shared with other handles; NULL: not */
	bool owns_book;
};

#endif
