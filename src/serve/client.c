#include "serve/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };

static bool is_v4(const struct client *c)
{
	return memcmp(c->byte, mapped, sizeof mapped) == 0;
}

bool client_read(struct str text, struct client *c)
{
	char copy[INET6_ADDRSTRLEN];
	if (text.len == 0 || text.len >= sizeof copy)
		return false;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	if (inet_pton(AF_INET6, copy, c->byte) == 1)
		return true;
	memcpy(c->byte, mapped, sizeof mapped);
	return inet_pton(AF_INET, copy, c->byte + sizeof mapped) == 1;
}

struct client client_of(const struct sockaddr *address)
{
	struct client c = { { 0 } };
	if (address && address->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;
		memcpy(&v6, address, sizeof v6);
		memcpy(c.byte, &v6.sin6_addr, sizeof c.byte);
	} else if (address && address->sa_family == AF_INET) {
		struct sockaddr_in v4;
		memcpy(&v4, address, sizeof v4);
		memcpy(c.byte, mapped, sizeof mapped);
		memcpy(c.byte + sizeof mapped, &v4.sin_addr, 4);
	}
	return c;
}

bool network_read(struct str text, struct network *n)
{
	size_t slash = str_find(text, STR("/"), 0);
	int64_t bits;
	if (!client_read(str_sub(text, 0, slash), &n->address))
		return false;
	int most = is_v4(&n->address) ? 32 : 128;
	n->bits = 128;
	if (slash == text.len)
		return true;
	if (!str_to_int(str_sub(text, slash + 1, text.len), &bits) || bits < 0 || bits > most)
		return false;
	n->bits = (int)bits + 128 - most;
	return true;
}

/* c with all but its first bits zero. */
static struct client cut(struct client c, int bits)
{
	for (int i = 0; i < 16; i++) {
		int left = bits - 8 * i;
		if (left < 8)
			c.byte[i] = (unsigned char)(c.byte[i] & (left <= 0 ? 0 : 0xFF00 >> left));
	}
	return c;
}

bool network_has(const struct network *n, const struct client *c)
{
	struct client a = cut(n->address, n->bits), b = cut(*c, n->bits);
	return memcmp(a.byte, b.byte, sizeof a.byte) == 0;
}

static bool is_proxy(const struct client *c, const struct network *proxies, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (network_has(&proxies[i], c))
			return true;
	return false;
}

struct client client_behind(struct client peer, struct str forwarded, const struct network *proxies,
			    size_t proxy_count)
{
	struct client c = peer, next;
	while (forwarded.len && is_proxy(&c, proxies, proxy_count)) {
		size_t at = forwarded.len;
		while (at && forwarded.ptr[at - 1] != ',')
			at--;
		struct str last = str_trim(str_sub(forwarded, at, forwarded.len));
		if (!client_read(last, &next))
			break;
		c = next;
		forwarded = str_sub(forwarded, 0, at ? at - 1 : 0);
	}
	return c;
}

struct client client_prefix(struct client c)
{
	return cut(c, is_v4(&c) ? 96 + 24 : 56);
}

bool client_is_loopback(const struct client *c)
{
	static const unsigned char one[16] = { [15] = 1 };
	return (is_v4(c) && c->byte[12] == 127) || memcmp(c->byte, one, sizeof one) == 0;
}

bool listen_read(struct str text, struct client *address, uint16_t *port)
{
	size_t colon = text.len;
	int64_t number;
	while (colon && text.ptr[colon - 1] != ':')
		colon--;
	if (colon == 0 || !str_to_int(str_sub(text, colon, text.len), &number) || number < 0 ||
	    number > 65535)
		return false;
	struct str host = str_sub(text, 0, colon - 1);
	*port = (uint16_t)number;
	*address = (struct client){ { 0 } };
	if (host.len == 0)
		return true;
	if (host.ptr[0] == '[' && host.ptr[host.len - 1] == ']')
		host = str_sub(host, 1, host.len - 2);
	else if (str_find(host, STR(":"), 0) < host.len)
		return false; /* "::1:80" could mean two things */
	if (str_equal(host, STR("localhost")))
		host = STR("127.0.0.1");
	return client_read(host, address);
}
