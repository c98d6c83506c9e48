/* A CSV file of subscribers, in and out.
 *
 * One transaction: a program that dies half-way has taken nothing. Importing the
 * same file again changes nothing; an empty cell never wipes what is known. */
#include "delivery/csv.h"
#include "delivery/roster.h"

#include "base/arena.h"
#include "base/map.h"

enum column { EMAIL, NAME, LANGUAGE, REGION, CONSENT_AT, CONSENT_SOURCE, COLUMN_COUNT };

static const struct str column_names[COLUMN_COUNT] = {
	[EMAIL] = STR_INIT("email"),           [NAME] = STR_INIT("name"),
	[LANGUAGE] = STR_INIT("language"),     [REGION] = STR_INIT("region"),
	[CONSENT_AT] = STR_INIT("consent_at"), [CONSENT_SOURCE] = STR_INIT("consent_source"),
};

enum { SHOWN_BYTES = 60, TOLD_EVERY = 1000 };

struct import {
	struct store *store;
	struct str file;
	const struct import_options *options;
	struct import_result *result;
	struct csv csv;
	size_t columns; /* in the header row */
	int at[COLUMN_COUNT]; /* index of each column, or -1 */
	struct arena *row; /* reset for each */
};

static struct place place_in(const struct import *im, int line, int column)
{
	return (struct place){ im->file, line, column };
}

static void refuse(struct import *im, enum diag_code code, int line, int column, struct str detail)
{
	struct diag d = { code, diag_level_of(code), place_in(im, line, column), detail, STR("") };
	im->result->refused++;
	if (im->options->refused)
		im->options->refused(im->options->context, &d);
	else
		diag_report(im->store->diags, code, d.place, "%.*s", STR_ARG(detail));
}

/* ---- the header row ---- */

static bool header_failed(struct import *im, int line, int column, const char *why, struct str what)
{
	diag_report_hint(im->store->diags, DIAG_CSV_HEADER, place_in(im, line, column),
			 STR("the first line names the columns, for instance: email;name;region"),
			 "%s%s%.*s", why, what.len ? ": " : "",
			 STR_ARG(str_sub(what, 0, SHOWN_BYTES)));
	return false;
}

static struct str column_name(const struct import *im, size_t i)
{
	struct str name = str_trim(im->csv.field[i].value);
	return str_equal_nocase(name, STR("e-mail")) ? column_names[EMAIL] : name;
}

static bool name_column(struct import *im, size_t i)
{
	struct csv_field f = im->csv.field[i];
	struct str name = column_name(im, i);
	for (int c = 0; c < COLUMN_COUNT; c++) {
		if (!str_equal_nocase(name, column_names[c]))
			continue;
		if (im->at[c] >= 0)
			return header_failed(im, f.line, f.column, "column named twice", name);
		im->at[c] = (int)i;
	}
	return true;
}

static void tell_unknown_column(struct import *im, size_t i)
{
	struct csv_field f = im->csv.field[i];
	struct str name = column_name(im, i);
	struct map *known = map_new(im->row);
	for (int c = 0; c < COLUMN_COUNT; c++) {
		if (im->at[c] == (int)i)
			return;
		map_put(known, column_names[c], im);
	}
	if (name.len == 0)
		return; /* spreadsheets leave empty columns at the right */
	struct str near = map_nearest(known, fold(im->row, name));
	struct str hint = near.len ? str_format(im->row, "did you mean %.*s?", STR_ARG(near))
				   : STR("the column is not taken");
	diag_report_hint(im->store->diags, DIAG_KEY_UNKNOWN, place_in(im, f.line, f.column), hint,
			 "%.*s", STR_ARG(str_sub(name, 0, SHOWN_BYTES)));
}

static bool read_header(struct import *im)
{
	struct csv *c = &im->csv;
	for (int i = 0; i < COLUMN_COUNT; i++)
		im->at[i] = -1;
	enum csv_answer answer = csv_next(c, im->row);
	if (answer == CSV_END)
		return header_failed(im, 1, 1, "the file is empty", STR(""));
	if (answer == CSV_BAD) {
		struct str utf16[] = { STR("\xFF\xFE"), STR("\xFE\xFF") };
		for (size_t i = 0; i < 2; i++)
			if (str_starts(c->text, utf16[i]))
				c->problem = "the file is UTF-16; save it as CSV UTF-8";
		return header_failed(im, c->problem_line, c->problem_column, c->problem, STR(""));
	}
	im->columns = c->count;
	for (size_t i = 0; i < c->count; i++)
		if (!name_column(im, i))
			return false;
	if (im->at[EMAIL] < 0)
		return header_failed(im, c->field[0].line, 1, "no column is called email",
				     c->field[0].value);
	for (size_t i = 0; i < c->count; i++)
		tell_unknown_column(im, i);
	return true;
}

/* ---- the rows ---- */

/* "a; b;;" as "a;b". */
static struct str clean_regions(struct arena *a, struct str regions)
{
	struct buf out;
	buf_init(&out, regions.len + 1);
	struct str rest = regions, region;
	while (regions.len && str_cut(&rest, ';', &region)) {
		region = str_trim(region);
		if (region.len && out.len)
			buf_put_byte(&out, ';');
		buf_put(&out, region);
	}
	struct str clean = str_copy(a, buf_str(&out));
	buf_release(&out);
	return clean;
}

static struct str cell(const struct import *im, enum column c)
{
	if (im->at[c] < 0)
		return STR("");
	return str_trim(csv_harmless_original(im->csv.field[im->at[c]].value));
}

/* The row has as many fields as the header; empty ones beyond do no harm. */
static bool count_fits(struct import *im)
{
	struct csv *c = &im->csv;
	size_t count = c->count;
	while (count > im->columns && c->field[count - 1].value.len == 0)
		count--;
	if (count == im->columns)
		return true;
	refuse(im, DIAG_ROW_INVALID, c->field[0].line, 1,
	       str_format(im->row, "%zu fields, the header has %zu", count, im->columns));
	return false;
}

/* The suppression list and the roster decide what a good row does. */
static bool take_row(struct import *im, const struct address *address, struct subscriber *given)
{
	struct store *s = im->store;
	struct subscriber kept;
	bool kept_out, is_there;
	if (!roster_is_kept_out(s, address->key, &kept_out) ||
	    !s->ops->find(s, im->row, address->key, &kept, &is_there))
		return false;
	if (kept_out || (is_there && (kept.state == SUBSCRIBER_UNSUBSCRIBED ||
				      kept.state == SUBSCRIBER_SUPPRESSED))) {
		im->result->kept_out++;
		diag_report(s->diags, DIAG_ADDRESS_SUPPRESSED,
			    place_in(im, im->csv.field[0].line,
				     im->csv.field[im->at[EMAIL]].column),
			    "%.*s", STR_ARG(given->address));
		return true;
	}
	if (!is_there) {
		im->result->added++;
		return s->ops->insert(s, given, address->key);
	}
	/* The editor vouches for whoever asked on the web and did not confirm. */
	bool vouched = kept.state == SUBSCRIBER_UNCONFIRMED;
	if (vouched)
		kept.state = SUBSCRIBER_ACTIVE;
	if (!subscriber_merge(&kept, given) && !vouched) {
		im->result->unchanged++;
		return true;
	}
	im->result->updated++;
	return s->ops->update(s, &kept);
}

static bool import_row(struct import *im)
{
	struct address address;
	const char *problem;
	if (!count_fits(im))
		return true;
	const struct csv_field *email = &im->csv.field[im->at[EMAIL]];
	struct subscriber given = { .address = cell(im, EMAIL),
				    .name = cell(im, NAME),
				    .language = cell(im, LANGUAGE),
				    .regions = clean_regions(im->row, cell(im, REGION)),
				    .consent_at = cell(im, CONSENT_AT),
				    .consent_source = cell(im, CONSENT_SOURCE),
				    .state = SUBSCRIBER_ACTIVE };
	if (!address_parse(im->row, given.address, &address, &problem)) {
		refuse(im, DIAG_ADDRESS_INVALID, email->line, email->column,
		       str_format(im->row, "%.*s: %s",
				  STR_ARG(str_sub(given.address, 0, SHOWN_BYTES)), problem));
		return true;
	}
	problem = subscriber_problem(&given);
	if (problem) {
		refuse(im, DIAG_ROW_INVALID, im->csv.field[0].line, 1, str_from(problem));
		return true;
	}
	return take_row(im, &address, &given);
}

/* False when the database failed or the person stopped it. */
static bool import_rows(struct import *im)
{
	const struct world *w = im->store->world;
	struct csv *c = &im->csv;
	int64_t n = 0;
	for (;; n++) {
		arena_reset(im->row);
		enum csv_answer answer = csv_next(c, im->row);
		if (answer == CSV_END)
			break;
		if (answer == CSV_BAD)
			refuse(im, DIAG_CSV_SYNTAX, c->problem_line, c->problem_column,
			       str_from(c->problem));
		else if (!import_row(im))
			return false;
		if (n % TOLD_EVERY == 0 && w->progress)
			w->progress(w->context, STR("importing"), (int64_t)c->at,
				    (int64_t)c->text.len);
	}
	if (w->progress)
		w->progress(w->context, STR("importing"), (int64_t)c->text.len,
			    (int64_t)c->text.len);
	return true;
}

bool roster_import(struct store *s, struct str file, struct str csv, const struct import_options *o,
		   struct import_result *result)
{
	struct arena *a = arena_open();
	struct import *im = NEW(a, struct import);
	*result = (struct import_result){ 0 };
	*im = (struct import){
		.store = s, .file = file, .options = o, .result = result, .row = arena_open()
	};
	csv_start(&im->csv, csv);
	bool taken = read_header(im) && s->ops->begin(s);
	if (taken) {
		taken = import_rows(im) && !(o->strict && result->refused);
		if (!taken) {
			s->ops->rollback(s);
			*result = (struct import_result){ .refused = result->refused };
		} else {
			taken = s->ops->commit(s);
		}
	}
	arena_close(im->row);
	arena_close(a);
	return taken;
}

void roster_put_csv(struct buf *out, const struct subscriber *s)
{
	for (int c = 0; !s && c < COLUMN_COUNT; c++) {
		buf_put(out, column_names[c]);
		buf_put_c(out, c + 1 < COLUMN_COUNT ? "," : "\r\n");
	}
	if (!s)
		return;
	const struct str cells[COLUMN_COUNT] = {
		[EMAIL] = s->address,         [NAME] = s->name,
		[LANGUAGE] = s->language,     [REGION] = s->regions,
		[CONSENT_AT] = s->consent_at, [CONSENT_SOURCE] = s->consent_source,
	};
	for (int c = 0; c < COLUMN_COUNT; c++) {
		csv_put_harmless(out, cells[c]);
		buf_put_c(out, c + 1 < COLUMN_COUNT ? "," : "\r\n");
	}
}
