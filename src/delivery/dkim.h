/* DKIM signatures (RFC 6376, and RFC 8463 for Ed25519). */
#ifndef DELIVERY_DKIM_H
#define DELIVERY_DKIM_H

#include "base/diag.h"
#include "model/publication.h"

struct dkim;
struct signer;

/* Reads the keys that the settings name, relative to the publication's root. NULL
 * and DKIM_KEY when one cannot sign. The caller closes. */
struct dkim *dkim_open(const struct publication *p, struct diags *d);
void dkim_close(struct dkim *k); /* NULL is allowed */
/* How many messages had better be signed in one go, as far as so many are there. */
size_t dkim_at_once(const struct dkim *k);

/* A body's digest as far as it is the same for many messages. */
struct digest;
struct digest *digest_open(void);
void digest_add(struct digest *d, struct str text);
void digest_close(struct digest *d); /* NULL is allowed */

/* A message's body, relaxed, in parts: what was hashed already (or NULL), and what follows. */
struct body {
	const struct digest *begun;
	const struct str *parts;
	size_t part_count;
	unsigned char digest[32];
};

enum { BODIES_AT_ONCE = 16 };

/* What one thread signs with: its scratch and OpenSSL's. dkim outlives it. */
struct signer *signer_open(const struct dkim *d);
void signer_close(struct signer *s); /* NULL is allowed */
/* Fills in the digests, of BODIES_AT_ONCE at most: many at once cost less than one by one. */
void signer_hash(struct signer *s, struct body *bodies, size_t count);
/* Appends a DKIM-Signature header field for each key, with CRLF. fields is the header with
 * the CRLF of its last field. false when OpenSSL refused. */
bool signer_sign(struct signer *s, struct str fields, const unsigned char body_digest[32],
		 int64_t now, struct buf *header) __attribute__((warn_unused_result));

/* All of it, for a whole message in wire form (not dot-stuffed). */
bool dkim_sign(struct signer *s, struct str message, int64_t now, struct buf *header)
	__attribute__((warn_unused_result));

/* relaxed canonical forms (RFC 6376, 3.4.2 and 3.4.4); appended. The field ends
 * without CRLF; lines keep empty ones at their end, a body does not. */
void dkim_relax_field(struct buf *out, struct str field);
void dkim_relax_lines(struct buf *out, struct str text);
void dkim_relax_body(struct buf *out, struct str body);

#endif
