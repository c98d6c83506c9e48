/* Telephones and what only looks like one; figures that hyphens join. */
#include "test.h"

#include "base/arena.h"
#include "model/number.h"

#include <string.h>

static struct node *text_of(struct arena *a, struct node *parent, const char *words)
{
	struct node *n = node_new(a, NODE_TEXT, (struct place){ 0 }, parent);
	n->text = str_from(words);
	return n;
}

static struct node *paragraph_in(struct arena *a, enum node_kind kind)
{
	struct node *frame = node_new(a, kind, (struct place){ 0 }, NULL);
	return node_new(a, NODE_PARAGRAPH, (struct place){ 0 }, frame);
}

/* All that is found in a text: "<tel:…>" and "[…]". */
static struct str marked(struct arena *a, const struct node *text)
{
	struct buf b;
	struct number n;
	size_t at = 0;
	buf_init(&b, 4096);
	for (; number_find(text, EDITION_WEB, STR(""), at, &n); at = n.end) {
		assert_true(n.start >= at && n.end > n.start && n.end <= text->text.len);
		buf_put_byte(&b, n.telephone ? '<' : '[');
		if (n.telephone)
			number_put_url(&b, str_sub(text->text, n.start, n.end - n.start));
		else
			buf_put(&b, str_sub(text->text, n.start, n.end - n.start));
		buf_put_byte(&b, n.telephone ? '>' : ']');
	}
	struct str s = str_copy(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void telephones_are_told_from_other_numbers(void **unused)
{
	(void)unused;
	static const struct {
		const char *words, *in_text, *in_contact;
	} cases[] = {
		{ "tel. 800 000 000", "<tel:800000000>", "<tel:800000000>" },
		{ "Tlf.: +47 22\u00a012\u202f34 56.", "<tel:+4722123456>", "<tel:+4722123456>" },
		{ "тел. (22) 123-45-67", "<tel:221234567>", "<tel:221234567>" },
		{ "Infolinia 116 123", "<tel:116123>", "<tel:116123>" },
		{ "tel. 800 000 000, 22 123 45 67", "<tel:800000000><tel:221234567>",
		  "<tel:800000000><tel:221234567>" },
		{ "tel. 800 000 000 8–16", "<tel:800000000>", "<tel:800000000>" },
		{ "tel. 22 12 34 56 8-16", "<tel:22123456>[8-16]", "<tel:22123456>[8-16]" },
		{ "tel. 22 123 45 67: biuro", "<tel:221234567>", "<tel:221234567>" },
		{ "tel. 22 572 61 00–09", "<tel:225726100>", "<tel:225726100>" },
		{ "tel. +48 22 572 61 00–09", "<tel:+48225726100>", "<tel:+48225726100>" },
		{ "tel. +48 22 123 45 67–69", "<tel:+48221234567>", "<tel:+48221234567>" },
		{ "22 123 45 67: sekretariat", "", "<tel:221234567>" },
		{ "tel. 22 123 45 67 85-001 Kielce", "<tel:221234567>[85-001]",
		  "<tel:221234567>[85-001]" },
		{ "26.03.2026 dyżur", "", "" },
		{ "2026-03-17 spotkanie", "[2026-03-17]", "[2026-03-17]" },
		{ "kom 2026-03-17 10:00", "[2026-03-17]", "[2026-03-17]" },
		{ "mobil 2020–2025 12345 8", "", "" },
		{ "telefon 100 razy", "", "" },
		{ "hotel 800 000 000", "", "" },
		{ "tel. 12 1234 5678 9012 3456 7890 1234", "", "" },
		{ "800 000 000", "", "<tel:800000000>" },
		{ "biuro: +48 800 000 000", "", "<tel:+48800000000>" },
		{ "NIP 123-456-78-90", "[123-456-78-90]", "[123-456-78-90]" },
		{ "KRS 0000123456", "", "" },
		{ "tel. 800 000 000, NIP 1234567890", "<tel:800000000>", "<tel:800000000>" },
		{ "ul. Długa 5, 00-001 Warszawa", "[00-001]", "[00-001]" },
		{ "tel. 800 000 000, 00-001 Warszawa", "<tel:800000000>[00-001]",
		  "<tel:800000000>[00-001]" },
		{ "w 2026-03-17 i 5 85-001", "[2026-03-17][85-001]", "[2026-03-17][85-001]" },
		{ "5-letni, COVID-19, -5, 1 234 567 zł", "", "" },
		{ "+", "", "" },
		{ "(", "", "" },
		{ "tel. +(", "", "" },
		{ "", "", "" },
	};
	struct arena *a = arena_open();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct node *in_text = paragraph_in(a, NODE_BOX);
		struct node *in_contact = paragraph_in(a, NODE_CONTACT);
		assert_str(marked(a, text_of(a, in_text, cases[i].words)), cases[i].in_text);
		assert_str(marked(a, text_of(a, in_contact, cases[i].words)), cases[i].in_contact);
	}
	arena_close(a);
}

static void the_line_tells_what_a_number_is(void **unused)
{
	(void)unused;
	struct arena *a = arena_open();
	struct node *p = paragraph_in(a, NODE_CONTACT);
	text_of(a, node_new(a, NODE_STRONG, p->place, p), "Klub 1234567");
	node_new(a, NODE_LINE_BREAK, p->place, p);
	struct node *head = text_of(a, p, "800 000 000");
	node_new(a, NODE_LINE_BREAK, p->place, p);
	text_of(a, node_new(a, NODE_STRONG, p->place, p), "KRS:");
	struct node *register_number = text_of(a, p, " 0000123456");
	node_new(a, NODE_LINE_BREAK, p->place, p);
	text_of(a, node_new(a, NODE_STRONG, p->place, p), "Telefon:");
	struct node *named = text_of(a, p, " 19 115");
	struct node *link = node_new(a, NODE_LINK, p->place, p);
	struct node *linked = text_of(a, link, "tel. 800 000 000");
	assert_str(marked(a, head), "<tel:800000000>");
	assert_str(marked(a, register_number), "");
	assert_str(marked(a, named), "<tel:19115>");
	assert_str(marked(a, linked), "");
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(telephones_are_told_from_other_numbers),
		cmocka_unit_test(the_line_tells_what_a_number_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
