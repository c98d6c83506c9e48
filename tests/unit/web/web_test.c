/* The web edition: every word has its page; files are written once and go when
 * their article goes; pictures lose what their maker noted; nothing hostile. */
#include "test.h"

#include "base/file.h"
#include "email/sample.h"
#include "web/site.h"

#include <sys/stat.h>
#include <unistd.h>

/* A folder for one test, and a picture in it. */
struct place_to_write {
	struct arena *arena;
	char *root, *folder, *picture;
};

static const unsigned char
	jpeg_with_notes[] = {
		0xFF, 0xD8, 0xFF, 0xE0, 0,    7,    'J',  'F',  'I',  'F',  0, /* kept */
		0xFF, 0xE1, 0,    12,   'E',  'x',  'i',  'f',  0,    0,    'G',
		'P',  'S',  '!', /* dropped */
		0xFF, 0xE2, 0,    15,   'I',  'C',  'C',  '_',  'P',  'R',  'O',
		'F',  'I',  'L',  'E',  0,    1,    0xFF, 0xED, 0,    6,    'I',
		'P',  'T',  'C', /* dropped */
		0xFF, 0xFE, 0,    6,    'n',  'o',  't',  'e', /* dropped */
		0xFF, 0xEE, 0,    7,    'A',  'd',  'o',  'b',  'e', /* kept */
		0xFF, 0xDA, 0,    4,    1,    2,    0x11, 0xFF, 0x00, 0x22, 0xFF,
		0xD3, 0x33, /* scan */
		0xFF, 0xC4, 0,    4,    0xFF, 0xD9, /* a table like an end */
		0xFF, 0xDA, 0,    4,    1,    2,    0x44, 0xFF, 0xD9, 'f',  'i',
		'l',  'm', /* and what follows */
	};

static struct str bytes_of(const unsigned char *ptr, size_t len)
{
	return (struct str){ (const char *)ptr, len };
}

static void prepare(struct place_to_write *p)
{
	char name[] = "/tmp/glos-web-test-XXXXXX";
	p->arena = arena_open();
	assert_non_null(mkdtemp(name));
	p->root = str_c(p->arena, str_from(name));
	p->folder = path_join(p->arena, str_from(p->root), STR("web"));
	p->picture = path_join(p->arena, str_from(p->root), STR("photo.jpg"));
	struct diags *d = diags_new(p->arena);
	assert_true(file_replace(p->picture, bytes_of(jpeg_with_notes, sizeof jpeg_with_notes), d));
}

static void remove_all(struct arena *a, const char *path)
{
	size_t count;
	struct str *names = folder_list(a, path, &count);
	for (size_t i = 0; i < count; i++)
		remove_all(a, path_join(a, str_from(path), names[i]));
	assert_int_equal(folder_exists(path) ? rmdir(path) : unlink(path), 0);
}

static void clear(struct place_to_write *p)
{
	remove_all(p->arena, p->root);
	arena_close(p->arena);
}

static char *path_of(struct place_to_write *p, const char *name)
{
	return path_join(p->arena, str_from(p->folder), str_from(name));
}

static struct str read_page(struct place_to_write *p, const char *name)
{
	struct str bytes = { 0 };
	struct diags *d = diags_new(p->arena);
	bool there = file_read(p->arena, path_of(p, name), 1 << 24, d, (struct place){ 0 }, &bytes);
	if (!there)
		print_message("# not there: %s\n", name);
	assert_true(there);
	return bytes;
}

static uint64_t write_site(struct sample *s, struct place_to_write *p)
{
	uint64_t written = 0;
	assert_true(web_write(&s->document, &s->layout, NULL, p->folder, &s->world, s->diags,
			      &written));
	return written;
}

static size_t count_of(struct str s, const char *text)
{
	size_t count = 0;
	struct str needle = str_from(text);
	for (size_t at = str_find(s, needle, 0); at < s.len; at = str_find(s, needle, at + 1))
		count++;
	return count;
}

static void pages_keep_every_word(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	struct article *a = sample_article(s, "tekst", "Tytuł tekstu", "feature");
	a->lead = STR("Zajawka tekstu");
	sample_fill(s, p.picture);
	sample_article(s, "drugi", "Drugi tytuł", "feature")->language = STR("nb");
	sample_paragraph(s, NULL, "Norsk tekst");
	uint64_t written = write_site(s, &p);
	struct str page = read_page(&p, "tekst/index.html"), index = read_page(&p, "index.html");
	for (size_t i = 0; i < sizeof sample_words / sizeof *sample_words; i++) {
		if (!sample_has(page, sample_words[i]))
			print_message("# not found: %s\n", sample_words[i]);
		assert_true(sample_has(page, sample_words[i]));
	}
	assert_true(sample_has(page, "tylko Śląsk")); /* the web is everyone's */
	assert_false(sample_has(page, "tylko druk"));
	assert_true(sample_has(index, "Zajawka tekstu"));
	assert_true(sample_has(index, "href=\"tekst/index.html\""));
	assert_true(sample_has(page, "href=\"../drugi/index.html\""));
	assert_true(sample_has(read_page(&p, "drugi/index.html"), "<article lang=\"nb\">"));
	assert_true(written > page.len + index.len);
	assert_false(diags_failed(s->diags));
	sample_close(s);
	clear(&p);
}

static void pages_are_built_for_those_who_listen(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "tekst", "Tytuł", "feature");
	sample_fill(s, p.picture);
	write_site(s, &p);
	struct str page = read_page(&p, "tekst/index.html");
	assert_int_equal(count_of(page, "<h1"), 1);
	assert_int_equal(count_of(page, "<main "), 1);
	assert_int_equal(count_of(page, "<article"), 1);
	assert_int_equal(count_of(page, "<html lang=\"pl\">"), 1);
	assert_int_equal(count_of(page, "class=\"skip\" href=\"#main\""), 1);
	assert_int_equal(count_of(page, "<script"), 0);
	assert_int_equal(count_of(page, "<th scope=\"col\""), 2);
	assert_int_equal(count_of(page, "id=\"note-1\""), 1);
	assert_int_equal(count_of(page, "id=\"ref-1\""), 1);
	assert_int_equal(count_of(page, "href=\"#ref-1\""), 1);
	assert_int_equal(count_of(page, "Treść przypisu</p>\u00a0<a class=\"back\" "), 1);
	assert_int_equal(count_of(page, "content=\"no-referrer\""), 1);
	assert_int_equal(count_of(page, "rel=\"canonical\" "
					"href=\"https://glos.example.org/2026-1/tekst/\""),
			 1);
	assert_int_equal(count_of(page, "width=\"800\" height=\"600\""), 4);
	assert_int_equal(count_of(page, "loading=\"lazy\""), 4);
	sample_close(s);
	clear(&p);
}

static void the_record_tells_the_summary(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A", "feature");
	s->document.preheader = STR("i o co pytać");
	s->document.summary = STR("i\u00a0o\u00a0co pytać");
	write_site(s, &p);
	assert_true(sample_has(read_page(&p, "issue.txt"), "\nlead i\u00a0o\u00a0co pytać\n"));
	sample_close(s);
	clear(&p);
}

static void headings_tell_of_long_words(void **unused)
{
	(void)unused;
	static const struct {
		const char *words, *begins;
	} cases[] = {
		{ "Gdzie szukać pomocy", "<h2>Gdzie" },
		{ "Osiemnastka żółć", "<h2>Osiem" }, /* eleven letters */
		{ "Psychoonkologia", "<h2 class=\"long w15\">" },
		{ "Cyfrowe\u00a0świętokrzyskie", "<h2 class=\"long w14\">" },
		{ "Kva skjer med pasientjournalopplysningene?", "<h2 class=\"long w28\">" },
		{ "warsztatowo-szkoleniowe", "<h2>warsztatowo-" }, /* a line may end at a hyphen */
		{ "pasientjournal\u00adopplysningene", "<h2 class=\"long w14\">" },
		{ "Психоонкологія", "<h2 class=\"long w17\">" }, /* of fourteen wide letters */
	};
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "Konstantynopolitańczykowianeczka", "feature");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct node *h = sample_block(s, NODE_HEADING, NULL);
		h->level = 2;
		sample_text(s, h, cases[i].words);
	}
	write_site(s, &p);
	struct str page = read_page(&p, "a/index.html"), style = read_page(&p, "style.css");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (!sample_has(page, cases[i].begins))
			print_message("# %s\n", cases[i].words);
		assert_true(sample_has(page, cases[i].begins));
	}
	assert_true(sample_has(page, "<h1 class=\"long w32\">"));
	assert_true(sample_has(read_page(&p, "index.html"), "<h3 class=\"long w32\"><a"));
	assert_true(sample_has(style, ".w15{--share:.1169}\n"));
	assert_true(sample_has(style, ".w28{--share:.0626;hyphens:auto"));
	assert_true(sample_has(style, ".w40{"));
	assert_true(sample_has(style, "min(100vw - 2*var(--edge),var(--measure))"));
	sample_close(s);
	clear(&p);
}

static void telephones_can_be_dialled(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A", "feature");
	sample_paragraph(s, NULL, "Pisz: 85-001 Bydgoszcz, tel. +48 800 000 000, KRS 0000123456.");
	sample_paragraph(s, sample_block(s, NODE_CONTACT, NULL), "800 000 001");
	write_site(s, &p);
	struct str page = read_page(&p, "a/index.html");
	assert_true(sample_has(page, "<span class=\"nb\">85-001</span> Bydgoszcz, tel. "
				     "<a class=\"nb\" href=\"tel:+48800000000\">+48 800 000 000"
				     "</a>, KRS 0000123456."));
	assert_true(sample_has(page, "<a class=\"nb\" href=\"tel:800000001\">800 000 001</a>"));
	assert_true(sample_has(read_page(&p, "style.css"), ".contact a[href^='tel:']{"));
	sample_close(s);
	clear(&p);
}

static void put_rows(struct sample *s, const char *const (*rows)[3], int count)
{
	struct node *table = sample_block(s, NODE_TABLE, NULL);
	table->table.columns = 3;
	for (int i = 0; i < count; i++) {
		struct node *row = node_new(s->arena, NODE_ROW, table->place, table);
		for (int k = 0; k < 3; k++) {
			struct node *cell = node_new(s->arena, NODE_CELL, table->place, row);
			if (*rows[i][k])
				sample_text(s, cell, rows[i][k]);
		}
	}
}

static void tables_without_room_stack_their_rows(void **unused)
{
	(void)unused;
	static const char *const wide[][3] = { { "Sprawa", "Koordynator & co", "Lekarz…" },
					       { "Wybór metody leczenia", "", "tak" } };
	static const char *const narrow[][3] = { { "Rok", "Leki", "Razem" },
						 { "2026", "12,50", "344,00" } };
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A", "feature");
	put_rows(s, wide, 2);
	sample_article(s, "b", "B", "feature");
	put_rows(s, narrow, 2);
	write_site(s, &p);
	struct str page = read_page(&p, "a/index.html"), other = read_page(&p, "b/index.html");
	assert_true(sample_has(page, "<div class=\"table stacks\""));
	assert_true(sample_has(page, "<tr><td>Wybór metody leczenia</td>"
				     "<td data-label=\"Koordynator &amp; co:\"></td>"
				     "<td data-label=\"Lekarz…\">tak</td></tr>"));
	assert_true(sample_has(other, "<div class=\"table\""));
	assert_false(sample_has(other, "data-label"));
	assert_true(sample_has(other, "<td>344,00</td>"));
	sample_close(s);
	clear(&p);
}

static void put_plate(struct sample *s, struct node *gallery, int columns, int rows,
		      int orientation, const char *file)
{
	struct picture *p = sample_picture(s, "images/g.jpg", file);
	p->columns = columns;
	p->rows = rows;
	p->orientation = orientation;
	node_new(s->arena, NODE_FIGURE, gallery->place, gallery)->picture = p;
}

static void galleries_show_pictures_whole_in_rows(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A", "feature");
	struct node *g = sample_block(s, NODE_GALLERY, NULL);
	put_plate(s, g, 1000, 1400, 1, p.picture);
	put_plate(s, g, 1400, 1000, 1, p.picture);
	put_plate(s, g, 1400, 1000, 6, p.picture); /* lies on its side */
	put_plate(s, g, 1000, 1400, 1, p.picture);
	put_plate(s, g, 1400, 1000, 1, p.picture);
	g = sample_block(s, NODE_GALLERY, NULL);
	put_plate(s, g, 1000, 1400, 1, p.picture);
	g = sample_block(s, NODE_GALLERY, NULL);
	put_plate(s, g, 0, 0, 1, p.picture);
	put_plate(s, g, 90000, 1, 1, p.picture);
	write_site(s, &p);
	struct str page = read_page(&p, "a/index.html"), style = read_page(&p, "style.css");
	size_t at = 0;
	static const char *const order[] = { "class=\"gallery wide\"",
					     "<div class=\"row\">",
					     "r714",
					     "r1400",
					     "r714",
					     "</div>\n<div class=\"row\">",
					     "r714",
					     "r1400",
					     "<div class=\"row alone\">",
					     "r714",
					     "<div class=\"row\">",
					     "r1500",
					     "<div class=\"row\">",
					     "r10000" };
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		at = str_find(page, str_from(order[i]), at);
		assert_true(at < page.len);
		at++;
	}
	assert_int_equal(count_of(page, "<figure"), 8);
	assert_int_equal(count_of(style, ".gallery .r714{flex-grow:714}"), 1);
	assert_int_equal(count_of(style, "flex-grow:10000}"), 1);
	sample_close(s);
	clear(&p);
}

static void nothing_hostile_gets_out(void **unused)
{
	(void)unused;
	static const char evil[] = "\"><script>alert(1)</script>\r\n\xC2\x9B";
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	struct article *a = sample_article(s, "zly", evil, "feature");
	a->kicker = a->lead = a->author = a->number = a->section = str_from(evil);
	a->language = STR("pl\" onload=\"x");
	struct node *n = sample_paragraph(s, NULL, evil);
	struct node *link = node_new(s->arena, NODE_LINK, n->place, n);
	link->link.url = STR("javascript:alert(1)");
	sample_text(s, link, "tekst odnośnika");
	link = node_new(s->arena, NODE_LINK, n->place, n);
	link->link.url = STR("#nie-ma-takiego");
	sample_text(s, link, "donikąd");
	struct picture *picture = sample_picture(s, "images/\"><script>.jpg", p.picture);
	picture->alt = picture->caption = picture->credit = str_from(evil);
	sample_block(s, NODE_FIGURE, NULL)->picture = picture;
	s->document.title = s->document.lead = s->document.number = str_from(evil);
	s->publication.title = s->publication.publisher = str_from(evil);
	write_site(s, &p);
	static const char *const pages[] = { "index.html", "zly/index.html", "feed.xml",
					     "issue.txt" };
	for (size_t i = 0; i < 4; i++) {
		struct str page = read_page(&p, pages[i]);
		assert_true(i == 3 || count_of(page, "<script") == 0);
		assert_int_equal(count_of(page, "\r"), 0);
		assert_int_equal(count_of(page, "javascript:"), 0);
		assert_true(i == 3 || count_of(page, " onload=\"") == 0);
		assert_int_equal(count_of(page, "\xC2\x9B"), 0);
	}
	assert_true(sample_has(read_page(&p, "zly/index.html"), "tekst odnośnikadonikąd"));
	sample_close(s);
	clear(&p);
}

static struct stat stat_of(struct place_to_write *p, const char *name)
{
	struct stat info;
	assert_int_equal(stat(path_of(p, name), &info), 0);
	return info;
}

static void unchanged_files_are_left_alone(void **unused)
{
	(void)unused;
	static const char *const names[] = { "index.html", "a/index.html", "feed.xml",
					     "style.css" };
	struct place_to_write p;
	struct sample *s = sample_new();
	struct stat before[4];
	prepare(&p);
	sample_article(s, "a", "A", "feature");
	sample_fill(s, p.picture);
	uint64_t first = write_site(s, &p);
	for (int i = 0; i < 4; i++)
		before[i] = stat_of(&p, names[i]);
	s->world.now += 1000;
	assert_true(write_site(s, &p) == first);
	for (int i = 0; i < 4; i++) /* replacing a file makes a new inode */
		assert_int_equal(stat_of(&p, names[i]).st_ino, before[i].st_ino);
	s->article->title = STR("Inny tytuł");
	write_site(s, &p);
	assert_int_not_equal(stat_of(&p, "a/index.html").st_ino, before[1].st_ino);
	assert_int_equal(stat_of(&p, "style.css").st_ino, before[3].st_ino);
	sample_close(s);
	clear(&p);
}

static void the_layout_says_what_is_read_in(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A", "feature");
	sample_fill(s, p.picture);
	write_site(s, &p);
	assert_true(sample_has(read_page(&p, "style.css"), "--sans:Lato,"));
	s->layout.web_text = STR("'PT Sans',sans-serif");
	s->layout.web_display = STR("'Vollkorn',serif");
	write_site(s, &p);
	struct str style = read_page(&p, "style.css");
	assert_true(sample_has(style, "--serif:'PT Sans',sans-serif;--sans:'Vollkorn',serif}"));
	assert_false(sample_has(style, "Lato"));
	sample_close(s);
	clear(&p);
}

static void pages_of_articles_that_are_gone_go(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A", "feature");
	sample_article(s, "b", "B", "feature");
	write_site(s, &p);
	assert_true(folder_make(path_of(&p, "cudze")));
	assert_true(file_replace(path_of(&p, "cudze/index.html"), STR("not ours"), s->diags));
	assert_true(folder_make(path_of(&p, "pusty")));
	s->document.entry_count = 1;
	write_site(s, &p);
	assert_true(folder_exists(path_of(&p, "a")));
	assert_false(folder_exists(path_of(&p, "b")));
	assert_true(file_exists(path_of(&p, "cudze/index.html")));
	assert_true(folder_exists(path_of(&p, "pusty")));
	sample_close(s);
	clear(&p);
}

static void a_folder_that_cannot_be_written_is_told(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A", "feature");
	char *folder = path_join(p.arena, str_from(p.picture), STR("web")); /* below a file */
	uint64_t written;
	assert_false(
		web_write(&s->document, &s->layout, NULL, folder, &s->world, s->diags, &written));
	assert_int_equal(diags_exit_status(s->diags), 3);
	sample_close(s);
	clear(&p);
}

static void missing_pictures_are_told(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A", "feature")->image = sample_picture(s, "x.jpg", "/nie/ma.jpg");
	assert_false(
		web_write(&s->document, &s->layout, NULL, p.folder, &s->world, s->diags, NULL));
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_FILE_MISSING);
	sample_close(s);
	clear(&p);
}

static bool make_none(void *context, const struct picture *p, const struct rendition *wanted,
		      size_t count, struct buf *out, struct diags *d)
{
	(void)context;
	(void)wanted;
	(void)count;
	(void)out;
	diag_report(d, DIAG_IMAGE_DAMAGED, p->place, "%.*s", STR_ARG(p->src));
	return false;
}

/* Pages name their pictures; without them nothing of the edition is written, not even
 * what the archive would lead to. */
static void no_page_is_written_without_its_pictures(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	const struct rendition_maker maker = { make_none, NULL, NULL };
	const struct web_options o = { NULL, 0, &maker };
	size_t count;
	prepare(&p);
	sample_article(s, "tekst", "Tytuł", "feature");
	sample_fill(s, p.picture);
	assert_false(web_write(&s->document, &s->layout, &o, p.folder, &s->world, s->diags, NULL));
	assert_true(diags_failed(s->diags));
	folder_list(s->arena, p.folder, &count);
	assert_int_equal(count, 0);
	sample_close(s);
	clear(&p);
}

static void pictures_lose_what_cameras_note(void **unused)
{
	(void)unused;
	struct buf out;
	buf_init(&out, 1 << 16);
	picture_put_clean(&out, bytes_of(jpeg_with_notes, sizeof jpeg_with_notes), 1);
	struct str clean = buf_str(&out);
	assert_false(sample_has(clean, "GPS!"));
	assert_false(sample_has(clean, "IPTC"));
	assert_false(sample_has(clean, "note"));
	assert_false(sample_has(clean, "film"));
	assert_true(sample_has(clean, "JFIF"));
	assert_true(sample_has(clean, "ICC_PROFILE"));
	assert_true(sample_has(clean, "Adobe"));
	assert_true(str_ends(clean, STR("\x44\xFF\xD9")));
	assert_true(str_find(clean, STR("\xFF\xC4"), 0) < clean.len);
	assert_false(sample_has(clean, "Exif"));
	buf_clear(&out);
	picture_put_clean(&out, bytes_of(jpeg_with_notes, sizeof jpeg_with_notes), 6);
	size_t exif = str_find(buf_str(&out), STR("Exif"), 0);
	assert_true(exif < out.len);
	assert_int_equal(out.ptr[exif + 25], 6);
	assert_false(sample_has(buf_str(&out), "GPS!"));
	buf_release(&out);
}

static void damaged_pictures_stay_as_they_are(void **unused)
{
	(void)unused;
	struct buf out;
	buf_init(&out, 1 << 16);
	for (size_t len = 0; len < sizeof jpeg_with_notes - 6; len++) {
		buf_clear(&out);
		picture_put_clean(&out, bytes_of(jpeg_with_notes, len), 1);
		assert_true(str_equal(buf_str(&out), bytes_of(jpeg_with_notes, len)));
	}
	buf_release(&out);
}

static void png_chunks_of_text_are_dropped(void **unused)
{
	(void)unused;
	static const char png[] = "\x89PNG\r\n\x1A\n"
				  "\0\0\0\1IHDRxCCCC"
				  "\0\0\0\4tEXtsecrCCCC"
				  "\0\0\0\2iCCPprCCCC"
				  "\0\0\0\0IENDCCCC";
	struct buf out;
	buf_init(&out, 1 << 16);
	picture_put_clean(&out, (struct str){ png, sizeof png - 1 }, 1);
	assert_false(sample_has(buf_str(&out), "secr"));
	assert_true(sample_has(buf_str(&out), "iCCP"));
	assert_true(str_ends(buf_str(&out), STR("IENDCCCC")));
	buf_release(&out);
}

static void feed_ids_are_stable(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	sample_article(s, "a", "A & B", "feature");
	sample_paragraph(s, NULL, "Pierwsze zdanie.");
	write_site(s, &p);
	struct str feed = read_page(&p, "feed.xml");
	assert_true(sample_has(feed, "<id>tag:glos.example.org,2026-03-17:2026-1</id>"));
	assert_true(sample_has(feed, "<id>tag:glos.example.org,2026-03-17:2026-1/a</id>"));
	assert_true(sample_has(feed, "<updated>2026-03-17T00:00:00Z</updated>"));
	assert_true(sample_has(feed, "<title>A &amp; B</title>"));
	assert_true(sample_has(feed, "<summary>Pierwsze zdanie.</summary>"));
	sample_close(s);
	clear(&p);
}

static void downloads_tell_their_size(void **unused)
{
	(void)unused;
	struct place_to_write p;
	struct sample *s = sample_new();
	prepare(&p);
	const struct web_download downloads[] = {
		{ EDITION_SCREEN, p.picture, 3249000 },
		{ EDITION_LARGE, "/nie/ma/large.pdf", 1 },
		{ EDITION_LARGE, p.picture, 812345 },
	};
	const struct web_options options = { downloads, 3, NULL };
	assert_true(
		web_write(&s->document, &s->layout, &options, p.folder, &s->world, s->diags, NULL));
	struct str index = read_page(&p, "index.html");
	assert_true(
		sample_has(index, "href=\"2026-1.pdf\">PDF dostępny cyfrowo <span>3,2\u00a0MB"));
	assert_true(
		sample_has(index, "href=\"2026-1-large.pdf\">PDF dużym drukiem <span>813\u00a0kB"));
	assert_int_equal(count_of(index, "application/pdf"), 2);
	assert_true(str_equal(read_page(&p, "2026-1.pdf"),
			      bytes_of(jpeg_with_notes, sizeof jpeg_with_notes)));
	sample_close(s);
	clear(&p);
}

/* Whatever the designer picks, text stands out from its ground. */
static void palettes_are_readable(void **unused)
{
	(void)unused;
	uint64_t state = 5;
	print_message("# seed 5\n");
	for (int round = 0; round < 400; round++) {
		struct colour colours[5] = { 0 };
		for (int i = 0; i < 4; i++)
			for (int k = 0; k < 3; k++)
				colours[i].rgb[k] = (unsigned char)random_next(&state);
		for (int k = 0; k < 3; k++) /* tints are near paper */
			colours[4].rgb[k] = (unsigned char)((colours[3].rgb[k] * 15 + 128) / 16);
		struct layout l = { .text = &colours[0],
				    .accent = &colours[1],
				    .warm = &colours[2],
				    .paper = &colours[3],
				    .tint = &colours[4] };
		struct palette p[2];
		palette_light(&p[0], &l);
		palette_dark(&p[1], &l);
		for (int i = 0; i < 2; i++) {
			const struct colour *c = p[i].shade;
			/* On a mid-grey paper not even black reaches more. */
			if (i == 0 && colour_contrast(&c[SHADE_PAPER], &c[SHADE_TEXT]) < 700)
				continue;
			static const enum shade texts[] = { SHADE_TEXT, SHADE_MUTED, SHADE_ACCENT,
							    SHADE_WARM };
			for (size_t t = 0; t < 4; t++) {
				assert_in_range(colour_contrast(&c[texts[t]], &c[SHADE_PAPER]), 450,
						2100);
				assert_in_range(colour_contrast(&c[texts[t]], &c[SHADE_TINT]), 450,
						2100);
			}
			assert_in_range(colour_contrast(&c[SHADE_PLATE], &c[SHADE_ON_PLATE]), 450,
					2100);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_keep_every_word),
		cmocka_unit_test(pages_are_built_for_those_who_listen),
		cmocka_unit_test(the_record_tells_the_summary),
		cmocka_unit_test(headings_tell_of_long_words),
		cmocka_unit_test(telephones_can_be_dialled),
		cmocka_unit_test(tables_without_room_stack_their_rows),
		cmocka_unit_test(galleries_show_pictures_whole_in_rows),
		cmocka_unit_test(nothing_hostile_gets_out),
		cmocka_unit_test(unchanged_files_are_left_alone),
		cmocka_unit_test(the_layout_says_what_is_read_in),
		cmocka_unit_test(pages_of_articles_that_are_gone_go),
		cmocka_unit_test(a_folder_that_cannot_be_written_is_told),
		cmocka_unit_test(missing_pictures_are_told),
		cmocka_unit_test(no_page_is_written_without_its_pictures),
		cmocka_unit_test(pictures_lose_what_cameras_note),
		cmocka_unit_test(damaged_pictures_stay_as_they_are),
		cmocka_unit_test(png_chunks_of_text_are_dropped),
		cmocka_unit_test(feed_ids_are_stable),
		cmocka_unit_test(downloads_tell_their_size),
		cmocka_unit_test(palettes_are_readable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
