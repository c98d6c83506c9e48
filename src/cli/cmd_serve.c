/* glos serve: where readers subscribe and leave. */
#include "base/arena.h"
#include "cli/cli.h"
#include "cli/terminal.h"
#include "serve/serve.h"
#include "source/source.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

static const struct option options[] = {
	{ "listen", 0, "ADDR:PORT", "where to answer; serve.listen of glos.yaml unless told" },
	{ "metrics", 0, "ADDR:PORT", "where /metrics and /healthz are; on this machine alone" },
};

static void tell(void *context, const struct diags *d, const struct diag *report)
{
	(void)context;
	struct buf out;
	buf_init(&out, 1 << 16);
	terminal_put_diag(&out, d, report, false);
	fwrite(buf_str(&out).ptr, 1, out.len, stderr);
	buf_release(&out);
}

static bool say_where(const struct cli *c, const struct serve *s)
{
	struct str address = serve_address(s), metrics = serve_metrics_address(s);
	struct buf out;
	buf_init(&out, 1 << 16);
	if (c->json)
		buf_format(&out, "{\"url\":\"%.*s\",\"metrics\":\"%.*s\"}\n", STR_ARG(address),
			   STR_ARG(metrics));
	else if (!c->quiet)
		buf_format(&out, "readers subscribe at %.*s%s%.*s\n", STR_ARG(address),
			   metrics.len ? ", metrics are at " : "", STR_ARG(metrics));
	cli_print(&out);
	buf_release(&out);
	return fflush(stdout) == 0;
}

static void wait_for_end(const struct cli *c)
{
	struct pollfd signals = { .fd = cli_signals(c), .events = POLLIN };
	while (c->world.cancelled(c->world.context) == 0)
		poll(&signals, 1, -1);
}

static int run_serve(struct cli *c)
{
	if (!cli_catch_signals(c)) {
		diag_report(c->diags, DIAG_WATCH_FAILED, (struct place){ 0 }, "signals: %s",
			    strerror(errno));
		return EXIT_WORLD;
	}
	const struct layout *layout =
		layout_read(c->arena, c->publication, c->data_folder, EDITION_WEB, c->diags);
	if (!layout || diags_failed(c->diags))
		return EXIT_DONE; /* main raises it by the diagnostics */
	const struct serve_options o = {
		.publication = c->publication,
		.layout = layout,
		.world = &c->world,
		.listen = str_from(arguments_value(&c->arguments, "listen")),
		.metrics = str_from(arguments_value(&c->arguments, "metrics")),
		.tell = tell,
	};
	struct serve *s = serve_open(&o, c->diags);
	if (!s)
		return diags_exit_status(c->diags) == EXIT_DONE ? EXIT_WORLD : EXIT_DONE;
	if (say_where(c, s))
		wait_for_end(c);
	serve_close(s);
	return EXIT_DONE;
}

const struct command command_serve = {
	.name = "serve",
	.arguments = "[--listen ADDR:PORT] [--metrics ADDR:PORT]",
	.summary = "Answers readers: subscribe, confirm, settings, unsubscribe.",
	.help = "The pages stand where mail: of glos.yaml says (subscribe, confirm, unsubscribe,\n"
		"preferences), in Polish, Norwegian, Ukrainian and English; a proxy in front of "
		"it\n"
		"speaks TLS. Messages that ask for confirmation leave by smtp:. SIGTERM or Ctrl-C\n"
		"ends it when the requests under way are answered. glos(1) has the lines for "
		"nginx,\n"
		"Caddy and systemd.",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.needs_publication = true,
	.run = run_serve,
};
