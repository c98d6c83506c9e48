/* ledger ROOT ROWS [STORE]: freezes an issue over the roster of a store, ROOT's in SQLite unless
 * named, then claims and settles so many rows, 256 a turn. Prints seconds of the fan-out, and their
 * CPU, microseconds a row, and their CPU. An issue that is frozen stays so: with ROWS 0 before, the
 * rows can be measured alone. */
#include "base/arena.h"
#include "base/diag.h"
#include "delivery/store.h"

#include <sys/random.h>
#include <time.h>

enum { AT_ONCE = 256 };

static int64_t now(void *context)
{
	(void)context;
	return time(NULL);
}

static int64_t monotonic_ms(void *context)
{
	struct timespec t;
	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool random_bytes(void *context, void *ptr, size_t len)
{
	(void)context;
	return getrandom(ptr, len, 0) == (ssize_t)len;
}

static double seconds(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct hand {
	int64_t ids[AT_ONCE];
	size_t count;
};

static void take(void *context, const struct claim *c)
{
	struct hand *h = context;
	h->ids[h->count++] = c->id;
}

/* What a sender does with rows: the marks of the last ones, intents, new claims. */
static bool turn(struct store *s, int64_t issue, struct hand *h)
{
	struct mark marks[AT_ONCE];
	struct turn intents = { .intents = h->ids, .intent_count = h->count, .now = now(NULL) };
	for (size_t i = 0; i < h->count; i++)
		marks[i] = (struct mark){ .id = h->ids[i],
					  .state = DELIVERY_SENT,
					  .code = 250,
					  .words = STR("250 2.0.0 taken") };
	struct hand next = { .count = 0 };
	struct turn t = { .marks = marks,
			  .mark_count = h->count,
			  .issue = issue,
			  .want = AT_ONCE,
			  .now = now(NULL),
			  .claimed = take,
			  .context = &next };
	if (!s->ops->turn(s, &intents) || !s->ops->turn(s, &t))
		return false;
	*h = next;
	return true;
}

int main(int argc, char *argv[])
{
	static const struct message message = { .issue = STR_INIT("1"),
						.language = STR_INIT("pl"),
						.domain = STR_INIT("bench.example") };
	const struct message *const messages[] = { &message };
	if (argc != 3 && argc != 4)
		return 2;
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct world w = { .clock = now, .monotonic_ms = monotonic_ms, .random = random_bytes };
	struct publication p = { .root = str_from(argv[1]),
				 .store = str_from(argc == 4 ? argv[3] : "sqlite:var/glos.db") };
	struct store *s = store_open(&p, STORE_WRITE, &w, d);
	struct audience audience = { .messages = messages, .message_count = 1 };
	double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	if (!s || !s->ops->freeze(s, &audience))
		return 1;
	printf("%.2f %.2f", seconds(CLOCK_MONOTONIC) - wall,
	       seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
	struct hand hand = { .count = 0 };
	long rows = strtol(argv[2], NULL, 10), done = 0;
	wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	while (done < rows && turn(s, audience.issue, &hand) && hand.count)
		done += (long)hand.count;
	if (done < rows)
		return 1;
	if (rows)
		printf(" %.2f %.2f", (seconds(CLOCK_MONOTONIC) - wall) * 1e6 / (double)done,
		       (seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) * 1e6 / (double)done);
	puts("");
	store_close(s);
	arena_close(a);
	return 0;
}
