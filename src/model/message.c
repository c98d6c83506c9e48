/* The jobs here: names of holes; quoted-printable; filling holes on the wire.
 *
 * A hole in a body stands behind a soft line break, and a soft line break stands
 * behind it, so that a value of any length leaves the lines around it as they
 * are: literal chunks are encoded once for all subscribers. RFC 2045, 6.7. */
#include "model/message.h"

#include "base/html.h"
#include "base/url.h"
#include "base/utf8.h"
#include "model/encoded.h"

enum {
	LINE_MAX_QP = 76,
	VALUE_CEILING = 64 * 1024, /* of one hole: far beyond any name */
};

static const struct {
	struct str name;
	bool for_editors;
} holes[HOLE_COUNT] = {
	[HOLE_ADDRESS] = { STR_INIT("address"), false },
	[HOLE_NAME] = { STR_INIT("name"), true },
	[HOLE_ORG] = { STR_INIT("org"), true },
	[HOLE_TOKEN] = { STR_INIT("token"), true },
	[HOLE_REGION] = { STR_INIT("region"), true },
	[HOLE_MESSAGE_ID] = { STR_INIT("message-id"), false },
	[HOLE_DATE] = { STR_INIT("date"), false },
};

struct str hole_name(enum hole h)
{
	return holes[h].name;
}

bool hole_from(struct str name, enum hole *h)
{
	for (int i = 0; i < HOLE_COUNT; i++) {
		if (!holes[i].for_editors || !str_equal(holes[i].name, name))
			continue;
		*h = (enum hole)i;
		return true;
	}
	return false;
}

/* ---- quoted-printable ---- */

/* Bytes of the line end at i: 1, 2, or 0. */
static size_t line_end_at(struct str s, size_t i)
{
	if (i < s.len && s.ptr[i] == '\n')
		return 1;
	return i + 1 < s.len && s.ptr[i] == '\r' && s.ptr[i + 1] == '\n' ? 2 : 0;
}

/* Whether the byte at i may stand as it is, in this column. */
static bool is_plain(struct str s, size_t i, size_t column)
{
	char c = s.ptr[i];
	if (c == ' ' || c == '\t')
		return i + 1 < s.len && !line_end_at(s, i + 1); /* 6.7 (3) */
	if (c < '!' || c > '~' || c == '=')
		return false;
	/* What mail stores and SMTP would alter at the start of a line. */
	if (column == 0 && (c == '.' || (c == 'F' && str_starts(str_sub(s, i, 5), STR("From ")))))
		return false;
	return true;
}

static void put_escaped(struct buf *out, unsigned char byte)
{
	static const char digits[] = "0123456789ABCDEF";
	const char escaped[] = { '=', digits[byte >> 4], digits[byte & 15] };
	buf_put_bytes(out, escaped, sizeof escaped);
}

void quoted_printable_put(struct buf *out, struct str text)
{
	size_t column = 0;
	for (size_t i = 0; i < text.len;) {
		size_t end = line_end_at(text, i);
		if (end) {
			buf_put_c(out, "\r\n");
			column = 0;
			i += end;
			continue;
		}
		/* A character of several bytes stays on one line: some readers
		 * decode line by line. */
		size_t next = i;
		utf8_next(text, &next);
		size_t width = next - i > 1 || !is_plain(text, i, column) ? 3 * (next - i) : 1;
		if (column + width >= LINE_MAX_QP) { /* the last place is for the = */
			buf_put_c(out, "=\r\n");
			column = 0;
			width = next - i > 1 || !is_plain(text, i, 0) ? 3 * (next - i) : 1;
		}
		for (; i < next; i++)
			if (width == 1)
				buf_put_byte(out, text.ptr[i]);
			else
				put_escaped(out, (unsigned char)text.ptr[i]);
		column += width;
	}
}

/* ---- filling ---- */

/* value without control characters and broken UTF-8: nothing in it can end a
 * line, a header or the message. */
static void clean_put(struct buf *out, struct str value)
{
	for (size_t at = 0; at < value.len;) {
		uint32_t c = utf8_next(value, &at);
		utf8_put(out, utf8_is_control(c) ? ' ' : c);
	}
}

/* Names and regions stand beside encoded words of the same text, and the blank
 * between two encoded words counts for nothing (RFC 2047, 6.2); so they are
 * always one, on a line of their own. The rest are atoms, such as tokens. An address is
 * never an encoded word (RFC 2047, 5): beyond ASCII it stands as it is (RFC 6532, 3.2),
 * in a message that only SMTPUTF8 carries. */
static void put_header(struct buf *out, enum hole h, struct str value)
{
	bool phrase = h == HOLE_NAME || h == HOLE_REGION || h == HOLE_ORG;
	if (h == HOLE_ADDRESS || (!phrase && encoded_is_needless(value))) {
		buf_put(out, value);
	} else if (value.len) {
		buf_put_c(out, "\r\n ");
		encoded_put(out, value, 1);
	}
}

static void put_html(struct buf *out, enum hole h, struct str value)
{
	(void)h;
	struct buf escaped;
	buf_init(&escaped, 8 * VALUE_CEILING);
	html_put(&escaped, value);
	quoted_printable_put(out, buf_str(&escaped));
	buf_release(&escaped);
}

static void put_text(struct buf *out, enum hole h, struct str value)
{
	(void)h;
	quoted_printable_put(out, value);
}

static void put_url_header(struct buf *out, enum hole h, struct str value)
{
	(void)h;
	url_put_component(out, value);
}

static void put_url(struct buf *out, enum hole h, struct str value)
{
	(void)h;
	struct buf encoded;
	buf_init(&encoded, 8 * VALUE_CEILING);
	url_put_component(&encoded, value);
	quoted_printable_put(out, buf_str(&encoded));
	buf_release(&encoded);
}

/* Whether a value stands for itself in every place and fits on a line of its own: a
 * token. Most holes are one, and this is what each of a hundred thousand costs. */
static bool is_token(struct str value)
{
	bool plain = value.len > 0 && value.len < LINE_MAX_QP;
	for (size_t i = 0; plain && i < value.len; i++) {
		char c = value.ptr[i];
		plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '_';
	}
	return plain;
}

void message_render(const struct message *m, const struct hole_values *v, struct buf *out)
{
	static void (*const put[])(struct buf *, enum hole, struct str) = {
		[HOLE_HEADER] = put_header, [HOLE_HTML_QP] = put_html,
		[HOLE_TEXT_QP] = put_text,  [HOLE_URL_HEADER] = put_url_header,
		[HOLE_URL_QP] = put_url,
	};
	struct buf clean;
	buf_init(&clean, VALUE_CEILING);
	for (size_t i = 0; i < m->chunk_count; i++) {
		const struct chunk *c = &m->chunks[i];
		if (!c->is_hole) {
			buf_put(out, c->literal);
			continue;
		}
		if (c->encoding != HOLE_HEADER && is_token(v->value[c->hole])) {
			buf_put(out, v->value[c->hole]);
			continue;
		}
		buf_clear(&clean);
		clean_put(&clean, v->value[c->hole]);
		put[c->encoding](out, c->hole, buf_str(&clean));
	}
	buf_release(&clean);
}

/* ---- reading back ---- */

/* What quoted_printable_put wrote, with LF for CRLF. */
static void put_decoded(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '=' && i + 2 < s.len) {
			int high = hex_digit(s.ptr[i + 1]), low = hex_digit(s.ptr[i + 2]);
			if (high >= 0 && low >= 0)
				buf_put_byte(out, (char)(high << 4 | low));
			i += 2; /* else a soft line break */
		} else if (c != '\r') {
			buf_put_byte(out, c);
		}
	}
}

void message_put_part(const struct message *m, const struct hole_values *v, bool html,
		      struct buf *out)
{
	struct buf wire;
	buf_init(&wire, 64 * 1024 * 1024);
	message_render(m, v, &wire);
	struct str s = buf_str(&wire);
	size_t head = str_find(s,
			       html ? STR("\r\nContent-Type: text/html")
				    : STR("\r\nContent-Type: text/plain"),
			       0);
	size_t body = str_find(s, STR("\r\n\r\n"), head) + 4;
	size_t end = str_find(s, STR("\r\n--=_"), body);
	if (body < s.len)
		put_decoded(out, str_sub(s, body, end - body));
	buf_release(&wire);
}
