/* A designer's mistakes: each gets a message at its place that says what to do,
 * and no layout comes of an error. */
#include "layout_desk.h"

static const char layout_templates[] =
	"templates:\n"
	"  story: {opening: one}\n"
	"  letter: {opening: one, start: recto, drop_cap: 3, styles: {title: big, body: base}}\n"
	"  rail: {slot: rail, page: one, contents: false, email: whole}\n";

struct mistake {
	const char *old, *new; /* in the smallest layout */
	const char *said; /* "line:column code detail (hint)" */
};

/* What one mistake made the reader say that it should not, or not say. */
static bool told(const struct mistake *m, enum edition e)
{
	struct arena *a = arena_open();
	struct desk d = layout_desk(layout_with(a, m->old, m->new));
	const struct layout *l = read_layout(&d, STR(""), e);
	struct str said = desk_said(&d);
	bool failed = diags_level_count(d.diags, DIAG_LEVEL_ERROR) > 0;
	bool right = str_find(said, str_from(m->said), 0) < said.len && failed == (l == NULL);
	for (size_t i = 0; i < diags_count(d.diags); i++)
		right &= diags_at(d.diags, i)->hint.len > 0;
	if (!right)
		print_error("%s\nexpected %s; said, with %s:\n%s\n", m->new, m->said,
			    l ? "a layout" : "no layout", said.ptr);
	desk_close(&d);
	arena_close(a);
	return right;
}

static void all_are_told(const struct mistake *list, size_t count, enum edition e)
{
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++)
		wrong += !told(&list[i], e);
	assert_int_equal(wrong, 0);
}
#define ALL_ARE_TOLD(list, e) all_are_told((list), sizeof(list) / sizeof *(list), (e))

static void of_the_grid(void **state)
{
	(void)state;
	static const struct mistake list[] = {
		{ "page: [200mm, 300mm]", "page: 200mm",
		  "1:14 value-invalid page (write page: [210mm, 297mm])" },
		{ "page: [200mm, 300mm]", "page: [200mm]", "1:14 value-invalid page (write" },
		{ "page: [200mm, 300mm], ", "", "1:7 key-missing page (" },
		{ "200mm, 300mm", "0, 300mm", "1:15 value-invalid page: 0 (from 36pt to 14000pt)" },
		{ "200mm, 300mm", "200mm, 10m",
		  "1:22 value-type page: a length was expected, this is \"10m\" (write 12pt" },
		{ "200mm, 300mm", "200mm, 9999mm",
		  "1:22 value-invalid page: 9999mm (from 36pt to 14000pt)" },
		{ "200mm, 300mm", "-200mm, 300mm", "1:15 value-invalid page: -200mm (from" },
		{ "200mm, 300mm", "[a], 300mm",
		  "1:15 value-type a length was expected, this is a list (write 12pt" },
		{ "bleed: 3mm", "bleed: -3mm",
		  "1:37 value-invalid bleed: -3mm (from 0pt to 144pt)" },
		{ "bleed: 3mm", "bleed: 1,5mm", "1:39 key-unknown 5mm (known are: page" },
		{ "units: 4", "units: 0", "1:49 value-invalid units: 0 (from 1 to 48)" },
		{ "units: 4", "units: four", "1:49 value-type units: a whole number was expected" },
		{ "gutter: 4mm", "gutter: 70mm",
		  "1:60 value-invalid gutter (at most 159pt, for the gutters of 4 units)" },
		{ "gutter: 4mm", "gutter: {a: b}",
		  "1:60 value-type gutter: a length was expected, this is a table of keys" },
		{ "baseline: 12pt", "baseline: 0",
		  "1:75 value-invalid baseline: 0 (from 3pt to 850.394pt)" },
		{ ", baseline: 12pt", "", "1:7 key-missing baseline (" },
		{ "inner: 20mm", "inner: 195mm",
		  "2:17 value-invalid margins (make inner or outer smaller" },
		{ "top: 20mm", "top: 279mm",
		  "2:17 value-invalid margins (make top or bottom smaller" },
		{ "inner: 20mm", "inner: 400mm", "2:25 value-invalid inner: 400mm (from 0pt" },
		{ "inner: 20mm, ", "", "2:17 key-missing inner (add a line inner: …)" },
		{ "inner: 20mm", "inner: 20mm, iner: 2mm",
		  "2:31 key-unknown iner (did you mean inner?)" },
		{ "grid: {", "grit: {", "1:1 key-unknown grit (did you mean grid?)" },
		{ "grid: {", "grit: {", "1:1 key-missing grid (" },
		{ "grid: {", "grid: [a]\npress: {",
		  "1:7 value-type grid: a table of keys was expected, this is a list (write" },
	};
	ALL_ARE_TOLD(list, EDITION_PRINT);
}

/* Web and e-mail measure every pair of words and ground. */
static void of_colours_on_screens(void **state)
{
	(void)state;
	static const struct mistake list[] = {
		{ "rgb: \"#0f6b70\"", "rgb: \"#0f6b70\", dark: red",
		  "5:60 value-invalid dark (write \"#e6e6e6\", in quotation marks)" },
		{ "rgb: \"#0f6b70\"", "rgb: \"#0f6b70\", dark: \"#10324f\"",
		  "5:3 contrast accent on paper, dark screens: 1." },
		{ "rgb: \"#0f6b70\"", "rgb: \"#0f6b70\", dark: \"#10324f\"",
		  "5:3 contrast accent on tint, dark screens: 1." },
		{ "rgb: \"#1a1B1c\"", "rgb: \"#1a1B1c\", dark: \"#444444\"",
		  "4:3 contrast text on paper, dark screens: 1." },
		{ "rgb: \"#f4f4f4\"", "rgb: \"#000000\"",
		  "4:3 contrast text on tint, light screens: " },
	};
	ALL_ARE_TOLD(list, EDITION_EMAIL);
	ALL_ARE_TOLD(list, EDITION_WEB);
}

static void of_colours_and_details(void **state)
{
	(void)state;
	static const struct mistake list[] = {
		{ "rgb: \"#1a1B1c\"", "rgb: red", "4:37 value-invalid rgb (write" },
		{ "rgb: \"#1a1B1c\"", "rgb: #1a1B1c", "yaml-syntax" },
		{ "rgb: \"#1a1B1c\"", "rgb: \"#1a1B1g\"", "4:37 value-invalid rgb (write" },
		{ ", rgb: \"#1a1B1c\"", "", "4:9 key-missing rgb (" },
		{ "cmyk: [0, 0, 0, 100]", "cmyk: [0, 0, 100]",
		  "4:16 value-invalid cmyk (write four" },
		{ "cmyk: [0, 0, 0, 100]", "cmyk: [0, 0, 0, 101]", "4:16 value-invalid cmyk (" },
		{ "cmyk: [0, 0, 0, 100]", "cmyk: [0, 0, 0, -1]", "4:16 value-invalid cmyk (" },
		{ "cmyk: [0, 0, 0, 100]", "cmyk: black",
		  "4:16 value-type cmyk: a list was expected, this is a text (write" },
		{ "text: {cmyk: [0, 0, 0, 100], rgb: \"#1a1B1c\"}", "text: black",
		  "4:9 value-type text: {cmyk: [0, 0, 0, 100], rgb: \"#1a1a1a\"} was expected" },
		{ "  warm: {cmyk: [0, 0, 0, 1], rgb: \"#000000\"}\n", "",
		  "4:3 key-missing warm (" },
		{ "  warm:", "  red: {cmyk: [0, 0, 0, 1], rgb: \"#000000\"}\n  warm:",
		  "6:3 layout-unused red (call it somewhere" },
		{ "fallbacks: [Serif]", "fallbacks: [Serif, Sreif]",
		  "9:12 font-family-unknown Sreif (did you mean Serif?)" },
		{ "fallbacks", "falbacks", "9:1 key-unknown falbacks (did you mean fallbacks?)" },
		{ "fallbacks", "emphasis: loud\nfallbacks", "9:11 value-invalid emphasis: loud (" },
		{ "fallbacks", "hyphens_in_row: -1\nfallbacks",
		  "9:17 value-invalid hyphens_in_row: -1 (from 0 to 100)" },
		{ "fallbacks", "details: {bulet: x}\nfallbacks",
		  "9:11 key-unknown bulet (did you mean bullet?)" },
		{ "fallbacks", "details: {bullet: \"\"}\nfallbacks",
		  "9:19 value-invalid bullet:  (" },
		{ "fallbacks", "details: {bullet: a long sentence}\nfallbacks",
		  "9:19 value-invalid bullet: a long sentence (write one sign" },
		{ "fallbacks", "details: {caption_gap: 99mm}\nfallbacks",
		  "9:24 value-invalid caption_gap: 99mm (from 0pt to 72pt)" },
		{ "fallbacks", "details: {note_size: 20}\nfallbacks",
		  "9:22 value-invalid note_size: 20 (from 300 to 1000)" },
		{ "fallbacks", "details: {head_names: chapter}\nfallbacks",
		  "9:23 value-invalid head_names: chapter (known are: section, article)" },
		{ "fallbacks", "details: {picture_least: 400}\nfallbacks",
		  "9:26 value-invalid picture_least: 400 (from 500 to 1000)" },
		{ "fallbacks", "details: {masthead_lines: 3}\nfallbacks",
		  "9:27 value-invalid masthead_lines: 3 (from 1 to 2)" },
		{ "fallbacks", "details: {foot_line: 30mm}\nfallbacks",
		  "9:22 value-invalid foot_line: 30mm (from 0pt to 56.693pt)" },
		{ "fallbacks", "details: {folio: [page]}\nfallbacks",
		  "9:18 value-invalid folio: page (it has number, title, issue)" },
		{ "fallbacks", "web: {text: [Georgia]}\nfallbacks",
		  "9:13 value-invalid text (end the list with serif or sans-serif)" },
		{ "fallbacks", "web: {text: [\"a;b\", serif]}\nfallbacks",
		  "9:13 value-invalid text: a;b (a family's name has letters" },
		{ "fallbacks", "web: {texts: [serif]}\nfallbacks",
		  "9:7 key-unknown texts (did you" },
		{ "fallbacks", "press: {profile: no.icc}\nfallbacks", "9:18 profile-missing /" },
		{ "fallbacks", "press: {profile: fonts/serif.ttf}\nfallbacks",
		  "9:18 profile-invalid /" },
		{ "fallbacks",
		  "press: {profile: /usr/share/scribus/profiles/sRGB_icc22.icm}\nfallbacks",
		  "9:18 profile-invalid /usr/share/scribus/profiles/sRGB_icc22.icm is no profile "
		  "of "
		  "an output device (name the profile of a printing" },
		{ "fallbacks", "press: {cmyk: 4}\nfallbacks",
		  "9:15 value-type cmyk: true or false" },
		{ "fallbacks", "press: {cmyk: true, pdfx: 3}\nfallbacks",
		  "9:27 value-invalid pdfx: 3 (did you mean 4?)" },
		{ "fallbacks", "press: {pdfx: 1a}\nfallbacks",
		  "9:15 value-invalid pdfx (PDF/X-1a is of inks: write cmyk: true)" },
		{ "fallbacks", "press: {marks: [crop]}\nfallbacks",
		  "9:16 value-type marks: true or false was expected, this is a list" },
		{ "fallbacks", "press: {marks: {cross: true}}\nfallbacks",
		  "9:17 key-unknown cross (did you mean crop?)" },
		{ "fallbacks", "press: {marks: {offset: 1mm}}\nfallbacks",
		  "9:25 value-invalid offset: 1mm (from 8.504pt to 216pt)" },
		{ "fallbacks", "press: {marks: {length: 1mm}}\nfallbacks",
		  "9:25 value-invalid length: 1mm (from 5.669pt to 56.693pt)" },
		{ "fallbacks", "press: {marks: {weight: 0}}\nfallbacks",
		  "9:25 value-invalid weight: 0 (from 0.1pt to 2pt)" },
		{ "rgb: \"#1a1B1c\"", "tint: 20, rgb: \"#1a1B1c\"",
		  "4:38 value-invalid tint (a tint is of an ink: add spot: NAME)" },
		{ "rgb: \"#1a1B1c\"", "spot: black, rgb: \"#1a1B1c\"",
		  "4:38 value-invalid spot: black (write the name of an ink" },
		{ "rgb: \"#1a1B1c\"", "spot: All, rgb: \"#1a1B1c\"",
		  "4:38 value-invalid spot: All (write the name of an ink" },
		{ "rgb: \"#1a1B1c\"", "spot: \" \", rgb: \"#1a1B1c\"",
		  "4:38 value-invalid spot (write the name of an ink" },
		{ "rgb: \"#1a1B1c\"", "spot: Gold, tint: 101, rgb: \"#1a1B1c\"",
		  "4:50 value-invalid tint: 101 (write a number from 0 to 100)" },
		{ "cmyk: [0, 0, 0, 100]", "spot: Gold, tint: 10",
		  "4:9 key-missing cmyk (add a line cmyk: …)" },
		{ "rgb: \"#1a1B1c\"}\n  accent: {",
		  "spot: Gold, rgb: \"#1a1B1c\"}\n  accent: {spot: Gold, ",
		  "5:30 value-invalid cmyk: Gold (say once what stands for the full ink" },
		{ "fallbacks", "details: 5\nfallbacks",
		  "9:10 value-type details: a table of keys was expected, this is a text (write" },
	};
	ALL_ARE_TOLD(list, EDITION_PRINT);
}

static void of_styles(void **state)
{
	(void)state;
	static const struct mistake list[] = {
		{ "based_on: base, align", "based_on: bas, align",
		  "12:20 style-unknown bas (did you mean base?)" },
		{ "based_on: base, family", "based_on: big, family",
		  "13:24 layout-loop heading2 (heading2 is based on big, which is based on "
		  "heading2)" },
		{ "based_on: base, family", "based_on: heading2, family",
		  "13:24 layout-loop heading2 (heading2 is based on heading2)" },
		{ "  base: {family", "  base: {based_on: base, family",
		  "12:20 layout-loop body (body is based on base, which is based on base)" },
		{ "colour: accent}", "colour: acent}", "13:65 colour-unknown acent (did you mean" },
		{ "colour: accent}", "rule: [accent]}",
		  "13:63 value-type rule: a text was expected" },
		{ "family: Sans", "family: Snas", "13:38 font-family-unknown Snas (did you" },
		{ "  body: {based_on: base, align: justified, hyphenate: true}\n", "",
		  "11:3 key-missing body (" },
		{ "size: 10pt", "size: 0", "11:31 value-invalid size: 0 (from 2pt to 737.008pt)" },
		{ "size: 10pt", "size: 0.001pt", "11:31 value-invalid size: 0.001pt (from 2pt" },
		{ "size: 10pt", "size: -10pt", "11:31 value-invalid size: -10pt (from 2pt" },
		{ "size: 10pt", "size: 2000pt", "11:31 value-invalid size: 2000pt (from 2pt" },
		{ "size: 10pt, ", "", "11:9 key-missing size (add size:, or base" },
		{ "size: 10pt", "size: 10pt, steps: [8pt, 9pt]",
		  "11:50 value-invalid steps (each step is smaller than the one before" },
		{ "size: 10pt", "size: 10pt, steps: [10pt]",
		  "11:45 value-invalid steps (each step is smaller than the one before" },
		{ "size: 10pt", "size: 10pt, steps: [9pt, 8pt, 7pt, 6pt, 5pt]",
		  "11:65 value-invalid steps (four steps at most)" },
		{ "size: 10pt", "size: 10pt, steps: [1pt]",
		  "11:45 value-invalid steps: 1pt (from 2pt" },
		{ "size: 10pt", "size: 10pt, steps: 9pt",
		  "11:44 value-type steps: a list was expected" },
		{ "leading: 12pt", "leading: 4pt",
		  "11:46 value-invalid leading (lines would stand on one another" },
		{ "align: justified", "align: justify",
		  "12:33 value-invalid align: justify (known are: left" },
		{ "hyphenate: true", "hyphenate: maybe",
		  "12:55 value-type hyphenate: true or false was expected, this is \"maybe\" "
		  "(write" },
		{ "weight: 700", "weight: bold", "13:52 value-type weight: a whole number was" },
		{ "weight: 700", "weight: 1001",
		  "13:52 value-invalid weight: 1001 (from 1 to 1000)" },
		{ "weight: 700", "tracking: 5000",
		  "13:54 value-invalid tracking: 5000 (from -100 to 1000)" },
		{ "weight: 700", "indent: -3mm", "13:52 value-invalid indent: -3mm (from 0pt" },
		{ "weight: 700", "indent: 100mm", "13:52 value-invalid indent: 100mm (from 0pt" },
		{ "weight: 700", "before: 280mm", "13:52 value-invalid before: 280mm (from 0pt" },
		{ "weight: 700", "left: 90mm, right: 80mm",
		  "13:50 value-invalid left (left and right leave no room" },
		{ "weight: 700", "rule_weight: 2in", "13:57 value-invalid rule_weight: 2in (from" },
		{ "weight: 700", "figures: roman",
		  "13:53 value-invalid figures: roman (known are" },
		{ "weight: 700", "wieght: 700", "13:44 key-unknown wieght (did you mean weight?)" },
		{ "  big: {", "  heading_2: {based_on: body}\n  big: {",
		  "14:3 layout-unused heading_2 (did you mean heading2?)" },
		{ "  big: {based_on: heading2, size: 20pt}", "  big: bold",
		  "14:8 value-type big: a table of keys was expected, this is a text (write" },
		{ "{based_on: base, align", "{left: 56mm, based_on: base, align",
		  "26:3 value-invalid style body on master one (its left and right leave no room "
		  "in "
		  "a column of 173" },
		{ "styles:\n  base", "styles: none\nstyls:\n  base",
		  "10:9 value-type styles: a table of keys was expected, this is a text" },
	};
	ALL_ARE_TOLD(list, EDITION_PRINT);
}

static void of_frames(void **state)
{
	(void)state;
	static const struct mistake list[] = {
		{ "role: head", "role: heads", "21:16 value-invalid role: heads (did you mean" },
		{ "{role: head, ", "{", "21:9 key-missing role (" },
		{ "units: [1, 2]", "units: [1, 9]",
		  "21:29 layout-frame units (write units: [1, 4]" },
		{ "units: [1, 2]", "units: [2, 1]", "21:29 layout-frame units (" },
		{ "units: [1, 2]", "units: [1, 2, 3]", "21:29 layout-frame units (" },
		{ "units: [1, 2]", "units: 2",
		  "21:29 value-type units: a list was expected, this is a text (write" },
		{ "units: [1, 2]", "units: [1, 2], x: 0",
		  "21:40 layout-frame x (give units or x, not both)" },
		{ "units: [1, 2]", "width: 20mm", "21:29 layout-frame width (x and width stand" },
		{ "units: [1, 2]", "x: 190mm, width: 20mm",
		  "21:9 layout-frame outside the page (it reaches 19.843pt beyond the page and its "
		  "bleed, at the outer edge)" },
		{ "units: [1, 2]", "x: -20mm, width: 40mm",
		  "21:9 layout-frame outside the page (it reaches 48.189pt beyond the page and its "
		  "bleed, at the inner edge)" },
		{ "top: 0, height: 100mm", "top: 290mm, height: 20mm",
		  "20:9 layout-frame outside the page (it reaches 19.842pt beyond the page and its "
		  "bleed, at the foot)" },
		{ "top: 0, height: 100mm", "top: 9999mm, height: 10mm",
		  "20:30 value-invalid top: 9999mm (from -867.402pt to 867.402pt)" },
		{ "line: 3, lines: 2", "line: 3, top: 20mm, lines: 2",
		  "21:51 layout-frame top (give line or top, not both)" },
		{ "line: 3, lines: 2", "line: 3, lines: 2, height: 20mm",
		  "21:64 layout-frame height (give lines or height, not both)" },
		{ "line: 3, lines: 2", "line: 3, height: 20mm, bottom: 2mm",
		  "21:68 layout-frame bottom (give height or bottom, not both)" },
		{ "line: 3, lines: 2", "line: 0, lines: 2",
		  "21:43 value-invalid line: 0 (from 1 to" },
		{ "line: 3, lines: 2", "line: 900, lines: 2",
		  "21:43 value-invalid line: 900 (from 1 to 67)" },
		{ "line: 3, lines: 2", "line: 3, height: 0",
		  "21:9 layout-frame no area (its end lies before its beginning)" },
		{ "line: 3, lines: 2", "line: 3, height: 0.5pt",
		  "21:9 layout-frame no area (it is too small to be seen)" },
		{ "top: 120mm, ", "top: 120mm, height: 10pt, ",
		  "22:9 layout-frame no room for a line (" },
		{ "columns: 2", "columns: 9", "22:58 value-invalid columns: 9 (from 1 to 8)" },
		{ "columns: 2", "columns: 8, gutter: 15mm",
		  "22:9 layout-frame no room for text (fewer columns" },
		{ "columns: 2", "gutter: -4mm, columns: 2",
		  "22:57 value-invalid gutter: -4mm (from" },
		{ "columns: 2", "inset: -4mm", "22:56 value-invalid inset: -4mm (from 0pt" },
		{ "columns: 2", "inset: 60mm", "22:9 layout-frame no room for text (" },
		{ "columns: 2", "elastic: rather", "22:58 value-type elastic: true or false was" },
		{ "columns: 2", "stand: low", "22:56 value-invalid stand: low (did you mean top?" },
		{ "bleed: [top, inner, outer]", "bleed: [left]",
		  "20:55 value-invalid bleed: left (edges are top" },
		{ "fill: tint", "fill: tnit", "23:28 colour-unknown tnit (did you mean" },
		{ "fill: tint, ", "", "23:9 key-missing fill (" },
		{ "slot: rail, bleed", "bleed", "24:9 key-missing slot (" },
		{ "- {role: head", "- {role: head, line: 9, lines: 2}\n      - {role: head",
		  "22:9 layout-frame head twice (only the one in line 21 would be filled)" },
		{ "- {role: slot", "- {role: slot, slot: rail}\n      - {role: slot",
		  "25:9 layout-frame slot rail twice (it stands in line 24 already)" },
		{ "- {role: slot", "- text\n      - {role: slot", "24:9 value-type {role, units" },
		{ "folio: false", "folo: false", "17:5 key-unknown folo (did you mean folio?)" },
		{ "background: accent", "background: acent", "18:17 colour-unknown acent (" },
		{ "masters:\n", "masters:\n  one: {frames: []}\n",
		  "17:3 yaml-duplicate one (it stands" },
		{ "masters:\n", "masters:\n  two: {frames: []}\n",
		  "16:3 layout-unused two (call it" },
		{ "masters:\n", "masters:\n  two: {folio: false}\n", "16:8 key-missing frames (" },
		{ "masters:", "\tmasters:", "yaml-syntax" },
	};
	ALL_ARE_TOLD(list, EDITION_PRINT);
}

static void of_templates_and_pages(void **state)
{
	(void)state;
	static const struct mistake list[] = {
		{ "{opening: one}", "{opening: two}", "26:20 master-unknown two (known are: one)" },
		{ "{opening: one}", "{next: one}", "26:10 key-missing opening (add" },
		{ "{opening: one}", "{}", "26:10 key-missing opening (add" },
		{ "{opening: one}", "one", "26:10 value-type story: a table of keys was expected" },
		{ "{opening: one}", "{opening: [one]}", "26:20 value-type opening: a text was" },
		{ "slot: rail, page", "slot: rial, page",
		  "28:16 value-invalid master one has no slot rial (did you mean rail?)" },
		{ "slot: rail, page: one", "slot: rail", "28:9 key-missing page (" },
		{ "title: big", "titel: big", "27:62 key-unknown titel (did you mean title?)" },
		{ "title: big", "title: bigg", "27:69 style-unknown bigg (did you mean big?)" },
		{ "drop_cap: 3", "drop_cap: 40", "27:50 value-invalid drop_cap: 40 (from 0 to 6)" },
		{ "start: recto", "start: left", "27:33 value-invalid start: left (known are" },
		{ "email: whole", "email: full", "28:57 value-invalid email: full (known are" },
		{ "contents: false", "contents: never",
		  "28:43 value-type contents: true or false" },
		{ "{cover: one}", "{cover: two}", "29:16 master-unknown two (known are: one)" },
		{ "{cover: one}", "{covr: one}", "29:9 key-unknown covr (did you mean cover?)" },
		{ "pages: {", "default_template: stori\npages: {",
		  "29:19 template-unknown stori (did you mean story?)" },
	};
	ALL_ARE_TOLD(list, EDITION_PRINT);
	/* With no template at all nothing could be set. */
	static const struct mistake empty[] = {
		{ layout_templates, "templates: {}\n", "25:12 key-missing a template (add" },
	};
	ALL_ARE_TOLD(empty, EDITION_PRINT);
}

static void of_editions(void **state)
{
	(void)state;
	static const struct mistake list[] = {
		{ "  large:\n", "  lage: {}\n  large:\n",
		  "31:3 key-unknown lage (did you mean large?)" },
		{ "  large:\n", "  large:\n    editions: {}\n",
		  "32:5 value-invalid editions (an edition has no editions of its own)" },
		{ "    emphasis: bold", "    emphasis: 5",
		  "32:15 value-invalid emphasis: 5 (known" },
		{ "    emphasis: bold", "    emfasis: bold",
		  "32:5 key-unknown emfasis (did you mean" },
		{ "big: null", "bigg: null",
		  "33:34 key-unknown bigg: there is nothing to remove (did you mean big?)" },
		{ "base: {size: 18pt}", "bse: {size: 18pt}",
		  "33:14 layout-unused bse (did you mean" },
		{ "base: {size: 18pt}", "base: {size: 18pts}",
		  "33:27 value-type size: a length was" },
		{ "cover: null}", "cover: null}\n    grid: {margins: null}",
		  "1:7 key-missing margins (" },
		{ "cover: null}", "cover: null}\n    masters: {one: null}",
		  "26:20 master-unknown one (" },
		{ "cover: null}", "cover: null}\n    colours: {paper: null}",
		  "key-missing paper (" },
	};
	ALL_ARE_TOLD(list, EDITION_LARGE);
	/* One edition's mistakes are not the others'. */
	static const struct mistake elsewhere = { "big: null", "bigg: null", "" };
	struct arena *a = arena_open();
	struct desk d = layout_desk(layout_with(a, elsewhere.old, elsewhere.new));
	assert_non_null(read_layout(&d, STR(""), EDITION_PRINT));
	assert_said(&d, "");
	desk_close(&d);
	arena_close(a);
}

/* Told once for all editions, and yet none of them gets a layout. */
static void of_which_each_edition_suffers(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct desk d = layout_desk(layout_with(a, "size: 10pt", "size: ten"));
	assert_null(read_layout(&d, STR(""), EDITION_PRINT));
	assert_null(read_layout(&d, STR(""), EDITION_SCREEN));
	assert_int_equal(diags_count(d.diags), 1);
	desk_close(&d);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_the_grid),
		cmocka_unit_test(of_colours_on_screens),
		cmocka_unit_test(of_colours_and_details),
		cmocka_unit_test(of_styles),
		cmocka_unit_test(of_frames),
		cmocka_unit_test(of_templates_and_pages),
		cmocka_unit_test(of_editions),
		cmocka_unit_test(of_which_each_edition_suffers),
	};
	return cmocka_run_group_tests_name("mistakes", tests, NULL, NULL);
}
