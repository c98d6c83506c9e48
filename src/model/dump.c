/* Document and layout as canonical text. */
#include "model/dump.h"

#include "base/utf8.h"

enum { SHOWN_DEPTH_MAX = 200 };

struct dumper {
	struct buf *out;
	const struct publication *publication;
	int depth;
};

/* Starts a line at the dumper's depth. */
static void line(struct dumper *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void line(struct dumper *d, const char *format, ...)
{
	char text[256];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	for (int i = 0; i < d->depth; i++)
		buf_put_c(d->out, "  ");
	buf_put_c(d->out, text);
}

static void end(struct dumper *d)
{
	buf_put_byte(d->out, '\n');
}

/* In quotation marks; spaces that do not look like spaces, and what would break
 * the line, as \u{…}. */
static void quoted(struct dumper *d, struct str s)
{
	buf_put_byte(d->out, '"');
	for (size_t at = 0; at < s.len;) {
		size_t start = at;
		uint32_t c = utf8_next(s, &at);
		if (c == '"' || c == '\\')
			buf_format(d->out, "\\%c", (int)c);
		else if (c == '\n')
			buf_put_c(d->out, "\\n");
		else if (c < 0x20 || c == 0xA0 || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
			 c == 0x202F || c == 0x2011)
			buf_format(d->out, "\\u{%x}", (unsigned)c);
		else
			buf_put(d->out, str_sub(s, start, at - start));
	}
	buf_put_byte(d->out, '"');
}

/* "name "value"", left out when empty. */
static void fact(struct dumper *d, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	line(d, "%s ", name);
	quoted(d, value);
	end(d);
}

static void fact_int(struct dumper *d, const char *name, int value)
{
	line(d, "%s %d", name, value);
	end(d);
}

static void name_of(struct dumper *d, struct str name)
{
	buf_put_byte(d->out, ' ');
	buf_put(d->out, name.len ? name : STR("-"));
}

/* Below the publication's root as the editor would type it; what lies elsewhere
 * is the machine's affair and only its last part is shown. */
static struct str relative(const struct dumper *d, struct str path)
{
	struct str root = d->publication ? d->publication->root : STR("");
	if (root.len && str_starts(path, root) && path.len > root.len && path.ptr[root.len] == '/')
		return str_sub(path, root.len + 1, path.len);
	size_t i = path.len;
	while (i > 0 && path.ptr[i - 1] != '/')
		i--;
	return str_sub(path, i, path.len);
}

static void at(struct dumper *d, struct place p)
{
	buf_format(d->out, " %d:%d", p.line, p.column);
}

static void editions(struct dumper *d, enum edition set)
{
	if (set == EDITION_ALL)
		return;
	line(d, "editions");
	for (unsigned e = EDITION_PRINT; e <= EDITION_EMAIL; e *= 2)
		if (set & e)
			name_of(d, edition_name((enum edition)e));
	end(d);
}

static void regions(struct dumper *d, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fact(d, "region", list[i]);
}

/* ---- document ---- */

static void picture(struct dumper *d, const char *name, const struct picture *p)
{
	static const char *const widths[] = { "column", "inset", "wide", "full", "bleed" };
	if (!p)
		return;
	line(d, "%s", name);
	at(d, p->place);
	buf_put_byte(d->out, ' ');
	quoted(d, p->src);
	end(d);
	d->depth++;
	fact(d, "alt", p->alt);
	if (p->decorative) {
		line(d, "decorative");
		end(d);
	}
	fact(d, "caption", p->caption);
	fact(d, "credit", p->credit);
	if (p->width != PICTURE_COLUMN) {
		line(d, "width %s", widths[p->width]);
		end(d);
	}
	if (p->path.len) {
		line(d, "file %s %dx%d components %d orientation %d",
		     p->format == PICTURE_PNG ? "png" : "jpeg", p->columns, p->rows, p->components,
		     p->orientation);
		end(d);
	}
	d->depth--;
}

/* What a node is besides its kind, on its own line. */
static void node_words(struct dumper *d, const struct node *n)
{
	if (n->language.len)
		buf_format(d->out, " lang=%.*s", STR_ARG(n->language));
	if (n->kind == NODE_TEXT || n->kind == NODE_CODE || n->kind == NODE_CODE_BLOCK) {
		buf_put_byte(d->out, ' ');
		quoted(d, n->text);
	} else if (n->kind == NODE_HEADING) {
		buf_format(d->out, " level %d", n->level);
	} else if (n->kind == NODE_LIST) {
		buf_put_c(d->out, n->list.ordered ? " ordered" : " bullet");
		if (n->list.ordered)
			buf_format(d->out, " from %d", n->list.start);
		buf_put_c(d->out, n->list.tight ? " tight" : " loose");
	} else if (n->kind == NODE_LINK) {
		buf_put_byte(d->out, ' ');
		quoted(d, n->link.url);
	} else if (n->kind == NODE_NOTE) {
		buf_format(d->out, " %d ", n->note.number);
		quoted(d, n->note.label);
	} else if (n->kind == NODE_NOTE_REFERENCE) {
		buf_format(d->out, " %d", n->reference ? n->reference->note.number : 0);
	} else if (n->kind == NODE_BOX && n->title.len) {
		buf_put_byte(d->out, ' ');
		quoted(d, n->title);
	} else if (n->kind == NODE_BUTTON) {
		buf_put_c(d->out, n->qr ? " qr" : "");
	} else if (n->kind == NODE_BREAK) {
		buf_put_c(d->out, n->page ? " page" : " column");
	}
}

static void table_words(struct dumper *d, const struct node *n)
{
	static const char *const names[] = { "default", "left", "centre", "right" };
	for (int i = 0; i < n->table.columns; i++)
		buf_format(d->out, " %s", names[n->table.alignments[i]]);
}

static void nodes(struct dumper *d, const struct node *first)
{
	for (const struct node *n = first; n; n = n->next) {
		if (n->kind == NODE_FIGURE) {
			picture(d, "figure", n->picture);
			continue;
		}
		line(d, "%s", node_kind_name(n->kind));
		at(d, n->place);
		node_words(d, n);
		if (n->kind == NODE_TABLE)
			table_words(d, n);
		end(d);
		d->depth++;
		if (n->kind == NODE_ONLY) {
			editions(d, n->only.editions);
			regions(d, n->only.regions, n->only.region_count);
		}
		if (d->depth < SHOWN_DEPTH_MAX)
			nodes(d, n->first);
		d->depth--;
	}
}

static void article(struct dumper *d, const char *kind, const struct article *a)
{
	line(d, "%s %.*s", kind, (int)(a->slug.len < 200 ? a->slug.len : 200), a->slug.ptr);
	end(d);
	d->depth++;
	fact(d, "file", a->file);
	fact(d, "title", a->title);
	fact(d, "kicker", a->kicker);
	fact(d, "lead", a->lead);
	fact(d, "author", a->author);
	fact(d, "number", a->number);
	fact(d, "template", a->template);
	fact(d, "language", a->language);
	regions(d, a->regions, a->region_count);
	editions(d, a->editions);
	picture(d, "image", a->image);
	nodes(d, a->first);
	for (size_t i = 0; i < a->note_count; i++)
		nodes(d, a->notes[i]);
	d->depth--;
}

static void entries(struct dumper *d, const struct document *doc)
{
	struct str section = { "", 0 };
	for (size_t i = 0; i < doc->entry_count; i++) {
		const struct entry *e = &doc->entries[i];
		if (!str_equal(e->section, section)) {
			section = e->section;
			fact(d, "section", section);
		}
		if (e->kind == ENTRY_ARTICLE) {
			article(d, "article", e->article);
		} else {
			line(d, "advertisement ");
			quoted(d, e->advertisement->src);
			buf_format(d->out, " page %d alt ", e->advertisement->page);
			quoted(d, e->advertisement->alt);
			end(d);
		}
	}
}

static void put_paper(struct dumper *d, const char *name, const struct paper *p)
{
	if (!p->place.line)
		return;
	line(d, "%s weight %d caliper %d", name, p->weight, p->caliper);
	end(d);
}

/* What nobody told goes without saying. */
static void production(struct dumper *d, const struct production *p)
{
	if (p->binding_place.line)
		fact(d, "binding", binding_name(p->binding));
	if (p->cover_place.line)
		fact(d, "cover", p->cover_apart ? STR("separate") : STR("self"));
	if (p->imposed_place.line)
		fact(d, "imposed", p->imposed ? STR("true") : STR("false"));
	put_paper(d, "paper", &p->paper);
	put_paper(d, "cover-paper", &p->cover_paper);
	if (p->glue_place.line)
		fact_int(d, "glue", p->glue);
	if (p->spine_place.line)
		fact_int(d, "spine", p->spine);
	if (p->creep_place.line)
		fact_int(d, "creep", p->creep);
}

static void translation(struct dumper *d, const struct translation *t)
{
	line(d, "translation");
	name_of(d, t->language);
	end(d);
	d->depth++;
	fact(d, "title", t->title);
	fact(d, "subject", t->subject);
	fact(d, "preheader", t->preheader);
	fact(d, "lead", t->lead);
	picture(d, "cover", t->cover);
	d->depth--;
}

void dump_document(struct buf *out, const struct document *doc)
{
	struct dumper d = { out, doc->publication, 0 };
	line(&d, "document");
	name_of(&d, doc->id);
	end(&d);
	d.depth++;
	fact(&d, "number", doc->number);
	line(&d, "date %04d-%02d-%02d", doc->date.year, doc->date.month, doc->date.day);
	end(&d);
	fact(&d, "title", doc->title);
	fact(&d, "subject", doc->subject);
	fact(&d, "preheader", doc->preheader);
	fact(&d, "lead", doc->lead);
	picture(&d, "cover", doc->cover.image);
	for (size_t i = 0; i < doc->cover.line_count; i++) {
		line(&d, "cover-line ");
		quoted(&d, doc->cover.lines[i].text);
		if (doc->cover.lines[i].article)
			name_of(&d, doc->cover.lines[i].article->slug);
		end(&d);
	}
	for (size_t i = 0; i < doc->translation_count; i++)
		translation(&d, &doc->translations[i]);
	production(&d, &doc->press);
	entries(&d, doc);
	if (doc->imprint)
		article(&d, "imprint", doc->imprint);
}

/* ---- layout ---- */

static struct str colour_name(const struct colour *c)
{
	return c ? c->name : STR("-");
}

static void grid(struct dumper *d, const struct grid *g)
{
	line(d, "grid page %d %d bleed %d inner %d outer %d top %d bottom %d", g->width, g->height,
	     g->bleed, g->inner, g->outer, g->top, g->bottom);
	buf_format(d->out, " units %d gutter %d baseline %d", g->units, g->gutter, g->baseline);
	end(d);
}

static void details(struct dumper *d, const struct details *s)
{
	line(d, "details bullet ");
	quoted(d, s->bullet);
	buf_format(d->out, " hang %d number-gap %d strong %d note %d rise %d initial-gap %d",
		   s->bullet_hang, s->number_gap, s->strong_weight, s->note_size, s->note_rise,
		   s->initial_gap);
	buf_format(d->out,
		   " caption-gap %d head-gap %d picture-least %d masthead-lines %d head-line %d",
		   s->caption_gap, s->head_gap, s->picture_least, s->masthead_lines, s->head_line);
	buf_format(d->out, " foot-line %d%s%s%s%s%s", s->foot_line,
		   s->head_names_article ? " head-article" : "",
		   s->folio & FOLIO_NUMBER ? " number" : "", s->folio & FOLIO_TITLE ? " title" : "",
		   s->folio & FOLIO_ISSUE ? " issue" : "", s->spine_up ? " spine-up" : "");
	end(d);
}

static void faces(struct dumper *d, const struct layout *l)
{
	for (size_t i = 0; i < l->face_count; i++) {
		const struct face *f = &l->faces[i];
		line(d, "face %d ", f->number);
		quoted(d, f->family);
		buf_format(d->out, " weight %d%s ", f->weight, f->italic ? " italic" : "");
		quoted(d, relative(d, f->path));
		end(d);
	}
	for (size_t i = 0; i < l->fallback_count; i++)
		fact(d, "fallback", l->fallbacks[i]->name);
}

static void style(struct dumper *d, const struct style *s)
{
	static const char *const aligns[] = { "left", "justified", "centred", "right" };
	static const char *const figures[] = { "lining", "old", "tabular" };
	line(d, "style");
	name_of(d, s->name);
	end(d);
	d->depth++;
	line(d, "family ");
	quoted(d, s->family ? s->family->name : STR(""));
	buf_format(d->out, " weight %d%s", s->weight, s->italic ? " italic" : "");
	end(d);
	line(d, "size %d leading %d tracking %d", s->size, s->leading, s->tracking);
	for (size_t i = 0; i < s->step_count; i++)
		buf_format(d->out, "%s%d", i ? " " : " steps ", s->steps[i]);
	end(d);
	line(d, "colour");
	name_of(d, colour_name(s->colour));
	name_of(d, colour_name(s->background));
	name_of(d, colour_name(s->rule));
	buf_format(d->out, " %d", s->rule_weight);
	end(d);
	line(d, "align %s figures %s%s%s%s%s", aligns[s->align], figures[s->figures],
	     s->small_caps ? " small-caps" : "", s->uppercase ? " uppercase" : "",
	     s->hyphenate ? " hyphenate" : "", s->keep_next ? " keep-next" : "");
	end(d);
	line(d, "indent %d left %d right %d before %d after %d", s->indent, s->left, s->right,
	     s->before, s->after);
	end(d);
	d->depth--;
}

static void frame(struct dumper *d, const struct frame *f)
{
	static const struct {
		enum page_edge edge;
		const char *name;
	} edges[] = { { EDGE_TOP, " bleed-top" },
		      { EDGE_BOTTOM, " bleed-bottom" },
		      { EDGE_INNER, " bleed-inner" },
		      { EDGE_OUTER, " bleed-outer" } };
	static const char *const stands[] = { "", " stand-middle", " stand-foot" };
	line(d, "frame");
	name_of(d, frame_role_name(f->role));
	buf_format(d->out, " %d %d %d %d columns %d gutter %d inset %d", f->rect.x, f->rect.y,
		   f->rect.width, f->rect.height, f->columns, f->gutter, f->inset);
	if (f->fill)
		buf_format(d->out, " fill %.*s", STR_ARG(f->fill->name));
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
		buf_put_c(d->out, f->bleed & edges[i].edge ? edges[i].name : "");
	buf_put_c(d->out, f->fixed ? " fixed" : "");
	buf_put_c(d->out, f->rigid ? " rigid" : "");
	buf_put_c(d->out, f->below_head ? " below-head" : "");
	buf_put_c(d->out, f->balance ? " balance" : "");
	buf_put_c(d->out, stands[f->stand]);
	if (f->slot.len)
		buf_format(d->out, " slot %.*s", STR_ARG(f->slot));
	end(d);
}

static void master(struct dumper *d, const struct master *m)
{
	line(d, "master");
	name_of(d, m->name);
	buf_put_c(d->out, m->running_head ? " running-head" : "");
	buf_put_c(d->out, m->folio ? " folio" : "");
	if (m->background)
		buf_format(d->out, " background %.*s", STR_ARG(m->background->name));
	if (m->furniture_colour)
		buf_format(d->out, " furniture %.*s", STR_ARG(m->furniture_colour->name));
	end(d);
	d->depth++;
	for (size_t i = 0; i < m->frame_count; i++)
		frame(d, &m->frames[i]);
	d->depth--;
}

static void master_name(struct dumper *d, const char *what, const struct master *m)
{
	if (!m)
		return;
	line(d, "%s", what);
	name_of(d, m->name);
	end(d);
}

/* A role that plays itself goes without saying. */
static void roles(struct dumper *d, const struct style *const *styles,
		  const struct style *const *usual)
{
	for (int r = 0; r < STYLE_ROLE_COUNT; r++) {
		struct str role = style_role_name((enum style_role)r);
		if (!styles[r] ||
		    (usual ? styles[r] == usual[r] : str_equal(styles[r]->name, role)))
			continue;
		line(d, "role");
		name_of(d, role);
		name_of(d, styles[r]->name);
		end(d);
	}
}

static void template(struct dumper *d, const struct layout *l, const struct template *t)
{
	static const char *const starts[] = { "page", "recto", "verso" };
	line(d, "template");
	name_of(d, t->name);
	buf_format(d->out, " start %s drop-cap %d%s%s%s", starts[t->start], t->drop_cap_lines,
		   t->email_whole ? " email-whole" : "", t->in_contents ? " contents" : "",
		   t->pages ? " pages" : "");
	buf_put_c(d->out, t->back_cover ? " back-cover" : "");
	buf_put_c(d->out, t->drop_cap_shape ? " drop-cap-shape" : "");
	buf_put_c(d->out, t->column_notes ? " column-notes" : "");
	end(d);
	d->depth++;
	fact(d, "slot", t->slot);
	master_name(d, "opening", t->opening);
	master_name(d, "opening-plain", t->opening_plain);
	master_name(d, "next", t->next);
	roles(d, t->styles, l->roles);
	d->depth--;
}

void dump_layout(struct buf *out, const struct layout *l)
{
	struct dumper d = { out, NULL, 0 };
	line(&d, "layout");
	name_of(&d, l->name);
	name_of(&d, edition_name(l->edition));
	end(&d);
	d.depth++;
	grid(&d, &l->grid);
	details(&d, &l->details);
	for (size_t i = 0; i < l->colour_count; i++) {
		const struct colour *c = &l->colours[i];
		line(&d, "colour");
		name_of(&d, c->name);
		buf_format(out, " cmyk %d %d %d %d rgb %02x%02x%02x", c->cmyk[0], c->cmyk[1],
			   c->cmyk[2], c->cmyk[3], (unsigned)c->rgb[0], (unsigned)c->rgb[1],
			   (unsigned)c->rgb[2]);
		if (c->has_night)
			buf_format(out, " dark %02x%02x%02x", (unsigned)c->night[0],
				   (unsigned)c->night[1], (unsigned)c->night[2]);
		if (c->spot)
			buf_format(out, " spot \"%.*s\" tint %d", STR_ARG(c->spot->name), c->tint);
		end(&d);
	}
	faces(&d, l);
	fact(&d, "emphasis", l->emphasis_bold ? STR("bold") : STR("italic"));
	fact_int(&d, "hyphens-in-row", l->hyphens_in_row);
	fact(&d, "web-text", l->web_text);
	fact(&d, "web-display", l->web_display);
	fact(&d, "profile", relative(&d, l->profile));
	fact(&d, "condition", l->output_condition);
	line(&d, "made for%s%s%s", l->stitched ? " stitching" : "", l->linked ? " links" : "",
	     l->on_paper ? " paper" : "");
	line(&d, "press%s%s", l->cmyk ? " cmyk" : " rgb", l->pdfx == PDFX_1A ? " pdfx 1a" : "");
	end(&d);
	if (layout_reach(l) > l->grid.bleed) {
		const struct marks *m = &l->marks;
		line(&d, "marks%s%s%s offset %d length %d weight %d", m->crop ? " crop" : "",
		     m->registration ? " registration" : "", m->bar ? " colour-bar" : "", m->offset,
		     m->length, m->weight);
		end(&d);
	}
	production(&d, &l->production);
	for (size_t i = 0; i < l->style_count; i++)
		style(&d, &l->styles[i]);
	roles(&d, l->roles, NULL);
	for (size_t i = 0; i < l->master_count; i++)
		master(&d, &l->masters[i]);
	for (size_t i = 0; i < l->template_count; i++)
		template(&d, l, &l->templates[i]);
	if (l->fallback_template)
		fact(&d, "default-template", l->fallback_template->name);
	master_name(&d, "cover", l->cover);
	master_name(&d, "cover-plain", l->cover_plain);
	master_name(&d, "contents", l->contents);
	master_name(&d, "imprint", l->imprint_page);
	master_name(&d, "filler", l->filler);
	master_name(&d, "back", l->back);
}
