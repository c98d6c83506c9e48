/* The layout: what the designer decided, resolved and ready for one edition.
 *
 * layouts/NAME/layout.yaml names grid, colours, styles (with inheritance), page
 * masters, and templates for articles; its `editions:` part changes any of them
 * for print, screen or large. source/ reads it once an edition and resolves all
 * names to pointers; const after. Lengths are 1/1000 pt. */
#ifndef MODEL_LAYOUT_H
#define MODEL_LAYOUT_H

#include "base/unit.h"
#include "model/document.h"

/* Origin at the top left corner of the trimmed page, y downwards. */
struct rect {
	int x, y, width, height;
};

/* An ink of its own, with a plate of its own. */
struct ink {
	struct str name; /* "PANTONE 300 C" */
	int cmyk[4]; /* what stands for it, full, where there is no such ink */
};

struct colour {
	struct str name;
	int cmyk[4]; /* ink in 1/10 %: 0 to 1000; of a spot colour what stands for it */
	unsigned char rgb[3]; /* sRGB */
	bool has_night; /* the designer says what it is on dark screens */
	unsigned char night[3]; /* sRGB */
	const struct ink *spot; /* NULL: printed from the four */
	int tint; /* of the spot, 1/10 % */
	struct place place;
};

/* On every plate there is: of marks that show whether they lie upon one another. */
extern const struct colour colour_registration;

/* One font file. type/ opens it to shape, pdf/ to embed; the pointer is its name. */
struct face {
	struct str family;
	struct str path; /* absolute */
	int weight; /* 100 to 900 */
	bool italic;
	int number; /* 0, 1, … in layout->faces */
	struct place place; /* of its file's name in fonts.yaml */
};

struct family {
	struct str name;
	struct face **faces;
	size_t face_count;
};

enum text_align { TEXT_LEFT, TEXT_JUSTIFIED, TEXT_CENTRED, TEXT_RIGHT };
enum figure_style { FIGURES_LINING, FIGURES_OLD, FIGURES_TABULAR };

enum { STYLE_STEPS_MAX = 4 };

struct style {
	struct str name;
	const struct family *family;
	int weight;
	bool italic;
	int size, leading;
	int steps[STYLE_STEPS_MAX]; /* smaller sizes, for words that have no room; falling */
	size_t step_count;
	int tracking; /* added after each character, 1/1000 em */
	const struct colour *colour;
	const struct colour *background; /* behind the block, or NULL */
	const struct colour *rule; /* line above the block, or NULL */
	int rule_weight;
	enum text_align align;
	enum figure_style figures;
	bool small_caps, uppercase;
	bool hyphenate;
	int indent; /* first line */
	int left, right; /* of the whole block */
	int before, after; /* space around the block */
	bool keep_next; /* never the last of a column */
	struct place place;
	struct place colour_place; /* of its own colour; else place */
};

/* The roles text plays on a page; a layout defines a style of the same name for
 * each, and a template may put another style in a role's place. */
/* clang-format off */
#define STYLE_ROLES(X) \
	X(BODY, "body") \
	X(BODY_FIRST, "body-first") \
	X(LEAD, "lead") \
	X(KICKER, "kicker") \
	X(TITLE, "title") \
	X(BYLINE, "byline") \
	X(HEADING2, "heading2") \
	X(HEADING3, "heading3") \
	X(HEADING4, "heading4") \
	X(DROP_CAP, "drop-cap") \
	X(LIST, "list") \
	X(QUOTE, "quote") \
	X(PULLQUOTE, "pullquote") \
	X(CAPTION, "caption") \
	X(CREDIT, "credit") \
	X(BOX_TITLE, "box-title") \
	X(BOX, "box") \
	X(QUESTION, "question") \
	X(ANSWER, "answer") \
	X(TABLE_HEAD, "table-head") \
	X(TABLE, "table") \
	X(NOTE, "note") \
	X(CODE, "code") \
	X(BUTTON, "button") \
	X(CONTACT, "contact") \
	X(CONTACT_NAME, "contact-name") \
	X(FOLIO, "folio") \
	X(RUNNING_HEAD, "running-head") \
	X(CONTENTS_HEAD, "contents-head") \
	X(CONTENTS_SECTION, "contents-section") \
	X(CONTENTS_NUMBER, "contents-number") \
	X(CONTENTS_TITLE, "contents-title") \
	X(STORY_TITLE, "story-title") \
	X(STORY_LEAD, "story-lead") \
	X(STORY_NUMBER, "story-number") \
	X(MASTHEAD, "masthead") \
	X(MASTHEAD_SECOND, "masthead-second") \
	X(ISSUE, "issue") \
	X(COVER_TITLE, "cover-title") \
	X(COVER_LEAD, "cover-lead") \
	X(COVER_TITLE_PLAIN, "cover-title-plain") \
	X(COVER_LEAD_PLAIN, "cover-lead-plain") \
	X(TEASER, "teaser") \
	X(NUMBER, "number") \
	X(CONTACT_PHONE, "contact-phone") \
	X(JUMP, "jump") \
	X(JUMP_TITLE, "jump-title") \
	X(LIST_NUMBER, "list-number") /* nothing stands in for it: then the list's letters */ \
	X(PUBLISHER, "publisher") \
	X(ADDRESS, "address") \
	X(SPINE, "spine") /* nothing stands in for it: then a spine without words */
/* clang-format on */

enum style_role {
#define STYLE_ROLE(name, text) STYLE_##name,
	STYLE_ROLES(STYLE_ROLE)
#undef STYLE_ROLE
		STYLE_ROLE_COUNT
};

/* What a frame of a page master holds. */
/* clang-format off */
#define FRAME_ROLES(X) \
	X(TEXT, "text")           /* the article's flow, column by column */ \
	X(HEAD, "head")           /* kicker, title, lead, byline */ \
	X(PICTURE, "picture")     /* the opening picture, cropped to fill */ \
	X(SIDE, "side")           /* the article's first boxes, beside the flow */ \
	X(SLOT, "slot")           /* a whole short article, on a shared page */ \
	X(FILL, "fill")           /* a plain area of colour */ \
	X(MASTHEAD, "masthead")   /* the publication's title */ \
	X(ISSUE, "issue")         /* number and date */ \
	X(COVER_TITLE, "cover-title") /* the issue's title and lead */ \
	X(TEASERS, "teasers")     /* the cover's lines, in ruled cells */ \
	X(CONTENTS, "contents")   /* the running order with page numbers */ \
	X(STORY, "story")         /* title, lead and page of the cover story */ \
	X(EDITORIAL, "editorial") /* the article of template `editorial`, whole */ \
	X(IMPRINT, "imprint")     /* the imprint, whole */ \
	X(LINES, "lines")         /* ruled lines to write on */ \
	X(ADDRESS, "address")     /* the publisher, and how to reach him */
/* clang-format on */

enum frame_role {
#define FRAME_ROLE(name, text) FRAME_##name,
	FRAME_ROLES(FRAME_ROLE)
#undef FRAME_ROLE
		FRAME_ROLE_COUNT
};

/* More would be lost: composing keeps them in places of a fixed number. */
enum { FRAME_COLUMNS_MAX = 8, MASTER_FRAMES_MAX = 16 };

enum page_edge { EDGE_TOP = 1, EDGE_BOTTOM = 2, EDGE_INNER = 4, EDGE_OUTER = 8 };

/* Where words stand in a frame that is higher than they are. */
enum stand { STAND_TOP, STAND_MIDDLE, STAND_FOOT };

struct frame {
	enum frame_role role;
	/* On a recto page: inner edge at the left. Verso pages mirror it unless
	 * fixed. A frame that bleeds already reaches beyond the trim here. */
	struct rect rect;
	int columns, gutter;
	int inset; /* between the frame's edge and its text */
	const struct colour *fill; /* of its area, or NULL; LINES: of the lines */
	enum page_edge bleed; /* a set */
	bool fixed; /* not mirrored on verso pages */
	bool rigid; /* PICTURE: no line higher or lower for the text's sake */
	enum stand stand; /* COVER_TITLE, ISSUE, STORY */
	bool below_head; /* starts on the first grid line below the page's head frame */
	bool balance; /* columns end level when the article ends here */
	struct str slot; /* SLOT: the name templates call it by */
	struct place place;
};

struct master {
	struct str name;
	struct frame *frames; /* painted and filled in this order */
	size_t frame_count;
	bool running_head, folio;
	const struct colour *background; /* of the whole sheet with its bleed, or NULL */
	/* Replaces the colour of styles that stand on it (running head, folio). */
	const struct colour *furniture_colour;
	struct place place;
};

enum start { START_PAGE, START_RECTO, START_VERSO };

/* How an article of a kind is set, and how it appears in the e-mail. */
struct template
{
	struct str name;
	const struct style *styles[STYLE_ROLE_COUNT];
	const struct master *opening; /* first page; also used when the article
					      has no picture and opening_plain is NULL */
	const struct master *opening_plain; /* first page of an article without picture */
	const struct master *next; /* the pages after it */
	struct str slot; /* set: stands in that slot of the shared page */
	enum start start;
	int drop_cap_lines; /* 0: none */
	bool drop_cap_shape; /* lines beside the initial follow its shape */
	bool column_notes; /* notes stand at the foot of their column, not behind the text */
	bool email_whole; /* else a teaser */
	bool in_contents; /* listed on the contents page */
	bool pages; /* false: never on a page of its own (editorial, imprint) */
	bool back_cover; /* stands on the issue's last page, outside of it */
};

struct grid {
	int width, height; /* trimmed page */
	int bleed;
	int inner, outer, top, bottom; /* margins */
	int units, gutter;
	int baseline; /* distance of grid lines; the first stands `baseline` below top */
};

/* Which PDF/X a printer takes: X-4, or X-1a:2003 where an old machine knows neither
 * transparency nor pictures with profiles. */
enum pdfx { PDFX_4, PDFX_1A };

/* What stands outside the bleed for who prints, folds and cuts. */
struct marks {
	bool crop, registration, bar; /* bar: patches of all inks */
	int offset; /* from the trim */
	int length, weight;
};

enum folio_part { FOLIO_NUMBER = 1, FOLIO_TITLE = 2, FOLIO_ISSUE = 4 };

/* Small things that look alike on all pages. An em here is a thousandth of the
 * size of the letters it belongs to. */
struct details {
	struct str bullet; /* before the items of a list without numbers */
	int bullet_hang; /* em, from the bullet's left edge to the item's words */
	int number_gap; /* em, from the number of an item or note to its words */
	int strong_weight; /* of words marked strong, numbers of lists, folios */
	int note_size, note_rise; /* em, of a reference to a footnote */
	int initial_gap; /* em, from the initial to the words beside it */
	int caption_gap; /* from a picture's foot to the letters of its caption */
	int head_gap; /* from an article's head to its text, at least */
	int picture_least; /* of its frame's height that an opening picture keeps, 1/1000 */
	int masthead_lines; /* 1, or 2: the title's last word on a line of its own */
	/* Baselines from the trim's top and foot; 0: in the middle of the margin. */
	int head_line, foot_line;
	bool head_names_article; /* after its first page; else the section */
	unsigned folio; /* a set of enum folio_part: what stands in the foot */
	bool spine_up; /* words of the spine run up it; else down (ISO 6357) */
};

struct layout {
	struct str name;
	enum edition edition;
	struct grid grid;
	struct details details;
	struct colour *colours;
	size_t colour_count;
	struct ink *spots; /* inks that colours name, in their order */
	size_t spot_count;
	struct face *faces; /* all that any style uses */
	size_t face_count;
	struct family *families;
	size_t family_count;
	const struct family **fallbacks; /* asked in turn for a missing character */
	size_t fallback_count;
	struct style *styles;
	size_t style_count;
	const struct style *roles[STYLE_ROLE_COUNT];
	struct master *masters;
	size_t master_count;
	struct template *templates;
	size_t template_count;
	const struct template *fallback_template; /* `story`, or the first */
	/* The fixed pages of an issue; NULL: the issue has none. */
	const struct master *cover, *contents, *imprint_page;
	const struct master *cover_plain; /* of an issue without a picture for it; or NULL */
	const struct master *filler; /* pages that fill the issue to a multiple of four */
	const struct master *back; /* the last of them, where the issue has no back cover */
	/* Texts in emphasis are set bold (large print). */
	bool emphasis_bold;
	/* The longest run of hyphenated lines; 0: words stay whole. */
	int hyphens_in_row;
	const struct colour *text, *accent, *warm, *tint, *paper; /* the design's five */
	/* What the edition is for decides, so that composing need not know its name: */
	bool stitched; /* folded sheets of four pages: the count must be a multiple of four */
	bool linked; /* links and destinations work */
	bool on_paper; /* nobody can press a button: its address is said in words */
	/* Families that browsers and mail clients are asked for, as CSS lists with
	 * names in single quotes: what is read, what is looked at. Empty: the usual. */
	struct str web_text, web_display;
	/* Press: empty when the edition is for screens. */
	struct str profile; /* absolute path of an ICC profile, or empty */
	struct place profile_place; /* where the designer named it */
	struct str output_condition; /* "FOGRA39" */
	struct place condition_place; /* where the designer named it */
	bool cmyk;
	enum pdfx pdfx;
	struct marks marks;
	struct production production; /* with what the issue says */
	int ink_limit; /* all inks on one spot, in 1/10 % */
	int safety; /* no letter stands nearer to the trim */
};

/* What a layout on this grid has unless it says otherwise. */
struct details details_usual(const struct grid *g);

/* By name; NULL when the layout has none of that name. */
const struct template *layout_template(const struct layout *l, struct str name);
const struct master *layout_master(const struct layout *l, struct str name);
const struct style *layout_style(const struct layout *l, struct str name);
const struct colour *layout_colour(const struct layout *l, struct str name);

/* The face of a family nearest to weight and slant: the right slant first, then
 * the smallest difference of weight, the heavier on a tie. NULL when empty. */
const struct face *family_face(const struct family *f, int weight, bool italic);

struct str style_role_name(enum style_role r);
struct str frame_role_name(enum frame_role r);

/* Where a frame stands: mirrored on verso pages unless it is fixed. */
struct rect frame_rect(const struct layout *l, const struct frame *f, bool recto);

/* Left edge and width of units first to last (from 1) within the margins of a
 * recto page. */
int grid_unit_x(const struct grid *g, int first);
int grid_units_width(const struct grid *g, int first, int last);
/* y of the n-th baseline, from 1. */
int grid_baseline(const struct grid *g, int n);

/* How far outside the trim marks reach with their paper, on each side; the bleed
 * where there are none. */
int marks_reach(const struct marks *m, int bleed);
/* The same of the layout's own. */
int layout_reach(const struct layout *l);

/* WCAG 2 contrast of two colours on a screen, in 1/100: 100 to 2100. */
int colour_contrast(const struct colour *a, const struct colour *b);

#endif
