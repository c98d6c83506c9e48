/* preview/: what an editor is working on, in the browser, again at every save.
 *
 * In: messages, a folder with the web edition, PDFs and diagnostics as they become
 * ready. Out: one page on this machine alone that shows them and is told of each
 * change; and a word when a source was saved. Reads, composes and judges nothing:
 * whoever calls it knows how an issue is built. Libraries: libmicrohttpd, opened when
 * it is needed; page images are made by other programs, page by page as they are looked
 * at (raster.h). */
#ifndef PREVIEW_PREVIEW_H
#define PREVIEW_PREVIEW_H

#include "base/diag.h"
#include "model/document.h"

struct arena;

/* ---- watching the sources ---- */

struct watch;

/* Watches glos.yaml, issues/, layouts/ and fonts/ below root, with all folders in
 * them that are there or come to be. NULL when the system does not let us (reported). */
struct watch *watch_open(struct str root, struct diags *d);
void watch_close(struct watch *w); /* NULL is allowed */
/* Can be read when something happened. */
int watch_descriptor(const struct watch *w);
/* Takes note of what happened since the last call, without waiting: whether a source
 * was saved, renamed, removed. What editors keep beside it (.x.swp, x~, #x#) is none. */
bool watch_changed(struct watch *w);
/* Waits until a few milliseconds pass in which nothing happens: editors save in
 * several steps, and several files at once. */
void watch_settle(struct watch *w);

/* ---- showing the editions ---- */

struct preview;

struct preview_options {
	/* 0: any free one. */
	uint16_t port;
	/* Another one will do when it is taken. */
	bool port_may_differ;
	struct str issue; /* "2026-1" */
	struct str title; /* of the publication */
	/* Absolute, and ours alone. web/ in it holds the web edition; the files of a build
	 * of a paged edition lie below EDITION-BUILD/ISSUE/, as "print-7/2026-1/print.pdf". */
	struct str folder;
	char *const *variables; /* the environment of programs that are started */
};

/* Begins to answer on 127.0.0.1 and, where there is one, ::1. NULL when no port could
 * be had, or the library is missing (reported). */
struct preview *preview_open(const struct preview_options *o, struct diags *d);
/* Ends all connections. NULL is allowed. */
void preview_close(struct preview *p);
uint16_t preview_port(const struct preview *p);

/* A message as a recipient reads it. */
struct preview_message {
	struct str name; /* of its files: "pl", "pl.śląskie" */
	struct str language, region, subject, preheader;
	struct str html, text;
	size_t wire_bytes; /* as it is sent */
};

/* What is shown from now on; everything is copied. Each tells the browsers. */
void preview_show_messages(struct preview *p, const struct preview_message *messages, size_t count);
/* The web edition in the folder has changed. address: where it will stand, which
 * messages link to; may be empty. */
void preview_show_web(struct preview *p, struct str address);
/* An edition's files of this build are there. files: one JSON object a line, as `glos
 * build --json` tells them. */
void preview_show_pages(struct preview *p, enum edition e, unsigned build, struct str files);

/* How the work stands. */
struct preview_state {
	enum edition making; /* being made; 0: none */
	bool checking; /* all editions are being judged: not all diagnostics are known */
	/* The sources have mistakes, and what is shown is older. */
	bool stale;
	/* Editions whose shown pages are older than the sources, and those that could not
	 * be made. */
	enum edition outdated, failed;
	struct str diagnostics; /* one JSON object a line */
};
void preview_tell(struct preview *p, const struct preview_state *s);

/* The edition that was chosen last by somebody who still looks at it, of those in the
 * set; 0: none of them is looked at. */
enum edition preview_looked_at(struct preview *p, unsigned set);
/* Can be read when what is looked at has changed, until preview_looked_at is called. */
int preview_descriptor(const struct preview *p);

#endif
