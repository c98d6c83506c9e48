/* import: what is wrong with advertisers' pages is told at its place, with what to ask
 * for, or mended. */
#include "pdf/sample.h"
#include "test.h"

#define MEDIA "[0 0 612.284 858.898]"
#define TRIM "/TrimBox [8.504 8.504 603.78 850.394]"

struct parts {
	const char *page; /* entries of the page, boxes and resources among them */
	const char *contents;
	const char *catalog, *objects; /* more entries, more objects (from 5 on) */
};

static const char image[] = "5 0 obj\n<</Type/XObject/Subtype/Image/Width 200/Height 200"
			    "/BitsPerComponent 8/ColorSpace/DeviceCMYK/Filter/ASCIIHexDecode"
			    "/Length 1>>\nstream\n>\nendstream\nendobj\n";

/* A PDF of one page of these parts, put in order by qpdf with more options. */
static struct advertisement *ready_made(struct sample *s, const struct parts *p,
					const char *options)
{
	struct advertisement *ad = NEW(s->arena, struct advertisement);
	struct str folder = str_from(s->folder);
	ad->src = STR("images/ad.pdf");
	ad->path = str_from(path_join(s->arena, folder, STR("ad.pdf")));
	ad->page = 1;
	ad->place = (struct place){ STR("issues/2026-1/issue.yaml"), 9, 7 };
	char *raw = path_join(s->arena, folder, STR("raw.pdf"));
	struct str file =
		str_format(s->arena,
			   "%%PDF-1.6\n1 0 obj\n<</Type/Catalog/Pages 2 0 R %s>>\nendobj\n"
			   "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
			   "3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R %s>>\nendobj\n"
			   "4 0 obj\n<</Length %zu>>\nstream\n%s\nendstream\nendobj\n%s"
			   "trailer\n<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%%%EOF\n",
			   p->catalog ? p->catalog : "", p->page, strlen(p->contents), p->contents,
			   p->objects ? p->objects : "");
	assert_true(file_replace(raw, file, s->diags));
	int status;
	said_by(s, &status, "qpdf %s %s %s", options, raw, ad->path.ptr);
	assert_int_equal(status, 3); /* mended */
	return ad;
}

/* What is told of such a page in print: all the codes, details and hints. */
static struct str told_of(struct sample *s, const struct parts *p, const char *options)
{
	sample_page(s)->advertisement = ready_made(s, p, options);
	uint64_t bytes;
	bool ok = pdf_write(&s->pages, s->path, &s->world, s->diags, &bytes);
	assert_int_equal(ok, !diags_failed(s->diags));
	assert_int_equal(file_exists(s->path), ok);
	struct buf b;
	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < diags_count(s->diags); i++) {
		const struct diag *d = diags_at(s->diags, i);
		assert_int_equal(d->place.line, 9);
		assert_int_equal(d->place.column, 7);
		assert_true(d->hint.len > 0);
		assert_true(str_starts(d->detail, STR("images/ad.pdf")));
		buf_format(&b, "%s: %.*s\n", diag_name(d->code), STR_ARG(d->detail));
	}
	struct str told = str_copy(s->arena, buf_str(&b));
	buf_release(&b);
	if (ok) {
		int status;
		struct str words = said_by(s, &status, "qpdf --check %s", s->path);
		if (status)
			fail_msg("%.*s", STR_ARG(words));
	}
	return told;
}

static void every_fault_is_told(void **state)
{
	(void)state;
	static const struct {
		struct parts parts;
		const char *told; /* all that is; "": nothing */
	} pages[] = {
		{ { .page = "/MediaBox " MEDIA TRIM, .contents = "0 0 0 1 k 0 0 9 9 re f" }, "" },
		/* boxes */
		{ { .page = "/MediaBox [0 0 595.276 841.89]", .contents = "q Q" },
		  "advertisement-mended: images/ad.pdf has no TrimBox; its whole sheet was taken\n"
		  "advertisement-bleed: images/ad.pdf: 0.0 mm, the page 3.0 mm\n" },
		{ { .page = "/MediaBox " MEDIA, .contents = "q Q" },
		  "advertisement-mended: images/ad.pdf has no TrimBox; its middle was taken\n" },
		{ { .page = "/MediaBox " MEDIA TRIM "/BleedBox [2.8 2.8 609.4 856]",
		    .contents = "q Q" },
		  "advertisement-bleed: images/ad.pdf: 2.0 mm, the page 3.0 mm\n" },
		{ { .page = "/MediaBox " MEDIA "/TrimBox [603.78 850.394 8.504 8.504]",
		    .contents = "q Q" },
		  "" },
		{ { .page = "/UserUnit 2 /MediaBox [0 0 306.142 429.449]"
			    "/TrimBox [4.252 4.252 301.89 425.197]",
		    .contents = "q Q" },
		  "" },
		{ { .page = "/MediaBox [-100 50 -100 50]", .contents = "q Q" },
		  "advertisement-damaged: images/ad.pdf: its MediaBox is missing, or no size of a "
		  "page\n" },
		/* colours */
		{ { .page = "/MediaBox " MEDIA TRIM, .contents = "1 0 0 rg 0 0 9 9 re f" },
		  "advertisement-press: images/ad.pdf: colours of screens (RGB)\n" },
		{ { .page = "/MediaBox " MEDIA TRIM,
		    .contents = "(no 1 0 0 rg \\) either) pop /DeviceCMYK cs" },
		  "" },
		{ { .page = "/MediaBox " MEDIA TRIM, .contents = "/DeviceRGB CS" },
		  "advertisement-press: images/ad.pdf: colours of screens (RGB)\n" },
		{ { .page = "/MediaBox " MEDIA TRIM,
		    .contents = "BI /W 1 /H 1 /CS /RGB /BPC 8 /F /AHx ID 000000> EI" },
		  "advertisement-press: images/ad.pdf: colours of screens (RGB)\n" },
		{ { .page = "/MediaBox " MEDIA TRIM "/Resources<</XObject<</F 5 0 R>>>>",
		    .contents = "/F Do",
		    .objects = "5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 8>>\n"
			       "stream\n1 0 0 rg\nendstream\nendobj\n" },
		  "advertisement-press: images/ad.pdf: colours of screens (RGB)\n" },
		{ { .page = "/MediaBox " MEDIA TRIM "/Group<</S/Transparency/CS/DeviceRGB>>",
		    .contents = "q Q" },
		  "advertisement-press: images/ad.pdf: colours of screens (RGB)\n" },
		{ { .page = "/MediaBox " MEDIA TRIM
			    "/Resources<</ColorSpace<</C[/ICCBased 5 0 R]>>>>",
		    .contents = "q Q",
		    .objects = "5 0 obj\n<</N 3/Length 1>>\nstream\nx\nendstream\nendobj\n" },
		  "advertisement-press: images/ad.pdf: colours of screens (RGB)\n" },
		{ { .page = "/MediaBox " MEDIA TRIM "/Resources<</ColorSpace<<"
			    "/C[/Separation/PANTONE#20300#20C/DeviceCMYK 5 0 R]>>>>",
		    .contents = "q Q",
		    .objects = "5 0 obj\n<</FunctionType 2/Domain[0 1]/N 1>>\nendobj\n" },
		  "advertisement-press: images/ad.pdf: an ink of its own, PANTONE 300 C\n" },
		{ { .page = "/MediaBox " MEDIA TRIM "/Resources<</ColorSpace<<"
			    "/C[/DeviceN[/Black/Gold]/DeviceCMYK 5 0 R]>>>>",
		    .contents = "q Q",
		    .objects = "5 0 obj\n<</FunctionType 2/Domain[0 1]/N 1>>\nendobj\n" },
		  "advertisement-press: images/ad.pdf: an ink of its own, Gold\n" },
		/* fonts */
		{ { .page = "/MediaBox " MEDIA TRIM "/Resources<</Font<</F 5 0 R>>>>",
		    .contents = "BT /F 9 Tf (x) Tj ET",
		    .objects =
			    "5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n" },
		  "advertisement-press: images/ad.pdf: fonts that are not embedded\n" },
		/* pictures: 200 pixels on an inch, half of one, a quarter of one in a form */
		{ { .page = "/MediaBox " MEDIA TRIM "/Resources<</XObject<</I 5 0 R>>>>",
		    .contents = "q 57.6 0 0 57.6 20 20 cm /I Do Q",
		    .objects = image },
		  "" },
		{ { .page = "/MediaBox " MEDIA TRIM "/Resources<</XObject<</I 5 0 R>>>>",
		    .contents = "q 72 0 0 30 20 20 cm /I Do Q q 0 10 10 0 0 0 cm /I Do Q",
		    .objects = image },
		  "advertisement-press: images/ad.pdf: a picture of 200 pixels an inch\n" },
		{ { .page = "/MediaBox " MEDIA TRIM "/Resources<</XObject<</I 5 0 R/F 6 0 R>>>>",
		    .contents = "2 0 0 2 0 0 cm /F Do",
		    .objects = "5 0 obj\n<</Type/XObject/Subtype/Image/Width 200/Height 200"
			       "/BitsPerComponent 8/ColorSpace/DeviceCMYK/Filter/ASCIIHexDecode"
			       "/Length 1>>\nstream\n>\nendstream\nendobj\n"
			       "6 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[2 0 0 2 "
			       "0 0]/Length 24>>\nstream\nq 36 0 0 36 0 0 cm /I Do\nendstream\n"
			       "endobj\n" },
		  "advertisement-press: images/ad.pdf: a picture of 100 pixels an inch, which "
		  "looks "
		  "coarse\n" },
		/* a form that calls itself */
		{ { .page = "/MediaBox " MEDIA TRIM "/Resources<</XObject<</F 5 0 R>>>>",
		    .contents = "/F Do /F Do",
		    .objects = "5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources"
			       "<</XObject<</F 5 0 R>>>>/Length 11>>\nstream\n/F Do /F Do\n"
			       "endstream\nendobj\n" },
		  "advertisement-damaged: images/ad.pdf: a form on it draws itself\n" },
		/* what only screens can show */
		{ { .page = "/MediaBox " MEDIA TRIM "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 "
			    "9]>><</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]>>]",
		    .contents = "q Q" },
		  "advertisement-mended: images/ad.pdf: fields, notes or films were left out\n" },
		{ { .page = "/MediaBox " MEDIA TRIM
			    "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>]",
		    .contents = "q Q",
		    .catalog = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>" },
		  "" },
		{ { .page = "/MediaBox " MEDIA TRIM,
		    .contents = "q Q",
		    .catalog = "/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>",
		    .objects = "5 0 obj\n<</Type/OCG/Name(x)>>\nendobj\n" },
		  "advertisement-damaged: images/ad.pdf has layers that are hidden, and would "
		  "show\n" },
	};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct sample *s = sample_open(EDITION_PRINT);
		struct str told = told_of(s, &pages[i].parts, "");
		if (!str_equal(told, str_from(pages[i].told)))
			fail_msg("page %zu (%s): told\n%.*snot\n%s", i, pages[i].parts.contents,
				 STR_ARG(told), pages[i].told);
		if (file_exists(s->path)) {
			struct str plain = sample_plain(s);
			assert_false(has(plain, "JavaScript") || has(plain, "/Annot"));
		}
		sample_close(s);
	}
}

/* Wherever colour can stand: RGB in each of them is seen, at the advertisement's place. */
static void colours_are_found_everywhere(void **state)
{
	(void)state;
#define STREAM(number, entries, data)                                                              \
#number " 0 obj\n<<" entries "/Length 99>>\nstream\n" data "\nendstream\nendobj\n"
	static const char rgb[] = "advertisement-press: images/ad.pdf: colours of screens (RGB)\n";
	static const char lab[] = "advertisement-press: images/ad.pdf: colours as the eye measures "
				  "them (Lab, CalGray)\n";
	static const struct {
		const char *resources, *contents, *objects, *told;
	} pages[] = {
		{ "/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 9 9 re f",
		  STREAM(5,
			 "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
			 "/Resources<<>>",
			 "1 0 0 rg 0 0 5 5 re f"),
		  rgb },
		{ "/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 9 9 re f",
		  STREAM(5,
			 "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
			 "/Resources<</ColorSpace<</C[/CalRGB<</WhitePoint[1 1 1]>>]>>>>",
			 "/C cs 1 0 0 sc 0 0 5 5 re f"),
		  rgb },
		/* a pattern without colours of its own has those of where it is used */
		{ "/Pattern<</P 5 0 R>>", "q Q",
		  STREAM(5,
			 "/PatternType 1/PaintType 2/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
			 "/Resources<<>>",
			 "1 0 0 rg 0 0 5 5 re f"),
		  "" },
		{ "/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 9 9 re f",
		  "5 0 obj\n<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB"
		  "/Coords[0 0 9 9]/Function<</FunctionType 2/Domain[0 1]/N 1>>>>>>\nendobj\n",
		  rgb },
		{ "/Shading<</S 5 0 R>>", "/S sh",
		  "5 0 obj\n<</ShadingType 3/ColorSpace[/ICCBased 6 0 R]/Coords[0 0 1 9 9 2]"
		  "/Function<</FunctionType 2/Domain[0 1]/N 1>>>>\nendobj\n" STREAM(6, "/N 3", "x"),
		  rgb },
		{ "/Shading<</S 5 0 R>>", "/S sh",
		  STREAM(5,
			 "/ShadingType 4/ColorSpace/DeviceRGB/BitsPerCoordinate 8"
			 "/BitsPerComponent 8/BitsPerFlag 8/Decode[0 1 0 1 0 1 0 1 0 1]",
			 "x"),
		  rgb },
		{ "/Shading<</S 5 0 R>>", "/S sh",
		  "5 0 obj\n<</ShadingType 2/ColorSpace[/Lab<</WhitePoint[1 1 1]>>]/Coords[0 0 9 9]"
		  "/Function<</FunctionType 2/Domain[0 1]/N 1>>>>\nendobj\n",
		  lab },
		/* glyphs that are drawings; those that begin with d1 have no colours */
		{ "/Font<</F 5 0 R>>", "BT /F 9 Tf (a) Tj ET",
		  "5 0 obj\n<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]"
		  "/FirstChar 97/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>"
		  "/CharProcs<</a 6 0 R>>>>\nendobj\n" STREAM(6, "",
							      "9 0 d0 0 0 1 RG 0 0 m 9 9 l S"),
		  rgb },
		{ "/Font<</F 5 0 R>>", "BT /F 9 Tf (a) Tj ET",
		  "5 0 obj\n<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]"
		  "/FirstChar 97/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>"
		  "/CharProcs 7 0 R>>\nendobj\n7 0 obj\n<</a 6 0 R>>\nendobj\n" STREAM(
			  6, "", "9 0 d0 BI /W 1 /H 1 /BPC 8 /CS /RGB /F /AHx ID 000000> EI"),
		  rgb },
		{ "/Font<</F 5 0 R>>", "BT /F 9 Tf (a) Tj ET",
		  "5 0 obj\n<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]"
		  "/FirstChar 97/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>"
		  "/CharProcs<</a 6 0 R>>>>\nendobj\n" STREAM(
			  6, "", "9 0 0 0 9 9 d1 0 0 1 rg 0 0 9 9 re f"),
		  "" },
		/* what a soft mask is drawn from, and how it is mixed */
		{ "/ExtGState<</G<</SMask<</S/Luminosity/G 5 0 R>>>>>>", "/G gs",
		  STREAM(5,
			 "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency"
			 "/CS/DeviceGray>>",
			 "1 1 1 rg 0 0 9 9 re f"),
		  rgb },
		{ "/ExtGState<</G<</SMask<</S/Luminosity/G 5 0 R>>>>>>", "/G gs",
		  STREAM(5,
			 "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency"
			 "/CS/DeviceRGB>>",
			 "1 g 0 0 9 9 re f"),
		  rgb },
		{ "/ExtGState<</G<</SMask<</S/Luminosity/G 5 0 R>>>>>>", "/G gs",
		  STREAM(5,
			 "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency"
			 "/CS/DeviceGray>>",
			 "1 g 0 0 9 9 re f"),
		  "" },
		/* forms in forms; that call one another */
		{ "/XObject<</A 5 0 R>>", "/A Do",
		  STREAM(5,
			 "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject"
			 "<</B 6 0 R>>>>",
			 "/B Do")
			  STREAM(6,
				 "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject"
				 "<</C 7 0 R>>>>",
				 "/C Do") STREAM(7, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]",
						 "/DeviceRGB cs"),
		  rgb },
		{ "/XObject<</A 5 0 R>>", "/A Do",
		  STREAM(5,
			 "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject"
			 "<</B 6 0 R>>>>",
			 "/B Do")
			  STREAM(6,
				 "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject"
				 "<</A 5 0 R>>>>",
				 "/A Do"),
		  "advertisement-damaged: images/ad.pdf: a form on it draws itself\n" },
		{ "/XObject<</A 5 0 R>>", "/A Do",
		  STREAM(5,
			 "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Pattern"
			 "<</P 6 0 R>>>>",
			 "/Pattern cs /P scn")
			  STREAM(6,
				 "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep "
				 "9/YStep 9"
				 "/Resources<</XObject<</A 5 0 R>>/Pattern<</P 6 0 R>>>>",
				 "/A Do 0 0 1 RG"),
		  rgb },
		/* pictures, also by a table, and what JPEG 2000 says itself */
		{ "/XObject<</I 5 0 R>>", "/I Do",
		  STREAM(5,
			 "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
			 "/ColorSpace[/Indexed/DeviceRGB 0<000000>]",
			 "0"),
		  rgb },
		{ "/XObject<</I 5 0 R>>", "/I Do",
		  STREAM(5,
			 "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
			 "/ColorSpace[/Lab<</WhitePoint[1 1 1]>>]",
			 "000"),
		  lab },
		{ "/XObject<</I 5 0 R>>", "/I Do",
		  STREAM(5, "/Subtype/Image/Width 1/Height 1/Filter/JPXDecode", "x"), rgb },
		{ "", "BI /W 1 /H 1 /BPC 8 /CS [/I /RGB 0 <000000>] /F /AHx ID 00> EI", "", rgb },
		/* what stands for an ink on a screen is no colour of a screen */
		{ "/ColorSpace<</C[/Separation/Black[/Lab<</WhitePoint[1 1 1]>>]5 0 R]>>", "q Q",
		  "5 0 obj\n<</FunctionType 2/Domain[0 1]/N 1>>\nendobj\n", "" },
	};
#undef STREAM
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct sample *s = sample_open(EDITION_PRINT);
		struct parts parts = { .contents = pages[i].contents, .objects = pages[i].objects };
		parts.page = str_c(s->arena, str_format(s->arena, "/MediaBox %s%s/Resources<<%s>>",
							MEDIA, TRIM, pages[i].resources));
		struct str told = told_of(s, &parts, "");
		if (!str_equal(told, str_from(pages[i].told)))
			fail_msg("page %zu (%s %s): told\n%.*snot\n%s", i, pages[i].resources,
				 pages[i].contents, STR_ARG(told), pages[i].told);
		/* PDF/X-4 knows colours by profiles and Lab, if no printer asks for them. */
		bool known = pages[i].told != rgb || strstr(pages[i].objects, "/ICCBased");
		if (file_exists(s->path)) /* no file of what is damaged */
			assert_int_equal(has(sample_plain(s), "PDF/X-4"), known);
		sample_close(s);
	}
}

static void locks_and_damage_are_told(void **state)
{
	(void)state;
	static const struct parts page = { .page = "/MediaBox " MEDIA TRIM, .contents = "q Q" };
	struct sample *s = sample_open(EDITION_PRINT);
	struct str told = told_of(s, &page, "--encrypt user owner 256 --");
	assert_has(told, "advertisement-damaged: images/ad.pdf: it is locked with a password");
	sample_close(s);
	/* Locked against changes only: anybody may read it. */
	s = sample_open(EDITION_PRINT);
	told = told_of(s, &page, "--encrypt '' owner 256 --");
	assert_str(told, "");
	assert_false(has(sample_plain(s), "/Encrypt"));
	sample_close(s);
	/* Another page than there is. */
	s = sample_open(EDITION_PRINT);
	struct advertisement *ad = ready_made(s, &page, "");
	ad->page = 2;
	sample_page(s)->advertisement = ad;
	assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_ADVERTISEMENT_DAMAGED);
	assert_has(diags_at(s->diags, 0)->detail, "page 2 of 1");
	sample_close(s);
	/* Cut off wherever: told, never a crash. */
	for (int tenths = 1; tenths < 10; tenths++) {
		s = sample_open(EDITION_PRINT);
		ad = ready_made(s, &page, "");
		struct str bytes;
		assert_true(file_read(s->arena, ad->path.ptr, 1 << 20, s->diags,
				      (struct place){ 0 }, &bytes));
		assert_true(file_replace(ad->path.ptr,
					 str_sub(bytes, 0, bytes.len * (size_t)tenths / 10),
					 s->diags));
		sample_page(s)->advertisement = ad;
		bool ok = pdf_write(&s->pages, s->path, &s->world, s->diags, NULL);
		assert_true(
			reported(s, ok ? DIAG_ADVERTISEMENT_MENDED : DIAG_ADVERTISEMENT_DAMAGED));
		sample_close(s);
	}
}

static void a_unit_may_be_longer_than_a_point(void **state)
{
	(void)state;
	static const struct parts page = { .page = "/UserUnit 2 /MediaBox [0 0 306.142 429.449]"
						   "/TrimBox [4.252 4.252 301.89 425.197]",
					   .contents = "0 0 0 1 k 54.252 54.252 50 50 re f" };
	struct sample *s = sample_open(EDITION_PRINT);
	assert_str(told_of(s, &page, ""), "");
	int status;
	/* The square is 100 pt from the trim's corner and 100 pt large. */
	static const struct {
		int x, y;
		bool black;
	} points[] = {
		{ 105, 742, true }, { 95, 742, false }, { 195, 652, true }, { 205, 742, false }
	};
	for (size_t i = 0; i < 4; i++) {
		struct str ppm = said_by(s, &status, "pdftoppm -r 72 -x %d -y %d -W 1 -H 1 %s",
					 points[i].x + 8, points[i].y + 8 - 8, s->path);
		assert_int_equal((unsigned char)ppm.ptr[ppm.len - 1] < 100, points[i].black);
	}
	sample_close(s);
}

/* LZW is not for PDF/X: such data are packed anew, and say the same. */
static void data_in_lzw_are_packed_anew(void **state)
{
	(void)state;
	static const struct parts page = {
		.page = "/MediaBox " MEDIA TRIM "/Resources<</XObject<</F 5 0 R>>>>",
		.contents = "/F Do",
		/* 0 0 0 1 k 0 0 600 850 re f */
		.objects = "5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 700 900]"
			   "/Filter[/ASCIIHexDecode/LZWDecode]/DecodeParms[null null]/Length 65>>\n"
			   "stream\n"
			   "800C04030100C04031101AC4030100C04036180C040381A8C0407232880C"
			   "D010"
			   ">\nendstream\nendobj\n"
	};
	static const char kept[] = "--decode-level=none --stream-data=preserve";
	struct sample *s = sample_open(EDITION_PRINT);
	assert_str(told_of(s, &page, kept), "");
	int status;
	struct str lzw = said_by(s, &status, "grep -c LZWDecode %s/ad.pdf", s->folder);
	assert_true(str_starts(lzw, STR("1")));
	lzw = said_by(s, &status, "qpdf --json=latest --json-key=qpdf %s", s->path);
	assert_true(has(lzw, "FlateDecode") && !has(lzw, "LZW"));
	struct str ppm = said_by(s, &status, "pdftoppm -r 72 -x 300 -y 400 -W 1 -H 1 %s", s->path);
	assert_true((unsigned char)ppm.ptr[ppm.len - 1] < 100);
	sample_close(s);
}

/* Pictures within the stream, also in a form; coded twice, with a stroke of bad luck. */
static void pictures_in_lzw_are_packed_anew(void **state)
{
	(void)state;
	/* 4 x 1 pixels, black, in inks: 00 00 00 FF, four times */
	static const char packed[] = "8000204FF81002090382BFE020";
	static const char *const entries[] = {
		"/W 4 /H 1 /BPC 8 /CS /CMYK /F [/AHx /LZW]",
		"/Width 4/Height 1/BitsPerComponent 8/ColorSpace/DeviceCMYK"
		"/Filter[/ASCIIHexDecode/LZWDecode]/DecodeParms[null<</EarlyChange 1>>]",
	};
	for (size_t n = 0; n < sizeof entries / sizeof *entries; n++) {
		struct sample *s = sample_open(EDITION_PRINT);
		struct str picture =
			str_format(s->arena, "q 612 0 0 859 0 0 cm BI %s ID\n%s>\nEI Q", entries[n],
				   packed);
		struct parts page = {
			.page = "/MediaBox " MEDIA TRIM "/Resources<</XObject<</F 5 0 R>>>>",
			.contents = n ? "/F Do" : str_c(s->arena, picture),
			.objects = str_c(s->arena,
					 str_format(s->arena,
						    "5 0 obj\n<</Type/XObject/Subtype/Form"
						    "/BBox[0 0 700 900]/Length %zu>>\nstream\n"
						    "%.*s\nendstream\nendobj\n",
						    picture.len, STR_ARG(picture))),
		};
		assert_str(told_of(s, &page, "--decode-level=none --stream-data=preserve"), "");
		struct str plain = sample_plain(s);
		assert_true(has(plain, "/F [/AHx /Fl] ID") && !has(plain, "LZW"));
		assert_has(plain, "GTS_PDFXVersion");
		int status;
		struct str ppm =
			said_by(s, &status, "pdftoppm -r 72 -x 300 -y 400 -W 1 -H 1 %s", s->path);
		assert_true((unsigned char)ppm.ptr[ppm.len - 1] < 100);
		sample_close(s);
	}
	/* What cannot be unpacked is told, and the file claims no PDF/X. */
	static const struct parts broken = {
		.page = "/MediaBox " MEDIA TRIM,
		.contents = "BI /W 1 /H 1 /BPC 8 /CS /G /F [/LZW /DCT] ID\nxx\nEI",
	};
	struct sample *s = sample_open(EDITION_PRINT);
	assert_has(told_of(s, &broken, ""), "data packed by LZW, which PDF/X does not know");
	assert_false(has(sample_plain(s), "GTS_PDFXVersion"));
	sample_close(s);
}

/* Tags of the other file would contradict ours; layers that are seen stay. */
static void tags_of_the_other_file_go(void **state)
{
	(void)state;
	static const struct parts page = {
		.page = "/MediaBox " MEDIA TRIM "/Resources<</Properties<</L 5 0 R>>>>",
		.contents = "/P <</MCID 0>> BDC 0 0 0 1 k /Artifact BMC 0 0 9 9 re f EMC EMC\n"
			    "/OC /L BDC /Span<</Lang(pl)>>BDC 0 0 8 8 re f EMC EMC /X MP EMC q Q",
		.objects = "5 0 obj\n<</Type/OCG/Name(x)>>\nendobj\n",
	};
	struct sample *s = sample_open(EDITION_SCREEN);
	assert_str(told_of(s, &page, ""), "");
	struct str plain = sample_plain(s);
	assert_has(plain, " 0 0 0 1 k  0 0 9 9 re f  \n/OC /L BDC  0 0 8 8 re f  EMC   q Q");
	sample_close(s);
}

/* In the tagged editions fonts without Unicode cost the claim, and are told. */
static void mute_fonts_are_told_for_readers_who_listen(void **state)
{
	(void)state;
	static const struct parts page = {
		.page = "/MediaBox " MEDIA TRIM "/Resources<</Font<</F 5 0 R>>>>",
		.contents = "BT /F 9 Tf (x) Tj ET",
		.objects = "5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
	};
	struct sample *s = sample_open(EDITION_SCREEN);
	struct str told = told_of(s, &page, "");
	assert_str(told, "advertisement-access: images/ad.pdf: fonts that are not embedded\n");
	assert_false(has(sample_plain(s), "<pdfuaid:part>"));
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fault_is_told),
		cmocka_unit_test(colours_are_found_everywhere),
		cmocka_unit_test(locks_and_damage_are_told),
		cmocka_unit_test(a_unit_may_be_longer_than_a_point),
		cmocka_unit_test(data_in_lzw_are_packed_anew),
		cmocka_unit_test(pictures_in_lzw_are_packed_anew),
		cmocka_unit_test(tags_of_the_other_file_go),
		cmocka_unit_test(mute_fonts_are_told_for_readers_who_listen),
	};
	return cmocka_run_group_tests_name("ready-made pages", tests, NULL, NULL);
}
