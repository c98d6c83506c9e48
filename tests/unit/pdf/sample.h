/* Pages built by hand for the tests of pdf/: text shaped by HarfBuzz as type/
 * would hand it over, and what other programs say about the file. */
#ifndef TESTS_PDF_SAMPLE_H
#define TESTS_PDF_SAMPLE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "model/page.h"
#include "pdf/pdf.h"

#include <hb.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define HELPER __attribute__((unused)) static

#define NOTO "/usr/share/fonts/truetype/noto/"
#define PROFILE "/usr/share/scribus/profiles/ISOcoated_v2_300_bas.icc"

enum { SERIF, SANS_BOLD, LATO, FACE_COUNT };

struct sample {
	struct arena *arena;
	struct publication publication;
	struct document document;
	struct layout layout;
	struct face faces[FACE_COUNT + 1];
	struct colour black, teal, paper;
	struct pages pages;
	struct diags *diags;
	struct world world;
	char folder[64];
	char *path; /* of the PDF */
};

HELPER void sample_faces(struct sample *s)
{
	static const char *const paths[] = { NOTO "NotoSerif-Regular.ttf", NOTO "NotoSans-Bold.ttf",
					     "/usr/share/fonts/truetype/lato/Lato-Black.ttf" };
	for (int i = 0; i < FACE_COUNT; i++)
		s->faces[i] = (struct face){ .family = STR("Test"),
					     .path = str_from(paths[i]),
					     .weight = i ? 700 : 400,
					     .number = i };
	s->layout.faces = s->faces;
	s->layout.face_count = FACE_COUNT;
}

HELPER struct sample *sample_open(enum edition edition)
{
	struct arena *a = arena_open();
	struct sample *s = NEW(a, struct sample);
	s->arena = a;
	s->publication = (struct publication){ .title = STR("Głos Pacjenta Onkologicznego"),
					       .publisher = STR("Polska Koalicja <PKPO> & spółka"),
					       .language = STR("pl") };
	s->document = (struct document){ .publication = &s->publication,
					 .id = STR("2026-1"),
					 .number = STR("1/2026"),
					 .title = STR("Koordynator") };
	s->black = (struct colour){ .name = STR("text"),
				    .cmyk = { 0, 0, 0, 1000 },
				    .rgb = { 26, 26, 26 } };
	s->teal = (struct colour){ .name = STR("accent"),
				   .cmyk = { 850, 300, 450, 200 },
				   .rgb = { 15, 107, 112 } };
	s->paper = (struct colour){ .name = STR("paper"),
				    .cmyk = { 0, 0, 0, 0 },
				    .rgb = { 255, 255, 255 } };
	bool press = edition == EDITION_PRINT;
	s->layout = (struct layout){
		.edition = edition,
		.cmyk = press,
		.grid = { .width = 595276, .height = 841890, .bleed = press ? 8504 : 0 }
	};
	if (press) {
		s->layout.profile = STR(PROFILE);
		s->layout.output_condition = STR("FOGRA39");
	}
	sample_faces(s);
	s->diags = diags_new(a);
	s->world.now = 1773734400;
	s->pages = (struct pages){ .document = &s->document, .layout = &s->layout };
	s->pages.structure = element_new(a, &s->pages, ELEMENT_DOCUMENT, NULL);
	snprintf(s->folder, sizeof s->folder, "/tmp/glos-pdf-XXXXXX");
	assert_non_null(mkdtemp(s->folder));
	s->path = path_join(a, str_from(s->folder), STR("out.pdf"));
	return s;
}

HELPER void sample_close(struct sample *s)
{
	size_t count;
	chmod(s->folder, 0700);
	struct str *names = folder_list(s->arena, s->folder, &count);
	for (size_t i = 0; i < count; i++)
		unlink(path_join(s->arena, str_from(s->folder), names[i]));
	assert_int_equal(rmdir(s->folder), 0); /* nothing hidden was left, either */
	arena_close(s->arena);
}

HELPER struct page *sample_page(struct sample *s)
{
	struct page page = { .number = (int)s->pages.count + 1, .recto = s->pages.count % 2 == 0 };
	PUSH(s->arena, s->pages.page, s->pages.count, s->pages.capacity, page);
	return &s->pages.page[s->pages.count - 1];
}

HELPER struct element *sample_element(struct sample *s, enum element_role role,
				      struct element *parent)
{
	return element_new(s->arena, &s->pages, role, parent ? parent : s->pages.structure);
}

/* Shapes text and fills a run; features as HarfBuzz writes them, or NULL. */
HELPER struct glyph_run sample_shape(struct sample *s, int face, int size, const char *text,
				     const char *features)
{
	hb_blob_t *blob = hb_blob_create_from_file(str_c(s->arena, s->faces[face].path));
	hb_face_t *hb = hb_face_create(blob, 0);
	hb_font_t *font = hb_font_create(hb);
	hb_font_set_scale(font, size, size);
	hb_buffer_t *buffer = hb_buffer_create();
	hb_buffer_add_utf8(buffer, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(buffer);
	hb_feature_t feature;
	unsigned feature_count = features && hb_feature_from_string(features, -1, &feature);
	hb_shape(font, buffer, &feature, feature_count);
	unsigned count;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &count);
	struct glyph_run r = { .face = &s->faces[face],
			       .size = size,
			       .stretch = 1000,
			       .colour = &s->black,
			       .glyph_count = count,
			       .glyphs = NEW_ARRAY(s->arena, struct glyph, count),
			       .text = str_copy(s->arena, str_from(text)) };
	for (unsigned i = 0; i < count; i++)
		r.glyphs[i] = (struct glyph){ (unsigned short)info[i].codepoint,
					      (unsigned short)info[i].cluster, at[i].x_advance,
					      at[i].x_offset, at[i].y_offset };
	hb_buffer_destroy(buffer);
	hb_font_destroy(font);
	hb_face_destroy(hb);
	hb_blob_destroy(blob);
	return r;
}

HELPER struct item *sample_text(struct sample *s, struct page *p, struct element *e, int face,
				int size, int x, int y, const char *text)
{
	struct item *item = page_add(s->arena, p, ITEM_GLYPHS);
	item->element = e;
	item->glyphs = sample_shape(s, face, size, text, NULL);
	item->glyphs.x = x;
	item->glyphs.y = y;
	return item;
}

HELPER struct item *sample_fill(struct sample *s, struct page *p, const struct colour *c, int x,
				int y, int width, int height)
{
	struct item *item = page_add(s->arena, p, ITEM_FILL);
	item->fill.rect = (struct rect){ x, y, width, height };
	item->fill.colour = c;
	return item;
}

/* What a command says, standard error included; *status is its exit status. */
HELPER struct str said_by(struct sample *s, int *status, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str command = str_vformat(s->arena, format, args);
	va_end(args);
	struct buf out;
	buf_init(&out, 64 << 20);
	FILE *pipe =
		popen(str_c(s->arena, str_format(s->arena, "%.*s 2>&1", STR_ARG(command))), "r");
	assert_non_null(pipe);
	char piece[4096];
	for (size_t n = fread(piece, 1, sizeof piece, pipe); n;
	     n = fread(piece, 1, sizeof piece, pipe))
		buf_put_bytes(&out, piece, n);
	int code = pclose(pipe);
	*status = WIFEXITED(code) ? WEXITSTATUS(code) : -1;
	struct str text = str_copy(s->arena, buf_str(&out));
	buf_release(&out);
	return text;
}

HELPER bool has(struct str text, const char *needle)
{
	struct str n = str_from(needle);
	return str_find(text, n, 0) < text.len || n.len == 0;
}

HELPER void assert_has(struct str text, const char *needle)
{
	if (!has(text, needle))
		fail_msg("\"%s\" is not in:\n%.*s", needle, STR_ARG(text));
}

/* Writes and has qpdf look for mistakes of the file's build. */
HELPER void sample_write(struct sample *s)
{
	uint64_t bytes = 0;
	bool ok = pdf_write(&s->pages, s->path, &s->world, s->diags, &bytes);
	for (size_t i = 0; i < diags_count(s->diags); i++)
		print_message("# %s: %.*s\n", diag_name(diags_at(s->diags, i)->code),
			      STR_ARG(diags_at(s->diags, i)->detail));
	assert_true(ok);
	struct stat info;
	assert_int_equal(stat(s->path, &info), 0);
	assert_int_equal(info.st_size, bytes);
	int status;
	struct str words = said_by(s, &status, "qpdf --check %s", s->path);
	if (status)
		fail_msg("%.*s", STR_ARG(words));
	assert_false(has(words, "WARNING"));
}

/* The file as qpdf writes it for people: streams unpacked. */
HELPER struct str sample_plain(struct sample *s)
{
	int status;
	return said_by(s, &status, "qpdf --qdf --object-streams=disable %s -", s->path);
}

HELPER bool reported(const struct sample *s, enum diag_code code)
{
	for (size_t i = 0; i < diags_count(s->diags); i++)
		if (diags_at(s->diags, i)->code == code)
			return true;
	return false;
}

#endif
