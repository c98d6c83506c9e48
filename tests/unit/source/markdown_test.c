#include "desk.h"

#include "base/utf8.h"

static struct str article_of(struct desk *d, struct str body)
{
	return str_format(d->arena, "---\ntitle: T\n---\n\n%.*s\n", STR_ARG(body));
}

static struct str repeated(struct desk *d, const char *piece, size_t times)
{
	struct buf b;
	buf_init(&b, ARTICLE_MAX);
	for (size_t i = 0; i < times; i++)
		buf_put_c(&b, piece);
	struct str s = str_copy(d->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

/* ---- places ---- */

/* Letters at a place of a file, from the file's own text. */
static struct str text_at(const struct diags *d, struct place p)
{
	struct str line = diags_line(d, p);
	size_t at = 0;
	for (int column = 1; column < p.column && at < line.len; column++)
		utf8_next(line, &at);
	return str_sub(line, at, line.len);
}

static bool is_plain_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Every text that begins with a word stands where it says it does. */
static size_t places_wrong(const struct desk *d, const struct node *first)
{
	size_t wrong = 0;
	for (const struct node *n = first; n; n = n->next) {
		wrong += places_wrong(d, n->first);
		size_t len = 0;
		while (n->kind == NODE_TEXT && len < n->text.len &&
		       is_plain_letter(n->text.ptr[len]))
			len++;
		struct str word = str_sub(n->text, 0, len);
		if (n->kind == NODE_TEXT && len > 0 &&
		    !str_starts(text_at(d->diags, n->place), word)) {
			print_error("%.*s:%d:%d is not %.*s\n", STR_ARG(n->place.file),
				    n->place.line, n->place.column, STR_ARG(word));
			wrong++;
		}
	}
	return wrong;
}

static void the_sample_issue_reads_without_mistakes(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct publication *p = publication_read(d.arena, ".", d.diags);
	assert_non_null(p);
	struct document *doc = document_read(d.arena, p, STR("2026-1"), d.diags);
	assert_non_null(doc);
	assert_true(doc->entry_count >= 20);
	assert_false(diags_failed(d.diags));
	size_t wrong = 0;
	for (size_t i = 0; i < doc->entry_count; i++) {
		const struct article *a = doc->entries[i].article;
		wrong += a ? places_wrong(&d, a->first) : 0;
		for (size_t k = 0; a && k < a->note_count; k++)
			wrong += places_wrong(&d, a->notes[k]->first);
	}
	assert_int_equal(wrong, 0);
	desk_close(&d);
}

/* ---- nesting ---- */

static void deep_nesting_is_refused_at_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *piece, *end;
		int column;
	} cases[] = {
		{ "[", "", 66 },  { ">", "a", 1 },    { "> ", "a", 1 },
		{ "- ", "a", 1 }, { "![", "a", 132 }, { "[a](", "", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk d = desk_open();
		struct str body =
			str_format(d.arena, "%.*s%s", STR_ARG(repeated(&d, cases[i].piece, 10000)),
				   cases[i].end);
		time_t start = time(NULL);
		assert_non_null(desk_article(&d, article_of(&d, body)));
		assert_true(time(NULL) - start < 10);
		if (cases[i].column)
			assert_has(&d, DIAG_NESTING, 5, cases[i].column);
		desk_close(&d);
	}
}

static void deep_emphasis_and_lists_end_in_a_message(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < 300; i++)
		buf_format(&b, "%*s- a\n", 2 * i, "");
	desk_article(&d, article_of(&d, buf_str(&b)));
	assert_int_equal(diags_at(d.diags, 0)->code, DIAG_NESTING);
	desk_close(&d);
	d = desk_open();
	struct str open = repeated(&d, "*a _a ", 200), close = repeated(&d, "a_ a* ", 200);
	desk_article(&d, article_of(&d, str_join(d.arena, open, close)));
	assert_int_equal(diags_at(d.diags, 0)->code, DIAG_NESTING);
	buf_release(&b);
	desk_close(&d);
}

static void sixty_four_levels_are_allowed(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct str open = repeated(&d, "[", 64), close = repeated(&d, "]", 64);
	desk_article(&d, article_of(&d, str_format(d.arena, "%.*sx%.*s", STR_ARG(open),
						   STR_ARG(close))));
	desk_article(&d, article_of(&d, str_join(d.arena, repeated(&d, "> ", 60), STR("x"))));
	assert_said(&d, "");
	desk_close(&d);
}

/* ---- hostile texts ---- */

static void hostile_texts_end_soon(void **state)
{
	(void)state;
	static const char *const pieces[] = {
		"*a **a ",
		"**",
		"_a ",
		"*a _a ",
		"`a``b",
		"<",
		"<?",
		"<!A ",
		"<a ",
		"<!--",
		"[^a]",
		"http://",
		"www.",
		"a@a.",
		"a@",
		"~~a ",
		"&#x",
		":::\n",
		"::: box\n",
		"::: box\na\n:::\n",
		"[a]{b=c}",
		"]{b=c}",
		"[a]{b=",
		"[a]{b=\"",
		"[a]: /x\n",
		"# a\n",
		"a\n=\n",
		"\n",
		"\"",
		"'a ",
		"1-",
		"a...",
		"\\",
		"[a](<",
		"[a](b \"",
		"> a\nb\n",
		"[a [b]{lang=pl} c]{lang=en} ",
		"|a|b|\n|-|-|\n",
		"a\\\n",
		">-",
		"1. ",
		"\t",
		"a\xCC\x81",
		"[^a]: b\n",
		"{",
		"}",
		"![a](b)\n\n",
		"| ",
		"<?>\n",
		"] ",
		")(",
		"&nbps;",
		"&eacute;*",
		"** a",
		": ",
		"<o:p",
	};
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct desk d = desk_open();
		struct str body = repeated(&d, pieces[i], 20000 / strlen(pieces[i]));
		time_t start = time(NULL);
		assert_non_null(desk_article(&d, article_of(&d, body)));
		assert_true(time(NULL) - start < 10);
		desk_close(&d);
	}
}

static void wide_tables_and_paragraphs_of_marks_are_refused(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct str table =
		str_format(d.arena, "%.*s\n%.*s\n%.*s", STR_ARG(repeated(&d, "|a", 2000)),
			   STR_ARG(repeated(&d, "|-", 2000)), STR_ARG(repeated(&d, "|a\n", 2000)));
	desk_article(&d, article_of(&d, table));
	assert_has(&d, DIAG_TABLE_WIDE, 6, 1);
	desk_article(&d, article_of(&d, repeated(&d, "*a* [b](c) ", 2000)));
	assert_int_equal(diags_at(d.diags, diags_count(d.diags) - 1)->code, DIAG_PARAGRAPH_MARKS);
	desk_close(&d);
	/* Long lists and tables of marks are no paragraphs. */
	d = desk_open();
	desk_article(&d, article_of(&d, repeated(&d, "- *a* **b** _c_ *d*\n", 2000)));
	desk_article(&d, article_of(&d, str_join(d.arena, STR("|a|b|\n|-|-|\n"),
						 repeated(&d, "|*a*|**b**|\n", 2000))));
	assert_said(&d, "");
	desk_close(&d);
}

/* Nearly as many lines as an article may hold; beyond that it is refused. */
static void large_articles_are_read(void **state)
{
	(void)state;
	struct desk d = desk_open();
	struct str body = repeated(&d,
				   "Akapit z *naciskiem* i \"cudzysłowem\" -- oraz "
				   "[odnośnikiem](https://example.org) w tekście.\n\n",
				   9000);
	time_t start = time(NULL);
	struct document *doc = desk_article(&d, article_of(&d, body));
	assert_true(time(NULL) - start < 60);
	size_t paragraphs = 0;
	for (const struct node *n = doc->entries[0].article->first; n; n = n->next)
		paragraphs++;
	assert_int_equal(paragraphs, 9000);
	assert_said(&d, "");
	desk_close(&d);
}

/* ---- random texts ---- */

/* Words are numbered, so that each can be looked for. */
static void random_body(struct buf *b, uint64_t *seed, int *words)
{
	static const char *const pieces[] = {
		"\n",         "\n\n",
		"\n\n",       " ",
		"*",          "**",
		"_",          "`",
		"~~",         "[",
		"]",          "](http://x.pl)",
		"]{lang=en}", "{",
		"}",          "\n- ",
		"\n  - ",     "\n1. ",
		"\n> ",       "\n## ",
		"\n### ",     "\n::: box\n",
		"\n:::\n",    "\n:::: pullquote\n",
		"\n::::\n",   "\n::: only {edition=web}\n",
		"\n```\n",    "\n    ",
		"\"",         "'",
		" -- ",       "...",
		"[^1]",       "\n\n[^1]: ",
		"\\",         "&amp;",
		"|",          "\n| a | b |\n|---|---|\n| ",
		" | ",        "\n***\n",
		"<",          ">",
		"!",          "\\\n",
		"  \n",       "\n::: qa\n**",
		"**\n",       " {",
		"@",          "http://",
		":",          "ż",
		"\t",         "\n\n| x |\n",
	};
	int count = 5 + (int)(random_next(seed) % 120);
	for (int i = 0; i < count; i++) {
		if (random_next(seed) % 3)
			buf_format(b, "q%dq ", (*words)++);
		else
			buf_put_c(b, pieces[random_next(seed) % (sizeof pieces / sizeof *pieces)]);
	}
}

static void put_everything(struct buf *b, const struct node *first)
{
	for (const struct node *n = first; n; n = n->next) {
		if (n->kind == NODE_TEXT || n->kind == NODE_CODE || n->kind == NODE_CODE_BLOCK)
			buf_put(b, n->text);
		if (n->kind == NODE_LINK)
			buf_put(b, n->link.url);
		if (n->kind == NODE_NOTE_REFERENCE)
			assert_non_null(n->reference);
		for (const struct node *c = n->first; c; c = c->next)
			assert_ptr_equal(c->parent, n);
		put_everything(b, n->first);
	}
}

/* Mistakes that say themselves that words are left out. */
static bool words_may_miss(const struct desk *d)
{
	static const enum diag_code codes[] = {
		DIAG_NESTING,           DIAG_RAW_HTML,      DIAG_NOTE_UNUSED,
		DIAG_NOTE_DUPLICATE,    DIAG_TABLE_ROW,     DIAG_LINK_INVALID,
		DIAG_DIRECTIVE_STRAY,   DIAG_IMAGE_INLINE,  DIAG_ATTRIBUTE_INVALID,
		DIAG_DIRECTIVE_UNKNOWN, DIAG_IMAGE_MISSING,
	};
	for (size_t i = 0; i < diags_count(d->diags); i++)
		for (size_t k = 0; k < sizeof codes / sizeof *codes; k++)
			if (diags_at(d->diags, i)->code == codes[k])
				return true;
	return false;
}

/* No word of a text is lost on the way to the document, or it is said. */
static void no_word_is_lost(void **state)
{
	(void)state;
	enum { ROUNDS = 1500 };
	uint64_t seed = 20260317;
	size_t complete = 0, wrong = 0;
	for (int round = 0; round < ROUNDS; round++) {
		struct desk d = desk_open();
		struct buf body, all;
		int words = 0;
		buf_init(&body, 1 << 20);
		buf_init(&all, 1 << 20);
		random_body(&body, &seed, &words);
		struct document *doc = desk_article(&d, article_of(&d, buf_str(&body)));
		const struct article *a = doc->entries[0].article;
		put_everything(&all, a->first);
		for (size_t i = 0; i < a->note_count; i++)
			put_everything(&all, a->notes[i]->first);
		complete += !words_may_miss(&d);
		for (int w = 0; w < words && !words_may_miss(&d); w++) {
			struct str word = str_format(d.arena, "q%dq", w);
			if (str_find(buf_str(&all), word, 0) < all.len)
				continue;
			print_error("round %d: %.*s is lost\n%.*s\n---\n%.*s\n", round,
				    STR_ARG(word), STR_ARG(buf_str(&body)), STR_ARG(desk_said(&d)));
			wrong++;
			break;
		}
		buf_release(&body);
		buf_release(&all);
		desk_close(&d);
	}
	assert_int_equal(wrong, 0);
	assert_true(complete > ROUNDS / 10);
}

/* Control characters never come through from the masks. */
static void no_mask_is_left(void **state)
{
	(void)state;
	uint64_t seed = 17032026;
	for (int round = 0; round < 300; round++) {
		struct desk d = desk_open();
		struct buf body;
		int words = 0;
		buf_init(&body, 1 << 20);
		for (int i = 0; i < 3; i++)
			random_body(&body, &seed, &words);
		struct str dump = desk_dump(&d, desk_article(&d, article_of(&d, buf_str(&body))));
		assert_int_equal(str_find(dump, STR("\\u{1"), 0), dump.len);
		for (size_t i = 0; i < dump.len; i++)
			assert_true((unsigned char)dump.ptr[i] >= 0x20 || dump.ptr[i] == '\n');
		assert_int_equal(utf8_invalid_at(dump), dump.len);
		buf_release(&body);
		desk_close(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sample_issue_reads_without_mistakes),
		cmocka_unit_test(deep_nesting_is_refused_at_its_place),
		cmocka_unit_test(deep_emphasis_and_lists_end_in_a_message),
		cmocka_unit_test(sixty_four_levels_are_allowed),
		cmocka_unit_test(hostile_texts_end_soon),
		cmocka_unit_test(wide_tables_and_paragraphs_of_marks_are_refused),
		cmocka_unit_test(large_articles_are_read),
		cmocka_unit_test(no_word_is_lost),
		cmocka_unit_test(no_mask_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
