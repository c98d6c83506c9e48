#include "base/file.h"
#include "web/site.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What every page of ours has in its head; see page.c. */
static const struct str our_mark = STR_INIT("<meta name=\"generator\" content=\"glos\">");

/* Whether the file holds just these bytes. */
static bool is_same(const char *path, struct str bytes)
{
	if (!file_exists(path))
		return false;
	struct arena *a = arena_open();
	struct str old;
	/* A file that cannot be read or is longer differs: nobody needs to hear. */
	bool same = file_read(a, path, bytes.len + 1, diags_new(a), (struct place){ 0 }, &old) &&
		    str_equal(old, bytes);
	arena_close(a);
	return same;
}

static void hold(struct site *s, const char *name, struct str bytes)
{
	struct held_file h = { str_c(s->arena, str_from(name)), str_copy(s->arena, bytes) };
	PUSH(s->arena, s->held, s->held_count, s->held_capacity, h);
}

void site_release(struct site *s)
{
	s->holding = false;
	for (size_t i = 0; i < s->held_count && !s->failed; i++)
		site_write(s, s->held[i].name, s->held[i].bytes);
	s->held_count = 0;
}

void site_write(struct site *s, const char *name, struct str bytes)
{
	if (s->holding) {
		hold(s, name, bytes);
		return;
	}
	const char *path = path_join(s->arena, s->folder, str_from(name));
	s->bytes += bytes.len;
	if (is_same(path, bytes))
		return;
	if (!folder_make_for(path)) {
		diag_report(s->diags, DIAG_FILE_WRITE, (struct place){ 0 }, "%s: %s", path,
			    strerror(errno));
		s->failed = true;
		return;
	}
	if (!file_replace(path, bytes, s->diags))
		s->failed = true;
}

bool site_has(struct site *s, const char *name)
{
	const char *path = path_join(s->arena, s->folder, str_from(name));
	uint64_t bytes = file_size(path);
	s->bytes += bytes;
	return bytes > 0;
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat first, second;
	return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
	       first.st_ino == second.st_ino;
}

/* A second name costs no room; where a file system knows none, it is a copy. */
bool site_share(struct site *s, const char *name, const char *file)
{
	enum { LARGEST = 1 << 30 };
	const char *path = path_join(s->arena, s->folder, str_from(name));
	if (is_same_file(path, file))
		return true;
	if (unlink(path) != 0 && errno != ENOENT)
		return false;
	if (!folder_make_for(path) || !file_exists(file))
		return false;
	if (link(file, path) == 0)
		return true;
	struct arena *a = arena_open();
	struct str bytes;
	bool ok = file_read(a, file, LARGEST, s->diags, (struct place){ 0 }, &bytes) &&
		  file_replace(path, bytes, s->diags);
	arena_close(a);
	s->failed = s->failed || !ok;
	return ok;
}

static bool is_current(const struct site *s, struct str name)
{
	for (size_t i = 0; i < s->article_count; i++)
		if (str_equal(s->articles[i]->slug, name))
			return true;
	return false;
}

bool site_is_ours(struct site *s, const char *path)
{
	struct str bytes;
	return file_exists(path) &&
	       file_read(s->arena, path, PAGE_CEILING, diags_new(s->arena), (struct place){ 0 },
			 &bytes) &&
	       str_find(bytes, our_mark, 0) < bytes.len;
}

/* A folder with one page in it, and that page ours. */
static bool is_our_article(struct site *s, const char *folder, const char *page)
{
	size_t count;
	struct str *names = folder_list(s->arena, folder, &count);
	return count == 1 && str_equal(names[0], STR("index.html")) && site_is_ours(s, page);
}

/* Takes the page of an article that is gone, and its folder unless pictures stand there. */
static void remove_article(struct site *s, const char *folder, const char *page)
{
	if (unlink(page) == 0 && (rmdir(folder) == 0 || errno == ENOTEMPTY))
		return;
	diag_report(s->diags, DIAG_FILE_WRITE, (struct place){ 0 }, "%s: %s", folder,
		    strerror(errno));
	s->failed = true;
}

/* Pictures stay: messages that were sent show them. */
void site_remove_stale(struct site *s)
{
	size_t count;
	struct str *names = folder_list(s->arena, str_c(s->arena, s->folder), &count);
	for (size_t i = 0; i < count; i++) {
		const char *folder = path_join(s->arena, s->folder, names[i]);
		const char *page = path_join(s->arena, str_from(folder), STR("index.html"));
		if (is_current(s, names[i]) || !folder_exists(folder))
			continue;
		if (is_our_article(s, folder, page) ||
		    (str_equal(names[i], STR("img")) && site_is_ours(s, page)))
			remove_article(s, folder, page);
	}
}
