/* Pictures within the message: each once, named by its Content-ID, whole; what is too
 * much together is an error; what cannot be made is not linked. */
#include "test.h"

#include "email/email.h"
#include "email/sample.h"

struct fake {
	size_t bytes; /* of every picture; 0: it cannot be made */
	int made;
	bool heeds; /* how many bytes are wished, when asked again */
};

static bool make(void *context, const struct picture *p, const struct rendition *wanted,
		 size_t count, struct buf *out, struct diags *d)
{
	size_t bytes_at_most = wanted->bytes_at_most;
	struct fake *f = context;
	(void)d;
	assert_true(count == 1 && wanted->columns >= 600 &&
		    wanted->rows == wanted->columns * 3 / 4 && bytes_at_most >= 1024);
	f->made++;
	if (!f->bytes)
		return false;
	bool again = f->heeds && f->made > 3;
	size_t bytes = again && bytes_at_most < f->bytes ? bytes_at_most : f->bytes;
	buf_put_c(out, p->format == PICTURE_PNG ? "\x89PNG" : "\xFF\xD8\xFF\xE0");
	for (size_t i = 4; i < bytes; i++)
		buf_put_byte(out, (char)(i * 7));
	return true;
}

static struct sample *illustrated(void)
{
	struct sample *s = sample_new();
	sample_article(s, "a", "Tytuł", "letter");
	sample_fill(s, "/x.jpg");
	s->publication.site = STR("");
	s->document.cover.image = sample_picture(s, "images/okładka.jpg", "/okladka.jpg");
	return s;
}

static const struct message *compose(struct sample *s, struct fake *f)
{
	static const struct segment everyone = { STR_INIT("pl"), STR_INIT("") };
	struct rendition_maker maker = { .make = make, .context = f };
	return email_compose(s->arena, &s->document, &s->layout, &everyone, &maker, &s->world,
			     s->diags);
}

static struct str wire_of(struct sample *s, const struct message *m)
{
	static const struct hole_values v = { { [HOLE_ADDRESS] = STR_INIT("a@example.org") } };
	struct buf out;
	buf_init(&out, 1 << 24);
	message_render(m, &v, &out);
	struct str wire = str_copy(s->arena, buf_str(&out));
	buf_release(&out);
	return wire;
}

static int value_of(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* The bytes of the part with this Content-ID; its lines are looked at on the way. */
static struct str part_of(struct sample *s, struct str wire, struct str id)
{
	struct str head = str_format(s->arena, "Content-ID: <%.*s>", STR_ARG(id));
	size_t at = str_find(wire, head, 0);
	assert_true(at < wire.len);
	size_t body = str_find(wire, STR("\r\n\r\n"), at) + 4;
	size_t end = str_find(wire, STR("\r\n--=_"), body);
	struct str rest = str_sub(wire, body, end - body), line;
	struct buf out;
	unsigned bits = 0;
	int held = 0;
	buf_init(&out, 1 << 24);
	while (str_cut(&rest, '\n', &line)) {
		assert_in_range(line.len, 1, 77);
		for (size_t i = 0; i < line.len; i++) {
			int value = value_of(line.ptr[i]);
			if (value < 0)
				continue;
			bits = bits << 6 | (unsigned)value;
			if ((held += 6) >= 8)
				buf_put_byte(&out, (char)(bits >> (held -= 8) & 255));
		}
	}
	struct str bytes = str_copy(s->arena, buf_str(&out));
	buf_release(&out);
	return bytes;
}

static void pictures_travel_within(void **unused)
{
	(void)unused;
	static const size_t sizes[] = { 4, 5, 6, 57, 58, 114, 1000, 20000 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct sample *s = illustrated();
		struct fake f = { .bytes = sizes[i] };
		const struct message *m = compose(s, &f);
		struct str wire = wire_of(s, m);
		assert_false(diags_failed(s->diags));
		assert_int_equal(f.made, 3); /* cover, figure, and one file thrice in a gallery */
		assert_true(sample_has(wire,
				       "Content-Type: multipart/related; "
				       "type=\"multipart/alternative\";\r\n boundary=\"=_glos_"));
		assert_false(sample_has(m->html, "src=\"http"));
		size_t at = str_find(m->html, STR("src=\"cid:"), 0);
		assert_true(at < m->html.len);
		struct str id = str_sub(m->html, at + 9, 200);
		id.len = str_find(id, STR("\""), 0);
		assert_true(str_ends(id, STR("@glos.example.org")));
		struct str bytes = part_of(s, wire, id);
		assert_int_equal(bytes.len, sizes[i]);
		for (size_t k = 4; k < bytes.len; k++)
			assert_int_equal(bytes.ptr[k], (char)(k * 7));
		sample_close(s);
	}
}

static void what_cannot_be_made_is_described(void **unused)
{
	(void)unused;
	struct sample *s = illustrated();
	struct fake f = { 0 };
	const struct message *m = compose(s, &f);
	assert_false(sample_has(m->html, "<img"));
	assert_false(sample_has(m->html, "cid:"));
	assert_true(sample_has(m->html, "Podpis"));
	assert_false(sample_has(wire_of(s, m), "Content-ID"));
	sample_close(s);
}

static void too_much_together_is_an_error(void **unused)
{
	(void)unused;
	static const struct {
		size_t bytes;
		bool fails;
	} cases[] = { { 255 * 1024, false }, { 263 * 1024, true } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample *s = illustrated();
		struct fake f = { .bytes = cases[i].bytes };
		compose(s, &f);
		assert_int_equal(diags_failed(s->diags), cases[i].fails);
		if (cases[i].fails) {
			assert_int_equal(diags_at(s->diags, 0)->code, DIAG_MESSAGE_PICTURES);
			assert_true(sample_has(diags_at(s->diags, 0)->detail,
					       "images/okładka.jpg 351 KB"));
			assert_true(
				sample_has(diags_at(s->diags, 0)->detail, "images/Świt nad.jpg"));
			assert_true(sample_has(diags_at(s->diags, 0)->hint, "hosted"));
		}
		sample_close(s);
	}
}

/* As much as fits, and no less. */
static void too_much_together_is_made_smaller(void **unused)
{
	(void)unused;
	struct sample *s = illustrated();
	struct fake f = { .bytes = 400 * 1024, .heeds = true };
	const struct message *m = compose(s, &f);
	assert_false(diags_failed(s->diags));
	assert_int_equal(f.made, 6);
	size_t len = wire_of(s, m).len;
	assert_in_range(len, 1024 * 1024, 1024 * 1024 / 76 * 78 + 100 * 1024);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_travel_within),
		cmocka_unit_test(what_cannot_be_made_is_described),
		cmocka_unit_test(too_much_together_is_an_error),
		cmocka_unit_test(too_much_together_is_made_smaller),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
