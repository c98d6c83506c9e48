/* How the publication sends and answers: mail, dkim, serve, store. */
#include "source/settings.h"

#include "base/language.h"
#include "base/url.h"
#include "source/link.h"
#include "source/setting.h"

#include <string.h>

/* "local@domain", or "Name <local@domain>". */
static bool is_mailbox(struct str s)
{
	size_t open = str_find(s, STR("<"), 0);
	if (open < s.len) {
		if (!str_ends(s, STR(">")))
			return false;
		s = str_sub(s, open + 1, s.len - open - 2);
	}
	size_t at = str_find(s, STR("@"), 0);
	struct str domain = str_sub(s, at + 1, s.len);
	return at > 0 && domain.len > 0 && str_find(domain, STR("@"), 0) == domain.len &&
	       str_find(s, STR(" "), 0) == s.len && str_find(s, STR("<"), 0) == s.len &&
	       str_find(s, STR(">"), 0) == s.len;
}

static void mailbox(struct reader *r, const struct yaml *table, const char *key, struct str *value)
{
	struct str text = { "", 0 };
	header_text(r, table, key, &text);
	if (text.len == 0)
		return;
	if (is_mailbox(text))
		*value = text;
	else
		invalid(r, keys_place(table, key), "write \"Name <name@example.org>\"", key, text);
}

static void token_url(struct reader *r, const struct yaml *table, const char *key,
		      struct str *value)
{
	struct str text = { "", 0 };
	header_text(r, table, key, &text);
	if (text.len == 0)
		return;
	if (link_is_web(text) && str_find(text, STR("{token}"), 0) < text.len)
		*value = text;
	else
		invalid(r, keys_place(table, key), "write https://…/{token}", key, text);
}

static void web_url(struct reader *r, const struct yaml *table, const char *key, struct str *value)
{
	struct str text = { "", 0 };
	header_text(r, table, key, &text);
	if (text.len == 0)
		return;
	if (link_is_web(text))
		*value = text;
	else
		invalid(r, keys_place(table, key), "write https://example.org/…", key, text);
}

static bool is_domain_sign(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._", c));
}

static void domain_name(struct reader *r, const struct yaml *table, const char *key,
			struct str *value)
{
	struct str text = { "", 0 };
	header_text(r, table, key, &text);
	for (size_t i = 0; i < text.len; i++)
		if (!is_domain_sign(text.ptr[i])) {
			invalid(r, keys_place(table, key),
				"write letters from a to z, digits, hyphens and dots alone", key,
				text);
			return;
		}
	*value = text;
}

void settings_mail(struct reader *r, const struct yaml *mail, struct mail_settings *m)
{
	static const struct str known[] = {
		STR_INIT("from"),           STR_INIT("reply_to"),    STR_INIT("list_id"),
		STR_INIT("return_path"),    STR_INIT("unsubscribe"), STR_INIT("preferences"),
		STR_INIT("postal_address"), STR_INIT("pdf"),         STR_INIT("images"),
		STR_INIT("subscribe"),      STR_INIT("confirm"),
	};
	static const struct str places[] = { STR_INIT("hosted"), STR_INIT("inline") };
	int place = 0;
	bool pdf = true;
	if (!mail)
		return;
	KEYS_KNOWN(r, mail, known);
	m->place = mail->key_place;
	keys_require(r, mail, "from");
	mailbox(r, mail, "from", &m->from);
	mailbox(r, mail, "reply_to", &m->reply_to);
	mailbox(r, mail, "return_path", &m->return_path);
	header_text(r, mail, "list_id", &m->list_id);
	token_url(r, mail, "unsubscribe", &m->unsubscribe);
	token_url(r, mail, "preferences", &m->preferences);
	token_url(r, mail, "confirm", &m->confirm);
	web_url(r, mail, "subscribe", &m->subscribe);
	keys_text(r, mail, "postal_address", &m->postal_address);
	keys_choice(r, mail, "images", places, 2, &place);
	m->pictures_inside = place == 1;
	keys_bool(r, mail, "pdf", &pdf);
	m->without_pdf = !pdf;
	m->postal_address = str_trim(m->postal_address);
}

/* selector: and key: of a table, when it has both. */
static void dkim_key(struct reader *r, const struct yaml *table, struct dkim_settings *k)
{
	struct str selector = { "", 0 }, path = { "", 0 };
	keys_require(r, table, "selector");
	keys_require(r, table, "key");
	domain_name(r, table, "selector", &selector);
	keys_text(r, table, "key", &path);
	k->keys[k->key_count].selector = selector;
	k->keys[k->key_count].path = path;
	k->keys[k->key_count].place = keys_place(table, "key");
	k->key_count += selector.len && path.len;
}

void settings_dkim(struct reader *r, const struct yaml *dkim, struct dkim_settings *k)
{
	static const struct str known[] = { STR_INIT("domain"), STR_INIT("selector"),
					    STR_INIT("key"), STR_INIT("keys") };
	static const struct str known_of_key[] = { STR_INIT("selector"), STR_INIT("key") };
	if (!dkim)
		return;
	KEYS_KNOWN(r, dkim, known);
	k->place = dkim->key_place;
	keys_require(r, dkim, "domain");
	const struct yaml *keys = keys_list(r, dkim, "keys");
	if (!keys || !keys->first || yaml_find(dkim, STR("selector")) ||
	    yaml_find(dkim, STR("key")))
		dkim_key(r, dkim, k);
	for (const struct yaml *v = keys ? keys->first : NULL; v; v = v->next) {
		if (v->kind != YAML_TABLE) {
			invalid(r, v->place, "write {selector: s2026, key: keys/dkim.pem}", "keys",
				v->text);
		} else if (k->key_count == DKIM_KEYS_MOST) {
			invalid(r, v->place, "two keys at most: RSA and Ed25519", "keys", STR(""));
		} else {
			KEYS_KNOWN(r, v, known_of_key);
			dkim_key(r, v, k);
		}
	}
	if (k->key_count)
		domain_name(r, dkim, "domain", &k->domain);
}

void settings_serve(struct reader *r, const struct yaml *serve, struct serve_settings *s)
{
	static const struct str known[] = {
		STR_INIT("listen"),    STR_INIT("metrics"), STR_INIT("proxies"),
		STR_INIT("languages"), STR_INIT("regions"), STR_INIT("privacy"),
	};
	if (!serve)
		return;
	KEYS_KNOWN(r, serve, known);
	s->place = serve->key_place;
	header_text(r, serve, "listen", &s->listen);
	header_text(r, serve, "metrics", &s->metrics);
	s->listen_place = keys_place(serve, "listen");
	s->metrics_place = keys_place(serve, "metrics");
	s->proxies = keys_texts(r, serve, "proxies", &s->proxy_count);
	s->proxy_places = keys_texts_places(r, serve, "proxies");
	s->languages = keys_texts(r, serve, "languages", &s->language_count);
	for (size_t i = 0; i < s->language_count; i++)
		language_check(r, s->languages[i], keys_place(serve, "languages"));
	s->regions = keys_texts(r, serve, "regions", &s->region_count);
	/* They are kept joined with semicolons. */
	for (size_t i = 0; i < s->region_count; i++)
		if (str_find(s->regions[i], STR(";"), 0) < s->regions[i].len)
			invalid(r, keys_place(serve, "regions"), "a name without a semicolon",
				"regions", s->regions[i]);
	web_url(r, serve, "privacy", &s->privacy);
}

/* postgresql://…?password=… */
static bool query_has_password(struct reader *r, struct str url)
{
	struct str plain;
	const struct str word = STR("password=");
	size_t query = str_find(url, STR("?"), 0);
	if (str_find(url, word, query) < url.len)
		return true;
	if (!url_decode(r->arena, str_sub(url, query, url.len), false, &plain))
		return false; /* libpq will not take it either */
	return str_find(plain, word, 0) < plain.len;
}

static void store_url(struct reader *r, const struct yaml *table, const char *key,
		      struct str *store)
{
	static const struct str schemes[] = { STR_INIT("sqlite:"), STR_INIT("postgresql://"),
					      STR_INIT("postgres://") };
	struct str text = { "", 0 };
	if (!yaml_find(table, str_from(key)))
		return;
	*store = STR(""); /* rather none than another one than is meant */
	if (!keys_text(r, table, key, &text))
		return;
	struct place place = keys_place(table, key);
	if (url_has_password(text) || query_has_password(r, text)) {
		diag_report_hint(
			r->diags, DIAG_PASSWORD_IN_FILE, place,
			STR("leave it out of the address; PGPASSWORD or ~/.pgpass tell it"),
			"store");
		return;
	}
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (str_starts(text, schemes[i]) && text.len > schemes[i].len) {
			*store = text;
			return;
		}
	}
	invalid(r, place, "write sqlite:var/glos.db, or postgresql://HOST/DATABASE", "store", text);
}

void settings_store(struct reader *r, const struct yaml *root, struct str *store,
		    struct postgresql_settings *s)
{
	static const struct str known[] = { STR_INIT("url"), STR_INIT("password"),
					    STR_INIT("password_env"), STR_INIT("password_file"),
					    STR_INIT("lease") };
	*store = STR("sqlite:var/glos.db");
	const struct yaml *value = yaml_find(root, STR("store"));
	if (value && value->kind != YAML_TABLE) {
		store_url(r, root, "store", store);
		return;
	}
	const struct yaml *table = keys_table(r, root, "store");
	if (!table)
		return;
	KEYS_KNOWN(r, table, known);
	refuse_password(r, table, "write password_env: NAME_OF_A_VARIABLE, or password_file: PATH");
	s->place = table->key_place;
	keys_require(r, table, "url");
	store_url(r, table, "url", store);
	keys_text(r, table, "password_env", &s->password_env);
	keys_text(r, table, "password_file", &s->password_file);
	keys_int(r, table, "lease", 2, 3600, &s->lease_s);
}

bool language_check(struct reader *r, struct str language, struct place place)
{
	bool right = language_is_tag(language);
	if (!right)
		invalid(r, place, "write pl, nb, uk, en or another code of BCP 47", "language",
			language);
	return right;
}
