#include "compose/filler.h"

#include "compose/sheet.h"
#include "model/words.h"

static void put_title(struct composer *c, size_t page, const struct frame *f)
{
	const struct style *s = composer_style(c, NULL, STYLE_TITLE);
	struct str language = c->doc->publication->language;
	struct rect r = frame_rect(c->layout, f, page_is_recto(c, page));
	struct text t = text_plain(c->arena, word(WORD_NOTE_PAGE, language), s, language, NULL);
	page_words(c, page, t, r.x, r.y + s->leading);
}

void filler_put(struct composer *c)
{
	const struct master *m = c->layout->filler;
	size_t page = page_open(c, m, NULL);
	for (size_t i = 0; m && i < m->frame_count; i++) {
		const struct frame *f = &m->frames[i];
		if (f->role == FRAME_HEAD)
			put_title(c, page, f);
		else if (f->role == FRAME_LINES)
			page_lines(c, page, f);
	}
}
