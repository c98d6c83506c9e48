#include "layout_desk.h"

static const struct frame *frame(const struct layout *l, size_t i)
{
	return &l->masters[0].frames[i];
}

static void grid_colours_and_styles_are_resolved(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	const struct layout *l = read_layout(&d, STR(""), EDITION_PRINT);
	assert_said(&d, "");
	assert_int_equal(l->grid.width, 566929);
	assert_int_equal(l->grid.units, 4);
	assert_int_equal(l->text->cmyk[3], 1000);
	assert_int_equal(l->accent->cmyk[0], 855);
	assert_int_equal(l->text->rgb[1], 0x1B);
	const struct style *body = layout_style(l, STR("body"));
	assert_int_equal(body->size, 10000);
	assert_int_equal(body->align, TEXT_JUSTIFIED);
	assert_true(body->hyphenate);
	assert_ptr_equal(body->colour, l->text);
	const struct style *big = layout_style(l, STR("big"));
	assert_int_equal(big->size, 20000);
	assert_int_equal(big->weight, 700);
	assert_str(big->family->name, "Sans");
	assert_ptr_equal(big->colour, l->accent);
	assert_ptr_equal(l->roles[STYLE_HEADING4], layout_style(l, STR("heading2")));
	assert_ptr_equal(l->roles[STYLE_LEAD], body);
	assert_int_equal(l->face_count, 3);
	assert_int_equal(l->fallback_count, 1);
	assert_ptr_equal(l->fallbacks[0], body->family);
	assert_true(family_face(body->family, 400, true)->italic);
	for (size_t i = 0; i < l->face_count; i++)
		assert_int_equal(l->faces[i].number, i);
	desk_close(&d);
}

static void frames_become_rectangles(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	const struct layout *l = read_layout(&d, STR(""), EDITION_PRINT);
	const struct grid *g = &l->grid;
	const struct rect picture = frame(l, 0)->rect, head = frame(l, 1)->rect,
			  text = frame(l, 2)->rect, slot = frame(l, 4)->rect;
	assert_int_equal(picture.x, -g->bleed);
	assert_int_equal(picture.y, -g->bleed);
	assert_int_equal(picture.width, g->width + 2 * g->bleed);
	assert_int_equal(picture.height, 283465 + g->bleed);
	assert_int_equal(head.x, g->inner);
	assert_int_equal(head.y, g->top + 2 * g->baseline);
	assert_int_equal(head.height, 2 * g->baseline);
	assert_int_equal(text.x, grid_unit_x(g, 2));
	assert_int_equal(text.x + text.width, g->width - g->outer);
	assert_int_equal(text.y + text.height, g->height - g->bottom);
	assert_true(frame(l, 2)->balance && frame(l, 2)->below_head);
	assert_int_equal(frame(l, 2)->columns, 2);
	assert_ptr_equal(frame(l, 3)->fill, l->tint);
	assert_true(frame(l, 3)->fixed);
	assert_int_equal(slot.y, g->top);
	assert_int_equal(slot.y + slot.height, g->height + g->bleed);
	assert_false(l->masters[0].folio);
	assert_true(l->masters[0].running_head);
	assert_ptr_equal(l->masters[0].background, l->accent);
	desk_close(&d);
}

static void colours_name_inks(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	desk_write(&d, "layouts/own/layout.yaml",
		   layout_with(d.arena, "  warm: {cmyk: [0, 0, 0, 1],",
			       "  warm: {spot: \" Gold \", tint: 12.5,"));
	struct layout *l = read_layout(&d, STR(""), EDITION_PRINT);
	assert_null(l); /* nothing says what stands for it */
	desk_write(&d, "layouts/own/layout.yaml",
		   layout_with(d.arena,
			       "cmyk: [85.5, 30, 45, 20], rgb: \"#0f6b70\"}\n"
			       "  warm: {cmyk: [0, 0, 0, 1],",
			       "cmyk: [85.5, 30, 45, 20], rgb: \"#0f6b70\", spot: Gold}\n"
			       "  warm: {spot: \" Gold \", tint: 12.5,"));
	l = read_layout(&d, STR(""), EDITION_PRINT);
	assert_non_null(l);
	assert_int_equal(l->spot_count, 1);
	assert_true(str_equal(l->spots[0].name, STR("Gold")));
	assert_int_equal(l->spots[0].cmyk[0], 855);
	assert_ptr_equal(l->accent->spot, &l->spots[0]);
	assert_int_equal(l->accent->tint, 1000);
	assert_ptr_equal(l->warm->spot, &l->spots[0]);
	assert_int_equal(l->warm->tint, 125);
	assert_int_equal(l->warm->cmyk[0], 107); /* 85.5 % of 12.5 % */
	assert_null(l->text->spot);
	desk_close(&d);
}

static void marks_stand_outside_the_bleed(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	struct layout *l = read_layout(&d, STR(""), EDITION_PRINT);
	assert_int_equal(layout_reach(l), l->grid.bleed);
	desk_write(&d, "layouts/own/layout.yaml",
		   layout_with(d.arena, "fallbacks", "press: {marks: true}\nfallbacks"));
	l = read_layout(&d, STR(""), EDITION_PRINT);
	assert_true(l->marks.crop && !l->marks.registration && !l->marks.bar);
	assert_int_equal(l->marks.offset, l->grid.bleed + 1417);
	assert_int_equal(layout_reach(l), l->marks.offset + 14173 + 4252);
	desk_write(&d, "layouts/own/layout.yaml",
		   layout_with(d.arena, "fallbacks",
			       "press: {marks: {crop: false, colour_bar: true, offset: 9mm,\n"
			       "  length: 4mm, weight: 0.5pt}}\nfallbacks"));
	l = read_layout(&d, STR(""), EDITION_PRINT);
	assert_true(!l->marks.crop && !l->marks.registration && l->marks.bar);
	assert_int_equal(l->marks.offset, unit_from_um(9000));
	assert_int_equal(l->marks.length, unit_from_um(4000));
	assert_int_equal(l->marks.weight, 500);
	desk_close(&d);
}

static void templates_name_masters_and_styles(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	const struct layout *l = read_layout(&d, STR(""), EDITION_PRINT);
	const struct template *story = layout_template(l, STR("story"));
	const struct template *letter = layout_template(l, STR("letter"));
	const struct template *rail = layout_template(l, STR("rail"));
	assert_ptr_equal(l->fallback_template, story);
	assert_ptr_equal(story->opening, &l->masters[0]);
	assert_ptr_equal(story->next, &l->masters[0]);
	assert_null(story->opening_plain);
	assert_false(story->email_whole);
	assert_true(letter->email_whole);
	assert_int_equal(letter->start, START_RECTO);
	assert_int_equal(letter->drop_cap_lines, 3);
	assert_ptr_equal(letter->styles[STYLE_TITLE], layout_style(l, STR("big")));
	/* What only stood in for body follows the template's body. */
	assert_ptr_equal(letter->styles[STYLE_LIST], layout_style(l, STR("base")));
	assert_ptr_equal(letter->styles[STYLE_HEADING2], layout_style(l, STR("heading2")));
	assert_str(rail->slot, "rail");
	assert_true(rail->email_whole && !rail->in_contents);
	assert_ptr_equal(l->cover, &l->masters[0]);
	assert_null(l->contents);
	desk_close(&d);
}

static void an_edition_is_laid_over_the_rest(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	const struct layout *l = read_layout(&d, STR(""), EDITION_LARGE);
	assert_said(&d, "");
	assert_true(l->emphasis_bold);
	assert_int_equal(layout_style(l, STR("body"))->size, 18000);
	assert_null(layout_style(l, STR("big")));
	assert_null(l->cover);
	desk_close(&d);
}

static void fonts_are_looked_for_and_looked_at(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	desk_write(&d, "fonts/fonts.yaml",
		   "Serif: [{file: serif.ttf}, {file: not-here.ttf, package: fonts-some}]\n"
		   "Sans: [{file: cut.ttf}, {file: text.ttf}, {file: /nowhere.ttf}]\n");
	desk_put(&d, "fonts/cut.ttf", str_sub(tiny_font(), 0, 20));
	desk_write(&d, "fonts/text.ttf", "These are words, and no font.");
	assert_null(read_layout(&d, STR(""), EDITION_PRINT));
	assert_has(&d, DIAG_FONT_MISSING, 1, 35);
	assert_has(&d, DIAG_FONT_DAMAGED, 2, 15);
	assert_has(&d, DIAG_FONT_DAMAGED, 2, 32);
	assert_has(&d, DIAG_FONT_MISSING, 2, 50);
	struct str said = desk_said(&d);
	assert_true(str_find(said, STR("(apt-get install fonts-some)"), 0) < said.len);
	assert_true(str_find(said, STR("(put nowhere.ttf into fonts/)"), 0) < said.len);
	desk_close(&d);
}

static void layout_and_fonts_may_come_from_the_data_folder(void **state)
{
	(void)state;
	struct desk data = layout_desk(layout_text), d = desk_open();
	desk_write(&d, "glos.yaml", "title: T\nlanguage: pl\nlayout: own\n");
	const struct layout *l = read_layout(&d, str_from(data.folder), EDITION_PRINT);
	assert_non_null(l);
	assert_true(str_starts(l->faces[0].path, str_from(data.folder)));
	/* A family of the publication's own goes before. */
	desk_write(&d, "fonts/fonts.yaml", "Serif: [{file: own.ttf}]\n");
	desk_put(&d, "fonts/own.ttf", tiny_font());
	l = read_layout(&d, str_from(data.folder), EDITION_PRINT);
	assert_true(str_ends(l->faces[0].path, STR("fonts/own.ttf")));
	assert_said(&d, "");
	desk_close(&data);
	desk_close(&d);
}

static void browsers_are_asked_for_families_of_the_layout(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct desk d = layout_desk(
		layout_with(a, "fallbacks",
			    "web: {text: [PT Sans, sans-serif], display: serif}\nfallbacks"));
	const struct layout *l = read_layout(&d, STR(""), EDITION_WEB);
	assert_said(&d, "");
	assert_str(l->web_text, "'PT Sans',sans-serif");
	assert_str(l->web_display, "serif");
	desk_close(&d);
	arena_close(a);
}

static void a_missing_layout_names_the_nearest(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	desk_write(&d, "glos.yaml", "title: T\nlanguage: pl\nlayout: ow\n");
	assert_null(read_layout(&d, STR(""), EDITION_PRINT));
	assert_said(&d,
		    "glos.yaml:3:9 layout-missing layouts/ow/layout.yaml (did you mean own?)\n");
	desk_close(&d);
}

static void an_issue_may_have_a_layout_of_its_own(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	desk_write(&d, "layouts/other/layout.yaml", layout_text);
	desk_write(&d, "issues/x/a.md", "---\ntitle: T\n---\n\nTekst.\n");
	static const struct {
		const char *key, *layout, *said;
	} cases[] = {
		{ "", "own", "" },
		{ "layout: other\n", "other", "" },
		{ "layout: othr\n", NULL,
		  "issues/x/issue.yaml:4:9 layout-missing layouts/othr/layout.yaml (did you mean "
		  "other?)\n" },
		{ "layout: ../own\n", NULL,
		  "issues/x/issue.yaml:4:9 layout-missing layouts/../own/layout.yaml (known are: "
		  "other, "
		  "own)\n" },
		{ "layout: [other]\n", "own",
		  "issues/x/issue.yaml:4:9 value-type layout: a text was expected, this is a list "
		  "(write layout: one text, without brackets)\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		d.diags = diags_new(d.arena);
		desk_put(&d, "issues/x/issue.yaml",
			 str_format(d.arena,
				    "number: 1\ndate: 2026-03-17\ntitle: T\n%s"
				    "contents:\n  - {section: S, articles: [a.md]}\n",
				    cases[i].key));
		struct publication *p = publication_read(d.arena, d.folder, d.diags);
		struct document *doc = document_read(d.arena, p, STR("x"), d.diags);
		const struct layout *l =
			issue_layout_read(d.arena, doc, STR(""), EDITION_PRINT, d.diags);
		assert_said(&d, cases[i].said);
		assert_int_equal(l != NULL, cases[i].layout != NULL);
		if (l)
			assert_str(l->name, cases[i].layout);
	}
	desk_close(&d);
}

/* ---- the layouts that come with the program ---- */

static const enum style_role on_cover[] = {
	STYLE_MASTHEAD,          STYLE_MASTHEAD_SECOND, STYLE_ISSUE,
	STYLE_COVER_TITLE,       STYLE_COVER_LEAD,      STYLE_TEASER,
	STYLE_COVER_TITLE_PLAIN, STYLE_COVER_LEAD_PLAIN
};

static bool stands_on_cover(int role)
{
	for (size_t i = 0; i < sizeof on_cover / sizeof *on_cover; i++)
		if (on_cover[i] == (enum style_role)role)
			return true;
	return false;
}

/* What is behind a style's words in a template, or NULL where only the page can
 * tell: on a picture, or on a ground that the style was not chosen for. */
static const struct colour *ground_of(const struct layout *l, const struct template *t, int role)
{
	const struct style *s = t->styles[role];
	if (stands_on_cover(role)) {
		if (l->cover && l->cover->background)
			return l->cover->background;
		return l->edition == EDITION_LARGE ? l->paper : NULL;
	}
	if (role == STYLE_PUBLISHER || role == STYLE_ADDRESS)
		return l->back ? l->back->background : NULL;
	if (s->background)
		return s->background;
	if (t->opening && t->opening->background)
		return s == l->roles[role] ? NULL : t->opening->background;
	return role == STYLE_BOX_TITLE ? l->roles[STYLE_BOX]->background : l->paper;
}

static size_t faint_styles(const struct layout *l)
{
	int least = l->edition == EDITION_LARGE ? 700 : 450;
	size_t faint = 0;
	for (size_t i = 0; i < l->template_count; i++)
		for (int role = 0; role < STYLE_ROLE_COUNT; role++) {
			const struct template *t = &l->templates[i];
			const struct colour *ground =
				t->styles[role] ? ground_of(l, t, role) : NULL;
			if (!ground || colour_contrast(t->styles[role]->colour, ground) >= least)
				continue;
			print_error("%.*s %.*s: %d\n", STR_ARG(t->name),
				    STR_ARG(t->styles[role]->name),
				    colour_contrast(t->styles[role]->colour, ground));
			faint++;
		}
	return faint;
}

/* WCAG 2.2, 1.4.3 and 1.4.6; large print has the stricter one. */
static void words_stand_out_from_their_grounds(void **state)
{
	(void)state;
	static const struct str names[] = { STR_INIT("glos"), STR_INIT("ulotka") };
	static const enum edition editions[] = { EDITION_PRINT, EDITION_SCREEN, EDITION_LARGE };
	struct desk d = desk_open();
	struct publication *p = publication_read(d.arena, ".", d.diags);
	for (size_t i = 0; i < 2; i++)
		for (size_t e = 0; e < 3; e++) {
			p->layout = names[i];
			const struct layout *l =
				layout_read(d.arena, p, STR("."), editions[e], d.diags);
			assert_non_null(l);
			assert_int_equal(faint_styles(l), 0);
		}
	assert_said(&d, "");
	desk_close(&d);
}

static void the_sample_layout_reads_in_every_edition(void **state)
{
	(void)state;
	static const enum edition editions[] = { EDITION_PRINT, EDITION_SCREEN, EDITION_LARGE,
						 EDITION_EMAIL };
	struct desk d = desk_open();
	struct publication *p = publication_read(d.arena, ".", d.diags);
	for (size_t i = 0; i < sizeof editions / sizeof *editions; i++) {
		const struct layout *l = layout_read(d.arena, p, STR("."), editions[i], d.diags);
		assert_non_null(l);
		struct buf b;
		buf_init(&b, 1 << 24);
		dump_layout(&b, l);
		assert_true(str_starts(buf_str(&b), STR("layout glos")));
		assert_int_equal(l->stitched, editions[i] == EDITION_PRINT);
		assert_int_equal(l->linked, editions[i] != EDITION_PRINT);
		assert_int_equal(l->on_paper, i == 0 || editions[i] == EDITION_LARGE);
		buf_release(&b);
	}
	assert_said(&d, "");
	desk_close(&d);
}

/* ---- the last gate ---- */

static void lines_of_the_cover_want_a_frame(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	desk_write(&d, "issues/x/issue.yaml",
		   "number: 1\ndate: 2026-03-17\ntitle: T\ncover: {lines: [Pierwszy, Drugi]}\n"
		   "contents:\n  - {section: S, articles: [a.md]}\n");
	desk_write(&d, "issues/x/a.md", "---\ntitle: T\n---\n\nTekst.\n");
	struct publication *p = publication_read(d.arena, d.folder, d.diags);
	struct document *doc = document_read(d.arena, p, STR("x"), d.diags);
	document_validate(doc, layout_read(d.arena, p, STR(""), EDITION_WEB, d.diags), d.diags);
	assert_said(&d, "");
	document_validate(doc, layout_read(d.arena, p, STR(""), EDITION_PRINT, d.diags), d.diags);
	assert_said(&d, "issues/x/issue.yaml:4:17 cover-lines own (add a frame {role: teasers} to "
			"the cover's master, or leave lines out)\n");
	desk_write(&d, "layouts/own/layout.yaml",
		   layout_with(d.arena, "role: fill, fill: tint", "role: teasers"));
	d.diags = diags_new(d.arena);
	document_validate(doc, layout_read(d.arena, p, STR(""), EDITION_PRINT, d.diags), d.diags);
	assert_said(&d, "");
	desk_close(&d);
}

static void templates_are_known_to_the_layout(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	desk_write(&d, "issues/x/issue.yaml",
		   "number: 1\ndate: 2026-03-17\ntitle: T\n"
		   "contents:\n  - {section: S, articles: [a.md]}\n");
	desk_write(&d, "issues/x/a.md", "---\ntitle: T\nlayout: stori\n---\n\nTekst.\n");
	struct publication *p = publication_read(d.arena, d.folder, d.diags);
	struct document *doc = document_read(d.arena, p, STR("x"), d.diags);
	document_validate(doc, layout_read(d.arena, p, STR(""), EDITION_LARGE, d.diags), d.diags);
	assert_has(&d, DIAG_TEMPLATE_UNKNOWN, 3, 9);
	desk_close(&d);
}

static void the_press_has_limits(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	struct publication *p = publication_read(d.arena, d.folder, d.diags);
	const struct layout *l = layout_read(d.arena, p, STR(""), EDITION_PRINT, d.diags);
	assert_int_equal(l->ink_limit, 3000);
	assert_int_equal(l->safety, unit_from_um(5000));
	desk_put(&d, "layouts/own/layout.yaml",
		 str_format(d.arena, "%s\npress: {ink_limit: 240, safety: 4mm}\n", layout_text));
	l = layout_read(d.arena, p, STR(""), EDITION_PRINT, d.diags);
	assert_int_equal(l->ink_limit, 2400);
	assert_int_equal(l->safety, unit_from_um(4000));
	assert_said(&d, "");
	desk_put(&d, "layouts/own/layout.yaml",
		 str_format(d.arena, "%s\npress: {ink_limit: 500, safety: -1mm}\n", layout_text));
	layout_read(d.arena, p, STR(""), EDITION_PRINT, d.diags);
	int wrong = 0;
	for (size_t i = 0; i < diags_count(d.diags); i++)
		wrong += diags_at(d.diags, i)->code == DIAG_VALUE_INVALID;
	assert_int_equal(wrong, 2);
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grid_colours_and_styles_are_resolved),
		cmocka_unit_test(frames_become_rectangles),
		cmocka_unit_test(colours_name_inks),
		cmocka_unit_test(marks_stand_outside_the_bleed),
		cmocka_unit_test(templates_name_masters_and_styles),
		cmocka_unit_test(an_edition_is_laid_over_the_rest),
		cmocka_unit_test(fonts_are_looked_for_and_looked_at),
		cmocka_unit_test(layout_and_fonts_may_come_from_the_data_folder),
		cmocka_unit_test(browsers_are_asked_for_families_of_the_layout),
		cmocka_unit_test(a_missing_layout_names_the_nearest),
		cmocka_unit_test(an_issue_may_have_a_layout_of_its_own),
		cmocka_unit_test(words_stand_out_from_their_grounds),
		cmocka_unit_test(the_sample_layout_reads_in_every_edition),
		cmocka_unit_test(lines_of_the_cover_want_a_frame),
		cmocka_unit_test(templates_are_known_to_the_layout),
		cmocka_unit_test(the_press_has_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
