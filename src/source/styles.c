/* Styles: each is its base with its own keys laid over it; and the roles they
 * play, each with another role to stand in for it. */
#include "source/layout_reader.h"
#include "source/nearest.h"

enum { BASED_ON_MAX = 64, LETTER_LEAST = 2 * PT };

/* Who plays a role that the layout has no style for; body plays itself. */
static const enum style_role stand_ins[STYLE_ROLE_COUNT] = {
	[STYLE_BODY_FIRST] = STYLE_BODY,
	[STYLE_LEAD] = STYLE_BODY,
	[STYLE_KICKER] = STYLE_BODY,
	[STYLE_TITLE] = STYLE_BODY,
	[STYLE_BYLINE] = STYLE_BODY,
	[STYLE_HEADING2] = STYLE_BODY,
	[STYLE_HEADING3] = STYLE_HEADING2,
	[STYLE_HEADING4] = STYLE_HEADING3,
	[STYLE_DROP_CAP] = STYLE_BODY,
	[STYLE_LIST] = STYLE_BODY,
	[STYLE_QUOTE] = STYLE_BODY,
	[STYLE_PULLQUOTE] = STYLE_LEAD,
	[STYLE_CAPTION] = STYLE_BODY,
	[STYLE_CREDIT] = STYLE_CAPTION,
	[STYLE_BOX_TITLE] = STYLE_HEADING2,
	[STYLE_BOX] = STYLE_BODY,
	[STYLE_QUESTION] = STYLE_HEADING3,
	[STYLE_ANSWER] = STYLE_BODY,
	[STYLE_TABLE_HEAD] = STYLE_TABLE,
	[STYLE_TABLE] = STYLE_BODY,
	[STYLE_NOTE] = STYLE_CAPTION,
	[STYLE_CODE] = STYLE_BODY,
	[STYLE_BUTTON] = STYLE_BODY,
	[STYLE_CONTACT] = STYLE_BODY,
	[STYLE_CONTACT_NAME] = STYLE_HEADING3,
	[STYLE_FOLIO] = STYLE_CAPTION,
	[STYLE_RUNNING_HEAD] = STYLE_FOLIO,
	[STYLE_CONTENTS_HEAD] = STYLE_TITLE,
	[STYLE_CONTENTS_SECTION] = STYLE_KICKER,
	[STYLE_CONTENTS_NUMBER] = STYLE_CONTENTS_TITLE,
	[STYLE_CONTENTS_TITLE] = STYLE_BODY,
	[STYLE_STORY_TITLE] = STYLE_HEADING2,
	[STYLE_STORY_LEAD] = STYLE_LEAD,
	[STYLE_STORY_NUMBER] = STYLE_CONTENTS_NUMBER,
	[STYLE_MASTHEAD] = STYLE_TITLE,
	[STYLE_MASTHEAD_SECOND] = STYLE_MASTHEAD,
	[STYLE_ISSUE] = STYLE_FOLIO,
	[STYLE_COVER_TITLE] = STYLE_TITLE,
	[STYLE_COVER_LEAD] = STYLE_LEAD,
	[STYLE_COVER_TITLE_PLAIN] = STYLE_COVER_TITLE,
	[STYLE_COVER_LEAD_PLAIN] = STYLE_COVER_LEAD,
	[STYLE_TEASER] = STYLE_BODY,
	[STYLE_NUMBER] = STYLE_TITLE,
	[STYLE_CONTACT_PHONE] = STYLE_CONTACT,
	[STYLE_PUBLISHER] = STYLE_CONTACT_NAME,
	[STYLE_ADDRESS] = STYLE_CONTACT,
	[STYLE_JUMP] = STYLE_CAPTION,
	[STYLE_JUMP_TITLE] = STYLE_HEADING2,
};

static const struct str known[] = {
	STR_INIT("based_on"),  STR_INIT("family"),      STR_INIT("weight"),
	STR_INIT("italic"),    STR_INIT("size"),        STR_INIT("leading"),
	STR_INIT("tracking"),  STR_INIT("colour"),      STR_INIT("background"),
	STR_INIT("rule"),      STR_INIT("rule_weight"), STR_INIT("align"),
	STR_INIT("figures"),   STR_INIT("small_caps"),  STR_INIT("uppercase"),
	STR_INIT("hyphenate"), STR_INIT("indent"),      STR_INIT("left"),
	STR_INIT("right"),     STR_INIT("before"),      STR_INIT("after"),
	STR_INIT("keep_next"), STR_INIT("steps"),
};

static void colour_key(struct layout_reader *lr, const struct yaml *v, const char *key,
		       const struct colour **value)
{
	const struct colour *c = colour_from_keys(lr, v, key);
	if (c)
		*value = c;
}

/* What the page leaves for text: no letter or space can be larger. */
static int text_width(const struct layout_reader *lr)
{
	const struct grid *g = &lr->layout->grid;
	return g->width - g->inner - g->outer;
}

static int text_height(const struct layout_reader *lr)
{
	const struct grid *g = &lr->layout->grid;
	return g->height - g->top - g->bottom;
}

/* Each smaller than the one before it. */
static void steps_read(struct layout_reader *lr, const struct yaml *v, struct style *s)
{
	const struct yaml *steps = keys_list(lr->reader, v, "steps");
	int last = s->size, size = 0;
	s->step_count = 0;
	for (const struct yaml *item = steps ? steps->first : NULL; item; item = item->next) {
		if (!keys_item_length_in(lr->reader, item, "steps", LETTER_LEAST, text_height(lr),
					 &size))
			return;
		bool many = s->step_count == STYLE_STEPS_MAX;
		if (many || size >= last) {
			diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, item->place,
					 many ? STR("four steps at most")
					      : STR("each step is smaller than the one before, and "
						    "the first than size"),
					 "steps");
			return;
		}
		s->steps[s->step_count++] = last = size;
	}
}

static void letters_read(struct layout_reader *lr, const struct yaml *v, struct style *s)
{
	enum { RULE_MOST = 72 * PT };
	struct reader *r = lr->reader;
	struct str family;
	int most = text_height(lr);
	if (keys_text(r, v, "family", &family))
		s->family = family_find(lr, family, keys_place(v, "family"));
	keys_int(r, v, "weight", 1, 1000, &s->weight);
	keys_bool(r, v, "italic", &s->italic);
	keys_length_in(r, v, "size", LETTER_LEAST, most, &s->size);
	keys_length_in(r, v, "leading", LETTER_LEAST, most, &s->leading);
	steps_read(lr, v, s);
	keys_int(r, v, "tracking", -100, 1000, &s->tracking);
	keys_bool(r, v, "small_caps", &s->small_caps);
	keys_bool(r, v, "uppercase", &s->uppercase);
	colour_key(lr, v, "colour", &s->colour);
	colour_key(lr, v, "background", &s->background);
	colour_key(lr, v, "rule", &s->rule);
	keys_length_in(r, v, "rule_weight", 0, RULE_MOST, &s->rule_weight);
}

static void paragraph_read(struct layout_reader *lr, const struct yaml *v, struct style *s)
{
	static const struct str aligns[] = { STR_INIT("left"), STR_INIT("justified"),
					     STR_INIT("centred"), STR_INIT("right") };
	static const struct str figures[] = { STR_INIT("lining"), STR_INIT("old"),
					      STR_INIT("tabular") };
	struct reader *r = lr->reader;
	int align = (int)s->align, figure = (int)s->figures;
	int width = text_width(lr), height = text_height(lr);
	keys_choice(r, v, "align", aligns, 4, &align);
	keys_choice(r, v, "figures", figures, 3, &figure);
	s->align = (enum text_align)align;
	s->figures = (enum figure_style)figure;
	keys_bool(r, v, "hyphenate", &s->hyphenate);
	keys_bool(r, v, "keep_next", &s->keep_next);
	keys_length_in(r, v, "left", 0, width, &s->left);
	keys_length_in(r, v, "right", 0, width, &s->right);
	/* The first line may hang out of its block, but not out of its frame. */
	keys_length_in(r, v, "indent", -s->left, width / 2, &s->indent);
	keys_length_in(r, v, "before", 0, height, &s->before);
	keys_length_in(r, v, "after", 0, height, &s->after);
}

/* Without the style's name: what is wrong stands at place, and is told once to
 * all the styles that are based on it. */
static void style_wrong(struct layout_reader *lr, const struct yaml *v, const char *key,
			const char *hint)
{
	diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, keys_place(v, key), str_from(hint),
			 "%s", key);
}

/* Values that are right alone and wrong together. */
static void sizes_check(struct layout_reader *lr, const struct yaml *v, const struct style *s)
{
	enum { MEASURE_LEAST = 20 * PT };
	if (s->leading < s->size / 2)
		style_wrong(lr, v, yaml_find(v, STR("leading")) ? "leading" : "size",
			    "lines would stand on one another: leading is half of size at least");
	if (s->left + s->right > text_width(lr) - MEASURE_LEAST)
		style_wrong(lr, v, s->left > s->right ? "left" : "right",
			    "left and right leave no room for words between the margins");
}

/* chain: BASED_ON_MAX entries. The hint names the styles from one to the same. */
static void report_loop(struct layout_reader *lr, const struct yaml *const *chain)
{
	struct buf hint;
	buf_init(&hint, 4096);
	buf_put(&hint, chain[0]->key);
	for (size_t i = 1; i < BASED_ON_MAX; i++) {
		buf_format(&hint, " is based on %.*s", STR_ARG(chain[i]->key));
		bool seen = false;
		for (size_t k = 0; k < i && !seen; k++)
			seen = chain[k] == chain[i];
		if (seen)
			break;
		buf_format(&hint, ", which");
	}
	diag_report_hint(lr->reader->diags, DIAG_LAYOUT_LOOP, keys_place(chain[0], "based_on"),
			 buf_str(&hint), "%.*s", STR_ARG(chain[0]->key));
	buf_release(&hint);
}

/* The style's own entry and those it is based on, outermost last. */
static size_t chain_of(struct layout_reader *lr, const struct yaml *styles, const struct yaml *v,
		       const struct yaml *chain[BASED_ON_MAX])
{
	size_t count = 0;
	const struct yaml *first = v;
	while (v) {
		struct str base;
		if (count == BASED_ON_MAX) {
			report_loop(lr, chain);
			return 1;
		}
		chain[count++] = v;
		/* Bases are checked when it is their turn. */
		if (v->kind != YAML_TABLE || !keys_text(lr->reader, v, "based_on", &base))
			break;
		const struct yaml *next = yaml_find(styles, base);
		if (!next && v == first) {
			struct str *names = NEW_ARRAY(lr->reader->arena, struct str, styles->count);
			size_t n = 0;
			for (const struct yaml *s = styles->first; s; s = s->next)
				names[n++] = s->key;
			diag_report_hint(lr->reader->diags, DIAG_STYLE_UNKNOWN,
					 keys_place(v, "based_on"),
					 did_you_mean_or_list(lr->reader->arena, names, n, base),
					 "%.*s", STR_ARG(base));
		}
		v = next;
	}
	return count;
}

static void report_lacking(struct layout_reader *lr, const struct yaml *v, const char *key)
{
	diag_report_hint(lr->reader->diags, DIAG_KEY_MISSING, v->place,
			 str_format(lr->reader->arena,
				    "add %s:, or base the style on one that has it", key),
			 "%s", key);
}

static void style_read(struct layout_reader *lr, const struct yaml *styles, const struct yaml *v,
		       struct style *s)
{
	const struct yaml *chain[BASED_ON_MAX];
	struct layout *l = lr->layout;
	*s = (struct style){
		.name = v->key, .weight = 400, .colour = l->text, .place = v->key_place
	};
	s->colour_place = yaml_find(v, STR("colour")) ? keys_place(v, "colour") : s->place;
	if (v->kind != YAML_TABLE) {
		keys_wrong_type(lr->reader, v, "a table of keys");
		return;
	}
	KEYS_KNOWN(lr->reader, v, known);
	const struct yaml *merged = NULL;
	for (size_t n = chain_of(lr, styles, v, chain); n-- > 0;)
		merged = yaml_merge(lr->reader->arena, merged, chain[n]);
	size_t before = diags_trouble(lr->reader->diags);
	letters_read(lr, merged, s);
	paragraph_read(lr, merged, s);
	if (s->leading == 0)
		s->leading = unit_scale(s->size, 135, 100);
	if (!s->family && l->fallback_count)
		s->family = l->fallbacks[0];
	if (before != diags_trouble(lr->reader->diags))
		return;
	if (s->size == 0)
		report_lacking(lr, v, "size");
	else
		sizes_check(lr, merged, s);
	if (!s->family)
		report_lacking(lr, v, "family");
}

const struct style *role_style(const struct layout *l, const struct style *const *chosen,
			       enum style_role role)
{
	for (;;) {
		const struct style *s = chosen ? chosen[role] : NULL;
		if (!s)
			s = layout_style(l, style_role_name(role));
		if (s || role == STYLE_BODY || role == STYLE_LIST_NUMBER || role == STYLE_SPINE)
			return s;
		role = stand_ins[role];
	}
}

/* Faces get their numbers in the order in which styles call them. */
static void faces_collect(struct layout_reader *lr)
{
	struct layout *l = lr->layout;
	size_t count = 0;
	for (size_t i = 0; i < map_count(lr->families); i++)
		count += ((const struct family *)map_at(lr->families, i)->value)->face_count;
	l->faces = NEW_ARRAY(lr->reader->arena, struct face, count + 1);
	l->families = NEW_ARRAY(lr->reader->arena, struct family, map_count(lr->families) + 1);
	for (size_t i = 0; i < map_count(lr->families); i++) {
		struct family *f = map_at(lr->families, i)->value;
		for (size_t k = 0; k < f->face_count; k++) {
			struct face *face = &l->faces[l->face_count];
			*face = *f->faces[k];
			face->number = (int)l->face_count++;
			f->faces[k] = face;
		}
		l->families[l->family_count++] = *f;
	}
}

/* Styles were given the families as they were found; now they have places. */
static const struct family *family_settled(const struct layout *l, const struct family *f)
{
	for (size_t i = 0; f && i < l->family_count; i++)
		if (str_equal(l->families[i].name, f->name))
			return &l->families[i];
	return NULL;
}

void styles_read(struct layout_reader *lr)
{
	struct layout *l = lr->layout;
	keys_require(lr->reader, lr->root, "styles");
	const struct yaml *styles = keys_table(lr->reader, lr->root, "styles");
	if (!styles)
		return;
	l->styles = NEW_ARRAY(lr->reader->arena, struct style, styles->count + 1);
	for (const struct yaml *v = styles->first; v; v = v->next)
		style_read(lr, styles, v, &l->styles[l->style_count++]);
	keys_require(lr->reader, styles, "body");
	faces_collect(lr);
	for (size_t i = 0; i < l->style_count; i++)
		l->styles[i].family = family_settled(l, l->styles[i].family);
	for (size_t i = 0; i < l->fallback_count; i++)
		l->fallbacks[i] = family_settled(l, l->fallbacks[i]);
	for (int role = 0; role < STYLE_ROLE_COUNT; role++)
		l->roles[role] = role_style(l, NULL, (enum style_role)role);
}
