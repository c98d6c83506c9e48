/* Inside email/: one message being made, and the parts that its files share.
 *
 * Placeholders of the editors travel through html and text as marks: bytes that
 * never occur in UTF-8, one for each hole, so that nothing an editor can type is
 * taken for one and no escaping changes them. */
#ifndef EMAIL_MAIL_H
#define EMAIL_MAIL_H

#include "base/arena.h"
#include "base/html.h"
#include "base/map.h"
#include "email/email.h"
#include "model/palette.h"
#include "model/site.h"
#include "model/words.h"

enum {
	MARK_FIRST = 0xF8, /* + enum hole: in text */
	MARK_TOKEN_URL = 0xFF, /* HOLE_TOKEN within an address */
	/* No issue of a magazine comes near; what does is reported as too large. */
	MAIL_CEILING = 16 * 1024 * 1024,
	PAGE_WIDTH = 600, /* CSS pixels */
	PAGE_INSET = 28,
	LINK_SIZE = 17, /* of letters of links that stand alone */
};

/* Inline styles, by the part of the message they dress; see dress.c. */
/* clang-format off */
#define DRESSES(X)                                                                                 \
	X(PAGE) X(PANEL) X(TINT) X(PREHEADER) X(PLATE) X(PLATE_TITLE) X(PLATE_ISSUE)               \
	X(PLATE_LINK) X(P) X(LEAD) X(ISSUE_LEAD) X(H1) X(H2) X(H3) X(H4) X(H5) X(KICKER)           \
	X(BYLINE) X(LINK) X(TITLE_LINK) X(SMALL) X(LIST) X(ITEM) X(QUOTE) X(PULLQUOTE) X(CODE)     \
	X(CODE_BLOCK) X(RULE) X(TABLE) X(TH) X(TD) X(BOX) X(BOX_TITLE) X(QUESTION) X(CONTACT)      \
	X(BUTTON) X(BUTTON_LINK) X(NUMBER) X(IMAGE) X(NOTE) X(CONTENTS) X(CONTENTS_SECTION)        \
	X(CONTENTS_ITEM) X(SECTION) X(FOOT) X(NEXT) X(COVER) X(COVER_CREDIT) X(COVER_LINE)         \
	X(COVER_WORDS) X(LONE_LINK) X(TEASER) X(FOOT_LINK) X(IMAGE_LINK)

enum dress {
#define DRESS(name) DRESS_##name,
	DRESSES(DRESS)
#undef DRESS
	DRESS_COUNT
};
/* clang-format on */

/* How much of the encoded HTML an article takes. */
struct weight {
	const struct article *article;
	size_t start, end; /* in html */
	size_t encoded;
};

/* A picture that travels within the message. */
struct inlined {
	const struct picture *picture;
	struct str name; /* of its file, and left part of its Content-ID */
	struct str bytes; /* empty: it could not be made */
};

struct mail {
	struct arena *arena;
	const struct document *doc;
	const struct layout *layout;
	struct str region, language;
	const struct translation *translation; /* NULL: the publication's language */
	struct str title, subject, preheader, lead; /* of the issue, in the language */
	const struct head_places *at; /* of these */
	const struct picture *cover; /* NULL: none to show */
	const struct world *world;
	struct diags *diags;
	struct palette light, dark;
	struct str dress[DRESS_COUNT];
	bool site; /* there is one to link to */
	struct str issue_url;
	struct str reply_to, domain; /* of the sender */
	struct buf html, text;
	const struct rendition_maker *maker; /* NULL: pictures are not in the message */
	struct inlined *inlined; /* each once, in order of first use */
	size_t inlined_count, inlined_capacity;
	/* While an article is rendered: */
	const struct article *article;
	int heading; /* level of its title */
	struct weight *weights;
	size_t weight_count, weight_capacity;
	struct map *reported; /* placeholders told of: a text is looked at several times */
};

/* ---- hole.c ---- */

/* s with its placeholders as marks; unknown ones are reported at place. For text
 * and attributes, not for addresses. */
struct str mail_words(struct mail *m, struct str s, struct place place);
/* An address: percent-encoded, {token} as a mark; others are reported. */
struct str mail_url(struct mail *m, struct str url, struct place place);
/* For headers, where only {name} and {org} may stand: see there. */
struct str mail_header_words(struct mail *m, struct str s, struct place place);
/* s with its marks written as {name}, {token}, …; in m's arena. */
struct str mail_unmarked(struct mail *m, struct str s);
/* The mark at the byte, if it is one. */
bool mark_hole(unsigned char byte, enum hole *h, bool *url);

/* ---- dress.c ---- */

/* Fills light, dark and dress from the layout's colours. */
void dress_make(struct mail *m);
/* CSS pixels that the letters of a dress which names its font are high. */
int dress_size(enum dress d);
/* The style block: one rule for narrow screens, one block for dark ones. */
void dress_put_block(struct mail *m, struct buf *out);

/* ---- running order ---- */

/* Whether an article stands whole in this message: as its template says, and
 * always when there is no page on the web that a teaser could lead to. */
bool mail_is_whole(const struct mail *m, const struct article *a);
bool mail_is_on_web(const struct mail *m, const struct article *a);
/* Whether a message carries the article by its language; t NULL: all of them. */
bool translation_has(const struct translation *t, const struct article *a);
/* The i-th entry's article when this message shows it, else NULL. */
const struct article *mail_article(const struct mail *m, size_t i);
/* Its section's title; empty in a message of another language than the issue's. */
struct str mail_section(const struct mail *m, const struct article *a);
/* The imprint, when it is in the message's language, else NULL. */
const struct article *mail_imprint(const struct mail *m);
/* The address of a PDF beside the web edition: EDITION_SCREEN, EDITION_LARGE; empty
 * when the message links to none. */
struct str mail_pdf_url(struct mail *m, enum edition e);
/* Addresses on the web, in m's arena; empty without one. */
struct str mail_article_url(struct mail *m, const struct article *a);
struct str mail_picture_url(struct mail *m, const struct picture *p);
/* Whether there is a place where pictures can stand. */
bool mail_has_pictures(const struct mail *m);
struct str mail_teaser(struct mail *m, const struct article *a);
/* "nr 1/2026" and "17 marca 2026" */
struct str mail_issue_number(struct mail *m);
struct str mail_issue_date(struct mail *m);
/* Where a link of the text leads: {token} marked, "#slug" resolved; empty when it
 * may not be a link. */
struct str mail_target(struct mail *m, const struct node *link);

/* ---- html.c, html_article.c, html_block.c ---- */

void html_message(struct mail *m);
void html_article(struct mail *m, const struct article *a, bool leads_section);
void html_blocks(struct mail *m, const struct node *first);
void html_notes(struct mail *m, const struct article *a);
/* Words that stand on one line: their spaces do not break. */
struct str html_together(struct mail *m, struct str words);
/* About how many CSS pixels the longest of words is wide in letters of a size; words that
 * no-break spaces bind are one. */
int html_longest(struct str words, int size);
/* Behind the style of such words: one that is by itself wider than the narrowest telephone
 * may be divided anywhere, better than a message wider than the screen. */
struct str html_breaking(struct str words, int size);
/* A title as a heading of a level; url: where it leads, may be empty. */
void html_title(struct mail *m, int level, enum dress dress, struct str title, struct str url);
/* Words of no article and without placeholders, their numbers as in one. */
void html_words(struct mail *m, struct str words);
/* An image in its frame, width CSS pixels wide at most; with caption and credit
 * when with_words. url: where a click leads; may be empty. */
void html_picture(struct mail *m, const struct picture *p, int width, bool with_words,
		  struct str url);

/* ---- inline.c ---- */

/* "cid:NAME@DOMAIN" of a picture, which is made when it is first asked for; empty when
 * it cannot be. */
struct str inline_url(struct mail *m, const struct picture *p);
/* Once all are asked for: makes them smaller where they are too large together to be sent
 * to everybody, and reports those that even so are. */
void inline_settle(struct mail *m);
/* Appends the pictures as parts of a multipart/related message. */
void inline_put_parts(struct mail *m, struct buf *out, const char *boundary);

/* ---- text.c ---- */

void text_message(struct mail *m);

/* ---- mime.c ---- */

/* Cuts headers, text and html into m's message. */
void mime_make(struct mail *m, struct message *message);

#endif
