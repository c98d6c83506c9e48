/* libyaml's events become a tree.
 *
 * One function a kind of node, recursive to YAML_DEPTH_MAX; libyaml itself keeps
 * its own stack. Places are libyaml's marks, which count code points. */
#include "source/yaml.h"

#include "base/utf8.h"

#include <yaml.h>

struct builder {
	struct reader *reader;
	yaml_parser_t parser;
	yaml_event_t event; /* the one at hand; owned */
	bool has_event;
	struct str file, text;
	int first_line;
};

static struct place place_of(const struct builder *b, yaml_mark_t mark)
{
	return (struct place){ b->file, b->first_line + (int)mark.line, 1 + (int)mark.column };
}

/* The character at a mark, or 0. */
static char character_at(struct str text, yaml_mark_t mark)
{
	struct str line = { "", 0 };
	for (size_t n = 0; n <= mark.line; n++)
		if (!str_cut(&text, '\n', &line))
			return 0;
	size_t i = 0;
	for (size_t column = 0; i < line.len; i++)
		if (((unsigned char)line.ptr[i] & 0xC0) != 0x80 && column++ == mark.column)
			return line.ptr[i];
	return 0;
}

/* What editors do wrong most often, by libyaml's words. */
static struct str syntax_hint(const struct builder *b)
{
	static const struct {
		struct str words, hint;
	} hints[] = {
		{ STR_INIT("mapping values are not allowed"),
		  STR_INIT("put the value in quotes: it holds a colon and a space") },
		{ STR_INIT("could not find expected ':'"),
		  STR_INIT("write key: value, with a space after the colon") },
		{ STR_INIT("did not find expected key"),
		  STR_INIT("align the key with its neighbours; quote a value that begins or "
			   "ends with a quotation mark") },
		{ STR_INIT("found unexpected end of stream"),
		  STR_INIT("a quotation mark is not closed") },
		{ STR_INIT("found unexpected document indicator"),
		  STR_INIT("a quotation mark is not closed") },
		{ STR_INIT("did not find expected ',' or"),
		  STR_INIT("a bracket is not closed, or a comma is missing") },
		{ STR_INIT("did not find expected '-' indicator"),
		  STR_INIT("align the items of the list") },
		{ STR_INIT("found character that cannot start any token"),
		  STR_INIT("put the value in quotes") },
		{ STR_INIT("did not find expected <document start>"),
		  STR_INIT("only one document stands in a file") },
	};
	if (character_at(b->text, b->parser.problem_mark) == '\t')
		return STR("indent with spaces: a tab stands here");
	struct str problem = str_from(b->parser.problem);
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (str_find(problem, hints[i].words, 0) < problem.len)
			return hints[i].hint;
	return STR("");
}

static void event_drop(struct builder *b)
{
	if (b->has_event)
		yaml_event_delete(&b->event);
	b->has_event = false;
}

/* Where libyaml noticed is often the end of the file, and what is wrong stands where it began
 * to read: the quotation mark, the key. */
static bool problem_lies_at_context(const struct builder *b)
{
	static const struct str words[] = {
		STR_INIT("found unexpected end of stream"),
		STR_INIT("found unexpected document indicator"),
		STR_INIT("could not find expected ':'"),
	};
	struct str problem = str_from(b->parser.problem), rest = b->text, line;
	size_t lines = 0;
	while (str_cut(&rest, '\n', &line))
		lines += line.len > 0 || rest.len > 0;
	if (b->parser.context && b->parser.problem_mark.line >= lines)
		return true;
	for (size_t i = 0; b->parser.context && i < sizeof words / sizeof *words; i++)
		if (str_find(problem, words[i], 0) < problem.len)
			return true;
	return false;
}

/* "title:x" and, on the next line, "lead: y" are one value to YAML, which then minds the
 * second colon. The mark moves to the first one. */
static bool key_lacks_space(const struct builder *b, yaml_mark_t *mark)
{
	struct str problem = str_from(b->parser.problem), rest = b->text, line = STR("");
	if (str_find(problem, STR("mapping values are not allowed"), 0) == problem.len)
		return false;
	for (size_t n = 0; n < mark->line; n++)
		if (!str_cut(&rest, '\n', &line))
			return false;
	size_t colon = str_find(line, STR(":"), 0), column = 0;
	if (colon + 1 >= line.len || strchr(" \t/", line.ptr[colon + 1]))
		return false;
	for (size_t i = 0; i < colon; i++)
		column += ((unsigned char)line.ptr[i] & 0xC0) != 0x80;
	mark->line--;
	mark->column = column;
	return true;
}

/* The next event; false when the text is not YAML, which is reported. */
static bool event_next(struct builder *b)
{
	event_drop(b);
	if (yaml_parser_parse(&b->parser, &b->event)) {
		b->has_event = true;
		return true;
	}
	if (b->parser.error == YAML_MEMORY_ERROR)
		out_of_memory();
	yaml_mark_t mark = b->parser.problem_mark;
	struct str hint = syntax_hint(b);
	if (b->parser.error == YAML_READER_ERROR)
		mark = b->parser.mark;
	else if (problem_lies_at_context(b))
		mark = b->parser.context_mark;
	else if (key_lacks_space(b, &mark))
		hint = STR("write key: value, with a space after the colon");
	diag_report_hint(b->reader->diags, DIAG_YAML_SYNTAX, place_of(b, mark), hint, "%s",
			 b->parser.problem ? b->parser.problem : "");
	return false;
}

static bool is_null(struct str s)
{
	return s.len == 0 || str_equal(s, STR("~")) || str_equal(s, STR("null"));
}

static struct str scalar_of(const struct builder *b)
{
	return (struct str){ (const char *)b->event.data.scalar.value,
			     b->event.data.scalar.length };
}

/* The text of a scalar. "\r" and "\u009b" within quotes are control characters that no
 * reader of the file saw; they are reported, and become spaces. */
static struct str escapes_checked(const struct builder *b, struct place place)
{
	struct str text = scalar_of(b);
	bool told = false;
	struct buf out;
	buf_init(&out, SIZE_MAX / 2);
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		bool acts = utf8_is_control(c) && c != '\n' && c != '\t';
		if (acts && !told)
			diag_report_hint(
				b->reader->diags, DIAG_CONTROL_CHARACTER, place,
				STR("leave the escape out; a line break may be one too many"),
				"U+%04X", (unsigned)c);
		told = told || acts;
		utf8_put(&out, acts ? ' ' : c);
	}
	text = str_copy(b->reader->arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static struct yaml *value_read(struct builder *b, int depth);

static void append(struct yaml *parent, struct yaml *child)
{
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	parent->count++;
}

static bool list_read(struct builder *b, struct yaml *list, int depth)
{
	for (;;) {
		if (!event_next(b))
			return false;
		if (b->event.type == YAML_SEQUENCE_END_EVENT)
			return true;
		struct yaml *item = value_read(b, depth);
		if (!item)
			return false;
		append(list, item);
	}
}

static bool table_read(struct builder *b, struct yaml *table, int depth)
{
	struct map *seen = map_new(b->reader->arena);
	for (;;) {
		if (!event_next(b))
			return false;
		if (b->event.type == YAML_MAPPING_END_EVENT)
			return true;
		struct place place = place_of(b, b->event.start_mark);
		if (b->event.type != YAML_SCALAR_EVENT) {
			diag_report_hint(b->reader->diags, DIAG_YAML_SYNTAX, place,
					 STR("put the value in quotes if it begins with a bracket"),
					 "a key must be a text");
			return false;
		}
		struct str key = escapes_checked(b, place);
		if (!event_next(b))
			return false;
		struct yaml *value = value_read(b, depth);
		if (!value)
			return false;
		value->key = key;
		value->key_place = place;
		const struct yaml *twin = map_find(seen, key);
		if (twin) {
			diag_report_hint(b->reader->diags, DIAG_YAML_DUPLICATE, place,
					 str_format(b->reader->arena,
						    "it stands in line %d already",
						    twin->key_place.line),
					 "%.*s", STR_ARG(key));
			continue;
		}
		map_put(seen, key, value);
		append(table, value);
	}
}

/* The value that begins with the event at hand; NULL after a mistake. */
static struct yaml *value_read(struct builder *b, int depth)
{
	struct yaml *y = NEW(b->reader->arena, struct yaml);
	y->place = place_of(b, b->event.start_mark);
	if (b->event.type == YAML_SCALAR_EVENT) {
		bool plain = b->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
		y->text = escapes_checked(b, y->place);
		y->kind = plain && is_null(y->text) ? YAML_EMPTY : YAML_TEXT;
		return y;
	}
	if (depth > YAML_DEPTH_MAX) {
		diag_report(b->reader->diags, DIAG_YAML_DEPTH, y->place, "%s", "");
		return NULL;
	}
	if (b->event.type == YAML_SEQUENCE_START_EVENT) {
		y->kind = YAML_LIST;
		return list_read(b, y, depth + 1) ? y : NULL;
	}
	if (b->event.type == YAML_MAPPING_START_EVENT) {
		y->kind = YAML_TABLE;
		return table_read(b, y, depth + 1) ? y : NULL;
	}
	diag_report_hint(b->reader->diags, DIAG_YAML_SYNTAX, y->place,
			 STR("write the value out; put it in quotes if it begins with *"),
			 "aliases (*name) are not used here");
	return NULL;
}

/* stream start, document start, a value, document end, stream end */
static struct yaml *stream_read(struct builder *b)
{
	struct yaml *root = NEW(b->reader->arena, struct yaml);
	root->kind = YAML_TABLE;
	root->place = (struct place){ b->file, b->first_line, 1 };
	if (!event_next(b) || !event_next(b))
		return NULL;
	if (b->event.type == YAML_STREAM_END_EVENT)
		return root;
	if (!event_next(b))
		return NULL;
	struct yaml *value = value_read(b, 1);
	if (!value || !event_next(b) || !event_next(b))
		return NULL;
	if (b->event.type != YAML_STREAM_END_EVENT) {
		diag_report_hint(b->reader->diags, DIAG_YAML_SYNTAX,
				 place_of(b, b->event.start_mark),
				 STR("only one document stands in a file"), "a second document");
		return NULL;
	}
	return value->kind == YAML_EMPTY ? root : value;
}

struct yaml *yaml_read(struct reader *r, struct str file, struct str text, int first_line)
{
	struct builder b = { .reader = r, .file = file, .text = text, .first_line = first_line };
	if (!yaml_parser_initialize(&b.parser))
		out_of_memory();
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)(text.ptr ? text.ptr : ""),
				     text.len);
	struct yaml *root = stream_read(&b);
	event_drop(&b);
	yaml_parser_delete(&b.parser);
	return root;
}

const struct yaml *yaml_find(const struct yaml *table, struct str key)
{
	if (!table || table->kind != YAML_TABLE)
		return NULL;
	for (const struct yaml *v = table->first; v; v = v->next)
		if (str_equal(v->key, key))
			return v;
	return NULL;
}

const char *yaml_kind_name(enum yaml_kind k)
{
	static const char *const names[] = {
		[YAML_EMPTY] = "nothing",
		[YAML_TEXT] = "a text",
		[YAML_LIST] = "a list",
		[YAML_TABLE] = "a table of keys",
	};
	return names[k];
}

static struct yaml *copy_of(struct arena *a, const struct yaml *y)
{
	struct yaml *copy = NEW(a, struct yaml);
	*copy = *y;
	copy->next = NULL;
	return copy;
}

const struct yaml *yaml_merge(struct arena *a, const struct yaml *base, const struct yaml *changes)
{
	if (!base || !changes || base->kind != YAML_TABLE || changes->kind != YAML_TABLE)
		return changes ? changes : base;
	struct yaml *merged = copy_of(a, base);
	merged->first = merged->last = NULL;
	merged->count = 0;
	for (const struct yaml *v = base->first; v; v = v->next) {
		const struct yaml *change = yaml_find(changes, v->key);
		if (change && change->kind == YAML_EMPTY)
			continue;
		struct yaml *kept = copy_of(a, change ? yaml_merge(a, v, change) : v);
		append(merged, kept);
	}
	for (const struct yaml *v = changes->first; v; v = v->next)
		if (v->kind != YAML_EMPTY && !yaml_find(base, v->key))
			append(merged, copy_of(a, v));
	return merged;
}
