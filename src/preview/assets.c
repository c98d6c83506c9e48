/* The Makefile makes the bytes of desk.html, desk.css and desk.js into lists of
 * numbers, for C17 cannot take files in. */
#include "preview/assets.h"

static const unsigned char page[] = {
#include "preview/desk.html.inc"
};

static const unsigned char style[] = {
#include "preview/desk.css.inc"
};

static const unsigned char script[] = {
#include "preview/desk.js.inc"
};

struct str asset_page(void)
{
	return (struct str){ (const char *)page, sizeof page };
}

struct str asset_style(void)
{
	return (struct str){ (const char *)style, sizeof style };
}

struct str asset_script(void)
{
	return (struct str){ (const char *)script, sizeof script };
}
