/* What an address may be, after RFC 5321 (4.1.2), 5322 (3.2.3), 6531 and 5890.
 *
 * Only dot-atoms are taken as local parts: nobody subscribes with a quoted one,
 * and every sender that sees them makes mistakes. Mailboxes are compared without
 * case in both parts, domains in their ASCII form. */
#include "delivery/address.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "delivery/idn.h"
#include "delivery/delivery.h"

#include <string.h>

static bool is_atext(uint32_t c)
{
	if (c >= 0x80)
		return c >= 0xA0 && c != UTF8_REPLACEMENT && c != 0x2028 && c != 0x2029;
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c != 0 && strchr("!#$%&'*+-/=?^_`{|}~", (int)c));
}

static const char *local_part_problem(struct str local)
{
	if (local.len == 0)
		return "nothing before the @";
	if (local.len > LOCAL_PART_BYTES)
		return "more than 64 bytes before the @";
	if (local.ptr[0] == '.' || local.ptr[local.len - 1] == '.')
		return "a dot at the edge of the part before the @";
	if (str_find(local, STR(".."), 0) < local.len)
		return "two dots in a row";
	for (size_t at = 0; at < local.len;) {
		uint32_t c = utf8_next(local, &at);
		if (c != '.' && !is_atext(c))
			return "a character that cannot stand before the @";
	}
	return NULL;
}

/* Of the ASCII form. */
static const char *domain_problem(struct str domain)
{
	struct str rest = domain, label;
	size_t labels = 0;
	while (str_cut(&rest, '.', &label)) {
		if (label.len == 0 || label.len > 63)
			return "the domain has an empty or overlong part";
		if (label.ptr[0] == '-' || label.ptr[label.len - 1] == '-')
			return "a part of the domain begins or ends with a hyphen";
		for (size_t i = 0; i < label.len; i++) {
			char c = label.ptr[i];
			if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
				return "a character that no domain has";
		}
		labels++;
	}
	if (labels < 2)
		return "the domain has no dot";
	return NULL;
}

static bool is_ascii(struct str s)
{
	unsigned char all = 0;
	for (size_t i = 0; i < s.len; i++)
		all |= (unsigned char)s.ptr[i];
	return all < 0x80;
}

/* In lower case. */
static bool domain_to_ascii(struct arena *a, struct str domain, struct str *ascii,
			    const char **problem)
{
	if (!is_ascii(domain) && !idn_to_ascii(a, domain, &domain, problem))
		return false;
	*ascii = fold(a, domain);
	return true;
}

static struct str join(struct arena *a, struct str local, struct str domain)
{
	size_t len = local.len + 1 + domain.len;
	char *s = NEW_ARRAY(a, char, len + 1);
	memcpy(s, local.ptr, local.len);
	s[local.len] = '@';
	memcpy(s + local.len + 1, domain.ptr, domain.len);
	s[len] = '\0';
	return (struct str){ s, len };
}

bool address_parse(struct arena *a, struct str s, struct address *result, const char **problem)
{
	*result = (struct address){ 0 };
	const char *at_sign = NULL;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '@')
			at_sign = s.ptr + i;
	*problem = "no @";
	if (!at_sign)
		return false;
	*problem = "not UTF-8";
	if (utf8_invalid_at(s) < s.len)
		return false;
	struct str local = { s.ptr, (size_t)(at_sign - s.ptr) };
	struct str domain = str_sub(s, local.len + 1, s.len), ascii;
	*problem = local_part_problem(local);
	if (*problem)
		return false;
	*problem = "no such domain can exist";
	if (domain.len == 0 || memchr(domain.ptr, '\0', domain.len) ||
	    !domain_to_ascii(a, domain, &ascii, problem))
		return false;
	*problem = domain_problem(ascii);
	if (*problem)
		return false;
	*problem = "longer than 254 bytes";
	if (local.len + 1 + ascii.len > ADDRESS_BYTES)
		return false;
	*problem = NULL;
	result->wire = join(a, local, ascii);
	result->key = join(a, fold(a, local), ascii);
	result->domain = str_sub(result->key, result->key.len - ascii.len, ascii.len);
	result->needs_smtputf8 = !is_ascii(local);
	return true;
}

bool address_is_valid(struct str s, const char **problem)
{
	struct arena *a = arena_open();
	struct address parsed;
	bool valid = address_parse(a, s, &parsed, problem);
	arena_close(a);
	return valid;
}

/* Simple case folding by ranges of the Unicode character database: within a
 * range, capitals lie `distance` below their small letters, or (distance 1)
 * capitals and small letters take turns. */
static const struct {
	uint32_t first, last, distance;
} capitals[] = {
	{ 0xC0, 0xD6, 32 },    { 0xD8, 0xDE, 32 },    { 0x100, 0x137, 1 },  { 0x139, 0x148, 1 },
	{ 0x14A, 0x177, 1 },   { 0x179, 0x17E, 1 },   { 0x391, 0x3A9, 32 }, { 0x400, 0x40F, 80 },
	{ 0x410, 0x42F, 32 },  { 0x460, 0x481, 1 },   { 0x48A, 0x4BF, 1 },  { 0x4D0, 0x52F, 1 },
	{ 0x1E00, 0x1E95, 1 }, { 0x1EA0, 0x1EFF, 1 },
};

static char fold_ascii(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static uint32_t fold_letter(uint32_t c)
{
	for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++) {
		if (c < capitals[i].first || c > capitals[i].last)
			continue;
		if (capitals[i].distance > 1)
			return c + capitals[i].distance;
		return (c - capitals[i].first) % 2 == 0 ? c + 1 : c;
	}
	return c;
}

void fold_put(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.len;)
		if ((unsigned char)s.ptr[at] < 0x80)
			buf_put_byte(out, fold_ascii(s.ptr[at++]));
		else
			utf8_put(out, fold_letter(utf8_next(s, &at)));
}

struct str fold(struct arena *a, struct str s)
{
	struct buf out;
	if (is_ascii(s)) {
		char *copy = NEW_ARRAY(a, char, s.len + 1);
		for (size_t i = 0; i < s.len; i++)
			copy[i] = fold_ascii(s.ptr[i]);
		copy[s.len] = '\0';
		return (struct str){ copy, s.len };
	}
	buf_init(&out, 4 * s.len + 8);
	fold_put(&out, s);
	struct str copy = str_copy(a, buf_str(&out));
	buf_release(&out);
	return copy;
}
