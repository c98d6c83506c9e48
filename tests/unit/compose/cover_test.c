/* The cover and the pages around it, where an issue has less than the design expects. */
#include "compose/fixture.h"

#include "compose/frames.h"

/* ---- the masthead ---- */

/* The lines of the masthead in order, joined by "/"; their sizes. */
struct heading {
	struct str words;
	int sizes[8];
	int right; /* of the widest */
	size_t lines;
};

static struct heading masthead_of(struct fixture *f, const struct pages *p)
{
	struct heading h = { 0 };
	struct buf words;
	int y = -1;
	buf_init(&words, 1000);
	for (size_t k = 0; k < p->page[0].item_count; k++) {
		const struct item *i = &p->page[0].items[k];
		if (i->kind != ITEM_GLYPHS || !i->element || i->element->role != ELEMENT_HEADING1)
			continue;
		struct rect r = item_rect(i);
		h.right = r.x + r.width > h.right ? r.x + r.width : h.right;
		if (i->glyphs.y != y) {
			if (h.lines)
				buf_put_c(&words, "/");
			h.sizes[h.lines++] = i->glyphs.size;
		}
		y = i->glyphs.y;
		buf_put(&words, str_trim(i->glyphs.text));
	}
	h.words = str_copy(f->arena, buf_str(&words));
	buf_release(&words);
	return h;
}

static struct heading masthead(struct fixture *f, const char *title, int width, int height)
{
	fixture_open(f, true);
	struct style *s = f->layout->styles;
	s[STYLE_MASTHEAD].size = s[STYLE_MASTHEAD].leading = 40 * PT;
	s[STYLE_MASTHEAD_SECOND].size = s[STYLE_MASTHEAD_SECOND].leading = 30 * PT;
	struct frame frame = { .role = FRAME_MASTHEAD, .columns = 1 };
	frame.rect = (struct rect){ 50 * PT, 50 * PT, width, height };
	struct master cover = { .name = STR("cover"), .frames = &frame, .frame_count = 1 };
	f->layout->cover = &cover;
	f->publication.title = str_from(title);
	fixture_paragraph(f, fixture_article(f, "a", "Tytuł"), NULL, "Treść");
	struct heading h = masthead_of(f, fixture_compose(f));
	f->layout->cover = NULL;
	return h;
}

static void assert_lines(const struct heading *h, const char *want)
{
	if (!str_equal(h->words, str_from(want)))
		print_error("\"%.*s\", not \"%s\"\n", STR_ARG(h->words), want);
	assert_true(str_equal(h->words, str_from(want)));
}

static void a_masthead_that_fits_stands_as_drawn(void **state)
{
	(void)state;
	static const struct {
		const char *title, *lines;
	} cases[] = {
		{ "Głos", "Głos" },
		{ "Nasz biuletyn", "Nasz/biuletyn" },
		{ "Głos Pacjenta Onkologicznego", "Głos Pacjenta/Onkologicznego" },
		/* no line ends on a word that leads to the next */
		{ "Zdrowie i życie", "Zdrowie/i życie" },
		{ "Nytt om oss", "Nytt/om oss" },
		{ "Надія та ми", "Надія/та ми" },
		/* but for a title of nothing else */
		{ "To my", "To/my" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct heading h = masthead(&f, cases[i].title, 480 * PT, 90 * PT);
		assert_lines(&h, cases[i].lines);
		assert_int_equal(h.sizes[0], 40 * PT);
		if (h.lines > 1)
			assert_int_equal(h.sizes[1], 30 * PT);
		fixture_close(&f);
	}
}

static void a_longer_masthead_is_balanced_in_one_size(void **state)
{
	(void)state;
	static const struct {
		const char *title, *lines;
	} cases[] = {
		{ "Kreftbladet for pårørende og pasienter",
		  "Kreftbladet for pårørende/og pasienter" },
		{ "Biuletyn informacyjny szpitala w Kielcach",
		  "Biuletyn informacyjny/szpitala w Kielcach" },
		{ "Вісник для пацієнтів та їхніх родин", "Вісник для пацієнтів/та їхніх родин" },
		{ "Wiadomościonkologiczne Świętokrzyskiecentrum",
		  "Wiadomościonkologiczne/Świętokrzyskiecentrum" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct heading h = masthead(&f, cases[i].title, 300 * PT, 90 * PT);
		assert_lines(&h, cases[i].lines);
		assert_int_equal(h.lines, 2);
		assert_int_equal(h.sizes[0], h.sizes[1]);
		assert_true(h.sizes[0] < 40 * PT && h.sizes[0] > 15 * PT);
		assert_true(h.right <= 350 * PT + 100);
		fixture_close(&f);
	}
}

/* A name in many words takes more lines before it is smaller than the text. */
static void a_masthead_is_not_smaller_than_the_text(void **state)
{
	(void)state;
	struct fixture f;
	const char *title = "Kwartalnik Ogólnopolskiego Stowarzyszenia Pacjentów Poradni "
			    "Onkologicznych przy Szpitalach Klinicznych";
	struct heading h = masthead(&f, title, 200 * PT, 90 * PT);
	assert_true(h.lines > 2);
	for (size_t i = 0; i < h.lines; i++) {
		assert_true(h.sizes[i] >= 10 * PT);
		assert_int_equal(h.sizes[i], h.sizes[0]);
	}
	assert_true(h.right <= 250 * PT + 100);
	fixture_close(&f);
}

/* ---- the title ---- */

enum { TITLE_Y = 400 * PT, TITLE_HEIGHT = 100 * PT };

static const struct item *find_words(const struct pages *p, const char *words)
{
	for (size_t k = 0; k < p->page[0].item_count; k++) {
		const struct item *item = &p->page[0].items[k];
		if (item->kind == ITEM_GLYPHS && str_starts(item->glyphs.text, str_from(words)))
			return item;
	}
	return NULL;
}

/* Title and lead in a frame of 300 by 100 pt, teasers in one of 100 pt 20 pt below it. */
static const struct pages *title_cover(struct fixture *f, const char *title, size_t teasers)
{
	static struct frame frames[2];
	static struct master cover;
	static struct cover_line lines[3] = { { .text = STR_INIT("Pierwsza") },
					      { .text = STR_INIT("Druga") },
					      { .text = STR_INIT("Trzecia") } };
	fixture_open(f, true);
	struct style *s = &f->layout->styles[STYLE_COVER_TITLE];
	s->size = 40 * PT;
	s->leading = 44 * PT;
	s->steps[0] = 30 * PT;
	s->steps[1] = 20 * PT;
	s->step_count = 2;
	f->layout->styles[STYLE_TEASER].leading = 20 * PT;
	frames[0] = (struct frame){ .role = FRAME_COVER_TITLE, .columns = 1, .stand = STAND_FOOT };
	frames[0].rect = (struct rect){ 100 * PT, TITLE_Y, 300 * PT, TITLE_HEIGHT };
	frames[0].place = (struct place){ STR("layout.yaml"), 7, 9 };
	frames[1] = (struct frame){ .role = FRAME_TEASERS, .columns = 1 };
	frames[1].rect =
		(struct rect){ 100 * PT, TITLE_Y + TITLE_HEIGHT + 20 * PT, 300 * PT, 100 * PT };
	cover = (struct master){ .name = STR("cover"), .frames = frames, .frame_count = 2 };
	f->layout->cover = &cover;
	f->doc.title = str_from(title);
	f->doc.title_place = (struct place){ STR("issue.yaml"), 3, 8 };
	f->doc.cover.lines = lines;
	f->doc.cover.line_count = teasers;
	fixture_paragraph(f, fixture_article(f, "a", "Tytuł"), NULL, "Treść");
	return fixture_compose(f);
}

static void a_title_steps_down_until_it_has_room(void **state)
{
	(void)state;
	static const struct {
		const char *title;
		int size;
	} cases[] = {
		{ "Razem łatwiej", 40 },
		{ "Razem łatwiej i bliżej siebie", 40 },
		{ "Razem łatwiej i bliżej siebie we wszystkim", 30 },
		{ "Razem łatwiej i bliżej siebie we wszystkim, co nas jeszcze czeka", 20 },
		/* one word is too wide */
		{ "Konstantynopolitańczyk", 20 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		const struct pages *p = title_cover(&f, cases[i].title, 3);
		struct str first = str_from(cases[i].title);
		first.len = str_find(first, STR(" "), 0);
		const struct item *item = find_words(p, str_c(f.arena, first));
		assert_non_null(item);
		assert_int_equal(item->glyphs.size, cases[i].size * PT);
		for (size_t k = 0; k < p->page[0].item_count; k++) {
			struct rect r = item_rect(&p->page[0].items[k]);
			assert_true(r.x + r.width <= 400 * PT + 500);
		}
		assert_int_equal(diags_count(f.diags), 0);
		check_overlaps(p);
		fixture_close(&f);
	}
}

/* Where teasers need less than their frame they stand lower before the letters shrink. */
static void a_title_takes_what_teasers_leave(void **state)
{
	(void)state;
	const char *title = "Razem łatwiej i bliżej siebie we wszystkim";
	struct fixture f;
	const struct pages *p = title_cover(&f, title, 1);
	assert_int_equal(find_words(p, "Razem")->glyphs.size, 40 * PT);
	int lower = find_words(p, "Pierwsza")->glyphs.y - (TITLE_Y + TITLE_HEIGHT + 40 * PT);
	assert_true(lower > 0 && lower <= 80 * PT);
	check_overlaps(p);
	fixture_close(&f);
	p = title_cover(&f, "Razem", 1);
	assert_int_equal(find_words(p, "Pierwsza")->glyphs.y, TITLE_Y + TITLE_HEIGHT + 40 * PT);
	fixture_close(&f);
}

static void a_title_without_room_is_the_editors(void **state)
{
	(void)state;
	struct fixture f;
	const struct pages *p = title_cover(
		&f,
		"Razem łatwiej i bliżej siebie we wszystkim, co nas jeszcze czeka, w domu i w "
		"szpitalu, w drodze i w poczekalni, na co dzień i od święta, z bliskimi i samemu",
		3);
	assert_int_equal(count_diags(&f, DIAG_OVERSET), 1);
	const struct diag *d = diags_at(f.diags, 0);
	assert_true(str_equal(d->place.file, STR("issue.yaml")));
	assert_int_equal(d->place.line, 3);
	assert_int_equal(d->place.column, 8);
	assert_true(d->hint.len > 0);
	assert_non_null(find_words(p, "Razem"));
	fixture_close(&f);
}

/* ---- without a picture ---- */

enum { PLATE_Y = 180 * PT, PLATE_HEIGHT = 200 * PT };

/* Masthead, picture, title and teasers below one another; or the title on the picture. */
static const struct pages *plain_cover(struct fixture *f, bool on_picture, bool drawn)
{
	static struct frame frames[4], plain_frames[1];
	static struct master cover, plain;
	fixture_open(f, true);
	f->layout->styles[STYLE_COVER_TITLE_PLAIN].size = 50 * PT;
	f->layout->styles[STYLE_COVER_TITLE_PLAIN].leading = 60 * PT;
	frames[0] = (struct frame){ .role = FRAME_MASTHEAD, .columns = 1 };
	frames[0].rect = (struct rect){ 100 * PT, 100 * PT, 300 * PT, 60 * PT };
	frames[1] = (struct frame){ .role = FRAME_PICTURE, .columns = 1 };
	frames[1].rect = (struct rect){ 100 * PT, PLATE_Y, 300 * PT, PLATE_HEIGHT };
	frames[2] = (struct frame){ .role = FRAME_COVER_TITLE, .columns = 1 };
	frames[2].rect =
		(struct rect){ 100 * PT, on_picture ? 300 * PT : 400 * PT, 300 * PT, 60 * PT };
	frames[3] = (struct frame){ .role = FRAME_TEASERS, .columns = 1 };
	frames[3].rect = (struct rect){ 100 * PT, 480 * PT, 300 * PT, 60 * PT };
	cover = (struct master){ .name = STR("cover"), .frames = frames, .frame_count = 4 };
	plain_frames[0] = frames[2];
	plain_frames[0].rect.y = 600 * PT;
	plain = (struct master){ .name = STR("plain"), .frames = plain_frames, .frame_count = 1 };
	f->layout->cover = &cover;
	f->layout->cover_plain = drawn ? &plain : NULL;
	f->doc.title = STR("Razem");
	fixture_paragraph(f, fixture_article(f, "a", "Tytuł"), NULL, "Treść");
	return fixture_compose(f);
}

static bool has_block(const struct page *p)
{
	for (size_t k = 0; k < p->item_count; k++)
		if (p->items[k].kind == ITEM_FILL && p->items[k].fill.rect.y == PLATE_Y)
			return true;
	return false;
}

/* No block stands for a picture that is not there, unless words stand on it. */
static void a_cover_without_a_picture_has_no_block(void **state)
{
	(void)state;
	struct fixture f;
	const struct pages *p = plain_cover(&f, false, false);
	assert_false(has_block(&p->page[0]));
	assert_int_equal(find_words(p, "Razem")->glyphs.y, PLATE_Y + 13500);
	fixture_close(&f);
	p = plain_cover(&f, true, false);
	assert_true(has_block(&p->page[0]));
	assert_int_equal(find_words(p, "Razem")->glyphs.y, 300 * PT + 13500);
	fixture_close(&f);
}

/* Where the layout draws such a cover, with letters of its own, that is taken. */
static void a_cover_without_a_picture_may_be_drawn(void **state)
{
	(void)state;
	struct fixture f;
	const struct pages *p = plain_cover(&f, true, true);
	assert_false(has_block(&p->page[0]));
	assert_int_equal(find_words(p, "Razem")->glyphs.y, 660 * PT);
	assert_int_equal(find_words(p, "Razem")->glyphs.size, 50 * PT);
	f.doc.cover.image = fixture_picture(&f, 3000, 2000);
	p = fixture_compose(&f);
	assert_int_equal(find_words(p, "Razem")->glyphs.y, 300 * PT + 13500);
	assert_int_equal(find_words(p, "Razem")->glyphs.size, 10 * PT);
	fixture_close(&f);
}

/* ---- the contents ---- */

enum { PICTURE_Y = 100 * PT, STORY_Y = 320 * PT, EDITORIAL_Y = 600 * PT };

/* Picture over story at the left, the list at the right, the editorial below both. */
static const struct pages *contents_page(struct fixture *f, bool picture, bool editorial,
					 int articles)
{
	static struct frame frames[4];
	static struct master contents;
	static struct template templates[2];
	fixture_open(f, true);
	frames[0] = (struct frame){ .role = FRAME_PICTURE, .columns = 1, .fixed = true };
	frames[0].rect = (struct rect){ 51024, PICTURE_Y, 250 * PT, 200 * PT };
	frames[1] = (struct frame){ .role = FRAME_STORY, .columns = 1, .fixed = true };
	frames[1].rect = (struct rect){ 51024, STORY_Y, 250 * PT, 260 * PT };
	frames[2] = (struct frame){ .role = FRAME_CONTENTS, .columns = 1, .fixed = true };
	frames[2].rect = (struct rect){ 320 * PT, PICTURE_Y, 200 * PT, 480 * PT };
	frames[3] = (struct frame){ .role = FRAME_EDITORIAL, .columns = 1, .fixed = true };
	frames[3].rect = (struct rect){ 51024, EDITORIAL_Y, 469 * PT, 160 * PT };
	contents = (struct master){ .name = STR("contents"), .frames = frames, .frame_count = 4 };
	f->layout->contents = &contents;
	templates[0] = templates[1] = f->layout->templates[0];
	templates[1].name = STR("editorial");
	templates[1].pages = templates[1].in_contents = false;
	f->layout->templates = templates;
	f->layout->template_count = 2;
	f->layout->fallback_template = &templates[0];
	if (editorial) {
		struct article *e = fixture_article(f, "e", "Wstępniak");
		e->template = STR("editorial");
		fixture_paragraph(f, e, NULL, "Słowo.");
	}
	for (int i = 0; i < articles; i++) {
		struct article *a =
			fixture_article(f, str_c(f->arena, str_format(f->arena, "a%d", i)),
					"Tytuł");
		if (!i && picture)
			a->image = fixture_picture(f, 1000, 800);
		a->lead = i ? STR("") : STR("Zdanie otwierające.");
		fixture_paragraph(f, a, NULL, "Treść");
	}
	return fixture_compose(f);
}

static int top_of(const struct pages *p, const char *words)
{
	const struct item *i = find_words(p, words);
	return i ? i->glyphs.y - 13500 : 0;
}

static void contents_without_a_picture_move_up(void **state)
{
	(void)state;
	struct fixture f;
	const struct pages *p = contents_page(&f, true, true, 3);
	assert_int_equal(top_of(p, "Zdanie") - 13500, STORY_Y);
	assert_true(top_of(p, "Słowo") >= EDITORIAL_Y);
	fixture_close(&f);
	p = contents_page(&f, false, true, 3);
	int story = top_of(p, "Zdanie"), editorial = top_of(p, "Słowo");
	assert_int_equal(story - 13500, PICTURE_Y);
	/* what follows is some lines below it, not at the foot */
	assert_true(editorial > story + 2 * 13500);
	assert_true(editorial < story + 10 * 13500);
	check_overlaps(p);
	fixture_close(&f);
}

/* The running order goes on where an editorial would stand. */
static void contents_take_the_place_of_an_editorial(void **state)
{
	(void)state;
	for (int with = 0; with < 2; with++) {
		struct fixture f;
		const struct pages *p = contents_page(&f, true, with == 1, 38);
		const struct master *m = p->page[0].master;
		const struct frame *list = NULL;
		for (size_t i = 0; i < m->frame_count; i++)
			if (m->frames[i].role == FRAME_CONTENTS)
				list = &m->frames[i];
		assert_non_null(list);
		assert_int_equal(list->rect.y + list->rect.height,
				 with ? PICTURE_Y + 480 * PT : EDITORIAL_Y + 160 * PT);
		int lowest = 0;
		for (size_t k = 0; k < p->page[0].item_count; k++) {
			const struct item *i = &p->page[0].items[k];
			if (i->kind == ITEM_GLYPHS && str_equal(i->glyphs.text, STR("Tytuł")) &&
			    i->glyphs.y > lowest)
				lowest = i->glyphs.y;
		}
		assert_true(with ? lowest <= PICTURE_Y + 480 * PT : lowest > EDITORIAL_Y);
		fixture_close(&f);
	}
}

/* A frame that stands far from what is vacant was meant to be as it is. */
static void only_neighbours_take_vacant_places(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	struct composer c = { .arena = f.arena, .layout = f.layout };
	struct frame frames[3] = { { .role = FRAME_CONTENTS, .columns = 1 },
				   { .role = FRAME_EDITORIAL, .columns = 1 },
				   { .role = FRAME_HEAD, .columns = 1 } };
	frames[0].rect = (struct rect){ 50 * PT, 100 * PT, 200 * PT, 100 * PT };
	frames[1].rect = (struct rect){ 50 * PT, 230 * PT, 200 * PT, 100 * PT };
	frames[2].rect = (struct rect){ 50 * PT, 50 * PT, 200 * PT, 40 * PT };
	const struct master m = { .name = STR("m"), .frames = frames, .frame_count = 3 };
	const struct master *made = master_without(&c, &m, 2, 0);
	assert_int_equal(made->frame_count, 2);
	assert_int_equal(made->frames[0].rect.height, 230 * PT);
	assert_int_equal(frames[0].rect.height, 100 * PT);
	frames[1].rect.y = 300 * PT;
	assert_int_equal(master_without(&c, &m, 2, 0)->frames[0].rect.height, 100 * PT);
	/* beside it nothing is left */
	frames[1].rect = (struct rect){ 260 * PT, 100 * PT, 200 * PT, 80 * PT };
	assert_int_equal(master_without(&c, &m, 2, 0)->frames[0].rect.width, 410 * PT);
	/* neither beside nor below it */
	frames[1].rect = (struct rect){ 260 * PT, 210 * PT, 200 * PT, 100 * PT };
	assert_int_equal(master_without(&c, &m, 2, 0)->frames[0].rect.height, 100 * PT);
	/* words keep to the margins where a picture does not */
	const struct grid *g = &f.layout->grid;
	frames[1].bleed = EDGE_BOTTOM;
	frames[1].rect = (struct rect){ 50 * PT, 210 * PT, 200 * PT, g->height - 200 * PT };
	const struct rect r = master_without(&c, &m, 2, 0)->frames[0].rect;
	assert_int_equal(r.y + r.height, g->height - g->bottom);
	fixture_close(&f);
}

/* ---- the last pages ---- */

struct end {
	struct frame filler_frames[2], back_frames[2];
	struct master filler, back;
	struct template templates[2];
};

/* A stitched issue with so many articles of a page each. */
static void open_end(struct fixture *f, struct end *e, int articles)
{
	const struct rect head = { 50 * PT, 60 * PT, 400 * PT, 50 * PT };
	const struct rect all = { 50 * PT, 120 * PT, 400 * PT, 600 * PT };
	fixture_open(f, true);
	*e = (struct end){ .filler = { .name = STR("notes"), .frame_count = 2 },
			   .back = { .name = STR("back"), .frame_count = 2 } };
	e->filler.frames = e->filler_frames;
	e->filler_frames[0] = (struct frame){ .role = FRAME_HEAD, .columns = 1, .rect = head };
	e->filler_frames[1] = (struct frame){ .role = FRAME_LINES, .columns = 1, .rect = all };
	e->back.frames = e->back_frames;
	e->back.background = f->layout->accent;
	e->back_frames[0] = (struct frame){ .role = FRAME_MASTHEAD, .columns = 1, .rect = head };
	e->back_frames[1] = (struct frame){ .role = FRAME_ADDRESS, .columns = 1, .rect = all };
	e->templates[0] = e->templates[1] = f->layout->templates[0];
	e->templates[1].name = STR("back");
	e->templates[1].back_cover = true;
	f->layout->templates = e->templates;
	f->layout->template_count = 2;
	f->layout->fallback_template = &e->templates[0];
	f->layout->filler = &e->filler;
	f->layout->back = &e->back;
	f->layout->stitched = true;
	f->publication.publisher = STR("Stowarzyszenie");
	f->publication.site = STR("https://glos.example.org/");
	f->publication.mail.from = STR("Głos <redakcja@glos.example.org>");
	f->publication.mail.postal_address = STR("ul. Przykładowa 1");
	for (int i = 0; i < articles; i++)
		fixture_paragraph(f,
				  fixture_article(f,
						  str_c(f->arena, str_format(f->arena, "a%d", i)),
						  "Tytuł"),
				  NULL, "Treść");
}

static const struct item *words_on(const struct page *page, const char *words)
{
	const struct pages one = { .page = (struct page *)(uintptr_t)page, .count = 1 };
	return find_words(&one, words);
}

static int lines_on(const struct page *page)
{
	int count = 0;
	for (size_t k = 0; k < page->item_count; k++)
		count += page->items[k].kind == ITEM_FILL &&
			 page->items[k].fill.rect.height == PT / 2;
	return count;
}

/* The page that would be left over says who made the issue; notes are headed once. */
static void the_last_page_is_a_back_cover(void **state)
{
	(void)state;
	for (int articles = 1; articles <= 8; articles++) {
		struct fixture f;
		struct end e;
		open_end(&f, &e, articles);
		const struct pages *p = fixture_compose(&f);
		assert_int_equal(p->count, articles <= 4 ? 4 : 8);
		const struct page *last = &p->page[p->count - 1];
		bool full = articles % 4 == 0;
		assert_true(full == (last->master != &e.back));
		int headed = 0;
		for (size_t i = (size_t)articles; i + 1 < p->count; i++) {
			headed += words_on(&p->page[i], "Notatki") != NULL;
			/* with the heading's place, where there is none */
			assert_int_equal(lines_on(&p->page[i]) > 22, i > (size_t)articles);
		}
		assert_int_equal(headed, !full && articles % 4 < 3);
		assert_int_equal(lines_on(last), 0);
		fixture_close(&f);
	}
}

static void the_back_cover_says_what_there_is(void **state)
{
	(void)state;
	struct fixture f;
	struct end e;
	open_end(&f, &e, 3);
	const struct pages *p = fixture_compose(&f);
	const struct page *last = &p->page[3];
	static const char *const words[] = { "Głos", "Stowarzyszenie", "ul. Przykładowa 1",
					     "glos.example.org", "redakcja@glos.example.org" };
	int y = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const struct item *item = words_on(last, words[i]);
		assert_non_null(item);
		assert_non_null(item->element);
		assert_true(item->glyphs.y > y);
		y = item->glyphs.y;
	}
	assert_int_equal(last->items[0].kind, ITEM_FILL); /* the ground, to the bleed */
	fixture_close(&f);
	open_end(&f, &e, 3);
	f.publication.site = f.publication.mail.from = f.publication.mail.postal_address = STR("");
	p = fixture_compose(&f);
	assert_non_null(words_on(&p->page[3], "Stowarzyszenie"));
	assert_int_equal(diags_count(f.diags), 0);
	fixture_close(&f);
}

/* What an issue brings, or the layout has no page for, stays as it was. */
static void a_back_cover_of_its_own_is_the_last_page(void **state)
{
	(void)state;
	struct fixture f;
	struct end e;
	open_end(&f, &e, 2);
	struct article *own = fixture_article(&f, "z", "Tylna");
	own->template = STR("back");
	fixture_paragraph(&f, own, NULL, "Telefon");
	const struct pages *p = fixture_compose(&f);
	assert_int_equal(p->count, 4);
	assert_non_null(words_on(&p->page[2], "Notatki"));
	assert_non_null(words_on(&p->page[3], "Tylna"));
	fixture_close(&f);
	open_end(&f, &e, 3);
	f.layout->back = NULL;
	p = fixture_compose(&f);
	assert_non_null(words_on(&p->page[3], "Notatki"));
	fixture_close(&f);
	open_end(&f, &e, 3);
	f.layout->stitched = false;
	assert_int_equal(fixture_compose(&f)->count, 3);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_masthead_that_fits_stands_as_drawn),
		cmocka_unit_test(a_longer_masthead_is_balanced_in_one_size),
		cmocka_unit_test(a_masthead_is_not_smaller_than_the_text),
		cmocka_unit_test(a_title_steps_down_until_it_has_room),
		cmocka_unit_test(a_title_takes_what_teasers_leave),
		cmocka_unit_test(a_title_without_room_is_the_editors),
		cmocka_unit_test(a_cover_without_a_picture_has_no_block),
		cmocka_unit_test(a_cover_without_a_picture_may_be_drawn),
		cmocka_unit_test(contents_without_a_picture_move_up),
		cmocka_unit_test(contents_take_the_place_of_an_editorial),
		cmocka_unit_test(only_neighbours_take_vacant_places),
		cmocka_unit_test(the_last_page_is_a_back_cover),
		cmocka_unit_test(the_back_cover_says_what_there_is),
		cmocka_unit_test(a_back_cover_of_its_own_is_the_last_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
