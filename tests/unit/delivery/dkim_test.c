/* Canonical forms by the RFC's own examples; signatures checked by OpenSSL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "delivery/delivery.h"
#include "delivery/dkim.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>
#include <unistd.h>

static void relaxed(void (*relax)(struct buf *, struct str), const char *in, const char *expected)
{
	struct buf out;
	buf_init(&out, 1 << 16);
	relax(&out, str_from(in));
	assert_string_equal(buf_str(&out).ptr, expected);
	buf_release(&out);
}

/* RFC 6376, 3.4.5 */
static void canonical_forms(void **state)
{
	(void)state;
	relaxed(dkim_relax_field, "A: X\r\n", "a:X");
	relaxed(dkim_relax_field, "B : Y\t\r\n\tZ  \r\n", "b:Y Z");
	relaxed(dkim_relax_body, " C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n");
	relaxed(dkim_relax_body, "", "");
	relaxed(dkim_relax_body, "\r\n\r\n", "");
	relaxed(dkim_relax_body, " \t\r\n \r\n", "");
	relaxed(dkim_relax_body, "\r\n\r\na", "\r\n\r\na\r\n");
	relaxed(dkim_relax_body, "a\r\n \r\nb\r\n", "a\r\n\r\nb\r\n");
	relaxed(dkim_relax_body, "a b\r\nc\r\nd  e\r\nf\r\n\r\n", "a b\r\nc\r\nd e\r\nf\r\n");
	relaxed(dkim_relax_body, "a\tb\r\nc \r\n\r\n\r\nd\r\n", "a b\r\nc\r\n\r\n\r\nd\r\n");
	relaxed(dkim_relax_body, "a\r\nb\nc\r\n", "a\r\nb\nc\r\n");
}

static const char message[] = "From: Joe SixPack <joe@football.example.com>\r\n"
			      "To: Suzie Q <suzie@shopping.example.net>\r\n"
			      "Subject: Is dinner\r\n ready?\r\n"
			      "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
			      "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
			      "X-Other: not signed\r\n"
			      "\r\n"
			      "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

struct key {
	char folder[64], file[96];
	struct publication publication;
	EVP_PKEY *pkey;
	struct arena *arena;
	struct diags *diags;
};

static void write_key(struct key *k, EVP_PKEY *pkey)
{
	k->arena = arena_open();
	k->diags = diags_new(k->arena);
	k->pkey = pkey;
	snprintf(k->folder, sizeof k->folder, "/tmp/glos-unit-XXXXXX");
	assert_non_null(mkdtemp(k->folder));
	snprintf(k->file, sizeof k->file, "%s/dkim.pem", k->folder);
	FILE *f = fopen(k->file, "w");
	assert_true(PEM_write_PrivateKey(f, pkey, NULL, NULL, 0, NULL, NULL));
	fclose(f);
	k->publication.root = str_from(k->folder);
	k->publication.dkim =
		(struct dkim_settings){ .domain = STR("football.example.com"),
					.keys = { { STR("brisbane"), STR("dkim.pem") } },
					.key_count = 1 };
}

static void drop_key(struct key *k)
{
	EVP_PKEY_free(k->pkey);
	unlink(k->file);
	rmdir(k->folder);
	arena_close(k->arena);
}

/* The value of a tag of the signature, without folding. */
static struct str tag(struct arena *a, struct str header, const char *name)
{
	size_t at = str_find(header, str_from(name), 0) + strlen(name);
	size_t end = str_find(header, STR(";"), at);
	struct buf out;
	buf_init(&out, 1 << 16);
	for (size_t i = at; i < end && i < header.len; i++)
		if (!strchr(" \t\r\n", header.ptr[i]))
			buf_put_byte(&out, header.ptr[i]);
	struct str value = str_copy(a, buf_str(&out));
	buf_release(&out);
	return value;
}

static bool sign_whole(const struct dkim *d, struct buf *header)
{
	struct signer *s = signer_open(d);
	bool ok = dkim_sign(s, str_from(message), 1528637909, header);
	signer_close(s);
	return ok;
}

static void check_signature(struct key *k, bool ed25519)
{
	struct buf header, signed_text;
	unsigned char digest[32], signature[1024];
	buf_init(&header, 1 << 16);
	buf_init(&signed_text, 1 << 16);
	struct dkim *d = dkim_open(&k->publication, k->diags);
	assert_non_null(d);
	assert_true(sign_whole(d, &header));
	struct str h = buf_str(&header);
	/* RFC 8463, appendix A: the body hash of this text, relaxed. */
	assert_string_equal(tag(k->arena, h, "bh=").ptr,
			    "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
	assert_string_equal(tag(k->arena, h, "\th=").ptr,
			    "From:From:To:To:Cc:Subject:Subject:Date:Date:Reply-To:Sender:"
			    "Message-ID:Message-ID:MIME-Version:Content-Type:"
			    "Content-Transfer-Encoding:In-Reply-To:References:List-Id:"
			    "List-Unsubscribe:List-Unsubscribe-Post");
	/* What must have been signed, written out by hand. */
	buf_put_c(&signed_text, "from:Joe SixPack <joe@football.example.com>\r\n"
				"to:Suzie Q <suzie@shopping.example.net>\r\n"
				"subject:Is dinner ready?\r\n"
				"date:Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
				"message-id:<20030712040037.46341.5F8J@football.example.com>\r\n");
	size_t b = str_find(h, STR("\tb="), 0) + 3;
	dkim_relax_field(&signed_text, str_sub(h, 0, b));
	EVP_Digest(signed_text.ptr, signed_text.len, digest, NULL, EVP_sha256(), NULL);
	struct str base64 = tag(k->arena, h, "\tb=");
	int len = EVP_DecodeBlock(signature, (const unsigned char *)base64.ptr, (int)base64.len);
	assert_true(len > 0);
	while (base64.len && base64.ptr[base64.len - 1] == '=') {
		base64.len--;
		len--;
	}
	if (ed25519) {
		EVP_MD_CTX *c = EVP_MD_CTX_new();
		assert_int_equal(EVP_DigestVerifyInit(c, NULL, NULL, NULL, k->pkey), 1);
		assert_int_equal(EVP_DigestVerify(c, signature, (size_t)len, digest, 32), 1);
		/* libsodium's is OpenSSL's own, byte for byte (RFC 8032: it is deterministic). */
		unsigned char same[64];
		size_t same_len = sizeof same;
		EVP_MD_CTX_reset(c);
		assert_int_equal(EVP_DigestSignInit(c, NULL, NULL, NULL, k->pkey), 1);
		assert_int_equal(EVP_DigestSign(c, same, &same_len, digest, 32), 1);
		assert_int_equal(len, same_len);
		assert_memory_equal(signature, same, same_len);
		EVP_MD_CTX_free(c);
	} else {
		EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(k->pkey, NULL);
		assert_int_equal(EVP_PKEY_verify_init(c), 1);
		EVP_PKEY_CTX_set_signature_md(c, EVP_sha256());
		assert_int_equal(EVP_PKEY_verify(c, signature, (size_t)len, digest, 32), 1);
		EVP_PKEY_CTX_free(c);
	}
	/* No line of the header is longer than 78. */
	struct str rest = h, line;
	while (str_cut(&rest, '\n', &line))
		assert_in_range(line.len, 0, 79);
	dkim_close(d);
	buf_release(&header);
	buf_release(&signed_text);
}

static void ed25519_signs(void **state)
{
	(void)state;
	struct key k = { 0 };
	write_key(&k, EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"));
	check_signature(&k, true);
	drop_key(&k);
}

static void rsa_signs(void **state)
{
	(void)state;
	struct key k = { 0 };
	write_key(&k, EVP_RSA_gen(2048));
	check_signature(&k, false);
	drop_key(&k);
}

/* Both algorithms are deterministic: what two keys write is what each writes alone. */
static void two_keys_sign_both(void **state)
{
	(void)state;
	struct key rsa = { 0 }, ed25519 = { 0 };
	struct buf alone, together;
	write_key(&rsa, EVP_RSA_gen(2048));
	write_key(&ed25519, EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"));
	buf_init(&alone, 1 << 16);
	buf_init(&together, 1 << 16);
	struct key *keys[] = { &rsa, &ed25519 };
	for (size_t i = 0; i < 2; i++) {
		struct dkim *d = dkim_open(&keys[i]->publication, keys[i]->diags);
		assert_true(sign_whole(d, &alone));
		dkim_close(d);
	}
	struct publication both = rsa.publication;
	both.dkim.keys[1].selector = STR("brisbane");
	both.dkim.keys[1].path =
		str_format(rsa.arena, "../%s/dkim.pem", strrchr(ed25519.folder, '/') + 1);
	both.dkim.key_count = 2;
	struct dkim *d = dkim_open(&both, rsa.diags);
	assert_non_null(d);
	assert_true(sign_whole(d, &together));
	dkim_close(d);
	assert_string_equal(buf_str(&together).ptr, buf_str(&alone).ptr);
	assert_true(str_find(buf_str(&together), STR("a=rsa-sha256"), 0) < together.len);
	assert_true(str_find(buf_str(&together), STR("a=ed25519-sha256"), 0) < together.len);
	buf_release(&alone);
	buf_release(&together);
	drop_key(&rsa);
	drop_key(&ed25519);
}

static void keys_that_cannot_sign(void **state)
{
	(void)state;
	struct key k = { 0 };
	write_key(&k, EVP_RSA_gen(1024));
	assert_null(dkim_open(&k.publication, k.diags));
	assert_int_equal(diags_at(k.diags, 0)->code, DIAG_DKIM_KEY);
	drop_key(&k);
	write_key(&k, EVP_EC_gen("P-256"));
	assert_null(dkim_open(&k.publication, k.diags));
	FILE *f = fopen(k.file, "w");
	fputs("-----BEGIN PRIVATE KEY-----\nnonsense\n", f);
	fclose(f);
	k.publication.dkim.keys[0].selector = STR("other");
	assert_null(dkim_open(&k.publication, k.diags));
	k.publication.dkim.keys[0].path = STR("missing.pem");
	assert_null(dkim_open(&k.publication, k.diags));
	k.publication.dkim.keys[0].selector = STR("");
	assert_null(dkim_open(&k.publication, k.diags));
	assert_int_equal(diags_count(k.diags), 4);
	drop_key(&k);
}

static void keys_are_checked_without_signing(void **state)
{
	(void)state;
	struct key k = { 0 };
	write_key(&k, EVP_RSA_gen(1024));
	dkim_check(&k.publication, k.diags);
	assert_int_equal(diags_at(k.diags, 0)->code, DIAG_DKIM_KEY);
	drop_key(&k);
	write_key(&k, EVP_RSA_gen(2048));
	size_t said = diags_count(k.diags);
	dkim_check(&k.publication, k.diags);
	assert_int_equal(diags_count(k.diags), said);
	k.publication.dkim.keys[0].path = STR("missing.pem");
	dkim_check(&k.publication, k.diags);
	assert_int_equal(diags_at(k.diags, said)->code, DIAG_DKIM_UNSEEN);
	drop_key(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canonical_forms),
		cmocka_unit_test(ed25519_signs),
		cmocka_unit_test(rsa_signs),
		cmocka_unit_test(two_keys_sign_both),
		cmocka_unit_test(keys_that_cannot_sign),
		cmocka_unit_test(keys_are_checked_without_signing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
