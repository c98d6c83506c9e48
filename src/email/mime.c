/* Headers, parts, chunks.
 *
 * RFC 5322 (message), 2045 and 2046 (parts), 2047 (words that are not ASCII),
 * 2369 and 2919 (List- headers), 8058 (one click), 3834 (Auto-Submitted). Lines
 * are folded at 78 and never reach 998; List-Unsubscribe stays on one line,
 * because some receivers read no further. No header names a segment, and only
 * the random token stands for the subscriber.
 *
 * A literal of a part is quoted-printable from its own start; before a hole and
 * behind it stands a soft line break, see model/message.c. */
#include "base/hash.h"
#include "base/url.h"
#include "base/utf8.h"
#include "email/mail.h"
#include "model/encoded.h"
#include "model/mailbox.h"

#include <string.h>

enum {
	FOLD_AT = 78,
	LINE_LIMIT = 998, /* RFC 5322, 2.1.1 */
	HOLE_COUNTED_AS = 32,
};

struct wire {
	struct mail *mail;
	struct buf literal; /* since the last hole */
	struct chunk *chunks;
	size_t count, capacity;
	size_t bytes;
};

static void flush(struct wire *w)
{
	if (!w->literal.len)
		return;
	struct chunk c = { .literal = str_copy(w->mail->arena, buf_str(&w->literal)) };
	w->bytes += c.literal.len;
	PUSH(w->mail->arena, w->chunks, w->count, w->capacity, c);
	buf_clear(&w->literal);
}

static void put_hole(struct wire *w, enum hole h, enum hole_encoding e)
{
	flush(w);
	struct chunk c = { .is_hole = true, .hole = h, .encoding = e };
	PUSH(w->mail->arena, w->chunks, w->count, w->capacity, c);
	w->bytes += HOLE_COUNTED_AS;
}

static void put(struct wire *w, const char *s)
{
	buf_put_c(&w->literal, s);
}

/* ---- headers ---- */

/* Whether a value may be a header's: no line break, no control character. */
static bool value_is_sound(struct mail *m, const char *header, struct str value, struct place place)
{
	for (size_t at = 0; at < value.len;) {
		uint32_t c = utf8_next(value, &at);
		if (!utf8_is_control(c) && c != 0x2028 && c != 0x2029)
			continue;
		diag_report(m->diags, DIAG_HEADER_INVALID, place, "%s: U+%04X", header,
			    (unsigned)c);
		return false;
	}
	return true;
}

/* ASCII words, folded at spaces. column: bytes on the line so far. */
static void put_folded(struct buf *out, struct str value, size_t column)
{
	struct str rest = value, piece;
	bool first = true;
	while (str_cut(&rest, ' ', &piece)) {
		/* Empty pieces are runs of spaces: they stay with the line. */
		if (!first) {
			bool fold = piece.len && column + 1 + piece.len > FOLD_AT;
			buf_put_c(out, fold ? "\r\n " : " ");
			column = fold ? 1 : column + 1;
		}
		buf_put(out, piece);
		column += piece.len;
		first = false;
	}
}

/* Whether a line would grow beyond what folding at spaces can help. */
static bool has_long_word(struct str value)
{
	struct str rest = value, piece;
	while (str_cut(&rest, ' ', &piece))
		if (piece.len > FOLD_AT - 2)
			return true;
	return false;
}

/* Words for people: plain while they are ASCII, else encoded. */
static void put_words(struct wire *w, struct str value, size_t column)
{
	bool odd_space = str_starts(value, STR(" ")) || str_ends(value, STR(" ")) ||
			 str_find(value, STR("  "), 0) < value.len;
	if (encoded_is_needless(value) && !odd_space && !has_long_word(value))
		put_folded(&w->literal, value, column);
	else
		encoded_put(&w->literal, value, column);
}

/* A header of words in which holes may stand: then all of it is encoded words,
 * a line each, because blanks between those count for nothing. */
static void put_words_header(struct wire *w, const char *name, struct str marked)
{
	size_t column = strlen(name) + 2, start = 0;
	enum hole h;
	bool url, holes = false;
	for (size_t i = 0; i < marked.len; i++)
		holes = holes || mark_hole((unsigned char)marked.ptr[i], &h, &url);
	put(w, name);
	put(w, ":");
	if (!holes) {
		put(w, " ");
		put_words(w, marked, column);
		put(w, "\r\n");
		return;
	}
	for (size_t i = 0; i <= marked.len; i++) {
		bool hole = i < marked.len && mark_hole((unsigned char)marked.ptr[i], &h, &url);
		if (i < marked.len && !hole)
			continue;
		if (i > start) {
			put(w, start ? "\r\n " : " ");
			encoded_put(&w->literal, str_sub(marked, start, i - start),
				    start ? 1 : column);
		}
		if (hole)
			put_hole(w, h, HOLE_HEADER);
		start = i + 1;
	}
	put(w, "\r\n");
}

/* name: value, folded at spaces; the value was checked before it became part of
 * the settings and is checked again here. */
static void put_header(struct wire *w, const char *name, struct str value)
{
	struct mail *m = w->mail;
	if (!value.len || !value_is_sound(m, name, value, m->doc->publication->mail.place))
		return;
	put(w, name);
	put(w, ": ");
	put_words(w, value, strlen(name) + 2);
	put(w, "\r\n");
}

/* <address>, for the List- headers; scheme: "mailto:" or "". */
static void put_list_header(struct wire *w, const char *name, const char *scheme,
			    struct str address)
{
	struct mail *m = w->mail;
	if (!address.len || !value_is_sound(m, name, address, m->doc->publication->mail.place))
		return;
	put(w, name);
	put(w, ": <");
	put(w, scheme);
	url_put(&w->literal, address);
	put(w, ">\r\n");
}

/* Whether name needs no quotes: atoms and spaces (RFC 5322, 3.2.3). */
static bool is_atoms(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool alnum =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!alnum && !(c && strchr(" !#$%&'*+-/=?^_`{|}~", c)))
			return false;
	}
	return true;
}

static bool address_is_sound(struct mail *m, const char *header, struct str address)
{
	bool ascii = str_find(address, STR("@"), 0) < address.len;
	for (size_t i = 0; i < address.len; i++)
		ascii = ascii && address.ptr[i] > 0x20 && address.ptr[i] < 0x7F &&
			!strchr("<>,;:()\"", address.ptr[i]);
	if (!ascii)
		diag_report(m->diags, DIAG_HEADER_INVALID, m->doc->publication->mail.place,
			    "%s: %.*s", header, STR_ARG(address));
	return ascii;
}

static void put_from(struct wire *w)
{
	struct mail *m = w->mail;
	struct str from = m->doc->publication->mail.from;
	if (!from.len || !value_is_sound(m, "From", from, m->doc->publication->mail.place))
		return;
	struct str name = mailbox_of(from).name, address = mailbox_of(from).address;
	if (!address_is_sound(m, "From", address))
		return;
	put(w, "From: ");
	if (name.len && is_atoms(name) && encoded_is_needless(name) && !has_long_word(name)) {
		put_folded(&w->literal, name, 6);
	} else if (name.len) {
		/* Quotes would need quoting in turn: encoded words are always safe. */
		encoded_put(&w->literal, name, 6);
	}
	size_t line = w->literal.len;
	while (line && w->literal.ptr[line - 1] != '\n')
		line--;
	bool fold = name.len && w->literal.len - line + address.len + 3 > FOLD_AT;
	put(w, name.len ? fold ? "\r\n <" : " <" : "<");
	buf_put(&w->literal, address);
	put(w, ">\r\n");
}

/* An address with {token}: text and holes, all on one line. */
static void put_address_with_token(struct wire *w, struct str marked)
{
	enum hole h;
	bool url;
	for (size_t i = 0; i < marked.len; i++)
		if (mark_hole((unsigned char)marked.ptr[i], &h, &url))
			put_hole(w, HOLE_TOKEN, HOLE_URL_HEADER);
		else
			buf_put_byte(&w->literal, marked.ptr[i]);
}

/* RFC 8058: https first, and the header that allows one click for it; then an
 * address for those who write. */
static void put_unsubscribe(struct wire *w)
{
	struct mail *m = w->mail;
	const struct mail_settings *s = &m->doc->publication->mail;
	bool sound = s->unsubscribe.len &&
		     value_is_sound(m, "List-Unsubscribe", s->unsubscribe, s->place);
	bool https = sound && str_equal_nocase(str_sub(s->unsubscribe, 0, 8), STR("https://"));
	if (!sound && !m->reply_to.len)
		return;
	put(w, "List-Unsubscribe: ");
	if (sound) {
		put(w, "<");
		put_address_with_token(w, mail_url(m, s->unsubscribe, s->place));
		put(w, m->reply_to.len ? ">, " : ">");
	}
	if (m->reply_to.len) {
		put(w, "<mailto:");
		url_put(&w->literal, m->reply_to);
		put(w, "?subject=unsubscribe%20");
		put_hole(w, HOLE_TOKEN, HOLE_URL_HEADER);
		put(w, ">");
	}
	put(w, "\r\n");
	if (https)
		put(w, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
}

/* Issue, language, kind, and the sender's own name of 5 to 15 characters, as
 * Gmail's feedback loop wants it; the same for all subscribers. */
static void put_feedback_id(struct wire *w)
{
	struct mail *m = w->mail;
	buf_format(&w->literal, "Feedback-ID: %.*s:%.*s:issue:glos%08x\r\n", STR_ARG(m->doc->id),
		   STR_ARG(m->language), (unsigned)(hash_of(m->domain) & 0xFFFFFFFFU));
}

static void put_message_id(struct wire *w)
{
	struct mail *m = w->mail;
	buf_format(&w->literal, "Message-ID: <%.*s.%.*s.", STR_ARG(m->doc->id),
		   STR_ARG(m->language));
	put_hole(w, HOLE_MESSAGE_ID, HOLE_HEADER);
	buf_format(&w->literal, "@%.*s>\r\n", STR_ARG(m->domain));
}

static void put_list_id(struct wire *w)
{
	struct mail *m = w->mail;
	const struct mail_settings *s = &m->doc->publication->mail;
	if (!s->list_id.len || !value_is_sound(m, "List-Id", s->list_id, s->place))
		return;
	put(w, "List-Id: ");
	encoded_put(&w->literal, m->doc->publication->title, 9);
	put(w, "\r\n <");
	url_put(&w->literal, s->list_id);
	put(w, ">\r\n");
}

static void put_headers(struct wire *w, struct str subject)
{
	struct mail *m = w->mail;
	put_from(w);
	put(w, "To: ");
	put_hole(w, HOLE_ADDRESS, HOLE_HEADER);
	put(w, "\r\n");
	put_words_header(w, "Subject", subject);
	put(w, "Date: ");
	put_hole(w, HOLE_DATE, HOLE_HEADER);
	put(w, "\r\n");
	if (m->reply_to.len && address_is_sound(m, "Reply-To", m->reply_to))
		put_header(w, "Reply-To", m->reply_to);
	put_message_id(w);
	put(w, "MIME-Version: 1.0\r\n");
	put_header(w, "Content-Language", m->language);
	put_list_id(w);
	put_unsubscribe(w);
	put_list_header(w, "List-Archive", "", m->site ? m->doc->publication->site : STR(""));
	put_list_header(w, "List-Help", "mailto:", m->reply_to);
	put_list_header(w, "List-Owner", "mailto:", m->reply_to);
	put(w, "List-Post: NO\r\n");
	put_feedback_id(w);
	put(w, "Precedence: bulk\r\nAuto-Submitted: auto-generated\r\n");
}

/* ---- parts ---- */

static void put_piece(struct wire *w, struct str piece)
{
	quoted_printable_put(&w->literal, piece);
}

/* marked as quoted-printable, ending with a line end. */
static void put_body(struct wire *w, struct str marked, enum hole_encoding encoding)
{
	enum hole h;
	bool url;
	size_t start = 0;
	for (size_t i = 0; i < marked.len; i++) {
		if (!mark_hole((unsigned char)marked.ptr[i], &h, &url))
			continue;
		put_piece(w, str_sub(marked, start, i - start));
		put(w, "=\r\n");
		put_hole(w, h, url ? HOLE_URL_QP : encoding);
		put(w, "=\r\n");
		start = i + 1;
	}
	put_piece(w, str_sub(marked, start, marked.len));
}

static void put_part(struct wire *w, const char *boundary, const char *type, struct str marked,
		     enum hole_encoding encoding)
{
	buf_format(
		&w->literal,
		"--%s\r\nContent-Type: %s\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
		boundary, type);
	put_body(w, marked, encoding);
	put(w, "\r\n");
}

/* The head of the part, or of the message, and both alternatives. */
static void put_alternatives(struct wire *w, const char *boundary)
{
	buf_format(&w->literal, "Content-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n\r\n",
		   boundary);
	put_part(w, boundary, "text/plain; charset=utf-8; format=flowed", buf_str(&w->mail->text),
		 HOLE_TEXT_QP);
	put_part(w, boundary, "text/html; charset=utf-8", buf_str(&w->mail->html), HOLE_HTML_QP);
	buf_format(&w->literal, "--%s--\r\n", boundary);
}

void mime_make(struct mail *m, struct message *message)
{
	struct wire w = { .mail = m };
	char boundary[64];
	struct str subject = message->subject;
	buf_init(&w.literal, 4 * (size_t)MAIL_CEILING);
	/* "=_" never occurs in quoted-printable text (RFC 2045, 6.7, note), so no
	 * line of a part can be the boundary. */
	snprintf(boundary, sizeof boundary, "=_glos_%016llx",
		 (unsigned long long)hash_of(
			 str_join(m->arena, m->doc->id, m->doc->publication->title)));
	if (!value_is_sound(m, "Subject", subject, m->at->subject))
		subject = STR("");
	put_headers(&w, mail_header_words(m, subject, m->at->subject));
	bool related = m->inlined_count > 0;
	char around[72];
	snprintf(around, sizeof around, "%s_r", boundary);
	if (related)
		buf_format(&w.literal,
			   "Content-Type: multipart/related; type=\"multipart/alternative\";\r\n"
			   " boundary=\"%s\"\r\n\r\n--%s\r\n",
			   around, around);
	put_alternatives(&w, boundary);
	if (related) {
		inline_put_parts(m, &w.literal, around);
		buf_format(&w.literal, "--%s--\r\n", around);
	}
	flush(&w);
	buf_release(&w.literal);
	message->chunks = w.chunks;
	message->chunk_count = w.count;
	message->encoded_bytes = w.bytes;
}
