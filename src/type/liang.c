/* Liang's algorithm: every pattern that occurs anywhere in the word gives its
 * numbers to the places between the letters; the largest number at a place
 * wins; odd ones allow a break.
 *
 * Patterns lie in a trie whose nodes keep their children in a list: the lists are
 * short, and results are remembered by word. libhyphen walks the word once and
 * sees only the longest pattern that ends at each letter, which is why its
 * dictionaries must be prepared by substrings.pl; here every pattern is seen, so
 * prepared and unprepared dictionaries give the same, right breaks.
 * Franklin Liang, "Word Hy-phen-a-tion by Com-put-er", 1983. */
#include "type/liang.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

struct liang_node {
	uint32_t letter;
	int child, sibling; /* index, 0: none */
	const unsigned char *values; /* depth + 1 of them, or NULL */
};

struct liang {
	struct liang_node *nodes; /* the first is the root */
	size_t count, capacity;
};

static int find_child(const struct liang *l, int node, uint32_t letter)
{
	int child = l->nodes[node].child;
	while (child && l->nodes[child].letter != letter)
		child = l->nodes[child].sibling;
	return child;
}

static int make_child(struct arena *a, struct liang *l, int node, uint32_t letter)
{
	int child = find_child(l, node, letter);
	if (child)
		return child;
	struct liang_node fresh = { .letter = letter, .sibling = l->nodes[node].child };
	PUSH(a, l->nodes, l->count, l->capacity, fresh);
	return l->nodes[node].child = (int)l->count - 1;
}

static void add_pattern(struct arena *a, struct liang *l, struct str pattern)
{
	unsigned char values[LIANG_LONGEST + 1] = { 0 };
	size_t depth = 0;
	int node = 0;
	for (size_t at = 0; at < pattern.len;) {
		uint32_t c = utf8_next(pattern, &at);
		if (c >= '0' && c <= '9') {
			values[depth] = (unsigned char)(c - '0');
		} else if (depth == LIANG_LONGEST) {
			return;
		} else {
			node = make_child(a, l, node, c);
			depth++;
		}
	}
	unsigned char *kept = arena_alloc(a, depth + 1);
	memcpy(kept, values, depth + 1);
	l->nodes[node].values = kept;
}

/* Comments, settings (LEFTHYPHENMIN 2, NEXTLEVEL), replacements (f1f/ff=f,1,2). */
static bool is_pattern(struct str line)
{
	return line.len && line.ptr[0] != '%' && line.ptr[0] != '#' &&
	       !(line.ptr[0] >= 'A' && line.ptr[0] <= 'Z') &&
	       str_find(line, STR("/"), 0) == line.len;
}

struct liang *liang_read(struct arena *a, struct str file)
{
	struct liang *l = NEW(a, struct liang);
	struct liang_node root = { 0 };
	PUSH(a, l->nodes, l->count, l->capacity, root);
	struct str line;
	str_cut(&file, '\n', &line); /* the encoding */
	while (str_cut(&file, '\n', &line)) {
		line = str_trim(line);
		if (is_pattern(line))
			add_pattern(a, l, line);
	}
	return l;
}

void liang_points(const struct liang *l, const uint32_t *letters, size_t count, bool *odd)
{
	uint32_t dotted[LIANG_LONGEST + 2];
	unsigned char most[LIANG_LONGEST + 3] = { 0 };
	dotted[0] = dotted[count + 1] = '.';
	memcpy(dotted + 1, letters, count * sizeof *letters);
	for (size_t start = 0; start < count + 2; start++) {
		int node = 0;
		for (size_t i = start; i < count + 2; i++) {
			node = find_child(l, node, dotted[i]);
			if (!node)
				break;
			const unsigned char *values = l->nodes[node].values;
			for (size_t k = 0; values && k <= i + 1 - start; k++)
				if (values[k] > most[start + k])
					most[start + k] = values[k];
		}
	}
	for (size_t i = 0; i < count; i++)
		odd[i] = most[i + 1] & 1;
}
