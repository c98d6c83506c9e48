/* Pictures that travel within the message: who makes them. */
#ifndef CLI_MAIL_PICTURE_H
#define CLI_MAIL_PICTURE_H

#include "cli/cli.h"
#include "email/email.h"

/* NULL when the publication's pictures stand on its site. */
const struct picture_maker *mail_pictures(struct cli *c);

#endif
