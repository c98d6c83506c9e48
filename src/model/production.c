#include "model/production.h"

struct production production_usual(void)
{
	enum { GLUE_UM = 1000 }; /* usual for glue and the cover's own thickness */
	return (struct production){ .glue = unit_from_um(GLUE_UM) };
}

void production_lay_over(struct production *below, const struct production *above)
{
#define TAKE(value, told)                                                                          \
	if (above->told.line) {                                                                    \
		below->value = above->value;                                                       \
		below->told = above->told;                                                         \
	}
	TAKE(binding, binding_place)
	TAKE(cover_apart, cover_place)
	TAKE(imposed, imposed_place)
	TAKE(glue, glue_place)
	TAKE(spine, spine_place)
	TAKE(creep, creep_place)
	TAKE(paper, paper.place)
	TAKE(cover_paper, cover_paper.place)
#undef TAKE
}

static int from_nm(int64_t nanometres)
{
	/* An inch is 25,400,000 of them and 72,000 of ours. */
	return (int)((nanometres * 72 + 12700) / 25400);
}

int production_spine(const struct production *p, size_t inner_pages)
{
	if (p->binding != BINDING_PERFECT)
		return 0;
	if (p->spine_place.line)
		return p->spine;
	return from_nm((int64_t)(inner_pages / 2) * p->paper.caliper) + p->glue;
}

int production_push_out(const struct production *p, size_t sheet, size_t sheets)
{
	if (p->creep_place.line)
		return sheets > 1 ? unit_scale(p->creep, (int)sheet, (int)sheets - 1) : 0;
	int cover = p->cover_paper.caliper ? p->cover_paper.caliper : p->paper.caliper;
	int64_t around = p->cover_apart ? cover : 0;
	return from_nm(around + (int64_t)sheet * p->paper.caliper);
}

struct str binding_name(enum binding b)
{
	static const struct str names[] = {
		[BINDING_SADDLE] = STR_INIT("saddle"),
		[BINDING_PERFECT] = STR_INIT("perfect"),
		[BINDING_FLAT] = STR_INIT("flat"),
	};
	return names[b];
}
