/* dump_pages: every fact of the pages is in the text. */
#include "pdf/sample.h"

#include "model/dump.h"

static void pages_are_told_line_by_line(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	static const struct master master = { .name = STR_INIT("opening") };
	p->master = &master;
	struct element *article = sample_element(s, ELEMENT_ARTICLE, NULL);
	article->title = STR("Tytuł");
	article->place = (struct place){ STR("a.md"), 1, 1 };
	struct element *text =
		sample_element(s, ELEMENT_CONTENT, sample_element(s, ELEMENT_PARAGRAPH, article));
	struct item *item = sample_text(s, p, text, SERIF, 10 * PT, 60 * PT, 90 * PT, "\"ab\"\n");
	item->glyphs.glyph_count = 2;
	item->glyphs.glyphs[0].advance = 1000;
	item->glyphs.glyphs[1].advance = 234;
	item->glyphs.stretch = 990;
	sample_fill(s, p, &s->teal, 1, 2, 3, 4)->artifact = ARTIFACT_FOOTER;
	struct item *link = page_add(s->arena, p, ITEM_LINK);
	link->element = article;
	link->link.rect = (struct rect){ 5, 6, 7, 8 };
	link->link.destination = STR("tytul");
	link->link.contents = STR("Dalej");
	struct destination destinations[] = { { STR("tytul"), 0, 77 } };
	struct bookmark bookmarks[] = { { STR("Tytuł"), 1, STR("tytul") } };
	s->pages.destinations = destinations;
	s->pages.bookmarks = bookmarks;
	s->pages.destination_count = s->pages.bookmark_count = 1;
	struct buf out;
	buf_init(&out, 1 << 16);
	dump_pages(&out, &s->pages);
	static const char expected[] =
		"pages 1 edition screen size 595276 841890 bleed 0\n"
		"  page 1 recto master opening\n"
		"    glyphs 60000 90000 width 1234 size 10000 stretch 990 face Test 400 colour text"
		" in 4\n"
		"      \"\\\"ab\\\"\\x0a\"\n"
		"    fill 1 2 3 4 colour accent artifact footer\n"
		"    link 5 6 7 8 to \"tytul\" contents \"Dalej\" in 2\n"
		"  structure\n"
		"    1 Document\n"
		"      2 Art title \"Tytuł\" at a.md:1:1\n"
		"        3 P\n"
		"          4 content\n"
		"  destinations\n"
		"    tytul page 1 y 77\n"
		"  bookmarks\n"
		"      \"Tytuł\" to tytul\n";
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_told_line_by_line),
	};
	return cmocka_run_group_tests_name("dump_pages", tests, NULL, NULL);
}
