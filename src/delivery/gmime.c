#include "delivery/gmime.h"

bool gmime_open(struct gmime_calls *g, struct diags *d)
{
	static const char *const names[] = {
#define GMIME_CALL(name) #name,
		GMIME_CALLS(GMIME_CALL)
#undef GMIME_CALL
	};
	if (!late_open("libgmime-3.0.so.0", names, g, sizeof names / sizeof *names, d))
		return false;
	g->g_mime_init();
	return true;
}
