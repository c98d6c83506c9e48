/* Files: read one whole; replace one so that it is there whole or not at all. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/diag.h"

#include <stdio.h>

/* Opens a regular file to be read: nothing else is, as a named pipe waits for ever and a device
 * may have no end. NULL, or why not; errno is 0 when it is there, but no file. */
const char *file_open(const char *path, int *fd) __attribute__((warn_unused_result));
/* The same as a stream; NULL: it cannot be read. */
FILE *file_stream(const char *path) __attribute__((warn_unused_result));

/* Reads path whole into a. Reports FILE_MISSING, FILE_READ or FILE_TOO_LARGE at
 * place and returns false. The bytes are NUL-terminated beyond their length. */
bool file_read(struct arena *a, const char *path, size_t max_bytes, struct diags *d,
	       struct place place, struct str *bytes) __attribute__((warn_unused_result));

/* The same of what may come through a pipe as well; path "-" is standard input, whatever that
 * is. A pipe through which nothing comes is FILE_READ: what should have written failed. */
bool file_read_piped(struct arena *a, const char *path, size_t max_bytes, struct diags *d,
		     struct place place, struct str *bytes) __attribute__((warn_unused_result));

/* file_read without a copy: the bytes are the file's own, of which only what is looked
 * at is read, and not NUL-terminated. For what stands still while the program runs:
 * fonts, profiles. file_unmap gives them back. */
bool file_map(const char *path, size_t max_bytes, struct diags *d, struct place place,
	      struct str *bytes) __attribute__((warn_unused_result));
void file_unmap(struct str bytes);

bool file_exists(const char *path); /* a file, or a link to one */
/* Why there is no file to be opened at path, NULL when there is one: "No such file or
 * directory", what else kept it from being looked at, or, errno being 0, what stands there
 * instead: "is a folder, not a file". */
const char *file_fault(const char *path) __attribute__((warn_unused_result));
/* Whether nothing at all stands there, as far as can be seen. */
bool file_absent(const char *path);
/* Bytes of a file; 0 when there is none. */
uint64_t file_size(const char *path);
bool folder_exists(const char *path);
/* Why the folder cannot be listed; NULL when it can, or is not there. */
const char *folder_fault(const char *path) __attribute__((warn_unused_result));
/* Makes the folder and its parents; true when it is there afterwards, else errno tells what
 * kept it from being made. */
bool folder_make(const char *path) __attribute__((warn_unused_result));
/* The same for the folder that a file of this path stands in. */
bool folder_make_for(const char *path) __attribute__((warn_unused_result));
/* Removes the folder with all that is in it; links are removed, not followed. True
 * when it is gone. */
bool folder_remove(const char *path);
/* Names of the entries of a folder, sorted, without those that begin with a
 * dot; empty when it cannot be read. */
struct str *folder_list(struct arena *a, const char *path, size_t *count);
/* "a/b" joined with "c" is "a/b/c"; an absolute name stays as it is. */
char *path_join(struct arena *a, struct str folder, struct str name);

/* A file being written beside its final name. Writes after a failure are
 * ignored; the commit tells. Opening never gives NULL; commit or abandon ends it. */
struct file_writer;

struct file_writer *file_writer_open(const char *path);
void file_writer_put(struct file_writer *w, const void *ptr, size_t len);
/* Bytes put so far. */
uint64_t file_writer_size(const struct file_writer *w);
/* Flushes, syncs, renames over path, and closes w. Reports FILE_WRITE and
 * leaves the old file as it was when anything failed on the way. */
bool file_writer_commit(struct file_writer *w, struct diags *d) __attribute__((warn_unused_result));
/* Closes w and removes what was written. NULL is allowed. */
void file_writer_abandon(struct file_writer *w);

/* The three above in one. */
bool file_replace(const char *path, struct str bytes, struct diags *d)
	__attribute__((warn_unused_result));

#endif
