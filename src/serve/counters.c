#include "serve/counters.h"

#include <string.h>

void counters_put(const struct counters *c, struct buf *out)
{
	static const struct {
		const char *metric, *labels, *help;
	} table[] = {
#define COUNTER(name, metric, labels, help) { metric, labels, help },
		COUNTERS(COUNTER)
#undef COUNTER
	};
	for (int i = 0; i < COUNTER_COUNT; i++) {
		if (i == 0 || strcmp(table[i].metric, table[i - 1].metric) != 0)
			buf_format(out, "# HELP %s %s\n# TYPE %s counter\n", table[i].metric,
				   table[i].help, table[i].metric);
		buf_format(out, "%s{%s} %lld\n", table[i].metric, table[i].labels,
			   (long long)atomic_load(&c->value[i]));
	}
	buf_format(out,
		   "# HELP glos_up Whether the database and the mail server worked the last time "
		   "they were used.\n# TYPE glos_up gauge\nglos_up{what=\"store\"} %d\n"
		   "glos_up{what=\"mail\"} %d\n",
		   !atomic_load(&c->store_failed), !atomic_load(&c->mail_failed));
}
