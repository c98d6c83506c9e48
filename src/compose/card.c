/* The card: what stands for a page where somebody shares its address.
 *
 * Half a plate in the design's accent with the title, half the picture; the
 * publication and the number at the foot. Without a picture the plate is all.
 * Lengths are a thousandth of a pixel, as others' are of a point. */
#include "compose/compose.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "model/palette.h"
#include "model/words.h"
#include "type/type.h"

enum {
	PX = 1000,
	WIDTH = CARD_COLUMNS * PX,
	HEIGHT = CARD_ROWS * PX,
	PLATE = 600 * PX, /* its width beside a picture */
	EDGE = 56 * PX,
	BAR_WIDTH = 72 * PX,
	BAR_HEIGHT = 8 * PX,
	KICKER = 25 * PX,
	NAME = 27 * PX,
	NAME_LEAST = 14 * PX,
	LEADING = 108, /* of the title, percent of its size */
	LONGEST_TITLE = 400, /* bytes that are tried at all */
};

struct carding {
	struct arena *arena;
	const struct card *card;
	struct diags *diags;
	struct type *type;
	struct page *page;
	const struct palette *palette;
	int measure;
};

static struct style *style_like(struct carding *g, enum style_role r, int size)
{
	const struct layout *l = g->card->layout;
	struct style *s = NEW(g->arena, struct style);
	*s = *(l->roles[r] ? l->roles[r] : l->roles[STYLE_BODY]);
	s->size = size;
	s->leading = size * LEADING / 100;
	s->colour = &g->palette->shade[SHADE_ON_PLATE];
	s->hyphenate = false;
	s->uppercase = false;
	return s;
}

static struct lines set(struct carding *g, struct str text, const struct style *style)
{
	struct span span = { .text = text,
			     .style = style,
			     .language = g->card->language,
			     .place = g->card->document->place };
	struct line_box box = { 0, g->measure };
	struct paragraph p = { .spans = &span,
			       .span_count = 1,
			       .boxes = &box,
			       .box_count = 1,
			       .align = TEXT_LEFT,
			       .balance = true };
	return paragraph_break(g->type, g->arena, &p, g->diags);
}

/* divided: words may be, which are too wide for a line. */
static bool fits(const struct lines *l, int leading, int room, bool divided)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->line[i].overfull || (l->line[i].hyphenated && !divided))
			return false;
	return (int64_t)l->count * leading <= room;
}

/* A short word left alone on its line: a size down, lines may fall better. */
static bool leaves_alone(const struct carding *g, const struct lines *l)
{
	for (size_t i = 0; l->count > 2 && i < l->count; i++)
		if (l->line[i].width < g->measure / 3)
			return true;
	return false;
}

/* Lines with the first baseline at y; where the last one's is. */
static int paint(struct carding *g, const struct lines *l, int leading, int y)
{
	for (size_t i = 0; i < l->count; i++)
		for (size_t r = 0; r < l->line[i].run_count; r++) {
			struct item *item = page_add(g->arena, g->page, ITEM_GLYPHS);
			item->artifact = ARTIFACT_LAYOUT;
			item->glyphs = l->line[i].runs[r].glyphs;
			item->glyphs.x += EDGE;
			item->glyphs.y += y + (int)i * leading;
		}
	return y + (l->count ? (int)(l->count - 1) * leading : 0);
}

static void fill(struct carding *g, struct rect r, enum shade shade)
{
	struct item *item = page_add(g->arena, g->page, ITEM_FILL);
	item->artifact = ARTIFACT_BACKGROUND;
	item->fill.rect = r;
	item->fill.colour = &g->palette->shade[shade];
}

/* Cropped to fill: of a tall picture the part above the middle, where heads are. */
static void put_picture(struct carding *g, const struct picture *p)
{
	struct rect frame = { PLATE, 0, WIDTH - PLATE, HEIGHT }, whole = frame;
	int64_t columns = picture_upright_columns(p), rows = picture_upright_rows(p);
	if (columns * frame.height > rows * frame.width) {
		whole.width = (int)(columns * frame.height / rows);
		whole.x -= (whole.width - frame.width) / 2;
	} else {
		whole.height = (int)(rows * frame.width / columns);
		whole.y -= (whole.height - frame.height) / 4;
	}
	struct item *item = page_add(g->arena, g->page, ITEM_PICTURE);
	item->artifact = ARTIFACT_BACKGROUND;
	item->picture.picture = p;
	item->picture.frame = frame;
	item->picture.whole = whole;
}

/* Up to so many bytes, whole characters, with an ellipsis where something is cut. */
static struct str shortened(struct carding *g, struct str text, size_t bytes)
{
	if (text.len <= bytes)
		return text;
	bytes = utf8_floor(text, bytes);
	size_t word = bytes;
	while (word > bytes / 2 && text.ptr[word] != ' ')
		word--;
	return str_join(g->arena, str_sub(text, 0, word > bytes / 2 ? word : bytes), STR("…"));
}

/* As large as it fits between top and foot. */
static void put_title(struct carding *g, int top, int room)
{
	static const int sizes[] = { 84, 74, 66, 58, 51, 45, 39, 34, 29 };
	enum { SIZES = sizeof sizes / sizeof *sizes, BALANCED = 4, LEAST_BYTES = 8 };
	struct str text = shortened(g, g->card->title, LONGEST_TITLE);
	for (size_t bytes = text.len;; bytes = bytes * 3 / 4) {
		for (size_t i = 0; i < SIZES; i++) {
			const struct style *s = style_like(g, STYLE_TITLE, sizes[i] * PX);
			struct lines l = set(g, shortened(g, text, bytes), s);
			bool last = i + 1 == SIZES && bytes <= LEAST_BYTES;
			if (!last && (!fits(&l, s->leading, room, i + 1 == SIZES) ||
				      (i < BALANCED && leaves_alone(g, &l))))
				continue;
			paint(g, &l, s->leading, top + type_metrics(g->type, s).cap_height);
			return;
		}
	}
}

/* "Głos Pacjenta · nr 1/2026", on one line. */
static void put_name(struct carding *g)
{
	const struct document *d = g->card->document;
	struct str language = d->publication->language;
	struct str name = d->publication->title;
	if (d->number.len)
		name = str_format(g->arena, "%.*s  ·  %.*s\u00a0%.*s", STR_ARG(name),
				  STR_ARG(word(WORD_ISSUE_SHORT, language)), STR_ARG(d->number));
	for (int size = NAME;; size -= PX) {
		const struct style *s = style_like(g, STYLE_MASTHEAD, size);
		struct lines l = set(g, name, s);
		if (l.count > 1 && size > NAME_LEAST)
			continue;
		if (l.count > 1)
			l.count = 1;
		paint(g, &l, s->leading, HEIGHT - EDGE);
		return;
	}
}

struct pages *compose_card(struct arena *a, const struct card *card, struct diags *d)
{
	struct palette *palette = NEW(a, struct palette);
	struct pages *pages = NEW(a, struct pages);
	const struct picture *p = card->picture;
	bool pictured = p && p->path.len && p->columns > 0 && p->rows > 0;
	palette_light(palette, card->layout);
	*pages = (struct pages){ .document = card->document,
				 .layout = card->layout,
				 .page = NEW(a, struct page),
				 .count = 1,
				 .capacity = 1 };
	struct carding g = { .arena = a,
			     .card = card,
			     .diags = d,
			     .type = type_open(card->layout, d),
			     .page = pages->page,
			     .palette = palette,
			     .measure = (pictured ? PLATE : WIDTH) - 2 * EDGE };
	fill(&g, (struct rect){ 0, 0, pictured ? PLATE : WIDTH, HEIGHT }, SHADE_PLATE);
	if (pictured)
		put_picture(&g, p);
	fill(&g, (struct rect){ EDGE, EDGE, BAR_WIDTH, BAR_HEIGHT }, SHADE_ON_PLATE);
	int top = EDGE + BAR_HEIGHT + 36 * PX, foot = HEIGHT - EDGE - NAME - 40 * PX;
	if (card->kicker.len) {
		const struct style *s = style_like(&g, STYLE_KICKER, KICKER);
		struct lines l = set(&g, shortened(&g, card->kicker, 60), s);
		int cap = type_metrics(g.type, s).cap_height;
		top = paint(&g, &l, s->leading, top + cap) + 30 * PX;
	}
	put_title(&g, top, foot - top);
	put_name(&g);
	type_close(g.type);
	return pages;
}
