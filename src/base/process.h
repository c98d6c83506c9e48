/* process: other programs, started without a shell and ended with certainty. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/str.h"

struct process {
	int pid; /* 0: none is running */
	int output; /* what it writes to standard output, to be read; -1 when nothing is */
};

/* Starts argv[0], looked up in PATH when it has no slash, in a process group of its
 * own, with the signals as a program finds them. It reads nothing, and what it says
 * on standard error is dropped. Descriptors of ours that close on exec stay here.
 * variables: its environment. 0, or the error's number: ENOENT when there is no such
 * program. */
int process_start(struct process *p, const char *const argv[], char *const variables[]);

/* Less in a hurry than what its user is waiting for. */
void process_yield(const struct process *p);

/* Reads what is there of the output, once. False at its end. Interrupted: nothing. */
bool process_read(struct process *p, struct buf *out);

/* Waits for the end: its exit status, or -1 when a signal ended it. */
int process_wait(struct process *p);

/* The same, but no longer than so many milliseconds; false: it still runs. */
bool process_ends(struct process *p, int ms, int *status);

/* Ends it at once and waits; nothing when none is running. */
void process_kill(struct process *p);

#endif
