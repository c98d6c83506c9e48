/* Signing for the domain: relaxed/relaxed, rsa-sha256, ed25519-sha256 or both: not every
 * server knows the newer one (RFC 8463, 5). The body is hashed once for both. OpenSSL reads
 * the keys and makes the RSA signatures; libsodium makes the Ed25519 ones, in less than half
 * of OpenSSL's time.
 *
 * The fields of the list are signed as often as they stand in the message and
 * once more ("oversigned"): adding a second From or List-Unsubscribe on the way
 * breaks the signature. RFC 8058 asks that the last two be signed. */
#include "delivery/dkim.h"

#include "base/arena.h"
#include "base/file.h"
#include "delivery/sha256_many.h"
#include "delivery/sodium.h"

#include <assert.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

enum {
	FIELDS_MOST = 256, /* of a header */
	CANONICAL_BYTES = 64 << 20,
	KEY_BYTES_MAX = 64 * 1024,
	SIGNATURE_BYTES = 1024,
	LANES_PAY = 3,
	SEED_BYTES = 32, /* of an Ed25519 key (RFC 8032, 5.1.5) */
	RSA_BITS_LEAST = 2048
};

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
	struct str domain;
	struct sodium_calls sodium; /* when one of the keys is Ed25519 */
	struct dkim_key {
		struct str selector;
		EVP_PKEY *key;
		bool ed25519;
		unsigned char secret[crypto_sign_SECRETKEYBYTES]; /* libsodium's form of it */
	} keys[DKIM_KEYS_MOST];
	size_t key_count;
};

static bool key_failed(struct diags *d, const struct publication *p, struct str path,
		       const char *why)
{
	diag_report(d, DIAG_DKIM_KEY, p->dkim.place, "%.*s: %s", STR_ARG(path), why);
	return false;
}

static bool read_key(struct arena *a, const struct publication *p, struct str path, struct diags *d,
		     struct dkim_key *k)
{
	struct str pem;
	if (k->selector.len == 0 || path.len == 0)
		return key_failed(d, p, path, "dkim: needs domain, selector and key");
	if (!file_read(a, path_join(a, p->root, path), KEY_BYTES_MAX, d, p->dkim.place, &pem))
		return false;
	BIO *bio = BIO_new_mem_buf(pem.ptr, (int)pem.len);
	/* An empty passphrase keeps OpenSSL from asking at the terminal. */
	k->key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)(uintptr_t) "") : NULL;
	BIO_free(bio);
	if (!k->key)
		return key_failed(d, p, path, "not a private key in PEM");
	k->ed25519 = EVP_PKEY_get_id(k->key) == EVP_PKEY_ED25519;
	bool rsa = EVP_PKEY_get_id(k->key) == EVP_PKEY_RSA;
	if (!k->ed25519 && !(rsa && EVP_PKEY_get_bits(k->key) >= RSA_BITS_LEAST))
		return key_failed(d, p, path, "neither RSA of 2048 bits or more nor Ed25519");
	return true;
}

/* Hands an Ed25519 key to libsodium. */
static bool unpack_seed(struct dkim *k, struct dkim_key *key)
{
	unsigned char seed[SEED_BYTES], public[crypto_sign_PUBLICKEYBYTES];
	unsigned char expected[crypto_sign_PUBLICKEYBYTES];
	size_t seed_len = sizeof seed, expected_len = sizeof expected;
	bool ok = EVP_PKEY_get_raw_private_key(key->key, seed, &seed_len) == 1 &&
		  seed_len == sizeof seed &&
		  EVP_PKEY_get_raw_public_key(key->key, expected, &expected_len) == 1 &&
		  k->sodium.crypto_sign_seed_keypair(public, key->secret, seed) == 0 &&
		  CRYPTO_memcmp(public, expected, sizeof public) == 0;
	OPENSSL_cleanse(seed, sizeof seed);
	return ok;
}

static bool open_sodium(struct dkim *k, const struct publication *p, struct diags *d)
{
	bool opened = false;
	for (size_t i = 0; i < k->key_count; i++) {
		struct dkim_key *key = &k->keys[i];
		if (!key->ed25519)
			continue;
		if (!opened && !sodium_open(&k->sodium, d))
			return false;
		opened = true;
		if (!unpack_seed(k, key))
			return key_failed(d, p, p->dkim.keys[i].path, "not a whole Ed25519 key");
	}
	return true;
}

struct dkim *dkim_open(const struct publication *p, struct diags *d)
{
	struct arena *a = arena_open();
	struct dkim *k = NEW(a, struct dkim);
	k->arena = a;
	k->domain = str_copy(a, p->dkim.domain);
	k->key_count = p->dkim.key_count;
	for (size_t i = 0; i < k->key_count; i++) {
		k->keys[i].selector = str_copy(a, p->dkim.keys[i].selector);
		if (!read_key(a, p, p->dkim.keys[i].path, d, &k->keys[i])) {
			dkim_close(k);
			return NULL;
		}
	}
	if (!open_sodium(k, p, d)) {
		dkim_close(k);
		return NULL;
	}
	return k;
}

void dkim_close(struct dkim *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->key_count; i++) {
		EVP_PKEY_free(k->keys[i].key);
		OPENSSL_cleanse(k->keys[i].secret, sizeof k->keys[i].secret);
	}
	arena_close(k->arena);
}

size_t dkim_at_once(const struct dkim *k)
{
	/* An RSA signature takes as long as forty Ed25519 ones: hashes do not matter beside it,
	 * and whoever waits for the first should not wait for others. */
	for (size_t i = 0; i < k->key_count; i++)
		if (!k->keys[i].ed25519)
			return 2;
	return BODIES_AT_ONCE;
}

/* ---- canonical forms ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
	return is_blank(c) || c == '\r' || c == '\n';
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
	for (i++; i < field.len;) {
		char c = field.ptr[i];
		if (is_space(c)) {
			blank |= is_blank(c); /* without a line's end: unfolded */
			i++;
			continue;
		}
		if (blank && begun)
			buf_put_byte(out, ' ');
		blank = false;
		begun = true;
		size_t start = i;
		while (i < field.len && !is_space(field.ptr[i]))
			i++;
		buf_put(out, str_sub(field, start, i - start));
	}
}

/* Whether relaxing a line would change nothing. */
static bool is_relaxed(struct str line)
{
	bool blank = false;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];
		if (c == '\t' || (c == ' ' && blank))
			return false;
		blank = c == ' ';
	}
	return !blank;
}

static void relax_line(struct buf *out, struct str line)
{
	for (size_t at = 0; at < line.len;) {
		size_t start = at;
		while (at < line.len && !is_blank(line.ptr[at]))
			at++;
		buf_put(out, str_sub(line, start, at - start));
		size_t blanks = at;
		while (at < line.len && is_blank(line.ptr[at]))
			at++;
		if (at > blanks && at < line.len)
			buf_put_byte(out, ' ');
	}
}

/* Where the line that begins at `at` ends: at its CRLF, or at the end of the text. */
static size_t line_end(struct str text, size_t at)
{
	for (size_t from = at; from < text.len;) {
		const char *end = memchr(text.ptr + from, '\n', text.len - from);
		if (!end)
			break;
		from = (size_t)(end - text.ptr) + 1;
		if (end > text.ptr + at && end[-1] == '\r')
			return from - 2;
	}
	return text.len;
}

/* The high bits of those bytes of word that are c. */
static uint64_t bytes_equal(uint64_t word, unsigned char c)
{
	const uint64_t low = 0x7F7F7F7F7F7F7F7F;
	uint64_t x = word ^ (0x0101010101010101 * c);
	return ~(((x & low) + low) | x | low);
}

/* Whether there is no tab, no blank behind a blank, and none before a CR: then relaxing
 * changes nothing within lines. Eight bytes at a time: encoded mail is always so. */
static bool all_relaxed(struct str text)
{
	uint64_t found = 0;
	size_t i = 0;
	/* Each byte is the first of a pair once. */
	for (; i + 9 <= text.len; i += 8) {
		uint64_t here, after;
		memcpy(&here, text.ptr + i, sizeof here);
		memcpy(&after, text.ptr + i + 1, sizeof after);
		found |= bytes_equal(here, '\t') |
			 (bytes_equal(here, ' ') &
			  (bytes_equal(after, ' ') | bytes_equal(after, '\r')));
	}
	for (; i < text.len; i++) {
		char after = i + 1 < text.len ? text.ptr[i + 1] : '\r';
		found |= text.ptr[i] == '\t' ||
			 (text.ptr[i] == ' ' && (after == ' ' || after == '\r'));
	}
	return found == 0;
}

void dkim_relax_lines(struct buf *out, struct str text)
{
	if (str_ends(text, STR("\r\n")) && all_relaxed(text)) {
		buf_put(out, text);
		return;
	}
	size_t run = 0; /* lines from here on are relaxed already, and not yet copied */
	for (size_t at = 0; at < text.len;) {
		size_t end = line_end(text, at);
		struct str line = str_sub(text, at, end - at);
		if (!is_relaxed(line) || end == text.len) {
			buf_put(out, str_sub(text, run, at - run));
			relax_line(out, line);
			buf_put_c(out, "\r\n");
			run = end + 2;
		}
		at = end + 2;
	}
	if (run < text.len)
		buf_put(out, str_sub(text, run, text.len));
}

void dkim_relax_body(struct buf *out, struct str body)
{
	size_t start = out->len;
	dkim_relax_lines(out, body);
	struct str lines = str_sub(buf_str(out), start, out->len);
	while (str_equal(lines, STR("\r\n")) || str_ends(lines, STR("\r\n\r\n")))
		lines.len -= 2; /* empty lines at the end are not signed */
	out->len = start + lines.len;
	if (out->ptr)
		out->ptr[out->len] = '\0';
}

/* ---- digests ---- */

/* Kept in two forms: as OpenSSL goes on with it, and as lanes do, where there are any. */
struct digest {
	EVP_MD_CTX *sha256;
	struct sha256_begun begun;
	size_t lanes; /* 0: there are none */
};

struct digest *digest_open(void)
{
	struct digest *d = heap_resize(NULL, sizeof *d);
	d->sha256 = EVP_MD_CTX_new();
	if (!d->sha256 || EVP_DigestInit_ex2(d->sha256, EVP_sha256(), NULL) != 1)
		out_of_memory();
	d->lanes = sha256_lanes();
	sha256_begin(&d->begun);
	return d;
}

void digest_add(struct digest *d, struct str text)
{
	/* SHA-256 of any bytes cannot fail. */
	(void)EVP_DigestUpdate(d->sha256, text.ptr, text.len);
	if (d->lanes)
		sha256_add(d->lanes, &d->begun, text);
}

void digest_close(struct digest *d)
{
	if (d)
		EVP_MD_CTX_free(d->sha256);
	heap_free(d);
}

/* ---- the signature ---- */

/* What a thread signs with. */
struct signer {
	const struct dkim *dkim;
	EVP_MD *sha256; /* looked up once: each look-up costs as much as a short text */
	EVP_MD_CTX *hash; /* of what is at hand */
	size_t lanes; /* bodies hashed at once; 0: one by one */
	struct str fields[FIELDS_MOST]; /* of its header, without the CRLF at the end */
	size_t field_count;
	struct buf canonical, signed_part, list;
};

struct signer *signer_open(const struct dkim *d)
{
	struct signer *s = heap_resize(NULL, sizeof *s);
	*s = (struct signer){ .dkim = d,
			      .sha256 = EVP_MD_fetch(NULL, "SHA256", NULL),
			      .hash = EVP_MD_CTX_new(),
			      .lanes = sha256_lanes() };
	if (!s->sha256 || !s->hash)
		out_of_memory();
	buf_init(&s->canonical, CANONICAL_BYTES);
	buf_init(&s->signed_part, CANONICAL_BYTES);
	buf_init(&s->list, 1 << 16);
	return s;
}

void signer_close(struct signer *s)
{
	if (!s)
		return;
	EVP_MD_free(s->sha256);
	EVP_MD_CTX_free(s->hash);
	buf_release(&s->canonical);
	buf_release(&s->signed_part);
	buf_release(&s->list);
	heap_free(s);
}

static void hash_one(struct signer *s, struct body *b)
{
	bool ok = b->begun ? EVP_MD_CTX_copy_ex(s->hash, b->begun->sha256) == 1
			   : EVP_DigestInit_ex2(s->hash, s->sha256, NULL) == 1;
	for (size_t i = 0; ok && i < b->part_count; i++)
		ok = EVP_DigestUpdate(s->hash, b->parts[i].ptr, b->parts[i].len) == 1;
	if (!ok || EVP_DigestFinal_ex(s->hash, b->digest, NULL) != 1)
		out_of_memory(); /* nothing else makes it fail */
}

static void hash_many(const struct signer *s, struct body *bodies, size_t count)
{
	struct sha256_text texts[BODIES_AT_ONCE];
	assert(count <= BODIES_AT_ONCE);
	for (size_t i = 0; i < count; i++)
		texts[i] = (struct sha256_text){ .begun = bodies[i].begun ? &bodies[i].begun->begun
									  : NULL,
						 .parts = bodies[i].parts,
						 .part_count = bodies[i].part_count };
	sha256_many(s->lanes, texts, count);
	for (size_t i = 0; i < count; i++)
		memcpy(bodies[i].digest, texts[i].digest, sizeof texts[i].digest);
}

void signer_hash(struct signer *s, struct body *bodies, size_t count)
{
	/* All lanes together take the time that OpenSSL needs for two texts and a half. */
	if (s->lanes && count >= LANES_PAY)
		hash_many(s, bodies, count);
	else
		for (size_t i = 0; i < count; i++)
			hash_one(s, &bodies[i]);
}

/* False when there are more than anybody writes. */
static bool find_fields(struct signer *s, struct str header)
{
	s->field_count = 0;
	for (size_t at = 0; at < header.len;) {
		size_t end = at;
		do
			end = line_end(header, end) + 2;
		while (end < header.len && is_blank(header.ptr[end]));
		if (s->field_count == FIELDS_MOST)
			return false;
		s->fields[s->field_count++] = str_sub(header, at, end - 2 - at);
		at = end;
	}
	return true;
}

/* Appends the canonical fields of one name, from the last to the first, and its
 * name to the list once for each and once more. */
static void sign_field(struct signer *s, const char *name)
{
	struct str wanted = str_from(name);
	buf_put_c(&s->list, s->list.len ? ":" : "");
	buf_put(&s->list, wanted);
	for (size_t i = s->field_count; i-- > 0;) {
		struct str field = s->fields[i];
		if (field.len <= wanted.len || field.ptr[wanted.len] != ':' ||
		    !str_equal_nocase(str_sub(field, 0, wanted.len), wanted))
			continue;
		buf_put_byte(&s->list, ':');
		buf_put(&s->list, wanted);
		dkim_relax_field(&s->signed_part, field);
		buf_put_c(&s->signed_part, "\r\n");
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

static bool sign_digest(const struct dkim *d, const struct dkim_key *k,
			const unsigned char digest[32], unsigned char *signature, size_t *len)
{
	if (k->ed25519) { /* RFC 8463, 3: Ed25519 signs the SHA-256 digest */
		*len = crypto_sign_BYTES;
		return d->sodium.crypto_sign_detached(signature, NULL, digest, 32, k->secret) == 0;
	}
	*len = SIGNATURE_BYTES;
	EVP_PKEY_CTX *rsa = EVP_PKEY_CTX_new(k->key, NULL);
	bool ok = rsa && EVP_PKEY_sign_init(rsa) == 1 &&
		  EVP_PKEY_CTX_set_signature_md(rsa, EVP_sha256()) == 1 &&
		  EVP_PKEY_sign(rsa, signature, len, digest, 32) == 1;
	EVP_PKEY_CTX_free(rsa);
	return ok;
}

/* One header field, by key i. */
static bool put_signature(struct signer *s, size_t i, const unsigned char body_digest[32],
			  int64_t now, struct buf *header)
{
	const struct dkim_key *k = &s->dkim->keys[i];
	unsigned char digest[32], signature[SIGNATURE_BYTES];
	size_t len, start = header->len;
	buf_format(header,
		   "DKIM-Signature: v=1; a=%s-sha256; c=relaxed/relaxed;\r\n\td=%.*s; s=%.*s;"
		   " t=%lld;\r\n\th=",
		   k->ed25519 ? "ed25519" : "rsa", STR_ARG(s->dkim->domain), STR_ARG(k->selector),
		   (long long)now);
	put_folded_list(header, buf_str(&s->list));
	buf_put_c(header, ";\r\n\tbh=");
	put_base64(header, body_digest, 32, false);
	buf_put_c(header, ";\r\n\tb=");
	/* The signature signs its own field with b= empty (RFC 6376, 3.7), and no other. */
	buf_clear(&s->canonical);
	buf_put(&s->canonical, buf_str(&s->signed_part));
	dkim_relax_field(&s->canonical, str_sub(buf_str(header), start, header->len));
	struct str all = buf_str(&s->canonical);
	if (s->canonical.overflowed || EVP_DigestInit_ex2(s->hash, s->sha256, NULL) != 1 ||
	    EVP_DigestUpdate(s->hash, all.ptr, all.len) != 1 ||
	    EVP_DigestFinal_ex(s->hash, digest, NULL) != 1 ||
	    !sign_digest(s->dkim, k, digest, signature, &len))
		return false;
	put_base64(header, signature, len, true);
	buf_put_c(header, "\r\n");
	return !header->overflowed;
}

bool signer_sign(struct signer *s, struct str fields, const unsigned char body_digest[32],
		 int64_t now, struct buf *header)
{
	buf_clear(&s->signed_part);
	buf_clear(&s->list);
	bool ok = find_fields(s, fields);
	for (size_t i = 0; ok && i < SIGNED_FIELDS; i++)
		sign_field(s, signed_fields[i]);
	for (size_t i = 0; ok && i < s->dkim->key_count; i++)
		ok = put_signature(s, i, body_digest, now, header);
	return ok && !s->signed_part.overflowed;
}

bool dkim_sign(struct signer *s, struct str message, int64_t now, struct buf *header)
{
	size_t fields_end = str_find(message, STR("\r\n\r\n"), 0);
	if (fields_end == message.len)
		return false;
	buf_clear(&s->canonical);
	dkim_relax_body(&s->canonical, str_sub(message, fields_end + 4, message.len));
	const struct str lines = buf_str(&s->canonical);
	struct body body = { .parts = &lines, .part_count = 1 };
	signer_hash(s, &body, 1);
	return !s->canonical.overflowed &&
	       signer_sign(s, str_sub(message, 0, fields_end + 2), body.digest, now, header);
}
