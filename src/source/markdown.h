/* Markdown to the document's blocks. */
#ifndef SOURCE_MARKDOWN_H
#define SOURCE_MARKDOWN_H

#include "model/document.h"
#include "source/reader.h"

/* Reads text, which stands in the article's file from first_line on, into the
 * article's blocks and notes. folder (absolute) is what pictures are relative
 * to. Typography is still to be applied. */
void markdown_read(struct reader *r, struct article *article, struct str folder, struct str text,
		   int first_line);

#endif
