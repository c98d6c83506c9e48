/* Inside serve/: network addresses: who asks, behind which proxies, and where we
 * listen. Kept in memory only, and no longer than a request or a limit lasts. */
#ifndef SERVE_CLIENT_H
#define SERVE_CLIENT_H

#include "base/str.h"

#include <sys/socket.h>

/* An IPv6 address; IPv4 as ::ffff:a.b.c.d (RFC 4291, 2.5.5.2). */
struct client {
	unsigned char byte[16];
};

struct network {
	struct client address;
	int bits; /* of the prefix, 0 to 128 */
};

bool client_read(struct str text, struct client *c);
struct client client_of(const struct sockaddr *address);
/* "10.0.0.0/8", "2001:db8::/32", or an address alone. */
bool network_read(struct str text, struct network *n);
bool network_has(const struct network *n, const struct client *c);

/* Who asks: the peer, or, when that is a proxy of ours, whom it names in X-Forwarded-For,
 * read from its end for as long as proxies of ours speak. What others wrote there counts
 * for nothing. */
struct client client_behind(struct client peer, struct str forwarded, const struct network *proxies,
			    size_t proxy_count);

/* The network that limits are counted for: 24 bits of IPv4, 56 of IPv6, as one household
 * or office has. */
struct client client_prefix(struct client c);

bool client_is_loopback(const struct client *c);

/* "127.0.0.1:8017", "[::1]:8017", ":8017" for every address; port 0 is any. */
bool listen_read(struct str text, struct client *address, uint16_t *port);

#endif
