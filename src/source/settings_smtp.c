/* How the publication sends: smtp, one relay or several. */
#include "source/setting.h"
#include "source/settings.h"

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

static void smtp_url(struct reader *r, const struct yaml *smtp, struct relay_settings *s)
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

/* ---- one relay ---- */

/* Keys of a relay; they stand in smtp: itself when there is one alone. */
static const struct str relay_keys[] = {
	STR_INIT("name"),
	STR_INIT("url"),
	STR_INIT("tls"),
	STR_INIT("user"),
	STR_INIT("auth"),
	STR_INIT("password"),
	STR_INIT("password_env"),
	STR_INIT("password_file"),
	STR_INIT("token"),
	STR_INIT("token_env"),
	STR_INIT("token_file"),
	STR_INIT("token_command"),
	STR_INIT("client_certificate"),
	STR_INIT("client_key"),
	STR_INIT("ca_file"),
	STR_INIT("connections"),
	STR_INIT("weight"),
	STR_INIT("warm_up"),
};
/* Those of smtp: for all of them together. A rate may stand in both. */
static const struct str common_keys[] = { STR_INIT("relays"), STR_INIT("rate"),
					  STR_INIT("per_domain"), STR_INIT("ambiguous") };
enum {
	RELAY_KEYS = sizeof relay_keys / sizeof *relay_keys,
	COMMON_KEYS = sizeof common_keys / sizeof *common_keys,
};

static void refuse_secrets(struct reader *r, const struct yaml *table)
{
	refuse_password(r, table, "write password_env: NAME_OF_A_VARIABLE, or password_file: PATH");
	const struct yaml *token = yaml_find(table, STR("token"));
	if (token)
		diag_report_hint(r->diags, DIAG_PASSWORD_IN_FILE, token->key_place,
				 STR("write token_command: [PROGRAM, …], token_file: PATH, or "
				     "token_env: NAME_OF_A_VARIABLE"),
				 "token");
}

static void relay_tls(struct reader *r, const struct yaml *table, struct relay_settings *s)
{
	static const struct str policies[] = { STR_INIT("required"), STR_INIT("if-offered"),
					       STR_INIT("never") };
	int choice = TLS_REQUIRED;
	keys_choice(r, table, "tls", policies, 3, &choice);
	s->tls = (enum tls_policy)choice;
	if (s->tls == TLS_NEVER && s->url.len && !is_loopback(s->url)) {
		invalid(r, keys_place(table, "tls"), "never is only for a server on this machine",
			"tls", STR("never"));
		s->tls = TLS_REQUIRED;
	}
	keys_text(r, table, "ca_file", &s->ca_file);
	keys_text(r, table, "client_certificate", &s->client_certificate);
	keys_text(r, table, "client_key", &s->client_key);
	if (s->client_certificate.len && !s->client_key.len)
		diag_report_hint(r->diags, DIAG_KEY_MISSING,
				 keys_place(table, "client_certificate"),
				 STR("add client_key: the PEM file of its private key"),
				 "client_key");
	if (s->client_key.len && !s->client_certificate.len)
		diag_report_hint(r->diags, DIAG_KEY_MISSING, keys_place(table, "client_key"),
				 STR("add client_certificate: the PEM file that belongs to it"),
				 "client_certificate");
}

static void missing(struct reader *r, const struct yaml *table, const char *at, const char *key,
		    const char *hint)
{
	diag_report_hint(r->diags, DIAG_KEY_MISSING, keys_place(table, at), str_from(hint), "%s",
			 key);
}

/* The key that says that there is a login. */
static const char *login_key(const struct relay_settings *s)
{
	return s->login != LOGIN_ANY  ? "auth"
	       : s->token_words       ? "token_command"
	       : s->token_file.len    ? "token_file"
	       : s->token_env.len     ? "token_env"
	       : s->password_file.len ? "password_file"
				      : "password_env";
}

/* That what a way to log in needs is there. */
static void check_login(struct reader *r, const struct yaml *table, const struct relay_settings *s)
{
	bool token = s->token_env.len || s->token_file.len || s->token_words;
	bool password = s->password_env.len || s->password_file.len;
	bool by_token = s->login == LOGIN_XOAUTH2 || s->login == LOGIN_OAUTHBEARER;
	if (s->login == LOGIN_EXTERNAL) {
		if (!s->client_certificate.len)
			missing(r, table, "auth", "client_certificate",
				"auth: external says that the certificate tells who we are");
		return;
	}
	if ((s->login != LOGIN_ANY || token || password) && !yaml_find(table, STR("user")))
		missing(r, table, login_key(s), "user", "add user: the name to log in with");
	if (by_token && !token && !yaml_find(table, STR("token")))
		missing(r, table, "auth", "token_command",
			"add token_command: [PROGRAM, …], token_file: PATH, or token_env: "
			"NAME_OF_A_VARIABLE");
	else if (s->user.len && !by_token && !password && !token &&
		 !yaml_find(table, STR("password")))
		missing(r, table, "user", "password_env",
			"add password_env: NAME_OF_A_VARIABLE, or password_file: PATH");
	if (token && (password || (s->login != LOGIN_ANY && !by_token)))
		invalid(r, keys_place(table, password ? "user" : "auth"),
			"log in by a password, or by a token with auth: xoauth2 or oauthbearer",
			password ? "user" : "auth",
			password ? s->user : STR("a token is given as well"));
}

static void relay_login(struct reader *r, const struct yaml *table, struct relay_settings *s)
{
	static const struct str ways[] = {
		[LOGIN_ANY] = STR_INIT("any"),
		[LOGIN_PLAIN] = STR_INIT("plain"),
		[LOGIN_LOGIN] = STR_INIT("login"),
		[LOGIN_SCRAM_SHA_1] = STR_INIT("scram-sha-1"),
		[LOGIN_SCRAM_SHA_256] = STR_INIT("scram-sha-256"),
		[LOGIN_XOAUTH2] = STR_INIT("xoauth2"),
		[LOGIN_OAUTHBEARER] = STR_INIT("oauthbearer"),
		[LOGIN_EXTERNAL] = STR_INIT("external"),
	};
	int choice = LOGIN_ANY;
	refuse_secrets(r, table);
	keys_text(r, table, "user", &s->user);
	keys_choice(r, table, "auth", ways, sizeof ways / sizeof *ways, &choice);
	s->login = (enum login_way)choice;
	keys_text(r, table, "password_env", &s->password_env);
	keys_text(r, table, "password_file", &s->password_file);
	keys_text(r, table, "token_env", &s->token_env);
	keys_text(r, table, "token_file", &s->token_file);
	s->token_command = keys_texts(r, table, "token_command", &s->token_words);
	check_login(r, table, s);
}

/* ---- warm-up ---- */

enum { WARM_UP_DAYS_MOST = 366, WARM_UP_MOST = 100000000 };

static bool number_in(struct str text, int64_t least, int64_t most, int64_t *value)
{
	return str_to_int(str_trim(text), value) && *value >= least && *value <= most;
}

static void push_day(struct relay_settings *s, int64_t messages)
{
	s->warm_up[s->warm_up_days++] = messages;
}

/* {start: 200, growth: 50%, until: 20000} */
static void warm_up_growth(struct reader *r, const struct yaml *table, struct relay_settings *s)
{
	static const struct str known[] = { STR_INIT("start"), STR_INIT("growth"),
					    STR_INIT("until") };
	int start = 0, until = 0;
	int64_t growth = 0;
	struct str text = { "", 0 };
	KEYS_KNOWN(r, table, known);
	bool complete = keys_require(r, table, "start");
	complete &= keys_require(r, table, "growth");
	complete &= keys_require(r, table, "until");
	complete = keys_int(r, table, "start", 1, WARM_UP_MOST, &start) && complete;
	complete = keys_int(r, table, "until", 1, WARM_UP_MOST, &until) && complete;
	if (!keys_text(r, table, "growth", &text))
		return;
	text = str_trim(text);
	if (!str_ends(text, STR("%")) ||
	    !number_in(str_sub(text, 0, text.len - 1), 1, 1000, &growth)) {
		invalid(r, keys_place(table, "growth"), "write 50%, from 1% to 1000%", "growth",
			text);
		return;
	}
	for (int64_t day = start; complete && day < until; day += day * growth / 100) {
		/* Growth of less than one message would never end. */
		if (s->warm_up_days == WARM_UP_DAYS_MOST || day * growth < 100) {
			invalid(r, keys_place(table, "growth"), "more than a year: grow faster",
				"growth", text);
			return;
		}
		push_day(s, day);
	}
}

static void relay_warm_up(struct reader *r, const struct yaml *relay, struct relay_settings *s)
{
	static const char hint[] =
		"write [200, 500, 1000, 2000], or {start: 200, growth: 50%, until: 20000}";
	const struct yaml *v = yaml_find(relay, STR("warm_up"));
	int64_t messages;
	if (!v)
		return;
	s->warm_up = NEW_ARRAY(r->arena, int64_t, WARM_UP_DAYS_MOST);
	if (v->kind == YAML_TABLE) {
		warm_up_growth(r, v, s);
		return;
	}
	if (v->kind != YAML_LIST || v->count == 0 || v->count > WARM_UP_DAYS_MOST) {
		invalid(r, v->place, hint, "warm_up", v->kind == YAML_LIST ? STR("") : v->text);
		return;
	}
	for (const struct yaml *day = v->first; day; day = day->next) {
		if (day->kind == YAML_TEXT && number_in(day->text, 1, WARM_UP_MOST, &messages))
			push_day(s, messages);
		else
			invalid(r, day->place, hint, "warm_up",
				day->kind == YAML_TEXT ? day->text : STR(""));
	}
}

/* ---- the relays ---- */

/* "mail.example.org:587" of a URL. */
static struct str host_of(struct str url)
{
	struct str host = str_sub(url, str_find(url, STR("://"), 0) + 3, url.len);
	host = str_sub(host, 0, str_find(host, STR("/"), 0));
	size_t at = str_find(host, STR("@"), 0);
	return at < host.len ? str_sub(host, at + 1, host.len) : host;
}

static void read_relay(struct reader *r, const struct yaml *table, struct relay_settings *s)
{
	*s = (struct relay_settings){ .connections = 8, .weight = 1 };
	keys_require(r, table, "url");
	smtp_url(r, table, s);
	s->place = yaml_find(table, STR("url")) ? keys_place(table, "url") : table->place;
	header_text(r, table, "name", &s->name);
	if (!s->name.len)
		s->name = host_of(s->url);
	relay_tls(r, table, s);
	relay_login(r, table, s);
	keys_int(r, table, "connections", 1, 100, &s->connections);
	keys_int(r, table, "weight", 1, 1000, &s->weight);
	relay_warm_up(r, table, s);
}

/* The ledger tells relays apart by their names. */
static void check_names(struct reader *r, const struct smtp_settings *s)
{
	for (size_t i = 0; i < s->relay_count; i++)
		for (size_t j = 0; j < i; j++)
			if (str_equal(s->relays[i].name, s->relays[j].name))
				invalid(r, s->relays[i].place,
					"two relays are called so: give each a name:", "relays",
					s->relays[i].name);
}

static void read_relays(struct reader *r, const struct yaml *smtp, const struct yaml *list,
			struct smtp_settings *s)
{
	struct str known[RELAY_KEYS + 1];
	for (size_t i = 0; i < RELAY_KEYS; i++) {
		known[i] = relay_keys[i];
		const struct yaml *v = yaml_find(smtp, relay_keys[i]);
		if (v)
			diag_report_hint(
				r->diags, DIAG_VALUE_INVALID, v->key_place,
				STR("beside relays: it belongs to none; move it into them"), "%.*s",
				STR_ARG(relay_keys[i]));
	}
	known[RELAY_KEYS] = STR("rate");
	if (list->count == 0 || list->count > RELAYS_MOST)
		invalid(r, list->place, "from 1 to 16 of them, each like - url: smtp://host:587",
			"relays", STR(""));
	s->relays = NEW_ARRAY(r->arena, struct relay_settings, RELAYS_MOST);
	for (const struct yaml *v = list->first; v && s->relay_count < RELAYS_MOST; v = v->next) {
		struct relay_settings *relay = &s->relays[s->relay_count];
		if (v->kind != YAML_TABLE) {
			invalid(r, v->place, "write - url: smtp://host:587", "relays", v->text);
			continue;
		}
		keys_known(r, v, known, RELAY_KEYS + 1);
		read_relay(r, v, relay);
		rate_read(r, v, "rate", &relay->rate);
		s->relay_count += relay->url.len > 0;
	}
	check_names(r, s);
}

void settings_smtp(struct reader *r, const struct yaml *smtp, struct smtp_settings *s)
{
	static const struct str ambiguous[] = { STR_INIT("hold"), STR_INIT("resend") };
	struct str known[RELAY_KEYS + COMMON_KEYS];
	int choice = 0;
	if (!smtp)
		return;
	for (size_t i = 0; i < RELAY_KEYS + COMMON_KEYS; i++)
		known[i] = i < RELAY_KEYS ? relay_keys[i] : common_keys[i - RELAY_KEYS];
	keys_known(r, smtp, known, RELAY_KEYS + COMMON_KEYS);
	s->place = smtp->key_place;
	const struct yaml *relays = keys_list(r, smtp, "relays");
	if (relays) {
		read_relays(r, smtp, relays, s);
	} else if (!yaml_find(smtp, STR("relays"))) {
		s->relays = NEW(r->arena, struct relay_settings);
		read_relay(r, smtp, s->relays);
		s->relays->place = s->place;
		s->relay_count = s->relays->url.len > 0;
	}
	rate_read(r, smtp, "rate", &s->rate);
	domain_rates(r, keys_table(r, smtp, "per_domain"), s);
	keys_choice(r, smtp, "ambiguous", ambiguous, 2, &choice);
	s->resend_ambiguous = choice == 1;
}
