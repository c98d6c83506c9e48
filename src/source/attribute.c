#include "source/attribute.h"

#include "base/language.h"
#include "source/nearest.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_';
}

static size_t skip_spaces(struct str s, size_t at, size_t limit)
{
	while (at < limit && is_space(s.ptr[at]))
		at++;
	return at;
}

static size_t skip_name(struct str s, size_t at, size_t limit)
{
	while (at < limit && is_name(s.ptr[at]))
		at++;
	return at;
}

/* Behind the closing quotation mark of the one at s[at]; beyond limit when there is none. */
static size_t skip_quoted(struct str s, size_t at, size_t limit)
{
	char quote = s.ptr[at++];
	while (at < limit && s.ptr[at] != quote)
		at += s.ptr[at] == '\\' && at + 1 < limit ? 2 : 1;
	return at + 1;
}

bool attributes_begin(struct str s, size_t at, size_t limit, size_t *end)
{
	size_t i = skip_spaces(s, at + 1, limit), name = skip_name(s, i, limit);
	bool shaped =
		(name > i && name < limit && s.ptr[name] == '=') ||
		(i + 1 < limit && (s.ptr[i] == '.' || s.ptr[i] == '#') && is_name(s.ptr[i + 1]));
	*end = 0;
	while (shaped && i < limit) {
		if (s.ptr[i] == '"' || s.ptr[i] == '\'') {
			i = skip_quoted(s, i, limit);
		} else if (s.ptr[i] == '}') {
			*end = i + 1;
			break;
		} else if (s.ptr[i] == '{') {
			break;
		} else {
			i++;
		}
	}
	return shaped;
}

/* A value with its backslash escapes resolved and line ends as spaces. */
static struct str unescaped(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\' && i + 1 < s.len)
			i++;
		out[n++] = s.ptr[i] == '\n' ? ' ' : s.ptr[i];
	}
	return (struct str){ out, n };
}

static void invalid(struct reader *r, struct place place, struct str text, struct str hint)
{
	diag_report_hint(r->diags, DIAG_ATTRIBUTE_INVALID, place, hint, "%.*s",
			 (int)(text.len > 80 ? 80 : text.len), text.ptr);
}

static bool is_typographic_quote(struct str s, size_t at)
{
	static const struct str quotes[] = { STR_INIT("„"), STR_INIT("”"), STR_INIT("“"),
					     STR_INIT("‚"), STR_INIT("’"), STR_INIT("‘"),
					     STR_INIT("«"), STR_INIT("»"), STR_INIT("″") };
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
		if (str_starts(str_sub(s, at, s.len), quotes[i]))
			return true;
	return false;
}

/* What keeps s[at] from being read as an attribute: a hint, or empty. */
static struct str fault(struct reader *r, struct str s, size_t at)
{
	size_t name = skip_name(s, at, s.len), sign = skip_spaces(s, name, s.len);
	bool straight = at < s.len && (s.ptr[at] == '"' || s.ptr[at] == '\'');
	if (straight || is_typographic_quote(s, at) ||
	    (sign < s.len && (s.ptr[sign] == ':' || (s.ptr[sign] == '=' && sign > name))) ||
	    (name == at && s.ptr[at] == '='))
		return STR("write {key=value key=\"value with spaces\"}");
	if (name == at || name == s.len || s.ptr[name] != '=')
		return STR("");
	size_t value = name + 1;
	straight = value < s.len && (s.ptr[value] == '"' || s.ptr[value] == '\'');
	if (is_typographic_quote(s, value) || (straight && skip_quoted(s, value, s.len) > s.len))
		return str_format(r->arena, "write straight quotation marks: %.*s=\"…\"",
				  (int)(name - at), s.ptr + at);
	return STR("");
}

/* One attribute at s[at]; returns where it ends. */
static size_t one_read(struct reader *r, struct str s, size_t at, struct attribute *one)
{
	size_t name = skip_name(s, at, s.len);
	*one = (struct attribute){ .key = str_sub(s, at, name - at), .value = { "", 0 } };
	if (name == at || name == s.len || s.ptr[name] != '=') {
		size_t end = at;
		while (end < s.len && !is_space(s.ptr[end]))
			end++;
		*one = (struct attribute){ { "", 0 }, str_sub(s, at, end - at) };
		return end;
	}
	size_t value = name + 1;
	if (value < s.len && (s.ptr[value] == '"' || s.ptr[value] == '\'')) {
		size_t end = skip_quoted(s, value, s.len);
		one->value = unescaped(r->arena, str_sub(s, value + 1, end - value - 2));
		return end;
	}
	size_t end = value;
	while (end < s.len && !is_space(s.ptr[end]))
		end++;
	one->value = str_sub(s, value, end - value);
	return end;
}

void attributes_read(struct reader *r, struct str text, struct place place,
		     struct attributes *attributes)
{
	*attributes = (struct attributes){ .place = place };
	if (text.len < 2)
		return;
	struct str s = str_sub(text, 1, text.len - 2);
	for (size_t at = skip_spaces(s, 0, s.len); at < s.len; at = skip_spaces(s, at, s.len)) {
		struct attribute one;
		struct str hint = fault(r, s, at);
		if (attributes->count == ATTRIBUTES_MAX)
			hint = str_format(r->arena, "%d attributes at most", ATTRIBUTES_MAX);
		if (hint.len) {
			invalid(r, place, text, hint);
			return;
		}
		at = one_read(r, s, at, &one);
		if (one.key.len && attributes_find(attributes, one.key))
			diag_report(r->diags, DIAG_ATTRIBUTE_INVALID, place, "%.*s given twice",
				    STR_ARG(one.key));
		else
			attributes->list[attributes->count++] = one;
	}
}

const struct str *attributes_find(const struct attributes *attributes, struct str key)
{
	for (size_t i = 0; i < attributes->count; i++)
		if (str_equal(attributes->list[i].key, key))
			return &attributes->list[i].value;
	return NULL;
}

bool attributes_have_word(const struct attributes *attributes, struct str word)
{
	for (size_t i = 0; i < attributes->count; i++)
		if (attributes->list[i].key.len == 0 && str_equal(attributes->list[i].value, word))
			return true;
	return false;
}

void attributes_language(struct reader *r, const struct attributes *attributes,
			 struct str *language)
{
	const struct str *value = attributes_find(attributes, STR("lang"));
	if (value && language_is_tag(*value))
		*language = *value;
	else if (value)
		diag_report_hint(r->diags, DIAG_ATTRIBUTE_INVALID, attributes->place,
				 STR("write lang=pl, nb, uk, en or another code of BCP 47"),
				 "lang=%.*s", STR_ARG(*value));
}

void attributes_known(struct reader *r, const struct attributes *attributes, const struct str *keys,
		      size_t count)
{
	for (size_t i = 0; i < attributes->count; i++) {
		const struct attribute *one = &attributes->list[i];
		struct str name = one->key.len ? one->key : one->value;
		bool known = false;
		for (size_t k = 0; k < count && !known; k++)
			known = str_equal(keys[k], name);
		if (!known)
			diag_report_hint(r->diags, DIAG_ATTRIBUTE_INVALID, attributes->place,
					 did_you_mean_or_list(r->arena, keys, count, name), "%.*s",
					 STR_ARG(name));
	}
}
