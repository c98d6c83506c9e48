/* What answers rest on: networks, limits, forms, tokens of forms, languages, routes. */
#include "test.h"

#include "base/arena.h"
#include "serve/client.h"
#include "serve/form.h"
#include "serve/limit.h"
#include "serve/route.h"
#include "serve/say.h"

static struct client client(const char *text)
{
	struct client c;
	assert_true(client_read(str_from(text), &c));
	return c;
}

static struct network network(const char *text)
{
	struct network n;
	assert_true(network_read(str_from(text), &n));
	return n;
}

static bool same(struct client a, struct client b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

static void networks_and_prefixes(void **state)
{
	(void)state;
	struct network ten = network("10.0.0.0/8"), one = network("::1"),
		       all = network("0.0.0.0/0");
	struct client c = client("10.255.0.1"), d = client("11.0.0.1"), e = client("::1");
	assert_true(network_has(&ten, &c));
	assert_false(network_has(&ten, &d));
	assert_true(network_has(&all, &d));
	assert_false(network_has(&all, &e));
	assert_true(network_has(&one, &e));
	assert_true(same(client_prefix(client("198.51.100.7")),
			 client_prefix(client("198.51.100.250"))));
	assert_false(
		same(client_prefix(client("198.51.100.7")), client_prefix(client("198.51.101.7"))));
	assert_true(same(client_prefix(client("2001:db8:0:1::1")),
			 client_prefix(client("2001:db8:0:2::9"))));
	assert_false(same(client_prefix(client("2001:db8:1::1")),
			  client_prefix(client("2001:db8:2::1"))));
	const char *wrong[] = { "",       "10.0.0.0/33", "10.0.0.0/-1", "::/129",
				"10.0.0", "a/8",         "1.2.3.4/x" };
	struct network n;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(network_read(str_from(wrong[i]), &n));
}

static void only_proxies_of_ours_are_believed(void **state)
{
	(void)state;
	const struct network ours[] = { network("127.0.0.1"), network("10.0.0.0/8") };
	const struct {
		const char *peer, *forwarded, *is;
	} cases[] = {
		{ "203.0.113.9", "198.51.100.1", "203.0.113.9" },
		{ "127.0.0.1", "198.51.100.1", "198.51.100.1" },
		{ "127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1" },
		{ "127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.1.1", "198.51.100.1" },
		{ "127.0.0.1", "", "127.0.0.1" },
		{ "127.0.0.1", "junk", "127.0.0.1" },
		{ "127.0.0.1", "198.51.100.1, junk", "127.0.0.1" },
		{ "127.0.0.1", "10.0.0.1,10.0.0.2", "10.0.0.1" },
		{ "127.0.0.1", ",,,", "127.0.0.1" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_true(same(client_behind(client(cases[i].peer), str_from(cases[i].forwarded),
					       ours, 2),
				 client(cases[i].is)));
}

static void addresses_to_listen_on(void **state)
{
	(void)state;
	struct client c;
	uint16_t port;
	assert_true(listen_read(STR("127.0.0.1:8017"), &c, &port) && port == 8017 &&
		    client_is_loopback(&c));
	assert_true(listen_read(STR("[::1]:0"), &c, &port) && port == 0 && client_is_loopback(&c));
	assert_true(listen_read(STR(":80"), &c, &port) && port == 80 && !client_is_loopback(&c));
	assert_true(listen_read(STR("localhost:80"), &c, &port) && client_is_loopback(&c));
	const char *wrong[] = {
		"", "80", "127.0.0.1", "::1:80", "127.0.0.1:70000", "127.0.0.1:-1", "host:80"
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(listen_read(str_from(wrong[i]), &c, &port));
}

static void a_network_has_so_many(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct limit *l = limit_open(a, (struct limit_rate){ 3, 1000 }, 42);
	struct client one = client("198.51.100.0"), other = client("198.51.101.0");
	for (int i = 0; i < 3; i++)
		assert_true(limit_take(l, &one, 5000));
	assert_false(limit_take(l, &one, 5000));
	assert_true(limit_take(l, &other, 5000));
	assert_false(limit_take(l, &one, 5999));
	assert_true(limit_take(l, &one, 6000));
	assert_false(limit_take(l, &one, 6000));
	assert_true(limit_take(l, &one, 60000));
	assert_true(limit_take(l, &one, 60000));
	assert_true(limit_take(l, &one, 60000));
	assert_false(limit_take(l, &one, 60000));
	limit_close(l);
	arena_close(a);
}

static bool read(struct arena *a, struct form *f, const char *type, const char *body)
{
	return form_read(a, str_from(type), str_from(body), f);
}

static void forms_are_read_strictly(void **state)
{
	(void)state;
	static const char url[] = "application/x-www-form-urlencoded; charset=utf-8";
	static const char parts[] = "multipart/form-data; boundary=\"x y\"";
	struct arena *a = arena_open();
	struct form *f = NEW(a, struct form);
	assert_true(
		read(a, f, url, "email=a%40b.example&name=Anna+Zaj%C4%85c&region=1&region=2&&x"));
	assert_str(form_value(f, "email"), "a@b.example");
	assert_str(form_value(f, "name"), "Anna Zając");
	assert_str(form_value(f, "nothing"), "");
	assert_int_equal(f->count, 5);
	assert_true(read(a, f, url, ""));
	const char *wrong[] = { "a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "%c3=1", "a=%c0%af" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(read(a, f, url, wrong[i]));
	assert_true(
		read(a, f, parts,
		     "--x y\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
		     "One-Click\r\n--x y\r\ncontent-disposition:form-data;name=b\r\n\r\n\r\n--x "
		     "y--\r\n"));
	assert_str(form_value(f, "List-Unsubscribe"), "One-Click");
	assert_int_equal(f->count, 2);
	const char *broken[] = { "",
				 "--x y",
				 "--x y\r\n",
				 "--x y\r\n\r\n",
				 "--x y\r\na: b\r\n\r\nc",
				 "--x y\r\na: b\r\n\r\nc\r\n--x y",
				 "--z--" };
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_false(read(a, f, parts, broken[i]));
	assert_false(read(a, f, "multipart/form-data", "--\r\n"));
	assert_false(read(a, f, "application/json", "{}"));
	assert_false(read(a, f, "", "a=b"));
	struct buf many;
	buf_init(&many, 1 << 20);
	for (int i = 0; i <= FIELDS_MOST; i++)
		buf_put_c(&many, "a=1&");
	assert_false(form_read(a, str_from(url), buf_str(&many), f));
	buf_release(&many);
	arena_close(a);
}

/* A weak seal, but one that depends on every byte and on the key. */
static bool seal(void *context, struct str text, unsigned char out[32])
{
	uint64_t h = *(const uint64_t *)context;
	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.ptr[i]) * 1099511628211U;
	for (int i = 0; i < 32; i++)
		out[i] = (unsigned char)(h >> (i % 8 * 8));
	return true;
}

static void form_tokens_expire_and_are_of_one_form(void **state)
{
	(void)state;
	uint64_t key = 1, other_key = 2;
	struct sealer s = { seal, &key }, other = { seal, &other_key };
	struct buf token;
	int64_t now = 1773705600;
	buf_init(&token, 256);
	form_token_put(&token, &s, STR("3 abc"), now);
	struct str t = buf_str(&token);
	assert_true(form_token_is_good(t, &s, STR("3 abc"), now));
	assert_true(form_token_is_good(t, &s, STR("3 abc"), now + FORM_LIVES_S));
	assert_false(form_token_is_good(t, &s, STR("3 abc"), now + FORM_LIVES_S + 1));
	assert_false(form_token_is_good(t, &s, STR("3 abc"), now - 3600));
	assert_false(form_token_is_good(t, &s, STR("3 abd"), now));
	assert_false(form_token_is_good(t, &s, STR("4 abc"), now));
	assert_false(form_token_is_good(t, &other, STR("3 abc"), now));
	for (size_t i = 0; i < t.len; i++) {
		char before = token.ptr[i];
		token.ptr[i] = before == '0' ? '1' : '0';
		assert_false(form_token_is_good(t, &s, STR("3 abc"), now));
		token.ptr[i] = before;
	}
	for (size_t n = 0; n < t.len; n++)
		assert_false(form_token_is_good(str_sub(t, 0, n), &s, STR("3 abc"), now));
	buf_release(&token);
}

static void languages_are_chosen(void **state)
{
	(void)state;
	const struct {
		const char *accept;
		enum tongue is;
	} cases[] = {
		{ "", TONGUE_EN },
		{ "pl", TONGUE_PL },
		{ "pl-PL,pl;q=0.9,en;q=0.8", TONGUE_PL },
		{ "en;q=0.4, uk;q=0.5", TONGUE_UK },
		{ "fr, no", TONGUE_NB },
		{ "nn-NO", TONGUE_NB },
		{ "fr,de", TONGUE_EN },
		{ "pl;q=0, nb;q=0.1", TONGUE_NB },
		{ "*;q=0.1,,;;q=", TONGUE_EN },
		{ "uk;q=x,pl;q=0.999", TONGUE_UK },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(tongue_choose(str_from(cases[i].accept), TONGUE_EN), cases[i].is);
	for (int w = 0; w < SAY_COUNT; w++)
		for (int t = 0; t < TONGUE_COUNT; t++)
			assert_true(say((enum say)w, (enum tongue)t).len > 0);
}

static bool routes(struct arena *a, struct routes *r, const char *unsubscribe,
		   const char *preferences, const char *confirm)
{
	struct publication *p = NEW(a, struct publication);
	p->mail.unsubscribe = str_from(unsubscribe);
	p->mail.preferences = str_from(preferences);
	p->mail.confirm = str_from(confirm);
	return routes_make(a, p, r, diags_new(a));
}

static void paths_become_routes(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct routes r;
	assert_true(routes(a, &r, "https://glos.example.org/u/{token}",
			   "https://glos.example.org/p/{token}", ""));
	const struct {
		const char *path;
		enum route_kind kind;
		const char *token;
	} cases[] = {
		{ "/s", ROUTE_SUBSCRIBE, "" },
		{ "/c/abc", ROUTE_CONFIRM, "abc" },
		{ "/u/abc", ROUTE_UNSUBSCRIBE, "abc" },
		{ "/p/abc", ROUTE_PREFERENCES, "abc" },
		{ "/p/abc/erase", ROUTE_ERASE, "abc" },
		{ "/p/abc/data.json", ROUTE_EXPORT, "abc" },
		{ "/", ROUTE_NONE, "" },
		{ "/s/", ROUTE_NONE, "" },
		{ "/u/", ROUTE_NONE, "" },
		{ "/u/a/b", ROUTE_NONE, "" },
		{ "/p//erase", ROUTE_NONE, "" },
		{ "/p/a/b/erase", ROUTE_NONE, "" },
		{ "//s", ROUTE_NONE, "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct route route = routes_find(&r, str_from(cases[i].path));
		assert_int_equal(route.kind, cases[i].kind);
		assert_str(route.token, cases[i].token);
	}
	assert_str(route_url(&r, a, ROUTE_CONFIRM, STR("x")), "https://glos.example.org/c/x");
	assert_true(routes_have_host(&r, STR("GLOS.example.org"), 80));
	assert_true(routes_have_host(&r, STR("127.0.0.1:80"), 80));
	assert_false(routes_have_host(&r, STR("127.0.0.1:81"), 80));
	assert_false(routes_have_host(&r, STR("glos.example.org.evil.example"), 80));
	assert_false(routes_have_host(&r, STR(""), 80));
	assert_false(routes(a, &r, "", "https://x.example/p/{token}", ""));
	assert_false(
		routes(a, &r, "https://x.example/u?t={token}", "https://x.example/p/{token}", ""));
	assert_false(
		routes(a, &r, "https://x.example/u/{token}", "https://x.example/u/{token}", ""));
	assert_false(
		routes(a, &r, "https://x.example/u/{token}", "https://x.example/{token}/p", ""));
	assert_false(routes(a, &r, "https://x.example/u/{token}", "https://x.example/p/{token}",
			    "https://x.example/u/{token}"));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(networks_and_prefixes),
		cmocka_unit_test(only_proxies_of_ours_are_believed),
		cmocka_unit_test(addresses_to_listen_on),
		cmocka_unit_test(a_network_has_so_many),
		cmocka_unit_test(forms_are_read_strictly),
		cmocka_unit_test(form_tokens_expire_and_are_of_one_form),
		cmocka_unit_test(languages_are_chosen),
		cmocka_unit_test(paths_become_routes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
