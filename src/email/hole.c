/* Placeholders in the editors' text.
 *
 * {word}, a word of small letters alone, is a placeholder: {name}, {org},
 * {token}, {region}. Anything else in braces is text. A word that is none of
 * the four is most likely a slip of the pen that thousands would see, so it is
 * an error. {org} is the same for all and filled here. */
#include "base/utf8.h"
#include "base/url.h"
#include "email/mail.h"

enum { LONGEST_NAME = 24 };

bool mark_hole(unsigned char byte, enum hole *h, bool *url)
{
	if (byte < MARK_FIRST)
		return false;
	*url = byte == MARK_TOKEN_URL;
	*h = *url ? HOLE_TOKEN : (enum hole)(byte - MARK_FIRST);
	return true;
}

/* Length of a placeholder with its braces at i, or 0; its name. */
static size_t placeholder_at(struct str s, size_t i, struct str *name)
{
	if (s.ptr[i] != '{')
		return 0;
	size_t end = i + 1;
	while (end < s.len && s.ptr[end] >= 'a' && s.ptr[end] <= 'z')
		end++;
	if (end == s.len || s.ptr[end] != '}' || end == i + 1 || end - i - 1 > LONGEST_NAME)
		return 0;
	*name = str_sub(s, i + 1, end - i - 1);
	return end + 1 - i;
}

/* Once for each placeholder and place. */
static void report(struct mail *m, struct str name, struct place place, const char *where,
		   struct str hint)
{
	struct str key = str_format(m->arena, "%.*s:%d:%d:%.*s%s", STR_ARG(place.file), place.line,
				    place.column, STR_ARG(name), where);
	if (map_find(m->reported, key))
		return;
	map_put(m->reported, key, m);
	diag_report_hint(m->diags, DIAG_HOLE_UNKNOWN, place, hint, "{%.*s}%s", STR_ARG(name),
			 where);
}

/* Copies one character; broken bytes could pass for marks and become U+FFFD. What acts
 * instead of showing, "&#27;" of Markdown, becomes a space. */
static void copy_character(struct buf *out, struct str s, size_t *at)
{
	uint32_t c = utf8_next(s, at);
	utf8_put(out, utf8_is_control(c) && c != '\n' && c != '\t' ? ' ' : c);
}

enum { HOLES_OF_TEXT = 1 << HOLE_NAME | 1 << HOLE_TOKEN | 1 << HOLE_REGION };
enum { HOLES_OF_HEADERS = 1 << HOLE_NAME };

static struct str marked(struct mail *m, struct str s, struct place place, int allowed)
{
	struct buf out;
	buf_init(&out, MAIL_CEILING);
	for (size_t at = 0; at < s.len;) {
		struct str name;
		size_t len = placeholder_at(s, at, &name);
		enum hole h;
		if (!len) {
			copy_character(&out, s, &at);
			continue;
		}
		bool known = hole_from(name, &h);
		if (known && h == HOLE_ORG) {
			buf_put(&out, m->doc->publication->publisher);
		} else if (known && (allowed & 1 << h)) {
			buf_put_byte(&out, (char)(MARK_FIRST + (int)h));
		} else {
			report(m, name, place, known ? " in a header" : "",
			       known ? STR("only {name} and {org} may stand in a header")
				     : STR("known are {name}, {org}, {token} and {region}"));
			buf_put(&out, str_sub(s, at, len));
		}
		at += len;
	}
	struct str result = str_copy(m->arena, buf_str(&out));
	buf_release(&out);
	return result;
}

struct str mail_words(struct mail *m, struct str s, struct place place)
{
	return marked(m, s, place, HOLES_OF_TEXT);
}

/* No segment and no token in a header: servers on the way keep headers. */
struct str mail_header_words(struct mail *m, struct str s, struct place place)
{
	return marked(m, s, place, HOLES_OF_HEADERS);
}

/* An address that held a name or a region would tell it to whoever runs the
 * server; only the random token may stand in one. */
struct str mail_url(struct mail *m, struct str url, struct place place)
{
	static const struct str forms[] = { STR_INIT("{token}"), STR_INIT("%7Btoken%7D"),
					    STR_INIT("%7btoken%7d") };
	struct buf out;
	buf_init(&out, MAIL_CEILING);
	for (size_t at = 0; at < url.len;) {
		size_t len = 0;
		struct str name;
		for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
			if (str_starts(str_sub(url, at, url.len), forms[f]))
				len = forms[f].len;
		if (len) {
			buf_put_byte(&out, (char)MARK_TOKEN_URL);
			at += len;
			continue;
		}
		if (placeholder_at(url, at, &name))
			report(m, name, place, " in an address",
			       STR("only {token} may stand in an address"));
		url_put(&out, str_sub(url, at, 1));
		at++;
	}
	struct str result = str_copy(m->arena, buf_str(&out));
	buf_release(&out);
	return result;
}

struct str mail_unmarked(struct mail *m, struct str s)
{
	struct buf out;
	buf_init(&out, 2 * MAIL_CEILING);
	for (size_t i = 0; i < s.len; i++) {
		enum hole h;
		bool url;
		if (mark_hole((unsigned char)s.ptr[i], &h, &url))
			buf_format(&out, "{%.*s}", STR_ARG(hole_name(h)));
		else
			buf_put_byte(&out, s.ptr[i]);
	}
	struct str result = str_copy(m->arena, buf_str(&out));
	buf_release(&out);
	return result;
}
