#include "source/production.h"

/* "1.25": a number without a unit, in thousandths. */
static bool thousandths_of(const struct yaml *v, int *value)
{
	struct str text = v->kind == YAML_TEXT ? str_trim(v->text) : STR("");
	char last = text.len ? text.ptr[text.len - 1] : 0;
	return last >= '0' && last <= '9' && unit_parse(text, value);
}

static void wrong(struct reader *r, const struct yaml *v, const char *hint)
{
	struct str value = v->kind == YAML_TEXT ? v->text : STR("");
	diag_report_hint(r->diags, DIAG_VALUE_INVALID, v->place, str_from(hint), "%.*s: %.*s",
			 STR_ARG(v->key), STR_ARG(value));
}

static const struct yaml *text_at(struct reader *r, const struct yaml *table, const char *key,
				  const char *wanted)
{
	const struct yaml *v = yaml_find(table, str_from(key));
	if (!v || v->kind == YAML_EMPTY)
		return NULL;
	if (v->kind == YAML_TEXT)
		return v;
	keys_wrong_type(r, v, wanted);
	return NULL;
}

/* g/m² by cm³/g are µm: the thousandths of a bulk make nanometres. */
static void bulk_read(struct reader *r, const struct yaml *table, struct paper *p)
{
	enum { LEAST = 400, MOST = 3000 };
	const struct yaml *v = text_at(r, table, "bulk", "a number");
	int bulk;
	if (!v)
		return;
	if (!thousandths_of(v, &bulk) || bulk < LEAST || bulk > MOST)
		wrong(r, v, "cm³/g, from 0.4 to 3: about 0.8 coated, 1.25 offset");
	else if (keys_require(r, table, "weight"))
		p->caliper = p->weight * bulk;
}

static void caliper_read(struct reader *r, const struct yaml *table, struct paper *p)
{
	enum { LEAST_UM = 20, MOST_UM = 1500 };
	const struct yaml *v = text_at(r, table, "caliper", "a length");
	int length;
	if (!v)
		return;
	int64_t um = unit_parse(v->text, &length) ? unit_to_um(length) : 0;
	if (um < LEAST_UM || um > MOST_UM)
		wrong(r, v, "thickness of one leaf, from 0.02mm to 1.5mm");
	else
		p->caliper = (int)um * 1000;
}

static void paper_read(struct reader *r, const struct yaml *press, const char *key, struct paper *p)
{
	static const struct str known[] = { STR_INIT("weight"), STR_INIT("bulk"),
					    STR_INIT("caliper") };
	const struct yaml *table = keys_table(r, press, key);
	if (!table)
		return;
	KEYS_KNOWN(r, table, known);
	*p = (struct paper){ .place = table->place };
	keys_int(r, table, "weight", 20, 800, &p->weight);
	bulk_read(r, table, p);
	caliper_read(r, table, p);
	if (!yaml_find(table, STR("bulk")) && !yaml_find(table, STR("caliper")))
		diag_report_hint(r->diags, DIAG_KEY_MISSING, table->place,
				 STR("say how thick it is, as the printer tells: bulk: 1.25 or "
				     "caliper: 0.11mm"),
				 "bulk");
}

static void length_read(struct reader *r, const struct yaml *press, const char *key, int most,
			int *value, struct place *told)
{
	if (keys_length_in(r, press, key, 0, most, value))
		*told = keys_place(press, key);
}

void production_read(struct reader *r, const struct yaml *press, struct production *p)
{
	static const struct str bindings[] = { STR_INIT("saddle"), STR_INIT("perfect"),
					       STR_INIT("flat") };
	static const struct str covers[] = { STR_INIT("self"), STR_INIT("separate") };
	enum { GLUE_MOST = 72 * PT, SPINE_MOST = 288 * PT, CREEP_MOST = 36 * PT };
	int choice;
	if (keys_choice(r, press, "binding", bindings, 3, &choice)) {
		p->binding = (enum binding)choice;
		p->binding_place = keys_place(press, "binding");
	}
	if (keys_choice(r, press, "cover", covers, 2, &choice)) {
		p->cover_apart = choice == 1;
		p->cover_place = keys_place(press, "cover");
	}
	if (keys_bool(r, press, "imposed", &p->imposed))
		p->imposed_place = keys_place(press, "imposed");
	paper_read(r, press, "paper", &p->paper);
	paper_read(r, press, "cover_paper", &p->cover_paper);
	length_read(r, press, "glue", GLUE_MOST, &p->glue, &p->glue_place);
	length_read(r, press, "spine", SPINE_MOST, &p->spine, &p->spine_place);
	length_read(r, press, "creep", CREEP_MOST, &p->creep, &p->creep_place);
}

static void lacks_paper(struct reader *r, struct place place, const char *other)
{
	diag_report_hint(r->diags, DIAG_KEY_MISSING, place,
			 str_format(r->arena,
				    "add paper: {weight: 90, bulk: 1.25}, or %s as the printer "
				    "tells it",
				    other),
			 "paper");
}

void production_check(struct reader *r, const struct production *p)
{
	if (p->cover_apart && p->binding == BINDING_FLAT)
		diag_report_hint(r->diags, DIAG_VALUE_INVALID, p->cover_place,
				 STR("only what is bound has a cover of its own: binding: saddle "
				     "or perfect"),
				 "cover: separate");
	if (p->imposed && p->binding != BINDING_SADDLE)
		diag_report_hint(r->diags, DIAG_VALUE_INVALID, p->imposed_place,
				 STR("sheets are made for binding: saddle; other printers want "
				     "single pages"),
				 "imposed: true");
	if (p->cover_apart && p->binding == BINDING_PERFECT && !p->paper.place.line &&
	    !p->spine_place.line)
		lacks_paper(r, p->cover_place, "spine: 4mm");
	if (p->imposed && p->binding == BINDING_SADDLE && !p->paper.place.line &&
	    !p->creep_place.line)
		lacks_paper(r, p->imposed_place, "creep: 1mm");
}
