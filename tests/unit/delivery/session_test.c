/* The dialogue with a libcurl of ours beneath it: what the wire takes and brings is told. */
#include "test.h"

#include "delivery/smtp.h"

enum { TEXT_BYTES = WINDOW_BYTES + 1000 };

/* What stands in for the wire. */
static struct {
	size_t room; /* so many bytes are taken */
	struct buf taken;
	const void *refused; /* where the bytes stood that were not */
	struct str answers;
} wire;

static struct {
	int settled;
	enum verdict verdict;
	enum phase at;
} told;

static CURLcode fake_send(CURL *easy, const void *bytes, size_t len, size_t *sent)
{
	(void)easy;
	size_t n = len < wire.room ? len : wire.room;
	wire.refused = bytes;
	if (n == 0)
		return CURLE_AGAIN;
	buf_put_bytes(&wire.taken, bytes, n);
	wire.room -= n;
	*sent = n;
	return CURLE_OK;
}

static CURLcode fake_recv(CURL *easy, void *bytes, size_t len, size_t *got)
{
	(void)easy;
	struct str some = str_sub(wire.answers, 0, len);
	if (some.len == 0)
		return CURLE_AGAIN;
	memcpy(bytes, some.ptr, some.len);
	wire.answers = str_sub(wire.answers, some.len, wire.answers.len);
	*got = some.len;
	return CURLE_OK;
}

static CURLMcode fake_remove(CURLM *multi, CURL *easy)
{
	(void)multi, (void)easy;
	return CURLM_OK;
}

static void fake_cleanup(CURL *easy)
{
	(void)easy;
}

static void settled(void *context, struct session *s, enum verdict v, enum phase at,
		    const struct reply *reply, const char *words)
{
	(void)context, (void)s, (void)reply, (void)words;
	told.settled++;
	told.verdict = v;
	told.at = at;
}

static int64_t still(void *context)
{
	(void)context;
	return 0;
}

static const struct world world = { .monotonic_ms = still };
static const struct smtp_events events = { .settled = settled };
static struct smtp_params params = { .url = "smtp://127.0.0.1:1", .tls = TLS_NEVER };

struct bench {
	struct arena *arena;
	struct smtp smtp;
	char text[TEXT_BYTES];
	struct str parts[2];
	struct envelope envelope;
};

/* Sessions that are connected, to a server that offers PIPELINING. */
static void begin(struct bench *b, int sessions)
{
	b->arena = arena_open();
	assert_true(smtp_open(&b->smtp, b->arena, &params, sessions, &events, NULL, &world,
			      diags_new(b->arena)));
	b->smtp.curl.easy_send = fake_send;
	b->smtp.curl.easy_recv = fake_recv;
	b->smtp.curl.multi_remove_handle = fake_remove;
	b->smtp.curl.easy_cleanup = fake_cleanup;
	for (int i = 0; i < sessions; i++) {
		struct session *s = &b->smtp.sessions[i];
		s->easy = b;
		s->socket = CURL_SOCKET_BAD;
		s->state = SESSION_IDLE;
		s->offers.pipelining = true;
	}
	memset(b->text, 'x', sizeof b->text);
	b->parts[0] = (struct str){ b->text, 10 };
	b->parts[1] = (struct str){ b->text, TEXT_BYTES };
	b->envelope = (struct envelope){ .sender = STR("a@x.example"),
					 .recipient = STR("b@x.example"),
					 .content = text_of(b->parts, 2) };
	memset(&wire, 0, sizeof wire);
	buf_init(&wire.taken, 1 << 20);
	wire.room = SIZE_MAX;
	memset(&told, 0, sizeof told);
}

static void end(struct bench *b)
{
	for (int i = 0; i < b->smtp.session_count; i++)
		if (b->smtp.sessions[i].easy)
			smtp_drop(&b->smtp.sessions[i]);
	smtp_close(&b->smtp);
	buf_release(&wire.taken);
	arena_close(b->arena);
}

static void answers_before_their_command_end_the_connection(void **state)
{
	(void)state;
	struct bench b;
	begin(&b, 1);
	struct session *s = b.smtp.sessions;
	wire.room = 20; /* not even all of MAIL */
	session_start(s, &b.envelope);
	wire.answers = STR("250 ok\r\n250 ok\r\n354 go on\r\n");
	session_event(s, true, false);
	wire.room = SIZE_MAX;
	assert_int_equal(told.settled, 1);
	assert_int_equal(told.verdict, VERDICT_LOST);
	assert_int_equal(s->state, SESSION_CLOSED);
	assert_int_equal(wire.taken.len, 20);
	end(&b);
}

static void what_was_not_taken_is_offered_again_as_it_was(void **state)
{
	(void)state;
	struct bench b;
	begin(&b, 2);
	struct session *one = &b.smtp.sessions[0], *other = &b.smtp.sessions[1];
	char others_text[] = "of the other";
	struct str parts[] = { { others_text, 3 }, { others_text, 12 } };
	struct envelope short_one = b.envelope;
	short_one.content = text_of(parts, 2);
	session_start(one, &b.envelope);
	session_start(other, &short_one);
	for (struct session *s = one; s <= other; s++) {
		wire.answers = STR("250 ok\r\n250 ok\r\n354 go on\r\n");
		session_event(s, true, false);
		assert_int_equal(s->state, SESSION_BODY);
	}
	wire.room = 1000;
	buf_clear(&wire.taken);
	session_write_text(one);
	assert_int_equal(one->state, SESSION_BODY);
	const void *refused = wire.refused;
	wire.room = SIZE_MAX;
	session_write_text(other); /* through the same window */
	assert_int_equal(other->state, SESSION_HELD);
	wire.room = 0;
	session_event(one, false, true);
	assert_ptr_equal(wire.refused, refused);
	wire.room = SIZE_MAX;
	session_event(one, false, true);
	assert_int_equal(one->state, SESSION_HELD);
	assert_int_equal(wire.taken.len, 1000 + 15 + TEXT_BYTES + 10 - 1000);
	for (size_t i = 1015; i < wire.taken.len; i++)
		assert_int_equal(wire.taken.ptr[i], 'x');
	end(&b);
}

static void tell(struct session *s, const char *line)
{
	char copy[80];
	size_t len = (size_t)snprintf(copy, sizeof copy, "%s\r\n", line);
	assert_int_equal(session_header(copy, 1, len, s), len);
}

/* Whether answers may be held inside TLS, by what settings say and a server offers. */
static bool is_encrypted(const struct smtp_params *p, const char *line)
{
	struct arena *a = arena_open();
	struct smtp m;
	assert_true(smtp_open(&m, a, p, 1, &events, NULL, &world, diags_new(a)));
	struct session *s = m.sessions;
	session_open(s);
	tell(s, "220 server");
	tell(s, line);
	tell(s, "250 PIPELINING");
	bool encrypted = s->encrypted;
	smtp_close(&m);
	arena_close(a);
	return encrypted;
}

static void tls_is_noticed_wherever_libcurl_begins_it(void **state)
{
	(void)state;
	static const char url[] = "smtp://127.0.0.1:1";
	const struct smtp_params if_offered = { .url = url, .tls = TLS_IF_OFFERED },
				 never = { .url = url, .tls = TLS_NEVER, .loopback = true },
				 implicit = { .url = "smtps://127.0.0.1:1" },
				 certified = { .url = url,
					       .tls = TLS_NEVER,
					       .loopback = true,
					       .client_certificate = "c.pem",
					       .client_key = "k.pem" };
	assert_true(is_encrypted(&implicit, "250-server"));
	assert_false(is_encrypted(&if_offered, "250-server"));
	assert_true(is_encrypted(&if_offered, "250-STARTTLS"));
	assert_true(is_encrypted(&if_offered, "250-STARTTLS=required"));
	assert_true(is_encrypted(&if_offered, "251-starttls"));
	assert_false(is_encrypted(&never, "250-STARTTLS"));
	assert_true(is_encrypted(&certified, "250-STARTTLS"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_before_their_command_end_the_connection),
		cmocka_unit_test(what_was_not_taken_is_offered_again_as_it_was),
		cmocka_unit_test(tls_is_noticed_wherever_libcurl_begins_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
