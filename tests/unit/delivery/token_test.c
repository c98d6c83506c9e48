/* Programs that print tokens: how long they are waited for, and what is done meanwhile. */
#include "test.h"

#include "delivery/password.h"

#include <unistd.h>

extern char **environ;

/* A clock that moves by `step` whenever somebody looks. */
struct clock {
	int64_t now, step;
};

static int64_t look(void *context)
{
	struct clock *c = context;
	return c->now += c->step;
}

struct asked {
	int times, most;
};

static bool ask(void *context)
{
	struct asked *a = context;
	return ++a->times <= a->most;
}

/* What a shell's words give as a token, or why they give none. */
static const char *token_of(struct arena *a, const char *script, int64_t step, struct asked *asked)
{
	struct str words[] = { STR("/bin/sh"), STR("-c"), str_from(script) };
	const struct relay_settings relay = { .token_command = words, .token_words = 3 };
	struct clock clock = { 0, step };
	const struct world w = { .monotonic_ms = look, .context = &clock, .variables = environ };
	const struct meanwhile meanwhile = { ask, asked };
	const char *token;
	struct diags *d = diags_new(a);
	if (token_read(a, STR("/"), &relay, &w, asked ? &meanwhile : NULL, d, &token))
		return token;
	assert_int_equal(diags_count(d), 1);
	return diags_at(d, 0)->detail.ptr;
}

static void a_program_is_waited_for(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct asked asked = { 0, 1000 };
	assert_string_equal(token_of(a, "echo abc", 0, NULL), "abc");
	assert_string_equal(token_of(a, "echo abc; exec >&-; sleep 0.3", 0, &asked), "abc");
	assert_in_range(asked.times, 3, 1000);
	const char *told = token_of(a, "echo abc; exec >&-; sleep 0.1; exit 3", 0, NULL);
	assert_non_null(strstr(told, "ended with status 3"));
	arena_close(a);
}

static void but_not_for_ever(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	static const char *const scripts[] = {
		"exec sleep 600", "echo abc; exec sleep 600", /* says it, and does not close */
		"echo abc; exec sleep 600 >&-", /* closes, and does not end */
	};
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		assert_non_null(strstr(token_of(a, scripts[i], 5000, NULL), "half a minute"));
		/* Who waits has had enough. */
		struct asked asked = { 0, 3 };
		assert_non_null(strstr(token_of(a, scripts[i], 0, &asked), "not done"));
		assert_int_equal(asked.times, 4);
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_is_waited_for),
		cmocka_unit_test(but_not_for_ever),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
