/* Who makes pictures for screens: pdf/, which has the libraries. */
#ifndef CLI_RENDITIONS_H
#define CLI_RENDITIONS_H

#include "cli/cli.h"
#include "model/rendition.h"

/* The publication's; lives as long as c's arena. */
const struct rendition_maker *renditions(struct cli *c);
/* Of those that travel within the message; NULL when they stand on the publication's site. */
const struct rendition_maker *mail_renditions(struct cli *c);

#endif
