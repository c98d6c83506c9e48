#include "checked.h"

#include <time.h>

/* ---- random paragraphs ---- */

static const char *const words[] = {
	"koordynator",
	"w\u00a0domu",
	"i\u00a0nie",
	"onkologia",
	"ma",
	"szpital",
	"–",
	"„tak”,",
	"biało-czerwony",
	"2014–2020",
	"https://glos.example.org/2026/temat",
	"NFZ",
	"świętokrzyskie",
	"psychoonkologiczna",
	"o\u00a0tym",
	"długoterminowa",
	"nr\u00a01/2026",
	"a",
	"to",
	"niezapominajka",
	"słowo\u00adpodzielne",
	"łam\u200btu",
	"x",
	"(nawias)",
	"т.зв.",
	"лікування",
	"🙂",
	"fi",
	"ﬁ",
	"e\u0301",
	"kjemoterapi",
	"się?",
};

static struct str random_text(struct sample *s, uint64_t *seed, size_t count)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < count; i++) {
		uint64_t r = random_next(seed);
		if (i)
			buf_put_c(&b, r % 50 == 0 ? "\u2028" : r % 31 == 0 ? "  " : " ");
		buf_put_c(&b, words[(r >> 16) % (sizeof words / sizeof *words)]);
	}
	struct str text = str_copy(s->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static void every_word_once_and_in_order(void **state)
{
	(void)state;
	static const char *const languages[] = { "pl", "nb", "uk", "en" };
	struct sample *s = sample_open();
	uint64_t seed = 20260317;
	for (int n = 0; n < 400; n++) {
		struct str text = random_text(s, &seed, 1 + random_next(&seed) % 80);
		struct span spans[3];
		/* Cut where it may fall, but between characters. */
		size_t cut[2] = { random_next(&seed) % (text.len + 1),
				  random_next(&seed) % (text.len + 1) };
		for (int i = 0; i < 2; i++)
			while (cut[i] < text.len &&
			       ((unsigned char)text.ptr[cut[i]] & 0xC0) == 0x80)
				cut[i]++;
		size_t from = cut[0] < cut[1] ? cut[0] : cut[1];
		size_t to = cut[0] < cut[1] ? cut[1] : cut[0];
		const char *language = languages[random_next(&seed) % 4];
		spans[0] = sample_span(s, str_sub(text, 0, from), language);
		spans[1] = sample_span(s, str_sub(text, from, to - from), language);
		spans[1].weight = 700;
		spans[1].size = n % 3 ? 0 : 7000;
		spans[2] = sample_span(s, str_sub(text, to, text.len), language);
		struct line_box boxes[3] = { { 30000, 60000 + (int)(random_next(&seed) % 200000) },
					     { 0, 150000 },
					     { 0, 100000 + (int)(random_next(&seed) % 150000) } };
		struct paragraph p = { .spans = spans,
				       .span_count = 3,
				       .boxes = boxes,
				       .box_count = 1 + random_next(&seed) % 3,
				       .align = (enum text_align)(random_next(&seed) % 4),
				       .indent = (int)(random_next(&seed) % 3) * 10000 - 10000,
				       .hyphenate = true,
				       .hyphens_in_row = 2 + (int)(random_next(&seed) % 2),
				       .balance = random_next(&seed) % 4 == 0 };
		struct lines sets[LINE_SETS];
		set_checked(s, &p, text);
		sample_sets(s, &p, sets);
		for (int set = 0; set < LINE_SETS; set++)
			if (sets[set].count)
				check_paragraph(s, &sets[set], &p, text);
	}
	sample_close(s);
}

/* ---- single cases ---- */

static struct paragraph plain(const struct span *span, const struct line_box *box)
{
	return (struct paragraph){
		.spans = span, .span_count = 1, .boxes = box, .box_count = 1, .align = TEXT_LEFT
	};
}

static void nothing_makes_no_lines(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	assert_int_equal(sample_set(s, STR(""), "pl", 100000, TEXT_JUSTIFIED).count, 0);
	assert_int_equal(sample_set(s, STR("  "), "pl", 100000, TEXT_LEFT).count, 0);
	struct line_box box = { 0, 100000 };
	struct paragraph p = plain(NULL, &box);
	p.span_count = 0;
	assert_int_equal(paragraph_break(s->type, s->arena, &p, s->diags).count, 0);
	assert_int_equal(line_set(s->type, s->arena, NULL, 0, s->diags).run_count, 0);
	sample_close(s);
}

static void one_word_is_one_line(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct lines l = sample_set(s, STR("Kielce"), "pl", 100000, TEXT_JUSTIFIED);
	assert_int_equal(l.count, 1);
	assert_true(l.line[0].last && !l.line[0].hyphenated && !l.line[0].overfull);
	assert_true(l.line[0].width < 40000);
	sample_close(s);
}

static void too_long_a_word_is_divided_anywhere(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	char word[9001];
	for (size_t i = 0; i < 9000; i++)
		word[i] = (char)('a' + i * 7 % 26);
	struct str text = { word, 3000 };
	struct span span = sample_span(s, text, "pl");
	struct line_box box = { 0, 100000 };
	struct paragraph p = plain(&span, &box);
	struct lines l = set_checked(s, &p, text);
	assert_true(l.count > 100 && l.count < 250);
	for (size_t i = 0; i < l.count; i++)
		assert_false(l.line[i].overfull);
	assert_int_equal(diags_count(s->diags), 1);
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_UNBREAKABLE);
	assert_int_equal(diags_at(s->diags, 0)->place.line, 3);
	assert_str(diags_at(s->diags, 0)->detail,
		   "ahovcjqxelszgnubipwdkryfmtahovcjqxelszgn… is wider than its line");
	/* A box in which not even a letter fits: lines, marked, one letter each. */
	box.width = 1000;
	span.text.len = 30;
	l = set_checked(s, &p, span.text);
	assert_int_equal(l.count, 30);
	assert_true(l.line[7].overfull);
	box.width = -5000;
	assert_int_equal(set_checked(s, &p, span.text).count, 30);
	/* Longer than a piece may be. */
	span.text.len = 9000;
	box.width = 100000;
	l = set_checked(s, &p, span.text);
	assert_true(l.count > 300 && l.count < 750);
	sample_close(s);
}

static void bound_words_break_only_when_wider_than_the_line(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct str text = STR("prof.\u00a0dr\u00a0hab.\u00a0n.\u00a0med.\u00a0Jan\u00a0Nowak");
	struct span span = sample_span(s, text, "pl");
	struct line_box box = { 0, 300000 };
	struct paragraph p = plain(&span, &box);
	assert_int_equal(set_checked(s, &p, text).count, 1);
	box.width = 60000;
	struct lines l = set_checked(s, &p, text);
	assert_int_equal(l.count, 3);
	assert_int_equal(diags_count(s->diags), 0); /* no word was cut */
	sample_close(s);
}

static void bound_letters_never_end_a_line(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	uint64_t seed = 5;
	struct buf b;
	buf_init(&b, 1 << 16);
	for (int i = 0; i < 600; i++) {
		static const char *const bound[] = { "w\u00a0", "i\u00a0", "o\u00a0", "z\u00a0",
						     "" };
		buf_put_c(&b, bound[random_next(&seed) % 5]);
		buf_put_c(&b, words[random_next(&seed) % 5 == 0 ? 12 : 3]);
		buf_put_byte(&b, ' ');
	}
	struct lines l = sample_set(s, buf_str(&b), "pl", 164000, TEXT_JUSTIFIED);
	assert_true(l.count > 100);
	for (size_t i = 0; i < l.count; i++) {
		struct str text = str_trim(sample_line(s, &l.line[i]));
		assert_false(str_ends(text, STR("\u00a0")));
		assert_false(str_ends(text, STR(" w")) || str_ends(text, STR(" i")));
	}
	buf_release(&b);
	sample_close(s);
}

static void forced_ends(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct lines l = sample_set(s, STR("pierwszy wiersz\u2028\u2028drugi\ntrzeci"), "pl",
				    300000, TEXT_JUSTIFIED);
	assert_int_equal(l.count, 4);
	assert_str(sample_line(s, &l.line[0]), "pierwszy wiersz ");
	assert_str(sample_line(s, &l.line[1]), " ");
	assert_int_equal(l.line[1].width, 0);
	assert_str(sample_line(s, &l.line[3]), "trzeci");
	for (size_t i = 0; i < 4; i++)
		assert_true(l.line[i].last);
	assert_true(l.line[0].width < 100000); /* not justified */
	sample_close(s);
}

static void justified_lines_end_where_their_box_ends(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct str text =
		STR("Ile razy trzeba powtarzać to samo, zanim ktoś usłyszy pytanie chorego "
		    "i odpowie na nie bez pośpiechu, spokojnie oraz zrozumiale dla każdego");
	struct lines l = sample_set(s, text, "pl", 164000, TEXT_JUSTIFIED);
	assert_true(l.count > 3);
	for (size_t i = 0; i + 1 < l.count; i++) {
		int right = l.line[i].x + l.line[i].width;
		assert_true(right >= 164000 && right < 168000);
		struct str said = str_trim(sample_line(s, &l.line[i]));
		size_t end = said.len;
		uint32_t c = utf8_previous(said, &end);
		if (c != 0x00AD && c != ',' && c != 'k' && c != 'r' && c != 't' && c != 'w' &&
		    c != 'y')
			assert_int_equal(right, 164000);
	}
	sample_close(s);
}

static void alignment(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct lines l = sample_set(s, STR("Kielce"), "pl", 100000, TEXT_RIGHT);
	assert_int_equal(l.line[0].x + l.line[0].width, 100000);
	l = sample_set(s, STR("Kielce"), "pl", 100000, TEXT_CENTRED);
	assert_true(abs(2 * l.line[0].x + l.line[0].width - 100000) <= 1);
	l = sample_set(s, STR("Kielce"), "pl", 100000, TEXT_LEFT);
	assert_int_equal(l.line[0].x, 0);
	sample_close(s);
}

static void boxes_by_line_and_indents(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct str text = STR("Droga przez szpital jest krótsza, gdy ktoś idzie obok, zna rozkład "
			      "i ma telefon do każdej stacji na całej trasie leczenia chorego.");
	struct span span = sample_span(s, text, "pl");
	struct line_box boxes[] = { { 30000, 120000 }, { 30000, 120000 }, { 0, 150000 } };
	struct paragraph p = plain(&span, boxes);
	p.box_count = 3;
	struct lines l = set_checked(s, &p, text);
	assert_true(l.count > 3);
	assert_int_equal(l.line[1].x, 30000);
	assert_int_equal(l.line[2].x, 0);
	assert_int_equal(l.line[l.count - 1].measure, 150000);
	p.indent = -12000;
	assert_int_equal(set_checked(s, &p, text).line[0].x, 18000);
	sample_close(s);
}

static void headings_are_balanced(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct style title = s->body;
	title.family = &s->families[2];
	title.weight = 700;
	title.size = 32000;
	struct span span =
		sample_span(s, STR("Dyskutowali o przyszłości opieki onkologicznej"), "pl");
	span.style = &title;
	struct line_box box = { 0, 500000 };
	struct paragraph p = plain(&span, &box);
	p.balance = true;
	struct lines l = set_checked(s, &p, span.text);
	assert_int_equal(l.count, 2);
	assert_str(sample_line(s, &l.line[0]), "Dyskutowali o przyszłości ");
	/* Greedy lines would leave the last word alone. */
	span.text = STR("Ktoś, kto zna całą drogę pacjenta");
	box.width = 450000;
	l = set_checked(s, &p, span.text);
	assert_int_equal(l.count, 2);
	assert_true(l.line[1].width * 3 > l.line[0].width * 2);
	sample_close(s);
}

static void other_lengths_are_a_line_away(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct str text =
		STR("Warsztaty nie były wydarzeniem odosobnionym. Wchodziły w skład projektu, "
		    "który prowadzono w całym kraju i który miał poprawić jakość leczenia, a także "
		    "zmienić sposób, w jaki szpitale rozmawiają ze sobą o wspólnych pacjentach, "
		    "o terminach, wynikach i planach na kolejne miesiące opieki nad chorym. Ile "
		    "z tego zostało po trzech latach, sprawdzamy w tym numerze na konkretnych "
		    "przykładach z Kielc, Krakowa, Lublina i Rzeszowa oraz z rozmów z chorymi.");
	struct span span = sample_span(s, text, "pl");
	struct line_box box = { 0, 244000 };
	struct paragraph p = plain(&span, &box);
	p.align = TEXT_JUSTIFIED;
	p.hyphenate = true;
	p.hyphens_in_row = 2;
	size_t best = set_checked(s, &p, text).count;
	struct lines sets[LINE_SETS];
	sample_sets(s, &p, sets);
	assert_int_equal(sets[LINES_BEST].count, best);
	assert_int_equal(sets[LINES_MORE].count, best + 1);
	assert_true(!sets[LINES_FEWER].count || sets[LINES_FEWER].count == best - 1);
	sample_close(s);
}

static void polish_compounds_repeat_their_hyphen(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct lines l = sample_set(s, STR("biało-czerwony"), "pl", 52000, TEXT_LEFT);
	assert_int_equal(l.count, 2);
	assert_str(sample_line(s, &l.line[0]), "biało\u00ad");
	assert_str(sample_line(s, &l.line[1]), "-czerwony");
	l = sample_set(s, STR("norsk-polsk"), "nb", 40000, TEXT_LEFT);
	assert_str(sample_line(s, &l.line[0]), "norsk-");
	assert_false(l.line[0].hyphenated);
	sample_close(s);
}

static int hyphens_at(struct sample *s, int width)
{
	static const struct str text = STR_INIT(
		"Wyjazdy terapeutyczne i rekreacyjne dla pacjentów i ich rodzin, punkty "
		"informacyjne "
		"w powiecie, żeby pierwsza wskazówka była blisko, biblioteki szpitalne, w których "
		"można godzinami odkładać okulary, szkolenia dla personelu i wolontariuszy.");
	struct span span = sample_span(s, text, "pl");
	struct line_box box = { 0, width };
	struct paragraph p = plain(&span, &box);
	p.hyphenate = true;
	p.hyphens_in_row = 2;
	struct lines l = set_checked(s, &p, text);
	int hyphens = 0;
	for (size_t i = 0; i < l.count; i++)
		hyphens += l.line[i].hyphenated;
	return hyphens;
}

static void ragged_text_divides_words_only_for_want_of_room(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	for (int width = 190 * PT; width < 300 * PT; width += 3 * PT)
		assert_int_equal(hyphens_at(s, width), 0);
	assert_true(hyphens_at(s, 70 * PT) > 0);
	sample_close(s);
}

static void without_hyphens_words_stay_whole(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct span span = sample_span(s,
				       STR("Psychoonkologiczna konsultacja hematoonkologiczna "
					   "świętokrzyskiego koordynatora"),
				       "pl");
	struct line_box box = { 0, 130000 };
	struct paragraph p = plain(&span, &box);
	p.align = TEXT_JUSTIFIED;
	p.hyphenate = true; /* but none in a row */
	struct lines l = paragraph_break(s->type, s->arena, &p, s->diags);
	for (size_t i = 0; i < l.count; i++)
		assert_false(l.line[i].hyphenated);
	/* A language without dictionary: told, and whole. */
	span.language = STR("xx");
	p.hyphens_in_row = 2;
	l = paragraph_break(s->type, s->arena, &p, s->diags);
	for (size_t i = 0; i < l.count; i++)
		assert_false(l.line[i].hyphenated);
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_HYPHENATION_MISSING);
	sample_close(s);
}

/* A heading or a quote that is not hyphenated has a word that no line is wide enough
 * for: a hyphen, where it may be, is better than a cut; the other words stay whole. */
/* Two words that touch, a link the second, alone on a line a little too narrow: its
 * letters come closer; it does not reach into the next column. */
static void a_line_without_spaces_becomes_narrower(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct span spans[] = {
		sample_span(
			s,
			STR("szpitalu konsylium rozmowa termin termin leczenie odpowiedzialność "
			    "odpowiedzialność psychoonkologiczny. o psychoonkologiczny "
			    "dokumentacja "
			    "to psychoonkologiczny jest leczenie i to, dzień w zapytaj koordynator "
			    "leczenie i i najnowocześniejszych najnowocześniejszych. koordynator "
			    "szpitalu a koordynator szpitalu leczenie konsylium konsylium "
			    "odpowiedzialność, termin dokumentacja"),
			"pl"),
		sample_span(s, STR("najnowocześniejszych to"), "pl"),
	};
	spans[1].tag = 2;
	struct line_box box = { 0, 160629 };
	struct paragraph p = plain(spans, &box);
	p.span_count = 2;
	p.align = TEXT_JUSTIFIED;
	p.hyphenate = true;
	p.hyphens_in_row = 2;
	struct lines l = paragraph_break(s->type, s->arena, &p, s->diags);
	bool met = false;
	for (size_t i = 0; i < l.count; i++) {
		met |= l.line[i].run_count == 2 &&
		       str_equal(l.line[i].runs[0].glyphs.text, STR("dokumentacja"));
		assert_false(l.line[i].overfull);
	}
	assert_true(met); /* else this text shows nothing */
	sample_close(s);
}

static void a_word_too_wide_is_hyphenated_unasked(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct str text = STR("Tylko niesiedmiostopniowym mówimy o koordynatorze");
	struct span span = sample_span(s, text, "pl");
	struct line_box box = { 0, 100000 };
	for (int align = 0; align < 2; align++) {
		struct paragraph p = plain(&span, &box);
		p.align = align ? TEXT_JUSTIFIED : TEXT_LEFT;
		struct lines l = set_checked(s, &p, text);
		size_t hyphens = 0;
		for (size_t i = 0; i < l.count; i++) {
			hyphens += l.line[i].hyphenated;
			assert_false(l.line[i].overfull);
		}
		assert_int_equal(hyphens, 1);
		assert_int_equal(diags_count(s->diags), 0);
		p.verbatim = true;
		l = set_checked(s, &p, text);
		for (size_t i = 0; i < l.count; i++)
			assert_false(l.line[i].hyphenated);
		assert_int_equal(diags_at(s->diags, 0)->code, DIAG_UNBREAKABLE);
		s->diags = diags_new(s->arena);
	}
	sample_close(s);
}

/* Halves of ligatures are shown, wherever ligatures are divided and cut. */
static void no_letter_of_a_ligature_is_lost(void **state)
{
	(void)state;
	static const char *const ligatures[] = { "coefficient", "stuffing", "office",
						 "afflictive" };
	struct sample *s = sample_open();
	for (int i = 0; i < 4; i++)
		for (int width = 4000; width < 60000; width += 1000) {
			struct span span = sample_span(s, str_from(ligatures[i]), "en");
			struct line_box box = { 0, width };
			struct paragraph p = plain(&span, &box);
			set_checked(s, &p, span.text);
		}
	sample_close(s);
}

static void runs_carry_their_span(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct colour red = { .name = STR_INIT("red") };
	struct span spans[3] = { sample_span(s, STR("Ważne: "), "pl"),
				 sample_span(s, STR("teraz"), "pl"),
				 sample_span(s, STR("1"), "pl") };
	spans[1].weight = 700;
	spans[1].colour = &red;
	spans[1].tag = 42;
	spans[2].size = 6000;
	spans[2].rise = 3500;
	struct line l = line_set(s->type, s->arena, spans, 3, s->diags);
	assert_int_equal(l.run_count, 3);
	assert_ptr_equal(l.runs[1].glyphs.face, &s->faces[SERIF_BOLD]);
	assert_ptr_equal(l.runs[1].glyphs.colour, &red);
	assert_int_equal(l.runs[1].span->tag, 42);
	assert_int_equal(l.runs[2].glyphs.y, -3500);
	assert_int_equal(l.runs[2].glyphs.size, 6000);
	assert_int_equal(l.runs[1].glyphs.x + l.runs[1].glyphs.glyphs[0].advance +
				 l.runs[1].glyphs.glyphs[1].advance +
				 l.runs[1].glyphs.glyphs[2].advance +
				 l.runs[1].glyphs.glyphs[3].advance +
				 l.runs[1].glyphs.glyphs[4].advance,
			 l.runs[2].glyphs.x);
	sample_close(s);
}

static void a_word_in_two_styles_is_not_hyphenated(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct span spans[2] = { sample_span(s, STR("przeciw"), "pl"),
				 sample_span(s, STR("nowotworowego"), "pl") };
	spans[1].weight = 700;
	struct line_box box = { 0, 90000 };
	struct paragraph p = { .spans = spans,
			       .span_count = 2,
			       .boxes = &box,
			       .box_count = 1,
			       .align = TEXT_JUSTIFIED,
			       .hyphenate = true,
			       .hyphens_in_row = 2 };
	struct lines l = paragraph_break(s->type, s->arena, &p, s->diags);
	for (size_t i = 0; i < l.count; i++)
		assert_false(l.line[i].hyphenated);
	sample_close(s);
}

/* Offsets in a run's text are short: a line of a book's length is several runs. */
static void endless_lines_are_several_runs(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	char *text = arena_alloc(s->arena, 200001);
	for (size_t i = 0; i < 200000; i++)
		text[i] = "tak i nie, "[i % 11];
	struct span span = sample_span(s, str_from(text), "pl");
	struct line l = line_set(s->type, s->arena, &span, 1, s->diags);
	assert_true(l.run_count >= 4);
	int pen = 0;
	size_t said = 0;
	for (size_t r = 0; r < l.run_count; r++) {
		check_run(&l, &l.runs[r], &pen);
		said += l.runs[r].glyphs.text.len;
	}
	assert_int_equal(said, 200000);
	sample_close(s);
}

static void capitals_are_what_is_said(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct style kicker = s->body;
	kicker.uppercase = true;
	kicker.tracking = 60;
	struct span span = sample_span(s, STR("Straße żółć"), "pl");
	span.style = &kicker;
	struct line l = line_set(s->type, s->arena, &span, 1, s->diags);
	assert_str(sample_line(s, &l), "STRASSE ŻÓŁĆ");
	int sum = 0;
	for (size_t i = 0; i < l.runs[0].glyphs.glyph_count; i++)
		sum += l.runs[0].glyphs.glyphs[i].advance;
	assert_int_equal(l.width, sum - 600); /* the last letter's tracking is not seen */
	sample_close(s);
}

static void missing_characters_are_told_once_and_never_blank(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	s->body.family = &s->families[2];
	struct lines l = sample_set(s, STR("a 字 b 字 Ѕԕ c"), "pl", 300000, TEXT_LEFT);
	assert_int_equal(diags_count(s->diags), 1);
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_GLYPH_MISSING);
	assert_str(diags_at(s->diags, 0)->detail, "U+5B57 字 (body)");
	assert_int_equal(diags_at(s->diags, 0)->place.line, 3);
	assert_str(sample_line(s, &l.line[0]), "a 字 b 字 Ѕԕ c");
	bool serif = false;
	for (size_t r = 0; r < l.line[0].run_count; r++) {
		const struct glyph_run *g = &l.line[0].runs[r].glyphs;
		serif |=
			g->face == &s->faces[SERIF] && str_find(g->text, STR("ԕ"), 0) < g->text.len;
		for (size_t i = 0; i < g->glyph_count; i++)
			assert_int_not_equal(g->glyphs[i].id, 0);
	}
	assert_true(serif);
	sample_close(s);
}

static void right_to_left_scripts_do_no_harm(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct str text = STR("abc שלום עולם السلام עליכםעליכםעליכםעליכם x");
	struct lines l = sample_set(s, text, "pl", 40000, TEXT_JUSTIFIED);
	assert_true(l.count > 1);
	sample_close(s);
}

static void two_runs_are_equal(void **state)
{
	(void)state;
	struct sample *a = sample_open(), *b = sample_open();
	uint64_t seed = 11;
	struct str text = random_text(a, &seed, 500);
	/* The second handle has set other words before: caches must not matter. */
	sample_set(b, STR("długoterminowa kjemoterapi w\u00a0domu"), "pl", 50000, TEXT_JUSTIFIED);
	struct lines la = sample_set(a, text, "pl", 190000, TEXT_JUSTIFIED);
	struct lines lb = sample_set(b, text, "pl", 190000, TEXT_JUSTIFIED);
	assert_int_equal(la.count, lb.count);
	for (size_t i = 0; i < la.count; i++) {
		assert_int_equal(la.line[i].run_count, lb.line[i].run_count);
		for (size_t r = 0; r < la.line[i].run_count; r++) {
			const struct glyph_run *ga = &la.line[i].runs[r].glyphs,
					       *gb = &lb.line[i].runs[r].glyphs;
			assert_int_equal(ga->x, gb->x);
			assert_int_equal(ga->stretch, gb->stretch);
			assert_int_equal(ga->glyph_count, gb->glyph_count);
			for (size_t g = 0; g < ga->glyph_count; g++) {
				assert_int_equal(ga->glyphs[g].id, gb->glyphs[g].id);
				assert_int_equal(ga->glyphs[g].advance, gb->glyphs[g].advance);
			}
		}
	}
	sample_close(a);
	sample_close(b);
}

/* Counting lines must not keep a way for every number of them: this took
 * minutes when it did. */
static void long_titles_are_balanced_in_time(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	char word[2001], many[12 * 180 + 1];
	memset(word, 'T', 2000);
	word[2000] = '\0';
	for (size_t i = 0; i < sizeof many - 1; i++)
		many[i] = "Tytul dlugi "[i % 12];
	many[sizeof many - 1] = '\0';
	const struct str texts[] = { str_from(word), str_from(many) };
	struct line_box box = { 0, 100000 };
	clock_t start = clock();
	for (size_t i = 0; i < 2; i++) {
		struct span span = sample_span(s, texts[i], "pl");
		struct paragraph p = plain(&span, &box);
		p.align = TEXT_LEFT;
		p.balance = true;
		struct lines balanced = set_checked(s, &p, texts[i]);
		p.balance = false;
		assert_int_equal(balanced.count, set_checked(s, &p, texts[i]).count);
	}
	assert_true((clock() - start) / CLOCKS_PER_SEC < 5);
	sample_close(s);
}

static double seconds_for(size_t count)
{
	struct sample *s = sample_open();
	uint64_t seed = 3;
	struct buf b;
	buf_init(&b, 1 << 24);
	for (size_t i = 0; i < count; i++) {
		buf_put_c(&b, words[random_next(&seed) % 20]);
		buf_put_byte(&b, ' ');
	}
	clock_t start = clock();
	struct lines l = sample_set(s, buf_str(&b), "pl", 190000, TEXT_JUSTIFIED);
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	assert_true(l.count > count / 10);
	buf_release(&b);
	sample_close(s);
	return seconds;
}

static void time_grows_with_the_text(void **state)
{
	(void)state;
	double small = seconds_for(25000), large = seconds_for(100000);
	assert_true(large < 9 * small); /* quadratic growth would be 16 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_once_and_in_order),
		cmocka_unit_test(nothing_makes_no_lines),
		cmocka_unit_test(one_word_is_one_line),
		cmocka_unit_test(too_long_a_word_is_divided_anywhere),
		cmocka_unit_test(bound_words_break_only_when_wider_than_the_line),
		cmocka_unit_test(bound_letters_never_end_a_line),
		cmocka_unit_test(forced_ends),
		cmocka_unit_test(justified_lines_end_where_their_box_ends),
		cmocka_unit_test(alignment),
		cmocka_unit_test(boxes_by_line_and_indents),
		cmocka_unit_test(headings_are_balanced),
		cmocka_unit_test(other_lengths_are_a_line_away),
		cmocka_unit_test(polish_compounds_repeat_their_hyphen),
		cmocka_unit_test(ragged_text_divides_words_only_for_want_of_room),
		cmocka_unit_test(without_hyphens_words_stay_whole),
		cmocka_unit_test(runs_carry_their_span),
		cmocka_unit_test(a_word_in_two_styles_is_not_hyphenated),
		cmocka_unit_test(a_line_without_spaces_becomes_narrower),
		cmocka_unit_test(a_word_too_wide_is_hyphenated_unasked),
		cmocka_unit_test(no_letter_of_a_ligature_is_lost),
		cmocka_unit_test(endless_lines_are_several_runs),
		cmocka_unit_test(capitals_are_what_is_said),
		cmocka_unit_test(missing_characters_are_told_once_and_never_blank),
		cmocka_unit_test(right_to_left_scripts_do_no_harm),
		cmocka_unit_test(two_runs_are_equal),
		cmocka_unit_test(time_grows_with_the_text),
		cmocka_unit_test(long_titles_are_balanced_in_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
