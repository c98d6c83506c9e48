/* A Maildir. Mail that was understood moves to cur/ with the flag S (seen), mail that
 * was not to cur/ without it, so that it is new to whoever looks; each by one rename,
 * after what follows from it is settled. */
#include "delivery/intake.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct maildir {
	struct intake *in;
	struct str path;
};

static bool failed(struct intake *in, const char *path)
{
	diag_report(in->store->diags, DIAG_FILE_READ, (struct place){ 0 }, "%s: %s", path,
		    strerror(errno));
	return false;
}

/* The flags of a file's name: what stands behind ":2,". */
static struct str flags_of(struct str name)
{
	size_t at = str_find(name, STR(":2,"), 0);
	return at < name.len ? str_sub(name, at + 3, name.len) : STR("");
}

static bool is_seen(struct str name)
{
	return memchr(flags_of(name).len ? flags_of(name).ptr : "", 'S', flags_of(name).len) !=
	       NULL;
}

/* The name in cur/ of "new/NAME" or "cur/NAME:2,FLAGS"; flags stand in order. */
static char *name_done(struct arena *a, struct str path, struct str name, bool seen)
{
	struct str base = str_sub(name, 4, str_find(name, STR(":2,"), 0) - 4);
	struct str flags = flags_of(name);
	struct buf out;
	buf_init(&out, path.len + name.len + 16);
	buf_format(&out, "%.*s/cur/%.*s:2,", STR_ARG(path), STR_ARG(base));
	size_t i = 0;
	while (i < flags.len && flags.ptr[i] < 'S')
		buf_put_byte(&out, flags.ptr[i++]);
	if (seen && !is_seen(name))
		buf_put_byte(&out, 'S');
	buf_put(&out, str_sub(flags, i, flags.len));
	char *done = str_c(a, buf_str(&out));
	buf_release(&out);
	return done;
}

static bool move(struct maildir *m, const struct verdict *v)
{
	struct arena *a = m->in->batch;
	char *from = path_join(a, m->path, v->name);
	bool done = verdict_is_done(v), is_new = str_starts(v->name, STR("new/"));
	if (done && m->in->options->after == BOUNCES_DELETE)
		return unlink(from) == 0 || errno == ENOENT || failed(m->in, from);
	char *to = name_done(a, m->path, v->name, done);
	if (!done && !is_new)
		return true;
	/* A file of that name would be another mail: never replaced. */
	if (strcmp(from, to) == 0 || access(to, F_OK) == 0)
		return true;
	return rename(from, to) == 0 || errno == ENOENT || failed(m->in, from);
}

static bool settled(void *source, const struct verdict *v, size_t count)
{
	struct maildir *m = source;
	for (size_t i = 0; m->in->options->after != BOUNCES_KEEP && i < count; i++)
		if (!move(m, &v[i]))
			return false;
	return true;
}

static bool read_mail(struct maildir *m, struct str name, char *bytes)
{
	struct intake *in = m->in;
	char *path = path_join(in->mail, m->path, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT || failed(in, path); /* another took it meanwhile */
	size_t len = 0;
	ssize_t n = 1;
	while (len <= MAIL_BYTES && n > 0) {
		n = read(fd, bytes + len, MAIL_BYTES + 1 - len);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n > 0)
			len += (size_t)n;
	}
	bool ok = n >= 0 || failed(in, path);
	close(fd);
	return ok && intake_mail(in, (struct str){ bytes, len }, len > MAIL_BYTES, name, name, 0);
}

static bool read_folder(struct maildir *m, const char *folder, char *bytes)
{
	struct intake *in = m->in;
	struct arena *a = arena_open();
	size_t count;
	struct str *names = folder_list(a, path_join(a, m->path, str_from(folder)), &count);
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++)
		if (in->options->all || strcmp(folder, "new") == 0 || !is_seen(names[i]))
			ok = read_mail(m, str_format(a, "%s/%.*s", folder, STR_ARG(names[i])),
				       bytes);
	arena_close(a);
	return ok;
}

bool intake_maildir(struct intake *in, struct str path)
{
	struct arena *a = arena_open();
	struct maildir m = { in, path };
	char *new = path_join(a, path, STR("new")), *cur = path_join(a, path, STR("cur"));
	bool ok = folder_exists(new) && folder_exists(cur);
	if (!ok)
		diag_report(in->store->diags, DIAG_FILE_READ, (struct place){ 0 },
			    "%.*s: no Maildir: new/ and cur/ are missing", STR_ARG(path));
	in->settled = settled;
	in->source = &m;
	char *bytes = arena_alloc(a, MAIL_BYTES + 1);
	/* cur/ first: what is moved there need not be looked at twice. The batch ends with
	 * the source. */
	ok = ok && read_folder(&m, "cur", bytes) && read_folder(&m, "new", bytes) &&
	     intake_flush(in);
	arena_close(a);
	return ok;
}
