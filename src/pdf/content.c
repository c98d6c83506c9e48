#include "pdf/content.h"

#include "pdf/import.h"
#include "pdf/link.h"
#include "pdf/picture.h"
#include "pdf/structure.h"

/* Colours that are black ink alone, full: what may overprint (GWG 2022 R0009). */
static bool is_black(const struct making *m, const struct colour *c)
{
	return m->layout->cmyk && !c->spot && c->cmyk[0] == 0 && c->cmyk[1] == 0 &&
	       c->cmyk[2] == 0 && c->cmyk[3] == 1000;
}

static bool same_ink(const struct making *m, const struct colour *a, const struct colour *b)
{
	if (!m->layout->cmyk)
		return memcmp(a->rgb, b->rgb, sizeof a->rgb) == 0;
	if (a->spot || b->spot)
		return a->spot == b->spot && a->tint == b->tint;
	return memcmp(a->cmyk, b->cmyk, sizeof a->cmyk) == 0;
}

void paint_colour(struct painter *p, const struct colour *colour, bool overprint)
{
	struct buf *b = p->out;
	if (overprint != p->overprint) {
		buf_put_c(b, overprint ? "/O1 gs\n" : "/O0 gs\n");
		p->overprint = overprint;
		p->content->overprints = true;
	}
	if (p->colour && same_ink(p->m, p->colour, colour))
		return;
	p->colour = colour;
	if (colour->spot && p->m->layout->cmyk) {
		buf_format(b, "/S%zu cs ", spot_use(p->content, p->m->arena, colour->spot));
		put_milli(b, colour->tint);
		buf_put_c(b, " scn\n");
		return;
	}
	int count = p->m->layout->cmyk ? 4 : 3;
	for (int i = 0; i < count; i++) {
		/* 1/10 % are thousandths; a byte comes back from three decimals. */
		put_milli(b, count == 4 ? colour->cmyk[i] : (colour->rgb[i] * 1000 + 127) / 255);
		buf_put_byte(b, ' ');
	}
	buf_put_c(b, count == 4 ? "k\n" : "rg\n");
}

static void leave_text(struct painter *p)
{
	if (p->in_text)
		buf_put_c(p->out, "ET\n");
	p->in_text = false;
}

static void enter_text(struct painter *p)
{
	if (p->in_text)
		return;
	buf_put_c(p->out, "BT\n");
	p->in_text = true;
	p->line_x = p->line_y = 0;
}

static void leave_mark(struct painter *p)
{
	leave_text(p);
	if (p->marked)
		buf_put_c(p->out, "EMC\n");
	p->marked = false;
}

/* Opens the marked content an item belongs to, unless it is open already. */
static void enter_mark(struct painter *p, const struct item *item)
{
	static const char *const artifacts[] = {
		[ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC\n",
		[ARTIFACT_HEADER] =
			"/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
		[ARTIFACT_FOOTER] =
			"/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
		[ARTIFACT_BACKGROUND] = "/Artifact<</Type/Background>>BDC\n",
	};
	if (!p->m->structure)
		return;
	if (p->marked && p->element == item->element &&
	    (item->element || p->artifact == item->artifact))
		return;
	leave_mark(p);
	p->marked = true;
	p->element = item->element;
	p->artifact = item->artifact;
	if (!item->element) {
		buf_put_c(p->out, artifacts[item->artifact]);
		return;
	}
	const struct element *owner = structure_owner(item->element);
	buf_put_byte(p->out, '/');
	buf_put(p->out, element_role_name(owner->role));
	buf_put_c(p->out, "<</MCID ");
	put_int(p->out, structure_mark(p->m->structure, p->page, item->element));
	buf_put_c(p->out, ">>BDC\n");
}

static void paint_glyphs(struct painter *p, const struct item *item)
{
	const struct glyph_run *r = &item->glyphs;
	const struct font *f = fonts_use(p->m->fonts, p->m, r->face);
	if (!f || r->glyph_count == 0 || r->size <= 0)
		return;
	p->content->fonts[r->face->number] = true;
	enter_mark(p, item);
	enter_text(p);
	paint_colour(p, r->colour, is_black(p->m, r->colour));
	text_show(p, r);
	if (p->m->structure && item->element)
		structure_note_text(p->m->structure, item->element, r->text);
}

static void put_rect(struct painter *p, struct rect r)
{
	const int64_t values[] = { make_x(p->m, r.x), make_y(p->m, (int64_t)r.y + r.height),
				   r.width, r.height };
	for (size_t i = 0; i < 4; i++) {
		put_milli(p->out, values[i]);
		buf_put_byte(p->out, ' ');
	}
}

static void paint_fill(struct painter *p, const struct item *item)
{
	enum { THIN = 2 * PT }; /* what counts as a line (GWG 2022 R0010) */
	struct rect r = item->fill.rect;
	if (r.width <= 0 || r.height <= 0)
		return;
	bool line = r.width < THIN || r.height < THIN;
	enter_mark(p, item);
	leave_text(p);
	paint_colour(p, item->fill.colour, line && is_black(p->m, item->fill.colour));
	put_rect(p, r);
	buf_put_c(p->out, "re f\n");
}

/* Parts of shapes are thin, so black ones overprint as lines do. */
static void paint_shape(struct painter *p, const struct item *item)
{
	if (!item->shape.count)
		return;
	enter_mark(p, item);
	leave_text(p);
	paint_colour(p, item->shape.colour, is_black(p->m, item->shape.colour));
	shape_paint(p, item);
	if (p->m->structure && item->element)
		structure_note_box(p->m->structure, item->element, p->page,
				   item_shape_bounds(item));
}

static void need_image(struct content *c, struct arena *a, const struct image *image)
{
	for (size_t i = 0; i < c->image_count; i++)
		if (c->images[i] == image)
			return;
	PUSH(a, c->images, c->image_count, c->image_capacity, image);
}

static void paint_picture(struct painter *p, const struct item *item)
{
	struct matrix matrix;
	const struct image *image = pictures_use(p->m->pictures, p->m, p->noun, item, &matrix);
	if (!image)
		return;
	need_image(p->content, p->m->arena, image);
	enter_mark(p, item);
	leave_text(p);
	if (p->overprint) /* a picture knocks out what is below it */
		paint_colour(p, p->colour, false);
	buf_put_c(p->out, "q ");
	put_rect(p, item->picture.frame);
	buf_put_c(p->out, "re W n ");
	for (size_t i = 0; i < 6; i++) {
		put_milli(p->out, matrix.value[i]);
		buf_put_byte(p->out, ' ');
	}
	buf_format(p->out, "cm /I%d Do Q\n", image_number(image));
	if (p->m->structure && item->element)
		structure_note_box(p->m->structure, item->element, p->page, item->picture.frame);
}

static void paint_link(struct painter *p, const struct item *item)
{
	int annotation = link_write(p->m, p->page, item);
	if (annotation)
		PUSH(p->m->arena, p->content->annotations, p->content->annotation_count,
		     p->content->annotation_capacity, annotation);
}

static void paint_ready_made(struct painter *p, const struct advertisement *ad)
{
	struct str matrix;
	struct content *c = p->content;
	int form = import_page(p->m, ad, &matrix);
	if (!form) {
		p->m->failed = true;
		return;
	}
	PUSH(p->m->arena, c->forms, c->form_count, c->form_capacity, form);
	/* Whole it is one figure: nothing in it is tagged as ours are. */
	struct element *figure = p->noun->ready_made;
	enter_mark(p, &(struct item){ .element = figure, .artifact = ARTIFACT_LAYOUT });
	const struct grid *g = &p->m->layout->grid;
	if (p->m->structure && figure)
		structure_note_box(p->m->structure, figure, p->page,
				   (struct rect){ 0, 0, g->width, g->height });
	buf_format(p->out, "q %.*scm /X%zu Do Q\n", STR_ARG(matrix), c->form_count - 1);
}

/* The first count of a page's items. */
static void paint_page(struct making *m, size_t page, const struct page *noun, size_t count,
		       struct content *c, struct buf *out)
{
	static void (*const paint[])(struct painter * p, const struct item *item) = {
		[ITEM_GLYPHS] = paint_glyphs,   [ITEM_FILL] = paint_fill,
		[ITEM_PICTURE] = paint_picture, [ITEM_LINK] = paint_link,
		[ITEM_SHAPE] = paint_shape,
	};
	struct painter p = {
		.m = m, .page = page, .noun = noun, .content = c, .out = out, .stretch = 1000
	};
	if (noun->advertisement)
		paint_ready_made(&p, noun->advertisement);
	for (size_t i = 0; i < count; i++)
		paint[noun->items[i].kind](&p, &noun->items[i]);
	leave_mark(&p);
	leave_text(&p);
}

/* The page's own space, whose origin is at the margin, laid on the sheet's media. */
static void enter_placed(const struct making *m, const struct placed *placed, struct buf *out)
{
	static const int turns[][4] = {
		[TURN_NONE] = { 1, 0, 0, 1 },
		[TURN_RIGHT] = { 0, -1, 1, 0 },
		[TURN_LEFT] = { 0, 1, -1, 0 },
	};
	const struct rect media = m->sheets->media, clip = placed->clip;
	const int *t = turns[placed->turn];
	int x = m->margin, y = m->height - m->margin; /* the page's corner, in its own space */
	const int box[] = { clip.x - media.x, media.y + media.height - clip.y - clip.height,
			    clip.width, clip.height };
	const int to[] = { placed->x - media.x - t[0] * x - t[2] * y,
			   media.y + media.height - placed->y - t[1] * x - t[3] * y };
	buf_put_c(out, "q ");
	for (size_t i = 0; i < 4; i++) {
		put_milli(out, box[i]);
		buf_put_byte(out, ' ');
	}
	buf_format(out, "re W n %d %d %d %d ", t[0], t[1], t[2], t[3]);
	put_milli(out, to[0]);
	buf_put_byte(out, ' ');
	put_milli(out, to[1]);
	buf_put_c(out, " cm\n");
}

void content_make(struct making *m, size_t page, struct content *c)
{
	struct buf out;
	buf_init(&out, PUT_CEILING);
	c->fonts = NEW_ARRAY(m->arena, bool, m->layout->face_count + 1);
	if (!m->sheets)
		paint_page(m, page, &m->pages->page[page], m->pages->page[page].item_count, c,
			   &out);
	const struct side *side = m->sheets ? &m->sheets->sides[page] : NULL;
	for (size_t i = 0; side && i < side->placed_count; i++) {
		const struct page *noun = side->placed[i].page;
		enter_placed(m, &side->placed[i], &out);
		paint_page(m, page, noun, noun->item_count - noun->mark_count, c, &out);
		buf_put_c(&out, "Q\n");
	}
	c->stream = put_settle(m->arena, &out);
}
