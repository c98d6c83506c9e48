#include "compose/composer.h"

#include "compose/ahead.h"

void composer_forget_drafts(struct composer *c)
{
	ahead_forget_drafts(c);
	composer_turn_drafts(c);
	arena_reset(c->drafts_next);
}

void composer_turn_drafts(struct composer *c)
{
	struct arena *drafts = c->drafts;
	c->drafts = c->drafts_next;
	c->drafts_next = drafts;
}

int composer_target(struct composer *c, struct target t)
{
	PUSH(c->arena, c->targets, c->target_count, c->target_capacity, t);
	return (int)c->target_count * TAG_TARGET;
}

const struct target *composer_target_of(const struct composer *c, int tag)
{
	size_t n = (size_t)(tag / TAG_TARGET);
	return n >= 1 && n <= c->target_count ? &c->targets[n - 1] : NULL;
}

const struct style *composer_style(const struct composer *c, const struct template *t,
				   enum style_role r)
{
	if (t && t->styles[r])
		return t->styles[r];
	return c->layout->roles[r] ? c->layout->roles[r] : c->layout->roles[STYLE_BODY];
}

const struct template *composer_template(const struct composer *c, const struct article *a)
{
	const struct template *t = layout_template(c->layout, a->template);
	if (a == c->doc->imprint && (!t || t == c->layout->fallback_template)) {
		const struct template *imprint = layout_template(c->layout, STR("imprint"));
		t = imprint ? imprint : t;
	}
	return t ? t : c->layout->fallback_template;
}

bool composer_shows(const struct composer *c, const struct article *a)
{
	return article_shows(a, c->layout->edition, STR(""));
}

int grid_up(const struct layout *l, int height)
{
	int b = l->grid.baseline;
	return height <= 0 ? 0 : (height + b - 1) / b * b;
}
