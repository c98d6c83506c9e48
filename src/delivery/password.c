#include "delivery/password.h"

#include "base/arena.h"
#include "base/file.h"

#include <string.h>

#include <sys/stat.h>

enum { PASSWORD_BYTES = 4096 };

static void warn_of_readers(const char *path, struct diags *d, struct place place)
{
	struct stat info;
	struct arena *a = arena_open();
	if (stat(path, &info) == 0 && (info.st_mode & S_IROTH))
		diag_report_hint(d, DIAG_PASSWORD_OPEN, place, str_format(a, "chmod 600 %s", path),
				 "%s", path);
	arena_close(a);
}

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
	const char *path = path_join(a, root, file);
	if (!file_read(a, path, PASSWORD_BYTES, d, place, &text))
		return false;
	warn_of_readers(path, d, place);
	while (text.len && strchr("\r\n", text.ptr[text.len - 1]))
		text.len--;
	*password = str_c(a, text);
	return true;
}
