/* Signing for the domain: relaxed/relaxed, rsa-sha256 or ed25519-sha256.
 *
 * The fields of the list are signed as often as they stand in the message and
 * once more ("oversigned"): adding a second From or List-Unsubscribe on the way
 * breaks the signature. RFC 8058 asks that the last two be signed. */
#include "delivery/dkim.h"

#include "base/arena.h"
#include "base/file.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

enum { KEY_BYTES_MAX = 64 * 1024, SIGNATURE_BYTES = 1024, RSA_BITS_LEAST = 2048 };

static const char *const signed_fields[] = {
	"From",
	"To",
	"Cc",
	"Subject",
	"Date",
	"Reply-To",
	"Sender",
	"Message-ID",
	"MIME-Version",
	"Content-Type",
	"Content-Transfer-Encoding",
	"In-Reply-To",
	"References",
	"List-Id",
	"List-Unsubscribe",
	"List-Unsubscribe-Post",
};
enum { SIGNED_FIELDS = sizeof signed_fields / sizeof *signed_fields };

struct dkim {
	struct arena *arena;
	struct str domain, selector;
	EVP_PKEY *key;
	bool ed25519;
	struct buf canonical; /* of the message at hand */
};

static struct dkim *key_failed(struct arena *a, struct diags *d, const struct publication *p,
			       const char *why)
{
	diag_report(d, DIAG_DKIM_KEY, p->dkim.place, "%.*s: %s", STR_ARG(p->dkim.key), why);
	arena_close(a);
	return NULL;
}

struct dkim *dkim_open(const struct publication *p, struct diags *d)
{
	struct arena *a = arena_open();
	struct dkim *k = NEW(a, struct dkim);
	struct str pem;
	k->arena = a;
	k->domain = str_copy(a, p->dkim.domain);
	k->selector = str_copy(a, p->dkim.selector);
	if (k->selector.len == 0 || p->dkim.key.len == 0)
		return key_failed(a, d, p, "dkim: needs domain, selector and key");
	if (!file_read(a, path_join(a, p->root, p->dkim.key), KEY_BYTES_MAX, d, p->dkim.place,
		       &pem)) {
		arena_close(a);
		return NULL;
	}
	BIO *bio = BIO_new_mem_buf(pem.ptr, (int)pem.len);
	/* An empty passphrase keeps OpenSSL from asking at the terminal. */
	k->key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)(uintptr_t) "") : NULL;
	BIO_free(bio);
	if (!k->key)
		return key_failed(a, d, p, "not a private key in PEM");
	k->ed25519 = EVP_PKEY_get_id(k->key) == EVP_PKEY_ED25519;
	bool rsa = EVP_PKEY_get_id(k->key) == EVP_PKEY_RSA;
	if (!k->ed25519 && !(rsa && EVP_PKEY_get_bits(k->key) >= RSA_BITS_LEAST)) {
		EVP_PKEY_free(k->key);
		return key_failed(a, d, p, "neither RSA of 2048 bits or more nor Ed25519");
	}
	buf_init(&k->canonical, 64 << 20);
	return k;
}

void dkim_close(struct dkim *k)
{
	if (!k)
		return;
	buf_release(&k->canonical);
	EVP_PKEY_free(k->key);
	arena_close(k->arena);
}

/* ---- canonical forms ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

void dkim_relax_field(struct buf *out, struct str field)
{
	size_t i = 0;
	for (; i < field.len && field.ptr[i] != ':'; i++) {
		char c = field.ptr[i];
		if (!is_blank(c))
			buf_put_byte(out, (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c));
	}
	buf_put_byte(out, ':');
	bool blank = false, begun = false;
	for (i++; i < field.len; i++) {
		char c = field.ptr[i];
		if (c == '\r' || c == '\n')
			continue; /* unfolded */
		if (is_blank(c)) {
			blank = true;
			continue;
		}
		if (blank && begun)
			buf_put_byte(out, ' ');
		blank = false;
		begun = true;
		buf_put_byte(out, c);
	}
}

void dkim_relax_body(struct buf *out, struct str body)
{
	size_t end_of_text = out->len; /* empty lines behind it are not signed */
	for (size_t at = 0; at < body.len;) {
		size_t end = str_find(body, STR("\r\n"), at);
		size_t run = at;
		while (run < end) {
			size_t start = run;
			while (run < end && !is_blank(body.ptr[run]))
				run++;
			buf_put(out, str_sub(body, start, run - start));
			size_t blanks = run;
			while (run < end && is_blank(body.ptr[run]))
				run++;
			if (run > blanks && run < end)
				buf_put_byte(out, ' ');
		}
		bool empty = out->len == 0 || at == end ||
			     (out->len >= 2 && out->ptr[out->len - 1] == '\n');
		buf_put_c(out, "\r\n");
		if (!empty)
			end_of_text = out->len;
		at = end + 2;
	}
	out->len = end_of_text;
	if (out->ptr)
		out->ptr[out->len] = '\0';
}

/* ---- the signature ---- */

/* Appends the canonical fields of one name, from the last to the first, and its
 * name to the list once for each and once more. */
static void sign_field(struct str header, const char *name, struct buf *canonical, struct buf *list)
{
	struct str wanted = str_from(name);
	size_t starts[64], count = 0;
	for (size_t at = 0; at < header.len;) {
		if (str_equal_nocase(str_sub(header, at, wanted.len), wanted) &&
		    at + wanted.len < header.len && header.ptr[at + wanted.len] == ':' &&
		    count < 64)
			starts[count++] = at;
		do
			at = str_find(header, STR("\r\n"), at) + 2;
		while (at < header.len && is_blank(header.ptr[at]));
	}
	for (size_t i = 0; i <= count; i++)
		buf_format(list, "%s%s", list->len ? ":" : "", name);
	while (count-- > 0) {
		size_t end = starts[count];
		do
			end = str_find(header, STR("\r\n"), end) + 2;
		while (end < header.len && is_blank(header.ptr[end]));
		dkim_relax_field(canonical, str_sub(header, starts[count], end - starts[count]));
		buf_put_c(canonical, "\r\n");
	}
}

static void put_base64(struct buf *out, const unsigned char *bytes, size_t len, bool folded)
{
	unsigned char text[4 * (SIGNATURE_BYTES / 3 + 1) + 1];
	struct str rest = { (char *)text, (size_t)EVP_EncodeBlock(text, bytes, (int)len) };
	enum { LINE = 70 };
	for (; rest.len; rest = str_sub(rest, LINE, rest.len)) {
		buf_put(out, folded ? str_sub(rest, 0, LINE) : rest);
		if (!folded)
			return;
		if (rest.len > LINE)
			buf_put_c(out, "\r\n\t");
	}
}

/* Names folded at 70 columns: "\th=From:From:To:…". */
static void put_folded_list(struct buf *out, struct str list)
{
	enum { COLUMNS = 70 };
	struct str name;
	size_t column = 0;
	while (str_cut(&list, ':', &name)) {
		if (column + name.len > COLUMNS) {
			buf_put_c(out, "\r\n\t ");
			column = 0;
		}
		buf_put(out, name);
		column += name.len + 1;
		if (list.ptr)
			buf_put_byte(out, ':');
	}
}

static bool sign_digest(struct dkim *k, const unsigned char digest[32], unsigned char *signature,
			size_t *len)
{
	EVP_MD_CTX *context = NULL;
	EVP_PKEY_CTX *rsa = NULL;
	bool ok;
	*len = SIGNATURE_BYTES;
	if (k->ed25519) { /* RFC 8463, 3: Ed25519 signs the SHA-256 digest */
		context = EVP_MD_CTX_new();
		ok = context && EVP_DigestSignInit(context, NULL, NULL, NULL, k->key) == 1 &&
		     EVP_DigestSign(context, signature, len, digest, 32) == 1;
	} else {
		rsa = EVP_PKEY_CTX_new(k->key, NULL);
		ok = rsa && EVP_PKEY_sign_init(rsa) == 1 &&
		     EVP_PKEY_CTX_set_signature_md(rsa, EVP_sha256()) == 1 &&
		     EVP_PKEY_sign(rsa, signature, len, digest, 32) == 1;
	}
	EVP_MD_CTX_free(context);
	EVP_PKEY_CTX_free(rsa);
	return ok;
}

bool dkim_sign(struct dkim *k, struct str message, int64_t now, struct buf *header)
{
	unsigned char digest[32], signature[SIGNATURE_BYTES];
	size_t fields_end = str_find(message, STR("\r\n\r\n"), 0), len, start = header->len;
	if (fields_end == message.len)
		return false;
	struct str fields = str_sub(message, 0, fields_end + 2);
	buf_clear(&k->canonical);
	dkim_relax_body(&k->canonical, str_sub(message, fields_end + 4, message.len));
	struct str body = buf_str(&k->canonical);
	if (EVP_Digest(body.ptr, body.len, digest, NULL, EVP_sha256(), NULL) != 1)
		return false;

	struct buf list;
	buf_init(&list, 1 << 16);
	buf_clear(&k->canonical);
	for (size_t i = 0; i < SIGNED_FIELDS; i++)
		sign_field(fields, signed_fields[i], &k->canonical, &list);
	buf_format(header,
		   "DKIM-Signature: v=1; a=%s-sha256; c=relaxed/relaxed;\r\n\td=%.*s; s=%.*s;"
		   " t=%lld;\r\n\th=",
		   k->ed25519 ? "ed25519" : "rsa", STR_ARG(k->domain), STR_ARG(k->selector),
		   (long long)now);
	put_folded_list(header, buf_str(&list));
	buf_release(&list);
	buf_put_c(header, ";\r\n\tbh=");
	put_base64(header, digest, sizeof digest, false);
	buf_put_c(header, ";\r\n\tb=");
	/* The signature signs its own field with b= empty (RFC 6376, 3.7). */
	struct str self = str_sub(buf_str(header), start, header->len);
	dkim_relax_field(&k->canonical, self);
	struct str all = buf_str(&k->canonical);
	if (k->canonical.overflowed ||
	    EVP_Digest(all.ptr, all.len, digest, NULL, EVP_sha256(), NULL) != 1 ||
	    !sign_digest(k, digest, signature, &len))
		return false;
	put_base64(header, signature, len, true);
	buf_put_c(header, "\r\n");
	return !header->overflowed;
}
