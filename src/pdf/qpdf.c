#include "pdf/qpdf.h"

#include <stddef.h>

bool qpdf_load(struct qpdf *q, struct diags *d)
{
	static const char *const names[] = {
#define QPDF_CALL(name) "qpdf_" #name,
		QPDF_CALLS(QPDF_CALL)
#undef QPDF_CALL
	};
	q->data = NULL;
	return late_open("libqpdf.so.29", names, (char *)q + offsetof(struct qpdf, cleanup),
			 sizeof names / sizeof *names, d);
}
