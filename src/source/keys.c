#include "source/keys.h"

#include "base/unit.h"
#include "source/nearest.h"

void keys_known(struct reader *r, const struct yaml *table, const struct str *names, size_t count)
{
	if (!table || table->kind != YAML_TABLE)
		return;
	for (const struct yaml *v = table->first; v; v = v->next) {
		bool known = false;
		for (size_t i = 0; i < count && !known; i++)
			known = str_equal(v->key, names[i]);
		if (!known)
			diag_report_hint(r->diags, DIAG_KEY_UNKNOWN, v->key_place,
					 did_you_mean_or_list(r->arena, names, count, v->key),
					 "%.*s", STR_ARG(v->key));
	}
}

static const struct yaml *find(const struct yaml *table, const char *key)
{
	const struct yaml *v = yaml_find(table, str_from(key));
	return v && v->kind != YAML_EMPTY ? v : NULL;
}

bool keys_require(struct reader *r, const struct yaml *table, const char *key)
{
	if (find(table, key))
		return true;
	if (table)
		diag_report_hint(r->diags, DIAG_KEY_MISSING, table->place,
				 str_format(r->arena, "add a line %s: …", key), "%s", key);
	return false;
}

void keys_wrong_type(struct reader *r, const struct yaml *value, const char *wanted)
{
	diag_report(r->diags, DIAG_VALUE_TYPE, value->place, "%.*s%s%s was expected, this is %s",
		    STR_ARG(value->key), value->key.len ? ": " : "", wanted,
		    yaml_kind_name(value->kind));
}

struct place keys_place(const struct yaml *table, const char *key)
{
	const struct yaml *v = yaml_find(table, str_from(key));
	return v ? v->place : table ? table->place : (struct place){ 0 };
}

/* The text of a key; NULL when absent or (reported) something else. */
static const struct yaml *text_of(struct reader *r, const struct yaml *table, const char *key,
				  const char *wanted)
{
	const struct yaml *v = find(table, key);
	if (v && v->kind != YAML_TEXT) {
		keys_wrong_type(r, v, wanted);
		return NULL;
	}
	return v;
}

bool keys_text(struct reader *r, const struct yaml *table, const char *key, struct str *value)
{
	const struct yaml *v = text_of(r, table, key, "a text");
	if (v)
		*value = v->text;
	return v != NULL;
}

bool keys_bool(struct reader *r, const struct yaml *table, const char *key, bool *value)
{
	static const struct str words[] = { STR_INIT("false"), STR_INIT("no"),  STR_INIT("off"),
					    STR_INIT("true"),  STR_INIT("yes"), STR_INIT("on") };
	const struct yaml *v = text_of(r, table, key, "true or false");
	for (size_t i = 0; v && i < sizeof words / sizeof *words; i++) {
		if (str_equal_nocase(v->text, words[i])) {
			*value = i >= 3;
			return true;
		}
	}
	if (v)
		diag_report(r->diags, DIAG_VALUE_TYPE, v->place,
			    "%s: true or false was expected, this is \"%.*s\"", key,
			    STR_ARG(v->text));
	return false;
}

bool keys_int(struct reader *r, const struct yaml *table, const char *key, int least, int most,
	      int *value)
{
	const struct yaml *v = text_of(r, table, key, "a whole number");
	int64_t n;
	if (!v)
		return false;
	if (!str_to_int(v->text, &n)) {
		diag_report(r->diags, DIAG_VALUE_TYPE, v->place,
			    "%s: a whole number was expected, this is \"%.*s\"", key,
			    STR_ARG(v->text));
		return false;
	}
	if (n < least || n > most) {
		diag_report_hint(r->diags, DIAG_VALUE_INVALID, v->place,
				 str_format(r->arena, "from %d to %d", least, most), "%s: %.*s",
				 key, STR_ARG(v->text));
		return false;
	}
	*value = (int)n;
	return true;
}

bool keys_length(struct reader *r, const struct yaml *table, const char *key, int *value)
{
	const struct yaml *v = text_of(r, table, key, "a length");
	if (v && unit_parse(v->text, value))
		return true;
	if (v)
		diag_report_hint(r->diags, DIAG_VALUE_TYPE, v->place,
				 STR("write 12pt, 3mm, 1.5cm or 1in"),
				 "%s: a length was expected, this is \"%.*s\"", key,
				 STR_ARG(v->text));
	return false;
}

bool keys_choice(struct reader *r, const struct yaml *table, const char *key,
		 const struct str *names, size_t count, int *value)
{
	const struct yaml *v = text_of(r, table, key, "a word");
	if (!v)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (str_equal(v->text, names[i])) {
			*value = (int)i;
			return true;
		}
	}
	diag_report_hint(r->diags, DIAG_VALUE_INVALID, v->place,
			 did_you_mean_or_list(r->arena, names, count, v->text), "%s: %.*s", key,
			 STR_ARG(v->text));
	return false;
}

struct str *keys_texts(struct reader *r, const struct yaml *table, const char *key, size_t *count)
{
	const struct yaml *v = find(table, key);
	*count = 0;
	if (!v)
		return NULL;
	if (v->kind == YAML_TABLE) {
		keys_wrong_type(r, v, "a list of texts");
		return NULL;
	}
	struct str *texts = NEW_ARRAY(r->arena, struct str, v->count + 1);
	if (v->kind == YAML_TEXT)
		texts[(*count)++] = v->text;
	for (const struct yaml *item = v->first; item; item = item->next) {
		if (item->kind == YAML_TEXT)
			texts[(*count)++] = item->text;
		else
			keys_wrong_type(r, item, "a text");
	}
	return texts;
}

static const struct yaml *kind_of(struct reader *r, const struct yaml *table, const char *key,
				  enum yaml_kind kind)
{
	const struct yaml *v = find(table, key);
	if (v && v->kind != kind) {
		keys_wrong_type(r, v, yaml_kind_name(kind));
		return NULL;
	}
	return v;
}

const struct yaml *keys_table(struct reader *r, const struct yaml *table, const char *key)
{
	return kind_of(r, table, key, YAML_TABLE);
}

const struct yaml *keys_list(struct reader *r, const struct yaml *table, const char *key)
{
	return kind_of(r, table, key, YAML_LIST);
}
