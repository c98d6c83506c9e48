/* jobsheet: what the printer reads is what the files are. */
#include "pdf/sample.h"

static struct str sheet_of(struct sample *s, struct job *job)
{
	char *path = path_join(s->arena, str_from(s->folder), STR("jobsheet.txt"));
	uint64_t bytes;
	struct str text;
	assert_true(jobsheet_write(job, path, s->diags, &bytes));
	assert_true(file_read(s->arena, path, 1 << 16, s->diags, (struct place){ 0 }, &text));
	assert_int_equal(text.len, bytes);
	return text;
}

static struct sample *printed(enum pdfx pdfx)
{
	struct sample *s = sample_open(EDITION_PRINT);
	s->layout.pdfx = pdfx;
	struct page *p = sample_page(s);
	sample_text(s, p, NULL, LATO, 10 * PT, 20 * PT, 50 * PT, "czarny");
	sample_write(s);
	return s;
}

static void says_what_pages_and_files_are(void **state)
{
	(void)state;
	static const struct ink inks[] = { { STR_INIT("PANTONE 300 C"), { 1000, 440, 0, 0 } },
					   { STR_INIT("Gold"), { 0, 200, 600, 200 } } };
	static const struct colour full = { .name = STR_INIT("a"),
					    .cmyk = { 1000, 440, 0, 0 },
					    .rgb = { 0, 94, 184 },
					    .spot = &inks[0],
					    .tint = 1000 };
	struct sample *s = printed(PDFX_4);
	struct ink copies[2] = { inks[0], inks[1] };
	s->layout.spots = copies;
	s->layout.spot_count = 2;
	struct colour used = full;
	used.spot = &copies[0];
	sample_fill(s, &s->pages.page[0], &used, 0, 0, PT, PT);
	s->layout.grid.bleed = 9921; /* 3.5 mm */
	s->layout.marks = (struct marks){ .crop = true, .bar = true };
	struct advertisement ad = { .src = STR("images/reklama.pdf") };
	sample_page(s)->advertisement = &ad;
	struct job_file file = { STR("print.pdf"), s->path, 2, NULL };
	struct job job = { &s->pages, &file, 1 };
	struct str text = sheet_of(s, &job);
	static const char *const lines[] = {
		"Karta zlecenia / Job sheet\n",
		"Głos Pacjenta Onkologicznego 1/2026 – Koordynator\n",
		"Liczba stron / Pages:                    2\n",
		"Format netto / Trim size:                210 × 297 mm\n",
		"Spad / Bleed:                            3,5 mm\n",
		"Znaki / Marks:                           cięcia / crop, pasek kontrolny / colour "
		"bar\n",
		"CMYK + PANTONE 300 C (C 100 M 44 Y 0 K 0)\n",
		"FOGRA39, Coated FOGRA39 (ISO 12647-2:2004)\n",
		"ISO Coated v2 300% (basICColor) (ISOcoated_v2_300_bas.icc)\n",
		"Oprawa / Binding:                        arkusz złożony / folded sheet\n",
		"Test 700\n",
		"Strony gotowe / Ready-made pages:        2 (images/reklama.pdf)\n",
		"  print.pdf\n    Liczba stron / Pages: 2\n"
		"    Format netto / Trim size: 210 × 297 mm\n    Norma / Standard: PDF/X-4\n",
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_has(text, lines[i]);
	assert_false(has(text, "Gold")); /* nothing is printed with it */
	assert_false(has(text, "Papier"));
	int status;
	struct str sum = said_by(s, &status, "sha256sum < %s", s->path);
	assert_has(text, str_c(s->arena, str_sub(sum, 0, 64)));
	sample_close(s);
}

/* The claim is the file's own, not the layout's wish. */
static void claims_are_read_from_the_file(void **state)
{
	(void)state;
	struct sample *s = printed(PDFX_1A);
	struct job_file files[] = { { STR("print.pdf"), s->path, 1, NULL },
				    { STR("profil.icc"), PROFILE, 1, NULL } };
	struct job job = { .pages = &s->pages, .files = files, .file_count = 2 };
	s->publication.language = STR("en-GB");
	struct str text = sheet_of(s, &job);
	assert_has(text, "Job sheet\n\nTitle:");
	assert_has(text, "Standard: PDF/X-1a:2003\n");
	assert_has(text, "  profil.icc\n    Pages: 1\n    Trim size: 210 × 297 mm\n    Standard: "
			 "PDF\n    1052612 B\n");
	s->publication.language = STR("nn");
	assert_has(sheet_of(s, &job), "Utfallende / Bleed:");
	s->layout.output_condition = STR("Tygodnik");
	assert_has(sheet_of(s, &job), "Printing condition:    Tygodnik\n");
	sample_close(s);
}

static void says_how_it_is_bound(void **state)
{
	(void)state;
	struct sample *s = printed(PDFX_4);
	for (int i = 1; i < 104; i++)
		sample_page(s);
	struct production *made = &s->layout.production;
	*made = production_usual();
	made->binding = BINDING_PERFECT;
	made->cover_apart = true;
	made->paper = (struct paper){ .weight = 90, .caliper = 112500 };
	made->cover_paper = (struct paper){ .caliper = 180000 };
	struct side sides[] = { { .trim = { 0, 0, 1190552, 841890 } },
				{ .trim = { 567, 0, 1189418, 841890 } } };
	struct sheets sheets = { .pages = &s->pages, .sides = sides, .count = 2 };
	struct job_file file = { STR("imposed.pdf"), s->path, 2, &sheets };
	struct job job = { &s->pages, &file, 1 };
	struct str text = sheet_of(s, &job);
	static const char *const lines[] = {
		"Oprawa / Binding:                        klejona / perfect binding\n",
		"Okładka / Cover:                         osobny plik / file of its own\n",
		/* 50 leaves of 112.5 µm and 1 mm */
		"Grzbiet / Spine:                         6,63 mm\n",
		"Papier / Paper:                          90 g/m², 0,113 mm\n",
		"Papier okładki / Cover paper:            0,18 mm\n",
		"Format netto / Trim size: 420–419,6 × 297 mm\n",
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_has(text, lines[i]);
	made->binding = BINDING_SADDLE;
	made->cover_apart = false;
	text = sheet_of(s, &job);
	assert_has(text, "szyta drutem / saddle stitch\n");
	assert_false(has(text, "Grzbiet") || has(text, "Okładka") || has(text, "Papier okładki"));
	made->binding = BINDING_FLAT;
	assert_has(sheet_of(s, &job), "bez oprawy / unbound\n");
	sample_close(s);
}

/* A spine stands on no page; its letters and inks are printed all the same. */
static void counts_the_spine(void **state)
{
	(void)state;
	struct sample *s = printed(PDFX_4);
	struct ink gold = { STR_INIT("Gold"), { 0, 200, 600, 200 } };
	struct colour full = { .spot = &gold, .tint = 1000 };
	struct page spine = { 0 };
	struct job_file file = { STR("print.pdf"), s->path, 1, NULL };
	struct job job = { &s->pages, &file, 1 };
	s->layout.spots = &gold;
	s->layout.spot_count = 1;
	assert_false(has(sheet_of(s, &job), "Gold") || has(sheet_of(s, &job), "Test 400"));
	sample_text(s, &spine, NULL, SERIF, 8 * PT, 0, 0, "grzbiet");
	sample_fill(s, &spine, &full, 0, 0, PT, PT);
	s->pages.spine = &spine;
	assert_has(sheet_of(s, &job), "CMYK + Gold (");
	assert_has(sheet_of(s, &job), "Test 400, 700\n");
	sample_close(s);
}

static void a_file_that_is_not_there_is_told(void **state)
{
	(void)state;
	struct sample *s = printed(PDFX_4);
	struct job_file file = { STR("print.pdf"), "/nowhere/print.pdf", 1, NULL };
	struct job job = { .pages = &s->pages, .files = &file, .file_count = 1 };
	char *path = path_join(s->arena, str_from(s->folder), STR("jobsheet.txt"));
	uint64_t bytes;
	assert_false(jobsheet_write(&job, path, s->diags, &bytes));
	assert_true(reported(s, DIAG_FILE_MISSING));
	assert_false(file_exists(path));
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_pages_and_files_are),
		cmocka_unit_test(claims_are_read_from_the_file),
		cmocka_unit_test(says_how_it_is_bound),
		cmocka_unit_test(counts_the_spine),
		cmocka_unit_test(a_file_that_is_not_there_is_told),
	};
	return cmocka_run_group_tests_name("jobsheet", tests, NULL, NULL);
}
