#include "delivery/dots.h"

#include "base/arena.h"
#include "base/hash.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SLOT_BYTES = 512, SLOTS_EACH = 2, SLOTS_MOST = 1 << 20 };

/* Takes the first of the slots' places. Written once, before anybody can find the file. */
struct head {
	char magic[16]; /* and the version: another one is another magic */
	char boot[DOTS_BOOT_BYTES];
	int64_t device, file, sender;
	unsigned char ledger[DOTS_LEDGER_BYTES];
	int64_t slots;
	uint64_t check; /* of all above */
};

struct identity {
	uint64_t sequence;
	struct dot dot;
};

struct answer {
	int32_t code, subject, detail;
	uint32_t length;
	char words[WORDS_BYTES];
};

struct slot {
	_Atomic uint64_t word; /* of state and all below that the state speaks of; 0: nothing */
	struct identity identity;
	struct answer answer;
};

static_assert(sizeof(struct head) <= SLOT_BYTES && sizeof(struct slot) <= SLOT_BYTES,
	      "each in a place of its own");
static_assert(ATOMIC_LLONG_LOCK_FREE == 2 && sizeof(_Atomic uint64_t) == 8,
	      "a word in a file is no lock");

static const char magic[16] = "glos dots 1\n";

struct dots {
	int fd;
	const char *path;
	char *bytes;
	size_t size;
	uint64_t sequence;
	int sessions;
	/* By session: */
	unsigned char *turn; /* which of its slots */
	uint64_t *hash; /* of what that slot is about */
};

static struct str bytes_of(const void *ptr, size_t len)
{
	return (struct str){ ptr, len };
}

static uint64_t word_of(uint64_t hash, enum dot_state state)
{
	const char c = (char)state;
	return hash_more(hash, bytes_of(&c, 1)) | 1; /* never 0 */
}

static uint64_t identity_hash(const struct identity *i)
{
	return hash_more(HASH_START, bytes_of(i, sizeof *i));
}

static uint64_t answer_hash(uint64_t hash, const struct answer *a)
{
	return hash_more(hash, bytes_of(a, offsetof(struct answer, words) + a->length));
}

static uint64_t head_check(const struct head *h)
{
	return hash_more(HASH_START, bytes_of(h, offsetof(struct head, check)));
}

static struct head head_of(const struct dots_place *p, const char *boot, int slots)
{
	struct head h = {
		.device = p->device, .file = p->file, .sender = p->sender, .slots = slots
	};
	memcpy(h.magic, magic, sizeof h.magic);
	snprintf(h.boot, sizeof h.boot, "%s", boot);
	memcpy(h.ledger, p->ledger, sizeof h.ledger);
	h.check = head_check(&h);
	return h;
}

/* Whether it is the file that the path leads to: another may have settled and removed it since. */
static bool is_at(int fd, const char *path)
{
	struct stat open_one, there;
	return fstat(fd, &open_one) == 0 && S_ISREG(open_one.st_mode) && stat(path, &there) == 0 &&
	       open_one.st_dev == there.st_dev && open_one.st_ino == there.st_ino;
}

/* ---- a sender's own ---- */

static struct slot *slot_of(const struct dots *d, int session)
{
	size_t place = 1 + SLOTS_EACH * (size_t)session + d->turn[session];
	return (struct slot *)(void *)(d->bytes + place * SLOT_BYTES);
}

/* Before its lock is taken the file looks like one that a dead sender never finished, and another
 * that begins in the same moment may remove it (dots_clear): then anew. */
static bool open_fresh(struct dots *d, const char *fresh)
{
	enum { TRIES = 5000 };
	const struct timespec nap = { .tv_nsec = 1000000 };
	for (int i = 0; i < TRIES; i++) {
		d->fd = open(fresh, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (d->fd < 0)
			return false;
		bool locked = flock(d->fd, LOCK_EX | LOCK_NB) == 0;
		if (locked && is_at(d->fd, fresh))
			return true;
		if (!locked && errno != EWOULDBLOCK)
			return false;
		close(d->fd);
		d->fd = -1;
		nanosleep(&nap, NULL);
	}
	errno = EBUSY;
	return false;
}

/* Whole before it has its name: who finds it finds a file whose lock is held. A disk that is full
 * says so here; where it does not copy what it writes no store can fail after that. */
static bool make_file(struct dots *d, const char *fresh, const struct head *h)
{
	if (!open_fresh(d, fresh))
		return false;
	errno = posix_fallocate(d->fd, 0, (off_t)d->size);
	if (errno)
		return false;
	void *map = mmap(NULL, d->size, PROT_READ | PROT_WRITE, MAP_SHARED, d->fd, 0);
	if (map == MAP_FAILED)
		return false;
	d->bytes = map;
	memcpy(d->bytes, h, sizeof *h);
	return rename(fresh, d->path) == 0;
}

struct dots *dots_open(struct arena *a, const struct dots_place *p, const char *boot, int sessions,
		       const char **problem)
{
	*problem = "the system does not tell one boot from another";
	if (!boot || !*boot || strlen(boot) >= DOTS_BOOT_BYTES)
		return NULL;
	assert(sessions > 0 && sessions < SLOTS_MOST / SLOTS_EACH);
	struct dots *d = NEW(a, struct dots);
	*d = (struct dots){ .path = str_c(a, str_from(p->path)),
			    .size = (1 + SLOTS_EACH * (size_t)sessions) * SLOT_BYTES,
			    .sessions = sessions,
			    .turn = NEW_ARRAY(a, unsigned char, sessions),
			    .hash = NEW_ARRAY(a, uint64_t, sessions) };
	const char *fresh = str_format(a, "%s.new", d->path).ptr;
	struct head h = head_of(p, boot, SLOTS_EACH * sessions);
	if (make_file(d, fresh, &h))
		return d;
	*problem = str_format(a, "%s: %s", d->path, strerror(errno)).ptr;
	if (d->fd >= 0)
		unlink(fresh);
	dots_close(d, true);
	return NULL;
}

void dots_hold(struct dots *d, int session, const struct dot *dot)
{
	if (!d)
		return;
	assert(session < d->sessions);
	d->turn[session] ^= 1;
	struct slot *s = slot_of(d, session);
	/* An exchange: nothing of what follows is written before. */
	(void)atomic_exchange_explicit(&s->word, 0, memory_order_acq_rel);
	s->identity = (struct identity){ .sequence = ++d->sequence, .dot = *dot };
	d->hash[session] = identity_hash(&s->identity);
	atomic_store_explicit(&s->word, word_of(d->hash[session], DOT_HELD), memory_order_release);
}

void dots_leave(struct dots *d, int session)
{
	if (d)
		(void)atomic_exchange_explicit(&slot_of(d, session)->word,
					       word_of(d->hash[session], DOT_LEAVING),
					       memory_order_acq_rel);
}

void dots_answered(struct dots *d, int session, int64_t id, const struct reply *r)
{
	struct slot *s = d ? slot_of(d, session) : NULL;
	if (!s || s->identity.dot.id != id)
		return;
	/* Of it the slot does not speak yet: whoever is killed here left it LEAVING. */
	size_t length = strlen(r->words);
	s->answer.code = r->code;
	s->answer.subject = r->subject;
	s->answer.detail = r->detail;
	s->answer.length = (uint32_t)length;
	memcpy(s->answer.words, r->words, length);
	uint64_t hash = answer_hash(d->hash[session], &s->answer);
	atomic_store_explicit(&s->word, word_of(hash, DOT_ANSWERED), memory_order_release);
}

void dots_close(struct dots *d, bool keep)
{
	if (!d)
		return;
	/* Words of servers name people. */
	if (d->bytes && !keep)
		memset(d->bytes, 0, d->size);
	if (d->bytes)
		munmap(d->bytes, d->size);
	if (!keep)
		unlink(d->path);
	if (d->fd >= 0)
		close(d->fd);
}

/* ---- those of a sender that died ---- */

static bool read_bytes(int fd, void *to, size_t len, off_t at)
{
	ssize_t n;
	do
		n = pread(fd, to, len, at);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)len;
}

static enum dots_found judge_head(const struct head *h, const struct dots_place *p,
				  const char *boot)
{
	if (memcmp(h->magic, magic, sizeof magic) != 0 || h->check != head_check(h) ||
	    h->slots < 0 || h->slots > SLOTS_MOST || !boot || strcmp(h->boot, boot) != 0)
		return DOTS_VOID;
	bool ours = h->device == p->device && h->file == p->file &&
		    memcmp(h->ledger, p->ledger, sizeof h->ledger) == 0;
	return ours ? DOTS_READ : DOTS_STRANGE;
}

/* False: the slot is damaged. */
static bool take_slot(const struct slot *s, struct dots_past *past)
{
	uint64_t word = atomic_load_explicit(&s->word, memory_order_relaxed);
	if (word == 0)
		return true;
	struct past_dot *p = &past->list[past->count];
	uint64_t hash = identity_hash(&s->identity);
	*p = (struct past_dot){ .dot = s->identity.dot, .sequence = s->identity.sequence };
	if (word == word_of(hash, DOT_HELD)) {
		p->state = DOT_HELD;
	} else if (word == word_of(hash, DOT_LEAVING)) {
		p->state = DOT_LEAVING;
	} else if (s->answer.length <= WORDS_BYTES &&
		   word == word_of(answer_hash(hash, &s->answer), DOT_ANSWERED)) {
		p->state = DOT_ANSWERED;
		p->reply = (struct reply){ .code = s->answer.code,
					   .subject = s->answer.subject,
					   .detail = s->answer.detail };
		memcpy(p->reply.words, s->answer.words, s->answer.length);
	} else {
		return false;
	}
	past->count++;
	return true;
}

enum dots_found dots_read(struct arena *a, const char *path, const struct dots_place *p,
			  const char *boot, struct dots_past *past)
{
	union {
		struct head head;
		struct slot slot;
		char bytes[SLOT_BYTES];
	} u;
	*past = (struct dots_past){ .path = str_c(a, str_from(path)) };
	past->fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (past->fd < 0)
		return errno == ENOENT ? DOTS_NONE : DOTS_BUSY;
	if (flock(past->fd, LOCK_EX | LOCK_NB) != 0 || !is_at(past->fd, path))
		return DOTS_BUSY;
	/* What the disk would not take may have left the kernel's memory, too: then this is
	 * an older file than the one that was written. It is told here, once (Linux 4.13). */
	if (fsync(past->fd) != 0 || !read_bytes(past->fd, &u, sizeof u, 0))
		return DOTS_VOID;
	enum dots_found found = judge_head(&u.head, p, boot);
	if (found != DOTS_READ)
		return found;
	past->sender = u.head.sender;
	size_t slots = (size_t)u.head.slots;
	past->list = NEW_ARRAY(a, struct past_dot, slots);
	/* One slot may be unfinished, and says 0 then. Any other that does not say what it
	 * vouches for means that nothing here can be relied on. */
	for (size_t i = 0; i < slots; i++)
		if (!read_bytes(past->fd, &u, sizeof u, (off_t)((1 + i) * SLOT_BYTES)) ||
		    !take_slot(&u.slot, past)) {
			past->count = 0;
			return DOTS_VOID;
		}
	return DOTS_READ;
}

void dots_recall(struct arena *a, const struct dots *d, struct dots_past *past)
{
	size_t slots = SLOTS_EACH * (size_t)d->sessions;
	*past = (struct dots_past){ .fd = -1, .list = NEW_ARRAY(a, struct past_dot, slots) };
	for (size_t i = 0; i < slots; i++)
		(void)take_slot((const void *)(d->bytes + (1 + i) * SLOT_BYTES), past);
}

const struct past_dot *dots_find(const struct dots_past *past, const struct dot *dot)
{
	const struct past_dot *found = NULL;
	/* One that came back without losing an attempt may be there twice: the later counts. */
	for (size_t i = 0; i < past->count; i++)
		if (memcmp(&past->list[i].dot, dot, sizeof *dot) == 0 &&
		    (!found || past->list[i].sequence > found->sequence))
			found = &past->list[i];
	return found;
}

bool dots_forget(struct dots_past *past, bool remove)
{
	int problem = remove && unlink(past->path) != 0 && errno != ENOENT ? errno : 0;
	if (past->fd >= 0)
		close(past->fd);
	past->fd = -1;
	errno = problem;
	return problem == 0;
}

void dots_clear(const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && is_at(fd, path))
		(void)unlink(path);
	close(fd);
}
