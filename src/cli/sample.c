#include "cli/sample.h"

#include "base/arena.h"

enum { CEILING = 16 << 20 };

static const struct hole_values sample_subscriber = { {
	[HOLE_ADDRESS] = STR_INIT("anna.przykladowa@example.org"),
	[HOLE_NAME] = STR_INIT("Anna Przykładowa"),
	[HOLE_TOKEN] = STR_INIT("0123456789abcdefghijkl"),
	[HOLE_REGION] = STR_INIT(""),
	[HOLE_MESSAGE_ID] = STR_INIT("0123456789abcdefghijkl"),
} };

void sample_open(struct sample *s, const struct document *doc, const struct message *m,
		 const struct world *w)
{
	struct hole_values values = sample_subscriber;
	struct buf date;
	buf_init(&date, 64);
	buf_init(&s->html, CEILING);
	buf_init(&s->text, CEILING);
	buf_init(&s->wire, CEILING);
	time_put_rfc5322(&date, w->now);
	values.value[HOLE_DATE] = buf_str(&date);
	values.value[HOLE_ORG] = doc->publication->publisher;
	if (m->region.len)
		values.value[HOLE_REGION] = m->region;
	message_render(m, &values, &s->wire);
	message_put_part(m, &values, true, &s->html);
	message_put_part(m, &values, false, &s->text);
	buf_release(&date);
}

void sample_close(struct sample *s)
{
	buf_release(&s->wire);
	buf_release(&s->text);
	buf_release(&s->html);
}

struct str sample_name(struct arena *a, const struct message *m)
{
	return m->region.len ? str_format(a, "%.*s.%.*s", STR_ARG(m->language), STR_ARG(m->region))
			     : str_copy(a, m->language);
}
