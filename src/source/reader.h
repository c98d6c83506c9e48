/* What every file of the room is handed: where results live, where mistakes go. */
#ifndef SOURCE_READER_H
#define SOURCE_READER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"

enum { ARTICLE_MAX = 2 << 20, SETTINGS_MAX = 4 << 20, NESTING_MAX = 64 };

struct reader {
	struct arena *arena;
	struct diags *diags;
};

#endif
