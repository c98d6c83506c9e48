/* libcurl, opened when a connection or an address is at hand. */
#ifndef DELIVERY_CURL_H
#define DELIVERY_CURL_H

#include "base/late.h"

#include <curl/curl.h>

#define CURL_CALLS(X)                                                                              \
	X(global_init)                                                                             \
	X(global_cleanup)                                                                          \
	X(multi_init)                                                                              \
	X(multi_setopt)                                                                            \
	X(multi_add_handle)                                                                        \
	X(multi_remove_handle)                                                                     \
	X(multi_socket_action)                                                                     \
	X(multi_info_read)                                                                         \
	X(multi_cleanup)                                                                           \
	X(easy_init)                                                                               \
	X(easy_perform)                                                                            \
	X(easy_setopt)                                                                             \
	X(easy_getinfo)                                                                            \
	X(easy_send)                                                                               \
	X(easy_recv)                                                                               \
	X(easy_strerror)                                                                           \
	X(easy_cleanup)                                                                            \
	X(url)                                                                                     \
	X(url_set)                                                                                 \
	X(url_get)                                                                                 \
	X(url_cleanup)                                                                             \
	X(free)                                                                                    \
	X(version_info)

/* curl->easy_init is curl_easy_init, and so on. */
struct curl_calls {
#define CURL_CALL(name) __typeof__(curl_##name) *name;
	CURL_CALLS(CURL_CALL)
#undef CURL_CALL
};

/* False when there is no libcurl (reported). */
bool curl_open(struct curl_calls *c, struct diags *d) __attribute__((warn_unused_result));

#endif
