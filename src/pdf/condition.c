#include "pdf/condition.h"

/* Profiles that do not name their characterisation, and those that do by it alone. Names
 * are compared without spaces and other signs. */
static const struct {
	struct str words, condition;
} known[] = {
	{ STR_INIT("psocoatedv3"), STR_INIT("FOGRA51") },
	{ STR_INIT("psouncoatedv3"), STR_INIT("FOGRA52") },
	{ STR_INIT("psouncoatediso12647"), STR_INIT("FOGRA47") },
	{ STR_INIT("psolwcimproved"), STR_INIT("FOGRA45") },
	{ STR_INIT("psolwcstandard"), STR_INIT("FOGRA46") },
	{ STR_INIT("psomfc"), STR_INIT("FOGRA41") },
	{ STR_INIT("psosnp"), STR_INIT("FOGRA42") },
	{ STR_INIT("scpaper"), STR_INIT("FOGRA40") },
	{ STR_INIT("ecicmyk"), STR_INIT("FOGRA53") },
	{ STR_INIT("isocoatedv2"), STR_INIT("FOGRA39") },
	{ STR_INIT("isocoated"), STR_INIT("FOGRA27") },
	{ STR_INIT("isowebcoated"), STR_INIT("FOGRA28") },
	{ STR_INIT("isouncoatedyellowish"), STR_INIT("FOGRA30") },
	{ STR_INIT("isouncoated"), STR_INIT("FOGRA29") },
	{ STR_INIT("newspaper26v5"), STR_INIT("IFRA26") },
	{ STR_INIT("gracol2006"), STR_INIT("CGATS TR 006") },
	{ STR_INIT("swop2006coated5"), STR_INIT("CGATS TR 005") },
	{ STR_INIT("swop2006coated3"), STR_INIT("CGATS TR 003") },
	{ STR_INIT("swop"), STR_INIT("CGATS TR 001") },
	{ STR_INIT("japancolor2001coated"), STR_INIT("JC200103") },
};

/* Letters and digits alone, small. */
static struct str folded(struct arena *a, struct str s)
{
	char *text = arena_alloc(a, s.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			text[len++] = c;
	}
	return (struct str){ text, len };
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "FOGRA39" out of "coatedfogra39liso126472". */
static struct str fogra_in(struct arena *a, struct str words)
{
	enum { NAME = 5, DIGITS = 2 };
	for (size_t at = str_find(words, STR("fogra"), 0); at < words.len;
	     at = str_find(words, STR("fogra"), at + 1)) {
		const char *digits = words.ptr + at + NAME;
		if (at + NAME + DIGITS <= words.len && is_digit(digits[0]) && is_digit(digits[1]))
			return str_format(a, "FOGRA%c%c", digits[0], digits[1]);
	}
	return STR("");
}

struct str condition_of(struct arena *a, struct str description, struct str measurements)
{
	struct str words = folded(a, description), own = fogra_in(a, words);
	for (size_t i = 0; !own.len && i < sizeof known / sizeof *known; i++)
		if (str_find(words, known[i].words, 0) < words.len)
			own = known[i].condition;
	return own.len ? own : fogra_in(a, folded(a, measurements));
}

/* A condition that could stand in the table; other names are the printer's own. */
static bool is_common(struct str name)
{
	static const struct str families[] = { STR_INIT("fogra"), STR_INIT("cgats"),
					       STR_INIT("ifra"), STR_INIT("jc20") };
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (str_starts(name, families[i]))
			return true;
	return false;
}

void condition_check(struct making *m, struct str description, struct str measurements)
{
	const struct layout *l = m->layout;
	struct str made_for = condition_of(m->arena, description, measurements);
	struct str asked = folded(m->arena, l->output_condition);
	/* Of a data set there are a large and a middle table: FOGRA39L is FOGRA39. */
	if (!made_for.len || !is_common(asked) || str_starts(asked, folded(m->arena, made_for)))
		return;
	diag_report_hint(m->diags, DIAG_PROFILE_CONDITION, l->condition_place,
			 str_format(m->arena, "write condition: %.*s, or name another profile",
				    STR_ARG(made_for)),
			 "%.*s, but %.*s (%.*s) is made for %.*s", STR_ARG(l->output_condition),
			 STR_ARG(l->profile), STR_ARG(description), STR_ARG(made_for));
}
