/* Keys to sign with, and what a receiver does with what they signed (RFC 6376, 6.1), by
 * OpenSSL and nothing of ours but the body's canonical form, which has the RFC's own examples
 * (dkim_test.c). */
#ifndef TESTS_UNIT_DELIVERY_SIGNED_H
#define TESTS_UNIT_DELIVERY_SIGNED_H

#include "test.h"

#include "delivery/dkim.h"

#include <ctype.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <unistd.h>

/* Writes the keys to files, lets dkim_open read them and removes the files. */
static struct dkim *open_keys(struct arena *a, EVP_PKEY *const *keys, size_t count)
{
	char folder[] = "/tmp/glos-unit-XXXXXX";
	struct publication p = { .dkim = { .domain = STR("x.example"), .key_count = count } };
	assert_non_null(mkdtemp(folder));
	p.root = str_from(folder);
	for (size_t i = 0; i < count; i++) {
		p.dkim.keys[i].selector = str_format(a, "s%zu", i);
		p.dkim.keys[i].path = str_format(a, "%zu.pem", i);
		FILE *f = fopen(str_format(a, "%s/%zu.pem", folder, i).ptr, "w");
		assert_non_null(f);
		assert_true(PEM_write_PrivateKey(f, keys[i], NULL, NULL, 0, NULL, NULL));
		fclose(f);
	}
	struct dkim *d = dkim_open(&p, diags_new(a));
	assert_non_null(d);
	for (size_t i = 0; i < count; i++)
		unlink(str_format(a, "%s/%zu.pem", folder, i).ptr);
	rmdir(folder);
	return d;
}

/* ---- a header's fields ---- */

/* Cuts off the first field, with its CRLF. */
static bool cut_field(struct str *rest, struct str *field)
{
	size_t end = 0;
	if (rest->len == 0)
		return false;
	do
		end = str_find(*rest, STR("\r\n"), end) + 2;
	while (end < rest->len && (rest->ptr[end] == ' ' || rest->ptr[end] == '\t'));
	*field = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end, rest->len);
	return true;
}

static bool field_is(struct str field, struct str name)
{
	return field.len > name.len && field.ptr[name.len] == ':' &&
	       str_equal_nocase(str_sub(field, 0, name.len), name);
}

/* The field of that name, counted from the last, which is 0; or none, which counts as empty. */
static struct str field_from_last(struct str header, struct str name, size_t number)
{
	struct str rest = header, field, found = { 0 };
	size_t count = 0, at = 0;
	while (cut_field(&rest, &field))
		count += field_is(field, name);
	rest = header;
	while (cut_field(&rest, &field))
		if (field_is(field, name) && ++at + number == count)
			found = field;
	return found;
}

/* 3.4.2, a byte at a time: runs of white space are one blank, line ends are none. */
static void put_canonical(struct buf *out, struct str field)
{
	size_t colon = str_find(field, STR(":"), 0);
	struct buf value;
	buf_init(&value, 1 << 20);
	for (size_t i = 0; i < colon; i++)
		if (field.ptr[i] != ' ' && field.ptr[i] != '\t')
			buf_put_byte(out, (char)tolower((unsigned char)field.ptr[i]));
	for (size_t i = colon + 1; i < field.len; i++) {
		bool blank = strchr(" \t", field.ptr[i]);
		if (strchr("\r\n", field.ptr[i]) ||
		    (blank && (value.len == 0 || value.ptr[value.len - 1] == ' ')))
			continue;
		buf_put_byte(&value, blank ? ' ' : field.ptr[i]);
	}
	struct str v = buf_str(&value);
	if (str_ends(v, STR(" ")))
		v.len--;
	buf_put_byte(out, ':');
	buf_put(out, v);
	buf_release(&value);
}

/* ---- a signature ---- */

/* The value of a tag, without folding; name with its equals sign. */
static struct str signature_tag(struct arena *a, struct str signature, const char *name)
{
	struct str rest = str_sub(signature, strlen("DKIM-Signature:"), signature.len), tag;
	while (str_cut(&rest, ';', &tag)) {
		tag = str_trim(tag);
		if (!str_starts(tag, str_from(name)))
			continue;
		struct buf out;
		buf_init(&out, 1 << 16);
		for (size_t i = strlen(name); i < tag.len; i++)
			if (!strchr(" \t\r\n", tag.ptr[i]))
				buf_put_byte(&out, tag.ptr[i]);
		struct str value = str_copy(a, buf_str(&out));
		buf_release(&out);
		return value;
	}
	return STR("");
}

static size_t from_base64(struct str text, unsigned char *bytes, size_t most)
{
	assert_true(text.len % 4 == 0 && text.len / 4 * 3 <= most);
	int len = EVP_DecodeBlock(bytes, (const unsigned char *)text.ptr, (int)text.len);
	assert_true(len > 0);
	return (size_t)len - str_ends(text, STR("=")) - str_ends(text, STR("=="));
}

/* Each name that ought to be signed stands as often as its field and once more, and no other. */
static void check_names(struct str list, struct str header)
{
	static const char *const names[] = { "From",
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
					     "List-Unsubscribe-Post" };
	size_t expected = 0, all = 0;
	struct str rest = list, name;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t listed = 0, fields = 1;
		for (rest = list; str_cut(&rest, ':', &name);)
			listed += str_equal(name, str_from(names[i]));
		for (rest = header; cut_field(&rest, &name);)
			fields += field_is(name, str_from(names[i]));
		assert_int_equal(listed, fields);
		expected += fields;
	}
	for (rest = list; str_cut(&rest, ':', &name);)
		all++;
	assert_int_equal(all, expected);
}

static bool is_signed_by(EVP_PKEY *key, const unsigned char digest[32],
			 const unsigned char *signature, size_t len)
{
	bool ok;
	if (EVP_PKEY_get_id(key) == EVP_PKEY_ED25519) {
		EVP_MD_CTX *c = EVP_MD_CTX_new();
		ok = EVP_DigestVerifyInit(c, NULL, NULL, NULL, key) == 1 &&
		     EVP_DigestVerify(c, signature, len, digest, 32) == 1;
		EVP_MD_CTX_free(c);
		return ok;
	}
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(key, NULL);
	ok = EVP_PKEY_verify_init(c) == 1 && EVP_PKEY_CTX_set_signature_md(c, EVP_sha256()) == 1 &&
	     EVP_PKEY_verify(c, signature, len, digest, 32) == 1;
	EVP_PKEY_CTX_free(c);
	return ok;
}

/* Of the fields behind the signatures, and the signature's own with b= empty (3.7). */
static void hash_signed(struct str list, struct str header, struct str signature,
			unsigned char digest[32])
{
	struct buf text;
	struct str rest = list, name;
	buf_init(&text, 1 << 20);
	for (size_t at = 0; str_cut(&rest, ':', &name); at = rest.ptr ? list.len - rest.len : 0) {
		size_t number = 0;
		struct str before = str_sub(list, 0, at), other;
		while (str_cut(&before, ':', &other))
			number += str_equal_nocase(other, name);
		struct str field = field_from_last(header, name, number);
		if (field.len == 0)
			continue;
		put_canonical(&text, field);
		buf_put_c(&text, "\r\n");
	}
	size_t b = str_find(signature, STR("\tb="), 0) + 3;
	put_canonical(&text, str_sub(signature, 0, b));
	EVP_Digest(text.ptr, text.len, digest, NULL, EVP_sha256(), NULL);
	buf_release(&text);
}

/* message is not dot-stuffed and begins with a signature for each key, in their order, made at
 * `now`. All are good; returns what follows them. */
static struct str check_signed(struct str message, EVP_PKEY *const *keys, size_t count, int64_t now)
{
	struct arena *a = arena_open();
	unsigned char digest[32], bytes[1024];
	struct str rest = message, signature;
	for (size_t i = 0; i < count; i++)
		assert_true(cut_field(&rest, &signature));
	size_t end = str_find(rest, STR("\r\n\r\n"), 0);
	struct str header = str_sub(rest, 0, end + 2);
	struct buf body;
	buf_init(&body, 1 << 20);
	dkim_relax_body(&body, str_sub(rest, end + 4, rest.len));
	struct str next = message;
	for (size_t i = 0; i < count; i++) {
		assert_true(cut_field(&next, &signature));
		assert_true(field_is(signature, STR("DKIM-Signature")));
		bool ed25519 = EVP_PKEY_get_id(keys[i]) == EVP_PKEY_ED25519;
		assert_str(signature_tag(a, signature, "v="), "1");
		assert_str(signature_tag(a, signature, "a="),
			   ed25519 ? "ed25519-sha256" : "rsa-sha256");
		assert_str(signature_tag(a, signature, "c="), "relaxed/relaxed");
		assert_str(signature_tag(a, signature, "d="), "x.example");
		assert_str(signature_tag(a, signature, "s="), str_format(a, "s%zu", i).ptr);
		assert_str(signature_tag(a, signature, "t="),
			   str_format(a, "%lld", (long long)now).ptr);
		from_base64(signature_tag(a, signature, "bh="), bytes, sizeof bytes);
		EVP_Digest(buf_str(&body).ptr, body.len, digest, NULL, EVP_sha256(), NULL);
		assert_memory_equal(bytes, digest, 32);
		struct str list = signature_tag(a, signature, "h=");
		check_names(list, header);
		hash_signed(list, header, signature, digest);
		size_t len = from_base64(signature_tag(a, signature, "b="), bytes, sizeof bytes);
		assert_true(is_signed_by(keys[i], digest, bytes, len));
		struct str line;
		while (str_cut(&signature, '\n', &line))
			assert_in_range(line.len, 0, 79);
	}
	buf_release(&body);
	arena_close(a);
	return rest;
}

#endif
