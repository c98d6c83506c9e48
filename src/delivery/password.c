#include "delivery/password.h"

#include "base/arena.h"
#include "base/file.h"

#include <string.h>

enum { PASSWORD_BYTES = 4096 };

bool password_read(struct arena *a, struct str root, struct str environment, struct str file,
		   const struct world *w, struct diags *d, enum diag_code code, struct place place,
		   const char **password)
{
	struct str text;
	if (environment.len) {
		const char *value = w->environment(w->context, str_c(a, environment));
		if (!value || !*value) {
			diag_report(d, code, place, "the environment has no %.*s",
				    STR_ARG(environment));
			return false;
		}
		*password = str_c(a, str_from(value));
		return true;
	}
	if (!file_read(a, path_join(a, root, file), PASSWORD_BYTES, d, place, &text))
		return false;
	while (text.len && strchr("\r\n", text.ptr[text.len - 1]))
		text.len--;
	*password = str_c(a, text);
	return true;
}
