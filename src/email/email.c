/* The door: a message from its parts, and whether it is too large. */
#include "email/email.h"

#include "email/mail.h"
#include "model/mailbox.h"

#include <stdlib.h>
#include <string.h>

enum {
	LARGE = 80 * 1024,
	TOO_LARGE = 100 * 1024,
	NAMED = 3, /* heaviest articles in the report */
};

/* ---- regions ---- */

struct regions {
	struct arena *arena;
	struct str *names;
	size_t count, capacity;
};

static void regions_add(struct regions *r, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool known = false;
		for (size_t k = 0; k < r->count; k++)
			known = known || str_equal(r->names[k], names[i]);
		if (!known)
			PUSH(r->arena, r->names, r->count, r->capacity, names[i]);
	}
}

static void regions_of_nodes(struct regions *r, const struct node *n)
{
	for (; n; n = n->next) {
		if (n->kind == NODE_ONLY && (n->only.editions & EDITION_EMAIL))
			regions_add(r, n->only.regions, n->only.region_count);
		regions_of_nodes(r, n->first);
	}
}

static int compare_regions(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* Regions of a message: of the articles it carries. */
static struct regions regions_of(struct arena *a, const struct document *doc,
				 const struct translation *t)
{
	struct regions r = { .arena = a };
	for (size_t i = 0; i < doc->entry_count; i++) {
		const struct article *article = doc->entries[i].article;
		if (!article || !(article->editions & EDITION_EMAIL) ||
		    !translation_has(t, article))
			continue;
		regions_add(&r, article->regions, article->region_count);
		regions_of_nodes(&r, article->first);
	}
	if (doc->imprint && translation_has(t, doc->imprint))
		regions_of_nodes(&r, doc->imprint->first);
	if (r.count)
		qsort(r.names, r.count, sizeof *r.names, compare_regions);
	return r;
}

struct segment *email_segments(struct arena *a, const struct document *doc, size_t *count)
{
	struct segment *segments = NULL;
	size_t capacity = 0;
	*count = 0;
	for (size_t t = 0; t <= doc->translation_count; t++) {
		const struct translation *translation = t ? &doc->translations[t - 1] : NULL;
		struct regions r = regions_of(a, doc, translation);
		struct segment s = { translation ? translation->language
						 : doc->publication->language,
				     STR("") };
		for (size_t i = 0; i <= r.count; i++) {
			PUSH(a, segments, *count, capacity, s);
			if (i < r.count)
				s.region = r.names[i];
		}
	}
	return segments;
}

/* ---- size ---- */

static int heavier(const void *a, const void *b)
{
	const struct weight *x = a, *y = b;
	return x->encoded < y->encoded ? 1 : x->encoded > y->encoded ? -1 : 0;
}

/* Gmail counts the encoded HTML part; what lies beyond is cut off, and with it
 * the way out. The report names what would help most. */
static void check_size(struct mail *m)
{
	struct buf encoded;
	buf_init(&encoded, 4 * (size_t)MAIL_CEILING);
	quoted_printable_put(&encoded, buf_str(&m->html));
	size_t whole = encoded.len;
	bool overflowed = m->html.overflowed || m->text.overflowed || encoded.overflowed;
	for (size_t i = 0; i < m->weight_count && whole > LARGE; i++) {
		struct weight *w = &m->weights[i];
		buf_clear(&encoded);
		quoted_printable_put(&encoded,
				     str_sub(buf_str(&m->html), w->start, w->end - w->start));
		w->encoded = encoded.len;
	}
	buf_release(&encoded);
	if (whole <= LARGE && !overflowed)
		return;
	if (m->weight_count)
		qsort(m->weights, m->weight_count, sizeof *m->weights, heavier);
	struct buf heaviest;
	buf_init(&heaviest, 4096);
	for (size_t i = 0; i < m->weight_count && i < NAMED; i++)
		buf_format(&heaviest, "%s%.*s %zu KB", i ? ", " : "",
			   STR_ARG(m->weights[i].article->file),
			   (m->weights[i].encoded + 1023) / 1024);
	diag_report(m->diags,
		    whole > TOO_LARGE || overflowed ? DIAG_MESSAGE_TOO_LARGE : DIAG_MESSAGE_LARGE,
		    m->doc->place, "%zu KB; the heaviest articles: %s", (whole + 1023) / 1024,
		    heaviest.ptr ? heaviest.ptr : "none");
	buf_release(&heaviest);
}

/* ---- message ---- */

static const struct translation *translation_of(const struct document *d, struct str language)
{
	for (size_t i = 0; i < d->translation_count; i++)
		if (str_equal(d->translations[i].language, language))
			return &d->translations[i];
	return NULL;
}

/* What the issue is called in the message's language. */
static void name_issue(struct mail *m)
{
	const struct document *d = m->doc;
	const struct translation *t = m->translation;
	m->at = t ? &t->at : &d->at;
	m->title = t ? t->title : d->title;
	m->subject = t ? t->subject : d->subject;
	m->lead = t ? t->lead : d->lead;
	m->preheader = t ? t->preheader : d->preheader;
	m->cover = t ? t->cover : d->cover.image;
	if (!m->preheader.len)
		m->preheader = m->lead;
}

static void prepare(struct mail *m)
{
	const struct mail_settings *s = &m->doc->publication->mail;
	name_issue(m);
	m->reported = map_new(m->arena);
	m->site = site_is_known(m->doc);
	m->reply_to = mailbox_of(s->reply_to.len ? s->reply_to : s->from).address;
	m->domain = mailbox_domain(mailbox_of(s->from).address);
	if (!m->domain.len) /* drafts of publications that cannot send yet; RFC 2606 */
		m->domain = STR("localhost.invalid");
	struct buf url;
	buf_init(&url, MAIL_CEILING);
	site_put_issue(&url, m->doc);
	m->issue_url = str_copy(m->arena, buf_str(&url));
	buf_release(&url);
	buf_init(&m->html, MAIL_CEILING);
	buf_init(&m->text, MAIL_CEILING);
	dress_make(m);
}

struct message *email_compose(struct arena *a, const struct document *doc, const struct layout *l,
			      const struct segment *segment, const struct rendition_maker *inside,
			      const struct world *w, struct diags *d)
{
	struct mail m = { .arena = a,
			  .maker = inside,
			  .doc = doc,
			  .layout = l,
			  .region = segment->region,
			  .language = segment->language,
			  .translation = translation_of(doc, segment->language),
			  .world = w,
			  .diags = d };
	struct message *message = NEW(a, struct message);
	prepare(&m);
	html_message(&m);
	text_message(&m);
	message->issue = doc->id;
	message->language = m.language;
	message->region = m.region;
	message->subject = m.subject;
	message->preheader = m.preheader;
	message->domain = m.domain;
	message->html = mail_unmarked(&m, buf_str(&m.html));
	message->text = mail_unmarked(&m, buf_str(&m.text));
	inline_settle(&m);
	mime_make(&m, message);
	check_size(&m);
	buf_release(&m.html);
	buf_release(&m.text);
	return message;
}
