/* The message: one e-mail for a language and segment, whole but for its holes.
 *
 * Made by email/ once, const after; delivery/ fills the holes for each
 * subscriber. The wire form is RFC 5322 with CRLF lines, quoted-printable
 * parts, not dot-stuffed; it is cut into chunks so that filling a hole never
 * touches what surrounds it. */
#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

#include "model/document.h"

/* What differs from subscriber to subscriber: a closed list. */
enum hole {
	HOLE_ADDRESS, /* "To:" address */
	HOLE_NAME, /* the subscriber's name */
	HOLE_ORG, /* the publisher: filled by email/, listed for {org} */
	HOLE_TOKEN, /* the subscriber's random token: unsubscribe, preferences */
	HOLE_REGION, /* the subscriber's regions, as text */
	HOLE_MESSAGE_ID, /* the left part after issue and language: TOKEN of the delivery */
	HOLE_DATE, /* RFC 5322 date of the sending */
	HOLE_COUNT
};

/* How a filled value is written where the hole stands. Values with control
 * characters never reach the wire. */
enum hole_encoding {
	HOLE_HEADER, /* a header: RFC 2047 when not ASCII */
	HOLE_HTML_QP, /* HTML text or attribute, then quoted-printable */
	HOLE_TEXT_QP, /* plain text, then quoted-printable */
	HOLE_URL_HEADER, /* percent-encoded, in a header */
	HOLE_URL_QP, /* percent-encoded, then quoted-printable */
};

struct chunk {
	bool is_hole;
	struct str literal; /* ready for the wire */
	enum hole hole;
	enum hole_encoding encoding;
};

struct message {
	struct str issue; /* "2026-1" */
	struct str language; /* BCP 47 */
	struct str region; /* the segment; empty: everyone */
	struct str subject, preheader;
	struct str html, text; /* unencoded; holes written as {name}, {token}, … */
	struct str domain; /* right part of Message-ID: the sender's domain */
	struct chunk *chunks; /* the wire form */
	size_t chunk_count;
	size_t encoded_bytes; /* of the wire form, holes counted as 32 */
};

struct str hole_name(enum hole h);
/* false when name is no placeholder an editor may write. */
bool hole_from(struct str name, enum hole *h);

/* Values for the holes of one recipient; by enum hole. */
struct hole_values {
	struct str value[HOLE_COUNT];
};

/* Appends the wire form with its holes filled. Values are escaped for their
 * place; control characters in them become spaces. */
void message_render(const struct message *m, const struct hole_values *v, struct buf *out);

/* Appends the HTML or the text part as this recipient reads it: cut out of the
 * wire form and decoded, lines ended by LF. For previews and samples. */
void message_put_part(const struct message *m, const struct hole_values *v, bool html,
		      struct buf *out);

/* Appends bytes as quoted-printable text (RFC 2045, 6.7), lines of at most 76
 * with CRLF; text's line ends may be LF or CRLF. Soft breaks as needed. */
void quoted_printable_put(struct buf *out, struct str text);

#endif
