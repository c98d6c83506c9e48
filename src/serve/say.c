#include "serve/say.h"

#include "base/language.h"

struct str say(enum say what, enum tongue t)
{
	static const struct str sayings[SAY_COUNT][TONGUE_COUNT] = {
#define SAY(name, pl, nb, uk, en) { STR_INIT(pl), STR_INIT(nb), STR_INIT(uk), STR_INIT(en) },
		SAYINGS(SAY)
#undef SAY
	};
	return sayings[what][t];
}

struct str tongue_tag(enum tongue t)
{
	static const struct str tags[] = { STR_INIT("pl"), STR_INIT("nb"), STR_INIT("uk"),
					   STR_INIT("en") };
	return tags[t];
}

bool tongue_from(struct str tag, enum tongue *t)
{
	for (int i = 0; i < TONGUE_COUNT; i++) {
		if (!language_is(tag, tongue_tag((enum tongue)i)))
			continue;
		*t = (enum tongue)i;
		return true;
	}
	*t = TONGUE_NB;
	return language_is(tag, STR("no")) || language_is(tag, STR("nn"));
}

/* "0.85" as 850; 1000 when nothing or nonsense is said. */
static int weight_of(struct str parameters)
{
	size_t at = str_find(parameters, STR("q="), 0);
	struct str q = str_trim(str_sub(parameters, at + 2, parameters.len));
	if (at == parameters.len || q.len == 0 || (q.ptr[0] != '0' && q.ptr[0] != '1'))
		return 1000;
	int weight = q.ptr[0] == '1' ? 1000 : 0, unit = 100;
	for (size_t i = 2; i < q.len && i < 5 && q.ptr[1] == '.'; i++, unit /= 10)
		if (q.ptr[i] >= '0' && q.ptr[i] <= '9')
			weight += (q.ptr[i] - '0') * unit;
	return weight > 1000 ? 1000 : weight;
}

enum tongue tongue_choose(struct str accept, enum tongue otherwise)
{
	struct str rest = accept, range;
	enum tongue best = otherwise, t;
	int best_weight = 0;
	while (str_cut(&rest, ',', &range)) {
		size_t semicolon = str_find(range, STR(";"), 0);
		int weight = weight_of(str_sub(range, semicolon, range.len));
		if (weight <= best_weight ||
		    !tongue_from(str_trim(str_sub(range, 0, semicolon)), &t))
			continue;
		best = t;
		best_weight = weight;
	}
	return best;
}
