/* Which sources were saved.
 *
 * THE MODEL: one inotify watch a folder: the publication's, and every one below
 * issues/, layouts/ and fonts/. A save is a file that was closed after writing, or
 * that came, went or changed its name: most editors write beside the file and rename.
 * That a file was opened, or written to in part, is none: it would be read half.
 *
 * A new folder is watched when its making is told; what came into it before that is
 * found by looking, as new folders count as changes. Where the kernel drops events
 * (IN_Q_OVERFLOW), everything is looked through anew. */
#include "base/arena.h"
#include "base/file.h"
#include "preview/preview.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	DEEPEST = 24, /* folders in folders, should links make a ring of them */
	QUIET_MS = 12,
	SETTLED_AT_LATEST = 12, /* times QUIET_MS */
};

#define WATCHED (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR)

struct folder {
	int descriptor; /* inotify's */
	struct str path;
	bool is_root; /* only glos.yaml and our three folders count in it */
	unsigned round; /* of the last look around that met it */
};

struct watch {
	struct arena *arena;
	int inotify;
	struct str root;
	struct folder *folders;
	size_t count, capacity;
	unsigned round;
};

static const struct str watched_folders[] = { STR_INIT("issues"), STR_INIT("layouts"),
					      STR_INIT("fonts") };
enum { WATCHED_FOLDERS = sizeof watched_folders / sizeof *watched_folders };

static struct folder *find_folder(struct watch *w, int descriptor)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->folders[i].descriptor == descriptor)
			return &w->folders[i];
	return NULL;
}

/* False when it was met in this round already, or cannot be watched. */
static bool add_folder(struct watch *w, struct str path, bool is_root)
{
	int descriptor = inotify_add_watch(w->inotify, str_c(w->arena, path), WATCHED);
	if (descriptor < 0)
		return false;
	struct folder *known = find_folder(w, descriptor);
	if (!known) {
		struct folder fresh = { .descriptor = descriptor };
		PUSH(w->arena, w->folders, w->count, w->capacity, fresh);
		known = &w->folders[w->count - 1];
	} else if (known->round == w->round) {
		return false;
	}
	known->path = str_copy(w->arena, path); /* it may have a new name */
	known->is_root = is_root;
	known->round = w->round;
	return true;
}

static void add_below(struct watch *w, struct str path, int depth)
{
	if (depth > DEEPEST || !add_folder(w, path, false))
		return;
	struct arena *a = arena_open();
	size_t count;
	const struct str *names = folder_list(a, str_c(a, path), &count);
	for (size_t i = 0; i < count; i++) {
		const char *inner = path_join(a, path, names[i]);
		if (folder_exists(inner))
			add_below(w, str_from(inner), depth + 1);
	}
	arena_close(a);
}

static void add_all(struct watch *w)
{
	w->round++;
	for (size_t i = 0; i < WATCHED_FOLDERS; i++)
		add_below(w, str_from(path_join(w->arena, w->root, watched_folders[i])), 0);
}

struct watch *watch_open(struct str root, struct diags *d)
{
	struct arena *a = arena_open();
	struct watch *w = NEW(a, struct watch);
	w->arena = a;
	w->root = str_copy(a, root);
	w->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w->inotify < 0 || !add_folder(w, w->root, true)) {
		diag_report_hint(d, DIAG_WATCH_FAILED, (struct place){ 0 },
				 STR("raise fs.inotify.max_user_watches or max_user_instances"),
				 "%.*s: %s", STR_ARG(root), strerror(errno));
		watch_close(w);
		return NULL;
	}
	add_all(w);
	return w;
}

void watch_close(struct watch *w)
{
	if (!w)
		return;
	if (w->inotify >= 0)
		close(w->inotify);
	arena_close(w->arena);
}

int watch_descriptor(const struct watch *w)
{
	return w->inotify;
}

/* What editors put beside the file that is being edited. */
static bool is_scratch(struct str name)
{
	return name.len == 0 || name.ptr[0] == '.' || str_ends(name, STR("~")) ||
	       (name.ptr[0] == '#' && str_ends(name, STR("#"))) || str_ends(name, STR(".tmp")) ||
	       str_equal(name, STR("4913")); /* vim tries whether it may write */
}

static bool is_watched_name(struct str name, bool is_folder)
{
	for (size_t i = 0; i < WATCHED_FOLDERS; i++)
		if (is_folder && str_equal(name, watched_folders[i]))
			return true;
	return !is_folder && str_equal(name, STR("glos.yaml"));
}

/* A file that is created is written to next, and closed: that is when it counts. A
 * link is there whole at once. */
static bool is_whole(const struct folder *folder, struct str name)
{
	struct arena *a = arena_open();
	struct stat info;
	bool whole = lstat(path_join(a, folder->path, name), &info) == 0 &&
		     (S_ISLNK(info.st_mode) || info.st_nlink > 1);
	arena_close(a);
	return whole;
}

static void forget(struct watch *w, int descriptor)
{
	struct folder *gone = find_folder(w, descriptor);
	if (gone)
		*gone = w->folders[--w->count];
}

/* Whether the event means that a source changed. */
static bool take_event(struct watch *w, const struct inotify_event *e)
{
	if (e->mask & IN_Q_OVERFLOW) {
		add_all(w);
		return true;
	}
	if (e->mask & IN_IGNORED) {
		forget(w, e->wd);
		return false;
	}
	struct folder *folder = find_folder(w, e->wd);
	struct str name = str_from(e->len ? e->name : "");
	bool is_folder = (e->mask & IN_ISDIR) != 0;
	if (!folder || is_scratch(name) || (folder->is_root && !is_watched_name(name, is_folder)))
		return false;
	if (is_folder && (e->mask & (IN_CREATE | IN_MOVED_TO))) {
		struct str path = str_from(path_join(w->arena, folder->path, name));
		w->round++;
		add_below(w, path, 0);
		return true;
	}
	if (!is_folder && (e->mask & IN_CREATE))
		return is_whole(folder, name);
	return true;
}

bool watch_changed(struct watch *w)
{
	/* An event is a struct with a name behind it: read(2) wants them aligned. */
	union {
		struct inotify_event first;
		char bytes[16384];
	} read_in;
	bool changed = false;
	for (;;) {
		ssize_t n = read(w->inotify, read_in.bytes, sizeof read_in.bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return changed;
		for (size_t at = 0; at + sizeof(struct inotify_event) <= (size_t)n;) {
			const struct inotify_event *e = (const void *)(read_in.bytes + at);
			changed |= take_event(w, e);
			at += sizeof *e + e->len;
		}
	}
}

void watch_settle(struct watch *w)
{
	struct pollfd waited = { .fd = w->inotify, .events = POLLIN };
	for (int i = 0; i < SETTLED_AT_LATEST && poll(&waited, 1, QUIET_MS) > 0; i++)
		watch_changed(w);
}
