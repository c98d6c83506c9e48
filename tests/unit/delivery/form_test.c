/* A form letter says what the message says: whatever way a text is cut into chunks and holes,
 * the wire is the filled text dot-stuffed, and its signature is good and signs what that of the
 * whole text does. */
#include "base/arena.h"
#include "base/diag.h"
#include "delivery/render.h"
#include "signed.h"

enum { ROUNDS = 4000, CHUNKS_MOST = 12, NOW = 1528637909 };

/* What literals are made of: line ends, empty lines, dots, blanks, bytes above 127. */
static const struct str parts[] = {
	STR_INIT("\r\n"),   STR_INIT("\r\n\r\n"),
	STR_INIT(".\r\n"),  STR_INIT("..x\r\n"),
	STR_INIT("a b"),    STR_INIT("c  d \r\n"),
	STR_INIT("\t\r\n"), STR_INIT("Za\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87"),
	STR_INIT("=\r\n"),  STR_INIT("."),
	STR_INIT("x\r\n"),  STR_INIT(" "),
};

struct maker {
	struct arena *arena;
	uint64_t random;
	struct chunk chunks[CHUNKS_MOST + 1];
	struct message message;
	int by_form, as_whole; /* how many were signed in either way */
};

static size_t below(struct maker *m, size_t n)
{
	m->random = m->random * 6364136223846793005U + 1442695040888963407U;
	return (size_t)(m->random >> 33) % n;
}

static void put_chunk(struct maker *m, struct chunk c)
{
	m->chunks[m->message.chunk_count++] = c;
}

static struct chunk any_chunk(struct maker *m)
{
	static const enum hole holes[] = { HOLE_NAME, HOLE_TOKEN, HOLE_ADDRESS };
	static const enum hole_encoding encodings[] = { HOLE_TEXT_QP, HOLE_URL_QP, HOLE_HTML_QP };
	if (below(m, 3) == 0)
		return (struct chunk){ .is_hole = true,
				       .hole = holes[below(m, 3)],
				       .encoding = encodings[below(m, 3)] };
	struct buf text;
	buf_init(&text, 1 << 16);
	for (size_t n = below(m, 6); n-- > 0;)
		buf_put(&text, parts[below(m, sizeof parts / sizeof *parts)]);
	struct chunk c = { .literal = str_copy(m->arena, buf_str(&text)) };
	buf_release(&text);
	return c;
}

static void make_message(struct maker *m)
{
	m->message = (struct message){ .chunks = m->chunks };
	put_chunk(m, (struct chunk){ .literal = STR("From: a@x.example\r\nTo: ") });
	put_chunk(m,
		  (struct chunk){ .is_hole = true, .hole = HOLE_ADDRESS, .encoding = HOLE_HEADER });
	put_chunk(m, (struct chunk){ .literal = STR("\r\nSubject: x\r\n") });
	if (below(m, 2))
		put_chunk(m, (struct chunk){ .literal = STR("\r\n") });
	for (size_t n = below(m, CHUNKS_MOST - 5); n-- > 0;)
		put_chunk(m, any_chunk(m));
	if (below(m, 8))
		put_chunk(m, (struct chunk){ .literal = STR("\r\n--end--\r\n") });
}

/* As it was before its dots were doubled. */
static void put_unstuffed(struct buf *out, struct str wire)
{
	struct str line;
	while (str_cut(&wire, '\n', &line)) {
		buf_put(out, str_sub(line, str_starts(line, STR(".")), line.len));
		if (wire.ptr)
			buf_put_byte(out, '\n');
	}
}

/* Two ways to the same message: both are signed well, and by the same words but for the order
 * of the names in h= (check_signed counts them); where that is the same, so is every byte. */
static void compare_signed(struct maker *m, struct str wire, struct str expected, EVP_PKEY *key)
{
	struct buf one, other;
	buf_init(&one, 1 << 20);
	buf_init(&other, 1 << 20);
	put_unstuffed(&one, wire);
	put_unstuffed(&other, expected);
	struct str text = check_signed(buf_str(&one), &key, 1, NOW);
	assert_true(str_equal(text, check_signed(buf_str(&other), &key, 1, NOW)));
	struct str here = buf_str(&one), there = buf_str(&other), signature, signature_there;
	assert_true(cut_field(&here, &signature) && cut_field(&there, &signature_there));
	bool same_order = str_equal(signature_tag(m->arena, signature, "h="),
				    signature_tag(m->arena, signature_there, "h="));
	assert_int_equal(str_equal(signature, signature_there), same_order);
	m->by_form += !same_order;
	m->as_whole += same_order;
	/* What is behind the signatures is dot-stuffed alike, byte for byte. */
	cut_field(&wire, &signature);
	cut_field(&expected, &signature);
	assert_true(str_equal(wire, expected));
	buf_release(&one);
	buf_release(&other);
}

/* One message, the plain way and by its form; true when it could be sent. */
static bool compare(struct maker *m, struct renderer *r, struct signer *whole, EVP_PKEY *key,
		    const struct hole_values *v)
{
	struct buf text, expected, wire;
	const char *problem, *problem_of_form;
	bool eight_bit;
	buf_init(&text, 1 << 20);
	buf_init(&expected, 1 << 20);
	buf_init(&wire, 1 << 20);
	message_render(&m->message, v, &text);
	bool good = !whole || dkim_sign(whole, buf_str(&text), NOW, &expected);
	good = good && dot_stuff(&expected, buf_str(&text), &problem);
	struct form *f = form_make(m->arena, &m->message);
	bool same = render(r, f, v, NOW, &wire, &eight_bit, &problem_of_form);
	assert_int_equal(same, good);
	if (good) {
		if (whole)
			compare_signed(m, buf_str(&wire), buf_str(&expected), key);
		else
			assert_true(str_equal(buf_str(&wire), buf_str(&expected)));
		assert_int_equal(eight_bit, has_eight_bit(buf_str(&text)));
	} else {
		assert_non_null(problem_of_form);
	}
	form_release(f);
	buf_release(&text);
	buf_release(&expected);
	buf_release(&wire);
	return good;
}

static const struct hole_values people[] = {
	{ .value = { [HOLE_ADDRESS] = STR_INIT("a@x.example"),
		     [HOLE_NAME] = STR_INIT("Zofia  "),
		     [HOLE_TOKEN] = STR_INIT("abcdefghijklmnopqrstuvwxyz") } },
	{ .value = { [HOLE_ADDRESS] = STR_INIT("b@x.example"),
		     [HOLE_NAME] = STR_INIT(""),
		     [HOLE_TOKEN] = STR_INIT("") } },
};

static void every_cut_says_the_same(bool is_signed)
{
	struct maker m = { .arena = arena_open(), .random = 2026 };
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	struct dkim *d = is_signed ? open_keys(m.arena, &key, 1) : NULL;
	struct signer *whole = d ? signer_open(d) : NULL;
	struct renderer r;
	renderer_init(&r, d);
	int sent = 0;
	for (int i = 0; i < ROUNDS; i++) {
		make_message(&m);
		sent += compare(&m, &r, whole, key, &people[i % 2]);
	}
	/* Both kinds were met. */
	assert_in_range(sent, ROUNDS / 4, ROUNDS - ROUNDS / 20);
	if (is_signed) {
		assert_in_range(m.by_form, sent / 10, sent);
		assert_in_range(m.as_whole, sent / 10, sent);
	}
	renderer_release(&r);
	signer_close(whole);
	dkim_close(d);
	EVP_PKEY_free(key);
	arena_close(m.arena);
}

static void the_wire_is_the_text(void **state)
{
	(void)state;
	every_cut_says_the_same(false);
}

static void the_signature_is_as_good_as_that_of_the_whole(void **state)
{
	(void)state;
	every_cut_says_the_same(true);
}

/* As many as happen to be written together, good ones and bad ones, of forms that differ. */
static void compare_some(struct maker *m, struct renderer *r)
{
	struct rendering of[RENDERINGS_AT_ONCE];
	struct wire wires[RENDERINGS_AT_ONCE];
	struct buf together, alone;
	struct form *forms[RENDERINGS_AT_ONCE];
	size_t count = 1 + below(m, RENDERINGS_AT_ONCE);
	buf_init(&together, 1 << 20);
	buf_init(&alone, 1 << 20);
	for (size_t i = 0; i < count; i++) {
		make_message(m);
		wire_init(&wires[i]);
		forms[i] = form_make(m->arena, &m->message);
		of[i] = (struct rendering){ .form = forms[i],
					    .values = people[below(m, 2)],
					    .wire = &wires[i] };
	}
	render_many(r, of, count, NOW);
	for (size_t i = 0; i < count; i++) {
		const char *problem;
		bool eight_bit, good = render(r, forms[i], &of[i].values, NOW, &alone, &eight_bit,
					      &problem);
		assert_int_equal(good, !of[i].problem);
		if (good) {
			const struct text text = wire_text(&wires[i]);
			buf_clear(&together);
			text_put(&together, &text);
			assert_string_equal(buf_str(&together).ptr, buf_str(&alone).ptr);
			assert_int_equal(text.len, alone.len);
			assert_int_equal(of[i].eight_bit, eight_bit);
		} else {
			assert_string_equal(of[i].problem, problem);
		}
		form_release(forms[i]);
		wire_release(&wires[i]);
	}
	buf_release(&alone);
	buf_release(&together);
}

static void together_they_are_the_same(void **state)
{
	(void)state;
	struct maker m = { .arena = arena_open(), .random = 1959 };
	EVP_PKEY *keys[] = { EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"),
			     EVP_PKEY_Q_keygen(NULL, NULL, "ED25519") };
	struct dkim *d = open_keys(m.arena, keys, 2);
	struct renderer r;
	renderer_init(&r, d);
	for (int i = 0; i < ROUNDS / 10; i++)
		compare_some(&m, &r);
	renderer_release(&r);
	dkim_close(d);
	EVP_PKEY_free(keys[0]);
	EVP_PKEY_free(keys[1]);
	arena_close(m.arena);
}

/* What makes it quick: lines without holes are no recipient's work. */
static void only_lines_with_holes_are_left(void **state)
{
	static const struct chunk chunks[] = {
		{ .literal = STR_INIT("To: ") },
		{ .is_hole = true, .hole = HOLE_ADDRESS, .encoding = HOLE_HEADER },
		{ .literal = STR_INIT("\r\nSubject: x\r\n\r\none\r\ntwo\r\n/u/=\r\n") },
		{ .is_hole = true, .hole = HOLE_TOKEN, .encoding = HOLE_URL_QP },
		{ .literal = STR_INIT("=\r\n\r\n--end--\r\n") },
	};
	const struct message m = { .chunks = (struct chunk *)(uintptr_t)chunks,
				   .chunk_count = sizeof chunks / sizeof *chunks };
	(void)state;
	struct arena *a = arena_open();
	struct form *f = form_make(a, &m);
	assert_null(f->problem);
	assert_true(f->steady);
	assert_int_equal(f->count, 5);
	assert_int_equal(f->body, 2);
	assert_int_equal(f->hashed, 3);
	const bool fixed[] = { false, true, true, false, true };
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(f->pieces[i].fixed, fixed[i]);
	form_release(f);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_wire_is_the_text),
		cmocka_unit_test(the_signature_is_as_good_as_that_of_the_whole),
		cmocka_unit_test(together_they_are_the_same),
		cmocka_unit_test(only_lines_with_holes_are_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
