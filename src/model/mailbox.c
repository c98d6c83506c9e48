#include "model/mailbox.h"

static size_t last_of(struct str s, char c)
{
	for (size_t i = s.len; i-- > 0;)
		if (s.ptr[i] == c)
			return i;
	return s.len;
}

struct mailbox mailbox_of(struct str s)
{
	/* The last one: a quoted name may have brackets of its own. */
	size_t open = last_of(s, '<'), close = str_find(s, STR(">"), open);
	if (close == s.len)
		return (struct mailbox){ STR(""), str_trim(s) };
	struct str name = str_trim(str_sub(s, 0, open));
	if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
		name = str_sub(name, 1, name.len - 2);
	return (struct mailbox){ name, str_trim(str_sub(s, open + 1, close - open - 1)) };
}

struct str mailbox_domain(struct str address)
{
	size_t at = last_of(address, '@');
	return str_sub(address, at + 1, address.len);
}
