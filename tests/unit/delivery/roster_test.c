/* Import, export and the rules about those who left. */
#include "fixture.h"

#include "delivery/roster.h"
#include "delivery/store_sqlite.h"

#include <string.h>
#include <sys/stat.h>

static struct import_result import(struct fixture *f, const char *csv)
{
	struct import_options o = { 0 };
	struct import_result r;
	assert_true(roster_import(f->store, STR("list.csv"), str_from(csv), &o, &r));
	return r;
}

static bool export_one(void *context, const struct subscriber *s)
{
	roster_put_csv(context, s);
	return true;
}

static struct str export(struct fixture *f)
{
	struct buf out;
	struct roster_filter active = { .states = 1 << SUBSCRIBER_ACTIVE };
	buf_init(&out, 1 << 20);
	roster_put_csv(&out, NULL);
	assert_true(roster_each(f->store, &active, export_one, &out));
	struct str csv = str_copy(f->arena, buf_str(&out));
	buf_release(&out);
	return csv;
}

static void import_takes_and_updates(void **state)
{
	struct fixture *f = *state;
	struct import_result r = import(f, "email;name;region\n"
					   "anna@example.org;Anna;śląskie\n"
					   "jan@example.org;Jan;\"śląskie; Mazowieckie\"\n");
	assert_int_equal(r.added, 2);
	r = import(f, "email;name;region\nanna@example.org;Anna;śląskie\n");
	assert_int_equal(r.unchanged, 1);
	/* Other spellings of the same mailbox. */
	r = import(f, "email,name\nANNA@Example.ORG,Anna Nowak\n");
	assert_int_equal(r.updated, 1);
	r = import(f, "email\nx@żółw.example\nX@xn--w-uga1v8h.example\n");
	assert_int_equal(r.added, 1);
	assert_int_equal(r.unchanged, 1);
	assert_string_equal(export(f).ptr,
			    "email,name,language,region,consent_at,consent_source\r\n"
			    "anna@example.org,Anna Nowak,,śląskie,,\r\n"
			    "jan@example.org,Jan,,\"śląskie;Mazowieckie\",,\r\n"
			    "x@żółw.example,,,,,\r\n");
}

static void import_refuses_row_by_row(void **state)
{
	struct fixture *f = *state;
	struct import_result r = import(f, "email,name,language,consent_at\n"
					   "good@example.org,G,pl,2026-01-02\n"
					   "no address,N,,\n"
					   "short@example.org\n"
					   "long@example.org,a,b,c,d\n"
					   "lang@example.org,L,po polsku,\n"
					   "date@example.org,D,,wczoraj\n"
					   "quote@example.org,\"open\n"
					   "extra@example.org,E,,,,,\n"
					   "two@lines.example,\"a\nb\",,\n"
					   "last@example.org,L,nb-NO,2026-01-02T10:00:00Z\n");
	assert_int_equal(r.added, 3);
	assert_int_equal(r.refused, 7);
	assert_int_equal(diags_count(f->diags), 7);
	assert_int_equal(diags_at(f->diags, 0)->place.line, 3);
	assert_int_equal(diags_at(f->diags, 0)->place.column, 1);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_ADDRESS_INVALID);
	assert_int_equal(diags_at(f->diags, 5)->place.line, 8);
	assert_int_equal(diags_at(f->diags, 5)->code, DIAG_CSV_SYNTAX);
}

static void strict_import_takes_all_or_nothing(void **state)
{
	struct fixture *f = *state;
	struct import_options o = { .strict = true };
	struct import_result r;
	struct subscriber found;
	assert_false(roster_import(f->store, STR("list.csv"), STR("email\ngood@example.org\nbad\n"),
				   &o, &r));
	assert_int_equal(r.added, 0);
	assert_int_equal(r.refused, 1);
	assert_int_equal(roster_find(f->store, f->arena, STR("good@example.org"), &found),
			 ROSTER_UNKNOWN);
	assert_true(
		roster_import(f->store, STR("list.csv"), STR("email\ngood@example.org\n"), &o, &r));
}

static void headers_that_cannot_be_used(void **state)
{
	static const char *const bad[] = { "",
					   "\n\n",
					   "a@x.org\nb@x.org\n",
					   "name,region\nA,B\n",
					   "email|name\na@x.org|A\n",
					   "email,email\n",
					   "\xFF\xFEx\n",
					   "\"email\n" };
	struct fixture *f = *state;
	struct import_options o = { 0 };
	struct import_result r;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct str name = str_format(f->arena, "%zu.csv", i);
		assert_false(roster_import(f->store, name, str_from(bad[i]), &o, &r));
		assert_int_equal(diags_count(f->diags), i + 1);
		assert_int_equal(diags_at(f->diags, i)->code, DIAG_CSV_HEADER);
	}
}

static void headers_that_can(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(import(f, "\xEF\xBB\xBF"
				   "E-Mail; NAME ;\r\na@x.org;A;\r\n")
				 .added,
			 1);
	assert_int_equal(import(f, "sep=\t\nemail\tname\nb@x.org\tB\n").added, 1);
	assert_int_equal(diags_count(f->diags), 0);
	assert_int_equal(import(f, "email,nmae\nc@x.org,C\n").added, 1);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_KEY_UNKNOWN);
	assert_string_equal(diags_at(f->diags, 0)->hint.ptr, "did you mean name?");
}

static void those_who_left_stay_away(void **state)
{
	struct fixture *f = *state;
	import(f, "email\nanna@example.org\njan@example.org\n");
	assert_int_equal(roster_suppress(f->store, STR("Anna@example.org")), ROSTER_DONE);
	assert_int_equal(roster_suppress(f->store, STR("anna@example.org")), ROSTER_UNCHANGED);
	assert_int_equal(roster_erase(f->store, STR("jan@example.org")), ROSTER_DONE);
	assert_int_equal(roster_erase(f->store, STR("jan@example.org")), ROSTER_UNCHANGED);
	assert_int_equal(roster_erase(f->store, STR("nobody@example.org")), ROSTER_UNKNOWN);
	assert_int_equal(roster_suppress(f->store, STR("stranger@example.org")), ROSTER_DONE);
	struct import_result r = import(f, "email\nANNA@example.org\nJan@EXAMPLE.org\n"
					   "stranger@example.org\nnew@example.org\n");
	assert_int_equal(r.added, 1);
	assert_int_equal(r.kept_out, 3);
	struct subscriber jan = { .address = STR("jan@example.org") };
	assert_int_equal(roster_add(f->store, &jan, false), ROSTER_KEPT_OUT);
	assert_int_equal(roster_add(f->store, &jan, true), ROSTER_DONE);
	assert_int_equal(roster_add(f->store, &jan, false), ROSTER_UNCHANGED);
	assert_int_equal(import(f, "email\njan@example.org\n").unchanged, 1);
}

/* The bytes of an erased address are nowhere in the files of the database. */
static void erased_means_gone(void **state)
{
	struct fixture *f = *state;
	import(f, "email,name\nzofia.sekretna@example.org,Zofia Sekretna\nb@example.org,B\n");
	assert_int_equal(roster_erase(f->store, STR("zofia.sekretna@example.org")), ROSTER_DONE);
	fixture_reopen(f);
	if (fixture_is_pg(f)) { /* when its bytes leave the disk is the server's affair */
		assert_int_equal(fixture_sql(f, "SELECT count(*) FROM subscriber s"
						" WHERE s::text ~* 'sekretna'"),
				 0);
		return;
	}
	store_close(f->store);
	f->store = NULL;
	char path[128];
	snprintf(path, sizeof path, "%s/var/glos.db", f->folder);
	FILE *file = fopen(path, "rb");
	static char bytes[1 << 20];
	size_t len = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	struct str all = { bytes, len };
	assert_true(str_find(all, STR("b@example.org"), 0) < len);
	assert_int_equal(str_find(all, STR("sekretna"), 0), len);
	assert_int_equal(str_find(all, STR("Sekretna"), 0), len);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void export_comes_back_the_same(void **state)
{
	struct fixture *f = *state;
	import(f, "email,name,language,region,consent_at,consent_source\n"
		  "=x@example.org,\"=HYPERLINK(\"\"http://x\"\")\",pl,+ś,2026-01-02,-web\n"
		  "b@example.org,'@name,nb,\"a;b\",,\"say \"\"yes\"\"\"\n"
		  "c@example.org,\"'=2+2\",,,,\n");
	struct str first = export(f);
	assert_true(str_find(first, STR("\n'=x@example.org,\"'=HYPERLINK"), 0) < first.len);
	struct import_result r = import(f, first.ptr);
	assert_int_equal(r.unchanged, 3);
	assert_string_equal(export(f).ptr, first.ptr);
}

static void tokens_are_random_and_stay(void **state)
{
	struct fixture *f = *state;
	struct subscriber a, b, again;
	import(f, "email\na@example.org\nb@example.org\n");
	assert_int_equal(roster_find(f->store, f->arena, STR("a@example.org"), &a), ROSTER_DONE);
	assert_int_equal(roster_find(f->store, f->arena, STR("b@example.org"), &b), ROSTER_DONE);
	assert_int_equal(a.token.len, TOKEN_CHARS);
	assert_false(str_equal(a.token, b.token));
	import(f, "email,name\na@example.org,Changed\n");
	assert_int_equal(roster_find(f->store, f->arena, STR("a@example.org"), &again),
			 ROSTER_DONE);
	assert_true(str_equal(a.token, again.token));
}

static bool count_one(void *context, const struct subscriber *s)
{
	(void)s;
	++*(int *)context;
	return true;
}

static void filters_and_stats(void **state)
{
	struct fixture *f = *state;
	import(f, "email,language,region\na@one.example,pl,Śląskie\nb@one.example,pl-PL,\n"
		  "c@two.example,nb,\"śląskie;łódzkie\"\nd@two.example,,\n");
	roster_suppress(f->store, STR("d@two.example"));
	int n = 0;
	struct roster_filter region = { .region = STR("ŚLĄSKIE") };
	assert_true(roster_each(f->store, &region, count_one, &n));
	assert_int_equal(n, 2);
	struct roster_filter language = { .language = STR("PL") };
	n = 0;
	assert_true(roster_each(f->store, &language, count_one, &n));
	assert_int_equal(n, 2);
	struct roster_stats stats;
	assert_true(roster_stats(f->store, f->arena, &stats));
	assert_int_equal(stats.by_state[SUBSCRIBER_ACTIVE], 3);
	assert_int_equal(stats.by_state[SUBSCRIBER_SUPPRESSED], 1);
	assert_int_equal(stats.suppressions, 1);
	assert_int_equal(stats.domain_count, 2);
	assert_string_equal(stats.domains[0].name.ptr, "one.example");
	assert_int_equal(stats.domains[0].count, 2);
	assert_int_equal(stats.region_count, 2);
	assert_string_equal(stats.regions[0].name.ptr, "śląskie");
	assert_int_equal(stats.regions[0].count, 2);
}

static void a_missing_store_reads_as_empty(void **state)
{
	struct fixture *f = *state;
	struct publication elsewhere = f->publication;
	elsewhere.store = STR("sqlite:nowhere/glos.db");
	struct store *s = store_open(&elsewhere, STORE_READ, &f->world, f->diags);
	assert_non_null(s);
	int n = 0;
	assert_true(roster_each(s, &(struct roster_filter){ 0 }, count_one, &n));
	assert_int_equal(n, 0);
	store_close(s);
	char path[128];
	snprintf(path, sizeof path, "%s/nowhere", f->folder);
	assert_int_not_equal(access(path, F_OK), 0);
	elsewhere.store = STR("mysql:x");
	assert_null(store_open(&elsewhere, STORE_READ, &f->world, f->diags));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_UNKNOWN);
}

static void a_file_that_is_no_database(void **state)
{
	struct fixture *f = *state;
	char path[128];
	store_close(f->store);
	f->store = NULL;
	snprintf(path, sizeof path, "%s/var/glos.db", f->folder);
	FILE *file = fopen(path, "wb");
	for (int i = 0; i < 2000; i++)
		fputs("not a database ", file);
	fclose(file);
	assert_null(store_open(&f->publication, STORE_WRITE, &f->world, f->diags));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_FAILED);
}

static void a_transaction_that_cannot_begin_has_not_begun(void **state)
{
	struct fixture *f = *state;
	struct store *writer = f->store;
	struct store *s = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_non_null(s);
	sqlite3_busy_timeout(store_sqlite_of(s)->db, 0); /* who else writes is told at once */
	assert_true(writer->ops->begin(writer));
	assert_false(s->ops->begin(s));
	assert_false(s->ops->begin(s));
	writer->ops->rollback(writer);
	assert_true(s->ops->begin(s));
	assert_true(s->ops->commit(s));
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE(import_takes_and_updates),
		FIXTURE(import_refuses_row_by_row),
		FIXTURE(strict_import_takes_all_or_nothing),
		FIXTURE(headers_that_cannot_be_used),
		FIXTURE(headers_that_can),
		FIXTURE(those_who_left_stay_away),
		FIXTURE(erased_means_gone),
		FIXTURE(export_comes_back_the_same),
		FIXTURE(tokens_are_random_and_stay),
		FIXTURE(filters_and_stats),
	};
	const struct CMUnitTest of_sqlite[] = {
		FIXTURE(a_transaction_that_cannot_begin_has_not_begun),
		FIXTURE(a_missing_store_reads_as_empty),
		FIXTURE(a_file_that_is_no_database),
	};
	return FIXTURE_RUN(tests, of_sqlite);
}
