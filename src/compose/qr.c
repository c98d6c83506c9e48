#include "compose/qr.h"

#include "compose/setting.h"

#include <qrencode.h>

enum {
	QUIET = 4, /* light modules around the code (ISO/IEC 18004, 6.3.8) */
	MODULE_LEAST = 1134, /* 0.4 mm: below, telephones fail on printed paper */
	MODULE_USUAL = 1417, /* 0.5 mm */
	GAP = 12 * PT, /* more than the quiet zone */
	WORDS_LEAST = 60 * PT, /* narrower, words go below the code */
};

/* Black alone: several inks that do not lie upon one another blur its edges. */
static const struct colour black = { .name = STR_INIT("code"), .cmyk = { 0, 0, 0, 1000 } };

const struct qr *qr_encode(struct arena *a, struct str text)
{
	if (!text.len)
		return NULL;
	/* Level M: 15 % of a code may be unreadable, as on folded paper. */
	QRcode *code = QRcode_encodeString(str_c(a, text), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!code)
		return NULL;
	struct qr *q = NEW(a, struct qr);
	size_t count = (size_t)code->width * (size_t)code->width;
	unsigned char *dark = arena_alloc(a, count);
	for (size_t i = 0; i < count; i++)
		dark[i] = code->data[i] & 1; /* the other bits say what a module is for */
	q->side = code->width;
	q->dark = dark;
	QRcode_free(code);
	return q;
}

/* Dark modules of a row that touch are one rectangle. */
static void put_modules(struct composer *c, struct box *box, const struct qr *q, int module, int y)
{
	struct shape_part *parts = NULL;
	size_t count = 0, capacity = 0;
	for (int row = 0; row < q->side; row++) {
		const unsigned char *dark = q->dark + row * q->side;
		for (int from = 0, to; from < q->side; from = to) {
			to = from + 1;
			if (!dark[from])
				continue;
			while (to < q->side && dark[to])
				to++;
			struct shape_part part = {
				{ from * module, row * module, (to - from) * module, module }, false
			};
			PUSH(c->arena, parts, count, capacity, part);
		}
	}
	struct item *i = box_item(c->drafts, box, ITEM_SHAPE);
	i->artifact = ARTIFACT_LAYOUT;
	i->shape.y = y;
	i->shape.parts = parts;
	i->shape.count = count;
	i->shape.colour = &black;
}

/* The code on its own paper, as its quiet zone must be light on a tint, too. What is
 * seen of it stands at the column's edge and ends where its box does; the zone is what
 * margins and spaces are anyhow. */
static void put_code(struct composer *c, struct box *box, const struct qr *q, int module, int y)
{
	int size = (q->side + 2 * QUIET) * module, quiet = QUIET * module;
	box_fill(c->drafts, box, (struct rect){ -quiet, y - quiet, size, size }, c->layout->paper,
		 NULL);
	put_modules(c, box, q, module, y);
}

/* As large as usual, else as small as need be; 0: wider than the room even so. */
static int module_for(const struct qr *q, int room)
{
	int modules = q->side + 2 * QUIET;
	int fits = room / modules < MODULE_USUAL ? room / modules : MODULE_USUAL;
	return fits < MODULE_LEAST ? 0 : fits;
}

static struct boxes set_words(struct composer *c, struct block *b, int width, int max_height)
{
	struct boxes words = blocks_set(c, b->inner, b->inner_count, width, max_height);
	for (size_t i = 0; i < words.count; i++)
		words.box[i].snap = false;
	if (words.count)
		words.box[0].before = words.box[words.count - 1].after = 0;
	return words;
}

void set_qr(struct composer *c, struct block *b, int width, int max_height, struct boxes *out)
{
	int room = width < max_height ? width : max_height;
	int module = b->qr ? module_for(b->qr, room) : 0;
	if (!module) {
		diag_report_hint(c->diags, DIAG_CODE_LARGE, b->place,
				 STR("a shorter address makes a smaller code"), "%s", "qr");
		*out = blocks_set(c, b->inner, b->inner_count, width, max_height);
		return;
	}
	int size = b->qr->side * module, quiet = QUIET * module;
	bool beside = width - size - GAP >= WORDS_LEAST;
	struct boxes words = set_words(c, b, beside ? width - size - GAP : width, max_height);
	int own = boxes_height(words.box, words.count);
	int below = size + quiet; /* where words begin that find no room beside */
	int height = !beside ? below + own : own > size ? own : size;
	struct box *box = boxes_add(c->drafts, out);
	box->place = b->place;
	box->height = height;
	box->snap = true;
	put_code(c, box, b->qr, module, beside ? (height - size) / 2 : 0);
	box_stack(c, box, words.box, words.count, beside ? size + GAP : 0,
		  beside ? (height - own) / 2 : below);
}
