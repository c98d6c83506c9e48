#include "preview/answer.h"

#include "base/arena.h"
#include "base/file.h"
#include "preview/assets.h"
#include "preview/route.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BODY_CEILING = 64 * 1024 * 1024 };

const char *policy_text(enum policy p)
{
	static const char *const texts[] = {
		[POLICY_NOTHING] = "default-src 'none'; frame-ancestors 'none'",
		[POLICY_VIEWER] = "frame-ancestors 'none'",
		[POLICY_DESK] = "default-src 'none'; script-src 'self'; style-src 'self'; "
				"img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
				"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		/* The frame has our origin, so that the desk can keep its place; it runs no
		 * script, and what it links to opens nowhere by itself. */
		[POLICY_EDITION] = "default-src 'none'; img-src 'self' data:; "
				   "style-src 'self' 'unsafe-inline'; base-uri 'none'; "
				   "form-action 'none'; frame-ancestors 'self'; "
				   "sandbox allow-same-origin",
		[POLICY_EDITION_BARE] = "default-src 'none'; style-src 'self' 'unsafe-inline'; "
					"base-uri 'none'; form-action 'none'; "
					"frame-ancestors 'self'; sandbox allow-same-origin",
	};
	return texts[p];
}

static struct answer refuse(unsigned status, struct str why)
{
	return (struct answer){ .status = status,
				.type = "text/plain; charset=utf-8",
				.bytes = why };
}

static struct answer give(const char *type, enum policy policy, struct str bytes)
{
	return (struct answer){ .status = 200, .type = type, .policy = policy, .bytes = bytes };
}

static struct answer nothing_there(void)
{
	return refuse(404, STR("There is nothing of this name.\n"));
}

/* Our folder is ours alone: what is in it was put there by us, and no link. */
static struct answer give_file(const char *path, const char *type, enum policy policy)
{
	struct stat info;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (file < 0)
		return nothing_there();
	if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
		close(file);
		return nothing_there();
	}
	return (struct answer){ .status = 200,
				.kind = ANSWER_FILE,
				.type = type,
				.policy = policy,
				.file = file,
				.size = (uint64_t)info.st_size };
}

/* What the web edition is made of. */
static const char *type_of(struct str name)
{
	static const struct {
		struct str ending;
		const char *type;
	} types[] = {
		{ STR_INIT(".html"), "text/html; charset=utf-8" },
		{ STR_INIT(".css"), "text/css; charset=utf-8" },
		{ STR_INIT(".xml"), "application/xml; charset=utf-8" },
		{ STR_INIT(".txt"), "text/plain; charset=utf-8" },
		{ STR_INIT(".json"), "application/json" },
		{ STR_INIT(".jpg"), "image/jpeg" },
		{ STR_INIT(".jpeg"), "image/jpeg" },
		{ STR_INIT(".png"), "image/png" },
		{ STR_INIT(".webp"), "image/webp" },
		{ STR_INIT(".svg"), "image/svg+xml" },
		{ STR_INIT(".ico"), "image/x-icon" },
		{ STR_INIT(".woff2"), "font/woff2" },
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_ends(name, types[i].ending))
			return types[i].type;
	return "application/octet-stream";
}

static struct answer give_web(const struct showcase *s, struct arena *a, struct str name)
{
	struct str folder = str_from(path_join(a, s->folder, STR("web")));
	const char *path = path_join(a, folder, name);
	if (folder_exists(path))
		path = path_join(a, str_from(path), STR("index.html"));
	struct answer answer = give_file(path, type_of(str_from(path)), POLICY_EDITION);
	/* Names of pictures change with their content (model/site.h). */
	answer.lasting = answer.status == 200 && str_starts(name, STR("img/"));
	return answer;
}

static struct answer give_message(const struct showcase *s, struct arena *a, const struct route *r)
{
	struct buf body;
	bool html = r->kind == ROUTE_HTML;
	buf_init(&body, BODY_CEILING);
	bool found = desk_put_message(s->desk, r->name, html, &body);
	struct str bytes = str_copy(a, buf_str(&body));
	buf_release(&body);
	if (!found)
		return nothing_there();
	if (!html)
		return give("text/plain; charset=utf-8", POLICY_NOTHING, bytes);
	return give("text/html; charset=utf-8", r->bare ? POLICY_EDITION_BARE : POLICY_EDITION,
		    bytes);
}

/* FOLDER/print-7/2026-1 */
static struct str build_folder(const struct showcase *s, struct arena *a, enum edition e,
			       unsigned build)
{
	return str_format(a, "%.*s/%.*s-%u/%.*s", STR_ARG(s->folder), STR_ARG(edition_name(e)),
			  build, STR_ARG(s->issue));
}

static const char *pdf_path(const struct showcase *s, struct arena *a, const struct route *r,
			    unsigned build)
{
	return str_format(a, "%.*s/%.*s.pdf", STR_ARG(build_folder(s, a, r->edition, build)),
			  STR_ARG(r->name))
		.ptr;
}

static struct answer give_page(const struct showcase *s, struct arena *a, const struct route *r)
{
	if (!desk_has_page(s->desk, r->edition, r->build, r->name, r->page))
		return nothing_there();
	const char *pdf = pdf_path(s, a, r, r->build);
	const char *image = str_format(a, "%s-%u-%u.png", pdf, r->page, r->dpi).ptr;
	if (!file_exists(pdf))
		return nothing_there();
	const struct raster_page page = { pdf, r->page, r->dpi, r->edition == EDITION_PRINT };
	switch (raster_draw(s->raster, &page, image)) {
	case RASTER_NO_PROGRAM:
		return refuse(501, STR("Page images are made by pdftoppm and mutool: install them "
				       "(on Debian, apt-get install poppler-utils mupdf-tools) and "
				       "reload.\n"));
	case RASTER_FAILED:
		return nothing_there();
	case RASTER_DONE:
		break;
	}
	return give_file(image, "image/png", POLICY_NOTHING);
}

static struct answer give_events(const struct route *r)
{
	return (struct answer){ .status = 200,
				.kind = ANSWER_EVENTS,
				.type = "text/event-stream; charset=utf-8",
				.edition = r->edition };
}

static struct answer give_state(const struct showcase *s, struct arena *a)
{
	struct buf body;
	buf_init(&body, BODY_CEILING);
	desk_put_state(s->desk, &body);
	struct str bytes = str_copy(a, buf_str(&body));
	buf_release(&body);
	return give("application/json", POLICY_NOTHING, bytes);
}

static struct answer give_route(const struct showcase *s, struct arena *a, const struct route *r)
{
	switch (r->kind) {
	case ROUTE_DESK:
		return give("text/html; charset=utf-8", POLICY_DESK, asset_page());
	case ROUTE_STYLE:
		return give("text/css; charset=utf-8", POLICY_NOTHING, asset_style());
	case ROUTE_SCRIPT:
		return give("text/javascript; charset=utf-8", POLICY_NOTHING, asset_script());
	case ROUTE_STATE:
		return give_state(s, a);
	case ROUTE_EVENTS:
		return give_events(r);
	case ROUTE_HTML:
	case ROUTE_TEXT:
		return give_message(s, a, r);
	case ROUTE_WEB:
		return give_web(s, a, r->name);
	case ROUTE_PDF:
		return give_file(pdf_path(s, a, r, desk_build(s->desk, r->edition)),
				 "application/pdf", POLICY_VIEWER);
	case ROUTE_PAGE:
		return give_page(s, a, r);
	case ROUTE_NONE:
		break;
	}
	return nothing_there();
}

bool method_is_known(struct str method)
{
	return str_equal(method, STR("GET")) || str_equal(method, STR("HEAD"));
}

struct answer answer_request(const struct showcase *s, struct arena *a, const struct request *r)
{
	if (r->hosts != 1 || !host_is_ours(r->host, s->port))
		return refuse(403, STR("This page is for the machine that shows it: "
				       "open it as http://127.0.0.1 with its port.\n"));
	if (!method_is_known(r->method))
		return refuse(405, STR("Here is nothing but to look at.\n"));
	struct route route = route_read(a, r->path);
	return give_route(s, a, &route);
}
