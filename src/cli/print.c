#include "cli/cli.h"

void cli_print(const struct buf *out)
{
	if (out->len)
		fwrite(out->ptr, 1, out->len, stdout); /* main looks whether it arrived */
}
