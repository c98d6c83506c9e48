/* What a person says of an issue that is being sent or was: pause, cancel, resolve. */
#ifndef CLI_STEER_H
#define CLI_STEER_H

#include "cli/cli.h"

/* Whether the arguments of glos send ask for one of these rather than for sending. */
bool steer_asked(const struct cli *c);
/* Does it; the exit status. */
int steer(struct cli *c, struct str issue);

#endif
