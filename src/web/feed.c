/* The Atom feed (RFC 4287): an entry for each article. Ids are tag: URIs (RFC
 * 4151) of the site's host and the issue's date, so that they stay the same when
 * pages move. Dates are the issue's: building again announces nothing. */
#include "base/url.h"
#include "web/site.h"

#include "model/mailbox.h"
#include "model/teaser.h"

/* The authority of the ids: the site's host, or the sender's domain. */
static struct str authority(const struct publication *p)
{
	struct str site = p->site;
	size_t start = str_find(site, STR("://"), 0);
	struct str host = str_sub(site, start + 3, site.len);
	if (!host.len)
		host = mailbox_domain(mailbox_of(p->mail.from).address);
	size_t end = 0;
	while (end < host.len && host.ptr[end] != '/' && host.ptr[end] != ':')
		end++;
	/* RFC 2606: of a publication that has neither. */
	return end ? str_sub(host, 0, end) : STR("glos.invalid");
}

void feed_put_id(struct buf *b, const struct publication *p, const struct feed_entry *e)
{
	buf_put_c(b, "<id>tag:");
	html_put(b, authority(p));
	buf_format(b, ",%04d-%02d-%02d:", e->date.year, e->date.month, e->date.day);
	/* Encoded, nothing is left that XML would read. */
	url_put_component(b, e->issue);
	buf_put_c(b, e->slug.len ? "/" : "");
	url_put_component(b, e->slug);
	buf_put_c(b, "</id>\n");
}

void feed_put_updated(struct buf *b, struct date date)
{
	buf_put_c(b, "<updated>");
	time_put_rfc3339(b, 86400 * date_to_days(date));
	buf_put_c(b, "</updated>\n");
}

struct feed_entry feed_entry_of(struct site *s, const struct article *a)
{
	struct buf words;
	buf_init(&words, PAGE_CEILING);
	teaser_put(&words, a, EDITION_WEB, STR(""));
	return (struct feed_entry){ .issue = s->doc->id,
				    .slug = a->slug,
				    .date = s->doc->date,
				    .language = a->language,
				    .title = a->title.len ? a->title : a->slug,
				    .author = a->author,
				    .section = a->section,
				    .summary = site_keep(s, &words) };
}

void feed_put_entry(struct buf *b, const struct publication *p, const struct feed_entry *e,
		    struct str url)
{
	HTML(b, "<entry xml:lang=\"$\">\n<title>$</title>\n", e->language, e->title);
	feed_put_id(b, p, e);
	feed_put_updated(b, e->date);
	HTML(b, "<link rel=\"alternate\" type=\"text/html\" href=\"$\"/>\n", url);
	if (e->author.len)
		HTML(b, "<author><name>$</name></author>\n", e->author);
	if (e->section.len)
		HTML(b, "<category term=\"$\"/>\n", e->section);
	if (e->summary.len)
		HTML(b, "<summary>$</summary>\n", e->summary);
	buf_put_c(b, "</entry>\n");
}

static void put_article(struct site *s, struct buf *b, const struct article *a)
{
	struct feed_entry e = feed_entry_of(s, a);
	struct buf url;
	buf_init(&url, PAGE_CEILING);
	site_put_article(&url, s->doc, a);
	if (!url.len)
		buf_format(&url, "%.*s/index.html", STR_ARG(a->slug));
	feed_put_entry(b, s->doc->publication, &e, buf_str(&url));
	buf_release(&url);
}

void site_write_feed(struct site *s)
{
	const struct document *d = s->doc;
	const struct feed_entry whole = { .issue = d->id, .date = d->date };
	struct buf b, url;
	buf_init(&b, PAGE_CEILING);
	buf_init(&url, PAGE_CEILING);
	site_put_issue(&url, d);
	HTML(&b,
	     "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	     "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"$\">\n"
	     "<title>$ $</title>\n<subtitle>$</subtitle>\n",
	     s->language, d->publication->title, d->number, d->title);
	feed_put_id(&b, d->publication, &whole);
	feed_put_updated(&b, d->date);
	HTML(&b, "<author><name>$</name></author>\n", d->publication->publisher);
	if (url.len)
		HTML(&b, "<link rel=\"self\" type=\"application/atom+xml\" href=\"$feed.xml\"/>\n",
		     buf_str(&url));
	HTML(&b, "<link rel=\"alternate\" type=\"text/html\" href=\"$\"/>\n",
	     url.len ? buf_str(&url) : STR("index.html"));
	for (size_t i = 0; i < s->article_count; i++)
		put_article(s, &b, s->articles[i]);
	buf_put_c(&b, "</feed>\n");
	site_write(s, "feed.xml", buf_str(&b));
	buf_release(&b);
	buf_release(&url);
}
