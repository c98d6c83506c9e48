/* Tokens of OAuth 2.0: short-lived, so that a program makes them anew. */
#include "base/arena.h"
#include "base/file.h"
#include "base/process.h"
#include "delivery/password.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

enum { TOKEN_BYTES_MOST = 16 * 1024, PROGRAM_MS = 30000, SLICE_MS = 100 };

static bool refused(const struct relay_settings *relay, struct diags *d, const char *why)
{
	diag_report(d, DIAG_SMTP_SETTING, relay->place, "token_command: %.*s: %s",
		    STR_ARG(relay->token_command[0]), why);
	return false;
}

/* How a program is waited for. */
struct patience {
	const struct world *world;
	const struct meanwhile *meanwhile; /* or NULL */
	int64_t until_ms;
};

/* How long it may be waited for before this is asked again; 0: it took too long, or nobody
 * waits any more. */
static int slice_ms(const struct patience *p)
{
	int64_t left = p->until_ms - p->world->monotonic_ms(p->world->context);
	if (left <= 0 || (p->meanwhile && !p->meanwhile->act(p->meanwhile->context)))
		return 0;
	return left < SLICE_MS ? (int)left : SLICE_MS;
}

/* Reads until it says no more; false when that takes too long, or too much comes. */
static bool read_output(struct process *p, const struct patience *patience, struct buf *out)
{
	int ms;
	while (!out->overflowed && (ms = slice_ms(patience)) > 0) {
		struct pollfd ready = { .fd = p->output, .events = POLLIN };
		if (poll(&ready, 1, ms) > 0 && !process_read(p, out))
			return true;
	}
	return false;
}

/* One that closed its output may still go on, perhaps for ever. */
static bool await_end(struct process *p, const struct patience *patience, int *status)
{
	int ms;
	while ((ms = slice_ms(patience)) > 0)
		if (process_ends(p, ms, status))
			return true;
	return false;
}

/* A token is one word of visible ASCII (RFC 6750, 2.1): anything else would end up in the
 * middle of a command. */
static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] > '~')
			return false;
	return s.len > 0;
}

static bool ask_program(struct arena *a, struct str root, const struct relay_settings *relay,
			const struct patience *patience, struct diags *d, const char **token)
{
	char *const *variables = patience->world->variables;
	char *const none[] = { NULL };
	const char **words = NEW_ARRAY(a, const char *, relay->token_words + 1);
	struct process p;
	struct buf out;
	for (size_t i = 0; i < relay->token_words; i++)
		words[i] = str_c(a, relay->token_command[i]);
	/* As with all paths: of the publication, not of where somebody stands. */
	if (strchr(words[0], '/'))
		words[0] = path_join(a, root, relay->token_command[0]);
	int error = process_start(&p, words, variables ? variables : none);
	if (error)
		return refused(relay, d, strerror(error));
	buf_init(&out, TOKEN_BYTES_MOST);
	int status = 0;
	bool whole = read_output(&p, patience, &out) && await_end(&p, patience, &status);
	process_kill(&p);
	struct str text = str_copy(a, str_trim(buf_str(&out)));
	buf_release(&out);
	if (!whole)
		return refused(relay, d, "not done within half a minute");
	if (status != 0)
		return refused(relay, d, str_format(a, "ended with status %d", status).ptr);
	if (!is_token(text))
		return refused(relay, d, "printed no token, one word on a line");
	*token = str_c(a, text);
	return true;
}

bool token_read(struct arena *a, struct str root, const struct relay_settings *relay,
		const struct world *w, const struct meanwhile *meanwhile, struct diags *d,
		const char **token)
{
	if (relay->token_words) {
		const struct patience patience = { w, meanwhile,
						   w->monotonic_ms(w->context) + PROGRAM_MS };
		return ask_program(a, root, relay, &patience, d, token);
	}
	if (!password_read(a, root, relay->token_env, relay->token_file, w, d, DIAG_SMTP_SETTING,
			   relay->place, token))
		return false;
	if (is_token(str_from(*token)))
		return true;
	diag_report(d, DIAG_SMTP_SETTING, relay->place, "the token is not one word on a line");
	return false;
}
