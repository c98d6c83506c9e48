/* A small issue built by hand, with every kind of node in it. */
#ifndef TESTS_EMAIL_SAMPLE_H
#define TESTS_EMAIL_SAMPLE_H

#include "base/arena.h"
#include "model/layout.h"

#include <string.h>

struct sample {
	struct arena *arena;
	struct diags *diags;
	struct world world;
	struct publication publication;
	struct document document;
	struct layout layout;
	struct template templates[2];
	struct article *article; /* the one that add_* helpers of tests fill */
};

static inline struct node *sample_text(struct sample *s, struct node *parent, const char *text)
{
	struct node *n = node_new(s->arena, NODE_TEXT, (struct place){ STR("a.md"), 1, 1 }, parent);
	n->text = str_from(text);
	return n;
}

static inline void sample_add(struct article *a, struct node *n)
{
	n->parent = NULL;
	n->next = NULL;
	if (a->last)
		a->last->next = n;
	else
		a->first = n;
	a->last = n;
}

static inline struct node *sample_block(struct sample *s, enum node_kind kind, struct node *parent)
{
	struct node *n = node_new(s->arena, kind, (struct place){ STR("a.md"), 1, 1 }, parent);
	if (!parent)
		sample_add(s->article, n);
	return n;
}

static inline struct node *sample_paragraph(struct sample *s, struct node *parent, const char *text)
{
	struct node *n = sample_block(s, NODE_PARAGRAPH, parent);
	sample_text(s, n, text);
	return n;
}

static inline struct article *sample_article(struct sample *s, const char *slug, const char *title,
					     const char *template)
{
	struct article *a = NEW(s->arena, struct article);
	a->slug = str_from(slug);
	a->file = str_format(s->arena, "issues/2026-1/%s.md", slug);
	a->title = str_from(title);
	a->template = str_from(template);
	a->language = STR("pl");
	a->section = STR("Dział");
	a->editions = EDITION_ALL;
	a->place = (struct place){ a->file, 1, 1 };
	struct entry *old = s->document.entries;
	size_t count = s->document.entry_count;
	s->document.entries = arena_grow(s->arena, old, count, count + 1, sizeof *old);
	s->document.entries[count] =
		(struct entry){ .kind = ENTRY_ARTICLE, .section = a->section, .article = a };
	s->document.entry_count = count + 1;
	s->article = a;
	return a;
}

static inline struct picture *sample_picture(struct sample *s, const char *src, const char *path)
{
	struct picture *p = NEW(s->arena, struct picture);
	*p = (struct picture){ .src = str_from(src),
			       .path = str_from(path),
			       .alt = STR("Opis <obrazu> \"z\" cudzysłowem"),
			       .caption = STR("Podpis"),
			       .credit = STR("Autor"),
			       .columns = 800,
			       .rows = 600,
			       .components = 3,
			       .orientation = 1,
			       .bytes = 1000 };
	return p;
}

/* One of each kind, into the current article. */
static inline void sample_fill(struct sample *s, const char *picture_path)
{
	struct node *n, *m, *note;
	n = sample_paragraph(s, NULL, "Zwykły akapit ");
	sample_text(s, node_new(s->arena, NODE_EMPHASIS, n->place, n), "wyróżniony");
	sample_text(s, node_new(s->arena, NODE_STRONG, n->place, n), "mocny");
	sample_text(s, node_new(s->arena, NODE_STRIKE, n->place, n), "skreślony");
	node_new(s->arena, NODE_CODE, n->place, n)->text = STR("kod {name}");
	m = node_new(s->arena, NODE_LINK, n->place, n);
	m->link.url = STR("https://example.org/?a=1&b=\"2\"");
	sample_text(s, m, "odnośnik");
	node_new(s->arena, NODE_LINE_BREAK, n->place, n);
	m = node_new(s->arena, NODE_SPAN, n->place, n);
	m->language = STR("en");
	sample_text(s, m, "second opinion");
	note = NEW(s->arena, struct node);
	note->kind = NODE_NOTE;
	note->note.number = 1;
	sample_paragraph(s, note, "Treść przypisu");
	s->article->notes = NEW(s->arena, struct node *);
	s->article->notes[0] = note;
	s->article->note_count = 1;
	node_new(s->arena, NODE_NOTE_REFERENCE, n->place, n)->reference = note;
	n = sample_block(s, NODE_HEADING, NULL);
	n->level = 2;
	sample_text(s, n, "Nagłówek");
	n = sample_block(s, NODE_LIST, NULL);
	n->list.tight = true;
	sample_paragraph(s, node_new(s->arena, NODE_ITEM, n->place, n), "punkt pierwszy");
	m = node_new(s->arena, NODE_ITEM, n->place, n);
	sample_paragraph(s, m, "punkt drugi");
	m = node_new(s->arena, NODE_LIST, n->place, m);
	m->list.ordered = true;
	m->list.start = 3;
	m->list.tight = true;
	sample_paragraph(s, node_new(s->arena, NODE_ITEM, n->place, m), "zagnieżdżony");
	sample_paragraph(s, sample_block(s, NODE_QUOTE, NULL), "cytat");
	sample_block(s, NODE_CODE_BLOCK, NULL)->text = STR("imię  ....\nnazwisko {token}\n");
	sample_block(s, NODE_RULE, NULL);
	n = sample_block(s, NODE_TABLE, NULL);
	n->table.columns = 2;
	n->table.alignments = NEW_ARRAY(s->arena, enum alignment, 2);
	n->table.alignments[1] = ALIGN_RIGHT;
	for (int row = 0; row < 2; row++) {
		m = node_new(s->arena, NODE_ROW, n->place, n);
		for (int column = 0; column < 2; column++)
			sample_text(s, node_new(s->arena, NODE_CELL, n->place, m),
				    row      ? column ? "wartość" : "rzecz"
				    : column ? "Ile"
					     : "Co");
	}
	sample_block(s, NODE_FIGURE, NULL)->picture =
		sample_picture(s, "images/Świt nad.jpg", picture_path);
	sample_paragraph(s, sample_block(s, NODE_PULLQUOTE, NULL), "wyimek");
	n = sample_block(s, NODE_BOX, NULL);
	n->title = STR("Warto wiedzieć");
	sample_paragraph(s, n, "w ramce");
	n = sample_block(s, NODE_GALLERY, NULL);
	for (int i = 0; i < 3; i++)
		node_new(s->arena, NODE_FIGURE, n->place, n)->picture =
			sample_picture(s, "images/galeria.png", picture_path);
	sample_paragraph(s, sample_block(s, NODE_CONTACT, NULL), "tel.\u00a0800\u00a0000\u00a0000");
	n = sample_paragraph(s, sample_block(s, NODE_BUTTON, NULL), "");
	m = node_new(s->arena, NODE_LINK, n->place, n);
	m->link.url = STR("https://example.org/p/{token}");
	sample_text(s, m, "Zapisz się");
	n = sample_block(s, NODE_QA, NULL);
	sample_paragraph(s, node_new(s->arena, NODE_QUESTION, n->place, n), "Pytanie?");
	sample_paragraph(s, node_new(s->arena, NODE_ANSWER, n->place, n), "Odpowiedź.");
	n = sample_block(s, NODE_ONLY, NULL);
	n->only.editions = EDITION_PRINT;
	sample_paragraph(s, n, "tylko druk");
	n = sample_block(s, NODE_ONLY, NULL);
	n->only.editions = EDITION_ALL;
	n->only.regions = NEW(s->arena, struct str);
	n->only.regions[0] = STR("śląskie");
	n->only.region_count = 1;
	sample_paragraph(s, n, "tylko Śląsk");
	sample_block(s, NODE_BREAK, NULL);
}

/* Words that sample_fill's article must show in every edition. */
static const char *const sample_words[] = {
	"Zwykły akapit",
	"wyróżniony",
	"mocny",
	"skreślony",
	"odnośnik",
	"second opinion",
	"Treść przypisu",
	"Nagłówek",
	"punkt pierwszy",
	"punkt drugi",
	"zagnieżdżony",
	"cytat",
	"nazwisko",
	"Co",
	"Ile",
	"rzecz",
	"wartość",
	"Podpis",
	"Autor",
	"wyimek",
	"Warto wiedzieć",
	"w ramce",
	"800\u00a0000\u00a0000",
	"Zapisz się",
	"Pytanie?",
	"Odpowiedź.",
};

static inline struct sample *sample_new(void)
{
	struct arena *a = arena_open();
	struct sample *s = NEW(a, struct sample);
	s->arena = a;
	s->diags = diags_new(a);
	s->world.now = 1773734400; /* 2026-03-17 */
	s->publication = (struct publication){
		.title = STR("Głos Pacjenta"),
		.publisher = STR("Polska Koalicja"),
		.language = STR("pl"),
		.site = STR("https://glos.example.org/"),
		.mail = { .from = STR("Głos Pacjenta <redakcja@glos.example.org>"),
			  .reply_to = STR("redakcja@glos.example.org"),
			  .list_id = STR("glos.glos.example.org"),
			  .unsubscribe = STR("https://glos.example.org/u/{token}"),
			  .preferences = STR("https://glos.example.org/p/{token}"),
			  .postal_address = STR("ul. Przykładowa 1, 00-001 Warszawa") },
	};
	s->document = (struct document){
		.publication = &s->publication,
		.id = STR("2026-1"),
		.number = STR("1/2026"),
		.title = STR("Koordynator prowadzi pacjenta"),
		.subject = STR("Głos Pacjenta 1/2026: koordynator prowadzi pacjenta"),
		.preheader = STR("Kto pilnuje terminów?"),
		.date = { 2026, 3, 17 },
	};
	s->templates[0] = (struct template){ .name = STR("letter"),
					     .email_whole = true,
					     .in_contents = true };
	s->templates[1] = (struct template){ .name = STR("feature"), .in_contents = true };
	s->layout.templates = s->templates;
	s->layout.template_count = 2;
	s->layout.fallback_template = &s->templates[1];
	return s;
}

static inline void sample_close(struct sample *s)
{
	arena_close(s->arena);
}

/* Whether text stands in s. */
static inline bool sample_has(struct str s, const char *text)
{
	struct str needle = str_from(text);
	return needle.len == 0 || str_find(s, needle, 0) < s.len;
}

#endif
