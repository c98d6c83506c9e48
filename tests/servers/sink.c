/* A mail server that keeps nothing and fails on request. For tests, and as the
 * local mail server of `make demo`.
 *
 *   sink [OPTION…]           prints "port N" on stdout, serves until SIGTERM
 *   --port N                 else one from the kernel; on 127.0.0.1
 *   --any                    on every address instead: within a network namespace
 *   --log FILE               one line for each accepted recipient: address Message-ID
 *   --mail DIR               each accepted message as DIR/NUMBER.eml
 *   --tls DIR                STARTTLS; makes a certificate of its own: DIR/ca.pem
 *   --smtps                  with --tls: TLS from the first byte
 *   --auth USER:PASSWORD     AUTH PLAIN and LOGIN, demanded before MAIL
 *   --no-pipelining
 *   --size N                 SIZE limit told in EHLO
 *   --delay MS               thinks so long about each final dot
 *   --per-connection N       421 after so many messages
 *   --connections N          421 to those beyond
 *   --fault WHERE-WHAT[:PERCENT]   may be repeated
 *
 * WHERE: greeting ehlo auth mail rcpt data body dot accept
 * WHAT:  a reply code (450, 550, 421: hangs up too), hang, drop
 *        "dot" fails instead of accepting, "accept" fails after it; a reply code
 *        may carry an enhanced code: 550.5.1.1
 *
 * A recipient can ask for a fault as well: rcpt-550-anna@…, dot-451-once-jan@… (the
 * second try succeeds), accept-drop-ewa@…. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { IN_BYTES = 256 * 1024, OUT_BYTES = 16 * 1024, FAULTS = 32, SEEN = 1 << 16 };

enum where { AT_NOWHERE, GREETING, EHLO, AUTH, MAIL, RCPT, DATA, BODY, DOT, ACCEPT, WHERE_COUNT };
static const char *const where_names[WHERE_COUNT] = {
	"", "greeting", "ehlo", "auth", "mail", "rcpt", "data", "body", "dot", "accept"
};

/* What goes wrong: a reply, or (code 0) silence or a closed connection. */
struct fault {
	enum where where;
	int code;
	bool hang, drop;
	char enhanced[16];
	int percent;
};

struct options {
	int port, log, delay_ms, per_connection, connections;
	long size;
	const char *mail, *tls, *auth;
	bool smtps, no_pipelining, any;
	struct fault faults[FAULTS];
	int fault_count;
};

enum state { COMMANDS, TEXT, LOGIN_USER, LOGIN_PASSWORD, LOGIN_PLAIN, HUNG };

struct connection {
	int fd;
	enum state state;
	bool closing, logged_in, waits;
	int messages;
	int64_t due_ms; /* of the delayed answer */
	struct connection *next; /* in the queue of delayed answers */
	char recipient[512];
	struct fault asked; /* by the recipient, for later in the dialogue */
	char login_user[256];
	SSL *ssl;
	char *in;
	size_t in_len;
	size_t scanned; /* of in: searched for the end of the text */
	char *text; /* of the message, when it came in pieces */
	size_t text_len, text_room;
	char out[OUT_BYTES];
	size_t out_len;
};

struct server {
	struct options options;
	int epoll, listener, live;
	SSL_CTX *tls;
	uint64_t random;
	uint64_t seen[SEEN]; /* hashes of recipients whose "once" is used up */
	long accepted, connections;
	struct connection *delayed, **delayed_end;
};

static volatile sig_atomic_t stopping;

static void on_signal(int number)
{
	(void)number;
	stopping = 1;
}

static void die(const char *what)
{
	fprintf(stderr, "sink: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void *must(void *memory)
{
	if (!memory)
		die("memory");
	return memory;
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- faults ---- */

/* "rcpt-550.5.1.1"; gives what follows, or NULL when it is no fault. */
static const char *fault_parse(const char *s, struct fault *f)
{
	*f = (struct fault){ .percent = 100 };
	for (int w = GREETING; w < WHERE_COUNT; w++) {
		size_t len = strlen(where_names[w]);
		if (strncasecmp(s, where_names[w], len) == 0 && s[len] == '-') {
			f->where = (enum where)w;
			s += len + 1;
			break;
		}
	}
	if (f->where == AT_NOWHERE)
		return NULL;
	f->hang = strncasecmp(s, "hang", 4) == 0;
	f->drop = strncasecmp(s, "drop", 4) == 0;
	if (f->hang || f->drop)
		return s + 4;
	char *end;
	f->code = (int)strtol(s, &end, 10);
	if (f->code < 400 || f->code > 599)
		return NULL;
	if (*end == '.') {
		size_t len = strspn(end + 1, "0123456789.");
		snprintf(f->enhanced, sizeof f->enhanced, "%.*s", (int)len, end + 1);
		end += 1 + len;
	}
	return end;
}

static bool chance(struct server *v, int percent)
{
	v->random = v->random * 6364136223846793005u + 1442695040888963407u;
	return percent >= 100 || (int)(v->random >> 33) % 100 < percent;
}

/* Whether this is the first time the recipient asks. */
static bool first_time(struct server *v, const char *recipient)
{
	uint64_t hash = 14695981039346656037u;
	for (const char *c = recipient; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	uint64_t *slot = &v->seen[hash % SEEN];
	while (*slot && *slot != hash)
		slot = slot + 1 == v->seen + SEEN ? v->seen : slot + 1;
	bool first = *slot == 0;
	*slot = hash;
	return first;
}

/* The fault due here, asked for by the command line or the recipient; or NULL. */
static const struct fault *fault_at(struct server *v, struct connection *c, enum where where)
{
	if (c->asked.where == where)
		return &c->asked;
	for (int i = 0; i < v->options.fault_count; i++)
		if (v->options.faults[i].where == where && chance(v, v->options.faults[i].percent))
			return &v->options.faults[i];
	return NULL;
}

/* ---- the wire ---- */

static void put(struct connection *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void put(struct connection *c, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int n = vsnprintf(c->out + c->out_len, OUT_BYTES - c->out_len, format, args);
	va_end(args);
	if (n > 0 && c->out_len + (size_t)n < OUT_BYTES)
		c->out_len += (size_t)n;
}

/* Acts a fault out; false when there is none. */
static bool fail(struct server *v, struct connection *c, enum where where)
{
	const struct fault *f = fault_at(v, c, where);
	if (!f)
		return false;
	if (f->code)
		put(c, "%d %s%swith intent, at %s\r\n", f->code, f->enhanced,
		    *f->enhanced ? " " : "", where_names[where]);
	if (f->hang)
		c->state = HUNG;
	c->closing |= f->drop || f->code == 421;
	return true;
}

static ssize_t read_some(struct connection *c, char *to, size_t room)
{
	if (!c->ssl)
		return recv(c->fd, to, room, MSG_DONTWAIT);
	int n = SSL_read(c->ssl, to, (int)room);
	if (n > 0)
		return n;
	int error = SSL_get_error(c->ssl, n);
	errno = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? EAGAIN : EIO;
	ERR_clear_error();
	return errno == EAGAIN ? -1 : 0;
}

/* Answers are small: what the socket does not take at once is waited for. */
static bool flush(struct server *v, struct connection *c)
{
	size_t at = 0;
	while (at < c->out_len) {
		ssize_t n = c->ssl ? SSL_write(c->ssl, c->out + at, (int)(c->out_len - at))
				   : send(c->fd, c->out + at, c->out_len - at,
					  MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n <= 0) {
			int error = c->ssl ? SSL_get_error(c->ssl, (int)n) : SSL_ERROR_SYSCALL;
			bool full = c->ssl ? error == SSL_ERROR_WANT_WRITE : errno == EAGAIN;
			/* Before the handshake is done there is nothing to write to. */
			if (!full && error != SSL_ERROR_WANT_READ)
				return false;
			memmove(c->out, c->out + at, c->out_len - at);
			c->out_len -= at;
			struct epoll_event e = { .events = EPOLLIN | (full ? EPOLLOUT : 0U),
						 .data.ptr = c };
			epoll_ctl(v->epoll, EPOLL_CTL_MOD, c->fd, &e);
			return true;
		}
		at += (size_t)n;
	}
	c->out_len = 0;
	return true;
}

static void close_connection(struct server *v, struct connection *c)
{
	struct connection **at = &v->delayed;
	while (*at && *at != c)
		at = &(*at)->next;
	if (*at) {
		*at = c->next;
		if (!*at)
			v->delayed_end = at;
	}
	if (c->ssl)
		SSL_free(c->ssl);
	close(c->fd);
	free(c->in);
	free(c->text);
	free(c);
	v->live--;
}

/* ---- messages ---- */

/* The value of a header field, copied; "-" when it has none. */
static void header_value(const char *text, size_t len, const char *name, char *value, size_t room)
{
	size_t name_len = strlen(name);
	snprintf(value, room, "-");
	for (const char *line = text, *end; line < text + len; line = end + 1) {
		end = memchr(line, '\n', (size_t)(text + len - line));
		if (!end || end - line <= 1)
			return; /* the empty line ends the header */
		if ((size_t)(end - line) > name_len && strncasecmp(line, name, name_len) == 0) {
			const char *from = line + name_len;
			while (*from == ' ')
				from++;
			snprintf(value, room, "%.*s", (int)strcspn(from, "\r\n"), from);
			return;
		}
	}
}

static void store_message(struct server *v, const struct connection *c, const char *text,
			  size_t len)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%06ld.eml", v->options.mail, v->accepted + 1);
	FILE *f = fopen(path, "wb");
	if (!f)
		die(path);
	(void)c;
	for (size_t i = 0; i < len; i++) {
		bool line_start = i == 0 || text[i - 1] == '\n';
		if (!(line_start && text[i] == '.')) /* dot-stuffing */
			putc(text[i], f);
	}
	if (fclose(f) != 0)
		die(path);
}

static void accept_message(struct server *v, struct connection *c, const char *text, size_t len)
{
	char id[512], line[1100];
	if (v->options.mail)
		store_message(v, c, text, len);
	if (v->options.log >= 0) {
		header_value(text, len, "Message-ID:", id, sizeof id);
		int n = snprintf(line, sizeof line, "%s %s\n", c->recipient, id);
		if (write(v->options.log, line, (size_t)n) != n)
			die("log");
	}
	v->accepted++;
	c->messages++;
}

static void answer_text(struct server *v, struct connection *c)
{
	put(c, "250 2.0.0 taken as %ld\r\n", v->accepted);
	c->asked = (struct fault){ 0 };
}

/* The text is whole: accept it, or act a fault out. */
static void end_of_text(struct server *v, struct connection *c, const char *text, size_t len)
{
	c->state = COMMANDS;
	if (fail(v, c, DOT)) {
		if (!c->closing)
			c->asked = (struct fault){ 0 };
		return;
	}
	accept_message(v, c, text, len);
	if (fail(v, c, ACCEPT))
		return;
	if (v->options.delay_ms == 0) {
		answer_text(v, c);
		return;
	}
	c->waits = true;
	c->due_ms = now_ms() + v->options.delay_ms;
	c->next = NULL;
	*v->delayed_end = c;
	v->delayed_end = &c->next;
}

/* ---- commands ---- */

static void answer_ehlo(struct server *v, struct connection *c)
{
	const struct options *o = &v->options;
	if (fail(v, c, EHLO))
		return;
	put(c,
	    "250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n");
	if (!o->no_pipelining)
		put(c, "250-PIPELINING\r\n");
	if (v->tls && !c->ssl)
		put(c, "250-STARTTLS\r\n");
	if (o->auth)
		put(c, "250-AUTH PLAIN LOGIN\r\n");
	put(c, "250 SIZE %ld\r\n", o->size);
}

static void answer_login(struct server *v, struct connection *c, const char *user,
			 const char *password)
{
	const char *colon = strchr(v->options.auth, ':');
	size_t user_len = colon ? (size_t)(colon - v->options.auth) : 0;
	c->state = COMMANDS;
	if (fail(v, c, AUTH))
		return;
	c->logged_in = colon && strlen(user) == user_len &&
		       strncmp(user, v->options.auth, user_len) == 0 &&
		       strcmp(password, colon + 1) == 0;
	put(c, c->logged_in ? "235 2.7.0 welcome\r\n" : "535 5.7.8 wrong user or password\r\n");
}

static void decode(const char *base64, char *out, size_t room)
{
	unsigned char bytes[600];
	size_t len = strlen(base64);
	int n = len < 700 && len % 4 == 0
			? EVP_DecodeBlock(bytes, (const unsigned char *)base64, (int)len)
			: -1;
	while (n > 0 && len && base64[len - 1] == '=') {
		n--;
		len--;
	}
	if (n < 0)
		n = 0;
	if ((size_t)n >= room)
		n = (int)room - 1;
	memcpy(out, bytes, (size_t)n);
	out[n] = '\0';
	if (n && out[0] == '\0') /* PLAIN: NUL user NUL password; shown with ':' */
		for (int i = 0; i < n; i++)
			out[i] = out[i] ? out[i] : ':';
}

static void answer_plain(struct server *v, struct connection *c, const char *base64)
{
	char plain[512];
	decode(base64, plain, sizeof plain);
	char *user = plain[0] == ':' ? plain + 1 : plain, *password = strchr(user, ':');
	if (password)
		*password++ = '\0';
	answer_login(v, c, user, password ? password : "");
}

static void answer_auth(struct server *v, struct connection *c, const char *line)
{
	if (!v->options.auth) {
		put(c, "502 5.5.1 no AUTH here\r\n");
	} else if (strncasecmp(line, "AUTH PLAIN", 10) == 0) {
		if (line[10] == ' ') {
			answer_plain(v, c, line + 11);
		} else {
			c->state = LOGIN_PLAIN;
			put(c, "334 \r\n");
		}
	} else if (strncasecmp(line, "AUTH LOGIN", 10) == 0) {
		if (line[10] == ' ') {
			decode(line + 11, c->login_user, sizeof c->login_user);
			c->state = LOGIN_PASSWORD;
			put(c, "334 UGFzc3dvcmQ6\r\n");
		} else {
			c->state = LOGIN_USER;
			put(c, "334 VXNlcm5hbWU6\r\n");
		}
	} else {
		put(c, "504 5.5.4 unknown mechanism\r\n");
	}
}

static void answer_mail(struct server *v, struct connection *c)
{
	c->recipient[0] = '\0';
	c->asked = (struct fault){ 0 };
	if (v->options.auth && !c->logged_in) {
		put(c, "530 5.7.0 log in first\r\n");
	} else if (v->options.per_connection && c->messages >= v->options.per_connection) {
		put(c, "421 4.7.0 enough on this connection\r\n");
		c->closing = true;
	} else if (!fail(v, c, MAIL)) {
		put(c, "250 2.1.0 ok\r\n");
	}
}

static void answer_rcpt(struct server *v, struct connection *c, const char *line)
{
	const char *open = strchr(line, '<'), *shut = open ? strchr(open, '>') : NULL;
	char recipient[sizeof c->recipient];
	if (!shut) {
		put(c, "501 5.1.3 no address\r\n");
		return;
	}
	snprintf(recipient, sizeof recipient, "%.*s", (int)(shut - open - 1), open + 1);
	const char *rest = fault_parse(recipient, &c->asked);
	if (!rest)
		c->asked = (struct fault){ 0 };
	else if (strncasecmp(rest, "-once", 5) == 0 && !first_time(v, recipient))
		c->asked = (struct fault){ 0 };
	if (fail(v, c, RCPT))
		return;
	snprintf(c->recipient, sizeof c->recipient, "%s", recipient);
	put(c, "250 2.1.5 ok\r\n");
}

static void start_tls(struct server *v, struct connection *c, bool greeted)
{
	if (greeted) {
		put(c, "220 2.0.0 go ahead\r\n");
		flush(v, c);
		c->in_len = 0; /* what was sent before the handshake does not count */
	}
	c->ssl = must(SSL_new(v->tls));
	SSL_set_fd(c->ssl, c->fd);
	SSL_set_accept_state(c->ssl);
	c->logged_in = false;
}

static void answer(struct server *v, struct connection *c, const char *line)
{
	if (c->state == LOGIN_PLAIN) {
		answer_plain(v, c, line);
	} else if (c->state == LOGIN_USER) {
		decode(line, c->login_user, sizeof c->login_user);
		c->state = LOGIN_PASSWORD;
		put(c, "334 UGFzc3dvcmQ6\r\n");
	} else if (c->state == LOGIN_PASSWORD) {
		char password[256];
		decode(line, password, sizeof password);
		answer_login(v, c, c->login_user, password);
	} else if (strncasecmp(line, "EHLO", 4) == 0 || strncasecmp(line, "HELO", 4) == 0) {
		answer_ehlo(v, c);
	} else if (strncasecmp(line, "MAIL FROM:", 10) == 0) {
		answer_mail(v, c);
	} else if (strncasecmp(line, "RCPT TO:", 8) == 0) {
		answer_rcpt(v, c, line);
	} else if (strcasecmp(line, "DATA") == 0) {
		if (!c->recipient[0])
			put(c, "503 5.5.1 no recipient\r\n");
		else if (!fail(v, c, DATA)) {
			put(c, "354 go ahead\r\n");
			c->state = TEXT;
			c->text_len = c->scanned = 0;
		}
	} else if (strcasecmp(line, "RSET") == 0) {
		c->recipient[0] = '\0';
		c->asked = (struct fault){ 0 };
		put(c, "250 2.0.0 ok\r\n");
	} else if (strcasecmp(line, "NOOP") == 0) {
		put(c, "250 2.0.0 ok\r\n");
	} else if (strcasecmp(line, "QUIT") == 0) {
		put(c, "221 2.0.0 bye\r\n");
		c->closing = true;
	} else if (strcasecmp(line, "STARTTLS") == 0 && v->tls && !c->ssl) {
		start_tls(v, c, true);
	} else if (strncasecmp(line, "AUTH ", 5) == 0) {
		answer_auth(v, c, line);
	} else {
		put(c, "500 5.5.2 what?\r\n");
	}
}

/* Moves text that is not whole yet out of the input. */
static void keep_text(struct connection *c, const char *from, size_t len)
{
	if (c->text_len + len > c->text_room) {
		c->text_room = 2 * (c->text_len + len);
		c->text = must(realloc(c->text, c->text_room));
	}
	memcpy(c->text + c->text_len, from, len);
	c->text_len += len;
}

/* Where "\r\n.\r\n" stands, or NULL. */
static const char *find_end(const char *from, size_t len)
{
	const char *stop = from + len;
	for (const char *at = from; (at = memchr(at, '.', (size_t)(stop - at))); at++)
		if (at - from >= 2 && stop - at >= 3 && memcmp(at - 2, "\r\n.\r\n", 5) == 0)
			return at - 2;
	return NULL;
}

/* Takes what it can of the text at the front of the input; gives how much. */
static size_t take_text(struct server *v, struct connection *c, const char *from, size_t len)
{
	if (c->text_len == 0 && len >= 3 && memcmp(from, ".\r\n", 3) == 0) {
		end_of_text(v, c, "", 0);
		return 3;
	}
	const char *end = find_end(from, len);
	if (fault_at(v, c, BODY) && (end || len > 1000) && fail(v, c, BODY))
		return len;
	if (end) {
		size_t text_len = (size_t)(end - from) + 2;
		if (c->text_len == 0) {
			end_of_text(v, c, from, text_len);
		} else {
			keep_text(c, from, text_len);
			end_of_text(v, c, c->text, c->text_len);
		}
		c->text_len = 0;
		return text_len + 3;
	}
	/* The end may be cut in two: the last bytes stay. */
	if (len < IN_BYTES / 2)
		return 0;
	keep_text(c, from, len - 4);
	return len - 4;
}

/* Takes lines and texts off the input as they are whole. */
static void take_input(struct server *v, struct connection *c)
{
	size_t at = 0;
	while (at < c->in_len && !c->closing && !c->waits && c->state != HUNG) {
		const char *from = c->in + at;
		if (c->state == TEXT) {
			size_t taken = take_text(v, c, from, c->in_len - at);
			if (taken == 0)
				break;
			at += taken;
			continue;
		}
		char line[4096];
		const char *end = memchr(from, '\n', c->in_len - at);
		if (!end || end - from >= (ptrdiff_t)sizeof line) {
			c->closing |= c->in_len - at >= sizeof line;
			break;
		}
		snprintf(line, sizeof line, "%.*s", (int)(end - from), from);
		line[strcspn(line, "\r")] = '\0';
		at = (size_t)(end + 1 - c->in);
		bool plain = !c->ssl;
		answer(v, c, line);
		if (plain && c->ssl)
			return;
	}
	memmove(c->in, c->in + at, c->in_len - at);
	c->in_len -= at;
}

/* Reads and answers; false when the connection is done with. */
static bool serve(struct server *v, struct connection *c)
{
	if (c->out_len && !flush(v, c))
		return false;
	while (c->in_len < IN_BYTES) {
		ssize_t n = read_some(c, c->in + c->in_len, IN_BYTES - c->in_len);
		if (n == 0)
			return false;
		if (n < 0)
			return (errno == EAGAIN || errno == EINTR) && (!c->out_len || flush(v, c));
		c->in_len += (size_t)n;
		take_input(v, c);
		if (!flush(v, c) || (c->closing && c->out_len == 0))
			return false;
		if (c->waits)
			return true;
	}
	return c->state == HUNG || c->waits;
}

static void accept_connections(struct server *v)
{
	int fd, one = 1;
	while ((fd = accept(v->listener, NULL, NULL)) >= 0) {
		fcntl(fd, F_SETFL, O_NONBLOCK);
		struct connection *c = must(calloc(1, sizeof *c));
		c->fd = fd;
		c->in = must(malloc(IN_BYTES));
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
		epoll_ctl(v->epoll, EPOLL_CTL_ADD, fd, &e);
		v->live++;
		v->connections++;
		if (v->options.smtps)
			start_tls(v, c, false);
		if (v->options.connections && v->live > v->options.connections) {
			put(c, "421 4.7.0 too many connections\r\n");
			c->closing = true;
		} else if (!fail(v, c, GREETING)) {
			put(c, "220 sink ESMTP\r\n");
		}
		if (v->options.smtps)
			continue; /* after the handshake */
		if (!flush(v, c) || c->closing)
			close_connection(v, c);
	}
}

static void answer_delayed(struct server *v)
{
	int64_t now = now_ms();
	while (v->delayed && v->delayed->due_ms <= now) {
		struct connection *c = v->delayed;
		v->delayed = c->next;
		if (!v->delayed)
			v->delayed_end = &v->delayed;
		c->waits = false;
		answer_text(v, c);
		take_input(v, c);
		if (!flush(v, c) || c->closing)
			close_connection(v, c);
	}
}

/* ---- start ---- */

/* A key and a certificate for 127.0.0.1 and localhost that signs itself. */
static SSL_CTX *make_tls(const char *folder)
{
	EVP_PKEY *key = must(EVP_EC_gen("P-256"));
	X509 *x = must(X509_new());
	X509_NAME *name = X509_get_subject_name(x);
	X509V3_CTX context;
	char path[4096];
	static const struct {
		int nid;
		const char *value;
	} extensions[] = { { NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost" },
			   { NID_basic_constraints, "critical,CA:TRUE" } };
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), -86400);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400 * 30);
	X509_set_pubkey(x, key);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"sink", -1, -1,
				   0);
	X509_set_issuer_name(x, name);
	X509V3_set_ctx_nodb(&context);
	X509V3_set_ctx(&context, x, x, NULL, NULL, 0);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
		X509_EXTENSION *e = must(X509V3_EXT_conf_nid(NULL, &context, extensions[i].nid,
							     extensions[i].value));
		X509_add_ext(x, e, -1);
		X509_EXTENSION_free(e);
	}
	X509_sign(x, key, EVP_sha256());
	snprintf(path, sizeof path, "%s/ca.pem", folder);
	FILE *f = fopen(path, "w");
	if (!f || !PEM_write_X509(f, x) || fclose(f) != 0)
		die(path);
	SSL_CTX *tls = must(SSL_CTX_new(TLS_server_method()));
	SSL_CTX_use_certificate(tls, x);
	SSL_CTX_use_PrivateKey(tls, key);
	SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	X509_free(x);
	EVP_PKEY_free(key);
	return tls;
}

static int listen_on(int port, bool any)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons((uint16_t)port),
				       .sin_addr.s_addr =
					       htonl(any ? INADDR_ANY : INADDR_LOOPBACK) };
	socklen_t len = sizeof address;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (fd < 0 || bind(fd, (struct sockaddr *)(void *)&address, sizeof address) != 0 ||
	    listen(fd, 1024) != 0 ||
	    getsockname(fd, (struct sockaddr *)(void *)&address, &len) != 0)
		die("listen");
	printf("port %d\n", ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

static void take_option(struct options *o, const char *name, const char *value)
{
	const struct {
		const char *name;
		int *number;
		const char **text;
	} known[] = {
		{ "--port", &o->port, NULL },
		{ "--delay", &o->delay_ms, NULL },
		{ "--per-connection", &o->per_connection, NULL },
		{ "--connections", &o->connections, NULL },
		{ "--mail", NULL, &o->mail },
		{ "--tls", NULL, &o->tls },
		{ "--auth", NULL, &o->auth },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(name, known[i].name) != 0)
			continue;
		if (known[i].number)
			*known[i].number = (int)strtol(value, NULL, 10);
		else
			*known[i].text = value;
		return;
	}
	if (strcmp(name, "--size") == 0) {
		o->size = strtol(value, NULL, 10);
	} else if (strcmp(name, "--log") == 0) {
		o->log = open(value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		if (o->log < 0)
			die(value);
	} else if (strcmp(name, "--fault") == 0 && o->fault_count < FAULTS) {
		struct fault *f = &o->faults[o->fault_count++];
		const char *rest = fault_parse(value, f);
		if (!rest) {
			fprintf(stderr, "sink: no fault: %s\n", value);
			exit(2);
		}
		if (*rest == ':')
			f->percent = (int)strtol(rest + 1, NULL, 10);
	} else {
		fprintf(stderr, "sink: what is %s?\n", name);
		exit(2);
	}
}

static void parse_options(struct options *o, int argc, char *argv[])
{
	*o = (struct options){ .log = -1, .size = 50 * 1024 * 1024 };
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--smtps") == 0)
			o->smtps = true;
		else if (strcmp(argv[i], "--any") == 0)
			o->any = true;
		else if (strcmp(argv[i], "--no-pipelining") == 0)
			o->no_pipelining = true;
		else if (i + 1 < argc) {
			take_option(o, argv[i], argv[i + 1]);
			i++;
		} else {
			take_option(o, "", argv[i]);
		}
	}
}

static void loop(struct server *v)
{
	struct epoll_event events[128];
	while (!stopping) {
		int64_t wait = v->delayed ? v->delayed->due_ms - now_ms() : -1;
		int n = epoll_wait(v->epoll, events, 128, wait < 0 && v->delayed ? 0 : (int)wait);
		for (int i = 0; i < n; i++) {
			struct connection *c = events[i].data.ptr;
			if (!c) {
				accept_connections(v);
				continue;
			}
			if (events[i].events & EPOLLOUT) {
				struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
				epoll_ctl(v->epoll, EPOLL_CTL_MOD, c->fd, &e);
			}
			if (!serve(v, c))
				close_connection(v, c);
		}
		answer_delayed(v);
	}
}

int main(int argc, char *argv[])
{
	struct server *v = must(calloc(1, sizeof *v));
	struct sigaction action = { .sa_handler = on_signal };
	parse_options(&v->options, argc, argv);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	v->random = 20260317;
	v->delayed_end = &v->delayed;
	if (v->options.tls)
		v->tls = make_tls(v->options.tls);
	v->listener = listen_on(v->options.port, v->options.any);
	v->epoll = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = NULL };
	if (v->epoll < 0 || epoll_ctl(v->epoll, EPOLL_CTL_ADD, v->listener, &e) != 0)
		die("epoll");
	loop(v);
	fprintf(stderr, "sink: %ld messages, %ld connections\n", v->accepted, v->connections);
	return 0;
}
