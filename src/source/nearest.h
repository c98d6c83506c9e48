/* "Did you mean": the known name that a mistyped one was meant to be. */
#ifndef SOURCE_NEAREST_H
#define SOURCE_NEAREST_H

#include "base/arena.h"
#include "source/reader.h"

/* One that differs only in case, else the nearest within a third of its length,
 * else the empty slice. */
struct str nearest(const struct str *names, size_t count, struct str wanted);

/* "did you mean NAME?", or the empty slice. */
struct str did_you_mean(struct arena *a, const struct str *names, size_t count, struct str wanted);
/* The same, or else "known are: …". */
struct str did_you_mean_or_list(struct arena *a, const struct str *names, size_t count,
				struct str wanted);

/* A hint for a file that is not where path says: "the folder has NAME", or that
 * there is no such folder. base is the folder that path is relative to. */
struct str nearest_file(struct arena *a, struct str base, struct str path);

/* A path as the folders below base spell it, where they differ only in how letters with marks
 * are written: those of macOS and of some archives keep the marks apart. What is not there
 * stays as it is. */
struct str file_spelled(struct arena *a, struct str base, struct str path);
/* Whether base holds a file of that path. Otherwise reports at place: code, with the nearest
 * name or what else stands there, or that it may not be looked at. */
bool file_named(struct reader *r, struct str base, struct str path, enum diag_code code,
		struct place place);
/* The same of a path that an editor typed, which becomes as base spells it. */
bool file_found(struct reader *r, struct str base, struct str *path, enum diag_code code,
		struct place place);

#endif
