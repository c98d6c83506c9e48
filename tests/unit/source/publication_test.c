#include "desk.h"

#include "source/settings.h"

static const char whole[] = "title: \"Głos \\\"Pacjenta\\\"\"\n"
			    "publisher: Koalicja i spółka\n"
			    "language: pl\n"
			    "site: https://example.org\n"
			    "layout: own\n"
			    "mail:\n"
			    "  from: \"Głos <a@example.org>\"\n"
			    "  reply_to: a@example.org\n"
			    "  list_id: glos.example.org\n"
			    "  return_path: b@example.org\n"
			    "  unsubscribe: https://example.org/u/{token}\n"
			    "  preferences: https://example.org/p/{token}\n"
			    "  postal_address: \" ul. Długa 1 \"\n"
			    "smtp:\n"
			    "  url: smtps://mail.example.org:465\n"
			    "  tls: if-offered\n"
			    "  user: glos\n"
			    "  password_env: SECRET\n"
			    "  ca_file: ca.pem\n"
			    "  connections: 4\n"
			    "  rate: 600/min\n"
			    "  per_domain: {WP.pl: 5/s, onet.pl: 100/h}\n"
			    "  ambiguous: resend\n"
			    "dkim: {domain: example.org, selector: s1, key: keys/k.pem}\n"
			    "store:\n"
			    "  url: postgresql://db.example.org/glos\n"
			    "  password_file: keys/store\n"
			    "  lease: 45\n";

static struct publication *read_settings(struct desk *d, const char *text)
{
	desk_write(d, "glos.yaml", text);
	return publication_read(d->arena, d->folder, d->diags);
}

static void every_setting_is_read(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct publication *p = read_settings(&d, whole);
	assert_said(&d, "");
	assert_str(p->root, d.folder);
	assert_str(p->title, "Głos „Pacjenta”");
	assert_str(p->publisher, "Koalicja i\u00A0spółka");
	assert_str(p->site, "https://example.org/");
	assert_str(p->layout, "own");
	assert_str(p->store, "postgresql://db.example.org/glos");
	assert_str(p->postgresql.password_file, "keys/store");
	assert_int_equal(p->postgresql.lease_s, 45);
	assert_str(p->mail.from, "Głos <a@example.org>");
	assert_str(p->mail.return_path, "b@example.org");
	assert_str(p->mail.unsubscribe, "https://example.org/u/{token}");
	assert_str(p->mail.postal_address, "ul. Długa 1");
	assert_int_equal(p->mail.place.line, 6);
	assert_str(p->smtp.relays[0].url, "smtps://mail.example.org:465");
	assert_int_equal(p->smtp.relays[0].tls, TLS_IF_OFFERED);
	assert_str(p->smtp.relays[0].password_env, "SECRET");
	assert_str(p->smtp.relays[0].ca_file, "ca.pem");
	assert_int_equal(p->smtp.relays[0].connections, 4);
	assert_int_equal(p->smtp.rate.count, 600);
	assert_int_equal(p->smtp.rate.per_ms, 60000);
	assert_int_equal(p->smtp.domain_rate_count, 2);
	assert_str(p->smtp.domain_rates[0].domain, "wp.pl");
	assert_int_equal(p->smtp.domain_rates[1].rate.per_ms, 3600000);
	assert_true(p->smtp.resend_ambiguous);
	assert_str(p->dkim.keys[0].selector, "s1");
	desk_close(&d);
}

static void several_relays_are_read(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct publication *p =
		read_settings(&d, "title: T\nlanguage: pl\nsmtp:\n"
				  "  relays:\n"
				  "    - url: smtp://a.example.org:587\n"
				  "      weight: 3\n"
				  "      warm_up: [200, 500]\n"
				  "    - url: smtps://b.example.org/host.example.org\n"
				  "      name: spare\n"
				  "      connections: 2\n"
				  "      rate: 5/s\n"
				  "      user: u\n"
				  "      auth: xoauth2\n"
				  "      token_command: [token, --for, u]\n"
				  "      client_certificate: c.pem\n"
				  "      client_key: k.pem\n"
				  "      warm_up: {start: 100, growth: 50%, until: 300}\n"
				  "  rate: 50/s\n");
	assert_said(&d, "");
	assert_int_equal(p->smtp.relay_count, 2);
	assert_int_equal(p->smtp.rate.count, 50);
	const struct relay_settings *a = &p->smtp.relays[0], *b = &p->smtp.relays[1];
	assert_str(a->name, "a.example.org:587");
	assert_int_equal(a->weight, 3);
	assert_int_equal(a->connections, 8);
	assert_int_equal(a->rate.count, 0);
	assert_int_equal(a->warm_up_days, 2);
	assert_int_equal(a->warm_up[1], 500);
	assert_int_equal(a->login, LOGIN_ANY);
	assert_int_equal(a->place.line, 5);
	assert_str(b->name, "spare");
	assert_int_equal(b->weight, 1);
	assert_int_equal(b->rate.count, 5);
	assert_int_equal(b->login, LOGIN_XOAUTH2);
	assert_int_equal(b->token_words, 3);
	assert_str(b->token_command[2], "u");
	assert_str(b->client_key, "k.pem");
	assert_int_equal(b->warm_up_days, 3); /* 100, 150, 225, and then 337 */
	assert_int_equal(b->warm_up[2], 225);
	desk_close(&d);
}

#define HEAD "title: T\nlanguage: pl\nsmtp:\n"

static void mistakes_in_relays_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ HEAD "  relays: []\n", "glos.yaml:4:11 value-invalid relays:  (from 1 to 16 of "
					 "them, each like - url: smtp://host:587)\n" },
		{ HEAD "  relays: [smtp://h, {weight: 2}]\n",
		  "glos.yaml:4:12 value-invalid relays: smtp://h (write - url: smtp://host:587)\n"
		  "glos.yaml:4:22 key-missing url (add a line url: …)\n" },
		{ HEAD "  url: smtp://h\n  relays: [{url: 'smtp://i', wieght: 2}]\n",
		  "glos.yaml:4:3 value-invalid url (beside relays: it belongs to none; move it "
		  "into "
		  "them)\n"
		  "glos.yaml:5:30 key-unknown wieght (did you mean weight?)\n" },
		{ HEAD "  relays:\n    - url: smtp://h\n    - url: smtp://h\n",
		  "glos.yaml:6:12 value-invalid relays: h (two relays are called so: give each a "
		  "name:)\n" },
		{ HEAD "  relays: [{url: 'smtp://h', weight: 0, connections: 101}]\n",
		  "glos.yaml:4:38 value-invalid weight: 0 (from 1 to 1000)\n"
		  "glos.yaml:4:54 value-invalid connections: 101 (from 1 to 100)\n" },
		{ HEAD "  url: smtp://h\n  warm_up: 200\n",
		  "glos.yaml:5:12 value-invalid warm_up: 200 (write [200, 500, 1000, 2000], or "
		  "{start: 200, growth: 50%, until: 20000})\n" },
		{ HEAD "  url: smtp://h\n  warm_up: [200, many]\n",
		  "glos.yaml:5:18 value-invalid warm_up: many (write [200, 500, 1000, 2000], or "
		  "{start: 200, growth: 50%, until: 20000})\n" },
		{ HEAD "  url: smtp://h\n  warm_up: {start: 200, growth: 2, until: 500}\n",
		  "glos.yaml:5:33 value-invalid growth: 2 (write 50%, from 1% to 1000%)\n" },
		{ HEAD "  url: smtp://h\n  warm_up: {start: 50, growth: 1%, until: 500}\n",
		  "glos.yaml:5:32 value-invalid growth: 1% (more than a year: grow faster)\n" },
		{ HEAD "  url: smtp://h\n  user: u\n  token: abc\n  auth: oauthbearer\n",
		  "glos.yaml:6:3 password-in-file token (write token_command: [PROGRAM, …], "
		  "token_file: PATH, or token_env: NAME_OF_A_VARIABLE)\n" },
		{ HEAD "  url: smtp://h\n  user: u\n  auth: xoauth2\n",
		  "glos.yaml:6:9 key-missing token_command (add token_command: [PROGRAM, …], "
		  "token_file: PATH, or token_env: NAME_OF_A_VARIABLE)\n" },
		{ HEAD "  url: smtp://h\n  auth: kerberos\n",
		  "glos.yaml:5:9 value-invalid auth: kerberos (known are: any, plain, login, "
		  "scram-sha-1, scram-sha-256, xoauth2, oauthbearer, external)\n" },
		{ HEAD "  url: smtp://h\n  password_env: X\n",
		  "glos.yaml:5:17 key-missing user (add user: the name to log in with)\n" },
		{ HEAD "  url: smtp://h\n  user: u\n  auth: plain\n  token_file: t\n",
		  "glos.yaml:6:9 value-invalid auth: a token is given as well (log in by a "
		  "password, "
		  "or by a token with auth: xoauth2 or oauthbearer)\n" },
		{ HEAD "  url: smtp://h\n  auth: external\n",
		  "glos.yaml:5:9 key-missing client_certificate (auth: external says that the "
		  "certificate tells who we are)\n" },
		{ HEAD "  url: smtp://h\n  client_certificate: c.pem\n",
		  "glos.yaml:5:23 key-missing client_key (add client_key: the PEM file of its "
		  "private key)\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk d = desk_open();
		assert_non_null(read_settings(&d, cases[i].text));
		assert_said(&d, cases[i].said);
		desk_close(&d);
	}
}

static void little_is_enough(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct publication *p = read_settings(&d, "title: T\nlanguage: nb\n");
	assert_said(&d, "");
	assert_str(p->layout, "glos");
	assert_str(p->store, "sqlite:var/glos.db");
	assert_int_equal(p->smtp.relay_count, 0);
	assert_int_equal(p->smtp.rate.count, 0);
	assert_int_equal(p->mail.from.len, 0);
	desk_close(&d);
}

static void mistakes_are_told_all_at_once(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "{}", "glos.yaml:1:1 key-missing title (add a line title: …)\n"
			"glos.yaml:1:1 key-missing language (add a line language: …)\n" },
		{ "- a\n",
		  "glos.yaml:1:1 value-type a table of keys was expected, this is a list (write "
		  "{name: value}, or such lines further in)\n" },
		{ "title: [a]\nlanguage: xx_YY\nsite: example.org\n",
		  "glos.yaml:1:8 value-type title: a text was expected, this is a list (write "
		  "title: "
		  "one text, without brackets)\n"
		  "glos.yaml:2:11 value-invalid language: xx_YY (write pl, nb, uk, en or another "
		  "code of "
		  "BCP 47)\n"
		  "glos.yaml:3:7 value-invalid site: example.org (write https://example.org/)\n" },
		{ "title: T\nlanguage: pl\nsmtp:\n  url: smtp://u:p@h\n  password: x\n  user: u\n",
		  "glos.yaml:4:8 password-in-file url (write user: and password_env: beside url:)\n"
		  "glos.yaml:5:3 password-in-file password (write password_env: "
		  "NAME_OF_A_VARIABLE, or "
		  "password_file: PATH)\n" },
		{ "title: T\nlanguage: pl\nstore: postgresql://u:p@h/db\n",
		  "glos.yaml:3:8 password-in-file store (leave it out of the address; PGPASSWORD "
		  "or "
		  "~/.pgpass tell it)\n" },
		{ "title: T\nlanguage: pl\nstore: postgresql://h/db?password=x\n",
		  "glos.yaml:3:8 password-in-file store (leave it out of the address; PGPASSWORD "
		  "or "
		  "~/.pgpass tell it)\n" },
		{ "title: T\nlanguage: pl\nstore: {url: 'sqlite:a.db', password: x, lease: 1}\n",
		  "glos.yaml:3:29 password-in-file password (write password_env: "
		  "NAME_OF_A_VARIABLE, or password_file: PATH)\n"
		  "glos.yaml:3:49 value-invalid lease: 1 (from 2 to 3600)\n" },
		{ "title: T\nlanguage: pl\nstore: mysql:x\n",
		  "glos.yaml:3:8 value-invalid store: mysql:x (write sqlite:var/glos.db, or "
		  "postgresql://HOST/DATABASE)\n" },
		{ "title: T\nlanguage: pl\nsmtp: {url: 'smtp://h', tls: never, rate: fast}\n",
		  "glos.yaml:3:30 value-invalid tls: never (never is only for a server on this "
		  "machine)\n"
		  "glos.yaml:3:43 value-invalid rate: fast (write 50/s, 600/min or 5000/h)\n" },
		{ "title: T\nlanguage: pl\nsmtp: {url: 'http://h', connections: 0, tls: maybe}\n",
		  "glos.yaml:3:13 value-invalid url: http://h (write smtp://host:587 or "
		  "smtps://host:465)\n"
		  "glos.yaml:3:38 value-invalid connections: 0 (from 1 to 100)\n"
		  "glos.yaml:3:46 value-invalid tls: maybe (known are: required, if-offered, "
		  "never)\n" },
		{ "title: T\nlanguage: pl\nsmtp: {url: 'smtp://localhost:25', tls: never, user: "
		  "u}\n",
		  "glos.yaml:3:54 key-missing password_env (add password_env: NAME_OF_A_VARIABLE, "
		  "or "
		  "password_file: PATH)\n" },
		{ "title: T\nlanguage: pl\nmail: {from: nobody, unsubscribe: 'https://a.pl/u'}\n",
		  "glos.yaml:3:14 value-invalid from: nobody (write \"Name <name@example.org>\")\n"
		  "glos.yaml:3:35 value-invalid unsubscribe: https://a.pl/u (write "
		  "https://…/{token})\n" },
		{ "title: T\nlanguage: pl\nmail: {from: \"a@b.pl\\nBcc: x@y.pl\"}\n",
		  "glos.yaml:3:14 header-invalid from\n" },
		{ "title: T\nlanguage: pl\ndkim: {domain: a.pl}\n",
		  "glos.yaml:3:7 key-missing selector (add a line selector: …)\n"
		  "glos.yaml:3:7 key-missing key (add a line key: …)\n" },
		{ "title: T\nlanguage: pl\nlangage: pl\n",
		  "glos.yaml:3:1 key-unknown langage (did you mean language?)\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk d = desk_open();
		assert_non_null(read_settings(&d, cases[i].text));
		assert_said(&d, cases[i].said);
		desk_close(&d);
	}
}

static void broken_settings_are_no_publication(void **state)
{
	(void)state;
	struct desk d = desk_open();
	assert_null(publication_read(d.arena, d.folder, d.diags));
	assert_int_equal(diags_at(d.diags, 0)->code, DIAG_PUBLICATION_MISSING);
	assert_null(read_settings(&d, "title: T\nlanguage:\n\tpl\n"));
	assert_has(&d, DIAG_YAML_SYNTAX, 3, 1);
	assert_null(read_settings(&d, "title: \xB3\n"));
	assert_has(&d, DIAG_ENCODING, 1, 8);
	desk_close(&d);
}

static void a_publication_is_found_from_below(void **state)
{
	(void)state;
	struct desk d = desk_open();
	desk_issue(&d, "a.md");
	desk_write(&d, "issues/y/notes.txt", "no issue");
	const char *inside = path_join(d.arena, str_from(d.folder), STR("issues/x"));
	assert_string_equal(publication_find(d.arena, inside), d.folder);
	const char *crooked = path_join(d.arena, str_from(inside), STR(".././/x/.."));
	assert_string_equal(publication_find(d.arena, crooked), d.folder);
	assert_null(publication_find(d.arena, "/tmp"));
	assert_non_null(publication_find(d.arena, "tests/unit"));
	struct publication *p = publication_read(d.arena, d.folder, d.diags);
	size_t count;
	struct str *issues = issue_list(d.arena, p, &count);
	assert_int_equal(count, 1);
	assert_str(issues[0], "x");
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_setting_is_read),
		cmocka_unit_test(several_relays_are_read),
		cmocka_unit_test(mistakes_in_relays_are_told),
		cmocka_unit_test(little_is_enough),
		cmocka_unit_test(mistakes_are_told_all_at_once),
		cmocka_unit_test(broken_settings_are_no_publication),
		cmocka_unit_test(a_publication_is_found_from_below),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
