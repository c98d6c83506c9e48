/* Where links may lead. */
#ifndef SOURCE_LINK_H
#define SOURCE_LINK_H

#include "source/reader.h"

/* The address a document carries for what the editor wrote: http, https, mailto
 * and tel as they are, "02-goteborg.md" as "#02-goteborg". Reports LINK_INVALID
 * and returns the empty slice for anything else. */
struct str link_read(struct reader *r, struct str written, struct place place);

/* True for an absolute http or https address with a host. */
bool link_is_web(struct str url);

/* A name for addresses from a file's name: without its folder and extension, in
 * ASCII letters, digits and hyphens, lower case. Never empty. */
struct str slug_of(struct arena *a, struct str file_name);

#endif
