#include "pdf/flate.h"

#include "base/arena.h"

#include <zlib.h>

struct str flate(struct arena *a, struct str data, enum flate_effort effort)
{
	/* The room for the worst case lives only as long as this call. */
	uLongf len = compressBound((uLong)data.len);
	unsigned char *out = heap_resize(NULL, len);
	const unsigned char *in = (const unsigned char *)(data.ptr ? data.ptr : "");
	/* Fails only for want of memory: the room is sufficient by definition. */
	if (compress2(out, &len, in, (uLong)data.len, (int)effort) != Z_OK)
		out_of_memory();
	struct str packed = str_copy(a, (struct str){ (const char *)out, len });
	heap_free(out);
	return packed;
}
