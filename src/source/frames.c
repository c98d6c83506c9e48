/* Page masters and their frames: what the designer wrote becomes rectangles. */
#include "source/layout_reader.h"
#include "source/nearest.h"

#include <stdarg.h>

enum {
	COLUMN_LEAST = 20 * PT, /* narrower ones hold no words */
	AREA_LEAST = 4 * PT,
	RULE_LEAST = PT / 10,
};

__attribute__((format(printf, 4, 5))) static void
frame_wrong(struct layout_reader *lr, struct place place, struct str hint, const char *what, ...)
{
	va_list args;
	va_start(args, what);
	struct str said = str_vformat(lr->reader->arena, what, args);
	va_end(args);
	diag_report_hint(lr->reader->diags, DIAG_LAYOUT_FRAME, place, hint, "%.*s", STR_ARG(said));
}

/* A length within the sheet, whichever way it is measured. */
static bool sheet_length(struct layout_reader *lr, const struct yaml *v, const char *key,
			 int *value)
{
	const struct grid *g = &lr->layout->grid;
	int most = (g->width > g->height ? g->width : g->height) + 2 * g->bleed;
	return keys_length_in(lr->reader, v, key, -most, most, value);
}

/* Of keys that say the same thing in other words only the first would count. */
static void alternatives(struct layout_reader *lr, const struct yaml *v, const char *first,
			 const char *second)
{
	if (yaml_find(v, str_from(first)) && yaml_find(v, str_from(second)))
		frame_wrong(lr, keys_place(v, second),
			    str_format(lr->reader->arena, "give %s or %s, not both", first, second),
			    "%s", second);
}

static enum page_edge edges_read(struct layout_reader *lr, const struct yaml *v)
{
	static const struct {
		struct str name;
		enum page_edge edge;
	} edges[] = {
		{ STR_INIT("top"), EDGE_TOP },
		{ STR_INIT("bottom"), EDGE_BOTTOM },
		{ STR_INIT("inner"), EDGE_INNER },
		{ STR_INIT("outer"), EDGE_OUTER },
	};
	size_t count;
	const struct str *names = keys_texts(lr->reader, v, "bleed", &count);
	unsigned set = 0;
	for (size_t i = 0; i < count; i++) {
		unsigned edge = 0;
		for (size_t k = 0; k < sizeof edges / sizeof *edges; k++)
			if (str_equal(edges[k].name, names[i]))
				edge = edges[k].edge;
		if (!edge)
			diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID,
					 keys_place(v, "bleed"),
					 STR("edges are top, bottom, inner, outer"), "bleed: %.*s",
					 STR_ARG(names[i]));
		set |= edge;
	}
	return (enum page_edge)set;
}

/* units: [first, last]; false when there is none. */
static bool units_read(struct layout_reader *lr, const struct yaml *v, struct rect *r)
{
	const struct grid *g = &lr->layout->grid;
	const struct yaml *units = keys_list(lr->reader, v, "units");
	int64_t first = 0, last = 0;
	if (!units)
		return false;
	bool right = units->count == 2 && units->first->kind == YAML_TEXT &&
		     units->last->kind == YAML_TEXT && str_to_int(units->first->text, &first) &&
		     str_to_int(units->last->text, &last) && first >= 1 && first <= last &&
		     last <= g->units;
	if (!right) {
		frame_wrong(lr, units->place,
			    str_format(lr->reader->arena, "write units: [1, %d] or less", g->units),
			    "units");
		first = last = 1;
	}
	r->x = grid_unit_x(g, (int)first);
	r->width = grid_units_width(g, (int)first, (int)last);
	return true;
}

static void horizontal(struct layout_reader *lr, const struct yaml *v, struct frame *f)
{
	const struct grid *g = &lr->layout->grid;
	struct rect *r = &f->rect;
	alternatives(lr, v, "units", "x");
	alternatives(lr, v, "units", "width");
	if (units_read(lr, v, r))
		return;
	bool has_x = sheet_length(lr, v, "x", &r->x);
	bool has_width = sheet_length(lr, v, "width", &r->width);
	if (!yaml_find(v, STR("x")) != !yaml_find(v, STR("width")))
		frame_wrong(lr, keys_place(v, yaml_find(v, STR("x")) ? "x" : "width"),
			    STR("x and width stand together"), "%s",
			    yaml_find(v, STR("x")) ? "x" : "width");
	if (has_x || has_width)
		return;
	r->x = f->bleed & EDGE_INNER ? 0 : g->inner;
	r->width = (f->bleed & EDGE_OUTER ? g->width : g->width - g->outer) - r->x;
}

static void vertical(struct layout_reader *lr, const struct yaml *v, struct frame *f)
{
	const struct grid *g = &lr->layout->grid;
	struct reader *r = lr->reader;
	int most = (g->height - g->top) / g->baseline + 1, line = 1, lines = 0, bottom = 0;
	alternatives(lr, v, "line", "top");
	alternatives(lr, v, "lines", "height");
	alternatives(lr, v, "lines", "bottom");
	alternatives(lr, v, "height", "bottom");
	f->rect.y = f->bleed & EDGE_TOP ? 0 : g->top;
	if (keys_int(r, v, "line", 1, most, &line))
		f->rect.y = grid_baseline(g, line - 1);
	sheet_length(lr, v, "top", &f->rect.y);
	if (keys_int(r, v, "lines", 1, most, &lines)) {
		f->rect.height = lines * g->baseline;
		return;
	}
	if (sheet_length(lr, v, "height", &f->rect.height))
		return;
	bool has_bottom = sheet_length(lr, v, "bottom", &bottom);
	int foot =
		f->bleed & EDGE_BOTTOM && !has_bottom ? g->height : g->height - g->bottom - bottom;
	f->rect.height = foot - f->rect.y;
}

/* On the edges where it bleeds a frame reaches beyond the trim. */
static void bleed_apply(const struct grid *g, struct frame *f)
{
	struct rect *r = &f->rect;
	int right = r->x + r->width, foot = r->y + r->height;
	if (f->bleed & EDGE_INNER)
		r->x = -g->bleed;
	if (f->bleed & EDGE_OUTER)
		right = g->width + g->bleed;
	if (f->bleed & EDGE_TOP)
		r->y = -g->bleed;
	if (f->bleed & EDGE_BOTTOM)
		foot = g->height + g->bleed;
	r->width = right - r->x;
	r->height = foot - r->y;
}

/* How far a frame reaches beyond the sheet, at its worst edge. */
static void beyond_check(struct layout_reader *lr, const struct yaml *v, const struct frame *f)
{
	const struct grid *g = &lr->layout->grid;
	const struct rect *r = &f->rect;
	const struct {
		const char *edge;
		int beyond;
	} edges[] = { { "inner edge", -g->bleed - r->x },
		      { "head", -g->bleed - r->y },
		      { "outer edge", r->x + r->width - g->width - g->bleed },
		      { "foot", r->y + r->height - g->height - g->bleed } };
	size_t worst = 0;
	for (size_t i = 1; i < sizeof edges / sizeof *edges; i++)
		if (edges[i].beyond > edges[worst].beyond)
			worst = i;
	if (edges[worst].beyond <= 0)
		return;
	struct buf hint;
	buf_init(&hint, 256);
	buf_put_c(&hint, "it reaches ");
	unit_put(&hint, edges[worst].beyond);
	buf_format(&hint, " beyond the page and its bleed, at the %s", edges[worst].edge);
	frame_wrong(lr, v->place, buf_str(&hint), "outside the page");
	buf_release(&hint);
}

static bool holds_words(enum frame_role r)
{
	return r != FRAME_PICTURE && r != FRAME_FILL && r != FRAME_LINES;
}

static bool holds_flow(enum frame_role r)
{
	return r == FRAME_TEXT || r == FRAME_SLOT || r == FRAME_CONTENTS || r == FRAME_EDITORIAL ||
	       r == FRAME_IMPRINT;
}

static void area_check(struct layout_reader *lr, const struct yaml *v, const struct frame *f)
{
	const struct rect *r = &f->rect;
	int64_t inside =
		(int64_t)r->width - 2 * (int64_t)f->inset - (int64_t)(f->columns - 1) * f->gutter;
	int least = f->role == FRAME_FILL ? RULE_LEAST : AREA_LEAST;
	if (r->width < least || r->height < least) {
		frame_wrong(lr, v->place,
			    r->width <= 0 || r->height <= 0
				    ? STR("its end lies before its beginning")
				    : STR("it is too small to be seen"),
			    "no area");
		return;
	}
	beyond_check(lr, v, f);
	if (!holds_words(f->role))
		return;
	if (inside < (int64_t)f->columns * COLUMN_LEAST)
		frame_wrong(
			lr, v->place,
			STR("fewer columns, or a smaller gutter or inset: 20pt is the narrowest "
			    "column"),
			"no room for text");
	else if (holds_flow(f->role) &&
		 r->height - 2 * (int64_t)f->inset < lr->layout->grid.baseline)
		frame_wrong(lr, v->place, STR("make it as high as a grid line at least"),
			    "no room for a line");
}

/* Several of a master may hold text, slots, colour, or lines to write on; of the
 * others only the first would be filled. */
static void twin_check(struct layout_reader *lr, const struct master *m, const struct frame *f)
{
	for (const struct frame *other = m->frames; other < f; other++) {
		bool same = other->role == f->role;
		if (same && f->role == FRAME_SLOT && str_equal(other->slot, f->slot))
			frame_wrong(lr, f->place,
				    str_format(lr->reader->arena, "it stands in line %d already",
					       other->place.line),
				    "slot %.*s twice", STR_ARG(f->slot));
		else if (same && f->role != FRAME_TEXT && f->role != FRAME_SLOT &&
			 f->role != FRAME_FILL && f->role != FRAME_LINES)
			frame_wrong(lr, f->place,
				    str_format(lr->reader->arena,
					       "only the one in line %d would be filled",
					       other->place.line),
				    "%.*s twice", STR_ARG(frame_role_name(f->role)));
		else
			continue;
		return;
	}
}

static void frame_read(struct layout_reader *lr, const struct yaml *v, struct frame *f)
{
	static const struct str known[] = {
		STR_INIT("role"),    STR_INIT("units"),   STR_INIT("x"),
		STR_INIT("width"),   STR_INIT("top"),     STR_INIT("line"),
		STR_INIT("height"),  STR_INIT("lines"),   STR_INIT("bottom"),
		STR_INIT("bleed"),   STR_INIT("columns"), STR_INIT("gutter"),
		STR_INIT("inset"),   STR_INIT("fill"),    STR_INIT("fixed"),
		STR_INIT("balance"), STR_INIT("slot"),    STR_INIT("below_head"),
		STR_INIT("stand"),   STR_INIT("elastic"),
	};
	static const struct str stands[] = { STR_INIT("top"), STR_INIT("middle"),
					     STR_INIT("foot") };
	struct reader *r = lr->reader;
	const struct grid *g = &lr->layout->grid;
	struct str roles[FRAME_ROLE_COUNT];
	int role = FRAME_TEXT;
	size_t before = diags_trouble(r->diags);
	for (int i = 0; i < FRAME_ROLE_COUNT; i++)
		roles[i] = frame_role_name((enum frame_role)i);
	KEYS_KNOWN(r, v, known);
	keys_require(r, v, "role");
	keys_choice(r, v, "role", roles, FRAME_ROLE_COUNT, &role);
	*f = (struct frame){ .role = (enum frame_role)role,
			     .columns = 1,
			     .place = v->place,
			     .gutter = g->gutter,
			     .balance = role == FRAME_TEXT };
	int stand = role == FRAME_COVER_TITLE ? STAND_FOOT : STAND_TOP;
	keys_choice(r, v, "stand", stands, 3, &stand);
	f->stand = (enum stand)stand;
	f->bleed = edges_read(lr, v);
	horizontal(lr, v, f);
	vertical(lr, v, f);
	bleed_apply(g, f);
	keys_int(r, v, "columns", 1, FRAME_COLUMNS_MAX, &f->columns);
	keys_length_in(r, v, "gutter", 0, g->width, &f->gutter);
	keys_length_in(r, v, "inset", 0, g->width, &f->inset);
	f->fill = colour_from_keys(lr, v, "fill");
	keys_bool(r, v, "fixed", &f->fixed);
	bool elastic = true;
	keys_bool(r, v, "elastic", &elastic);
	f->rigid = !elastic;
	keys_bool(r, v, "balance", &f->balance);
	keys_bool(r, v, "below_head", &f->below_head);
	keys_text(r, v, "slot", &f->slot);
	if (f->role == FRAME_SLOT)
		keys_require(r, v, "slot");
	if (f->role == FRAME_FILL)
		keys_require(r, v, "fill");
	/* A frame that stands on guesses is not measured. */
	if (diags_trouble(r->diags) == before)
		area_check(lr, v, f);
}

static void master_read(struct layout_reader *lr, const struct yaml *v, struct master *m)
{
	static const struct str known[] = { STR_INIT("running_head"), STR_INIT("folio"),
					    STR_INIT("background"), STR_INIT("furniture"),
					    STR_INIT("frames") };
	struct reader *r = lr->reader;
	*m = (struct master){
		.name = v->key, .running_head = true, .folio = true, .place = v->key_place
	};
	if (v->kind != YAML_TABLE) {
		keys_wrong_type(r, v, "a table of keys");
		return;
	}
	KEYS_KNOWN(r, v, known);
	keys_bool(r, v, "running_head", &m->running_head);
	keys_bool(r, v, "folio", &m->folio);
	m->background = colour_from_keys(lr, v, "background");
	m->furniture_colour = colour_from_keys(lr, v, "furniture");
	keys_require(r, v, "frames");
	const struct yaml *frames = keys_list(r, v, "frames");
	if (!frames)
		return;
	m->frames = NEW_ARRAY(r->arena, struct frame, frames->count + 1);
	for (const struct yaml *item = frames->first; item; item = item->next) {
		if (item->kind != YAML_TABLE) {
			keys_wrong_type(r, item, "{role, units, top, …}");
			continue;
		}
		struct frame *f = &m->frames[m->frame_count++];
		frame_read(lr, item, f);
		twin_check(lr, m, f);
	}
	if (m->frame_count > MASTER_FRAMES_MAX)
		frame_wrong(lr, m->frames[MASTER_FRAMES_MAX].place,
			    str_format(r->arena, "a master has %d frames at most",
				       MASTER_FRAMES_MAX),
			    "%zu frames", m->frame_count);
}

void masters_read(struct layout_reader *lr)
{
	struct layout *l = lr->layout;
	keys_require(lr->reader, lr->root, "masters");
	const struct yaml *masters = keys_table(lr->reader, lr->root, "masters");
	if (!masters)
		return;
	l->masters = NEW_ARRAY(lr->reader->arena, struct master, masters->count + 1);
	for (const struct yaml *v = masters->first; v; v = v->next)
		master_read(lr, v, &l->masters[l->master_count++]);
}

const struct master *master_from_keys(struct layout_reader *lr, const struct yaml *table,
				      const char *key)
{
	struct str name;
	const struct layout *l = lr->layout;
	if (!keys_text(lr->reader, table, key, &name))
		return NULL;
	const struct master *m = layout_master(l, name);
	if (m)
		return m;
	struct str *names = NEW_ARRAY(lr->reader->arena, struct str, l->master_count + 1);
	for (size_t i = 0; i < l->master_count; i++)
		names[i] = l->masters[i].name;
	diag_report_hint(lr->reader->diags, DIAG_MASTER_UNKNOWN, keys_place(table, key),
			 did_you_mean_or_list(lr->reader->arena, names, l->master_count, name),
			 "%.*s", STR_ARG(name));
	return NULL;
}
