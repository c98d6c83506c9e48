#include "delivery/curl.h"

bool curl_open(struct curl_calls *c, struct diags *d)
{
	static const char *const names[] = {
#define CURL_CALL(name) "curl_" #name,
		CURL_CALLS(CURL_CALL)
#undef CURL_CALL
	};
	return late_open("libcurl.so.4", names, c, sizeof names / sizeof *names, d);
}
