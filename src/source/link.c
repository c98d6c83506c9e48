/* Links and slugs. */
#include "source/link.h"

#include "base/utf8.h"

static bool has_scheme(struct str url, struct str scheme)
{
	return str_equal_nocase(str_sub(url, 0, scheme.len), scheme);
}

bool link_is_web(struct str url)
{
	size_t host = has_scheme(url, STR("https://"))  ? 8
		      : has_scheme(url, STR("http://")) ? 7
							: 0;
	if (host == 0 || url.len == host)
		return false;
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] <= ' ')
			return false;
	return url.ptr[host] != '/' && url.ptr[host] != '?' && url.ptr[host] != '#';
}

static bool is_mailbox(struct str s)
{
	size_t at = str_find(s, STR("@"), 0);
	return at > 0 && at + 1 < s.len && str_find(s, STR(" "), 0) == s.len &&
	       str_find(s, STR("/"), 0) == s.len;
}

static bool is_mail(struct str url)
{
	struct str rest = str_sub(url, 7, url.len);
	return has_scheme(url, STR("mailto:")) &&
	       is_mailbox(str_sub(rest, 0, str_find(rest, STR("?"), 0)));
}

static bool is_telephone(struct str url)
{
	int digits = 0;
	if (!has_scheme(url, STR("tel:")))
		return false;
	for (size_t i = 4; i < url.len; i++) {
		char c = url.ptr[i];
		digits += c >= '0' && c <= '9';
		if (!(c >= '0' && c <= '9') && !strchr("+-.() ", c))
			return false;
	}
	return digits >= 3;
}

/* A name with ".md", perhaps with "#part" behind it. */
static bool is_article(struct str url, struct str *file)
{
	*file = str_sub(url, 0, str_find(url, STR("#"), 0));
	return file->len > 3 && str_ends(*file, STR(".md")) &&
	       str_find(*file, STR(":"), 0) == file->len;
}

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Of a country, or one of the few that are no file's. */
static bool is_top_domain(struct str s)
{
	static const struct str known[] = { STR_INIT("com"), STR_INIT("org"),  STR_INIT("net"),
					    STR_INIT("edu"), STR_INIT("info"), STR_INIT("gov") };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_equal_nocase(known[i], s))
			return true;
	return s.len == 2 && is_ascii_letter(s.ptr[0]) && is_ascii_letter(s.ptr[1]) &&
	       !str_equal_nocase(s, STR("md"));
}

/* "example.org/page": words between dots, the last of them a domain's. */
static bool is_host(struct str url)
{
	struct str host = str_sub(url, 0, str_find(url, STR("/"), 0));
	size_t dot = 0;
	for (size_t i = 0; i < host.len; i++) {
		char c = host.ptr[i];
		if (c == '.' && i > 0 && host.ptr[i - 1] == '.')
			return false;
		if (!is_ascii_letter(c) && !(c >= '0' && c <= '9') && c != '.' && c != '-')
			return false;
		if (c == '.')
			dot = i;
	}
	return dot > 0 && is_top_domain(str_sub(host, dot + 1, host.len));
}

static struct str hint_for(struct reader *r, struct str url)
{
	size_t colon = str_find(url, STR(":"), 0);
	if (url.len == 0)
		return STR("write the address between the round brackets");
	if (has_scheme(url, STR("www.")))
		return str_format(r->arena, "write https://%.*s", STR_ARG(url));
	if (is_mailbox(url))
		return str_format(r->arena, "write mailto:%.*s", STR_ARG(url));
	if (has_scheme(url, STR("mailto:")))
		return STR("write mailto:name@example.org");
	if (has_scheme(url, STR("tel:")))
		return STR("write tel:+48123456789");
	if (url.ptr[0] == '#')
		return STR("a link may lead to an article, not to a part of one");
	if (has_scheme(url, STR("http")) && str_find(url, STR(" "), 0) < url.len)
		return STR("write %20 for a space in an address");
	if (is_host(url))
		return str_format(r->arena, "write https://%.*s", STR_ARG(url));
	if (colon < url.len && colon > 1)
		return STR("use https://, mailto: or tel:");
	return STR("use an address that begins with https://, or an article of the issue: "
		   "02-name.md");
}

struct str link_read(struct reader *r, struct str written, struct place place)
{
	struct str url = str_trim(written), file;
	if (link_is_web(url) || is_mail(url) || is_telephone(url))
		return url;
	if (is_article(url, &file))
		return str_join(r->arena, STR("#"), slug_of(r->arena, file));
	diag_report_hint(r->diags, DIAG_LINK_INVALID, place, hint_for(r, url), "%.*s",
			 (int)(url.len > 200 ? 200 : url.len), url.ptr ? url.ptr : "");
	return STR("");
}

/* Letters by what they are called in addresses: Polish, Nordic and German ones,
 * and Ukrainian as of the Cabinet's resolution 55 of 2010. */
static struct str ascii_of(uint32_t c)
{
	static const struct {
		struct str letters, ascii;
	} table[] = {
		{ STR_INIT("ąáàâãăāĄÁÀÂÃĂĀаА"), STR_INIT("a") },
		{ STR_INIT("åÅ"), STR_INIT("aa") },
		{ STR_INIT("äÄæÆ"), STR_INIT("ae") },
		{ STR_INIT("бБ"), STR_INIT("b") },
		{ STR_INIT("ćčçĆČÇ"), STR_INIT("c") },
		{ STR_INIT("чЧ"), STR_INIT("ch") },
		{ STR_INIT("ďđðĎĐÐдД"), STR_INIT("d") },
		{ STR_INIT("ęéèêëěēĘÉÈÊËĚĒеЕ"), STR_INIT("e") },
		{ STR_INIT("фФ"), STR_INIT("f") },
		{ STR_INIT("ґҐğĞ"), STR_INIT("g") },
		{ STR_INIT("гГ"), STR_INIT("h") },
		{ STR_INIT("íìîïīÍÌÎÏĪіІїЇйЙ"), STR_INIT("i") },
		{ STR_INIT("єЄ"), STR_INIT("ie") },
		{ STR_INIT("юЮ"), STR_INIT("iu") },
		{ STR_INIT("яЯ"), STR_INIT("ia") },
		{ STR_INIT("кК"), STR_INIT("k") },
		{ STR_INIT("хХ"), STR_INIT("kh") },
		{ STR_INIT("łľĺŁĽĹлЛ"), STR_INIT("l") },
		{ STR_INIT("мМ"), STR_INIT("m") },
		{ STR_INIT("ńňñŃŇÑнН"), STR_INIT("n") },
		{ STR_INIT("óòôõőōÓÒÔÕŐŌоО"), STR_INIT("o") },
		{ STR_INIT("öÖøØœŒ"), STR_INIT("oe") },
		{ STR_INIT("пП"), STR_INIT("p") },
		{ STR_INIT("řŕŘŔрР"), STR_INIT("r") },
		{ STR_INIT("śšşșŚŠŞȘсС"), STR_INIT("s") },
		{ STR_INIT("шШ"), STR_INIT("sh") },
		{ STR_INIT("щЩ"), STR_INIT("shch") },
		{ STR_INIT("ßẞ"), STR_INIT("ss") },
		{ STR_INIT("ťţțŤŢȚтТ"), STR_INIT("t") },
		{ STR_INIT("þÞ"), STR_INIT("th") },
		{ STR_INIT("цЦ"), STR_INIT("ts") },
		{ STR_INIT("úùûůűūÚÙÛŮŰŪуУ"), STR_INIT("u") },
		{ STR_INIT("üÜ"), STR_INIT("ue") },
		{ STR_INIT("вВ"), STR_INIT("v") },
		{ STR_INIT("ýÿÝŸиИыЫ"), STR_INIT("y") },
		{ STR_INIT("źżžŹŻŽзЗ"), STR_INIT("z") },
		{ STR_INIT("жЖ"), STR_INIT("zh") },
		{ STR_INIT("ьЬ’'ʼ"), STR_INIT("") },
	};
	for (size_t row = 0; row < sizeof table / sizeof *table; row++)
		for (size_t at = 0; at < table[row].letters.len;)
			if (utf8_next(table[row].letters, &at) == c)
				return table[row].ascii;
	return STR("-");
}

struct str slug_of(struct arena *a, struct str name)
{
	for (size_t i = name.len; i-- > 0;)
		if (name.ptr[i] == '/') {
			name = str_sub(name, i + 1, name.len);
			break;
		}
	if (str_ends(name, STR(".md")))
		name.len -= 3;
	struct buf b;
	buf_init(&b, 4096);
	for (size_t at = 0; at < name.len;) {
		uint32_t c = utf8_next(name, &at);
		char ascii = (char)c;
		if (c >= 'A' && c <= 'Z')
			ascii = (char)(c - 'A' + 'a');
		bool plain = c < 0x80 &&
			     ((ascii >= 'a' && ascii <= 'z') || (ascii >= '0' && ascii <= '9'));
		struct str piece = plain ? (struct str){ &ascii, 1 } : ascii_of(c);
		if (str_equal(piece, STR("-")) && (b.len == 0 || b.ptr[b.len - 1] == '-'))
			continue;
		buf_put(&b, piece);
	}
	while (b.len && b.ptr[b.len - 1] == '-')
		b.len--;
	struct str slug = b.len ? str_copy(a, buf_str(&b)) : STR("article");
	buf_release(&b);
	return slug;
}
