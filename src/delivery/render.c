#include "delivery/render.h"

#include "base/arena.h"

enum { WIRE_BYTES_MAX = 64 << 20 };

void renderer_init(struct renderer *r, const struct dkim *dkim)
{
	*r = (struct renderer){ .signer = dkim ? signer_open(dkim) : NULL };
	buf_init(&r->lines, WIRE_BYTES_MAX);
	buf_init(&r->fields, WIRE_BYTES_MAX);
	buf_init(&r->relaxed, WIRE_BYTES_MAX);
}

void renderer_release(struct renderer *r)
{
	signer_close(r->signer);
	heap_free(r->ends);
	buf_release(&r->lines);
	buf_release(&r->fields);
	buf_release(&r->relaxed);
}

/* Fills the lines with holes. */
static void fill(struct renderer *r, const struct form *f, const struct hole_values *v)
{
	if (r->ends_capacity < f->count) {
		r->ends_capacity = f->count;
		r->ends = heap_resize(r->ends, f->count * sizeof *r->ends);
	}
	buf_clear(&r->lines);
	for (size_t i = 0; i < f->count; i++) {
		if (!f->pieces[i].fixed)
			message_render(&f->pieces[i].holes, v, &r->lines);
		r->ends[i] = r->lines.len;
	}
}

static struct str filled(const struct renderer *r, size_t i)
{
	size_t from = i ? r->ends[i - 1] : 0;
	return str_sub(buf_str(&r->lines), from, r->ends[i] - from);
}

static void put_plain(const struct renderer *r, const struct form *f, size_t from, size_t to,
		      struct buf *out)
{
	for (size_t i = from; i < to; i++)
		buf_put(out, f->pieces[i].fixed ? f->pieces[i].plain : filled(r, i));
}

/* Most bodies: those in which no line depends on what stands behind it. */
static void digest_pieces(struct renderer *r, const struct form *f)
{
	signer_begin(r->signer, f->begun);
	for (size_t i = f->hashed; i < f->count; i++) {
		if (f->pieces[i].fixed) {
			signer_add(r->signer, f->pieces[i].relaxed);
			continue;
		}
		buf_clear(&r->relaxed);
		dkim_relax_lines(&r->relaxed, filled(r, i));
		signer_add(r->signer, buf_str(&r->relaxed));
	}
}

static bool sign(struct renderer *r, const struct form *f, int64_t now, struct buf *wire)
{
	buf_clear(&r->fields);
	put_plain(r, f, 0, f->body, &r->fields);
	struct str fields = buf_str(&r->fields); /* and an empty line, which is not signed */
	/* A line that holds nothing but a hole, and that nothing, would end the header early. */
	if (!f->steady || str_find(fields, STR("\r\n\r\n"), 0) + 4 != fields.len) {
		put_plain(r, f, f->body, f->count, &r->fields);
		return dkim_sign(r->signer, buf_str(&r->fields), now, wire);
	}
	digest_pieces(r, f);
	return !r->fields.overflowed && !r->relaxed.overflowed &&
	       signer_sign(r->signer, str_sub(fields, 0, fields.len - 2), now, wire);
}

bool render(struct renderer *r, const struct form *f, const struct hole_values *v, int64_t now,
	    struct buf *wire, bool *eight_bit, const char **problem)
{
	buf_clear(wire);
	*problem = f->problem;
	if (f->problem)
		return false;
	fill(r, f, v);
	*eight_bit = f->eight_bit || has_eight_bit(buf_str(&r->lines));
	*problem = "it could not be signed";
	if (r->signer && !sign(r, f, now, wire))
		return false;
	*problem = NULL;
	for (size_t i = 0; i < f->count; i++)
		if (f->pieces[i].fixed)
			buf_put(wire, f->pieces[i].wire);
		else if (!dot_stuff(wire, filled(r, i), problem))
			return false;
	*problem = "it is larger than 64 MB";
	return !r->lines.overflowed && !wire->overflowed && f->count > 0;
}
