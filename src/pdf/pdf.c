/* pdf: the order in which a PDF is made.
 *
 * Pages are painted one after the other: that tells which glyphs, which pixels and
 * which elements are needed. What takes time and depends on nothing else is done by
 * several hands: pages already painted are deflated while the next ones are painted,
 * then subsets and pictures are made. Then all is handed to
 * the writer in a fixed order, and the file comes into being. */
#include "pdf/pdf.h"

#include "base/file.h"
#include "base/pool.h"
#include "pdf/colour.h"
#include "pdf/content.h"
#include "pdf/flate.h"
#include "pdf/link.h"
#include "pdf/picture.h"
#include "pdf/standard.h"
#include "pdf/structure.h"

#include <pthread.h>

enum { HANDS = 4 };

struct work {
	struct making *m;
	struct content *contents;
	struct str *streams; /* deflated, by page */
	struct arena **arenas; /* of the streams */
	size_t pictures;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t progress;
	size_t painted; /* pages whose contents may be read */
};

static void paint(struct work *w)
{
	for (size_t i = 0; i < w->m->count; i++) {
		content_make(w->m, i, &w->contents[i]);
		pthread_mutex_lock(&w->lock);
		w->painted++;
		pthread_cond_broadcast(&w->progress);
		pthread_mutex_unlock(&w->lock);
	}
}

static void await_page(struct work *w, size_t i)
{
	pthread_mutex_lock(&w->lock);
	while (w->painted <= i)
		pthread_cond_wait(&w->progress, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

/* Jobs begin in their order: who waits for a page waits for one that is being
 * painted. */
static void paint_or_deflate(void *context, size_t i)
{
	struct work *w = context;
	if (i == 0) {
		paint(w);
	} else {
		i--;
		await_page(w, i);
		w->arenas[i] = arena_open();
		w->streams[i] = flate(w->arenas[i], w->contents[i].stream, FLATE_TEXT);
	}
}

/* Pictures take longest and come first, the profile next. */
static void prepare(void *context, size_t i)
{
	struct work *w = context;
	if (i < w->pictures) {
		pictures_prepare(w->m->pictures, w->m, i);
		return;
	}
	if (i == w->pictures) {
		colours_pack(w->m->colours);
		return;
	}
	struct font *f = w->m->fonts->list[i - w->pictures - 1];
	if (f && f->usable)
		font_prepare(f);
}

static void put_resources(struct buf *b, const struct making *m, const struct content *c)
{
	buf_put_c(b, "/Resources <</Font <<");
	for (size_t i = 0; i < m->fonts->count; i++)
		if (c->fonts[i])
			font_put_resources(b, m->fonts->list[i]);
	buf_put_c(b, ">>");
	if (c->image_count || c->form_count) {
		buf_put_c(b, "/XObject <<");
		for (size_t i = 0; i < c->form_count; i++)
			buf_format(b, "/X%zu %d 0 R", i, c->forms[i]);
		for (size_t i = 0; i < c->image_count; i++)
			buf_format(b, "/I%d %d 0 R", image_number(c->images[i]),
				   image_object(c->images[i]));
		buf_put_c(b, ">>");
	}
	spot_put_resources(b, c);
	/* Black ink prints over what is below it, all other colours knock out. */
	if (c->overprints)
		buf_put_c(b, "/ExtGState <</O0 <</Type/ExtGState/OP false/op false/OPM 0>>"
			     "/O1 <</Type/ExtGState/OP true/op true/OPM 1>>>>");
	buf_put_c(b, ">>\n");
}

static void write_page(struct making *m, const struct work *w, size_t i)
{
	const struct content *c = &w->contents[i];
	int stream = writer_stream(m->writer, STR("/Filter /FlateDecode"), w->streams[i]);
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put(&b, standard_boxes(m, i));
	buf_format(&b, "/Contents %d 0 R\n", stream);
	put_resources(&b, m, c);
	/* What is transparent, in pictures or on a ready-made page, is mixed in inks (GWG
	 * 2022 R0030); PDF/X-1a has no such thing. */
	bool mixes = c->form_count > 0;
	for (size_t n = 0; n < c->image_count; n++)
		mixes = mixes || image_transparent(c->images[n]);
	if (m->press && m->layout->cmyk && mixes && m->layout->pdfx == PDFX_4)
		buf_put_c(&b, "/Group <</S /Transparency /CS /DeviceCMYK>>\n");
	if (m->structure)
		buf_format(&b, "/StructParents %zu /Tabs /S\n", i);
	if (c->annotation_count) {
		buf_put_c(&b, "/Annots [");
		for (size_t n = 0; n < c->annotation_count; n++)
			buf_format(&b, "%d 0 R ", c->annotations[n]);
		buf_put_c(&b, "]\n");
	}
	writer_page(m->writer, m->page_objects[i], put_settle(m->arena, &b));
}

static bool write_fonts(struct making *m)
{
	for (size_t i = 0; i < m->fonts->count; i++) {
		struct font *f = m->fonts->list[i];
		if (!f || !f->usable)
			continue;
		if (f->broken) {
			diag_report(m->diags, DIAG_FONT_DAMAGED, (struct place){ 0 }, "%.*s",
				    STR_ARG(f->face->path));
			return false;
		}
		font_write(f, m->writer);
	}
	return true;
}

static bool write_objects(struct making *m, const struct work *w)
{
	if (!write_fonts(m) || !pictures_write(m->pictures, m))
		return false;
	for (size_t i = 0; i < m->count; i++)
		write_page(m, w, i);
	struct catalog c = { 0 };
	if (m->structure) {
		c.structure = structure_write(m->structure, m);
		c.destinations = destinations_write(m);
		c.outline = outline_write(m);
	}
	standard_write(m, &c);
	return true;
}

static void put_to_file(void *context, const void *ptr, size_t len)
{
	file_writer_put(context, ptr, len);
}

static bool save(struct making *m, const char *path, uint64_t *bytes)
{
	struct file_writer *file = file_writer_open(path);
	bool ok = writer_save(m->writer, put_to_file, file, m->diags);
	if (bytes)
		*bytes = file_writer_size(file);
	if (ok)
		return file_writer_commit(file, m->diags);
	file_writer_abandon(file);
	return false;
}

static bool make(struct making *m, const char *path, uint64_t *bytes)
{
	size_t count = m->count;
	struct work w = {
		.m = m,
		.contents = NEW_ARRAY(m->arena, struct content, count + 1),
		.streams = NEW_ARRAY(m->arena, struct str, count + 1),
		.arenas = NEW_ARRAY(m->arena, struct arena *, count + 1),
	};
	for (size_t i = 0; i < count; i++)
		m->page_objects[i] = writer_reserve(m->writer);
	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.progress, NULL);
	pool_run(HANDS, 1 + count, paint_or_deflate, &w);
	pthread_cond_destroy(&w.progress);
	pthread_mutex_destroy(&w.lock);
	bool ok = !m->fonts->failed && !m->failed;
	if (ok) {
		w.pictures = pictures_count(m->pictures);
		pool_run(HANDS, w.pictures + 1 + m->fonts->count, prepare, &w);
		ok = write_objects(m, &w) && save(m, path, bytes);
	}
	for (size_t i = 0; i < count; i++)
		arena_close(w.arenas[i]);
	return ok;
}

static bool write_file(const struct pages *p, const struct sheets *s, const char *path,
		       const struct world *w, struct diags *d, uint64_t *bytes)
{
	bool press = p->layout->edition == EDITION_PRINT;
	struct arena *a = arena_open();
	struct making m = { .arena = a,
			    .pages = p,
			    .sheets = s,
			    .layout = p->layout,
			    .world = w,
			    .diags = d,
			    .press = press,
			    .count = s ? s->count : p->count };
	m.writer = writer_open(a, !press                       ? PDF_17_PACKED
				  : p->layout->pdfx == PDFX_1A ? PDF_14_PLAIN
							       : PDF_16_PLAIN);
	m.colours = colours_open(&m);
	m.fonts = fonts_open(a, p->layout);
	m.pictures = pictures_open(a, p->document->publication->root);
	m.structure = press ? NULL : structure_new(a, p);
	m.destinations = destinations_index(a, p);
	m.page_objects = NEW_ARRAY(a, int, m.count + 1);
	standard_media(&m);
	bool ok = make(&m, path, bytes);
	writer_close(m.writer);
	pictures_close(m.pictures);
	fonts_close(m.fonts);
	colours_close(m.colours);
	arena_close(a);
	return ok;
}

bool pdf_write(const struct pages *p, const char *path, const struct world *w, struct diags *d,
	       uint64_t *bytes)
{
	return write_file(p, NULL, path, w, d, bytes);
}

bool pdf_write_sheets(const struct sheets *s, const char *path, const struct world *w,
		      struct diags *d, uint64_t *bytes)
{
	return write_file(s->pages, s, path, w, d, bytes);
}

bool pdf_library_fits(struct diags *d)
{
	const char *running = writer_library_version(), *built = writer_library_built_for();
	bool fits = strcmp(running, built) == 0;
	if (!fits)
		diag_report(d, DIAG_PDF_FAILED, (struct place){ 0 },
			    "built for libharu %s, running with %s", built, running);
	return fits;
}
