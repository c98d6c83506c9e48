#include "base/file.h"

#include "base/arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITER_MS = 1000 }; /* who waits for a reader of a named pipe is awake by then */

static const char *open_some(const char *path, bool pipes, int *fd)
{
	struct stat info;
	/* A named pipe would wait for a writer; a device may do anything. */
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (*fd < 0)
		return strerror(errno);
	const char *problem = fstat(*fd, &info) != 0  ? strerror(errno)
			      : S_ISDIR(info.st_mode) ? strerror(EISDIR)
			      : S_ISREG(info.st_mode) || (pipes && S_ISFIFO(info.st_mode))
				      ? NULL
				      : "a pipe, socket or device, not a file";
	if (!problem)
		return NULL;
	close(*fd);
	*fd = -1;
	errno = 0;
	return problem;
}

const char *file_open(const char *path, int *fd)
{
	return open_some(path, false, fd);
}

FILE *file_stream(const char *path)
{
	int fd;
	if (file_open(path, &fd))
		return NULL;
	FILE *f = fdopen(fd, "rb");
	if (!f)
		close(fd);
	return f;
}

/* -1, told: what is not there is FILE_MISSING, what is no file FILE_READ. */
static int open_told(const char *path, bool pipes, struct diags *d, struct place place)
{
	int fd;
	const char *problem = open_some(path, pipes, &fd);
	if (problem)
		diag_report(d, errno ? DIAG_FILE_MISSING : DIAG_FILE_READ, place, "%s: %s", path,
			    problem);
	return fd;
}

/* Whether to try again: it is a pipe, and more comes, or may do so. *waited: once for someone to
 * write to it. */
static bool more_comes(int fd, ssize_t got, bool *waited)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	if (got < 0 && errno == EAGAIN)
		return poll(&p, 1, -1) > 0 || errno == EINTR;
	if (got == 0 && !*waited) {
		*waited = true;
		return poll(&p, 1, WRITER_MS) >= 0 || errno == EINTR;
	}
	return got < 0 && errno == EINTR;
}

static bool read_open(struct arena *a, int fd, const char *path, size_t max_bytes, struct diags *d,
		      struct place place, struct str *bytes)
{
	struct stat info;
	if (fstat(fd, &info) != 0) {
		diag_report(d, DIAG_FILE_READ, place, "%s: %s", path, strerror(errno));
		return false;
	}
	/* Files in /proc say 0: read until the end, in growing steps. */
	size_t room = info.st_size > 0 ? (size_t)info.st_size : 65536, len = 0;
	if (room > max_bytes)
		room = max_bytes;
	char *ptr = arena_alloc(a, room + 2);
	bool waited = !S_ISFIFO(info.st_mode);
	for (;;) {
		ssize_t n = read(fd, ptr + len, room + 1 - len);
		if (more_comes(fd, n, &waited))
			continue;
		waited |= n > 0;
		if (n < 0) {
			diag_report(d, DIAG_FILE_READ, place, "%s: %s", path, strerror(errno));
			return false;
		}
		if (n == 0)
			break;
		len += (size_t)n;
		if (len > max_bytes) {
			diag_report(d, DIAG_FILE_TOO_LARGE, place, "%s: more than %zu bytes", path,
				    max_bytes);
			return false;
		}
		if (len == room + 1) {
			ptr = arena_grow(a, ptr, len, 2 * room + 2, 1);
			room = 2 * room;
		}
	}
	ptr[len] = '\0';
	*bytes = (struct str){ ptr, len };
	return true;
}

bool file_read(struct arena *a, const char *path, size_t max_bytes, struct diags *d,
	       struct place place, struct str *bytes)
{
	int fd = open_told(path, false, d, place);
	if (fd < 0)
		return false;
	bool ok = read_open(a, fd, path, max_bytes, d, place, bytes);
	close(fd);
	return ok;
}

bool file_read_piped(struct arena *a, const char *path, size_t max_bytes, struct diags *d,
		     struct place place, struct str *bytes)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open_told(path, true, d, place);
	if (fd < 0)
		return false;
	if (standard)
		path = "standard input";
	struct stat info;
	bool ok = read_open(a, fd, path, max_bytes, d, place, bytes);
	if (ok && bytes->len == 0 && fstat(fd, &info) == 0 && S_ISFIFO(info.st_mode)) {
		diag_report(d, DIAG_FILE_READ, place, "%s: a pipe, and nothing came through it",
			    path);
		ok = false;
	}
	if (!standard)
		close(fd);
	return ok;
}

static bool map_open(int fd, const char *path, size_t max_bytes, struct diags *d,
		     struct place place, struct str *bytes)
{
	struct stat info;
	if (fstat(fd, &info) != 0) {
		diag_report(d, DIAG_FILE_READ, place, "%s: %s", path, strerror(errno));
		return false;
	}
	size_t len = (size_t)info.st_size;
	if (len > max_bytes) {
		diag_report(d, DIAG_FILE_TOO_LARGE, place, "%s: more than %zu bytes", path,
			    max_bytes);
		return false;
	}
	*bytes = STR("");
	if (len == 0)
		return true;
	void *ptr = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (ptr == MAP_FAILED) {
		diag_report(d, DIAG_FILE_READ, place, "%s: %s", path, strerror(errno));
		return false;
	}
	*bytes = (struct str){ ptr, len };
	return true;
}

bool file_map(const char *path, size_t max_bytes, struct diags *d, struct place place,
	      struct str *bytes)
{
	int fd = open_told(path, false, d, place);
	if (fd < 0)
		return false;
	bool ok = map_open(fd, path, max_bytes, d, place, bytes);
	close(fd);
	return ok;
}

void file_unmap(struct str bytes)
{
	if (bytes.len)
		munmap((void *)(uintptr_t)bytes.ptr, bytes.len);
}

bool file_exists(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

const char *file_fault(const char *path)
{
	struct stat info;
	if (stat(path, &info) != 0) {
		int why = errno;
		bool link = why == ENOENT && lstat(path, &info) == 0;
		errno = link ? 0 : why;
		return link ? "is a link that leads nowhere" : strerror(why);
	}
	errno = 0;
	return S_ISREG(info.st_mode)   ? NULL
	       : S_ISDIR(info.st_mode) ? "is a folder, not a file"
				       : "is a pipe, socket or device, not a file";
}

bool file_absent(const char *path)
{
	return file_fault(path) && (errno == ENOENT || errno == ENOTDIR);
}

uint64_t file_size(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
}

bool folder_exists(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

const char *folder_fault(const char *path)
{
	DIR *folder = opendir(path);
	if (folder) {
		closedir(folder);
		return NULL;
	}
	return errno == ENOENT ? NULL : strerror(errno);
}

/* *why: what kept the first one from being made; those below then only miss it. */
static void make_one(const char *path, int *why)
{
	int error = mkdir(path, 0777) == 0 ? 0 : errno;
	if (error && *why == 0 && !folder_exists(path))
		*why = error == EEXIST ? ENOTDIR : error;
}

bool folder_make(const char *path)
{
	struct arena *a = arena_open();
	char *partial = str_c(a, str_from(path));
	int why = 0;
	for (char *slash = strchr(partial, '/'); slash; slash = strchr(slash + 1, '/')) {
		if (slash == partial)
			continue; /* the root is there */
		*slash = '\0';
		make_one(partial, &why);
		*slash = '/';
	}
	make_one(partial, &why);
	bool made = folder_exists(path);
	arena_close(a);
	if (!made)
		errno = why;
	return made;
}

bool folder_make_for(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash || slash == path)
		return true; /* here, or the root */
	struct arena *a = arena_open();
	bool made = folder_make(str_c(a, (struct str){ path, (size_t)(slash - path) }));
	int why = errno;
	arena_close(a);
	errno = why;
	return made;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	(void)info;
	(void)kind;
	(void)at;
	return remove(path);
}

bool folder_remove(const char *path)
{
	enum { OPEN_AT_ONCE = 16 };
	nftw(path, remove_entry, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS);
	return !folder_exists(path);
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

struct str *folder_list(struct arena *a, const char *path, size_t *count)
{
	struct str *names = NULL;
	size_t n = 0, capacity = 0;
	DIR *folder = opendir(path);
	if (folder) {
		for (struct dirent *e = readdir(folder); e; e = readdir(folder))
			if (e->d_name[0] != '.')
				PUSH(a, names, n, capacity, str_copy(a, str_from(e->d_name)));
		closedir(folder);
	}
	if (n)
		qsort(names, n, sizeof *names, compare_names);
	*count = n;
	return names;
}

char *path_join(struct arena *a, struct str folder, struct str name)
{
	if (folder.len == 0 || str_starts(name, STR("/")))
		return str_c(a, name);
	const char *slash = folder.ptr[folder.len - 1] == '/' ? "" : "/";
	return str_c(a, str_format(a, "%.*s%s%.*s", STR_ARG(folder), slash, STR_ARG(name)));
}

enum { WRITE_BUFFER = 256 * 1024 };

struct file_writer {
	struct arena *arena;
	char *path, *temporary;
	bool named; /* the bytes stand under the temporary name already */
	int fd; /* -1 when it could not be opened */
	int error; /* errno of the first failure */
	uint64_t size;
	char *pending;
	size_t pending_len;
};

/* A file without a name in path's folder: whatever ends the program, nothing is
 * left of it. -1 where the file system knows no such files, or /proc is missing. */
static int open_unnamed(struct arena *a, struct str path)
{
#ifdef O_TMPFILE
	while (path.len && path.ptr[path.len - 1] != '/')
		path.len--;
	if (access("/proc/self/fd", X_OK) == 0)
		return open(path.len ? str_c(a, path) : ".", O_WRONLY | O_TMPFILE | O_CLOEXEC,
			    0666);
#else
	(void)a;
	(void)path;
#endif
	return -1;
}

struct file_writer *file_writer_open(const char *path)
{
	struct arena *a = arena_open();
	struct file_writer *w = NEW(a, struct file_writer);
	w->arena = a;
	w->path = str_c(a, str_from(path));
	w->temporary = str_c(a, str_format(a, "%s.tmp-%ld", path, (long)getpid()));
	w->pending = arena_alloc(a, WRITE_BUFFER);
	w->fd = open_unnamed(a, str_from(path));
	w->named = w->fd < 0;
	if (w->named)
		w->fd = open(w->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (w->fd < 0)
		w->error = errno;
	return w;
}

/* Gives the bytes the temporary name, from which they can be renamed. */
static void give_name(struct file_writer *w)
{
	char self[64];
	snprintf(self, sizeof self, "/proc/self/fd/%d", w->fd);
	unlink(w->temporary); /* of a process of the same number, long gone */
	if (linkat(AT_FDCWD, self, AT_FDCWD, w->temporary, AT_SYMLINK_FOLLOW) != 0)
		w->error = errno;
	else
		w->named = true;
}

static void write_all(struct file_writer *w, const char *ptr, size_t len)
{
	while (len && !w->error) {
		ssize_t n = write(w->fd, ptr, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			w->error = errno;
			return;
		}
		ptr += n;
		len -= (size_t)n;
	}
}

static void flush(struct file_writer *w)
{
	write_all(w, w->pending, w->pending_len);
	w->pending_len = 0;
}

void file_writer_put(struct file_writer *w, const void *ptr, size_t len)
{
	w->size += len;
	if (w->pending_len + len > WRITE_BUFFER)
		flush(w);
	if (len > WRITE_BUFFER) {
		write_all(w, ptr, len);
	} else if (len) {
		memcpy(w->pending + w->pending_len, ptr, len);
		w->pending_len += len;
	}
}

uint64_t file_writer_size(const struct file_writer *w)
{
	return w->size;
}

bool file_writer_commit(struct file_writer *w, struct diags *d)
{
	flush(w);
	if (!w->error && fsync(w->fd) != 0)
		w->error = errno;
	if (!w->error && !w->named)
		give_name(w);
	if (w->fd >= 0 && close(w->fd) != 0 && !w->error)
		w->error = errno;
	w->fd = -1;
	if (!w->error && rename(w->temporary, w->path) != 0)
		w->error = errno;
	bool ok = !w->error;
	if (!ok)
		diag_report(d, DIAG_FILE_WRITE, (struct place){ 0 }, "%s: %s", w->path,
			    strerror(w->error));
	file_writer_abandon(w);
	return ok;
}

void file_writer_abandon(struct file_writer *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	if (w->named)
		unlink(w->temporary); /* gone already after a commit */
	arena_close(w->arena);
}

bool file_replace(const char *path, struct str bytes, struct diags *d)
{
	struct file_writer *w = file_writer_open(path);
	file_writer_put(w, bytes.ptr, bytes.len);
	return file_writer_commit(w, d);
}
