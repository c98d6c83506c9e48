#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "delivery/reply.h"

#include <string.h>

static struct reply taken(const char *text)
{
	struct str in = str_from(text);
	struct reply r;
	assert_int_equal(reply_take(&in, &r), 1);
	assert_int_equal(in.len, 0);
	return r;
}

static void replies_are_read(void **state)
{
	(void)state;
	struct reply r = taken("250 2.1.5 Ok\r\n");
	assert_int_equal(r.code, 250);
	assert_int_equal(r.subject, 1);
	assert_int_equal(r.detail, 5);
	assert_string_equal(r.words, "250 2.1.5 Ok");
	r = taken("550-5.1.1 No such user\r\n550-5.1.1 here\r\n550 5.1.1 at all\n");
	assert_string_equal(r.words, "550 5.1.1 No such user here at all");
	assert_int_equal(r.detail, 1);
	r = taken("354\r\n");
	assert_int_equal(r.code, 354);
	r = taken("450 4.2.\x01x\xFF\r\n");
	assert_string_equal(r.words, "450 4.2.?x?");
	assert_int_equal(r.subject, -1);
}

static void replies_that_are_not_whole(void **state)
{
	static const char *const parts[] = {
		"", "2", "250", "250 ok", "250-a\r\n", "250-a\r\n250"
	};
	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct str in = str_from(parts[i]);
		struct reply r;
		assert_int_equal(reply_take(&in, &r), 0);
		assert_int_equal(in.len, strlen(parts[i]));
	}
}

static void what_is_no_reply(void **state)
{
	static const char *const bad[] = { "hello\r\n", "25\r\n",    "2500 x\r\n",
					   "150 x\r\n", "650 x\r\n", "250-a\r\n251 b\r\n",
					   "\r\n",      "250_x\r\n" };
	(void)state;
	struct reply r;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct str in = str_from(bad[i]);
		assert_int_equal(reply_take(&in, &r), -1);
	}
	static char endless[REPLY_BYTES * 2];
	memset(endless, 'x', sizeof endless);
	memcpy(endless, "250 ", 4);
	struct str in = { endless, REPLY_LINE_BYTES + 10 };
	assert_int_equal(reply_take(&in, &r), -1);
	for (size_t i = 0; i + 6 <= sizeof endless; i += 6)
		memcpy(endless + i, "250-a\n", 6);
	in = (struct str){ endless, sizeof endless / 6 * 6 };
	assert_int_equal(reply_take(&in, &r), -1);
}

static void several_replies_in_one_packet(void **state)
{
	(void)state;
	struct str in = STR("250 a\r\n550-b\r\n550 c\r\n354 d");
	struct reply r;
	assert_int_equal(reply_take(&in, &r), 1);
	assert_int_equal(r.code, 250);
	assert_int_equal(reply_take(&in, &r), 1);
	assert_string_equal(r.words, "550 b c");
	assert_int_equal(reply_take(&in, &r), 0);
	assert_true(str_equal(in, STR("354 d")));
}

/* The table "Failures, by what they mean". */
static void verdicts(void **state)
{
	static const struct {
		enum phase phase;
		const char *reply;
		enum verdict verdict;
	} cases[] = {
		{ PHASE_MAIL, "250 ok\n", VERDICT_GO_ON },
		{ PHASE_RCPT, "250 ok\n", VERDICT_GO_ON },
		{ PHASE_RCPT, "251 will forward\n", VERDICT_GO_ON },
		{ PHASE_DATA, "354 go\n", VERDICT_GO_ON },
		{ PHASE_DATA, "250 what\n", VERDICT_DEFERRED },
		{ PHASE_DOT, "250 ok\n", VERDICT_SENT },
		{ PHASE_CONNECT, "554 no\n", VERDICT_ROUTE },
		{ PHASE_MAIL, "421 closing\n", VERDICT_ROUTE },
		{ PHASE_RCPT, "421 closing\n", VERDICT_ROUTE },
		{ PHASE_DOT, "421 closing\n", VERDICT_ROUTE },
		{ PHASE_MAIL, "451 later\n", VERDICT_ROUTE },
		{ PHASE_RCPT, "454 4.7.1 relay denied\n", VERDICT_ROUTE },
		{ PHASE_RCPT, "450 4.7.1 greylisted\n", VERDICT_ROUTE },
		{ PHASE_DOT, "451 4.7.0 too fast\n", VERDICT_ROUTE },
		{ PHASE_RCPT, "450 4.2.0 greylisted\n", VERDICT_DEFERRED },
		{ PHASE_RCPT, "452 4.2.2 full\n", VERDICT_DEFERRED },
		{ PHASE_DOT, "451 later\n", VERDICT_DEFERRED },
		{ PHASE_RCPT, "550 5.1.1 unknown\n", VERDICT_FAILED },
		{ PHASE_RCPT, "550 no\n", VERDICT_FAILED },
		{ PHASE_RCPT, "553 5.1.8 sender domain\n", VERDICT_STOP },
		{ PHASE_DOT, "554 5.7.1 spam\n", VERDICT_FAILED },
		{ PHASE_MAIL, "550 no\n", VERDICT_STOP },
		{ PHASE_MAIL, "552 too big\n", VERDICT_STOP },
		{ PHASE_MAIL, "530 5.7.0 login\n", VERDICT_STOP },
		{ PHASE_RCPT, "530 5.7.0 login\n", VERDICT_STOP },
		{ PHASE_RSET, "250 ok\n", VERDICT_GO_ON },
		{ PHASE_RSET, "500 what\n", VERDICT_ROUTE },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reply r = taken(cases[i].reply);
		if (reply_verdict(cases[i].phase, &r) != cases[i].verdict)
			fail_msg("%s at %s: %d", cases[i].reply, phase_name(cases[i].phase),
				 (int)reply_verdict(cases[i].phase, &r));
	}
}

static void who_is_not_there(void **state)
{
	(void)state;
	struct reply r = taken("550 5.1.1 unknown\n");
	assert_true(reply_says_nobody(&r));
	r = taken("550 5.1.10 null MX\n");
	assert_true(reply_says_nobody(&r));
	r = taken("550 5.7.1 policy\n");
	assert_false(reply_says_nobody(&r));
	assert_true(reply_blames_us(PHASE_RCPT, &r));
	r = taken("550 no code\n");
	assert_false(reply_says_nobody(&r));
	assert_false(reply_blames_us(PHASE_RCPT, &r));
	r = taken("450 4.1.1 not yet\n");
	assert_false(reply_says_nobody(&r));
	r = taken("554 no\n");
	assert_true(reply_blames_us(PHASE_DOT, &r));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replies_are_read), cmocka_unit_test(replies_that_are_not_whole),
		cmocka_unit_test(what_is_no_reply), cmocka_unit_test(several_replies_in_one_packet),
		cmocka_unit_test(verdicts),         cmocka_unit_test(who_is_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
