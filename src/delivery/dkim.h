/* DKIM signatures (RFC 6376, and RFC 8463 for Ed25519). */
#ifndef DELIVERY_DKIM_H
#define DELIVERY_DKIM_H

#include "base/diag.h"
#include "model/publication.h"

struct dkim;
struct dkim_header;
struct signer;

/* Reads the keys that the settings name, relative to the publication's root. NULL
 * and DKIM_KEY when one cannot sign. The caller closes. */
struct dkim *dkim_open(const struct publication *p, struct diags *d);
void dkim_close(struct dkim *k); /* NULL is allowed */
/* How many messages had better be signed in one go, as far as so many are there. */
size_t dkim_at_once(const struct dkim *k);

/* A digest as far as it is the same for many messages. */
struct digest;
struct digest *digest_open(void);
void digest_add(struct digest *d, struct str text);
void digest_close(struct digest *d); /* NULL is allowed */

/* A text and its SHA-256: what was hashed already (or NULL), and what follows, in parts. */
struct hashed {
	const struct digest *begun;
	const struct str *parts;
	size_t part_count;
	unsigned char digest[32];
};

/* A message that is to be signed. */
struct signing {
	const struct dkim_header *header; /* of its form (dkim_header.h) */
	struct str open; /* what dkim_header_relax says of it */
	struct hashed body; /* relaxed; its digest is filled in */
	struct buf *out; /* here a DKIM-Signature field is appended for each key, with CRLF */
	bool done; /* false when OpenSSL refused */
};

enum { SIGNED_AT_ONCE = 16 };

/* What one thread signs with: its scratch and OpenSSL's. dkim outlives it. */
struct signer *signer_open(const struct dkim *d);
void signer_close(struct signer *s); /* NULL is allowed */
/* SIGNED_AT_ONCE of them at most: many at once cost less than one by one. */
void signer_sign(struct signer *s, struct signing *of, size_t count, int64_t now);

/* All of it, for a whole message in wire form (not dot-stuffed). */
bool dkim_sign(struct signer *s, struct str message, int64_t now, struct buf *header)
	__attribute__((warn_unused_result));

/* relaxed canonical forms (RFC 6376, 3.4.2 and 3.4.4); appended. The field and its value
 * end without CRLF; lines keep empty ones at their end, a body does not. */
void dkim_relax_field(struct buf *out, struct str field);
void dkim_relax_value(struct buf *out, struct str value);
void dkim_relax_lines(struct buf *out, struct str text);
void dkim_relax_body(struct buf *out, struct str body);

/* Where the field that begins at `at` ends, its folded lines with it: behind its CRLF, and two
 * bytes behind the text where there is none. */
size_t dkim_field_end(struct str header, size_t at);

#endif
