/* SMTP sessions on one thread: libcurl opens, secures and logs in each connection;
 * the dialogue on it is ours (RFC 5321, PIPELINING 2920, SIZE 1870, 8BITMIME 6152,
 * SMTPUTF8 6531, DSN 3461, enhanced codes 2034).
 *
 * libcurl's own SMTP transfers are not used: they block every connection while one
 * server thinks about a final dot, and they hide the replies. */
#ifndef DELIVERY_SMTP_H
#define DELIVERY_SMTP_H

#include "base/world.h"
#include "delivery/curl.h"
#include "delivery/reply.h"
#include "delivery/text.h"
#include "model/publication.h"

struct arena;
struct diags;
struct smtp;

/* Time limits in milliseconds (RFC 5321, 4.5.3.2). */
struct smtp_limits {
	int64_t connect; /* TCP, TLS, greeting, EHLO and login together */
	int64_t reply[PHASE_COUNT];
};

/* All that opening a connection takes. */
struct smtp_params {
	const char *url; /* with the EHLO name as its path */
	enum tls_policy tls;
	bool loopback;
	const char *user; /* NULL: no login */
	const char *password, *token; /* one of them, or NULL for EXTERNAL */
	const char *login_options; /* CURLOPT_LOGIN_OPTIONS */
	const char *client_certificate, *client_key; /* PEM files; NULL: none */
	const char *ca_file; /* NULL: the system's */
	struct smtp_limits limits;
};

/* Makes params of a relay's settings; false, told, when they cannot be used. */
bool smtp_params_make(struct arena *a, const struct publication *p,
		      const struct relay_settings *relay, const struct world *w, struct diags *d,
		      struct smtp_params *params);

/* How one message travels. The strings are borrowed until it is settled. */
struct envelope {
	struct str sender, recipient; /* addresses on the wire, without brackets */
	struct str id; /* ENVID: comes back in delivery reports */
	struct text content; /* dot-stuffed, all CRLF, without the final dot */
	bool needs_smtputf8, eight_bit;
};

/* Why there is no connection. */
enum connect_failure {
	CONNECT_UNREACHABLE, /* for now */
	CONNECT_TLS, /* not secure: the settings or the server must change */
	CONNECT_LOGIN, /* refused for good */
};

enum session_state {
	SESSION_CLOSED,
	SESSION_CONNECTING,
	SESSION_IDLE,
	SESSION_ENVELOPE, /* RSET, MAIL, RCPT, DATA are out, replies awaited */
	SESSION_BODY, /* the text is going out */
	SESSION_HELD, /* all is out but the dot: waits for session_release */
	SESSION_DOT, /* the dot is out: from here on it may be delivered */
};

enum { ENVELOPE_PHASES = 4, READ_BYTES = 4096, LAST_LINE_BYTES = 256, AUTH_BYTES = 120 };
/* A whole issue, mostly: one call of the system for each message. */
enum { WINDOW_BYTES = 64 * 1024 };
enum { CONNECT_WORDS_BYTES = CURL_ERROR_SIZE + LAST_LINE_BYTES + AUTH_BYTES + 80 };

struct session {
	struct smtp *smtp;
	const struct smtp_params *params; /* of smtp_open; the caller may give others */
	int number;
	enum session_state state; /* changed by session.c alone */
	void *context; /* the caller's: what is being sent */
	const struct envelope *next; /* its commands are out behind the dot; or NULL */
	void *next_context; /* becomes context when the dot is answered */
	int delivered, begun; /* messages since the connection was made */
	const char *token; /* of params, when it was opened */
	int64_t opened_ms; /* when it was asked for */
	int64_t answer_ms; /* how long the answer to the last dot took; 0: none came yet */
	/* the rest is private to smtp.c and session.c */
	CURL *easy;
	curl_socket_t socket;
	unsigned waiting_for; /* epoll events asked for; 0: not registered */
	bool starttls; /* is used where it is offered */
	bool encrypted; /* by TLS, or it may be */
	int64_t deadline_ms; /* of the phase at hand */
	char error[CURL_ERROR_SIZE];
	char last_line[LAST_LINE_BYTES]; /* what the server said last while connecting */
	bool ehlo_goes_on; /* the line before was "250-" */
	struct {
		bool pipelining, eight_bit, utf8, dsn, size;
		int64_t size_most; /* 0: no limit told */
		char auth[AUTH_BYTES]; /* ways to log in, as the server named them */
	} offers;
	const struct envelope *envelope;
	enum phase phases[ENVELOPE_PHASES];
	int phase_count, sent, replied; /* of phases */
	bool needs_rset;
	enum verdict failure; /* first of this envelope; GO_ON: none */
	enum phase failed_at;
	struct reply failure_reply;
	struct buf out; /* commands on their way */
	struct str going; /* of out: what is being written */
	struct text_at text_at; /* so far the content is */
	bool text_due; /* the server waits for the content; none of it is written yet */
	struct buf in;
};

/* What the sessions tell. reply may be NULL (no answer); words are never empty. */
struct smtp_events {
	void (*opened)(void *context, struct session *s);
	void (*not_opened)(void *context, struct session *s, enum connect_failure why,
			   const char *words);
	/* The envelope is done with; the session may be IDLE or CLOSED. */
	void (*settled)(void *context, struct session *s, enum verdict v, enum phase at,
			const struct reply *reply, const char *words);
	/* Closed while idle. */
	void (*closed)(void *context, struct session *s, const char *words);
};

struct smtp {
	const struct smtp_params *params;
	const struct smtp_events *events;
	void *context;
	const struct world *world;
	struct curl_calls curl;
	CURLM *multi;
	int epoll;
	int64_t timer_ms; /* when libcurl wants to be called; -1: not */
	struct session *sessions;
	int session_count;
	int text_first; /* the session whose text may go first */
	char *window; /* where what is written of a text is put together */
	bool curl_ready;
};

/* sessions of them, all closed, in a. False and told when the system refuses. */
bool smtp_open(struct smtp *m, struct arena *a, const struct smtp_params *params, int sessions,
	       const struct smtp_events *events, void *context, const struct world *w,
	       struct diags *d);
/* Says QUIT where that is polite, and closes everything; once, however often it is called. */
void smtp_close(struct smtp *m);
/* From now on smtp_run ends when this descriptor is readable, too. False: the system refuses. */
bool smtp_listen(struct smtp *m, int descriptor);
/* Waits up to wait_ms for something to happen and lets it happen. */
void smtp_run(struct smtp *m, int64_t wait_ms);

/* CLOSED to CONNECTING. */
void session_open(struct session *s);
/* IDLE to ENVELOPE. */
void session_start(struct session *s, const struct envelope *e);
/* HELD to DOT: the intent is on the disk, the dot may leave. With it go the commands of
 * the next envelope, where the server offers PIPELINING (RFC 2920, 3.1) and can carry it:
 * a round trip less for each message. True when they did; it begins, with next_context, when
 * the dot is answered. next may be NULL. */
bool session_release(struct session *s, const struct envelope *next, void *next_context);
/* Its dot has not been answered for so long that what is ahead of it, and what is meant for
 * other servers, should not wait, too. */
bool session_is_hung(const struct session *s);
/* IDLE to CLOSED, with QUIT. */
void session_quit(struct session *s);

/* Between smtp.c and session.c. */
void session_connected(struct session *s);
void session_event(struct session *s, bool readable, bool writable);
void session_write_text(struct session *s); /* text_due: it begins to go out */
void session_timeout(struct session *s);
size_t session_header(char *line, size_t size, size_t count, void *context);
void smtp_watch(struct session *s, unsigned events);
void smtp_drop(struct session *s);

/* ---- connect.c ---- */

/* Why a connection could not be opened, in words, too. */
enum connect_failure connect_failure(const struct session *s, CURLcode code,
				     char words[CONNECT_WORDS_BYTES]);

#endif
