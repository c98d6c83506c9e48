/* What codes (RFC 5321, 4.2; RFC 3463) and words of a refusal mean for a reader. In
 * doubt the refusal is soft: a reader lost for no reason hears of nothing any more,
 * one kept for no reason costs a message. */
#include "delivery/bounce.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "delivery/address.h"

/* ---- finding numbers ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A number of up to three digits at *at, which moves behind it; -1: none. */
static int number(struct str s, size_t *at)
{
	int n = 0;
	size_t digits = 0;
	for (; *at < s.len && is_digit(s.ptr[*at]) && digits < 3; digits++)
		n = 10 * n + s.ptr[(*at)++] - '0';
	return digits ? n : -1;
}

/* "5.1.1" at s, with nothing behind that makes it an address of a machine. */
static bool enhanced(struct str s, struct code *c)
{
	size_t at = 1;
	if (s.len < 5 || (s.ptr[0] != '2' && s.ptr[0] != '4' && s.ptr[0] != '5') ||
	    s.ptr[at++] != '.')
		return false;
	int subject = number(s, &at);
	if (subject < 0 || at >= s.len || s.ptr[at++] != '.')
		return false;
	int detail = number(s, &at);
	bool goes_on = at < s.len && (is_digit(s.ptr[at]) || (s.ptr[at] == '.' && at + 1 < s.len &&
							      is_digit(s.ptr[at + 1])));
	if (detail < 0 || goes_on)
		return false;
	c->class = s.ptr[0] - '0';
	c->subject = subject;
	c->detail = detail;
	return true;
}

struct code code_parse(struct str s)
{
	struct code c = { 0 };
	enhanced(str_trim(s), &c);
	return c;
}

/* Replies that servers give at RCPT or after DATA; other numbers in prose are not. */
static bool is_reply(int n)
{
	static const int replies[] = { 421, 422, 431, 432, 441, 442, 446, 447, 449, 450, 451,
				       452, 453, 454, 455, 471, 500, 501, 502, 503, 504, 510,
				       511, 512, 513, 515, 517, 521, 523, 530, 535, 541, 550,
				       551, 552, 553, 554, 555, 556, 557, 571, 572 };
	for (size_t i = 0; i < sizeof replies / sizeof *replies; i++)
		if (replies[i] == n)
			return true;
	return false;
}

struct code code_find(struct str words)
{
	struct code c = { .at = words.len };
	for (size_t i = 0; i < words.len && (!c.smtp || !c.class); i++) {
		char before = i ? words.ptr[i - 1] : ' ';
		if (!is_digit(words.ptr[i]) || is_digit(before) || before == '.' ||
		    ((before | 32) >= 'a' && (before | 32) <= 'z'))
			continue;
		size_t end = i;
		int n = number(words, &end);
		char after = end < words.len ? words.ptr[end] : ' ';
		bool found = false;
		if (!c.class && words.ptr[i] != '2' && enhanced(str_sub(words, i, 12), &c))
			found = true;
		else if (!c.smtp && end - i == 3 && is_reply(n) &&
			 (after == ' ' || after == '-' || after == ':'))
			found = true, c.smtp = n;
		if (found && c.at == words.len)
			c.at = i;
	}
	return c;
}

/* ---- words ---- */

bool words_have(struct str s, const struct str *list)
{
	for (; list->len; list++)
		if (str_find(s, *list, 0) < s.len)
			return true;
	return false;
}

static const struct str nobody[] = {
	STR_INIT("user unknown"),
	STR_INIT("unknown user"),
	STR_INIT("no such user"),
	STR_INIT("user not found"),
	STR_INIT("user doesn't exist"),
	STR_INIT("does not exist"),
	STR_INIT("doesn't exist"),
	STR_INIT("no such mailbox"),
	STR_INIT("mailbox not found"),
	STR_INIT("unknown mailbox"),
	STR_INIT("unknown recipient"),
	STR_INIT("recipient unknown"),
	STR_INIT("recipient not found"),
	STR_INIT("no such recipient"),
	STR_INIT("unknown address"),
	STR_INIT("address unknown"),
	STR_INIT("no such address"),
	STR_INIT("address not found"),
	STR_INIT("wasn't found at"),
	STR_INIT("couldn't be found"),
	STR_INIT("no mailbox here"),
	STR_INIT("invalid recipient"),
	STR_INIT("invalid mailbox"),
	STR_INIT("not a valid mailbox"),
	STR_INIT("unrouteable address"),
	STR_INIT("unknown local part"),
	STR_INIT("user is unknown"),
	STR_INIT("not our customer"),
	STR_INIT("no such account"),
	STR_INIT("account not found"),
	STR_INIT("user unavailable"),
	STR_INIT("doesn't have a "),
	STR_INIT("account has been disabled"),
	STR_INIT("account is disabled"),
	STR_INIT("account that you tried to reach is disabled"),
	STR_INIT("mailbox disabled"),
	STR_INIT("mailbox is disabled"),
	STR_INIT("host not found"),
	STR_INIT("host unknown"),
	STR_INIT("unknown host"),
	STR_INIT("domain not found"),
	STR_INIT("name or service not known"),
	STR_INIT("couldn't find any host"),
	STR_INIT("nie istnieje"),
	STR_INIT("nieznany użytkownik"),
	STR_INIT("nieznany odbiorca"),
	STR_INIT("nieznany adres"),
	STR_INIT("brak takiego"),
	STR_INIT("brak takiej"),
	STR_INIT("nie ma takiego"),
	STR_INIT("nie ma takiej"),
	STR_INIT("nie znaleziono użytkownika"),
	STR_INIT("nie znaleziono odbiorcy"),
	STR_INIT("zostało usunięte"),
	STR_INIT("finnes ikke"),
	STR_INIT("ukjent mottaker"),
	STR_INIT("ukjent bruker"),
	STR_INIT("не існує"),
	STR_INIT("existiert nicht"),
	STR_INIT(""),
};

static const struct str full[] = {
	STR_INIT("mailbox full"),
	STR_INIT("mailbox is full"),
	STR_INIT("inbox is full"),
	STR_INIT("over quota"),
	STR_INIT("overquota"),
	STR_INIT("quota exceeded"),
	STR_INIT("exceeded quota"),
	STR_INIT("exceeded storage"),
	STR_INIT("out of storage"),
	STR_INIT("quota"),
	STR_INIT("insufficient system storage"),
	STR_INIT("too many messages"),
	STR_INIT("przepełnion"),
	STR_INIT("pełna skrzynka"),
	STR_INIT("skrzynka jest pełna"),
	STR_INIT("skrzynka odbiorcy jest pełna"),
	STR_INIT("brak miejsca"),
	STR_INIT("postboksen er full"),
	STR_INIT("переповнен"),
	STR_INIT("receiving mail at a rate"),
	STR_INIT("receiving mail too quickly"),
	STR_INIT("temporar"),
	STR_INIT("try again later"),
	STR_INIT("czasowo"),
	STR_INIT(""),
};

static const struct str policy[] = {
	STR_INIT("spam"),
	STR_INIT("blocked"),
	STR_INIT("blacklist"),
	STR_INIT("blocklist"),
	STR_INIT("block list"),
	STR_INIT("denylist"),
	STR_INIT("dnsbl"),
	STR_INIT(" rbl"),
	STR_INIT("reputation"),
	STR_INIT("policy"),
	STR_INIT("dmarc"),
	STR_INIT("spf "),
	STR_INIT("dkim"),
	STR_INIT("unauthenticated"),
	STR_INIT("not authenticated"),
	STR_INIT("unsolicited"),
	STR_INIT("content rejected"),
	STR_INIT("virus"),
	STR_INIT("malware"),
	STR_INIT("relay access"),
	STR_INIT("relaying"),
	STR_INIT("to relay"),
	STR_INIT("relay denied"),
	STR_INIT("too large"),
	STR_INIT("too big"),
	STR_INIT("size limit"),
	STR_INIT("sender address"),
	STR_INIT("sender verif"),
	STR_INIT("sender domain"),
	STR_INIT("sending domain"),
	STR_INIT("sender rejected"),
	STR_INIT("ptr record"),
	STR_INIT("reverse dns"),
	STR_INIT("zablokowan"),
	STR_INIT("niechcian"),
	STR_INIT("polityk"),
	STR_INIT("rate limit"),
	STR_INIT("too many connections"),
	STR_INIT(""),
};

bool words_say_nobody(struct str folded)
{
	return words_have(folded, nobody);
}

static enum bounce_kind by_words(struct str folded)
{
	if (words_have(folded, policy))
		return BOUNCE_POLICY;
	if (words_have(folded, full))
		return BOUNCE_SOFT;
	return words_have(folded, nobody) ? BOUNCE_HARD : BOUNCE_SOFT;
}

/* ---- codes ---- */

/* How far a code of class 5 is relied on. */
enum rule {
	RULE_HARD, /* unless the words tell of something else */
	RULE_SOFT,
	RULE_POLICY,
	RULE_WORDS, /* the code is used for many things */
	RULE_ACCESS, /* the words, or Microsoft's for an unknown recipient */
	RULE_UNAVAILABLE, /* the words, or Outlook.com's for an unknown recipient */
};

/* RFC 3463, 3. The first row that fits decides; detail -1: any. */
static const struct {
	int subject, detail;
	enum rule rule;
} table[] = {
	{ 1, 1, RULE_HARD }, /* bad destination mailbox address */
	{ 1, 2, RULE_HARD }, /* bad destination system address */
	{ 1, 3, RULE_HARD }, /* bad destination mailbox address syntax */
	{ 1, 6, RULE_HARD }, /* mailbox has moved, no forwarding address */
	{ 1, 10, RULE_HARD }, /* recipient address has null MX (RFC 7505) */
	{ 1, 7, RULE_POLICY }, /* bad sender's mailbox address syntax */
	{ 1, 8, RULE_POLICY }, /* bad sender's system address */
	{ 1, -1, RULE_WORDS },
	{ 2, 1, RULE_HARD }, /* mailbox disabled, not accepting messages */
	{ 2, 2, RULE_SOFT }, /* mailbox full */
	{ 2, 3, RULE_POLICY }, /* message length exceeds administrative limit */
	{ 2, -1, RULE_WORDS },
	{ 3, 4, RULE_POLICY }, /* message too big for system */
	{ 3, -1, RULE_SOFT }, /* mail system status */
	{ 4, 1, RULE_ACCESS }, /* no answer from host */
	{ 4, 4, RULE_WORDS }, /* unable to route */
	{ 4, 310, RULE_WORDS }, /* Exchange Online: the domain does not exist */
	{ 4, -1, RULE_SOFT }, /* network and routing status */
	{ 5, 0, RULE_UNAVAILABLE },
	{ 5, -1, RULE_POLICY }, /* mail delivery protocol status */
	{ 6, -1, RULE_POLICY }, /* message content or media status */
	{ 7, -1, RULE_POLICY }, /* security or policy status: our fault, never the reader's */
	{ -1, -1, RULE_WORDS },
};

static enum bounce_kind apply(enum rule rule, struct str folded)
{
	enum bounce_kind said = by_words(folded);
	bool neutral = said == BOUNCE_SOFT && !words_have(folded, full);
	if (rule == RULE_HARD)
		return neutral ? BOUNCE_HARD : said;
	if (rule == RULE_SOFT)
		return BOUNCE_SOFT;
	if (rule == RULE_POLICY)
		return BOUNCE_POLICY;
	if (rule == RULE_ACCESS && neutral &&
	    str_find(folded, STR("recipient address rejected: access denied"), 0) < folded.len)
		return BOUNCE_HARD;
	if (rule == RULE_UNAVAILABLE && neutral &&
	    str_find(folded, STR("mailbox unavailable"), 0) < folded.len)
		return BOUNCE_HARD;
	return said;
}

/* What the server says from its code on, in lower case, without addresses, names of
 * hosts and links: "mx.antispam.example" says nothing of spam. */
static struct str prose(struct arena *a, struct str words, const struct code *found)
{
	struct str rest =
		fold(a, found->at < words.len ? str_sub(words, found->at, words.len) : words);
	struct str word;
	struct buf out;
	buf_init(&out, rest.len + 1);
	while (str_cut(&rest, ' ', &word)) {
		size_t dot = str_find(word, STR("."), 1);
		bool named = str_find(word, STR("@"), 0) < word.len || dot + 1 < word.len;
		if (!named)
			buf_put(&out, word);
		buf_put_byte(&out, ' ');
	}
	struct str copy = str_copy(a, buf_str(&out));
	buf_release(&out);
	return copy;
}

enum bounce_kind code_kind(struct arena *a, struct str status, struct str words, struct code *meant)
{
	struct code found = code_find(words), told = code_parse(status);
	struct str folded = prose(a, words, &found);
	/* The last server's own code is more exact than what a report makes of it. */
	bool exact = found.class && (found.subject || found.detail || !told.class);
	*meant = exact ? found : told;
	int class = meant->class ? meant->class : found.smtp / 100;
	if (class == 4)
		return BOUNCE_SOFT;
	if (!meant->class || (meant->subject == 0 && meant->detail == 0)) {
		if (found.smtp == 552) /* exceeded storage allocation */
			return words_have(folded, policy) ? BOUNCE_POLICY : BOUNCE_SOFT;
		if (found.smtp == 530 || found.smtp == 535)
			return BOUNCE_POLICY;
		return by_words(folded);
	}
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if ((table[i].subject == meant->subject || table[i].subject == -1) &&
		    (table[i].detail == meant->detail || table[i].detail == -1))
			return apply(table[i].rule, folded);
	return BOUNCE_SOFT;
}

struct str words_clean(struct arena *a, struct str s)
{
	struct buf out;
	buf_init(&out, BOUNCE_WORDS_BYTES);
	bool space = true; /* none at the start */
	for (size_t at = 0; at < s.len && !out.overflowed;) {
		uint32_t c = utf8_next(s, &at);
		bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0;
		if (blank && space)
			continue;
		space = blank;
		char bytes[4];
		bool shows = blank || (!utf8_is_control(c) && c != UTF8_REPLACEMENT);
		size_t n = utf8_encode(blank ? ' ' : shows ? c : '?', bytes);
		buf_put_bytes(&out, bytes, n);
	}
	struct str clean = str_copy(a, str_trim(buf_str(&out)));
	buf_release(&out);
	return clean;
}
