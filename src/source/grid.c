/* Grid, colours, press: what the sheet is. */
#include "base/file.h"
#include "source/layout_reader.h"
#include "source/nearest.h"
#include "source/production.h"

static void wrong(struct layout_reader *lr, struct place place, const char *hint, const char *key)
{
	diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, place, str_from(hint), "%s", key);
}

/* ---- grid ---- */

enum {
	PAGE_LEAST = 36 * PT,
	PAGE_MOST = 14000 * PT, /* with its bleed: ISO 32000-1, annex C.2, 14,400 units */
	BLEED_MOST = 144 * PT,
	UNIT_LEAST = PT,
	BASELINE_LEAST = 3 * PT, /* finer ones make no lines that an eye could tell apart */
};

static bool page_size(struct layout_reader *lr, const struct yaml *grid, struct grid *g)
{
	struct reader *r = lr->reader;
	if (!keys_require(r, grid, "page"))
		return false;
	const struct yaml *page = yaml_find(grid, STR("page"));
	if (page->kind != YAML_LIST || page->count != 2) {
		wrong(lr, page->place, "write page: [210mm, 297mm]", "page");
		return false;
	}
	bool wide = keys_item_length_in(r, page->first, "page", PAGE_LEAST, PAGE_MOST, &g->width);
	return keys_item_length_in(r, page->last, "page", PAGE_LEAST, PAGE_MOST, &g->height) &&
	       wide;
}

static bool margins(struct layout_reader *lr, const struct yaml *grid, struct grid *g)
{
	static const struct str known[] = { STR_INIT("inner"), STR_INIT("outer"), STR_INIT("top"),
					    STR_INIT("bottom") };
	struct reader *r = lr->reader;
	if (!keys_require(r, grid, "margins"))
		return false;
	const struct yaml *m = keys_table(r, grid, "margins");
	if (!m)
		return false;
	KEYS_KNOWN(r, m, known);
	int *const lengths[] = { &g->inner, &g->outer, &g->top, &g->bottom };
	const int most[] = { g->width, g->width, g->height, g->height };
	bool right = true;
	for (size_t i = 0; i < 4; i++) {
		const char *key = known[i].ptr;
		right &= keys_require(r, m, key) &&
			 keys_length_in(r, m, key, 0, most[i], lengths[i]);
	}
	return right;
}

/* Room that margins and gutters leave, told at the one that takes too much. */
static bool room_check(struct layout_reader *lr, const struct yaml *grid, const struct grid *g)
{
	int width = g->width - g->inner - g->outer, height = g->height - g->top - g->bottom;
	struct arena *a = lr->reader->arena;
	struct place place = keys_place(grid, "margins");
	if (width < g->units * UNIT_LEAST || height < g->baseline) {
		wrong(lr, place,
		      height < g->baseline
			      ? "make top or bottom smaller: no line has room between "
				"them"
			      : "make inner or outer smaller: no text has room between "
				"them",
		      "margins");
		return false;
	}
	int left = width - g->units * UNIT_LEAST;
	if ((int64_t)(g->units - 1) * g->gutter <= left)
		return true;
	struct buf hint;
	buf_init(&hint, 256);
	buf_put_c(&hint, "at most ");
	unit_put(&hint, left / (g->units - 1) / PT * PT);
	buf_format(&hint, ", for the gutters of %d units", g->units);
	wrong(lr, keys_place(grid, yaml_find(grid, STR("gutter")) ? "gutter" : "units"),
	      str_c(a, buf_str(&hint)), "gutter");
	buf_release(&hint);
	return false;
}

bool grid_read(struct layout_reader *lr)
{
	static const struct str known[] = {
		STR_INIT("page"),  STR_INIT("bleed"),  STR_INIT("margins"),
		STR_INIT("units"), STR_INIT("gutter"), STR_INIT("baseline"),
	};
	struct reader *r = lr->reader;
	struct grid *g = &lr->layout->grid;
	size_t before = diags_trouble(r->diags);
	if (!keys_require(r, lr->root, "grid"))
		return false;
	const struct yaml *grid = keys_table(r, lr->root, "grid");
	if (!grid)
		return false;
	KEYS_KNOWN(r, grid, known);
	g->units = 12;
	keys_require(r, grid, "baseline");
	if (page_size(lr, grid, g) && margins(lr, grid, g))
		keys_length_in(r, grid, "baseline", BASELINE_LEAST, g->height, &g->baseline);
	keys_length_in(r, grid, "bleed", 0, BLEED_MOST, &g->bleed);
	keys_int(r, grid, "units", 1, 48, &g->units);
	keys_length_in(r, grid, "gutter", 0, PAGE_MOST, &g->gutter);
	/* What is wrong in itself need not be compared with anything. */
	return diags_trouble(r->diags) == before && room_check(lr, grid, g);
}

/* ---- colours ---- */

static bool cmyk_read(const struct yaml *list, int inks[4])
{
	size_t i = 0;
	if (!list || list->count != 4)
		return false;
	for (const struct yaml *v = list->first; v; v = v->next, i++) {
		/* A bare number reads as thousandths. */
		int thousandths;
		if (v->kind != YAML_TEXT || !unit_parse(v->text, &thousandths) || thousandths < 0 ||
		    thousandths > 100000)
			return false;
		inks[i] = thousandths / 100;
	}
	return true;
}

static bool rgb_read(struct str text, unsigned char rgb[3])
{
	if (text.len != 7 || text.ptr[0] != '#')
		return false;
	for (size_t i = 0; i < 3; i++) {
		int high = hex_digit(text.ptr[1 + 2 * i]), low = hex_digit(text.ptr[2 + 2 * i]);
		if (high < 0 || low < 0)
			return false;
		rgb[i] = (unsigned char)(16 * high + low);
	}
	return true;
}

static void colour_read(struct layout_reader *lr, const struct yaml *v, struct colour *c)
{
	static const struct str known[] = { STR_INIT("cmyk"), STR_INIT("rgb"), STR_INIT("dark"),
					    STR_INIT("spot"), STR_INIT("tint") };
	struct str rgb, night;
	c->name = v->key;
	c->place = v->key_place;
	if (v->kind != YAML_TABLE) {
		keys_wrong_type(lr->reader, v, "{cmyk: [0, 0, 0, 100], rgb: \"#1a1a1a\"}");
		return;
	}
	KEYS_KNOWN(lr->reader, v, known);
	const struct yaml *cmyk = yaml_find(v, STR("cmyk"));
	bool given = cmyk && cmyk->kind != YAML_EMPTY;
	bool right = given && cmyk_read(keys_list(lr->reader, v, "cmyk"), c->cmyk);
	if (given && !right)
		wrong(lr, keys_place(v, "cmyk"), "write four numbers from 0 to 100", "cmyk");
	/* A later colour of an ink need not say again what stands for it. */
	if (!ink_read(lr, v, right, c) && !given)
		keys_require(lr->reader, v, "cmyk");
	if (keys_require(lr->reader, v, "rgb") && keys_text(lr->reader, v, "rgb", &rgb) &&
	    !rgb_read(rgb, c->rgb))
		wrong(lr, keys_place(v, "rgb"), "write \"#1a1a1a\", in quotation marks", "rgb");
	if (!keys_text(lr->reader, v, "dark", &night))
		return;
	c->has_night = rgb_read(night, c->night);
	if (!c->has_night)
		wrong(lr, keys_place(v, "dark"), "write \"#e6e6e6\", in quotation marks", "dark");
}

static const struct colour *colour_required(struct layout_reader *lr, const struct yaml *colours,
					    const char *name)
{
	keys_require(lr->reader, colours, name);
	return layout_colour(lr->layout, str_from(name));
}

void colours_read(struct layout_reader *lr)
{
	struct layout *l = lr->layout;
	keys_require(lr->reader, lr->root, "colours");
	const struct yaml *colours = keys_table(lr->reader, lr->root, "colours");
	if (!colours)
		return;
	l->colours = NEW_ARRAY(lr->reader->arena, struct colour, colours->count + 1);
	l->spots = NEW_ARRAY(lr->reader->arena, struct ink, colours->count + 1);
	for (const struct yaml *v = colours->first; v; v = v->next)
		colour_read(lr, v, &l->colours[l->colour_count++]);
	l->text = colour_required(lr, colours, "text");
	l->accent = colour_required(lr, colours, "accent");
	l->warm = colour_required(lr, colours, "warm");
	l->tint = colour_required(lr, colours, "tint");
	l->paper = colour_required(lr, colours, "paper");
}

const struct colour *colour_from_keys(struct layout_reader *lr, const struct yaml *table,
				      const char *key)
{
	struct str name;
	if (!keys_text(lr->reader, table, key, &name))
		return NULL;
	const struct colour *c = layout_colour(lr->layout, name);
	if (c)
		return c;
	size_t count = lr->layout->colour_count;
	struct str *names = NEW_ARRAY(lr->reader->arena, struct str, count + 1);
	for (size_t i = 0; i < count; i++)
		names[i] = lr->layout->colours[i].name;
	diag_report_hint(lr->reader->diags, DIAG_COLOUR_UNKNOWN, keys_place(table, key),
			 did_you_mean_or_list(lr->reader->arena, names, count, name), "%.*s",
			 STR_ARG(name));
	return NULL;
}

/* ---- press ---- */

void press_read(struct layout_reader *lr)
{
	static const struct str known[] = { STR_INIT("profile"), STR_INIT("condition"),
					    STR_INIT("cmyk"),    STR_INIT("marks"),
					    STR_INIT("pdfx"),    STR_INIT("ink_limit"),
					    STR_INIT("safety"),  PRODUCTION_KEYS };
	static const struct str kinds[] = { STR_INIT("4"), STR_INIT("1a") };
	enum { INK_LEAST = 150, INK_USUAL = 300, INK_MOST = 400 };
	struct layout *l = lr->layout;
	const struct yaml *press = keys_table(lr->reader, lr->root, "press");
	struct str profile;
	int percent = INK_USUAL;
	l->safety = unit_from_um(5000);
	KEYS_KNOWN(lr->reader, press, known);
	keys_text(lr->reader, press, "condition", &l->output_condition);
	l->condition_place = keys_place(press, "condition");
	keys_bool(lr->reader, press, "cmyk", &l->cmyk);
	marks_read(lr, press);
	int kind = PDFX_4;
	keys_choice(lr->reader, press, "pdfx", kinds, 2, &kind);
	l->pdfx = (enum pdfx)kind;
	if (l->pdfx == PDFX_1A && !l->cmyk && l->edition == EDITION_PRINT)
		wrong(lr, keys_place(press, "pdfx"), "PDF/X-1a is of inks: write cmyk: true",
		      "pdfx");
	l->production = production_usual();
	production_read(lr->reader, press, &l->production);
	if (lr->press)
		production_lay_over(&l->production, lr->press);
	keys_int(lr->reader, press, "ink_limit", INK_LEAST, INK_MOST, &percent);
	l->ink_limit = 10 * percent;
	keys_length_in(lr->reader, press, "safety", 0, l->grid.width / 4, &l->safety);
	if (!keys_text(lr->reader, press, "profile", &profile))
		return;
	/* Beside the layout, or in the publication. */
	l->profile = str_from(path_join(lr->reader->arena, lr->folder, profile));
	if (!file_exists(l->profile.ptr))
		l->profile = str_from(path_join(lr->reader->arena, lr->publication->root, profile));
	l->profile_place = keys_place(press, "profile");
	if (!file_exists(l->profile.ptr))
		diag_report_hint(lr->reader->diags, DIAG_PROFILE_MISSING, l->profile_place,
				 STR("put the file beside layout.yaml, or install the package that "
				     "brings it"),
				 "%.*s", STR_ARG(l->profile));
	else
		profile_check(lr);
}
