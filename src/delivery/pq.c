#include "delivery/pq.h"

bool pq_open(struct pq_calls *pq, struct diags *d)
{
	static const char *const names[] = {
#define PQ_CALL(name) "PQ" #name,
		PQ_CALLS(PQ_CALL)
#undef PQ_CALL
	};
	return late_open("libpq.so.5", names, pq, sizeof names / sizeof *names, d);
}
