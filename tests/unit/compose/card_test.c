/* card: all of the title that fits, within the card, whatever it is. */
#include "compose/fixture.h"

#include "model/rendition.h"

enum { WIDTH = CARD_COLUMNS * PT, HEIGHT = CARD_ROWS * PT };

static struct card card_of(struct fixture *f, const char *title, const struct picture *p)
{
	return (struct card){ .document = &f->doc,
			      .layout = f->layout,
			      .title = str_from(title),
			      .kicker = STR("Temat numeru"),
			      .language = STR("pl"),
			      .picture = p };
}

static struct str words_of(struct fixture *f, const struct page *p)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].kind == ITEM_GLYPHS) {
			buf_put(&b, p->items[i].glyphs.text);
			buf_put_c(&b, "|");
		}
	struct str words = str_copy(f->arena, buf_str(&b));
	buf_release(&b);
	return words;
}

/* All glyphs stand within the plate's edges; how many sizes there are. */
static void assert_within(const struct page *p, int right)
{
	for (size_t i = 0; i < p->item_count; i++) {
		const struct item *item = &p->items[i];
		if (item->kind != ITEM_GLYPHS)
			continue;
		int end = item->glyphs.x;
		for (size_t g = 0; g < item->glyphs.glyph_count; g++)
			end += item->glyphs.glyphs[g].advance;
		assert_true(item->glyphs.x >= 50 * PT && end <= right);
		assert_true(item->glyphs.y > 50 * PT && item->glyphs.y <= HEIGHT - 50 * PT);
	}
}

static void card_says_title_kicker_and_issue(void **state)
{
	(void)state;
	struct fixture f;
	struct picture p = { .path = STR("/x.jpg"), .columns = 300, .rows = 900, .orientation = 1 };
	fixture_open(&f, false);
	struct card c = card_of(&f, "Ktoś, kto zna drogę", &p);
	const struct pages *pages = compose_card(f.arena, &c, f.diags);
	assert_int_equal(pages->count, 1);
	const struct page *page = &pages->page[0];
	struct str words = words_of(&f, page);
	assert_true(str_find(words, STR("Temat numeru"), 0) < words.len);
	assert_true(str_find(words, STR("Ktoś,"), 0) < words.len);
	assert_true(str_find(words, STR("1/2026"), 0) < words.len);
	assert_within(page, 600 * PT);
	/* The picture fills the right half, more of it cut below than above. */
	const struct item *picture = NULL;
	for (size_t i = 0; i < page->item_count; i++)
		if (page->items[i].kind == ITEM_PICTURE)
			picture = &page->items[i];
	assert_non_null(picture);
	const struct rect *frame = &picture->picture.frame, *whole = &picture->picture.whole;
	assert_int_equal(frame->x + frame->width, WIDTH);
	assert_int_equal(frame->height, HEIGHT);
	assert_true(whole->y < 0 && whole->y + whole->height - HEIGHT > -whole->y);
	assert_int_equal(whole->width, frame->width);
	assert_int_equal(diags_count(f.diags), 0);
	fixture_close(&f);
}

static void plate_is_all_without_a_picture(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	struct card c = card_of(&f, "Dyskutowali o przyszłości opieki onkologicznej", NULL);
	const struct page *page = &compose_card(f.arena, &c, f.diags)->page[0];
	assert_int_equal(page->items[0].kind, ITEM_FILL);
	assert_int_equal(page->items[0].fill.rect.width, WIDTH);
	assert_within(page, WIDTH - 50 * PT);
	fixture_close(&f);
}

static void long_titles_are_smaller_then_cut(void **state)
{
	(void)state;
	static const char *const words[] = { "Konstantynopolitańczykowianeczka ", "tak ",
					     "o\u00A0" };
	struct fixture f;
	struct picture p = { .path = STR("/x.jpg"), .columns = 900, .rows = 300, .orientation = 1 };
	fixture_open(&f, false);
	for (size_t w = 0; w < 3; w++)
		for (int count = 1; count <= 2000; count *= 6) {
			struct buf title;
			buf_init(&title, 1 << 20);
			for (int i = 0; i < count; i++)
				buf_put_c(&title, words[w]);
			struct card c = card_of(&f, title.ptr, &p);
			const struct page *page = &compose_card(f.arena, &c, f.diags)->page[0];
			assert_within(page, 600 * PT);
			struct str said = words_of(&f, page);
			bool cut = str_find(said, STR("…"), 0) < said.len;
			assert_true(cut || title.len <= 400);
			assert_false(cut && title.len <= 60);
			assert_int_equal(utf8_invalid_at(said), said.len);
			buf_release(&title);
		}
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(card_says_title_kicker_and_issue),
		cmocka_unit_test(plate_is_all_without_a_picture),
		cmocka_unit_test(long_titles_are_smaller_then_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
