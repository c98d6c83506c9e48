#include "preview/http.h"

#include "base/arena.h"
#include "base/late.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	CONNECTIONS_AT_MOST = 200,
	IDLE_AT_MOST_S = 30,
	HEADERS_AT_MOST = 32 * 1024, /* bytes of a connection's own memory */
	BLOCK = 16 * 1024,
	PORTS_TRIED = 20,
};

#define HTTP_CALLS(X)                                                                              \
	X(start_daemon)                                                                            \
	X(stop_daemon)                                                                             \
	X(get_connection_values)                                                                   \
	X(create_response_from_buffer)                                                             \
	X(create_response_from_callback)                                                           \
	X(create_response_from_fd64)                                                               \
	X(add_response_header)                                                                     \
	X(queue_response)                                                                          \
	X(destroy_response)

/* calls.queue_response is MHD_queue_response, and so on. */
struct http_calls {
#define HTTP_CALL(name) __typeof__(MHD_##name) *name;
	HTTP_CALLS(HTTP_CALL)
#undef HTTP_CALL
};

struct http {
	struct arena *arena;
	struct http_calls calls;
	const struct showcase *showcase;
	struct MHD_Daemon *daemons[2]; /* 127.0.0.1, ::1; NULL: none */
};

/* ---- one request ---- */

static ssize_t read_events(void *context, uint64_t position, char *ptr, size_t max)
{
	(void)position;
	size_t n = listener_read(context, ptr, max);
	return n ? (ssize_t)n : MHD_CONTENT_READER_END_OF_STREAM;
}

static void close_events(void *context)
{
	listener_close(context);
}

static struct MHD_Response *make_response(const struct http *h, const struct answer *answer)
{
	const struct http_calls *call = &h->calls;
	struct MHD_Response *made;
	switch (answer->kind) {
	case ANSWER_FILE:
		made = call->create_response_from_fd64(answer->size, answer->file);
		if (!made)
			close(answer->file);
		return made;
	case ANSWER_EVENTS: {
		struct listener *l = listener_open(h->showcase->desk, answer->edition);
		made = call->create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_events, l,
							   close_events);
		if (!made)
			listener_close(l);
		return made;
	}
	case ANSWER_BYTES:
		break;
	}
	/* Only read: it is copied. */
	void *bytes = (void *)(uintptr_t)answer->bytes.ptr;
	return call->create_response_from_buffer(answer->bytes.len, bytes, MHD_RESPMEM_MUST_COPY);
}

static void add_headers(const struct http_calls *call, struct MHD_Response *response,
			const struct answer *answer)
{
	const struct {
		const char *name, *value;
	} headers[] = {
		{ "Content-Type", answer->type },
		{ "Content-Security-Policy", policy_text(answer->policy) },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cache-Control",
		  answer->lasting ? "private, max-age=86400, immutable" : "no-store" },
	};
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		call->add_response_header(response, headers[i].name, headers[i].value);
	if (answer->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		call->add_response_header(response, "Allow", "GET, HEAD");
}

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name,
				   const char *value)
{
	struct request *r = context;
	(void)kind;
	if (str_equal_nocase(str_from(name), STR("Host"))) {
		r->host = str_trim(str_from(value));
		r->hosts++;
	}
	return MHD_YES;
}

static enum MHD_Result answer_it(const struct http *h, struct MHD_Connection *connection,
				 const struct request *request)
{
	struct arena *a = arena_open();
	struct answer answer = answer_request(h->showcase, a, request);
	struct MHD_Response *response = make_response(h, &answer);
	enum MHD_Result queued = MHD_NO;
	if (response) {
		add_headers(&h->calls, response, &answer);
		queued = h->calls.queue_response(connection, answer.status, response);
		h->calls.destroy_response(response);
	}
	arena_close(a);
	return queued;
}

/* Called with the headers, then with pieces of a body, then at the end. An answer to the
 * headers closes the connection: that is for whom we would not listen to any longer. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
			      const char *method, const char *version, const char *upload,
			      size_t *upload_size, void **state)
{
	const struct http *h = context;
	struct request request = { .method = str_from(method), .path = str_from(url) };
	(void)version;
	(void)upload;
	if (*upload_size)
		return MHD_NO; /* nobody looks with a body */
	if (!*state && method_is_known(request.method)) {
		*state = context;
		return MHD_YES;
	}
	h->calls.get_connection_values(connection, MHD_HEADER_KIND, take_header, &request);
	return answer_it(h, connection, &request);
}

/* Paths are decoded by route.c, strictly and once. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

/* ---- listening ---- */

/* A socket on loopback; -1 with errno. port 0: any; *port becomes the one it is. */
static int listen_on(int family, uint16_t *port)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET,
				  .sin_port = htons(*port),
				  .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
				   .sin6_port = htons(*port),
				   .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	struct sockaddr *address = family == AF_INET ? (void *)&v4 : (void *)&v6;
	socklen_t size = family == AF_INET ? sizeof v4 : sizeof v6;
	int yes = 1, s = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s < 0)
		return -1;
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (family == AF_INET6)
		setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
	if (bind(s, address, size) != 0 || listen(s, SOMAXCONN) != 0 ||
	    getsockname(s, address, &size) != 0) {
		int error = errno;
		close(s);
		errno = error;
		return -1;
	}
	*port = ntohs(family == AF_INET ? v4.sin_port : v6.sin6_port);
	return s;
}

/* Both addresses on one port; sockets[1] is -1 on a machine without IPv6. */
static bool listen_on_both(uint16_t *port, int sockets[2])
{
	bool any = *port == 0;
	for (int tried = 0; tried < (any ? PORTS_TRIED : 1); tried++) {
		uint16_t wanted = *port;
		sockets[0] = listen_on(AF_INET, &wanted);
		if (sockets[0] < 0)
			return false;
		sockets[1] = listen_on(AF_INET6, &wanted);
		if (sockets[1] >= 0 || errno != EADDRINUSE) {
			*port = wanted;
			return true;
		}
		close(sockets[0]); /* somebody else's on ::1 would get half of our visitors */
		errno = EADDRINUSE;
	}
	return false;
}

static bool take_port(uint16_t port, bool may_differ, uint16_t *taken, int sockets[2],
		      struct diags *d)
{
	*taken = port;
	if (listen_on_both(taken, sockets))
		return true;
	*taken = 0;
	if (may_differ && errno == EADDRINUSE && listen_on_both(taken, sockets))
		return true;
	diag_report_hint(d, DIAG_PORT_TAKEN, (struct place){ 0 },
			 STR("name another with --port, or none: then a free one is taken"),
			 "port %u of 127.0.0.1: %s", (unsigned)port, strerror(errno));
	return false;
}

static struct MHD_Daemon *start(struct http *h, int socket)
{
	return h->calls.start_daemon(MHD_USE_INTERNAL_POLLING_THREAD |
					     MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL |
					     MHD_USE_ITC,
				     0, NULL, NULL, handle, h, MHD_OPTION_LISTEN_SOCKET, socket,
				     MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_AT_MOST,
				     MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_AT_MOST_S,
				     MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_AT_MOST,
				     MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
				     MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

struct http *http_open(struct showcase *s, uint16_t port, bool port_may_differ, struct diags *d)
{
	static const char *const names[] = {
#define HTTP_CALL(name) "MHD_" #name,
		HTTP_CALLS(HTTP_CALL)
#undef HTTP_CALL
	};
	struct arena *a = arena_open();
	struct http *h = NEW(a, struct http);
	int sockets[2] = { -1, -1 };
	h->arena = a;
	h->showcase = s;
	if (!late_open("libmicrohttpd.so.12", names, &h->calls, sizeof names / sizeof *names, d) ||
	    !take_port(port, port_may_differ, &s->port, sockets, d)) {
		http_close(h);
		return NULL;
	}
	bool started = true;
	for (size_t i = 0; i < 2; i++) {
		if (sockets[i] < 0)
			continue;
		h->daemons[i] = start(h, sockets[i]);
		if (!h->daemons[i])
			close(sockets[i]);
		started &= h->daemons[i] != NULL;
	}
	if (started)
		return h;
	diag_report(d, DIAG_PORT_TAKEN, (struct place){ 0 }, "port %u: %s", (unsigned)s->port,
		    strerror(errno));
	http_close(h);
	return NULL;
}

void http_close(struct http *h)
{
	for (size_t i = 0; i < 2; i++)
		if (h->daemons[i])
			h->calls.stop_daemon(h->daemons[i]);
	arena_close(h->arena);
}
