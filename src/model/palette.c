#include "model/palette.h"

#include <stdio.h>

/* Contrasts in 1/100. AA is asked; body text gets AAA where it can. */
enum { AA = 450, AAA = 700, DARK_ACCENT = 600, STEPS = 50 };

static const struct colour black = { .rgb = { 0, 0, 0 } };
static const struct colour white = { .rgb = { 255, 255, 255 } };

/* Used where a layout lacks a colour. */
static const struct colour fallback_text = { .rgb = { 0x1a, 0x1a, 0x1a } };
static const struct colour fallback_accent = { .rgb = { 0x0f, 0x6b, 0x70 } };
static const struct colour fallback_warm = { .rgb = { 0xb3, 0x5a, 0x1f } };
static const struct colour fallback_tint = { .rgb = { 0xee, 0xf3, 0xf2 } };
static const struct colour fallback_paper = { .rgb = { 0xff, 0xff, 0xff } };

const struct shade_pair shade_pairs[SHADE_PAIRS] = {
	{ SHADE_TEXT, SHADE_PAPER }, { SHADE_TEXT, SHADE_TINT },    { SHADE_MUTED, SHADE_PAPER },
	{ SHADE_MUTED, SHADE_TINT }, { SHADE_ACCENT, SHADE_PAPER }, { SHADE_ACCENT, SHADE_TINT },
	{ SHADE_WARM, SHADE_PAPER }, { SHADE_WARM, SHADE_TINT },    { SHADE_ON_PLATE, SHADE_PLATE },
};

/* part of b, the rest of a; of whole. */
static struct colour mix(struct colour a, struct colour b, int part, int whole)
{
	struct colour c = a;
	for (int i = 0; i < 3; i++)
		c.rgb[i] =
			(unsigned char)((a.rgb[i] * (whole - part) + b.rgb[i] * part + whole / 2) /
					whole);
	return c;
}

/* c moved towards pole until it has the contrast on both grounds. */
static struct colour readable(struct colour c, struct colour pole, const struct colour *ground,
			      const struct colour *other, int contrast)
{
	for (int step = 0; step < STEPS; step++) {
		struct colour moved = mix(c, pole, step, STEPS);
		if (colour_contrast(&moved, ground) >= contrast &&
		    colour_contrast(&moved, other) >= contrast)
			return moved;
	}
	return pole;
}

static bool is_dark(const struct colour *c)
{
	return colour_contrast(c, &white) >= colour_contrast(c, &black);
}

/* Black or white, whichever stands out more from ground. */
static struct colour pole_of(const struct colour *ground)
{
	return is_dark(ground) ? white : black;
}

static struct colour chosen(const struct colour *of_layout, const struct colour *fallback)
{
	return of_layout ? *of_layout : *fallback;
}

/* What the designer chose for dark screens, else other. */
static struct colour at_night(const struct colour *of_layout, struct colour other)
{
	for (int i = 0; of_layout && of_layout->has_night && i < 3; i++)
		other.rgb[i] = of_layout->night[i];
	return other;
}

static void write_css(struct palette *p)
{
	for (int s = 0; s < SHADE_COUNT; s++) {
		const unsigned char *rgb = p->shade[s].rgb;
		snprintf(p->css[s], sizeof p->css[s], "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
	}
}

/* All that is text, from two grounds and the layout's wishes; accents get the
 * contrast asked for. */
static void fill(struct palette *p, struct colour paper, struct colour tint, struct colour text,
		 struct colour accent, struct colour warm, int accents)
{
	struct colour *s = p->shade, pole = pole_of(&paper);
	s[SHADE_PAPER] = paper;
	s[SHADE_TINT] = tint;
	s[SHADE_TEXT] = readable(text, pole, &paper, &tint, AAA);
	s[SHADE_MUTED] = readable(mix(s[SHADE_TEXT], paper, 35, 100), pole, &paper, &tint, AA);
	s[SHADE_ACCENT] = readable(accent, pole, &paper, &tint, accents);
	s[SHADE_WARM] = readable(warm, pole, &paper, &tint, accents);
	s[SHADE_RULE] = mix(paper, s[SHADE_TEXT], 16, 100);
	write_css(p);
}

void palette_light(struct palette *p, const struct layout *l)
{
	*p = (struct palette){ 0 };
	struct colour paper = chosen(l->paper, &fallback_paper);
	fill(p, paper, chosen(l->tint, &fallback_tint), chosen(l->text, &fallback_text),
	     chosen(l->accent, &fallback_accent), chosen(l->warm, &fallback_warm), AA);
	p->shade[SHADE_PLATE] = p->shade[SHADE_ACCENT];
	/* The accent was made readable on paper, so paper is readable on the accent. */
	p->shade[SHADE_ON_PLATE] = paper;
	write_css(p);
}

void palette_dark(struct palette *p, const struct layout *l)
{
	*p = (struct palette){ 0 };
	struct colour accent = chosen(l->accent, &fallback_accent);
	/* Not black: a breath of the accent keeps the family likeness and spares
	 * eyes the glare of white on black. */
	struct colour night = { .rgb = { 0x12, 0x14, 0x16 } };
	struct colour paper = at_night(l->paper, mix(night, accent, 6, 100));
	struct colour tint = at_night(l->tint, mix(mix(paper, white, 6, 100), accent, 6, 100));
	fill(p, paper, tint, mix(white, paper, 10, 100), accent, chosen(l->warm, &fallback_warm),
	     DARK_ACCENT);
	p->shade[SHADE_TEXT] = at_night(l->text, p->shade[SHADE_TEXT]);
	p->shade[SHADE_ACCENT] = at_night(l->accent, p->shade[SHADE_ACCENT]);
	p->shade[SHADE_WARM] = at_night(l->warm, p->shade[SHADE_WARM]);
	/* The plate keeps its hue, but does not shine. */
	p->shade[SHADE_ON_PLATE] = white;
	p->shade[SHADE_PLATE] = readable(mix(accent, black, 30, 100), black, &white, &white, AAA);
	write_css(p);
}

struct str shade_name(enum shade s)
{
	static const struct str names[] = {
#define SHADE(name, text) STR_INIT(text),
		SHADES(SHADE)
#undef SHADE
	};
	return names[s];
}

struct str palette_css(const struct palette *p, enum shade s)
{
	return (struct str){ p->css[s], 7 };
}
