/* The Atom feed (RFC 4287): an entry for each article. Ids are tag: URIs (RFC
 * 4151) of the site's host and the issue's date, so that they stay the same when
 * pages move. Dates are the issue's: building again announces nothing. */
#include "web/site.h"

#include "model/mailbox.h"
#include "model/teaser.h"

/* The authority of the ids: the site's host, or the sender's domain. */
static struct str authority(const struct document *d)
{
	struct str site = d->publication->site;
	size_t start = str_find(site, STR("://"), 0);
	struct str host = str_sub(site, start + 3, site.len);
	if (!host.len)
		host = mailbox_domain(mailbox_of(d->publication->mail.from).address);
	size_t end = 0;
	while (end < host.len && host.ptr[end] != '/' && host.ptr[end] != ':')
		end++;
	/* RFC 2606: of a publication that has neither. */
	return end ? str_sub(host, 0, end) : STR("glos.invalid");
}

static void put_id(struct site *s, struct buf *b, struct str slug)
{
	struct date date = s->doc->date;
	buf_put_c(b, "<id>tag:");
	html_put(b, authority(s->doc));
	buf_format(b, ",%04d-%02d-%02d:", date.year, date.month, date.day);
	html_put_url(b, s->doc->id);
	buf_put_c(b, slug.len ? "/" : "");
	html_put_url(b, slug);
	buf_put_c(b, "</id>\n");
}

static void put_updated(struct site *s, struct buf *b)
{
	buf_put_c(b, "<updated>");
	time_put_rfc3339(b, 86400 * date_to_days(s->doc->date));
	buf_put_c(b, "</updated>\n");
}

static void put_entry(struct site *s, struct buf *b, const struct article *a)
{
	struct buf url, words;
	buf_init(&url, PAGE_CEILING);
	buf_init(&words, PAGE_CEILING);
	site_put_article(&url, s->doc, a);
	if (!url.len)
		buf_format(&url, "%.*s/index.html", STR_ARG(a->slug));
	teaser_put(&words, a, EDITION_WEB, STR(""));
	HTML(b, "<entry xml:lang=\"$\">\n<title>$</title>\n", a->language,
	     a->title.len ? a->title : a->slug);
	put_id(s, b, a->slug);
	put_updated(s, b);
	HTML(b, "<link rel=\"alternate\" type=\"text/html\" href=\"$\"/>\n", buf_str(&url));
	if (a->author.len)
		HTML(b, "<author><name>$</name></author>\n", a->author);
	if (a->section.len)
		HTML(b, "<category term=\"$\"/>\n", a->section);
	if (words.len)
		HTML(b, "<summary>$</summary>\n", buf_str(&words));
	buf_put_c(b, "</entry>\n");
	buf_release(&url);
	buf_release(&words);
}

void site_write_feed(struct site *s)
{
	const struct document *d = s->doc;
	struct buf b, url;
	buf_init(&b, PAGE_CEILING);
	buf_init(&url, PAGE_CEILING);
	site_put_issue(&url, d);
	HTML(&b,
	     "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	     "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"$\">\n"
	     "<title>$ $</title>\n<subtitle>$</subtitle>\n",
	     s->language, d->publication->title, d->number, d->title);
	put_id(s, &b, STR(""));
	put_updated(s, &b);
	HTML(&b, "<author><name>$</name></author>\n", d->publication->publisher);
	if (url.len)
		HTML(&b, "<link rel=\"self\" type=\"application/atom+xml\" href=\"$feed.xml\"/>\n",
		     buf_str(&url));
	HTML(&b, "<link rel=\"alternate\" type=\"text/html\" href=\"$\"/>\n",
	     url.len ? buf_str(&url) : STR("index.html"));
	for (size_t i = 0; i < s->article_count; i++)
		put_entry(s, &b, s->articles[i]);
	buf_put_c(&b, "</feed>\n");
	site_write(s, "feed.xml", buf_str(&b));
	buf_release(&b);
	buf_release(&url);
}
