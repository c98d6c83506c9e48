/* How the publication sends: mail, smtp, dkim, store. */
#include "source/settings.h"

#include "base/language.h"
#include "source/link.h"

/* A password in a file that gets copied, mailed and committed is a leak. */
static void refuse_password(struct reader *r, const struct yaml *table, const char *instead)
{
	const struct yaml *v = yaml_find(table, STR("password"));
	if (v)
		diag_report_hint(r->diags, DIAG_PASSWORD_IN_FILE, v->key_place, str_from(instead),
				 "password");
}

/* scheme://user:password@host */
static bool url_has_password(struct str url)
{
	size_t start = str_find(url, STR("://"), 0);
	struct str rest = str_sub(url, start + 3, url.len);
	rest = str_sub(rest, 0, str_find(rest, STR("/"), 0));
	size_t at = str_find(rest, STR("@"), 0);
	struct str user = str_sub(rest, 0, at);
	return at < rest.len && str_find(user, STR(":"), 0) < user.len;
}

static void invalid(struct reader *r, struct place place, const char *hint, const char *key,
		    struct str value)
{
	diag_report_hint(r->diags, DIAG_VALUE_INVALID, place, str_from(hint), "%s: %.*s", key,
			 STR_ARG(value));
}

/* The text of a key, on one line: it will stand in a header. */
static void header_text(struct reader *r, const struct yaml *table, const char *key,
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

/* "50/s", "600/min", "5000/h" */
static bool rate_parse(struct str text, struct rate *rate)
{
	static const struct {
		struct str unit;
		int64_t ms;
	} units[] = {
		{ STR_INIT("s"), 1000 },
		{ STR_INIT("sec"), 1000 },
		{ STR_INIT("min"), 60 * 1000 },
		{ STR_INIT("h"), 3600 * 1000 },
	};
	size_t slash = str_find(text, STR("/"), 0);
	struct str unit = str_trim(str_sub(text, slash + 1, text.len));
	int64_t count;
	if (!str_to_int(str_trim(str_sub(text, 0, slash)), &count) || count < 1 ||
	    count > 1000000000)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (str_equal(units[i].unit, unit)) {
			*rate = (struct rate){ count, units[i].ms };
			return true;
		}
	}
	return false;
}

static bool rate_read(struct reader *r, const struct yaml *table, const char *key,
		      struct rate *rate)
{
	struct str text;
	if (!keys_text(r, table, key, &text))
		return false;
	if (rate_parse(text, rate))
		return true;
	invalid(r, keys_place(table, key), "write 50/s, 600/min or 5000/h", key, text);
	return false;
}

static struct str lower_ascii(struct arena *a, struct str s)
{
	char *copy = str_c(a, s);
	for (size_t i = 0; i < s.len; i++)
		if (copy[i] >= 'A' && copy[i] <= 'Z')
			copy[i] = (char)(copy[i] - 'A' + 'a');
	return (struct str){ copy, s.len };
}

static void domain_rates(struct reader *r, const struct yaml *table, struct smtp_settings *s)
{
	if (!table)
		return;
	s->domain_rates = NEW_ARRAY(r->arena, struct domain_rate, table->count);
	for (const struct yaml *v = table->first; v; v = v->next) {
		struct domain_rate *d = &s->domain_rates[s->domain_rate_count];
		d->domain = lower_ascii(r->arena, v->key);
		if (rate_read(r, table, str_c(r->arena, v->key), &d->rate))
			s->domain_rate_count++;
	}
}

/* Without TLS letters and passwords travel open: only within this machine. */
static bool is_loopback(struct str url)
{
	static const struct str hosts[] = { STR_INIT("127."), STR_INIT("localhost"),
					    STR_INIT("[::1]") };
	struct str host = str_sub(url, str_find(url, STR("://"), 0) + 3, url.len);
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		if (!str_starts(host, hosts[i]))
			continue;
		struct str rest = str_sub(host, hosts[i].len, host.len);
		if (i == 0 || rest.len == 0 || rest.ptr[0] == ':' || rest.ptr[0] == '/')
			return true;
	}
	return false;
}

static void smtp_url(struct reader *r, const struct yaml *smtp, struct smtp_settings *s)
{
	struct str url = { "", 0 };
	header_text(r, smtp, "url", &url);
	if (url.len == 0)
		return;
	struct place place = keys_place(smtp, "url");
	if (!str_starts(url, STR("smtp://")) && !str_starts(url, STR("smtps://")))
		invalid(r, place, "write smtp://host:587 or smtps://host:465", "url", url);
	else if (url_has_password(url))
		diag_report_hint(r->diags, DIAG_PASSWORD_IN_FILE, place,
				 STR("write user: and password_env: beside url:"), "url");
	else
		s->url = url;
}

void settings_smtp(struct reader *r, const struct yaml *smtp, struct smtp_settings *s)
{
	static const struct str known[] = {
		STR_INIT("url"),        STR_INIT("tls"),          STR_INIT("user"),
		STR_INIT("password"),   STR_INIT("password_env"), STR_INIT("password_file"),
		STR_INIT("ca_file"),    STR_INIT("connections"),  STR_INIT("rate"),
		STR_INIT("per_domain"), STR_INIT("ambiguous"),
	};
	static const struct str policies[] = { STR_INIT("required"), STR_INIT("if-offered"),
					       STR_INIT("never") };
	static const struct str ambiguous[] = { STR_INIT("hold"), STR_INIT("resend") };
	s->connections = 8;
	if (!smtp)
		return;
	KEYS_KNOWN(r, smtp, known);
	refuse_password(r, smtp, "write password_env: NAME_OF_A_VARIABLE, or password_file: PATH");
	s->place = smtp->key_place;
	keys_require(r, smtp, "url");
	smtp_url(r, smtp, s);
	int choice = TLS_REQUIRED;
	keys_choice(r, smtp, "tls", policies, 3, &choice);
	s->tls = (enum tls_policy)choice;
	if (s->tls == TLS_NEVER && s->url.len && !is_loopback(s->url)) {
		invalid(r, keys_place(smtp, "tls"), "never is only for a server on this machine",
			"tls", STR("never"));
		s->tls = TLS_REQUIRED;
	}
	keys_text(r, smtp, "user", &s->user);
	keys_text(r, smtp, "password_env", &s->password_env);
	keys_text(r, smtp, "password_file", &s->password_file);
	keys_text(r, smtp, "ca_file", &s->ca_file);
	if (s->user.len && !s->password_env.len && !s->password_file.len &&
	    !yaml_find(smtp, STR("password")))
		diag_report_hint(
			r->diags, DIAG_KEY_MISSING, keys_place(smtp, "user"),
			STR("add password_env: NAME_OF_A_VARIABLE, or password_file: PATH"),
			"password_env");
	keys_int(r, smtp, "connections", 1, 100, &s->connections);
	rate_read(r, smtp, "rate", &s->rate);
	domain_rates(r, keys_table(r, smtp, "per_domain"), s);
	choice = 0;
	keys_choice(r, smtp, "ambiguous", ambiguous, 2, &choice);
	s->resend_ambiguous = choice == 1;
}

/* selector: and key: of a table, when it has both. */
static void dkim_key(struct reader *r, const struct yaml *table, struct dkim_settings *k)
{
	bool complete = keys_require(r, table, "selector");
	complete &= keys_require(r, table, "key");
	header_text(r, table, "selector", &k->keys[k->key_count].selector);
	keys_text(r, table, "key", &k->keys[k->key_count].path);
	k->key_count += complete;
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
	if (!keys || yaml_find(dkim, STR("selector")) || yaml_find(dkim, STR("key")))
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
		header_text(r, dkim, "domain", &k->domain);
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
	s->proxies = keys_texts(r, serve, "proxies", &s->proxy_count);
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

void settings_store(struct reader *r, const struct yaml *root, struct str *store)
{
	static const struct str schemes[] = { STR_INIT("sqlite:"), STR_INIT("postgresql://"),
					      STR_INIT("postgres://") };
	struct str text = { "", 0 };
	*store = STR("sqlite:var/glos.db");
	if (!keys_text(r, root, "store", &text))
		return;
	struct place place = keys_place(root, "store");
	if (url_has_password(text)) {
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
	invalid(r, place, "write sqlite:var/glos.db", "store", text);
}

bool language_check(struct reader *r, struct str language, struct place place)
{
	bool right = language_is_tag(language);
	if (!right)
		invalid(r, place, "write pl, nb, uk, en or another code of BCP 47", "language",
			language);
	return right;
}
