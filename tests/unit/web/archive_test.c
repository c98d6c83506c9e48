/* The archive: made of what issues left, whatever somebody wrote into it. */
#include "test.h"

#include "base/file.h"
#include "email/sample.h"
#include "web/web.h"

#include <sys/stat.h>
#include <unistd.h>

struct shelf {
	struct sample *sample;
	struct arena *arena;
	char *out;
};

static void remove_all(struct arena *a, const char *path)
{
	struct stat info;
	size_t count = 0;
	struct str *names = NULL;
	if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode))
		names = folder_list(a, path, &count);
	for (size_t i = 0; i < count; i++)
		remove_all(a, path_join(a, str_from(path), names[i]));
	assert_int_equal(S_ISDIR(info.st_mode) ? rmdir(path) : unlink(path), 0);
}

static void open_shelf(struct shelf *f)
{
	char name[] = "/tmp/glos-archive-XXXXXX";
	f->sample = sample_new();
	f->arena = f->sample->arena;
	assert_non_null(mkdtemp(name));
	f->out = str_c(f->arena, str_from(name));
}

static void close_shelf(struct shelf *f)
{
	remove_all(f->arena, f->out);
	sample_close(f->sample);
}

static char *path_of(struct shelf *f, const char *name)
{
	return path_join(f->arena, str_from(f->out), str_from(name));
}

static void leave(struct shelf *f, const char *issue, const char *record)
{
	char *path = path_of(f, str_c(f->arena, str_format(f->arena, "%s/web/issue.txt", issue)));
	assert_true(folder_make_for(path));
	assert_true(file_replace(path, str_from(record), f->sample->diags));
}

static void write_archive(struct shelf *f)
{
	assert_true(web_write_archive(&f->sample->publication, &f->sample->layout, f->out,
				      &f->sample->world, f->sample->diags, NULL));
}

static struct str read_file(struct shelf *f, const char *name)
{
	struct str bytes = { 0 };
	assert_true(file_read(f->arena, path_of(f, name), 1 << 24, f->sample->diags,
			      (struct place){ 0 }, &bytes));
	return bytes;
}

static void assert_order(struct str s, const char *first, const char *second)
{
	size_t at = str_find(s, str_from(first), 0);
	assert_true(at < s.len);
	assert_true(str_find(s, str_from(second), at) < s.len);
}

static void newest_issues_come_first(void **unused)
{
	(void)unused;
	struct shelf f;
	open_shelf(&f);
	leave(&f, "2025-4",
	      "glos-issue 1\ndate 2025-12-01\nnumber 4/2025\nlanguage pl\ntitle Stary\n"
	      "article b\nlanguage uk\ntitle Український\n");
	leave(&f, "2026-1",
	      "glos-issue 1\ndate 2026-03-17\nnumber 1/2026\nlanguage pl\n"
	      "title Nowy psychoonkolog\nlead Zajawka numeru\narticle a\nlanguage pl\ntitle Tekst\n"
	      "summary Streszczenie.\n");
	write_archive(&f);
	struct str index = read_file(&f, "web/index.html"), feed = read_file(&f, "web/feed.xml");
	assert_order(index, "Nowy", "Stary");
	assert_true(sample_has(index, "<h2 class=\"long w13\"><a href=\"2026-1/"));
	assert_order(feed, "tag:glos.example.org,2026-03-17:2026-1/a",
		     "tag:glos.example.org,2025-12-01:2025-4/b");
	assert_true(sample_has(index, "href=\"2026-1/index.html\""));
	assert_true(sample_has(index, "17\u00a0marca 2026") || sample_has(index, "marca"));
	struct str other = read_file(&f, "web/index.uk.html");
	assert_true(sample_has(other, "href=\"2025-4/b/index.html\""));
	assert_false(sample_has(other, "Tekst"));
	struct str map = read_file(&f, "web/sitemap.xml");
	assert_true(sample_has(map, "<loc>https://glos.example.org/2026-1/a/</loc>"
				    "<lastmod>2026-03-17</lastmod>"));
	close_shelf(&f);
}

/* A record that somebody else wrote, or that was cut off. */
static void nothing_in_a_record_gets_out(void **unused)
{
	(void)unused;
	static const char *const strange[] = {
		"",
		"glos-issue 2\ndate 2026-03-17\ntitle Inny\n",
		"glos-issue 1\n",
		"glos-issue 1\ndate 2026-99-99\ntitle Data\n",
		"glos-issue 1\ndate 2026-03-17\ntitle \xff\xfe\n",
	};
	struct shelf f;
	open_shelf(&f);
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++)
		leave(&f, str_c(f.arena, str_format(f.arena, "x%zu", i)), strange[i]);
	leave(&f, "zly",
	      "glos-issue 1\ndate 2026-03-17\nlanguage \"><script>\nsize 99999999999 1\n"
	      "size 10 20\ncover ../\"><script>\nalt \"><script>\n"
	      "title \"><script>alert(1)</script>\nlead \"><script>\nunknown x\n"
	      "article ../../\"><script>\nlanguage ../../../etc\ntitle </title><script>\n"
	      "article\n");
	write_archive(&f);
	static const char *const files[] = { "web/index.html", "web/feed.xml", "web/sitemap.xml" };
	for (size_t i = 0; i < 3; i++) {
		struct str bytes = read_file(&f, files[i]);
		assert_false(sample_has(bytes, "<script"));
		assert_false(sample_has(bytes, "../../"));
		assert_false(sample_has(bytes, "Data"));
		assert_false(sample_has(bytes, "Inny"));
	}
	assert_true(sample_has(read_file(&f, "web/index.html"), "&lt;script&gt;alert(1)"));
	assert_false(sample_has(read_file(&f, "web/index.html"), "<img"));
	close_shelf(&f);
}

static void strangers_stay_and_lost_issues_go(void **unused)
{
	(void)unused;
	static const char record[] = "glos-issue 1\ndate 2026-03-17\ntitle Numer\n";
	struct shelf f;
	char target[64];
	open_shelf(&f);
	leave(&f, "a", record);
	leave(&f, "b", record);
	write_archive(&f);
	assert_int_equal(readlink(path_of(&f, "web/a"), target, sizeof target), 8);
	assert_memory_equal(target, "../a/web", 8);
	assert_true(file_replace(path_of(&f, "web/index.cudzy.html"), STR("x"), f.sample->diags));
	assert_int_equal(symlink("/nie/ma", path_of(&f, "web/cudzy")), 0);
	assert_int_equal(unlink(path_of(&f, "b/web/issue.txt")), 0);
	write_archive(&f);
	assert_int_equal(readlink(path_of(&f, "web/a"), target, sizeof target), 8);
	assert_int_equal(readlink(path_of(&f, "web/b"), target, sizeof target), -1);
	assert_int_equal(readlink(path_of(&f, "web/cudzy"), target, sizeof target), 7);
	assert_true(file_exists(path_of(&f, "web/index.cudzy.html")));
	close_shelf(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(newest_issues_come_first),
		cmocka_unit_test(nothing_in_a_record_gets_out),
		cmocka_unit_test(strangers_stay_and_lost_issues_go),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
