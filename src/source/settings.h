/* glos.yaml, table by table, into the publication. */
#ifndef SOURCE_SETTINGS_H
#define SOURCE_SETTINGS_H

#include "model/publication.h"
#include "source/keys.h"

void settings_mail(struct reader *r, const struct yaml *mail, struct mail_settings *m);
void settings_smtp(struct reader *r, const struct yaml *smtp, struct smtp_settings *s);
void settings_dkim(struct reader *r, const struct yaml *dkim, struct dkim_settings *k);
void settings_serve(struct reader *r, const struct yaml *serve, struct serve_settings *s);
void settings_retention(struct reader *r, const struct yaml *retention, struct retention *t);
void settings_store(struct reader *r, const struct yaml *root, struct str *store,
		    struct postgresql_settings *s);

/* "pl", "nb", "en-GB": the shape of BCP 47, not its registry. Reports
 * VALUE_INVALID at place and returns false. */
bool language_check(struct reader *r, struct str language, struct place place);

#endif
