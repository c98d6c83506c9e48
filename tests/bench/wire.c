/* wire NAMESPACE NAMESPACE MS: joins two network namespaces by two TUN devices and holds every
 * packet for MS milliseconds each way, for kernels without netem. The first gets 10.77.0.1,
 * the second 10.77.0.2. Needs root and /dev/net/tun. Says "ready" on stdout. */
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { PACKETS = 1 << 14, PACKET_BYTES = 1600 };

/* What is on its way in one direction, oldest first. */
struct queue {
	struct packet {
		int64_t due_us;
		ssize_t len;
		unsigned char bytes[PACKET_BYTES];
	} * packets;
	unsigned first, count;
};

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

/* A device in the namespace, with the address; its descriptor. */
static int tunnel(const char *space, const char *address)
{
	char path[256], command[512];
	struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	snprintf(path, sizeof path, "/var/run/netns/%s", space);
	int in = open(path, O_RDONLY | O_CLOEXEC);
	if (in < 0 || setns(in, CLONE_NEWNET) != 0)
		die(path);
	close(in);
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	snprintf(request.ifr_name, sizeof request.ifr_name, "wire0");
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request) != 0)
		die("/dev/net/tun");
	snprintf(command, sizeof command,
		 "ip addr add %s/24 dev wire0 && ip link set wire0 mtu 1500 txqueuelen 10000 up",
		 address);
	if (system(command) != 0)
		die(command);
	return fd;
}

/* Takes what has come off the device. */
static void take(int fd, struct queue *q, int64_t delay_us)
{
	while (q->count < PACKETS) {
		struct packet *p = &q->packets[(q->first + q->count) % PACKETS];
		p->len = read(fd, p->bytes, sizeof p->bytes);
		if (p->len <= 0)
			return;
		p->due_us = now_us() + delay_us;
		q->count++;
	}
}

/* Delivers what is due; when the next will be, or -1. */
static int64_t deliver(int fd, struct queue *q)
{
	for (; q->count; q->first = (q->first + 1) % PACKETS, q->count--) {
		const struct packet *p = &q->packets[q->first];
		if (p->due_us > now_us())
			return p->due_us;
		if (write(fd, p->bytes, (size_t)p->len) < 0)
			continue; /* a full device loses packets, as wires do */
	}
	return -1;
}

int main(int argc, char *argv[])
{
	if (argc != 4)
		return 2;
	struct queue ways[2] = { 0 };
	int64_t delay_us = strtol(argv[3], NULL, 10) * 1000;
	int fds[2] = { tunnel(argv[1], "10.77.0.1"), tunnel(argv[2], "10.77.0.2") };
	for (int i = 0; i < 2; i++)
		if (!(ways[i].packets = calloc(PACKETS, sizeof *ways[i].packets)))
			die("memory");
	prctl(PR_SET_TIMERSLACK, 1000UL);
	prctl(PR_SET_PDEATHSIG, 15);
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		int64_t next = -1;
		for (int i = 0; i < 2; i++) {
			int64_t due = deliver(fds[1 - i], &ways[i]);
			next = due >= 0 && (next < 0 || due < next) ? due : next;
		}
		struct pollfd polled[2] = { { fds[0], POLLIN, 0 }, { fds[1], POLLIN, 0 } };
		int64_t wait = next < 0 ? 1000000 : next - now_us();
		wait = wait < 0 ? 0 : wait;
		const struct timespec t = { wait / 1000000, wait % 1000000 * 1000 };
		if (ppoll(polled, 2, &t, NULL) < 0)
			return 0;
		for (int i = 0; i < 2; i++)
			if (polled[i].revents & POLLIN)
				take(fds[i], &ways[i], delay_us);
	}
}
