/* Page masters and their frames: what the designer wrote becomes rectangles. */
#include "source/layout_reader.h"
#include "source/nearest.h"

static void frame_wrong(struct layout_reader *lr, struct place place, const char *hint,
			const char *what)
{
	diag_report_hint(lr->reader->diags, DIAG_LAYOUT_FRAME, place, str_from(hint), "%s", what);
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
		diag_report_hint(lr->reader->diags, DIAG_LAYOUT_FRAME, units->place,
				 str_format(lr->reader->arena, "write units: [1, %d] or less",
					    g->units),
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
	if (units_read(lr, v, r))
		return;
	bool has_x = keys_length(lr->reader, v, "x", &r->x);
	bool has_width = keys_length(lr->reader, v, "width", &r->width);
	if (has_x != has_width)
		frame_wrong(lr, v->place, "x and width stand together", has_x ? "x" : "width");
	if (has_x || has_width)
		return;
	r->x = f->bleed & EDGE_INNER ? 0 : g->inner;
	r->width = (f->bleed & EDGE_OUTER ? g->width : g->width - g->outer) - r->x;
}

static void vertical(struct layout_reader *lr, const struct yaml *v, struct frame *f)
{
	const struct grid *g = &lr->layout->grid;
	struct reader *r = lr->reader;
	int line = 1, lines = 0, bottom = 0;
	bool has_line = keys_int(r, v, "line", 1, 1000, &line);
	f->rect.y = f->bleed & EDGE_TOP ? 0 : g->top;
	if (has_line)
		f->rect.y = grid_baseline(g, line - 1);
	if (keys_length(r, v, "top", &f->rect.y) && has_line)
		frame_wrong(lr, v->place, "give top or line, not both", "top");
	if (keys_int(r, v, "lines", 1, 1000, &lines)) {
		f->rect.height = lines * g->baseline;
		return;
	}
	if (keys_length(r, v, "height", &f->rect.height))
		return;
	bool has_bottom = keys_length(r, v, "bottom", &bottom);
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

static void area_check(struct layout_reader *lr, const struct yaml *v, const struct frame *f)
{
	const struct grid *g = &lr->layout->grid;
	const struct rect *r = &f->rect;
	int inside = r->width - 2 * f->inset - (f->columns - 1) * f->gutter;
	if (r->width <= 0 || r->height <= 0)
		frame_wrong(lr, v->place, "its end lies before its beginning", "no area");
	else if (r->x < -g->bleed || r->y < -g->bleed || r->x + r->width > g->width + g->bleed ||
		 r->y + r->height > g->height + g->bleed)
		frame_wrong(lr, v->place, "frames stay on the page and its bleed",
			    "outside the page");
	else if (inside <= 0 || r->height - 2 * f->inset <= 0)
		frame_wrong(lr, v->place, "fewer columns, or a smaller gutter or inset",
			    "no room for text");
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
	};
	struct reader *r = lr->reader;
	struct str roles[FRAME_ROLE_COUNT];
	int role = FRAME_TEXT;
	for (int i = 0; i < FRAME_ROLE_COUNT; i++)
		roles[i] = frame_role_name((enum frame_role)i);
	KEYS_KNOWN(r, v, known);
	keys_require(r, v, "role");
	keys_choice(r, v, "role", roles, FRAME_ROLE_COUNT, &role);
	*f = (struct frame){ .role = (enum frame_role)role,
			     .columns = 1,
			     .place = v->place,
			     .gutter = lr->layout->grid.gutter,
			     .balance = role == FRAME_TEXT };
	f->bleed = edges_read(lr, v);
	horizontal(lr, v, f);
	vertical(lr, v, f);
	bleed_apply(&lr->layout->grid, f);
	keys_int(r, v, "columns", 1, 24, &f->columns);
	keys_length(r, v, "gutter", &f->gutter);
	keys_length(r, v, "inset", &f->inset);
	f->fill = colour_from_keys(lr, v, "fill");
	keys_bool(r, v, "fixed", &f->fixed);
	keys_bool(r, v, "balance", &f->balance);
	keys_bool(r, v, "below_head", &f->below_head);
	keys_text(r, v, "slot", &f->slot);
	if (f->role == FRAME_SLOT)
		keys_require(r, v, "slot");
	if (f->role == FRAME_FILL)
		keys_require(r, v, "fill");
	area_check(lr, v, f);
}

static void master_read(struct layout_reader *lr, const struct yaml *v, struct master *m)
{
	static const struct str known[] = { STR_INIT("running_head"), STR_INIT("folio"),
					    STR_INIT("background"), STR_INIT("furniture"),
					    STR_INIT("frames") };
	struct reader *r = lr->reader;
	*m = (struct master){ .name = v->key, .running_head = true, .folio = true };
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
	for (const struct yaml *f = frames->first; f; f = f->next) {
		if (f->kind == YAML_TABLE)
			frame_read(lr, f, &m->frames[m->frame_count++]);
		else
			keys_wrong_type(r, f, "{role, units, top, …}");
	}
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
