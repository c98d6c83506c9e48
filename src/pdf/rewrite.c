#include "pdf/rewrite.h"

#include "base/arena.h"
#include "pdf/flate.h"
#include "pdf/put.h"
#include "pdf/scan.h"

enum { NESTED_AT_MOST = 500 };

struct rewriting {
	struct arena *arena;
	const struct qpdf *q;
	struct rewritten result;
	struct buf out;
	const char *kept; /* what is not written yet begins here */
	const char *operands; /* of the operator to come; NULL: none so far */
	struct str name; /* the last operand that is one */
	bool colourless;
	bool stays[NESTED_AT_MOST]; /* of each open mark: whether it was left in */
	int open;
};

static bool is_rgb(const struct token *t)
{
	return token_is_name(t, "DeviceRGB") || token_is_name(t, "RGB") ||
	       token_is_name(t, "CalRGB");
}

/* ---- pictures within the stream ---- */

/* Full names of filters (ISO 32000-1, table 94). */
static const char *const filters[][2] = {
	{ "AHx", "ASCIIHexDecode" }, { "A85", "ASCII85Decode" },  { "LZW", "LZWDecode" },
	{ "Fl", "FlateDecode" },     { "RL", "RunLengthDecode" }, { "CCF", "CCITTFaxDecode" },
	{ "DCT", "DCTDecode" },
};

static void put_value(struct rewriting *w, struct buf *b, const struct token *t, bool filter)
{
	struct str raw = t->raw;
	for (size_t i = 0; filter && i < sizeof filters / sizeof *filters; i++)
		if (token_is_name(t, filters[i][0]))
			raw = str_format(w->arena, "/%s", filters[i][1]);
	buf_put(b, raw);
	buf_put_byte(b, ' ');
}

/* The parts of a picture's entries: those about its coding, and the rest. */
struct entries {
	struct buf filter, parms, others;
	bool rgb, lzw;
};

static void read_entries(struct rewriting *w, struct str text, struct entries *e)
{
	struct token t;
	struct buf *to = &e->others;
	bool key = true;
	int depth = 0;
	while (scan_next(&text, &t)) {
		e->rgb = e->rgb || is_rgb(&t);
		e->lzw = e->lzw || token_is_name(&t, "LZW") || token_is_name(&t, "LZWDecode");
		if (depth == 0 && key) {
			bool filter = token_is_name(&t, "F") || token_is_name(&t, "Filter");
			bool parms = token_is_name(&t, "DP") || token_is_name(&t, "DecodeParms");
			to = filter ? &e->filter : parms ? &e->parms : &e->others;
			if (to == &e->others)
				put_value(w, to, &t, false);
			key = false;
			continue;
		}
		put_value(w, to, &t, to == &e->filter);
		if (t.kind == SCAN_MARK)
			depth += str_equal(t.raw, STR("[")) || str_equal(t.raw, STR("<<")) ? 1 : -1;
		key = depth <= 0;
	}
}

static qpdf_oh parsed(struct rewriting *w, const struct buf *b)
{
	struct str text = buf_str(b);
	return text.len ? w->q->oh_parse(w->q->data, str_c(w->arena, text))
			: w->q->oh_new_null(w->q->data);
}

/* The picture's samples, by way of a stream of its own. */
static bool unpack(struct rewriting *w, const struct entries *e, struct str data, struct str *plain)
{
	const struct qpdf *q = w->q;
	qpdf_oh stream = q->oh_new_stream(q->data), filter = parsed(w, &e->filter);
	qpdf_oh parms = parsed(w, &e->parms);
	q->oh_replace_stream_data(q->data, stream, (const unsigned char *)data.ptr, data.len,
				  filter, parms);
	unsigned char *bytes = NULL;
	size_t len = 0;
	QPDF_BOOL filtered = QPDF_FALSE;
	bool ok = !(q->oh_get_stream_data(q->data, stream, qpdf_dl_specialized, &filtered, &bytes,
					  &len) &
		    QPDF_ERRORS) &&
		  filtered && len > 0;
	*plain = str_copy(w->arena, (struct str){ (const char *)bytes, len });
	heap_free(bytes);
	q->oh_release(q->data, parms);
	q->oh_release(q->data, filter);
	q->oh_release(q->data, stream);
	return ok;
}

static void keep_until(struct rewriting *w, const char *end)
{
	buf_put(&w->out, (struct str){ w->kept, (size_t)(end - w->kept) });
	w->result.changed = true;
}

static void take_picture(struct rewriting *w, const struct token *t)
{
	struct entries e = { 0 };
	buf_init(&e.filter, PUT_CEILING);
	buf_init(&e.parms, PUT_CEILING);
	buf_init(&e.others, PUT_CEILING);
	read_entries(w, t->entries, &e);
	w->result.rgb = w->result.rgb || (e.rgb && !w->colourless);
	struct str plain;
	if (e.lzw && !unpack(w, &e, t->data, &plain)) {
		w->result.lzw = true;
	} else if (e.lzw) {
		keep_until(w, t->raw.ptr);
		struct str packed = flate(w->arena, plain, FLATE_NORMAL);
		/* In digits, among which no reader finds an end that is none. */
		buf_put_c(&w->out, "BI ");
		buf_put(&w->out, buf_str(&e.others));
		buf_put_c(&w->out, "/F [/AHx /Fl] ID\n");
		for (size_t i = 0; i < packed.len; i++)
			buf_format(&w->out, "%02X", (unsigned)(unsigned char)packed.ptr[i]);
		buf_put_c(&w->out, ">\nEI");
		w->kept = t->raw.ptr + t->raw.len;
	}
	buf_release(&e.filter);
	buf_release(&e.parms);
	buf_release(&e.others);
}

/* ---- marks of structure (ISO 32000-1, 14.6) ---- */

/* Layers are marked in the same way, and stay. */
static void take_mark(struct rewriting *w, const struct token *t)
{
	bool begins = token_is_word(t, "BDC") || token_is_word(t, "BMC");
	bool ends = token_is_word(t, "EMC"), stays = false;
	if (!begins && !ends && !token_is_word(t, "DP") && !token_is_word(t, "MP"))
		return;
	if (begins) {
		/* The tag is the first operand. */
		struct str from = { w->operands,
				    w->operands ? (size_t)(t->raw.ptr - w->operands) : 0 };
		struct token tag;
		stays = scan_next(&from, &tag) && token_is_name(&tag, "OC");
		if (w->open < NESTED_AT_MOST)
			w->stays[w->open] = stays;
		w->open++;
	} else if (ends && w->open > 0) {
		w->open--;
		stays = w->open < NESTED_AT_MOST && w->stays[w->open];
	}
	if (stays)
		return;
	keep_until(w, w->operands ? w->operands : t->raw.ptr);
	w->kept = t->raw.ptr + t->raw.len;
}

/* ---- operators ---- */

static void take_operator(struct rewriting *w, const struct token *t)
{
	struct token name = { .kind = SCAN_NAME, .raw = w->name };
	bool space = token_is_word(t, "cs") || token_is_word(t, "CS");
	if (token_is_word(t, "d1"))
		w->colourless = true;
	if (!w->colourless && (token_is_word(t, "rg") || token_is_word(t, "RG") ||
			       (space && w->name.len && is_rgb(&name))))
		w->result.rgb = true;
	take_mark(w, t);
	w->operands = NULL;
	w->name = STR("");
}

struct rewritten rewrite_content(struct arena *a, const struct qpdf *q, struct str content,
				 bool uncoloured)
{
	struct rewriting w = { .arena = a,
			       .q = q,
			       .result.content = content,
			       .kept = content.ptr,
			       .name = STR(""),
			       .colourless = uncoloured };
	struct str rest = content;
	struct token t;
	buf_init(&w.out, PUT_CEILING);
	while (scan_next(&rest, &t)) {
		if (t.kind == SCAN_WORD) {
			take_operator(&w, &t);
		} else if (t.kind == SCAN_PICTURE) {
			take_picture(&w, &t);
			w.operands = NULL;
		} else {
			w.operands = w.operands ? w.operands : t.raw.ptr;
			w.name = t.kind == SCAN_NAME ? t.raw : w.name;
		}
	}
	if (w.result.changed) {
		keep_until(&w, content.ptr + content.len);
		w.result.content = str_copy(a, buf_str(&w.out));
	}
	buf_release(&w.out);
	return w.result;
}
