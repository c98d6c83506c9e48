/* source/: the editor's files become a document and a layout.
 *
 * In: glos.yaml, issues/NAME/issue.yaml with its Markdown articles and pictures,
 * layouts/NAME/layout.yaml, fonts/fonts.yaml. Out: the nouns of model/, resolved
 * and checked, typography applied. All mistakes of all files are reported, each
 * at its place; reading goes on as far as it makes sense. The room never writes,
 * composes, or asks the environment. Libraries: cmark-gfm, libyaml. */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "model/layout.h"

struct arena;

/* The nearest folder from `from` upwards that holds glos.yaml, or NULL. */
char *publication_find(struct arena *a, const char *from);

/* Reads root/glos.yaml. NULL when there is none or it cannot be read at all;
 * otherwise complete, with defaults where keys were wrong (and reported). */
struct publication *publication_read(struct arena *a, const char *root, struct diags *d);

/* Names of the issues in issues/, folders that hold an issue.yaml, sorted. */
struct str *issue_list(struct arena *a, const struct publication *p, size_t *count);

/* The name of an issue, its letters composed: it is the same one on every machine, and sent
 * once. */
struct str issue_name(struct arena *a, struct str typed);
/* The name of an issue, or a path below it, as the folders below issues/ spell it on this
 * machine: those of macOS and of some archives keep letters and their marks apart. */
struct str issue_spelled(struct arena *a, const struct publication *p, struct str path);

/* Whether an issue's folder may be called so, below issues/ and in out/; reported at its
 * issue.yaml. */
bool issue_name_check(struct arena *a, struct str id, struct diags *d);

/* The issue with the latest date, of equal ones the last by name; empty when there is
 * none. What is wrong in their files is not told. */
struct str issue_newest(struct arena *a, const struct publication *p);

/* Reads issues/ID whole. NULL when there is no such issue or its issue.yaml
 * cannot be read; otherwise as complete as the mistakes allow. */
struct document *document_read(struct arena *a, const struct publication *p, struct str id,
			       struct diags *d);

/* The same in two steps. After the first one issue.yaml has said what the layout is and
 * how it is bound, so that issue_layout_read may go on beside the second, which reads
 * cover and articles. */
struct issue *document_begin(struct arena *a, const struct publication *p, struct str id,
			     struct diags *d);
struct document *issue_document(struct issue *s);
void document_finish(struct issue *s);

/* Reads the publication's layout for one edition. Layout and fonts are looked up
 * in the publication, then in data_folder (may be empty). NULL when there is no
 * usable layout. */
struct layout *layout_read(struct arena *a, const struct publication *p, struct str data_folder,
			   enum edition e, struct diags *d);

/* The same for the layout of an issue: its own when it names one. */
struct layout *issue_layout_read(struct arena *a, const struct document *doc,
				 struct str data_folder, enum edition e, struct diags *d);

/* The last gate: what only document and layout together can tell (templates that
 * the layout lacks, picture resolution at the printed size). */
void document_validate(const struct document *doc, const struct layout *l, struct diags *d);

#endif
