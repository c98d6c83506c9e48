/* The door: what is shown, what draws pages, and what answers, together. */
#include "preview/preview.h"

#include "base/arena.h"
#include "preview/http.h"

struct preview {
	struct arena *arena;
	struct showcase showcase;
	struct http *http;
};

struct preview *preview_open(const struct preview_options *o, struct diags *d)
{
	struct arena *a = arena_open();
	struct preview *p = NEW(a, struct preview);
	p->arena = a;
	p->showcase = (struct showcase){
		.desk = desk_open(o),
		.raster = raster_open(o->variables),
		.folder = str_copy(a, o->folder),
		.issue = str_copy(a, o->issue),
	};
	p->http = http_open(&p->showcase, o->port, o->port_may_differ, d);
	if (p->http)
		return p;
	preview_close(p);
	return NULL;
}

void preview_close(struct preview *p)
{
	if (!p)
		return;
	desk_end(p->showcase.desk);
	raster_end(p->showcase.raster);
	if (p->http)
		http_close(p->http);
	raster_close(p->showcase.raster);
	desk_close(p->showcase.desk);
	arena_close(p->arena);
}

uint16_t preview_port(const struct preview *p)
{
	return p->showcase.port;
}

void preview_show_messages(struct preview *p, const struct preview_message *messages, size_t count)
{
	desk_show_messages(p->showcase.desk, messages, count);
}

void preview_show_web(struct preview *p, struct str address)
{
	desk_show_web(p->showcase.desk, address);
}

void preview_show_pages(struct preview *p, enum edition e, unsigned build, struct str files)
{
	desk_show_pages(p->showcase.desk, e, build, files);
}

void preview_tell(struct preview *p, const struct preview_state *s)
{
	desk_tell(p->showcase.desk, s);
}

enum edition preview_looked_at(struct preview *p, unsigned set)
{
	return desk_looked_at(p->showcase.desk, set);
}

int preview_descriptor(const struct preview *p)
{
	return desk_descriptor(p->showcase.desk);
}
