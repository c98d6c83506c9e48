/* Colours of web and e-mail: whether words can be told from their ground, in light
 * and dark (WCAG 2.2, 1.4.3). Shades that are ours are made to; a designer's own for
 * dark screens, or two grounds that no letter suits, need not. */
#include "source/layout_reader.h"

#include "model/palette.h"

enum { AA = 450 };

/* The designer's colour behind a shade, or NULL. */
static const struct colour *origin(const struct layout *l, enum shade s)
{
	const struct colour *of[SHADE_COUNT] = {
		[SHADE_PAPER] = l->paper,  [SHADE_TINT] = l->tint,      [SHADE_TEXT] = l->text,
		[SHADE_MUTED] = l->text,   [SHADE_ACCENT] = l->accent,  [SHADE_WARM] = l->warm,
		[SHADE_PLATE] = l->accent, [SHADE_ON_PLATE] = l->paper,
	};
	return of[s];
}

static void judge(struct layout_reader *lr, const struct palette *p, const char *scheme)
{
	for (int i = 0; i < SHADE_PAIRS; i++) {
		enum shade ink = shade_pairs[i].ink, ground = shade_pairs[i].ground;
		int contrast = colour_contrast(&p->shade[ink], &p->shade[ground]);
		if (contrast >= AA)
			continue;
		const struct colour *c = origin(lr->layout, ink);
		diag_report_hint(lr->reader->diags, DIAG_CONTRAST,
				 c ? c->place : (struct place){ 0 },
				 STR("words on screens need 4.5:1 against paper and tint"),
				 "%.*s on %.*s, %s screens: %d.%02d:1", STR_ARG(shade_name(ink)),
				 STR_ARG(shade_name(ground)), scheme, contrast / 100,
				 contrast % 100);
	}
}

void screen_colours_judge(struct layout_reader *lr)
{
	struct palette light, dark;
	palette_light(&light, lr->layout);
	palette_dark(&dark, lr->layout);
	judge(lr, &light, "light");
	judge(lr, &dark, "dark");
}
