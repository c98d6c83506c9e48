#include "source/nearest.h"

#include "base/file.h"
#include "source/letters.h"

#include <errno.h>

struct str nearest(const struct str *names, size_t count, struct str wanted)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_nocase(names[i], wanted))
			return names[i];
	/* Two letters exchanged are a distance of two. */
	size_t limit = wanted.len < 3 ? 1 : wanted.len < 9 ? 2 : wanted.len / 3;
	size_t best = limit + 1;
	struct str found = { "", 0 };
	for (size_t i = 0; i < count; i++) {
		size_t distance = str_distance(names[i], wanted);
		if (distance < best) {
			best = distance;
			found = names[i];
		}
	}
	return found;
}

struct str did_you_mean(struct arena *a, const struct str *names, size_t count, struct str wanted)
{
	struct str n = nearest(names, count, wanted);
	return n.len ? str_format(a, "did you mean %.*s?", STR_ARG(n)) : STR("");
}

struct str did_you_mean_or_list(struct arena *a, const struct str *names, size_t count,
				struct str wanted)
{
	struct str hint = did_you_mean(a, names, count, wanted);
	if (hint.len)
		return hint;
	if (count == 0)
		return STR("there are none yet");
	struct buf b;
	buf_init(&b, 4096);
	buf_put_c(&b, "known are: ");
	for (size_t i = 0; i < count; i++) {
		buf_put_c(&b, i ? ", " : "");
		buf_put(&b, names[i]);
	}
	hint = str_copy(a, buf_str(&b));
	buf_release(&b);
	return hint;
}

/* Where the last component of a path begins. */
static size_t last_component(struct str path)
{
	size_t i = path.len;
	while (i > 0 && path.ptr[i - 1] != '/')
		i--;
	return i;
}

struct str nearest_file(struct arena *a, struct str base, struct str path)
{
	size_t cut = last_component(path);
	struct str folder = str_sub(path, 0, cut), name = str_sub(path, cut, path.len);
	const char *where = path_join(a, base, folder);
	if (!folder_exists(where)) {
		return str_format(a, "there is no folder %.*s",
				  STR_ARG(folder.len ? folder : base));
	}
	size_t count;
	struct str *names = folder_list(a, where, &count);
	for (size_t i = 0; i < count; i++)
		names[i] = letters_composed(a, names[i]);
	struct str n = nearest(names, count, name);
	if (n.len == 0)
		return STR("");
	return str_format(a, "the folder has %.*s%.*s", STR_ARG(folder), STR_ARG(n));
}

/* The entry of a folder that is this name once the letters of both are composed, or the
 * name. */
static struct str entry_spelled(struct arena *a, struct str folder, struct str name)
{
	if (!file_absent(path_join(a, folder, name)))
		return name;
	size_t count;
	const struct str *names = folder_list(a, str_c(a, folder), &count);
	struct str composed = letters_composed(a, name);
	for (size_t i = 0; i < count; i++)
		if (str_equal(letters_composed(a, names[i]), composed))
			return names[i];
	return name;
}

struct str file_spelled(struct arena *a, struct str base, struct str path)
{
	struct str rest = path, part, folder = base, spelled = STR("");
	if (str_starts(path, STR("/")) || !file_absent(path_join(a, base, path)))
		return path;
	while (str_cut(&rest, '/', &part)) {
		part = entry_spelled(a, folder, part);
		spelled = spelled.len ? str_format(a, "%.*s/%.*s", STR_ARG(spelled), STR_ARG(part))
				      : part;
		folder = str_from(path_join(a, folder, part));
	}
	return spelled;
}

bool file_named(struct reader *r, struct str base, struct str path, enum diag_code code,
		struct place place)
{
	const char *fault = file_fault(path_join(r->arena, base, path));
	int error = errno;
	if (!fault && path.len)
		return true;
	if (path.len && error == 0)
		diag_report_hint(r->diags, code, place, STR("name a file, or put one there"),
				 "%.*s %s", STR_ARG(path), fault);
	else if (path.len && error != ENOENT && error != ENOTDIR)
		diag_report(r->diags, DIAG_FILE_READ, place, "%.*s: %s", STR_ARG(path), fault);
	else
		diag_report_hint(r->diags, code, place, nearest_file(r->arena, base, path), "%.*s",
				 STR_ARG(path));
	return false;
}

bool file_found(struct reader *r, struct str base, struct str *path, enum diag_code code,
		struct place place)
{
	*path = file_spelled(r->arena, base, *path);
	return file_named(r, base, *path, code, place);
}
