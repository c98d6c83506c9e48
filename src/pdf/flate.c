#include "pdf/flate.h"

#include "base/arena.h"

#include <libdeflate.h>

struct str flate(struct arena *a, struct str data, enum flate_effort effort)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor((int)effort);
	if (!c)
		out_of_memory();
	/* The room for the worst case lives only as long as this call. */
	size_t room = libdeflate_zlib_compress_bound(c, data.len);
	char *out = heap_resize(NULL, room);
	size_t len = libdeflate_zlib_compress(c, data.ptr ? data.ptr : "", data.len, out, room);
	libdeflate_free_compressor(c);
	struct str packed = str_copy(a, (struct str){ out, len });
	heap_free(out);
	return packed;
}
