/* flight: pages being judged; what the judges share. */
#ifndef PREFLIGHT_FLIGHT_H
#define PREFLIGHT_FLIGHT_H

#include "base/arena.h"
#include "base/map.h"
#include "preflight/preflight.h"

struct flight {
	struct arena *arena; /* until all is judged */
	const struct pages *pages;
	const struct layout *layout;
	const struct inks *inks;
	struct diags *diags;
	struct map *told;
};

/* True the first time that it is asked about a fault of this kind at a place; more
 * tells faults of one place apart. A style that is wrong is wrong on every page. */
bool flight_first(struct flight *f, enum diag_code code, struct place place, struct str more);

/* ---- what stands on a page ---- */

/* The area of a run's letters: from its first to its last ink, capitals to tails.
 * Empty when all of it is spaces. */
struct rect run_area(const struct glyph_run *r);
/* Whether a run is paint at all. */
static inline bool run_is_seen(const struct glyph_run *r)
{
	return run_area(r).width > 0;
}
/* Whether any of it is within the bleed: what is not (marks) nobody will see. */
bool on_plate(const struct flight *f, const struct rect *r);
/* The smallest frame of the page's master that holds the point, or NULL. */
const struct frame *page_frame_at(const struct flight *f, const struct page *p, int x, int y);

/* All inks together, 1/10 %. */
int colour_ink(const struct colour *c);
/* How many plates it is printed from; an ink of its own is one. */
int colour_plates(const struct colour *c);

/* "page 3", or "the spine". */
struct str page_name(const struct flight *f, const struct page *p);

/* Where a plain area was asked for, and by whom. */
struct place fill_place(const struct item *fill);
struct place run_place(const struct item *glyphs);
/* Of a shape (a QR code): who asked for it, else the frame that it stands in. */
struct place shape_place(const struct flight *f, const struct page *p, const struct item *shape);

/* ---- the judges, each of one page ---- */

void judge_resolution(struct flight *f, const struct page *p);
void judge_ink(struct flight *f, const struct page *p);
/* The part of it that is about each colour alone. */
void judge_colours(struct flight *f, const struct page *p);
void judge_lines(struct flight *f, const struct page *p);
void judge_type(struct flight *f, const struct page *p);
void judge_edges(struct flight *f, const struct page *p);
void judge_emptiness(struct flight *f, size_t page);
void judge_tail(struct flight *f, size_t page);
/* The spine, that wide. */
void judge_spine(struct flight *f, const struct page *spine, int width);
void judge_contrast(struct flight *f, const struct page *p);

#endif
