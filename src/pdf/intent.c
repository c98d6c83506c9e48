#include "pdf/intent.h"

#include "pdf/colour.h"

/* Characterisations that printers ask for by name, and what they stand for. */
struct condition {
	struct str name, words;
};

static const struct condition registered[] = {
	{ STR_INIT("FOGRA27"), STR_INIT("Coated FOGRA27 (ISO 12647-2:1996)") },
	{ STR_INIT("FOGRA29"), STR_INIT("Uncoated FOGRA29 (ISO 12647-2:1996)") },
	{ STR_INIT("FOGRA39"), STR_INIT("Coated FOGRA39 (ISO 12647-2:2004)") },
	{ STR_INIT("FOGRA45"), STR_INIT("LWC improved FOGRA45 (ISO 12647-2:2004)") },
	{ STR_INIT("FOGRA46"), STR_INIT("LWC standard FOGRA46 (ISO 12647-2:2004)") },
	{ STR_INIT("FOGRA47"), STR_INIT("Uncoated FOGRA47 (ISO 12647-2:2004)") },
	{ STR_INIT("FOGRA51"), STR_INIT("Coated FOGRA51 (ISO 12647-2:2013)") },
	{ STR_INIT("FOGRA52"), STR_INIT("Uncoated FOGRA52 (ISO 12647-2:2013)") },
};

static const struct condition *registered_as(struct str name)
{
	for (size_t i = 0; i < sizeof registered / sizeof *registered; i++)
		if (str_equal(registered[i].name, name))
			return &registered[i];
	return NULL;
}

struct str intent_words(struct str condition)
{
	const struct condition *known = registered_as(condition);
	return known ? known->words : STR("");
}

/* A condition the registry does not know is told in words, and claims no registry. */
static void put_press(struct buf *b, struct making *m)
{
	struct str name = m->layout->output_condition;
	const struct condition *known = registered_as(name);
	struct str words = known ? known->words : colours_description(m->colours, m->arena);
	if (!words.len)
		words = name.len ? name : STR("Custom");
	buf_put_c(b, "/OutputConditionIdentifier ");
	put_text(b, name.len ? name : STR("Custom"));
	buf_put_c(b, "\n/OutputCondition ");
	put_text(b, words);
	buf_put_c(b, " /Info ");
	put_text(b, words);
	if (known)
		buf_put_c(b, "\n/RegistryName (http://www.color.org)");
}

void intent_put(struct buf *b, struct making *m, bool screens)
{
	bool press = colours_profile(m->colours).len > 0;
	if (!press && !screens)
		return;
	buf_format(b, "/OutputIntents [<</Type /OutputIntent /S /GTS_PDF%s\n", press ? "X" : "A1");
	if (press)
		put_press(b, m);
	else
		buf_put_c(b, "/OutputConditionIdentifier (sRGB IEC61966-2.1)\n"
			     "/Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org)");
	buf_format(b, "\n/DestOutputProfile %d 0 R>>]\n",
		   colours_write_profile(m->colours, m->writer));
}
