/* Inside preview/: images of the pages of a PDF, made when they are asked for by
 * programs of their own: mutool of MuPDF, which is quick, where colours are those of
 * screens; pdftoppm of poppler, which knows the printing condition's profile, where
 * they are inks. Debian's mutool is built without profiles and shows inks garish. */
#ifndef PREVIEW_RASTER_H
#define PREVIEW_RASTER_H

#include "base/str.h"

struct arena;
struct raster;

struct raster *raster_open(char *const variables[]);
/* Ends what is being made; whoever waits for it gets nothing. */
void raster_end(struct raster *r);
void raster_close(struct raster *r);

enum raster_outcome {
	RASTER_DONE,
	RASTER_NO_PROGRAM, /* neither is installed */
	RASTER_FAILED, /* no such page, or it could not be drawn in time */
};

struct raster_page {
	const char *pdf;
	unsigned number; /* from 1 */
	unsigned dpi;
	bool of_inks; /* the PDF is one for the press */
};

/* Draws a page as PNG into the file `image`, which is there whole or not at all; one
 * that is there already is taken. Called from several threads: it
 * waits while as many pages are drawn as is good for the machine. */
enum raster_outcome raster_draw(struct raster *r, const struct raster_page *page, const char *image)
	__attribute__((warn_unused_result));

#endif
