/* What stands above the issues: archive, feed of all, sitemap.
 *
 * All of it is made anew from the issues' records each time one was built, newest
 * issue first; files that would not change are left alone. Each issue's folder is
 * reached by a link, so that the same folder is a part of out/ISSUE/ and of the site.
 * Sitemap: sitemaps.org, protocol 0.9. robots.txt: RFC 9309. */
#include "base/file.h"
#include "base/language.h"
#include "base/url.h"
#include "web/site.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { FEED_MOST = 100, LINK_LONGEST = 4096 };

struct archive {
	struct site site;
	struct document stub; /* the publication as an issue that says nothing else */
	struct str output;
	struct record *records; /* newest first */
	size_t count, capacity;
	struct str *languages; /* of articles, other than the publication's; sorted */
	size_t language_count, language_capacity;
};

/* ---- what there is ---- */

static bool is_newer(const struct record *a, const struct record *b)
{
	int64_t days = date_to_days(a->date) - date_to_days(b->date);
	return days ? days > 0 : str_compare(a->id, b->id) > 0;
}

static void add_record(struct archive *v, struct record r)
{
	PUSH(v->site.arena, v->records, v->count, v->capacity, r);
	for (size_t i = v->count - 1; i > 0 && is_newer(&r, &v->records[i - 1]); i--) {
		v->records[i] = v->records[i - 1];
		v->records[i - 1] = r;
	}
}

static void add_language(struct archive *v, struct str language)
{
	struct str primary = language_primary(language);
	if (!language_is_tag(language) || language_is(v->site.language, primary))
		return;
	for (size_t i = 0; i < v->language_count; i++)
		if (str_equal_nocase(v->languages[i], primary))
			return;
	PUSH(v->site.arena, v->languages, v->language_count, v->language_capacity, primary);
	for (size_t i = v->language_count - 1;
	     i > 0 && str_compare(primary, v->languages[i - 1]) < 0; i--) {
		v->languages[i] = v->languages[i - 1];
		v->languages[i - 1] = primary;
	}
}

static void read_records(struct archive *v)
{
	struct arena *a = v->site.arena;
	size_t count;
	struct str *names = folder_list(a, str_c(a, v->output), &count);
	for (size_t i = 0; i < count; i++) {
		struct record r;
		if (record_read(a, path_join(a, v->output, names[i]), &r))
			add_record(v, r);
	}
	for (size_t i = 0; i < v->count; i++)
		for (size_t k = 0; k < v->records[i].entry_count; k++)
			add_language(v, v->records[i].entries[k].language);
}

/* ---- addresses ---- */

/* "2026-1/" or "2026-1/slug/", from the archive's folder. */
static struct str folder_of(struct archive *v, struct str issue, struct str slug)
{
	struct buf b;
	buf_init(&b, PAGE_CEILING);
	url_put_component(&b, issue);
	buf_put_byte(&b, '/');
	if (slug.len) {
		url_put_component(&b, slug);
		buf_put_byte(&b, '/');
	}
	return site_keep(&v->site, &b);
}

/* The same on the web; empty without a site. */
static struct str address_of(struct archive *v, struct str below)
{
	struct buf b;
	buf_init(&b, PAGE_CEILING);
	site_put_root(&b, &v->stub);
	if (b.len)
		buf_put(&b, below);
	return site_keep(&v->site, &b);
}

static struct str page_name(struct archive *v, struct str language)
{
	return language.len ? str_format(v->site.arena, "index.%.*s.html", STR_ARG(language))
			    : STR("index.html");
}

/* ---- pages ---- */

static struct str language_name(struct str language)
{
	static const struct {
		struct str tag, name;
	} names[] = { { STR_INIT("pl"), STR_INIT("polski") },
		      { STR_INIT("nb"), STR_INIT("norsk bokmål") },
		      { STR_INIT("nn"), STR_INIT("nynorsk") },
		      { STR_INIT("no"), STR_INIT("norsk") },
		      { STR_INIT("uk"), STR_INIT("українська") },
		      { STR_INIT("en"), STR_INIT("English") },
		      { STR_INIT("de"), STR_INIT("Deutsch") } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (language_is(language, names[i].tag))
			return names[i].name;
	return language;
}

/* "nr 1/2026 · 17 marca 2026" */
static void put_when(struct page_writer *p, const struct record *r)
{
	struct buf date;
	buf_init(&date, 256);
	word_put_date(&date, r->date, p->site->language);
	if (r->number.len)
		HTML(&p->out, "$\u00a0$ · ", word(WORD_ISSUE_SHORT, p->site->language), r->number);
	buf_format(&p->out, "<time datetime=\"%04d-%02d-%02d\">", r->date.year, r->date.month,
		   r->date.day);
	HTML(&p->out, "$</time>", buf_str(&date));
	buf_release(&date);
}

static void put_issue(struct archive *v, struct page_writer *p, const struct record *r, bool newest)
{
	struct buf *b = &p->out;
	struct str folder = folder_of(v, r->id, STR(""));
	bool pictured =
		r->cover.len && r->columns && str_find(r->cover, STR("/"), 0) == r->cover.len;
	HTML(b, "<article class=\"card@@\"@>\n", newest && pictured ? STR(" newest") : STR(""),
	     pictured ? STR("") : STR(" bare"), page_language(p, r->language));
	if (pictured) {
		HTML(b, "<img src=\"@img/", folder);
		html_put_url(b, r->cover);
		HTML(b, "\" alt=\"$\"", r->alt);
		buf_format(b, " width=\"%d\" height=\"%d\"%s>\n", r->columns, r->rows,
			   newest ? "" : " loading=\"lazy\" decoding=\"async\"");
	}
	buf_put_c(b, "<div>\n<p class=\"kicker\">");
	put_when(p, r);
	buf_put_c(b, "</p>\n<h2");
	page_put_long_word(p, r->title);
	HTML(b, "><a href=\"@index.html\">$</a></h2>\n", folder, r->title);
	if (r->lead.len)
		HTML(b, "<p>$</p>\n", r->lead);
	buf_put_c(b, "</div>\n</article>\n");
}

static bool speaks(const struct feed_entry *e, struct str language)
{
	return language_is(e->language, language);
}

/* The articles of one issue in a language. */
static void put_articles(struct archive *v, struct page_writer *p, const struct record *r,
			 struct str language)
{
	struct buf *b = &p->out;
	bool any = false;
	for (size_t i = 0; i < r->entry_count && !any; i++)
		any = speaks(&r->entries[i], language);
	if (!any)
		return;
	buf_put_c(b, "<section class=\"section\">\n<div><h2");
	HTML(b, "@><a href=\"@index.html\">$</a></h2>\n<p class=\"when\">",
	     page_language(p, r->language), folder_of(v, r->id, STR("")), r->title);
	put_when(p, r);
	buf_put_c(b, "</p></div>\n<div class=\"cards\">\n");
	for (size_t i = 0; i < r->entry_count; i++) {
		const struct feed_entry *e = &r->entries[i];
		if (!speaks(e, language))
			continue;
		HTML(b,
		     "<article class=\"card bare\"@>\n<div>\n"
		     "<h3><a href=\"@index.html\">$</a></h3>\n",
		     page_language(p, e->language), folder_of(v, r->id, e->slug), e->title);
		if (e->summary.len)
			HTML(b, "<p>$</p>\n", e->summary);
		buf_put_c(b, "</div>\n</article>\n");
	}
	buf_put_c(b, "</div>\n</section>\n");
}

/* The archive in each language but the page's own. */
static void put_languages(struct archive *v, struct page_writer *p, struct str own)
{
	struct buf *b = &p->out;
	if (!v->language_count)
		return;
	HTML(b, "<nav class=\"languages\" aria-label=\"$\">\n<ul>\n",
	     word(WORD_NAVIGATION, p->site->language));
	for (size_t i = 0; i <= v->language_count; i++) {
		struct str page = i ? v->languages[i - 1] : STR("");
		struct str language = i ? page : v->stub.publication->language;
		if (str_equal(page, own))
			continue;
		HTML(b, "<li><a lang=\"$\" hreflang=\"$\" href=\"@\">$</a></li>\n", language,
		     language, page_name(v, page), language_name(language));
	}
	buf_put_c(b, "</ul>\n</nav>\n");
}

/* language: empty for the page of all issues. */
static void write_page(struct archive *v, struct str language)
{
	struct site *s = &v->site;
	struct str own = s->language;
	struct page_writer p = { .site = s, .root = "", .heading = 2 };
	buf_init(&p.out, PAGE_CEILING);
	if (language.len)
		s->language = language;
	struct str title = word(WORD_ARCHIVE, s->language), name = page_name(v, language);
	struct page_facts facts = {
		.kind = PAGE_ARCHIVE,
		.title = str_format(s->arena, "%.*s – %.*s", STR_ARG(title),
				    STR_ARG(s->doc->publication->title)),
		.canonical = address_of(v, language.len ? name : STR("")),
	};
	page_begin(&p, &facts);
	HTML(&p.out, "<main id=\"main\">\n<div class=\"head\"><h1>$</h1></div>\n", title);
	put_languages(v, &p, language);
	if (!language.len)
		buf_put_c(&p.out, "<div class=\"issues cards\">\n");
	for (size_t i = 0; i < v->count; i++) {
		if (language.len)
			put_articles(v, &p, &v->records[i], language);
		else
			put_issue(v, &p, &v->records[i], i == 0);
	}
	buf_put_c(&p.out, language.len ? "</main>\n" : "</div>\n</main>\n");
	page_end(&p, PAGE_ARCHIVE);
	site_write(s, str_c(s->arena, name), buf_str(&p.out));
	buf_release(&p.out);
	s->language = own;
}

/* ---- feed and sitemap ---- */

static void write_feed(struct archive *v)
{
	const struct publication *p = v->stub.publication;
	struct str home = address_of(v, STR(""));
	struct feed_entry whole = { .issue = STR("glos") };
	size_t entries = 0;
	struct buf b;
	buf_init(&b, PAGE_CEILING);
	HTML(&b,
	     "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	     "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"$\">\n<title>$</title>\n",
	     p->language, p->title);
	/* Of no issue: the day does not move when an older issue is added. */
	whole.date = (struct date){ 2026, 1, 1 };
	feed_put_id(&b, p, &whole);
	feed_put_updated(&b, v->count ? v->records[0].date : whole.date);
	HTML(&b, "<author><name>$</name></author>\n", p->publisher.len ? p->publisher : p->title);
	if (home.len)
		HTML(&b, "<link rel=\"self\" type=\"application/atom+xml\" href=\"$feed.xml\"/>\n",
		     home);
	HTML(&b, "<link rel=\"alternate\" type=\"text/html\" href=\"$\"/>\n",
	     home.len ? home : STR("index.html"));
	for (size_t i = 0; i < v->count && entries < FEED_MOST; i++)
		for (size_t k = 0; k < v->records[i].entry_count && entries < FEED_MOST; k++) {
			const struct feed_entry *e = &v->records[i].entries[k];
			struct str folder = folder_of(v, e->issue, e->slug);
			struct str url = address_of(v, folder);
			if (!url.len)
				url = str_join(v->site.arena, folder, STR("index.html"));
			feed_put_entry(&b, p, e, url);
			entries++;
		}
	buf_put_c(&b, "</feed>\n");
	site_write(&v->site, "feed.xml", buf_str(&b));
	buf_release(&b);
}

static void put_url(struct archive *v, struct buf *b, struct str below, const struct record *r)
{
	HTML(b, "<url><loc>$</loc>", address_of(v, below));
	if (r)
		buf_format(b, "<lastmod>%04d-%02d-%02d</lastmod>", r->date.year, r->date.month,
			   r->date.day);
	buf_put_c(b, "</url>\n");
}

static void tell(struct archive *v, const char *path)
{
	diag_report(v->site.diags, DIAG_FILE_WRITE, (struct place){ 0 }, "%s: %s", path,
		    strerror(errno));
	v->site.failed = true;
}

static void write_sitemap(struct archive *v)
{
	struct buf b;
	buf_init(&b, PAGE_CEILING);
	buf_put_c(&b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	put_url(v, &b, STR(""), v->count ? &v->records[0] : NULL);
	for (size_t i = 0; i < v->language_count; i++)
		put_url(v, &b, page_name(v, v->languages[i]), NULL);
	for (size_t i = 0; i < v->count; i++) {
		const struct record *r = &v->records[i];
		put_url(v, &b, folder_of(v, r->id, STR("")), r);
		for (size_t k = 0; k < r->entry_count; k++)
			put_url(v, &b, folder_of(v, r->id, r->entries[k].slug), r);
	}
	buf_put_c(&b, "</urlset>\n");
	site_write(&v->site, "sitemap.xml", buf_str(&b));
	buf_clear(&b);
	buf_put_c(&b, "User-agent: *\nAllow: /\nSitemap: ");
	buf_put(&b, address_of(v, STR("sitemap.xml")));
	buf_put_byte(&b, '\n');
	site_write(&v->site, "robots.txt", buf_str(&b));
	buf_release(&b);
}

/* Of a site that was known once. */
static void remove_sitemap(struct archive *v)
{
	static const struct str names[] = { STR_INIT("sitemap.xml"), STR_INIT("robots.txt") };
	for (size_t i = 0; i < 2; i++) {
		const char *path = path_join(v->site.arena, v->site.folder, names[i]);
		if (unlink(path) != 0 && errno != ENOENT)
			tell(v, path);
	}
}

/* ---- links to the issues ---- */

/* Where a link of ours leads: "../ISSUE/web". */
static struct str target_of(struct archive *v, struct str issue)
{
	return str_format(v->site.arena, "../%.*s/web", STR_ARG(issue));
}

static bool is_link_to(const char *path, struct str target)
{
	char now[LINK_LONGEST];
	ssize_t len = readlink(path, now, sizeof now);
	return len >= 0 && str_equal((struct str){ now, (size_t)len }, target);
}

static void link_issues(struct archive *v)
{
	struct arena *a = v->site.arena;
	for (size_t i = 0; i < v->count; i++) {
		struct str id = v->records[i].id, target = target_of(v, id);
		const char *path = path_join(a, v->site.folder, id);
		if (is_link_to(path, target))
			continue;
		if (symlink(str_c(a, target), path) != 0)
			tell(v, path);
	}
}

static bool is_current(const struct archive *v, struct str name)
{
	for (size_t i = 0; i < v->count; i++)
		if (str_equal(v->records[i].id, name))
			return true;
	for (size_t i = 0; i < v->language_count; i++)
		if (str_starts(name, STR("index.")) && str_ends(name, STR(".html")) &&
		    str_equal(str_sub(name, 6, name.len - 11), v->languages[i]))
			return true;
	return false;
}

/* Links of issues that are gone, and pages of languages that nobody writes in now. */
static void remove_stale(struct archive *v)
{
	struct arena *a = v->site.arena;
	size_t count;
	struct str *names = folder_list(a, str_c(a, v->site.folder), &count);
	for (size_t i = 0; i < count; i++) {
		struct str name = names[i];
		const char *path = path_join(a, v->site.folder, name);
		if (is_current(v, name))
			continue;
		bool page = str_starts(name, STR("index.")) && str_ends(name, STR(".html")) &&
			    name.len > 11 && site_is_ours(&v->site, path);
		if ((page || is_link_to(path, target_of(v, name))) && unlink(path) != 0)
			tell(v, path);
	}
}

bool web_write_archive(const struct publication *p, const struct layout *l, const char *output,
		       const struct world *w, struct diags *d, uint64_t *written)
{
	static const struct web_options none = { 0 };
	struct arena *a = arena_open();
	struct archive v = { .stub = { .publication = p }, .output = str_from(output) };
	(void)w; /* nothing here depends on when it is made */
	v.site = (struct site){ .arena = a,
				.doc = &v.stub,
				.layout = l,
				.options = &none,
				.folder = str_from(path_join(a, v.output, STR("web"))),
				.diags = d,
				.language = p->language,
				.above = true,
				.threads = 1 };
	read_records(&v);
	write_page(&v, STR(""));
	for (size_t i = 0; i < v.language_count; i++)
		write_page(&v, v.languages[i]);
	write_feed(&v);
	if (site_is_known(&v.stub))
		write_sitemap(&v);
	else
		remove_sitemap(&v);
	site_write_style(&v.site);
	if (!v.site.failed) {
		link_issues(&v);
		remove_stale(&v);
	}
	if (written)
		*written = v.site.bytes;
	bool ok = !v.site.failed;
	arena_close(a);
	return ok;
}
