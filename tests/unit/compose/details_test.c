/* What a designer says about small things is what stands on the page. */
#include "compose/fixture.h"

#include "model/layout.h"

/* The first run of glyphs whose text begins so, on any page; NULL: none. */
static const struct item *find_words(const struct pages *p, const char *words)
{
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind == ITEM_GLYPHS &&
			    str_starts(item->glyphs.text, str_from(words)))
				return item;
		}
	return NULL;
}

static struct article *list_article(struct fixture *f, bool ordered)
{
	struct article *a = fixture_article(f, "a", "Tytuł");
	struct node *list = fixture_block(f, a, NULL, NODE_LIST);
	list->list.ordered = ordered;
	list->list.start = 1;
	for (int i = 0; i < 2; i++)
		fixture_paragraph(f, a, fixture_block(f, a, list, NODE_ITEM),
				  i ? "Drugi" : "Punkt");
	return a;
}

static void lists_have_the_bullet_and_its_hang(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	f.layout->details.bullet = STR("–");
	f.layout->details.bullet_hang = 2000;
	list_article(&f, false);
	struct pages *p = fixture_compose(&f);
	const struct item *bullet = find_words(p, "–"), *words = find_words(p, "Punkt");
	assert_non_null(bullet);
	assert_int_equal(words->glyphs.x - bullet->glyphs.x, 2 * 10 * PT);
	assert_ptr_equal(bullet->glyphs.colour, f.layout->accent);
	fixture_close(&f);
}

static void numbers_may_have_a_style_of_their_own(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	list_article(&f, true);
	struct pages *p = fixture_compose(&f);
	const struct item *number = find_words(p, "1."), *words = find_words(p, "Punkt");
	assert_int_equal(number->glyphs.size, 10 * PT);
	assert_int_equal(number->glyphs.face->weight, 700);
	assert_ptr_equal(number->glyphs.colour, f.layout->accent);
	int plain = words->glyphs.x;
	struct style *s = &f.layout->styles[STYLE_LIST_NUMBER];
	s->size = 20 * PT;
	s->colour = f.layout->warm;
	f.layout->templates[0].styles[STYLE_LIST_NUMBER] = s;
	f.layout->details.number_gap = 1000;
	p = fixture_compose(&f);
	number = find_words(p, "1.");
	words = find_words(p, "Punkt");
	assert_int_equal(number->glyphs.size, 20 * PT);
	assert_int_equal(number->glyphs.face->weight, 400);
	assert_ptr_equal(number->glyphs.colour, f.layout->warm);
	assert_int_equal(number->glyphs.y, words->glyphs.y);
	assert_true(words->glyphs.x > plain + 10 * PT);
	fixture_close(&f);
}

static void strong_words_and_notes_have_their_size(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	f.layout->details.strong_weight = 400;
	f.layout->details.note_size = 800;
	f.layout->details.note_rise = 500;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	a->notes = NEW_ARRAY(f.arena, struct node *, 1);
	a->note_count = 1;
	struct node *note = a->notes[0] = node_new(f.arena, NODE_NOTE, a->place, NULL);
	note->note.number = 1;
	fixture_text(&f, node_new(f.arena, NODE_PARAGRAPH, a->place, note), "Przypis");
	struct node *para = fixture_paragraph(&f, a, NULL, "Zwykłe ");
	fixture_text(&f, node_new(f.arena, NODE_STRONG, a->place, para), "mocne");
	node_new(f.arena, NODE_NOTE_REFERENCE, a->place, para)->reference = note;
	struct pages *p = fixture_compose(&f);
	const struct item *reference = find_words(p, "1"), *strong = find_words(p, "mocne");
	/* Words as bold as strong ones are set bolder still. */
	assert_int_equal(strong->glyphs.face->weight, 700);
	assert_int_equal(reference->glyphs.size, 8 * PT);
	assert_int_equal(strong->glyphs.y - reference->glyphs.y, 5 * PT);
	fixture_close(&f);
}

/* In print a number of several inks below 8 pt has the colour of the text; not on screens,
 * not when it is large, and not when its words are light, on a dark ground. */
static void small_references_are_of_one_ink(void **state)
{
	(void)state;
	for (int kind = 0; kind < 4; kind++) {
		struct fixture f;
		fixture_open(&f, true);
		struct colour text = { .name = STR_INIT("text"), .cmyk = { 0, 0, 0, 1000 } };
		struct colour own = { .name = STR_INIT("own"), .cmyk = { 700, 0, 400, 500 } };
		if (kind == 3)
			memset(own.rgb, 240, sizeof own.rgb);
		f.layout->cmyk = kind != 1;
		f.layout->details.note_size = kind == 2 ? 800 : 600; /* of 10 pt */
		f.layout->styles[STYLE_BODY].colour = &text;
		f.layout->styles[STYLE_BOX].colour = &own;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		a->notes = NEW_ARRAY(f.arena, struct node *, 1);
		a->note_count = 1;
		struct node *note = a->notes[0] = node_new(f.arena, NODE_NOTE, a->place, NULL);
		note->note.number = 1;
		fixture_text(&f, node_new(f.arena, NODE_PARAGRAPH, a->place, note), "Przypis");
		struct node *box = fixture_block(&f, a, NULL, NODE_BOX);
		struct node *para = node_new(f.arena, NODE_PARAGRAPH, a->place, box);
		fixture_text(&f, para, "Zwykłe");
		node_new(f.arena, NODE_NOTE_REFERENCE, a->place, para)->reference = note;
		const struct item *reference = find_words(fixture_compose(&f), "1");
		assert_ptr_equal(reference->glyphs.colour, kind == 0 ? &text : &own);
		fixture_close(&f);
	}
}

/* Distance from the foot of the opening picture to the caption's baseline. */
static int caption_distance(int gap)
{
	struct fixture f;
	fixture_open(&f, true);
	f.layout->details.caption_gap = gap;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *figure = fixture_block(&f, a, NULL, NODE_FIGURE);
	figure->picture = fixture_picture(&f, 900, 600);
	figure->picture->caption = STR("Podpis");
	struct pages *p = fixture_compose(&f);
	int y = find_words(p, "Podpis")->glyphs.y, foot = 0;
	for (size_t i = 0; i < p->page[0].item_count; i++) {
		const struct item *item = &p->page[0].items[i];
		if (item->kind == ITEM_PICTURE)
			foot = item->picture.frame.y + item->picture.frame.height;
	}
	fixture_close(&f);
	assert_true(foot > 0);
	return y - foot;
}

static void captions_keep_their_distance(void **state)
{
	(void)state;
	assert_int_equal(caption_distance(9 * PT) - caption_distance(2 * PT), 7 * PT);
}

/* The least distance from words to the picture below them, where paragraphs stand so far
 * apart; of figures or of a gallery. */
static int distance_above(int apart, bool gallery)
{
	struct fixture f;
	fixture_open(&f, true);
	f.layout->styles[STYLE_BODY].before = apart;
	f.layout->templates[0].drop_cap_lines = 0;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	fixture_paragraph(&f, a, NULL, "Słowa");
	struct node *parent = gallery ? fixture_block(&f, a, NULL, NODE_GALLERY) : NULL;
	for (int i = 0; i < 2; i++) {
		struct node *figure = fixture_block(&f, a, parent, NODE_FIGURE);
		figure->picture = fixture_picture(&f, 1500, 200);
		figure->picture->caption = STR("Podpis");
		if (!gallery)
			fixture_paragraph(&f, a, NULL, "Inne");
	}
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	int least = INT32_MAX, pictures = 0;
	for (size_t i = 0; i < p->page[0].item_count; i++) {
		const struct item *item = &p->page[0].items[i];
		for (size_t k = 0; item->kind == ITEM_PICTURE && k < p->page[0].item_count; k++) {
			const struct item *above = &p->page[0].items[k];
			int distance = item->picture.frame.y - above->glyphs.y;
			if (above->kind == ITEM_GLYPHS && distance > 0 && distance < least)
				least = distance;
		}
		pictures += item->kind == ITEM_PICTURE;
	}
	assert_int_equal(pictures, 2);
	fixture_close(&f);
	return least;
}

static void pictures_stand_apart_as_paragraphs_do(void **state)
{
	(void)state;
	for (int gallery = 0; gallery < 2; gallery++) {
		assert_in_range(distance_above(0, gallery), 0, 20 * PT);
		assert_in_range(distance_above(27 * PT, gallery), 27 * PT, 54 * PT);
	}
}

static void the_foot_shows_what_is_asked(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	f.doc.number = STR("7/2031");
	fixture_paragraph(&f, fixture_article(&f, "a", "Tytuł"), NULL, "Treść");
	struct pages *p = fixture_compose(&f);
	assert_non_null(find_words(p, "Głos"));
	assert_non_null(find_words(p, "nr\u00A07/2031"));
	f.layout->details.folio = FOLIO_NUMBER;
	f.layout->details.foot_line = 20 * PT;
	p = fixture_compose(&f);
	assert_null(find_words(p, "Głos"));
	assert_null(find_words(p, "nr\u00A07/2031"));
	const struct item *folio = find_words(p, "1");
	assert_int_equal(folio->glyphs.y, f.layout->grid.height - 20 * PT);
	assert_int_equal(folio->artifact, ARTIFACT_FOOTER);
	f.layout->details.folio = FOLIO_TITLE;
	p = fixture_compose(&f);
	assert_null(find_words(p, "1"));
	assert_non_null(find_words(p, "Głos"));
	fixture_close(&f);
}

/* Whether an opening picture above the text keeps its frame's height, however
 * many paragraphs follow. */
static bool picture_keeps_its_height(bool rigid)
{
	bool kept = true;
	for (int count = 8; count < 40; count += 3) {
		struct fixture f;
		fixture_open(&f, true);
		struct master *m = &f.layout->masters[0];
		m->frame_count = 0;
		fixture_frame(&f, m, FRAME_PICTURE, 1, 1, false);
		fixture_frame(&f, m, FRAME_TEXT, 25, 1, false);
		m->frames[0].rect.height = 20 * f.layout->grid.baseline;
		m->frames[0].rigid = rigid;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		a->image = fixture_picture(&f, 900, 600);
		for (int i = 0; i < count; i++)
			fixture_paragraph(&f, a, NULL,
					  "Zdanie, które zajmuje więcej niż jeden wiersz tej "
					  "szerokiej szpalty, bo tyle właśnie ma do powiedzenia.");
		const struct pages *p = fixture_compose(&f);
		for (size_t i = 0; i < p->page[0].item_count; i++) {
			const struct item *item = &p->page[0].items[i];
			if (item->kind == ITEM_PICTURE)
				kept &= item->picture.frame.height == m->frames[0].rect.height;
		}
		fixture_close(&f);
	}
	return kept;
}

static void a_picture_is_as_elastic_as_its_frame(void **state)
{
	(void)state;
	assert_true(picture_keeps_its_height(true));
	assert_false(picture_keeps_its_height(false));
}

/* The least height of an opening picture above more and more paragraphs, in thousandths
 * of its frame's. */
static int least_height(int kept)
{
	int least = INT32_MAX, frame = 0;
	for (int count = 8; count < 60; count++) {
		struct fixture f;
		fixture_open(&f, true);
		struct master *m = &f.layout->masters[0];
		m->frame_count = 0;
		fixture_frame(&f, m, FRAME_PICTURE, 1, 1, false);
		fixture_frame(&f, m, FRAME_TEXT, 25, 1, false);
		frame = m->frames[0].rect.height = 20 * f.layout->grid.baseline;
		f.layout->details.picture_least = kept;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		a->image = fixture_picture(&f, 900, 600);
		for (int i = 0; i < count; i++)
			fixture_paragraph(&f, a, NULL, "Zdanie, które zajmuje jeden wiersz.");
		const struct pages *p = fixture_compose(&f);
		for (size_t i = 0; i < p->page[0].item_count; i++) {
			const struct item *item = &p->page[0].items[i];
			if (item->kind == ITEM_PICTURE && item->picture.frame.height < least)
				least = item->picture.frame.height;
		}
		fixture_close(&f);
	}
	return least * 10 / (frame / 100);
}

/* What is cut off a picture above and below may be what it shows. */
static void a_picture_keeps_the_least_of_its_height(void **state)
{
	(void)state;
	assert_int_equal(least_height(1000), 1000);
	assert_int_equal(least_height(850), 850);
	assert_int_equal(least_height(700), 700);
}

/* From the last line of an opening picture's caption to the head's frame; INT32_MAX:
 * it stands below the head. */
static int caption_clearance(const char *caption, int gap)
{
	struct fixture f;
	fixture_open(&f, true);
	struct master *m = &f.layout->masters[0];
	m->frame_count = 0;
	fixture_frame(&f, m, FRAME_PICTURE, 1, 1, false);
	fixture_frame(&f, m, FRAME_HEAD, 21, 1, false);
	fixture_frame(&f, m, FRAME_TEXT, 32, 1, false);
	m->frames[0].rect.height = 20 * f.layout->grid.baseline - gap;
	m->frames[0].rigid = true;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	a->image = fixture_picture(&f, 900, 600);
	a->image->caption = str_from(caption);
	fixture_paragraph(&f, a, NULL, "Treść");
	const struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	int last = 0, head = m->frames[1].rect.y;
	for (size_t i = 0; i < p->page[0].item_count; i++) {
		const struct item *item = &p->page[0].items[i];
		if (item->kind == ITEM_GLYPHS && item->glyphs.size == 7500 && item->element &&
		    item->glyphs.y > last)
			last = item->glyphs.y;
	}
	fixture_close(&f);
	assert_true(last > 0);
	return last > head ? INT32_MAX : head - last;
}

/* A caption close above the head would read as the head's first line. */
static void captions_stand_clear_of_the_head(void **state)
{
	(void)state;
	static const char *const captions[] = {
		"Podpis w jednym wierszu.",
		"Podpis, który ma tyle do powiedzenia, że nie zmieści się w jednym wierszu, choć "
		"strona jest szeroka, a litery podpisu są na niej najmniejsze ze wszystkich.",
	};
	int above = 0, below = 0;
	for (int i = 0; i < 2; i++)
		for (int gap = 5 * PT; gap < 40 * PT; gap += PT) {
			int clear = caption_clearance(captions[i], gap);
			assert_true(clear >= 5 * PT); /* half a line */
			above += clear < INT32_MAX;
			below += clear == INT32_MAX;
		}
	assert_true(above > 10 && below > 10);
}

/* A cover of type alone. */
static void cover_of(struct fixture *f, enum stand stand)
{
	static struct frame frames[3];
	static struct master cover;
	const struct rect r = { 50 * PT, 100 * PT, 400 * PT, 300 * PT };
	frames[0] = (struct frame){ .role = FRAME_MASTHEAD, .rect = r, .columns = 1 };
	frames[1] = (struct frame){
		.role = FRAME_COVER_TITLE, .rect = r, .columns = 1, .stand = stand
	};
	frames[2] = (struct frame){ .role = FRAME_TEASERS, .rect = r, .columns = 1 };
	frames[2].fill = f->layout->tint;
	cover = (struct master){ .name = STR("cover"), .frames = frames, .frame_count = 3 };
	f->layout->cover = &cover;
	f->publication.title = STR("Głos Pacjenta");
	f->doc.title = STR("Okładka");
	fixture_paragraph(f, fixture_article(f, "a", "Tytuł"), NULL, "Treść");
}

static void the_cover_stands_where_it_is_told(void **state)
{
	(void)state;
	int y[3];
	for (int i = 0; i < 3; i++) {
		struct fixture f;
		fixture_open(&f, true);
		cover_of(&f, (enum stand)i);
		y[i] = find_words(fixture_compose(&f), "Okładka")->glyphs.y;
		fixture_close(&f);
	}
	assert_int_equal(y[STAND_TOP], 113500);
	assert_int_equal(y[STAND_FOOT], 400 * PT);
	assert_int_equal(y[STAND_MIDDLE], (y[STAND_TOP] + y[STAND_FOOT]) / 2);
}

static void a_cover_frame_too_small_is_told(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	cover_of(&f, STAND_TOP);
	fixture_compose(&f);
	assert_int_equal(count_diags(&f, DIAG_OVERSET), 0);
	struct frame small = f.layout->cover->frames[1];
	small.rect.height = 8 * PT;
	small.place = (struct place){ STR("layout.yaml"), 7, 9 };
	struct master cover = *f.layout->cover;
	cover.frames = &small;
	cover.frame_count = 1;
	f.layout->cover = &cover;
	const struct pages *p = fixture_compose(&f);
	assert_int_equal(count_diags(&f, DIAG_OVERSET), 1);
	const struct diag *d = diags_at(f.diags, 0);
	assert_int_equal(d->place.line, 7);
	assert_true(str_equal(d->detail, STR("cover-title: 1 lines")));
	assert_non_null(find_words(p, "Okładka")); /* and stands there all the same */
	fixture_close(&f);
}

static void the_masthead_has_one_line_or_two(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	cover_of(&f, STAND_TOP);
	struct pages *p = fixture_compose(&f);
	assert_true(find_words(p, "Pacjenta")->glyphs.y > find_words(p, "Głos")->glyphs.y);
	f.layout->details.masthead_lines = 1;
	p = fixture_compose(&f);
	assert_non_null(find_words(p, "Głos Pacjenta"));
	fixture_close(&f);
}

/* How often words stand on pages as an artifact of the head. */
static int heads_saying(const struct pages *p, struct str words)
{
	int count = 0;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			count += item->kind == ITEM_GLYPHS && !item->element &&
				 item->artifact == ARTIFACT_HEADER &&
				 str_starts(item->glyphs.text, words);
		}
	return count;
}

static void running_heads_name_the_section_or_the_article(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	f.layout->masters[0].running_head = f.layout->masters[1].running_head = true;
	struct article *a = fixture_article(&f, "a",
					    "Tytuł, który nie mieści się w jednym wierszu, bo "
					    "opowiada o wszystkim, co stanie się potem, i jeszcze "
					    "o tym, co stało się wcześniej, zanim ktoś zapytał");
	a->section = STR("Wsparcie");
	for (int i = 0; i < 300; i++)
		fixture_paragraph(&f, a, NULL, "Treść akapitu.");
	struct pages *p = fixture_compose(&f);
	int all = heads_saying(p, STR("Wsparcie"));
	assert_true(all > 2);
	assert_int_equal(heads_saying(p, STR("Tytuł")), 0);
	f.layout->details.head_names_article = true;
	f.layout->roles[STYLE_RUNNING_HEAD] = f.layout->roles[STYLE_BODY];
	p = fixture_compose(&f);
	assert_int_equal(heads_saying(p, STR("Wsparcie")), 1);
	assert_int_equal(heads_saying(p, STR("Tytuł")), all - 1);
	const struct item *head = NULL;
	for (size_t k = 0; k < p->page[1].item_count; k++)
		if (p->page[1].items[k].artifact == ARTIFACT_HEADER)
			head = &p->page[1].items[k];
	assert_non_null(head);
	assert_true(head->glyphs.x >= f.layout->grid.outer - PT);
	assert_true(str_ends(head->glyphs.text, STR("…")));
	fixture_close(&f);
}

static void frames_of_words_have_a_ground(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, true);
	cover_of(&f, STAND_TOP);
	f.layout->templates[0].drop_cap_lines = 0;
	struct frame *text = &f.layout->masters[0].frames[1];
	text->fill = f.layout->tint;
	text->inset = 27 * PT;
	text->below_head = false;
	struct pages *p = fixture_compose(&f);
	assert_int_equal(p->page[0].items[0].kind, ITEM_FILL);
	assert_ptr_equal(p->page[0].items[0].fill.colour, f.layout->tint);
	assert_int_equal(p->page[1].items[0].kind, ITEM_FILL);
	const struct rect ground = p->page[1].items[0].fill.rect;
	const struct item *words = find_words(p, "Treść");
	/* Margin kerning lets the T hang out by a hair. */
	assert_in_range(words->glyphs.x, ground.x + 26 * PT, ground.x + 27 * PT);
	assert_true(words->glyphs.y >= ground.y + 27 * PT + 13500);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(running_heads_name_the_section_or_the_article),
		cmocka_unit_test(lists_have_the_bullet_and_its_hang),
		cmocka_unit_test(numbers_may_have_a_style_of_their_own),
		cmocka_unit_test(strong_words_and_notes_have_their_size),
		cmocka_unit_test(captions_keep_their_distance),
		cmocka_unit_test(a_picture_is_as_elastic_as_its_frame),
		cmocka_unit_test(a_picture_keeps_the_least_of_its_height),
		cmocka_unit_test(captions_stand_clear_of_the_head),
		cmocka_unit_test(pictures_stand_apart_as_paragraphs_do),
		cmocka_unit_test(the_foot_shows_what_is_asked),
		cmocka_unit_test(the_cover_stands_where_it_is_told),
		cmocka_unit_test(a_cover_frame_too_small_is_told),
		cmocka_unit_test(small_references_are_of_one_ink),
		cmocka_unit_test(the_masthead_has_one_line_or_two),
		cmocka_unit_test(frames_of_words_have_a_ground),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
