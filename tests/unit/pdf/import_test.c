/* import: advertisers' pages come in whole, in their place, and are told on. */
#include "pdf/whole.h"

#include "impose/impose.h"

/* An advertisement made by ourselves: a print page with two colours and a word,
 * changed by a qpdf command line when one is given. */
static struct advertisement *advertisement(struct sample *s, enum edition edition, int width,
					   const char *change)
{
	struct sample *made = sample_open(edition);
	made->layout.grid.width = width;
	sample_page(made);
	struct page *p = sample_page(made);
	struct element *e = sample_element(made, ELEMENT_PARAGRAPH, NULL);
	sample_fill(made, p, &made->teal, -8504, -8504, width + 2 * 8504, 100 * PT);
	sample_text(made, p, e, LATO, 40 * PT, 60 * PT, 400 * PT, "REKLAMA");
	sample_picture(made, p, e, draw_png(made, "x.png", 600, 400, PNG_COLOR_TYPE_RGB, 8, false),
		       60 * PT, 500 * PT, 90 * PT);
	sample_write(made);
	struct advertisement *ad = NEW(s->arena, struct advertisement);
	ad->src = STR("images/ad.pdf");
	ad->path = str_from(path_join(s->arena, str_from(s->folder), STR("ad.pdf")));
	ad->page = 2;
	ad->place = (struct place){ STR("issues/2026-1/issue.yaml"), 9, 7 };
	int status;
	said_by(s, &status, "qpdf %s %s %s", change, made->path, ad->path.ptr);
	assert_int_equal(status, 0);
	sample_close(made);
	return ad;
}

static struct str shown_word(struct sample *s)
{
	int status;
	return said_by(s, &status, "pdftotext -bbox -f 1 -l 1 %s - | grep word", s->path);
}

/* Value of an attribute of the one word on the page, in whole pt. */
static int edge(struct str word, const char *name)
{
	size_t at = str_find(word, str_from(name), 0);
	assert_true(at < word.len);
	struct str rest = str_sub(word, at + strlen(name) + 2, 20), digits;
	assert_true(str_cut(&rest, '"', &digits));
	int length;
	assert_true(unit_parse(digits, &length));
	return length / PT;
}

static void page_lies_trim_on_trim(void **state)
{
	(void)state;
	static const enum edition editions[] = { EDITION_PRINT, EDITION_SCREEN, EDITION_LARGE };
	for (size_t i = 0; i < 3; i++) {
		struct sample *s = sample_open(editions[i]);
		sample_page(s)->advertisement =
			advertisement(s, EDITION_PRINT, 595276, "--object-streams=generate");
		sample_write(s);
		struct str word = shown_word(s);
		assert_has(word, "REKLAMA");
		int shift = s->layout.grid.bleed / PT;
		assert_in_range(edge(word, "xMin"), 59 + shift, 61 + shift);
		assert_in_range(edge(word, "yMax"), 399 + shift, 412 + shift);
		struct str plain = sample_plain(s);
		assert_int_equal(has(plain, "PDF/X-4"), i == 0);
		/* whatever is transparent there is mixed in inks */
		assert_int_equal(has(plain, "/CS /DeviceCMYK"), i == 0);
		assert_false(has(plain, "<pdfaid:part>")); /* its inks have no profile */
		assert_int_equal(has(plain, "<pdfuaid:part>"), i > 0);
		assert_int_equal(diags_count(s->diags), 0);
		sample_close(s);
	}
}

/* Whole it is one figure, with its words and its place; without words an artifact. */
static void page_is_a_figure_for_readers_who_listen(void **state)
{
	(void)state;
	for (int tagged = 0; tagged < 2; tagged++) {
		struct sample *s = sample_open(EDITION_SCREEN);
		struct page *p = sample_page(s);
		p->advertisement = advertisement(s, EDITION_PRINT, 595276, "");
		if (tagged) {
			p->ready_made = sample_element(s, ELEMENT_FIGURE, NULL);
			p->ready_made->alternative = STR("Grupa wsparcia");
		}
		sample_write(s);
		struct str plain = sample_plain(s);
		assert_int_equal(has(plain, "/Figure <</MCID 0>>") ||
					 has(plain, "/Figure<</MCID 0>>"),
				 tagged);
		assert_int_equal(has(plain, "/Artifact<</Type/Layout>>BDC"), !tagged);
		assert_int_equal(has(plain, "/Alt (Grupa wsparcia)"), tagged);
		int status;
		struct str tree = said_by(s, &status, "pdfinfo -struct %s", s->path);
		assert_int_equal(has(tree, "Figure"), tagged);
		assert_int_equal(has(tree, "/BBox [0 0 595.276 841.89]"), tagged);
		sample_close(s);
	}
}

static void bleed_comes_along(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	sample_page(s)->advertisement = advertisement(s, EDITION_PRINT, 595276, "");
	sample_write(s);
	int status;
	struct str ppm = said_by(s, &status, "pdftoppm -r 72 -x 2 -y 2 -W 1 -H 1 %s", s->path);
	/* teal, not paper, out in the bleed's corner */
	assert_true((unsigned char)ppm.ptr[ppm.len - 3] < 120);
	sample_close(s);
}

static void turned_pages_stand_upright(void **state)
{
	(void)state;
	static const char *const turns[] = { "--rotate=+90", "--rotate=+180", "--rotate=+270" };
	for (size_t i = 0; i < 3; i++) {
		struct sample *s = sample_open(EDITION_SCREEN);
		sample_page(s)->advertisement = advertisement(s, EDITION_PRINT, 595276, turns[i]);
		sample_write(s);
		struct str word = shown_word(s);
		assert_has(word, "REKLAMA");
		int across = edge(word, "xMax") - edge(word, "xMin");
		int down = edge(word, "yMax") - edge(word, "yMin");
		if (i == 1) { /* upside down, and as large as ever */
			assert_in_range(edge(word, "xMax"), 533, 537);
			assert_int_equal(reported(s, DIAG_ADVERTISEMENT_SIZE), false);
		} else { /* lying: does not fit the upright page unless smaller */
			assert_true(down > across);
			assert_true(reported(s, DIAG_ADVERTISEMENT_SIZE));
		}
		sample_close(s);
	}
}

static void other_size_is_scaled_and_told(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	sample_page(s)->advertisement = advertisement(s, EDITION_PRINT, 2 * 595276, "");
	sample_write(s);
	assert_true(reported(s, DIAG_ADVERTISEMENT_SIZE));
	struct str word = shown_word(s);
	assert_in_range(edge(word, "xMin"), 8 + 29, 8 + 31); /* half of 60, and the bleed */
	sample_close(s);
}

static void colours_of_screens_are_told(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	sample_page(s)->advertisement = advertisement(s, EDITION_SCREEN, 595276, "");
	sample_write(s);
	assert_true(reported(s, DIAG_ADVERTISEMENT_PRESS));
	assert_false(has(sample_plain(s), "PDF/X-4"));
	sample_close(s);
}

/* Every way of being transparent or measured; what PDF/X-1a knows is no reason. */
static void what_x1a_does_not_know_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *resources;
		bool told, also_x4; /* there as no ink, if not against the standard */
	} pages[] = {
		{ "/ExtGState <</A <</ca .5>>>>", true, false },
		{ "/ExtGState <</A <</CA 0.99>>>>", true, false },
		{ "/ExtGState <</A <</BM /Multiply>>>>", true, false },
		{ "/ExtGState <</A <</SMask <</S /Luminosity>>>>>>", true, false },
		{ "/ColorSpace <</C [/Lab <</WhitePoint [1 1 1]>>]>>", true, true },
		{ "/ColorSpace <</C [/CalGray <</WhitePoint [1 1 1]>>]>>", true, true },
		{ "/X 1>> /Group <</S /Transparency /CS /DeviceCMYK", true, false },
		{ "/ExtGState <</A <</ca 1.0/CA 1/SMask /None/BM /Normal>>>>", false, false },
		{ "/ColorSpace <</C [/Separation /Black /DeviceCMYK <<>>]>>", false, false },
	};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		for (int kind = PDFX_4; kind <= PDFX_1A; kind++) {
			struct sample *s = sample_open(EDITION_PRINT);
			struct advertisement *ad = NEW(s->arena, struct advertisement);
			ad->src = STR("images/ad.pdf");
			ad->path =
				str_from(path_join(s->arena, str_from(s->folder), STR("ad.pdf")));
			ad->page = 1;
			struct str file = str_format(
				s->arena,
				"%%PDF-1.6\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"
				"2 0 obj\n<</Type /Pages /Count 1 /Kids [3 0 R]>>\nendobj\n"
				"3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 595.276 "
				"841.89]\n/Contents 4 0 R /Resources <<%s>>>>\nendobj\n"
				"4 0 obj\n<</Length 3>>\nstream\nq Q\nendstream\nendobj\n"
				"trailer\n<</Root 1 0 R /Size 5>>\nstartxref\n0\n%%%%EOF\n",
				pages[i].resources);
			assert_true(file_replace(ad->path.ptr, file, s->diags));
			sample_page(s)->advertisement = ad;
			s->layout.pdfx = (enum pdfx)kind;
			sample_write(s);
			bool told = kind == PDFX_1A && pages[i].told;
			if (reported(s, DIAG_ADVERTISEMENT_PRESS) != (told || pages[i].also_x4))
				fail_msg("%s", pages[i].resources);
			assert_int_equal(has(sample_plain(s), "GTS_PDFXVersion"), !told);
			/* No more does a sheet that it stands on. */
			for (int more = 0; more < 3; more++)
				sample_page(s);
			assert_true(pdf_write_sheets(impose_saddle(s->arena, &s->pages), s->path,
						     &s->world, s->diags, NULL));
			assert_int_equal(has(sample_plain(s), "GTS_PDFXVersion"), !told);
			sample_close(s);
		}
	}
}

static void unusable_pages_are_told(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		struct sample *s = sample_open(EDITION_PRINT);
		struct advertisement *ad =
			advertisement(s, EDITION_PRINT, 595276,
				      i == 3 ? "--allow-weak-crypto --encrypt user owner 128 --"
					     : "");
		const char *path = ad->path.ptr;
		struct str bytes;
		assert_true(
			file_read(s->arena, path, 1 << 26, s->diags, (struct place){ 0 }, &bytes));
		if (i == 0)
			ad->page = 3;
		else if (i == 1)
			assert_true(file_replace(path, STR("%PDF-1.4\nnothing\n"), s->diags));
		else if (i == 2)
			assert_true(file_replace(path, str_sub(bytes, 0, 3000), s->diags));
		else if (i == 4)
			unlink(path);
		sample_page(s)->advertisement = ad;
		assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
		assert_int_equal(diags_count(s->diags), 1);
		assert_int_equal(diags_at(s->diags, 0)->code, DIAG_ADVERTISEMENT_DAMAGED);
		assert_int_equal(diags_at(s->diags, 0)->place.line, 9);
		assert_false(file_exists(s->path));
		sample_close(s);
	}
}

/* Arrays that name each other twice: two to the sixtieth values if one let them. */
static void growing_arrays_end(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	struct buf b;
	buf_init(&b, 1 << 20);
	buf_put_c(&b, "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
		      "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
		      "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595.276 841.89]"
		      "/Resources<</Bomb 4 0 R>>>> endobj\n");
	for (int i = 4; i < 64; i++)
		buf_format(&b, "%d 0 obj [%d 0 R %d 0 R] endobj\n", i, i + 1, i + 1);
	buf_put_c(&b, "64 0 obj [] endobj\ntrailer <</Root 1 0 R>>\n");
	struct advertisement ad = { .src = STR("ad.pdf"), .page = 1 };
	ad.path = str_from(path_join(s->arena, str_from(s->folder), STR("ad.pdf")));
	assert_true(file_replace(ad.path.ptr, buf_str(&b), s->diags));
	buf_release(&b);
	sample_page(s)->advertisement = &ad;
	assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
	assert_true(reported(s, DIAG_ADVERTISEMENT_DAMAGED));
	sample_close(s);
}

/* Both pages of a side may be ready-made: two forms, each in its half. */
static void two_lie_on_one_sheet(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_PRINT);
	s->layout.production = production_usual();
	s->layout.marks = (struct marks){ .offset = 9921, .length = 14173, .weight = 250 };
	for (int i = 0; i < 4; i++)
		sample_page(s);
	struct advertisement *ad = advertisement(s, EDITION_PRINT, 595276, "");
	s->pages.page[0].advertisement = s->pages.page[3].advertisement = ad;
	uint64_t bytes;
	assert_true(pdf_write_sheets(impose_saddle(s->arena, &s->pages), s->path, &s->world,
				     s->diags, &bytes));
	int status;
	said_by(s, &status, "qpdf --check %s", s->path);
	assert_int_equal(status, 0);
	struct str words = said_by(s, &status, "pdftotext -bbox -l 1 %s - | grep REKLAMA", s->path);
	size_t second = str_find(words, STR("<word"), str_find(words, STR("<word"), 0) + 1);
	assert_true(second < words.len);
	/* 28.3 + 60 from the left, and a page's width further right */
	assert_in_range(edge(str_sub(words, 0, second), "xMin"), 87, 90);
	assert_in_range(edge(str_sub(words, second, words.len), "xMin"), 682, 685);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_lies_trim_on_trim),
		cmocka_unit_test(page_is_a_figure_for_readers_who_listen),
		cmocka_unit_test(bleed_comes_along),
		cmocka_unit_test(turned_pages_stand_upright),
		cmocka_unit_test(other_size_is_scaled_and_told),
		cmocka_unit_test(colours_of_screens_are_told),
		cmocka_unit_test(what_x1a_does_not_know_is_told),
		cmocka_unit_test(unusable_pages_are_told),
		cmocka_unit_test(two_lie_on_one_sheet),
		cmocka_unit_test(growing_arrays_end),
	};
	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
