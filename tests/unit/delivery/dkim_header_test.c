/* What of a header is the same for all messages is signed once, and the signatures are as good
 * as ever, however many messages are signed together, and whatever fills the holes. */
#include "delivery/dkim_header.h"
#include "delivery/render.h"
#include "signed.h"

enum { NOW = 1528637909, PEOPLE = 16 };

/* "Name" stands for what a hole was filled with. */
static struct dkim_header *make(struct arena *a, struct str text)
{
	struct stretch holes[16];
	size_t count = 0;
	for (size_t at = 0; (at = str_find(text, STR("Name"), at)) < text.len; at += 4)
		holes[count++] = (struct stretch){ at, at + 4 };
	return dkim_header_make(a, text, holes, count);
}

static void check_relaxed(const struct dkim_header *h, const char *text, const char *expected)
{
	struct buf out;
	buf_init(&out, 1 << 16);
	assert_int_equal(dkim_header_relax(h, str_from(text), &out), expected != NULL);
	assert_string_equal(buf_str(&out).ptr, expected ? expected : "");
	buf_release(&out);
}

static void what_no_hole_touches_comes_first(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct dkim_header *h = make(a, STR("To: Name\r\nX-Other: Name\r\nSubject: Is  dinner\r\n"
					    "\tready ?\r\nFROM: x\r\nDate: \r\n Name\r\n"));
	assert_non_null(h);
	assert_str(h->fixed, "from:x\r\nsubject:Is dinner ready ?\r\n");
	assert_str(h->named, ";\r\n\th=From:From:Cc:Subject:Subject:Reply-To:Sender:Message-ID:"
			     "MIME-Version:\r\n\t Content-Type:Content-Transfer-Encoding:"
			     "In-Reply-To:References:List-Id:\r\n\t List-Unsubscribe:"
			     "List-Unsubscribe-Post:To:To:Date:Date;\r\n\tbh=");
	assert_str(h->named_relaxed, "; h=From:From:Cc:Subject:Subject:Reply-To:Sender:Message-ID:"
				     "MIME-Version: Content-Type:Content-Transfer-Encoding:"
				     "In-Reply-To:References:List-Id: List-Unsubscribe:"
				     "List-Unsubscribe-Post:To:To:Date:Date; bh=");
	check_relaxed(h,
		      "To: a\r\nX-Other: b\r\nSubject: Is  dinner\r\n\tready ?\r\nFROM: x\r\n"
		      "Date: \r\n c \r\n\td\r\n",
		      "to:a\r\ndate:c d\r\n");
	arena_close(a);
}

static void a_name_is_signed_from_its_last_field(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct dkim_header *h =
		make(a, STR("Cc: 1\r\nFrom: x\r\nTo: one\r\nto: Name\r\nCc: 2\r\nTO: three\r\n"));
	assert_non_null(h);
	assert_str(h->fixed, "from:x\r\ncc:2\r\ncc:1\r\n");
	check_relaxed(h, "Cc: 1\r\nFrom: x\r\nTo: one\r\nto: a  b\r\nCc: 2\r\nTO: three\r\n",
		      "to:three\r\nto:a b\r\nto:one\r\n");
	/* What may differ is the value alone, and only of the name that has a hole. */
	check_relaxed(h, "Cc: 1\r\nFrom: x\r\nTo: 1\r\nto: a\r\nCc: 2\r\nTO: 3\r\n",
		      "to:3\r\nto:a\r\nto:1\r\n");
	check_relaxed(h, "Cc: 9\r\nFrom: x\r\nTo: one\r\nto: a\r\nCc: 2\r\nTO: three\r\n", NULL);
	arena_close(a);
}

static void another_header_is_not_taken_for_it(void **state)
{
	static const char *const others[] = {
		"To: a\r\nFrom: evil\r\nFrom: x\r\nDate: d\r\nSubject: s\r\n", /* one more */
		"To: a\r\nFrom: x\r\nDate: d\r\nFrom: evil\r\nSubject: s\r\n",
		"To: a\r\nFrom: evil\r\n From: x\r\nDate: d\r\nSubject: s\r\n", /* as many */
		"To: a\r\nFrom: x\r\n folded\r\nDate: d\r\nSubject: s\r\n",
		"To: a\r\nFrom: x\r\nDate: d\r\nSubject: s\r\n folded\r\n",
		"To: a\r\nFrom: x\r\n Date: d\r\nSubject: s\r\n", /* one less */
		"To: a\r\n\r\nFrom: x\r\nDate: d\r\nSubject: s\r\n", /* its end */
		"To: a\r\nFrom: x\r\nDate: d\r\nSubject: s\r\n\r\n",
		"To: a\r\nFrom: x\r\nDate: d\r\n",
		"To: a\r\nFrom: x\r\nDate: d",
		"To: a",
		"\r\n",
		"",
	};
	(void)state;
	struct arena *a = arena_open();
	struct dkim_header *h = make(a, STR("To: Name\r\nFrom: x\r\nDate: Name\r\nSubject: s\r\n"));
	check_relaxed(h, "To: a\r\nFrom: x\r\nDate: d\r\nSubject: s\r\n", "to:a\r\ndate:d\r\n");
	check_relaxed(h, "To: a\r\n b\r\nFrom: x\r\nDate: \r\nSubject: s\r\n",
		      "to:a b\r\ndate:\r\n");
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		check_relaxed(h, others[i], NULL);
	/* Nothing to know them by. */
	assert_null(make(a, STR("From: x\r\nName\r\n")));
	struct buf many;
	buf_init(&many, 1 << 16);
	for (int i = 0; i < 257; i++)
		buf_put_c(&many, "X: y\r\n");
	assert_null(make(a, buf_str(&many)));
	assert_non_null(make(a, str_sub(buf_str(&many), 6, many.len)));
	buf_release(&many);
	arena_close(a);
}

/* ---- through and through ---- */

#define HOLE(h)                                                                                    \
	{                                                                                          \
		.is_hole = true, .hole = (h), .encoding = HOLE_HEADER                              \
	}

/* Folded fields, a name with two fields of which one has a hole, a hole that folds its field
 * where it is filled, and one that begins a line. */
static const struct chunk chunks[] = {
	{ .literal = STR_INIT("From: =?utf-8?Q?G=C5=82os?=\r\n <a@x.example>\r\nTo: ") },
	HOLE(HOLE_ADDRESS),
	{ .literal = STR_INIT("\r\nCc: b@x.example\r\nSubject: =?utf-8?Q?Dzie=C5=84_dobry?=") },
	HOLE(HOLE_NAME),
	{ .literal = STR_INIT("\r\n =?utf-8?Q?!?=\r\nDate: Sun, 10 Jun 2018\r\n\t15:38:29 +0200\r\n"
			      "CC: <") },
	HOLE(HOLE_TOKEN),
	{ .literal = STR_INIT("@x.example>\r\nX-Trace: ") },
	HOLE(HOLE_TOKEN),
	{ .literal = STR_INIT("\r\n") },
	{ .is_hole = true, .hole = HOLE_REGION, .encoding = HOLE_TEXT_QP },
	{ .literal = STR_INIT(" folded\r\nMIME-Version: 1.0\r\nMessage-ID: <") },
	HOLE(HOLE_MESSAGE_ID),
	{ .literal = STR_INIT("@x.example>\r\n\r\none  two\r\n") },
	{ .is_hole = true, .hole = HOLE_NAME, .encoding = HOLE_TEXT_QP },
	{ .literal = STR_INIT("=\r\n\r\n--end--\r\n") },
};

struct office {
	struct arena *arena;
	EVP_PKEY *keys[2];
	size_t key_count;
	struct dkim *dkim;
	struct renderer renderer;
	struct form *form;
	struct hole_values people[PEOPLE];
	int by_form; /* whose header was the form's */
};

static void open_office(struct office *o, EVP_PKEY *one, EVP_PKEY *other)
{
	const struct message m = { .chunks = (struct chunk *)(uintptr_t)chunks,
				   .chunk_count = sizeof chunks / sizeof *chunks };
	*o = (struct office){ .arena = arena_open(),
			      .keys = { one, other },
			      .key_count = other ? 2 : 1 };
	o->dkim = open_keys(o->arena, o->keys, o->key_count);
	o->form = form_make(o->arena, &m);
	assert_null(o->form->problem);
	assert_non_null(o->form->header);
	renderer_init(&o->renderer, o->dkim);
	for (size_t i = 0; i < PEOPLE; i++) {
		/* Of all lengths, so that blocks of the hash end anywhere. */
		struct str name =
			str_sub(STR("Za\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87 G\xC4\x99\xC5\x9Bla"), 0,
				i % 2 ? 10 : 0);
		o->people[i].value[HOLE_NAME] = name;
		o->people[i].value[HOLE_ADDRESS] =
			str_format(o->arena, "%0*zu@y.example", (int)(7 * i + 1), i);
		o->people[i].value[HOLE_TOKEN] = str_format(o->arena, "t%zu", i * i);
		o->people[i].value[HOLE_MESSAGE_ID] = str_format(o->arena, "m%zu", i);
	}
}

static void close_office(struct office *o)
{
	renderer_release(&o->renderer);
	form_release(o->form);
	dkim_close(o->dkim);
	EVP_PKEY_free(o->keys[0]);
	EVP_PKEY_free(o->keys[1]);
	arena_close(o->arena);
}

/* No line of these begins with a dot, which would be doubled. */
static void check_wire(struct office *o, const struct hole_values *v, struct str wire, int64_t now)
{
	const struct message m = { .chunks = (struct chunk *)(uintptr_t)chunks,
				   .chunk_count = sizeof chunks / sizeof *chunks };
	struct buf text;
	buf_init(&text, 1 << 20);
	message_render(&m, v, &text);
	assert_true(str_equal(check_signed(wire, o->keys, o->key_count, now), buf_str(&text)));
	o->by_form += str_find(wire, o->form->header->named, 0) < wire.len;
	buf_release(&text);
}

/* The first `count` people together; each gets what he would get alone. One by one OpenSSL
 * hashes, three and more the lanes do, where there are any. */
static void check_batch(struct office *o, size_t count, int64_t now)
{
	struct rendering of[PEOPLE];
	struct wire wires[PEOPLE];
	struct buf text, alone;
	buf_init(&text, 1 << 20);
	buf_init(&alone, 1 << 20);
	for (size_t i = 0; i < count; i++) {
		wire_init(&wires[i]);
		of[i] = (struct rendering){ .form = o->form,
					    .values = o->people[i],
					    .wire = &wires[i] };
	}
	render_many(&o->renderer, of, count, now);
	for (size_t i = 0; i < count; i++) {
		bool eight_bit;
		const char *problem;
		const struct text parts = wire_text(&wires[i]);
		assert_null(of[i].problem);
		buf_clear(&text);
		text_put(&text, &parts);
		check_wire(o, &o->people[i], buf_str(&text), now);
		assert_true(render(&o->renderer, o->form, &o->people[i], now, &alone, &eight_bit,
				   &problem));
		assert_true(str_equal(buf_str(&text), buf_str(&alone)));
		wire_release(&wires[i]);
	}
	buf_release(&text);
	buf_release(&alone);
}

static void check_batches(EVP_PKEY *one, EVP_PKEY *other)
{
	struct office o;
	open_office(&o, one, other);
	check_batch(&o, 1, NOW);
	check_batch(&o, 3, NOW);
	check_batch(&o, 16, NOW);
	check_batch(&o, 16, NOW + 1);
	check_batch(&o, 2, 9);
	check_batch(&o, 3, 10);
	assert_int_equal(o.by_form, 1 + 3 + 16 + 16 + 2 + 3);
	close_office(&o);
}

static void batches_are_signed_by_one_key(void **state)
{
	(void)state;
	check_batches(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), NULL);
	check_batches(EVP_RSA_gen(2048), NULL);
}

static void batches_are_signed_by_two_keys(void **state)
{
	(void)state;
	check_batches(EVP_RSA_gen(2048), EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"));
	check_batches(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"),
		      EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"));
}

/* What makes other fields of the header is signed as it stands, in the middle of messages that
 * are as they should be. */
static void a_break_in_the_header_is_signed_as_it_stands(void **state)
{
	static const struct str breaks[] = {
		STR_INIT("Cc: c@y.example"),
		STR_INIT("From: evil@y.example"),
		/* so long that its encoding brings line ends */
		STR_INIT("X-More: the quick brown fox jumps over the lazy dog again and again, and "
			 "Subject: this is not one"),
		STR_INIT("no field at all"),
	};
	(void)state;
	struct office o;
	open_office(&o, EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), NULL);
	for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
		o.people[3 * i].value[HOLE_REGION] = breaks[i];
	check_batch(&o, 1, NOW);
	check_batch(&o, 3, NOW);
	check_batch(&o, 16, NOW);
	assert_int_equal(o.by_form, 0 + 2 + 12);
	close_office(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_no_hole_touches_comes_first),
		cmocka_unit_test(a_name_is_signed_from_its_last_field),
		cmocka_unit_test(another_header_is_not_taken_for_it),
		cmocka_unit_test(batches_are_signed_by_one_key),
		cmocka_unit_test(batches_are_signed_by_two_keys),
		cmocka_unit_test(a_break_in_the_header_is_signed_as_it_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
