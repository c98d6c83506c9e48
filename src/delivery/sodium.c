#include "delivery/sodium.h"

#include "base/diag.h"

bool sodium_open(struct sodium_calls *s, struct diags *d)
{
	static const char *const names[] = {
#define SODIUM_CALL(name) #name,
		SODIUM_CALLS(SODIUM_CALL)
#undef SODIUM_CALL
	};
	if (!late_open("libsodium.so.23", names, s, sizeof names / sizeof *names, d))
		return false;
	if (s->sodium_init() >= 0)
		return true;
	diag_report(d, DIAG_LIBRARY_MISSING, (struct place){ 0 }, "libsodium does not start");
	return false;
}
