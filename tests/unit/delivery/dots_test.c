/* The file of dots: what it says after its sender died, and when it says nothing. */
#include "fixture.h"

#include "delivery/dots.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { SLOT = 512, SESSIONS = 2 };
static const char boot[] = "6c8f3a7e-0000-4000-8000-000000000001";

static struct dots_place place_of(struct fixture *f)
{
	return (struct dots_place){ .path = str_format(f->arena, "%s/x.dots", f->folder).ptr,
				    .device = 7,
				    .file = 4711,
				    .sender = 3,
				    .ledger = "whose" };
}

static struct dot dot_of(int64_t id)
{
	struct dot d = { .id = id, .attempts = 1, .claimed_at = 1773705600 };
	snprintf(d.token, sizeof d.token, "token-of-%lld", (long long)id);
	return d;
}

static struct dots *begin(struct fixture *f, const struct dots_place *p)
{
	const char *problem;
	struct dots *d = dots_open(f->arena, p, boot, SESSIONS, &problem);
	assert_non_null(d);
	return d;
}

static void hold(struct dots *d, int session, int64_t id)
{
	const struct dot dot = dot_of(id);
	dots_hold(d, session, &dot);
}

static enum dots_found look(struct fixture *f, const struct dots_place *p, struct dots_past *past)
{
	enum dots_found found = dots_read(f->arena, p->path, p, boot, past);
	assert_true(dots_forget(past, false));
	return found;
}

static enum dot_state state_of(const struct dots_past *past, int64_t id)
{
	const struct dot dot = dot_of(id);
	const struct past_dot *found = dots_find(past, &dot);
	return found ? found->state : DOT_NONE;
}

static void what_was_said_is_read(void **state)
{
	struct fixture *f = *state;
	struct dots_place p = place_of(f);
	struct dots_past past;
	struct reply r = { .code = 250, .subject = 2, .detail = 0, .words = "250 2.0.0 przyjęto" };
	struct stat info;
	assert_int_equal(look(f, &p, &past), DOTS_NONE);
	struct dots *d = begin(f, &p);
	assert_int_equal(stat(p.path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	hold(d, 0, 10);
	dots_leave(d, 0);
	dots_answered(d, 0, 10, &r);
	hold(d, 0, 11); /* beside the one before, whose mark is not durable yet */
	hold(d, 1, 20);
	dots_leave(d, 1);
	dots_answered(d, 1, 11, &r); /* not what this session has */
	assert_int_equal(look(f, &p, &past), DOTS_BUSY); /* its sender lives */
	dots_close(d, true);
	assert_int_equal(look(f, &p, &past), DOTS_READ);
	assert_int_equal(past.sender, 3);
	assert_int_equal(past.count, 3);
	assert_int_equal(state_of(&past, 10), DOT_ANSWERED);
	assert_int_equal(state_of(&past, 11), DOT_HELD);
	assert_int_equal(state_of(&past, 20), DOT_LEAVING);
	assert_int_equal(state_of(&past, 12), DOT_NONE);
	const struct dot first = dot_of(10);
	const struct reply *said = &dots_find(&past, &first)->reply;
	assert_int_equal(said->code, 250);
	assert_int_equal(said->subject, 2);
	assert_int_equal(said->detail, 0);
	assert_string_equal(said->words, r.words);
	/* Another attempt, another claim, another token: nothing is known of them. */
	struct dot other = first;
	other.attempts++;
	assert_null(dots_find(&past, &other));
	other = first;
	other.claimed_at++;
	assert_null(dots_find(&past, &other));
	other = first;
	other.token[0] = 'T';
	assert_null(dots_find(&past, &other));
	/* The next sender's file begins anew, and an end in order leaves none. */
	d = begin(f, &p);
	dots_close(d, true);
	assert_int_equal(look(f, &p, &past), DOTS_READ);
	assert_int_equal(past.count, 0);
	d = begin(f, &p);
	dots_close(d, false);
	assert_int_not_equal(access(p.path, F_OK), 0);
}

static void the_third_takes_the_place_of_the_first(void **state)
{
	struct fixture *f = *state;
	struct dots_place p = place_of(f);
	struct dots_past past;
	struct reply longest = { .code = 550, .subject = 1, .detail = 1 };
	memset(longest.words, 'w', WORDS_BYTES);
	struct dots *d = begin(f, &p);
	for (int64_t id = 1; id <= 3; id++)
		hold(d, 0, id);
	dots_leave(d, 0);
	dots_answered(d, 0, 3, &longest);
	/* It came back without losing an attempt, and is another session's in the same second. */
	hold(d, 1, 2);
	dots_leave(d, 1);
	dots_close(d, true);
	assert_int_equal(look(f, &p, &past), DOTS_READ);
	assert_int_equal(past.count, 3);
	assert_int_equal(state_of(&past, 1), DOT_NONE);
	assert_int_equal(state_of(&past, 2), DOT_LEAVING); /* the later counts */
	assert_int_equal(state_of(&past, 3), DOT_ANSWERED);
	const struct dot third = dot_of(3);
	assert_string_equal(dots_find(&past, &third)->reply.words, longest.words);
	assert_int_equal(unlink(p.path), 0);
}

static void another_boot_or_ledger_knows_nothing(void **state)
{
	struct fixture *f = *state;
	struct dots_place p = place_of(f), q = p;
	struct dots_past past;
	struct dots *d = begin(f, &p);
	hold(d, 0, 1);
	dots_close(d, true);
	assert_int_equal(dots_read(f->arena, p.path, &p, "another", &past), DOTS_VOID);
	assert_int_equal(past.count, 0);
	assert_true(dots_forget(&past, false));
	assert_int_equal(dots_read(f->arena, p.path, &p, NULL, &past), DOTS_VOID);
	assert_true(dots_forget(&past, false));
	q.file++; /* a copy of the folder */
	assert_int_equal(look(f, &q, &past), DOTS_STRANGE);
	q = p;
	q.device++;
	assert_int_equal(look(f, &q, &past), DOTS_STRANGE);
	q = p;
	q.ledger[31] = 1;
	assert_int_equal(look(f, &q, &past), DOTS_STRANGE);
	assert_int_equal(past.count, 0);
	q = p;
	q.sender++; /* the one who looks is another sender, of course */
	assert_int_equal(look(f, &q, &past), DOTS_READ);
	assert_int_equal(state_of(&past, 1), DOT_HELD);
	assert_int_equal(dots_read(f->arena, p.path, &p, boot, &past), DOTS_READ);
	assert_true(dots_forget(&past, true));
	assert_int_not_equal(access(p.path, F_OK), 0);
}

static void put(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_TRUNC);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

/* Whatever byte is wrong, no dot is told to be what it is not. */
static void damage_is_never_believed(void **state)
{
	struct fixture *f = *state;
	struct dots_place p = place_of(f);
	struct dots_past past;
	struct reply r = { .code = 250, .subject = -1, .detail = -1, .words = "250 ok" };
	char bytes[SLOT * (1 + 2 * SESSIONS)], damaged[sizeof bytes];
	struct dots *d = begin(f, &p);
	hold(d, 0, 1);
	hold(d, 0, 2);
	dots_leave(d, 0);
	hold(d, 1, 3);
	dots_leave(d, 1);
	dots_answered(d, 1, 3, &r);
	dots_close(d, true);
	int fd = open(p.path, O_RDONLY);
	assert_int_equal(read(fd, bytes, sizeof bytes), sizeof bytes);
	close(fd);
	size_t believed = 0, disbelieved = 0;
	for (size_t i = 0; i < sizeof bytes; i++) {
		if (i % SLOT > 180) /* nothing but room */
			continue;
		memcpy(damaged, bytes, sizeof bytes);
		damaged[i] ^= (char)(1 << i % 8);
		put(p.path, damaged, sizeof damaged);
		if (look(f, &p, &past) != DOTS_READ) {
			assert_int_equal(past.count, 0);
			disbelieved++;
			continue;
		}
		believed++;
		assert_int_equal(past.count, 3);
		assert_int_equal(state_of(&past, 1), DOT_HELD);
		assert_int_equal(state_of(&past, 2), DOT_LEAVING);
		assert_int_equal(state_of(&past, 3), DOT_ANSWERED);
	}
	/* Of a slot 8 bytes of the word, 64 of whose it is; 22 of the answer. */
	assert_in_range(disbelieved, 3 * 72 + 22 + 100, 3 * 72 + 22 + 200);
	assert_true(believed > 0);
	for (size_t len = 0; len < sizeof bytes; len += 100) {
		put(p.path, bytes, len);
		assert_int_equal(look(f, &p, &past), DOTS_VOID);
		assert_int_equal(past.count, 0);
	}
	memcpy(damaged, bytes, sizeof bytes);
	damaged[10]++; /* "glos dots 2" */
	put(p.path, damaged, sizeof damaged);
	assert_int_equal(look(f, &p, &past), DOTS_VOID);
	/* A slot that is being written says nothing, and the others what they said. */
	memcpy(damaged, bytes, sizeof bytes);
	memset(damaged + 2 * SLOT, 0, 8);
	put(p.path, damaged, sizeof damaged);
	assert_int_equal(look(f, &p, &past), DOTS_READ);
	assert_int_equal(past.count, 2);
	assert_int_equal(unlink(p.path), 0);
	assert_int_equal(mkdir(p.path, 0700), 0);
	assert_int_equal(look(f, &p, &past), DOTS_BUSY);
	assert_int_equal(rmdir(p.path), 0);
}

static void where_it_cannot_be_kept_is_told(void **state)
{
	struct fixture *f = *state;
	struct dots_place p = place_of(f);
	const char *problem = NULL, *fresh = str_format(f->arena, "%s.new", p.path).ptr;
	struct rlimit before, none;
	assert_null(dots_open(f->arena, &p, NULL, SESSIONS, &problem));
	assert_non_null(strstr(problem, "boot"));
	assert_null(dots_open(f->arena, &p, "", SESSIONS, &problem));
	/* The disk is full: said now, and not by a signal in the middle of a store. */
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none = before;
	none.rlim_cur = SLOT;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_null(dots_open(f->arena, &p, boot, SESSIONS, &problem));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_non_null(strstr(problem, strerror(EFBIG)));
	assert_int_not_equal(access(fresh, F_OK), 0);
	assert_int_not_equal(access(p.path, F_OK), 0);
	p.path = "/nowhere/x.dots";
	assert_null(dots_open(f->arena, &p, boot, SESSIONS, &problem));
	assert_non_null(strstr(problem, "/nowhere/x.dots: "));
	/* Without one nothing is noted, and nothing asks whether there is one. */
	const struct dot dot = dot_of(1);
	struct reply r = { .code = 250 };
	dots_hold(NULL, 0, &dot);
	dots_leave(NULL, 0);
	dots_answered(NULL, 0, 1, &r);
	dots_close(NULL, false);
}

/* Senders that begin at the same moment clear up after the dead, and find one another's files
 * before those are locked. */
static void who_clears_up_takes_no_file_from_the_living(void **state)
{
	struct fixture *f = *state;
	struct dots_place p = place_of(f);
	struct dots_past past;
	const char *fresh = str_format(f->arena, "%s.new", p.path).ptr;
	const pid_t test = getpid(), child = fork();
	while (child == 0 && getppid() == test)
		dots_clear(fresh);
	if (child == 0)
		_exit(0);
	for (int i = 0; i < 1000; i++) {
		struct dots *d = begin(f, &p);
		assert_int_equal(look(f, &p, &past), DOTS_BUSY);
		dots_close(d, false);
		assert_int_not_equal(access(p.path, F_OK), 0);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	/* What a dead one left goes; what is no file of ours stays. */
	int fd = open(fresh, O_RDWR | O_CREAT, 0600);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	dots_clear(fresh);
	assert_int_equal(access(fresh, F_OK), 0);
	close(fd);
	dots_clear(fresh);
	assert_int_not_equal(access(fresh, F_OK), 0);
	assert_int_equal(mkdir(fresh, 0700), 0);
	dots_clear(fresh);
	assert_int_equal(rmdir(fresh), 0);
}

/* A disk that is busy may keep who clears up for long, with the lock. */
static void who_clears_up_slowly_is_waited_for(void **state)
{
	struct fixture *f = *state;
	const struct dots_place p = place_of(f);
	const struct timespec nap = { .tv_nsec = 700000000 };
	const char *fresh = str_format(f->arena, "%s.new", p.path).ptr;
	int fd = open(fresh, O_RDWR | O_CREAT, 0600);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	const pid_t child = fork(); /* has the lock, too */
	if (child == 0) {
		nanosleep(&nap, NULL);
		_exit(unlink(fresh));
	}
	close(fd);
	dots_close(begin(f, &p), false);
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

/* A sender at full speed, which tells by `left` and `read` of the last message of each session
 * that went so far; from its memory, as a server and the ledger would know it. */
struct witness {
	_Atomic int64_t left[SESSIONS], heard[SESSIONS];
};

static void send_for_ever(struct fixture *f, const struct dots_place *p, struct witness *w)
{
	struct dots *d = begin(f, p);
	struct reply r = { .code = 250, .subject = 2, .detail = 0, .words = "250 2.0.0 ok" };
	for (int64_t id = 1;; id++)
		for (int i = 0; i < SESSIONS; i++) {
			hold(d, i, SESSIONS * id + i);
			dots_leave(d, i);
			atomic_store(&w->left[i], SESSIONS * id + i);
			snprintf(r.words + 12, 100, "%*d", (int)(id % 90), (int)id);
			dots_answered(d, i, SESSIONS * id + i, &r);
			atomic_store(&w->heard[i], SESSIONS * id + i);
		}
}

static void wait_us(long us)
{
	const struct timespec t = { .tv_nsec = us * 1000 };
	nanosleep(&t, NULL);
}

static void kill_9_at_any_instruction(void **state)
{
	struct fixture *f = *state;
	struct dots_place p = place_of(f);
	const char *memory = str_format(f->arena, "%s/witness", f->folder).ptr;
	int fd = open(memory, O_RDWR | O_CREAT, 0600);
	assert_int_equal(ftruncate(fd, sizeof(struct witness)), 0);
	struct witness *w = mmap(NULL, sizeof *w, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_true(w != MAP_FAILED);
	assert_int_equal(unlink(memory), 0);
	close(fd);
	for (int round = 0; round < 60; round++) {
		struct dots_past past;
		memset(w, 0, sizeof *w);
		pid_t child = fork();
		if (child == 0)
			send_for_ever(f, &p, w);
		while (!atomic_load(&w->heard[SESSIONS - 1]))
			wait_us(100);
		wait_us(37 * round % 1000);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		assert_int_equal(look(f, &p, &past), DOTS_READ);
		for (int i = 0; i < SESSIONS; i++) {
			int64_t left = atomic_load(&w->left[i]), heard = atomic_load(&w->heard[i]);
			assert_int_equal(state_of(&past, heard), DOT_ANSWERED);
			assert_in_range(state_of(&past, left), DOT_LEAVING, DOT_ANSWERED);
			/* The one before is there as long as the next has not left. */
			assert_in_range(left - heard, 0, SESSIONS);
		}
	}
	munmap(w, sizeof *w);
	assert_int_equal(unlink(p.path), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE(what_was_said_is_read),
		FIXTURE(the_third_takes_the_place_of_the_first),
		FIXTURE(another_boot_or_ledger_knows_nothing),
		FIXTURE(damage_is_never_believed),
		FIXTURE(where_it_cannot_be_kept_is_told),
		FIXTURE(who_clears_up_takes_no_file_from_the_living),
		FIXTURE(who_clears_up_slowly_is_waited_for),
		FIXTURE(kill_9_at_any_instruction),
	};
	return cmocka_run_group_tests_name("dots", tests, NULL, NULL);
}
