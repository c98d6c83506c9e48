/* A few threads with epoll each, so that a thousand idle connections cost memory alone. A
 * request, headers and body, has REQUEST_AT_MOST_S to arrive, however steadily it drips:
 * libmicrohttpd knows only how long a connection was silent, so we keep a list of our own
 * and shut those that are late. */
#include "serve/gate.h"

#include "base/arena.h"
#include "base/monotonic.h"
#include "base/diag.h"
#include "base/late.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	CONNECTIONS_AT_MOST = 4000,
	DESCRIPTORS_OF_OURS = 128, /* store, SMTP, pipes */
	IDLE_AT_MOST_S = 15,
	REQUEST_AT_MOST_S = 30,
	END_AT_MOST_MS = 10000,
	HEADERS_AT_MOST = 16 * 1024, /* bytes of a connection's own memory */
	METRICS_BYTES = 64 * 1024,
};

#define GATE_CALLS(X)                                                                              \
	X(start_daemon)                                                                            \
	X(stop_daemon)                                                                             \
	X(quiesce_daemon)                                                                          \
	X(get_connection_values)                                                                   \
	X(get_connection_info)                                                                     \
	X(create_response_from_buffer)                                                             \
	X(add_response_header)                                                                     \
	X(queue_response)                                                                          \
	X(destroy_response)

/* calls.queue_response is MHD_queue_response, and so on. */
struct gate_calls {
#define GATE_CALL(name) __typeof__(MHD_##name) *name;
	GATE_CALLS(GATE_CALL)
#undef GATE_CALL
};

/* An open connection, in the list of those that may be late. All have the same time from
 * when they were last moved to its end: who is late stands at its beginning. */
struct link {
	struct link *next, *previous;
	int socket;
	int64_t late_at_ms;
};

struct gate {
	struct arena *arena;
	struct gate_calls calls;
	struct site *site;
	struct stores *stores;
	bool metrics;
	struct MHD_Daemon *daemon;
	/* Plain pages with their headers: counted by the library, shared by all threads. */
	struct MHD_Response *plain[PLAIN_COUNT][TONGUE_COUNT];
	_Atomic int under_way;
	_Atomic bool ending;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t changed; /* ending, or while it ends, under_way */
	struct link *first, *last;
	pthread_t janitor;
	bool has_janitor;
};

/* A request while its body arrives. */
struct intake {
	struct arena *arena;
	struct visit visit;
	struct str forwarded;
	struct buf body;
	bool has_body, too_large;
	int64_t length; /* Content-Length */
};

static int64_t now_ms(const struct gate *h)
{
	return h->site->world->monotonic_ms(h->site->world->context);
}

/* ---- answering ---- */

static void add_headers(const struct gate *h, struct MHD_Response *response, const struct answer *a)
{
	const struct {
		const char *name, *value;
	} headers[] = {
		{ "Content-Type", a->type },
		{ "Content-Security-Policy", h->site->look->policy.ptr },
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Permissions-Policy", "interest-cohort=()" },
		{ "X-Robots-Tag", "noindex" },
		{ "Cache-Control", "no-store" },
		{ "Allow", a->allow },
		{ "Retry-After", a->later ? "300" : NULL },
		{ "Content-Disposition",
		  a->download ? "attachment; filename=\"glos-data.json\"" : NULL },
		{ "Connection", h->ending ? "close" : NULL },
	};
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		if (headers[i].value)
			h->calls.add_response_header(response, headers[i].name, headers[i].value);
}

/* The body lives longer than the response: in the arena of the request, or in the site's. */
static struct MHD_Response *make_response(const struct gate *h, const struct answer *a)
{
	void *bytes = (void *)(uintptr_t)a->body.ptr; /* only read */
	struct MHD_Response *response =
		h->calls.create_response_from_buffer(a->body.len, bytes, MHD_RESPMEM_PERSISTENT);
	if (response)
		add_headers(h, response, a);
	return response;
}

static bool make_plain_responses(struct gate *h)
{
	bool made = true;
	for (int i = 0; i < PLAIN_COUNT * TONGUE_COUNT; i++) {
		enum plain page = (enum plain)(i / TONGUE_COUNT);
		enum tongue t = (enum tongue)(i % TONGUE_COUNT);
		const struct answer a = plain_of(h->site->look, page, t);
		h->plain[page][t] = make_response(h, &a);
		made = made && h->plain[page][t];
	}
	return made;
}

static void free_plain_responses(struct gate *h)
{
	for (int i = 0; i < PLAIN_COUNT * TONGUE_COUNT; i++)
		if (h->plain[i / TONGUE_COUNT][i % TONGUE_COUNT])
			h->calls.destroy_response(h->plain[i / TONGUE_COUNT][i % TONGUE_COUNT]);
}

static enum MHD_Result queue(struct gate *h, struct MHD_Connection *connection,
			     const struct answer *a)
{
	/* Towards the end another header comes with them. */
	bool shared = a->is_plain && !h->metrics && !h->ending;
	struct MHD_Response *response =
		shared ? h->plain[a->plain][a->tongue] : make_response(h, a);
	if (!response)
		return MHD_NO;
	enum MHD_Result queued = h->calls.queue_response(connection, a->status, response);
	if (!shared)
		h->calls.destroy_response(response);
	if (!h->metrics)
		count(h->site->counters,
		      a->status >= 500   ? COUNTER_ANSWER_5XX
		      : a->status >= 400 ? COUNTER_ANSWER_4XX
					 : COUNTER_ANSWER_2XX,
		      1);
	return queued;
}

static struct answer answer_with_store(struct gate *h, struct arena *a, const struct visit *v)
{
	struct store *store = stores_take(h->stores);
	if (!store)
		return answer_plain(h->site, v, 503, PLAIN_FAILED);
	struct answer answer = answer_visit(h->site, store, a, v);
	stores_give_back(h->stores, store);
	return answer;
}

static struct answer answer_metrics(struct gate *h, struct arena *a, const struct visit *v)
{
	struct answer answer = { .status = 200,
				 .type = "text/plain; version=0.0.4; charset=utf-8" };
	struct subscriber nobody;
	if (str_equal(v->path, STR("/metrics"))) {
		struct buf out;
		buf_init(&out, METRICS_BYTES);
		counters_put(h->site->counters, &out);
		answer.body = str_copy(a, buf_str(&out));
		buf_release(&out);
	} else if (str_equal(v->path, STR("/healthz"))) {
		struct store *store = stores_take(h->stores);
		bool well = store && roster_by_token(store, a, STR("aaaaaaaaaaaaaaaaaaaaaaaaaa"),
						     &nobody) != ROSTER_FAILED;
		stores_give_back(h->stores, store);
		answer.status = well ? 200 : 503;
		answer.body = well ? STR("ok\n") : STR("the database does not answer\n");
	} else {
		answer.status = 404;
		answer.body = STR("/metrics, /healthz\n");
	}
	return answer;
}

/* ---- one request ---- */

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name,
				   const char *value)
{
	struct intake *i = context;
	struct visit *v = &i->visit;
	struct str n = str_from(name), text = str_trim(str_from(value));
	const struct {
		struct str name;
		struct str *to;
	} known[] = {
		{ STR("Content-Type"), &v->type }, { STR("Accept-Language"), &v->languages },
		{ STR("Origin"), &v->origin },     { STR("Sec-Fetch-Site"), &v->fetch_site },
		{ STR("Host"), &v->host },
	};
	(void)kind;
	v->hosts += str_equal_nocase(n, STR("Host"));
	for (size_t k = 0; k < sizeof known / sizeof *known; k++)
		if (str_equal_nocase(n, known[k].name))
			*known[k].to = str_copy(i->arena, text);
	/* Several lines of one header are one list (RFC 9110, 5.3). */
	if (str_equal_nocase(n, STR("X-Forwarded-For")))
		i->forwarded = str_format(i->arena, "%.*s%s%.*s", STR_ARG(i->forwarded),
					  i->forwarded.len ? "," : "", STR_ARG(text));
	if (str_equal_nocase(n, STR("Content-Length")) && !str_to_int(text, &i->length))
		i->length = INT64_MAX;
	i->has_body |= i->length > 0 || str_equal_nocase(n, STR("Transfer-Encoding"));
	return MHD_YES;
}

static enum MHD_Result take_argument(void *context, enum MHD_ValueKind kind, const char *name,
				     const char *value)
{
	struct intake *i = context;
	(void)kind;
	if (i->visit.query.len < PATH_MOST)
		i->visit.query =
			str_format(i->arena, "%.*s%s%s=%s", STR_ARG(i->visit.query),
				   i->visit.query.len ? "&" : "", name, value ? value : "");
	return MHD_YES;
}

static struct intake *intake_open(struct gate *h, struct MHD_Connection *connection,
				  const char *url, const char *method)
{
	struct arena *a = arena_open();
	struct intake *i = NEW(a, struct intake);
	i->arena = a;
	i->visit.method = str_copy(a, str_from(method));
	i->visit.path = str_copy(a, str_sub(str_from(url), 0, PATH_MOST + 1));
	buf_init(&i->body, BODY_MOST);
	h->calls.get_connection_values(connection, MHD_HEADER_KIND, take_header, i);
	h->calls.get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_argument, i);
	const union MHD_ConnectionInfo *info =
		h->calls.get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	i->visit.client = client_behind(client_of(info ? info->client_addr : NULL), i->forwarded,
					h->site->proxies, h->site->proxy_count);
	return i;
}

static struct answer too_large(const struct gate *h, const struct intake *i)
{
	return answer_plain(h->site, &i->visit, 413, PLAIN_REFUSED);
}

/* What the headers alone are refused for; status 0: nothing. */
static struct answer answer_headers(const struct gate *h, const struct intake *i)
{
	struct answer answer = { 0 };
	if (!h->metrics)
		answer = answer_early(h->site, &i->visit);
	return !answer.status && i->length > BODY_MOST ? too_large(h, i) : answer;
}

/* Called with the headers, then with pieces of a body, then at the end. An answer before
 * the body closes the connection: whoever sends one that is not wanted is not listened to
 * any longer. Without a body the connection stays, as another is dearer than an answer. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
			      const char *method, const char *version, const char *upload,
			      size_t *upload_size, void **state)
{
	struct gate *h = context;
	struct intake *i = *state;
	struct answer answer = { 0 };
	(void)version;
	if (!i) {
		*state = i = intake_open(h, connection, url, method);
		h->under_way++;
		if (i->has_body)
			answer = answer_headers(h, i);
		return answer.status ? queue(h, connection, &answer) : MHD_YES;
	}
	if (*upload_size) {
		i->too_large |= i->body.len + *upload_size > BODY_MOST;
		if (!i->too_large)
			buf_put_bytes(&i->body, upload, *upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	i->visit.body = buf_str(&i->body);
	if (!i->has_body)
		answer = answer_headers(h, i);
	else if (i->too_large)
		answer = too_large(h, i);
	if (!answer.status)
		answer = h->metrics ? answer_metrics(h, i->arena, &i->visit)
				    : answer_with_store(h, i->arena, &i->visit);
	return queue(h, connection, &answer);
}

/* ---- connections ---- */

/* Out of the list, and with late_at_ms at its end again; under the lock. */
static void unlink_it(struct gate *h, struct link *l)
{
	*(l->previous ? &l->previous->next : &h->first) = l->next;
	*(l->next ? &l->next->previous : &h->last) = l->previous;
}

static void link_last(struct gate *h, struct link *l)
{
	l->late_at_ms = now_ms(h) + REQUEST_AT_MOST_S * 1000;
	l->next = NULL;
	l->previous = h->last;
	*(h->last ? &h->last->next : &h->first) = l;
	h->last = l;
}

static void completed(void *context, struct MHD_Connection *connection, void **state,
		      enum MHD_RequestTerminationCode why)
{
	struct gate *h = context;
	struct intake *i = *state;
	(void)why;
	if (!i)
		return;
	buf_release(&i->body);
	arena_close(i->arena);
	*state = NULL;
	const union MHD_ConnectionInfo *info =
		h->calls.get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	pthread_mutex_lock(&h->lock);
	if (info && info->socket_context) {
		unlink_it(h, info->socket_context);
		link_last(h, info->socket_context);
	}
	h->under_way--;
	if (h->ending)
		pthread_cond_broadcast(&h->changed);
	pthread_mutex_unlock(&h->lock);
}

/* Paths are compared as they are sent: tokens need no escapes. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

static void connected(void *context, struct MHD_Connection *connection, void **socket_context,
		      enum MHD_ConnectionNotificationCode what)
{
	struct gate *h = context;
	pthread_mutex_lock(&h->lock);
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info =
			h->calls.get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		struct link *l = heap_resize(NULL, sizeof *l);
		*l = (struct link){ .socket = info ? info->connect_fd : -1 };
		link_last(h, l);
		*socket_context = l;
	} else if (*socket_context) {
		unlink_it(h, *socket_context);
		heap_free(*socket_context);
		*socket_context = NULL;
	}
	pthread_mutex_unlock(&h->lock);
}

/* Looks every second for those that are late. A socket in the list is not closed yet: its
 * connection leaves the list first. One that was shut goes to the end, lest it is again. */
static void *sweep(void *context)
{
	struct gate *h = context;
	pthread_mutex_lock(&h->lock);
	while (!h->ending) {
		const struct timespec until = monotonic_in(1);
		pthread_cond_timedwait(&h->changed, &h->lock, &until);
		int64_t now = now_ms(h);
		while (h->first && h->first->late_at_ms < now) {
			struct link *late = h->first;
			shutdown(late->socket, SHUT_RDWR);
			unlink_it(h, late);
			link_last(h, late);
		}
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

/* ---- listening ---- */

/* -1 with errno. *port becomes the one it is. */
static int listen_on(struct client address, uint16_t *port)
{
	static const unsigned char mapped[12] = { [10] = 0xFF, [11] = 0xFF };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(*port) };
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(*port) };
	bool is_v4 = memcmp(address.byte, mapped, sizeof mapped) == 0;
	memcpy(&v6.sin6_addr, address.byte, 16);
	memcpy(&v4.sin_addr, address.byte + 12, 4);
	struct sockaddr *a = is_v4 ? (void *)&v4 : (void *)&v6;
	socklen_t size = is_v4 ? sizeof v4 : sizeof v6;
	int yes = 1, no = 0, s = socket(a->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s < 0)
		return -1;
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (!is_v4) /* "::" answers for IPv4, too */
		setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
	if (bind(s, a, size) != 0 || listen(s, SOMAXCONN) != 0 || getsockname(s, a, &size) != 0) {
		int error = errno;
		close(s);
		errno = error;
		return -1;
	}
	*port = ntohs(is_v4 ? v4.sin_port : v6.sin6_port);
	return s;
}

/* As many connections as the system gives us descriptors for. */
static unsigned connections_at_most(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return CONNECTIONS_AT_MOST / 8;
	rlim_t wanted = CONNECTIONS_AT_MOST + DESCRIPTORS_OF_OURS;
	if (limit.rlim_cur < wanted) {
		limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
		setrlimit(RLIMIT_NOFILE, &limit);
		getrlimit(RLIMIT_NOFILE, &limit);
	}
	return limit.rlim_cur >= wanted ? CONNECTIONS_AT_MOST
					: (unsigned)(limit.rlim_cur > 2 * DESCRIPTORS_OF_OURS
							     ? limit.rlim_cur - DESCRIPTORS_OF_OURS
							     : DESCRIPTORS_OF_OURS);
}

static struct MHD_Daemon *start(struct gate *h, int socket)
{
	return h->calls.start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL,
				     handle, h, MHD_OPTION_LISTEN_SOCKET, socket,
				     MHD_OPTION_CONNECTION_LIMIT,
				     h->metrics ? 16U : connections_at_most(),
				     MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_AT_MOST_S,
				     MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_AT_MOST,
				     MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
				     MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED,
				     completed, h, MHD_OPTION_NOTIFY_CONNECTION, connected, h,
				     MHD_OPTION_THREAD_POOL_SIZE,
				     h->metrics ? 0U : (unsigned)ANSWERING_THREADS, MHD_OPTION_END);
}

static struct gate *open_either(struct site *site, struct stores *stores, struct client address,
				uint16_t *port, bool metrics, struct diags *d)
{
	static const char *const names[] = {
#define GATE_CALL(name) "MHD_" #name,
		GATE_CALLS(GATE_CALL)
#undef GATE_CALL
	};
	struct arena *a = arena_open();
	struct gate *h = NEW(a, struct gate);
	h->arena = a;
	h->site = site;
	h->stores = stores;
	h->metrics = metrics;
	pthread_mutex_init(&h->lock, NULL);
	monotonic_cond_init(&h->changed);
	int socket = -1;
	if (!late_open("libmicrohttpd.so.12", names, &h->calls, sizeof names / sizeof *names, d)) {
		gate_close(h);
		return NULL;
	}
	if (!metrics && !make_plain_responses(h))
		out_of_memory();
	socket = listen_on(address, port);
	if (socket >= 0)
		h->daemon = start(h, socket);
	if (!h->daemon) {
		diag_report_hint(d, DIAG_PORT_TAKEN, (struct place){ 0 },
				 STR("name another with --listen or --metrics"), "port %u: %s",
				 (unsigned)*port, strerror(errno));
		if (socket >= 0)
			close(socket);
		gate_close(h);
		return NULL;
	}
	h->has_janitor = pthread_create(&h->janitor, NULL, sweep, h) == 0;
	return h;
}

struct gate *gate_open(struct site *site, struct stores *stores, struct client address,
		       uint16_t port, struct diags *d)
{
	site->port = port;
	return open_either(site, stores, address, &site->port, false, d);
}

struct gate *gate_open_metrics(struct site *site, struct stores *stores, struct client address,
			       uint16_t *port, struct diags *d)
{
	return open_either(site, stores, address, port, true, d);
}

int gate_under_way(const struct gate *h)
{
	return h->under_way;
}

static void wait_for_requests(struct gate *h)
{
	int64_t until_ms = now_ms(h) + END_AT_MOST_MS;
	while (h->under_way > 0 && now_ms(h) < until_ms) {
		const struct timespec until = monotonic_in(1);
		pthread_cond_timedwait(&h->changed, &h->lock, &until);
	}
}

void gate_close(struct gate *h)
{
	if (!h)
		return;
	if (h->daemon) {
		int socket = h->calls.quiesce_daemon(h->daemon);
		if (socket >= 0)
			close(socket);
	}
	pthread_mutex_lock(&h->lock);
	h->ending = true;
	pthread_cond_broadcast(&h->changed);
	wait_for_requests(h);
	pthread_mutex_unlock(&h->lock);
	if (h->daemon)
		h->calls.stop_daemon(h->daemon);
	free_plain_responses(h);
	if (h->has_janitor)
		pthread_join(h->janitor, NULL);
	pthread_cond_destroy(&h->changed);
	pthread_mutex_destroy(&h->lock);
	arena_close(h->arena);
}
