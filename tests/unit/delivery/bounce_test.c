/* What bounces say: tests/golden/delivery/NAME.eml is read, and "expected" there tells
 * kind, enhanced code and words of each; then the same mails damaged. */
#include "test.h"

#include "base/file.h"
#include "base/utf8.h"
#include "delivery/bounce.h"
#include "delivery/gmime.h"

#include <stdio.h>

static const char corpus[] = "tests/golden/delivery";
static const char token[] = "qx3mvr7ap2lkd5tnwe6hgbzyca";
static const char reader[] = "anna.nowak@example.org";

enum { CASES_MOST = 200, MUTANTS = 20000 };

struct shared {
	struct arena *arena;
	struct diags *diags;
	struct gmime_calls gmime;
	struct str expected;
};

static int open_shared(void **state)
{
	struct arena *a = arena_open();
	struct shared *s = NEW(a, struct shared);
	s->arena = a;
	s->diags = diags_new(a);
	assert_true(gmime_open(&s->gmime, s->diags));
	assert_true(file_read(a, path_join(a, str_from(corpus), STR("expected")), 1 << 20, s->diags,
			      (struct place){ 0 }, &s->expected));
	*state = s;
	return 0;
}

static int close_shared(void **state)
{
	arena_close(((struct shared *)*state)->arena);
	return 0;
}

/* The next row of "expected". */
static bool next_case(struct str *rest, struct str field[4])
{
	struct str line;
	while (str_cut(rest, '\n', &line)) {
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		for (int i = 0; i < 4; i++)
			assert_true(str_cut(&line, '\t', &field[i]));
		return true;
	}
	return false;
}

static struct str read_case(struct shared *s, struct arena *a, struct str name)
{
	struct str bytes;
	char *path = str_c(a, str_format(a, "%s/%.*s.eml", corpus, STR_ARG(name)));
	assert_true(file_read(a, path, 1 << 20, s->diags, (struct place){ 0 }, &bytes));
	return bytes;
}

static struct str or_dash(struct str s)
{
	return s.len ? s : STR("-");
}

static void every_bounce_is_understood(void **state)
{
	struct shared *s = *state;
	struct str rest = s->expected, field[4];
	int count = 0, wrong = 0;
	while (next_case(&rest, field)) {
		struct arena *a = arena_open();
		struct mail m;
		struct reading r;
		struct str found[BOUNCE_TOKENS];
		mail_parse(a, &s->gmime, read_case(s, a, field[0]), &m);
		size_t tokens = bounce_tokens(a, &m, found);
		bounce_read(a, &m, str_from(reader), &r);
		bool good = tokens == 1 && str_equal(found[0], str_from(token)) &&
			    str_equal(bounce_kind_name(r.kind), field[1]) &&
			    str_equal(or_dash(r.status), field[2]) &&
			    (str_equal(field[3], STR("-")) || str_equal(r.words, field[3]));
		if (!good)
			print_message(
				"# %.*s: %zu tokens, %.*s %.*s %.*s\n#   wanted %.*s %.*s %.*s\n",
				STR_ARG(field[0]), tokens, STR_ARG(bounce_kind_name(r.kind)),
				STR_ARG(or_dash(r.status)), STR_ARG(r.words), STR_ARG(field[1]),
				STR_ARG(field[2]), STR_ARG(field[3]));
		wrong += !good;
		count++;
		arena_close(a);
	}
	assert_int_equal(wrong, 0);
	assert_true(count >= 60);
}

/* The same mail has the same digest, another another. */
static void mails_are_told_apart(void **state)
{
	struct shared *s = *state;
	static const char *const mails[] = {
		"Message-ID: <a@x>\nSubject: A\n\nText\n",
		"Message-ID: <a@x>\nSubject: B\n\nOther\n",
		"Message-ID: <b@x>\nSubject: A\n\nText\n",
		"Date: x\nSubject: A\n\nText\n",
		"Date: x\nSubject: A\n\nOther\n",
	};
	unsigned char digest[5][BOUNCE_DIGEST_BYTES];
	for (size_t i = 0; i < 5; i++) {
		struct mail m;
		mail_parse(s->arena, &s->gmime, str_from(mails[i]), &m);
		bounce_digest(s->arena, &m, digest[i]);
	}
	assert_memory_equal(digest[0], digest[1], BOUNCE_DIGEST_BYTES);
	for (size_t i = 1; i < 5; i++)
		for (size_t j = i + 1; j < 5; j++)
			assert_memory_not_equal(digest[i], digest[j], BOUNCE_DIGEST_BYTES);
}

static void codes_are_found_in_words(void **state)
{
	static const struct {
		const char *words;
		int smtp, class, subject, detail;
	} cases[] = {
		{ "550 5.1.1 User unknown", 550, 5, 1, 1 },
		{ "host said: 550-5.1.1 gone", 550, 5, 1, 1 },
		{ "(#4.4.1)", 0, 4, 4, 1 },
		{ "from 192.0.2.5 and 5.1.1.3", 0, 0, 0, 0 },
		{ "call 551 or 555-1234, page 550.", 551, 0, 0, 0 },
		{ "5502 items, id x550 y, v5.1.1", 0, 0, 0, 0 },
		{ "5.7.515 Access denied", 0, 5, 7, 515 },
		{ "5.1.", 0, 0, 0, 0 },
		{ "", 0, 0, 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct code c = code_find(str_from(cases[i].words));
		assert_int_equal(c.smtp, cases[i].smtp);
		assert_int_equal(c.class, cases[i].class);
		assert_int_equal(c.subject, cases[i].subject);
		assert_int_equal(c.detail, cases[i].detail);
	}
}

static void codes_mean_what_rfc_3463_says(void **state)
{
	static const struct {
		const char *status, *words;
		enum bounce_kind kind;
	} cases[] = {
		{ "5.1.1", "", BOUNCE_HARD },
		{ "5.1.2", "", BOUNCE_HARD },
		{ "5.1.3", "", BOUNCE_HARD },
		{ "5.1.6", "", BOUNCE_HARD },
		{ "5.1.10", "", BOUNCE_HARD },
		{ "5.2.1", "", BOUNCE_HARD },
		{ "5.1.0", "", BOUNCE_SOFT },
		{ "5.1.0", "550 5.1.0 Unknown recipient", BOUNCE_HARD },
		{ "5.1.4", "", BOUNCE_SOFT },
		{ "5.1.7", "", BOUNCE_POLICY },
		{ "5.1.8", "", BOUNCE_POLICY },
		{ "5.2.0", "", BOUNCE_SOFT },
		{ "5.2.2", "550 5.2.2 user unknown, over quota", BOUNCE_SOFT },
		{ "5.2.3", "", BOUNCE_POLICY },
		{ "5.3.0", "", BOUNCE_SOFT },
		{ "5.3.4", "", BOUNCE_POLICY },
		{ "5.4.1", "", BOUNCE_SOFT },
		{ "5.4.6", "", BOUNCE_SOFT },
		{ "5.4.7", "", BOUNCE_SOFT },
		{ "5.4.310", "550 5.4.310 DNS domain x does not exist", BOUNCE_HARD },
		{ "5.5.4", "", BOUNCE_POLICY },
		{ "5.6.0", "", BOUNCE_POLICY },
		{ "5.7.1", "550 5.7.1 no such user", BOUNCE_POLICY },
		{ "5.7.26", "", BOUNCE_POLICY },
		{ "5.0.0", "", BOUNCE_SOFT },
		{ "5.0.0", "550 5.1.1 gone", BOUNCE_HARD },
		{ "5.1.1", "550 5.1.1 blocked for spam", BOUNCE_POLICY },
		{ "5.1.1", "550 5.1.1 temporarily not possible", BOUNCE_SOFT },
		{ "4.2.2", "", BOUNCE_SOFT },
		{ "4.1.1", "450 4.1.1 User unknown", BOUNCE_SOFT },
		{ "", "550 User unknown", BOUNCE_HARD },
		{ "", "550 no", BOUNCE_SOFT },
		{ "", "550 relaying denied", BOUNCE_POLICY },
		{ "", "552 too many", BOUNCE_SOFT },
		{ "", "450 user unknown", BOUNCE_SOFT },
		{ "", "", BOUNCE_SOFT },
		{ "9.9.9", "", BOUNCE_SOFT },
	};
	struct shared *s = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct code meant;
		enum bounce_kind kind = code_kind(s->arena, str_from(cases[i].status),
						  str_from(cases[i].words), &meant);
		if (kind != cases[i].kind)
			print_message("# %s \"%s\"\n", cases[i].status, cases[i].words);
		assert_int_equal(kind, cases[i].kind);
	}
}

/* ---- damage ---- */

/* Reads what may be anything; what comes out can be shown and kept. */
static void read_anything(struct shared *s, struct str bytes)
{
	struct arena *a = arena_open();
	struct mail m;
	struct reading r;
	struct str found[BOUNCE_TOKENS];
	unsigned char digest[BOUNCE_DIGEST_BYTES];
	mail_parse(a, &s->gmime, bytes, &m);
	assert_in_range(m.count, 1, MAIL_PARTS);
	size_t tokens = bounce_tokens(a, &m, found);
	assert_in_range(tokens, 0, BOUNCE_TOKENS);
	bounce_digest(a, &m, digest);
	bounce_read(a, &m, str_from(reader), &r);
	assert_in_range(r.kind, 0, BOUNCE_KIND_COUNT - 1);
	assert_in_range(r.words.len, 0, BOUNCE_WORDS_BYTES);
	assert_int_equal(utf8_invalid_at(r.words), r.words.len);
	for (size_t at = 0; at < r.words.len;)
		assert_false(utf8_is_control(utf8_next(r.words, &at)));
	arena_close(a);
}

/* A few changes of the kinds that transport and malice make. */
static void mutate(struct buf *b, uint64_t *seed)
{
	static const char *const pieces[] = {
		"\n",         "\r\n", "\n\n",           "--=_b1\n",
		"--=_b1--\n", "\0",   "\xff",           "=?",
		"?=",         ";",    "Content-Type: ", "base64",
		"5.1.1",      "550 ", "multipart/",     "message/rfc822"
	};
	for (uint64_t n = 1 + random_next(seed) % 12; n && b->len > 2; n--) {
		size_t at = random_next(seed) % b->len;
		size_t len = random_next(seed) % 200;
		switch (random_next(seed) % 5) {
		case 0:
			b->ptr[at] = (char)random_next(seed);
			break;
		case 1: /* a piece is lost */
			if (len > b->len - at)
				len = b->len - at;
			memmove(b->ptr + at, b->ptr + at + len, b->len - at - len);
			b->len -= len;
			break;
		case 2: /* a piece comes twice */
			if (len > b->len - at)
				len = b->len - at;
			buf_put(b, str_sub(buf_str(b), at, 0));
			for (size_t i = 0; i < len; i++)
				buf_put_byte(b, b->ptr[at + i]);
			break;
		case 3: { /* something that means something */
			const char *piece = pieces[random_next(seed) % 16];
			for (size_t i = 0; piece[i] && at + i < b->len; i++)
				b->ptr[at + i] = piece[i];
			break;
		}
		default: /* the end is lost */
			if (random_next(seed) % 4 == 0)
				b->len = at + 1;
		}
	}
}

static void damage_is_survived(void **state)
{
	struct shared *s = *state;
	struct str cases[CASES_MOST], rest = s->expected, field[4];
	size_t count = 0;
	uint64_t seed = 20260317;
	while (next_case(&rest, field) && count < CASES_MOST)
		cases[count++] = read_case(s, s->arena, field[0]);
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < MUTANTS; i++) {
		buf_clear(&b);
		buf_put(&b, cases[random_next(&seed) % count]);
		mutate(&b, &seed);
		read_anything(s, buf_str(&b));
	}
	buf_release(&b);
}

/* The text so many times; "%" is the number of the time. */
static void repeat(struct buf *b, const char *text, int times)
{
	for (int i = 0; i < times; i++)
		for (const char *c = text; *c; c++)
			if (*c == '%')
				buf_put_int(b, i);
			else
				buf_put_byte(b, *c);
}

/* Mails that are large in each way there is. */
static void extremes_are_survived(void **state)
{
	struct shared *s = *state;
	struct buf b;
	buf_init(&b, 32 << 20);
	read_anything(s, STR(""));
	read_anything(s, STR("\0\0\0\0"));
	read_anything(s, STR("\n"));
	/* multiparts within multiparts */
	repeat(&b, "Content-Type: multipart/mixed; boundary=b%\n\n--b%\n", 20000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	/* messages within messages */
	repeat(&b, "Content-Type: message/rfc822\n\n", 50000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	/* parts side by side */
	buf_put_c(&b, "Content-Type: multipart/report; boundary=b\n\n");
	repeat(&b, "--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n\n", 20000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	/* recipients, fields, a line, brackets, addresses */
	buf_put_c(&b, "Content-Type: message/delivery-status\n\n");
	repeat(&b, "Final-Recipient: rfc822; a%@x\nAction: failed\nStatus: 5.1.1\n\n", 30000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	repeat(&b, "X-%: value %\n", 100000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	buf_put_c(&b, "Content-Type: message/delivery-status\n\nDiagnostic-Code: smtp; 550\n");
	repeat(&b, " unknown user", 200000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	buf_put_c(&b, "From: MAILER-DAEMON\nContent-Type: text/html\n\n");
	repeat(&b, "<", 3000000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	buf_put_c(&b, "From: MAILER-DAEMON\nSubject: failure notice\n\n");
	repeat(&b, "anna.nowak@example.org ", 200000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	buf_put_c(&b, "From: MAILER-DAEMON\nContent-Transfer-Encoding: base64\n\n");
	repeat(&b, "!?=%===", 300000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	repeat(&b, "From", 4000000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	/* groups of addresses within groups, in one line and in many; boundaries */
	buf_put_c(&b, "Subject: x\nTo: ");
	repeat(&b, "g:", 1000000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	buf_put_c(&b, "Content-Type: message/rfc822\n\nCc : ");
	repeat(&b, "g:\n ", 400000);
	read_anything(s, buf_str(&b));
	buf_clear(&b);
	buf_put_c(&b, "Content-Type: multipart/mixed; boundary=b\n\n");
	repeat(&b, "--b\n\n", 400000);
	read_anything(s, buf_str(&b));
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_bounce_is_understood),
		cmocka_unit_test(mails_are_told_apart),
		cmocka_unit_test(codes_are_found_in_words),
		cmocka_unit_test(codes_mean_what_rfc_3463_says),
		cmocka_unit_test(damage_is_survived),
		cmocka_unit_test(extremes_are_survived),
	};
	return cmocka_run_group_tests(tests, open_shared, close_shared);
}
