#include "test.h"

#include "preview/desk.h"

#include <poll.h>
#include <pthread.h>

static struct desk *open_desk(void)
{
	const struct preview_options o = { .issue = STR_INIT("2026-1"),
					   .title = STR_INIT("Głos \"Pacjenta\""),
					   .folder = STR_INIT("/tmp/glos-preview-abcdef") };
	return desk_open(&o);
}

static struct str state_of(struct arena *a, struct desk *d)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	desk_put_state(d, &out);
	struct str s = str_copy(a, buf_str(&out));
	buf_release(&out);
	return s;
}

static bool holds(struct str s, struct str part)
{
	return str_find(s, part, 0) < s.len;
}

static struct str next_of(struct arena *a, struct listener *l)
{
	char *room = arena_alloc(a, 1 << 16);
	return (struct str){ room, listener_read(l, room, 1 << 16) };
}

static void an_event_is_framed(void **state)
{
	struct buf out;
	(void)state;
	buf_init(&out, 1 << 16);
	event_put(&out, 7, STR("state"), STR("{}"));
	assert_str(buf_str(&out), "id: 7\nevent: state\ndata: {}\n\n");
	buf_clear(&out);
	event_put(&out, 8, STR("x"), STR("one\n\ntwo"));
	assert_str(buf_str(&out), "id: 8\nevent: x\ndata: one\ndata: \ndata: two\n\n");
	buf_clear(&out);
	event_put(&out, 9, STR("x"), STR(""));
	assert_str(buf_str(&out), "id: 9\nevent: x\ndata: \n\n");
	buf_release(&out);
}

static void what_is_shown_is_told(void **state)
{
	struct arena *a = arena_open();
	struct desk *d = open_desk();
	struct buf text;
	(void)state;
	buf_init(&text, 1 << 16);
	const struct preview_message m = { .name = STR_INIT("pl"),
					   .subject = STR_INIT("A \"b\"\n"),
					   .html = STR_INIT("<p>"),
					   .text = STR_INIT("t"),
					   .wire_bytes = 12 };
	desk_show_messages(d, &m, 1);
	assert_true(holds(state_of(a, d), STR("\"title\":\"Głos \\\"Pacjenta\\\"\"")));
	assert_true(holds(state_of(a, d), STR("\"subject\":\"A \\\"b\\\"\\u000a\"")));
	assert_true(holds(state_of(a, d), STR("\"run\":\"abcdef\"")));
	assert_true(desk_put_message(d, STR("pl"), true, &text));
	assert_str(buf_str(&text), "<p>");
	assert_false(desk_put_message(d, STR("nb"), true, &text));
	desk_show_web(d, STR("https://x.example/"));
	assert_true(holds(state_of(a, d), STR("\"address\":\"https://x.example/\"")));
	const struct preview_state told = { .making = EDITION_LARGE,
					    .stale = true,
					    .outdated = EDITION_SCREEN,
					    .diagnostics = STR_INIT("{\"a\":1}\n{\"b\":2}\n") };
	desk_tell(d, &told);
	assert_true(holds(state_of(a, d), STR("\"stale\":true")));
	assert_true(holds(state_of(a, d), STR("\"diagnostics\":[{\"a\":1},{\"b\":2}]")));
	assert_true(holds(state_of(a, d),
			  STR("\"large\":{\"build\":0,\"making\":true,\"outdated\":false")));
	assert_true(holds(state_of(a, d),
			  STR("\"screen\":{\"build\":0,\"making\":false,\"outdated\":true")));
	buf_release(&text);
	desk_close(d);
	arena_close(a);
}

static void two_builds_are_kept(void **state)
{
	static const struct str files = STR_INIT("{\"edition\":\"print\",\"path\":\"/x/"
						 "print.pdf\",\"bytes\":9,\"pages\":36,\"ms\":1}\n"
						 "{\"edition\":\"print\",\"path\":\"/x/"
						 "cover.pdf\",\"bytes\":9,\"pages\":2,\"ms\":1}\n");
	struct desk *d = open_desk();
	(void)state;
	assert_int_equal(desk_build(d, EDITION_PRINT), 0);
	assert_false(desk_has_page(d, EDITION_PRINT, 0, STR("print"), 1));
	desk_show_pages(d, EDITION_PRINT, 4, files);
	desk_show_pages(d, EDITION_PRINT, 6, files);
	assert_int_equal(desk_build(d, EDITION_PRINT), 6);
	assert_true(desk_has_page(d, EDITION_PRINT, 6, STR("print"), 36));
	assert_false(desk_has_page(d, EDITION_PRINT, 6, STR("print"), 37));
	assert_true(desk_has_page(d, EDITION_PRINT, 6, STR("cover"), 2));
	assert_false(desk_has_page(d, EDITION_PRINT, 6, STR("cover"), 3));
	assert_false(desk_has_page(d, EDITION_PRINT, 6, STR("imposed"), 1));
	assert_true(desk_has_page(d, EDITION_PRINT, 4, STR("print"), 1));
	desk_show_pages(d, EDITION_PRINT, 7, files);
	assert_false(desk_has_page(d, EDITION_PRINT, 4, STR("print"), 1));
	assert_false(desk_has_page(d, EDITION_SCREEN, 7, STR("screen"), 1));
	desk_close(d);
}

static void a_listener_hears_of_each_change(void **state)
{
	struct arena *a = arena_open();
	struct desk *d = open_desk();
	struct listener *l = listener_open(d, EDITION_EMAIL);
	(void)state;
	assert_true(str_starts(next_of(a, l), STR("id: 0\nevent: state\ndata: {\"serial\":0,")));
	desk_show_web(d, STR(""));
	desk_show_web(d, STR(""));
	assert_true(str_starts(next_of(a, l), STR("id: 2\nevent: state\ndata: {\"serial\":2,")));
	/* However little is read at once. */
	desk_show_web(d, STR(""));
	char byte;
	assert_int_equal(listener_read(l, &byte, 1), 1);
	assert_int_equal(byte, 'i');
	assert_true(str_starts(next_of(a, l), STR("d: 3\nevent: state\n")));
	listener_close(l);
	desk_close(d);
	arena_close(a);
}

static void *read_until_the_end(void *context)
{
	struct arena *a = arena_open();
	while (next_of(a, context).len)
		;
	arena_close(a);
	return NULL;
}

static void the_end_reaches_all_listeners(void **state)
{
	enum { MANY = 20 };
	struct desk *d = open_desk();
	struct listener *l[MANY];
	pthread_t threads[MANY];
	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		l[i] = listener_open(d, EDITION_WEB);
		assert_int_equal(pthread_create(&threads[i], NULL, read_until_the_end, l[i]), 0);
	}
	for (int i = 0; i < 100; i++)
		desk_show_web(d, STR(""));
	desk_end(d);
	for (size_t i = 0; i < MANY; i++) {
		pthread_join(threads[i], NULL);
		listener_close(l[i]);
	}
	desk_close(d);
}

static bool is_told(struct desk *d)
{
	struct pollfd p = { .fd = desk_descriptor(d), .events = POLLIN };
	return poll(&p, 1, 0) > 0;
}

static void what_is_looked_at_is_known(void **state)
{
	const unsigned all = EDITION_PRINT | EDITION_SCREEN | EDITION_LARGE;
	struct desk *d = open_desk();
	(void)state;
	assert_false(is_told(d));
	assert_int_equal(desk_looked_at(d, all), 0);
	struct listener *first = listener_open(d, EDITION_SCREEN);
	assert_true(is_told(d));
	assert_int_equal(desk_looked_at(d, all), EDITION_SCREEN);
	assert_false(is_told(d));
	struct listener *second = listener_open(d, EDITION_PRINT);
	struct listener *third = listener_open(d, EDITION_SCREEN);
	assert_int_equal(desk_looked_at(d, all), EDITION_SCREEN);
	assert_int_equal(desk_looked_at(d, EDITION_PRINT | EDITION_LARGE), EDITION_PRINT);
	assert_int_equal(desk_looked_at(d, EDITION_LARGE), 0);
	listener_close(first);
	assert_int_equal(desk_looked_at(d, all), EDITION_SCREEN);
	listener_close(third);
	assert_int_equal(desk_looked_at(d, all), EDITION_PRINT);
	listener_close(second);
	assert_int_equal(desk_looked_at(d, all), 0);
	desk_close(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_framed),
		cmocka_unit_test(what_is_shown_is_told),
		cmocka_unit_test(two_builds_are_kept),
		cmocka_unit_test(a_listener_hears_of_each_change),
		cmocka_unit_test(the_end_reaches_all_listeners),
		cmocka_unit_test(what_is_looked_at_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
