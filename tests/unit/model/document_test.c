#include "test.h"

#include "model/document.h"

static const struct place nowhere = { 0 };

static struct node *text(struct arena *a, struct node *parent, const char *words)
{
	struct node *n = node_new(a, NODE_TEXT, nowhere, parent);
	n->text = str_from(words);
	return n;
}

/* p("a"), only[print](p("b"), only[region](p("c"))), p("d" *"e"*) */
static struct node *sample(struct arena *a)
{
	struct node *top = node_new(a, NODE_BOX, nowhere, NULL);
	text(a, node_new(a, NODE_PARAGRAPH, nowhere, top), "a");
	struct node *only = node_new(a, NODE_ONLY, nowhere, top);
	only->only.editions = EDITION_PRINT | EDITION_EMAIL;
	text(a, node_new(a, NODE_PARAGRAPH, nowhere, only), "b");
	struct node *inner = node_new(a, NODE_ONLY, nowhere, only);
	inner->only.editions = EDITION_ALL;
	inner->only.regions = NEW(a, struct str);
	inner->only.regions[0] = STR("śląskie");
	inner->only.region_count = 1;
	text(a, node_new(a, NODE_PARAGRAPH, nowhere, inner), "c");
	struct node *last = node_new(a, NODE_PARAGRAPH, nowhere, top);
	text(a, last, "d");
	text(a, node_new(a, NODE_EMPHASIS, nowhere, last), "e");
	return top;
}

/* The walk as "<paragraph a >" … */
static struct str walked(struct arena *a, const struct node *first, enum edition e,
			 const char *region)
{
	struct walk w;
	struct buf b;
	buf_init(&b, 4096);
	walk_start(&w, first, e, str_from(region));
	while (walk_next(&w)) {
		if (w.node->kind == NODE_TEXT)
			buf_put(&b, w.node->text);
		else
			buf_put_c(&b, w.entering ? "(" : ")");
	}
	struct str s = str_copy(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void a_walk_sees_what_an_edition_shows(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	const struct node *top = sample(a);
	assert_str(walked(a, top->first, EDITION_WEB, ""), "(a)(d(e))");
	assert_str(walked(a, top->first, EDITION_PRINT, ""), "(a)(b)(c)(d(e))");
	assert_str(walked(a, top->first, EDITION_EMAIL, ""), "(a)(b)(d(e))");
	assert_str(walked(a, top->first, EDITION_EMAIL, "śląskie"), "(a)(b)(c)(d(e))");
	assert_str(walked(a, top, EDITION_WEB, ""), "((a)(d(e)))");
	arena_close(a);
}

static void siblings_are_seen_through_only(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	const struct node *top = sample(a);
	size_t shown = 0;
	for (const struct node *n = node_first_shown(top->first, EDITION_PRINT, STR("")); n;
	     n = node_next_shown(n, EDITION_PRINT, STR("")))
		shown++;
	assert_int_equal(shown, 4);
	arena_close(a);
}

static void plain_text_keeps_words_apart(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct buf b;
	buf_init(&b, 100);
	node_put_text(&b, sample(a), EDITION_WEB, STR(""));
	assert_str(buf_str(&b), "a  de");
	buf_release(&b);
	arena_close(a);
}

static void language_is_inherited(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct node *top = sample(a);
	struct article article = { .language = STR("pl") };
	assert_str(node_language(top->first->first, &article), "pl");
	top->first->language = STR("nb");
	assert_str(node_language(top->first->first, &article), "nb");
	arena_close(a);
}

static void a_turned_picture_is_measured_upright(void **state)
{
	(void)state;
	struct picture p = { .columns = 300, .rows = 200, .orientation = 6 };
	assert_int_equal(picture_upright_columns(&p), 200);
	p.orientation = 1;
	assert_int_equal(picture_upright_columns(&p), 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_walk_sees_what_an_edition_shows),
		cmocka_unit_test(siblings_are_seen_through_only),
		cmocka_unit_test(plain_text_keeps_words_apart),
		cmocka_unit_test(language_is_inherited),
		cmocka_unit_test(a_turned_picture_is_measured_upright),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
