#include "base/late.h"

#include "base/diag.h"

#include <dlfcn.h>
#include <string.h>

bool late_open(const char *library, const char *const *names, void *calls, size_t count,
	       struct diags *d)
{
	void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
	for (size_t i = 0; i < count; i++) {
		void *found = handle ? dlsym(handle, names[i]) : NULL;
		if (!found) {
			diag_report(d, DIAG_LIBRARY_MISSING, (struct place){ 0 }, "%s", dlerror());
			return false;
		}
		/* C has no conversion from an object's address to a function's; POSIX has. */
		memcpy((char *)calls + i * sizeof found, &found, sizeof found);
	}
	return true;
}
