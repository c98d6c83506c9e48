/* A message as the sample subscriber would get it: what `glos build` writes and
 * `glos preview` shows. */
#ifndef CLI_SAMPLE_H
#define CLI_SAMPLE_H

#include "base/world.h"
#include "model/message.h"

struct sample {
	struct buf wire, html, text;
};

void sample_open(struct sample *s, const struct document *doc, const struct message *m,
		 const struct world *w);
void sample_close(struct sample *s);

/* What its files are called, without their ending: "pl", "pl.śląskie". */
struct str sample_name(struct arena *a, const struct message *m);

#endif
