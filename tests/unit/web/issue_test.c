/* The issue that comes with glos: every word of every article stands on its page.
 * Run from the root of the repository. */
#include "test.h"

#include "base/file.h"
#include "email/plain.h"
#include "source/source.h"
#include "web/web.h"

#include <stdlib.h>
#include <unistd.h>

static void remove_all(struct arena *a, const char *path)
{
	size_t count;
	struct str *names = folder_list(a, path, &count);
	for (size_t i = 0; i < count; i++)
		remove_all(a, path_join(a, str_from(path), names[i]));
	assert_int_equal(folder_exists(path) ? rmdir(path) : unlink(path), 0);
}

static void assert_there(struct arena *a, const struct article *article, struct str page,
			 struct str words)
{
	words = str_trim(plain(a, words, false));
	if (words.len && str_find(page, words, 0) == page.len)
		fail_msg("%.*s: not on its page: %.*s", STR_ARG(article->file), STR_ARG(words));
}

static void assert_words(struct arena *a, const struct article *article, const struct node *first,
			 struct str page)
{
	struct walk w;
	walk_start(&w, first, EDITION_WEB, STR(""));
	while (walk_next(&w)) {
		const struct node *n = w.node;
		if (!w.entering)
			continue;
		if (n->kind == NODE_TEXT || n->kind == NODE_CODE || n->kind == NODE_CODE_BLOCK)
			assert_there(a, article, page, n->text);
		if (n->kind == NODE_BOX)
			assert_there(a, article, page, n->title);
		if (n->kind == NODE_FIGURE && n->picture) {
			assert_there(a, article, page, n->picture->caption);
			assert_there(a, article, page, n->picture->credit);
		}
	}
}

static void every_word_stands_on_its_page(void **unused)
{
	(void)unused;
	char root[4096], out[] = "/tmp/glos-web-issue-XXXXXX";
	static const struct world world = { .now = 1773734400 };
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	assert_non_null(getcwd(root, sizeof root));
	assert_non_null(mkdtemp(out));
	const struct publication *p = publication_read(a, root, d);
	assert_non_null(p);
	const struct document *doc = document_read(a, p, STR("2026-1"), d);
	const struct layout *l = layout_read(a, p, STR(""), EDITION_WEB, d);
	assert_non_null(doc);
	assert_non_null(l);
	assert_true(web_write(doc, l, NULL, out, &world, d, NULL));
	size_t articles = 0;
	for (size_t i = 0; i < doc->entry_count; i++) {
		const struct article *article = doc->entries[i].article;
		if (!article || !article_shows(article, EDITION_WEB, STR("")))
			continue;
		struct str bytes;
		char *path =
			str_c(a, str_format(a, "%s/%.*s/index.html", out, STR_ARG(article->slug)));
		assert_true(file_read(a, path, 1 << 24, d, (struct place){ 0 }, &bytes));
		struct str page = plain(a, bytes, true);
		assert_there(a, article, page, article->title);
		assert_there(a, article, page, article->kicker);
		assert_there(a, article, page, article->lead);
		assert_there(a, article, page, article->author);
		assert_words(a, article, article->first, page);
		for (size_t n = 0; n < article->note_count; n++)
			assert_words(a, article, article->notes[n]->first, page);
		articles++;
	}
	assert_in_range(articles, 20, 100);
	remove_all(a, out);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_word_stands_on_its_page) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
