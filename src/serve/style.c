/* The style of all pages: the layout's colours in light and dark, letters a reader with
 * tired eyes can read, and a visible focus. */
#include "serve/leaf.h"

#include "base/arena.h"
#include "base/sha256.h"

enum { STYLE_BYTES = 64 * 1024 };

static const char rules[] =
	"*,*::before,*::after{box-sizing:border-box}"
	"html{font-size:112.5%;-webkit-text-size-adjust:100%;text-size-adjust:100%}"
	"body{margin:0;background:var(--tint);color:var(--text);font:1rem/1.6 var(--sans);"
	"overflow-wrap:break-word}"
	"header{background:var(--plate);color:var(--on-plate)}"
	"header p,main,footer{max-width:40rem;margin:0 auto;padding:1.1rem clamp(1rem,5vw,2.5rem)}"
	"header p{font-weight:900;font-size:1.25rem;line-height:1.3}"
	"header nav{max-width:40rem;margin:0 auto;padding:0 clamp(1rem,5vw,2.5rem) .6rem}"
	"nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.4rem;margin:0;padding:0}"
	"nav li a{text-decoration:underline}"
	"nav [aria-current]{font-weight:900;text-decoration:none}"
	"header a{color:inherit;text-decoration:none}"
	"header a:hover{text-decoration:underline}"
	"main{background:var(--paper);padding-block:2rem 2.5rem}"
	"h1{font-size:clamp(1.7rem,5vw,2.3rem);line-height:1.15;margin:0 0 1rem;"
	"letter-spacing:-.01em}"
	"h2{font-size:1.2rem;line-height:1.3;margin:2.5rem 0 .5rem;padding-top:1.2rem;"
	"border-top:1px solid var(--rule)}"
	"p{margin:0 0 1rem}"
	"a{color:var(--accent);text-underline-offset:.16em}"
	/* A thumb's height; the words stay where they were. */
	"p>a{display:inline-block;padding:.5rem 0;margin:-.5rem 0}"
	"nav a{display:inline-block;padding:.5rem 0}"
	"a:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid "
	"var(--warm);outline-offset:3px}"
	"header a:focus-visible{outline-color:var(--on-plate)}"
	".address{font-weight:700;font-size:1.1rem}"
	".hint{color:var(--muted)}"
	"label,legend{font-weight:700}"
	"legend{padding:0;margin-bottom:.3rem}"
	"fieldset{border:0;margin:0 0 1.4rem;padding:0;min-width:0}"
	".field{margin:0 0 1.4rem}"
	".hint{font-weight:400}"
	".field input{display:block;width:100%;margin-top:.3rem;padding:.6rem .7rem;"
	"font:inherit;color:var(--text);background:var(--paper);border:2px solid "
	"var(--muted);border-radius:4px}"
	".choice{display:flex;gap:.7rem;align-items:baseline;font-weight:400;padding:.45rem 0}"
	".choice input{flex:none;width:1.4rem;height:1.4rem;margin:0;accent-color:var(--accent);"
	"transform:translateY(.25rem)}"
	/* Seen without looking at the little box. */
	".choice:has(:checked){font-weight:700}"
	".error{color:var(--warm);font-weight:700;margin:0}"
	".field input[aria-invalid]{border-color:var(--warm)}"
	".errors{border:2px solid var(--warm);border-radius:4px;padding:1rem 1.2rem;"
	"margin:0 0 1.5rem}"
	".errors h2{border:0;padding:0;margin:0 0 .4rem}"
	".errors ul{margin:0;padding-left:1.2rem}"
	".done{border-left:6px solid var(--accent);padding:.6rem 1rem;background:var(--tint);"
	"font-weight:700}"
	"button{font:inherit;font-weight:700;padding:.75rem 1.4rem;border:2px solid "
	"var(--accent);border-radius:4px;background:var(--plate);color:var(--on-plate);"
	"cursor:pointer}"
	"button:hover{text-decoration:underline}"
	"footer p{margin:0 0 1rem}"
	"footer a{color:var(--text)}"
	"@media(prefers-contrast:more){.field input{border-color:var(--text)}}"
	"@media print{header,footer,button{display:none}}";

static void put_colours(struct buf *b, const struct palette *p)
{
	buf_put_c(b, ":root{");
	for (int i = 0; i < SHADE_COUNT; i++)
		buf_format(b, "--%.*s:%s;", STR_ARG(shade_name((enum shade)i)), p->css[i]);
	buf_put_c(b, "}");
}

static void put_base64(struct buf *out, const unsigned char *bytes, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < len; i += 3) {
		unsigned group = 0;
		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (i + k < len ? bytes[i + k] : 0U);
		for (size_t k = 0; k < 4; k++)
			buf_put_byte(out, i + k <= len ? digits[group >> (18 - 6 * k) & 63] : '=');
	}
}

struct look *look_make(struct arena *a, const struct publication *p, const struct routes *r,
		       const struct layout *l)
{
	struct look *k = NEW(a, struct look);
	struct palette light, dark;
	struct buf b;
	palette_light(&light, l);
	palette_dark(&dark, l);
	buf_init(&b, STYLE_BYTES);
	buf_format(&b, ":root{color-scheme:light dark;--sans:%.*s}",
		   STR_ARG(l->web_display.len ? l->web_display
					      : STR("Lato,'Segoe UI',Helvetica,Arial,sans-serif")));
	put_colours(&b, &light);
	buf_put_c(&b, "@media screen and (prefers-color-scheme:dark){");
	put_colours(&b, &dark);
	buf_put_c(&b, "}");
	buf_put_c(&b, rules);
	k->publication = p;
	k->routes = r;
	k->style = str_copy(a, buf_str(&b));
	struct sha256 sum = sha256_of(k->style);
	buf_clear(&b);
	buf_put_c(&b, "default-src 'none'; style-src 'sha256-");
	put_base64(&b, sum.byte, sizeof sum.byte);
	buf_put_c(&b, "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
	k->policy = str_copy(a, buf_str(&b));
	buf_release(&b);
	leaf_make_plain(a, k);
	return k;
}
