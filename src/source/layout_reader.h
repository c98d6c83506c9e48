/* A layout while it is being read. Private to masters.c, names.c, grid.c, inks.c,
 * marks.c, screen.c, details.c, fonts.c, styles.c, frames.c, templates.c, which are called in
 * about this order. */
#ifndef SOURCE_LAYOUT_READER_H
#define SOURCE_LAYOUT_READER_H

#include "model/layout.h"
#include "source/keys.h"

struct layout_reader {
	struct reader *reader;
	const struct publication *publication;
	struct str name; /* of the layout */
	struct place place; /* where it was called */
	const struct production *press; /* how the issue differs; NULL: no issue */
	struct str data_folder; /* may be empty */
	struct str folder; /* of layout.yaml, absolute */
	const struct yaml *root; /* with the edition's changes laid over it */
	const struct yaml *fonts; /* fonts.yaml; NULL when there is none */
	struct layout *layout;
	struct map *font_files; /* base name -> path (char *), of the system; NULL: not looked */
	struct map *families; /* name -> struct family */
};

/* names.c: warns of names in the file, all editions, that nobody calls. */
void names_check(struct layout_reader *lr);
/* Warns of what an edition removes that is not there. */
void overlay_check(struct layout_reader *lr, const struct yaml *base, const struct yaml *changes);

/* grid.c: grid, colours, press with its production. False when the grid is unusable. */
bool grid_read(struct layout_reader *lr);
void colours_read(struct layout_reader *lr);
void press_read(struct layout_reader *lr);
/* profile.c: whether the file that press names can be the profile of a press. */
void profile_check(struct layout_reader *lr);
/* inks.c: the ink of its own that a colour names, and how much of it. has_cmyk: the
 * colour says itself what stands for the ink. False when it names none, or (reported)
 * no possible one, or (to be reported as a missing cmyk) one not yet described. */
bool ink_read(struct layout_reader *lr, const struct yaml *colour, bool has_cmyk, struct colour *c);
/* marks.c: what press says of marks. */
void marks_read(struct layout_reader *lr, const struct yaml *press);
/* screen.c: reports pairs of colours of web and e-mail that stand out too little. */
void screen_colours_judge(struct layout_reader *lr);
/* A colour by the name a key gives; NULL when absent or (reported) unknown. */
const struct colour *colour_from_keys(struct layout_reader *lr, const struct yaml *table,
				      const char *key);

/* details.c */
void details_read(struct layout_reader *lr);

/* fonts.c */
void families_open(struct layout_reader *lr);
/* The family of a name, its faces found; NULL (reported at place) if unknown. */
const struct family *family_find(struct layout_reader *lr, struct str name, struct place place);
void fallbacks_read(struct layout_reader *lr);
/* What browsers and mail clients are asked for. */
void web_families_read(struct layout_reader *lr);

/* styles.c: all styles, and the roles they play. */
void styles_read(struct layout_reader *lr);
/* The style that plays a role: chosen[role], else what the layout defines, else
 * what plays the role's fallback. NULL for a list-number or spine that is not
 * defined. */
const struct style *role_style(const struct layout *l, const struct style *const *chosen,
			       enum style_role role);

/* frames.c */
void masters_read(struct layout_reader *lr);
/* A master by the name a key gives; NULL when absent or (reported) unknown. */
const struct master *master_from_keys(struct layout_reader *lr, const struct yaml *table,
				      const char *key);

/* templates.c */
void templates_read(struct layout_reader *lr);

#endif
