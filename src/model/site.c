#include "model/site.h"

#include "base/hash.h"
#include "base/url.h"

bool site_is_known(const struct document *d)
{
	struct str site = d->publication->site;
	return url_allowed(site) &&
	       (str_starts(site, STR("http")) || str_starts(site, STR("HTTP")));
}

void site_put_root(struct buf *b, const struct document *d)
{
	if (!site_is_known(d))
		return;
	url_put(b, d->publication->site);
	if (!str_ends(d->publication->site, STR("/")))
		buf_put_byte(b, '/');
}

void site_put_issue(struct buf *b, const struct document *d)
{
	if (!site_is_known(d))
		return;
	site_put_root(b, d);
	url_put_component(b, d->id);
	buf_put_byte(b, '/');
}

void site_put_article(struct buf *b, const struct document *d, const struct article *a)
{
	if (!site_is_known(d))
		return;
	site_put_issue(b, d);
	url_put_component(b, a->slug);
	buf_put_byte(b, '/');
}

void site_put_picture(struct buf *b, const struct document *d, const struct picture *p)
{
	if (!site_is_known(d))
		return;
	site_put_issue(b, d);
	buf_put_c(b, "img/");
	picture_put_name(b, p);
}

/* Stands in where nobody hashed the content: a changed picture nearly always
 * changes its size. */
static uint64_t hash_of_facts(const struct picture *p)
{
	struct buf facts;
	buf_init(&facts, 64 * 1024);
	buf_put(&facts, p->src);
	buf_format(&facts, "|%llu|%dx%d", (unsigned long long)p->bytes, p->columns, p->rows);
	uint64_t hash = hash_of(buf_str(&facts));
	buf_release(&facts);
	return hash;
}

/* "images/Świt nad.jpg" -> "Świt nad" */
static struct str stem_of(struct str src)
{
	size_t start = src.len, end = src.len;
	while (start > 0 && src.ptr[start - 1] != '/')
		start--;
	for (size_t i = start + 1; i < src.len; i++)
		if (src.ptr[i] == '.')
			end = i;
	return str_sub(src, start, end - start);
}

static void put_stem(struct buf *b, const struct picture *p)
{
	enum { LONGEST_STEM = 40 };
	struct str stem = stem_of(p->src);
	size_t written = 0;
	bool gap = false; /* what cannot stand in the name, until a letter follows */
	for (size_t i = 0; i < stem.len && written < LONGEST_STEM; i++) {
		char c = stem.ptr[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
			gap = true;
			continue;
		}
		if (gap && written)
			buf_put_byte(b, '-');
		gap = false;
		buf_put_byte(b, c);
		written++;
	}
	if (written)
		buf_put_byte(b, '-');
}

void picture_put_name_of(struct buf *b, const struct picture *p, struct str rendition)
{
	enum { MAKER = 1 }; /* counts up when files would be made otherwise */
	uint64_t hash = p->hash ? p->hash : hash_of_facts(p);
	hash = (hash + MAKER) * UINT64_C(0x9E3779B97F4A7C15);
	put_stem(b, p);
	buf_format(b, "%08x", (unsigned)(hash ^ hash >> 32));
	if (rendition.len)
		buf_put_byte(b, '-');
	buf_put(b, rendition);
	buf_put_c(b, picture_is_drawing(p) ? ".png" : ".jpg");
}

void picture_put_name(struct buf *b, const struct picture *p)
{
	picture_put_name_of(b, p, STR(""));
}
