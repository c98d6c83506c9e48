/* Signing for the domain: relaxed/relaxed, rsa-sha256, ed25519-sha256 or both: not every
 * server knows the newer one (RFC 8463, 5). The body is hashed once for both. OpenSSL reads
 * the keys and makes the RSA signatures; libsodium makes the Ed25519 ones, in less than half
 * of OpenSSL's time. What of a header is signed is dkim_header.c's part. */
#include "delivery/dkim.h"

#include "base/arena.h"
#include "base/file.h"
#include "delivery/delivery.h"
#include "delivery/dkim_header.h"
#include "delivery/sha256_many.h"
#include "delivery/sodium.h"

#include <assert.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

enum {
	CANONICAL_BYTES = 64 << 20,
	KEY_BYTES_MAX = 64 * 1024,
	SIGNATURE_BYTES = 1024,
	LANES_PAY = 3,
	SEED_BYTES = 32, /* of an Ed25519 key (RFC 8032, 5.1.5) */
	RSA_BITS_LEAST = 2048
};

struct dkim {
	struct arena *arena;
	struct str domain;
	struct sodium_calls sodium; /* when one of the keys is Ed25519 */
	struct dkim_key {
		struct str selector;
		EVP_PKEY *key;
		bool ed25519;
		unsigned char secret[crypto_sign_SECRETKEYBYTES]; /* libsodium's form of it */
		struct str start, start_relaxed; /* of the signature's field, as far as t= */
	} keys[DKIM_KEYS_MOST];
	size_t key_count;
};

static bool key_failed(struct diags *d, const struct publication *p, size_t i, const char *why)
{
	diag_report(d, DIAG_DKIM_KEY, p->dkim.keys[i].place, "%.*s: %s",
		    STR_ARG(p->dkim.keys[i].path), why);
	return false;
}

static bool read_key(struct arena *a, const struct publication *p, size_t i, struct diags *d,
		     struct dkim_key *k)
{
	struct str pem, path = p->dkim.keys[i].path;
	if (k->selector.len == 0 || path.len == 0)
		return key_failed(d, p, i, "dkim: needs domain, selector and key");
	if (!file_read(a, path_join(a, p->root, path), KEY_BYTES_MAX, d, p->dkim.keys[i].place,
		       &pem))
		return false;
	BIO *bio = BIO_new_mem_buf(pem.ptr, (int)pem.len);
	/* An empty passphrase keeps OpenSSL from asking at the terminal. */
	k->key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)(uintptr_t) "") : NULL;
	BIO_free(bio);
	if (!k->key)
		return key_failed(d, p, i, "not a private key in PEM");
	k->ed25519 = EVP_PKEY_get_id(k->key) == EVP_PKEY_ED25519;
	bool rsa = EVP_PKEY_get_id(k->key) == EVP_PKEY_RSA;
	if (!k->ed25519 && !(rsa && EVP_PKEY_get_bits(k->key) >= RSA_BITS_LEAST))
		return key_failed(d, p, i, "neither RSA of 2048 bits or more nor Ed25519");
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
			return key_failed(d, p, i, "not a whole Ed25519 key");
	}
	return true;
}

/* What of the signature's field depends on the key alone. */
static void write_start(const struct dkim *k, struct dkim_key *key)
{
	struct buf relaxed;
	buf_init(&relaxed, CANONICAL_BYTES);
	key->start = str_format(k->arena,
				"DKIM-Signature: v=1; a=%s-sha256; c=relaxed/relaxed;\r\n\td=%.*s;"
				" s=%.*s; t=",
				key->ed25519 ? "ed25519" : "rsa", STR_ARG(k->domain),
				STR_ARG(key->selector));
	dkim_relax_field(&relaxed, key->start);
	key->start_relaxed = str_copy(k->arena, buf_str(&relaxed));
	buf_release(&relaxed);
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
		if (!read_key(a, p, i, d, &k->keys[i])) {
			dkim_close(k);
			return NULL;
		}
		write_start(k, &k->keys[i]);
	}
	if (!open_sodium(k, p, d)) {
		dkim_close(k);
		return NULL;
	}
	return k;
}

void dkim_check(const struct publication *p, struct diags *d)
{
	struct arena *a = arena_open();
	for (size_t i = 0; i < p->dkim.key_count; i++) {
		struct dkim_key k = { .selector = p->dkim.keys[i].selector };
		const char *path = path_join(a, p->root, p->dkim.keys[i].path);
		const char *fault = file_fault(path);
		if (fault && folder_exists(path))
			key_failed(d, p, i, fault);
		else if (fault)
			diag_report(d, DIAG_DKIM_UNSEEN, p->dkim.keys[i].place, "%.*s: %s",
				    STR_ARG(p->dkim.keys[i].path), fault);
		else
			read_key(a, p, i, d, &k);
		EVP_PKEY_free(k.key);
	}
	arena_close(a);
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
	return SIGNED_AT_ONCE;
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
	dkim_relax_value(out, str_sub(field, i + 1, field.len));
}

void dkim_relax_value(struct buf *out, struct str value)
{
	bool blank = false, begun = false;
	for (size_t i = 0; i < value.len;) {
		char c = value.ptr[i];
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
		while (i < value.len && !is_space(value.ptr[i]))
			i++;
		buf_put(out, str_sub(value, start, i - start));
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

size_t dkim_field_end(struct str header, size_t at)
{
	do
		at = line_end(header, at) + 2;
	while (at < header.len && is_blank(header.ptr[at]));
	return at;
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

enum { TEXTS_AT_ONCE = SIGNED_AT_ONCE * DKIM_KEYS_MOST, BASE64_OF_DIGEST = 44 };

/* What a thread signs with. */
struct signer {
	const struct dkim *dkim;
	EVP_MD *sha256; /* looked up once: each look-up costs as much as a short text */
	EVP_MD_CTX *hash; /* of what is at hand */
	size_t lanes; /* texts hashed at once; 0: one by one */
	struct buf canonical; /* headers, each as a key signs it */
	struct buf time; /* t= */
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
	buf_init(&s->time, 32);
	return s;
}

void signer_close(struct signer *s)
{
	if (!s)
		return;
	EVP_MD_free(s->sha256);
	EVP_MD_CTX_free(s->hash);
	buf_release(&s->canonical);
	buf_release(&s->time);
	heap_free(s);
}

static void hash_one(struct signer *s, struct hashed *t)
{
	bool ok = t->begun ? EVP_MD_CTX_copy_ex(s->hash, t->begun->sha256) == 1
			   : EVP_DigestInit_ex2(s->hash, s->sha256, NULL) == 1;
	for (size_t i = 0; ok && i < t->part_count; i++)
		ok = EVP_DigestUpdate(s->hash, t->parts[i].ptr, t->parts[i].len) == 1;
	if (!ok || EVP_DigestFinal_ex(s->hash, t->digest, NULL) != 1)
		out_of_memory(); /* nothing else makes it fail */
}

static void hash_in_lanes(const struct signer *s, struct hashed *const *texts, size_t count)
{
	struct sha256_text laned[TEXTS_AT_ONCE];
	assert(count <= TEXTS_AT_ONCE);
	for (size_t i = 0; i < count; i++)
		laned[i] = (struct sha256_text){ .begun = texts[i]->begun ? &texts[i]->begun->begun
									  : NULL,
						 .parts = texts[i]->parts,
						 .part_count = texts[i]->part_count };
	sha256_many(s->lanes, laned, count);
	for (size_t i = 0; i < count; i++)
		memcpy(texts[i]->digest, laned[i].digest, sizeof laned[i].digest);
}

/* Fills in the digests. */
static void hash(struct signer *s, struct hashed *const *texts, size_t count)
{
	/* All lanes together take the time that OpenSSL needs for two texts and a half. */
	if (s->lanes && count >= LANES_PAY)
		hash_in_lanes(s, texts, count);
	else
		for (size_t i = 0; i < count; i++)
			hash_one(s, texts[i]);
}

static void put_folded_base64(struct buf *out, const unsigned char *bytes, size_t len)
{
	unsigned char text[4 * (SIGNATURE_BYTES / 3 + 1) + 1];
	struct str rest = { (char *)text, (size_t)EVP_EncodeBlock(text, bytes, (int)len) };
	enum { LINE = 70 };
	for (; rest.len; rest = str_sub(rest, LINE, rest.len)) {
		buf_put(out, str_sub(rest, 0, LINE));
		if (rest.len > LINE)
			buf_put_c(out, "\r\n\t");
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

/* ---- several messages ---- */

/* What of a message's signatures is known before they are. */
struct signature {
	unsigned char body[BASE64_OF_DIGEST + 1]; /* bh= */
	struct {
		struct str parts[2]; /* of the header, canonical; then the signature's own field */
		struct hashed header;
	} key[DKIM_KEYS_MOST];
};

static void hash_bodies(struct signer *s, struct signing *of, struct signature *all, size_t count)
{
	struct hashed *bodies[SIGNED_AT_ONCE] = { 0 };
	for (size_t i = 0; i < count; i++)
		bodies[i] = &of[i].body;
	hash(s, bodies, count);
	for (size_t i = 0; i < count; i++)
		EVP_EncodeBlock(all[i].body, of[i].body.digest, sizeof of[i].body.digest);
}

/* The signature signs its own field with b= empty (RFC 6376, 3.7), and no other. */
static void put_canonical(struct signer *s, const struct signing *of, const struct dkim_key *k,
			  const unsigned char *body)
{
	struct buf *out = &s->canonical;
	buf_put(out, of->open);
	buf_put(out, k->start_relaxed);
	buf_put(out, buf_str(&s->time));
	buf_put(out, of->header->named_relaxed);
	buf_put_bytes(out, body, BASE64_OF_DIGEST);
	buf_put(out, STR("; b="));
}

/* Of all messages, for all keys. False when they are too large. */
static bool hash_headers(struct signer *s, const struct signing *of, struct signature *all,
			 size_t count)
{
	struct hashed *headers[TEXTS_AT_ONCE] = { 0 };
	size_t key_count = s->dkim->key_count, ends[TEXTS_AT_ONCE];
	buf_clear(&s->canonical);
	for (size_t i = 0; i < count * key_count; i++) {
		const struct signing *one = &of[i / key_count];
		put_canonical(s, one, &s->dkim->keys[i % key_count], all[i / key_count].body);
		ends[i] = s->canonical.len;
	}
	/* Not before they are all there: the text may move while it grows. */
	for (size_t i = 0, from = 0; i < count * key_count; from = ends[i++]) {
		const struct dkim_header *h = of[i / key_count].header;
		struct str *parts = all[i / key_count].key[i % key_count].parts;
		headers[i] = &all[i / key_count].key[i % key_count].header;
		parts[0] = h->begun ? STR("") : h->fixed;
		parts[1] = str_sub(buf_str(&s->canonical), from, ends[i] - from);
		*headers[i] = (struct hashed){ .begun = h->begun, .parts = parts, .part_count = 2 };
	}
	hash(s, headers, count * key_count);
	return !s->canonical.overflowed;
}

/* Appends the header field for key i. */
static bool put_field(const struct signer *s, const struct signing *of, const struct signature *one,
		      size_t i)
{
	const struct dkim_key *k = &s->dkim->keys[i];
	unsigned char signature[SIGNATURE_BYTES];
	size_t len;
	if (!sign_digest(s->dkim, k, one->key[i].header.digest, signature, &len))
		return false;
	buf_put(of->out, k->start);
	buf_put(of->out, buf_str(&s->time));
	buf_put(of->out, of->header->named);
	buf_put_bytes(of->out, one->body, BASE64_OF_DIGEST);
	buf_put(of->out, STR(";\r\n\tb="));
	put_folded_base64(of->out, signature, len);
	buf_put(of->out, STR("\r\n"));
	return !of->out->overflowed;
}

void signer_sign(struct signer *s, struct signing *of, size_t count, int64_t now)
{
	struct signature all[SIGNED_AT_ONCE];
	assert(count <= SIGNED_AT_ONCE);
	buf_clear(&s->time);
	buf_put_int(&s->time, now);
	hash_bodies(s, of, all, count);
	bool ok = hash_headers(s, of, all, count);
	for (size_t i = 0; i < count; i++) {
		of[i].done = ok;
		for (size_t k = 0; k < s->dkim->key_count && of[i].done; k++)
			of[i].done = put_field(s, &of[i], &all[i], k);
	}
}

/* As the only message of its kind: nothing in it may be otherwise. */
static bool sign_parts(struct signer *s, struct arena *a, struct str fields, struct str body,
		       int64_t now, struct buf *out)
{
	struct signing of = { .header = dkim_header_make(a, fields, NULL, 0),
			      .body = { .parts = &body, .part_count = 1 },
			      .out = out };
	if (of.header)
		signer_sign(s, &of, 1, now);
	return of.done;
}

bool dkim_sign(struct signer *s, struct str message, int64_t now, struct buf *header)
{
	size_t fields_end = str_find(message, STR("\r\n\r\n"), 0);
	if (fields_end == message.len)
		return false;
	struct arena *a = arena_open();
	struct buf body;
	buf_init(&body, CANONICAL_BYTES);
	dkim_relax_body(&body, str_sub(message, fields_end + 4, message.len));
	bool ok = !body.overflowed && sign_parts(s, a, str_sub(message, 0, fields_end + 2),
						 buf_str(&body), now, header);
	buf_release(&body);
	arena_close(a);
	return ok;
}
