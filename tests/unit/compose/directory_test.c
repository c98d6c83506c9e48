/* The directory: entries stay whole, a region's bar stands above its first entry
 * and again, as "(cd.)", above whatever begins a column within the region. */
#include "compose/fixture.h"

#include "type/type.h"

enum { REGIONS = 7 };

struct directory {
	struct fixture f;
	struct article *article;
	struct pages *pages;
};

/* Regions of 1, 2, 3, … entries of three to five lines; extra shifts all of them. */
static void open_directory(struct directory *d, int extra)
{
	struct fixture *f = &d->f;
	fixture_open(f, false);
	struct style *s = f->layout->styles;
	s[STYLE_HEADING2].background = f->layout->accent;
	s[STYLE_HEADING2].keep_next = true;
	s[STYLE_CONTACT].rule = f->layout->text;
	s[STYLE_CONTACT].rule_weight = PT / 2;
	s[STYLE_CONTACT].before = s[STYLE_CONTACT].after = 6 * PT;
	struct article *a = d->article = fixture_article(f, "a", "Adresy");
	for (int i = 0; i < extra; i++)
		fixture_paragraph(f, a, NULL, "Wiersz.");
	for (int r = 0, n = 0; r < REGIONS; r++) {
		struct node *h = fixture_block(f, a, NULL, NODE_HEADING);
		h->level = 2;
		fixture_text(f, h, str_c(f->arena, str_format(f->arena, "region%d", r)));
		for (int i = 0; i <= r * 2; i++, n++) {
			struct node *c = fixture_block(f, a, NULL, NODE_CONTACT);
			struct node *p = fixture_block(f, a, c, NODE_PARAGRAPH);
			for (int line = 0; line < 3 + n % 3; line++) {
				if (line)
					node_new(f->arena, NODE_LINE_BREAK, p->place, p);
				fixture_text(f, p,
					     str_c(f->arena,
						   str_format(f->arena, "r%d-%d-%d", r, i, line)));
			}
		}
	}
	d->pages = fixture_compose(f);
	check_all(f, d->pages);
}

/* What stands on the pages, in order, reduced to what this test asks. */
struct seen {
	bool bar, repeated;
	int region, entry; /* entry -1: a bar */
	size_t page;
	int x, y;
};

static size_t look(const struct directory *d, struct seen seen[], size_t capacity)
{
	size_t count = 0;
	for (size_t i = 0; i < d->pages->count; i++)
		for (size_t k = 0; k < d->pages->page[i].item_count; k++) {
			const struct item *item = &d->pages->page[i].items[k];
			if (item->kind != ITEM_GLYPHS || count == capacity)
				continue;
			struct seen s = {
				.page = i, .x = item->glyphs.x, .y = item->glyphs.y, .entry = -1
			};
			char *text = str_c(d->f.arena, item->glyphs.text);
			if (sscanf(text, "region%d", &s.region) == 1) {
				s.bar = true;
				s.repeated = strstr(text, "(cd.)") != NULL;
				assert_int_equal(s.repeated, item->element == NULL);
				seen[count++] = s;
			} else if (sscanf(text, "r%d-%d", &s.region, &s.entry) == 2) {
				seen[count++] = s;
			}
		}
	return count;
}

static bool same_column(const struct seen *a, const struct seen *b)
{
	return a->page == b->page && a->y < b->y && b->x - a->x < 20 * PT && a->x - b->x < 20 * PT;
}

static void entries_and_bars_stay_together(void **state)
{
	(void)state;
	size_t repeats = 0;
	for (int extra = 0; extra < 12; extra++) {
		struct directory d;
		struct seen seen[600];
		open_directory(&d, extra);
		size_t count = look(&d, seen, 600);
		assert_true(count > 100);
		for (size_t i = 0; i < count; i++) {
			const struct seen *s = &seen[i], *next = i + 1 < count ? s + 1 : NULL;
			bool begins = i == 0 || !same_column(s - 1, s);
			repeats += s->repeated;
			/* a bar's first entry below it, of its region */
			if (s->bar) {
				assert_non_null(next);
				assert_false(next->bar);
				assert_true(same_column(s, next));
				assert_int_equal(next->region, s->region);
				assert_int_equal(s->repeated, next->entry > 0);
				assert_true(!s->repeated || begins);
				continue;
			}
			/* an entry whole in its column */
			if (next && !next->bar && next->region == s->region &&
			    next->entry == s->entry)
				assert_true(same_column(s, next));
			/* a column begins with a bar; but on the first page text may stand
			 * above */
			if (begins && s->page > 0)
				fail_msg("region %d entry %d begins a column without its bar",
					 s->region, s->entry);
		}
		fixture_close(&d.f);
	}
	assert_true(repeats > 12);
}

/* Above bars is what brings them to the grid, and never a line more to level columns: bars
 * beside one another would part. */
static void bars_stand_alike_below_entries(void **state)
{
	(void)state;
	int least = INT32_MAX, most = 0, line = 0;
	for (int extra = 0; extra < 12; extra++) {
		struct directory d;
		struct seen seen[600];
		open_directory(&d, extra);
		line = d.f.layout->grid.baseline;
		size_t count = look(&d, seen, 600);
		for (size_t i = 1; i < count; i++) {
			int space = seen[i].y - seen[i - 1].y;
			if (!seen[i].bar || seen[i - 1].bar || !same_column(&seen[i - 1], &seen[i]))
				continue;
			least = space < least ? space : least;
			most = space > most ? space : most;
		}
		fixture_close(&d.f);
	}
	assert_in_range(most - least, 1, line - 1);
}

/* A hairline below each entry, as wide as its column, clear of its words. */
static void hairlines_close_entries(void **state)
{
	(void)state;
	struct directory d;
	open_directory(&d, 0);
	size_t lines = 0, entries = 0;
	for (int r = 0; r < REGIONS; r++)
		entries += (size_t)r * 2 + 1;
	int width = 0;
	for (size_t i = 0; i < d.pages->count; i++)
		for (size_t k = 0; k < d.pages->page[i].item_count; k++) {
			const struct item *item = &d.pages->page[i].items[k];
			if (item->kind != ITEM_FILL || item->fill.rect.height != PT / 2)
				continue;
			lines++;
			if (i > 0) {
				width = width ? width : item->fill.rect.width;
				assert_int_equal(item->fill.rect.width, width);
			}
			for (size_t n = 0; n < k; n++) {
				const struct item *word = &d.pages->page[i].items[n];
				if (word->kind == ITEM_GLYPHS &&
				    word->glyphs.x >= item->fill.rect.x &&
				    word->glyphs.x < item->fill.rect.x + item->fill.rect.width)
					assert_true(word->glyphs.y <= item->fill.rect.y - 3 * PT ||
						    word->glyphs.y >= item->fill.rect.y + 6 * PT);
			}
		}
	assert_int_equal(lines, entries);
	fixture_close(&d.f);
}

/* The bar is drawn as far above its capitals as below its baseline. */
static void bars_hold_their_words_in_the_middle(void **state)
{
	(void)state;
	struct directory d;
	open_directory(&d, 0);
	struct type *type = type_open(d.f.layout, d.f.diags);
	int caps = type_metrics(type, d.f.layout->roles[STYLE_HEADING2]).cap_height;
	size_t bars = 0;
	for (size_t i = 0; i < d.pages->count; i++)
		for (size_t k = 0; k + 1 < d.pages->page[i].item_count; k++) {
			const struct item *bar = &d.pages->page[i].items[k], *word = bar + 1;
			if (bar->kind != ITEM_FILL || bar->fill.colour != d.f.layout->accent)
				continue;
			assert_int_equal(word->kind, ITEM_GLYPHS);
			int over = word->glyphs.y - caps - bar->fill.rect.y;
			int under = bar->fill.rect.y + bar->fill.rect.height - word->glyphs.y;
			assert_true(over - under <= PT && under - over <= PT);
			bars++;
		}
	assert_true(bars >= REGIONS);
	type_close(type);
	fixture_close(&d.f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_and_bars_stay_together),
		cmocka_unit_test(bars_stand_alike_below_entries),
		cmocka_unit_test(hairlines_close_entries),
		cmocka_unit_test(bars_hold_their_words_in_the_middle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
