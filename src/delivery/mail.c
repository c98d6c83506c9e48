#include "delivery/mail.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "delivery/gmime.h"

#include <string.h>

enum { FIELD_BYTES = 8192, BOUNDARIES = 2000 };

struct walk {
	const struct gmime_calls *g;
	struct arena *arena;
	struct mail_part *parts; /* MAIL_PARTS of them */
	size_t count;
};

static bool is_a(const struct walk *w, void *object, GType type)
{
	return object && w->g->g_type_check_instance_is_a(object, type);
}

static struct mail_part *new_part(struct walk *w, int depth)
{
	if (w->count == MAIL_PARTS || depth > MAIL_DEPTH)
		return NULL;
	struct mail_part *p = &w->parts[w->count++];
	*p = (struct mail_part){ .depth = depth };
	return p;
}

/* ---- before GMime ---- */

/* Whether a line looks like the first of a header field. */
static bool begins_field(struct str line)
{
	size_t n = 0;
	while (n < line.len && (((line.ptr[n] | 32) >= 'a' && (line.ptr[n] | 32) <= 'z') ||
				(line.ptr[n] >= '0' && line.ptr[n] <= '9') || line.ptr[n] == '-'))
		n++;
	size_t name = n;
	while (n < line.len && (line.ptr[n] == ' ' || line.ptr[n] == '\t'))
		n++;
	return name && n < line.len && line.ptr[n] == ':';
}

/* Copies a mail without what would hurt GMime: it reads groups within groups of
 * addresses ("a:b:c:") by recursion until the stack ends, and takes seconds for a
 * mail of nothing but boundaries. Fields are cut at FIELD_BYTES, the mail behind
 * BOUNDARIES lines that may be boundaries. */
static struct str tamed(struct arena *a, struct str bytes)
{
	char *out = arena_alloc(a, bytes.len + 1);
	size_t len = 0, field = 0; /* bytes of the field that goes on; 0: none does */
	int boundaries = 0;
	for (size_t at = 0; at < bytes.len && boundaries <= BOUNDARIES;) {
		const char *from = bytes.ptr + at, *end = memchr(from, '\n', bytes.len - at);
		struct str line = { from, end ? (size_t)(end - from) + 1 : bytes.len - at };
		at += line.len;
		boundaries += str_starts(line, STR("--"));
		bool goes_on = field && (*from == ' ' || *from == '\t');
		if (!goes_on)
			field = begins_field(line) ? 1 : 0;
		size_t room = field < FIELD_BYTES ? FIELD_BYTES - field : 0;
		size_t take = field && line.len > room ? room : line.len;
		memcpy(out + len, from, take);
		len += take;
		if (take < line.len && take)
			out[len++] = '\n';
		field += field ? line.len : 0;
	}
	return (struct str){ out, len };
}

/* ---- headers ---- */

/* Every byte that acts instead of showing becomes a space. */
static struct str shown(struct arena *a, const char *value)
{
	struct str s = str_copy(a, str_trim(str_from(value)));
	char *p = arena_alloc(a, s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		p[i] = (unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 127 ? ' ' : s.ptr[i];
	return (struct str){ p, s.len };
}

static void take_fields(struct walk *w, struct mail_part *p, GMimeObject *of)
{
	GMimeHeaderList *list = w->g->g_mime_object_get_header_list(of);
	int count = list ? w->g->g_mime_header_list_get_count(list) : 0;
	if (count > MAIL_FIELDS)
		count = MAIL_FIELDS;
	struct mail_field *fields = NEW_ARRAY(w->arena, struct mail_field, count);
	for (int i = 0; i < count; i++) {
		GMimeHeader *h = w->g->g_mime_header_list_get_header_at(list, i);
		fields[i].name = str_copy(w->arena, str_from(w->g->g_mime_header_get_name(h)));
		fields[i].value = shown(w->arena, w->g->g_mime_header_get_value(h));
	}
	p->fields = fields;
	p->field_count = (size_t)count;
}

struct str mail_field(const struct mail_part *message, const char *name)
{
	for (size_t i = 0; i < message->field_count; i++)
		if (str_equal_nocase(message->fields[i].name, str_from(name)))
			return message->fields[i].value;
	return STR("");
}

/* ---- parts ---- */

static struct str type_of(const struct walk *w, GMimeObject *object)
{
	GMimeContentType *type = w->g->g_mime_object_get_content_type(object);
	const char *major = type ? w->g->g_mime_content_type_get_media_type(type) : NULL;
	const char *minor = type ? w->g->g_mime_content_type_get_media_subtype(type) : NULL;
	char *name = (char *)(uintptr_t)str_format(w->arena, "%s/%s", major ? major : "text",
						   minor ? minor : "plain")
			     .ptr;
	for (char *c = name; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return str_from(name);
}

/* The bytes of a part without their transfer encoding; converted to UTF-8 when they
 * are not and the part says what they are. */
static struct str content_of(const struct walk *w, GMimeObject *object)
{
	const struct gmime_calls *g = w->g;
	GMimeDataWrapper *content = g->g_mime_part_get_content((GMimePart *)object);
	if (!content)
		return STR("");
	GMimeStream *stream = g->g_mime_stream_mem_new();
	g->g_mime_data_wrapper_write_to_stream(content, stream);
	GByteArray *bytes = g->g_mime_stream_mem_get_byte_array((GMimeStreamMem *)(void *)stream);
	struct str raw = { bytes ? (const char *)bytes->data : NULL, bytes ? bytes->len : 0 };
	struct str text = str_copy(w->arena, str_sub(raw, 0, MAIL_TEXT_BYTES));
	bool foreign = utf8_invalid_at(raw) < raw.len;
	g->g_object_unref(stream);
	if (!foreign || !is_a(w, object, g->g_mime_text_part_get_type()))
		return text;
	char *converted = g->g_mime_text_part_get_text((GMimeTextPart *)(void *)object);
	if (converted)
		text = str_copy(w->arena, str_sub(str_from(converted), 0, MAIL_TEXT_BYTES));
	g->g_free(converted);
	return text;
}

static void take_message(struct walk *w, struct mail_part *p, GMimeMessage *message);

static void take_object(struct walk *w, GMimeObject *object, int depth)
{
	const struct gmime_calls *g = w->g;
	struct mail_part *p = object ? new_part(w, depth) : NULL;
	if (!p)
		return;
	p->type = type_of(w, object);
	if (is_a(w, object, g->g_mime_message_part_get_type())) {
		GMimeMessage *inner =
			g->g_mime_message_part_get_message((GMimeMessagePart *)(void *)object);
		if (inner)
			take_message(w, p, inner);
	} else if (is_a(w, object, g->g_mime_multipart_get_type())) {
		GMimeMultipart *all = (GMimeMultipart *)(void *)object;
		int count = g->g_mime_multipart_get_count(all);
		for (int i = 0; i < count && w->count < MAIL_PARTS; i++)
			take_object(w, g->g_mime_multipart_get_part(all, i), depth + 1);
	} else if (is_a(w, object, g->g_mime_part_get_type()) &&
		   (str_starts(p->type, STR("text/")) || str_starts(p->type, STR("message/")))) {
		p->text = content_of(w, object);
	}
}

static void take_message(struct walk *w, struct mail_part *p, GMimeMessage *message)
{
	p->is_message = true;
	p->type = STR("message/rfc822");
	take_fields(w, p, (GMimeObject *)message);
	take_object(w, w->g->g_mime_message_get_mime_part(message), p->depth + 1);
}

void mail_parse(struct arena *a, const struct gmime_calls *g, struct str bytes, struct mail *m)
{
	struct walk w = { .g = g, .arena = a, .parts = NEW_ARRAY(a, struct mail_part, MAIL_PARTS) };
	struct mail_part *top = new_part(&w, 0);
	*m = (struct mail){ .parts = w.parts };
	top->is_message = true;
	top->type = STR("message/rfc822");
	bytes = tamed(a, str_sub(bytes, 0, MAIL_BYTES));
	GMimeStream *stream = g->g_mime_stream_mem_new_with_buffer(bytes.len ? bytes.ptr : "\n",
								   bytes.len ? bytes.len : 1);
	GMimeParser *parser = g->g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g->g_mime_parser_construct_message(parser, NULL);
	if (message) {
		take_message(&w, top, message);
		GDateTime *date = g->g_mime_message_get_date(message);
		m->date = date ? g->g_date_time_to_unix(date) : 0;
		g->g_object_unref(message);
	}
	g->g_object_unref(parser);
	g->g_object_unref(stream);
	m->count = w.count;
}

size_t mail_end(const struct mail *m, size_t at)
{
	size_t end = at + 1;
	while (end < m->count && m->parts[end].depth > m->parts[at].depth)
		end++;
	return end;
}

/* ---- words ---- */

/* Puts a character reference of HTML at s, and gives its length; 0: it is none. */
static size_t put_reference(struct buf *out, struct str s)
{
	static const struct {
		struct str name;
		const char *text;
	} known[] = { { STR_INIT("&lt;"), "<" },  { STR_INIT("&gt;"), ">" },
		      { STR_INIT("&amp;"), "&" }, { STR_INIT("&quot;"), "\"" },
		      { STR_INIT("&#39;"), "'" }, { STR_INIT("&nbsp;"), " " },
		      { STR_INIT("&#64;"), "@" } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_starts(s, known[i].name)) {
			buf_put_c(out, known[i].text);
			return known[i].name.len;
		}
	return 0;
}

/* Whether a tag, without its "<", stays within a line. */
static bool is_inline(struct str tag)
{
	static const struct str names[] = {
		STR_INIT("b"),    STR_INIT("i"),      STR_INIT("a"),
		STR_INIT("span"), STR_INIT("strong"), STR_INIT("em"),
		STR_INIT("font"), STR_INIT("tt"),     STR_INIT("code")
	};
	if (str_starts(tag, STR("/")))
		tag = str_sub(tag, 1, tag.len);
	size_t len = 0;
	while (len < tag.len && ((tag.ptr[len] | 32) >= 'a' && (tag.ptr[len] | 32) <= 'z'))
		len++;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal_nocase(str_sub(tag, 0, len), names[i]))
			return true;
	return false;
}

struct str part_words(struct arena *a, const struct mail_part *part)
{
	struct str s = part->text;
	if (!str_equal(part->type, STR("text/html")))
		return s;
	struct buf out;
	bool tags = true; /* false: no ">" is left */
	buf_init(&out, MAIL_TEXT_BYTES);
	for (size_t at = 0; at < s.len;) {
		size_t reference = s.ptr[at] == '&' ? put_reference(&out, str_sub(s, at, 8)) : 0;
		bool opens = tags && s.ptr[at] == '<';
		size_t end = opens ? str_find(s, STR(">"), at) : s.len;
		tags &= !opens || end < s.len;
		if (reference) {
			at += reference;
		} else if (end < s.len) {
			if (!is_inline(str_sub(s, at + 1, end - at - 1)))
				buf_put_byte(&out, '\n');
			at = end + 1;
		} else {
			buf_put_byte(&out, s.ptr[at++]);
		}
	}
	struct str words = str_copy(a, buf_str(&out));
	buf_release(&out);
	return words;
}
