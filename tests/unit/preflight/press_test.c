/* The limits of GWG 2022 and of printers, from both sides. */
#include "preflight/pages.h"

/* A picture of so many pixels on 720 pt: a tenth of them is its ppi. */
static void put_picture(struct sample *s, int line, int columns, int rows, bool line_art, int turn)
{
	struct picture *p = NEW(s->arena, struct picture);
	*p = (struct picture){ .src = str_format(s->arena, "p%d.png", line),
			       .path = STR("/nowhere.png"),
			       .columns = columns,
			       .rows = rows,
			       .components = 3,
			       .line_art = line_art,
			       .orientation = turn,
			       .place = at(line) };
	struct item *i = page_add(s->arena, sample_page(s), ITEM_PICTURE);
	i->picture.picture = p;
	i->picture.frame = (struct rect){ 100 * PT, 100 * PT, 100 * PT, 100 * PT };
	i->picture.whole = (struct rect){ 0, 0, 720 * PT, 720 * PT };
}

static void resolution_has_two_limits(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	put_picture(s, 1, 1490, 1490, false, 1);
	put_picture(s, 2, 1500, 1500, false, 1);
	put_picture(s, 3, 2240, 3000, false, 1); /* the weaker side */
	put_picture(s, 4, 2250, 2250, false, 1);
	put_picture(s, 5, 5490, 5490, true, 1);
	put_picture(s, 6, 5500, 5500, true, 1);
	put_picture(s, 7, 7990, 9000, true, 8);
	put_picture(s, 8, 8000, 8000, true, 1);
	put_picture(s, 9, 4, 4, false, 1);
	assert_judged(s, "1 image-coarse p1.png: 149 ppi on page 1 (GWG R0031)\n"
			 "2 image-resolution p2.png: 150 ppi on page 2 (GWG R0031)\n"
			 "3 image-resolution p3.png: 224 ppi on page 3 (GWG R0031)\n"
			 "5 image-coarse p5.png: 549 ppi on page 5 (GWG R0032)\n"
			 "6 image-resolution p6.png: 550 ppi on page 6 (GWG R0032)\n"
			 "7 image-resolution p7.png: 799 ppi on page 7 (GWG R0032)\n");
	sample_close(s);
}

static void a_picture_is_told_where_it_is_largest(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	put_picture(s, 1, 1000, 1000, false, 1);
	const struct picture *p = s->pages.page[0].items[0].picture.picture;
	for (int n = 0; n < 2; n++) {
		struct item *i = page_add(s->arena, sample_page(s), ITEM_PICTURE);
		i->picture.picture = p;
		i->picture.frame = i->picture.whole =
			(struct rect){ -20 * PT, -20 * PT, 1440 * PT, 1440 * PT };
	}
	assert_judged(s, "1 image-coarse p1.png: 50 ppi on page 2 (GWG R0031)\n");
	sample_close(s);
}

static void lines_have_a_least_weight(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	const struct {
		int weight, c, k;
		bool high;
	} cases[] = {
		{ 249, 0, 100, false }, { 250, 0, 100, false }, { 249, 0, 100, true },
		{ 499, 50, 50, false }, { 500, 50, 50, true },  { 499, 0, 0, true },
		{ 500, 0, 0, false },   { 240, 0, 30, false },
	};
	for (int n = 0; n < 8; n++) {
		struct colour *c = ink(s, n + 1, cases[n].c, 0, 0, cases[n].k);
		int wide = cases[n].high ? cases[n].weight : 100 * PT;
		sample_fill(s, p, c, 100 * PT, (100 + 20 * n) * PT, wide,
			    cases[n].high ? 100 * PT : cases[n].weight);
	}
	/* A mark beside the sheet is nobody's rule, an area of no width is nothing. */
	sample_fill(s, p, ink(s, 20, 0, 0, 0, 100), -30 * PT, 0, 20 * PT, 100);
	sample_fill(s, p, ink(s, 21, 0, 0, 0, 100), 30 * PT, 30 * PT, 20 * PT, 0);
	assert_lines(s, DIAG_HAIRLINE, "1 3 4 6 8 ");
	sample_close(s);
}

static void small_letters_want_one_ink(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	sample_fill(s, p, &s->black, 0, -9 * PT, 595 * PT, 200 * PT);
	const struct {
		int size, c, k;
		const char *text;
	} cases[] = { { 7999, 50, 50, "mało" },     { 8000, 50, 50, "dość" },
		      { 7999, 0, 0, "biało" },      { 8000, 0, 0, "dość" },
		      { 4000, 0, 100, "czarno" },   { 4000, 100, 0, "błękit" },
		      { 4000, 50, 50, " \xc2\xa0" } };
	for (int n = 0; n < 7; n++)
		words_at(s, p, style_at(s, n + 1, ink(s, 40 + n, cases[n].c, 0, 0, cases[n].k)),
			 cases[n].size, 50 * PT, (30 + 20 * n) * PT, cases[n].text);
	/* An ink of its own is one plate, whatever stands for it. */
	static const struct ink blue = { STR_INIT("PANTONE 300 C"), { 1000, 440, 0, 0 } };
	struct colour *own = ink(s, 60, 100, 44, 0, 0);
	own->spot = &blue;
	own->tint = 1000;
	words_at(s, p, style_at(s, 9, own), 6 * PT, 50 * PT, 170 * PT, "niebiesko");
	assert_lines(s, DIAG_TYPE_INKS, "1 3 ");
	sample_close(s);
}

static void letters_keep_off_the_trim(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	int width = s->layout.grid.width, height = s->layout.grid.height;
	const struct style *near = style_at(s, 1, &s->black), *far = style_at(s, 2, &s->black);
	words_at(s, p, near, 10 * PT, 5 * MM - 10, 100 * PT, "Za blisko");
	words_at(s, p, far, 10 * PT, 5 * MM, 120 * PT, "Dość daleko");
	struct item *i = words_at(s, p, far, 10 * PT, 0, 140 * PT, "Do prawej ");
	int right = 0;
	for (size_t k = 0; k + 1 < i->glyphs.glyph_count; k++)
		right += i->glyphs.glyphs[k].advance;
	i->glyphs.x = width - 5 * MM - right; /* the space behind it is no ink */
	words_at(s, p, style_at(s, 3, &s->black), 10 * PT, 60 * PT, 5 * MM + 7200 - 10, "Wysoko");
	words_at(s, p, style_at(s, 4, &s->black), 10 * PT, 60 * PT, height - 5 * MM - 2200 + 10,
		 "Nisko");
	words_at(s, p, style_at(s, 5, &s->black), 10 * PT, -40 * MM, 100 * PT, "Obok");
	p = sample_page(s); /* verso */
	words_at(s, p, style_at(s, 6, &s->black), 10 * PT, MM, 100 * PT, "Lewa");
	assert_judged(s, "1 safety-zone 4.9 mm from the inner edge, page 1: Za blisko\n"
			 "3 safety-zone 4.9 mm from the top, page 1: Wysoko\n"
			 "4 safety-zone 4.9 mm from the foot, page 1: Nisko\n"
			 "6 safety-zone 1.0 mm from the outer edge, page 2: Lewa\n");
	sample_close(s);
}

static void what_touches_the_trim_reaches_the_bleed(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	int bleed = s->layout.grid.bleed, w = s->layout.grid.width, h = s->layout.grid.height;
	sample_fill(s, p, ink(s, 1, 0, 0, 0, 20), -bleed, -bleed, w + 2 * bleed, h + 2 * bleed);
	sample_fill(s, p, ink(s, 2, 0, 0, 0, 20), -bleed, 0, 90 * PT, 90 * PT);
	sample_fill(s, p, ink(s, 3, 0, 0, 0, 20), MM, 100 * PT, 90 * PT, 90 * PT);
	sample_fill(s, p, ink(s, 4, 0, 0, 0, 20), MM - 5, 200 * PT, 90 * PT, 90 * PT);
	sample_fill(s, p, ink(s, 5, 0, 0, 0, 20), w - 90 * PT, 300 * PT, 90 * PT + bleed - 100,
		    90 * PT);
	sample_fill(s, p, ink(s, 6, 0, 0, 0, 20), 100 * PT, h - 90 * PT, 90 * PT, 90 * PT + 2 * MM);
	sample_fill(s, p, ink(s, 7, 0, 0, 0, 20), -90 * PT, 500 * PT, 80 * PT, PT);
	assert_judged(s, "2 bleed-short it ends 0.0 mm within the trim, top of page 1\n"
			 "4 bleed-short it ends 0.9 mm within the trim, inner edge of page 1\n"
			 "5 bleed-short it ends 2.9 mm beyond the trim, outer edge of page 1\n"
			 "6 bleed-short it ends 2.0 mm beyond the trim, foot of page 1\n");
	s->layout.grid.bleed = 0; /* then nothing can reach it, and 3 mm are wanted */
	assert_lines(s, DIAG_BLEED_SHORT, "2 4 5 6 ");
	sample_close(s);
}

/* On a verso page a frame stands mirrored; the fault is told at the frame. */
static void faults_at_the_edge_are_told_at_their_frame(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	int w = s->layout.grid.width;
	struct frame frames[] = {
		{ .role = FRAME_TEXT, .rect = { 0, 0, w, 800 * PT }, .place = at(4) },
		{ .role = FRAME_PICTURE,
		  .rect = { 0, 100 * PT, 90 * PT, 90 * PT },
		  .place = at(5) },
	};
	struct master m = { .frames = frames, .frame_count = 2 };
	for (int n = 0; n < 2; n++) {
		put_picture(s, 9, 3000, 3000, false, 1);
		struct page *p = &s->pages.page[n];
		p->master = &m;
		p->items[0].picture.frame = p->items[0].picture.whole =
			(struct rect){ n ? w - 90 * PT : 0, 100 * PT, 90 * PT, 90 * PT };
		words_at(s, p, style_at(s, 7, &s->black), 10 * PT, MM, 300 * PT, "Blisko");
	}
	assert_judged(s, "4 safety-zone 1.0 mm from the inner edge, page 1: Blisko\n"
			 "4 safety-zone 1.0 mm from the outer edge, page 2: Blisko\n"
			 "5 bleed-short it ends 0.0 mm within the trim, inner edge of page 1\n");
	sample_close(s);
}

static void empty_pages_belong_to_what_follows(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	struct article articles[] = { { .place = at(11) }, { .place = at(12) } };
	struct advertisement ad = { .page = 1 };
	for (int n = 0; n < 6; n++)
		sample_page(s);
	struct page *p = s->pages.page;
	words_at(s, &p[0], style_at(s, 1, &s->black), 10 * PT, 90 * PT, 90 * PT, "Słowo");
	p[1].article = &articles[0]; /* has a folio and a ground, and no word */
	words_at(s, &p[1], style_at(s, 1, &s->black), 10 * PT, 90 * PT, 800 * PT, "2")->artifact =
		ARTIFACT_FOOTER;
	sample_fill(s, &p[1], &s->teal, 0, 90 * PT, 90 * PT, 90 * PT)->artifact =
		ARTIFACT_BACKGROUND;
	words_at(s, &p[2], style_at(s, 1, &s->black), 10 * PT, 90 * PT, 90 * PT, "  ");
	words_at(s, &p[2], style_at(s, 1, &s->black), 6 * PT, 90 * PT, -14 * PT, "Poza spadem")
		->artifact = ARTIFACT_LAYOUT; /* a slug */
	sample_fill(s, &p[3], &s->black, 90 * PT, 90 * PT, 300 * PT, PT); /* to write on */
	p[3].article = &articles[1];
	p[4].advertisement = &ad;
	s->pages.page[1].items[1].fill.rect.x = 20 * PT;
	preflight(&s->pages, NULL, s->diags);
	diags_sort(s->diags);
	assert_int_equal(diags_count(s->diags), 3);
	const struct {
		const char *detail;
		int line;
	} wanted[] = { { "page 2 (GWG R0005)", 11 },
		       { "page 3 (GWG R0005)", 12 },
		       { "page 6 (GWG R0005)", 1 } };
	for (size_t i = 0; i < 3; i++) {
		const struct diag *d = diags_at(s->diags, i);
		assert_int_equal(d->code, DIAG_PAGE_EMPTY);
		bool found = false;
		for (size_t k = 0; k < 3; k++)
			found |= str_equal(d->detail, str_from(wanted[k].detail)) &&
				 d->place.line == wanted[k].line;
		assert_true(found);
	}
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resolution_has_two_limits),
		cmocka_unit_test(a_picture_is_told_where_it_is_largest),
		cmocka_unit_test(lines_have_a_least_weight),
		cmocka_unit_test(small_letters_want_one_ink),
		cmocka_unit_test(letters_keep_off_the_trim),
		cmocka_unit_test(what_touches_the_trim_reaches_the_bleed),
		cmocka_unit_test(faults_at_the_edge_are_told_at_their_frame),
		cmocka_unit_test(empty_pages_belong_to_what_follows),
	};
	return cmocka_run_group_tests_name("press", tests, NULL, NULL);
}
