/* Total fit: the set of lines whose faults together are least.
 *
 * THE MODEL. A node is a way of getting to a candidate: its number of lines, the
 * fitness of the last line (tight to very loose), the hyphens in a row, the sum of
 * demerits, and the node before it. A line costs by how much it must give: ratio r
 * of what is missing to what the line can give, badness 100 r³, demerits
 * (10 + badness)² and the penalty's square on top.
 *
 * A line gives in steps: its spaces by a seventh, which nobody sees; then its
 * letters a little, by their widths and their distances (Hàn Thế Thành's thesis,
 * 2000, and every layout program since); then its spaces again, and r grows
 * faster, for that is what readers see. Where a paragraph cannot do without loose
 * or tight lines, their letters (and no others) give once more before the spaces
 * go on. So they do where otherwise half a word alone would end the paragraph.
 *
 * HOW IT WORKS. Candidates are met in order. Each is reached from every active
 * node by one line; the best node of every kind is kept and becomes active; nodes
 * too far behind to reach anything more fall out. Three passes: with a narrow
 * tolerance nearly always successful and quick, then a wider one and letters that
 * may give more, then any looseness, lines too wide at last, and the emergency
 * candidates.
 *
 * Ragged lines are chosen alike, r being what is left of the line against a fixed
 * measure. Balance counts the last line like the others, among the sets with the
 * fewest lines. All arithmetic is in integers, ratios in 1/1024.
 *
 * OTHER LENGTHS, a line fewer or more than best, are found by one more run, with
 * the letters and the tolerance of the second pass, that keeps sets of different
 * length apart and gives up a way as soon as it costs more than is tolerable. Two
 * walks from line end to line end, as far and as near as a line can reach, tell
 * beforehand whether the text can come out so at all.
 * Knuth & Plass, "Breaking Paragraphs into Lines", SP&E 11 (1981). */
#include "type/choose.h"

#include <stdlib.h>

enum {
	ONE = 1024, /* ratio 1 */
	FITNESS_TIGHT = 0,
	FITNESS_DECENT,
	FITNESS_LOOSE,
	FITNESS_VERY_LOOSE,
	PASSES = 3,
	RATIO_MAX = 1000 * ONE,
	BADNESS_MAX = 3000000,
	SPACES_SHRINK = 36, /* how far spaces may shrink, 1/100 of their width */
	RATIO_SPACES = 300, /* ratio, 1/1000, when spaces have given their first part */
	SPACES_LAST = 6, /* a sixth of the spaces is worth 1 of ratio after that */
	LINE_PENALTY = 10,
	ADJACENT_DEMERITS = 10000, /* lines of unlike fitness follow each other */
	HYPHENS_DEMERITS = 10000, /* two hyphens in a row */
	LAST_HYPHEN_DEMERITS = 40000, /* the last line but one is hyphenated */
	SHORT_LAST_DEMERITS = 40000, /* the last line is shorter than an indent needs */
	FRAGMENT_DEMERITS = 100000000, /* the last line is the rest of a word */
	LONG_TEXT = 4000, /* candidates above which lines are not counted */
	LINES_APART = 6, /* sets that have more lines than that beyond others are not wanted */
	LOOSE = 7 * ONE / 2, /* ratio: spaces are wider by two fifths, letters give all */
	RAGGED = 2 * ONE, /* ratio: a third of the line is missing */
	/* What a set of another length may cost beyond the best one, for each line up
	 * to so many: spaces wider by a fifth, and letters by a twentieth, throughout. */
	LENGTH_DEMERITS = 1000000,
	LENGTH_LINES = 12,
};

static const int64_t ladder_demerits = 200000000000000;
static const int64_t overfull_demerits = 20000000000000000;
static const int64_t one_word_demerits = 100000000;
/* What the letters of loose and tight lines give beyond LETTERS, by pass. */
static const int letters_more[PASSES] = { 0, 22, 42 };
static const int tolerances[PASSES] = { 5 * ONE / 2, 5 * ONE, RATIO_MAX };
static const int64_t most_demerits = INT64_MAX / 2; /* sums stay below overflow */

struct choice_node {
	size_t candidate;
	int previous; /* index of a node, -1 at the start */
	int line; /* lines so far */
	int hyphens; /* in a row */
	int fitness;
	int64_t demerits;
};

struct choosing {
	struct type *type;
	const struct candidate *c;
	size_t count;
	const struct choice *how;
	struct choice_node *nodes;
	size_t node_count, node_capacity;
	int *active;
	size_t active_count, active_capacity;
	size_t fresh; /* first node of the candidate being met */
	int pass;
	int easy_line; /* lines from here on have boxes alike */
	bool by_line; /* sets of different length are kept apart */
	int narrowest;
	int tolerance; /* largest ratio; but of a last line that need not be filled */
	int64_t most; /* demerits of the ways that are kept */
};

int choice_width(const struct choice *how, size_t line)
{
	const struct line_box *b = &how->boxes[line < how->box_count ? line : how->box_count - 1];
	return b->width - (line == 0 ? how->indent : 0);
}

int choice_narrowest(const struct choice *how)
{
	int least = choice_width(how, 0);
	for (size_t i = 1; i <= how->box_count; i++)
		if (choice_width(how, i) < least)
			least = choice_width(how, i);
	return least;
}

static int width_of(const struct choosing *g, int line)
{
	return choice_width(g->how, (size_t)line);
}

struct fit {
	int64_t ratio; /* in ONE, negative when shrinking */
	bool too_wide;
};

static int64_t ratio_of(int64_t need, int64_t give)
{
	if (need == 0)
		return 0;
	if (give <= 0)
		return RATIO_MAX;
	int64_t r;
	if (need <= UINT32_MAX / ONE && give <= UINT32_MAX) /* divides in half the time */
		r = (int64_t)((uint32_t)need * ONE / (uint32_t)give);
	else
		r = need * ONE / give;
	return r > RATIO_MAX ? RATIO_MAX : r;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Of a justified line: spaces, letters, spaces, more letters, spaces. */
static int64_t justified_ratio(int64_t need, int64_t letters, int64_t more, int64_t space)
{
	int64_t first = space * SPACES_FIRST / 100;
	if (need <= first)
		return ratio_of(need, first) * RATIO_SPACES / 1000;
	if (need <= first + letters)
		return (int64_t)ONE * RATIO_SPACES / 1000 +
		       ratio_of(need - first, letters) * (1000 - RATIO_SPACES) / 1000;
	int64_t next = space * SPACES_NEXT / 100 - first, rest = need - first - letters;
	int64_t by_letters = rest > next ? least(rest - next, more) : 0;
	int64_t r = ONE + ratio_of(rest - by_letters, space / SPACES_LAST);
	if (by_letters)
		r += ratio_of(by_letters, more);
	return r > RATIO_MAX ? RATIO_MAX : r;
}

static struct fit fit_line(const struct choosing *g, const struct candidate *from,
			   const struct candidate *to, int width)
{
	int64_t natural = to->end - from->start, space = to->end_space - from->start_space;
	int64_t missing = width - natural;
	if (!g->how->justified)
		return (struct fit){ ratio_of(missing, width / 6), missing < 0 };
	int64_t letters = (natural - space) * LETTERS / 1000;
	int64_t more = (natural - space) * letters_more[g->pass] / 1000;
	if (missing < 0)
		return (struct fit){ -justified_ratio(-missing, letters, more, space),
				     -missing > letters + more + space * SPACES_SHRINK / 100 };
	if (to->flags & CANDIDATE_FORCED) /* the last line need not be filled */
		return (struct fit){ 0, false };
	return (struct fit){ justified_ratio(missing, letters, more, space), false };
}

static int64_t badness(const struct choosing *g, int64_t r)
{
	r = r < 0 ? -r : r;
	int64_t b = g->how->justified ? 100 * r * r / ONE * r / ONE / ONE : 100 * r * r / ONE / ONE;
	return b > BADNESS_MAX ? BADNESS_MAX : b;
}

static int fitness_of(int64_t r)
{
	return r < -ONE / 2   ? FITNESS_TIGHT
	       : r <= ONE / 2 ? FITNESS_DECENT
	       : r <= ONE     ? FITNESS_LOOSE
			      : FITNESS_VERY_LOOSE;
}

/* What a last line costs that is too short: the rest of a word, or less than an indent. */
static int64_t short_last_demerits(const struct choosing *g, const struct candidate *from,
				   const struct candidate *to, int line)
{
	int64_t natural = to->end - from->start, d = 0;
	bool one_word = to->end_space == from->start_space;
	if (line == 0)
		return 0;
	if ((from->flags & CANDIDATE_HYPHEN) && one_word)
		d += FRAGMENT_DEMERITS;
	if (g->how->balance)
		return d + (one_word ? one_word_demerits : 0);
	int64_t least = g->how->indent > 0 ? 2 * g->how->indent : 2 * g->how->em;
	return d + (natural < least ? SHORT_LAST_DEMERITS : 0);
}

/* What the last line of a paragraph costs beyond its fit. */
static int64_t last_line_demerits(const struct choosing *g, const struct candidate *from,
				  const struct candidate *to, int line)
{
	bool hyphen = line > 0 && (from->flags & CANDIDATE_HYPHEN);
	return short_last_demerits(g, from, to, line) + (hyphen ? LAST_HYPHEN_DEMERITS : 0);
}

static int64_t line_demerits(const struct choosing *g, const struct choice_node *a,
			     const struct candidate *from, const struct candidate *to,
			     const struct fit *fit)
{
	bool last = (to->flags & CANDIDATE_FORCED) != 0;
	int64_t bad = last && !g->how->balance && fit->ratio >= 0 ? 0 : badness(g, fit->ratio);
	int64_t d = (LINE_PENALTY + bad) * (LINE_PENALTY + bad);
	d += (int64_t)to->penalty * to->penalty;
	if (last)
		d += last_line_demerits(g, from, to, a->line);
	if ((to->flags & CANDIDATE_HYPHEN) && a->hyphens > 0)
		d += HYPHENS_DEMERITS;
	if ((to->flags & CANDIDATE_HYPHEN) && a->hyphens >= g->how->hyphens_in_row)
		d += ladder_demerits;
	if (fit->too_wide)
		d += overfull_demerits;
	int step = fitness_of(fit->ratio) - a->fitness;
	if (g->how->justified && (step > 1 || step < -1))
		d += ADJACENT_DEMERITS;
	return d;
}

/* Sets that may be compared by demerits alone have the same rank. */
static int rank(const struct choosing *g, int line)
{
	return g->by_line || line < g->easy_line ? line : g->easy_line;
}

/* Keeps the node if it is the best of its kind among the fresh ones. */
static void keep(struct choosing *g, struct choice_node n)
{
	for (size_t i = g->fresh; i < g->node_count; i++) {
		struct choice_node *f = &g->nodes[i];
		if (rank(g, f->line) != rank(g, n.line))
			continue;
		int64_t margin = f->fitness == n.fitness ? 0 : ADJACENT_DEMERITS;
		if (f->hyphens <= n.hyphens && f->demerits + margin <= n.demerits)
			return;
		if (f->fitness == n.fitness && f->hyphens == n.hyphens) {
			*f = n;
			return;
		}
	}
	PUSH(g->type->scratch, g->nodes, g->node_count, g->node_capacity, n);
}

static int64_t add_demerits(int64_t sum, int64_t d)
{
	return sum > most_demerits ? sum : sum + d;
}

static void reach(struct choosing *g, int node, size_t to, const struct fit *fit)
{
	const struct choice_node *a = &g->nodes[node];
	const struct candidate *c = &g->c[to];
	bool hyphen = (c->flags & CANDIDATE_HYPHEN) != 0;
	if (hyphen && a->hyphens >= g->how->hyphens_in_row && g->pass < PASSES - 1)
		return;
	int hyphens = hyphen ? a->hyphens + 1 : 0;
	if (hyphens > g->how->hyphens_in_row)
		hyphens = g->how->hyphens_in_row;
	int64_t demerits =
		add_demerits(a->demerits, line_demerits(g, a, &g->c[a->candidate], c, fit));
	if (demerits > g->most)
		return;
	keep(g, (struct choice_node){ to, node, a->line + 1, hyphens,
				      g->how->justified ? fitness_of(fit->ratio) : FITNESS_DECENT,
				      demerits });
}

/* True when even the narrowest box is too wide for what stands between: later
 * nodes are nearer still. fit: of a box so wide. */
static bool too_near(const struct choosing *g, const struct candidate *from,
		     const struct candidate *to, struct fit fit, int width)
{
	if (g->pass == PASSES - 1 || (to->flags & CANDIDATE_FORCED) || !g->how->justified ||
	    fit.ratio <= g->tolerance)
		return false;
	return width == g->narrowest || fit_line(g, from, to, g->narrowest).ratio > g->tolerance;
}

/* Where lines are counted, drops the fresh nodes that are far both from the
 * fewest lines and from the number the best set has: no wish reaches them, and
 * a long word cut anywhere would keep a node for every number of lines. */
static void drop_far(struct choosing *g)
{
	if (!g->by_line || g->node_count == g->fresh)
		return;
	int fewest = g->nodes[g->fresh].line;
	const struct choice_node *best = &g->nodes[g->fresh];
	for (size_t i = g->fresh; i < g->node_count; i++) {
		const struct choice_node *n = &g->nodes[i];
		fewest = n->line < fewest ? n->line : fewest;
		best = n->demerits < best->demerits ? n : best;
	}
	int usual = best->line;
	size_t kept = g->fresh;
	for (size_t i = g->fresh; i < g->node_count; i++) {
		int line = g->nodes[i].line;
		if (line - fewest <= LINES_APART || abs(line - usual) <= LINES_APART)
			g->nodes[kept++] = g->nodes[i];
	}
	g->node_count = kept;
}

/* Meets one candidate; false when it leaves no way on. */
static bool meet(struct choosing *g, size_t to)
{
	const struct candidate *c = &g->c[to];
	bool forced = (c->flags & CANDIDATE_FORCED) != 0, last_pass = g->pass == PASSES - 1;
	size_t kept = 0, i = 0;
	int fallen = -1;
	g->fresh = g->node_count;
	for (; i < g->active_count; i++) {
		int node = g->active[i];
		const struct choice_node *a = &g->nodes[node];
		const struct candidate *from = &g->c[a->candidate];
		int width = width_of(g, a->line);
		struct fit fit = fit_line(g, from, c, width);
		if (too_near(g, from, c, fit, width))
			break;
		if (fit.too_wide) {
			fallen = node;
			continue; /* and out: later candidates are farther still */
		}
		if (fit.ratio <= g->tolerance || forced || last_pass)
			reach(g, node, to, &fit);
		g->active[kept++] = node;
	}
	for (; i < g->active_count; i++)
		g->active[kept++] = g->active[i];
	if (kept == 0 && g->node_count == g->fresh && fallen >= 0 && last_pass) {
		struct fit fit = { 0, true };
		reach(g, fallen, to, &fit);
	}
	drop_far(g);
	g->active_count = forced ? 0 : kept;
	for (size_t n = g->fresh; n < g->node_count; n++)
		PUSH(g->type->scratch, g->active, g->active_count, g->active_capacity, (int)n);
	return g->active_count > 0;
}

static bool run(struct choosing *g)
{
	g->node_count = g->active_count = 0;
	struct choice_node start = { .previous = -1, .fitness = FITNESS_DECENT };
	PUSH(g->type->scratch, g->nodes, g->node_count, g->node_capacity, start);
	PUSH(g->type->scratch, g->active, g->active_count, g->active_capacity, 0);
	for (size_t i = 1; i < g->count; i++) {
		if ((g->c[i].flags & CANDIDATE_EMERGENCY) && g->pass < PASSES - 1)
			continue;
		if (!meet(g, i))
			return false;
	}
	return true;
}

/* Among sets that cost alike in lines too wide and in ladders, the balanced one has
 * the fewest lines. Where only the last pass found a way, there is no room for wishes. */
static int balanced_end(const struct choosing *g, int best)
{
	const struct choice_node *least = &g->nodes[best];
	for (size_t i = 0; g->pass < PASSES - 1 && i < g->active_count; i++) {
		const struct choice_node *n = &g->nodes[g->active[i]], *b = &g->nodes[best];
		bool fewer = n->line < b->line || (n->line == b->line && n->demerits < b->demerits);
		if (fewer && n->demerits / ladder_demerits <= least->demerits / ladder_demerits)
			best = g->active[i];
	}
	return best;
}

static int cheapest(const struct choosing *g)
{
	int best = g->active[0];
	for (size_t i = 1; i < g->active_count; i++)
		if (g->nodes[g->active[i]].demerits < g->nodes[best].demerits)
			best = g->active[i];
	return best;
}

/* Whether all that stands in the last line is the rest of a word. */
static bool ends_in_fragment(const struct choosing *g, int end)
{
	const struct choice_node *n = &g->nodes[end];
	if (!g->how->justified || n->previous < 0)
		return false;
	const struct candidate *from = &g->c[g->nodes[n->previous].candidate];
	return (from->flags & CANDIDATE_HYPHEN) &&
	       g->c[n->candidate].end_space == from->start_space;
}

/* A second pass for the sake of the last line alone, as long as no line becomes loose. */
static int without_fragment(struct choosing *g)
{
	g->pass = 1;
	g->tolerance = LOOSE;
	if (run(g)) {
		int other = cheapest(g);
		if (!ends_in_fragment(g, other))
			return other;
	}
	g->pass = 0;
	g->tolerance = tolerances[0];
	run(g);
	return cheapest(g);
}

/* The best node at the end, after as many passes as it takes. */
static int choose_best(struct choosing *g)
{
	g->by_line = g->how->balance && g->count < LONG_TEXT;
	g->most = INT64_MAX;
	g->pass = -1;
	do {
		g->pass++;
		g->tolerance = g->how->justified ? tolerances[g->pass] : RATIO_MAX;
	} while (!run(g) && g->pass < PASSES - 1);
	int best = cheapest(g);
	if (g->pass == 0 && ends_in_fragment(g, best))
		best = without_fragment(g);
	return g->by_line ? balanced_end(g, best) : best;
}

static struct chosen chosen_by(const struct choosing *g, int end)
{
	struct chosen chosen = { .count = (size_t)g->nodes[end].line,
				 .demerits = g->nodes[end].demerits,
				 .letters_more = letters_more[g->pass] };
	size_t line = chosen.count;
	chosen.ends = NEW_ARRAY(g->type->scratch, size_t, line);
	for (int n = end; g->nodes[n].previous >= 0; n = g->nodes[n].previous)
		chosen.ends[--line] = g->nodes[n].candidate;
	return chosen;
}

/* ---- other lengths ---- */

/* Faults that readers see, and that a wish for another length must not add. */
struct faults {
	int loose, ladders, short_last;
};

static struct faults faults_of(const struct choosing *g, const struct chosen *set)
{
	struct faults f = { 0 };
	int hyphens = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct candidate *from = &g->c[i ? set->ends[i - 1] : 0];
		const struct candidate *to = &g->c[set->ends[i]];
		int64_t ratio = fit_line(g, from, to, width_of(g, (int)i)).ratio;
		f.loose += ratio > (g->how->justified ? LOOSE : RAGGED) &&
			   !(to->flags & CANDIDATE_FORCED);
		hyphens = to->flags & CANDIDATE_HYPHEN ? hyphens + 1 : 0;
		f.ladders += hyphens > g->how->hyphens_in_row;
		if (to->flags & CANDIDATE_FORCED)
			f.short_last += short_last_demerits(g, from, to, (int)i) > 0;
	}
	return f;
}

static bool is_tolerable(const struct choosing *g, const struct chosen *set, struct faults most)
{
	struct faults f = faults_of(g, set);
	return f.loose <= most.loose && f.ladders <= most.ladders &&
	       f.short_last <= most.short_last;
}

/* Where a line from candidate `from` ends at the farthest, or at the nearest if it
 * may be ever so tight; the next forced end if that comes first. */
static size_t reach_of(const struct choosing *g, size_t from, int line, bool farthest)
{
	size_t found = 0;
	for (size_t to = from + 1; to < g->count; to++) {
		const struct candidate *c = &g->c[to];
		if (c->flags & CANDIDATE_EMERGENCY)
			continue;
		struct fit fit = fit_line(g, &g->c[from], c, width_of(g, line));
		if (!farthest && ((c->flags & CANDIDATE_FORCED) || fit.ratio <= g->tolerance))
			return to;
		if (!fit.too_wide || !found)
			found = to;
		if ((c->flags & CANDIDATE_FORCED) ||
		    (fit.too_wide && !(c->flags & CANDIDATE_HYPHEN)))
			break;
	}
	return found;
}

/* How many lines the text takes if each reaches as far, or as near, as it can. */
static size_t extreme_length(const struct choosing *g, bool farthest)
{
	size_t lines = 0;
	for (size_t at = 0; at + 1 < g->count; lines++)
		at = reach_of(g, at, (int)lines, farthest);
	return lines;
}

/* The best tolerable set of so many lines among those of a run by lines. */
static struct chosen of_length(const struct choosing *g, size_t lines, struct faults most)
{
	struct chosen best = { 0 };
	for (size_t i = 0; i < g->active_count; i++) {
		const struct choice_node *n = &g->nodes[g->active[i]];
		if ((size_t)n->line != lines || (best.count && n->demerits >= best.demerits))
			continue;
		struct chosen set = chosen_by(g, g->active[i]);
		if (is_tolerable(g, &set, most))
			best = set;
	}
	return best;
}

/* Fills the sets that have a line fewer and a line more than the best one, where they
 * are tolerable. */
static void choose_others(struct choosing *g, struct chosen out[3])
{
	struct chosen *shorter = &out[0], *best = &out[1], *longer = &out[2];
	if (g->how->balance || g->pass == PASSES - 1 || g->count >= LONG_TEXT)
		return;
	struct faults faults = faults_of(g, best);
	g->pass = PASSES - 2;
	g->tolerance = !g->how->justified ? RAGGED : faults.loose ? tolerances[g->pass] : LOOSE;
	bool may_shorten = best->count > 1 && extreme_length(g, true) < best->count;
	bool may_lengthen = extreme_length(g, false) > best->count;
	if (!may_shorten && !may_lengthen)
		return;
	size_t lines = best->count < LENGTH_LINES ? best->count : LENGTH_LINES;
	g->by_line = true;
	g->most = best->demerits + (int64_t)lines * LENGTH_DEMERITS;
	if (!run(g))
		return;
	if (may_shorten)
		*shorter = of_length(g, best->count - 1, faults);
	if (may_lengthen)
		*longer = of_length(g, best->count + 1, faults);
	/* Letters that give more may make a set cheaper than the best one is. */
	if (shorter->demerits < best->demerits)
		shorter->demerits = best->demerits;
	if (longer->demerits < best->demerits)
		longer->demerits = best->demerits;
}

static struct choosing start(struct type *t, const struct candidate *c, size_t count,
			     const struct choice *how)
{
	struct choosing g = { .type = t, .c = c, .count = count, .how = how };
	g.easy_line = how->box_count > 1 ? (int)how->box_count - 1 : how->indent != 0;
	g.narrowest = choice_narrowest(how);
	return g;
}

void choose_lines(struct type *t, const struct candidate *c, size_t count, const struct choice *how,
		  bool others, struct chosen out[3])
{
	struct choosing g = start(t, c, count, how);
	out[0] = out[2] = (struct chosen){ 0 };
	out[1] = chosen_by(&g, choose_best(&g));
	if (others)
		choose_others(&g, out);
}
