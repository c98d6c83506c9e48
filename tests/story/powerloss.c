/* Preloaded into glos: remembers what a power loss would take back. For each file of
 * the database (NAME.db, NAME.db-wal) a journal keeps what stood where something was
 * written since the last fsync; killing the process and playing the journal back (post.py)
 * leaves the file as the disk may have it, with every unsynced byte gone.
 *
 * GLOS_POWERLOSS names the journals: "$GLOS_POWERLOSS.db", "$GLOS_POWERLOSS.db-wal".
 * After a loss of power the machine starts anew: "$GLOS_POWERLOSS.boot", once it is there, is what
 * it then calls this boot. What was mapped into memory is left as it is: the worst that a
 * disk can do is to have all of it, newer than what is synced.
 * GLOS_POWERLOSS_SYNC, a number: the power goes when so many have been synced and the next
 * is about to be, so that something always is unsynced.
 * GLOS_POWERLOSS_SLOW, a number: milliseconds that the disk takes for it. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { DESCRIPTORS = 1024 };

/* One write: the bytes that stood at offset, and how long the file was. */
struct record {
	int64_t offset, length, size;
};

/* By descriptor: 0 not looked at, -1 none of ours, else the journal's. */
static int journals[DESCRIPTORS];

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

static int journal_of(int fd)
{
	char link[64], path[4096], journal[4096];
	const char *prefix = getenv("GLOS_POWERLOSS");
	if (fd < 0 || fd >= DESCRIPTORS || !prefix)
		return -1;
	if (journals[fd])
		return journals[fd];
	journals[fd] = -1;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t len = readlink(link, path, sizeof path - 1);
	if (len <= 0)
		return -1;
	path[len] = '\0';
	const char *end = strstr(path, ".db");
	if (!end || (strcmp(end, ".db") != 0 && strcmp(end, ".db-wal") != 0))
		return -1;
	snprintf(journal, sizeof journal, "%s%s", prefix, end);
	journals[fd] = open(journal, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	return journals[fd];
}

/* What will be written over is kept first: who dies in between has lost nothing. */
static void remember(int fd, int64_t offset, size_t count)
{
	static char old[1 << 20];
	struct stat info;
	int journal = journal_of(fd);
	if (journal < 0 || fstat(fd, &info) != 0)
		return;
	if (count > sizeof old)
		abort(); /* SQLite writes pages */
	ssize_t length = pread(fd, old, count, offset);
	struct record r = { offset, length < 0 ? 0 : length, info.st_size };
	struct iovec parts[] = { { &r, sizeof r }, { old, (size_t)r.length } };
	if (writev(journal, parts, 2) < 0)
		abort();
}

/* The power goes now, if it is time. */
static void count_down(int fd)
{
	static int left = -1;
	const char *after = getenv("GLOS_POWERLOSS_SYNC");
	if (!after || journal_of(fd) < 0)
		return;
	if (left < 0)
		left = (int)strtol(after, NULL, 10);
	if (left-- == 0)
		raise(SIGKILL);
}

static void settle(int fd)
{
	int journal = journal_of(fd);
	const char *slow = getenv("GLOS_POWERLOSS_SLOW");
	long ms = slow ? strtol(slow, NULL, 10) : 0;
	if (journal >= 0 && ms)
		nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
	if (journal >= 0 && REAL(ftruncate64)(journal, 0) != 0)
		abort();
}

ssize_t write(int fd, const void *bytes, size_t count)
{
	if (journal_of(fd) >= 0)
		remember(fd, lseek(fd, 0, SEEK_CUR), count);
	return REAL(write)(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset)
{
	remember(fd, offset, count);
	return REAL(pwrite64)(fd, bytes, count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset)
{
	remember(fd, offset, count);
	return REAL(pwrite)(fd, bytes, count, offset);
}

int ftruncate64(int fd, off64_t length)
{
	struct stat info;
	if (journal_of(fd) >= 0 && fstat(fd, &info) == 0)
		for (off64_t at = length; at < info.st_size; at += 4096)
			remember(fd, at, 4096);
	return REAL(ftruncate64)(fd, length);
}

int ftruncate(int fd, off_t length)
{
	return ftruncate64(fd, length);
}

int fsync(int fd)
{
	count_down(fd);
	int result = REAL(fsync)(fd);
	if (result == 0)
		settle(fd);
	return result;
}

int fdatasync(int fd)
{
	count_down(fd);
	int result = REAL(fdatasync)(fd);
	if (result == 0)
		settle(fd);
	return result;
}

/* Of glos: to read a small file. */
int open(const char *path, int flags, ...)
{
	char boot[4096];
	const char *prefix = getenv("GLOS_POWERLOSS");
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, mode_t) : 0;
	va_end(args);
	if (prefix && strcmp(path, "/proc/sys/kernel/random/boot_id") == 0) {
		snprintf(boot, sizeof boot, "%s.boot", prefix);
		if (access(boot, R_OK) == 0)
			path = boot;
	}
	return REAL(open)(path, flags, mode);
}

int close(int fd)
{
	if (fd >= 0 && fd < DESCRIPTORS && journals[fd]) {
		if (journals[fd] > 0)
			REAL(close)(journals[fd]);
		journals[fd] = 0;
	}
	return REAL(close)(fd);
}
