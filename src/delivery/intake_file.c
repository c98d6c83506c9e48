/* Files: one mail, or many in an mbox (RFC 4155; ">From " as in mboxrd). Read as a
 * stream, so that no file is too large and none need have an end. Files stay as they
 * are. */
#include "delivery/intake.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/diag.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64 << 10 };

struct stream {
	int fd;
	char block[BLOCK];
	size_t at, len;
	bool ended, failed;
};

static void fill(struct stream *s)
{
	memmove(s->block, s->block + s->at, s->len - s->at);
	s->len -= s->at;
	s->at = 0;
	ssize_t n;
	do
		n = read(s->fd, s->block + s->len, BLOCK - s->len);
	while (n < 0 && errno == EINTR);
	s->failed |= n < 0;
	s->ended |= n <= 0;
	s->len += n > 0 ? (size_t)n : 0;
}

/* The next line with its end, or as much of it as fits a block; false at the end of
 * the file. Valid until the next call. */
static bool next_piece(struct stream *s, struct str *piece)
{
	for (;;) {
		size_t rest = s->len - s->at;
		const char *from = s->block + s->at;
		const char *end = rest ? memchr(from, '\n', rest) : NULL;
		size_t len = end ? (size_t)(end - from) + 1 : rest;
		if (end || rest == BLOCK || (s->ended && rest)) {
			*piece = (struct str){ from, len };
			s->at += len;
			return true;
		}
		if (s->ended)
			return false;
		fill(s);
	}
}

/* ">From ", ">>From ", …: a line that was "From " before it went into an mbox. */
static bool is_quoted(struct str line)
{
	size_t n = 0;
	while (n < line.len && line.ptr[n] == '>')
		n++;
	return n && str_starts(str_sub(line, n, line.len), STR("From "));
}

struct mbox {
	struct intake *in;
	struct str name;
	struct buf mail;
	bool many; /* an mbox */
	int number; /* of the mail, from 1 */
};

static bool end_mail(struct mbox *b)
{
	struct buf place;
	if (b->mail.len == 0)
		return true;
	buf_init(&place, 8192);
	buf_put(&place, b->name);
	if (b->many)
		buf_format(&place, ":%d", b->number);
	bool ok = intake_mail(b->in, buf_str(&b->mail), b->mail.overflowed, buf_str(&place),
			      STR(""), 0);
	buf_release(&place);
	buf_clear(&b->mail);
	b->number++;
	return ok;
}

static bool read_mails(struct stream *s, struct mbox *b, bool may_be_many)
{
	struct str piece;
	bool ok = true, fresh_line = true, after_blank = true, first = true;
	while (ok && next_piece(s, &piece)) {
		bool from = fresh_line && after_blank && str_starts(piece, STR("From "));
		if (first && from)
			b->many = may_be_many;
		bool blank = fresh_line && str_trim(piece).len == 0;
		if (from && (first || b->many))
			ok = end_mail(b); /* the line itself is the envelope's */
		else if (fresh_line && b->many && is_quoted(piece))
			buf_put(&b->mail, str_sub(piece, 1, piece.len));
		else
			buf_put(&b->mail, piece);
		first = false;
		fresh_line = str_ends(piece, STR("\n"));
		after_blank = blank;
	}
	return ok && end_mail(b) && intake_flush(b->in);
}

/* A pipe brings each mail once. Where nothing was ever sent from, as by a wrong -C, all
 * would be unknown and gone: the mail server had better keep it. */
static bool may_be_piped(struct store *s)
{
	bool any;
	if (!s->ops->any_issue(s, &any))
		return false;
	if (!any)
		diag_report(s->diags, DIAG_STORE_FAILED, (struct place){ 0 },
			    "no issue was sent from %.*s yet, so nothing can have come back",
			    STR_ARG(s->publication->store));
	return any;
}

bool intake_file(struct intake *in, struct str path)
{
	bool standard = str_equal(path, STR("-"));
	if (standard && !may_be_piped(in->store))
		return false;
	struct stream *s = NEW(in->store->arena, struct stream);
	s->fd = STDIN_FILENO;
	const char *problem = standard ? NULL : file_open(str_c(in->store->arena, path), &s->fd);
	struct mbox b = { .in = in, .name = standard ? STR("standard input") : path, .number = 1 };
	buf_init(&b.mail, MAIL_BYTES);
	/* A pipe brings one mail, with an envelope line before it or without; what looks
	 * like a second one is part of it. */
	bool ok = s->fd >= 0 && read_mails(s, &b, !standard);
	if (s->fd < 0 || s->failed) {
		diag_report(in->store->diags, DIAG_FILE_READ, (struct place){ 0 }, "%.*s: %s",
			    STR_ARG(b.name), problem ? problem : strerror(errno));
		ok = false;
	}
	if (s->fd > STDIN_FILENO)
		close(s->fd);
	buf_release(&b.mail);
	return ok;
}
