#include "base/language.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool language_is_tag(struct str s)
{
	struct str rest = s, part;
	bool first = true;
	while (str_cut(&rest, '-', &part)) {
		if (part.len < (first ? 2U : 1U) || part.len > (first ? 3U : 8U))
			return false;
		for (size_t i = 0; i < part.len; i++)
			if (!is_letter(part.ptr[i]) &&
			    (first || part.ptr[i] < '0' || part.ptr[i] > '9'))
				return false;
		first = false;
	}
	return !first;
}

struct str language_primary(struct str tag)
{
	return str_sub(tag, 0, str_find(tag, STR("-"), 0));
}

bool language_is(struct str tag, struct str primary)
{
	return str_equal_nocase(language_primary(tag), primary);
}

bool language_is_rtl(struct str tag)
{
	static const struct str right_to_left[] = {
		STR_INIT("ar"), STR_INIT("fa"), STR_INIT("he"),
		STR_INIT("ps"), STR_INIT("ur"), STR_INIT("yi")
	};
	for (size_t i = 0; i < sizeof right_to_left / sizeof *right_to_left; i++)
		if (language_is(tag, right_to_left[i]))
			return true;
	return false;
}
