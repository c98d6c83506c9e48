/* smtp: of glos.yaml becomes what a connection needs. */
#include "base/arena.h"
#include "base/file.h"
#include "delivery/password.h"
#include "delivery/smtp.h"
#include "model/mailbox.h"

#include <string.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static bool wrong(const struct publication *p, struct diags *d, const char *what)
{
	diag_report(d, DIAG_SMTP_SETTING, p->smtp.place, "%s", what);
	return false;
}

static bool is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
	       strncmp(host, "127.", 4) == 0;
}

/* Checks the URL; adds the sender's domain as its path, which is what libcurl says
 * in EHLO: the machine's own name is nobody's business. */
static bool make_url(struct arena *a, const struct publication *p, struct diags *d,
		     struct smtp_params *params)
{
	struct curl_calls curl;
	if (!curl_open(&curl, d))
		return false;
	CURLU *u = curl.url();
	char *scheme = NULL, *host = NULL, *path = NULL, *user = NULL, *url = NULL;
	const char *problem = NULL;
	if (!u)
		out_of_memory();
	if (curl.url_set(u, CURLUPART_URL, str_c(a, p->smtp.url), 0) != CURLUE_OK ||
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
	if (!problem && p->smtp.tls == TLS_NEVER && !params->loopback &&
	    strcmp(scheme, "smtp") == 0)
		problem = "tls: never is only for a server on this machine";
	curl.free(scheme);
	curl.free(host);
	curl.free(path);
	curl.free(user);
	curl.free(url);
	curl.url_cleanup(u);
	return problem ? wrong(p, d, problem) : true;
}

static bool find_password(struct arena *a, const struct publication *p, const struct world *w,
			  struct diags *d, struct smtp_params *params)
{
	if (p->smtp.user.len == 0)
		return true;
	params->user = str_c(a, p->smtp.user);
	if (p->smtp.password_env.len == 0 && p->smtp.password_file.len == 0)
		return wrong(p, d, "user needs password_env or password_file");
	return password_read(a, p->root, p->smtp.password_env, p->smtp.password_file, w, d,
			     DIAG_SMTP_SETTING, p->smtp.place, &params->password);
}

bool smtp_params_make(struct arena *a, const struct publication *p, const struct world *w,
		      struct diags *d, struct smtp_params *params)
{
	*params = (struct smtp_params){
		.tls = p->smtp.tls,
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
	if (p->smtp.ca_file.len)
		params->ca_file = path_join(a, p->root, p->smtp.ca_file);
	return make_url(a, p, d, params) && find_password(a, p, w, d, params);
}
