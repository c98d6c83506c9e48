/* Names of a layout that nobody calls, and changes of an edition that change
 * nothing: typing errors that would otherwise show on the page alone.
 *
 * A name counts as called when it stands as a value anywhere in the file, in any
 * edition. That asks no more than a reader of the file would, and a style that
 * only one edition needs is not told to the others. */
#include "source/layout_reader.h"
#include "source/nearest.h"

/* Texts that stand as values below y, as keys of seen. */
static void values_collect(struct map *seen, const struct yaml *y)
{
	if (y->kind == YAML_TEXT)
		map_put(seen, y->text, (void *)(uintptr_t)y); /* only read */
	for (const struct yaml *v = y->first; v; v = v->next)
		values_collect(seen, v);
}

/* Names that need no caller: the roles of styles, the required colours. */
struct expected {
	const char *table; /* "styles" */
	struct str *names;
	size_t count;
};

static bool is_expected(const struct expected *e, struct str name)
{
	for (size_t i = 0; i < e->count; i++)
		if (str_equal(e->names[i], name))
			return true;
	return false;
}

static void table_check(struct layout_reader *lr, const struct yaml *table,
			const struct expected *e, const struct map *seen)
{
	if (!table || table->kind != YAML_TABLE)
		return;
	for (const struct yaml *v = table->first; v; v = v->next) {
		if (v->kind == YAML_EMPTY || is_expected(e, v->key) || map_find(seen, v->key))
			continue;
		struct str hint = did_you_mean(lr->reader->arena, e->names, e->count, v->key);
		diag_report_hint(lr->reader->diags, DIAG_LAYOUT_UNUSED, v->key_place,
				 hint.len ? hint : STR("call it somewhere, or take it out"), "%.*s",
				 STR_ARG(v->key));
	}
}

void names_check(struct layout_reader *lr)
{
	static struct str const colours[] = { STR_INIT("text"), STR_INIT("accent"),
					      STR_INIT("warm"), STR_INIT("tint"),
					      STR_INIT("paper") };
	struct str roles[STYLE_ROLE_COUNT], required[5];
	for (int i = 0; i < STYLE_ROLE_COUNT; i++)
		roles[i] = style_role_name((enum style_role)i);
	for (int i = 0; i < 5; i++)
		required[i] = colours[i];
	const struct expected expected[] = { { "styles", roles, STYLE_ROLE_COUNT },
					     { "colours", required, 5 },
					     { "masters", NULL, 0 } };
	struct map *seen = map_new(lr->reader->arena);
	values_collect(seen, lr->root);
	const struct yaml *editions = yaml_find(lr->root, STR("editions"));
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		struct str key = str_from(expected[i].table);
		table_check(lr, yaml_find(lr->root, key), &expected[i], seen);
		if (!editions || editions->kind != YAML_TABLE)
			continue;
		for (const struct yaml *e = editions->first; e; e = e->next)
			table_check(lr, yaml_find(e, key), &expected[i], seen);
	}
}

/* A null for what is not there removes nothing: a name was mistyped. */
void overlay_check(struct layout_reader *lr, const struct yaml *base, const struct yaml *changes)
{
	if (!base || base->kind != YAML_TABLE || changes->kind != YAML_TABLE)
		return;
	struct str *names = NEW_ARRAY(lr->reader->arena, struct str, base->count + 1);
	size_t count = 0;
	for (const struct yaml *v = base->first; v; v = v->next)
		names[count++] = v->key;
	for (const struct yaml *v = changes->first; v; v = v->next) {
		const struct yaml *old = yaml_find(base, v->key);
		if (old)
			overlay_check(lr, old, v);
		else if (v->kind == YAML_EMPTY)
			diag_report_hint(lr->reader->diags, DIAG_KEY_UNKNOWN, v->key_place,
					 did_you_mean_or_list(lr->reader->arena, names, count,
							      v->key),
					 "%.*s: there is nothing to remove", STR_ARG(v->key));
	}
}
