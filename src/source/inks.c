/* Inks of their own that colours name. Every colour of an ink says how much of it;
 * what stands for the full ink is said once, by the first. */
#include "source/layout_reader.h"

#include "base/unit.h"

/* Names that mean something else in a Separation (ISO 32000-1, 8.6.6.4). */
static bool is_process(struct str name)
{
	static const struct str names[] = { STR_INIT("All"),    STR_INIT("None"),
					    STR_INIT("Cyan"),   STR_INIT("Magenta"),
					    STR_INIT("Yellow"), STR_INIT("Black") };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal_nocase(names[i], name))
			return true;
	return false;
}

static void wrong(struct layout_reader *lr, const struct yaml *colour, const char *key,
		  const char *hint, struct str value)
{
	diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, keys_place(colour, key),
			 str_from(hint), "%s%s%.*s", key, value.len ? ": " : "", STR_ARG(value));
}

static struct ink *ink_named(struct layout *l, struct str name)
{
	for (size_t i = 0; i < l->spot_count; i++)
		if (str_equal(l->spots[i].name, name))
			return &l->spots[i];
	return NULL;
}

/* Hundredths of a percent would be lost on any press. */
static int tint_read(struct layout_reader *lr, const struct yaml *colour)
{
	struct str text;
	int thousandths;
	if (!keys_text(lr->reader, colour, "tint", &text))
		return 1000;
	if (unit_parse(text, &thousandths) && thousandths >= 0 && thousandths <= 100000)
		return thousandths / 100;
	wrong(lr, colour, "tint", "write a number from 0 to 100", text);
	return 1000;
}

bool ink_read(struct layout_reader *lr, const struct yaml *colour, bool has_cmyk, struct colour *c)
{
	enum { NAME_MOST = 100 }; /* 127 bytes (ISO 32000-1, annex C.2), some escaped */
	struct layout *l = lr->layout;
	struct str name = { "", 0 };
	if (!keys_text(lr->reader, colour, "spot", &name)) {
		if (yaml_find(colour, STR("tint")))
			wrong(lr, colour, "tint", "a tint is of an ink: add spot: NAME", STR(""));
		return false;
	}
	name = str_trim(name);
	if (!name.len || name.len > NAME_MOST || is_process(name)) {
		wrong(lr, colour, "spot", "write the name of an ink, as \"PANTONE 300 C\"", name);
		return false;
	}
	c->tint = tint_read(lr, colour);
	struct ink *ink = ink_named(l, name);
	if (!ink && !has_cmyk)
		return false; /* told as a missing cmyk */
	if (!ink) {
		ink = &l->spots[l->spot_count++];
		ink->name = name;
		memcpy(ink->cmyk, c->cmyk, sizeof ink->cmyk);
	} else if (has_cmyk && memcmp(ink->cmyk, c->cmyk, sizeof ink->cmyk) != 0) {
		wrong(lr, colour, "cmyk",
		      "say once what stands for the full ink; of a tint say tint: 20", name);
	}
	c->spot = ink;
	for (int i = 0; i < 4; i++)
		c->cmyk[i] = unit_scale(ink->cmyk[i], c->tint, 1000);
	return true;
}
