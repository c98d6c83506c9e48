/* What became of the last dots: a small file beside the ledger, mapped into memory, of
 * which the kernel loses nothing when the process is killed.
 *
 * WHY: an intent is durable before the dot leaves, and early, so that the disk works
 * while the text travels. Who is killed then leaves nearly as many intents as there are
 * connections; most of their dots never left, or were answered already. The ledger cannot know:
 * its next word would have been the next transaction. To tell it costs a few stores into
 * memory for each message and no system call.
 *
 * HOW IT WORKS: each session has two slots, used by turns. Before a turn asks for the intent
 * of a message its slot says HELD; before the system call that carries the dot, LEAVING; when
 * the reply is read, ANSWERED and what it was. Two are enough: a message's mark is in the
 * turn of the intent of its session's next one or in an earlier one, so that a slot is
 * written over after the mark of its message is durable.
 *
 * What is not said is not believed: an intent without a slot of its own is parked. A slot
 * is known by the delivery's random token, the attempt and the second of its claim, and vouched
 * for by one word, a hash of all that it says: half written it says nothing. A process
 * that is killed has made all its stores up to some instruction and none behind it, so what
 * has to be kept in order is the compiler alone; the words are atomic, with release, all the
 * same.
 *
 * WHEN IT IS OLDER OR NEWER THAN THE LEDGER. After a kill neither: COMMIT had put its pages
 * into the kernel's memory before it said yes, and the slots stand there too. After a loss of
 * power either may be, as nobody syncs this file; hence it counts only within the boot that it
 * was written in (world.boot). A ledger that was taken back within one boot, from a backup or
 * by a replica that lagged, is older: a slot still tells the truth about its attempt, and the
 * intents of others have no slot. A file older than the ledger would be the harm: so no
 * sender begins before the file of the one before it is settled and gone, and the second of the
 * claim tells a glos that knows no such files, and ran in between. Left open: a disk torn off
 * and mounted again within one boot, as the same device, that had got a slot just before its
 * dot left and not again behind it. And a disk that copies what it writes (Btrfs, ZFS) may be
 * found full by a store into bytes that the file has: the sender then dies of SIGBUS, as if
 * it were killed there. */
#ifndef DELIVERY_DOTS_H
#define DELIVERY_DOTS_H

#include "delivery/reply.h"

struct arena;
struct dots;

enum { DOTS_LEDGER_BYTES = 32, DOTS_TOKEN_BYTES = 32, DOTS_BOOT_BYTES = 48 };

/* Where a sender keeps its file, and what it belongs to. */
struct dots_place {
	const char *path;
	const char
		*folder; /* where those of other senders of the ledger may stand; NULL: nowhere */
	int64_t device, file; /* of the database's file; 0: it is none */
	int64_t sender; /* its number in the ledger; 0: there is one alone */
	unsigned char ledger[DOTS_LEDGER_BYTES];
};

/* A delivery in one attempt. All bytes are told apart: no padding, zeros behind the token. */
struct dot {
	int64_t id, attempts, claimed_at;
	char token[DOTS_TOKEN_BYTES];
};

enum dot_state {
	DOT_NONE,
	DOT_HELD, /* it has not left */
	DOT_LEAVING, /* nobody knows */
	DOT_ANSWERED,
};

/* Makes the file, full of nothing; one that is there is replaced. boot: the machine's word
 * for this boot. NULL when it cannot be kept; *problem is why. Lives in a; to be closed. */
struct dots *dots_open(struct arena *a, const struct dots_place *p, const char *boot, int sessions,
		       const char **problem);
/* The last three are no more than looked at when d is NULL. */
void dots_hold(struct dots *d, int session, const struct dot *dot);
void dots_leave(struct dots *d, int session);
/* Of this delivery; of none when the session has another. */
void dots_answered(struct dots *d, int session, int64_t id, const struct reply *r);
/* keep: for the next sender; else the file is emptied and removed. NULL is allowed. */
void dots_close(struct dots *d, bool keep);

/* ---- those of a sender that died ---- */

struct past_dot {
	struct dot dot;
	enum dot_state state;
	uint64_t sequence; /* rises with each message of the file */
	struct reply reply; /* of those ANSWERED */
};

/* A file that was read; nobody else can while it is open. */
struct dots_past {
	int fd;
	const char *path;
	int64_t sender;
	struct past_dot *list;
	size_t count;
};

enum dots_found {
	DOTS_NONE, /* no file */
	DOTS_BUSY, /* its sender lives; or it cannot be looked into */
	DOTS_VOID, /* it says nothing any more: another boot, damaged */
	DOTS_STRANGE, /* of another ledger */
	DOTS_READ,
};

/* Reads the file at path, in a; to be forgotten. The sender of p may be another than the file's. */
enum dots_found dots_read(struct arena *a, const char *path, const struct dots_place *p,
			  const char *boot, struct dots_past *past);
/* The same of one's own, whose file is not looked at. */
void dots_recall(struct arena *a, const struct dots *d, struct dots_past *past);
/* What is known of a dot; NULL: nothing. */
const struct past_dot *dots_find(const struct dots_past *past, const struct dot *dot);
/* Closes it; removes what is there, if it is to be. False, and errno, when that cannot be done. */
bool dots_forget(struct dots_past *past, bool remove);
/* Removes the file at path, whose sender died before it had its name: it says nothing. One that
 * is being made stays, or is made anew. */
void dots_clear(const char *path);

#endif
