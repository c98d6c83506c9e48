/* Inside serve/: the thread that sends messages which ask for confirmation, and forgets
 * requests that nobody confirmed. */
#ifndef SERVE_POSTMAN_H
#define SERVE_POSTMAN_H

#include "model/message.h"
#include "serve/serve.h"

struct postman;
struct counters;

/* messages: one a language; they live until postman_close. NULL when the system gives no
 * thread. */
struct postman *postman_open(struct arena *a, const struct serve_options *o,
			     const struct message *const *messages, size_t count,
			     struct counters *c);
/* There may be something to send. From any thread. */
void postman_wake(void *postman);
/* Finishes the message on the wire and ends. NULL is allowed. */
void postman_close(struct postman *p);

#endif
