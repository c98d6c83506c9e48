/* Templates: how an article of a kind is set. */
#include "source/layout_reader.h"
#include "source/nearest.h"

static void styles_choose(struct layout_reader *lr, const struct yaml *table, struct template *t)
{
	struct layout *l = lr->layout;
	const struct style *chosen[STYLE_ROLE_COUNT] = { NULL };
	struct str roles[STYLE_ROLE_COUNT], name;
	for (int i = 0; i < STYLE_ROLE_COUNT; i++)
		roles[i] = style_role_name((enum style_role)i);
	const struct yaml *styles = keys_table(lr->reader, table, "styles");
	keys_known(lr->reader, styles, roles, STYLE_ROLE_COUNT);
	for (int i = 0; i < STYLE_ROLE_COUNT; i++) {
		const char *key = str_c(lr->reader->arena, roles[i]);
		if (!keys_text(lr->reader, styles, key, &name))
			continue;
		chosen[i] = layout_style(l, name);
		if (chosen[i])
			continue;
		struct str *names = NEW_ARRAY(lr->reader->arena, struct str, l->style_count + 1);
		for (size_t k = 0; k < l->style_count; k++)
			names[k] = l->styles[k].name;
		diag_report_hint(lr->reader->diags, DIAG_STYLE_UNKNOWN, keys_place(styles, key),
				 did_you_mean_or_list(lr->reader->arena, names, l->style_count,
						      name),
				 "%.*s", STR_ARG(name));
	}
	for (int i = 0; i < STYLE_ROLE_COUNT; i++)
		t->styles[i] = role_style(l, chosen, (enum style_role)i);
}

static bool has_slot(const struct master *m, struct str slot)
{
	for (size_t i = 0; i < m->frame_count; i++)
		if (m->frames[i].role == FRAME_SLOT && str_equal(m->frames[i].slot, slot))
			return true;
	return false;
}

static void report_slot(struct layout_reader *lr, const struct yaml *v, const struct template *t)
{
	const struct master *m = t->opening;
	struct str *names = NEW_ARRAY(lr->reader->arena, struct str, m->frame_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < m->frame_count; i++)
		if (m->frames[i].role == FRAME_SLOT)
			names[count++] = m->frames[i].slot;
	diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, keys_place(v, "slot"),
			 did_you_mean_or_list(lr->reader->arena, names, count, t->slot),
			 "master %.*s has no slot %.*s", STR_ARG(m->name), STR_ARG(t->slot));
}

/* Where articles of the kind stand: pages of their own, or a slot of a shared one. */
static void pages_read(struct layout_reader *lr, const struct yaml *v, struct template *t)
{
	struct reader *r = lr->reader;
	keys_text(r, v, "slot", &t->slot);
	if (t->slot.len) {
		keys_require(r, v, "page");
		t->opening = master_from_keys(lr, v, "page");
		if (t->opening && !has_slot(t->opening, t->slot))
			report_slot(lr, v, t);
		return;
	}
	if (t->pages)
		keys_require(r, v, "opening");
	t->opening = master_from_keys(lr, v, "opening");
	t->opening_plain = master_from_keys(lr, v, "opening_plain");
	t->next = master_from_keys(lr, v, "next");
	if (!t->next)
		t->next = t->opening;
}

/* The narrowest column of running text that a master has; 0: it has none. */
static int narrowest_column(const struct master *m)
{
	int narrowest = 0;
	for (size_t i = 0; m && i < m->frame_count; i++) {
		const struct frame *f = &m->frames[i];
		if (f->role != FRAME_TEXT && f->role != FRAME_SLOT)
			continue;
		int width =
			(f->rect.width - 2 * f->inset - (f->columns - 1) * f->gutter) / f->columns;
		if (!narrowest || width < narrowest)
			narrowest = width;
	}
	return narrowest;
}

/* Indents of whole blocks that leave no room for words in the columns where the
 * template puts them. */
static void measures_check(struct layout_reader *lr, const struct yaml *v, const struct template *t)
{
	enum { MEASURE_LEAST = 20 * PT };
	static const enum style_role flowing[] = {
		STYLE_BODY,     STYLE_BODY_FIRST, STYLE_HEADING2, STYLE_HEADING3,
		STYLE_HEADING4, STYLE_LIST,       STYLE_QUOTE,    STYLE_BOX,
		STYLE_QUESTION, STYLE_ANSWER,     STYLE_CODE,     STYLE_BUTTON,
	};
	const struct master *const masters[] = { t->opening, t->opening_plain, t->next };
	for (size_t i = 0; i < sizeof masters / sizeof *masters; i++) {
		int width = narrowest_column(masters[i]);
		for (size_t k = 0; width && k < sizeof flowing / sizeof *flowing; k++) {
			const struct style *s = t->styles[flowing[k]];
			if (!s || s->left + s->right <= width - MEASURE_LEAST)
				continue;
			struct buf hint;
			buf_init(&hint, 256);
			buf_put_c(&hint, "its left and right leave no room in a column of ");
			unit_put(&hint, width);
			diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, v->key_place,
					 buf_str(&hint), "style %.*s on master %.*s",
					 STR_ARG(s->name), STR_ARG(masters[i]->name));
			buf_release(&hint);
		}
	}
}

static void template_read(struct layout_reader *lr, const struct yaml *v, struct template *t)
{
	static const struct str known[] = {
		STR_INIT("opening"),  STR_INIT("opening_plain"),  STR_INIT("next"),
		STR_INIT("slot"),     STR_INIT("page"),           STR_INIT("start"),
		STR_INIT("drop_cap"), STR_INIT("email"),          STR_INIT("contents"),
		STR_INIT("pages"),    STR_INIT("styles"),         STR_INIT("back_cover"),
		STR_INIT("notes"),    STR_INIT("drop_cap_shape"),
	};
	static const struct str starts[] = { STR_INIT("page"), STR_INIT("recto"),
					     STR_INIT("verso") };
	static const struct str emails[] = { STR_INIT("teaser"), STR_INIT("whole") };
	static const struct str notes[] = { STR_INIT("article"), STR_INIT("column") };
	struct reader *r = lr->reader;
	*t = (struct template){ .name = v->key, .in_contents = true, .pages = true };
	if (v->kind != YAML_TABLE) {
		keys_wrong_type(r, v, "a table of keys");
		return;
	}
	KEYS_KNOWN(r, v, known);
	int start = 0, note = 0;
	int email = str_equal(v->key, STR("letter")) || str_equal(v->key, STR("brief"));
	keys_choice(r, v, "start", starts, 3, &start);
	keys_choice(r, v, "email", emails, 2, &email);
	keys_choice(r, v, "notes", notes, 2, &note);
	t->start = (enum start)start;
	t->email_whole = email == 1;
	t->column_notes = note == 1;
	keys_bool(r, v, "contents", &t->in_contents);
	keys_bool(r, v, "pages", &t->pages);
	keys_bool(r, v, "back_cover", &t->back_cover);
	/* A larger initial would leave no room beside it in a column of three. */
	keys_int(r, v, "drop_cap", 0, 6, &t->drop_cap_lines);
	keys_bool(r, v, "drop_cap_shape", &t->drop_cap_shape);
	pages_read(lr, v, t);
	styles_choose(lr, v, t);
	measures_check(lr, v, t);
}

static void fallback_read(struct layout_reader *lr)
{
	struct layout *l = lr->layout;
	struct str name = STR("story");
	bool named = keys_text(lr->reader, lr->root, "default_template", &name);
	l->fallback_template = layout_template(l, name);
	if (!l->fallback_template && named) {
		struct str *names = NEW_ARRAY(lr->reader->arena, struct str, l->template_count + 1);
		for (size_t i = 0; i < l->template_count; i++)
			names[i] = l->templates[i].name;
		diag_report_hint(lr->reader->diags, DIAG_TEMPLATE_UNKNOWN,
				 keys_place(lr->root, "default_template"),
				 did_you_mean_or_list(lr->reader->arena, names, l->template_count,
						      name),
				 "%.*s", STR_ARG(name));
	}
	if (!l->fallback_template && l->template_count)
		l->fallback_template = &l->templates[0];
}

void templates_read(struct layout_reader *lr)
{
	struct layout *l = lr->layout;
	keys_require(lr->reader, lr->root, "templates");
	const struct yaml *templates = keys_table(lr->reader, lr->root, "templates");
	if (!templates)
		return;
	if (templates->count == 0)
		diag_report_hint(lr->reader->diags, DIAG_KEY_MISSING, templates->place,
				 STR("add story: {opening: …}"), "a template");
	l->templates = NEW_ARRAY(lr->reader->arena, struct template, templates->count + 1);
	for (const struct yaml *v = templates->first; v; v = v->next)
		template_read(lr, v, &l->templates[l->template_count++]);
	fallback_read(lr);
}
