#include "cli/option.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

enum { COLUMN_OF_HELP = 30 };

struct parser {
	struct arena *arena;
	const struct option *tables[2];
	size_t counts[2];
	const struct option **given;
	const char **values;
	const char **positional;
	size_t given_count, positional_count;
};

static const struct option *find_name(const struct parser *p, struct str name)
{
	for (int t = 0; t < 2; t++)
		for (size_t i = 0; i < p->counts[t]; i++)
			if (str_equal(str_from(p->tables[t][i].name), name))
				return &p->tables[t][i];
	return NULL;
}

static const struct option *find_letter(const struct parser *p, char letter)
{
	for (int t = 0; t < 2; t++)
		for (size_t i = 0; i < p->counts[t]; i++)
			if (p->tables[t][i].letter == letter)
				return &p->tables[t][i];
	return NULL;
}

static struct str nearest_name(const struct parser *p, struct str name)
{
	struct str best = STR("");
	size_t distance = 3;
	for (int t = 0; t < 2; t++)
		for (size_t i = 0; i < p->counts[t]; i++) {
			struct str candidate = str_from(p->tables[t][i].name);
			if (str_distance(name, candidate) < distance) {
				distance = str_distance(name, candidate);
				best = candidate;
			}
		}
	return best;
}

/* Takes the option o with the argument that follows it, if it needs one. */
static bool take(struct parser *p, const struct option *o, const char *attached, int argc,
		 char *const argv[], int *i, struct str *mistake)
{
	const char *value = attached;
	if (!o->argument && attached) {
		*mistake = str_format(p->arena, "--%s takes no argument", o->name);
		return false;
	}
	if (o->argument && !value) {
		if (*i + 1 >= argc) {
			*mistake = str_format(p->arena, "--%s needs an argument: %s", o->name,
					      o->argument);
			return false;
		}
		value = argv[++*i];
	}
	p->given[p->given_count] = o;
	p->values[p->given_count++] = value;
	return true;
}

static bool take_long(struct parser *p, int argc, char *const argv[], int *i, struct str *mistake)
{
	struct str word = str_from(argv[*i] + 2);
	size_t equals = str_find(word, STR("="), 0);
	struct str name = str_sub(word, 0, equals);
	const struct option *o = find_name(p, name);
	if (!o) {
		struct str near = nearest_name(p, name);
		*mistake = near.len ? str_format(p->arena, "no option --%.*s; did you mean --%.*s?",
						 STR_ARG(name), STR_ARG(near))
				    : str_format(p->arena, "no option --%.*s", STR_ARG(name));
		return false;
	}
	return take(p, o, equals < word.len ? word.ptr + equals + 1 : NULL, argc, argv, i, mistake);
}

static bool take_short(struct parser *p, int argc, char *const argv[], int *i, struct str *mistake)
{
	for (const char *c = argv[*i] + 1; *c; c++) {
		const struct option *o = find_letter(p, *c);
		if (!o) {
			*mistake = str_format(p->arena, "no option -%c", *c);
			return false;
		}
		bool attached = o->argument && c[1];
		if (!take(p, o, attached ? c + 1 : NULL, argc, argv, i, mistake))
			return false;
		if (o->argument)
			return true;
	}
	return true;
}

bool arguments_parse(struct arena *a, int argc, char *const argv[], const struct option *common,
		     size_t common_count, const struct option *own, size_t own_count,
		     struct arguments *result, struct str *mistake)
{
	size_t most = (size_t)argc + 1;
	for (int i = 0; i < argc; i++)
		most += strlen(argv[i]); /* -qqq: an option a letter */
	struct parser p = { .arena = a,
			    .tables = { own, common },
			    .counts = { own_count, common_count },
			    .given = NEW_ARRAY(a, const struct option *, most),
			    .values = NEW_ARRAY(a, const char *, most),
			    .positional = NEW_ARRAY(a, const char *, most) };
	bool options_end = false;
	for (int i = 0; i < argc; i++) {
		bool ok = true;
		if (!options_end && strcmp(argv[i], "--") == 0)
			options_end = true;
		else if (!options_end && strncmp(argv[i], "--", 2) == 0)
			ok = take_long(&p, argc, argv, &i, mistake);
		else if (!options_end && argv[i][0] == '-' && argv[i][1])
			ok = take_short(&p, argc, argv, &i, mistake);
		else
			p.positional[p.positional_count++] = argv[i];
		if (!ok)
			return false;
	}
	*result = (struct arguments){
		a, p.given, p.values, p.given_count, p.positional, p.positional_count
	};
	return true;
}

bool arguments_flag(const struct arguments *a, const char *name)
{
	for (size_t i = 0; i < a->given_count; i++)
		if (strcmp(a->given[i]->name, name) == 0)
			return true;
	return false;
}

const char *arguments_value(const struct arguments *a, const char *name)
{
	for (size_t i = a->given_count; i-- > 0;)
		if (strcmp(a->given[i]->name, name) == 0)
			return a->values[i];
	return NULL;
}

const char *arguments_nth(const struct arguments *a, const char *name, size_t n)
{
	for (size_t i = 0; i < a->given_count; i++)
		if (strcmp(a->given[i]->name, name) == 0 && n-- == 0)
			return a->values[i];
	return NULL;
}

void options_put_help(struct buf *out, const struct option *options, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct option *o = &options[i];
		size_t start = out->len;
		buf_format(out, "  %s%c%s--%s%s%s", o->letter ? "-" : "  ",
			   o->letter ? o->letter : ' ', o->letter ? ", " : " ", o->name,
			   o->argument ? " " : "", o->argument ? o->argument : "");
		size_t width = utf8_count(str_sub(buf_str(out), start, out->len));
		for (; width < COLUMN_OF_HELP; width++)
			buf_put_byte(out, ' ');
		buf_format(out, " %s\n", o->help);
	}
}
