#include "compose/filler.h"

#include "compose/front.h"
#include "compose/sheet.h"
#include "model/mailbox.h"
#include "model/words.h"

/* ---- notes ---- */

static void put_title(struct composer *c, size_t page, const struct frame *f)
{
	const struct style *s = composer_style(c, NULL, STYLE_TITLE);
	struct str language = c->doc->publication->language;
	struct rect r = frame_rect(c->layout, f, page_is_recto(c, page));
	struct text t = text_plain(c->arena, word(WORD_NOTE_PAGE, language), s, language, NULL);
	page_words(c, page, t, r.x, r.y + s->leading);
}

/* Notes are headed once; behind that their lines go on from the top. */
static const struct master *next_master(struct composer *c)
{
	const struct master *m = c->layout->filler;
	unsigned heads = 0;
	bool begun = false;
	for (size_t i = 0; i < c->pages->count; i++)
		begun = begun || c->pages->page[i].master == m;
	for (size_t i = 0; m && i < m->frame_count && i < MASTER_FRAMES_MAX; i++)
		if (m->frames[i].role == FRAME_HEAD)
			heads |= 1u << i;
	return m && begun && heads ? master_without(c, m, heads, 0) : m;
}

void filler_put(struct composer *c)
{
	const struct master *m = next_master(c);
	size_t page = page_open(c, m, NULL);
	for (size_t i = 0; m && i < m->frame_count; i++) {
		const struct frame *f = &m->frames[i];
		if (f->role == FRAME_HEAD)
			put_title(c, page, f);
		else if (f->role == FRAME_LINES)
			page_lines(c, page, f);
	}
}

/* ---- the back cover ---- */

/* An address as it is said: without what only browsers need. */
static struct str said_address(struct str url)
{
	static const struct str schemes[] = { STR_INIT("https://"), STR_INIT("http://") };
	for (size_t i = 0; i < 2; i++)
		if (str_starts(url, schemes[i]))
			url = str_sub(url, schemes[i].len, url.len);
	return str_ends(url, STR("/")) ? str_sub(url, 0, url.len - 1) : url;
}

/* Where readers may write to. */
static struct str mail_address(const struct mail_settings *m)
{
	return mailbox_of(m->reply_to.len ? m->reply_to : m->from).address;
}

static void put_address(struct composer *c, size_t page, const struct frame *f,
			struct element *parent)
{
	const struct publication *p = c->doc->publication;
	const struct str words[] = { p->publisher, p->mail.postal_address, said_address(p->site),
				     mail_address(&p->mail) };
	struct article voice = { .language = p->language };
	struct galley g = { .composer = c, .article = &voice };
	struct block *blocks[sizeof words / sizeof *words];
	size_t count = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!words[i].len)
			continue;
		const struct style *s =
			composer_style(c, NULL, i ? STYLE_ADDRESS : STYLE_PUBLISHER);
		struct element *e = element_new(c->arena, c->pages, ELEMENT_PARAGRAPH, parent);
		struct block *b = block_new(&g, BLOCK_TEXT, s, c->doc->place);
		b->text = text_plain(c->arena, words[i], s, p->language, e);
		b->opener = true;
		blocks[count++] = b;
	}
	page_stack_at(c, page, blocks, count, f, frame_rect(c->layout, f, page_is_recto(c, page)));
}

void back_put(struct composer *c)
{
	const struct master *m = c->layout->back;
	size_t page = page_open(c, m, NULL);
	struct element *part =
		element_new(c->arena, c->pages, ELEMENT_SECTION, c->pages->structure);
	for (size_t i = 0; i < m->frame_count; i++) {
		const struct frame *f = &m->frames[i];
		struct rect r = frame_rect(c->layout, f, page_is_recto(c, page));
		if (f->role == FRAME_MASTHEAD)
			masthead_put(c, page,
				     element_new(c->arena, c->pages, ELEMENT_PARAGRAPH, part), r);
		else if (f->role == FRAME_ADDRESS)
			put_address(c, page, f, part);
	}
}
