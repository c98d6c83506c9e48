#include "model/ink.h"

const struct picture_ink *inks_of(const struct inks *inks, const struct picture *p)
{
	for (size_t i = 0; inks && i < inks->count; i++)
		if (inks->list[i].picture == p)
			return &inks->list[i];
	return NULL;
}

const struct picture_light *light_under(const struct inks *inks, const struct picture *p)
{
	for (size_t i = 0; inks && i < inks->light_count; i++)
		if (inks->lights[i].picture == p)
			return &inks->lights[i];
	return NULL;
}
