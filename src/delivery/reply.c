/* Replies after RFC 5321 (4.2), enhanced codes after RFC 2034 and 3463. */
#include "delivery/reply.h"

#include "base/utf8.h"

#include <string.h>

const char *phase_name(enum phase p)
{
	static const char *const names[] = {
		[PHASE_CONNECT] = "connecting",
		[PHASE_RSET] = "RSET",
		[PHASE_MAIL] = "MAIL",
		[PHASE_RCPT] = "RCPT",
		[PHASE_DATA] = "DATA",
		[PHASE_BODY] = "the message's text",
		[PHASE_DOT] = "the end of the message",
	};
	return names[p];
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "5.1.1 " at the start of text; gives its length with the space, or 0. */
static size_t enhanced_code(struct str text, char class, int *subject, int *detail)
{
	int numbers[2] = { 0, 0 };
	size_t at = 1;
	if (text.len < 5 || text.ptr[0] != class)
		return 0;
	for (int n = 0; n < 2; n++) {
		size_t digits = 0;
		if (at >= text.len || text.ptr[at++] != '.')
			return 0;
		for (; at < text.len && is_digit(text.ptr[at]) && digits < 3; digits++)
			numbers[n] = 10 * numbers[n] + text.ptr[at++] - '0';
		if (digits == 0)
			return 0;
	}
	if (at < text.len && text.ptr[at] != ' ')
		return 0;
	*subject = numbers[0];
	*detail = numbers[1];
	return at < text.len ? at + 1 : at;
}

/* Appends to the words what shows; the rest becomes "?". */
static void put_words(struct reply *r, struct str text)
{
	size_t len = strlen(r->words);
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		char bytes[4] = { '?' };
		bool shows = !utf8_is_control(c) && c != UTF8_REPLACEMENT;
		size_t n = shows ? utf8_encode(c, bytes) : 1;
		if (len + n > WORDS_BYTES)
			break;
		memcpy(r->words + len, bytes, n);
		len += n;
	}
	r->words[len] = '\0';
}

/* One line without its end: code, "-" or " ", text. */
static bool take_line(struct str line, struct reply *r, bool *last)
{
	if (line.len < 3 || line.ptr[0] < '2' || line.ptr[0] > '5' || !is_digit(line.ptr[1]) ||
	    !is_digit(line.ptr[2]))
		return false;
	char after = line.len > 3 ? line.ptr[3] : ' ';
	int code = 100 * (line.ptr[0] - '0') + 10 * (line.ptr[1] - '0') + line.ptr[2] - '0';
	if ((after != '-' && after != ' ') || (r->code && r->code != code))
		return false;
	*last = after == ' ';
	struct str text = str_sub(line, 4, line.len);
	int subject = -1, detail = -1;
	size_t enhanced = enhanced_code(text, line.ptr[0], &subject, &detail);
	if (!r->code) {
		r->code = code;
		r->subject = subject;
		r->detail = detail;
		put_words(r, str_sub(line, 0, 3));
		enhanced = 0; /* the first line is shown whole */
	}
	text = str_trim(str_sub(text, enhanced, text.len));
	if (text.len)
		put_words(r, STR(" "));
	put_words(r, text);
	return true;
}

int reply_take(struct str *in, struct reply *r)
{
	*r = (struct reply){ .subject = -1, .detail = -1 };
	bool last = false;
	size_t at = 0;
	while (!last) {
		const char *end = at < in->len ? memchr(in->ptr + at, '\n', in->len - at) : NULL;
		if (!end)
			return in->len - at > REPLY_LINE_BYTES || in->len > REPLY_BYTES ? -1 : 0;
		struct str line = { in->ptr + at, (size_t)(end - in->ptr) - at };
		if (str_ends(line, STR("\r")))
			line.len--;
		if (!take_line(line, r, &last))
			return -1;
		at = (size_t)(end + 1 - in->ptr);
		if (at > REPLY_BYTES)
			return -1;
	}
	*in = str_sub(*in, at, in->len);
	return 1;
}

/* What each answer means, by phase. The first line that fits decides. */
static const struct {
	enum phase phase; /* PHASE_COUNT: any */
	int from, to; /* reply codes */
	enum verdict verdict;
} table[] = {
	{ PHASE_COUNT, 421, 421, VERDICT_ROUTE }, /* closing: whatever was asked */
	{ PHASE_COUNT, 454, 454, VERDICT_ROUTE }, /* login not possible for now */
	{ PHASE_COUNT, 530, 530, VERDICT_STOP }, /* login or TLS demanded */
	{ PHASE_COUNT, 535, 535, VERDICT_STOP },     { PHASE_COUNT, 538, 538, VERDICT_STOP },
	{ PHASE_RSET, 200, 299, VERDICT_GO_ON },     { PHASE_MAIL, 200, 299, VERDICT_GO_ON },
	{ PHASE_RCPT, 200, 299, VERDICT_GO_ON },     { PHASE_DATA, 354, 354, VERDICT_GO_ON },
	{ PHASE_DOT, 200, 299, VERDICT_SENT },       { PHASE_RSET, 300, 599, VERDICT_ROUTE },
	{ PHASE_MAIL, 500, 599, VERDICT_STOP },      { PHASE_MAIL, 200, 499, VERDICT_ROUTE },
	{ PHASE_CONNECT, 200, 599, VERDICT_ROUTE },  { PHASE_COUNT, 500, 599, VERDICT_FAILED },
	{ PHASE_COUNT, 200, 499, VERDICT_DEFERRED },
};

enum verdict reply_verdict(enum phase p, const struct reply *r)
{
	/* The sender's own address is refused at RCPT by servers that check late. */
	if (p == PHASE_RCPT && r->code >= 500 && r->subject == 1 &&
	    (r->detail == 7 || r->detail == 8))
		return VERDICT_STOP;
	/* Security and policy, for now (RFC 3463, 3.8): too fast, too much, grey lists. */
	if (r->code >= 400 && r->code < 500 && r->subject == 7)
		return VERDICT_ROUTE;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if ((table[i].phase == p || table[i].phase == PHASE_COUNT) &&
		    r->code >= table[i].from && r->code <= table[i].to)
			return table[i].verdict;
	return VERDICT_ROUTE;
}

bool reply_says_nobody(const struct reply *r)
{
	static const int details[] = { 1, 2, 3, 6, 10 };
	for (size_t i = 0; i < sizeof details / sizeof *details; i++)
		if (r->code >= 500 && r->subject == 1 && r->detail == details[i])
			return true;
	return false;
}

bool reply_blames_us(enum phase p, const struct reply *r)
{
	if (p == PHASE_DOT || p == PHASE_DATA)
		return r->code >= 500;
	return p == PHASE_RCPT && r->code >= 500 && r->subject == 7;
}
