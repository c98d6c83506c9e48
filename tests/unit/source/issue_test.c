#include "desk.h"

/* An article of the issue; where contents does not name it, none. */
static void put_named(struct desk *d, const char *yaml, const char *name, const char *text)
{
	if (strstr(yaml, name))
		desk_write(d, str_format(d->arena, "issues/x/%s", name).ptr, text);
}

static void put_issue(struct desk *d, const char *yaml)
{
	desk_write(d, "glos.yaml", "title: Próba\nlanguage: pl\n");
	desk_write(d, "issues/x/issue.yaml", yaml);
	put_named(d, yaml, "01-żółć.md", "---\ntitle: Jeden\n---\n\nTekst [dalej](b.md).\n");
	put_named(d, yaml, "b.md", "---\ntitle: Dwa\nregion: [śląskie]\n---\n\nTekst.\n");
	put_named(d, yaml, "B.md", "---\ntitle: Trzy\n---\n\nTekst.\n");
	put_named(d, yaml, "stopka.md", "---\ntitle: Stopka\n---\n\nTekst.\n");
	desk_put(d, "issues/x/images/a.jpg", tiny_jpeg());
	desk_write(d, "issues/x/images/ad.pdf", "%PDF-1.6\n");
	desk_write(d, "issues/x/images/bad.pdf", "no page\n");
}

static void the_running_order_is_kept(void **state)
{
	(void)state;
	struct desk d = desk_open();
	put_issue(&d, "number: 1/2026\ndate: 2026-03-17\ntitle: 'W domu \"i\" dalej'\n"
		      "subject: 'Temat w domu'\npreheader: Zdanie\nlead: Lead\n"
		      "cover:\n  image: images/a.jpg\n  alt: Opis\n  credit: Fot. A\n"
		      "  lines: [Zwykła, {text: Do artykułu, article: b.md}]\n"
		      "contents:\n  - section: W skrócie\n    articles: [01-żółć.md, b.md, B.md]\n"
		      "  - {advertisement: images/ad.pdf, page: 2, span: full, alt: Grupa wsparcia "
		      "w W.}\n"
		      "imprint: stopka.md\n");
	struct document *doc = desk_read(&d);
	assert_said(&d, "");
	assert_str(doc->id, "x");
	assert_str(doc->number, "1/2026");
	assert_int_equal(doc->date.month, 3);
	assert_str(doc->title, "W\u00A0domu „i” dalej");
	assert_str(doc->subject, "Temat w domu");
	assert_int_equal(doc->entry_count, 4);
	assert_str(doc->entries[0].section, "W\u00A0skrócie");
	assert_str(doc->entries[0].article->slug, "01-zolc");
	assert_str(doc->entries[1].article->slug, "b");
	assert_str(doc->entries[2].article->slug, "b-2");
	assert_str(doc->entries[1].article->regions[0], "śląskie");
	assert_int_equal(doc->entries[3].kind, ENTRY_ADVERTISEMENT);
	assert_int_equal(doc->entries[3].advertisement->page, 2);
	assert_str(doc->entries[3].advertisement->alt, "Grupa wsparcia w\u00a0W.");
	assert_true(str_ends(doc->entries[3].advertisement->path, STR("images/ad.pdf")));
	assert_int_equal(doc->cover.line_count, 2);
	assert_null(doc->cover.lines[0].article);
	assert_ptr_equal(doc->cover.lines[1].article, doc->entries[1].article);
	assert_int_equal(doc->cover.image->columns, 800);
	assert_str(doc->cover.image->credit, "Fot. A");
	assert_str(doc->imprint->slug, "stopka");
	assert_ptr_equal(document_article(doc, STR("b")), doc->entries[1].article);
	desk_close(&d);
}

/* Short words stay at the next one on pages, in lists of messages nothing is bound. */
static void the_summary_is_the_lead_or_the_preheader(void **state)
{
	(void)state;
	struct desk d = desk_open();
	put_issue(&d, "number: 1\ndate: 2026-03-17\ntitle: T\npreheader: Wiesz i o co\n"
		      "contents: [b.md]\n");
	struct document *doc = desk_read(&d);
	assert_str(doc->preheader, "Wiesz i o co");
	assert_str(doc->summary, "Wiesz i\u00a0o\u00a0co");
	desk_close(&d);
	d = desk_open();
	put_issue(&d, "number: 1\ndate: 2026-03-17\ntitle: T\npreheader: Inne\nlead: O czym\n"
		      "contents: [b.md]\n");
	assert_str(desk_read(&d)->summary, "O\u00a0czym");
	desk_close(&d);
}

static void languages_have_words_of_their_own(void **state)
{
	(void)state;
	struct desk d = desk_open();
	put_issue(&d, "number: 1\ndate: 2026-03-17\ntitle: T\n"
		      "cover: {image: images/a.jpg, alt: Opis, credit: Fot. A}\n"
		      "contents:\n  - {section: S, articles: [b.md, uk.md]}\n"
		      "languages:\n"
		      "  uk: {title: Ви не самі, preheader: Перше, lead: Лід, cover_alt: Опис}\n");
	desk_write(&d, "issues/x/uk.md", "---\ntitle: Стаття\nlanguage: uk\n---\n\nТекст.\n");
	struct document *doc = desk_read(&d);
	assert_said(&d, "");
	assert_int_equal(doc->translation_count, 1);
	const struct translation *t = &doc->translations[0];
	assert_str(t->language, "uk");
	assert_str(t->title, "Ви не\u00A0самі");
	assert_str(t->subject, "Ви не самі");
	assert_str(t->preheader, "Перше");
	assert_str(t->cover->alt, "Опис");
	assert_str(t->cover->credit, "");
	assert_str(doc->cover.image->alt, "Opis");
	desk_close(&d);
}

static void impossible_languages_are_told(void **state)
{
	(void)state;
	struct desk d = desk_open();
	put_issue(&d, "number: 1\ndate: 2026-03-17\ntitle: T\n"
		      "contents:\n  - {section: S, articles: [b.md, uk.md]}\n"
		      "languages:\n  pl: {title: T}\n  nb: {title: T}\n  uk: {preheader: x}\n"
		      "  ukrainski język: {title: T}\n  uk-UA: {title: T}\n  uk-Latn: {title: T}\n"
		      "  uk-x: text\n");
	desk_write(&d, "issues/x/uk.md", "---\ntitle: Стаття\nlanguage: uk\n---\n\nТекст.\n");
	struct document *doc = desk_read(&d);
	assert_said(
		&d,
		"issues/x/issue.yaml:7:3 value-invalid languages: pl (the message in the "
		"publication's own language is there anyway)\n"
		"issues/x/issue.yaml:8:3 value-invalid languages: nb (give an article of the "
		"e-mail this language)\n"
		"issues/x/issue.yaml:9:7 key-missing title (add a line title: …)\n"
		"issues/x/issue.yaml:10:3 value-invalid languages: ukrainski język (write a "
		"tag like uk, nb or en)\n"
		"issues/x/issue.yaml:12:3 value-invalid languages: uk-Latn (its readers have a "
		"message already)\n"
		"issues/x/issue.yaml:13:9 value-type uk-x: {title: …, subject: …, preheader: …} "
		"was expected, this is a text (write uk-x: {title: …, subject: …, preheader: "
		"…})\n");
	assert_int_equal(doc->translation_count, 1);
	desk_close(&d);
}

static void long_subjects_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *key;
		int letters;
		const char *said;
	} cases[] = {
		{ "subject", 70, "" },
		{ "subject", 71, "issues/x/issue.yaml:4:10 subject-long 71 characters\n" },
		{ "preheader", 140, "" },
		{ "preheader", 141, "issues/x/issue.yaml:4:12 preheader-long 141 characters\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk d = desk_open();
		struct buf yaml;
		buf_init(&yaml, 1 << 16);
		buf_format(&yaml, "number: 1\ndate: 2026-03-17\ntitle: T\n%s: ", cases[i].key);
		for (int n = 0; n < cases[i].letters; n++)
			buf_put_c(&yaml, "ż");
		buf_put_c(&yaml, "\ncontents:\n  - {section: S, articles: [b.md]}\n");
		put_issue(&d, str_c(d.arena, buf_str(&yaml)));
		buf_release(&yaml);
		desk_read(&d);
		assert_said(&d, cases[i].said);
		assert_false(diags_failed(d.diags));
		desk_close(&d);
	}
}

static void mistakes_are_told_all_at_once(void **state)
{
	(void)state;
	struct desk d = desk_open();
	put_issue(&d,
		  "number: 1\ndate: 17.03.2026\n"
		  "cover: {image: images/A.jpg, alt: x, lines: [[a], {txt: b, article: zz.md}]}\n"
		  "contents:\n  - article: a\n  - text\n"
		  "  - {section: S, articles: [b.md, b.md, [x], c.md]}\n"
		  "  - {advertisement: images/a.pdf, page: 0, span: half}\n"
		  "  - {advertisement: images/bad.pdf}\n"
		  "imprint: stopkа.md\nfooter: x\n");
	assert_non_null(desk_read(&d));
	assert_has(&d, DIAG_KEY_MISSING, 1, 1);
	assert_has(&d, DIAG_VALUE_INVALID, 2, 7);
	assert_has(&d, DIAG_IMAGE_MISSING, 3, 16);
	assert_has(&d, DIAG_VALUE_TYPE, 3, 46);
	assert_has(&d, DIAG_KEY_UNKNOWN, 3, 52);
	assert_has(&d, DIAG_KEY_MISSING, 3, 51);
	assert_has(&d, DIAG_ARTICLE_MISSING, 3, 69);
	assert_has(&d, DIAG_KEY_UNKNOWN, 5, 5);
	assert_has(&d, DIAG_KEY_MISSING, 5, 5);
	assert_has(&d, DIAG_VALUE_TYPE, 6, 5);
	assert_has(&d, DIAG_VALUE_INVALID, 7, 35);
	assert_has(&d, DIAG_VALUE_TYPE, 7, 41);
	assert_has(&d, DIAG_ARTICLE_MISSING, 7, 46);
	assert_has(&d, DIAG_VALUE_INVALID, 8, 41);
	assert_has(&d, DIAG_VALUE_INVALID, 8, 50);
	assert_has(&d, DIAG_IMAGE_MISSING, 8, 21);
	assert_has(&d, DIAG_IMAGE_FORMAT, 9, 21);
	assert_has(&d, DIAG_IMAGE_ALT, 9, 21);
	assert_has(&d, DIAG_ARTICLE_MISSING, 10, 10);
	assert_has(&d, DIAG_KEY_UNKNOWN, 11, 1);
	desk_close(&d);
}

static void issues_that_are_not_there_are_told(void **state)
{
	(void)state;
	struct desk d = desk_open();
	desk_issue(&d, "a.md");
	struct publication *p = publication_read(d.arena, d.folder, d.diags);
	static const char *const names[] = { "y", "", "..", "x/../x", "../issues/x" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_null(document_read(d.arena, p, str_from(names[i]), d.diags));
	assert_int_equal(diags_count(d.diags), 5);
	assert_int_equal(diags_at(d.diags, 0)->code, DIAG_ISSUE_MISSING);
	assert_str(diags_at(d.diags, 0)->hint, "did you mean x?");
	desk_close(&d);
}

static void unusable_articles_leave_the_others_whole(void **state)
{
	(void)state;
	struct desk d = desk_open();
	desk_issue(&d, "nie.md, puste.md, latin.md, same.md, dobre.md");
	desk_write(&d, "issues/x/puste.md", "");
	desk_write(&d, "issues/x/latin.md", "---\ntitle: A\n---\n\n\xB1\n");
	desk_write(&d, "issues/x/same.md", "---\ntitle: A\n---\n \n\t\n");
	desk_write(&d, "issues/x/dobre.md", "---\ntitle: A\n---\n\nDobre.\n");
	struct document *doc = desk_read(&d);
	assert_said(
		&d,
		"issues/x/issue.yaml:5:33 article-missing nie.md\n"
		"issues/x/puste.md:1:1 article-empty\n"
		"issues/x/latin.md:5:1 encoding (byte 0xB1: the file may be Windows-1250 or ISO "
		"8859-2; save it as UTF-8)\n"
		"issues/x/same.md:4:1 article-empty (write at least one paragraph behind the "
		"settings)\n");
	assert_int_equal(doc->entry_count, 4);
	assert_non_null(doc->entries[3].article->first);
	desk_close(&d);
}

static void utf16_is_recognised(void **state)
{
	(void)state;
	struct desk d = desk_open();
	desk_article(&d, STR("\xFF\xFE-\0-\0-\0\n\0"));
	assert_said(&d, "issues/x/a.md:1:1 encoding (the file is UTF-16: save it as UTF-8)\n");
	desk_close(&d);
}

static void files_beyond_the_limit_are_refused(void **state)
{
	(void)state;
	struct desk d = desk_open();
	desk_issue(&d, "a.md");
	const char *path = path_join(d.arena, str_from(d.folder), STR("issues/x/a.md"));
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fseek(f, (long)ARTICLE_MAX + 10, SEEK_SET), 0);
	assert_int_equal(fputc('x', f), 'x');
	fclose(f);
	desk_read(&d);
	assert_int_equal(diags_at(d.diags, 0)->code, DIAG_FILE_TOO_LARGE);
	desk_close(&d);
}

/* Any bytes in place of the settings: told or taken, never a crash. */
static void random_settings_do_no_harm(void **state)
{
	(void)state;
	static const char *const pieces[] = {
		"title",    ": ", "\n",  "- ",   "  ", "[",     "]",   "{",     "}",
		"\"",       "'",  ", ",  "date", "x",  "image", "alt", "cover", "contents",
		"articles", "#",  "|\n", "&a",   "*a", "---\n", "\t",  "null",  "!x "
	};
	uint64_t seed = 42;
	for (int round = 0; round < 400; round++) {
		struct desk d = desk_open();
		struct buf b;
		buf_init(&b, 1 << 16);
		for (int i = 0; i < 40; i++)
			buf_put_c(&b,
				  pieces[random_next(&seed) % (sizeof pieces / sizeof *pieces)]);
		struct str text = buf_str(&b);
		desk_article(&d, str_format(d.arena, "---\n%.*s\n---\n\nTekst\n", STR_ARG(text)));
		desk_put(&d, "issues/x/issue.yaml", text);
		desk_read(&d);
		desk_put(&d, "glos.yaml", text);
		desk_read(&d);
		buf_release(&b);
		desk_close(&d);
	}
}

/* "Ź" and "ś" of these names on disk are two characters each, as macOS writes them. */
static void names_are_found_however_their_letters_are_written(void **state)
{
	(void)state;
	struct desk d = desk_open();
	desk_issue(&d, "ś.md");
	desk_write(&d, "issues/x/s\xCC\x81.md",
		   "---\ntitle: T\n---\n\n![Kot](zdje\xCC\xA8"
		   "cia/Źrebię.png)\n");
	desk_put(&d,
		 "issues/x/zdje\xCC\xA8"
		 "cia/Z\xCC\x81rebie\xCC\xA8.png",
		 tiny_png());
	assert_non_null(desk_read(&d));
	assert_said(&d, "");
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_running_order_is_kept),
		cmocka_unit_test(the_summary_is_the_lead_or_the_preheader),
		cmocka_unit_test(languages_have_words_of_their_own),
		cmocka_unit_test(impossible_languages_are_told),
		cmocka_unit_test(long_subjects_are_told),
		cmocka_unit_test(mistakes_are_told_all_at_once),
		cmocka_unit_test(issues_that_are_not_there_are_told),
		cmocka_unit_test(unusable_articles_leave_the_others_whole),
		cmocka_unit_test(utf16_is_recognised),
		cmocka_unit_test(files_beyond_the_limit_are_refused),
		cmocka_unit_test(random_settings_do_no_harm),
		cmocka_unit_test(names_are_found_however_their_letters_are_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
