/* writer: objects over libharu's low-level interface, or packed by compact.c.
 *
 * A dictionary of libharu has a hook that writes after its own elements; here
 * the hook writes all of them. A stream reads its data through callbacks, so
 * that nothing is copied. Both ways are public in libharu's headers. */
#include "pdf/writer.h"

#include "base/arena.h"
#include "pdf/compact.h"
#include "pdf/put.h"

#include <hpdf.h>
#include <hpdf_utils.h>
#include <libdeflate.h>

struct writer {
	struct arena *arena;
	struct object *objects; /* by number */
	size_t count, capacity;
	int catalog, tree, info; /* numbers */
	struct str trailer;
	int *pages; /* in order; of a packed file */
	size_t page_count, page_capacity;
	HPDF_MD5_CTX digest;
	/* Of a plain file. */
	HPDF_Doc doc;
	HPDF_Array kids; /* of the page tree */
	HPDF_Dict *dictionaries; /* by number; NULL for those libharu keeps to itself */
	size_t dictionary_capacity;
};

/* The data of one stream while it is read. */
struct source {
	struct str data;
	size_t at;
};

static void *take(HPDF_UINT size)
{
	return heap_resize(NULL, size);
}

static void note_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	/* doc->error keeps the first one; writer_save looks. */
	(void)error;
	(void)detail;
	(void)user;
}

static int number_of(HPDF_Dict object)
{
	return (int)(object->header.obj_id & 0x00FFFFFF);
}

/* Makes room for an object and the numbers below it. */
static struct object *object_at(struct writer *w, int number)
{
	struct object none = { 0 };
	size_t dictionaries = w->count;
	while (w->count <= (size_t)number)
		PUSH(w->arena, w->objects, w->count, w->capacity, none);
	while (w->doc && dictionaries < w->count)
		PUSH(w->arena, w->dictionaries, dictionaries, w->dictionary_capacity, NULL);
	return &w->objects[number];
}

static int learn(struct writer *w, HPDF_Dict dictionary)
{
	int number = number_of(dictionary);
	object_at(w, number);
	w->dictionaries[number] = dictionary;
	return number;
}

struct writer *writer_open(struct arena *a, enum pdf_file file)
{
	struct writer *w = NEW(a, struct writer);
	w->arena = a;
	HPDF_MD5Init(&w->digest);
	if (file == PDF_17_PACKED) {
		object_at(w, 0);
		w->catalog = writer_reserve(w);
		w->tree = writer_reserve(w);
		w->info = writer_reserve(w);
		return w;
	}
	w->doc = HPDF_NewEx(note_error, take, heap_free, 0, NULL);
	if (!w->doc)
		out_of_memory();
	w->doc->pdf_version = file == PDF_14_PLAIN ? HPDF_VER_14 : HPDF_VER_16;
	w->kids = HPDF_Dict_GetItem(w->doc->root_pages, "Kids", HPDF_OCLASS_ARRAY);
	HPDF_Dict_RemoveElement(w->doc->info, "Producer");
	w->catalog = learn(w, w->doc->catalog);
	w->tree = learn(w, w->doc->root_pages);
	w->info = learn(w, w->doc->info);
	return w;
}

void writer_close(struct writer *w)
{
	if (w->doc)
		HPDF_Free(w->doc);
}

static HPDF_STATUS write_entries(HPDF_Dict object, HPDF_Stream out)
{
	const struct str *entries = object->attr;
	HPDF_STATUS status =
		HPDF_Stream_Write(out, (const HPDF_BYTE *)entries->ptr, (HPDF_UINT)entries->len);
	return status == HPDF_OK ? HPDF_Stream_WriteChar(out, '\n') : status;
}

static void digest(struct writer *w, struct str bytes)
{
	HPDF_MD5Update(&w->digest, (const HPDF_BYTE *)bytes.ptr, (HPDF_UINT32)bytes.len);
}

static void hook(struct writer *w, HPDF_Dict dictionary, struct str entries)
{
	struct str *kept = NEW(w->arena, struct str);
	*kept = entries;
	dictionary->attr = kept;
	dictionary->write_fn = write_entries;
}

void writer_fill(struct writer *w, int object, struct str entries)
{
	w->objects[object].entries = entries;
	w->objects[object].filled = true;
	digest(w, entries);
	if (w->doc)
		hook(w, w->dictionaries[object], entries);
}

int writer_reserve(struct writer *w)
{
	if (!w->doc) {
		object_at(w, (int)w->count);
		return (int)w->count - 1;
	}
	HPDF_Dict dictionary = HPDF_Dict_New(w->doc->mmgr);
	HPDF_Xref_Add(w->doc->xref, dictionary);
	return learn(w, dictionary);
}

int writer_dictionary(struct writer *w, struct str entries)
{
	int object = writer_reserve(w);
	writer_fill(w, object, entries);
	return object;
}

static HPDF_STATUS source_read(HPDF_Stream stream, HPDF_BYTE *ptr, HPDF_UINT *len)
{
	struct source *s = stream->attr;
	struct str piece = str_sub(s->data, s->at, *len);
	if (piece.len)
		memcpy(ptr, piece.ptr, piece.len);
	s->at += piece.len;
	if (piece.len == *len)
		return HPDF_OK;
	*len = (HPDF_UINT)piece.len;
	return HPDF_STREAM_EOF;
}

static HPDF_STATUS source_seek(HPDF_Stream stream, HPDF_INT at, HPDF_WhenceMode mode)
{
	(void)mode; /* libharu only goes back to the start */
	((struct source *)stream->attr)->at = (size_t)at;
	return HPDF_OK;
}

static HPDF_INT32 source_tell(HPDF_Stream stream)
{
	return (HPDF_INT32)((struct source *)stream->attr)->at;
}

static HPDF_UINT32 source_size(HPDF_Stream stream)
{
	return (HPDF_UINT32)((struct source *)stream->attr)->data.len;
}

static int reserve_read(struct writer *w, struct str data)
{
	HPDF_Dict dictionary = HPDF_DictStream_New(w->doc->mmgr, w->doc->xref);
	struct source *s = NEW(w->arena, struct source);
	s->data = data;
	HPDF_Stream_Free(dictionary->stream);
	dictionary->stream = HPDF_CallbackReader_New(w->doc->mmgr, source_read, source_seek,
						     source_tell, source_size, s);
	dictionary->filter = HPDF_STREAM_FILTER_NONE;
	return learn(w, dictionary);
}

int writer_reserve_stream(struct writer *w, struct str data)
{
	int object = w->doc ? reserve_read(w, data) : writer_reserve(w);
	w->objects[object].stream = true;
	w->objects[object].data = data;
	/* The data by length and check sum: pictures are large, the digest slow. */
	unsigned long sum = libdeflate_crc32(0, data.ptr, data.len);
	digest(w, str_format(w->arena, "%zu %08lx", data.len, sum));
	return object;
}

int writer_stream(struct writer *w, struct str entries, struct str data)
{
	int object = writer_reserve_stream(w, data);
	writer_fill(w, object, entries);
	return object;
}

int writer_page_tree(const struct writer *w)
{
	return w->tree;
}

void writer_page(struct writer *w, int object, struct str entries)
{
	writer_fill(w, object,
		    str_format(w->arena, "/Type /Page\n/Parent %d 0 R\n%.*s", w->tree,
			       STR_ARG(entries)));
	if (!w->doc) {
		PUSH(w->arena, w->pages, w->page_count, w->page_capacity, object);
		return;
	}
	HPDF_Dict page = w->dictionaries[object];
	page->header.obj_class |= HPDF_OSUBCLASS_PAGE; /* counted when the tree is written */
	HPDF_Array_Add(w->kids, page);
}

void writer_catalog(struct writer *w, struct str entries)
{
	if (!w->doc) /* libharu writes these two itself */
		entries = str_format(w->arena, "/Type /Catalog /Pages %d 0 R\n%.*s", w->tree,
				     STR_ARG(entries));
	writer_fill(w, w->catalog, entries);
}

void writer_info(struct writer *w, struct str entries)
{
	writer_fill(w, w->info, entries);
}

void writer_trailer(struct writer *w, struct str entries)
{
	w->trailer = entries;
	digest(w, entries);
	if (w->doc)
		hook(w, w->doc->trailer, entries);
}

void writer_digest(const struct writer *w, unsigned char result[16])
{
	HPDF_MD5_CTX copy = w->digest;
	HPDF_MD5Final(result, &copy);
}

struct sink {
	void (*put)(void *context, const void *ptr, size_t len);
	void *context;
};

static HPDF_STATUS sink_write(HPDF_Stream stream, const HPDF_BYTE *ptr, HPDF_UINT len)
{
	const struct sink *s = stream->attr;
	s->put(s->context, ptr, len);
	return HPDF_OK;
}

/* A plain file, as libharu writes it: with a cross-reference table. */
static bool save_plain(struct writer *w, void (*put)(void *context, const void *ptr, size_t len),
		       void *context, struct diags *d)
{
	HPDF_Doc doc = w->doc;
	struct sink sink = { put, context };
	HPDF_Stream out = HPDF_CallbackWriter_New(doc->mmgr, sink_write, &sink);
	/* Four bytes above 127 tell tools that the file is binary (7.5.2). */
	HPDF_Stream_WriteStr(out, doc->pdf_version == HPDF_VER_14 ? "%PDF-1.4\n" : "%PDF-1.6\n");
	HPDF_Stream_WriteStr(out, "%\xE2\xE3\xCF\xD3\n");
	HPDF_Dict_Add(doc->trailer, "Root", doc->catalog);
	HPDF_Dict_Add(doc->trailer, "Info", doc->info);
	HPDF_STATUS status = HPDF_Xref_WriteToStream(doc->xref, out, NULL);
	/* Offsets of libharu are 32 bits, and those above 2^31 come out wrong. */
	bool too_large = out->size > INT32_MAX;
	HPDF_Stream_Free(out);
	if (status == HPDF_OK)
		status = doc->error.error_no;
	if (status != HPDF_OK)
		diag_report(d, DIAG_PDF_FAILED, (struct place){ 0 }, "libharu error 0x%04lX",
			    (unsigned long)status);
	else if (too_large)
		diag_report(d, DIAG_PDF_FAILED, (struct place){ 0 }, "more than 2 GB");
	return status == HPDF_OK && !too_large;
}

static void fill_tree(struct writer *w)
{
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_format(&b, "/Type /Pages /Count %zu /Kids [", w->page_count);
	for (size_t i = 0; i < w->page_count; i++)
		buf_format(&b, "%d 0 R ", w->pages[i]);
	buf_put_byte(&b, ']');
	writer_fill(w, w->tree, put_settle(w->arena, &b));
}

bool writer_save(struct writer *w, void (*put)(void *context, const void *ptr, size_t len),
		 void *context, struct diags *d)
{
	if (w->doc)
		return save_plain(w, put, context, d);
	fill_tree(w);
	struct str trailer = str_format(w->arena, "/Root %d 0 R /Info %d 0 R %.*s", w->catalog,
					w->info, STR_ARG(w->trailer));
	compact(w->objects, w->count, trailer, put, context);
	return true;
}

const char *writer_library_version(void)
{
	return HPDF_GetVersion();
}

const char *writer_library_built_for(void)
{
	return HPDF_VERSION_TEXT;
}
