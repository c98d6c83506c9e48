/* A relay of glos.yaml becomes what a connection needs. */
#include "base/arena.h"
#include "base/file.h"
#include "delivery/password.h"
#include "delivery/smtp.h"
#include "model/mailbox.h"

#include <string.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, PEM_BYTES = 1 << 20 };

static bool wrong(const struct relay_settings *relay, struct diags *d, const char *what)
{
	diag_report(d, DIAG_SMTP_SETTING, relay->place, "%s", what);
	return false;
}

static bool is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
	       strncmp(host, "127.", 4) == 0;
}

/* Checks the URL; adds the sender's domain as its path, which is what libcurl says
 * in EHLO: the machine's own name is nobody's business. */
static bool make_url(struct arena *a, const struct publication *p,
		     const struct relay_settings *relay, const struct curl_calls *calls,
		     struct diags *d, struct smtp_params *params)
{
	const struct curl_calls curl = *calls;
	CURLU *u = curl.url();
	char *scheme = NULL, *host = NULL, *path = NULL, *user = NULL, *url = NULL;
	const char *problem = NULL;
	if (!u)
		out_of_memory();
	if (curl.url_set(u, CURLUPART_URL, str_c(a, relay->url), 0) != CURLUE_OK ||
	    curl.url_get(u, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
	    curl.url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
	    (strcmp(scheme, "smtp") != 0 && strcmp(scheme, "smtps") != 0)) {
		problem = "url is like smtp://mail.example.org:587";
	} else if (curl.url_get(u, CURLUPART_USER, &user, 0) == CURLUE_OK) {
		problem = "user and password have keys of their own, not a place in the url";
	} else {
		params->loopback = is_loopback(host);
		struct str domain = mailbox_domain(mailbox_of(p->mail.from).address);
		bool has_path = curl.url_get(u, CURLUPART_PATH, &path, 0) == CURLUE_OK &&
				strcmp(path, "/") != 0;
		if (!has_path && domain.len)
			curl.url_set(u, CURLUPART_PATH, str_c(a, domain), 0);
		if (curl.url_get(u, CURLUPART_URL, &url, 0) == CURLUE_OK)
			params->url = str_c(a, str_from(url));
		else
			problem = "url cannot be used";
	}
	if (!problem && relay->tls == TLS_NEVER && !params->loopback && strcmp(scheme, "smtp") == 0)
		problem = "tls: never is only for a server on this machine";
	curl.free(scheme);
	curl.free(host);
	curl.free(path);
	curl.free(user);
	curl.free(url);
	curl.url_cleanup(u);
	return problem ? wrong(relay, d, problem) : true;
}

/* What libcurl may log in with, as it wants to hear it. Ways that need more than a
 * password (Kerberos, NTLM) stay out: it would try them first. */
static const char *login_options(enum login_way way, bool token)
{
	static const char *const options[] = {
		[LOGIN_PLAIN] = "AUTH=PLAIN",
		[LOGIN_LOGIN] = "AUTH=LOGIN",
		[LOGIN_SCRAM_SHA_1] = "AUTH=SCRAM-SHA-1",
		[LOGIN_SCRAM_SHA_256] = "AUTH=SCRAM-SHA-256",
		[LOGIN_XOAUTH2] = "AUTH=XOAUTH2",
		[LOGIN_OAUTHBEARER] = "AUTH=OAUTHBEARER",
		[LOGIN_EXTERNAL] = "AUTH=EXTERNAL",
	};
	if (way != LOGIN_ANY)
		return options[way];
	return token ? "AUTH=OAUTHBEARER;AUTH=XOAUTH2"
		     : "AUTH=SCRAM-SHA-256;AUTH=SCRAM-SHA-1;AUTH=DIGEST-MD5;AUTH=CRAM-MD5;"
		       "AUTH=PLAIN;AUTH=LOGIN";
}

static bool find_login(struct arena *a, const struct publication *p,
		       const struct relay_settings *relay, const struct curl_calls *curl,
		       const struct world *w, struct diags *d, struct smtp_params *params)
{
	bool scram = relay->login == LOGIN_SCRAM_SHA_1 || relay->login == LOGIN_SCRAM_SHA_256;
	bool token = relay->token_env.len || relay->token_file.len || relay->token_words;
	params->login_options = login_options(relay->login, token);
	if (scram && !(curl->version_info(CURLVERSION_NOW)->features & CURL_VERSION_GSASL))
		return wrong(relay, d,
			     "this system's libcurl cannot log in by SCRAM (it was built without "
			     "GSASL); auth: plain is as safe where TLS is required");
	if (relay->login == LOGIN_EXTERNAL) {
		params->user = str_c(a, relay->user);
		return true;
	}
	if (relay->user.len == 0)
		return true;
	params->user = str_c(a, relay->user);
	if (token)
		return token_read(a, p->root, relay, w, NULL, d, &params->token);
	if (relay->password_env.len == 0 && relay->password_file.len == 0)
		return wrong(relay, d, "user needs password_env or password_file");
	return password_read(a, p->root, relay->password_env, relay->password_file, w, d,
			     DIAG_SMTP_SETTING, relay->place, &params->password);
}

/* The path of a file that has to be there. */
static bool find_file(struct arena *a, const struct publication *p,
		      const struct relay_settings *relay, struct str name, struct diags *d,
		      const char **path)
{
	if (name.len == 0)
		return true;
	*path = path_join(a, p->root, name);
	struct str text;
	return file_read(a, *path, PEM_BYTES, d, relay->place, &text);
}

bool smtp_params_make(struct arena *a, const struct publication *p,
		      const struct relay_settings *relay, const struct world *w, struct diags *d,
		      struct smtp_params *params)
{
	struct curl_calls curl;
	*params = (struct smtp_params){
		.tls = relay->tls,
		.limits = { .connect = 30 * SECOND,
			    /* RFC 5321, 4.5.3.2 */
			    .reply = { [PHASE_CONNECT] = 5 * MINUTE,
				       [PHASE_RSET] = 5 * MINUTE,
				       [PHASE_MAIL] = 5 * MINUTE,
				       [PHASE_RCPT] = 5 * MINUTE,
				       [PHASE_DATA] = 2 * MINUTE,
				       [PHASE_BODY] = 3 * MINUTE,
				       [PHASE_DOT] = 10 * MINUTE } },
	};
	if (relay->ca_file.len)
		params->ca_file = path_join(a, p->root, relay->ca_file);
	return curl_open(&curl, d) && make_url(a, p, relay, &curl, d, params) &&
	       find_file(a, p, relay, relay->client_certificate, d, &params->client_certificate) &&
	       find_file(a, p, relay, relay->client_key, d, &params->client_key) &&
	       find_login(a, p, relay, &curl, w, d, params);
}
