/* Pictures within the message (RFC 2387, multipart/related; RFC 2392, cid:), for lists
 * without a site. Every subscriber gets all of their bytes, so they are made small; where
 * they are too much together, smaller still, each in the share that the light ones leave;
 * what is too much even so is an error. */
#include "email/mail.h"

enum {
	COLUMNS = 2 * 400, /* fine enough for telephones, and for 600 CSS pixels elsewhere */
	COLUMNS_AT_LEAST = 600,
	BYTES_EACH = 80 * 1024,
	BYTES_TOGETHER = 1024 * 1024, /* as base64 */
	BASE64_LINE = 57, /* bytes that make 76 characters (RFC 2045, 6.8) */
	PICTURE_CEILING = 64 * 1024 * 1024,
	NAMED = 3,
};

static size_t base64_length(size_t bytes)
{
	return (bytes + 2) / 3 * 4;
}

static bool is_png(struct str bytes)
{
	return str_starts(bytes, STR("\x89PNG"));
}

static struct str name_of(struct mail *m, const struct picture *p)
{
	struct buf name;
	buf_init(&name, 4096);
	picture_put_name(&name, p);
	struct str s = str_copy(m->arena, buf_str(&name));
	buf_release(&name);
	return s;
}

/* A whole picture of at most so many columns. */
static struct rendition rendition_of(const struct picture *p, int columns, size_t bytes_at_most)
{
	int64_t width = picture_upright_columns(p), height = picture_upright_rows(p);
	int across = columns < width ? columns : (int)width;
	int64_t rows = (height * across + width / 2) / width;
	return (struct rendition){ across, rows < 1 ? 1 : (int)rows, bytes_at_most };
}

/* Empty when the file cannot be used. */
static struct str make(struct mail *m, const struct picture *p, int columns, size_t bytes_at_most)
{
	struct buf bytes;
	struct str made = STR("");
	if (picture_upright_columns(p) < 1 || picture_upright_rows(p) < 1)
		return made;
	struct rendition wanted = rendition_of(p, columns, bytes_at_most);
	buf_init(&bytes, PICTURE_CEILING);
	if (m->maker->make(m->maker->context, p, &wanted, 1, &bytes, m->diags))
		made = str_copy(m->arena, buf_str(&bytes));
	buf_release(&bytes);
	return made;
}

static const struct inlined *inlined_of(struct mail *m, const struct picture *p)
{
	struct inlined made = { .picture = p, .name = name_of(m, p) };
	/* The same file may stand in several places with words of their own. */
	for (size_t i = 0; i < m->inlined_count; i++)
		if (str_equal(m->inlined[i].name, made.name))
			return &m->inlined[i];
	made.bytes = make(m, p, COLUMNS, BYTES_EACH);
	PUSH(m->arena, m->inlined, m->inlined_count, m->inlined_capacity, made);
	return &m->inlined[m->inlined_count - 1];
}

struct str inline_url(struct mail *m, const struct picture *p)
{
	const struct inlined *i = inlined_of(m, p);
	return i->bytes.len
		       ? str_format(m->arena, "cid:%.*s@%.*s", STR_ARG(i->name), STR_ARG(m->domain))
		       : STR("");
}

/* The heaviest first, as far as they are named. */
static const struct inlined *next_heaviest(const struct mail *m, const struct inlined *before)
{
	const struct inlined *next = NULL;
	for (size_t i = 0; i < m->inlined_count; i++) {
		const struct inlined *x = &m->inlined[i];
		bool below = !before || x->bytes.len < before->bytes.len ||
			     (x->bytes.len == before->bytes.len && x > before);
		if (below && (!next || x->bytes.len > next->bytes.len))
			next = x;
	}
	return next;
}

static size_t length_together(const struct mail *m)
{
	size_t together = 0;
	for (size_t i = 0; i < m->inlined_count; i++)
		together += base64_length(m->inlined[i].bytes.len);
	return together;
}

/* What each picture may have: those that need less leave it to the others. */
static size_t fair_share(const struct mail *m)
{
	/* Each may have to be filled up to a whole group of four characters. */
	size_t share = 0, before, room = (BYTES_TOGETHER / 4 - m->inlined_count) * 3;
	do {
		size_t light = 0, heavy = 0;
		before = share;
		for (size_t i = 0; i < m->inlined_count; i++)
			if (m->inlined[i].bytes.len <= share)
				light += m->inlined[i].bytes.len;
			else
				heavy++;
		if (heavy)
			share = (room - light) / heavy;
	} while (share > before);
	return share;
}

static void make_smaller(struct mail *m)
{
	size_t share = fair_share(m);
	for (size_t i = 0; i < m->inlined_count; i++) {
		struct inlined *x = &m->inlined[i];
		struct str smaller = STR("");
		if (x->bytes.len > share)
			smaller = make(m, x->picture, COLUMNS_AT_LEAST, share);
		if (smaller.len && smaller.len < x->bytes.len)
			x->bytes = smaller;
	}
}

void inline_settle(struct mail *m)
{
	if (length_together(m) > BYTES_TOGETHER)
		make_smaller(m);
	size_t together = length_together(m);
	if (together <= BYTES_TOGETHER)
		return;
	struct buf heaviest;
	buf_init(&heaviest, 4096);
	const struct inlined *x = NULL;
	for (int i = 0; i < NAMED && (x = next_heaviest(m, x)) != NULL; i++)
		buf_format(&heaviest, "%s%.*s %zu KB", i ? ", " : "", STR_ARG(x->picture->src),
			   (base64_length(x->bytes.len) + 1023) / 1024);
	diag_report_hint(m->diags, DIAG_MESSAGE_PICTURES, m->doc->place,
			 STR("write images: hosted below mail: in glos.yaml, or use fewer"),
			 "%zu KB; the heaviest: %.*s", (together + 1023) / 1024,
			 STR_ARG(buf_str(&heaviest)));
	buf_release(&heaviest);
}

static void put_base64(struct buf *out, struct str bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.len; i += 3) {
		unsigned bits = 0;
		char four[4];
		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 |
			       (i + k < bytes.len ? (unsigned char)bytes.ptr[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			four[k] = i + k > bytes.len ? '=' : digits[bits >> (18 - 6 * k) & 63];
		buf_put_bytes(out, four, sizeof four);
		if ((i + 3) % BASE64_LINE == 0 || i + 3 >= bytes.len)
			buf_put_c(out, "\r\n");
	}
}

void inline_put_parts(struct mail *m, struct buf *out, const char *boundary)
{
	for (size_t i = 0; i < m->inlined_count; i++) {
		const struct inlined *x = &m->inlined[i];
		if (!x->bytes.len)
			continue;
		buf_format(out,
			   "--%s\r\nContent-Type: image/%s\r\nContent-Transfer-Encoding: base64\r\n"
			   "Content-ID: <%.*s@%.*s>\r\n"
			   "Content-Disposition: inline;\r\n filename=\"%.*s\"\r\n\r\n",
			   boundary, is_png(x->bytes) ? "png" : "jpeg", STR_ARG(x->name),
			   STR_ARG(m->domain), STR_ARG(x->name));
		put_base64(out, x->bytes);
	}
}
