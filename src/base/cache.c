#include "base/cache.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/sha256.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NAME_DIGITS = 32,
	SUM_DIGITS = 16,
	HEAD = SUM_DIGITS + 1, /* the checksum of what follows, and a line end */
	BYTES_AT_MOST = 1 << 30,
};

struct cache {
	struct str folder; /* empty: nothing is kept */
};

struct cache *cache_open(struct arena *a, struct str folder)
{
	struct cache *c = NEW(a, struct cache);
	c->folder = str_copy(a, folder);
	return c;
}

static char *path_of(const struct cache *c, struct arena *a, struct str key)
{
	struct sha256 sum = sha256_of(key);
	struct buf digits;
	buf_init(&digits, 2 * sizeof sum.byte + 1);
	sha256_put(&digits, &sum);
	char *path = path_join(a, c->folder, str_sub(buf_str(&digits), 0, NAME_DIGITS));
	buf_release(&digits);
	return path;
}

static bool read_all(int fd, char *ptr, size_t len)
{
	while (len) {
		ssize_t n = read(fd, ptr, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		ptr += n;
		len -= (size_t)n;
	}
	return true;
}

static bool write_all(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = str_sub(bytes, (size_t)n, bytes.len);
	}
	return true;
}

static struct str sum_of(struct arena *a, struct str key, struct str bytes)
{
	uint64_t sum = hash_more(hash_more(hash_of(key), STR("\n")), bytes);
	return str_format(a, "%016llx\n", (unsigned long long)sum);
}

/* Checksum, key, a line end, the bytes. */
static bool read_entry(int fd, struct arena *a, struct str key, struct str *bytes)
{
	struct stat info;
	size_t before = HEAD + key.len + 1;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size < (off_t)before ||
	    info.st_size > BYTES_AT_MOST)
		return false;
	size_t len = (size_t)info.st_size;
	char *ptr = arena_alloc(a, len + 1);
	if (!read_all(fd, ptr, len) || ptr[before - 1] != '\n')
		return false;
	*bytes = (struct str){ ptr + before, len - before };
	return str_equal((struct str){ ptr + HEAD, key.len }, key) &&
	       str_equal((struct str){ ptr, HEAD }, sum_of(a, key, *bytes));
}

bool cache_get(const struct cache *c, struct arena *a, struct str key, struct str *bytes)
{
	*bytes = STR("");
	if (!c->folder.len)
		return false;
	int fd = open(path_of(c, a, key), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	bool ok = read_entry(fd, a, key, bytes);
	if (ok)
		futimens(fd, NULL); /* used now: trimmed last */
	else
		*bytes = STR(""); /* spoilt: nobody uses it */
	close(fd);
	return ok;
}

void cache_put(const struct cache *c, struct str key, struct str bytes)
{
	struct arena *a = arena_open();
	if (c->folder.len && bytes.len < BYTES_AT_MOST / 2 && folder_make(str_c(a, c->folder))) {
		char *path = path_of(c, a, key);
		/* Not synced to the disk: what a power cut spoils, the checksum tells. */
		char *temporary = path_join(a, c->folder, STR(".tmp-XXXXXX"));
		int fd = mkstemp(temporary);
		bool ok = fd >= 0 && write_all(fd, sum_of(a, key, bytes)) && write_all(fd, key) &&
			  write_all(fd, STR("\n")) && write_all(fd, bytes);
		if (fd >= 0 && close(fd) != 0)
			ok = false;
		if (fd >= 0 && (!ok || rename(temporary, path) != 0))
			unlink(temporary);
	}
	arena_close(a);
}

struct kept {
	char *path;
	struct timespec used;
	uint64_t bytes;
};

static int compare_used(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;
	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
	return strcmp(x->path, y->path);
}

/* Unfinished files, which begin with a dot, among them. */
static struct kept *list(const struct cache *c, struct arena *a, size_t *count, uint64_t *bytes)
{
	struct kept *all = NULL;
	size_t capacity = 0;
	*count = 0;
	*bytes = 0;
	DIR *folder = c->folder.len ? opendir(str_c(a, c->folder)) : NULL;
	for (struct dirent *e = folder ? readdir(folder) : NULL; e; e = readdir(folder)) {
		struct kept k = { .path = path_join(a, c->folder, str_from(e->d_name)) };
		struct stat info;
		if (lstat(k.path, &info) != 0 || !S_ISREG(info.st_mode))
			continue;
		k.used = info.st_mtim;
		k.bytes = (uint64_t)info.st_size;
		*bytes += k.bytes;
		PUSH(a, all, *count, capacity, k);
	}
	if (folder)
		closedir(folder);
	return all;
}

void cache_trim(const struct cache *c, uint64_t most)
{
	struct arena *a = arena_open();
	size_t count;
	uint64_t bytes;
	struct kept *all = list(c, a, &count, &bytes);
	if (bytes > most) {
		qsort(all, count, sizeof *all, compare_used);
		for (size_t i = 0; i < count && bytes > most / 2; i++) {
			unlink(all[i].path); /* another program may have been quicker */
			bytes -= all[i].bytes;
		}
	}
	arena_close(a);
}
