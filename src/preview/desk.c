#include "preview/desk.h"

#include "base/arena.h"
#include "base/monotonic.h"
#include "base/json.h"

#include <errno.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { PAGED = 3, TEXT_CEILING = 64 * 1024 * 1024, STILL_HERE_S = 5 };

static const enum edition paged[PAGED] = { EDITION_PRINT, EDITION_SCREEN, EDITION_LARGE };

struct paged_edition {
	unsigned build, before; /* 0: none */
	struct buf files; /* the inside of a JSON array */
};

/* Who looks at an edition. */
struct audience {
	size_t listeners;
	uint64_t chosen; /* when somebody last began to; grows */
};

struct desk {
	struct arena *arena;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool ending;
	uint64_t serial; /* of the state: grows at every change */
	int looked; /* an eventfd */
	uint64_t choices;
	struct str issue, title;
	struct str run; /* tells one run of the program from the next on the same port */
	/* The messages shown, in an arena of their own. */
	struct arena *mail;
	struct preview_message *messages;
	size_t message_count;
	uint64_t mail_serial, web_serial;
	struct buf address; /* of the web edition */
	struct paged_edition paged[PAGED];
	struct audience audiences[EDITION_COUNT];
	struct preview_state state; /* its text is in diagnostics */
	struct buf diagnostics; /* the inside of a JSON array */
};

struct listener {
	struct desk *desk;
	enum edition edition;
	uint64_t heard; /* serial */
	struct buf out;
	size_t sent; /* of out */
};

static size_t paged_index(enum edition e)
{
	size_t i = 0;
	while (i < PAGED && paged[i] != e)
		i++;
	return i; /* PAGED: none */
}

struct desk *desk_open(const struct preview_options *o)
{
	struct arena *a = arena_open();
	struct desk *d = NEW(a, struct desk);
	d->arena = a;
	d->issue = str_copy(a, o->issue);
	d->title = str_copy(a, o->title);
	d->run = str_copy(a, str_sub(o->folder, o->folder.len < 6 ? 0 : o->folder.len - 6, 6));
	d->mail = arena_open();
	d->looked = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	buf_init(&d->diagnostics, TEXT_CEILING);
	buf_init(&d->address, TEXT_CEILING);
	for (size_t i = 0; i < PAGED; i++)
		buf_init(&d->paged[i].files, TEXT_CEILING);
	pthread_mutex_init(&d->lock, NULL);
	monotonic_cond_init(&d->changed);
	return d;
}

void desk_close(struct desk *d)
{
	for (size_t i = 0; i < PAGED; i++)
		buf_release(&d->paged[i].files);
	buf_release(&d->address);
	buf_release(&d->diagnostics);
	pthread_cond_destroy(&d->changed);
	pthread_mutex_destroy(&d->lock);
	close(d->looked);
	arena_close(d->mail);
	arena_close(d->arena);
}

/* With the lock held; gives it back. */
static void tell_all(struct desk *d)
{
	d->serial++;
	pthread_cond_broadcast(&d->changed);
	pthread_mutex_unlock(&d->lock);
}

void desk_end(struct desk *d)
{
	pthread_mutex_lock(&d->lock);
	d->ending = true;
	tell_all(d);
}

void desk_show_messages(struct desk *d, const struct preview_message *messages, size_t count)
{
	struct arena *a = arena_open();
	struct preview_message *kept = NEW_ARRAY(a, struct preview_message, count);
	for (size_t i = 0; i < count; i++) {
		const struct preview_message *m = &messages[i];
		kept[i] = (struct preview_message){
			.name = str_copy(a, m->name),
			.language = str_copy(a, m->language),
			.region = str_copy(a, m->region),
			.subject = str_copy(a, m->subject),
			.preheader = str_copy(a, m->preheader),
			.html = str_copy(a, m->html),
			.text = str_copy(a, m->text),
			.wire_bytes = m->wire_bytes,
		};
	}
	pthread_mutex_lock(&d->lock);
	struct arena *old = d->mail;
	d->mail = a;
	d->messages = kept;
	d->message_count = count;
	d->mail_serial = d->serial + 1;
	tell_all(d);
	arena_close(old);
}

void desk_show_web(struct desk *d, struct str address)
{
	pthread_mutex_lock(&d->lock);
	buf_clear(&d->address);
	buf_put(&d->address, address);
	d->web_serial = d->serial + 1;
	tell_all(d);
}

/* Lines, each of them a JSON value, as what stands between [ and ]. */
static void put_lines(struct buf *out, struct str lines)
{
	struct str line;
	bool first = true;
	while (str_cut(&lines, '\n', &line)) {
		if (line.len == 0)
			continue;
		buf_put_c(out, first ? "" : ",");
		buf_put(out, line);
		first = false;
	}
}

void desk_show_pages(struct desk *d, enum edition e, unsigned build, struct str files)
{
	size_t i = paged_index(e);
	if (i == PAGED)
		return;
	pthread_mutex_lock(&d->lock);
	struct paged_edition *shown = &d->paged[i];
	shown->before = shown->build;
	shown->build = build;
	buf_clear(&shown->files);
	put_lines(&shown->files, files);
	tell_all(d);
}

void desk_tell(struct desk *d, const struct preview_state *s)
{
	pthread_mutex_lock(&d->lock);
	d->state = *s;
	d->state.diagnostics = STR("");
	buf_clear(&d->diagnostics);
	put_lines(&d->diagnostics, s->diagnostics);
	tell_all(d);
}

enum edition desk_looked_at(struct desk *d, unsigned set)
{
	uint64_t latest = 0, count;
	enum edition found = (enum edition)0;
	pthread_mutex_lock(&d->lock);
	while (read(d->looked, &count, sizeof count) < 0 && errno == EINTR)
		;
	for (size_t i = 0; i < EDITION_COUNT; i++) {
		const struct audience *audience = &d->audiences[i];
		if ((set & 1U << i) && audience->listeners && audience->chosen > latest) {
			latest = audience->chosen;
			found = (enum edition)(1U << i);
		}
	}
	pthread_mutex_unlock(&d->lock);
	return found;
}

int desk_descriptor(const struct desk *d)
{
	return d->looked;
}

static const char *truth(bool is_so)
{
	return is_so ? "true" : "false";
}

static void put_member(struct buf *out, const char *name, struct str value)
{
	buf_format(out, ",\"%s\":", name);
	json_put(out, value);
}

static void put_messages(const struct desk *d, struct buf *out)
{
	buf_format(out, ",\"mail\":{\"build\":%llu,\"messages\":[",
		   (unsigned long long)d->mail_serial);
	for (size_t i = 0; i < d->message_count; i++) {
		const struct preview_message *m = &d->messages[i];
		buf_format(out, "%s{\"bytes\":%zu", i ? "," : "", m->wire_bytes);
		put_member(out, "name", m->name);
		put_member(out, "language", m->language);
		put_member(out, "region", m->region);
		put_member(out, "subject", m->subject);
		put_member(out, "preheader", m->preheader);
		buf_put_byte(out, '}');
	}
	buf_put_c(out, "]}");
}

static void put_paged(const struct desk *d, size_t i, struct buf *out)
{
	const struct preview_state *s = &d->state;
	buf_format(out,
		   "%s\"%.*s\":{\"build\":%u,\"making\":%s,\"outdated\":%s,\"failed\":%s,\"files\":"
		   "[",
		   i ? "," : "", STR_ARG(edition_name(paged[i])), d->paged[i].build,
		   truth((s->making & paged[i]) != 0), truth((s->outdated & paged[i]) != 0),
		   truth((s->failed & paged[i]) != 0));
	buf_put(out, buf_str(&d->paged[i].files));
	buf_put_c(out, "]}");
}

/* With the lock held. */
static void put_state(const struct desk *d, struct buf *out)
{
	buf_format(out, "{\"serial\":%llu", (unsigned long long)d->serial);
	put_member(out, "run", d->run);
	put_member(out, "issue", d->issue);
	put_member(out, "title", d->title);
	buf_format(out, ",\"stale\":%s,\"checking\":%s", truth(d->state.stale),
		   truth(d->state.checking));
	put_messages(d, out);
	buf_format(out, ",\"web\":{\"build\":%llu", (unsigned long long)d->web_serial);
	put_member(out, "address", buf_str(&d->address));
	buf_put_c(out, "},\"paged\":{");
	for (size_t i = 0; i < PAGED; i++)
		put_paged(d, i, out);
	buf_put_c(out, "},\"diagnostics\":[");
	buf_put(out, buf_str(&d->diagnostics));
	buf_put_c(out, "]}");
}

void desk_put_state(struct desk *d, struct buf *out)
{
	pthread_mutex_lock(&d->lock);
	put_state(d, out);
	pthread_mutex_unlock(&d->lock);
}

bool desk_put_message(struct desk *d, struct str name, bool html, struct buf *out)
{
	bool found = false;
	pthread_mutex_lock(&d->lock);
	for (size_t i = 0; i < d->message_count && !found; i++) {
		found = str_equal(d->messages[i].name, name);
		if (found)
			buf_put(out, html ? d->messages[i].html : d->messages[i].text);
	}
	pthread_mutex_unlock(&d->lock);
	return found;
}

unsigned desk_build(struct desk *d, enum edition e)
{
	size_t i = paged_index(e);
	pthread_mutex_lock(&d->lock);
	unsigned build = i < PAGED ? d->paged[i].build : 0;
	pthread_mutex_unlock(&d->lock);
	return build;
}

/* What "pages" says in the JSON object of a file. */
static unsigned page_count(struct str files, struct str file)
{
	struct arena *a = arena_open();
	struct str pages = STR("\"pages\":");
	struct str name = str_format(a, "/%.*s.pdf\"", STR_ARG(file));
	size_t at = str_find(files, pages, str_find(files, name, 0));
	unsigned count = 0;
	for (size_t i = at + pages.len; i < files.len && count < 100000; i++) {
		char c = files.ptr[i];
		if (c < '0' || c > '9')
			break;
		count = 10 * count + (unsigned)(c - '0');
	}
	arena_close(a);
	return count;
}

bool desk_has_page(struct desk *d, enum edition e, unsigned build, struct str file, unsigned page)
{
	size_t i = paged_index(e);
	bool has = false;
	pthread_mutex_lock(&d->lock);
	if (i < PAGED) {
		const struct paged_edition *shown = &d->paged[i];
		/* The build before had about as many. */
		has = build && (shown->build == build || shown->before == build) &&
		      page <= page_count(buf_str(&shown->files), file);
	}
	pthread_mutex_unlock(&d->lock);
	return has;
}

/* ---- listeners ---- */

void event_put(struct buf *out, uint64_t id, struct str name, struct str data)
{
	struct str line;
	buf_format(out, "id: %llu\nevent: %.*s\n", (unsigned long long)id, STR_ARG(name));
	while (str_cut(&data, '\n', &line)) {
		buf_put_c(out, "data: ");
		buf_put(out, line);
		buf_put_byte(out, '\n');
	}
	buf_put_byte(out, '\n');
}

/* With the lock held. */
static void count_listener(struct listener *l, int change)
{
	struct desk *d = l->desk;
	uint64_t one = 1;
	size_t i = 0;
	while ((unsigned)l->edition != 1U << i)
		i++;
	d->audiences[i].listeners += (size_t)change;
	if (change > 0)
		d->audiences[i].chosen = ++d->choices;
	while (write(d->looked, &one, sizeof one) < 0 && errno == EINTR)
		;
}

struct listener *listener_open(struct desk *d, enum edition e)
{
	struct listener *l = heap_resize(NULL, sizeof *l);
	*l = (struct listener){ .desk = d, .edition = e };
	buf_init(&l->out, TEXT_CEILING);
	pthread_mutex_lock(&d->lock);
	l->heard = d->serial - 1; /* the state as it is now comes first */
	count_listener(l, 1);
	pthread_mutex_unlock(&d->lock);
	return l;
}

void listener_close(struct listener *l)
{
	pthread_mutex_lock(&l->desk->lock);
	count_listener(l, -1);
	pthread_mutex_unlock(&l->desk->lock);
	buf_release(&l->out);
	heap_free(l);
}

/* With the lock held: false when the time is over. */
static bool wait_for_change(struct desk *d)
{
	const struct timespec until = monotonic_in(STILL_HERE_S);
	return pthread_cond_timedwait(&d->changed, &d->lock, &until) == 0;
}

size_t listener_read(struct listener *l, char *ptr, size_t max)
{
	struct desk *d = l->desk;
	if (l->sent == l->out.len) {
		bool in_time = true;
		buf_clear(&l->out);
		l->sent = 0;
		pthread_mutex_lock(&d->lock);
		while (!d->ending && l->heard == d->serial && in_time)
			in_time = wait_for_change(d);
		bool ending = d->ending;
		if (!ending && l->heard == d->serial) {
			buf_put_c(&l->out, ": still here\n\n");
		} else if (!ending) {
			struct buf state;
			buf_init(&state, TEXT_CEILING);
			put_state(d, &state);
			l->heard = d->serial;
			event_put(&l->out, d->serial, STR("state"), buf_str(&state));
			buf_release(&state);
		}
		pthread_mutex_unlock(&d->lock);
		if (ending)
			return 0;
	}
	struct str rest = str_sub(buf_str(&l->out), l->sent, max);
	for (size_t i = 0; i < rest.len; i++)
		ptr[i] = rest.ptr[i];
	l->sent += rest.len;
	return rest.len;
}
