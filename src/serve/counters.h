/* Inside serve/: what is counted, for /metrics. From any thread. */
#ifndef SERVE_COUNTERS_H
#define SERVE_COUNTERS_H

#include "base/str.h"

#include <stdatomic.h>

/* COUNTER(ENUM, name, labels, help); those of one name stand together. */
/* clang-format off */
#define COUNTERS(X) \
	X(ANSWER_2XX, "glos_http_answers_total", "status=\"2xx\"", "Answers by class of status.") \
	X(ANSWER_4XX, "glos_http_answers_total", "status=\"4xx\"", "") \
	X(ANSWER_5XX, "glos_http_answers_total", "status=\"5xx\"", "") \
	X(ASKED, "glos_readers_total", "what=\"asked\"", "What readers did.") \
	X(REPEATED, "glos_readers_total", "what=\"asked-again\"", "") \
	X(CONFIRMED, "glos_readers_total", "what=\"confirmed\"", "") \
	X(CHANGED, "glos_readers_total", "what=\"changed\"", "") \
	X(PAUSED, "glos_readers_total", "what=\"paused\"", "") \
	X(UNSUBSCRIBED_PAGE, "glos_readers_total", "what=\"unsubscribed-page\"", "") \
	X(UNSUBSCRIBED_CLICK, "glos_readers_total", "what=\"unsubscribed-one-click\"", "") \
	X(ERASED, "glos_readers_total", "what=\"erased\"", "") \
	X(EXPORTED, "glos_readers_total", "what=\"exported\"", "") \
	X(REFUSED_LIMIT, "glos_refused_total", "why=\"limit\"", "What was refused.") \
	X(REFUSED_FORM, "glos_refused_total", "why=\"form\"", "") \
	X(REFUSED_SITE, "glos_refused_total", "why=\"cross-site\"", "") \
	X(REFUSED_HOST, "glos_refused_total", "why=\"host\"", "") \
	X(REFUSED_TOKEN, "glos_refused_total", "why=\"token\"", "") \
	X(MAIL_SENT, "glos_confirmation_mails_total", "outcome=\"sent\"", "Messages that ask for confirmation.") \
	X(MAIL_DEFERRED, "glos_confirmation_mails_total", "outcome=\"deferred\"", "") \
	X(MAIL_FAILED, "glos_confirmation_mails_total", "outcome=\"failed\"", "") \
	X(MAIL_WITHHELD, "glos_confirmation_mails_total", "outcome=\"withheld\"", "")
/* clang-format on */

enum counter {
#define COUNTER(name, metric, labels, help) COUNTER_##name,
	COUNTERS(COUNTER)
#undef COUNTER
		COUNTER_COUNT
};

struct counters {
	_Atomic int64_t value[COUNTER_COUNT];
	_Atomic bool store_failed, mail_failed; /* the last time they were used */
};

static inline void count(struct counters *c, enum counter which, int64_t by)
{
	atomic_fetch_add_explicit(&c->value[which], by, memory_order_relaxed);
}

/* Appends the text that Prometheus reads (exposition format 0.0.4). */
void counters_put(const struct counters *c, struct buf *out);

#endif
