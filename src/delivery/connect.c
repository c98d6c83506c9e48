/* Why there is no connection: libcurl's codes, OpenSSL's and the server's last line become
 * words for people, and what to do: try again, or stop. */
#include "delivery/smtp.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

/* Whether the other side refused our certificate: the alert comes after our handshake is
 * done (RFC 8446, 4.4.2.4), and libcurl shows OpenSSL's number of it alone:
 * "error:0A000418:", the library in the bits above, 1000 and the alert below. */
static bool is_certificate_alert(const char *error)
{
	enum { OF_SSL = 20, LIBRARY_SHIFT = 23, ALERTS = 1000 };
	const char *at = strstr(error, "error:");
	if (!at)
		return false;
	unsigned long code = strtoul(at + 6, NULL, 16);
	unsigned long alert = (code & ((1UL << LIBRARY_SHIFT) - 1)) - ALERTS;
	/* handshake_failure to access_denied, decrypt_error, certificate_required */
	return code >> LIBRARY_SHIFT == OF_SSL &&
	       ((alert >= 40 && alert <= 49) || alert == 51 || alert == 116);
}

static enum connect_failure failure_of(CURLcode code, const struct session *s)
{
	static const CURLcode insecure[] = {
		CURLE_USE_SSL_FAILED,     CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
		CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,   CURLE_SSL_CIPHER,
		CURLE_SSL_ISSUER_ERROR
	};
	/* "454 temporary authentication failure", "454 TLS not available" pass by
	 * themselves. */
	bool for_now = s->last_line[0] == '4';
	if (code == CURLE_USE_SSL_FAILED && for_now)
		return CONNECT_UNREACHABLE;
	for (size_t i = 0; i < sizeof insecure / sizeof *insecure; i++)
		if (code == insecure[i])
			return CONNECT_TLS;
	if (is_certificate_alert(s->error))
		return CONNECT_TLS;
	if (code == CURLE_LOGIN_DENIED && !for_now)
		return CONNECT_LOGIN;
	return CONNECT_UNREACHABLE;
}

/* What XOAUTH2 answers to a bad token is no reply but a challenge: JSON in base64. libcurl
 * takes it for the end. */
static bool decode_challenge(const char *line, char *out, size_t room)
{
	unsigned char bytes[sizeof((struct session *)0)->last_line];
	size_t len = strlen(line);
	if (strncmp(line, "334 ", 4) != 0 || len % 4 != 0 || len < 8)
		return false;
	int n = EVP_DecodeBlock(bytes, (const unsigned char *)line + 4, (int)len - 4);
	while (n > 0 && line[--len] == '=')
		n--;
	for (int i = 0; i < n; i++)
		if (bytes[i] < ' ' || bytes[i] > '~')
			bytes[i] = '?';
	snprintf(out, room, "the server refused the token: %.*s", n > 0 ? n : 0,
		 (const char *)bytes);
	return n > 0;
}

/* Whether the other side hung up as soon as TLS was there. With TLS 1.3 it looks at our
 * certificate only then, and what it says about it may be lost. */
static bool ended_after_tls(const struct session *s)
{
	curl_off_t secured = 0;
	bool implicit = strncmp(s->params->url, "smtps:", 6) == 0;
	s->smtp->curl.easy_getinfo(s->easy, CURLINFO_APPCONNECT_TIME_T, &secured);
	return secured > 0 &&
	       (implicit ? s->last_line[0] == '\0' : strncmp(s->last_line, "220", 3) == 0);
}

enum connect_failure connect_failure(const struct session *s, CURLcode code,
				     char words[CONNECT_WORDS_BYTES])
{
	const char *error = s->error[0] ? s->error : s->smtp->curl.easy_strerror(code);
	enum connect_failure why = failure_of(code, s);
	bool refused = s->last_line[0] > '3';
	if (why == CONNECT_LOGIN && decode_challenge(s->last_line, words, CONNECT_WORDS_BYTES))
		return why;
	if (refused)
		snprintf(words, CONNECT_WORDS_BYTES, "%s, %s", s->last_line, error);
	else if (why == CONNECT_LOGIN) /* nothing was even tried */
		snprintf(words, CONNECT_WORDS_BYTES,
			 "the server offers no way to log in that fits: %s",
			 s->offers.auth[0] ? s->offers.auth : "none at all");
	else if (s->params->client_certificate && is_certificate_alert(s->error))
		snprintf(words, CONNECT_WORDS_BYTES,
			 "the server does not take our certificate (%s)", error);
	else if (why == CONNECT_UNREACHABLE && ended_after_tls(s))
		snprintf(words, CONNECT_WORDS_BYTES,
			 "it hung up right after TLS: it may want another certificate of ours (%s)",
			 error);
	else
		snprintf(words, CONNECT_WORDS_BYTES, "%s", error);
	return why;
}
