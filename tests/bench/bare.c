/* bare: the least that libmicrohttpd can do, for tests/bench/serving.py to measure glos serve
 * by: the same threads, limits and kind of answer, one page for everything.
 *
 *   bare BYTES
 *
 * Prints its port, answers each request with BYTES bytes and status 404, and ends when its
 * standard input does. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { THREADS = 4 };

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
			      const char *method, const char *version, const char *upload,
			      size_t *upload_size, void **state)
{
	struct MHD_Response *response = context;
	(void)url, (void)method, (void)version, (void)upload;
	if (!*state) {
		*state = context;
		return MHD_YES;
	}
	if (*upload_size) {
		*upload_size = 0;
		return MHD_YES;
	}
	return MHD_queue_response(connection, 404, response);
}

int main(int argc, char *argv[])
{
	size_t bytes = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 1;
	char *page = malloc(bytes + 1);
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof at;
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (!page || s < 0 || bind(s, (struct sockaddr *)&at, size) != 0 ||
	    listen(s, SOMAXCONN) != 0 || getsockname(s, (struct sockaddr *)&at, &size) != 0)
		return 1;
	memset(page, 'a', bytes);
	struct MHD_Response *response =
		MHD_create_response_from_buffer(bytes, page, MHD_RESPMEM_PERSISTENT);
	struct MHD_Daemon *daemon =
		MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, handle,
				 response, MHD_OPTION_LISTEN_SOCKET, s, MHD_OPTION_CONNECTION_LIMIT,
				 4000U, MHD_OPTION_CONNECTION_TIMEOUT, 15U,
				 MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)16384,
				 MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_THREAD_POOL_SIZE,
				 (unsigned)THREADS, MHD_OPTION_END);
	if (!response || !daemon)
		return 1;
	printf("%u\n", (unsigned)ntohs(at.sin_port));
	fflush(stdout);
	char byte;
	while (read(STDIN_FILENO, &byte, 1) > 0)
		continue;
	MHD_stop_daemon(daemon);
	MHD_destroy_response(response);
	free(page);
	return 0;
}
