#include "serve/form.h"

#include "base/arena.h"
#include "base/url.h"
#include "base/utf8.h"

#include <string.h>

enum { SEAL = 32, SEAL_SHOWN = 20 /* bytes: 160 bits */ };

static bool add(struct form *f, struct str name, struct str value)
{
	if (f->count == FIELDS_MOST)
		return false;
	f->fields[f->count++] = (struct field){ name, value };
	return true;
}

static bool read_urlencoded(struct arena *a, struct str body, struct form *f)
{
	struct str rest = body, pair, name, value;
	while (rest.len && str_cut(&rest, '&', &pair)) {
		size_t equals = str_find(pair, STR("="), 0);
		if (pair.len == 0)
			continue;
		if (!url_decode(a, str_sub(pair, 0, equals), true, &name) ||
		    !url_decode(a, str_sub(pair, equals + 1, pair.len), true, &value) ||
		    !add(f, name, value))
			return false;
	}
	return true;
}

/* The value of a parameter of a header: `; name="a"` or `; name=a`. */
static struct str parameter(struct str header, struct str name)
{
	struct str rest = header, part;
	while (str_cut(&rest, ';', &part)) {
		part = str_trim(part);
		size_t equals = str_find(part, STR("="), 0);
		struct str value = str_sub(part, equals + 1, part.len);
		if (!str_equal_nocase(str_sub(part, 0, equals), name))
			continue;
		if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
			value = str_sub(value, 1, value.len - 2);
		return value;
	}
	return STR("");
}

/* The name that a part's headers give it. */
static struct str part_name(struct str headers)
{
	struct str rest = headers, line;
	while (str_cut(&rest, '\n', &line)) {
		size_t colon = str_find(line, STR(":"), 0);
		if (str_equal_nocase(str_trim(str_sub(line, 0, colon)), STR("Content-Disposition")))
			return parameter(str_trim(str_sub(line, colon + 1, line.len)), STR("name"));
	}
	return STR("");
}

static bool read_multipart(struct arena *a, struct str boundary, struct str body, struct form *f)
{
	struct str line = str_format(a, "--%.*s", STR_ARG(boundary));
	struct str end = str_format(a, "\r\n--%.*s", STR_ARG(boundary));
	if (boundary.len == 0 || boundary.len > 70 || !str_starts(body, line)) /* RFC 2046, 5.1.1 */
		return false;
	struct str rest = str_sub(body, line.len, body.len);
	while (str_starts(rest, STR("\r\n"))) {
		size_t head = str_find(rest, STR("\r\n\r\n"), 0);
		if (head == rest.len)
			return false;
		size_t stop = str_find(rest, end, head + 2);
		if (stop == rest.len)
			return false;
		struct str value =
			stop > head + 4 ? str_sub(rest, head + 4, stop - head - 4) : STR("");
		if (memchr(value.ptr ? value.ptr : "", '\0', value.len) ||
		    utf8_invalid_at(value) != value.len ||
		    !add(f, part_name(str_sub(rest, 2, head - 2)), value))
			return false;
		rest = str_sub(rest, stop + end.len, rest.len);
	}
	return str_starts(rest, STR("--"));
}

bool form_read(struct arena *a, struct str type, struct str body, struct form *f)
{
	struct str kind = str_trim(str_sub(type, 0, str_find(type, STR(";"), 0)));
	f->count = 0;
	if (str_equal_nocase(kind, STR("application/x-www-form-urlencoded")))
		return read_urlencoded(a, body, f);
	if (str_equal_nocase(kind, STR("multipart/form-data")))
		return read_multipart(a, parameter(type, STR("boundary")), body, f);
	return false;
}

struct str form_value(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (str_equal(f->fields[i].name, str_from(name)))
			return f->fields[i].value;
	return STR("");
}

/* ---- the token ---- */

static bool put_token(struct buf *out, const struct sealer *s, struct str purpose, int64_t made)
{
	unsigned char seal[SEAL];
	struct buf text;
	buf_init(&text, 4096);
	buf_format(&text, "form %lld ", (long long)made);
	buf_put(&text, purpose);
	bool ok = !text.overflowed && s->seal(s->context, buf_str(&text), seal);
	buf_release(&text);
	if (!ok)
		return false;
	buf_format(out, "%llx-", (unsigned long long)made);
	for (int i = 0; i < SEAL_SHOWN; i++)
		buf_format(out, "%02x", seal[i]);
	return true;
}

void form_token_put(struct buf *out, const struct sealer *s, struct str purpose, int64_t now)
{
	put_token(out, s, purpose, now);
}

bool form_token_is_good(struct str token, const struct sealer *s, struct str purpose, int64_t now)
{
	size_t dash = str_find(token, STR("-"), 0);
	uint64_t made = 0;
	if (dash == 0 || dash > 12 || token.len != dash + 1 + (size_t)2 * SEAL_SHOWN)
		return false;
	for (size_t i = 0; i < dash; i++) {
		int digit = hex_digit(token.ptr[i]);
		if (digit < 0)
			return false;
		made = made << 4 | (unsigned)digit;
	}
	struct buf ours;
	buf_init(&ours, 256);
	bool same = put_token(&ours, s, purpose, (int64_t)made) && ours.len == token.len;
	unsigned differs = 0;
	for (size_t i = 0; same && i < token.len; i++)
		differs |= (unsigned char)(ours.ptr[i] ^ token.ptr[i]);
	buf_release(&ours);
	return same && differs == 0 && (int64_t)made <= now + 60 &&
	       now - (int64_t)made <= FORM_LIVES_S;
}
