/* A folder of a mail server (IMAP, RFC 9051), by libcurl.
 *
 * The folder is read under EXAMINE, in which nothing a reader does leaves a trace:
 * libcurl asks for BODY[], not BODY.PEEK[], which would mark mails as seen before what
 * follows from them is settled. libcurl selects a folder once a connection; hence
 * there is one connection a run, and when it is lost the run ends and the next one goes
 * on. How far it came stands in the store, by UID, which holds as long as UIDVALIDITY
 * does; when that changes all is read again, and counts once.
 *
 * Mails are fetched by ";UID=" URLs: what libcurl gives of a FETCH of one's own lacks
 * the literals. */
#include "delivery/intake.h"

#include "base/arena.h"
#include "base/diag.h"
#include "delivery/curl.h"
#include "delivery/password.h"

#include <string.h>
#include <sys/socket.h>

enum {
	CONNECT_MS = 30000,
	STALLED_S = 60,
	LINE_BYTES = 512 << 10, /* libcurl's buffer: longer answers would be cut */
	UIDS_AT_ONCE = 20000, /* of ten digits and a space each: they fit */
	ANSWER_BYTES = 4 << 20,
};

struct imap {
	struct intake *in;
	struct arena *arena;
	struct curl_calls curl;
	CURL *easy;
	struct str base; /* "imaps://host/Folder" */
	char *quoted; /* the folder as a command has it */
	struct str name; /* of the folder in the store */
	struct folder_place place;
	int64_t validity, next; /* as the server told when it opened the folder */
	struct buf answer; /* untagged lines, or a mail */
	bool connected, uidplus;
	char last_line[256];
	char error[CURL_ERROR_SIZE];
};

static bool wrong(struct imap *m, const char *what)
{
	diag_report(m->in->store->diags, DIAG_MAILBOX_SETTING, (struct place){ 0 }, "%s", what);
	return false;
}

/* ---- settings ---- */

static bool is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
	       strncmp(host, "127.", 4) == 0;
}

/* A folder's name as a quoted string; NULL when it cannot be one. */
static char *quote(struct arena *a, struct str folder)
{
	struct buf out;
	buf_init(&out, 4096);
	buf_put_byte(&out, '"');
	bool good = folder.len > 0;
	for (size_t i = 0; i < folder.len; i++) {
		char c = folder.ptr[i];
		good &= c >= ' ' && c < 127;
		if (c == '"' || c == '\\')
			buf_put_byte(&out, '\\');
		buf_put_byte(&out, c);
	}
	buf_put_byte(&out, '"');
	char *quoted = good && !out.overflowed ? str_c(a, buf_str(&out)) : NULL;
	buf_release(&out);
	return quoted;
}

static const char *take_url(struct imap *m, CURLU *u, bool *loopback, bool *plain)
{
	struct curl_calls *c = &m->curl;
	char *scheme = NULL, *host = NULL, *path = NULL, *user = NULL, *url = NULL;
	const char *problem = NULL;
	if (c->url_set(u, CURLUPART_URL, str_c(m->arena, m->base), 0) != CURLUE_OK ||
	    c->url_get(u, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
	    c->url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
	    (strcmp(scheme, "imap") != 0 && strcmp(scheme, "imaps") != 0)) {
		problem = "the URL is like imaps://mail.example.org/INBOX";
	} else if (c->url_get(u, CURLUPART_USER, &user, 0) == CURLUE_OK) {
		problem = "user and password have options of their own, not a place in the URL";
	} else {
		*loopback = is_loopback(host);
		*plain = strcmp(scheme, "imap") == 0;
		bool named = c->url_get(u, CURLUPART_PATH, &path, CURLU_URLDECODE) == CURLUE_OK &&
			     strlen(path) > 1;
		if (!named)
			c->url_set(u, CURLUPART_PATH, "/INBOX", 0);
		m->quoted = quote(m->arena, named ? str_from(path + 1) : STR("INBOX"));
		if (!m->quoted || strchr(m->quoted, ';') ||
		    c->url_get(u, CURLUPART_URL, &url, 0) != CURLUE_OK)
			problem =
				"a folder's name has the letters that the server has for it, ASCII";
		else
			m->base = str_copy(m->arena, str_from(url));
	}
	c->free(scheme);
	c->free(host);
	c->free(path);
	c->free(user);
	c->free(url);
	return problem;
}

/* ---- what libcurl hands over ---- */

static size_t take_bytes(char *bytes, size_t size, size_t count, void *context)
{
	struct imap *m = context;
	buf_put_bytes(&m->answer, bytes, size * count);
	return size * count; /* what is too long is told by the buffer */
}

/* "[NAME 123" anywhere in a line of the server. */
static void take_number(struct str line, const char *name, int64_t *number)
{
	struct str key = str_from(name);
	size_t at = str_find(line, key, 0), end = at + key.len;
	int64_t n = 0;
	if (at == line.len)
		return;
	for (; end < line.len && line.ptr[end] >= '0' && line.ptr[end] <= '9' && n < 1LL << 32;
	     end++)
		n = 10 * n + line.ptr[end] - '0';
	*number = n;
}

static size_t take_line(char *line, size_t size, size_t count, void *context)
{
	struct imap *m = context;
	struct str s = { line, size * count };
	if (str_starts(s, STR("* OK [")) || str_starts(s, STR("* ok ["))) {
		take_number(s, "[UIDVALIDITY ", &m->validity);
		take_number(s, "[UIDNEXT ", &m->next);
	}
	if (str_equal_nocase(str_sub(s, 0, 12), STR("* CAPABILITY")))
		m->uidplus |= str_find(s, STR(" UIDPLUS"), 0) < s.len;
	struct str words = str_trim(str_sub(s, 0, sizeof m->last_line - 1));
	if (words.len && words.ptr[0] != '*')
		snprintf(m->last_line, sizeof m->last_line, "%.*s", STR_ARG(words));
	return s.len;
}

/* One connection a run: a second one would select the folder for writing. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct imap *m = context;
	(void)purpose;
	if (m->connected)
		return CURL_SOCKET_BAD;
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* ---- requests ---- */

static CURLcode perform(struct imap *m, const char *url, const char *command)
{
	m->curl.easy_setopt(m->easy, CURLOPT_URL, url);
	m->curl.easy_setopt(m->easy, CURLOPT_CUSTOMREQUEST, command);
	m->error[0] = m->last_line[0] = '\0';
	buf_clear(&m->answer);
	CURLcode code = m->curl.easy_perform(m->easy);
	m->connected = true;
	return code;
}

static bool failed(struct imap *m, CURLcode code)
{
	const char *error = m->error[0] ? m->error : m->curl.easy_strerror(code);
	diag_report(m->in->store->diags, DIAG_MAILBOX_CONNECT, (struct place){ 0 }, "%.*s: %s%s%s",
		    STR_ARG(m->base), m->last_line, m->last_line[0] ? ", " : "", error);
	return false;
}

/* A command within the folder. */
static bool ask(struct imap *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool ask(struct imap *m, const char *format, ...)
{
	va_list args;
	struct arena *a = arena_open();
	va_start(args, format);
	char *command = str_c(a, str_vformat(a, format, args));
	va_end(args);
	CURLcode code = perform(m, str_c(a, m->base), command);
	arena_close(a);
	return code == CURLE_OK || failed(m, code);
}

/* ---- connecting ---- */

static bool connect_to(struct imap *m, bool loopback, bool plain, const char *password)
{
	const struct bounces_options *o = m->in->options;
	struct curl_calls *c = &m->curl;
	CURL *e = m->easy = c->easy_init();
	if (!e)
		out_of_memory();
	c->easy_setopt(e, CURLOPT_PROTOCOLS_STR, "imap,imaps");
	c->easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	c->easy_setopt(e, CURLOPT_NOPROXY, "*");
	/* A password never crosses a network in the clear. */
	c->easy_setopt(e, CURLOPT_USE_SSL,
		       (long)(loopback && plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
	c->easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (o->ca_file.len)
		c->easy_setopt(e, CURLOPT_CAINFO, str_c(m->arena, o->ca_file));
	c->easy_setopt(e, CURLOPT_USERNAME, str_c(m->arena, o->user));
	c->easy_setopt(e, CURLOPT_PASSWORD, password);
	c->easy_setopt(e, CURLOPT_SASL_IR, 1L);
	c->easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	c->easy_setopt(e, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)STALLED_S);
	c->easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, 1L);
	c->easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long)STALLED_S);
	c->easy_setopt(e, CURLOPT_BUFFERSIZE, (long)LINE_BYTES);
	c->easy_setopt(e, CURLOPT_ERRORBUFFER, m->error);
	c->easy_setopt(e, CURLOPT_WRITEFUNCTION, take_bytes);
	c->easy_setopt(e, CURLOPT_WRITEDATA, m);
	c->easy_setopt(e, CURLOPT_HEADERFUNCTION, take_line);
	c->easy_setopt(e, CURLOPT_HEADERDATA, m);
	c->easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	c->easy_setopt(e, CURLOPT_OPENSOCKETDATA, m);
	if (!ask(m, "EXAMINE %s", m->quoted))
		return false;
	if (m->validity > 0)
		return true;
	diag_report(m->in->store->diags, DIAG_MAILBOX_CONNECT, (struct place){ 0 },
		    "%.*s: the server tells no UIDVALIDITY", STR_ARG(m->base));
	return false;
}

/* ---- reading ---- */

static bool read_mail(struct imap *m, int64_t uid)
{
	struct arena *a = arena_open();
	char *url = str_c(a, str_format(a, "%.*s;UIDVALIDITY=%lld/;UID=%lld/;PARTIAL=0.%d",
					STR_ARG(m->base), (long long)m->validity, (long long)uid,
					MAIL_BYTES + 1));
	CURLcode code = perform(m, url, NULL);
	bool ok = code == CURLE_OK;
	if (ok)
		ok = intake_mail(m->in, buf_str(&m->answer), m->answer.len > MAIL_BYTES,
				 str_format(a, "UID %lld", (long long)uid), STR(""), uid);
	else
		/* Deleted by another meanwhile: nothing to read. */
		ok = code == CURLE_REMOTE_FILE_NOT_FOUND || failed(m, code);
	arena_close(a);
	return ok;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* The numbers of "* SEARCH 4 7 8" from `from` on, in order. */
static int64_t *numbers(struct arena *a, struct str answer, int64_t from, size_t *count)
{
	int64_t *list = NULL, n;
	size_t capacity = 0;
	struct str line, word;
	*count = 0;
	while (str_cut(&answer, '\n', &line)) {
		line = str_trim(line);
		if (!str_equal_nocase(str_sub(line, 0, 8), STR("* SEARCH")))
			continue;
		line = str_sub(line, 8, line.len);
		while (str_cut(&line, ' ', &word))
			if (str_to_int(word, &n) && n >= from)
				PUSH(a, list, *count, capacity, n);
	}
	if (*count)
		qsort(list, *count, sizeof *list, by_number);
	return list;
}

static bool read_from(struct imap *m, int64_t from)
{
	bool ok = true, last = false;
	while (ok && !last) {
		int64_t to = from + UIDS_AT_ONCE - 1;
		/* A server that does not say where numbers end is asked for all at once. */
		last = m->next <= 0 || to >= m->next - 1;
		ok = last ? ask(m, "UID SEARCH UID %lld:*", (long long)from)
			  : ask(m, "UID SEARCH UID %lld:%lld", (long long)from, (long long)to);
		if (ok && m->answer.overflowed)
			ok = wrong(m, "the folder has too many mails");
		struct arena *a = arena_open();
		size_t count;
		int64_t *uids = ok ? numbers(a, buf_str(&m->answer), from, &count) : NULL;
		for (size_t i = 0; ok && i < count; i++)
			ok = read_mail(m, uids[i]);
		arena_close(a);
		from = to + 1;
	}
	return ok && intake_flush(m->in);
}

/* ---- marking ---- */

static bool mark(struct imap *m, struct str uids)
{
	bool delete = m->in->options->after == BOUNCES_DELETE;
	if (!ask(m, "SELECT %s", m->quoted) || !ask(m, "UID STORE %.*s +FLAGS.SILENT (\\Seen%s)",
						    STR_ARG(uids), delete ? " \\Deleted" : ""))
		return false;
	/* EXPUNGE would take away what others marked, too; without UIDPLUS (RFC 4315) ours
	 * stay marked as deleted. After a refusal libcurl hangs up, so that trying is no way
	 * to find out; and what a server can do it may tell only after the login. */
	if (delete &&!ask(m, "CAPABILITY"))
		return false;
	if (delete &&m->uidplus && !ask(m, "UID EXPUNGE %.*s", STR_ARG(uids)))
		return false;
	return ask(m, "EXAMINE %s", m->quoted);
}

static bool settled(void *source, const struct verdict *v, size_t count)
{
	struct imap *m = source;
	struct buf uids;
	buf_init(&uids, 1 << 16);
	for (size_t i = 0; i < count; i++)
		if (verdict_is_done(&v[i]))
			buf_format(&uids, "%s%lld", uids.len ? "," : "", (long long)v[i].uid);
	bool ok = m->in->options->after == BOUNCES_KEEP || uids.len == 0 || mark(m, buf_str(&uids));
	buf_release(&uids);
	/* Only now: who dies before this reads the batch again, and marks it. */
	struct folder_place place = { m->validity, v[count - 1].uid };
	if (place.uid < m->place.uid && place.validity == m->place.validity)
		place.uid = m->place.uid; /* --all reads what was read before */
	struct store *s = m->in->store;
	return ok && s->ops->folder_put(s, m->name, &place);
}

/* ---- the source ---- */

static bool read_folder(struct imap *m)
{
	const struct bounces_options *o = m->in->options;
	struct store *s = m->in->store;
	const char *password;
	bool loopback = false, plain = false;
	CURLU *u = m->curl.url();
	if (!u)
		out_of_memory();
	const char *problem = take_url(m, u, &loopback, &plain);
	m->curl.url_cleanup(u);
	if (problem)
		return wrong(m, problem);
	if (o->user.len == 0 || (o->password_env.len == 0 && o->password_file.len == 0))
		return wrong(m, "--user and --password-env or --password-file are missing");
	m->name = str_format(m->arena, "%.*s %.*s", STR_ARG(o->user), STR_ARG(m->base));
	if (!password_read(m->arena, STR("."), o->password_env, o->password_file, s->world,
			   s->diags, DIAG_MAILBOX_SETTING, (struct place){ 0 }, &password) ||
	    !s->ops->folder_find(s, m->name, &m->place) ||
	    !connect_to(m, loopback, plain, password))
		return false;
	bool goes_on = m->place.validity == m->validity && !o->all;
	return read_from(m, goes_on ? m->place.uid + 1 : 1);
}

bool intake_imap(struct intake *in, struct str url)
{
	struct imap m = { .in = in, .arena = arena_open(), .base = url };
	buf_init(&m.answer, ANSWER_BYTES);
	in->settled = settled;
	in->source = &m;
	bool ok = curl_open(&m.curl, in->store->diags) &&
		  m.curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
	if (ok) {
		ok = read_folder(&m);
		if (m.easy)
			m.curl.easy_cleanup(m.easy);
		m.curl.global_cleanup();
	}
	buf_release(&m.answer);
	arena_close(m.arena);
	return ok;
}
