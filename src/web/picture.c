/* Pictures: the element, and the files it may choose from.
 *
 * Each picture is offered in several widths, and the browser told how wide it will
 * stand, so that a telephone fetches no more than it shows. Names change with the
 * content, so a file that is there already is the right one and is not made again.
 * Where nobody makes renditions, pages show the editor's file, cleaned. */
#include "base/file.h"
#include "base/pool.h"
#include "web/site.h"

#include <stdio.h>

enum { LARGEST_PICTURE = 256 * 1024 * 1024, MAY_STAY_COLUMNS = 1600, MAY_STAY_BYTES = 100000 };

/* Widths that are made, and how large their files may be: with its page and the style
 * sheet the first screen stays below 200 kB. */
static const struct {
	int columns;
	size_t bytes;
} steps[] = { { 480, 50000 }, { 800, 90000 }, { SITE_PICTURE_COLUMNS, 130000 }, { 1920, 145000 } };

enum { STEPS = sizeof steps / sizeof *steps };

/* How wide a picture stands, in the words of HTML's sizes; rem are 16 pixels there and
 * 18 in the style sheet. */
static const struct {
	const char *class, *sizes;
} places[] = {
	[PLACE_COVER] = { "", "(min-width:56em) 48vw,100vw" },
	[PLACE_LEADING_CARD] = { "", "(min-width:64em) 42vw,(min-width:46em) 54vw,92vw" },
	[PLACE_CARD] = { "", "(min-width:64em) 24rem,(min-width:46em) 45vw,92vw" },
	[PLACE_OPENING] = { "opening", "(min-width:81em) 81rem,100vw" },
	[PLACE_OPENING_TALL] = { "opening tall", "(min-width:44em) 41rem,92vw" },
	[PLACE_COLUMN] = { "", "(min-width:44em) 41rem,92vw" },
	[PLACE_WIDE] = { "wide", "(min-width:64em) 61rem,92vw" },
	[PLACE_FULL] = { "full", "100vw" },
	[PLACE_GALLERY] = { "", "(min-width:64em) 30rem,(min-width:46em) 46vw,92vw" },
	[PLACE_ORNAMENT] = { "ornament", "18rem" },
};

const char *place_class(enum place_of_picture place)
{
	return places[place].class;
}

static void remember(struct site *s, const struct picture *picture)
{
	if (!picture || !picture->path.len)
		return;
	for (size_t i = 0; i < s->picture_count; i++)
		if (str_equal(s->pictures[i]->path, picture->path))
			return;
	PUSH(s->arena, s->pictures, s->picture_count, s->picture_capacity, picture);
}

/* A small drawing is as good as it comes. */
static bool stays(const struct site *s, const struct picture *p)
{
	return !s->options->maker || (picture_is_drawing(p) && p->format == PICTURE_PNG &&
				      p->columns <= MAY_STAY_COLUMNS && p->bytes <= MAY_STAY_BYTES);
}

/* One file of a picture. */
struct file {
	struct rendition rendition;
	char name[16]; /* as part of its name: "480"; empty for the one of that name */
};

static struct rendition rendition_of(const struct picture *p, int columns, size_t bytes)
{
	int64_t whole = picture_upright_columns(p), rows = picture_upright_rows(p);
	int64_t high = (rows * columns + whole / 2) / whole;
	return (struct rendition){ columns, high < 1 ? 1 : (int)high, bytes };
}

/* The files of a picture from narrow to wide; never more than the picture has. */
static size_t files_of(const struct picture *p, struct file files[STEPS])
{
	int whole = picture_upright_columns(p);
	size_t count = 0;
	bool more = whole > 0 && picture_upright_rows(p) > 0;
	for (size_t i = 0; more && i < STEPS; i++) {
		int columns = steps[i].columns;
		/* One that is hardly wider is no file of its own. */
		if ((int64_t)columns * 10 >= (int64_t)whole * 9) {
			columns = columns < whole ? columns : whole;
			more = false;
		}
		struct file *f = &files[count++];
		*f = (struct file){ .rendition = rendition_of(p, columns, steps[i].bytes) };
		bool named =
			columns > SITE_PICTURE_COLUMNS || (more && columns < SITE_PICTURE_COLUMNS);
		if (named)
			snprintf(f->name, sizeof f->name, "%d", columns);
	}
	return count;
}

void picture_put_narrowest(struct buf *b, const struct site *s, const struct picture *p,
			   int *columns, int *rows)
{
	struct file files[STEPS];
	size_t count = files_of(p, files);
	bool one = count == 0 || stays(s, p);
	*columns = one ? picture_upright_columns(p) : files[0].rendition.columns;
	*rows = one ? picture_upright_rows(p) : files[0].rendition.rows;
	picture_put_name_of(b, p, str_from(one ? "" : files[0].name));
}

static void put_address(struct page_writer *p, const struct picture *picture, const char *name)
{
	buf_format(&p->out, "%simg/", p->root);
	picture_put_name_of(&p->out, picture, str_from(name));
}

static void put_choice(struct page_writer *p, const struct picture *picture, const char *sizes)
{
	struct file files[STEPS];
	size_t count = files_of(picture, files);
	if (count < 2 || stays(p->site, picture))
		return;
	buf_put_c(&p->out, " srcset=\"");
	for (size_t i = 0; i < count; i++) {
		buf_put_c(&p->out, i ? ", " : "");
		put_address(p, picture, files[i].name);
		buf_format(&p->out, " %dw", files[i].rendition.columns);
	}
	buf_format(&p->out, "\" sizes=\"%s\"", sizes);
}

void page_put_image(struct page_writer *p, const struct picture *picture,
		    enum place_of_picture place, bool eager)
{
	if (!picture->path.len)
		return;
	remember(p->site, picture);
	buf_put_c(&p->out, "<img src=\"");
	put_address(p, picture, "");
	buf_put_c(&p->out, "\"");
	put_choice(p, picture, p->sizes ? p->sizes : places[place].sizes);
	HTML(&p->out, " alt=\"$\"", picture->decorative ? STR("") : picture->alt);
	int columns = picture_upright_columns(picture), rows = picture_upright_rows(picture);
	if (columns > 0 && rows > 0)
		buf_format(&p->out, " width=\"%d\" height=\"%d\"", columns, rows);
	buf_put_c(&p->out,
		  eager ? " fetchpriority=\"high\">" : " loading=\"lazy\" decoding=\"async\">");
}

/* ---- the e-mail's ---- */

static void remember_figures(struct site *s, const struct node *first)
{
	for (const struct node *n = first; n; n = n->next) {
		if (n->kind == NODE_ONLY && !(n->only.editions & EDITION_EMAIL))
			continue;
		if (n->kind == NODE_FIGURE)
			remember(s, n->picture);
		remember_figures(s, n->first);
	}
}

static void remember_article(struct site *s, const struct article *a)
{
	if (!a || !(a->editions & EDITION_EMAIL))
		return;
	remember(s, a->image);
	remember_figures(s, a->first);
}

void site_remember_mailed_pictures(struct site *s)
{
	const struct document *d = s->doc;
	if (d->publication->mail.pictures_inside)
		return;
	for (size_t i = 0; i < d->entry_count; i++)
		remember_article(s, d->entries[i].article);
	remember_article(s, d->imprint);
}

/* ---- files ---- */

static const char *path_of(struct site *s, const struct picture *p, const char *name)
{
	struct buf b;
	buf_init(&b, 4096);
	buf_put_c(&b, "img/");
	picture_put_name_of(&b, p, str_from(name));
	return str_c(s->arena, site_keep(s, &b));
}

static void write_clean(struct site *s, const struct picture *picture)
{
	struct arena *a = arena_open();
	struct str file;
	struct buf clean;
	buf_init(&clean, 2 * (size_t)LARGEST_PICTURE);
	if (file_read(a, str_c(a, picture->path), LARGEST_PICTURE, s->diags, picture->place,
		      &file)) {
		picture_put_clean(&clean, file, picture->orientation);
		site_write(s, path_of(s, picture, ""), buf_str(&clean));
	} else {
		s->failed = true;
	}
	buf_release(&clean);
	arena_close(a);
}

/* Files of one picture that are not there yet. */
struct order {
	const struct picture *picture;
	struct rendition wanted[STEPS];
	const char *paths[STEPS];
	struct buf made[STEPS];
	size_t count;
	bool ok;
};

struct darkroom {
	struct site *site;
	struct order *orders;
	size_t count, capacity;
};

static void note_order(struct darkroom *r, const struct picture *p)
{
	struct site *s = r->site;
	struct order o = { .picture = p };
	struct file files[STEPS];
	size_t count = files_of(p, files);
	for (size_t i = 0; i < count; i++) {
		const char *path = path_of(s, p, files[i].name);
		if (site_has(s, path))
			continue;
		o.wanted[o.count] = files[i].rendition;
		o.paths[o.count++] = path;
	}
	if (o.count)
		PUSH(s->arena, r->orders, r->count, r->capacity, o);
}

static void make(void *context, size_t i)
{
	struct darkroom *r = context;
	struct order *o = &r->orders[i];
	const struct rendition_maker *maker = r->site->options->maker;
	for (size_t n = 0; n < o->count; n++)
		buf_init(&o->made[n], LARGEST_PICTURE);
	o->ok = maker->make(maker->context, o->picture, o->wanted, o->count, o->made,
			    r->site->diags);
}

void site_write_pictures(struct site *s)
{
	struct darkroom r = { .site = s };
	for (size_t i = 0; i < s->picture_count; i++)
		if (!stays(s, s->pictures[i]))
			note_order(&r, s->pictures[i]);
	pool_run(s->threads, r.count, make, &r);
	for (size_t i = 0; i < r.count; i++)
		s->failed = s->failed || !r.orders[i].ok;
	for (size_t i = 0; i < s->picture_count && !s->failed; i++)
		if (stays(s, s->pictures[i]))
			write_clean(s, s->pictures[i]);
	for (size_t i = 0; i < r.count; i++) {
		struct order *o = &r.orders[i];
		for (size_t n = 0; n < o->count; n++) {
			if (!s->failed)
				site_write(s, o->paths[n], buf_str(&o->made[n]));
			buf_release(&o->made[n]);
		}
	}
}
