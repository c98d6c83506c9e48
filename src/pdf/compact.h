/* compact: objects as the bytes of a file in which dictionaries are deflated by
 * the hundred (object streams, ISO 32000-1, 7.5.7) and found through a
 * cross-reference stream (7.5.8): half the size for a tagged file. */
#ifndef PDF_COMPACT_H
#define PDF_COMPACT_H

#include "base/str.h"

struct arena;

/* An object of a file: a dictionary, or a stream with its data encoded. */
struct object {
	struct str entries; /* "/Key value …", without /Length */
	struct str data;
	bool stream;
	bool filled; /* else nothing was put at its number */
};

/* Puts the whole file, of version 1.7, through put(context, ptr, len).
 *
 * objects: by number; that of 0 is left out.
 * trailer: entries of the trailer, /Root among them, without /Size. */
void compact(const struct object *objects, size_t count, struct str trailer,
	     void (*put)(void *context, const void *ptr, size_t len), void *context);

#endif
