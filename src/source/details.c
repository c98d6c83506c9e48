/* Details: the small things that look alike on all pages. */
#include "source/layout_reader.h"

enum { BULLET_MAX = 8 }; /* bytes; a bullet is a sign, not a sentence */

static void bullet_read(struct layout_reader *lr, const struct yaml *v, struct details *d)
{
	struct str bullet;
	if (!keys_text(lr->reader, v, "bullet", &bullet))
		return;
	if (bullet.len >= 1 && bullet.len <= BULLET_MAX) {
		d->bullet = bullet;
		return;
	}
	diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, keys_place(v, "bullet"),
			 STR("write one sign, \"•\" or \"–\""), "bullet: %.*s", STR_ARG(bullet));
}

static void folio_read(struct layout_reader *lr, const struct yaml *v, struct details *d)
{
	static const struct {
		struct str name;
		enum folio_part part;
	} parts[] = { { STR_INIT("number"), FOLIO_NUMBER },
		      { STR_INIT("title"), FOLIO_TITLE },
		      { STR_INIT("issue"), FOLIO_ISSUE } };
	if (!yaml_find(v, STR("folio")))
		return;
	size_t count;
	const struct str *names = keys_texts(lr->reader, v, "folio", &count);
	d->folio = 0;
	for (size_t i = 0; i < count; i++) {
		unsigned part = 0;
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
			if (str_equal(parts[k].name, names[i]))
				part = parts[k].part;
		if (!part)
			diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID,
					 keys_place(v, "folio"), STR("it has number, title, issue"),
					 "folio: %.*s", STR_ARG(names[i]));
		d->folio |= part;
	}
}

void details_read(struct layout_reader *lr)
{
	static const struct str known[] = {
		STR_INIT("bullet"),         STR_INIT("bullet_hang"), STR_INIT("number_gap"),
		STR_INIT("strong_weight"),  STR_INIT("note_size"),   STR_INIT("note_rise"),
		STR_INIT("initial_gap"),    STR_INIT("caption_gap"), STR_INIT("head_gap"),
		STR_INIT("masthead_lines"), STR_INIT("head_line"),   STR_INIT("foot_line"),
		STR_INIT("folio"),          STR_INIT("spine"),       STR_INIT("head_names"),
		STR_INIT("picture_least"),
	};
	static const struct str directions[] = { STR_INIT("down"), STR_INIT("up") };
	static const struct str named[] = { STR_INIT("section"), STR_INIT("article") };
	enum { CAPTION_MOST = 72 * PT };
	struct reader *r = lr->reader;
	const struct grid *g = &lr->layout->grid;
	struct details *d = &lr->layout->details;
	*d = details_usual(g);
	const struct yaml *v = keys_table(r, lr->root, "details");
	if (!v)
		return;
	KEYS_KNOWN(r, v, known);
	bullet_read(lr, v, d);
	keys_int(r, v, "bullet_hang", 0, 5000, &d->bullet_hang);
	keys_int(r, v, "number_gap", 0, 5000, &d->number_gap);
	keys_int(r, v, "strong_weight", 1, 1000, &d->strong_weight);
	keys_int(r, v, "note_size", 300, 1000, &d->note_size);
	keys_int(r, v, "note_rise", 0, 1000, &d->note_rise);
	keys_int(r, v, "initial_gap", 0, 2000, &d->initial_gap);
	keys_length_in(r, v, "caption_gap", 0, CAPTION_MOST, &d->caption_gap);
	keys_length_in(r, v, "head_gap", 0, g->height - g->top - g->bottom, &d->head_gap);
	keys_int(r, v, "picture_least", 500, 1000, &d->picture_least);
	keys_int(r, v, "masthead_lines", 1, 2, &d->masthead_lines);
	keys_length_in(r, v, "head_line", 0, g->top, &d->head_line);
	keys_length_in(r, v, "foot_line", 0, g->bottom, &d->foot_line);
	int direction = d->spine_up;
	keys_choice(r, v, "spine", directions, 2, &direction);
	d->spine_up = direction == 1;
	int name = d->head_names_article;
	keys_choice(r, v, "head_names", named, 2, &name);
	d->head_names_article = name == 1;
	folio_read(lr, v, d);
}
