/* compact: dictionaries packed by the hundred are found again. */
#include "pdf/sample.h"

#include "pdf/compact.h"

enum { OBJECTS = 1000 };

static bool is_stream(size_t i)
{
	return i % 7 == 5;
}

static bool is_empty(size_t i)
{
	return i % 31 == 30;
}

/* Catalog, page tree, a page, and many objects that name themselves. */
static void fill(struct sample *s, struct object *objects)
{
	static const char *const first[] = {
		"", "/Type /Catalog /Pages 2 0 R", "/Type /Pages /Count 1 /Kids [3 0 R]",
		"/Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Resources <<>>"
	};
	for (size_t i = 1; i < OBJECTS; i++) {
		struct object *o = &objects[i];
		o->filled = i < 4 || !is_empty(i);
		o->stream = i >= 4 && is_stream(i);
		o->entries = i < 4 ? str_from(first[i])
				   : str_format(s->arena, "/Number %zu /Next %zu 0 R ", i,
						i + 1 < OBJECTS ? i + 1 : 3);
		if (o->stream) /* endstream within the data must not end it */
			o->data = str_format(s->arena, "data of %zu endstream", i);
	}
}

static void put(void *context, const void *ptr, size_t len)
{
	buf_put_bytes(context, ptr, len);
}

static void every_object_is_found(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct object *objects = NEW_ARRAY(s->arena, struct object, OBJECTS);
	struct buf file;
	int status;
	fill(s, objects);
	buf_init(&file, 1 << 24);
	compact(objects, OBJECTS, STR("/Root 1 0 R /Keep 4 0 R"), put, &file);
	assert_true(file_replace(s->path, buf_str(&file), s->diags));
	buf_release(&file);
	struct str words = said_by(s, &status, "qpdf --check %s", s->path);
	assert_int_equal(status, 0);
	assert_false(has(words, "WARNING"));
	struct str plain =
		said_by(s, &status,
			"qpdf --qdf --object-streams=disable --preserve-unreferenced %s -",
			s->path);
	for (size_t i = 4; i < OBJECTS; i++) {
		struct str entry = str_format(s->arena, "/Number %zu\n", i);
		struct str data = str_format(s->arena, "\ndata of %zu endstream\n", i);
		assert_int_equal(str_find(plain, entry, 0) < plain.len, !is_empty(i));
		assert_int_equal(str_find(plain, data, 0) < plain.len,
				 !is_empty(i) && is_stream(i));
	}
	/* poppler and mupdf read by their own rules */
	said_by(s, &status, "pdfinfo %s", s->path);
	assert_int_equal(status, 0);
	words = said_by(s, &status, "mutool info %s", s->path);
	assert_has(words, "Pages: 1");
	assert_false(has(words, "warning"));
	sample_close(s);
}

static void dictionaries_are_deflated(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct object *objects = NEW_ARRAY(s->arena, struct object, OBJECTS);
	struct buf file;
	fill(s, objects);
	buf_init(&file, 1 << 24);
	compact(objects, OBJECTS, STR("/Root 1 0 R"), put, &file);
	assert_false(has(buf_str(&file), "/Number 6 "));
	/* A stream takes 130 bytes; 860 dictionaries would take 30,000. */
	assert_true(file.len < OBJECTS / 7 * 130 + 10000);
	buf_release(&file);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_object_is_found),
		cmocka_unit_test(dictionaries_are_deflated),
	};
	return cmocka_run_group_tests_name("compact", tests, NULL, NULL);
}
