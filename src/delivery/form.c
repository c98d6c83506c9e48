#include "delivery/form.h"

#include "base/arena.h"

#include <string.h>

enum { LINE_BYTES_MAX = 998 /* RFC 5322, 2.1.1 */, FORM_BYTES = 65 << 20 };

bool dot_stuff(struct buf *out, struct str text, const char **problem)
{
	size_t run = 0; /* from here on nothing is copied yet */
	*problem = "a NUL byte";
	if (text.len && memchr(text.ptr, '\0', text.len))
		return false;
	for (size_t at = 0; at < text.len;) {
		const char *line = text.ptr + at;
		const char *cr = memchr(line, '\r', text.len - at);
		size_t len = cr ? (size_t)(cr - line) : 0;
		*problem = "a line that does not end in CRLF";
		if (!cr || at + len + 1 >= text.len || cr[1] != '\n' ||
		    (len && memchr(line, '\n', len)))
			return false;
		*problem = "a line longer than 998 bytes";
		if (len > LINE_BYTES_MAX)
			return false;
		if (*line == '.') {
			buf_put(out, str_sub(text, run, at - run));
			buf_put_byte(out, '.');
			run = at;
		}
		at += len + 2;
	}
	buf_put(out, str_sub(text, run, text.len));
	*problem = NULL;
	return true;
}

bool has_eight_bit(struct str s)
{
	uint64_t all = 0, word;
	size_t i = 0;
	for (; i + sizeof word <= s.len; i += sizeof word) {
		memcpy(&word, s.ptr + i, sizeof word);
		all |= word;
	}
	for (; i < s.len; i++)
		all |= (unsigned char)s.ptr[i];
	return all & 0x8080808080808080;
}

/* ---- cutting into pieces ---- */

struct cutter {
	struct arena *arena;
	struct form *form;
	size_t capacity;
	struct chunk *line; /* chunks of the line begun */
	size_t line_count, line_capacity;
	bool in_header;
};

static void put_fixed(struct cutter *c, struct str lines)
{
	struct piece p = { .fixed = true, .plain = lines };
	if (lines.len)
		PUSH(c->arena, c->form->pieces, c->form->count, c->capacity, p);
}

/* Ends the line begun: one with holes, or in pieces. */
static void end_line(struct cutter *c)
{
	struct piece p = { .holes = { .chunks = c->line, .chunk_count = c->line_count } };
	if (c->line_count)
		PUSH(c->arena, c->form->pieces, c->form->count, c->capacity, p);
	c->line = NULL;
	c->line_count = c->line_capacity = 0;
}

static void put_in_line(struct cutter *c, struct chunk chunk)
{
	if (chunk.is_hole || chunk.literal.len)
		PUSH(c->arena, c->line, c->line_count, c->line_capacity, chunk);
}

/* Whole lines; the header ends with the first empty one. */
static void put_lines(struct cutter *c, struct str lines)
{
	if (c->in_header) {
		size_t end = str_starts(lines, STR("\r\n"))
				     ? 2
				     : str_find(lines, STR("\r\n\r\n"), 0) + 4;
		if (end <= lines.len) {
			put_fixed(c, str_sub(lines, 0, end));
			c->in_header = false;
			c->form->body = c->form->count;
			lines = str_sub(lines, end, lines.len);
		}
	}
	put_fixed(c, lines);
}

static void cut_literal(struct cutter *c, struct str text)
{
	if (c->line_count) {
		size_t end = str_find(text, STR("\r\n"), 0) + 2;
		put_in_line(c, (struct chunk){ .literal = str_sub(text, 0, end) });
		if (end > text.len)
			return;
		end_line(c);
		text = str_sub(text, end, text.len);
	}
	size_t whole = text.len; /* lines up to here */
	while (whole && !(whole >= 2 && text.ptr[whole - 2] == '\r' && text.ptr[whole - 1] == '\n'))
		whole--;
	put_lines(c, str_sub(text, 0, whole));
	put_in_line(c, (struct chunk){ .literal = str_sub(text, whole, text.len) });
}

/* ---- what is done once ---- */

static struct str kept(struct arena *a, struct buf *b)
{
	struct str s = str_copy(a, buf_str(b));
	buf_clear(b);
	return s;
}

/* As it is where nothing changes: a message of megabytes is not kept three times. */
static struct str same_or_kept(struct arena *a, struct str plain, struct buf *b)
{
	bool same = str_equal(plain, buf_str(b));
	struct str s = same ? plain : kept(a, b);
	buf_clear(b);
	return s;
}

static void prepare(struct form *f, struct arena *a)
{
	struct buf out;
	buf_init(&out, FORM_BYTES);
	for (size_t i = 0; i < f->count && !f->problem; i++) {
		struct piece *p = &f->pieces[i];
		if (!p->fixed)
			continue;
		f->eight_bit |= has_eight_bit(p->plain);
		if (!dot_stuff(&out, p->plain, &f->problem))
			break;
		p->wire = same_or_kept(a, p->plain, &out);
		if (i < f->body)
			continue;
		dkim_relax_lines(&out, p->plain);
		p->relaxed = same_or_kept(a, p->plain, &out);
	}
	if (out.overflowed)
		f->problem = "it is larger than 64 MB";
	buf_release(&out);
	const struct piece *last = f->count ? &f->pieces[f->count - 1] : NULL;
	f->steady = last && f->count > f->body && last->fixed && last->relaxed.len > 2 &&
		    !str_ends(last->relaxed, STR("\r\n\r\n"));
}

/* The header as it is without what fills the holes. Their lines are told: the rest is the same
 * in all messages. */
static void prepare_header(struct form *f, struct arena *a)
{
	struct stretch *holes = NEW_ARRAY(a, struct stretch, f->body);
	size_t count = 0;
	struct buf text;
	buf_init(&text, FORM_BYTES);
	for (size_t i = 0; i < f->body; i++) {
		const struct piece *p = &f->pieces[i];
		size_t from = text.len;
		buf_put(&text, p->plain);
		for (size_t c = 0; c < p->holes.chunk_count; c++)
			buf_put(&text, p->holes.chunks[c].literal);
		if (!p->fixed)
			holes[count++] = (struct stretch){ from, text.len };
	}
	struct str all = kept(a, &text);
	/* The empty line behind it is not signed. */
	f->header = dkim_header_make(a, str_sub(all, 0, all.len - 2), holes, count);
	if (f->header)
		dkim_header_begin(f->header);
	buf_release(&text);
}

struct form *form_make(struct arena *a, const struct message *m)
{
	struct form *f = NEW(a, struct form);
	struct cutter c = { .arena = a, .form = f, .in_header = true };
	f->body = SIZE_MAX;
	for (size_t i = 0; i < m->chunk_count; i++)
		if (m->chunks[i].is_hole)
			put_in_line(&c, m->chunks[i]);
		else
			cut_literal(&c, m->chunks[i].literal);
	end_line(&c);
	f->body = f->body < f->count ? f->body : f->count;
	prepare(f, a);
	f->hashed = f->body;
	if (f->steady && !f->problem) {
		prepare_header(f, a);
		f->begun = digest_open();
	}
	for (; f->begun && f->hashed < f->count && f->pieces[f->hashed].fixed; f->hashed++)
		digest_add(f->begun, f->pieces[f->hashed].relaxed);
	return f;
}

void form_release(struct form *f)
{
	if (!f)
		return;
	digest_close(f->begun);
	dkim_header_release(f->header);
}
