/* The job sheet: what a printer has to know of the files, as plain text. Every label
 * is said in the publication's language and in English. What the pages tell is taken
 * from them, what the files claim from the files. */
#include "base/arena.h"
#include "base/file.h"
#include "base/language.h"
#include "base/sha256.h"
#include "pdf/colour.h"
#include "pdf/intent.h"
#include "pdf/pdf.h"

/* X(NAME, pl, nb, uk, de, en) */
/* clang-format off */
#define LABELS(X) \
	X(TITLE, "Karta zlecenia", "Jobbark", "Картка замовлення", "Auftragsblatt", "Job sheet") \
	X(ISSUE, "Tytuł", "Tittel", "Назва", "Titel", "Title") \
	X(PUBLISHER, "Wydawca", "Utgiver", "Видавець", "Herausgeber", "Publisher") \
	X(PAGES, "Liczba stron", "Antall sider", "Кількість сторінок", "Seitenzahl", "Pages") \
	X(TRIM, "Format netto", "Ferdig format", "Обрізний формат", "Endformat", "Trim size") \
	X(BLEED, "Spad", "Utfallende", "Виліт під обріз", "Beschnitt", "Bleed") \
	X(MARKS, "Znaki", "Merker", "Мітки", "Marken", "Marks") \
	X(CROP, "cięcia", "skjæremerker", "обрізні", "Schnitt", "crop") \
	X(REGISTRATION, "pasowania", "passkryss", "суміщення", "Passer", "registration") \
	X(BAR, "pasek kontrolny", "fargestripe", "контрольна шкала", "Kontrollstreifen", "colour bar") \
	X(NONE, "brak", "ingen", "немає", "keine", "none") \
	X(COLOURS, "Kolory", "Farger", "Кольори", "Farben", "Colours") \
	X(CONDITION, "Warunki druku", "Trykkbetingelse", "Умови друку", "Druckbedingung", "Printing condition") \
	X(PROFILE, "Profil ICC", "ICC-profil", "Профіль ICC", "ICC-Profil", "ICC profile") \
	X(BINDING, "Oprawa", "Innbinding", "Скріплення", "Bindung", "Binding") \
	X(SADDLE, "szyta drutem", "stiftet i ryggen", "скобою по згину", "Rückstichheftung", "saddle stitch") \
	X(FOLDED, "arkusz złożony", "falset ark", "сфальцьований аркуш", "gefalzter Bogen", "folded sheet") \
	X(PERFECT, "klejona", "limfreset", "клейове", "Klebebindung", "perfect binding") \
	X(FLAT, "bez oprawy", "uten innbinding", "без скріплення", "ohne Bindung", "unbound") \
	X(COVER, "Okładka", "Omslag", "Обкладинка", "Umschlag", "Cover") \
	X(APART, "osobny plik", "egen fil", "окремий файл", "eigene Datei", "file of its own") \
	X(SPINE, "Grzbiet", "Rygg", "Корінець", "Rücken", "Spine") \
	X(PAPER, "Papier", "Papir", "Папір", "Papier", "Paper") \
	X(COVER_PAPER, "Papier okładki", "Omslagspapir", "Папір обкладинки", "Umschlagpapier", "Cover paper") \
	X(FONTS, "Kroje osadzone", "Innebygde skrifter", "Вбудовані шрифти", "Eingebettete Schriften", "Fonts embedded") \
	X(READY, "Strony gotowe", "Ferdige sider", "Готові сторінки", "Fertige Seiten", "Ready-made pages") \
	X(FILES, "Pliki", "Filer", "Файли", "Dateien", "Files") \
	X(STANDARD, "Norma", "Standard", "Стандарт", "Norm", "Standard")
/* clang-format on */

enum label {
#define LABEL(name, pl, nb, uk, de, en) LABEL_##name,
	LABELS(LABEL)
#undef LABEL
};

enum { PL, NB, UK, DE, EN, LANGUAGES };

static const char *const labels[][LANGUAGES] = {
#define LABEL(name, pl, nb, uk, de, en) { pl, nb, uk, de, en },
	LABELS(LABEL)
#undef LABEL
};

enum { WIDTH = 40 }; /* of labels, in characters */

struct sheet {
	const struct job *job;
	const struct layout *layout;
	struct arena *arena;
	struct buf *out;
	int language;
};

static int language_of(struct str language)
{
	static const struct {
		struct str code;
		int index;
	} known[] = { { STR_INIT("pl"), PL }, { STR_INIT("nb"), NB }, { STR_INIT("no"), NB },
		      { STR_INIT("nn"), NB }, { STR_INIT("uk"), UK }, { STR_INIT("de"), DE } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (language_is(language, known[i].code))
			return known[i].index;
	return EN;
}

static struct str both(const struct sheet *s, enum label l)
{
	const char *own = labels[l][s->language], *english = labels[l][EN];
	if (strcmp(own, english) == 0)
		return str_from(english);
	return str_format(s->arena, "%s / %s", own, english);
}

static int character_count(struct str s)
{
	int count = 0;
	for (size_t i = 0; i < s.len; i++)
		count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return count;
}

/* "Spad / Bleed:          " */
static void begin(struct sheet *s, enum label l)
{
	struct str name = both(s, l);
	buf_format(s->out, "%.*s:", STR_ARG(name));
	for (int i = character_count(name) + 1; i < WIDTH; i++)
		buf_put_byte(s->out, ' ');
	buf_put_byte(s->out, ' ');
}

static void fact(struct sheet *s, enum label l, struct str value)
{
	if (!value.len)
		return;
	begin(s, l);
	buf_put(s->out, value);
	buf_put_byte(s->out, '\n');
}

/* value / one, which is a power of ten, without zeros at the end. */
static void put_decimal(struct sheet *s, int64_t value, int64_t one)
{
	buf_format(s->out, "%lld", (long long)(value / one));
	if (value % one)
		buf_put_byte(s->out, s->language == EN ? '.' : ',');
	for (int64_t rest = value % one; rest; rest = rest % one) {
		rest *= 10;
		buf_format(s->out, "%lld", (long long)(rest / one));
	}
}

/* Hundredths of a millimetre. */
static void put_mm(struct sheet *s, int length)
{
	put_decimal(s, (unit_to_um(length) + 5) / 10, 100);
}

static void put_sizes(struct sheet *s)
{
	const struct grid *g = &s->layout->grid;
	begin(s, LABEL_TRIM);
	put_mm(s, g->width);
	buf_put_c(s->out, " × ");
	put_mm(s, g->height);
	buf_put_c(s->out, " mm\n");
	begin(s, LABEL_BLEED);
	put_mm(s, g->bleed);
	buf_put_c(s->out, " mm\n");
}

static void put_marks(struct sheet *s)
{
	const struct marks *m = &s->layout->marks;
	const struct {
		bool there;
		enum label label;
	} kinds[] = { { m->crop, LABEL_CROP },
		      { m->registration, LABEL_REGISTRATION },
		      { m->bar, LABEL_BAR },
		      { !m->crop && !m->registration && !m->bar, LABEL_NONE } };
	begin(s, LABEL_MARKS);
	bool first = true;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!kinds[i].there)
			continue;
		buf_format(s->out, "%s%.*s", first ? "" : ", ", STR_ARG(both(s, kinds[i].label)));
		first = false;
	}
	buf_put_byte(s->out, '\n');
}

static const struct colour *colour_of(const struct item *i)
{
	return i->kind == ITEM_GLYPHS  ? i->glyphs.colour
	       : i->kind == ITEM_FILL  ? i->fill.colour
	       : i->kind == ITEM_SHAPE ? i->shape.colour
				       : NULL;
}

static bool page_uses(const struct page *p, const struct ink *spot)
{
	for (size_t i = 0; i < p->item_count; i++) {
		const struct colour *c = colour_of(&p->items[i]);
		if (c && c->spot == spot)
			return true;
	}
	return false;
}

static bool is_used(const struct pages *p, const struct ink *spot)
{
	for (size_t n = 0; n < p->count; n++)
		if (page_uses(&p->page[n], spot))
			return true;
	return p->spine && page_uses(p->spine, spot);
}

/* "CMYK + PANTONE 300 C (C 100 M 44 Y 0 K 0)" */
static void put_colours(struct sheet *s)
{
	begin(s, LABEL_COLOURS);
	buf_put_c(s->out, s->layout->cmyk ? "CMYK" : "RGB");
	for (size_t i = 0; s->layout->cmyk && i < s->layout->spot_count; i++) {
		const struct ink *spot = &s->layout->spots[i];
		if (!is_used(s->job->pages, spot))
			continue;
		buf_format(s->out, " + %.*s (", STR_ARG(spot->name));
		for (size_t n = 0; n < 4; n++)
			buf_format(s->out, "%s%c %d", n ? " " : "", "CMYK"[n],
				   (spot->cmyk[n] + 5) / 10);
		buf_put_byte(s->out, ')');
	}
	buf_put_byte(s->out, '\n');
}

static void put_condition(struct sheet *s)
{
	const struct layout *l = s->layout;
	struct str words = intent_words(l->output_condition), profile = l->profile;
	if (l->output_condition.len)
		fact(s, LABEL_CONDITION,
		     words.len ? str_format(s->arena, "%.*s, %.*s", STR_ARG(l->output_condition),
					    STR_ARG(words))
			       : l->output_condition);
	if (!profile.len || !file_exists(profile.ptr))
		return;
	size_t name = profile.len;
	while (name && profile.ptr[name - 1] != '/')
		name--;
	struct str told = profile_description(s->arena, profile.ptr);
	profile = str_sub(profile, name, profile.len);
	fact(s, LABEL_PROFILE,
	     told.len ? str_format(s->arena, "%.*s (%.*s)", STR_ARG(told), STR_ARG(profile))
		      : profile);
}

/* "90 g/m², 0,113 mm" */
static void put_paper(struct sheet *s, enum label l, const struct paper *p)
{
	if (!p->weight && !p->caliper)
		return;
	begin(s, l);
	if (p->weight)
		buf_format(s->out, "%d g/m²%s", p->weight, p->caliper ? ", " : "");
	if (p->caliper) {
		put_decimal(s, (p->caliper + 500) / 1000, 1000);
		buf_put_c(s->out, " mm");
	}
	buf_put_byte(s->out, '\n');
}

static void put_production(struct sheet *s)
{
	static const enum label bindings[] = { [BINDING_SADDLE] = LABEL_SADDLE,
					       [BINDING_PERFECT] = LABEL_PERFECT,
					       [BINDING_FLAT] = LABEL_FLAT };
	const struct production *made = &s->layout->production;
	size_t pages = s->job->pages->count;
	/* What is one sheet folds without being stitched. */
	bool folded = made->binding == BINDING_SADDLE && !made->cover_apart && pages <= 4;
	fact(s, LABEL_BINDING, both(s, folded ? LABEL_FOLDED : bindings[made->binding]));
	if (made->cover_apart)
		fact(s, LABEL_COVER, both(s, LABEL_APART));
	int spine = made->cover_apart && pages > COVER_PAGES
			    ? production_spine(made, pages - COVER_PAGES)
			    : 0;
	if (spine) {
		begin(s, LABEL_SPINE);
		put_mm(s, spine);
		buf_put_c(s->out, " mm\n");
	}
	put_paper(s, LABEL_PAPER, &made->paper);
	if (made->cover_apart)
		put_paper(s, LABEL_COVER_PAPER, &made->cover_paper);
}

static void note_faces(const struct page *p, bool *used)
{
	for (size_t i = 0; i < p->item_count; i++) {
		const struct item *item = &p->items[i];
		if (item->kind == ITEM_GLYPHS && item->glyphs.glyph_count)
			used[item->glyphs.face->number] = true;
	}
}

/* Faces that letters of the pages have, in the layout's order. */
static void put_fonts(struct sheet *s)
{
	const struct pages *p = s->job->pages;
	bool *used = NEW_ARRAY(s->arena, bool, s->layout->face_count + 1);
	for (size_t n = 0; n < p->count; n++)
		note_faces(&p->page[n], used);
	if (p->spine)
		note_faces(p->spine, used);
	if (p->cover_slugs)
		note_faces(&p->cover_slugs[0], used);
	if (p->sheet_slugs)
		note_faces(&p->sheet_slugs[0], used);
	struct str family = { "", 0 }; /* a line each */
	for (size_t i = 0; i < s->layout->face_count; i++) {
		const struct face *f = &s->layout->faces[i];
		if (!used[i])
			continue;
		bool same = str_equal(f->family, family);
		if (!family.len)
			begin(s, LABEL_FONTS);
		else if (!same)
			buf_format(s->out, "\n%*s", WIDTH + 1, "");
		buf_format(s->out, "%.*s%s %d%s", STR_ARG(same ? STR("") : f->family),
			   same ? "," : "", f->weight, f->italic ? " italic" : "");
		family = f->family;
	}
	if (family.len)
		buf_put_byte(s->out, '\n');
}

static void put_ready_made(struct sheet *s)
{
	const struct pages *p = s->job->pages;
	bool first = true;
	for (size_t n = 0; n < p->count; n++) {
		if (!p->page[n].advertisement)
			continue;
		if (first)
			begin(s, LABEL_READY);
		buf_format(s->out, "%s%d (%.*s)", first ? "" : ", ", p->page[n].number,
			   STR_ARG(p->page[n].advertisement->src));
		first = false;
	}
	if (!first)
		buf_put_byte(s->out, '\n');
}

/* What a file says it conforms to: Info of a file for the press is not packed. */
static struct str claim_of(struct str bytes)
{
	static const struct str key = STR_INIT("/GTS_PDFXVersion (");
	size_t at = str_find(bytes, key, 0);
	struct str rest = str_sub(bytes, at + key.len, 40);
	return str_sub(rest, 0, str_find(rest, STR(")"), 0));
}

/* Of its pages once cut: sheets are the narrower the further inside they lie. */
static void put_file_size(struct sheet *s, const struct job_file *f)
{
	const struct grid *g = &s->layout->grid;
	int width = g->width, last = width, height = g->height;
	if (f->sheets && f->sheets->count) {
		width = f->sheets->sides[0].trim.width;
		last = f->sheets->sides[f->sheets->count - 1].trim.width;
		height = f->sheets->sides[0].trim.height;
	}
	buf_format(s->out, "    %.*s: ", STR_ARG(both(s, LABEL_TRIM)));
	put_mm(s, width);
	if (last != width) {
		buf_put_c(s->out, "–");
		put_mm(s, last);
	}
	buf_put_c(s->out, " × ");
	put_mm(s, height);
	buf_put_c(s->out, " mm\n");
}

static bool put_file(struct sheet *s, const struct job_file *f, struct diags *d)
{
	struct str bytes;
	if (!file_map(f->path, (size_t)1 << 32, d, (struct place){ 0 }, &bytes))
		return false;
	struct sha256 sum = sha256_of(bytes);
	buf_format(s->out, "\n  %.*s\n", STR_ARG(f->name));
	buf_format(s->out, "    %.*s: %zu\n", STR_ARG(both(s, LABEL_PAGES)), f->pages);
	put_file_size(s, f);
	struct str claim = claim_of(bytes);
	buf_format(s->out, "    %.*s: %.*s\n", STR_ARG(both(s, LABEL_STANDARD)),
		   STR_ARG(claim.len ? claim : STR("PDF")));
	buf_format(s->out, "    %zu B\n    SHA-256: ", bytes.len);
	sha256_put(s->out, &sum);
	buf_put_byte(s->out, '\n');
	file_unmap(bytes);
	return true;
}

static bool put_all(struct sheet *s, struct diags *d)
{
	const struct job *j = s->job;
	const struct document *doc = j->pages->document;
	struct str title = both(s, LABEL_TITLE);
	buf_format(s->out, "%.*s\n\n", STR_ARG(title));
	fact(s, LABEL_ISSUE, pdf_title(s->arena, doc));
	fact(s, LABEL_PUBLISHER, doc->publication->publisher);
	fact(s, LABEL_PAGES, str_format(s->arena, "%zu", j->pages->count));
	put_sizes(s);
	put_marks(s);
	put_colours(s);
	put_condition(s);
	put_production(s);
	put_fonts(s);
	put_ready_made(s);
	buf_format(s->out, "\n%.*s:\n", STR_ARG(both(s, LABEL_FILES)));
	for (size_t i = 0; i < j->file_count; i++)
		if (!put_file(s, &j->files[i], d))
			return false;
	return true;
}

bool jobsheet_write(const struct job *j, const char *path, struct diags *d, uint64_t *bytes)
{
	struct arena *a = arena_open();
	struct buf out;
	buf_init(&out, 1 << 20);
	struct sheet s = { j, j->pages->layout, a, &out,
			   language_of(j->pages->document->publication->language) };
	bool ok = put_all(&s, d) && file_replace(path, buf_str(&out), d);
	*bytes = out.len;
	buf_release(&out);
	arena_close(a);
	return ok;
}
