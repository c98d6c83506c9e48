/* The palette: the layout's five colours made fit for screens, in light and dark.
 *
 * A designer picks colours for ink; on a screen text must be told from its
 * ground (WCAG 2.2, 1.4.3: 4.5:1). Each colour of text here is the layout's,
 * moved towards black or white just as far as every ground it stands on needs. What
 * the designer chose for dark screens is left as it is: source/ judges the pairs. */
#ifndef MODEL_PALETTE_H
#define MODEL_PALETTE_H

#include "model/layout.h"

/* clang-format off */
#define SHADES(X)                                                                                  \
	X(PAPER, "paper")       /* the ground */                                                   \
	X(TINT, "tint")         /* the ground of boxes and of what surrounds the page */           \
	X(TEXT, "text")                                                                            \
	X(MUTED, "muted")       /* captions, dates */                                              \
	X(ACCENT, "accent")     /* links, kickers: text on paper and tint */                       \
	X(WARM, "warm")         /* the second accent, as text */                                   \
	X(RULE, "rule")         /* hairlines; carries no meaning, so no contrast is asked */       \
	X(PLATE, "plate")       /* the ground of masthead and buttons */                           \
	X(ON_PLATE, "on-plate") /* text on it */

enum shade {
#define SHADE(name, text) SHADE_##name,
	SHADES(SHADE)
#undef SHADE
	SHADE_COUNT
};
/* clang-format on */

struct palette {
	struct colour shade[SHADE_COUNT];
	char css[SHADE_COUNT][8]; /* "#0f6b70" */
};

/* Words and the ground they stand on: each pair in use. */
struct shade_pair {
	enum shade ink, ground;
};
enum { SHADE_PAIRS = 9 };
extern const struct shade_pair shade_pairs[SHADE_PAIRS];

void palette_light(struct palette *p, const struct layout *l);
void palette_dark(struct palette *p, const struct layout *l);

/* "paper", "tint", … */
struct str shade_name(enum shade s);
/* "#0f6b70", as long as p lives. */
struct str palette_css(const struct palette *p, enum shade s);

#endif
