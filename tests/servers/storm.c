/* storm: hostile requests, many at once, for glos serve.
 *
 *   storm PORT CONNECTIONS SECONDS [--idle N]
 *
 * CONNECTIONS are kept open and asked again and again: long paths, bad tokens, wrong
 * escapes, wrong hosts and methods, bodies that are no form, forged addresses; what makes the
 * server close one makes us open another. --idle N more are opened, send the beginning of a
 * request, a byte every now and then, and wait. Prints one JSON object: requests answered, by
 * class of status, how many a second, and the idle ones that the server got rid of. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, REQUEST = 32 * 1024 };

struct client {
	int fd;
	bool idle;
	size_t sent, length; /* of the request */
	size_t got;
	long content; /* bytes of the body still to come; -1: headers are not whole */
	char request[REQUEST];
	char answer[BUFFER];
};

static uint64_t state = 88172645463325252U;
static unsigned long answered, by_class[6], broken, idle_closed;

static unsigned random_below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state % n);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void random_token(char *out)
{
	for (int i = 0; i < 26; i++)
		out[i] = "abcdefghijklmnopqrstuvwxyz234567"[random_below(32)];
	out[26] = '\0';
}

static void make_request(struct client *c)
{
	static const char *const paths[] = {
		"/s",
		"/",
		"/%00",
		"/u/%2e%2e%2f%2e%2e",
		"/s?lang=%zz",
		"/u/",
		"/p//erase",
		"/..%c0%af..",
		"/c/'%20OR%201=1--",
		"/s/../s",
		"/p/%E0%80%80/data.json",
		"/s?lang=<script>",
	};
	static const char *const methods[] = {
		"GET", "POST", "HEAD", "PUT", "DELETE", "TRACE", "X"
	};
	static const char *const hosts[] = { "proba.example.org",
					     "proba.example.org",
					     "proba.example.org",
					     "evil.example",
					     "",
					     "a b" };
	static const char *const bodies[] = {
		"List-Unsubscribe=One-Click",
		"email=%",
		"email=%00&form=1",
		"form=ffffffffffff-0000000000000000000000000000000000000000&email=a%40example.org",
		"&&&&====&&&",
		"email=%ff%fe",
		"do=save&name=%c3%28",
	};
	char path[REQUEST / 2], token[27];
	unsigned kind = random_below(8);
	random_token(token);
	if (kind == 0) {
		unsigned n = 100 + random_below(REQUEST / 2 - 200);
		path[0] = '/';
		memset(path + 1, 'a', n);
		path[n + 1] = '\0';
	} else if (kind < 6) {
		snprintf(path, sizeof path, "/%c/%s%s", "ucp"[random_below(3)], token,
			 random_below(4)   ? ""
			 : random_below(2) ? "/erase"
					   : "/data.json");
	} else {
		snprintf(path, sizeof path, "%s",
			 paths[random_below(sizeof paths / sizeof *paths)]);
	}
	const char *body = bodies[random_below(sizeof bodies / sizeof *bodies)];
	const char *method = random_below(3) ? methods[random_below(2)] : methods[random_below(7)];
	bool posts = strcmp(method, "POST") == 0;
	c->length = (size_t)
		snprintf(c->request, sizeof c->request,
			 "%s %s HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: %u.%u.%u.1, junk\r\n"
			 "Accept-Language: %s\r\nCookie: a=b\r\n",
			 method, path, hosts[random_below(6)], random_below(256), random_below(256),
			 random_below(256), random_below(2) ? "nb;q=0.x,,;;,uk" : "*");
	if (posts)
		c->length += (size_t)snprintf(c->request + c->length, sizeof c->request - c->length,
					      "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
					      random_below(5) ? "application/x-www-form-urlencoded"
							      : "multipart/form-data; boundary=",
					      strlen(body), body);
	else
		c->length += (size_t)snprintf(c->request + c->length, sizeof c->request - c->length,
					      "\r\n");
	c->sent = c->got = 0;
	c->content = -1;
}

static void open_client(struct client *c, int epoll, uint16_t port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
	int yes = 1;
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (c->fd < 0) {
		perror("socket");
		exit(1);
	}
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	if (connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS) {
		perror("connect");
		exit(1);
	}
	make_request(c);
	struct epoll_event e = { .events = EPOLLIN | EPOLLOUT, .data.ptr = c };
	epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e);
}

static void again(struct client *c, int epoll, uint16_t port)
{
	close(c->fd);
	open_client(c, epoll, port);
}

/* Whether a whole answer is there. */
static bool is_whole(struct client *c)
{
	c->answer[c->got] = '\0';
	char *end = strstr(c->answer, "\r\n\r\n");
	if (!end)
		return false;
	const char *length = strstr(c->answer, "\r\nContent-Length:");
	long body = length && length < end ? strtol(length + 17, NULL, 10) : 0;
	if (strncmp(c->request, "HEAD ", 5) == 0)
		body = 0;
	return c->got >= (size_t)(end + 4 - c->answer) + (size_t)body;
}

static void take_answer(struct client *c, int epoll, uint16_t port)
{
	unsigned status = (unsigned)strtol(c->answer + 9, NULL, 10);
	answered++;
	by_class[status / 100 < 6 ? status / 100 : 0]++;
	if (strstr(c->answer, "\r\nConnection: close")) {
		again(c, epoll, port);
		return;
	}
	make_request(c);
	struct epoll_event e = { .events = EPOLLIN | EPOLLOUT, .data.ptr = c };
	epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &e);
}

static void on_event(struct client *c, unsigned events, int epoll, uint16_t port)
{
	if (events & EPOLLOUT && c->sent < c->length) {
		size_t most = c->idle ? (c->sent ? 0 : 20) : c->length - c->sent;
		ssize_t n = most ? send(c->fd, c->request + c->sent, most, MSG_NOSIGNAL) : 0;
		c->sent += n > 0 ? (size_t)n : 0;
		if (c->sent == c->length || c->idle) {
			struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
			epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &e);
		}
	}
	if (!(events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
		return;
	ssize_t n = recv(c->fd, c->answer + c->got, BUFFER - 1 - c->got, 0);
	if (n < 0 && errno == EAGAIN)
		return;
	if (n <= 0) {
		broken += c->got > 0;
		idle_closed += c->idle;
		again(c, epoll, port);
		return;
	}
	c->got += (size_t)n;
	if (!c->idle && is_whole(c))
		take_answer(c, epoll, port);
}

int main(int argc, char *argv[])
{
	if (argc < 4)
		return 2;
	uint16_t port = (uint16_t)strtol(argv[1], NULL, 10);
	int connections = (int)strtol(argv[2], NULL, 10);
	int idle = argc > 5 ? (int)strtol(argv[5], NULL, 10) : 0;
	double begun = now(), end = begun + strtod(argv[3], NULL), drip = begun + 1;
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	struct client *clients = calloc((size_t)(connections + idle), sizeof *clients);
	for (int i = 0; i < connections + idle; i++) {
		clients[i].idle = i >= connections;
		open_client(&clients[i], epoll, port);
	}
	while (now() < end) {
		struct epoll_event events[256];
		int n = epoll_wait(epoll, events, 256, 100);
		for (int i = 0; i < n; i++)
			on_event(events[i].data.ptr, events[i].events, epoll, port);
		if (now() < drip)
			continue;
		drip = now() + 1;
		for (int i = connections; i < connections + idle; i++)
			if (clients[i].sent && send(clients[i].fd, "a", 1, MSG_NOSIGNAL) < 0)
				continue;
	}
	double took = now() - begun;
	printf("{\"answered\":%lu,\"2xx\":%lu,\"4xx\":%lu,\"5xx\":%lu,\"broken\":%lu,"
	       "\"per_second\":%.0f,\"idle_closed\":%lu}\n",
	       answered, by_class[2], by_class[4], by_class[5], broken, (double)answered / took,
	       idle_closed);
	free(clients);
	return 0;
}
