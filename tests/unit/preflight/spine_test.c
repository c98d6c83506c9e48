/* The spine and printed codes: what is judged of them, from both sides of each limit. */
#include "preflight/pages.h"

static struct page *spine_of(struct sample *s, int width_um)
{
	struct production *made = &s->layout.production;
	*made = production_usual();
	made->cover_apart = true;
	made->binding = BINDING_PERFECT;
	made->spine = unit_from_um(width_um);
	made->spine_place.line = 1;
	for (int n = 0; n < 6; n++)
		words_at(s, sample_page(s), style_at(s, 90, &s->black), 10 * PT, 90 * PT, 90 * PT,
			 "Słowo");
	return s->pages.spine = NEW(s->arena, struct page);
}

static void spines_are_judged(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	struct page *spine = spine_of(s, 8000);
	int middle = unit_from_um(4000), length = s->layout.grid.height;
	sample_fill(s, spine, ink(s, 1, 90, 80, 80, 60), 0, 0, length, unit_from_um(8000));
	words_at(s, spine, style_at(s, 2, &s->black), 10 * PT, 90 * PT, middle + 3 * PT, "Dobrze");
	words_at(s, spine, style_at(s, 3, &s->black), 4999, 200 * PT, middle, "Za małe");
	words_at(s, spine, style_at(s, 4, &s->black), 5 * PT, 300 * PT, middle, "Akurat");
	words_at(s, spine, style_at(s, 5, ink(s, 6, 60, 60, 0, 0)), 7 * PT, 400 * PT, middle,
		 "W kolorze");
	words_at(s, spine, style_at(s, 7, &s->black), 10 * PT, 500 * PT, 11 * PT, "U zgięcia");
	words_at(s, spine, style_at(s, 8, &s->black), 10 * PT, 4 * MM, middle + 3 * PT, "U głowy");
	assert_judged(s, "1 ink-colour colour1: 310 %, the spine\n"
			 "3 spine-type 4.9 pt, below 5 pt: Za małe\n"
			 "5 type-inks style5: 7pt in colour6, several inks (GWG R0017), the spine\n"
			 "7 spine-type 1341 µm from the fold: U zgięcia\n"
			 "8 safety-zone 4001 µm from the end of the spine: U głowy\n");
	s->pages.spine = NULL;
	assert_judged(s, "");
	sample_close(s);
}

static void put_code(struct sample *s, const struct colour *c, int module_um, int x, int y)
{
	static const int places[][2] = { { 0, 0 }, { 2, 0 }, { 1, 1 }, { 0, 2 }, { 2, 2 } };
	struct page *p = &s->pages.page[0];
	int module = unit_from_um(module_um);
	struct shape_part *parts = NEW_ARRAY(s->arena, struct shape_part, 5);
	for (int n = 0; n < 5; n++)
		parts[n].rect = (struct rect){ places[n][0] * module, places[n][1] * module, module,
					       module };
	struct item *i = page_add(s->arena, p, ITEM_SHAPE);
	i->artifact = ARTIFACT_LAYOUT;
	i->shape.x = x;
	i->shape.y = y;
	i->shape.parts = parts;
	i->shape.count = 5;
	i->shape.colour = c;
}

static void codes_are_judged(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	struct frame frame = { .rect = { 50 * PT, 50 * PT, 100 * PT, 100 * PT }, .place = at(20) };
	struct master master = { .frames = &frame, .frame_count = 1 };
	p->master = &master;
	put_code(s, ink(s, 1, 0, 0, 0, 100), 400, 200 * PT, 200 * PT);
	put_code(s, ink(s, 2, 0, 0, 0, 100), 390, 200 * PT, 300 * PT);
	put_code(s, ink(s, 3, 60, 0, 0, 100), 500, 200 * PT, 400 * PT);
	put_code(s, ink(s, 4, 90, 80, 80, 90), 500, 200 * PT, 500 * PT);
	put_code(s, ink(s, 5, 0, 0, 0, 100), 500, 6 * MM, 200 * PT);
	put_code(s, ink(s, 6, 0, 0, 0, 100), 500, 4 * MM, 200 * PT);
	put_code(s, ink(s, 7, 0, 0, 0, 100), 300, 60 * PT, 60 * PT); /* within the frame */
	assert_judged(s, "2 code-fine modules of 390 µm, page 1\n"
			 "3 type-inks code in colour3, several inks (GWG R0017), page 1\n"
			 "4 ink-colour colour4: 340 %, page 1\n"
			 "4 type-inks code in colour4, several inks (GWG R0017), page 1\n"
			 "6 safety-zone 4.0 mm from the inner edge, page 1: a code\n"
			 "20 code-fine modules of 300 µm, page 1\n");
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spines_are_judged),
		cmocka_unit_test(codes_are_judged),
	};
	return cmocka_run_group_tests_name("spine and codes", tests, NULL, NULL);
}
