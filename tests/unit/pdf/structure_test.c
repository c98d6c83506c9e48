/* structure: the tree says what the pages say, in the same order. */
#include "pdf/whole.h"

static void tree_follows_the_elements(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	sample_write(s);
	int status;
	struct str tree = said_by(s, &status, "pdfinfo -struct-text %s", s->path);
	static const char *const order[] = {
		"Document\n",
		"Part",
		"H1 (block)",
		"Głos Pacjenta",
		"TOC",
		"TOCI",
		"Reference",
		"Link",
		"Tytuł artykułu 2",
		"Art",
		"P (block)",
		"Akapit zaczyna się tu ",
		"i kończy dalej.",
		"H1 (block)",
		"Tytuł artykułu",
		"P (block)",
		"Przed odsyłaczem ",
		"Link",
		"strona",
		"po odsyłaczu",
		"Span",
		"the office",
		"Figure",
		"Caption",
		"Podpis pod zdjęciem",
		"L (block)",
		"LI",
		"Lbl",
		"1.",
		"LBody",
		"punkt",
		"Table",
		"TR",
		"TH",
		"Miasto",
		"TH",
		"Miasto",
		"TR",
		"TH",
		"Miasto",
		"TD",
		"12",
		"Note",
		"Lbl",
		"1",
		"P (block)",
		"Przypis.",
	};
	size_t at = 0;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		at = str_find(tree, str_from(order[i]), at);
		if (at == tree.len)
			fail_msg("\"%s\" (%zu) is not in its place in:\n%.*s", order[i], i,
				 STR_ARG(tree));
		at += strlen(order[i]);
	}
	sample_close(s);
}

static void elements_have_their_attributes(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	sample_write(s);
	struct str plain = sample_plain(s);
	assert_has(plain, "/Scope /Column");
	assert_has(plain, "/Scope /Row");
	assert_has(plain, "/T <feff0054007900740075");
	assert_has(plain, "/ListNumbering /Decimal");
	assert_has(plain, "/Lang (en)");
	assert_has(plain, "/ID (note-");
	assert_has(plain, "/IDTree");
	assert_has(plain, "/Alt (Skos barw z czerwonym rogiem)");
	/* both pictures of the figure: 60 to 250 across, 150 to 210 down */
	int status;
	assert_has(said_by(s, &status, "pdfinfo -struct %s", s->path),
		   "/BBox [60 631.89 250 691.89]");
	sample_close(s);
}

static void empty_cell_keeps_its_place(void **state)
{
	(void)state;
	struct sample *s = sample_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	struct element *table = sample_element(s, ELEMENT_TABLE, NULL);
	struct element *row = sample_element(s, ELEMENT_TABLE_ROW, table);
	sample_text(s, p, sample_element(s, ELEMENT_TABLE_HEADER, row), SERIF, 10 * PT, 60 * PT,
		    60 * PT, "Miasto");
	sample_element(s, ELEMENT_TABLE_HEADER, row);
	struct element *empty = sample_element(s, ELEMENT_TABLE_ROW, table);
	sample_element(s, ELEMENT_TABLE_DATA, empty);
	sample_write(s);
	int status;
	struct str tree = said_by(s, &status, "pdfinfo -struct %s | grep -c 'TH'", s->path);
	assert_true(str_equal(tree, STR("2\n")));
	assert_false(has(sample_plain(s), "/S /TD"));
	sample_close(s);
}

static void links_lead_where_they_say(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	sample_write(s);
	struct str plain = sample_plain(s);
	assert_has(plain, "/URI (https://example.org/?a=\\(1\\)&b)");
	assert_has(plain, "/Dest (tytul)");
	assert_has(plain, "/Type /OBJR");
	int status;
	struct str names = said_by(s, &status, "pdfinfo -dests %s", s->path);
	assert_has(names, "   2 [ XYZ null  802 null      ] \"tytul\"");
	sample_close(s);
}

static void link_to_what_is_not_there_is_left_out(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	s->pages.destination_count = 0;
	sample_write(s);
	struct str plain = sample_plain(s);
	assert_false(has(plain, "/Dest (tytul)"));
	assert_has(plain, "/URI (");
	sample_close(s);
}

static void bookmarks_nest(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	sample_write(s);
	int status;
	struct str outline = said_by(s, &status, "mutool show %s outline", s->path);
	assert_has(outline, "\"Okładka\"");
	assert_has(outline, "+\t\"Dział\"");
	assert_has(outline, "\t\t\"Tytuł artykułu\"");
	sample_close(s);
}

/* Every painting operator is in marked content: mutool lists what is not. */
static void everything_painted_is_marked(void **state)
{
	(void)state;
	struct sample *s = whole_sample(EDITION_SCREEN);
	sample_write(s);
	struct str rest = sample_plain(s), line;
	int depth = 0, painted = 0;
	while (str_cut(&rest, '\n', &line)) {
		if (str_ends(line, STR("BDC")))
			depth++;
		if (str_equal(line, STR("EMC")))
			depth--;
		if (str_ends(line, STR("]TJ")) || str_ends(line, STR(" re f")) ||
		    str_ends(line, STR(" Do Q"))) {
			painted++;
			assert_int_equal(depth, 1);
		}
	}
	assert_int_equal(depth, 0);
	assert_true(painted > 20);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tree_follows_the_elements),
		cmocka_unit_test(elements_have_their_attributes),
		cmocka_unit_test(empty_cell_keeps_its_place),
		cmocka_unit_test(links_lead_where_they_say),
		cmocka_unit_test(link_to_what_is_not_there_is_left_out),
		cmocka_unit_test(bookmarks_nest),
		cmocka_unit_test(everything_painted_is_marked),
	};
	return cmocka_run_group_tests_name("structure", tests, NULL, NULL);
}
