/* Whose delivery a mail is about. Only a token says that: it is random, so that who
 * does not know it can neither guess nor forge it, and addresses in reports, which
 * anybody can write, decide nothing. */
#include "delivery/bounce.h"

#include "base/arena.h"
#include "base/sha256.h"
#include "delivery/store.h"

#include <string.h>

struct tokens {
	struct arena *arena;
	struct str *list;
	size_t count;
};

static bool is_digit32(char c) /* RFC 4648, 6, in either case */
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
}

static void add(struct tokens *t, struct str found)
{
	char *lower = arena_alloc(t->arena, TOKEN_CHARS + 1);
	for (size_t i = 0; i < TOKEN_CHARS; i++)
		lower[i] = found.ptr[i] >= 'A' && found.ptr[i] <= 'Z'
				   ? (char)(found.ptr[i] - 'A' + 'a')
				   : found.ptr[i];
	struct str token = { lower, TOKEN_CHARS };
	for (size_t i = 0; i < t->count; i++)
		if (str_equal(t->list[i], token))
			return;
	if (t->count < BOUNCE_TOKENS)
		t->list[t->count++] = token;
}

/* "odbicia+TOKEN@domain" and "<ISSUE.LANGUAGE.TOKEN@domain>", also rewritten by
 * forwarders (SRS), which put another domain behind the "@". */
static void scan(struct tokens *t, struct str s)
{
	size_t run = 0; /* digits before at */
	for (size_t at = 0; at < s.len && t->count < BOUNCE_TOKENS; at++) {
		if (is_digit32(s.ptr[at])) {
			run++;
			continue;
		}
		char before = at > run ? s.ptr[at - run - 1] : ' ';
		if (run == TOKEN_CHARS && (s.ptr[at] == '@' || s.ptr[at] == '=') &&
		    strchr("+.-=", before))
			add(t, str_sub(s, at - run, run));
		run = 0;
	}
}

static void scan_addresses(struct tokens *t, const struct mail_part *message)
{
	static const char *const names[] = { "Delivered-To",
					     "X-Original-To",
					     "Envelope-To",
					     "X-Envelope-To",
					     "X-Delivered-To",
					     "To",
					     "Cc",
					     "Received" };
	for (size_t n = 0; n < sizeof names / sizeof *names; n++)
		for (size_t i = 0; i < message->field_count; i++)
			if (str_equal_nocase(message->fields[i].name, str_from(names[n])))
				scan(t, message->fields[i].value);
}

size_t bounce_tokens(struct arena *a, const struct mail *m, struct str tokens[BOUNCE_TOKENS])
{
	struct tokens t = { a, tokens, 0 };
	scan_addresses(&t, &m->parts[0]);
	for (size_t p = 0; p < m->count; p++) {
		for (size_t i = 0; i < m->parts[p].field_count; i++)
			scan(&t, m->parts[p].fields[i].value);
		scan(&t, m->parts[p].text);
	}
	return t.count;
}

void bounce_digest(struct arena *a, const struct mail *m, unsigned char digest[BOUNCE_DIGEST_BYTES])
{
	struct str id = mail_field(&m->parts[0], "Message-ID");
	struct str text = STR("");
	for (size_t p = 0; p < m->count && text.len == 0; p++)
		text = m->parts[p].text;
	struct str told =
		str_format(a, "%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(mail_field(&m->parts[0], "Date")),
			   STR_ARG(mail_field(&m->parts[0], "From")),
			   STR_ARG(mail_field(&m->parts[0], "Subject")), STR_ARG(text));
	struct sha256 sum = sha256_of(id.len ? id : told);
	memcpy(digest, sum.byte, BOUNCE_DIGEST_BYTES);
}
