/* The press's ICC profile, read no further than its header (ICC.1:2001-04, 6.1): whether
 * it can convert is found where it does. */
#include "base/file.h"
#include "source/layout_reader.h"

#include <stdio.h>

/* Why a file is no profile of a press, or NULL. */
static const char *fault_of(const char *path)
{
	unsigned char head[128] = { 0 };
	FILE *f = file_stream(path);
	if (!f)
		return "cannot be opened";
	bool read = fread(head, 1, sizeof head, f) == sizeof head;
	fseeko(f, 0, SEEK_END);
	off_t size = ftello(f);
	fclose(f);
	uint32_t said = (uint32_t)head[0] << 24 | (uint32_t)head[1] << 16 | (uint32_t)head[2] << 8 |
			head[3];
	if (!read || memcmp(head + 36, "acsp", 4) != 0)
		return "is no ICC profile";
	if ((off_t)said > size)
		return "is cut off";
	if (memcmp(head + 12, "prtr", 4) != 0)
		return "is no profile of an output device";
	return memcmp(head + 16, "CMYK", 4) == 0 ? NULL : "is not for four inks (CMYK)";
}

void profile_check(struct layout_reader *lr)
{
	const struct layout *l = lr->layout;
	const char *fault = fault_of(l->profile.ptr);
	if (fault)
		diag_report_hint(
			lr->reader->diags, DIAG_PROFILE_INVALID, l->profile_place,
			STR("name the profile of a printing condition, as your printer "
			    "says it: ISO Coated v2 for FOGRA39, PSO Coated v3 for FOGRA51"),
			"%.*s %s", STR_ARG(l->profile), fault);
}
