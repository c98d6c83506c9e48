#include "delivery/render.h"

#include "base/arena.h"

#include <assert.h>

enum { WIRE_BYTES_MAX = 64 << 20 };

void renderer_init(struct renderer *r, const struct dkim *dkim)
{
	*r = (struct renderer){ .signer = dkim ? signer_open(dkim) : NULL };
	for (size_t i = 0; i < RENDERINGS_AT_ONCE; i++) {
		buf_init(&r->draft[i].lines, WIRE_BYTES_MAX);
		buf_init(&r->draft[i].open, WIRE_BYTES_MAX);
		buf_init(&r->draft[i].relaxed, WIRE_BYTES_MAX);
	}
	buf_init(&r->fields, WIRE_BYTES_MAX);
}

void renderer_release(struct renderer *r)
{
	signer_close(r->signer);
	for (size_t i = 0; i < RENDERINGS_AT_ONCE; i++) {
		struct draft *d = &r->draft[i];
		heap_free(d->ends);
		heap_free(d->parts);
		buf_release(&d->lines);
		buf_release(&d->open);
		buf_release(&d->relaxed);
	}
	buf_release(&r->fields);
}

void wire_init(struct wire *w)
{
	*w = (struct wire){ 0 };
	buf_init(&w->own, WIRE_BYTES_MAX);
}

void wire_release(struct wire *w)
{
	buf_release(&w->own);
	heap_free(w->parts);
}

struct text wire_text(const struct wire *w)
{
	return text_of(w->parts, w->count);
}

/* Fills the lines with holes. */
static void fill(struct draft *d, const struct form *f, const struct hole_values *v)
{
	if (d->capacity < f->count) {
		d->capacity = f->count;
		d->ends = heap_resize(d->ends, f->count * sizeof *d->ends);
		d->parts = heap_resize(d->parts, f->count * sizeof *d->parts);
	}
	buf_clear(&d->lines);
	for (size_t i = 0; i < f->count; i++) {
		if (!f->pieces[i].fixed)
			message_render(&f->pieces[i].holes, v, &d->lines);
		d->ends[i] = d->lines.len;
	}
}

static struct str filled(const struct draft *d, size_t i)
{
	size_t from = i ? d->ends[i - 1] : 0;
	return str_sub(buf_str(&d->lines), from, d->ends[i] - from);
}

static void put_plain(const struct draft *d, const struct form *f, size_t from, size_t to,
		      struct buf *out)
{
	for (size_t i = from; i < to; i++)
		buf_put(out, f->pieces[i].fixed ? f->pieces[i].plain : filled(d, i));
}

/* ---- signing ---- */

/* The body's parts, relaxed. Most bodies: those in which no line depends on what stands
 * behind it. */
static struct hashed find_body(struct draft *d, const struct form *f)
{
	buf_clear(&d->relaxed);
	d->part_count = 0;
	for (size_t i = f->hashed; i < f->count; i++) {
		size_t start = d->relaxed.len;
		if (!f->pieces[i].fixed)
			dkim_relax_lines(&d->relaxed, filled(d, i));
		d->parts[d->part_count++] = (struct str){ NULL, d->relaxed.len - start };
	}
	/* Not before they are all there: the text may move while it grows. */
	struct str rest = buf_str(&d->relaxed);
	for (size_t i = f->hashed; i < f->count; i++) {
		struct str *part = &d->parts[i - f->hashed];
		size_t len = part->len;
		*part = f->pieces[i].fixed ? f->pieces[i].relaxed : str_sub(rest, 0, len);
		rest = str_sub(rest, len, rest.len);
	}
	return (struct hashed){ .begun = f->begun, .parts = d->parts, .part_count = d->part_count };
}

/* What has to be signed of a message that goes the form's way. False when its header does not:
 * a hole's value brought or took a line's end, or a line that holds nothing but a hole, and
 * that nothing, ends the header early. */
static bool find_signed(struct renderer *r, struct draft *d, const struct form *f,
			struct signing *of)
{
	if (!f->header)
		return false;
	buf_clear(&r->fields);
	buf_clear(&d->open);
	put_plain(d, f, 0, f->body, &r->fields);
	struct str fields = buf_str(&r->fields); /* and an empty line, which is not signed */
	if (!dkim_header_relax(f->header, str_sub(fields, 0, fields.len - 2), &d->open))
		return false;
	of->header = f->header;
	of->open = buf_str(&d->open);
	of->body = find_body(d, f);
	return !r->fields.overflowed && !d->open.overflowed && !d->relaxed.overflowed;
}

/* By nothing but its text, whatever that is. */
static bool sign_whole(struct renderer *r, const struct draft *d, const struct form *f, int64_t now,
		       struct buf *out)
{
	buf_clear(&r->fields);
	put_plain(d, f, 0, f->count, &r->fields);
	return !r->fields.overflowed && dkim_sign(r->signer, buf_str(&r->fields), now, out);
}

/* Begins the wire of each that can be written with its signatures. */
static void sign(struct renderer *r, struct rendering *of, size_t count, int64_t now)
{
	struct signing signing[RENDERINGS_AT_ONCE];
	size_t which[RENDERINGS_AT_ONCE], together = 0;
	for (size_t i = 0; i < count; i++) {
		if (of[i].problem)
			continue;
		of[i].problem = "it could not be signed";
		signing[together].out = &of[i].wire->own;
		if (find_signed(r, &r->draft[i], of[i].form, &signing[together]))
			which[together++] = i;
		else if (sign_whole(r, &r->draft[i], of[i].form, now, &of[i].wire->own))
			of[i].problem = NULL;
	}
	signer_sign(r->signer, signing, together, now);
	for (size_t i = 0; i < together; i++)
		if (signing[i].done)
			of[which[i]].problem = NULL;
}

/* ---- all of it ---- */

static void put_part(struct wire *w, struct str part)
{
	if (w->count == w->capacity) {
		w->capacity = w->capacity ? 2 * w->capacity : 16;
		w->parts = heap_resize(w->parts, w->capacity * sizeof *w->parts);
	}
	w->parts[w->count++] = part;
}

/* The text of its own may move while it grows: its parts are lengths until then. */
static void point_to_own(struct wire *w)
{
	struct str rest = buf_str(&w->own);
	for (size_t i = 0; i < w->count; i++) {
		struct str *part = &w->parts[i];
		if (part->ptr)
			continue;
		*part = str_sub(rest, 0, part->len);
		rest = str_sub(rest, part->len, rest.len);
	}
}

/* Behind the signature. What no server would take in it; NULL when it is written. */
static const char *write_wire(const struct draft *d, const struct form *f, struct wire *w)
{
	const char *problem;
	size_t start = 0, len = 0;
	w->count = 0;
	for (size_t i = 0; i < f->count; i++) {
		if (!f->pieces[i].fixed && !dot_stuff(&w->own, filled(d, i), &problem))
			return problem;
		if (!f->pieces[i].fixed)
			continue;
		put_part(w, (struct str){ NULL, w->own.len - start });
		put_part(w, f->pieces[i].wire);
		start = w->own.len;
		len += f->pieces[i].wire.len;
	}
	put_part(w, (struct str){ NULL, w->own.len - start });
	point_to_own(w);
	bool fits = !d->lines.overflowed && !w->own.overflowed && f->count &&
		    len + w->own.len <= WIRE_BYTES_MAX;
	return fits ? NULL : "it is larger than 64 MB";
}

void render_many(struct renderer *r, struct rendering *of, size_t count, int64_t now)
{
	assert(count <= RENDERINGS_AT_ONCE);
	for (size_t i = 0; i < count; i++) {
		const struct form *f = of[i].form;
		buf_clear(&of[i].wire->own);
		of[i].problem = f->problem;
		if (f->problem)
			continue;
		fill(&r->draft[i], f, &of[i].values);
		of[i].eight_bit = f->eight_bit || has_eight_bit(buf_str(&r->draft[i].lines));
	}
	if (r->signer)
		sign(r, of, count, now);
	for (size_t i = 0; i < count; i++)
		if (!of[i].problem)
			of[i].problem = write_wire(&r->draft[i], of[i].form, of[i].wire);
}

bool render(struct renderer *r, const struct form *f, const struct hole_values *v, int64_t now,
	    struct buf *wire, bool *eight_bit, const char **problem)
{
	struct wire w;
	wire_init(&w);
	struct rendering one = { .form = f, .values = *v, .wire = &w };
	render_many(r, &one, 1, now);
	const struct text text = wire_text(&w);
	buf_clear(wire);
	if (!one.problem)
		text_put(wire, &text);
	wire_release(&w);
	*eight_bit = one.eight_bit;
	*problem = one.problem;
	return !one.problem;
}
