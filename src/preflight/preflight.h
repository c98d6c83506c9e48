/* preflight/: would a printer take these pages, can a reader read them?
 *
 * In: composed pages, and how much ink their pictures lay on (NULL: not known).
 * Out: diagnostics, each at the place of the editor's or the designer's file that can
 * be mended. Changes nothing, opens no file and knows no PDF: what is true of the
 * pages is true of every file made from them.
 *
 * The rules for the press are those of GWG 2022 for sheet-fed CMYK, by number in the
 * messages, and what printers ask for beyond them: bleed, a safety zone, type and
 * rules that stay legible when plates are a hair apart. */
#ifndef PREFLIGHT_PREFLIGHT_H
#define PREFLIGHT_PREFLIGHT_H

#include "model/ink.h"
#include "model/page.h"

/* Judges the pages as an edition of their layout: print for the press, the others for
 * the contrast of their words. */
void preflight(const struct pages *p, const struct inks *inks, struct diags *d);

#endif
