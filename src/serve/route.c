#include "serve/route.h"

#include "base/arena.h"

#include <stdio.h>

static const struct str mark = STR_INIT("{token}");

/* "https://host/path" into host and path. */
static void split(struct str url, struct str *host, struct str *path)
{
	size_t start = str_find(url, STR("://"), 0) + 3;
	size_t slash = str_find(url, STR("/"), start);
	*host = str_sub(url, start, slash - start);
	*path = slash < url.len ? str_sub(url, slash, url.len) : STR("/");
}

static void add_host(struct routes *r, struct str host)
{
	for (size_t i = 0; i < r->host_count; i++)
		if (str_equal_nocase(r->hosts[i], host))
			return;
	r->hosts[r->host_count++] = host;
}

static bool wrong(const struct publication *p, struct diags *d, const char *what, struct str hint)
{
	struct place place = p->mail.place;
	if (place.line == 0)
		place.file = STR("glos.yaml");
	diag_report_hint(d, DIAG_SERVE_SETTING, place, hint, "mail: %s", what);
	return false;
}

/* The address of the form and of confirmations, unless told: beside unsubscribe. */
static struct str beside(struct arena *a, struct str unsubscribe, const char *path)
{
	struct str host, rest;
	split(unsubscribe, &host, &rest);
	return str_format(a, "%.*s%s", STR_ARG(str_sub(unsubscribe, 0, unsubscribe.len - rest.len)),
			  path);
}

static bool read_paths(struct routes *r, const struct publication *p, struct diags *d)
{
	static const char *const names[] = {
		[ROUTE_SUBSCRIBE] = "subscribe",     [ROUTE_CONFIRM] = "confirm",
		[ROUTE_UNSUBSCRIBE] = "unsubscribe", [ROUTE_PREFERENCES] = "preferences",
		[ROUTE_ERASE] = "preferences",       [ROUTE_EXPORT] = "preferences",
	};
	for (int k = ROUTE_SUBSCRIBE; k < ROUTE_COUNT; k++) {
		struct str host, path;
		split(r->url[k], &host, &path);
		add_host(r, host);
		size_t at = str_find(path, mark, 0);
		r->before[k] = str_sub(path, 0, at);
		r->after[k] = str_sub(path, at + mark.len, path.len);
		bool plain = str_find(path, STR("?"), 0) == path.len &&
			     str_find(path, STR("#"), 0) == path.len;
		bool whole = k == ROUTE_SUBSCRIBE ? at == path.len : at < path.len;
		if (!plain || !whole || (k < ROUTE_ERASE && r->after[k].len))
			return wrong(p, d, names[k],
				     k == ROUTE_SUBSCRIBE
					     ? STR("a path without ? and without {token}")
					     : STR("a path that ends in /{token}, without ?"));
		for (int other = ROUTE_SUBSCRIBE; other < k && k < ROUTE_ERASE; other++)
			if (str_equal(r->before[other], r->before[k]))
				return wrong(p, d, names[k],
					     STR("each page has a path of its own"));
	}
	return true;
}

bool routes_make(struct arena *a, const struct publication *p, struct routes *r, struct diags *d)
{
	const struct mail_settings *m = &p->mail;
	*r = (struct routes){ .host_count = 0 };
	if (m->unsubscribe.len == 0 || m->preferences.len == 0)
		return wrong(p, d, m->unsubscribe.len ? "preferences" : "unsubscribe",
			     STR("unsubscribe: https://example.org/u/{token} and preferences: "
				 "https://example.org/p/{token}"));
	r->url[ROUTE_UNSUBSCRIBE] = m->unsubscribe;
	r->url[ROUTE_PREFERENCES] = m->preferences;
	r->url[ROUTE_ERASE] = str_join(a, m->preferences, STR("/erase"));
	r->url[ROUTE_EXPORT] = str_join(a, m->preferences, STR("/data.json"));
	r->url[ROUTE_SUBSCRIBE] = m->subscribe.len ? m->subscribe : beside(a, m->unsubscribe, "/s");
	r->url[ROUTE_CONFIRM] =
		m->confirm.len ? m->confirm : beside(a, m->unsubscribe, "/c/{token}");
	return read_paths(r, p, d);
}

struct route routes_find(const struct routes *r, struct str path)
{
	if (str_equal(path, r->before[ROUTE_SUBSCRIBE]))
		return (struct route){ .kind = ROUTE_SUBSCRIBE };
	/* Longer endings first: "/erase" is no token. */
	for (int k = ROUTE_COUNT - 1; k > ROUTE_SUBSCRIBE; k--) {
		struct str before = r->before[k], after = r->after[k];
		if (!str_starts(path, before) || !str_ends(path, after) ||
		    path.len <= before.len + after.len)
			continue;
		struct str token = str_sub(path, before.len, path.len - before.len - after.len);
		if (str_find(token, STR("/"), 0) == token.len)
			return (struct route){ (enum route_kind)k, token };
	}
	return (struct route){ .kind = ROUTE_NONE };
}

bool routes_have_host(const struct routes *r, struct str host, uint16_t port)
{
	static const struct str loopback[] = { STR_INIT("127.0.0.1"), STR_INIT("localhost"),
					       STR_INIT("[::1]") };
	char own[16];
	for (size_t i = 0; i < r->host_count; i++)
		if (str_equal_nocase(host, r->hosts[i]))
			return true;
	snprintf(own, sizeof own, ":%u", (unsigned)port);
	for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++)
		if (str_starts(host, loopback[i]) &&
		    str_equal(str_sub(host, loopback[i].len, host.len), str_from(own)))
			return true;
	return false;
}

struct str route_url(const struct routes *r, struct arena *a, enum route_kind kind,
		     struct str token)
{
	struct str url = r->url[kind];
	size_t at = str_find(url, mark, 0);
	if (at == url.len)
		return url;
	return str_format(a, "%.*s%.*s%.*s", STR_ARG(str_sub(url, 0, at)), STR_ARG(token),
			  STR_ARG(str_sub(url, at + mark.len, url.len)));
}
