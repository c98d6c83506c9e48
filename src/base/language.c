#include "base/language.h"

struct str language_primary(struct str tag)
{
	return str_sub(tag, 0, str_find(tag, STR("-"), 0));
}

bool language_is(struct str tag, struct str primary)
{
	return str_equal_nocase(language_primary(tag), primary);
}
