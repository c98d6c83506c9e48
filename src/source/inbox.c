#include "source/inbox.h"

#include "base/language.h"
#include "base/utf8.h"
#include "source/article.h"

enum { SUBJECT_SHOWN = 70, PREHEADER_SHOWN = 140 };

/* Headers and inbox lists are no place for no-break spaces: filters that look
 * for words there do not know them. */
static struct str plain_spaces(struct arena *a, struct str text)
{
	char *copy = str_c(a, text);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		bool bound = str_starts(str_sub(text, i, 2), STR("\u00A0"));
		copy[len++] = bound ? ' ' : text.ptr[i];
		i += bound;
	}
	return (struct str){ copy, len };
}

static void length_check(struct reader *r, struct place place, struct str text, size_t most,
			 enum diag_code code)
{
	size_t count = utf8_count(text);
	if (count > most)
		diag_report(r->diags, code, place, "%zu characters", count);
}

void inbox_words_finish(struct reader *r, const struct yaml *table, struct str title,
			struct str *subject, struct str *preheader)
{
	bool own = subject->len > 0;
	*subject = plain_spaces(r->arena, own ? *subject : title);
	*preheader = plain_spaces(r->arena, *preheader);
	length_check(r, keys_place(table, own ? "subject" : "title"), *subject, SUBJECT_SHOWN,
		     DIAG_SUBJECT_LONG);
	length_check(r, keys_place(table, "preheader"), *preheader, PREHEADER_SHOWN,
		     DIAG_PREHEADER_LONG);
}

/* ---- other languages ---- */

static bool has_article_in(const struct document *d, struct str language)
{
	for (size_t i = 0; i < d->entry_count; i++) {
		const struct article *a = d->entries[i].article;
		if (a && (a->editions & EDITION_EMAIL) &&
		    language_is(a->language, language_primary(language)))
			return true;
	}
	return false;
}

/* Whether a message in this language makes sense; reports why not. */
static bool language_check(struct reader *r, const struct document *d, const struct yaml *v)
{
	struct str tag = v->key;
	const char *hint = NULL;
	if (!language_is_tag(tag))
		hint = "write a tag like uk, nb or en";
	else if (language_is(d->publication->language, language_primary(tag)))
		hint = "the message in the publication's own language is there anyway";
	else if (!has_article_in(d, tag))
		hint = "give an article of the e-mail this language";
	for (size_t i = 0; !hint && i < d->translation_count; i++)
		if (language_is(d->translations[i].language, language_primary(tag)))
			hint = "its readers have a message already";
	if (hint)
		diag_report_hint(r->diags, DIAG_VALUE_INVALID, v->key_place, str_from(hint),
				 "languages: %.*s", STR_ARG(tag));
	return !hint;
}

static void translation_read(struct reader *r, struct document *d, const struct yaml *v)
{
	static const struct str known[] = { STR_INIT("title"), STR_INIT("subject"),
					    STR_INIT("preheader"), STR_INIT("lead"),
					    STR_INIT("cover_alt") };
	struct translation *t = &d->translations[d->translation_count];
	struct str alt;
	if (v->kind != YAML_TABLE) {
		keys_wrong_type(r, v, "{title: …, subject: …, preheader: …}");
		return;
	}
	KEYS_KNOWN(r, v, known);
	if (!language_check(r, d, v) || !keys_require(r, v, "title"))
		return;
	*t = (struct translation){ .language = v->key, .place = v->key_place };
	t->title = words_from_keys(r, v, "title", t->language, true);
	t->subject = words_from_keys(r, v, "subject", t->language, false);
	t->preheader = words_from_keys(r, v, "preheader", t->language, false);
	t->lead = words_from_keys(r, v, "lead", t->language, false);
	inbox_words_finish(r, v, t->title, &t->subject, &t->preheader);
	t->at = inbox_places(v);
	alt = words_from_keys(r, v, "cover_alt", t->language, true);
	if (alt.len && d->cover.image) {
		t->cover = NEW(r->arena, struct picture);
		*t->cover = *d->cover.image;
		t->cover->alt = alt;
		t->cover->caption = t->cover->credit = STR("");
	}
	d->translation_count++;
}

void translations_read(struct reader *r, struct document *d, const struct yaml *languages)
{
	if (!languages)
		return;
	d->translations = NEW_ARRAY(r->arena, struct translation, languages->count + 1);
	for (const struct yaml *v = languages->first; v; v = v->next)
		translation_read(r, d, v);
}

struct head_places inbox_places(const struct yaml *table)
{
	struct head_places at = { .title = keys_place(table, "title"),
				  .subject = keys_place(table, "subject"),
				  .preheader = keys_place(table, "preheader"),
				  .lead = keys_place(table, "lead") };
	if (!yaml_find(table, STR("subject")))
		at.subject = at.title;
	if (!yaml_find(table, STR("preheader")))
		at.preheader = at.lead;
	return at;
}
