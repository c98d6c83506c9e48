/* Inside preview/: from a request to what it is answered, without a connection. */
#ifndef PREVIEW_ANSWER_H
#define PREVIEW_ANSWER_H

#include "preview/desk.h"
#include "preview/raster.h"

struct arena;

/* What there is to show. */
struct showcase {
	struct desk *desk;
	struct raster *raster;
	struct str folder, issue; /* as in preview_options */
	uint16_t port;
};

struct request {
	struct str method, path, host; /* as sent */
	size_t hosts; /* how many Host headers there are */
};

/* What a page may load and who may show it in a frame: the Content-Security-Policy. */
enum policy {
	POLICY_NOTHING, /* no page */
	POLICY_VIEWER, /* a file that the browser shows by means of its own */
	POLICY_DESK, /* our own page with our own script */
	POLICY_EDITION, /* an edition: images and styles, no script, in our frames alone */
	POLICY_EDITION_BARE, /* the same, images blocked as mail programs block them */
};

enum answer_kind { ANSWER_BYTES, ANSWER_FILE, ANSWER_EVENTS };

struct answer {
	unsigned status; /* HTTP's */
	enum answer_kind kind;
	const char *type; /* Content-Type */
	enum policy policy;
	bool lasting; /* what has this name stays the same: it may be kept */
	struct str bytes; /* ANSWER_BYTES */
	int file; /* ANSWER_FILE: a descriptor, which whoever gets the answer closes */
	uint64_t size; /* of the file */
	enum edition edition; /* ANSWER_EVENTS: what is looked at */
};

/* Bytes live in a, or as long as the program. May wait for a page to be drawn. */
struct answer answer_request(const struct showcase *s, struct arena *a, const struct request *r);

/* GET and HEAD are; answer_request refuses others. */
bool method_is_known(struct str method);

const char *policy_text(enum policy p);

#endif
