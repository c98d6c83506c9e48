/* Inside preview/: the showcase on loopback, by libmicrohttpd. */
#ifndef PREVIEW_HTTP_H
#define PREVIEW_HTTP_H

#include "preview/answer.h"

struct http;

/* Answers on 127.0.0.1 and, where there is one, ::1; port 0: any. Writes the port to
 * s->port. A thread for each connection: one that is slow keeps nobody else waiting.
 * NULL when the port cannot be had or the library is missing (reported). */
struct http *http_open(struct showcase *s, uint16_t port, bool port_may_differ, struct diags *d);
/* Ends all connections; their waiting has to have been ended before. */
void http_close(struct http *h);

#endif
