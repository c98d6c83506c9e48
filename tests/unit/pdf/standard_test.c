/* standard: what the whole file says of itself; and that it says it again. */
#include "pdf/whole.h"

#include <locale.h>

static void print_has_boxes_and_intent(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_PRINT);
	sample_write(s);
	int status;
	struct str boxes = said_by(s, &status, "pdfinfo -box -l 2 %s", s->path);
	assert_has(boxes, "Page    1 MediaBox:      0.00     0.00   612.28   858.90");
	assert_has(boxes, "Page    2 TrimBox:       8.50     8.50   603.78   850.39");
	assert_has(boxes, "PDF version:     1.6");
	assert_has(boxes, "PDF subtype:    PDF/X-4");
	struct str plain = sample_plain(s);
	assert_has(plain, "612.284"); /* 595.276 + 2 * 8.504, exactly */
	assert_has(plain, "/GTS_PDFX\n");
	assert_has(plain, "/OutputConditionIdentifier (FOGRA39)");
	assert_has(plain, "/OutputCondition (Coated FOGRA39 \\(ISO 12647-2:2004\\))");
	assert_has(plain, "/RegistryName (http://www.color.org)");
	assert_has(plain, "/N 4");
	assert_has(plain, "/Trapped /False");
	assert_has(plain, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>");
	assert_has(plain, "Polska Koalicja &lt;PKPO&gt; &amp; spółka");
	assert_false(has(plain, "/Annot"));
	assert_false(has(plain, "DeviceRGB"));
	assert_false(has(plain, "/StructTreeRoot"));
	assert_false(has(plain, "SMask"));
	sample_close(s);
}

static void marks_widen_the_media(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_PRINT);
	s->layout.marks =
		(struct marks){ .crop = true, .offset = 10 * PT, .length = 14 * PT, .weight = 250 };
	sample_write(s);
	int status;
	struct str boxes = said_by(s, &status, "pdfinfo -box %s", s->path);
	/* 28.252 around the trim: 10 + 14 and 1.5 mm */
	assert_has(boxes, "MediaBox:            0.00     0.00   651.78   898.39");
	assert_has(boxes, "BleedBox:           19.75    19.75   632.03   878.65");
	sample_close(s);
}

static void black_text_overprints_and_colour_knocks_out(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	sample_fill(s, p, &s->teal, 0, 0, 100 * PT, 100 * PT);
	sample_text(s, p, NULL, SERIF, 10 * PT, 20 * PT, 50 * PT, "czarny");
	sample_text(s, p, NULL, LATO, 10 * PT, 20 * PT, 70 * PT, "biały")->glyphs.colour =
		&s->paper;
	sample_fill(s, p, &s->black, 0, 120 * PT, 100 * PT, 500);
	sample_fill(s, p, &s->black, 0, 130 * PT, 100 * PT, 50 * PT);
	sample_write(s);
	struct str trace = sample_plain(s);
	size_t at = 0;
	static const char *const order[] = {
		"0.85 0.3 0.45 0.2 k\n8.504 750.394 100 100 re f",
		"/O1 gs\n0 0 0 1 k\n",
		"/O0 gs\n0 0 0 0 k\n",
		"/O1 gs\n0 0 0 1 k\n8.504 729.894 100 0.5 re f",
		"/O0 gs\n8.504 670.394 100 50 re f",
	};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		at = str_find(trace, str_from(order[i]), at);
		if (at == trace.len)
			fail_msg("no \"%s\" in\n%.*s", order[i], STR_ARG(trace));
	}
	assert_has(trace, "/OPM 1");
	sample_close(s);
}

/* An ink of its own knocks out what is below it, black over it does not. */
static void inks_have_plates_of_their_own(void **state)
{
	(void)state;
	static const struct ink blue = { STR_INIT("PANTONE 300 C"), { 1000, 440, 0, 0 } };
	static const struct colour full = { .name = STR_INIT("a"),
					    .cmyk = { 1000, 440, 0, 0 },
					    .rgb = { 0, 94, 184 },
					    .spot = &blue,
					    .tint = 1000 },
				   pale = { .name = STR_INIT("b"),
					    .cmyk = { 200, 88, 0, 0 },
					    .rgb = { 204, 223, 241 },
					    .spot = &blue,
					    .tint = 200 };
	static const enum edition editions[] = { EDITION_PRINT, EDITION_SCREEN };
	for (size_t i = 0; i < 2; i++) {
		struct sample *s = sample_open(editions[i]);
		struct page *p = sample_page(s);
		sample_fill(s, p, &full, 0, 0, 100 * PT, 100 * PT);
		sample_text(s, p, NULL, SERIF, 10 * PT, 20 * PT, 50 * PT, "czarny");
		sample_fill(s, p, &pale, 0, 200 * PT, 100 * PT, 100 * PT);
		sample_fill(s, p, &colour_registration, 0, 400 * PT, 100 * PT, 250);
		sample_fill(s, p, &full, 0, 500 * PT, 100 * PT, 100 * PT);
		sample_write(s);
		struct str plain = sample_plain(s);
		static const char *const order[] = { "/S0 cs 1 scn\n", "/O1 gs\n0 0 0 1 k\n",
						     "/O0 gs\n/S0 cs 0.2 scn\n", "/S1 cs 1 scn\n",
						     "/S0 cs 1 scn\n" };
		size_t at = 0;
		for (size_t n = 0; n < 5 && i == 0; n++) {
			at = str_find(plain, str_from(order[n]), at);
			assert_true(at < plain.len);
			at++;
		}
		assert_int_equal(has(plain, "/PANTONE#20300#20C"), i == 0);
		assert_int_equal(has(plain, "/All"), i == 0);
		assert_int_equal(has(plain, "0 0.369 0.722 rg"), i == 1);
		sample_close(s);
	}
}

static void shapes_are_one_path(void **state)
{
	(void)state;
	static const struct shape_part parts[] = { { { 0, 0, 2000, 3000 }, false },
						   { { 4000, 0, 2000, 2000 }, true } };
	struct sample *s = sample_open(EDITION_PRINT);
	struct item *i = page_add(s->arena, sample_page(s), ITEM_SHAPE);
	i->shape.x = 10 * PT;
	i->shape.y = 20 * PT;
	i->shape.parts = parts;
	i->shape.count = 2;
	i->shape.colour = &s->black;
	struct rect r = item_shape_bounds(i);
	assert_int_equal(r.x, 10000);
	assert_int_equal(r.width, 6000);
	assert_int_equal(r.height, 3000);
	sample_write(s);
	assert_has(sample_plain(s), "/O1 gs\n0 0 0 1 k\n18.504 827.394 2 3 re "
				    "24.504 829.394 m ");
	sample_close(s);
}

static void screen_is_tagged_and_titled(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	sample_write(s);
	int status;
	struct str info = said_by(s, &status, "pdfinfo %s", s->path);
	assert_has(info, "Tagged:          yes");
	assert_has(info, "Title:           Głos Pacjenta Onkologicznego 1/2026 – Koordynator");
	assert_has(info, "Page size:       595.276 x 841.89 pts");
	assert_has(info, "CreationDate:    Tue Mar 17 08:00:00 2026 UTC");
	struct str plain = sample_plain(s);
	assert_has(plain, "<pdfuaid:part>1</pdfuaid:part>");
	assert_has(plain, "<pdfaid:conformance>A</pdfaid:conformance>");
	assert_has(plain, "/DisplayDocTitle true");
	assert_has(plain, "/GTS_PDFA1");
	assert_has(plain, "/Lang (pl)");
	sample_close(s);
}

static void large_claims_ua_alone(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_LARGE);
	sample_write(s);
	struct str plain = sample_plain(s);
	assert_has(plain, "<pdfuaid:part>1</pdfuaid:part>");
	assert_false(has(plain, "<pdfaid:part>"));
	sample_close(s);
}

static struct str bytes_of(struct sample *s)
{
	struct str bytes;
	assert_true(file_read(s->arena, s->path, 1 << 26, s->diags, (struct place){ 0 }, &bytes));
	return bytes;
}

static void same_pages_same_bytes(void **state)
{
	(void)state;
	static const enum edition editions[] = { EDITION_PRINT, EDITION_SCREEN, EDITION_LARGE };
	for (size_t i = 0; i < 3; i++) {
		struct sample *one = whole_sample(editions[i]), *other = whole_sample(editions[i]);
		sample_write(one);
		/* a comma for the decimal point, where the system has such a locale */
		if (!setlocale(LC_ALL, "pl_PL.UTF-8"))
			setlocale(LC_ALL, "de_DE.UTF-8");
		sleep(i == 0); /* no clock shows */
		sample_write(other);
		setlocale(LC_ALL, "C");
		assert_true(str_equal(bytes_of(one), bytes_of(other)));
		other->world.now++;
		sample_write(other);
		assert_false(str_equal(bytes_of(one), bytes_of(other)));
		sample_close(one);
		sample_close(other);
	}
}

/* PDF/X-1a:2003: nothing that PDF 1.4 or a machine without transparency does not know,
 * even where pictures have alpha. */
static void older_printers_get_x1a(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_PRINT);
	s->layout.pdfx = PDFX_1A;
	sample_write(s);
	struct str bytes = bytes_of(s);
	assert_true(str_starts(bytes, STR("%PDF-1.4\n")));
	struct str plain = sample_plain(s);
	assert_has(plain, "/GTS_PDFXVersion (PDF/X-1a:2003)");
	assert_has(plain, "<pdfx:GTS_PDFXVersion>PDF/X-1a:2003</pdfx:GTS_PDFXVersion>");
	assert_has(plain, "/Subtype /Image");
	static const char *const unknown[] = { "PDF/X-4", "SMask",     "/Transparency",
					       "/ca ",    "/BM",       "ICCBased",
					       "/ObjStm", "DeviceRGB", "/XRef",
					       "CalGray", "/Lab",      "OCProperties",
					       "OpenType" };
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		if (has(plain, unknown[i]))
			fail_msg("%s", unknown[i]);
	int status;
	struct str boxes = said_by(s, &status, "pdfinfo %s", s->path);
	assert_has(boxes, "PDF version:     1.4");
	assert_has(boxes, "PDF/X-1a:2003");
	sample_close(s);
}

static void missing_profile_is_told(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_PRINT);
	s->layout.profile = STR("/nowhere/profile.icc");
	sample_write(s);
	assert_true(reported(s, DIAG_PROFILE_MISSING));
	struct str plain = sample_plain(s);
	assert_false(has(plain, "PDF/X-4"));
	assert_false(has(plain, "/OutputIntent"));
	assert_false(has(plain, "DeviceRGB"));
	sample_close(s);
}

/* Byte by byte the file the layout names, deflated; and no registry is claimed for a
 * condition that it does not know. */
static void profile_is_embedded_whole(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_PRINT);
	s->layout.output_condition = STR("Tygodnik 2026");
	sample_write(s);
	struct str profile;
	assert_true(file_read(s->arena, PROFILE, 1 << 24, s->diags, (struct place){ 0 }, &profile));
	int status;
	struct str raw = said_by(s, &status,
				 "mutool show -b %s "
				 "trailer/Root/OutputIntents/1/DestOutputProfile",
				 s->path);
	assert_true(str_equal(raw, profile));
	struct str coded = said_by(s, &status,
				   "mutool show -e %s "
				   "trailer/Root/OutputIntents/1/DestOutputProfile",
				   s->path);
	assert_has(coded, "FlateDecode");
	struct str plain = sample_plain(s);
	assert_has(plain, "/OutputConditionIdentifier (Tygodnik 2026)");
	assert_has(plain, "/Info (ISO Coated v2 300% \\(basICColor\\))");
	assert_false(has(plain, "RegistryName"));
	sample_close(s);
}

static void profile_of_another_kind_is_told(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	sample_page(s);
	s->layout.profile = s->faces[SERIF].path;
	uint64_t bytes = 0;
	assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, &bytes));
	assert_true(reported(s, DIAG_PROFILE_INVALID));
	sample_close(s);
}

/* GWG 2022, R0007 and R0008: what is white and overprints vanishes. */
static void white_never_overprints(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	sample_fill(s, p, &s->black, 0, 0, 400 * PT, 400 * PT);
	for (int n = 0; n < 5; n++) { /* each after black letters, which do */
		sample_text(s, p, NULL, SERIF, 10 * PT, 20 * PT, (450 + 20 * n) * PT, "czarny");
		if (n < 2)
			sample_text(s, p, NULL, LATO, (7 + 40 * n) * PT, 20 * PT, 50 * PT, "biały")
				->glyphs.colour = &s->paper;
		else
			sample_fill(s, p, &s->paper, 10 * PT, 90 * PT, n == 4 ? 250 : 90 * PT,
				    n == 2 ? 250 : 90 * PT);
	}
	sample_write(s);
	struct str plain = sample_plain(s);
	int white = 0;
	bool overprints = false;
	for (size_t at = 0; at < plain.len; at++) {
		struct str rest = str_sub(plain, at, plain.len);
		if (str_starts(rest, STR("/O1 gs")))
			overprints = true;
		else if (str_starts(rest, STR("/O0 gs")))
			overprints = false;
		else if (str_starts(rest, STR("\n0 0 0 0 k"))) {
			assert_false(overprints);
			white++;
		}
	}
	assert_int_equal(white, 5);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(print_has_boxes_and_intent),
		cmocka_unit_test(marks_widen_the_media),
		cmocka_unit_test(black_text_overprints_and_colour_knocks_out),
		cmocka_unit_test(inks_have_plates_of_their_own),
		cmocka_unit_test(shapes_are_one_path),
		cmocka_unit_test(white_never_overprints),
		cmocka_unit_test(screen_is_tagged_and_titled),
		cmocka_unit_test(large_claims_ua_alone),
		cmocka_unit_test(same_pages_same_bytes),
		cmocka_unit_test(older_printers_get_x1a),
		cmocka_unit_test(missing_profile_is_told),
		cmocka_unit_test(profile_is_embedded_whole),
		cmocka_unit_test(profile_of_another_kind_is_told),
	};
	return cmocka_run_group_tests_name("standard", tests, NULL, NULL);
}
