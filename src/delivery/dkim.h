/* DKIM signatures (RFC 6376, and RFC 8463 for Ed25519). */
#ifndef DELIVERY_DKIM_H
#define DELIVERY_DKIM_H

#include "base/diag.h"
#include "model/publication.h"

struct dkim;

/* Reads the keys that the settings name, relative to the publication's root. NULL
 * and DKIM_KEY when one cannot sign. The caller closes. */
struct dkim *dkim_open(const struct publication *p, struct diags *d);
void dkim_close(struct dkim *k); /* NULL is allowed */

/* Appends a DKIM-Signature header field for each key, with CRLF, for a message in wire
 * form (not dot-stuffed). false when OpenSSL refused. Several threads may sign at once. */
bool dkim_sign(const struct dkim *k, struct str message, int64_t now, struct buf *header)
	__attribute__((warn_unused_result));

/* relaxed canonical forms (RFC 6376, 3.4.2 and 3.4.4); appended. The field ends
 * without CRLF. */
void dkim_relax_field(struct buf *out, struct str field);
void dkim_relax_body(struct buf *out, struct str body);

#endif
