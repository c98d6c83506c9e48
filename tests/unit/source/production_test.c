/* Binding and paper: the layout tells what is usual, the issue what is different. */
#include "layout_desk.h"

/* The smallest layout with these settings for print. */
static struct desk pressed(struct arena *a, const char *press)
{
	return layout_desk(
		layout_with(a, "editions:\n",
			    str_format(a, "editions:\n  print: {press: %s}\n", press).ptr));
}

/* An issue whose issue.yaml ends so. */
static const struct document *write_issue(struct desk *d, const char *end)
{
	desk_write(d, "issues/x/issue.yaml",
		   str_format(d->arena,
			      "number: 1\ndate: 2026-03-17\ntitle: T\n"
			      "contents:\n  - {section: S, articles: [a.md]}\n%s",
			      end)
			   .ptr);
	desk_write(d, "issues/x/a.md", "---\ntitle: T\n---\n\nTekst.\n");
	const struct publication *p = publication_read(d->arena, d->folder, d->diags);
	return document_read(d->arena, p, STR("x"), d->diags);
}

/* The layout of such an issue; NULL after a mistake. */
static const struct layout *read_issue(struct desk *d, const char *end, enum edition e)
{
	return issue_layout_read(d->arena, write_issue(d, end), STR(""), e, d->diags);
}

static void what_the_issue_tells_is_dumped(void **state)
{
	(void)state;
	struct desk d = layout_desk(layout_text);
	const struct document *doc = write_issue(
		&d, "press: {binding: perfect, cover: self, paper: {weight: 90, bulk: 1.25}}\n");
	struct str dump = desk_dump(&d, doc);
	const char *wanted = "  binding \"perfect\"\n  cover \"self\"\n"
			     "  paper weight 90 caliper 112500\n";
	if (str_find(dump, str_from(wanted), 0) == dump.len)
		fail_msg("%.*s", STR_ARG(dump));
	desk_close(&d);
}

static void the_layout_tells_what_is_usual(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct desk d = pressed(a, "{binding: perfect, cover: separate, glue: 1.5mm,\n"
				   "    paper: {weight: 90, bulk: 1.25},\n"
				   "    cover_paper: {weight: 250, caliper: 0.24mm}}");
	const struct layout *l = read_layout(&d, STR(""), EDITION_PRINT);
	assert_said(&d, "");
	assert_int_equal(l->production.binding, BINDING_PERFECT);
	assert_true(l->production.cover_apart);
	assert_false(l->production.imposed);
	assert_int_equal(l->production.paper.weight, 90);
	assert_int_equal(l->production.paper.caliper, 112500);
	assert_int_equal(l->production.cover_paper.caliper, 240000);
	assert_int_equal(l->production.glue, 4252);
	assert_true(l->stitched);
	struct buf b;
	buf_init(&b, 1 << 24);
	dump_layout(&b, l);
	assert_true(str_find(buf_str(&b), STR("paper weight 90 caliper 112500\n"), 0) <
		    buf_str(&b).len);
	buf_release(&b);
	desk_close(&d);
	arena_close(a);
}

static void the_issue_tells_what_is_different(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct desk d = pressed(a, "{cover: separate, paper: {weight: 90, bulk: 1.25}}");
	const char *press = "press: {binding: saddle, imposed: true, creep: 1mm,\n"
			    "        paper: {weight: 115, bulk: 0.8}}\n";
	const struct layout *l = read_issue(&d, press, EDITION_PRINT);
	assert_said(&d, "");
	assert_true(l->production.cover_apart);
	assert_true(l->production.imposed);
	assert_int_equal(l->production.paper.caliper, 92000);
	assert_int_equal(l->production.creep, 2835);
	assert_str(l->production.cover_place.file, str_format(a, "layouts/own/layout.yaml").ptr);
	assert_str(l->production.imposed_place.file, "issues/x/issue.yaml");
	/* Nothing of it is for screens. */
	l = read_issue(&d, press, EDITION_SCREEN);
	assert_false(l->production.cover_apart);
	assert_false(l->production.imposed);
	desk_close(&d);
	arena_close(a);
}

static void a_leaflet_needs_no_filling(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct desk d = pressed(a, "{binding: flat}");
	const struct layout *l = read_layout(&d, STR(""), EDITION_PRINT);
	assert_false(l->stitched);
	desk_close(&d);
	arena_close(a);
}

struct mistake {
	const char *press; /* from line 6, column 8 of issue.yaml on */
	const char *said;
};

static void mistakes_are_told_at_their_place(void **state)
{
	(void)state;
	static const struct mistake list[] = {
		{ "{binding: sadle}", "6:18 value-invalid binding: sadle (did you mean saddle?)" },
		{ "{cover: none}", "6:16 value-invalid cover: none (known are: self, separate)" },
		{ "{imposed: maybe}", "6:18 value-type imposed: true or false was expected" },
		{ "{papper: {weight: 90}}", "6:9 key-unknown papper (did you mean paper?)" },
		{ "[saddle]", "6:8 value-type press: a table of keys was expected" },
		{ "{paper: 90}", "6:16 value-type paper: a table of keys was expected" },
		{ "{paper: {weight: 90}}", "6:16 key-missing bulk (say how thick it is" },
		{ "{paper: {bulk: 1.25}}", "6:16 key-missing weight" },
		{ "{paper: {weight: 90, bulk: [1]}}",
		  "6:35 value-type bulk: a number was expected, this is a list" },
		{ "{paper: {weight: 90, bulk: 1.25mm}}",
		  "6:35 value-invalid bulk: 1.25mm (cm³/g, from 0.4 to 3" },
		{ "{paper: {weight: 90, bulk: 12}}", "6:35 value-invalid bulk: 12 (cm³/g" },
		{ "{paper: {weight: 9, bulk: 1}}",
		  "6:25 value-invalid weight: 9 (from 20 to 800)" },
		{ "{paper: {caliper: 3mm}}",
		  "6:26 value-invalid caliper: 3mm (thickness of one leaf, from 0.02mm" },
		{ "{paper: {caliper: thick}}", "6:26 value-invalid caliper: thick (thickness" },
		{ "{glue: -1mm}", "6:15 value-invalid glue: -1mm (from 0pt to 72pt)" },
		{ "{spine: wide}", "6:16 value-type spine: a length was expected" },
		{ "{binding: flat, cover: separate}",
		  "6:31 value-invalid cover: separate (only what is bound" },
		{ "{binding: perfect, imposed: true}",
		  "6:36 value-invalid imposed: true (sheets are made for binding: saddle" },
		{ "{binding: perfect, cover: separate}",
		  "6:34 key-missing paper (add paper: {weight: 90, bulk: 1.25}, or spine: 4mm" },
		{ "{imposed: true}",
		  "6:18 key-missing paper (add paper: {weight: 90, bulk: 1.25}, or creep: 1mm" },
	};
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct desk d = layout_desk(layout_text);
		read_issue(&d, str_format(d.arena, "press: %s\n", list[i].press).ptr,
			   EDITION_PRINT);
		struct str said = desk_said(&d);
		const char *wanted =
			str_format(d.arena, "issues/x/issue.yaml:%s", list[i].said).ptr;
		bool right = str_find(said, str_from(wanted), 0) == 0 &&
			     diags_count(d.diags) == 1 && diags_at(d.diags, 0)->hint.len > 0;
		if (!right)
			print_error("%s\nexpected %s; said:\n%s\n", list[i].press, wanted,
				    said.ptr);
		wrong += !right;
		desk_close(&d);
	}
	assert_int_equal(wrong, 0);
}

static void what_the_printer_told_needs_no_paper(void **state)
{
	(void)state;
	static const char *const list[] = {
		"{binding: perfect, cover: separate, spine: 4mm}",
		"{imposed: true, creep: 0}",
		"{cover: separate}",
	};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct desk d = layout_desk(layout_text);
		assert_non_null(read_issue(&d, str_format(d.arena, "press: %s\n", list[i]).ptr,
					   EDITION_PRINT));
		assert_said(&d, "");
		desk_close(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_layout_tells_what_is_usual),
		cmocka_unit_test(the_issue_tells_what_is_different),
		cmocka_unit_test(what_the_issue_tells_is_dumped),
		cmocka_unit_test(a_leaflet_needs_no_filling),
		cmocka_unit_test(mistakes_are_told_at_their_place),
		cmocka_unit_test(what_the_printer_told_needs_no_paper),
	};
	return cmocka_run_group_tests_name("production", tests, NULL, NULL);
}
