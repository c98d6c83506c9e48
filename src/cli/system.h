/* The real world: clock, randomness, environment, signals. */
#ifndef CLI_SYSTEM_H
#define CLI_SYSTEM_H

#include "cli/cli.h"

/* Fills c->world. SOURCE_DATE_EPOCH, when set, fixes what editions are dated with. */
void system_world(struct cli *c);
/* Nobody watches signals any more; before c's arena is closed. */
void system_leave(const struct cli *c);

/* The environment, for programs that are started from here. */
char *const *system_variables(void);

/* The folder that holds the program's own layouts/ and fonts/: $GLOS_DATA, else
 * PREFIX/share/glos of an installed program, else the checkout around build/. */
struct str system_data_folder(struct arena *a, const char *program);

#endif
