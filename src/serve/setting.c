#include "serve/setting.h"

#include "base/arena.h"
#include "base/diag.h"
#include "model/publication.h"

static const struct str listen_unless_told = STR_INIT("127.0.0.1:8017");

static bool wrong(struct diags *d, struct place place, const char *key, struct str value,
		  struct str hint)
{
	diag_report_hint(d, DIAG_SERVE_SETTING, place, hint, "%s: %.*s", key, STR_ARG(value));
	return false;
}

static bool can_send(const struct publication *p, struct diags *d)
{
	if (p->mail.from.len && p->smtp.relay_count)
		return true;
	diag_report(d, DIAG_SENDER_INCOMPLETE, (struct place){ STR("glos.yaml"), 0, 0 }, "%s",
		    p->mail.from.len ? "smtp: url" : "mail: from");
	return false;
}

static bool read_proxies(struct arena *a, const struct serve_settings *set, struct setting *s,
			 struct diags *d)
{
	bool right = true;
	s->proxies = NEW_ARRAY(a, struct network, set->proxy_count);
	s->proxy_count = set->proxy_count;
	for (size_t i = 0; i < set->proxy_count; i++)
		if (!network_read(set->proxies[i], &s->proxies[i]))
			right = wrong(d, set->proxy_places[i], "proxies", set->proxies[i],
				      STR("an address or a network, 127.0.0.1 or 10.0.0.0/8"));
	return right;
}

static bool read_pages(const struct serve_options *o, struct doorway *w, struct diags *d)
{
	const struct serve_settings *set = &o->publication->serve;
	w->text = o->listen.len ? o->listen : set->listen.len ? set->listen : listen_unless_told;
	return listen_read(w->text, &w->address, &w->port) ||
	       wrong(d, o->listen.len ? (struct place){ 0 } : set->listen_place, "listen", w->text,
		     STR("127.0.0.1:8017 or [::1]:8017"));
}

static bool read_metrics(const struct serve_options *o, struct doorway *w, struct diags *d)
{
	const struct serve_settings *set = &o->publication->serve;
	w->text = o->metrics.len ? o->metrics : set->metrics;
	return w->text.len == 0 ||
	       (listen_read(w->text, &w->address, &w->port) && client_is_loopback(&w->address)) ||
	       wrong(d, o->metrics.len ? (struct place){ 0 } : set->metrics_place, "metrics",
		     w->text, STR("an address of this machine alone, as 127.0.0.1:9117"));
}

bool setting_read(struct arena *a, const struct serve_options *o, struct setting *s,
		  struct diags *d)
{
	*s = (struct setting){ 0 };
	bool right = can_send(o->publication, d);
	right &= routes_make(a, o->publication, &s->routes, d);
	right &= read_proxies(a, &o->publication->serve, s, d);
	right &= read_pages(o, &s->pages, d);
	right &= read_metrics(o, &s->metrics, d);
	return right;
}
