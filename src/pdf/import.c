#include "pdf/import.h"

#include "pdf/flate.h"
#include "pdf/inspect.h"

#include <math.h>
#include <qpdf/qpdf-c.h>

/* Deeper and larger than any honest page. Arrays are copied at each mention, so
 * that a few that name each other could grow without end. */
enum { DEPTH_AT_MOST = 100, VALUES_AT_MOST = 2000000 };

struct importing {
	struct making *m;
	qpdf_data q;
	int *copies; /* by number of the object there: its number here, or 0 */
	size_t count, capacity;
	struct foreign foreign;
	size_t values; /* written so far */
	bool damaged;
	/* What a printer would mind besides. */
	bool lit; /* colours of screens by a profile */
	struct str spot; /* an ink of its own; empty: none */
	int ppi; /* of the coarsest picture; 0: none */
	const char *left_out; /* what of the page is not taken over, or NULL */
};

static void put_object(struct importing *i, struct buf *b, qpdf_oh o, int depth);

/* Whether a dictionary has a key, by way of one that may be missing itself. */
static bool has_key(qpdf_data q, qpdf_oh o, const char *key)
{
	return qpdf_oh_is_dictionary(q, o) && qpdf_oh_has_key(q, o, key);
}

static bool is_name(qpdf_data q, qpdf_oh o, const char *key, const char *name)
{
	qpdf_oh value = qpdf_oh_get_key(q, o, key);
	bool is = qpdf_oh_is_name_and_equals(q, value, name);
	qpdf_oh_release(q, value);
	return is;
}

/* Notes what of a font another program would have to supply. */
static void judge_font(struct importing *i, qpdf_oh font)
{
	qpdf_data q = i->q;
	bool composite = is_name(q, font, "/Subtype", "/Type0");
	bool descendant = is_name(q, font, "/Subtype", "/CIDFontType0") ||
			  is_name(q, font, "/Subtype", "/CIDFontType2");
	if (!descendant && !qpdf_oh_has_key(q, font, "/ToUnicode"))
		i->foreign.mute_fonts = true;
	if (composite || is_name(q, font, "/Subtype", "/Type3"))
		return;
	qpdf_oh descriptor = qpdf_oh_get_key(q, font, "/FontDescriptor");
	if (!has_key(q, descriptor, "/FontFile") && !has_key(q, descriptor, "/FontFile2") &&
	    !has_key(q, descriptor, "/FontFile3"))
		i->foreign.loose_fonts = true;
	qpdf_oh_release(q, descriptor);
}

/* Keys that point back into the other document, or say what is not so here. */
static bool is_dropped(const char *key, bool of_stream)
{
	static const char *const dropped[] = { "/StructParent", "/StructParents", "/Parent",
					       "/PieceInfo", "/Metadata", "/LastModified",
					       /* not for PDF/X (ISO 15930-7): other
						  versions of a picture, curves of a
						  device, work left to a server */
					       "/Alternates", "/OPI", "/TR" };
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		if (strcmp(key, dropped[i]) == 0)
			return true;
	return of_stream && strcmp(key, "/Length") == 0;
}

static bool is_one(qpdf_data q, qpdf_oh value)
{
	return qpdf_oh_is_number(q, value) && qpdf_oh_get_numeric_value(q, value) >= 1;
}

/* Whether an entry, of a graphics state or a group, mixes colours (ISO 32000-1, 11). */
static bool mixes(qpdf_data q, const char *key, qpdf_oh value)
{
	if (strcmp(key, "/SMask") == 0)
		return !qpdf_oh_is_name_and_equals(q, value, "/None");
	if (strcmp(key, "/CA") == 0 || strcmp(key, "/ca") == 0)
		return !is_one(q, value);
	if (strcmp(key, "/BM") == 0)
		return !qpdf_oh_is_name_and_equals(q, value, "/Normal") &&
		       !qpdf_oh_is_name_and_equals(q, value, "/Compatible");
	return strcmp(key, "/Group") == 0 && qpdf_oh_is_dictionary(q, value) &&
	       is_name(q, value, "/S", "/Transparency");
}

static void put_entries(struct importing *i, struct buf *b, qpdf_oh o, bool of_stream, int depth)
{
	/* qpdf has one iterator a document: the keys are collected first. */
	char **keys = NULL;
	size_t count = 0, capacity = 0;
	for (qpdf_oh_begin_dict_key_iter(i->q, o); qpdf_oh_dict_more_keys(i->q);) {
		char *key = str_c(i->m->arena, str_from(qpdf_oh_dict_next_key(i->q)));
		PUSH(i->m->arena, keys, count, capacity, key);
	}
	for (size_t n = 0; n < count; n++) {
		if (is_dropped(keys[n], of_stream))
			continue;
		qpdf_oh value = qpdf_oh_get_key(i->q, o, keys[n]);
		put_name(b, str_from(keys[n] + 1));
		buf_put_byte(b, ' ');
		i->foreign.mixed = i->foreign.mixed || mixes(i->q, keys[n], value);
		put_object(i, b, value, depth + 1);
		buf_put_byte(b, '\n');
		qpdf_oh_release(i->q, value);
	}
}

/* The other file's stream data as it is coded there. */
static struct str coded_data(struct importing *i, qpdf_oh stream)
{
	unsigned char *data = NULL;
	size_t len = 0;
	QPDF_BOOL filtered;
	if (qpdf_oh_get_stream_data(i->q, stream, qpdf_dl_none, &filtered, &data, &len) &
	    QPDF_ERRORS)
		i->damaged = true;
	struct str copy = str_copy(i->m->arena, (struct str){ (const char *)data, len });
	heap_free(data);
	return copy;
}

/* The copy of an indirect object, made at its first mention. */
static int copy_of(struct importing *i, qpdf_oh o, int depth)
{
	size_t id = (size_t)qpdf_oh_get_object_id(i->q, o);
	while (i->count <= id)
		PUSH(i->m->arena, i->copies, i->count, i->capacity, 0);
	if (i->copies[id])
		return i->copies[id];
	bool stream = qpdf_oh_is_stream(i->q, o);
	/* Numbered before its contents are copied: they may lead back to it. */
	int object = stream ? writer_reserve_stream(i->m->writer, coded_data(i, o))
			    : writer_reserve(i->m->writer);
	i->copies[id] = object;
	struct buf b;
	buf_init(&b, PUT_CEILING);
	qpdf_oh dictionary = stream ? qpdf_oh_get_dict(i->q, o) : o;
	if (is_name(i->q, dictionary, "/Type", "/Font"))
		judge_font(i, dictionary);
	put_entries(i, &b, dictionary, stream, depth);
	if (stream)
		qpdf_oh_release(i->q, dictionary);
	writer_fill(i->m->writer, object, put_settle(i->m->arena, &b));
	return object;
}

/* An ink that needs a plate of its own which nobody ordered. */
static void judge_ink(struct importing *i, qpdf_oh name)
{
	static const char *const process[] = { "/Cyan",  "/Magenta", "/Yellow",
					       "/Black", "/All",     "/None" };
	if (!qpdf_oh_is_name(i->q, name))
		return;
	const char *ink = qpdf_oh_get_name(i->q, name);
	for (size_t n = 0; n < sizeof process / sizeof *process; n++)
		if (strcmp(ink, process[n]) == 0)
			return;
	const struct layout *l = i->m->layout;
	for (size_t n = 0; n < l->spot_count; n++)
		if (str_equal(l->spots[n].name, str_from(ink + 1)))
			return;
	if (!i->spot.len)
		i->spot = str_copy(i->m->arena, str_from(ink + 1));
}

/* A colour space: its first item says which kind, the second what of. */
static void judge_space(struct importing *i, qpdf_oh o)
{
	qpdf_data q = i->q;
	qpdf_oh kind = qpdf_oh_get_array_item(q, o, 0), what = qpdf_oh_get_array_item(q, o, 1);
	if (qpdf_oh_is_name_and_equals(q, kind, "/Separation")) {
		judge_ink(i, what);
	} else if (qpdf_oh_is_name_and_equals(q, kind, "/DeviceN") && qpdf_oh_is_array(q, what)) {
		int count = qpdf_oh_get_array_n_items(q, what);
		for (int n = 0; n < count && n < 64; n++) {
			qpdf_oh name = qpdf_oh_get_array_item(q, what, n);
			judge_ink(i, name);
			qpdf_oh_release(q, name);
		}
	} else if (qpdf_oh_is_name_and_equals(q, kind, "/ICCBased") && qpdf_oh_is_stream(q, what)) {
		qpdf_oh dictionary = qpdf_oh_get_dict(q, what);
		qpdf_oh channels = qpdf_oh_get_key(q, dictionary, "/N");
		if (qpdf_oh_is_integer(q, channels) &&
		    qpdf_oh_get_int_value_as_int(q, channels) == 3)
			i->lit = true;
		qpdf_oh_release(q, channels);
		qpdf_oh_release(q, dictionary);
	}
	qpdf_oh_release(q, what);
	qpdf_oh_release(q, kind);
}

static void put_array(struct importing *i, struct buf *b, qpdf_oh o, int depth)
{
	int count = qpdf_oh_get_array_n_items(i->q, o);
	if (count >= 2)
		judge_space(i, o);
	buf_put_byte(b, '[');
	for (int n = 0; n < count; n++) {
		qpdf_oh item = qpdf_oh_get_array_item(i->q, o, n);
		put_object(i, b, item, depth + 1);
		buf_put_byte(b, ' ');
		qpdf_oh_release(i->q, item);
	}
	buf_put_byte(b, ']');
}

static void put_object(struct importing *i, struct buf *b, qpdf_oh o, int depth)
{
	qpdf_data q = i->q;
	if (depth > DEPTH_AT_MOST || ++i->values > VALUES_AT_MOST)
		i->damaged = true;
	if (i->damaged) {
		buf_put_c(b, "null");
	} else if (qpdf_oh_is_stream(q, o) ||
		   (qpdf_oh_is_dictionary(q, o) && qpdf_oh_is_indirect(q, o))) {
		put_reference(b, copy_of(i, o, depth));
	} else if (qpdf_oh_is_dictionary(q, o)) {
		if (is_name(q, o, "/Type", "/Font"))
			judge_font(i, o);
		buf_put_c(b, "<<");
		put_entries(i, b, o, false, depth);
		buf_put_c(b, ">>");
	} else if (qpdf_oh_is_array(q, o)) {
		put_array(i, b, o, depth);
	} else if (qpdf_oh_is_string(q, o)) {
		size_t len;
		const char *bytes = qpdf_oh_get_binary_string_value(q, o, &len);
		put_hex(b, bytes, len);
	} else {
		if (qpdf_oh_is_name_and_equals(q, o, "/DeviceRGB") ||
		    qpdf_oh_is_name_and_equals(q, o, "/CalRGB"))
			i->foreign.rgb = true;
		if (qpdf_oh_is_name_and_equals(q, o, "/ICCBased") ||
		    qpdf_oh_is_name_and_equals(q, o, "/Lab") ||
		    qpdf_oh_is_name_and_equals(q, o, "/CalGray"))
			i->foreign.profiled = true;
		buf_put_c(b, qpdf_oh_unparse_resolved(q, o));
	}
}

/* x1 y1 x2 y2, in pt. */
struct box {
	double edge[4];
};

static bool read_box(qpdf_data q, qpdf_oh page, const char *key, struct box *box)
{
	qpdf_oh array = qpdf_oh_get_key(q, page, key);
	bool is = qpdf_oh_is_array(q, array) && qpdf_oh_get_array_n_items(q, array) == 4;
	double v[4] = { 0 };
	for (int n = 0; is && n < 4; n++) {
		qpdf_oh item = qpdf_oh_get_array_item(q, array, n);
		v[n] = qpdf_oh_get_numeric_value(q, item);
		qpdf_oh_release(q, item);
	}
	qpdf_oh_release(q, array);
	*box = (struct box){ { fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]),
			       fmax(v[1], v[3]) } };
	/* Larger ones are no pages (ISO 32000-1, annex C: 14,400 units). */
	return is && box->edge[2] - box->edge[0] > 1 && box->edge[3] - box->edge[1] > 1 &&
	       fabs(box->edge[0]) < 20000 && fabs(box->edge[1]) < 20000 && box->edge[2] < 20000 &&
	       box->edge[3] < 20000;
}

/* Quarter turns clockwise. */
static int turns_of(qpdf_data q, qpdf_oh page)
{
	qpdf_oh value = qpdf_oh_get_key(q, page, "/Rotate");
	int degrees = qpdf_oh_is_integer(q, value) ? qpdf_oh_get_int_value_as_int(q, value) : 0;
	qpdf_oh_release(q, value);
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

static double unit_of(qpdf_data q, qpdf_oh page)
{
	qpdf_oh value = qpdf_oh_get_key(q, page, "/UserUnit");
	double unit = qpdf_oh_is_number(q, value) ? qpdf_oh_get_numeric_value(q, value) : 1;
	qpdf_oh_release(q, value);
	return unit > 0.01 && unit < 1000 ? unit : 1;
}

struct boxes {
	struct box media, bleed, trim;
	bool guessed; /* the page does not say where it is trimmed */
};

static bool read_boxes(struct importing *i, qpdf_oh page, double unit, struct boxes *b)
{
	enum { TOLERANCE = 2835 }; /* 1 mm */
	const struct grid *g = &i->m->layout->grid;
	if (!read_box(i->q, page, "/MediaBox", &b->media))
		return false;
	if (!read_box(i->q, page, "/BleedBox", &b->bleed))
		b->bleed = b->media;
	for (int n = 0; n < 4; n++) /* what is outside the media is not there */
		b->bleed.edge[n] = n < 2 ? fmax(b->bleed.edge[n], b->media.edge[n])
					 : fmin(b->bleed.edge[n], b->media.edge[n]);
	if (read_box(i->q, page, "/TrimBox", &b->trim) || read_box(i->q, page, "/ArtBox", &b->trim))
		return true;
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
static bool has_annotations(qpdf_data q, qpdf_oh page)
{
	static const char *const plain[] = { "/Link", "/Popup", "/PrinterMark", "/TrapNet" };
	qpdf_oh all = qpdf_oh_get_key(q, page, "/Annots");
	int count = qpdf_oh_is_array(q, all) ? qpdf_oh_get_array_n_items(q, all) : 0;
	bool found = false;
	for (int n = 0; n < count && !found; n++) {
		qpdf_oh one = qpdf_oh_get_array_item(q, all, n);
		found = qpdf_oh_is_dictionary(q, one);
		for (size_t k = 0; found && k < sizeof plain / sizeof *plain; k++)
			found = !is_name(q, one, "/Subtype", plain[k]);
		qpdf_oh_release(q, one);
	}
	qpdf_oh_release(q, all);
	return found;
}

/* Whether the file hides layers: nothing of ours would hide them again. */
static bool hides_layers(qpdf_data q)
{
	qpdf_oh root = qpdf_get_root(q), layers = qpdf_oh_get_key(q, root, "/OCProperties");
	bool hides = false;
	if (qpdf_oh_is_dictionary(q, layers)) {
		qpdf_oh usual = qpdf_oh_get_key(q, layers, "/D");
		if (qpdf_oh_is_dictionary(q, usual)) {
			qpdf_oh off = qpdf_oh_get_key(q, usual, "/OFF");
			hides = (qpdf_oh_is_array(q, off) &&
				 qpdf_oh_get_array_n_items(q, off) > 0) ||
				is_name(q, usual, "/BaseState", "/OFF");
			qpdf_oh_release(q, off);
		}
		qpdf_oh_release(q, usual);
	}
	qpdf_oh_release(q, layers);
	qpdf_oh_release(q, root);
	return hides;
}

static int make_form(struct importing *i, const struct advertisement *ad, qpdf_oh page,
		     struct str *matrix)
{
	static const char *const kept[] = { "/Resources", "/Group" };
	struct making *m = i->m;
	struct boxes boxes = { 0 };
	double unit = unit_of(i->q, page);
	if (!read_boxes(i, page, unit, &boxes))
		return 0;
	double scale, bleed = m->press ? m->layout->grid.bleed / (double)PT : 0;
	*matrix = lay(m, ad, &boxes.trim, turns_of(i->q, page), unit, &scale);
	judge_boxes(i, ad, &boxes, scale);
	unsigned char *data = NULL;
	size_t len = 0;
	if (qpdf_oh_get_page_content_data(i->q, page, &data, &len) & QPDF_ERRORS)
		return 0;
	struct str content = { (const char *)data, len };
	struct inspection seen = inspect_page(m->arena, i->q, page, scale);
	i->foreign.rgb = i->foreign.rgb || seen.rgb;
	i->ppi = seen.ppi;
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
		qpdf_oh value = qpdf_oh_get_key(i->q, page, kept[n]);
		if (!qpdf_oh_is_null(i->q, value)) {
			put_name(&b, str_from(kept[n] + 1));
			buf_put_byte(&b, ' ');
			i->foreign.mixed = i->foreign.mixed || mixes(i->q, kept[n], value);
			put_object(i, &b, value, 0);
			buf_put_byte(&b, '\n');
		}
		qpdf_oh_release(i->q, value);
	}
	writer_fill(m->writer, object, put_settle(m->arena, &b));
	return object;
}

static int import_from(struct importing *i, const struct advertisement *ad, struct str *matrix)
{
	if (qpdf_read(i->q, str_c(i->m->arena, ad->path), NULL) & QPDF_ERRORS ||
	    qpdf_push_inherited_attributes_to_page(i->q) & QPDF_ERRORS)
		return 0;
	int pages = qpdf_get_num_pages(i->q);
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
	return make_form(i, ad, qpdf_get_page_n(i->q, (size_t)ad->page - 1), matrix);
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
	const struct foreign *f = &i->foreign;
	bool old = i->m->layout->pdfx == PDFX_1A;
	struct arena *a = i->m->arena;
	if (f->rgb || i->lit)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for PDF/X in inks (CMYK)",
		       STR("colours of screens (RGB)"));
	if (f->loose_fonts)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for a PDF with all fonts in it",
		       STR("fonts that are not embedded"));
	if (old && f->mixed)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for PDF/X-1a, or write pdfx: 4",
		       STR("transparency, which PDF/X-1a does not know"));
	if (old && f->profiled)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for PDF/X-1a, or write pdfx: 4",
		       STR("colours by profiles, which PDF/X-1a does not know"));
	if (i->spot.len)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS,
		       "ask for the page in four inks, unless this one is ordered",
		       str_format(a, "an ink of its own, %.*s", STR_ARG(i->spot)));
	if (i->ppi && i->ppi < SOFT)
		report(i, ad, DIAG_ADVERTISEMENT_PRESS, "ask for pictures of 300 pixels an inch",
		       str_format(a, "a picture of %d pixels an inch%s", i->ppi,
				  i->ppi < COARSE ? ", which looks coarse" : ""));
}

static void judge(struct importing *i, const struct advertisement *ad)
{
	struct foreign *all = &i->m->foreign, *f = &i->foreign;
	if (i->m->press)
		judge_for_press(i, ad);
	else if (f->loose_fonts || f->mute_fonts)
		report(i, ad, DIAG_ADVERTISEMENT_ACCESS, "ask for a PDF with all fonts in it",
		       f->loose_fonts ? STR("fonts that are not embedded")
				      : STR("fonts without Unicode"));
	if (i->left_out)
		report(i, ad, DIAG_ADVERTISEMENT_MENDED, "ask for a page without forms",
		       str_format(i->m->arena, "%s were left out", i->left_out));
	if (qpdf_more_warnings(i->q))
		report(i, ad, DIAG_ADVERTISEMENT_MENDED, "look at the page, or ask for it again",
		       STR("the file is damaged, and was read as far as it could be"));
	*all = (struct foreign){ true,
				 all->rgb || f->rgb,
				 all->loose_fonts || f->loose_fonts,
				 all->mute_fonts || f->mute_fonts,
				 all->mixed || f->mixed,
				 all->profiled || f->profiled };
}

/* Why nothing came of it, in words; the library's own for what only it knows. */
static void refuse(const struct importing *i, const struct advertisement *ad)
{
	const char *words = "its page cannot be read", *hint = "ask for the file again";
	if (qpdf_has_error(i->q)) {
		qpdf_error e = qpdf_get_error(i->q);
		words = qpdf_get_error_message_detail(i->q, e);
		if (qpdf_get_error_code(i->q, e) == qpdf_e_password) {
			words = "it is locked with a password";
			hint = "ask for the file without a password";
		}
	}
	report(i, ad, DIAG_ADVERTISEMENT_DAMAGED, hint, str_from(words));
}

int import_page(struct making *m, const struct advertisement *ad, struct str *matrix)
{
	struct importing i = { .m = m, .q = qpdf_init() };
	qpdf_silence_errors(i.q);
	qpdf_set_suppress_warnings(i.q, QPDF_TRUE);
	int object = import_from(&i, ad, matrix);
	if (object == 0 || (object > 0 && i.damaged)) {
		refuse(&i, ad);
		object = 0;
	}
	if (object > 0)
		judge(&i, ad);
	qpdf_cleanup(&i.q);
	return object > 0 ? object : 0;
}
