/* The fields of the list are signed as often as they stand in the message and once more
 * ("oversigned"): adding a second From or List-Unsubscribe on the way breaks the signature.
 * RFC 8058 asks that the last two be signed.
 *
 * The order of names is ours to choose (RFC 6376, 3.5): those that are the same in all messages
 * of a form come first, so that their hash is there before the first message is. Nothing is
 * believed of a message: its header is compared with the form's, and only then signed as such. */
#include "delivery/dkim_header.h"

#include "base/arena.h"

enum { FIELDS_MOST = 256 /* of a header */, TEXT_BYTES = 64 << 20 };

static const char *const signed_fields[] = {
	"From",
	"To",
	"Cc",
	"Subject",
	"Date",
	"Reply-To",
	"Sender",
	"Message-ID",
	"MIME-Version",
	"Content-Type",
	"Content-Transfer-Encoding",
	"In-Reply-To",
	"References",
	"List-Id",
	"List-Unsubscribe",
	"List-Unsubscribe-Post",
};
enum { SIGNED_FIELDS = sizeof signed_fields / sizeof *signed_fields };

/* ---- the fields ---- */

/* Of a header that is made ready. */
struct field {
	struct str text; /* without the CRLF at the end */
	size_t from, to; /* in the header; to is behind the CRLF */
	bool open;
};

struct fields {
	struct field at[FIELDS_MOST];
	size_t count;
};

static bool has_hole(const struct field *f, const struct stretch *holes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (holes[i].from < f->to && holes[i].to > f->from)
			return true;
	return false;
}

/* False when there are more than anybody writes. */
static bool find_fields(struct fields *all, struct str text, const struct stretch *holes,
			size_t hole_count)
{
	all->count = 0;
	for (size_t at = 0; at < text.len;) {
		size_t end = dkim_field_end(text, at);
		if (all->count == FIELDS_MOST)
			return false;
		struct field *f = &all->at[all->count++];
		*f = (struct field){ .text = str_sub(text, at, end - 2 - at),
				     .from = at,
				     .to = end < text.len ? end : text.len };
		f->open = has_hole(f, holes, hole_count);
		at = end;
	}
	return true;
}

static bool is_named(const struct field *f, struct str name)
{
	return f->text.len > name.len && f->text.ptr[name.len] == ':' &&
	       str_equal_nocase(str_sub(f->text, 0, name.len), name);
}

/* Whether a field of that name is open. Then all of them are: they are signed together. */
static bool open_name(struct fields *all, struct str name)
{
	bool open = false;
	for (size_t i = 0; i < all->count; i++)
		open = open || (all->at[i].open && is_named(&all->at[i], name));
	for (size_t i = 0; i < all->count && open; i++)
		all->at[i].open = all->at[i].open || is_named(&all->at[i], name);
	return open;
}

/* ---- what is signed ---- */

/* While a header is made ready. */
struct maker {
	struct arena *arena;
	struct dkim_header *header;
	struct fields fields;
	size_t open_capacity, order_capacity;
	size_t number[FIELDS_MOST]; /* of an open field, among those */
	struct buf fixed, list;
};

/* False when an open field has no name to know it by. */
static bool put_open_fields(struct maker *m, struct str text)
{
	struct dkim_header *h = m->header;
	size_t done = 0;
	for (size_t i = 0; i < m->fields.count; i++) {
		const struct field *f = &m->fields.at[i];
		size_t colon = str_find(f->text, STR(":"), 0);
		if (!f->open)
			continue;
		if (colon == f->text.len)
			return false;
		m->number[i] = h->open_count;
		PUSH(m->arena, h->open, h->open_count, m->open_capacity,
		     ((struct open_field){ .before = str_sub(text, done, f->from - done),
					   .name = str_sub(f->text, 0, colon + 1) }));
		done = f->to;
	}
	h->end = str_sub(text, done, text.len);
	return true;
}

/* The fields of one name, from the last to the first, and its name in the list once for each
 * and once more. */
static void sign_name(struct maker *m, struct str name)
{
	struct dkim_header *h = m->header;
	buf_put_c(&m->list, m->list.len ? ":" : "");
	buf_put(&m->list, name);
	for (size_t i = m->fields.count; i-- > 0;) {
		const struct field *f = &m->fields.at[i];
		if (!is_named(f, name))
			continue;
		buf_put_byte(&m->list, ':');
		buf_put(&m->list, name);
		if (f->open) {
			PUSH(m->arena, h->order, h->order_count, m->order_capacity, m->number[i]);
			continue;
		}
		dkim_relax_field(&m->fixed, f->text);
		buf_put_c(&m->fixed, "\r\n");
	}
}

/* Names folded at 70 columns: "\th=From:From:To:To:…". */
static void put_folded_list(struct buf *out, struct str list)
{
	enum { COLUMNS = 70 };
	struct str name;
	size_t column = 0;
	while (str_cut(&list, ':', &name)) {
		if (column + name.len > COLUMNS) {
			buf_put_c(out, "\r\n\t ");
			column = 0;
		}
		buf_put(out, name);
		column += name.len + 1;
		if (list.ptr)
			buf_put_byte(out, ':');
	}
}

static void put_named(struct maker *m)
{
	struct buf text, relaxed;
	buf_init(&text, TEXT_BYTES);
	buf_init(&relaxed, TEXT_BYTES);
	buf_put_c(&text, ";\r\n\th=");
	put_folded_list(&text, buf_str(&m->list));
	buf_put_c(&text, ";\r\n\tbh=");
	dkim_relax_value(&relaxed, buf_str(&text));
	m->header->named = str_copy(m->arena, buf_str(&text));
	m->header->named_relaxed = str_copy(m->arena, buf_str(&relaxed));
	buf_release(&text);
	buf_release(&relaxed);
}

static bool make(struct maker *m, struct str text, const struct stretch *holes, size_t hole_count)
{
	bool open[SIGNED_FIELDS];
	if (!find_fields(&m->fields, text, holes, hole_count))
		return false;
	for (size_t i = 0; i < SIGNED_FIELDS; i++)
		open[i] = open_name(&m->fields, str_from(signed_fields[i]));
	if (!put_open_fields(m, text))
		return false;
	for (size_t i = 0; i < SIGNED_FIELDS; i++)
		if (!open[i])
			sign_name(m, str_from(signed_fields[i]));
	for (size_t i = 0; i < SIGNED_FIELDS; i++)
		if (open[i])
			sign_name(m, str_from(signed_fields[i]));
	m->header->fixed = str_copy(m->arena, buf_str(&m->fixed));
	put_named(m);
	return !m->fixed.overflowed && !m->list.overflowed;
}

struct dkim_header *dkim_header_make(struct arena *a, struct str text, const struct stretch *holes,
				     size_t hole_count)
{
	struct maker m = { .arena = a, .header = NEW(a, struct dkim_header) };
	buf_init(&m.fixed, TEXT_BYTES);
	buf_init(&m.list, TEXT_BYTES);
	bool ok = make(&m, text, holes, hole_count);
	buf_release(&m.fixed);
	buf_release(&m.list);
	return ok ? m.header : NULL;
}

void dkim_header_begin(struct dkim_header *h)
{
	h->begun = digest_open();
	digest_add(h->begun, h->fixed);
}

void dkim_header_release(struct dkim_header *h)
{
	if (h)
		digest_close(h->begun);
}

/* ---- of each message ---- */

/* Cuts the open fields out of a header. False when it is another one. */
static bool cut_out(const struct dkim_header *h, struct str text, struct str *found)
{
	for (size_t i = 0; i < h->open_count; i++) {
		const struct open_field *o = &h->open[i];
		if (!str_starts(text, o->before))
			return false;
		text = str_sub(text, o->before.len, text.len);
		if (!str_starts(text, o->name))
			return false;
		size_t end = dkim_field_end(text, 0);
		found[i] = str_sub(text, 0, end - 2);
		text = str_sub(text, end, text.len);
	}
	return str_equal(text, h->end);
}

bool dkim_header_relax(const struct dkim_header *h, struct str text, struct buf *out)
{
	struct str found[FIELDS_MOST];
	if (!cut_out(h, text, found))
		return false;
	for (size_t i = 0; i < h->order_count; i++) {
		dkim_relax_field(out, found[h->order[i]]);
		buf_put(out, STR("\r\n"));
	}
	return true;
}
