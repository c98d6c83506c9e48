#include "cli/cli.h"
#include "pdf/pdf.h"

static int run_version(struct cli *c)
{
	if (!pdf_library_fits(c->diags))
		return EXIT_WORLD;
	if (c->json)
		puts("{\"version\":\"" GLOS_VERSION "\"}");
	else
		puts("glos " GLOS_VERSION);
	return EXIT_DONE;
}

const struct command command_version = {
	.name = "version",
	.arguments = "",
	.summary = "Tells the version of the program.",
	.run = run_version,
};
