/* Quoted-printable, encoded words, and holes filled on the wire. */
#include "test.h"

#include "base/html.h"
#include "base/url.h"
#include "base/utf8.h"
#include "model/dump.h"
#include "model/encoded.h"
#include "model/message.h"
#include "model/site.h"

static unsigned hex(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
}

/* A decoder of its own: only what RFC 2045 says. */
static void qp_decode(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '=') {
			buf_put_byte(out, s.ptr[i]);
		} else if (str_starts(str_sub(s, i, 3), STR("=\r\n"))) {
			i += 2;
		} else {
			assert_true(i + 2 < s.len);
			buf_put_byte(out, (char)(hex(s.ptr[i + 1]) << 4 | hex(s.ptr[i + 2])));
			i += 2;
		}
	}
}

/* Lines of at most max bytes, ended by CRLF; no other CR or LF; ASCII. */
static void assert_lines(struct str s, size_t max)
{
	size_t column = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\r') {
			assert_true(i + 1 < s.len && s.ptr[i + 1] == '\n');
			column = 0;
			i++;
			continue;
		}
		assert_int_not_equal(s.ptr[i], '\n');
		assert_in_range(s.ptr[i], '\t', '~');
		column++;
		assert_in_range(column, 1, max);
	}
}

/* Text of what is hard: line ends, trailing blanks, long lines, Cyrillic, bytes. */
static void put_random_text(struct buf *b, uint64_t *state)
{
	static const char *const pieces[] = { " ",    "\t", "\n",    "=",     ".",   "From ",
					      "ż",    "Ї",  "😀",     "słowo", "abc", "\x01",
					      "\xFE", "--", "\n.\n", "  \n" };
	size_t count = random_next(state) % 200;
	for (size_t i = 0; i < count; i++)
		buf_put_c(b, pieces[random_next(state) % (sizeof pieces / sizeof *pieces)]);
}

static void quoted_printable_decodes_to_what_went_in(void **unused)
{
	(void)unused;
	uint64_t seed = 20260317, state = seed;
	struct buf text, encoded, decoded, wanted;
	buf_init(&text, 1 << 20);
	buf_init(&encoded, 1 << 20);
	buf_init(&decoded, 1 << 20);
	buf_init(&wanted, 1 << 20);
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int round = 0; round < 2000; round++) {
		buf_clear(&text);
		buf_clear(&encoded);
		buf_clear(&decoded);
		buf_clear(&wanted);
		put_random_text(&text, &state);
		quoted_printable_put(&encoded, buf_str(&text));
		assert_lines(buf_str(&encoded), 76);
		qp_decode(buf_str(&encoded), &decoded);
		for (size_t i = 0; i < text.len; i++)
			buf_put_c(&wanted,
				  text.ptr[i] == '\n' ? "\r\n" : (char[]){ text.ptr[i], '\0' });
		assert_true(str_equal(buf_str(&decoded), buf_str(&wanted)));
		/* A blank before a line end would be lost on the way. */
		assert_true(str_find(buf_str(&encoded), STR(" \r\n"), 0) == encoded.len);
		assert_true(str_find(buf_str(&encoded), STR("\t\r\n"), 0) == encoded.len);
		assert_true(str_find(buf_str(&encoded), STR("\r\n."), 0) == encoded.len);
		assert_true(str_find(buf_str(&encoded), STR("\r\nFrom "), 0) == encoded.len);
	}
	buf_release(&text);
	buf_release(&encoded);
	buf_release(&decoded);
	buf_release(&wanted);
}

static void characters_are_not_divided_between_lines(void **unused)
{
	(void)unused;
	struct buf text, encoded;
	buf_init(&text, 1 << 16);
	buf_init(&encoded, 1 << 16);
	for (int i = 0; i < 500; i++)
		buf_put_c(&text, "Ї");
	quoted_printable_put(&encoded, buf_str(&text));
	struct str rest = buf_str(&encoded), line;
	while (str_cut(&rest, '\n', &line))
		assert_true(line.len == 0 || str_starts(line, STR("=D0=87")));
	buf_release(&text);
	buf_release(&encoded);
}

static struct str filled(const struct chunk *chunks, size_t count, const struct hole_values *v,
			 struct buf *out)
{
	struct chunk list[8];
	memcpy(list, chunks, count * sizeof *chunks);
	struct message m = { .chunks = list, .chunk_count = count };
	buf_clear(out);
	message_render(&m, v, out);
	return buf_str(out);
}

#define LITERAL(s)                                                                                 \
	{                                                                                          \
		.literal = STR_INIT(s)                                                             \
	}
#define HOLE(h, e)                                                                                 \
	{                                                                                          \
		.is_hole = true, .hole = (h), .encoding = (e)                                      \
	}

static void holes_keep_lines_legal(void **unused)
{
	(void)unused;
	static const struct chunk chunks[] = { LITERAL("<p>Witaj, =\r\n"),
					       HOLE(HOLE_NAME, HOLE_HTML_QP),
					       LITERAL("=\r\n!</p>\r\n") };
	uint64_t state = 7;
	struct buf name, out, decoded, wanted;
	buf_init(&name, 1 << 16);
	buf_init(&out, 1 << 20);
	buf_init(&decoded, 1 << 20);
	buf_init(&wanted, 1 << 20);
	for (int round = 0; round < 500; round++) {
		buf_clear(&name);
		buf_clear(&decoded);
		buf_clear(&wanted);
		put_random_text(&name, &state);
		struct hole_values v = { 0 };
		v.value[HOLE_NAME] = buf_str(&name);
		struct str wire = filled(chunks, 3, &v, &out);
		assert_lines(wire, 76);
		qp_decode(wire, &decoded);
		assert_true(utf8_invalid_at(buf_str(&decoded)) == decoded.len);
		buf_put_c(&wanted, "<p>Witaj, ");
		for (size_t at = 0; at < name.len;) {
			uint32_t c = utf8_next(buf_str(&name), &at);
			utf8_put(&wanted, c < 0x20 ? ' ' : c);
		}
		buf_put_c(&wanted, "!</p>\r\n");
		assert_true(str_equal(buf_str(&decoded), buf_str(&wanted)));
	}
	buf_release(&name);
	buf_release(&out);
	buf_release(&decoded);
	buf_release(&wanted);
}

static void values_are_escaped_for_their_place(void **unused)
{
	(void)unused;
	static const struct chunk chunks[] = {
		LITERAL("html:"),     HOLE(HOLE_NAME, HOLE_HTML_QP),
		LITERAL("\r\ntext:"), HOLE(HOLE_NAME, HOLE_TEXT_QP),
		LITERAL("\r\nurl:"),  HOLE(HOLE_TOKEN, HOLE_URL_HEADER),
	};
	struct hole_values v = { 0 };
	struct buf out;
	buf_init(&out, 1 << 16);
	v.value[HOLE_NAME] = STR("<b>\"A\"\r\nBcc: x@y\x7f");
	v.value[HOLE_TOKEN] = STR("a/b?c\r\nX: 1");
	struct str wire = filled(chunks, 6, &v, &out);
	assert_string_equal(wire.ptr, "html:&lt;b&gt;&quot;A&quot;  Bcc: x@y=20\r\n"
				      "text:<b>\"A\"  Bcc: x@y=20\r\nurl:a%2Fb%3Fc%20%20X%3A%201");
	buf_release(&out);
}

static void header_holes_cannot_start_a_header(void **unused)
{
	(void)unused;
	static const struct chunk chunks[] = { LITERAL("Subject: =?UTF-8?Q?Witaj_?="),
					       HOLE(HOLE_NAME, HOLE_HEADER), LITERAL("\r\nTo: "),
					       HOLE(HOLE_ADDRESS, HOLE_HEADER),
					       LITERAL("\r\n\r\n") };
	struct hole_values v = { 0 };
	struct buf out;
	buf_init(&out, 1 << 16);
	v.value[HOLE_NAME] = STR("Łucja\r\nBcc: wszyscy@example.org");
	v.value[HOLE_ADDRESS] = STR("a@example.org\r\nBcc: b@example.org");
	struct str wire = filled(chunks, 5, &v, &out);
	assert_true(str_find(wire, STR("\r\nBcc"), 0) == wire.len);
	assert_lines(wire, 76);
	v.value[HOLE_NAME] = STR("");
	v.value[HOLE_ADDRESS] = STR("a@example.org");
	wire = filled(chunks, 5, &v, &out);
	assert_string_equal(wire.ptr, "Subject: =?UTF-8?Q?Witaj_?=\r\nTo: a@example.org\r\n\r\n");
	v.value[HOLE_ADDRESS] = STR("zażółć@example.org");
	wire = filled(chunks, 5, &v, &out);
	assert_string_equal(wire.ptr,
			    "Subject: =?UTF-8?Q?Witaj_?=\r\nTo: zażółć@example.org\r\n\r\n");
	buf_release(&out);
}

static void encoded_words_fit_and_hold_whole_characters(void **unused)
{
	(void)unused;
	uint64_t state = 99;
	static const char *const letters[] = { "a", "ż", "Ї", "😀", " ", "=", "?", "_", "\"" };
	struct buf text, out;
	buf_init(&text, 1 << 16);
	buf_init(&out, 1 << 16);
	for (int round = 0; round < 500; round++) {
		buf_clear(&text);
		buf_clear(&out);
		size_t count = random_next(&state) % 150, kinds = 1 + random_next(&state) % 9;
		for (size_t i = 0; i < count; i++)
			buf_put_c(&text, letters[random_next(&state) % kinds]);
		size_t column = random_next(&state) % 76;
		encoded_put(&out, buf_str(&text), column);
		struct str rest = buf_str(&out), line;
		bool first = true;
		while (out.len && str_cut(&rest, '\n', &line)) {
			line = str_trim(line);
			assert_in_range(line.len, 0, first ? 76 - column : 75);
			if (line.len) {
				assert_true(str_starts(line, STR("=?UTF-8?")));
				assert_true(str_ends(line, STR("?=")));
			}
			first = false;
		}
	}
	buf_release(&text);
	buf_release(&out);
}

static void encoded_words_say_what_went_in(void **unused)
{
	(void)unused;
	struct buf out;
	buf_init(&out, 1 << 16);
	encoded_put(&out, STR("Koordynator prowadzi pacjenta, a nie papiery_ \"Głos\""), 9);
	assert_string_equal(out.ptr,
			    "=?UTF-8?Q?Koordynator_prowadzi_pacjenta=2C_a_nie_papiery=5F_=22G"
			    "?=\r\n =?UTF-8?Q?=C5=82os=22?=");
	buf_clear(&out);
	encoded_put(&out, STR("Їжак"), 0);
	assert_string_equal(out.ptr, "=?UTF-8?B?0IfQttCw0Lo=?=");
	buf_clear(&out);
	encoded_put(&out, STR("a\r\nb\xE2\x80\xAE"), 0); /* and a right-to-left override */
	assert_string_equal(out.ptr, "=?UTF-8?Q?a__b_?=");
	assert_true(encoded_is_needless(STR("plain words")));
	assert_false(encoded_is_needless(STR("=?UTF-8?Q?x?=")));
	buf_release(&out);
}

static void holes_are_a_closed_list(void **unused)
{
	(void)unused;
	enum hole h;
	assert_true(hole_from(STR("name"), &h));
	assert_int_equal(h, HOLE_NAME);
	assert_true(hole_from(STR("token"), &h));
	assert_int_equal(h, HOLE_TOKEN);
	assert_false(hole_from(STR("address"), &h));
	assert_false(hole_from(STR("date"), &h));
	assert_false(hole_from(STR(""), &h));
	for (int i = 0; i < HOLE_COUNT; i++)
		assert_true(hole_name((enum hole)i).len > 0);
}

static void message_dumps_its_chunks_and_parts(void **unused)
{
	(void)unused;
	struct chunk chunks[] = { LITERAL("To: "), HOLE(HOLE_ADDRESS, HOLE_HEADER) };
	struct message m = { .issue = STR("2026-1"),
			     .language = STR("pl"),
			     .subject = STR("S"),
			     .chunks = chunks,
			     .chunk_count = 2,
			     .text = STR("a\nb\n"),
			     .html = STR("<p>") };
	struct buf out;
	buf_init(&out, 1 << 16);
	dump_message(&out, &m);
	assert_true(str_find(buf_str(&out), STR("    literal 4 bytes\n    hole address header\n"),
			     0) < out.len);
	assert_true(str_find(buf_str(&out), STR("  text\n    |a\n    |b\n  html\n    |<p>\n"), 0) <
		    out.len);
	buf_release(&out);
}

static void text_is_harmless_in_html(void **unused)
{
	(void)unused;
	struct buf out;
	buf_init(&out, 1 << 16);
	html_put(&out, STR("<script>alert(\"1\")</script> & 'x' \x01\x7f\xC2\x85|\t|\n|ż"));
	assert_string_equal(out.ptr, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; "
				     "&#39;x&#39;    |\t|\n|ż");
	buf_clear(&out);
	HTML(&out, "<a href=\"$\">@</a>", STR("\"x"), STR("<b>"));
	assert_string_equal(out.ptr, "<a href=\"&quot;x\"><b></a>");
	buf_clear(&out);
	html_put_url(&out, STR("https://x/ż?a=1&b=\"<'>"));
	assert_string_equal(out.ptr, "https://x/%C5%BC?a=1&amp;b=%22%3C%27%3E");
	buf_release(&out);
}

static void only_honest_schemes_are_linked(void **unused)
{
	(void)unused;
	assert_true(url_allowed(STR("https://example.org")));
	assert_true(url_allowed(STR("HTTP://EXAMPLE.ORG")));
	assert_true(url_allowed(STR("mailto:a@b")));
	assert_true(url_allowed(STR("tel:+48800000000")));
	assert_false(url_allowed(STR("javascript:alert(1)")));
	assert_false(url_allowed(STR("JaVaScRiPt:alert(1)")));
	assert_false(url_allowed(STR(" javascript:alert(1)")));
	assert_false(url_allowed(STR("java\tscript:alert(1)")));
	assert_false(url_allowed(STR("data:text/html,x")));
	assert_false(url_allowed(STR("vbscript:x")));
	assert_false(url_allowed(STR("//evil.example/")));
	assert_false(url_allowed(STR("https://x/\r\nSet-Cookie: a")));
	assert_false(url_allowed(STR("https://")));
	assert_false(url_allowed(STR("")));
}

static void picture_names_change_with_content_only(void **unused)
{
	(void)unused;
	struct picture p = { .src = STR("images/Świt nad ŁĄKĄ.v2.jpg"),
			     .hash = 0x1234567890abcdefU };
	struct buf first, second;
	buf_init(&first, 1024);
	buf_init(&second, 1024);
	picture_put_name(&first, &p);
	assert_string_equal(first.ptr, "wit-nad-k-v2-68e2e98a.jpg");
	p.hash++;
	picture_put_name(&second, &p);
	assert_string_not_equal(first.ptr, second.ptr);
	buf_clear(&second);
	p = (struct picture){ .src = STR("../../etc/passwd"), .bytes = 1, .format = PICTURE_PNG };
	picture_put_name(&second, &p);
	assert_true(str_find(buf_str(&second), STR("/"), 0) == second.len);
	assert_true(str_ends(buf_str(&second), STR(".png")));
	buf_release(&first);
	buf_release(&second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quoted_printable_decodes_to_what_went_in),
		cmocka_unit_test(characters_are_not_divided_between_lines),
		cmocka_unit_test(holes_keep_lines_legal),
		cmocka_unit_test(values_are_escaped_for_their_place),
		cmocka_unit_test(header_holes_cannot_start_a_header),
		cmocka_unit_test(encoded_words_fit_and_hold_whole_characters),
		cmocka_unit_test(encoded_words_say_what_went_in),
		cmocka_unit_test(holes_are_a_closed_list),
		cmocka_unit_test(message_dumps_its_chunks_and_parts),
		cmocka_unit_test(text_is_harmless_in_html),
		cmocka_unit_test(only_honest_schemes_are_linked),
		cmocka_unit_test(picture_names_change_with_content_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
