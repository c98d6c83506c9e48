/* The style sheet: one file for all pages, colours from the layout.
 *
 * A measure of 36 rem for running text, sans for what is looked at, serif for
 * what is read; families are asked by name and fall back to what a system has.
 * Light and dark follow the reader's setting; on paper only the article stays. */
#include "web/site.h"

static const char *const rules[] = {
	"*,*::before,*::after{box-sizing:border-box}\n"
	":root{color-scheme:light dark;"
	"--edge:clamp(1.25rem,5vw,4rem);--fit:100vw;--measure:45rem}\n"
	"html{font-size:112.5%;-webkit-text-size-adjust:100%;text-size-adjust:100%}\n"
	"body{margin:0;background:var(--paper);color:var(--text);font-family:var(--serif);"
	"line-height:1.6;overflow-wrap:break-word}\n"
	"img{display:block;max-width:100%;height:auto}\n"
	"a{color:var(--accent);text-decoration-thickness:.08em;text-underline-offset:.16em}\n"
	"a:hover{text-decoration-thickness:.14em}\n"
	":focus-visible{outline:3px solid var(--warm);outline-offset:3px}\n"
	".page-issue .masthead a:focus-visible,.cover "
	"a:focus-visible{outline-color:var(--on-plate)}\n"
	"h1,h2,h3,h4,h5,h6{font-family:var(--sans);line-height:1.2;margin:0;"
	"text-wrap:balance;hyphens:manual}\n"
	/* so that the longest word stands on a line: see heading.c; --measure is how wide
	 * what holds the heading is at the most */
	".long{--fit:calc(min(100vw - 2*var(--edge),var(--measure))*var(--share))}\n"
	"p,ul,ol,figure,blockquote,pre{margin:0}\n"
	"p,li,dd,blockquote{text-wrap:pretty}\n"
	"article,.cover{hanging-punctuation:first last}\n",

	".skip{position:absolute;left:var(--edge);top:-5rem;padding:.7rem 1.2rem;"
	"background:var(--paper);color:var(--accent);font-family:var(--sans);z-index:2}\n"
	".skip:focus{top:.2rem;outline-offset:0}\n"
	".masthead{display:flex;flex-wrap:wrap;justify-content:space-between;"
	"align-items:baseline;gap:0 2rem;"
	"padding:.6rem var(--edge) 1rem;font-family:var(--sans)}\n"
	".masthead .name{font-weight:900;font-size:1.15rem;line-height:1.2;letter-spacing:-.01em}\n"
	".masthead .name a{display:inline-block;padding:.55rem 0;color:var(--accent);"
	"text-decoration:none}\n"
	".masthead .name a:hover{text-decoration:underline}\n"
	".masthead .issue{color:var(--muted);font-size:.85rem}\n"
	".page-issue .masthead{background:var(--plate);color:var(--on-plate);"
	"padding-block:1.1rem 1.4rem}\n"
	".page-issue .masthead .name{font-size:clamp(1.5rem,4vw,2.6rem);line-height:1.1}\n"
	".page-issue .masthead .name a,.page-issue .masthead .issue{color:var(--on-plate)}\n",

	/* cover: words on a plate, the picture beside it to the edge */
	".cover{display:grid;grid-template-columns:minmax(0,1fr);background:var(--plate);"
	"color:var(--on-plate)}\n"
	".cover .words{padding:2rem var(--edge) 2.5rem}\n"
	".cover h1{font-weight:900;"
	"font-size:min(clamp(2.5rem,6.2vw,5rem),max(1.35rem,var(--fit)));line-height:1.02;"
	"letter-spacing:-.025em}\n"
	".cover .lead{margin-top:1.4rem;font-size:1.25rem;line-height:1.5;max-width:32rem}\n"
	".cover .lines{list-style:none;margin-top:2.2rem;padding:0;font-family:var(--sans);"
	"font-weight:700;max-width:32rem}\n"
	".cover .lines li{border-top:1px solid var(--on-plate);padding:.75rem 0}\n"
	/* all of a line can be pressed */
	".cover .lines a{display:block;margin:-.75rem 0;padding:.75rem 0;color:var(--on-plate);"
	"text-decoration:none}\n"
	".cover .lines a:hover{text-decoration:underline}\n"
	".cover figure{position:relative}\n"
	".cover img{width:100%;height:100%;object-fit:cover;max-height:90vh}\n"
	".cover figcaption{padding:.4rem var(--edge);color:var(--on-plate)}\n"
	"@media(min-width:56rem){.cover{grid-template-columns:minmax(0,11fr) minmax(0,10fr);"
	"--measure:calc(52vw - 2*var(--edge))}"
	".cover.plain{grid-template-columns:minmax(0,1fr);--measure:100vw}"
	".cover .words{display:flex;flex-direction:column;justify-content:flex-end;"
	"padding-block:4rem}"
	".cover img{max-height:none;min-height:min(86vh,54rem);position:absolute;inset:0}"
	".cover figure{min-height:min(86vh,54rem)}"
	".cover figcaption{position:absolute;right:0;bottom:0;padding:.3rem .8rem;"
	"background:var(--plate)}}\n",

	/* sections of the issue */
	".section{display:grid;grid-template-columns:minmax(0,1fr);gap:1.5rem 3rem;"
	"padding:3rem var(--edge) 0;max-width:90rem;margin:0 auto}\n"
	".section>h2,.section>div>h2{font-size:1.15rem;font-weight:900;color:var(--accent)}\n"
	".section>h2,.section>div:not(.cards){border-top:4px solid var(--accent);"
	"padding-top:.7rem}\n"
	"@media(min-width:64rem){.section{grid-template-columns:11rem minmax(0,1fr);"
	"padding-top:4rem}.section>h2{position:sticky;top:1rem;align-self:start}}\n"
	".cards{--measure:17rem;display:grid;gap:2.4rem 2rem;"
	"grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}\n"
	".card{position:relative;display:flex;flex-direction:column;gap:1rem}\n"
	/* of a tall picture the upper part, where heads are */
	".card img{width:100%;aspect-ratio:3/2;object-fit:cover;object-position:50% 25%;"
	"border-radius:2px}\n"
	".card.bare{border-top:1px solid var(--rule);padding-top:1rem}\n"
	".card "
	"h3{font-size:min(1.3rem,max(1.1rem,var(--fit)));line-height:1.22;font-weight:900;letter-"
	"spacing:-.01em}\n"
	".card h3 a{color:var(--text);text-decoration:none}\n"
	".card h3 a::after{content:\"\";position:absolute;inset:0}\n"
	".card:hover h3 a{text-decoration:underline;text-decoration-color:var(--accent)}\n"
	".card h3+p{margin-top:.5rem;font-size:.94rem;line-height:1.55}\n"
	".kicker{font-family:var(--sans);font-weight:700;font-size:.85rem;letter-spacing:.04em;"
	"color:var(--warm);margin-bottom:.3rem}\n"
	".number{font-family:var(--sans);font-weight:900;font-size:5rem;line-height:1;"
	"color:var(--warm);letter-spacing:-.03em}\n"
	".card.leads{grid-column:1/-1}\n"
	"@media(min-width:46rem){.card.leads{flex-direction:row;gap:2rem;align-items:flex-end;"
	"--measure:28vw}"
	".card.leads img{width:58%;flex:none}"
	".card.leads h3{font-size:min(clamp(1.7rem,2.6vw,2.5rem),max(1.1rem,var(--fit)));"
	"line-height:1.1}"
	".card.leads h3+p{font-size:1.05rem}"
	/* a section of two: the second turned about, so that no corner stays empty */
	".card.leads+.card:last-child:not(.bare){grid-column:1/-1;flex-direction:row-reverse;"
	"gap:2rem;align-items:flex-end}"
	".card.leads+.card:last-child:not(.bare) img{width:42%;flex:none}"
	".card.leads+.card:last-child:not(.bare) h3{font-size:min(1.6rem,max(1.1rem,var(--fit)));"
	"line-height:1.15}}\n"
	"@media(min-width:64rem){.card.leads{--measure:24vw}}\n",

	/* the archive: the newest issue large, the others beside one another */
	".page-archive .head{display:block;padding:clamp(1.5rem,4vw,3.5rem) var(--edge) 0;"
	"max-width:90rem;margin:0 auto}\n"
	".languages{padding:1rem var(--edge) 0;max-width:90rem;margin:0 auto;"
	"font-family:var(--sans)}\n"
	".languages ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.6rem}\n"
	".languages a{display:inline-block;padding:.5rem 0}\n"
	".issues{padding:2.2rem var(--edge) 0;max-width:90rem;margin:0 auto}\n"
	".issues .card{border-top:4px solid var(--accent);padding-top:1rem}\n"
	/* covers are seen whole */
	".issues .card img{width:min(100%,17rem);aspect-ratio:auto}\n"
	".issues .newest img{width:min(100%,22rem)}\n"
	".card "
	"h2{font-size:min(1.4rem,max(1.1rem,var(--fit)));line-height:1.18;font-weight:900;letter-"
	"spacing:-.01em}\n"
	".card h2 a{color:var(--text);text-decoration:none}\n"
	".card h2 a::after{content:\"\";position:absolute;inset:0}\n"
	".card:hover h2 a{text-decoration:underline;text-decoration-color:var(--accent)}\n"
	".card h2+p{margin-top:.5rem;font-size:.94rem;line-height:1.55}\n"
	".card.newest{grid-column:1/-1}\n"
	"@media(min-width:46rem){.card.newest{flex-direction:row;gap:2.4rem;align-items:center;"
	"--measure:40vw}"
	".issues .newest img{width:min(40%,24rem);flex:none}"
	".card.newest h2{font-size:min(clamp(1.9rem,3.4vw,3rem),max(1.1rem,var(--fit)));"
	"line-height:1.06}"
	".card.newest h2+p{font-size:1.1rem;max-width:34rem}}\n"
	".page-archive .section h2 a{color:inherit}\n"
	".when{margin-top:.35rem;font-family:var(--sans);font-size:.85rem;color:var(--muted)}\n",

	".downloads ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:1rem}\n"
	".downloads a,.button{display:inline-block;padding:.8rem 1.4rem;background:var(--plate);"
	"color:var(--on-plate);font-family:var(--sans);font-weight:700;text-decoration:none;"
	"border-radius:3px}\n"
	".downloads a:hover,.button:hover{text-decoration:underline}\n"
	".downloads span{font-weight:400;margin-left:.5em}\n",

	/* an article */
	"article{hyphens:auto;hyphenate-limit-chars:8 4 4}\n"
	".head{padding:clamp(1.5rem,5vw,4.5rem) 0 2rem;"
	"--measure:min(45rem,50vw + 18rem - var(--edge))}\n"
	".head>*{grid-column:main-start/wide-end}\n"
	".head .kicker{font-size:1rem}\n"
	".head h1{font-weight:900;"
	"font-size:min(clamp(2.2rem,5.4vw,4rem),max(1.35rem,var(--fit)));line-height:1.05;"
	"letter-spacing:-.022em}\n"
	".head .lead{margin-top:1.3rem;font-family:var(--sans);font-size:clamp(1.15rem,2vw,1.4rem);"
	"line-height:1.5;hyphens:manual}\n"
	".head "
	".byline{margin-top:1.2rem;color:var(--muted);font-family:var(--sans);font-size:.9rem}\n"
	".opening{max-width:72rem;margin:0 auto 2.6rem}\n"
	".opening img{width:100%;max-height:82vh;object-fit:cover}\n"
	".opening.tall{max-width:calc(36rem + 2*var(--edge));padding:0 var(--edge)}\n"
	".opening.tall img{max-height:none}\n"
	".opening figcaption{max-width:calc(36rem + 2*var(--edge));margin:0 auto;"
	"padding-inline:var(--edge)}\n"
	".opening.tall figcaption{padding-inline:0}\n"
	"figcaption{padding-top:.6rem;font-family:var(--sans);font-size:.86rem;line-height:1.45;"
	"color:var(--muted);hyphens:manual}\n"
	"figcaption .credit{display:inline-block}\n",

	".head,.text{display:grid;grid-template-columns:[full-start] minmax(var(--edge),1fr) "
	"[wide-start] clamp(0rem,50% - 18rem - var(--edge),9rem) [main-start] "
	"min(36rem,100% - 2*var(--edge)) [main-end] "
	"clamp(0rem,50% - 18rem - var(--edge),9rem) [wide-end] minmax(var(--edge),1fr) "
	"[full-end]}\n"
	".text{--measure:36rem}\n"
	".text>*{grid-column:main;margin-bottom:1.15rem;min-width:0}\n"
	".text>.wide{grid-column:wide}\n"
	".text>.full{grid-column:full}\n"
	".text>h2{font-size:min(1.55rem,max(1.2rem,var(--fit)));font-weight:900;letter-spacing:-."
	"01em;color:var(--accent);"
	"margin:1.6rem 0 .6rem}\n"
	".text>h3{font-size:1.18rem;font-weight:700;margin:1rem 0 .35rem}\n"
	".text>h4{font-size:1rem;font-weight:700;margin:.9rem 0 .3rem}\n"
	".text figure{margin-block:1rem 1.8rem}\n"
	".text figure.full img{width:100%}\n"
	".text figure.full figcaption{padding-inline:var(--edge)}\n"
	"@supports(initial-letter:3){.drop-cap>p:first-child::first-letter{initial-letter:3;"
	"font-family:var(--sans);font-weight:900;color:var(--warm);margin-right:.45rem}}\n"
	"ul,ol{padding-left:1.5rem}\n"
	"li{margin-bottom:.4rem}\n"
	"li>ul,li>ol{margin-top:.4rem}\n"
	"li::marker{color:var(--accent)}\n"
	"blockquote{border-left:3px solid var(--rule);padding-left:1.4rem;font-style:italic}\n"
	"blockquote>*+*,.box>*+*,.contact>*+*,.answer>*+*,.notes li>*+*{margin-top:.8rem}\n"
	".text>.pullquote{border:0;border-top:4px solid var(--warm);padding:1rem 0 0;"
	"margin-block:1.6rem 2rem;font-family:var(--sans);font-style:normal;font-weight:300;"
	"font-size:clamp(1.6rem,3.4vw,2.3rem);line-height:1.25;color:var(--warm);"
	"hyphenate-limit-chars:16 6 6;text-wrap:balance}\n",

	".box{background:var(--tint);padding:1.5rem 1.6rem;margin-block:1rem "
	"2rem;border-radius:3px;"
	"font-family:var(--sans);line-height:1.55}\n"
	".box-title{font-weight:900;font-size:1.15rem;line-height:1.3;color:var(--accent)}\n"
	".qa>.question{font-family:var(--sans);font-weight:700;color:var(--accent);line-height:1."
	"45;"
	"margin:1.6rem 0 .4rem}\n"
	".question strong{font-weight:inherit}\n"
	".qa .pullquote{border:0;border-top:4px solid var(--warm);padding:1rem 0 0;margin:2rem 0;"
	"font-family:var(--sans);font-style:normal;font-weight:300;font-size:1.8rem;line-height:1."
	"25;"
	"color:var(--warm);hyphenate-limit-chars:16 6 6;text-wrap:balance}\n"
	/* as wide as the head; four stand two by two */
	".contacts{display:grid;gap:1.2rem 1.4rem;align-items:start;"
	"grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr))}\n"
	".text>.contacts{grid-column:main-start/wide-end}\n"
	".contacts:has(>:nth-child(4):last-child){"
	"grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}\n"
	".contact{border-left:3px solid var(--warm);padding-left:.8rem;font-family:var(--sans);"
	"font-size:.94rem;line-height:1.5;hyphens:manual}\n"
	".table{overflow-x:auto;margin-block:.6rem 2rem}\n"
	"table{border-collapse:collapse;width:100%;font-family:var(--sans);font-size:.93rem;"
	"line-height:1.45;hyphens:manual}\n"
	"th{text-align:left;font-weight:700;border-bottom:2px solid var(--accent)}\n"
	"th,td{padding:.55rem 1.2rem .55rem 0;vertical-align:top}\n"
	"td{border-bottom:1px solid var(--rule)}\n"
	".nb{white-space:nowrap}\n"
	/* what has no room for its columns: see table.c; names of columns are read out as
	 * headers, not once more before each cell */
	"@media screen and (max-width:40em){th,td{padding-right:.8rem}"
	".stacks table,.stacks tbody,.stacks tr,.stacks th,.stacks td{display:block}"
	".stacks{overflow:visible}.stacks thead{display:block;position:relative;"
	"border-bottom:2px solid var(--accent)}"
	".stacks thead :not(:first-child){position:absolute;width:1px;height:1px;"
	"overflow:hidden;clip-path:inset(50%)}"
	".stacks tbody tr{padding:.7rem 0 .8rem;border-bottom:1px solid var(--rule)}"
	".stacks th,.stacks td{padding:.1rem 0;border:0;text-align:left}"
	".stacks tbody tr>:first-child{font-weight:700;padding-bottom:.2rem}"
	".stacks td:empty{display:none}"
	".stacks td[data-label]::before{color:var(--muted);content:attr(data-label) \" \";"
	"content:attr(data-label) \" \" / \"\"}}\n"
	".contact a[href^='tel:']{font-weight:700}\n"
	/* numbers and addresses stand close: a thumb gets its own room for each */
	"@media screen and (pointer:coarse){.contact a{display:inline-block;padding:.6rem 0}}\n"
	".centre{text-align:center}\n.right{text-align:right}\n"
	"pre{overflow-x:auto;padding:1.2rem;background:var(--tint);line-height:1.5;border-radius:"
	"3px}\n"
	"code{font-family:Consolas,\"Noto Sans Mono\",Menlo,monospace;font-size:.9em}\n"
	"hr{border:0;width:5rem;border-top:3px solid var(--accent);margin:1rem 0 2rem}\n"
	".ornament img{max-width:min(100%,16rem);margin:1rem auto}\n"
	"sup{line-height:0;font-family:var(--sans);font-size:.72em}\n"
	"sup a{text-decoration:none;font-weight:700}\n"
	/* what a thumb hits is larger than what is seen, and takes no room */
	"sup a,.back{position:relative;padding:9px;margin:0 -9px}\n"
	"p.button-line{margin-block:.6rem 1.6rem}\n",

	".gallery,.gallery .row{display:grid;gap:1.6rem;grid-template-columns:minmax(0,1fr)}\n"
	".gallery figure{margin:0;flex:1 1 0;min-width:0}\n"
	".gallery img{width:100%;border-radius:2px}\n"
	"@media(min-width:40em){.gallery .row{display:flex;align-items:flex-start}"
	".gallery .alone img{width:auto;max-height:36rem}}\n"
	".notes{border-top:1px solid var(--rule);padding-top:1.2rem;margin-top:1.5rem;"
	"font-size:.92rem;line-height:1.55}\n"
	".notes h2{font-size:1rem;margin-bottom:.6rem}\n"
	".notes li{scroll-margin-top:1rem}\n"
	".notes li>p{display:inline}\n"
	".neighbours{display:grid;gap:1rem;max-width:72rem;margin:3.5rem auto 0;"
	"padding:0 var(--edge);font-family:var(--sans);"
	"grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}\n"
	".neighbours a{display:block;padding:1.2rem 1.4rem;background:var(--tint);"
	"text-decoration:none;border-radius:3px}\n"
	".neighbours .label{display:block;color:var(--muted);font-size:.85rem}\n"
	".neighbours .title{font-weight:900;font-size:1.1rem;line-height:1.3;hyphens:auto;"
	"hyphenate-limit-chars:16 6 6}\n"
	".neighbours a:hover .title{text-decoration:underline}\n"
	".neighbours .next{text-align:right}\n",

	".foot{margin-top:5rem;padding:2.5rem var(--edge) 3.5rem;background:var(--tint);"
	"font-family:var(--sans);font-size:.88rem;line-height:1.55}\n"
	".foot section{max-width:46rem;margin-bottom:2rem}\n"
	".foot section>*+*{margin-top:.7rem}\n"
	".foot h2{font-size:1.05rem}\n"
	".foot>ul{list-style:none;padding:0;margin-top:.8rem;display:flex;flex-wrap:wrap;"
	"gap:0 1.6rem}\n"
	".foot>ul a{display:inline-block;padding:.6rem 0}\n"
	"@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}\n"
	/* where the reader's colours take the place of ours no ground shows what is one */
	"@media(forced-colors:active){.skip,.box,.button,.downloads a,.neighbours a,pre"
	"{border:1px solid}}\n",

	/* on paper: no plates of ink, pictures no larger than they must be */
	"@media print{:root{--paper:#fff;--tint:#fff;--text:#000;--muted:#333}"
	"html{font-size:10.5pt}.section{display:block}"
	".skip,.back,.neighbours,.foot ul,.downloads,.languages{display:none}"
	".head,.text,.cover{display:block}.text>*{max-width:none}"
	".head,.page-archive .head,.opening{max-width:none;padding-inline:0}"
	".opening figcaption{max-width:none;padding-inline:0}"
	".masthead,.page-issue .masthead{padding:0 0 .6rem;background:none;color:#000}"
	".page-issue .masthead .name a{color:var(--accent)}"
	".page-issue .masthead .issue{color:var(--muted)}"
	".button{padding:.3rem .8rem;background:none;color:var(--accent);border:1pt solid}"
	".cover,.cover figcaption{background:none;color:#000}"
	".cover .words{padding:0 0 1rem}.cover .lines{margin-top:1rem}"
	".cover .lines li{border-color:var(--rule);padding:.3rem 0}.cover .lines a{color:#000}"
	".cover figure,.cover img{position:static;min-height:0;max-height:11cm}"
	".cover figcaption{padding:.3rem 0;position:static}"
	".section>h2{margin-bottom:.7rem}"
	".section,.issues{padding:1.2rem 0 0}"
	".foot{background:none;padding:0;margin-top:1.5rem}"
	".box{border:1pt solid var(--rule)}"
	"h1,h2,h3,figure,.box,.card,blockquote,pre,tr{break-inside:avoid}"
	"h2,h3{break-after:avoid}p{orphans:3;widows:3}"
	".text a[href^=http]::after{content:\" (\" attr(href) \")\";font-size:.85em}"
	".opening img{max-height:9cm}@page{margin:18mm}}\n",
};

static void put_colours(struct buf *b, const struct palette *palette)
{
	buf_put_c(b, ":root{");
	for (int i = 0; i < SHADE_COUNT; i++)
		buf_format(b, "--%.*s:%s;", STR_ARG(shade_name((enum shade)i)), palette->css[i]);
	buf_put_c(b, "}\n");
}

/* --serif is what running text is set in, --sans what titles and labels are: the
 * layout may turn them about. */
static void put_families(struct buf *b, const struct layout *l)
{
	static const struct str serif = STR_INIT("\"Noto Serif\",\"Source Serif 4\",Charter,"
						 "\"Iowan Old Style\",Georgia,serif");
	static const struct str sans = STR_INIT("Lato,\"Source Sans 3\",\"Segoe UI\",Roboto,"
						"\"Helvetica Neue\",Arial,sans-serif");
	buf_format(b, ":root{--serif:%.*s;--sans:%.*s}\n",
		   STR_ARG(l->web_text.len ? l->web_text : serif),
		   STR_ARG(l->web_display.len ? l->web_display : sans));
}

/* Figures as the layout's styles have them; in tables all are of one width. */
static void put_figures(struct buf *b, const struct layout *l)
{
	static const char *const kinds[] = { [FIGURES_LINING] = "lining-nums",
					     [FIGURES_OLD] = "oldstyle-nums",
					     [FIGURES_TABULAR] = "lining-nums tabular-nums" };
	const struct style *body = l->roles[STYLE_BODY], *title = l->roles[STYLE_TITLE];
	if (!body || !title)
		return;
	buf_format(b,
		   "body{font-variant-numeric:%s}\n"
		   "h1,h2,h3,h4,h5,h6,.masthead,.kicker,.number,.downloads,.when,.neighbours"
		   "{font-variant-numeric:%s}\n"
		   "table{font-variant-numeric:lining-nums tabular-nums}\n",
		   kinds[body->figures], kinds[title->figures]);
}

void site_write_style(struct site *s)
{
	struct palette light, dark;
	struct buf b;
	buf_init(&b, PAGE_CEILING);
	palette_light(&light, s->layout);
	palette_dark(&dark, s->layout);
	put_colours(&b, &light);
	buf_put_c(&b, "@media screen and (prefers-color-scheme:dark){");
	put_colours(&b, &dark);
	buf_put_c(&b, "}\n");
	put_families(&b, s->layout);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		buf_put_c(&b, rules[i]);
	put_figures(&b, s->layout);
	headings_put_style(&b);
	gallery_put_style(&b, s);
	site_write(s, "style.css", buf_str(&b));
	buf_release(&b);
}
