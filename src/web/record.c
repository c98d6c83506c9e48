/* issue.txt: what the archive tells of an issue, beside its pages.
 *
 * Issues are built one at a time, and an old one perhaps never again; the archive, the
 * feed of all and the sitemap are made of what each said when it was written. A line
 * is a word and, behind a space, its value; "article" begins what follows of one.
 * Who puts it on a server publishes nothing that the pages do not say. */
#include "base/file.h"
#include "base/language.h"
#include "base/utf8.h"
#include "web/site.h"

enum { LONGEST_RECORD = 4 * 1024 * 1024, LEAST_YEAR = 1000, MOST_ROWS = 100000 };

static const struct str first_line = STR_INIT("glos-issue 1");

/* On one line, whatever it is. */
static void put_line(struct buf *b, const char *word, struct str value)
{
	if (!value.len)
		return;
	buf_put_c(b, word);
	buf_put_byte(b, ' ');
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		bool c1 = c == 0xC2 && i + 1 < value.len &&
			  (unsigned char)value.ptr[i + 1] < 0xA0; /* U+0080 to U+009F */
		buf_put_byte(b, c < ' ' || c == 0x7F || c1 ? ' ' : value.ptr[i]);
		i += c1;
	}
	buf_put_byte(b, '\n');
}

static void put_cover(struct site *s, struct buf *b)
{
	const struct picture *cover = s->doc->cover.image;
	int columns, rows;
	if (!cover || !cover->path.len)
		return;
	struct buf name;
	buf_init(&name, 4096);
	picture_put_narrowest(&name, s, cover, &columns, &rows);
	buf_format(b, "size %d %d\n", columns, rows);
	put_line(b, "cover", buf_str(&name));
	put_line(b, "alt", cover->decorative ? STR("") : cover->alt);
	buf_release(&name);
}

static void put_article(struct site *s, struct buf *b, const struct article *a)
{
	struct feed_entry e = feed_entry_of(s, a);
	put_line(b, "article", e.slug);
	put_line(b, "language", e.language);
	put_line(b, "title", e.title);
	put_line(b, "author", e.author);
	put_line(b, "section", e.section);
	put_line(b, "summary", e.summary);
}

void site_write_record(struct site *s)
{
	const struct document *d = s->doc;
	struct buf b;
	buf_init(&b, LONGEST_RECORD);
	buf_put(&b, first_line);
	buf_format(&b, "\ndate %04d-%02d-%02d\n", d->date.year, d->date.month, d->date.day);
	put_line(&b, "number", d->number);
	put_line(&b, "language", s->language);
	put_line(&b, "title", d->title);
	put_line(&b, "lead", d->summary);
	put_cover(s, &b);
	for (size_t i = 0; i < s->article_count; i++)
		put_article(s, &b, s->articles[i]);
	site_write(s, "issue.txt", buf_str(&b));
	buf_release(&b);
}

static void read_size(struct record *r, struct str value)
{
	struct str columns = { 0 };
	int64_t c, n;
	if (str_cut(&value, ' ', &columns) && str_to_int(columns, &c) && str_to_int(value, &n) &&
	    c > 0 && c < MOST_ROWS && n > 0 && n < MOST_ROWS) {
		r->columns = (int)c;
		r->rows = (int)n;
	}
}

/* Where the value of a word goes; NULL: nowhere. */
static struct str *field(struct record *r, struct feed_entry *e, struct str word)
{
	const struct {
		const char *word;
		struct str *of_issue, *of_article;
	} fields[] = {
		{ "number", &r->number, NULL },
		{ "lead", &r->lead, NULL },
		{ "cover", &r->cover, NULL },
		{ "alt", &r->alt, NULL },
		{ "title", &r->title, e ? &e->title : NULL },
		{ "language", &r->language, e ? &e->language : NULL },
		{ "author", NULL, e ? &e->author : NULL },
		{ "section", NULL, e ? &e->section : NULL },
		{ "summary", NULL, e ? &e->summary : NULL },
	};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (str_equal(word, str_from(fields[i].word)))
			return e ? fields[i].of_article : fields[i].of_issue;
	return NULL;
}

static struct str name_of_folder(struct str folder)
{
	size_t start = folder.len;
	while (start > 0 && folder.ptr[start - 1] != '/')
		start--;
	return str_sub(folder, start, folder.len);
}

/* What is no language is the issue's, or not known. */
static void tidy_languages(struct record *r)
{
	if (!language_is_tag(r->language))
		r->language = STR("");
	for (size_t i = 0; i < r->entry_count; i++)
		if (!language_is_tag(r->entries[i].language))
			r->entries[i].language = r->language;
}

bool record_read(struct arena *a, const char *folder, struct record *r)
{
	struct str bytes, line, word;
	const char *path = path_join(a, str_from(folder), STR("web/issue.txt"));
	*r = (struct record){ .id = str_copy(a, name_of_folder(str_from(folder))) };
	if (!file_exists(path) ||
	    !file_read(a, path, LONGEST_RECORD, diags_new(a), (struct place){ 0 }, &bytes) ||
	    utf8_invalid_at(bytes) < bytes.len || !str_cut(&bytes, '\n', &line) ||
	    !str_equal(line, first_line))
		return false;
	struct feed_entry *e = NULL;
	while (str_cut(&bytes, '\n', &line)) {
		if (!str_cut(&line, ' ', &word))
			continue;
		struct str *to = field(r, e, word);
		if (to)
			*to = line;
		else if (str_equal(word, STR("date")) && !e)
			(void)date_parse(line, &r->date);
		else if (str_equal(word, STR("size")))
			read_size(r, line);
		else if (str_equal(word, STR("article"))) {
			struct feed_entry new = { .issue = r->id, .slug = line, .date = r->date };
			PUSH(a, r->entries, r->entry_count, r->entry_capacity, new);
			e = &r->entries[r->entry_count - 1];
		}
	}
	tidy_languages(r);
	return r->date.year >= LEAST_YEAR && r->title.len;
}
