/* writer: objects over libharu's low-level interface.
 *
 * A dictionary of libharu has a hook that writes after its own elements; here
 * the hook writes all of them. A stream reads its data through callbacks, so
 * that nothing is copied. Both ways are public in libharu's headers. */
#include "pdf/writer.h"

#include "base/arena.h"

#include <hpdf.h>
#include <hpdf_utils.h>
#include <zlib.h>

struct writer {
	struct arena *arena;
	HPDF_Doc doc;
	HPDF_Array kids; /* of the page tree */
	HPDF_Dict *objects; /* by number; NULL for those libharu keeps to itself */
	size_t count, capacity;
	HPDF_MD5_CTX digest;
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

static void learn(struct writer *w, HPDF_Dict object)
{
	size_t number = object->header.obj_id & 0x00FFFFFF;
	while (w->count <= number)
		PUSH(w->arena, w->objects, w->count, w->capacity, NULL);
	w->objects[number] = object;
}

struct writer *writer_open(struct arena *a, enum pdf_version version)
{
	static const HPDF_PDFVer versions[] = { HPDF_VER_16, HPDF_VER_17 };
	struct writer *w = NEW(a, struct writer);
	w->arena = a;
	w->doc = HPDF_NewEx(note_error, take, heap_free, 0, NULL);
	if (!w->doc)
		out_of_memory();
	w->doc->pdf_version = versions[version];
	w->kids = HPDF_Dict_GetItem(w->doc->root_pages, "Kids", HPDF_OCLASS_ARRAY);
	HPDF_Dict_RemoveElement(w->doc->info, "Producer");
	HPDF_MD5Init(&w->digest);
	return w;
}

void writer_close(struct writer *w)
{
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

static void fill(struct writer *w, HPDF_Dict object, struct str entries)
{
	struct str *kept = NEW(w->arena, struct str);
	*kept = entries;
	object->attr = kept;
	object->write_fn = write_entries;
	digest(w, entries);
}

int writer_reserve(struct writer *w)
{
	HPDF_Dict object = HPDF_Dict_New(w->doc->mmgr);
	HPDF_Xref_Add(w->doc->xref, object);
	learn(w, object);
	return (int)(object->header.obj_id & 0x00FFFFFF);
}

void writer_fill(struct writer *w, int object, struct str entries)
{
	fill(w, w->objects[object], entries);
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

int writer_reserve_stream(struct writer *w, struct str data)
{
	HPDF_Dict object = HPDF_DictStream_New(w->doc->mmgr, w->doc->xref);
	struct source *s = NEW(w->arena, struct source);
	s->data = data;
	HPDF_Stream_Free(object->stream);
	object->stream = HPDF_CallbackReader_New(w->doc->mmgr, source_read, source_seek,
						 source_tell, source_size, s);
	object->filter = HPDF_STREAM_FILTER_NONE;
	learn(w, object);
	/* The data by length and check sum: pictures are large, the digest slow. */
	unsigned long sum = crc32(0, (const unsigned char *)data.ptr, (unsigned)data.len);
	digest(w, str_format(w->arena, "%zu %08lx", data.len, sum));
	return (int)(object->header.obj_id & 0x00FFFFFF);
}

int writer_stream(struct writer *w, struct str entries, struct str data)
{
	int object = writer_reserve_stream(w, data);
	writer_fill(w, object, entries);
	return object;
}

int writer_page_tree(const struct writer *w)
{
	return (int)(w->doc->root_pages->header.obj_id & 0x00FFFFFF);
}

void writer_page(struct writer *w, int object, struct str entries)
{
	HPDF_Dict page = w->objects[object];
	page->header.obj_class |= HPDF_OSUBCLASS_PAGE; /* counted when the tree is written */
	fill(w, page,
	     str_format(w->arena, "/Type /Page\n/Parent %d 0 R\n%.*s", writer_page_tree(w),
			STR_ARG(entries)));
	HPDF_Array_Add(w->kids, page);
}

void writer_catalog(struct writer *w, struct str entries)
{
	fill(w, w->doc->catalog, entries);
}

void writer_info(struct writer *w, struct str entries)
{
	fill(w, w->doc->info, entries);
}

void writer_trailer(struct writer *w, struct str entries)
{
	fill(w, w->doc->trailer, entries);
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

bool writer_save(struct writer *w, void (*put)(void *context, const void *ptr, size_t len),
		 void *context, struct diags *d)
{
	/* Four bytes above 127 tell tools that the file is binary (7.5.2). */
	static const char *const headers[] = { "%PDF-1.6\n%\xE2\xE3\xCF\xD3\n",
					       "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n" };
	struct sink sink = { put, context };
	HPDF_Doc doc = w->doc;
	HPDF_Stream out = HPDF_CallbackWriter_New(doc->mmgr, sink_write, &sink);
	HPDF_Stream_WriteStr(out, headers[doc->pdf_version == HPDF_VER_17]);
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

const char *writer_library_version(void)
{
	return HPDF_GetVersion();
}

const char *writer_library_built_for(void)
{
	return HPDF_VERSION_TEXT;
}
