/* glos build: every edition of an issue, whole or not at all. */
#include "base/arena.h"
#include "base/cache.h"
#include "base/file.h"
#include "base/pool.h"
#include "cli/cli.h"
#include "cli/issue.h"
#include "cli/renditions.h"
#include "cli/sample.h"
#include "cli/web_edition.h"
#include "cli/terminal.h"
#include "compose/compose.h"
#include "email/email.h"
#include "impose/impose.h"
#include "pdf/pdf.h"
#include "source/source.h"
#include "web/web.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static const struct option options[] = {
	{ "edition", 'e', "EDITION,…", "print, screen, large, web, email (else all)" },
	{ "output", 'o', "DIR", "where to write (else out/ of the publication)" },
	{ "draft", 0, NULL, "build in spite of errors that leave something to build" },
};

/* A file that was written. */
struct written {
	struct str path; /* as told to the person */
	uint64_t bytes;
	size_t pages; /* 0: not paged */
};

enum { PAGED_EDITIONS = 3 }; /* the first of all: print, screen, large */

struct build {
	struct cli *cli;
	struct world world; /* as one edition sees it: its share of the processors */
	const struct document *document;
	struct layout *layouts[EDITION_COUNT];
	enum edition editions;
	struct str folder; /* out/2026-1 */
	size_t trouble; /* told before this issue was read */
	/* Of the paged editions: pages that are composed and judged, not yet written. */
	struct arena *page_arenas[PAGED_EDITIONS];
	const struct pages *pages[PAGED_EDITIONS];
	bool binds[PAGED_EDITIONS]; /* as the layout wants it */
	/* The e-mail, composed, not yet written: one a language and segment. */
	struct arena *message_arena;
	struct message **messages;
	size_t message_count;
	/* By edition: what was written, and how long it took. */
	struct arena *arenas[EDITION_COUNT];
	struct written *written[EDITION_COUNT];
	size_t written_count[EDITION_COUNT], written_capacity[EDITION_COUNT];
	int64_t ms[EDITION_COUNT];
};

static void note_written(struct build *b, size_t i, struct str path, uint64_t bytes, size_t pages)
{
	struct written w = { path, bytes, pages };
	PUSH(b->arenas[i], b->written[i], b->written_count[i], b->written_capacity[i], w);
}

/* An issue with errors is built as a draft alone. */
static bool may_build(const struct build *b)
{
	return diags_trouble(b->cli->diags) == b->trouble ||
	       arguments_flag(&b->cli->arguments, "draft");
}

/* The files of an edition that the printer gets: pages, cover, sheets. */
struct handover {
	struct build *build;
	size_t edition;
	struct job_file files[3];
	size_t count;
};

static void note_delivered(struct handover *d, const char *path, uint64_t bytes, size_t pages,
			   const struct sheets *sheets)
{
	struct str whole = str_from(path);
	struct str name = str_sub(whole, d->build->folder.len + 1, whole.len);
	note_written(d->build, d->edition, whole, bytes, pages);
	d->files[d->count++] = (struct job_file){ name, path, pages, sheets };
}

/* One of an earlier build would go to the printer with pages that it does not fit. */
static void remove_earlier(struct build *b, const char *path)
{
	if (unlink(path) != 0 && errno != ENOENT)
		diag_report(b->cli->diags, DIAG_FILE_WRITE, (struct place){ 0 }, "%s: %s", path,
			    strerror(errno));
}

/* What the printer has to know, beside the files it is told of. A draft is not for the
 * printer: it has none. */
static void build_jobsheet(const struct handover *d, const struct pages *pages)
{
	struct build *b = d->build;
	struct job job = { pages, d->files, d->count };
	char *path = path_join(b->arenas[d->edition], b->folder, STR("jobsheet.txt"));
	uint64_t bytes;
	if (arguments_flag(&b->cli->arguments, "draft"))
		remove_earlier(b, path);
	else if (d->count && jobsheet_write(&job, path, b->cli->diags, &bytes))
		note_written(b, d->edition, str_from(path), bytes, 0);
}

/* The sheets of an edition; sheets NULL: it has none of this name. */
static void build_sheets(struct handover *d, struct str name, const struct sheets *sheets)
{
	struct cli *c = d->build->cli;
	char *path = path_join(d->build->arenas[d->edition], d->build->folder, name);
	uint64_t bytes = 0;
	if (!sheets)
		remove_earlier(d->build, path);
	else if (pdf_write_sheets(sheets, path, &c->world, c->diags, &bytes))
		note_delivered(d, path, bytes, sheets->count, sheets);
}

static void build_pdf(struct build *b, size_t i)
{
	struct cli *c = b->cli;
	struct arena *a = b->page_arenas[i];
	const struct pages *pages = b->pages[i];
	const struct production *made = &pages->layout->production;
	struct handover d = { .build = b, .edition = i };
	bool fits = b->binds[i];
	struct str name =
		str_format(b->arenas[i], "%.*s.pdf", STR_ARG(edition_name(edition_at(i))));
	char *path = path_join(b->arenas[i], b->folder, name);
	/* A draft that cannot be bound shows all its pages one by one. */
	struct pages inner = fits ? impose_inner(pages) : *pages;
	uint64_t bytes = 0;
	if (pdf_write(&inner, path, &c->world, c->diags, &bytes))
		note_delivered(&d, path, bytes, inner.count, NULL);
	if (edition_at(i) != EDITION_PRINT)
		return;
	build_sheets(&d, STR("cover.pdf"),
		     fits && made->cover_apart ? impose_cover(a, pages) : NULL);
	build_sheets(&d, STR("imposed.pdf"),
		     fits && made->imposed ? impose_saddle(a, &inner) : NULL);
	build_jobsheet(&d, pages);
}

/* The PDFs that lie beside the web edition, from this run or an earlier one. */
static size_t offer_downloads(struct build *b, size_t i, struct web_download downloads[2])
{
	static const enum edition offered[] = { EDITION_SCREEN, EDITION_LARGE };
	size_t count = 0;
	for (size_t n = 0; n < 2; n++) {
		struct str name =
			str_format(b->arenas[i], "%.*s.pdf", STR_ARG(edition_name(offered[n])));
		const char *path = path_join(b->arenas[i], b->folder, name);
		uint64_t bytes = file_size(path);
		if (bytes)
			downloads[count++] = (struct web_download){ offered[n], path, bytes };
	}
	return count;
}

static void build_web(struct build *b, size_t i)
{
	struct cli *c = b->cli;
	char *folder = path_join(b->arenas[i], b->folder, STR("web"));
	struct web_download downloads[2];
	size_t count = offer_downloads(b, i, downloads);
	uint64_t bytes = 0;
	if (web_edition_write(c, b->document, b->layouts[i], downloads, count, folder, &bytes))
		note_written(b, i,
			     str_from(path_join(b->arenas[i], str_from(folder), STR("index.html"))),
			     bytes, 0);
}

static void write_message(struct build *b, size_t i, const struct message *m)
{
	struct cli *c = b->cli;
	struct sample sample;
	sample_open(&sample, b->document, m, &c->world);
	struct str stem = sample_name(b->arenas[i], m);
	const struct {
		const char *extension;
		const struct buf *bytes;
	} files[] = { { "html", &sample.html }, { "txt", &sample.text }, { "eml", &sample.wire } };
	for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
		struct str name = str_format(b->arenas[i], "email/%.*s.%s", STR_ARG(stem),
					     files[f].extension);
		char *path = path_join(b->arenas[i], b->folder, name);
		if (file_replace(path, buf_str(files[f].bytes), c->diags))
			note_written(b, i, str_from(path), files[f].bytes->len, 0);
	}
	sample_close(&sample);
}

static void build_email(struct build *b, size_t i)
{
	struct cli *c = b->cli;
	char *folder = path_join(b->arenas[i], b->folder, STR("email"));
	if (!folder_make(folder)) {
		diag_report(c->diags, DIAG_FILE_WRITE, (struct place){ 0 }, "%s: %s", folder,
			    strerror(errno));
		return;
	}
	for (size_t m = 0; m < b->message_count; m++)
		write_message(b, i, b->messages[m]);
}

/* What cannot be sent keeps the other editions from being written, too. */
static void compose_messages(struct build *b)
{
	enum { EMAIL = EDITION_COUNT - 1 };
	struct cli *c = b->cli;
	struct arena *a = b->message_arena = arena_open();
	if (!(b->editions & edition_at(EMAIL)) || !b->layouts[EMAIL])
		return;
	int64_t begun = c->world.monotonic_ms(c->world.context);
	const struct segment *segments = email_segments(a, b->document, &b->message_count);
	b->messages = NEW_ARRAY(a, struct message *, b->message_count);
	for (size_t m = 0; m < b->message_count; m++)
		b->messages[m] = email_compose(a, b->document, b->layouts[EMAIL], &segments[m],
					       mail_renditions(c), &c->world, c->diags);
	b->ms[EMAIL] = c->world.monotonic_ms(c->world.context) - begun;
}

static void build_edition(struct build *b, size_t i)
{
	enum edition e = edition_at(i);
	if (!(b->editions & e) || !b->layouts[i])
		return;
	int64_t begun = b->cli->world.monotonic_ms(b->cli->world.context);
	if (e == EDITION_WEB)
		build_web(b, i);
	else if (e == EDITION_EMAIL)
		build_email(b, i);
	else
		build_pdf(b, i);
	b->ms[i] += b->cli->world.monotonic_ms(b->cli->world.context) - begun;
}

/* Three rounds: what is wrong on the pages of one edition keeps all from being
 * written, and the web edition tells the sizes of the PDFs beside it. */
static void compose_edition(void *context, size_t i)
{
	struct build *b = context;
	struct cli *c = b->cli;
	if (i == PAGED_EDITIONS) {
		compose_messages(b);
		return;
	}
	b->page_arenas[i] = arena_open();
	if (!(b->editions & edition_at(i)) || !b->layouts[i])
		return;
	int64_t begun = c->world.monotonic_ms(c->world.context);
	b->pages[i] = issue_pages(c, b->page_arenas[i], b->document, b->layouts[i], &b->world,
				  &b->binds[i]);
	b->ms[i] = c->world.monotonic_ms(c->world.context) - begun;
}

static void build_paged(void *context, size_t i)
{
	struct build *b = context;
	build_edition(b, i);
	arena_close(b->page_arenas[i]); /* pages are dropped once written */
}

static void build_flowing(void *context, size_t i)
{
	build_edition(context, PAGED_EDITIONS + i);
}

static void put_size(struct buf *out, uint64_t bytes)
{
	if (bytes < 100 * 1024)
		buf_format(out, "%llu KB", (unsigned long long)(bytes + 1023) / 1024);
	else
		buf_format(out, "%llu.%llu MB", (unsigned long long)(bytes / 1000000),
			   (unsigned long long)(bytes / 100000 % 10));
}

static void put_written(struct buf *out, const struct cli *c, enum edition e,
			const struct written *w, int64_t ms, bool first)
{
	struct str edition = edition_name(e);
	if (c->json) {
		buf_format(out, "{\"edition\":\"%.*s\",\"path\":", STR_ARG(edition));
		json_put(out, w->path);
		buf_format(out, ",\"bytes\":%llu,\"pages\":%zu,\"ms\":%lld}\n",
			   (unsigned long long)w->bytes, w->pages, (long long)ms);
		return;
	}
	buf_format(out, "%-7.*s %.*s  ", STR_ARG(edition), STR_ARG(w->path));
	put_size(out, w->bytes);
	if (w->pages)
		buf_format(out, ", %zu pages", w->pages);
	if (first)
		buf_format(out, ", %lld ms", (long long)ms);
	buf_put_byte(out, '\n');
}

static void tell(const struct build *b)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	for (size_t i = 0; i < EDITION_COUNT; i++)
		for (size_t n = 0; n < b->written_count[i]; n++)
			put_written(&out, b->cli, edition_at(i), &b->written[i][n], b->ms[i],
				    n == 0);
	if (!b->cli->quiet || b->cli->json)
		cli_print(&out);
	buf_release(&out);
}

/* The layout of its web edition, if that was written; else NULL. */
static const struct layout *build_issue(struct cli *c, struct str id, enum edition editions,
					struct str output, size_t trouble)
{
	/* The program's arena: diagnostics borrow the texts until they are told. */
	struct arena *a = c->arena;
	struct build b = { .cli = c, .editions = editions, .trouble = trouble };
	b.document = issue_read(c, a, id, editions, b.layouts);
	b.folder = str_from(path_join(a, output, id));
	if (!b.document || !may_build(&b))
		return NULL;
	if (!folder_make(str_c(a, b.folder))) {
		diag_report(c->diags, DIAG_FILE_WRITE, (struct place){ 0 }, "%.*s: %s",
			    STR_ARG(b.folder), strerror(errno));
		return NULL;
	}
	for (size_t i = 0; i < EDITION_COUNT; i++)
		b.arenas[i] = arena_open();
	size_t threads = c->world.processors, paged = 0;
	for (size_t i = 0; i < PAGED_EDITIONS; i++)
		paged += (editions & edition_at(i)) != 0;
	b.world = c->world;
	b.world.processors = threads / (paged ? paged : 1);
	pool_run(threads, PAGED_EDITIONS + 1, compose_edition, &b);
	/* Overset text is no edition to print, nor is what a printer would refuse. */
	if (!may_build(&b))
		b.editions = 0;
	pool_run(threads, PAGED_EDITIONS, build_paged, &b);
	pool_run(threads, EDITION_COUNT - PAGED_EDITIONS, build_flowing, &b);
	tell(&b);
	arena_close(b.message_arena);
	const struct layout *web = NULL;
	for (size_t i = 0; i < EDITION_COUNT; i++) {
		if (edition_at(i) == EDITION_WEB && b.written_count[i])
			web = b.layouts[i];
		arena_close(b.arenas[i]);
	}
	return web;
}

static void tell_archive(struct cli *c, const struct written *w, int64_t ms)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	put_written(&out, c, EDITION_WEB, w, ms, true);
	if (!c->quiet || c->json)
		cli_print(&out);
	buf_release(&out);
}

/* Once for all issues of a run: the archive that leads to them, in the publication's
 * design, or where only issues name one, in theirs. */
static void build_archive(struct cli *c, struct str output, const struct layout *of_issue)
{
	/* What is wrong with the layout of an issue was told with it. */
	const struct layout *own = layout_read(c->arena, c->publication, c->data_folder,
					       EDITION_WEB, diags_new(c->arena));
	const char *folder = str_c(c->arena, output);
	struct str index = str_format(c->arena, "%s/web/index.html", folder);
	int64_t begun = c->world.monotonic_ms(c->world.context);
	uint64_t bytes = 0;
	if (web_write_archive(c->publication, own ? own : of_issue, folder, &c->world, c->diags,
			      &bytes))
		tell_archive(c, &(struct written){ index, bytes, 0 },
			     c->world.monotonic_ms(c->world.context) - begun);
}

static int run_build(struct cli *c)
{
	enum edition editions;
	size_t count;
	if (!editions_parse(c, arguments_value(&c->arguments, "edition"), &editions))
		return EXIT_USAGE;
	struct str *ids = issues_named(c, 0, &count);
	const char *output = arguments_value(&c->arguments, "output");
	if (output && !*output)
		return cli_usage(c, "--output is the name of a folder");
	struct str folder =
		output ? str_from(output)
		       : str_from(path_join(c->arena, c->publication->root, STR("out")));
	/* Mistakes in glos.yaml are every issue's; those of one issue are not the next's. */
	bool settings_failed = diags_failed(c->diags);
	const struct layout *web = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct layout *l = build_issue(c, ids[i], editions, folder,
						     settings_failed ? 0 : diags_trouble(c->diags));
		web = l ? l : web;
	}
	if (web)
		build_archive(c, folder, web);
	return EXIT_DONE; /* main raises it by the diagnostics */
}

const struct command command_build = {
	.name = "build",
	.arguments = "[ISSUE…] [-e EDITION,…] [-o DIR] [--draft]",
	.summary = "Composes issues into their editions.",
	.help = "Writes print.pdf with jobsheet.txt, screen.pdf, large.pdf, web/ and email/ below\n"
		"out/ISSUE/, and cover.pdf and imposed.pdf where press: asks for them. Each file\n"
		"is there whole or not at all. An issue with errors is not built.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.positional_max = SIZE_MAX,
	.needs_publication = true,
	.run = run_build,
};
