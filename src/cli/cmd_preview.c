/* glos preview: the issue in the browser, again at every save.
 *
 * Two kinds of work. E-mail and web edition take milliseconds: they are made here, at
 * once, and shown. Pages and their judging take seconds: other processes of this
 * program make them, one after the other, what is looked at first (cli/background.h);
 * the next save ends them. */
#include "base/arena.h"
#include "base/file.h"
#include "base/html.h"
#include "cli/background.h"
#include "cli/cli.h"
#include "cli/issue.h"
#include "cli/renditions.h"
#include "cli/sample.h"
#include "cli/web_edition.h"
#include "cli/system.h"
#include "cli/terminal.h"
#include "email/email.h"
#include "model/site.h"
#include "source/source.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* G L O S on the keys of a telephone. */
enum { USUAL_PORT = 4567 };

static const struct option options[] = {
	{ "port", 0, "N", "where to answer; 0: any free one (else 4567, or any free one)" },
};

/* An issue that could be read, as it is shown. */
struct reading {
	struct arena *arena;
	struct cli cli; /* with the arena, diagnostics and publication of this reading */
	const struct document *document;
	struct layout *layouts[EDITION_COUNT];
};

struct session {
	struct cli *cli;
	struct str issue;
	char *folder; /* ours, in the system's folder for temporary files */
	struct watch *watch;
	struct preview *preview;
	struct background *background;
	struct reading *shown; /* the last one without mistakes; NULL: none yet */
	bool downloads_shown; /* the web edition offers the PDFs */
	bool pictures_missing; /* the messages shown name some that are not made yet */
};

/* ---- what is made at once ---- */

/* Appends html from `at` on until after the next address of a picture, which becomes one
 * that the preview answers: "…SITE/img/NAME" or "cid:NAME@DOMAIN". How far it came. */
static size_t put_local_picture(struct session *s, struct str html, size_t at, struct str sought,
				bool inside, struct buf *out)
{
	size_t found = sought.len ? str_find(html, sought, at) : html.len;
	buf_put(out, str_sub(html, at, found - at));
	if (found == html.len)
		return found;
	size_t start = found + sought.len, quote = str_find(html, STR("\""), start);
	size_t end = inside ? str_find(html, STR("@"), start) : quote;
	struct arena *a = arena_open();
	struct str name = str_format(a, "/web/%s%.*s", inside ? "img/" : "",
				     STR_ARG(str_sub(html, start, end - start)));
	bool there = file_exists(str_format(a, "%s%.*s", s->folder, STR_ARG(name)).ptr);
	/* A browser would ask in vain, and complain. */
	buf_format(out, there ? "src=\"%.*s" : "data-coming=\"%.*s", STR_ARG(name));
	s->pictures_missing |= !there;
	arena_close(a);
	return quote;
}

/* Pictures on the site, and those within the message, stand in the web edition beside. */
static struct str with_local_pictures(struct session *s, struct arena *a,
				      const struct document *doc, struct str html)
{
	struct buf sought, site, out;
	buf_init(&site, 1 << 16);
	buf_init(&sought, 1 << 16);
	buf_init(&out, 64 << 20);
	bool inside = doc->publication->mail.pictures_inside;
	site_put_issue(&site, doc);
	if (inside || site.len)
		buf_put_c(&sought, inside ? "src=\"cid:" : "src=\"");
	if (!inside)
		html_put(&sought, buf_str(&site));
	for (size_t at = 0; at < html.len;)
		at = put_local_picture(s, html, at, buf_str(&sought), inside, &out);
	struct str local = str_copy(a, buf_str(&out));
	buf_release(&out);
	buf_release(&sought);
	buf_release(&site);
	return local;
}

static void show_messages(struct session *s, struct reading *r, struct diags *d)
{
	struct cli *c = &r->cli;
	const struct layout *l = r->layouts[EDITION_COUNT - 1];
	struct arena *a = arena_open();
	size_t count;
	const struct segment *segments = email_segments(a, r->document, &count);
	struct preview_message *messages = NEW_ARRAY(a, struct preview_message, count);
	s->pictures_missing = false;
	for (size_t i = 0; i < count; i++) {
		const struct message *m = email_compose(a, r->document, l, &segments[i],
							mail_renditions(c), &c->world, d);
		struct sample sample;
		sample_open(&sample, r->document, m, &c->world);
		messages[i] = (struct preview_message){
			.name = sample_name(a, m),
			.language = m->language,
			.region = m->region,
			.subject = m->subject,
			.preheader = m->preheader,
			.html = with_local_pictures(s, a, r->document, buf_str(&sample.html)),
			.text = str_copy(a, buf_str(&sample.text)),
			.wire_bytes = sample.wire.len,
		};
		sample_close(&sample);
	}
	preview_show_messages(s->preview, messages, count);
	arena_close(a);
}

static void show_web(struct session *s, struct reading *r)
{
	struct cli *c = &r->cli;
	struct arena *a = arena_open();
	static const enum edition offered[] = { EDITION_SCREEN, EDITION_LARGE };
	struct web_download downloads[2];
	size_t count = 0;
	for (size_t i = 0; i < 2; i++) {
		const char *path = background_pdf(s->background, a, offered[i]);
		uint64_t bytes = path ? file_size(path) : 0;
		if (bytes)
			downloads[count++] = (struct web_download){ offered[i], path, bytes };
	}
	s->downloads_shown = count == 2;
	struct buf address;
	buf_init(&address, 1 << 16);
	site_put_issue(&address, r->document);
	if (web_edition_write(c, r->document, r->layouts[EDITION_COUNT - 2], downloads, count,
			      path_join(a, str_from(s->folder), STR("web")), NULL))
		preview_show_web(s->preview, buf_str(&address));
	buf_release(&address);
	arena_close(a);
}

/* Reads the issue as it is now. Its mistakes are in the reading's diagnostics. */
static struct reading *read_now(struct session *s)
{
	struct arena *a = arena_open();
	struct reading *r = NEW(a, struct reading);
	r->arena = a;
	r->cli = *s->cli;
	r->cli.arena = a;
	r->cli.diags = diags_new(a);
	r->cli.publication = publication_read(a, str_c(a, s->cli->publication->root), r->cli.diags);
	if (r->cli.publication)
		r->document = issue_read(&r->cli, a, s->issue,
					 (enum edition)(EDITION_WEB | EDITION_EMAIL), r->layouts);
	return r;
}

/* What is looked at comes first. */
static void show(struct session *s, struct reading *r)
{
	enum edition flowing = (enum edition)(EDITION_WEB | EDITION_EMAIL);
	bool web_first = preview_looked_at(s->preview, flowing) == EDITION_WEB;
	if (web_first)
		show_web(s, r);
	show_messages(s, r, r->cli.diags);
	if (!web_first)
		show_web(s, r);
	if (s->pictures_missing) /* the web edition has made them now */
		show_messages(s, r, diags_new(r->arena));
	if (s->shown)
		arena_close(s->shown->arena);
	s->shown = r;
}

/* Hands over what the reading has found so far. */
static void tell(struct session *s, struct reading *r,
		 void (*hand)(struct background *b, struct str told))
{
	struct diags *d = r->cli.diags;
	struct buf lines;
	buf_init(&lines, 16 << 20);
	diags_sort(d);
	for (size_t i = 0; i < diags_count(d); i++)
		json_put_diag(&lines, diags_at(d, i));
	hand(s->background, buf_str(&lines));
	buf_release(&lines);
}

static void rebuild(struct session *s)
{
	const enum edition paged = (enum edition)(EDITION_PRINT | EDITION_SCREEN | EDITION_LARGE);
	background_interrupt(s->background);
	struct reading *r = read_now(s);
	if (!r->document || diags_failed(r->cli.diags)) {
		tell(s, r, background_refuse);
		arena_close(r->arena);
		return;
	}
	/* Who looks at pages waits for them alone; another processor is there for them. */
	bool pages_first = preview_looked_at(s->preview, paged) != 0;
	if (pages_first)
		tell(s, r, background_begin);
	show(s, r);
	tell(s, r, pages_first ? background_tell : background_begin);
}

/* ---- what happens ---- */

/* The web edition tells the sizes of the PDFs, once they are known. */
static void offer_downloads(struct session *s)
{
	struct arena *a = arena_open();
	if (s->shown && !s->downloads_shown && background_pdf(s->background, a, EDITION_SCREEN) &&
	    background_pdf(s->background, a, EDITION_LARGE))
		show_web(s, s->shown);
	arena_close(a);
}

static void run_until_ended(struct session *s)
{
	struct cli *c = s->cli;
	while (!c->world.cancelled(c->world.context)) {
		struct pollfd waited[] = {
			{ .fd = cli_signals(c), .events = POLLIN },
			{ .fd = watch_descriptor(s->watch), .events = POLLIN },
			{ .fd = preview_descriptor(s->preview), .events = POLLIN },
			{ .fd = background_descriptor(s->background), .events = POLLIN },
		};
		if (poll(waited, sizeof waited / sizeof *waited, -1) < 0 && errno != EINTR)
			return;
		if (waited[1].revents && watch_changed(s->watch)) {
			watch_settle(s->watch);
			rebuild(s);
		} else if (waited[3].revents) {
			background_go_on(s->background);
			offer_downloads(s);
		} else if (waited[2].revents) {
			background_reorder(s->background);
		}
	}
}

static bool say_where(struct session *s)
{
	struct buf out;
	unsigned port = preview_port(s->preview);
	buf_init(&out, 1 << 16);
	if (s->cli->json) {
		buf_put_c(&out, "{\"issue\":");
		json_put(&out, s->issue);
		buf_format(&out, ",\"url\":\"http://127.0.0.1:%u/\"}\n", port);
	} else {
		buf_format(&out, "%.*s: http://127.0.0.1:%u/ (Ctrl-C ends it)\n", STR_ARG(s->issue),
			   port);
	}
	cli_print(&out);
	buf_release(&out);
	return fflush(stdout) == 0;
}

static bool make_folder(struct session *s)
{
	struct cli *c = s->cli;
	const char *named = c->world.environment(c->world.context, "TMPDIR");
	s->folder = path_join(c->arena, str_from(named && *named ? named : "/tmp"),
			      STR("glos-preview-XXXXXX"));
	if (mkdtemp(s->folder))
		return true;
	diag_report_hint(c->diags, DIAG_FILE_WRITE, (struct place){ 0 },
			 STR("TMPDIR names another folder for temporary files"), "%s: %s",
			 s->folder, strerror(errno));
	s->folder = NULL;
	return false;
}

static bool open_preview(struct session *s, int64_t port)
{
	struct cli *c = s->cli;
	const struct preview_options o = {
		.port = (uint16_t)(port < 0 ? USUAL_PORT : port),
		.port_may_differ = port < 0,
		.issue = s->issue,
		.title = c->publication->title,
		.folder = str_from(s->folder),
		.variables = system_variables(),
	};
	s->preview = preview_open(&o, c->diags);
	return s->preview != NULL;
}

static void close_session(struct session *s)
{
	if (s->background)
		background_close(s->background);
	preview_close(s->preview);
	watch_close(s->watch);
	if (s->shown)
		arena_close(s->shown->arena);
	if (s->folder && !folder_remove(s->folder))
		terminal_say(s->cli->terminal, "glos: cannot remove %s", s->folder);
}

/* The issue named, or the newest. */
static bool choose_issue(struct session *s)
{
	struct cli *c = s->cli;
	size_t count;
	struct str *ids = issues_named(c, 0, &count);
	if (count == 0)
		return false;
	s->issue = c->arguments.positional_count ? ids[0] : issue_newest(c->arena, c->publication);
	struct arena *a = arena_open();
	size_t all;
	const struct str *known = issue_list(a, c->publication, &all);
	bool found = false;
	for (size_t i = 0; i < all; i++)
		found |= str_equal(known[i], s->issue);
	if (!found) /* told as by every command, with the names that there are */
		document_read(a, c->publication, s->issue, c->diags);
	arena_close(a);
	return found;
}

static int run_preview(struct cli *c)
{
	struct session s = { .cli = c };
	const char *named = arguments_value(&c->arguments, "port");
	int64_t port = -1;
	if (named && (!str_to_int(str_from(named), &port) || port < 0 || port > 65535))
		return cli_usage(c, "--port is a number up to 65535");
	if (!choose_issue(&s))
		return EXIT_DONE; /* main raises it by the diagnostics */
	int status = EXIT_DONE;
	if (!cli_catch_signals(c)) {
		diag_report(c->diags, DIAG_WATCH_FAILED, (struct place){ 0 }, "signals: %s",
			    strerror(errno));
		return EXIT_WORLD;
	}
	/* Watched before the first reading: no save falls between them. */
	s.watch = watch_open(c->publication->root, c->diags);
	if (s.watch && make_folder(&s) && open_preview(&s, port)) {
		const struct background_options o = {
			.preview = s.preview,
			.root = c->publication->root,
			.issue = s.issue,
			.folder = str_from(s.folder),
			.variables = system_variables(),
		};
		s.background = background_open(&o);
		if (say_where(&s)) {
			rebuild(&s);
			run_until_ended(&s);
		}
	} else {
		status = EXIT_WORLD;
	}
	close_session(&s);
	return status;
}

const struct command command_preview = {
	.name = "preview",
	.arguments = "[ISSUE] [--port N]",
	.summary = "Shows an issue in the browser, again at every save.",
	.help = "Without ISSUE, the one with the latest date. The page has the e-mail, its text "
		"part,\n"
		"the web edition, the pages of each PDF and all that glos check tells. Only this\n"
		"machine can open it. Ctrl-C ends it; nothing is left in out/.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_max = 1,
	.needs_publication = true,
	.run = run_preview,
};
