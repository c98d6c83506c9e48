#include "cli/starter.h"

#include "base/arena.h"
#include "base/file.h"
#include "cli/terminal.h"

#include <errno.h>
#include <string.h>

/* Writes a file that is not there yet, with the folders above it. */
static bool write_new(struct cli *c, const char *path, struct str text)
{
	if (file_exists(path)) {
		diag_report(c->diags, DIAG_FILE_EXISTS, (struct place){ 0 }, "%s", path);
		return false;
	}
	if (!folder_make_for(path)) {
		diag_report(c->diags, DIAG_FILE_WRITE, (struct place){ 0 }, "%s: %s", path,
			    strerror(errno));
		return false;
	}
	if (!file_replace(path, text, c->diags))
		return false;
	terminal_say(c->terminal, "%.*s", STR_ARG(terminal_word(c->arena, str_from(path))));
	return true;
}

bool starter_publication(struct cli *c, struct str root)
{
	static const struct str text =
		STR_INIT("title: Nasz biuletyn\n"
			 "publisher: Nasze stowarzyszenie\n"
			 "language: pl                     # pl, nb, uk, en\n"
			 "site: https://biuletyn.example.org/\n"
			 "\n"
			 "# To send the issue by e-mail, say who sends and through which server:\n"
			 "#\n"
			 "# mail:\n"
			 "#   from: \"Nasz biuletyn <redakcja@biuletyn.example.org>\"\n"
			 "#   return_path: odbicia@biuletyn.example.org\n"
			 "#   unsubscribe: https://biuletyn.example.org/u/{token}\n"
			 "#   postal_address: \"ul. Przykładowa 1, 00-001 Warszawa\"\n"
			 "# smtp:\n"
			 "#   url: smtp://smtp.example.org:587\n"
			 "#   tls: required\n"
			 "#   user: biuletyn\n"
			 "#   password_env: GLOS_SMTP_PASSWORD\n");
	return write_new(c, path_join(c->arena, root, STR("glos.yaml")), text);
}

/* "2026-1" is number 1/2026; other names stand as they are. */
static struct str number_of(struct arena *a, struct str id)
{
	size_t dash = str_find(id, STR("-"), 0);
	int64_t year;
	if (dash == 4 && str_to_int(str_sub(id, 0, 4), &year) && id.len > 5)
		return str_format(a, "%.*s/%.*s", STR_ARG(str_sub(id, 5, id.len)),
				  STR_ARG(str_sub(id, 0, 4)));
	return id;
}

bool starter_issue(struct cli *c, struct str root, struct str id)
{
	struct date today = date_from_days(c->world.now / 86400);
	struct str number = number_of(c->arena, id);
	struct str text =
		str_format(c->arena,
			   "number: %.*s\n"
			   "date: %04d-%02d-%02d\n"
			   "title: Razem łatwiej\n"
			   "subject: \"Nasz biuletyn %.*s: razem łatwiej\"\n"
			   "preheader: Zapraszamy do pierwszego numeru.\n"
			   "contents:                        # the running order\n"
			   "  - section: Aktualności\n"
			   "    articles: [01-powitanie.md]\n",
			   STR_ARG(number), today.year, today.month, today.day, STR_ARG(number));
	char *folder = path_join(c->arena, root, str_format(c->arena, "issues/%.*s", STR_ARG(id)));
	if (!write_new(c, path_join(c->arena, str_from(folder), STR("issue.yaml")), text))
		return false;
	return starter_article(c, root, str_format(c->arena, "%.*s/01-powitanie", STR_ARG(id)));
}

bool starter_article(struct cli *c, struct str root, struct str path)
{
	static const struct str text = STR_INIT(
		"---\n"
		"title: Dzień dobry!\n"
		"kicker: Od redakcji\n"
		"lead: Tu stoi zapowiedź, jedno lub dwa zdania o tym, co przyniesie tekst.\n"
		"author: Redakcja\n"
		"layout: story\n"
		"---\n"
		"\n"
		"Akapity oddziela pusty wiersz. Słowa *ważne* i **bardzo ważne** zaznacza się\n"
		"gwiazdkami, a \"cudzysłowy\" program zamieni na właściwe.\n"
		"\n"
		"## Śródtytuł\n"
		"\n"
		"- pierwszy punkt listy,\n"
		"- drugi punkt listy.\n"
		"\n"
		"::: box {title=\"Warto wiedzieć\"}\n"
		"Ramka stoi obok tekstu albo między akapitami.\n"
		":::\n");
	if (str_ends(path, STR(".md")))
		path.len -= 3;
	return write_new(c,
			 path_join(c->arena, root,
				   str_format(c->arena, "issues/%.*s.md", STR_ARG(path))),
			 text);
}
