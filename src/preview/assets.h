/* Inside preview/: our page, its style and its script, part of the program. */
#ifndef PREVIEW_ASSETS_H
#define PREVIEW_ASSETS_H

#include "base/str.h"

struct str asset_page(void);
struct str asset_style(void);
struct str asset_script(void);

#endif
