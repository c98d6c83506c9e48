/* What the files that read glos.yaml share: a line of text, what is wrong with a value, and
 * that no password stands in it. */
#ifndef SOURCE_SETTING_H
#define SOURCE_SETTING_H

#include "source/keys.h"

/* A password in a file that gets copied, mailed and committed is a leak. */
static inline void refuse_password(struct reader *r, const struct yaml *table, const char *instead)
{
	const struct yaml *v = yaml_find(table, STR("password"));
	if (v)
		diag_report_hint(r->diags, DIAG_PASSWORD_IN_FILE, v->key_place, str_from(instead),
				 "password");
}

/* scheme://user:password@host */
static inline bool url_has_password(struct str url)
{
	size_t start = str_find(url, STR("://"), 0);
	struct str rest = str_sub(url, start + 3, url.len);
	rest = str_sub(rest, 0, str_find(rest, STR("/"), 0));
	size_t at = str_find(rest, STR("@"), 0);
	struct str user = str_sub(rest, 0, at);
	return at < rest.len && str_find(user, STR(":"), 0) < user.len;
}

static inline void invalid(struct reader *r, struct place place, const char *hint, const char *key,
			   struct str value)
{
	diag_report_hint(r->diags, DIAG_VALUE_INVALID, place, str_from(hint), "%s: %.*s", key,
			 STR_ARG(value));
}

/* The text of a key, on one line: it will stand in a header. */
static inline void header_text(struct reader *r, const struct yaml *table, const char *key,
			       struct str *value)
{
	struct str text;
	if (!keys_text(r, table, key, &text))
		return;
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] < ' ') {
			diag_report(r->diags, DIAG_HEADER_INVALID, keys_place(table, key), "%s",
				    key);
			return;
		}
	}
	*value = str_trim(text);
}

#endif
