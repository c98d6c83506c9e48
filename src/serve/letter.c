/* RFC 5322 (message), 2046 (parts), 3834 (Auto-Submitted: nobody's holiday answers it).
 *
 * Text first, as for all: what is asked, the link on a line of its own, and what to do if
 * it was not you. The HTML says the same with a button. */
#include "serve/letter.h"

#include "base/arena.h"
#include "base/html.h"
#include "base/language.h"
#include "model/encoded.h"
#include "model/mailbox.h"

enum { PART_BYTES = 64 * 1024, TEXT_COLUMNS = 72 };

static const char boundary[] = "=_glos_confirm"; /* never in quoted-printable text */

struct parts {
	struct arena *arena;
	struct buf literal;
	struct message *message;
	size_t capacity;
};

static void flush(struct parts *p)
{
	struct message *m = p->message;
	const struct chunk c = { .literal = str_copy(p->arena, buf_str(&p->literal)) };
	if (p->literal.len)
		PUSH(p->arena, m->chunks, m->chunk_count, p->capacity, c);
	m->encoded_bytes += p->literal.len;
	buf_clear(&p->literal);
}

static void put_hole(struct parts *p, enum hole h, enum hole_encoding e)
{
	struct message *m = p->message;
	flush(p);
	const struct chunk c = { .is_hole = true, .hole = h, .encoding = e };
	PUSH(p->arena, m->chunks, m->chunk_count, p->capacity, c);
	m->encoded_bytes += 32;
}

/* values poured into a saying. */
static struct str pour(struct arena *a, struct str pattern, const struct str *values)
{
	struct buf out;
	buf_init(&out, PART_BYTES);
	for (size_t i = 0; i < pattern.len; i++)
		if (pattern.ptr[i] == '$')
			buf_put(&out, *values++);
		else
			buf_put_byte(&out, pattern.ptr[i]);
	struct str poured = str_copy(a, buf_str(&out));
	buf_release(&out);
	return poured;
}

/* A paragraph in lines of at most TEXT_COLUMNS, as format=flowed wants them: a blank
 * before the end of a line says that it goes on (RFC 3676). */
static void put_flowed(struct buf *out, struct str paragraph)
{
	struct str rest = paragraph, word;
	size_t column = 0;
	while (str_cut(&rest, ' ', &word)) {
		size_t width = 0;
		for (size_t i = 0; i < word.len; i++)
			width += ((unsigned char)word.ptr[i] & 0xC0) != 0x80;
		if (column && column + 1 + width > TEXT_COLUMNS) {
			buf_put_c(out, " \n");
			column = 0;
		} else if (column) {
			buf_put_byte(out, ' ');
			column++;
		}
		buf_put(out, word);
		column += width;
	}
	buf_put_c(out, "\n\n");
}

static void put_from(struct parts *p, struct str from)
{
	struct mailbox m = mailbox_of(from);
	buf_put_c(&p->literal, "From: ");
	if (m.name.len) {
		encoded_put(&p->literal, m.name, 6);
		buf_put_c(&p->literal, "\r\n ");
	}
	buf_format(&p->literal, "<%.*s>\r\n", STR_ARG(m.address));
}

static void put_headers(struct parts *p, const struct publication *pub, enum tongue t)
{
	struct message *m = p->message;
	put_from(p, pub->mail.from);
	buf_put_c(&p->literal, "To: ");
	put_hole(p, HOLE_ADDRESS, HOLE_HEADER);
	buf_put_c(&p->literal, "\r\nSubject: ");
	encoded_put(&p->literal, m->subject, 9);
	buf_put_c(&p->literal, "\r\nDate: ");
	put_hole(p, HOLE_DATE, HOLE_HEADER);
	buf_put_c(&p->literal, "\r\nMessage-ID: <confirm.");
	put_hole(p, HOLE_MESSAGE_ID, HOLE_HEADER);
	buf_format(&p->literal, "@%.*s>\r\n", STR_ARG(m->domain));
	if (pub->mail.reply_to.len)
		buf_format(&p->literal, "Reply-To: <%.*s>\r\n",
			   STR_ARG(mailbox_of(pub->mail.reply_to).address));
	buf_format(&p->literal,
		   "MIME-Version: 1.0\r\nContent-Language: %.*s\r\n"
		   "Auto-Submitted: auto-generated\r\n"
		   "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n",
		   STR_ARG(tongue_tag(t)), boundary);
}

/* A part; {token} in it becomes a hole on a line of its own. */
static void put_part(struct parts *p, const char *type, struct str body)
{
	const struct str mark = STR("{token}");
	buf_format(
		&p->literal,
		"--%s\r\nContent-Type: %s\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
		boundary, type);
	for (size_t at = 0; at < body.len;) {
		size_t next = str_find(body, mark, at);
		quoted_printable_put(&p->literal, str_sub(body, at, next - at));
		if (next < body.len) {
			buf_put_c(&p->literal, "=\r\n");
			put_hole(p, HOLE_TOKEN, HOLE_URL_QP);
			buf_put_c(&p->literal, "=\r\n");
			next += mark.len;
		}
		at = next;
	}
	buf_put_c(&p->literal, "\r\n");
}

static struct str text_of(struct arena *a, const struct publication *p, struct str ask,
			  struct str link, struct str not_you)
{
	struct buf out;
	buf_init(&out, PART_BYTES);
	put_flowed(&out, ask);
	buf_put(&out, link);
	buf_put_c(&out, "\n\n");
	put_flowed(&out, not_you);
	buf_put_c(&out, "-- \n");
	buf_put(&out, p->publisher.len ? p->publisher : p->title);
	buf_put_byte(&out, '\n');
	if (p->mail.postal_address.len) {
		buf_put(&out, p->mail.postal_address);
		buf_put_byte(&out, '\n');
	}
	struct str text = str_copy(a, buf_str(&out));
	buf_release(&out);
	return text;
}

static struct str html_of(struct arena *a, const struct publication *p, const struct palette *c,
			  struct str ask, struct str link, struct str not_you, enum tongue t)
{
	static const char pattern[] =
		"<!DOCTYPE html>\n<html lang=\"@\" dir=\"ltr\"><head>"
		"<meta charset=\"utf-8\">"
		"<meta name=\"viewport\" content=\"width=device-width\"><title>$</title></head>\n"
		"<body style=\"margin:0;padding:0;background-color:@\">\n"
		"<div role=\"article\" aria-roledescription=\"email\" aria-label=\"$\" lang=\"@\" "
		"dir=\"ltr\">\n"
		"<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
		"width=\"100%\">"
		"<tr><td align=\"center\" style=\"padding:24px 12px\">\n"
		"<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
		"width=\"100%\" "
		"style=\"max-width:600px\"><tr><td style=\"padding:28px;background-color:@;color:@;"
		"font:17px/26px Georgia,'Noto Serif',serif\">\n"
		"<h1 style=\"margin:0 0 16px;font:bold 26px/32px Lato,'Segoe "
		"UI',Helvetica,Arial,sans-serif\">$</h1>\n"
		"<p style=\"margin:0 0 20px\">$</p>\n"
		"<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" "
		"border=\"0\"><tr><td style=\"background-color:@;padding:14px 24px\">"
		"<a href=\"@\" style=\"color:@;font:bold 17px/24px Lato,'Segoe "
		"UI',Helvetica,Arial,sans-serif\">$</a></td></tr></table>\n"
		"<p style=\"margin:20px 0 16px\">$</p>\n"
		"<p style=\"margin:0;color:@;font-size:15px;line-height:22px\">$<br>$</p>\n"
		"</td></tr></table></td></tr></table></div></body></html>\n";
	struct buf out;
	struct str title = say(SAY_CONFIRM, t), tag = tongue_tag(t);
	buf_init(&out, PART_BYTES);
	HTML(&out, pattern, tag, title, palette_css(c, SHADE_TINT), title, tag,
	     palette_css(c, SHADE_PAPER), palette_css(c, SHADE_TEXT), title, ask,
	     palette_css(c, SHADE_PLATE), link, palette_css(c, SHADE_ON_PLATE),
	     say(SAY_MAIL_LINK, t), not_you, palette_css(c, SHADE_MUTED),
	     p->publisher.len ? p->publisher : p->title, p->mail.postal_address);
	struct str html = str_copy(a, buf_str(&out));
	buf_release(&out);
	return html;
}

struct message *letter_make(struct arena *a, const struct publication *p, const struct palette *c,
			    struct str link, enum tongue t, int days)
{
	struct parts parts = { .arena = a, .message = NEW(a, struct message) };
	struct message *m = parts.message;
	const struct str number = str_format(a, "%d", days);
	struct str ask = pour(a, say(SAY_MAIL_TEXT, t), &p->title);
	struct str not_you = pour(a, say(SAY_MAIL_NOT_YOU, t), &number);
	m->language = tongue_tag(t);
	m->subject = pour(a, say(SAY_MAIL_SUBJECT, t), &p->title);
	m->domain = mailbox_domain(mailbox_of(p->mail.from).address);
	m->text = text_of(a, p, ask, link, not_you);
	m->html = html_of(a, p, c, ask, link, not_you, t);
	buf_init(&parts.literal, 8 * (size_t)PART_BYTES);
	put_headers(&parts, p, t);
	put_part(&parts, "text/plain; charset=utf-8; format=flowed", m->text);
	put_part(&parts, "text/html; charset=utf-8", m->html);
	buf_format(&parts.literal, "--%s--\r\n", boundary);
	flush(&parts);
	buf_release(&parts.literal);
	return m;
}
