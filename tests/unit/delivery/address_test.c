#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "delivery/address.h"

static void is_address(const char *text, const char *wire, const char *key)
{
	struct arena *a = arena_open();
	struct address parsed;
	const char *problem;
	assert_true(address_parse(a, str_from(text), &parsed, &problem));
	assert_string_equal(str_c(a, parsed.wire), wire);
	assert_string_equal(str_c(a, parsed.key), key);
	arena_close(a);
}

static void one_mailbox_has_one_key(void **state)
{
	(void)state;
	is_address("anna@example.org", "anna@example.org", "anna@example.org");
	is_address("Anna.Nowak@EXAMPLE.org", "Anna.Nowak@example.org", "anna.nowak@example.org");
	is_address("a@Żółw.example", "a@xn--w-uga1v8h.example", "a@xn--w-uga1v8h.example");
	is_address("a@XN--W-UGA1V8H.example", "a@xn--w-uga1v8h.example", "a@xn--w-uga1v8h.example");
	is_address("ŁUKASZ@example.org", "ŁUKASZ@example.org", "łukasz@example.org");
	is_address("o'hara+list@x-y.co.uk", "o'hara+list@x-y.co.uk", "o'hara+list@x-y.co.uk");
}

static void what_is_no_address(void **state)
{
	static const struct str bad[] = {
		STR_INIT(""),
		STR_INIT("anna"),
		STR_INIT("@example.org"),
		STR_INIT("anna@"),
		STR_INIT("anna@localhost"),
		STR_INIT("an na@example.org"),
		STR_INIT("a@b@c d.org"),
		STR_INIT(".a@example.org"),
		STR_INIT("a.@example.org"),
		STR_INIT("a..b@example.org"),
		STR_INIT("a@-x.org"),
		STR_INIT("a@x-.org"),
		STR_INIT("a@x..org"),
		STR_INIT("a@x.org."),
		STR_INIT("a@ex_ample.org"),
		STR_INIT("\"a b\"@example.org"),
		STR_INIT("a@[127.0.0.1]"),
		STR_INIT("a@x.org\r\nRCPT TO:<b@x.org>"),
		STR_INIT("a\0b@x.org"),
		STR_INIT("a@x\0.org"),
		STR_INIT("a>@x.org"),
		STR_INIT("<a@x.org"),
		STR_INIT("a@x.org>"),
		STR_INIT("a@\xC4.org"),
		STR_INIT("a\xC2\x85@x.org"),
		STR_INIT("Anna <a@x.org>"),
		STR_INIT("a@x.org,b@x.org"),
		STR_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x.org"),
	};
	(void)state;
	struct arena *a = arena_open();
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct address parsed;
		const char *problem = NULL;
		if (address_parse(a, bad[i], &parsed, &problem))
			fail_msg("taken: %.*s", STR_ARG(bad[i]));
		assert_non_null(problem);
	}
	arena_close(a);
}

static void letters_beyond_ascii_need_smtputf8(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct address parsed;
	const char *problem;
	assert_true(address_parse(a, STR("żaneta@example.org"), &parsed, &problem));
	assert_true(parsed.needs_smtputf8);
	assert_true(address_parse(a, STR("zaneta@żółw.example"), &parsed, &problem));
	assert_false(parsed.needs_smtputf8);
	arena_close(a);
}

static void folding(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	assert_string_equal(str_c(a, fold(a, STR("ŚWIĘTOKRZYSKIE Ż Ź Ć Ą Ó Ł Ń"))),
			    "świętokrzyskie ż ź ć ą ó ł ń");
	assert_string_equal(str_c(a, fold(a, STR("ÆØÅ КИЇВ ЄІЇҐ abc 123 ß"))),
			    "æøå київ єіїґ abc 123 ß");
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_mailbox_has_one_key),
		cmocka_unit_test(what_is_no_address),
		cmocka_unit_test(letters_beyond_ascii_need_smtputf8),
		cmocka_unit_test(folding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
