/* An editor's desk: a publication in a temporary folder, and what is said of it. */
#ifndef TESTS_UNIT_SOURCE_DESK_H
#define TESTS_UNIT_SOURCE_DESK_H

#include "test.h"

#include "base/file.h"
#include "model/dump.h"
#include "source/reader.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct desk {
	struct arena *arena;
	struct diags *diags;
	struct reader reader;
	char folder[64];
};

static inline struct desk desk_open(void)
{
	struct desk d = { .arena = arena_open(), .folder = "/tmp/glos-source-XXXXXX" };
	d.diags = diags_new(d.arena);
	d.reader = (struct reader){ d.arena, d.diags };
	assert_non_null(mkdtemp(d.folder));
	return d;
}

static inline void desk_close(struct desk *d)
{
	assert_true(folder_remove(d->folder));
	arena_close(d->arena);
}

static inline void desk_put(struct desk *d, const char *name, struct str bytes)
{
	char *path = path_join(d->arena, str_from(d->folder), str_from(name));
	char *slash = strrchr(path, '/');
	*slash = '\0';
	assert_true(folder_make(path));
	*slash = '/';
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes.ptr ? bytes.ptr : "", 1, bytes.len, f), bytes.len);
	fclose(f);
}

static inline void desk_write(struct desk *d, const char *name, const char *text)
{
	desk_put(d, name, str_from(text));
}

/* glos.yaml and an issue x of the articles named. */
static inline void desk_issue(struct desk *d, const char *articles)
{
	desk_write(d, "glos.yaml", "title: Próba\nlanguage: pl\n");
	desk_put(d, "issues/x/issue.yaml",
		 str_format(d->arena,
			    "number: 1/2026\ndate: 2026-03-17\ntitle: Próba\n"
			    "contents:\n  - {section: Dział, articles: [%s]}\n",
			    articles));
}

static inline struct document *desk_read(struct desk *d)
{
	struct publication *p = publication_read(d->arena, d->folder, d->diags);
	return p ? document_read(d->arena, p, STR("x"), d->diags) : NULL;
}

/* One article a.md of this text; the document, or NULL. */
static inline struct document *desk_article(struct desk *d, struct str text)
{
	desk_issue(d, "a.md");
	desk_put(d, "issues/x/a.md", text);
	return desk_read(d);
}

/* "file:line:column code detail (hint)", a line each. */
static inline struct str desk_said(struct desk *d)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	diags_sort(d->diags);
	for (size_t i = 0; i < diags_count(d->diags); i++) {
		const struct diag *g = diags_at(d->diags, i);
		buf_format(&b, "%.*s:%d:%d %s", STR_ARG(g->place.file), g->place.line,
			   g->place.column, diag_name(g->code));
		if (g->detail.len)
			buf_format(&b, " %.*s", STR_ARG(g->detail));
		if (g->hint.len)
			buf_format(&b, " (%.*s)", STR_ARG(g->hint));
		buf_put_byte(&b, '\n');
	}
	struct str said = str_copy(d->arena, buf_str(&b));
	buf_release(&b);
	return said;
}

static inline struct str desk_dump(struct desk *d, const struct document *doc)
{
	struct buf b;
	buf_init(&b, (size_t)1 << 30);
	if (doc)
		dump_document(&b, doc);
	struct str text = str_copy(d->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

/* Expects exactly these messages. */
#define assert_said(desk, expected) assert_string_equal(desk_said(desk).ptr, (expected))

/* Whether some message of this code stands at line:column. */
static inline bool desk_has(const struct desk *d, enum diag_code code, int line, int column)
{
	for (size_t i = 0; i < diags_count(d->diags); i++) {
		const struct diag *g = diags_at(d->diags, i);
		if (g->code == code && g->place.line == line && g->place.column == column)
			return true;
	}
	return false;
}

#define assert_has(desk, code, line, column)                                                       \
	do {                                                                                       \
		if (!desk_has((desk), (code), (line), (column)))                                   \
			fail_msg("no %s at %d:%d; said:\n%s", diag_name(code), (line), (column),   \
				 desk_said(desk).ptr);                                             \
	} while (0)

/* The smallest files that image.c takes. */
static inline struct str tiny_png(void)
{
	return STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x02\x58\x08\x02\0\0\0\0\0\0\0"
		   "\0\0\0\0IDAT\0\0\0\0\0\0\0\0IEND\xAE\x42\x60\x82");
}

static inline struct str tiny_jpeg(void)
{
	return STR("\xFF\xD8\xFF\xC0\0\x11\x08\x02\x58\x03\x20\x03\x01\x11\0\x02\x11\0\x03\x11\0"
		   "\xFF\xDA\0\x0C\x03\x01\0\x02\0\x03\0\0\x3F\0\x55\xFF\xD9");
}

#endif
