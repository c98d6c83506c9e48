#include "test.h"

#include "preview/route.h"

static struct route read_path(struct arena *a, const char *path)
{
	return route_read(a, str_from(path));
}

static void what_there_is_has_a_path(void **state)
{
	static const struct {
		const char *path;
		enum route_kind kind;
	} cases[] = {
		{ "/", ROUTE_DESK },
		{ "/desk.css", ROUTE_STYLE },
		{ "/desk.js", ROUTE_SCRIPT },
		{ "/state", ROUTE_STATE },
		{ "/events/email", ROUTE_EVENTS },
		{ "/events/print", ROUTE_EVENTS },
		{ "/mail/pl.html", ROUTE_HTML },
		{ "/mail/pl.txt", ROUTE_TEXT },
		{ "/web/index.html", ROUTE_WEB },
		{ "/print.pdf", ROUTE_PDF },
		{ "/page/7/print/3/72.png", ROUTE_PAGE },
	};
	struct arena *a = arena_open();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(read_path(a, cases[i].path).kind, cases[i].kind);
	arena_close(a);
}

static void a_path_is_taken_apart(void **state)
{
	struct arena *a = arena_open();
	(void)state;
	struct route page = read_path(a, "/page/7/cover/3/72.png");
	assert_str(page.name, "cover");
	assert_int_equal(page.edition, EDITION_PRINT);
	assert_int_equal(page.build, 7);
	assert_int_equal(page.page, 3);
	assert_int_equal(page.dpi, 72);
	assert_str(read_path(a, "/mail/pl.%C5%9Bl%C4%85skie.html").name, "pl.śląskie");
	assert_false(read_path(a, "/mail/pl.html").bare);
	assert_true(read_path(a, "/mail-bare/pl.html").bare);
	assert_int_equal(read_path(a, "/events/web").edition, EDITION_WEB);
	assert_str(read_path(a, "/web/").name, "index.html");
	assert_str(read_path(a, "/web/03/").name, "03/index.html");
	assert_str(read_path(a, "/web/img/a%20b.jpg").name, "img/a b.jpg");
	arena_close(a);
}

static void what_is_hostile_has_none(void **state)
{
	static const char *const paths[] = {
		"",
		"x",
		"//",
		"/x",
		"/web",
		"/web/..",
		"/web/../x",
		"/web/a/../../x",
		"/web/.x",
		"/web/%2e%2e/x",
		"/web/%2E%2E%2Fx",
		"/web//x",
		"/web/%2fx",
		"/web/x//",
		"/web/\\x",
		"/web/%5cx",
		"/web/%00",
		"/web/x%0a",
		"/web/%7f",
		"/web/%c2%85",
		"/web/%ff",
		"/web/%c0%ae%c0%ae/x",
		"/web/%",
		"/web/%1",
		"/web/%g1",
		"/web/x%2",
		"/mail/.html",
		"/mail/../x.html",
		"/events/",
		"/events/text",
		"/events/print/",
		"/other.pdf",
		"/.pdf",
		"/page/0/print/1/72.png",
		"/page/1/print/0/72.png",
		"/page/1/print/1/35.png",
		"/page/1/print/1/301.png",
		"/page/1/print/10000/72.png",
		"/page/-1/print/1/72.png",
		"/page/+1/print/1/72.png",
		"/page/1/print/1/72/1.png",
		"/page/1/print/1.png",
		"/page/4294967296/print/1/72.png",
		"/page/1/other/1/72.png",
		"/page/1//1/72.png",
		"http://127.0.0.1/",
		"*",
	};
	struct arena *a = arena_open();
	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (read_path(a, paths[i]).kind != ROUTE_NONE)
			fail_msg("%s is something", paths[i]);
	arena_close(a);
}

/* No path of these letters leads out of the folder, whatever is put together. */
static void no_name_leads_out(void **state)
{
	static const char *const parts[] = { "/",   ".",   "..", "%2e", "%2F", "\\",
					     "%5C", "web", "x",  "%00", "%",   "mail" };
	struct arena *a = arena_open();
	uint64_t seed = 20260317;
	(void)state;
	for (int n = 0; n < 20000; n++) {
		char path[256] = "/web/";
		size_t len = 5;
		for (int i = 0; i < 6; i++) {
			const char *part = parts[random_next(&seed) % 12];
			for (; *part; part++)
				path[len++] = *part;
		}
		struct route r = route_read(a, (struct str){ path, len });
		if (r.kind != ROUTE_WEB)
			continue;
		assert_false(str_starts(r.name, STR("/")));
		assert_false(str_starts(r.name, STR(".")));
		assert_int_equal(str_find(r.name, STR("/."), 0), r.name.len);
		assert_int_equal(str_find(r.name, STR("//"), 0), r.name.len);
		assert_int_equal(str_find(r.name, STR("\\"), 0), r.name.len);
	}
	arena_close(a);
}

static void our_names_are_those_of_this_machine(void **state)
{
	static const char *const ours[] = { "127.0.0.1:4567", "localhost:4567", "LocalHost:4567",
					    "[::1]:4567" };
	static const char *const others[] = {
		"",
		"127.0.0.1",
		"localhost",
		"127.0.0.1:",
		"127.0.0.1:456",
		"127.0.0.1:45670",
		"127.0.0.1:4567.x",
		"127.0.0.2:4567",
		"evil.example:4567",
		"::1:4567",
		"localhost.evil:4567",
		"xlocalhost:4567",
		"127.0.0.1:+4567",
		"127.0.0.1: 4567",
		"127.0.0.1.evil:4567",
		"[::1]4567",
	};
	(void)state;
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		assert_true(host_is_ours(str_from(ours[i]), 4567));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (host_is_ours(str_from(others[i]), 4567))
			fail_msg("%s is ours", others[i]);
	assert_true(host_is_ours(STR("localhost"), 80));
	assert_false(host_is_ours(STR("localhost.evil"), 80));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_there_is_has_a_path),
		cmocka_unit_test(a_path_is_taken_apart),
		cmocka_unit_test(what_is_hostile_has_none),
		cmocka_unit_test(no_name_leads_out),
		cmocka_unit_test(our_names_are_those_of_this_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
