/* dialogue PORT SESSIONS MESSAGES BYTES [HOST]: our SMTP dialogue alone, without ledger, message or
 * signature: what the whole dispatcher is measured against. Prints messages a second and
 * microseconds of its own CPU a message. */
#include "base/arena.h"
#include "base/diag.h"
#include "delivery/smtp.h"

#include <sys/resource.h>

struct bench {
	struct smtp smtp;
	struct envelope envelope;
	long left, done, failed;
};

static int64_t monotonic_ms(void *context)
{
	(void)context;
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void opened(void *context, struct session *s)
{
	(void)context, (void)s;
}

static void not_opened(void *context, struct session *s, enum connect_failure why,
		       const char *words)
{
	struct bench *b = context;
	(void)s, (void)why;
	fprintf(stderr, "dialogue: %s\n", words);
	b->failed++;
}

static void settled(void *context, struct session *s, enum verdict v, enum phase at,
		    const struct reply *reply, const char *words)
{
	struct bench *b = context;
	(void)s, (void)at, (void)reply;
	b->done++;
	if (v != VERDICT_SENT) {
		fprintf(stderr, "dialogue: %s\n", words);
		b->failed++;
	}
}

static void closed(void *context, struct session *s, const char *words)
{
	not_opened(context, s, CONNECT_UNREACHABLE, words);
}

static void run(struct bench *b, long messages)
{
	b->left = messages;
	for (int i = 0; i < b->smtp.session_count; i++)
		session_open(&b->smtp.sessions[i]);
	while (b->done < messages && !b->failed) {
		for (int i = 0; i < b->smtp.session_count; i++) {
			struct session *s = &b->smtp.sessions[i];
			if (s->state == SESSION_HELD)
				b->left -=
					session_release(s, b->left > 0 ? &b->envelope : NULL, NULL);
			if (s->state == SESSION_IDLE && b->left > 0) {
				b->left--;
				session_start(s, &b->envelope);
			}
		}
		smtp_run(&b->smtp, 1000);
	}
}

int main(int argc, char *argv[])
{
	static const struct smtp_events events = { opened, not_opened, settled, closed };
	if (argc != 5 && argc != 6)
		return 2;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct world w = { .monotonic_ms = monotonic_ms };
	long sessions = strtol(argv[2], NULL, 10), messages = strtol(argv[3], NULL, 10);
	struct smtp_params p = { .url = str_format(a, "smtp://%s:%s/bench.example",
						   argc > 5 ? argv[5] : "127.0.0.1", argv[1])
						.ptr,
				 .tls = TLS_NEVER,
				 .loopback = true,
				 .limits = { .connect = 30000 } };
	for (int i = 0; i < PHASE_COUNT; i++)
		p.limits.reply[i] = 60000;
	struct buf text;
	buf_init(&text, 1 << 24);
	while ((long)text.len < strtol(argv[4], NULL, 10))
		buf_format(&text, "%072d\r\n", (int)text.len);
	const struct str content = buf_str(&text);
	struct bench b = { .envelope = { .sender = STR("bench@bench.example"),
					 .recipient = STR("somebody@bench.example"),
					 .id = STR("bench"),
					 .content = text_of(&content, 1) } };
	if (!smtp_open(&b.smtp, a, &p, (int)sessions, &events, &b, &w, d))
		return 1;
	int64_t begun = monotonic_ms(NULL);
	run(&b, messages);
	int64_t ms = monotonic_ms(NULL) - begun;
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	int64_t cpu_us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 +
			 used.ru_utime.tv_usec + used.ru_stime.tv_usec;
	smtp_close(&b.smtp);
	printf("%lld %lld\n", (long long)(messages * 1000 / (ms ? ms : 1)),
	       (long long)(cpu_us / messages));
	buf_release(&text);
	arena_close(a);
	return b.failed ? 1 : 0;
}
