/* The publication: what glos.yaml says. Made by source/, read by every room. */
#ifndef MODEL_PUBLICATION_H
#define MODEL_PUBLICATION_H

#include "base/diag.h"

struct mail_settings {
	struct str from; /* mailbox, "Name <local@domain>"; empty: cannot send */
	struct str reply_to; /* address; may be empty */
	struct str list_id; /* "glos.glos.example.org"; may be empty */
	struct str return_path; /* address of bounces, without the VERP token */
	struct str unsubscribe; /* URL with {token}; may be empty */
	struct str preferences; /* URL with {token}; may be empty */
	struct str subscribe; /* URL of the form; empty: "/s" where unsubscribe stands */
	struct str confirm; /* URL with {token}; empty: "/c/{token}" there */
	struct str postal_address; /* for the footer; may be empty */
	bool pictures_inside; /* of the message, instead of on the site */
	bool without_pdf; /* the e-mail does not link to the PDFs beside the web edition */
	struct place place;
};

enum tls_policy { TLS_REQUIRED, TLS_IF_OFFERED, TLS_NEVER };

/* Sendings per time; count 0 means unlimited. */
struct rate {
	int64_t count;
	int64_t per_ms;
};

struct domain_rate {
	struct str domain; /* lower case */
	struct rate rate;
};

/* How a mail server is told who we are (SASL). ANY: whatever it offers that suits a
 * password or a token. */
enum login_way {
	LOGIN_ANY,
	LOGIN_PLAIN,
	LOGIN_LOGIN,
	LOGIN_SCRAM_SHA_1,
	LOGIN_SCRAM_SHA_256,
	LOGIN_XOAUTH2,
	LOGIN_OAUTHBEARER,
	LOGIN_EXTERNAL, /* by the client's certificate */
};

/* A mail server that takes messages for others. Paths are relative to the root. */
struct relay_settings {
	struct str name; /* for people and the ledger: host and port unless told */
	struct str url; /* smtp:// or smtps:// */
	enum tls_policy tls;
	struct str ca_file; /* empty: the system's */
	struct str client_certificate, client_key; /* PEM files; both or none */
	struct str user; /* empty: no AUTH, but for EXTERNAL */
	enum login_way login;
	struct str password_env; /* name of an environment variable, or empty */
	struct str password_file;
	struct str token_env, token_file; /* the same of a token (OAuth 2.0) */
	struct str *token_command; /* words of a program that prints it; or none */
	size_t token_words;
	int connections; /* 1 to 100; 8 unless told */
	int weight; /* of its share; 1 unless told */
	struct rate rate; /* of this relay alone */
	int64_t *warm_up; /* messages of the first, second, … day; then no limit */
	size_t warm_up_days;
	struct place place;
};

enum { RELAYS_MOST = 16 };

struct smtp_settings {
	struct relay_settings *relays;
	size_t relay_count; /* 0: cannot send */
	struct rate rate; /* of all of them together */
	struct domain_rate *domain_rates;
	size_t domain_rate_count;
	bool resend_ambiguous; /* ambiguous: resend */
	struct place place;
};

enum { DKIM_KEYS_MOST = 2 };

struct dkim_settings {
	struct str domain; /* empty: not signed */
	struct {
		struct str selector;
		struct str path; /* relative to the root */
		struct place place; /* of the path */
	} keys[DKIM_KEYS_MOST]; /* each signs every message */
	size_t key_count;
	struct place place;
};

/* `glos serve`. Addresses as they were written: serve/ reads them. */
struct serve_settings {
	struct str listen; /* "127.0.0.1:8017"; empty: that */
	struct str metrics; /* "127.0.0.1:9117", on loopback; empty: nowhere */
	struct str *proxies; /* whose X-Forwarded-For is believed: "10.0.0.0/8" */
	struct place *proxy_places;
	size_t proxy_count;
	struct str *languages; /* a reader may choose from; none: the publication's */
	size_t language_count;
	struct str *regions; /* a reader may choose from */
	size_t region_count;
	struct str privacy; /* URL of the notice; may be empty */
	struct place place, listen_place, metrics_place; /* line 0: nobody told */
};

/* How long is kept what has an age; in days. */
struct retention {
	int words_days; /* servers' words, attempts, words of bounces; 0: for ever */
	int deliveries_days; /* who got which issue; 0: for ever */
	int requests_days; /* of requests that nobody confirmed; 0: as delivery/ does unless told */
	bool unsure; /* something there is not understood: nothing may be forgotten */
};

/* How a PostgreSQL server is used; libpq finds a password by itself (PGPASSWORD,
 * ~/.pgpass) unless one of these tells where it is. */
struct postgresql_settings {
	struct str password_env; /* name of an environment variable, or empty */
	struct str password_file; /* path relative to the root, or empty */
	int lease_s; /* a sender unheard of for so long is dead; 0: as is usual */
	struct place place;
};

struct publication {
	struct str root; /* folder of glos.yaml, absolute */
	struct str title; /* after typography */
	struct str publisher;
	struct str language; /* BCP 47 */
	struct str site; /* URL with a slash at the end; may be empty */
	struct str layout; /* name of a folder in layouts/ */
	struct place layout_place; /* line 0: nobody named it */
	struct str store; /* "sqlite:var/glos.db"; delivery/ says what it can open.
			     Empty: glos.yaml names none that can be used (told) */
	struct postgresql_settings postgresql;
	struct mail_settings mail;
	struct smtp_settings smtp;
	struct dkim_settings dkim;
	struct serve_settings serve;
	struct retention retention;
};

#endif
