#include "delivery/idn.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/late.h"

#include <idn2.h>

#define IDN_CALLS(X)                                                                               \
	X(to_ascii_8z)                                                                             \
	X(free)

struct idn_calls {
#define IDN_CALL(name) __typeof__(idn2_##name) *name;
	IDN_CALLS(IDN_CALL)
#undef IDN_CALL
};

static bool idn_open(struct arena *a, struct idn_calls *idn)
{
	static const char *const names[] = {
#define IDN_CALL(name) "idn2_" #name,
		IDN_CALLS(IDN_CALL)
#undef IDN_CALL
	};
	return late_open("libidn2.so.0", names, idn, sizeof names / sizeof *names, diags_new(a));
}

bool idn_to_ascii(struct arena *a, struct str domain, struct str *ascii, const char **problem)
{
	struct idn_calls idn;
	*problem = "libidn2 is missing, which such domains need";
	if (!idn_open(a, &idn))
		return false;
	*problem = "no such domain can exist";
	char *out = NULL;
	bool ok = idn.to_ascii_8z(str_c(a, domain), &out, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) ==
		  IDN2_OK;
	if (ok)
		*ascii = str_copy(a, str_from(out));
	idn.free(out);
	return ok;
}
