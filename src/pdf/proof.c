/* Whether pictures are whole inside, before anything is made of them: each file is
 * decoded once, to as few pixels as the libraries offer, so that all of it is read and
 * most of the work left out. What was sound is remembered by its content.
 *
 * A JPEG has no checksum. What libjpeg cannot decode is damage; bytes that are left over when
 * all pixels are there are a sign of it, and a warning. */
#include "pdf/jpeg.h"
#include "pdf/pdf.h"
#include "pdf/picture.h"
#include "pdf/png.h"

#include "base/arena.h"
#include "base/cache.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/pool.h"

enum { PICTURE_BYTES_AT_MOST = 1 << 30 };

/* One file, however often it is shown. */
struct proof {
	const struct picture *picture;
	struct arena *arena;
	struct str reason; /* empty: it is sound, or its fault is told */
	struct str doubt; /* empty: none */
	bool sound;
};

struct proofs {
	struct cache *cache;
	struct diags *diags;
	struct proof *list;
	size_t count, capacity;
	struct map *by_path; /* -> its index, as size_t * */
};

/* Empty when the content is not known. */
static struct str key_of(struct arena *a, const struct picture *p)
{
	if (!p->hash)
		return STR("");
	return str_format(a, "glos " GLOS_VERSION " proof 1; %s; source %016llx %llu, %d by %d",
			  jpeg_library(), (unsigned long long)p->hash, (unsigned long long)p->bytes,
			  p->columns, p->rows);
}

static bool decode(struct proof *one, struct arena *a, struct str bytes, struct str *reason)
{
	const struct picture *p = one->picture;
	struct raster r;
	struct wish w = { .file_columns = p->columns,
			  .file_rows = p->rows,
			  .area = { 0, 0, p->columns, p->rows },
			  .columns = (p->columns + 7) / 8,
			  .rows = (p->rows + 7) / 8,
			  .flat = true };
	if (!(p->format == PICTURE_PNG ? png_read : jpeg_read)(a, bytes, &w, &r, reason))
		return false;
	if (r.left_over)
		one->doubt = str_format(one->arena, "%d bytes are in no pixel", r.left_over);
	return true;
}

static void prove(void *context, size_t i)
{
	struct proofs *all = context;
	struct proof *one = &all->list[i];
	const struct picture *p = one->picture;
	struct str key = key_of(one->arena, p), bytes;
	struct arena *scratch = arena_open();
	one->sound = key.len && cache_get(all->cache, one->arena, key, &one->doubt);
	if (!one->sound && file_read(scratch, str_c(scratch, p->path), PICTURE_BYTES_AT_MOST,
				     all->diags, p->place, &bytes)) {
		struct str reason = STR("");
		one->sound = decode(one, scratch, bytes, &reason);
		one->reason = str_copy(one->arena, reason);
		/* The key speaks of the file as it was when it was looked at. */
		if (one->sound && key.len && hash_of(bytes) == p->hash)
			cache_put(all->cache, key, one->doubt);
	}
	arena_close(scratch);
}

static void take_in(struct proofs *all, struct arena *a, const struct picture *p)
{
	if (!p->path.len || map_find(all->by_path, p->path))
		return;
	size_t *index = NEW(a, size_t);
	*index = all->count;
	map_put(all->by_path, p->path, index);
	struct proof one = {
		.picture = p, .arena = arena_open(), .reason = STR(""), .doubt = STR("")
	};
	PUSH(a, all->list, all->count, all->capacity, one);
}

/* Tells at each place where the picture is shown, and takes a damaged one away there. */
static void judge(const struct proofs *all, struct picture *p)
{
	const size_t *index = map_find(all->by_path, p->path);
	const struct proof *one = index ? &all->list[*index] : NULL;
	if (one && one->reason.len)
		diag_report_hint(all->diags, DIAG_IMAGE_DAMAGED, p->place,
				 STR("copy it again from where it came"), "%.*s: %.*s",
				 STR_ARG(p->src), STR_ARG(one->reason));
	if (one && one->doubt.len)
		diag_report_hint(all->diags, DIAG_IMAGE_DOUBTFUL, p->place,
				 STR("look at it; when it is right, save it anew"), "%.*s: %.*s",
				 STR_ARG(p->src), STR_ARG(one->doubt));
	if (one && !one->sound)
		p->path = STR("");
}

void pdf_prove_pictures(struct str root, struct picture *const *pictures, size_t count,
			const struct world *w, struct diags *d)
{
	struct arena *a = arena_open();
	struct proofs all = { .cache = pictures_cache(a, root), .diags = d, .by_path = map_new(a) };
	for (size_t i = 0; i < count; i++)
		take_in(&all, a, pictures[i]);
	pool_run(w->processors ? w->processors : 1, all.count, prove, &all);
	for (size_t i = 0; i < count; i++)
		judge(&all, pictures[i]);
	for (size_t i = 0; i < all.count; i++)
		arena_close(all.list[i].arena);
	arena_close(a);
}
