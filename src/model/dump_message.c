/* The message as text: facts, the order of literals and holes, then its parts
 * line by line. */
#include "model/dump.h"

static void put_fact(struct buf *out, const char *name, struct str value)
{
	buf_format(out, "  %s \"%.*s\"\n", name, STR_ARG(value));
}

static void put_chunk(struct buf *out, const struct chunk *c)
{
	static const char *const encodings[] = {
		[HOLE_HEADER] = "header",   [HOLE_HTML_QP] = "html-qp",
		[HOLE_TEXT_QP] = "text-qp", [HOLE_URL_HEADER] = "url-header",
		[HOLE_URL_QP] = "url-qp",
	};
	if (c->is_hole)
		buf_format(out, "    hole %.*s %s\n", STR_ARG(hole_name(c->hole)),
			   encodings[c->encoding]);
	else
		buf_format(out, "    literal %zu bytes\n", c->literal.len);
}

static void put_part(struct buf *out, const char *name, struct str part)
{
	struct str rest = part, line;
	buf_format(out, "  %s\n", name);
	while (str_cut(&rest, '\n', &line)) {
		if (!rest.ptr && !line.len)
			break; /* behind the last line end */
		buf_format(out, "    |%.*s\n", STR_ARG(line));
	}
}

void dump_message(struct buf *out, const struct message *m)
{
	buf_put_c(out, "message\n");
	put_fact(out, "issue", m->issue);
	put_fact(out, "language", m->language);
	put_fact(out, "region", m->region);
	put_fact(out, "subject", m->subject);
	put_fact(out, "preheader", m->preheader);
	put_fact(out, "domain", m->domain);
	buf_format(out, "  encoded %zu bytes\n  wire\n", m->encoded_bytes);
	for (size_t i = 0; i < m->chunk_count; i++)
		put_chunk(out, &m->chunks[i]);
	put_part(out, "text", m->text);
	put_part(out, "html", m->html);
}
