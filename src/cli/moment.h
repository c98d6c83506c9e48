/* A moment as people type it. */
#ifndef CLI_MOMENT_H
#define CLI_MOMENT_H

#include "base/world.h"

/* "2026-03-17T08:00", "2026-03-17 08:00:30", local time unless "Z" or "+01:00" follows; "8:00"
 * is the next one after now. Seconds since 1970. False when it is none of these. */
bool moment_parse(struct str s, int64_t now, int64_t *moment);

#endif
