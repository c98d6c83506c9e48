/* Liang's algorithm: every pattern that occurs anywhere in the word gives its
 * numbers to the places between the letters; the largest number at a place
 * wins; odd ones allow a break.
 *
 * Patterns lie in a trie. Its branches are entries of one hash table, by the node
 * they leave and the letter they take: a step is a look into the table, however
 * many letters may follow. libhyphen walks the word once and sees only the longest
 * pattern that ends at each letter, which is why its dictionaries must be prepared
 * by substrings.pl; here every pattern is seen, so prepared and unprepared
 * dictionaries give the same, right breaks.
 * Franklin Liang, "Word Hy-phen-a-tion by Com-put-er", 1983. */
#include "type/liang.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

/* From a node by a letter to a child. */
struct branch {
	uint32_t node, letter;
	uint32_t child; /* 0: the entry is free */
};

struct liang {
	struct branch *branches; /* open addressing */
	size_t branch_count, table_size; /* a power of two, at least twice the count */
	uint32_t *values; /* by node: where in numbers; 0: no pattern ends here */
	size_t node_count, node_capacity;
	unsigned char *numbers; /* of all patterns, depth + 1 of each; the first is none's */
	size_t number_count, number_capacity;
	size_t before, after; /* letters, least; 0: not set */
};

static struct branch *find(const struct liang *l, uint32_t node, uint32_t letter)
{
	uint64_t hash = ((uint64_t)node << 21 ^ letter) * UINT64_C(0x9E3779B97F4A7C15);
	size_t mask = l->table_size - 1, slot = (size_t)(hash >> 40) & mask;
	struct branch *b = &l->branches[slot];
	while (b->child && (b->node != node || b->letter != letter)) {
		slot = (slot + 1) & mask;
		b = &l->branches[slot];
	}
	return b;
}

static void resize(struct arena *a, struct liang *l, size_t to)
{
	struct branch *old = l->branches;
	size_t size = l->table_size;
	l->table_size = to;
	l->branches = NEW_ARRAY(a, struct branch, l->table_size);
	for (size_t i = 0; i < size; i++)
		if (old[i].child)
			*find(l, old[i].node, old[i].letter) = old[i];
}

static uint32_t make_child(struct arena *a, struct liang *l, uint32_t node, uint32_t letter)
{
	struct branch *b = find(l, node, letter);
	if (b->child)
		return b->child;
	*b = (struct branch){ node, letter, (uint32_t)l->node_count };
	PUSH(a, l->values, l->node_count, l->node_capacity, 0);
	if (2 * ++l->branch_count > l->table_size)
		resize(a, l, 2 * l->table_size);
	return (uint32_t)l->node_count - 1;
}

static void add_pattern(struct arena *a, struct liang *l, struct str pattern)
{
	unsigned char numbers[LIANG_LONGEST + 1] = { 0 };
	size_t depth = 0;
	uint32_t node = 0;
	for (size_t at = 0; at < pattern.len;) {
		uint32_t c = utf8_next(pattern, &at);
		if (c >= '0' && c <= '9') {
			numbers[depth] = (unsigned char)(c - '0');
		} else if (depth == LIANG_LONGEST) {
			return;
		} else {
			node = make_child(a, l, node, c);
			depth++;
		}
	}
	l->values[node] = (uint32_t)l->number_count;
	for (size_t i = 0; i <= depth; i++)
		PUSH(a, l->numbers, l->number_count, l->number_capacity, numbers[i]);
}

/* Comments, settings (LEFTHYPHENMIN 2, NEXTLEVEL), replacements (f1f/ff=f,1,2). */
static bool is_pattern(struct str line)
{
	return line.len && line.ptr[0] != '%' && line.ptr[0] != '#' &&
	       !(line.ptr[0] >= 'A' && line.ptr[0] <= 'Z') &&
	       str_find(line, STR("/"), 0) == line.len;
}

static void read_setting(struct liang *l, struct str line)
{
	struct str name;
	int64_t value;
	bool set = str_cut(&line, ' ', &name) && str_to_int(str_trim(line), &value) && value > 0 &&
		   value <= LIANG_LONGEST;
	if (set && str_equal(name, STR("LEFTHYPHENMIN")))
		l->before = (size_t)value;
	if (set && str_equal(name, STR("RIGHTHYPHENMIN")))
		l->after = (size_t)value;
}

struct liang *liang_read(struct arena *a, struct str file)
{
	struct liang *l = NEW(a, struct liang);
	PUSH(a, l->values, l->node_count, l->node_capacity, 0); /* the root */
	PUSH(a, l->numbers, l->number_count, l->number_capacity, 0); /* 0 means none */
	size_t size = 1024; /* six bytes of file make a branch, two branches' room each */
	while (size < file.len / 3)
		size *= 2;
	resize(a, l, size);
	struct str line;
	str_cut(&file, '\n', &line); /* the encoding */
	while (str_cut(&file, '\n', &line)) {
		line = str_trim(line);
		if (is_pattern(line))
			add_pattern(a, l, line);
		else
			read_setting(l, line);
	}
	return l;
}

void liang_least(const struct liang *l, size_t *before, size_t *after)
{
	*before = l->before > *before ? l->before : *before;
	*after = l->after > *after ? l->after : *after;
}

void liang_points(const struct liang *l, const uint32_t *letters, size_t count, bool *odd)
{
	uint32_t dotted[LIANG_LONGEST + 2];
	unsigned char most[LIANG_LONGEST + 3] = { 0 };
	dotted[0] = dotted[count + 1] = '.';
	memcpy(dotted + 1, letters, count * sizeof *letters);
	for (size_t start = 0; start < count + 2; start++) {
		uint32_t node = 0;
		for (size_t i = start; i < count + 2; i++) {
			node = find(l, node, dotted[i])->child;
			if (!node)
				break;
			const unsigned char *numbers = l->numbers + l->values[node];
			for (size_t k = 0; l->values[node] && k <= i + 1 - start; k++)
				if (numbers[k] > most[start + k])
					most[start + k] = numbers[k];
		}
	}
	for (size_t i = 0; i < count; i++)
		odd[i] = most[i + 1] & 1;
}
