#include "base/file.h"
#include "web/site.h"

#include <errno.h>
#include <string.h>
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

void site_write(struct site *s, const char *name, struct str bytes)
{
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

static bool is_current(const struct site *s, struct str name)
{
	for (size_t i = 0; i < s->article_count; i++)
		if (str_equal(s->articles[i]->slug, name))
			return true;
	return false;
}

/* A folder with one page in it, and that page ours. */
static bool is_our_article(struct site *s, const char *folder, const char *page)
{
	enum { LARGEST = 64 * 1024 * 1024 };
	size_t count;
	struct str *names = folder_list(s->arena, folder, &count);
	struct str bytes;
	if (count != 1 || !str_equal(names[0], STR("index.html")) || !file_exists(page))
		return false;
	return file_read(s->arena, page, LARGEST, diags_new(s->arena), (struct place){ 0 },
			 &bytes) &&
	       str_find(bytes, our_mark, 0) < bytes.len;
}

/* Pictures stay: messages that were sent show them. */
void site_remove_stale(struct site *s)
{
	size_t count;
	struct str *names = folder_list(s->arena, str_c(s->arena, s->folder), &count);
	for (size_t i = 0; i < count; i++) {
		const char *folder = path_join(s->arena, s->folder, names[i]);
		const char *page = path_join(s->arena, str_from(folder), STR("index.html"));
		if (is_current(s, names[i]) || !folder_exists(folder) ||
		    !is_our_article(s, folder, page))
			continue;
		if (unlink(page) != 0 || rmdir(folder) != 0) {
			diag_report(s->diags, DIAG_FILE_WRITE, (struct place){ 0 }, "%s: %s",
				    folder, strerror(errno));
			s->failed = true;
		}
	}
}
