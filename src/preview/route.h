/* Inside preview/: what a request asks for. Nothing here trusts its sender: pages of
 * other sites can make a browser on this machine send requests to us. */
#ifndef PREVIEW_ROUTE_H
#define PREVIEW_ROUTE_H

#include "model/document.h"

struct arena;

enum route_kind {
	ROUTE_NONE,
	ROUTE_DESK, /* / */
	ROUTE_STYLE, /* /desk.css */
	ROUTE_SCRIPT, /* /desk.js */
	ROUTE_STATE, /* /state */
	ROUTE_EVENTS, /* /events/EDITION */
	ROUTE_HTML, /* /mail/NAME.html, /mail-bare/NAME.html: without images */
	ROUTE_TEXT, /* /mail/NAME.txt */
	ROUTE_WEB, /* /web/… */
	ROUTE_PDF, /* /print.pdf: the newest of this name */
	ROUTE_PAGE, /* /page/BUILD/FILE/PAGE/DPI.png */
};

struct route {
	enum route_kind kind;
	struct str name; /* of a message; of a file below web/; of a PDF, without .pdf */
	bool bare; /* images blocked */
	enum edition edition; /* what is looked at, or what the PDF is of; 0: neither */
	unsigned build, page, dpi;
};

/* Reads a path as it was sent, percent-encoded. Paths with "..", empty or hidden
 * parts, backslashes, control characters or what is not UTF-8 are ROUTE_NONE. Names
 * live in a. */
struct route route_read(struct arena *a, struct str path);

/* Whether a Host header names this machine and our port: a name of another site that
 * resolves to 127.0.0.1 (DNS rebinding) does not. */
bool host_is_ours(struct str host, uint16_t port);

#endif
