/* What the message wears: one inline string for each part, because the style
 * block may be stripped; and that block, which only adds comfort.
 *
 * In the patterns a lower-case letter behind ~ is a colour of the palette, a
 * capital a font stack. Sizes never fall below 15 px. Colours that a dark scheme
 * replaces have a class beside the inline string: see the block. Outlook for Windows
 * leaves out the padding of links, and of paragraphs without a border: what keeps lines
 * apart there is in properties that only it reads, mso-*-alt. */
#include "email/mail.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	char letter;
	enum shade shade;
} shades[] = {
	{ 'p', SHADE_PAPER }, { 'i', SHADE_TINT },   { 't', SHADE_TEXT },
	{ 'm', SHADE_MUTED }, { 'a', SHADE_ACCENT }, { 'w', SHADE_WARM },
	{ 'r', SHADE_RULE },  { 'l', SHADE_PLATE },  { 'o', SHADE_ON_PLATE },
};

/* Unless the layout says otherwise. */
static const struct str serif = STR_INIT("Georgia,'Noto Serif',serif");
static const struct str sans = STR_INIT("Lato,'Segoe UI',Helvetica,Arial,sans-serif");

static const char *const patterns[DRESS_COUNT] = {
	[DRESS_PAGE] = "margin:0;padding:0;background-color:~i",
	[DRESS_PANEL] = "padding:24px 28px 8px;background-color:~p;color:~t;font:17px/26px ~S",
	[DRESS_TINT] = "padding:20px 24px 8px;background-color:~i;color:~t;font:17px/26px ~S",
	[DRESS_PREHEADER] = "padding:16px 28px;color:~t;font:15px/22px ~N",
	[DRESS_PLATE] = "padding:24px 28px;background-color:~l;color:~o;font:15px/22px ~N",
	[DRESS_PLATE_TITLE] = "margin:0;font:bold 30px/34px ~N",
	[DRESS_PLATE_ISSUE] = "margin:6px 0 0;font:15px/22px ~N",
	[DRESS_PLATE_LINK] = "color:~o;text-decoration:none",
	[DRESS_P] = "margin:0 0 16px",
	[DRESS_LEAD] = "margin:0 0 16px;font-size:19px;line-height:28px",
	[DRESS_ISSUE_LEAD] = "margin:0 0 20px;font-size:20px;line-height:30px",
	[DRESS_H1] = "margin:0 0 14px;font:bold 36px/41px ~N",
	[DRESS_H2] = "margin:0 0 10px;font:bold 26px/32px ~N",
	[DRESS_H3] = "margin:0 0 8px;font:bold 22px/28px ~N",
	[DRESS_H4] = "margin:24px 0 8px;font:bold 19px/26px ~N",
	[DRESS_H5] = "margin:20px 0 6px;font:bold 17px/24px ~N",
	[DRESS_KICKER] = "margin:0 0 4px;color:~w;font:bold 15px/22px ~N",
	[DRESS_BYLINE] = "margin:0 0 16px;color:~m;font:15px/22px ~N",
	[DRESS_LINK] = "color:~a;text-decoration:underline",
	/* By itself on its line: a thumb's height. */
	[DRESS_LONE_LINK] =
		"display:inline-block;padding:10px 0;color:~a;text-decoration:underline",
	[DRESS_TITLE_LINK] = "color:~t;text-decoration:none",
	[DRESS_SMALL] = "margin:0 0 20px;color:~m;font:15px/22px ~N",
	[DRESS_LIST] = "margin:0 0 16px;padding:0 0 0 26px",
	[DRESS_ITEM] = "margin:0 0 8px",
	[DRESS_QUOTE] = "margin:0 0 16px;padding:0 0 0 20px;border-left:3px solid ~r",
	[DRESS_PULLQUOTE] = "margin:24px 0;padding:4px 0 4px 20px;border-left:4px solid ~a;"
			    "font:italic 23px/32px ~S",
	[DRESS_CODE] = "font:16px Consolas,monospace",
	[DRESS_CODE_BLOCK] =
		"margin:0 0 16px;font:15px/24px Consolas,monospace;white-space:pre-wrap",
	[DRESS_RULE] = "margin:24px 0;border:0;border-top:1px solid ~r",
	[DRESS_TABLE] = "width:100%;margin:0 0 20px;border-collapse:collapse",
	[DRESS_TH] = "padding:8px 8px 8px 0;border-bottom:2px solid ~a;font:bold 15px/22px ~N",
	[DRESS_TD] = "padding:8px 8px 8px 0;border-bottom:1px solid ~r;vertical-align:top;"
		     "font:16px/23px ~S",
	[DRESS_BOX] = "width:100%;margin:8px 0 24px;border-collapse:collapse",
	[DRESS_BOX_TITLE] = "margin:0 0 10px;font:bold 18px/25px ~N",
	[DRESS_QUESTION] = "margin:0 0 4px;color:~a;font-weight:bold",
	[DRESS_CONTACT] = "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid ~w;"
			  "font:16px/25px ~N",
	[DRESS_BUTTON] = "padding:13px 26px;background-color:~l;"
			 "font:bold 17px/24px ~N",
	[DRESS_BUTTON_LINK] = "color:~o;text-decoration:none",
	[DRESS_NUMBER] = "margin:0;color:~a;font:bold 64px/68px ~N",
	/* The letters are those of its description, where pictures are off. */
	[DRESS_IMAGE] = "display:block;width:100%;height:auto;border:0;color:~m;font:15px/22px ~N",
	[DRESS_IMAGE_LINK] = "color:~m;text-decoration:none",
	[DRESS_NOTE] = "margin:0 0 8px;font-size:15px;line-height:23px",
	[DRESS_CONTENTS] = "padding:24px 28px 16px;background-color:~i;color:~t",
	[DRESS_CONTENTS_SECTION] = "margin:14px 0 2px;color:~m;font:15px/22px ~N",
	[DRESS_CONTENTS_ITEM] = "margin:0;mso-margin-bottom-alt:6px;font:17px/24px ~N",
	[DRESS_SECTION] = "margin:14px 0 20px;padding:0 0 8px;border-bottom:3px solid ~a;color:~a;"
			  "font:bold 19px/26px ~N",
	[DRESS_FOOT] = "padding:28px;color:~t;font:15px/23px ~N",
	[DRESS_NEXT] = "padding:28px 0 0;border-top:1px solid ~r",
	[DRESS_COVER] = "padding:0;background-color:~p",
	[DRESS_COVER_CREDIT] = "margin:10px 28px 14px;color:~m;font:15px/22px ~N",
	[DRESS_COVER_LINE] =
		"margin:0;padding:1px 0;mso-padding-alt:11px 0;border-top:1px solid ~r;"
		"font:bold 17px/24px ~N",
	[DRESS_COVER_WORDS] = "display:inline-block;padding:10px 0",
	[DRESS_TEASER] = "margin:0 0 6px;mso-margin-bottom-alt:16px",
	[DRESS_FOOT_LINK] = "margin:0;mso-margin-bottom-alt:8px;font-size:15px;line-height:24px",
};

static void put_dress(const struct mail *m, struct buf *out, const char *pattern,
		      const struct palette *p)
{
	for (; *pattern; pattern++) {
		if (*pattern != '~') {
			buf_put_byte(out, *pattern);
			continue;
		}
		pattern++;
		if (*pattern == 'S')
			buf_put(out, m->layout->web_text.len ? m->layout->web_text : serif);
		else if (*pattern == 'N')
			buf_put(out, m->layout->web_display.len ? m->layout->web_display : sans);
		for (size_t i = 0; i < sizeof shades / sizeof *shades; i++)
			if (shades[i].letter == *pattern)
				buf_put_c(out, p->css[shades[i].shade]);
	}
}

int dress_size(enum dress d)
{
	const char *size = strpbrk(strstr(patterns[d], "font:"), "0123456789");
	return (int)strtol(size, NULL, 10);
}

void dress_make(struct mail *m)
{
	palette_light(&m->light, m->layout);
	palette_dark(&m->dark, m->layout);
	struct buf out;
	buf_init(&out, 4096);
	for (int i = 0; i < DRESS_COUNT; i++) {
		buf_clear(&out);
		put_dress(m, &out, patterns[i], &m->light);
		m->dress[i] = str_copy(m->arena, buf_str(&out));
	}
	buf_release(&out);
}

/* g: ground around the page; p: the page; h: links that are titles; i: tinted; m:
 * muted; l: links and accents; w: the second accent; r: lines; c: columns, which take
 * a whole line on narrow screens; s: beside a picture, below it there; f: titles whose
 * longest word has no room there at their size; n: links of contacts. The plate stays
 * as it is. */
void dress_put_block(struct mail *m, struct buf *out)
{
	static const char ground[] = "<style>:root{color-scheme:light dark}"
				     "body{margin:0;background-color:~i}";
	static const char block[] =
		"@media(max-width:480px){.c{max-width:100%!important}.s{padding-left:0!important}"
		".f{font-size:22px!important;line-height:28px!important}"
		".n{display:inline-block;padding:10px 0}}"
		"@media(prefers-color-scheme:dark){"
		"body,.g,.p,.h{background-color:~p!important;color:~t!important}"
		".i{background-color:~i!important;color:~t!important}"
		".m{color:~m!important}.l{color:~a!important;border-color:~a!important}"
		".w{color:~w!important}.r{border-color:~r!important}"
		"}</style>\n";
	put_dress(m, out, ground, &m->light);
	put_dress(m, out, block, &m->dark);
}
