#include "preview/route.h"

#include "base/arena.h"
#include "base/url.h"
#include "base/utf8.h"

enum { LONGEST_PATH = 2048, DPI_LEAST = 36, DPI_MOST = 300, PAGE_MOST = 9999 };

/* "/fixed" and what it is. */
static const struct {
	struct str path;
	enum route_kind kind;
} fixed[] = {
	{ STR_INIT("/"), ROUTE_DESK },
	{ STR_INIT("/desk.css"), ROUTE_STYLE },
	{ STR_INIT("/desk.js"), ROUTE_SCRIPT },
	{ STR_INIT("/state"), ROUTE_STATE },
};

/* The files of paged editions. */
static const struct {
	struct str name;
	enum edition edition;
} files[] = {
	{ STR_INIT("print"), EDITION_PRINT },   { STR_INIT("cover"), EDITION_PRINT },
	{ STR_INIT("imposed"), EDITION_PRINT }, { STR_INIT("screen"), EDITION_SCREEN },
	{ STR_INIT("large"), EDITION_LARGE },
};

static enum edition file_edition(struct str name)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (str_equal(name, files[i].name))
			return files[i].edition;
	return (enum edition)0;
}

static bool is_harmless(struct str path)
{
	if (!str_starts(path, STR("/")) || str_find(path, STR("//"), 0) < path.len)
		return false;
	for (size_t at = 0; at < path.len;) {
		uint32_t c = utf8_next(path, &at);
		if (utf8_is_control(c) || c == '\\')
			return false;
	}
	struct str rest = str_sub(path, 1, path.len), part;
	while (str_cut(&rest, '/', &part))
		if (str_starts(part, STR(".")))
			return false;
	return true;
}

/* Takes prefix and suffix off. */
static bool between(struct str s, struct str prefix, struct str suffix, struct str *inside)
{
	if (s.len <= prefix.len + suffix.len || !str_starts(s, prefix) || !str_ends(s, suffix))
		return false;
	*inside = str_sub(s, prefix.len, s.len - prefix.len - suffix.len);
	return true;
}

static bool read_number(struct str s, unsigned least, unsigned most, unsigned *number)
{
	int64_t value;
	if (s.len == 0 || s.ptr[0] < '0' || s.ptr[0] > '9' || !str_to_int(s, &value) ||
	    value < least || value > most)
		return false;
	*number = (unsigned)value;
	return true;
}

/* BUILD/FILE/PAGE/DPI */
static bool read_page(struct str path, struct route *r)
{
	struct str build, page, dpi;
	return str_cut(&path, '/', &build) && str_cut(&path, '/', &r->name) &&
	       str_cut(&path, '/', &page) && str_cut(&path, '/', &dpi) && path.len == 0 &&
	       read_number(build, 1, UINT32_MAX, &r->build) &&
	       read_number(page, 1, PAGE_MOST, &r->page) &&
	       read_number(dpi, DPI_LEAST, DPI_MOST, &r->dpi);
}

static struct route read_decoded(struct arena *a, struct str path)
{
	struct route r = { .kind = ROUTE_NONE };
	struct str inside;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (str_equal(path, fixed[i].path))
			r.kind = fixed[i].kind;
	if (r.kind != ROUTE_NONE)
		return r;
	if (between(path, STR("/events/"), STR(""), &inside)) {
		r.edition = edition_from(inside);
		r.kind = r.edition ? ROUTE_EVENTS : ROUTE_NONE;
	} else if (between(path, STR("/web/"), STR(""), &inside)) {
		bool folder = str_ends(inside, STR("/"));
		r.kind = ROUTE_WEB;
		r.name = folder ? str_join(a, inside, STR("index.html")) : inside;
	} else if (str_equal(path, STR("/web/"))) {
		r.kind = ROUTE_WEB;
		r.name = STR("index.html");
	} else if (between(path, STR("/mail/"), STR(".html"), &r.name)) {
		r.kind = ROUTE_HTML;
	} else if (between(path, STR("/mail-bare/"), STR(".html"), &r.name)) {
		r.kind = ROUTE_HTML;
		r.bare = true;
	} else if (between(path, STR("/mail/"), STR(".txt"), &r.name)) {
		r.kind = ROUTE_TEXT;
	} else if (between(path, STR("/page/"), STR(".png"), &inside)) {
		r.kind = read_page(inside, &r) ? ROUTE_PAGE : ROUTE_NONE;
	} else if (between(path, STR("/"), STR(".pdf"), &r.name)) {
		r.kind = ROUTE_PDF;
	}
	if (r.kind == ROUTE_PAGE || r.kind == ROUTE_PDF) {
		r.edition = file_edition(r.name);
		if (!r.edition)
			r.kind = ROUTE_NONE;
	}
	return r;
}

struct route route_read(struct arena *a, struct str path)
{
	struct str decoded;
	if (path.len > LONGEST_PATH || !url_decode(a, path, false, &decoded) ||
	    !is_harmless(decoded))
		return (struct route){ .kind = ROUTE_NONE };
	return read_decoded(a, decoded);
}

bool host_is_ours(struct str host, uint16_t port)
{
	static const struct str names[] = { STR_INIT("127.0.0.1"), STR_INIT("localhost"),
					    STR_INIT("[::1]") };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str name = str_sub(host, 0, names[i].len);
		struct str rest = str_sub(host, names[i].len, host.len);
		int64_t said = 80; /* RFC 9110, 7.2: the scheme's port may be left out */
		if (!str_equal_nocase(name, names[i]))
			continue;
		if (rest.len == 0)
			return port == said;
		if (rest.len < 2 || rest.ptr[0] != ':' || rest.ptr[1] < '0' || rest.ptr[1] > '9')
			return false;
		return str_to_int(str_sub(rest, 1, rest.len), &said) && said == port;
	}
	return false;
}
