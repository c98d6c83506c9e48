/* cmark's inlines become ours: places in the file, spans, footnote references.
 *
 * THE MODEL. Between cmark's nodes and ours lie the masks of mask.c: a span's
 * brackets and attributes arrive as control characters within texts. One pass
 * over the siblings handles both: texts are gathered until something else comes,
 * then cut at the control characters. Spans that open push a level, so that
 * whatever follows goes below them until they close.
 *
 * Places: cmark tells line and column of most inlines; of some (autolinks, cells
 * below a paragraph) it does not. So each is looked up at the place told, and if
 * it does not stand there, from where the text before it ended. */
#include "source/body.h"

#include "base/utf8.h"
#include "source/link.h"
#include "source/nearest.h"

enum {
	SPANS_OPEN = 16,
	SEARCH_MAX = 4096, /* bytes a lost inline is searched for */
	NEEDLE_MAX = 16,
	TEXT_MAX = 64 * 1024, /* bytes of one TEXT node */
};

struct inlines {
	struct body *body;
	struct node *top; /* where the next node goes */
	struct node *spans[SPANS_OPEN];
	size_t span_count;
	struct buf text; /* gathered */
	size_t text_offset; /* where it begins */
	int depth;
};

struct str literal_of(cmark_node *n)
{
	return str_from(cmark_node_get_literal(n));
}

size_t inline_offset(struct body *b, cmark_node *n, struct str literal, const char *starts)
{
	int line = cmark_node_get_start_line(n);
	size_t offset = body_offset(b, line, cmark_node_get_start_column(n));
	size_t line_end = body_offset(b, line + 1, 1);
	char c = offset < b->source.len ? b->masked[offset] : 0;
	bool stands = c && ((literal.len && c == literal.ptr[0]) || strchr(starts, c));
	if (line == 0 || offset < b->at || offset >= line_end || !stands) {
		struct str window =
			str_sub((struct str){ b->masked, b->source.len }, 0, b->at + SEARCH_MAX);
		size_t found = str_find(window, str_sub(literal, 0, NEEDLE_MAX), b->at);
		offset = literal.len && found < window.len ? found : b->at;
	}
	b->at = offset + literal.len < b->source.len ? offset + literal.len : b->source.len;
	return offset;
}

/* ---- gathered text ---- */

static void text_node(struct inlines *in, struct str text, size_t offset)
{
	struct body *b = in->body;
	while (text.len) {
		size_t len = text.len;
		if (len > TEXT_MAX) {
			len = TEXT_MAX;
			while (len > 1 && text.ptr[len - 1] != ' ')
				len--;
			if (len == 1)
				len = text.len;
		}
		struct node *n =
			node_new(b->reader->arena, NODE_TEXT, body_place(b, offset), in->top);
		n->text = unmasked(b->reader->arena, str_sub(text, 0, len));
		text = str_sub(text, len, text.len);
		offset += len;
	}
}

/* Where unescaped marks of a gathered text stand in the body, or its end. */
static size_t typed_offset(const struct body *b, struct str marks, size_t offset, size_t reach)
{
	struct str window = str_sub((struct str){ b->masked, b->source.len }, 0,
				    offset + 2 * reach + SEARCH_MAX);
	size_t found = str_find(window, marks, offset);
	if (found == window.len || (found > 0 && b->masked[found - 1] == '\\'))
		return b->source.len;
	return found;
}

/* A reference that cmark left as text has no definition. */
static void find_undefined_notes(struct inlines *in, struct str text, size_t offset)
{
	struct body *b = in->body;
	for (size_t at = str_find(text, STR("[^"), 0); at < text.len;
	     at = str_find(text, STR("[^"), at + 2)) {
		size_t end = str_find(text, STR("]"), at);
		struct str label = str_sub(text, at + 2, end - at - 2);
		struct str written = str_sub(text, at, end - at + 1);
		if (end == text.len || label.len == 0 || label.len > 60)
			continue;
		size_t found = typed_offset(b, written, offset, text.len);
		if (found == b->source.len)
			continue;
		struct str *labels = NEW_ARRAY(b->reader->arena, struct str, b->definition_count);
		for (size_t i = 0; i < b->definition_count; i++)
			labels[i] = b->definitions[i].label;
		diag_report_hint(b->reader->diags, DIAG_NOTE_UNDEFINED, body_place(b, found),
				 did_you_mean_or_list(b->reader->arena, labels, b->definition_count,
						      label),
				 "%.*s", STR_ARG(written));
	}
}

/* The masked attributes at the start of s: their length. */
static size_t attributes_length(struct str s)
{
	const char *end = s.len && s.ptr[0] == MASK_ATTRIBUTES
				  ? memchr(s.ptr, MASK_ATTRIBUTES_END, s.len)
				  : NULL;
	return end ? (size_t)(end - s.ptr) + 1 : 0;
}

static void attributes_parse(struct inlines *in, struct str masked, size_t offset,
			     struct attributes *out)
{
	struct body *b = in->body;
	struct str text = unmasked(b->reader->arena, masked);
	const struct attribute_block *block = attribute_block_find(b, body_place(b, offset), text);
	attributes_read(b->reader, block ? block->text : text,
			block ? block->place : body_place(b, offset), out);
}

static void language_set(struct inlines *in, struct node *n, const struct attributes *attributes)
{
	static const struct str keys[] = { STR_INIT("lang") };
	attributes_known(in->body->reader, attributes, keys, 1);
	attributes_language(in->body->reader, attributes, &n->language);
}

static void span_open(struct inlines *in, size_t offset)
{
	struct body *b = in->body;
	struct node *span = node_new(b->reader->arena, NODE_SPAN, body_place(b, offset), in->top);
	if (in->span_count == SPANS_OPEN) {
		nesting_report(b, span->place);
		return;
	}
	in->spans[in->span_count++] = in->top;
	in->top = span;
}

static void bracket_report(struct inlines *in, struct place place)
{
	diag_report_hint(in->body->reader->diags, DIAG_ATTRIBUTE_INVALID, place,
			 STR("open and close other marks both inside or both outside the brackets"),
			 "the brackets cross another mark");
}

/* Behind "]": the attributes of the span that closes. Returns their length. */
static size_t span_close(struct inlines *in, struct str rest, size_t offset)
{
	size_t len = attributes_length(rest);
	struct attributes attributes;
	attributes_parse(in, str_sub(rest, 0, len), offset, &attributes);
	if (in->span_count == 0) {
		bracket_report(in, body_place(in->body, offset));
		return len;
	}
	language_set(in, in->top, &attributes);
	in->top = in->spans[--in->span_count];
	return len;
}

/* Attributes that no bracket of ours claimed: a link's before them, a heading's
 * at its end; otherwise they are text. Returns the bytes dealt with. */
static size_t loose_attributes(struct inlines *in, struct str rest, size_t offset)
{
	size_t len = attributes_length(rest);
	struct node *last = in->top->last;
	struct node *bearer = last && last->kind == NODE_LINK                    ? last
			      : in->top->kind == NODE_HEADING && len == rest.len ? in->top
										 : NULL;
	if (len == 0)
		len = 1;
	if (!bearer) {
		text_node(in, str_sub(rest, 0, len), offset);
		return len;
	}
	struct attributes attributes;
	attributes_parse(in, str_sub(rest, 0, len), offset, &attributes);
	language_set(in, bearer, &attributes);
	if (bearer->kind == NODE_HEADING && last && last->kind == NODE_TEXT)
		last->text = str_trim(last->text);
	return len;
}

/* Where the same control character stands in the body, at or after offset. */
static size_t mask_offset(const struct body *b, char mask, size_t offset)
{
	struct str rest = str_sub((struct str){ b->masked, b->source.len }, offset, SEARCH_MAX);
	const char *at = rest.len ? memchr(rest.ptr, mask, rest.len) : NULL;
	return at ? offset + (size_t)(at - rest.ptr) : offset;
}

static bool is_mask(char c)
{
	return c == MASK_SPAN || c == MASK_SPAN_END || c == MASK_ATTRIBUTES;
}

/* Cuts what was gathered at the masks. */
static void text_flush(struct inlines *in)
{
	struct str text = buf_str(&in->text);
	size_t offset = in->text_offset;
	find_undefined_notes(in, text, offset);
	slips_in_text(in->body, text, offset, in->body->at);
	while (text.len) {
		size_t plain = 0;
		while (plain < text.len && !is_mask(text.ptr[plain]))
			plain++;
		text_node(in, str_sub(text, 0, plain), offset);
		offset += plain;
		text = str_sub(text, plain, text.len);
		if (text.len == 0)
			break;
		offset = mask_offset(in->body, text.ptr[0], offset);
		size_t used = 1;
		if (text.ptr[0] == MASK_SPAN)
			span_open(in, offset);
		else if (text.ptr[0] == MASK_SPAN_END)
			used += span_close(in, str_sub(text, 1, text.len), offset + 1);
		else
			used = loose_attributes(in, text, offset);
		text = str_sub(text, used, text.len);
		offset += used;
	}
	buf_clear(&in->text);
}

/* ---- kinds ---- */

static struct node *add(struct inlines *in, enum node_kind kind, size_t offset)
{
	return node_new(in->body->reader->arena, kind, body_place(in->body, offset), in->top);
}

static void read_text(struct inlines *in, cmark_node *n)
{
	struct str literal = literal_of(n);
	size_t offset = inline_offset(in->body, n, literal, "\\&");
	if (in->text.len == 0)
		in->text_offset = offset;
	buf_put(&in->text, literal);
}

static void read_soft_break(struct inlines *in, cmark_node *n)
{
	(void)n;
	if (in->text.len == 0)
		in->text_offset = in->body->at;
	buf_put_byte(&in->text, ' ');
}

static void read_line_break(struct inlines *in, cmark_node *n)
{
	(void)n;
	add(in, NODE_LINE_BREAK, in->body->at);
}

static void read_code(struct inlines *in, cmark_node *n)
{
	struct str literal = literal_of(n);
	struct node *code = add(in, NODE_CODE, inline_offset(in->body, n, literal, "`"));
	code->text = unmasked(in->body->reader->arena, literal);
}

static void read_html(struct inlines *in, cmark_node *n)
{
	struct str literal = literal_of(n);
	size_t offset = inline_offset(in->body, n, literal, "<");
	raw_html_report(in->body, unmasked(in->body->reader->arena, literal),
			body_place(in->body, offset));
}

static void read_image(struct inlines *in, cmark_node *n)
{
	size_t offset = inline_offset(in->body, n, STR("!["), "");
	diag_report_hint(in->body->reader->diags, DIAG_IMAGE_INLINE, body_place(in->body, offset),
			 STR("put it in a paragraph of its own, with empty lines around it"), "%s",
			 cmark_node_get_url(n));
}

static void read_reference(struct inlines *in, cmark_node *n)
{
	int64_t number = 0;
	struct node *reference =
		add(in, NODE_NOTE_REFERENCE, inline_offset(in->body, n, STR("[^"), ""));
	struct str window = str_sub((struct str){ in->body->masked, in->body->source.len }, 0,
				    in->body->at + SEARCH_MAX);
	size_t end = str_find(window, STR("]"), in->body->at);
	if (end < window.len)
		in->body->at = end + 1;
	if (str_to_int(literal_of(n), &number) && number >= 1 &&
	    (size_t)number <= in->body->note_count)
		reference->reference = in->body->notes[number - 1];
}

static void children_read(struct inlines *in, cmark_node *n, struct node *into)
{
	inlines_read(in->body, n, into, in->depth + 1);
}

static void read_emphasis(struct inlines *in, cmark_node *n)
{
	children_read(in, n, add(in, NODE_EMPHASIS, inline_offset(in->body, n, STR(""), "*_")));
}

static void read_strong(struct inlines *in, cmark_node *n)
{
	children_read(in, n, add(in, NODE_STRONG, inline_offset(in->body, n, STR(""), "*_")));
}

static void read_strike(struct inlines *in, cmark_node *n)
{
	children_read(in, n, add(in, NODE_STRIKE, inline_offset(in->body, n, STR(""), "~")));
}

/* Behind the address of the link whose text ended at b->at, so that no text is
 * looked for in it: "](address)", "][label]", "]" or ">". */
static size_t link_end(const struct body *b, size_t address)
{
	struct str rest =
		str_sub((struct str){ b->masked, b->source.len }, b->at, address + SEARCH_MAX);
	size_t start = str_find(rest, STR("]"), 0);
	if (str_starts(rest, STR(">")))
		return b->at + 1;
	if (str_starts(str_sub(rest, start, 2), STR("](")))
		start = str_find(rest, STR(")"), start + 2 + address);
	else if (str_starts(str_sub(rest, start, 2), STR("][")))
		start = str_find(rest, STR("]"), start + 2);
	return start < rest.len ? b->at + start + 1 : b->at;
}

/* Nothing, or spaces alone. */
static bool is_wordless(cmark_node *first)
{
	for (cmark_node *n = first; n; n = cmark_node_next(n)) {
		struct str text = literal_of(n);
		if (cmark_node_get_type(n) != CMARK_NODE_TEXT)
			return false;
		for (size_t at = 0; at < text.len;) {
			uint32_t c = utf8_next(text, &at);
			if (c != ' ' && c != 0xA0)
				return false;
		}
	}
	return true;
}

/* A link that leads nowhere keeps its words: they take its place. */
static void read_link(struct inlines *in, cmark_node *n)
{
	struct body *b = in->body;
	struct str written = unmasked(b->reader->arena, str_from(cmark_node_get_url(n)));
	cmark_node *first = cmark_node_first_child(n);
	struct str literal = first ? literal_of(first) : STR("");
	bool placed = cmark_node_get_start_line(n) > 0;
	size_t offset = inline_offset(b, n, placed ? STR("") : literal, placed ? "[<wh" : "");
	bool marked = offset < b->source.len && strchr("[<", b->masked[offset]);
	b->at = offset + marked; /* the text is found from here */
	struct place place = body_place(b, offset);
	struct str url = link_read(b->reader, written, place);
	struct node *into = in->top;
	if (url.len) {
		into = node_new(b->reader->arena, NODE_LINK, place, in->top);
		into->link.url = str_copy(b->reader->arena, url);
	}
	children_read(in, n, into);
	if (into != in->top && is_wordless(first))
		diag_report_hint(b->reader->diags, DIAG_LINK_INVALID, place,
				 STR("write words between the square brackets"),
				 "%.*s has no words", STR_ARG(written));
	if (marked)
		b->at = link_end(b, written.len);
}

static const struct {
	const char *type; /* cmark's name */
	void (*read)(struct inlines *in, cmark_node *n);
} kinds[] = {
	{ "text", read_text },
	{ "softbreak", read_soft_break },
	{ "emph", read_emphasis },
	{ "strong", read_strong },
	{ "link", read_link },
	{ "code", read_code },
	{ "linebreak", read_line_break },
	{ "html_inline", read_html },
	{ "image", read_image },
	{ "strikethrough", read_strike },
};

static void inline_read(struct inlines *in, cmark_node *n)
{
	const char *type = cmark_node_get_type_string(n);
	bool gathers = strcmp(type, "text") == 0 || strcmp(type, "softbreak") == 0;
	if (!gathers)
		text_flush(in);
	if (cmark_node_get_type(n) == CMARK_NODE_FOOTNOTE_REFERENCE) {
		read_reference(in, n);
		return;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].type, type) == 0) {
			kinds[i].read(in, n);
			return;
		}
	}
}

void inlines_read(struct body *b, cmark_node *parent, struct node *into, int depth)
{
	struct inlines in = { .body = b, .top = into, .depth = depth };
	if (depth > NESTING_MAX) {
		nesting_report(b, into->place);
		return;
	}
	buf_init(&in.text, ARTICLE_MAX);
	for (cmark_node *n = cmark_node_first_child(parent); n; n = cmark_node_next(n))
		inline_read(&in, n);
	text_flush(&in);
	buf_release(&in.text);
	if (in.span_count)
		bracket_report(&in, in.top->place);
}
