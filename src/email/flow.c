#include "email/flow.h"

#include "base/utf8.h"

enum { COLUMNS = 72 };

/* Quote marks, and the blank that keeps a line's own first character from being
 * taken for one (space-stuffing, RFC 3676, 4.4). */
static void line_start(struct flow *f, struct str text)
{
	if (f->gap && f->out->len)
		buf_put_byte(f->out, '\n');
	f->gap = false;
	for (int i = 0; i < f->quote; i++)
		buf_put_byte(f->out, '>');
	bool stuff = f->quote > 0 || str_starts(text, STR(" ")) || str_starts(text, STR(">")) ||
		     str_starts(text, STR("From "));
	if (stuff)
		buf_put_byte(f->out, ' ');
}

void flow_gap(struct flow *f)
{
	f->gap = true;
}

void flow_line(struct flow *f, struct str text)
{
	/* A blank at its end would join it with the next; only "-- " has one. */
	while (text.len && text.ptr[text.len - 1] == ' ' && !str_equal(text, STR("-- ")))
		text.len--;
	line_start(f, text);
	buf_put(f->out, text);
	buf_put_byte(f->out, '\n');
}

/* Where the line that begins at start ends: before a space, as late as columns
 * allow, or behind a first word that is longer; or at the end of text. */
static size_t line_end(struct str text, size_t start, size_t columns)
{
	size_t count = 0, end = 0; /* end 0: no space seen yet */
	for (size_t at = start; at < text.len; count++) {
		if (text.ptr[at] == ' ' && at > start) {
			if (count > columns && end)
				return end;
			end = at;
			if (count >= columns)
				return end;
		}
		utf8_next(text, &at);
	}
	return count <= columns || !end ? text.len : end;
}

/* One stretch without line breaks. */
static void put_stretch(struct flow *f, struct str text)
{
	/* The trailing blank of a flowed line and a stuffed one count, too. */
	size_t room = COLUMNS - 2 - (size_t)f->quote;
	size_t at = 0;
	while (at < text.len) {
		size_t end = line_end(text, at, room);
		struct str line = str_sub(text, at, end - at);
		bool last = end >= text.len;
		line_start(f, line);
		buf_put(f->out, line);
		if (!last)
			buf_put_byte(f->out, ' ');
		buf_put_byte(f->out, '\n');
		at = end;
		while (at < text.len && text.ptr[at] == ' ')
			at++;
	}
}

void flow_paragraph(struct flow *f, struct str first, struct str text)
{
	struct str rest = text, line;
	bool begun = false;
	while (str_cut(&rest, '\n', &line)) {
		line = str_trim(line);
		if (!line.len)
			continue;
		if (begun || !first.len) {
			put_stretch(f, line);
		} else {
			struct buf joined;
			buf_init(&joined, f->out->ceiling);
			buf_put(&joined, first);
			buf_put(&joined, line);
			put_stretch(f, buf_str(&joined));
			buf_release(&joined);
		}
		begun = true;
	}
}
