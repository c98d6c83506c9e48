/* A sample with one of everything the structure knows. */
#ifndef TESTS_PDF_WHOLE_H
#define TESTS_PDF_WHOLE_H

#include "pdf/drawing.h"

HELPER void whole_link(struct sample *s, struct page *p, struct element *parent, int y,
		       const char *text, const char *url, const char *destination)
{
	struct element *link = sample_element(s, ELEMENT_LINK, parent);
	sample_text(s, p, link, SERIF, 10 * PT, 60 * PT, y, text);
	struct item *item = page_add(s->arena, p, ITEM_LINK);
	item->element = link;
	item->link.rect = (struct rect){ 60 * PT, y - 8 * PT, 200 * PT, 11 * PT };
	item->link.url = str_from(url);
	item->link.destination = str_from(destination);
	item->link.contents = STR("Przejdź dalej");
}

HELPER void whole_list_and_table(struct sample *s, struct page *p, struct element *article)
{
	struct element *list = sample_element(s, ELEMENT_LIST, article);
	for (int i = 0; i < 2; i++) {
		struct element *item = sample_element(s, ELEMENT_LIST_ITEM, list);
		int y = (300 + 15 * i) * PT;
		sample_text(s, p, sample_element(s, ELEMENT_LABEL, item), SERIF, 10 * PT, 60 * PT,
			    y, i ? "2." : "1.");
		sample_text(s, p, sample_element(s, ELEMENT_LIST_BODY, item), SERIF, 10 * PT,
			    80 * PT, y, "punkt");
	}
	struct element *table = sample_element(s, ELEMENT_TABLE, article);
	for (int row = 0; row < 3; row++) {
		struct element *tr = sample_element(s, ELEMENT_TABLE_ROW, table);
		for (int cell = 0; cell < 2; cell++) {
			bool head = row == 0 || cell == 0;
			struct element *e =
				sample_element(s, head ? ELEMENT_TABLE_HEADER : ELEMENT_TABLE_DATA,
					       tr);
			sample_text(s, p, e, SERIF, 10 * PT, (60 + 100 * cell) * PT,
				    (350 + 15 * row) * PT, head ? "Miasto" : "12");
		}
	}
	sample_fill(s, p, &s->black, 60 * PT, 354 * PT, 200 * PT, 500);
}

HELPER void whole_article(struct sample *s, struct page *p, struct element *article)
{
	struct item *folio = sample_text(s, p, NULL, SERIF, 8 * PT, 60 * PT, 820 * PT, "3");
	folio->artifact = ARTIFACT_FOOTER;
	sample_text(s, p, sample_element(s, ELEMENT_HEADING1, article), LATO, 24 * PT, 60 * PT,
		    60 * PT, "Tytuł artykułu");
	struct element *paragraph = sample_element(s, ELEMENT_PARAGRAPH, article);
	struct element *before = sample_element(s, ELEMENT_CONTENT, paragraph);
	sample_text(s, p, before, SERIF, 10 * PT, 60 * PT, 90 * PT, "Przed odsyłaczem ");
	whole_link(s, p, paragraph, 105 * PT, "strona", "https://example.org/?a=(1)&b", "");
	struct element *after = sample_element(s, ELEMENT_CONTENT, paragraph);
	sample_text(s, p, after, SERIF, 10 * PT, 60 * PT, 120 * PT, "po odsyłaczu ");
	struct element *english = sample_element(s, ELEMENT_SPAN, paragraph);
	english->language = STR("en");
	sample_text(s, p, english, SERIF, 10 * PT, 60 * PT, 135 * PT, "the office");
	struct element *figure = sample_element(s, ELEMENT_FIGURE, article);
	figure->alternative = STR("Skos barw z czerwonym rogiem");
	sample_picture(s, p, figure, draw_png(s, "a.png", 60, 40, PNG_COLOR_TYPE_RGBA, 8, false),
		       60 * PT, 150 * PT, 90 * PT);
	sample_picture(s, p, figure, draw_jpeg(s, "b.jpg", 600, 400, 3, false, STR("")), 160 * PT,
		       150 * PT, 90 * PT);
	sample_text(s, p, sample_element(s, ELEMENT_CAPTION, figure), SERIF, 8 * PT, 60 * PT,
		    230 * PT, "Podpis pod zdjęciem");
	whole_list_and_table(s, p, article);
	struct element *note = sample_element(s, ELEMENT_NOTE, article);
	sample_text(s, p, sample_element(s, ELEMENT_LABEL, note), SERIF, 8 * PT, 60 * PT, 500 * PT,
		    "1");
	sample_text(s, p, sample_element(s, ELEMENT_PARAGRAPH, note), SERIF, 8 * PT, 70 * PT,
		    500 * PT, "Przypis.");
	sample_element(s, ELEMENT_PARAGRAPH, article); /* empty: not written */
}

HELPER struct sample *whole_sample(enum edition edition)
{
	struct sample *s = sample_open(edition);
	struct page *p = sample_page(s);
	sample_fill(s, p, &s->teal, -8504, -8504, 612284, 200 * PT)->artifact = ARTIFACT_BACKGROUND;
	struct element *part = sample_element(s, ELEMENT_PART, NULL);
	sample_text(s, p, sample_element(s, ELEMENT_HEADING1, part), LATO, 40 * PT, 60 * PT,
		    100 * PT, "Głos Pacjenta")
		->glyphs.colour = &s->paper;
	struct element *toc = sample_element(s, ELEMENT_TOC, NULL);
	struct element *reference =
		sample_element(s, ELEMENT_REFERENCE, sample_element(s, ELEMENT_TOC_ITEM, toc));
	whole_link(s, p, reference, 300 * PT, "Tytuł artykułu 2", "", "tytul");
	struct element *article = sample_element(s, ELEMENT_ARTICLE, NULL);
	article->title = STR("Tytuł artykułu");
	struct element *split = sample_element(s, ELEMENT_PARAGRAPH, article);
	sample_text(s, p, split, SERIF, 10 * PT, 60 * PT, 700 * PT, "Akapit zaczyna się tu ");
	p = sample_page(s);
	sample_text(s, p, split, SERIF, 10 * PT, 60 * PT, 40 * PT, "i kończy dalej.");
	whole_article(s, p, article);
	static const struct destination places[] = { { STR_INIT("tytul"), 1, 40 * PT },
						     { STR_INIT("okladka"), 0, 0 } };
	static const struct bookmark marks[] = {
		{ STR_INIT("Okładka"), 0, STR_INIT("okladka") },
		{ STR_INIT("Dział"), 0, STR_INIT("tytul") },
		{ STR_INIT("Tytuł artykułu"), 1, STR_INIT("tytul") },
	};
	for (size_t i = 0; i < 2; i++)
		PUSH(s->arena, s->pages.destinations, s->pages.destination_count,
		     s->pages.destination_capacity, places[i]);
	for (size_t i = 0; i < 3; i++)
		PUSH(s->arena, s->pages.bookmarks, s->pages.bookmark_count,
		     s->pages.bookmark_capacity, marks[i]);
	return s;
}

#endif
