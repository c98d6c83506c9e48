#include "base/diag.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"

#include <pthread.h>
#include <stdio.h>

enum { KEPT_AT_MOST = 1000, LEVELS = 3 };

struct diags {
	struct arena *arena;
	struct diag *list;
	size_t count, capacity;
	size_t level_count[LEVELS];
	size_t trouble;
	struct map *texts; /* file -> struct str */
	struct map *files; /* file -> order of first mention, as 1 + index */
	pthread_mutex_t lock;
};

static const struct {
	enum diag_level level;
	const char *name, *text, *manual;
} codes[] = {
#define DIAG_CODE(name, level, slug, text, manual) { DIAG_LEVEL_##level, slug, text, manual },
#include "base/diag_codes.h"
#undef DIAG_CODE
};

struct diags *diags_new(struct arena *a)
{
	struct diags *d = NEW(a, struct diags);
	d->arena = a;
	d->texts = map_new(a);
	d->files = map_new(a);
	pthread_mutex_init(&d->lock, NULL);
	return d;
}

/* The same mistake is met once for each edition, but told once. */
static bool told_already(const struct diags *d, const struct diag *diag)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct diag *told = &d->list[i];
		if (told->code == diag->code && told->place.line == diag->place.line &&
		    told->place.column == diag->place.column &&
		    str_equal(told->place.file, diag->place.file) &&
		    str_equal(told->detail, diag->detail))
			return true;
	}
	return false;
}

static void add(struct diags *d, struct diag diag)
{
	pthread_mutex_lock(&d->lock);
	d->trouble += diag.level != DIAG_LEVEL_WARNING;
	if (told_already(d, &diag)) {
		pthread_mutex_unlock(&d->lock);
		return;
	}
	d->level_count[diag.level]++;
	if (d->count < KEPT_AT_MOST) {
		diag.place.file = str_copy(d->arena, diag.place.file);
		diag.hint = str_copy(d->arena, diag.hint);
		diag.detail = str_copy(d->arena, diag.detail);
		if (!map_find(d->files, diag.place.file))
			map_put(d->files, diag.place.file, NEW(d->arena, char));
		PUSH(d->arena, d->list, d->count, d->capacity, diag);
	}
	pthread_mutex_unlock(&d->lock);
}

__attribute__((format(printf, 5, 0))) static void report(struct diags *d, enum diag_code code,
							 struct place place, struct str hint,
							 const char *detail, va_list args)
{
	char text[2048]; /* longer details are cut: nobody reads them */
	int len = vsnprintf(text, sizeof text, detail, args);
	struct str said = str_from(len < 0 ? "" : text);
	if (len >= (int)sizeof text) /* not in the middle of a character */
		said.len = utf8_invalid_at(said);
	add(d, (struct diag){ code, codes[code].level, place, said, hint });
}

void diag_report(struct diags *d, enum diag_code code, struct place place, const char *detail, ...)
{
	va_list args;
	va_start(args, detail);
	report(d, code, place, STR(""), detail, args);
	va_end(args);
}

void diag_report_hint(struct diags *d, enum diag_code code, struct place place, struct str hint,
		      const char *detail, ...)
{
	va_list args;
	va_start(args, detail);
	report(d, code, place, hint, detail, args);
	va_end(args);
}

void diags_add_text(struct diags *d, struct str file, struct str text)
{
	pthread_mutex_lock(&d->lock);
	struct str *kept = NEW(d->arena, struct str);
	*kept = text;
	map_put(d->texts, file, kept);
	pthread_mutex_unlock(&d->lock);
}

struct str diags_line(const struct diags *d, struct place place)
{
	const struct str *text = map_find(d->texts, place.file);
	struct str rest = text ? *text : STR(""), line = STR("");
	for (int n = 0; n < place.line; n++)
		if (!str_cut(&rest, '\n', &line))
			return STR("");
	if (str_ends(line, STR("\r")))
		line.len--;
	return line;
}

void diags_join(struct diags *d, const struct diags *other)
{
	for (size_t i = 0; i < map_count(other->texts); i++) {
		const struct map_entry *text = map_at(other->texts, i);
		diags_add_text(d, text->key, *(const struct str *)text->value);
	}
	size_t kept[LEVELS] = { 0 };
	for (size_t i = 0; i < other->count; i++) {
		kept[other->list[i].level]++;
		add(d, other->list[i]);
	}
	pthread_mutex_lock(&d->lock);
	for (int l = 0; l < LEVELS; l++)
		d->level_count[l] += other->level_count[l] - kept[l];
	d->trouble += other->trouble - kept[DIAG_LEVEL_ERROR] - kept[DIAG_LEVEL_FAILURE];
	pthread_mutex_unlock(&d->lock);
}

size_t diags_count(const struct diags *d)
{
	return d->count;
}

const struct diag *diags_at(const struct diags *d, size_t i)
{
	return &d->list[i];
}

size_t diags_level_count(const struct diags *d, enum diag_level level)
{
	return d->level_count[level];
}

bool diags_failed(const struct diags *d)
{
	return d->level_count[DIAG_LEVEL_ERROR] + d->level_count[DIAG_LEVEL_FAILURE] > 0;
}

size_t diags_trouble(const struct diags *d)
{
	return d->trouble;
}

int diags_exit_status(const struct diags *d)
{
	if (d->level_count[DIAG_LEVEL_FAILURE])
		return 3;
	return d->level_count[DIAG_LEVEL_ERROR] ? 1 : 0;
}

static size_t mention(const struct diags *d, struct str file)
{
	for (size_t i = 0; i < map_count(d->files); i++)
		if (str_equal(map_at(d->files, i)->key, file))
			return i;
	return 0;
}

static bool stands_after(const struct diags *d, const struct diag *a, const struct diag *b)
{
	size_t file_a = mention(d, a->place.file), file_b = mention(d, b->place.file);
	if (file_a != file_b)
		return file_a > file_b;
	if (a->place.line != b->place.line)
		return a->place.line > b->place.line;
	return a->place.column > b->place.column;
}

void diags_sort(struct diags *d)
{
	/* Insertion: stable, and the list is short and nearly in order. */
	for (size_t i = 1; i < d->count; i++) {
		struct diag moving = d->list[i];
		size_t j = i;
		for (; j > 0 && stands_after(d, &d->list[j - 1], &moving); j--)
			d->list[j] = d->list[j - 1];
		d->list[j] = moving;
	}
}

const char *diag_name(enum diag_code code)
{
	return codes[code].name;
}

const char *diag_text(enum diag_code code)
{
	return codes[code].text;
}

const char *diag_manual(enum diag_code code)
{
	return codes[code].manual;
}

enum diag_level diag_level_of(enum diag_code code)
{
	return codes[code].level;
}
