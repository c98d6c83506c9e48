#include "pdf/compact.h"

#include "base/arena.h"
#include "base/pool.h"
#include "pdf/flate.h"
#include "pdf/put.h"

enum {
	HANDS = 4,
	BUNDLE = 200, /* dictionaries deflated together: what a reader unpacks for one */
};

/* Dictionaries that share an object stream. */
struct bundle {
	struct arena *arena; /* of packed */
	size_t first; /* of them, in order of numbers */
	size_t count;
	size_t header; /* bytes before the first dictionary */
	struct str packed;
	uint64_t offset; /* in the file */
};

struct compacting {
	const struct object *objects;
	size_t count;
	struct arena *arena;
	int *numbers; /* of the dictionaries, ascending */
	size_t dictionaries;
	struct bundle *bundles;
	size_t bundle_count;
	uint64_t *offsets; /* of streams, by number */
	void (*put)(void *context, const void *ptr, size_t len);
	void *context;
	uint64_t written; /* bytes */
};

static void put_out(struct compacting *c, struct str bytes)
{
	c->put(c->context, bytes.ptr, bytes.len);
	c->written += bytes.len;
}

static void find_dictionaries(struct compacting *c)
{
	c->numbers = NEW_ARRAY(c->arena, int, c->count);
	for (size_t i = 1; i < c->count; i++)
		if (c->objects[i].filled && !c->objects[i].stream)
			c->numbers[c->dictionaries++] = (int)i;
	c->bundle_count = (c->dictionaries + BUNDLE - 1) / BUNDLE;
	c->bundles = NEW_ARRAY(c->arena, struct bundle, c->bundle_count);
	for (size_t i = 0; i < c->bundle_count; i++) {
		size_t first = i * BUNDLE, left = c->dictionaries - first;
		c->bundles[i].first = first;
		c->bundles[i].count = left < BUNDLE ? left : BUNDLE;
	}
}

/* "number offset" for each dictionary, then the dictionaries. */
static void pack(void *context, size_t i)
{
	const struct compacting *c = context;
	struct bundle *b = &c->bundles[i];
	struct buf head, body;
	buf_init(&head, PUT_CEILING);
	buf_init(&body, PUT_CEILING);
	for (size_t k = b->first; k < b->first + b->count; k++) {
		put_int(&head, c->numbers[k]);
		buf_put_byte(&head, ' ');
		put_int(&head, (int64_t)body.len);
		buf_put_byte(&head, ' ');
		buf_put(&body, STR("<<"));
		buf_put(&body, c->objects[c->numbers[k]].entries);
		buf_put(&body, STR(">>\n"));
	}
	b->header = head.len;
	buf_put(&head, buf_str(&body));
	b->arena = arena_open();
	b->packed = flate(b->arena, buf_str(&head), FLATE_TEXT);
	buf_release(&body);
	buf_release(&head);
}

static void put_stream(struct compacting *c, size_t number, struct str entries, struct str data)
{
	struct buf b;
	buf_init(&b, PUT_CEILING);
	put_int(&b, (int64_t)number);
	buf_put(&b, STR(" 0 obj\n<<"));
	buf_put(&b, entries);
	buf_put(&b, STR("/Length "));
	put_int(&b, (int64_t)data.len);
	buf_put(&b, STR(">>\nstream\n"));
	put_out(c, buf_str(&b));
	put_out(c, data);
	put_out(c, STR("\nendstream\nendobj\n")); /* a line end before: ISO 19005-2, 6.1.7.1 */
	buf_release(&b);
}

static void put_streams(struct compacting *c)
{
	for (size_t i = 1; i < c->count; i++) {
		const struct object *o = &c->objects[i];
		if (!o->filled || !o->stream)
			continue;
		c->offsets[i] = c->written;
		put_stream(c, i, o->entries, o->data);
	}
	for (size_t i = 0; i < c->bundle_count; i++) {
		struct bundle *b = &c->bundles[i];
		b->offset = c->written;
		put_stream(c, c->count + i,
			   str_format(c->arena,
				      "/Type /ObjStm /N %zu /First %zu /Filter /FlateDecode ",
				      b->count, b->header),
			   b->packed);
	}
}

/* Rows of the cross-reference stream: a type, eight bytes of which the last
 * `width` count, and two more. */
struct rows {
	unsigned char *bytes;
	size_t width; /* bytes of the second field */
	size_t row;
};

static void put_row(struct rows *r, unsigned type, uint64_t where, unsigned third)
{
	unsigned char *p = r->bytes + r->row++ * (r->width + 3);
	p[0] = (unsigned char)type;
	for (size_t i = 0; i < r->width; i++)
		p[1 + i] = (unsigned char)(where >> 8 * (r->width - 1 - i));
	p[1 + r->width] = (unsigned char)(third >> 8);
	p[2 + r->width] = (unsigned char)third;
}

static void fill_rows(const struct compacting *c, struct rows *r)
{
	size_t next = 0; /* dictionary */
	put_row(r, 0, 0, 65535);
	for (size_t i = 1; i < c->count; i++) {
		if (!c->objects[i].filled) {
			put_row(r, 0, 0, 65535);
		} else if (c->objects[i].stream) {
			put_row(r, 1, c->offsets[i], 0);
		} else {
			put_row(r, 2, c->count + next / BUNDLE, (unsigned)(next % BUNDLE));
			next++;
		}
	}
	for (size_t i = 0; i < c->bundle_count; i++)
		put_row(r, 1, c->bundles[i].offset, 0);
	put_row(r, 1, c->written, 0); /* the cross-reference stream itself */
}

/* Each row as its difference from the one above, which deflates to nothing
 * (PNG's predictor Up, 7.4.4.4). */
static struct str predicted(struct arena *a, const struct rows *r)
{
	size_t len = r->width + 3;
	unsigned char *out = arena_alloc(a, r->row * (len + 1));
	for (size_t i = 0; i < r->row; i++) {
		unsigned char *to = out + i * (len + 1);
		const unsigned char *from = r->bytes + i * len;
		to[0] = 2;
		for (size_t k = 0; k < len; k++)
			to[1 + k] = (unsigned char)(from[k] - (i ? from[k - len] : 0));
	}
	return (struct str){ (const char *)out, r->row * (len + 1) };
}

static void put_references(struct compacting *c, struct str trailer)
{
	uint64_t start = c->written;
	size_t size = c->count + c->bundle_count + 1;
	struct rows r = { .width = 1 };
	while (start >> 8 * r.width)
		r.width++;
	r.bytes = arena_alloc(c->arena, size * (r.width + 3));
	fill_rows(c, &r);
	struct str entries =
		str_format(c->arena,
			   "/Type /XRef /Size %zu /W [1 %zu 2] %.*s /Filter /FlateDecode "
			   "/DecodeParms <</Predictor 12 /Columns %zu>> ",
			   size, r.width, STR_ARG(trailer), r.width + 3);
	put_stream(c, size - 1, entries, flate(c->arena, predicted(c->arena, &r), FLATE_NORMAL));
	put_out(c, str_format(c->arena, "startxref\n%llu\n%%%%EOF\n", (unsigned long long)start));
}

void compact(const struct object *objects, size_t count, struct str trailer,
	     void (*put)(void *context, const void *ptr, size_t len), void *context)
{
	struct arena *a = arena_open();
	struct compacting c = { .objects = objects,
				.count = count,
				.arena = a,
				.offsets = NEW_ARRAY(a, uint64_t, count),
				.put = put,
				.context = context };
	find_dictionaries(&c);
	pool_run(HANDS, c.bundle_count, pack, &c);
	/* Four bytes above 127 tell tools that the file is binary (7.5.2). */
	put_out(&c, STR("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"));
	put_streams(&c);
	put_references(&c, trailer);
	for (size_t i = 0; i < c.bundle_count; i++)
		arena_close(c.bundles[i].arena);
	arena_close(a);
}
