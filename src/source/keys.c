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
	const struct yaml *v = yaml_find(table, str_from(key));
	if (v && (v->kind == YAML_EMPTY || (v->kind == YAML_TEXT && str_trim(v->text).len == 0) ||
		  (v->kind == YAML_LIST && v->count == 0))) {
		diag_report_hint(r->diags, DIAG_KEY_MISSING, v->key_place,
				 str_format(r->arena, "write what %s: is", key), "%s: is empty",
				 key);
		return false;
	}
	if (v)
		return true;
	if (table)
		diag_report_hint(r->diags, DIAG_KEY_MISSING, table->place,
				 str_format(r->arena, "add a line %s: …", key), "%s", key);
	return false;
}

/* How what was expected is written; other shapes than these show it themselves. */
static struct str hint_of(struct arena *a, struct str key, const char *wanted)
{
	static const struct {
		struct str wanted;
		const char *form;
	} forms[] = {
		{ STR_INIT("a list"), "[one, two], or lines that begin with a hyphen" },
		{ STR_INIT("a list of texts"), "[one, two]" },
		{ STR_INIT("a list of files"), "[{file: NAME.ttf}]" },
		{ STR_INIT("a text"), "one text, without brackets" },
		{ STR_INIT("a word"), "one word, without brackets" },
		{ STR_INIT("a length"), "12pt, or 3mm, 1.5cm, 1in" },
		{ STR_INIT("a whole number"), "12, digits alone" },
		{ STR_INIT("true or false"), "true, or false" },
		{ STR_INIT("a table of keys"), "{name: value}, or such lines further in" },
	};
	const char *form = wanted; /* as {file, weight, style} */
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (str_equal(forms[i].wanted, str_from(wanted)))
			form = forms[i].form;
	return str_format(a, "write %.*s%s%s", STR_ARG(key), key.len ? ": " : "", form);
}

void keys_wrong_type(struct reader *r, const struct yaml *value, const char *wanted)
{
	diag_report_hint(r->diags, DIAG_VALUE_TYPE, value->place,
			 hint_of(r->arena, value->key, wanted), "%.*s%s%s was expected, this is %s",
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
		diag_report_hint(r->diags, DIAG_VALUE_TYPE, v->place,
				 hint_of(r->arena, v->key, "true or false"),
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
		diag_report_hint(r->diags, DIAG_VALUE_TYPE, v->place,
				 str_format(r->arena, "from %d to %d", least, most),
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

static bool length_of(struct reader *r, const struct yaml *v, const char *key, int *value)
{
	if (unit_parse(v->text, value))
		return true;
	diag_report_hint(r->diags, DIAG_VALUE_TYPE, v->place, STR("write 12pt, 3mm, 1.5cm or 1in"),
			 "%s: a length was expected, this is \"%.*s\"", key, STR_ARG(v->text));
	return false;
}

bool keys_length(struct reader *r, const struct yaml *table, const char *key, int *value)
{
	const struct yaml *v = text_of(r, table, key, "a length");
	return v && length_of(r, v, key, value);
}

bool keys_item_length_in(struct reader *r, const struct yaml *item, const char *key, int least,
			 int most, int *value)
{
	int length;
	if (item->kind != YAML_TEXT) {
		keys_wrong_type(r, item, "a length");
		return false;
	}
	if (!length_of(r, item, key, &length))
		return false;
	if (length >= least && length <= most) {
		*value = length;
		return true;
	}
	struct buf hint;
	buf_init(&hint, 128);
	buf_put_c(&hint, "from ");
	unit_put(&hint, least);
	buf_put_c(&hint, " to ");
	unit_put(&hint, most);
	diag_report_hint(r->diags, DIAG_VALUE_INVALID, item->place, buf_str(&hint), "%s: %.*s", key,
			 STR_ARG(item->text));
	buf_release(&hint);
	return false;
}

bool keys_length_in(struct reader *r, const struct yaml *table, const char *key, int least,
		    int most, int *value)
{
	const struct yaml *v = find(table, key);
	return v && keys_item_length_in(r, v, key, least, most, value);
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

struct place *keys_texts_places(struct reader *r, const struct yaml *table, const char *key)
{
	const struct yaml *v = find(table, key);
	size_t count = 0;
	struct place *places = NEW_ARRAY(r->arena, struct place, v ? v->count + 1 : 1);
	if (v && v->kind == YAML_TEXT)
		places[count++] = v->place;
	for (const struct yaml *item = v ? v->first : NULL; item; item = item->next)
		if (item->kind == YAML_TEXT)
			places[count++] = item->place;
	return places;
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
