/* The files that glos init and glos new write: short, true, ready to build. */
#ifndef CLI_STARTER_H
#define CLI_STARTER_H

#include "cli/cli.h"

/* Each writes one file unless it is there already (told as a mistake). */
bool starter_publication(struct cli *c, struct str root);
bool starter_issue(struct cli *c, struct str root, struct str id);
/* path: "2026-1/05-wywiad", below root/issues. */
bool starter_article(struct cli *c, struct str root, struct str path);

#endif
