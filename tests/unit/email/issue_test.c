/* The issue that comes with glos: in the message every article is whole or has a
 * teaser that leads to it; Python's parser reads back what was written. Run from
 * the root of the repository. */
#include "test.h"

#include "base/file.h"
#include "email/email.h"
#include "email/plain.h"
#include "model/site.h"
#include "source/source.h"

#include <stdlib.h>
#include <unistd.h>

struct issue {
	struct arena *arena;
	struct diags *diags;
	const struct document *document;
	const struct layout *layout;
};

static int issue_open(void **state)
{
	char root[4096];
	struct arena *a = arena_open();
	struct issue *i = NEW(a, struct issue);
	i->arena = a;
	i->diags = diags_new(a);
	if (!getcwd(root, sizeof root))
		return -1;
	const struct publication *p = publication_read(a, root, i->diags);
	if (!p)
		return -1;
	i->document = document_read(a, p, STR("2026-1"), i->diags);
	i->layout = layout_read(a, p, STR(""), EDITION_EMAIL, i->diags);
	*state = i;
	return i->document && i->layout ? 0 : -1;
}

static int issue_close(void **state)
{
	struct issue *i = *state;
	arena_close(i->arena);
	return 0;
}

static struct message *compose(struct issue *i, const struct segment *segment)
{
	static const struct world world = { .now = 1773734400 };
	return email_compose(i->arena, i->document, i->layout, segment, NULL, &world, i->diags);
}

static const struct segment *everyone(struct issue *i)
{
	size_t count;
	return email_segments(i->arena, i->document, &count);
}

static bool is_whole(const struct issue *i, const struct article *a)
{
	const struct template *t = layout_template(i->layout, a->template);
	t = t ? t : i->layout->fallback_template;
	return t->email_whole || !article_shows(a, EDITION_WEB, STR(""));
}

static void assert_words(struct issue *i, const struct article *a, struct str all,
			 struct str region, const char *where)
{
	struct walk w;
	walk_start(&w, a->first, EDITION_EMAIL, region);
	while (walk_next(&w)) {
		bool words = w.node->kind == NODE_TEXT || w.node->kind == NODE_CODE ||
			     w.node->kind == NODE_CODE_BLOCK;
		struct str text = words ? str_trim(plain(i->arena, w.node->text, false)) : STR("");
		if (words && str_find(all, text, 0) == all.len)
			if (text.len)
				fail_msg("%.*s, %s: not found: %.*s", STR_ARG(a->file), where,
					 STR_ARG(text));
	}
}

static void every_article_is_whole_or_has_its_teaser(void **state)
{
	struct issue *i = *state;
	size_t count, wholes = 0, teasers = 0;
	const struct segment *segments = email_segments(i->arena, i->document, &count);
	for (size_t s = 0; s < count; s++) {
		/* Another language's message has what is written in it alone. */
		if (!str_equal(segments[s].language, segments[0].language))
			continue;
		struct str region = segments[s].region;
		const struct message *m = compose(i, &segments[s]);
		struct str html = plain(i->arena, m->html, true),
			   text = plain(i->arena, m->text, false);
		for (size_t e = 0; e < i->document->entry_count; e++) {
			const struct article *a = i->document->entries[e].article;
			if (!a || !article_shows(a, EDITION_EMAIL, region))
				continue;
			assert_true(str_find(html, a->title, 0) < html.len || !a->title.len);
			assert_true(str_find(text, a->title, 0) < text.len || !a->title.len);
			if (is_whole(i, a)) {
				assert_words(i, a, html, region, "html");
				assert_words(i, a, text, region, "text");
				wholes++;
				continue;
			}
			struct buf link;
			buf_init(&link, 4096);
			site_put_article(&link, i->document, a);
			assert_true(str_find(m->text, buf_str(&link), 0) < m->text.len);
			buf_put_byte(&link, '"');
			assert_true(str_find(m->html, buf_str(&link), 0) < m->html.len);
			buf_release(&link);
			teasers++;
		}
	}
	assert_true(wholes > 0 && teasers > 0);
}

static void the_message_fits(void **state)
{
	struct issue *i = *state;
	struct diags *before = i->diags;
	i->diags = diags_new(i->arena);
	const struct message *m = compose(i, everyone(i));
	assert_int_equal(diags_count(i->diags), 0);
	assert_in_range(m->encoded_bytes, 10 * 1024, 100 * 1024);
	i->diags = before;
}

static char *write_temporary(struct issue *i, const char *folder, const char *name,
			     struct str bytes)
{
	char *path = path_join(i->arena, str_from(folder), str_from(name));
	assert_true(file_replace(path, bytes, i->diags));
	return path;
}

static void pythons_parser_reads_it_back(void **state)
{
	struct issue *i = *state;
	char folder[] = "/tmp/glos-email-test-XXXXXX";
	static const struct hole_values v = { {
		[HOLE_ADDRESS] = STR_INIT("anna@example.org"),
		[HOLE_NAME] = STR_INIT("Łucja <ж>"),
		[HOLE_TOKEN] = STR_INIT("t0k3n"),
		[HOLE_MESSAGE_ID] = STR_INIT("m1d"),
		[HOLE_DATE] = STR_INIT("Tue, 17 Mar 2026 08:00:00 +0000"),
	} };
	struct buf wire, text, html;
	if (!file_exists("/usr/bin/python3"))
		skip();
	assert_non_null(mkdtemp(folder));
	buf_init(&wire, 1 << 24);
	buf_init(&text, 1 << 24);
	buf_init(&html, 1 << 24);
	const struct message *m = compose(i, everyone(i));
	message_render(m, &v, &wire);
	message_put_part(m, &v, false, &text);
	message_put_part(m, &v, true, &html);
	assert_true(str_find(buf_str(&html), STR("/u/t0k3n\""), 0) < html.len);
	const char *paths[] = { write_temporary(i, folder, "m.eml", buf_str(&wire)),
				write_temporary(i, folder, "m.txt", buf_str(&text)),
				write_temporary(i, folder, "m.html", buf_str(&html)) };
	char *command =
		str_c(i->arena,
		      str_format(i->arena, "/usr/bin/python3 tests/unit/email/parse.py %s %s %s",
				 paths[0], paths[1], paths[2]));
	assert_int_equal(system(command), 0);
	for (int k = 0; k < 3; k++)
		unlink(paths[k]);
	rmdir(folder);
	buf_release(&wire);
	buf_release(&text);
	buf_release(&html);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_article_is_whole_or_has_its_teaser),
		cmocka_unit_test(the_message_fits),
		cmocka_unit_test(pythons_parser_reads_it_back),
	};
	return cmocka_run_group_tests(tests, issue_open, issue_close);
}
