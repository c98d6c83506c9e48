#include "pdf/import.h"

#include "pdf/copy.h"
#include "pdf/flate.h"
#include "pdf/inspect.h"

#include <math.h>

/* No honest page has more to say, pictures apart; reading it would take minutes. */
enum { CONTENT_AT_MOST = 64 << 20 };

struct importing {
	struct copying copying;
	struct making *m;
	const struct qpdf *q;
	int ppi; /* of the coarsest picture; 0: none */
	const char *left_out; /* what of the page is not taken over, or NULL */
	const char *why; /* the page cannot be used; NULL: the library knows, or nobody */
	bool odd_unit; /* a UserUnit that no page has */
};

/* x1 y1 x2 y2, in pt. */
struct box {
	double edge[4];
};

static bool read_box(const struct qpdf *q, qpdf_oh page, const char *key, struct box *box)
{
	qpdf_oh array = q->oh_get_key(q->data, page, key);
	bool is = q->oh_is_array(q->data, array) && q->oh_get_array_n_items(q->data, array) == 4;
	double v[4] = { 0 };
	for (int n = 0; is && n < 4; n++) {
		qpdf_oh item = q->oh_get_array_item(q->data, array, n);
		v[n] = q->oh_get_numeric_value(q->data, item);
		q->oh_release(q->data, item);
	}
	q->oh_release(q->data, array);
	*box = (struct box){ { fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]),
			       fmax(v[1], v[3]) } };
	/* Larger ones are no pages (ISO 32000-1, annex C: 14,400 units). */
	return is && box->edge[2] - box->edge[0] > 1 && box->edge[3] - box->edge[1] > 1 &&
	       fabs(box->edge[0]) < 20000 && fabs(box->edge[1]) < 20000 && box->edge[2] < 20000 &&
	       box->edge[3] < 20000;
}

/* Quarter turns clockwise. */
static int turns_of(const struct qpdf *q, qpdf_oh page)
{
	qpdf_oh value = q->oh_get_key(q->data, page, "/Rotate");
	int degrees =
		q->oh_is_integer(q->data, value) ? q->oh_get_int_value_as_int(q->data, value) : 0;
	q->oh_release(q->data, value);
	return (degrees / 90 % 4 + 4) % 4;
}

static void put_double(struct buf *b, double value)
{
	/* Millionths: a scale wants more places than a length. */
	int64_t rounded = llround(value * 1e6);
	buf_format(b, "%s%lld.%06lld ", rounded < 0 ? "-" : "", llabs((long long)rounded) / 1000000,
		   llabs((long long)rounded) % 1000000);
}

/* How large the page is drawn: as it is when it has our size to a millimetre. */
static double scale_for(const struct making *m, const struct advertisement *ad, double width,
			double height)
{
	enum { TOLERANCE = 2835 }; /* 1 mm */
	const struct grid *g = &m->layout->grid;
	if (fabs(width * PT - g->width) <= TOLERANCE && fabs(height * PT - g->height) <= TOLERANCE)
		return 1;
	diag_report(m->diags, DIAG_ADVERTISEMENT_SIZE, ad->place,
		    "%.*s: %lld x %lld mm, the page %lld x %lld mm", STR_ARG(ad->src),
		    llround(width * 25.4 / 72), llround(height * 25.4 / 72),
		    (long long)(unit_to_um(g->width) + 500) / 1000,
		    (long long)(unit_to_um(g->height) + 500) / 1000);
	return fmin(g->width / (width * PT), g->height / (height * PT));
}

/* Lays the trim box t, after its turns, in the middle of our trim box. unit: points
 * that a unit of its page is long. */
static struct str lay(const struct making *m, const struct advertisement *ad, const struct box *t,
		      int turns, double unit, double *scale)
{
	const double *e = t->edge;
	double width = e[2] - e[0], height = e[3] - e[1];
	double across = turns % 2 ? height : width, up = turns % 2 ? width : height;
	double s = *scale = unit * scale_for(m, ad, across * unit, up * unit);
	double x = (m->width - across * s * PT) / 2 / PT, y = (m->height - up * s * PT) / 2 / PT;
	const double matrices[4][6] = {
		{ s, 0, 0, s, x - s * e[0], y - s * e[1] },
		{ 0, -s, s, 0, x - s * e[1], y + s * e[2] },
		{ -s, 0, 0, -s, x + s * e[2], y + s * e[3] },
		{ 0, s, -s, 0, x + s * e[3], y - s * e[0] },
	};
	struct buf b;
	buf_init(&b, PUT_CEILING);
	for (int n = 0; n < 6; n++)
		put_double(&b, matrices[turns][n]);
	return put_settle(m->arena, &b);
}

static double unit_of(struct importing *i, qpdf_oh page)
{
	qpdf_oh value = i->q->oh_get_key(i->q->data, page, "/UserUnit");
	double unit = i->q->oh_is_number(i->q->data, value)
			      ? i->q->oh_get_numeric_value(i->q->data, value)
			      : 1;
	i->q->oh_release(i->q->data, value);
	i->odd_unit = !(unit > 0.01 && unit < 1000);
	return i->odd_unit ? 1 : unit;
}

struct boxes {
	struct box media, bleed, trim;
	bool guessed; /* the page does not say where it is trimmed */
};

/* What is outside the sheet is not there (ISO 32000-1, 14.11.2). False: nothing is left. */
static bool keep_within(struct box *b, const struct box *media)
{
	for (int n = 0; n < 4; n++)
		b->edge[n] =
			n < 2 ? fmax(b->edge[n], media->edge[n]) : fmin(b->edge[n], media->edge[n]);
	return b->edge[2] - b->edge[0] > 1 && b->edge[3] - b->edge[1] > 1;
}

static bool read_boxes(struct importing *i, qpdf_oh page, double unit, struct boxes *b)
{
	enum { TOLERANCE = 2835 }; /* 1 mm */
	const struct grid *g = &i->m->layout->grid;
	i->why = "its MediaBox is missing, or no size of a page";
	if (!read_box(i->q, page, "/MediaBox", &b->media))
		return false;
	if (!read_box(i->q, page, "/BleedBox", &b->bleed))
		b->bleed = b->media;
	i->why = "it is trimmed or bleeds outside its own sheet (MediaBox)";
	if (!keep_within(&b->bleed, &b->media))
		return false;
	if (read_box(i->q, page, "/TrimBox", &b->trim) ||
	    read_box(i->q, page, "/ArtBox", &b->trim)) {
		bool is = keep_within(&b->trim, &b->media);
		i->why = is ? NULL : i->why;
		return is;
	}
	i->why = NULL;
	b->guessed = true;
	if (!read_box(i->q, page, "/CropBox", &b->trim))
		b->trim = b->media;
	/* As large as our page with its bleed: trimmed in the middle. */
	const double *e = b->trim.edge;
	double width = (e[2] - e[0]) * unit * PT - g->width;
	double height = (e[3] - e[1]) * unit * PT - g->height;
	double bleed = g->bleed / unit / PT;
	if (g->bleed && fabs(width - 2 * g->bleed) <= TOLERANCE &&
	    fabs(height - 2 * g->bleed) <= TOLERANCE)
		for (int n = 0; n < 4; n++)
			b->trim.edge[n] += n < 2 ? bleed : -bleed;
	return true;
}

/* The least bleed of the four sides, in pt of our page. */
static double least_bleed(const struct boxes *b, double scale)
{
	double least = 1000;
	for (int n = 0; n < 4; n++) {
		double side = b->bleed.edge[n] - b->trim.edge[n];
		least = fmin(least, (n < 2 ? -side : side) * scale);
	}
	return fmax(least, 0);
}

static void judge_boxes(struct importing *i, const struct advertisement *ad, const struct boxes *b,
			double scale)
{
	const struct making *m = i->m;
	if (b->guessed && m->press)
		diag_report_hint(m->diags, DIAG_ADVERTISEMENT_MENDED, ad->place,
				 STR("ask for a PDF that says where it is trimmed (TrimBox)"),
				 "%.*s has no TrimBox; its %s was taken", STR_ARG(ad->src),
				 memcmp(&b->trim, &b->media, sizeof b->trim) == 0 ? "whole sheet"
										  : "middle");
	double wanted = m->press ? m->layout->grid.bleed / (double)PT : 0;
	double least = least_bleed(b, scale);
	if (least < wanted - 1.4) /* half a millimetre */
		diag_report_hint(m->diags, DIAG_ADVERTISEMENT_BLEED, ad->place,
				 STR("ask for the page with bleed; a white ground needs none"),
				 "%.*s: %.1f mm, the page %.1f mm", STR_ARG(ad->src),
				 least * 25.4 / 72, wanted * 25.4 / 72);
}

/* Fields, notes, films: what stands beside the contents and is not taken over. Links
 * and printer's marks are no loss. */
static bool has_annotations(const struct qpdf *q, qpdf_oh page)
{
	static const char *const plain[] = { "/Link", "/Popup", "/PrinterMark", "/TrapNet" };
	qpdf_oh all = q->oh_get_key(q->data, page, "/Annots");
	int count = q->oh_is_array(q->data, all) ? q->oh_get_array_n_items(q->data, all) : 0;
	bool found = false;
	for (int n = 0; n < count && !found; n++) {
		qpdf_oh one = q->oh_get_array_item(q->data, all, n);
		found = q->oh_is_dictionary(q->data, one);
		for (size_t k = 0; found && k < sizeof plain / sizeof *plain; k++)
			found = !entry_is_name(q, one, "/Subtype", plain[k]);
		q->oh_release(q->data, one);
	}
	q->oh_release(q->data, all);
	return found;
}

/* Whether the file hides layers: nothing of ours would hide them again. */
static bool hides_layers(const struct qpdf *q)
{
	qpdf_oh root = q->get_root(q->data), layers = q->oh_get_key(q->data, root, "/OCProperties");
	bool hides = false;
	if (q->oh_is_dictionary(q->data, layers)) {
		qpdf_oh usual = q->oh_get_key(q->data, layers, "/D");
		if (q->oh_is_dictionary(q->data, usual)) {
			qpdf_oh off = q->oh_get_key(q->data, usual, "/OFF");
			hides = (q->oh_is_array(q->data, off) &&
				 q->oh_get_array_n_items(q->data, off) > 0) ||
				entry_is_name(q, usual, "/BaseState", "/OFF");
			q->oh_release(q->data, off);
		}
		q->oh_release(q->data, usual);
	}
	q->oh_release(q->data, layers);
	q->oh_release(q->data, root);
	return hides;
}

static int make_form(struct importing *i, const struct advertisement *ad, qpdf_oh page,
		     struct str *matrix)
{
	static const char *const kept[] = { "/Resources", "/Group" };
	struct making *m = i->m;
	struct boxes boxes = { 0 };
	double unit = unit_of(i, page);
	if (!read_boxes(i, page, unit, &boxes))
		return 0;
	double scale, bleed = m->press ? m->layout->grid.bleed / (double)PT : 0;
	*matrix = lay(m, ad, &boxes.trim, turns_of(i->q, page), unit, &scale);
	judge_boxes(i, ad, &boxes, scale);
	unsigned char *data = NULL;
	size_t len = 0;
	if (i->q->oh_get_page_content_data(i->q->data, page, &data, &len) & QPDF_ERRORS)
		return 0;
	struct str content = { (const char *)data, len };
	bool changed;
	bool loops = false, large = len > CONTENT_AT_MOST;
	if (!large)
		i->ppi = coarsest_picture(m->arena, i->q, page, scale, &loops);
	if (loops || large) {
		i->why = large ? "its contents are larger than 64 MB" : "a form on it draws itself";
		heap_free(data);
		return 0;
	}
	content = copy_content(&i->copying, content, false, &changed);
	i->left_out = has_annotations(i->q, page) ? "fields, notes or films" : NULL;
	int object = writer_reserve_stream(m->writer, flate(m->arena, content, FLATE_NORMAL));
	heap_free(data);
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/Type /XObject /Subtype /Form /Filter /FlateDecode /BBox [");
	for (int n = 0; n < 4; n++) {
		double reach = boxes.trim.edge[n] + (n < 2 ? -bleed : bleed) / scale;
		double end = boxes.bleed.edge[n];
		put_double(&b, n < 2 ? fmax(reach, end) : fmin(reach, end));
	}
	buf_put_c(&b, "]\n");
	for (size_t n = 0; n < sizeof kept / sizeof *kept; n++) {
		qpdf_oh value = i->q->oh_get_key(i->q->data, page, kept[n]);
		if (!i->q->oh_is_null(i->q->data, value)) {
			copy_entry(&i->copying, &b, kept[n], value);
		}
		i->q->oh_release(i->q->data, value);
	}
	writer_fill(m->writer, object, put_settle(m->arena, &b));
	return object;
}

static int import_from(struct importing *i, const struct advertisement *ad, struct str *matrix)
{
	if (i->q->read(i->q->data, str_c(i->m->arena, ad->path), NULL) & QPDF_ERRORS ||
	    i->q->push_inherited_attributes_to_page(i->q->data) & QPDF_ERRORS)
		return 0;
	int pages = i->q->get_num_pages(i->q->data);
	if (pages < 0 || ad->page > pages) {
		diag_report_hint(i->m->diags, DIAG_ADVERTISEMENT_DAMAGED, ad->place,
				 STR("page: counts from 1"), "%.*s: page %d of %d",
				 STR_ARG(ad->src), ad->page, pages);
		return -1;
	}
	if (hides_layers(i->q)) {
		diag_report_hint(i->m->diags, DIAG_ADVERTISEMENT_DAMAGED, ad->place,
				 STR("ask for the page without layers"),
				 "%.*s has layers that are hidden, and would show",
				 STR_ARG(ad->src));
		return -1;
	}
	return make_form(i, ad, i->q->get_page_n(i->q->data, (size_t)ad->page - 1), matrix);
}

static void report(const struct importing *i, const struct advertisement *ad, enum diag_code code,
		   const char *hint, struct str what)
{
	diag_report_hint(i->m->diags, code, ad->place, str_from(hint), "%.*s: %.*s",
			 STR_ARG(ad->src), STR_ARG(what));
}

static void judge_for_press(const struct importing *i, const struct advertisement *ad)
{
	enum { COARSE = 150, SOFT = 225 }; /* GWG 2022 R0031 */
	const struct foreign *f = &i->copying.foreign;
	bool old = i->m->layout->pdfx == PDFX_1A;
	struct arena *a = i->m->arena;
	if (f->rgb || i->copying.lit)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for PDF/X in inks (CMYK)",
		       STR("colours of screens (RGB)"));
	if (i->copying.measured)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for PDF/X in inks (CMYK)",
		       STR("colours as the eye measures them (Lab, CalGray)"));
	if (f->loose_fonts)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for a PDF with all fonts in it",
		       STR("fonts that are not embedded"));
	if (old && f->mixed)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for PDF/X-1a, or write pdfx: 4",
		       STR("transparency, which PDF/X-1a does not know"));
	if (old && f->profiled)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for PDF/X-1a, or write pdfx: 4",
		       STR("colours by profiles, which PDF/X-1a does not know"));
	if (i->copying.separated)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS,
		       "ask for inks without a profile (DeviceCMYK), separated for this press",
		       STR("inks by a profile of another press, which may be converted (GWG "
			   "R0027)"));
	if (i->copying.lzw)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for PDF/X",
		       STR("data packed by LZW, which PDF/X does not know"));
	if (i->copying.spot.len)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS,
		       "ask for the page in four inks, unless this one is ordered",
		       str_format(a, "an ink of its own, %.*s", STR_ARG(i->copying.spot)));
	if (i->ppi && i->ppi < SOFT)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for pictures of 300 pixels an inch",
		       str_format(a, "a picture of %d pixels an inch%s", i->ppi,
				  i->ppi < COARSE ? ", which looks coarse" : ""));
}

static void judge(struct importing *i, const struct advertisement *ad)
{
	struct foreign *all = &i->m->foreign, *f = &i->copying.foreign;
	if (i->m->press)
		judge_for_press(i, ad);
	else if (f->loose_fonts || f->mute_fonts)
		report(i, ad, DIAG_ADVERTISEMENT_ACCESS, "ask for a PDF with all fonts in it",
		       f->loose_fonts ? STR("fonts that are not embedded")
				      : STR("fonts without Unicode"));
	if (i->left_out)
		report(i, ad, DIAG_ADVERTISEMENT_MENDED, "ask for a page without forms",
		       str_format(i->m->arena, "%s were left out", i->left_out));
	if (i->odd_unit)
		report(i, ad, DIAG_ADVERTISEMENT_MENDED, "look at the page's size",
		       STR("its UserUnit is none, and points were taken"));
	if (i->q->more_warnings(i->q->data))
		report(i, ad, DIAG_ADVERTISEMENT_MENDED, "look at the page, or ask for it again",
		       STR("the file is damaged, and was read as far as it could be"));
	f->lzw = i->copying.lzw;
	*all = (struct foreign){ true,
				 all->rgb || f->rgb,
				 all->loose_fonts || f->loose_fonts,
				 all->mute_fonts || f->mute_fonts,
				 all->mixed || f->mixed,
				 all->profiled || f->profiled,
				 all->lzw || f->lzw };
}

/* Why nothing came of it, in words; the library's own for what only it knows. */
static void refuse(const struct importing *i, const struct advertisement *ad)
{
	const char *words = "its page cannot be read", *hint = "ask for the file again";
	if (i->why) {
		words = i->why;
	} else if (i->q->has_error(i->q->data)) {
		qpdf_error e = i->q->get_error(i->q->data);
		words = i->q->get_error_message_detail(i->q->data, e);
		if (i->q->get_error_code(i->q->data, e) == qpdf_e_password) {
			words = "it is locked with a password";
			hint = "ask for the file without a password";
		}
	}
	report(i, ad, DIAG_ADVERTISEMENT_DAMAGED, hint, str_from(words));
}

int import_page(struct making *m, const struct advertisement *ad, struct str *matrix)
{
	struct qpdf reader;
	if (!qpdf_load(&reader, m->diags))
		return 0;
	reader.data = reader.init();
	struct importing i = { .m = m, .q = &reader };
	i.copying = (struct copying){ .m = m, .q = i.q };
	reader.silence_errors(reader.data);
	reader.set_suppress_warnings(reader.data, QPDF_TRUE);
	int object = import_from(&i, ad, matrix);
	if (object == 0 || (object > 0 && i.copying.damaged)) {
		refuse(&i, ad);
		object = 0;
	}
	if (object > 0)
		judge(&i, ad);
	reader.cleanup(&reader.data);
	return object > 0 ? object : 0;
}
