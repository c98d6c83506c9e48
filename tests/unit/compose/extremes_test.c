/* What no editor should write, and someone will: a good page or a diagnostic,
 * never a lost word, an overlap, an endless loop. */
#include "compose/fixture.h"

static const char long_text[] =
	"Koordynator leczenia pilnuje, żeby jedna rzecz wynikała z drugiej, a nikt nie zgubił się "
	"po drodze między gabinetami, rejestracją i oddziałem, na który wciąż się czeka.";

static void paragraphs(struct fixture *f, struct article *a, struct node *parent, int count)
{
	while (count-- > 0)
		fixture_paragraph(f, a, parent, long_text);
}

static void compose_and_check(struct fixture *f)
{
	struct pages *p = fixture_compose(f);
	assert_true(p->count > 0);
	check_all(f, p);
}

static void nothing_but_a_title(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	fixture_article(&f, "a", "Tytuł");
	compose_and_check(&f);
	fixture_close(&f);
}

static void one_word(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	fixture_paragraph(&f, fixture_article(&f, "a", "Tytuł"), NULL, "Tak");
	compose_and_check(&f);
	fixture_close(&f);
}

static void a_word_of_three_thousand_letters(void **state)
{
	(void)state;
	static char word[3001];
	memset(word, 'm', sizeof word - 1);
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", word);
	fixture_paragraph(&f, a, NULL, word);
	struct node *h = fixture_block(&f, a, NULL, NODE_HEADING);
	h->level = 2;
	fixture_text(&f, h, word);
	compose_and_check(&f);
	fixture_close(&f);
}

static void a_table_of_two_thousand_rows(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *table = fixture_block(&f, a, NULL, NODE_TABLE);
	table->table.columns = 4;
	table->table.alignments = NEW_ARRAY(f.arena, enum alignment, 4);
	for (int r = 0; r < 2000; r++) {
		struct node *row = fixture_block(&f, a, table, NODE_ROW);
		for (int k = 0; k < 4; k++) {
			struct node *cell = fixture_block(&f, a, row, NODE_CELL);
			fixture_text(&f, cell,
				     str_c(f.arena,
					   str_format(f.arena, "wiersz %d pole %d", r, k)));
		}
	}
	struct pages *p = fixture_compose(&f);
	check_words(&f, p, a);
	check_sheet(&f, p);
	size_t heads = 0; /* the header again on every page after its first */
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			heads += item->kind == ITEM_GLYPHS && !item->element &&
				 str_equal(item->glyphs.text, STR("wiersz 0 pole 0"));
		}
	assert_true(p->count > 10);
	assert_true(heads >= p->count - 2);
	fixture_close(&f);
}

static void four_hundred_pictures(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	for (int i = 0; i < 400; i++) {
		if (i % 10 == 0)
			fixture_paragraph(&f, a, NULL, long_text);
		struct node *n = fixture_block(&f, a, NULL, NODE_FIGURE);
		n->picture = fixture_picture(&f, 1500, 1000);
		n->picture->caption = str_format(f.arena, "Rycina %d", i);
		n->picture->width = (enum picture_width)(i % 4);
	}
	compose_and_check(&f);
	fixture_close(&f);
}

static void notes_by_hundreds(bool column_notes)
{
	struct fixture f;
	fixture_open(&f, false);
	f.layout->templates[0].column_notes = column_notes;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	a->notes = NEW_ARRAY(f.arena, struct node *, 300);
	for (int i = 0; i < 300; i++) {
		struct node *p = fixture_paragraph(&f, a, NULL, "Zdanie z przypisem");
		struct node *note = node_new(f.arena, NODE_NOTE, p->place, NULL);
		note->note.number = i + 1;
		fixture_paragraph(&f, a, note, "Treść przypisu, która bywa dłuższa od zdania.");
		a->notes[a->note_count++] = note;
		node_new(f.arena, NODE_NOTE_REFERENCE, p->place, p)->reference = note;
	}
	compose_and_check(&f);
	fixture_close(&f);
}

static void three_hundred_notes(void **state)
{
	(void)state;
	notes_by_hundreds(false);
	notes_by_hundreds(true);
}

/* As many in a single paragraph: more than a column holds beside its lines. */
static void three_hundred_notes_in_a_paragraph(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->templates[0].column_notes = true;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *p = fixture_paragraph(&f, a, NULL, "Zdanie");
	a->notes = NEW_ARRAY(f.arena, struct node *, 300);
	for (int i = 0; i < 300; i++) {
		struct node *note = node_new(f.arena, NODE_NOTE, p->place, NULL);
		note->note.number = i + 1;
		fixture_paragraph(&f, a, note, "Treść przypisu, która bywa dłuższa od zdania.");
		a->notes[a->note_count++] = note;
		node_new(f.arena, NODE_NOTE_REFERENCE, p->place, p)->reference = note;
		fixture_text(&f, p, " i znów");
	}
	compose_and_check(&f);
	fixture_close(&f);
}

static void sixty_inset_pictures(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	f.layout->templates[0].next = &f.layout->masters[0]; /* columns that leave room */
	for (int i = 0; i < 60; i++) {
		struct node *n = fixture_block(&f, a, NULL, NODE_FIGURE);
		n->picture = fixture_picture(&f, 400 + 37 * i, 900);
		n->picture->width = PICTURE_INSET;
		if (i % 3 == 0)
			paragraphs(&f, a, NULL, 1);
	}
	compose_and_check(&f);
	fixture_close(&f);
}

static const char *caption_of(struct fixture *f, int count)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < count; i++)
		buf_format(&b, "%sobraz%d", i ? " " : "", i);
	const char *words = str_c(f->arena, buf_str(&b));
	buf_release(&b);
	return words;
}

static void captions_longer_than_their_page(void **state)
{
	(void)state;
	static const enum picture_width widths[] = { PICTURE_COLUMN, PICTURE_INSET, PICTURE_WIDE,
						     PICTURE_FULL, PICTURE_BLEED };
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		struct fixture f;
		fixture_open(&f, false);
		f.layout->templates[0].next = &f.layout->masters[0];
		struct article *a = fixture_article(&f, "a", "Tytuł");
		paragraphs(&f, a, NULL, 9);
		struct node *n = fixture_block(&f, a, NULL, NODE_FIGURE);
		n->picture = fixture_picture(&f, 1600, 900);
		n->picture->width = widths[i];
		n->picture->caption = str_from(caption_of(&f, 900));
		paragraphs(&f, a, NULL, 20);
		compose_and_check(&f);
		fixture_close(&f);
	}
}

/* The picture stands above the head: what does not fit between them flows. */
static void an_opening_caption_keeps_off_the_head(void **state)
{
	(void)state;
	static const int lengths[] = { 3, 40, 120, 900 };
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct fixture f;
		fixture_open(&f, false);
		struct master *opening = &f.layout->masters[0];
		int line = f.layout->grid.baseline;
		for (size_t k = 0; k < opening->frame_count; k++) {
			opening->frames[k].rect.y += 17 * line;
			if (opening->frames[k].role == FRAME_TEXT)
				opening->frames[k].rect.height -= 17 * line;
		}
		fixture_frame(&f, opening, FRAME_PICTURE, 1, 1, false);
		opening->frames[opening->frame_count - 1].rect.height = 15 * line;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		a->image = fixture_picture(&f, 1600, 900);
		a->image->caption = str_from(caption_of(&f, lengths[i]));
		paragraphs(&f, a, NULL, 30);
		compose_and_check(&f);
		fixture_close(&f);
	}
}

static void a_box_taller_than_a_page(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	paragraphs(&f, a, NULL, 3);
	struct node *box = fixture_block(&f, a, NULL, NODE_BOX);
	box->title = STR("Bardzo długa ramka");
	paragraphs(&f, a, box, 80);
	paragraphs(&f, a, NULL, 3);
	compose_and_check(&f);
	assert_true(count_diags(&f, DIAG_UNBREAKABLE) >= 1);
	fixture_close(&f);
}

static void headings_without_text(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	for (int i = 0; i < 150; i++) {
		struct node *h = fixture_block(&f, a, NULL, NODE_HEADING);
		h->level = 4 - i % 3;
		fixture_text(&f, h, "Nagłówek bez tekstu");
	}
	compose_and_check(&f);
	fixture_close(&f);
}

/* No heading but the last block of all ends a column. */
static void a_heading_is_never_stranded(void **state)
{
	(void)state;
	for (int lines = 0; lines < 60; lines++) {
		struct fixture f;
		fixture_open(&f, false);
		struct article *a = fixture_article(&f, "a", "Tytuł");
		struct node *filler = fixture_block(&f, a, NULL, NODE_CODE_BLOCK);
		struct buf b;
		buf_init(&b, 1 << 16);
		for (int i = 0; i < 40 + lines; i++)
			buf_put_c(&b, "wiersz\n");
		filler->text = str_copy(f.arena, buf_str(&b));
		buf_release(&b);
		struct node *h = fixture_block(&f, a, NULL, NODE_HEADING);
		h->level = 2;
		fixture_text(&f, h, "Nagłówek");
		paragraphs(&f, a, NULL, 12);
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		/* the word of the heading and the first of the paragraph in one column */
		for (size_t i = 0; i < p->count; i++)
			for (size_t k = 0; k < p->page[i].item_count; k++) {
				const struct item *item = &p->page[i].items[k];
				if (item->kind != ITEM_GLYPHS || !item->element ||
				    item->element->role != ELEMENT_HEADING2)
					continue;
				assert_true(k + 1 < p->page[i].item_count);
				const struct item *next = &p->page[i].items[k + 1];
				assert_int_equal(next->kind, ITEM_GLYPHS);
				assert_true(next->glyphs.y > item->glyphs.y);
				assert_true(next->glyphs.y - item->glyphs.y <= 2 * 13500);
			}
		fixture_close(&f);
	}
}

static void deep_nesting(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *at = NULL;
	for (int i = 0; i < 40; i++) {
		struct node *list = fixture_block(&f, a, at, NODE_LIST);
		list->list.start = 1;
		at = fixture_block(&f, a, list, NODE_ITEM);
		fixture_paragraph(&f, a, at, "Poziom niżej");
	}
	struct pages *p = fixture_compose(&f);
	check_words(&f, p, a);
	fixture_close(&f);
}

static void a_layout_without_masters(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->templates[0].opening = f.layout->templates[0].next = NULL;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	a->image = fixture_picture(&f, 1600, 1000);
	paragraphs(&f, a, NULL, 40);
	compose_and_check(&f);
	fixture_close(&f);
}

static void an_unknown_template(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	a->template = STR("nie ma takiego");
	paragraphs(&f, a, NULL, 4);
	compose_and_check(&f);
	fixture_close(&f);
}

static void what_is_meant_for_others_stays_away(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	struct node *only = fixture_block(&f, a, NULL, NODE_ONLY);
	only->only.editions = EDITION_EMAIL;
	fixture_paragraph(&f, a, only, "Tylko w poczcie");
	struct node *here = fixture_block(&f, a, NULL, NODE_ONLY);
	here->only.editions = EDITION_SCREEN;
	fixture_paragraph(&f, a, here, "Tylko na ekranie");
	struct article *other = fixture_article(&f, "b", "Nie tutaj");
	other->editions = EDITION_WEB;
	struct pages *p = fixture_compose(&f);
	check_words(&f, p, a);
	assert_null(find_article(p->structure, STR("Nie tutaj")));
	fixture_close(&f);
}

static void page_count_is_told(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	f.layout->edition = EDITION_PRINT;
	f.layout->stitched = true;
	fixture_paragraph(&f, fixture_article(&f, "a", "Tytuł"), NULL, "Tak");
	struct pages *p = fixture_compose(&f);
	assert_int_equal(p->count, 1);
	assert_int_equal(count_diags(&f, DIAG_PAGE_COUNT), 1);
	struct master filler = { .name = STR("filler") };
	f.layout->filler = &filler;
	f.layout->templates[0].back_cover = true;
	p = fixture_compose(&f);
	assert_int_equal(p->count, 4);
	assert_int_equal(count_diags(&f, DIAG_PAGE_COUNT), 1);
	assert_true(str_equal(p->page[3].article->slug, STR("a")));
	fixture_close(&f);
}

static void the_same_twice(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	paragraphs(&f, a, NULL, 60);
	struct pages *p = fixture_compose(&f), *q = fixture_compose(&f);
	assert_int_equal(p->count, q->count);
	for (size_t i = 0; i < p->count; i++) {
		assert_int_equal(p->page[i].item_count, q->page[i].item_count);
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			struct rect a_rect = item_rect(&p->page[i].items[k]);
			struct rect b_rect = item_rect(&q->page[i].items[k]);
			assert_memory_equal(&a_rect, &b_rect, sizeof a_rect);
		}
	}
	fixture_close(&f);
}

/* Baselines of running text stand on the grid in every column. */
static void text_stands_on_the_grid(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct article *a = fixture_article(&f, "a", "Tytuł");
	for (int i = 0; i < 12; i++) {
		struct node *h = fixture_block(&f, a, NULL, NODE_HEADING);
		h->level = 2;
		fixture_text(&f, h, "Nagłówek");
		paragraphs(&f, a, NULL, 3);
		struct node *n = fixture_block(&f, a, NULL, i % 2 ? NODE_PULLQUOTE : NODE_BOX);
		fixture_paragraph(&f, a, n, long_text);
		paragraphs(&f, a, NULL, 2);
	}
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	const struct grid *g = &f.layout->grid;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind != ITEM_GLYPHS || !item->element ||
			    item->element->role != ELEMENT_PARAGRAPH ||
			    item->element->parent->role != ELEMENT_ARTICLE ||
			    item->glyphs.size != 10 * PT)
				continue;
			assert_int_equal((item->glyphs.y - g->top) % g->baseline, 0);
		}
	fixture_close(&f);
}

/* Short articles share a page; a long one goes on behind it, and the editor is told. */
static void a_slot_too_small(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct layout *l = f.layout;
	struct frame slot = {
		.role = FRAME_SLOT, .slot = STR("rail"), .columns = 1, .fixed = true
	};
	slot.rect = (struct rect){ l->grid.inner, l->grid.top, 200 * PT, 20 * l->grid.baseline };
	struct master shared = { .name = STR("shared"), .frames = &slot, .frame_count = 1 };
	l->templates[0].slot = slot.slot;
	l->templates[0].opening = &shared;
	static const char *const slugs[] = { "a", "b", "c", "d" };
	static const char *const titles[] = { "Pierwszy", "Drugi", "Trzeci", "Czwarty" };
	for (int i = 0; i < 4; i++)
		paragraphs(&f, fixture_article(&f, slugs[i], titles[i]), NULL, i == 2 ? 30 : 1);
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	assert_int_equal(count_diags(&f, DIAG_JUMP), 1);
	assert_int_equal(count_diags(&f, DIAG_OVERSET), 0);
	assert_true(str_equal(diags_at(f.diags, 0)->place.file, STR("c")));
	assert_true(p->page[0].master == &shared && p->page[1].master == &shared);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_but_a_title),
		cmocka_unit_test(one_word),
		cmocka_unit_test(a_word_of_three_thousand_letters),
		cmocka_unit_test(a_table_of_two_thousand_rows),
		cmocka_unit_test(four_hundred_pictures),
		cmocka_unit_test(three_hundred_notes),
		cmocka_unit_test(three_hundred_notes_in_a_paragraph),
		cmocka_unit_test(sixty_inset_pictures),
		cmocka_unit_test(captions_longer_than_their_page),
		cmocka_unit_test(an_opening_caption_keeps_off_the_head),
		cmocka_unit_test(a_box_taller_than_a_page),
		cmocka_unit_test(headings_without_text),
		cmocka_unit_test(a_heading_is_never_stranded),
		cmocka_unit_test(deep_nesting),
		cmocka_unit_test(a_layout_without_masters),
		cmocka_unit_test(an_unknown_template),
		cmocka_unit_test(what_is_meant_for_others_stays_away),
		cmocka_unit_test(page_count_is_told),
		cmocka_unit_test(the_same_twice),
		cmocka_unit_test(text_stands_on_the_grid),
		cmocka_unit_test(a_slot_too_small),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
